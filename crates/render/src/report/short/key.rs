//! Which outcomes a short answer speaks of: the status quo, and what is reached from it
//! and then holds under credible foresight (SEQ).

use detente_analysis::report::{EquilibriumRow, OutcomeNumber, ProfileReport, Report};

use crate::report::names::Names;
use crate::report::words::listed;

/// The foresight on which short answers are built: only credible replies are feared.
pub const CREDIBLE: &str = "SEQ";

/// Combinations of types that have a column each in a table; of more they are counted.
pub const MOST_COLUMNS: usize = 4;

/// An outcome that is reached and holds.
pub struct Reached {
    /// The outcome.
    pub outcome: OutcomeNumber,
    /// Moves from the status quo, each liked by who makes it.
    pub steps: Option<u32>,
}

/// Outcomes that hold under SEQ and are reached from the status quo: for each named
/// outcome the nearest, and those without a name; the best supported first.
pub fn reached(report: &Report, profile: &ProfileReport) -> Vec<Reached> {
    let nearest: Vec<OutcomeNumber> = profile.named.iter().filter_map(|n| n.nearest).collect();
    let unnamed = |row: &EquilibriumRow| {
        let view = report.outcomes.iter().find(|o| o.number == row.outcome);
        view.is_some_and(|v| v.named.is_empty())
    };
    let mut out: Vec<Reached> = profile
        .rows
        .iter()
        .filter(|row| row.steps_by_improvements.is_some() && holds_credibly(row))
        .filter(|row| nearest.contains(&row.outcome) || unnamed(row))
        .map(|row| Reached { outcome: row.outcome, steps: row.steps_by_improvements })
        .collect();
    for outcome in nearest {
        if !out.iter().any(|r| r.outcome == outcome) {
            out.push(Reached { outcome, steps: None });
        }
    }
    out.retain(|r| report.situation.status_quo != Some(r.outcome));
    out
}

/// Whether it holds under SEQ.
pub fn holds_credibly(row: &EquilibriumRow) -> bool {
    row.concepts.iter().any(|c| c == CREDIBLE)
}

/// How many outcomes hold under a foresight.
pub fn count_under(profile: &ProfileReport, concept: &str) -> Option<u64> {
    profile.equilibria.iter().find(|set| set.concept == concept).map(|set| set.count)
}

/// The status quo and the reached outcomes of all combinations, each once.
pub fn key_outcomes(report: &Report) -> Vec<OutcomeNumber> {
    let mut out: Vec<OutcomeNumber> = report.situation.status_quo.into_iter().collect();
    for reached in report.profiles.iter().flat_map(|p| reached(report, p)) {
        if !out.contains(&reached.outcome) {
            out.push(reached.outcome);
        }
    }
    out
}

/// An outcome in prose: `“A deal” (474)`, `the status quo (218)` or `7 (Text: Binding)`.
pub fn label(report: &Report, names: &Names<'_>, outcome: OutcomeNumber) -> String {
    if report.situation.status_quo == Some(outcome) {
        return format!("the status quo ({outcome})");
    }
    match quoted(&names.closest_named(outcome)) {
        named if !named.is_empty() => format!("{named} ({outcome})"),
        // Without a status quo every value would have to be told.
        _ => match names.outcome(outcome).filter(|_| report.situation.status_quo.is_some()) {
            Some(view) => format!("{outcome} ({})", names.differing(view).join(", ")),
            None => outcome.to_string(),
        },
    }
}

/// Names in quotes: `“A deal”, “A strike” and “Nothing”`.
pub fn quoted(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    listed(&names, "and")
}

/// A combination as heading of a column: the type where only one party has types, else
/// its letter.
pub fn column_head(report: &Report, index: usize) -> String {
    match report.profiles[index].types.as_slice() {
        [(_, kind)] => kind.clone(),
        _ => Names::letter(index),
    }
}
