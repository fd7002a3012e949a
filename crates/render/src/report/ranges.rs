//! Over which part of the uncertain numbers the answer holds.

use detente_analysis::report::{
    AlongParameter, Everywhere, IntervalView, ParameterView, RangeReport, RangeVerdict, Report,
};

use super::names::Names;
use super::words::{concepts, counted, listed};
use crate::doc::{Document, Item, Level, Table, Text};

/// Verdicts told one by one; the rest is counted.
const MOST_VERDICTS: usize = 16;

/// The section on ranges.
pub fn ranges_section(report: &Report, names: &Names<'_>) -> Document {
    let mut out = Document::default();
    let Some(ranges) = &report.ranges else { return out };
    out.heading(Level::Section, "Over which numbers it holds");
    out.table(parameter_table(ranges));
    if ranges.verdicts.is_empty() {
        out.paragraph("No verdict above was examined over these ranges.");
    } else {
        out.paragraph(counts(ranges));
        out.bullets(turning(report, names, ranges));
    }
    for open in &ranges.left_open {
        out.paragraph(Text::from("Left open: ").plain(open).plain("."));
    }
    out
}

fn parameter_table(ranges: &RangeReport) -> Table {
    let mut table = Table::default();
    table.left("Number");
    ["from", "central", "to"].iter().for_each(|head| table.right(*head));
    let units = ranges.parameters.iter().any(|p| p.unit.is_some() || p.chance);
    if units {
        table.left("unit");
    }
    table.right("line");
    for parameter in &ranges.parameters {
        let mut row = vec![
            parameter.id.clone(),
            parameter.low.to_string(),
            parameter.central.to_string(),
            parameter.high.to_string(),
        ];
        if units {
            let chance = if parameter.chance { "chance of a type" } else { "" };
            row.push(parameter.unit.clone().unwrap_or_else(|| chance.to_owned()));
        }
        row.push(parameter.line.to_string());
        table.rows.push(row);
    }
    table
}

fn counts(ranges: &RangeReport) -> String {
    let count = |test: fn(&RangeVerdict) -> bool| ranges.verdicts.iter().filter(|v| test(v)).count() as u64;
    let proved = count(|v| v.everywhere == Everywhere::Throughout);
    let turns = count(|v| matches!(v.everywhere, Everywhere::FailsAt { .. }));
    let open = count(|v| v.everywhere == Everywhere::NotEstablished);
    let total = counted(ranges.verdicts.len() as u64, "verdict");
    let mut parts = Vec::new();
    match proved {
        0 => {}
        n if n == ranges.verdicts.len() as u64 => {
            return format!("All of the {total} are the same for all values of these numbers together: proved.");
        }
        n => parts.push(format!("{n} are the same for all values of these numbers together: proved")),
    }
    if turns > 0 {
        parts.push(format!("{turns} turn on the numbers"));
    }
    if open > 0 {
        parts.push(format!("for {open} neither was established"));
    }
    format!("Of the {total} (one for each outcome, foresight and combination of types), {}.", listed(&parts, "and"))
}

/// Verdicts of one outcome that share their fate.
struct Fate<'a> {
    first: &'a RangeVerdict,
    /// Combination of types and concepts.
    where_: Vec<(usize, Vec<String>)>,
}

fn turning(report: &Report, names: &Names<'_>, ranges: &RangeReport) -> Vec<Item> {
    let mut fates: Vec<Fate<'_>> = Vec::new();
    for verdict in ranges.verdicts.iter().filter(|v| v.everywhere != Everywhere::Throughout) {
        let alike = |f: &Fate<'_>| {
            let first = f.first;
            (first.outcome, first.holds_at_center, &first.along)
                == (verdict.outcome, verdict.holds_at_center, &verdict.along)
                && (!first.along.is_empty() || first.everywhere == verdict.everywhere)
        };
        let index = fates.iter().position(alike).unwrap_or_else(|| {
            fates.push(Fate { first: verdict, where_: Vec::new() });
            fates.len() - 1
        });
        let places = &mut fates[index].where_;
        match places.iter_mut().find(|(profile, _)| *profile == verdict.profile) {
            Some((_, concepts)) => concepts.push(verdict.concept.clone()),
            None => places.push((verdict.profile, vec![verdict.concept.clone()])),
        }
    }
    // What holds at the central values matters most.
    fates.sort_by_key(|f| !f.first.holds_at_center);
    let mut items: Vec<Item> =
        fates.iter().take(MOST_VERDICTS).map(|fate| Item::new(fate_text(report, names, ranges, fate))).collect();
    let rest = fates.len().saturating_sub(MOST_VERDICTS);
    if rest > 0 {
        items.push(Item::new(format!("and {rest} more")));
    }
    items
}

fn fate_text(report: &Report, names: &Names<'_>, ranges: &RangeReport, fate: &Fate<'_>) -> Text {
    let all: Vec<String> =
        report.profiles.first().map(|p| p.equilibria.iter().map(|s| s.concept.clone()).collect()).unwrap_or_default();
    let start = Text::default().strong(names.brief(fate.first.outcome)).plain(under(names, fate, &all));
    let along = fate.first.along.iter().map(|a| along_text(ranges, a)).collect::<Vec<_>>();
    let body = match (&fate.first.everywhere, along.is_empty()) {
        (_, false) => along.join("; "),
        (Everywhere::FailsAt { point }, true) => {
            let point: Vec<String> = point.iter().map(|(name, value)| format!("{name} = {value}")).collect();
            let verb = if fate.first.holds_at_center { "does not" } else { "does" };
            format!("turns only when several numbers change together: it {verb} hold at {}", point.join(", "))
        }
        (_, true) => "not established over the ranges".to_owned(),
    };
    let center = if fate.first.holds_at_center { ": " } else { " does not hold at the central values: " };
    start.plain(center).plain(body).plain(".")
}

fn under(names: &Names<'_>, fate: &Fate<'_>, all: &[String]) -> String {
    let mut by_concepts: Vec<(&Vec<String>, Vec<usize>)> = Vec::new();
    for (profile, concepts) in &fate.where_ {
        match by_concepts.iter_mut().find(|(other, _)| *other == concepts) {
            Some((_, profiles)) => profiles.push(*profile),
            None => by_concepts.push((concepts, vec![*profile])),
        }
    }
    let parts: Vec<String> = by_concepts
        .into_iter()
        .map(|(some, profiles)| {
            let when = names.when(&profiles).map_or(String::new(), |w| format!(" {w}"));
            format!("under {}{when}", concepts(some, all))
        })
        .collect();
    format!(" {}", listed(&parts, "and"))
}

fn along_text(ranges: &RangeReport, along: &AlongParameter) -> String {
    let name = &along.parameter;
    let range = ranges.parameters.iter().find(|p| p.id == *name);
    match along.holds.as_deref() {
        None => format!("not established along {name}"),
        Some([]) => format!("holds for no value of {name} alone"),
        Some(intervals) => {
            let parts: Vec<String> = intervals.iter().map(|i| interval(i, range)).collect();
            format!("holds for {name} {}", listed(&parts, "or"))
        }
    }
}

/// Part of a range in words: `up to 4.5`, `above 4`, `from 4 to 5`.
pub fn interval(part: &IntervalView, range: Option<&ParameterView>) -> String {
    let open_below = range.is_some_and(|r| part.low <= r.low && part.low_included);
    let open_above = range.is_some_and(|r| part.high >= r.high && part.high_included);
    let (low, high) = (&part.low, &part.high);
    if low == high {
        return format!("exactly {low}");
    }
    let upper = if part.high_included { format!("up to {high}") } else { format!("below {high}") };
    let lower = if part.low_included { format!("from {low}") } else { format!("above {low}") };
    match (open_below, open_above) {
        (true, true) => "in all of it".to_owned(),
        (true, false) => upper,
        (false, true) => {
            if part.low_included {
                format!("{lower} on")
            } else {
                lower
            }
        }
        (false, false) if part.low_included && part.high_included => format!("from {low} to {high}"),
        (false, false) => format!("{lower} and {upper}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_base::Exact;

    #[test]
    fn intervals_in_words() {
        let range = ParameterView {
            id: "cost".into(),
            low: 3.into(),
            central: 4.into(),
            high: 6.into(),
            unit: None,
            line: 1,
            chance: false,
        };
        let say = |low: i64, high: i64, low_included, high_included| {
            let part = IntervalView { low: Exact::from(low), high: Exact::from(high), low_included, high_included };
            interval(&part, Some(&range))
        };
        assert_eq!(say(3, 4, true, true), "up to 4");
        assert_eq!(say(3, 4, true, false), "below 4");
        assert_eq!(say(4, 6, false, true), "above 4");
        assert_eq!(say(4, 6, true, true), "from 4 on");
        assert_eq!(say(4, 5, true, true), "from 4 to 5");
        assert_eq!(say(4, 5, false, false), "above 4 and below 5");
        assert_eq!(say(4, 4, true, true), "exactly 4");
        assert_eq!(say(3, 6, true, true), "in all of it");
    }
}
