//! On which numbers the short answer turns.

use detente_analysis::report::{
    AlongParameter, Everywhere, OutcomeNumber, ParameterView, RangeReport, RangeVerdict, Report,
};

use super::key::{CREDIBLE, key_outcomes, label};
use crate::doc::{Document, Item, Level, Table};
use crate::report::names::Names;
use crate::report::ranges::interval;
use crate::report::words::{capital, counted, listed, readable};

/// Parameters that are told in one sentence.
const MOST_PARAMETERS: usize = 4;

/// Verdicts told one by one in the section on numbers.
const MOST_VERDICTS: usize = 8;

/// Verdicts of one outcome that share their fate.
struct Turn<'a> {
    verdict: &'a RangeVerdict,
    profiles: Vec<usize>,
}

fn turns<'a>(verdicts: impl Iterator<Item = &'a RangeVerdict>) -> Vec<Turn<'a>> {
    let mut out: Vec<Turn<'_>> = Vec::new();
    for verdict in verdicts.filter(|v| v.concept == CREDIBLE) {
        let alike = |turn: &&mut Turn<'_>| {
            let other = turn.verdict;
            (other.outcome, other.holds_at_center, &other.along)
                == (verdict.outcome, verdict.holds_at_center, &verdict.along)
                && (!other.along.is_empty() || other.everywhere == verdict.everywhere)
        };
        match out.iter_mut().find(alike) {
            Some(turn) => turn.profiles.push(verdict.profile),
            None => out.push(Turn { verdict, profiles: vec![verdict.profile] }),
        }
    }
    out
}

/// On which numbers it turns whether the status quo and what is reached hold.
pub fn turning_items(report: &Report, names: &Names<'_>) -> Vec<Item> {
    let Some(ranges) = &report.ranges else { return Vec::new() };
    let key = key_outcomes(report);
    let mut found = turns(ranges.verdicts.iter().filter(|v| key.contains(&v.outcome)));
    found.sort_by_key(|turn| key.iter().position(|outcome| *outcome == turn.verdict.outcome));
    let proved = |turn: &&Turn<'_>| turn.verdict.everywhere == Everywhere::Throughout;
    let open: Vec<&Turn<'_>> = found.iter().filter(|turn| !proved(turn)).collect();
    let mut items: Vec<Item> = open.iter().map(|turn| turn_item(report, names, ranges, turn)).collect();
    let mut settled: Vec<OutcomeNumber> = found.iter().filter(proved).map(|turn| turn.verdict.outcome).collect();
    settled.dedup();
    settled.retain(|outcome| !open.iter().any(|turn| turn.verdict.outcome == *outcome));
    if !settled.is_empty() && !ranges.parameters.iter().all(|p| p.chance) {
        let which: Vec<String> = settled.iter().map(|outcome| label(report, names, *outcome)).collect();
        items.push(Item::new(format!(
            "Whether {} holds turns on no uncertain number (proved); all else is told at the central values.",
            listed(&which, "or")
        )));
    }
    items
}

fn turn_item(report: &Report, names: &Names<'_>, ranges: &RangeReport, turn: &Turn<'_>) -> Item {
    let verdict = turn.verdict;
    let who = capital(&label(report, names, verdict.outcome));
    let asked = ranges.verdicts.iter().filter(|v| v.outcome == verdict.outcome && v.concept == CREDIBLE).count();
    let when = if asked > turn.profiles.len() { names.when(&turn.profiles) } else { None };
    let when = when.map_or(String::new(), |w| format!(" {w}"));
    let verb = match (verdict.holds_at_center, verdict.along.is_empty()) {
        (true, true) => "holds",
        (true, false) => "holds only for",
        (false, true) => "does not hold",
        (false, false) => "would hold for",
    };
    let body = match (&verdict.everywhere, verdict.along.as_slice()) {
        (_, [_, ..]) => alongs(ranges, &verdict.along),
        (Everywhere::FailsAt { point }, []) => format!(
            " at the values taken; this turns only when {} change together",
            counted(point.len() as u64, "number")
        ),
        (_, []) => " at the values taken; whether it does so for all others was not established".to_owned(),
    };
    Item::new(format!("{who} {verb}{body}{when}."))
}

fn alongs(ranges: &RangeReport, along: &[AlongParameter]) -> String {
    let mut parts: Vec<String> = along.iter().take(MOST_PARAMETERS).map(|a| along_text(ranges, a)).collect();
    match along.len().saturating_sub(MOST_PARAMETERS) {
        0 => {}
        rest => parts.push(format!("{} more", counted(rest as u64, "number"))),
    }
    let each = if along.len() > 1 { ", each alone" } else { "" };
    format!(" {}{each}", listed(&parts, "and"))
}

/// `us_will above 1.8 (taken as 4)`.
fn along_text(ranges: &RangeReport, along: &AlongParameter) -> String {
    let range = ranges.parameters.iter().find(|p| p.id == along.parameter);
    let taken = range.map_or(String::new(), |p| format!(" (taken as {})", readable(&p.central)));
    match along.holds.as_deref() {
        None => format!("some values of {}, not established which{taken}", along.parameter),
        Some([]) => format!("no value of {} alone", along.parameter),
        Some(intervals) => {
            let parts: Vec<String> = intervals.iter().map(|i| interval(i, range)).collect();
            format!("{} {}{taken}", along.parameter, listed(&parts, "or"))
        }
    }
}

/// The uncertain numbers, and the other outcomes that turn on them.
pub fn turning_section(report: &Report, names: &Names<'_>) -> Document {
    let mut out = Document::default();
    let Some(ranges) = &report.ranges else { return out };
    out.heading(Level::Section, "Over which numbers it holds");
    let turns_on = |p: &&ParameterView| {
        ranges.verdicts.iter().any(|v| v.along.iter().any(|along| along.parameter == p.id && v.concept == CREDIBLE))
    };
    let (moving, still): (Vec<&ParameterView>, Vec<&ParameterView>) = ranges.parameters.iter().partition(turns_on);
    out.table(parameter_table(&moving));
    let words: Vec<String> =
        still.iter().filter(|p| !p.chance).map(|p| format!("{} {} to {}", p.id, p.low, p.high)).collect();
    let mut text = match (words.is_empty(), moving.is_empty()) {
        (true, _) => String::new(),
        (_, true) => format!("No SEQ verdict turns on one number alone: {}. ", words.join(", ")),
        (_, false) => format!("No SEQ verdict turns on another number alone: {}. ", words.join(", ")),
    };
    if ranges.verdicts.is_empty() {
        text.push_str("No verdict was examined over these ranges.");
        out.paragraph(text);
        return out;
    }
    text.push_str(&counts(ranges));
    out.paragraph(text);
    let told = key_outcomes(report);
    let open = turns(ranges.verdicts.iter().filter(|v| v.everywhere != Everywhere::Throughout));
    let untold = |turn: &&Turn<'_>| !told.contains(&turn.verdict.outcome) && !turn.verdict.along.is_empty();
    let others: Vec<&Turn<'_>> = open.iter().filter(untold).collect();
    let mut items: Vec<Item> =
        others.iter().take(MOST_VERDICTS).map(|turn| turn_item(report, names, ranges, turn)).collect();
    if others.len() > MOST_VERDICTS {
        items.push(Item::new(format!("and {} more", others.len() - MOST_VERDICTS)));
    }
    out.bullets(items);
    for open in &ranges.left_open {
        out.paragraph(format!("Left open: {open}."));
    }
    out
}

fn counts(ranges: &RangeReport) -> String {
    let count = |test: fn(&RangeVerdict) -> bool| ranges.verdicts.iter().filter(|v| test(v)).count();
    let proved = count(|v| v.everywhere == Everywhere::Throughout);
    let turns = count(|v| matches!(v.everywhere, Everywhere::FailsAt { .. }));
    let open = count(|v| v.everywhere == Everywhere::NotEstablished);
    let total = counted(ranges.verdicts.len() as u64, "verdict");
    if proved == ranges.verdicts.len() {
        return format!("All of the {total} are proved for all values together.");
    }
    let mut parts = vec![format!("{proved} are proved for all values")];
    if turns > 0 {
        parts.push(format!("{turns} turn on them"));
    }
    if open > 0 {
        parts.push(format!("{open} are open"));
    }
    format!("Of {total}, {}.", listed(&parts, "and"))
}

fn parameter_table(parameters: &[&ParameterView]) -> Table {
    let mut table = Table::default();
    table.left("number");
    ["from", "taken", "to"].iter().for_each(|head| table.right(*head));
    table.left("unit");
    table.right("line");
    for parameter in parameters {
        table.rows.push(vec![
            parameter.id.clone(),
            parameter.low.to_string(),
            parameter.central.to_string(),
            parameter.high.to_string(),
            parameter.unit.clone().unwrap_or_default(),
            parameter.line.to_string(),
        ]);
    }
    table
}
