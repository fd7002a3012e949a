//! Which outcomes hold: those that are reached, in one table.

use std::fmt::Write as _;

use detente_analysis::report::{EquilibriumRow, OutcomeNumber, OutcomeView, ProfileReport, Report};

use super::key::{CREDIBLE, MOST_COLUMNS, column_head, count_under, holds_credibly};
use crate::doc::{Document, Item, Level, Table, Text};
use crate::report::holds::common;
use crate::report::names::Names;
use crate::report::words::{concept_cell, grouped, listed, short_meaning};

/// Rows for one combination beside the status quo.
const MOST_ROWS: usize = 8;

/// Rows for all combinations.
const MOST_ROWS_IN_ALL: usize = 12;

/// Rows where nothing that holds under SEQ is reached.
const MOST_OTHERS: usize = 4;

/// Sentences with counts, where combinations differ.
const MOST_COUNTS: usize = 4;

/// What foresight means, one table for all combinations of types, and counts.
pub fn holds_section(report: &Report, names: &Names<'_>) -> Document {
    let mut out = Document::default();
    let answered: Vec<usize> =
        (0..report.profiles.len()).filter(|i| !report.profiles[*i].equilibria.is_empty()).collect();
    let Some(first) = answered.first() else { return out };
    out.heading(Level::Section, "Which outcomes hold");
    let sets = &report.profiles[*first].equilibria;
    // SSEQ is explained by SEQ, which therefore comes before it.
    let meanings = ["R", "SEQ", "SSEQ", "SMR", "GMR"].into_iter().filter_map(|concept| {
        let set = sets.iter().find(|set| set.concept == concept)?;
        let text = short_meaning(concept)?;
        Some(Item::new(Text::default().strong(&set.concept).plain(format!(": {text}."))))
    });
    out.bullets(meanings.collect());
    out.table(table(report, names, &answered));
    out.append(all_counts(report, names, &answered));
    if report.situation.status_quo.is_none()
        && let [only] = report.profiles.as_slice()
    {
        out.append(common(names, only));
    }
    out
}

/// How many outcomes hold in each combination, and what is not listed.
fn all_counts(report: &Report, names: &Names<'_>, answered: &[usize]) -> Document {
    let mut out = Document::default();
    let several = answered.len() > 1;
    let arrow = several && answered.len() <= MOST_COLUMNS && report.situation.status_quo.is_some();
    let arrow = if arrow { "“→” marks what is reached. " } else { "" };
    let cut = answered.iter().any(|i| {
        let profile = &report.profiles[*i];
        (chosen(report, profile).len() as u64) < profile.row_count
    });
    let more = if cut { Text::from(" ").code("--full").plain(" lists more.") } else { Text::default() };
    let found = grouped(answered.iter().map(|i| (*i, counts(&report.profiles[*i]))));
    if let [(text, _)] = found.as_slice() {
        out.paragraph(Text::from(format!("{arrow}Outcomes that hold: {text}.")).then(more));
        return out;
    }
    let mut items: Vec<Item> = Vec::new();
    for (text, profiles) in found.iter().take(MOST_COUNTS) {
        // As in the headings of the table.
        let when = match profiles.as_slice() {
            [one] => column_head(report, *one),
            some => names.when(some).unwrap_or_default(),
        };
        items.push(Item::new(format!("{when}: {text}.")));
    }
    let hint = if cut { Text::from(" (").code("--full").plain(" lists more)") } else { Text::default() };
    out.paragraph(Text::from(format!("{arrow}How many outcomes hold")).then(hint).plain(":"));
    out.bullets(items);
    out
}

/// The rows that are shown: all, if they are few; else those that hold under SEQ, or of
/// these those that are reached.
fn chosen<'a>(report: &Report, profile: &'a ProfileReport) -> Vec<&'a EquilibriumRow> {
    let reaching = report.situation.status_quo.is_some();
    let is_reached = |row: &&EquilibriumRow| !reaching || row.steps_by_improvements.is_some();
    if profile.row_count <= MOST_ROWS as u64 {
        return profile.rows.iter().collect();
    }
    let credible: Vec<&EquilibriumRow> = profile.rows.iter().filter(|row| holds_credibly(row)).collect();
    let all = Some(credible.len() as u64) == count_under(profile, CREDIBLE);
    if all && !credible.is_empty() && credible.len() <= MOST_ROWS {
        return credible;
    }
    let moved = |row: &&&EquilibriumRow| is_reached(row) && report.situation.status_quo != Some(row.outcome);
    let reached: Vec<&EquilibriumRow> = credible.iter().filter(moved).copied().take(MOST_ROWS).collect();
    if !reached.is_empty() {
        return reached;
    }
    if credible.is_empty() {
        return profile.rows.iter().filter(is_reached).take(MOST_OTHERS).collect();
    }
    credible.into_iter().take(MOST_OTHERS).collect()
}

fn table(report: &Report, names: &Names<'_>, answered: &[usize]) -> Table {
    let status_quo = report.situation.status_quo;
    let mut numbers: Vec<OutcomeNumber> = status_quo.into_iter().collect();
    for index in answered {
        for row in chosen(report, &report.profiles[*index]) {
            if !numbers.contains(&row.outcome) {
                numbers.push(row.outcome);
            }
        }
    }
    numbers.truncate(MOST_ROWS_IN_ALL);
    let views: Vec<&OutcomeView> = numbers.iter().filter_map(|n| names.outcome(*n)).collect();
    let mut table = Table::default();
    let [first, ..] = views.as_slice() else { return table };
    let differs = |at: &usize| views.iter().any(|view| view.values.get(*at) != first.values.get(*at));
    let varying: Vec<usize> = (0..first.values.len()).filter(differs).collect();
    table.right("#");
    varying.iter().for_each(|at| table.left(&first.values[*at].0));
    let known: Vec<String> = views.iter().map(|view| known_as(report, names, view.number)).collect();
    let named = known.iter().any(|name| !name.is_empty());
    support_heads(report, answered).into_iter().for_each(|head| table.left(head));
    if named {
        table.below("known as");
    }
    for (view, name) in views.into_iter().zip(known) {
        let mut cells = vec![view.number.to_string()];
        cells.extend(varying.iter().map(|at| view.values.get(*at).map_or(String::new(), |(_, value)| value.clone())));
        cells.extend(support_cells(report, answered, view.number));
        if named {
            cells.push(name);
        }
        table.rows.push(cells);
    }
    table
}

/// Headings of the columns that say where an outcome holds.
fn support_heads(report: &Report, answered: &[usize]) -> Vec<String> {
    let reaching = report.situation.status_quo.is_some();
    match answered {
        [_] if reaching => vec!["holds".to_owned(), "steps".to_owned()],
        [_] => vec!["holds".to_owned()],
        some if some.len() <= MOST_COLUMNS => some.iter().map(|i| column_head(report, *i)).collect(),
        _ if reaching => vec!["holds in".to_owned(), "reached in".to_owned()],
        _ => vec!["holds in".to_owned()],
    }
}

fn support_cells(report: &Report, answered: &[usize], outcome: OutcomeNumber) -> Vec<String> {
    let found: Vec<Support> = answered.iter().map(|i| support(report, &report.profiles[*i], outcome)).collect();
    let reaching = report.situation.status_quo.is_some();
    match found.as_slice() {
        [one] => {
            let steps = one.steps.map_or("–".to_owned(), |n| n.to_string());
            std::iter::once(one.cell.clone()).chain(reaching.then_some(steps)).collect()
        }
        some if some.len() <= MOST_COLUMNS => some
            .iter()
            .map(|s| if s.steps.is_some_and(|n| n > 0) { format!("→ {}", s.cell) } else { s.cell.clone() })
            .collect(),
        some => {
            let of = |count: usize| format!("{count} of {}", some.len());
            let holds = some.iter().filter(|s| s.credible).count();
            let reached = some.iter().filter(|s| s.credible && s.steps.is_some()).count();
            std::iter::once(of(holds)).chain(reaching.then(|| of(reached))).collect()
        }
    }
}

/// Where an outcome holds in one combination.
struct Support {
    cell: String,
    credible: bool,
    steps: Option<u32>,
}

fn support(report: &Report, profile: &ProfileReport, outcome: OutcomeNumber) -> Support {
    let all: Vec<String> = profile.equilibria.iter().map(|set| set.concept.clone()).collect();
    if let Some(row) = profile.rows.iter().find(|row| row.outcome == outcome) {
        let cell = concept_cell(&row.concepts, &all);
        return Support { cell, credible: holds_credibly(row), steps: row.steps_by_improvements };
    }
    if let Some(view) = profile.status_quo.as_ref().filter(|view| view.outcome == outcome) {
        let credible = view.holds_under.iter().any(|c| c == CREDIBLE);
        return Support { cell: concept_cell(&view.holds_under, &all), credible, steps: Some(0) };
    }
    // The comparison of the combinations says what a list that was cut does not.
    let position = report.profiles.iter().position(|known| known.types == profile.types);
    let compared = report.differences.iter().flat_map(|d| &d.outcomes).find(|known| known.outcome == outcome);
    if let (Some(position), Some(compared)) = (position, compared) {
        let concepts = &compared.concepts[position];
        let credible = concepts.iter().any(|c| c == CREDIBLE);
        return Support { cell: concept_cell(concepts, &all), credible, steps: None };
    }
    // Else it stays open whether the outcome holds, not whether it is reached: what is
    // reached comes first.
    let complete = profile.rows.len() as u64 == profile.row_count;
    let cell = match (complete, report.situation.status_quo.is_some()) {
        (true, _) => "–",
        (false, true) => "no path",
        (false, false) => "not listed",
    };
    Support { cell: cell.to_owned(), credible: false, steps: None }
}

fn known_as(report: &Report, names: &Names<'_>, outcome: OutcomeNumber) -> String {
    if report.situation.status_quo == Some(outcome) {
        return "the status quo".to_owned();
    }
    names.closest_named(outcome).join("; ")
}

/// How many outcomes hold, and how many of them are reached.
fn counts(profile: &ProfileReport) -> String {
    let all: Vec<String> = profile.equilibria.iter().map(|set| set.concept.clone()).collect();
    let credible = count_under(profile, CREDIBLE).unwrap_or(0);
    let cautious = profile.row_count.saturating_sub(credible);
    let mut text = match credible {
        0 => "none under SEQ".to_owned(),
        n => format!("{n} under SEQ"),
    };
    // Reached rows come first, so they are all listed when one that is not reached is.
    let both = |row: &&EquilibriumRow| row.steps_by_improvements.is_some() && holds_credibly(row);
    let reached = profile.rows.iter().filter(both).filter(|row| row.steps_by_improvements != Some(0)).count() as u64;
    let complete = profile.rows.len() as u64 == profile.row_count || profile.rows.iter().any(|row| !both(&row));
    if let Some(view) = profile.status_quo.as_ref().filter(|_| complete && credible > 0) {
        let stays = view.holds_under.iter().any(|c| c == CREDIBLE);
        text += &reached_of(credible - u64::from(stays), reached, stays.then_some(" (the status quo among them)"));
    }
    if cautious > 0 {
        let only: Vec<String> = all.into_iter().filter(|c| matches!(c.as_str(), "SMR" | "GMR")).collect();
        let _ = write!(text, "; {cautious} more only under {}", listed(&only, "or"));
    }
    text
}

/// How many of the outcomes that hold, beside a status quo that does, are reached.
fn reached_of(outcomes: u64, reached: u64, beside: Option<&str>) -> String {
    let of = if beside.is_some() { "of the others" } else { "of them" };
    let lead = beside.unwrap_or_default();
    match (outcomes, reached) {
        (0, _) => " (the status quo)".to_owned(),
        (1, 0) if beside.is_none() => ", not reached".to_owned(),
        (1, 1) if beside.is_none() => ", and it is reached".to_owned(),
        (_, 0) => format!("{lead}, none {of} reached"),
        (n, m) if n == m => format!("{lead}, all {of} reached"),
        (_, n) => format!("{lead}, {n} {of} reached"),
    }
}
