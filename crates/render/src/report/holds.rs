//! Which outcomes hold, and under which foresight.

use detente_analysis::report::{Completion, MixtureSet, OutcomeNumber, ProfileReport, Report};
use detente_base::StopReason;

use super::names::Names;
use super::words::{counted, listed, meaning};
use crate::doc::{Document, Item, Level, Table, Text};

/// Sets, tables and what is common to them.
pub fn holds_section(report: &Report, names: &Names<'_>) -> Document {
    let mut out = Document::default();
    out.heading(Level::Section, "Which outcomes hold");
    out.paragraph(
        "An outcome holds when no party would leave it by a move of its own. Whether a party would depends on how far it \
         looks ahead:",
    );
    let used: Vec<&str> = report.profiles.iter().flat_map(|p| &p.equilibria).map(|s| s.concept.as_str()).collect();
    out.append(meanings_of(&used));
    out.append(undecided_paragraphs(report, names));
    out.append(outcome_table(report, names));
    for (index, profile) in report.profiles.iter().enumerate() {
        if profile.equilibria.is_empty() {
            continue;
        }
        if report.profiles.len() > 1 {
            out.heading(Level::Part, format!("Combination {}", names.combination(index)));
        }
        out.paragraph(counts(profile));
        out.table(support_table(report, profile));
        out.append(remarks(report, names, profile));
    }
    out
}

/// What each of these foresights means.
pub fn meanings_of(some: &[&str]) -> Document {
    let mut seen: Vec<&str> = Vec::new();
    let mut items = Vec::new();
    for concept in some {
        if let (false, Some(text)) = (seen.contains(concept), meaning(concept)) {
            seen.push(concept);
            items.push(Item::new(Text::default().strong(*concept).plain(format!(" {text}"))));
        }
    }
    let mut out = Document::default();
    out.bullets(items);
    out
}

/// One paragraph for each reason why something was left open.
pub fn undecided_paragraphs(report: &Report, names: &Names<'_>) -> Document {
    let mut out = Document::default();
    for (profiles, text) in undecided(report) {
        let when = names.when(&profiles).map_or(String::new(), |w| format!(" ({w})"));
        out.paragraph(Text::default().strong(format!("Undecided{when}: ")).plain(text));
    }
    out
}

/// Why questions were left open, with the combinations of types concerned.
fn undecided(report: &Report) -> Vec<(Vec<usize>, String)> {
    let mut out: Vec<(Vec<usize>, String)> = Vec::new();
    for (index, profile) in report.profiles.iter().enumerate() {
        let Completion::Undecided { reason } = &profile.completion else { continue };
        let text = stop_reason(reason);
        match out.iter_mut().find(|(_, other)| *other == text) {
            Some((profiles, _)) => profiles.push(index),
            None => out.push((vec![index], text)),
        }
    }
    out
}

/// Why a question was left open, in words.
pub fn stop_reason(reason: &StopReason) -> String {
    match reason {
        StopReason::Interrupted => {
            "the time was up before the question was answered; what follows is what is known.".into()
        }
        StopReason::TooManyStates { states, limit } => {
            format!("the question has {states} combinations of values, and the budget allows {limit}.")
        }
        StopReason::NoOutcome => {
            "no outcome is possible: the constraints together rule out every combination of values.".into()
        }
        StopReason::TooManyMoves { limit } => {
            format!("the question has more moves than the {limit} that the budget allows.")
        }
        StopReason::TooManyCoalitions { coalitions, limit } => {
            format!("there are {coalitions} coalitions, and with so many outcomes {limit} can be looked at.")
        }
        StopReason::TooManyParties { parties, limit } => {
            format!("there are {parties} parties, and {limit} can be told apart.")
        }
        StopReason::NoRepetition { levels } => {
            format!("what the parties expect did not begin to repeat within {levels} moves ahead.")
        }
        StopReason::TooManyCases { limit } => format!("the question falls into more than {limit} cases."),
        StopReason::NotOnDiagrams { why } => format!("decision diagrams do not answer it: {why}."),
        StopReason::GameTooLarge { nodes, limit } => {
            format!("the game has {nodes} nodes, and the budget allows {limit}; `--max-outcomes` sets that.")
        }
        StopReason::NoMethod { why } => format!("{why}."),
        StopReason::TooManyNodes { limit } => format!(
            "the preferences and constraints hang together too closely for decision diagrams within the {limit} nodes \
             that the budget allows; `--max-nodes` raises that, and one outcome alone (`--outcome` of `explain` and \
             `coalitions`) is a smaller question."
        ),
    }
}

fn counts(profile: &ProfileReport) -> String {
    let parts: Vec<String> = profile
        .equilibria
        .iter()
        .map(|set| {
            format!("{} under {}", if set.count == 0 { "none".into() } else { set.count.to_string() }, set.concept)
        })
        .collect();
    let mixture = profile.mixture.as_ref().map_or(String::new(), |m| {
        format!(" With the foresight given for each party ({}), {} hold.", foresights(m), m.count)
    });
    format!("Outcomes that hold: {}.{mixture}", listed(&parts, "and"))
}

/// The foresight of each party: `usa SEQ, russia R`.
pub fn foresights(mixture: &MixtureSet) -> String {
    let who: Vec<String> = mixture.foresight.iter().map(|(party, concept)| format!("{party} {concept}")).collect();
    who.join(", ")
}

/// The outcomes of all tables by number, with the issues in which they differ.
fn outcome_table(report: &Report, names: &Names<'_>) -> Document {
    let mut numbers: Vec<OutcomeNumber> = report.profiles.iter().flat_map(|p| &p.rows).map(|r| r.outcome).collect();
    if numbers.is_empty() {
        return Document::default();
    }
    numbers.extend(report.situation.status_quo);
    values_table(names, numbers, "The outcomes that hold under some foresight, and the status quo, by number:")
}

/// A table of outcomes by number, and a line on what is the same in all.
pub fn values_table(names: &Names<'_>, mut numbers: Vec<OutcomeNumber>, lead: &str) -> Document {
    let mut out = Document::default();
    numbers.sort_unstable();
    numbers.dedup();
    let views: Vec<_> = numbers.iter().filter_map(|n| names.outcome(*n)).collect();
    let [first, ..] = views.as_slice() else { return out };
    // A single outcome is shown with all its values.
    let varies = |at: usize| views.len() == 1 || views.iter().any(|v| v.values.get(at) != first.values.get(at));
    let (varying, same): (Vec<usize>, Vec<usize>) = (0..first.values.len()).partition(|at| varies(*at));
    let lead = match names.status_quo() {
        Some(_) => lead.to_owned(),
        None => lead.replace(", and the status quo,", ""),
    };
    out.paragraph(lead);
    let mut table = Table::default();
    table.right("#");
    varying.iter().for_each(|at| table.left(&first.values[*at].0));
    let named = views.iter().any(|v| !v.named.is_empty()) || names.status_quo().is_some_and(|n| numbers.contains(&n));
    if named {
        table.below("known as");
    }
    for view in &views {
        let mut row = vec![view.number.to_string()];
        row.extend(varying.iter().map(|at| view.values.get(*at).map_or(String::new(), |(_, value)| value.clone())));
        if named {
            let mut known: Vec<&str> = view.named.iter().map(String::as_str).collect();
            if names.status_quo() == Some(view.number) {
                known.insert(0, "status quo");
            }
            row.push(known.join(", "));
        }
        table.rows.push(row);
    }
    out.table(table);
    if !same.is_empty() && views.len() > 1 {
        let values: Vec<String> =
            same.iter().map(|at| names.setting(&first.values[*at].0, &first.values[*at].1)).collect();
        out.paragraph(format!("The same in every row: {}.", values.join(", ")));
    }
    out
}

fn support_table(report: &Report, profile: &ProfileReport) -> Table {
    let mut table = Table::default();
    table.right("#");
    profile.equilibria.iter().for_each(|set| table.left(&set.concept));
    if profile.mixture.is_some() {
        table.left("given");
    }
    if profile.status_quo.is_some() {
        table.left("reached by");
    }
    report.situation.parties.iter().for_each(|party| table.right(&party.id));
    for row in &profile.rows {
        let mark = |yes| if yes { "yes" } else { "–" }.to_owned();
        let mut cells = vec![row.outcome.to_string()];
        cells.extend(profile.equilibria.iter().map(|set| mark(row.concepts.contains(&set.concept))));
        if profile.mixture.is_some() {
            cells.push(mark(row.in_mixture));
        }
        if profile.status_quo.is_some() {
            cells.push(reached(row.steps_by_improvements, row.steps_by_moves));
        }
        let places =
            (0..report.situation.parties.len()).map(|i| row.places.get(i).map_or(String::new(), u64::to_string));
        cells.extend(places);
        table.rows.push(cells);
    }
    table
}

/// How an outcome is reached from the status quo, by numbers of steps.
pub fn reached(by_improvements: Option<u32>, by_moves: Option<u32>) -> String {
    match (by_improvements, by_moves) {
        (Some(0), _) | (_, Some(0)) => "already there".into(),
        (Some(n), _) => counted(n.into(), "improvement"),
        (None, Some(n)) => counted(n.into(), "move"),
        (None, None) => "no way".into(),
    }
}

/// What the columns mean, what was cut, and what the outcomes have in common.
fn remarks(report: &Report, names: &Names<'_>, profile: &ProfileReport) -> Document {
    let mut out = Document::default();
    if profile.rows.is_empty() {
        return out;
    }
    let shown = profile.rows.len() as u64;
    if profile.row_count > shown {
        out.paragraph(format!("{} more hold under some foresight and are not listed.", profile.row_count - shown));
    }
    let first = report.profiles.iter().position(|p| !p.rows.is_empty());
    if first.is_some_and(|i| std::ptr::eq(&raw const report.profiles[i], profile)) {
        out.paragraph(format!(
            "The columns of the parties give the place of the outcome in the order of each: 1 for an outcome to which it \
             likes none of the {} better.{}",
            report.situation.feasible,
            if profile.status_quo.is_some() {
                " “Reached by” counts the steps from the status quo: improvements are liked by whoever makes them, other \
                 moves are only possible."
            } else {
                ""
            }
        ));
    }
    out.append(common(names, profile));
    out
}

/// What the outcomes that hold under the shortest foresight have in common, when all of
/// them are listed.
pub fn common(names: &Names<'_>, profile: &ProfileReport) -> Document {
    let mut out = Document::default();
    let set = profile.equilibria.iter().find(|s| s.count > 0);
    let Some(set) = set.filter(|s| !s.truncated && !profile.common.is_empty()) else { return out };
    let values: Vec<String> = profile.common.iter().map(|(i, v)| names.setting(i, v)).collect();
    let which = match set.count {
        1 => format!("The one outcome that holds under {} has", set.concept),
        n => format!("All {n} outcomes that hold under {} have", set.concept),
    };
    out.paragraph(format!("{which} {}.", values.join(", ")));
    out
}
