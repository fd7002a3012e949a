//! The two answers that scripts read, for people.

use std::collections::BTreeMap;

use detente_analysis::report::{Completion, FilterView, OutcomeNumber};
use detente_analysis::{SolveAnswer, StableAnswer, StableOutcome, StableProfile};

use super::aside::set_aside;
use super::further::{concepts_in_words, remarks};
use super::holds::{reached, stop_reason};
use super::large::large_document;
use super::symbolic::symbolic_document;
use super::words::{counted, listed};
use crate::doc::{Document, Item, Level, Table, Text};

/// Concepts, the shortest foresight first.
pub(super) const ORDER: [&str; 5] = ["R", "SSEQ", "SEQ", "SMR", "GMR"];

/// Runs of numbers written out before the rest is left to the count.
const MOST_NUMBERS: usize = 12;

/// Which outcomes hold.
pub fn stable_document(answer: &StableAnswer) -> Document {
    let mut out = Document::default();
    let defined = answer.concepts.iter().filter(|concept| concept.not_defined.is_none());
    let symbols: Vec<&str> = defined.map(|concept| concept.symbol.as_str()).collect();
    out.heading(Level::Title, answer.title.as_str());
    if let Some(remark) = super::hypergame::truth_remark(&answer.mistaken, &str::to_owned) {
        out.paragraph(remark);
    }
    out.append(set_aside(&answer.set_aside));
    if !answer.large.is_empty() {
        answer.large.iter().for_each(|large| out.append(symbolic_document(large)));
        let reasons = concepts_left_out(answer);
        if !reasons.is_empty() {
            out.paragraph(format!("Not asked of decision diagrams: {}.", listed(&reasons, "and")));
        }
        return out;
    }
    undecided(&mut out, &answer.completion);
    if answer.states > 0 {
        out.paragraph(format!("{}.", counted(answer.states, "possible outcome")));
    }
    if let Some(filter) = &answer.filter {
        out.append(filter_paragraph(filter));
    }
    if !answer.counts.is_empty() {
        if answer.profiles.len() > 1 {
            out.paragraph("Outcomes that hold in every combination of types:");
        } else {
            out.paragraph("Outcomes that hold:");
        }
        out.table(sets(&symbols, &answer.counts, &answer.equilibria));
    }
    for profile in &answer.profiles {
        out.append(profile_document(&symbols, profile, answer.profiles.len()));
    }
    let refused = answer.concepts.iter().any(|concept| concept.not_defined.is_some());
    if refused || answer.profiles.iter().any(|p| !p.outcomes.is_empty()) {
        out.paragraph(match symbols.as_slice() {
            [first, second, _, ..] => format!("{first}, {second}, … say under which foresight every party would stay:"),
            _ => "The foresight says how far every party looks:".to_owned(),
        });
        out.append(concepts_in_words(&answer.concepts));
        if answer.profiles.iter().flat_map(|p| &p.outcomes).any(|o| o.steps_by_moves.is_some()) {
            out.paragraph(
                "“Reached by” counts the steps from the status quo: improvements are liked by whoever makes them, other \
                 moves are only possible.",
            );
        }
    }
    out
}

fn undecided(out: &mut Document, completion: &Completion) {
    if let Completion::Undecided { reason } = completion {
        out.paragraph(Text::default().strong("Undecided: ").plain(stop_reason(reason)));
    }
}

fn profile_document(symbols: &[&str], profile: &StableProfile, profiles: usize) -> Document {
    let mut out = Document::default();
    if profiles > 1 {
        let types: Vec<String> = profile.types.iter().map(|(party, kind)| format!("{party} is {kind}")).collect();
        out.heading(Level::Section, format!("If {}", listed(&types, "and")));
        undecided(&mut out, &profile.completion);
        out.table(sets(symbols, &profile.counts, &profile.equilibria));
    }
    if let Some(count) = profile.mixture_count {
        let which = profile.mixture.as_ref().map_or_else(|| counted(count, "outcome"), |mixture| numbers(mixture));
        out.paragraph(format!("With the foresight given for each party: {which}."));
    }
    out.append(remarks(&profile.remarks));
    out.append(large_document(symbols, profile));
    if profile.truncated {
        out.paragraph(format!("The first {} of those that hold under some foresight:", profile.outcomes.len()));
    }
    out.append(outcomes(symbols, &profile.outcomes));
    out
}

/// To which outcomes a question was narrowed.
pub fn filter_paragraph(filter: &FilterView) -> Document {
    let mut out = Document::default();
    let text = Text::default().plain("Only outcomes with ").code(&filter.when);
    out.paragraph(text.plain(format!(": {} of them.", filter.outcomes)));
    out
}

fn sets(symbols: &[&str], counts: &BTreeMap<String, u64>, equilibria: &BTreeMap<String, Vec<OutcomeNumber>>) -> Table {
    let mut table = Table::default();
    table.left("Foresight");
    table.right("Count");
    table.left("Outcomes");
    for concept in symbols {
        if let Some(count) = counts.get(*concept) {
            let which = equilibria.get(*concept).map_or_else(|| "too many to list".into(), |set| numbers(set));
            table.rows.push(vec![(*concept).to_owned(), count.to_string(), which]);
        }
    }
    table
}

/// Numbers in a row, runs shortened: `1, 4–7, 9`.
pub(super) fn numbers(set: &[OutcomeNumber]) -> String {
    if set.is_empty() {
        return "none".into();
    }
    let mut runs: Vec<(OutcomeNumber, OutcomeNumber)> = Vec::new();
    for number in set {
        match runs.last_mut() {
            Some((_, end)) if *end + 1 == *number => *end = *number,
            _ => runs.push((*number, *number)),
        }
    }
    let mut words: Vec<String> = Vec::new();
    for (start, end) in runs.iter().take(MOST_NUMBERS) {
        match end - start {
            0 => words.push(start.to_string()),
            1 => words.extend([start.to_string(), end.to_string()]),
            _ => words.push(format!("{start}–{end}")),
        }
    }
    if runs.len() > MOST_NUMBERS {
        words.push("…".into());
    }
    words.join(", ")
}

/// A table of the outcomes, by the issues in which they differ.
fn outcomes(symbols: &[&str], outcomes: &[StableOutcome]) -> Document {
    let mut out = Document::default();
    let [first, ..] = outcomes else { return out };
    let varies = |at: usize| outcomes.iter().any(|o| o.values.get(at) != first.values.get(at));
    let (varying, same): (Vec<usize>, Vec<usize>) = (0..first.values.len()).partition(|at| varies(*at));
    let mut table = Table::default();
    table.right("#");
    varying.iter().for_each(|at| table.left(&first.values[*at].0));
    let named = outcomes.iter().any(|o| !o.named.is_empty());
    if named {
        table.below("known as");
    }
    symbols.iter().for_each(|concept| table.left(*concept));
    let reaching = outcomes.iter().any(|o| o.steps_by_moves.is_some());
    if reaching {
        table.left("reached by");
    }
    for outcome in outcomes {
        let mut row = vec![outcome.outcome.to_string()];
        row.extend(varying.iter().map(|at| outcome.values.get(*at).map_or(String::new(), |(_, value)| value.clone())));
        if named {
            row.push(outcome.named.join("; "));
        }
        let mark = |concept: &&str| if outcome.holds.iter().any(|h| h == concept) { "yes" } else { "–" }.to_owned();
        row.extend(symbols.iter().map(mark));
        if reaching {
            row.push(reached(outcome.steps_by_improvements, outcome.steps_by_moves));
        }
        table.rows.push(row);
    }
    out.table(table);
    if !same.is_empty() && outcomes.len() > 1 {
        let values: Vec<String> =
            same.iter().map(|at| format!("{}: {}", first.values[*at].0, first.values[*at].1)).collect();
        out.paragraph(format!("The same in every row: {}.", values.join(", ")));
    }
    out
}

/// Defined concepts that decision diagrams do not answer.
fn concepts_left_out(answer: &StableAnswer) -> Vec<String> {
    let answered = |symbol: &str| answer.large.iter().any(|l| l.concepts.iter().any(|set| set.concept == symbol));
    let refused = answer.large.iter().any(|large| large.refused.is_some());
    let defined = answer.concepts.iter().filter(|concept| concept.not_defined.is_none());
    defined.map(|c| c.symbol.clone()).filter(|symbol| !refused && !answered(symbol)).collect()
}

/// Equilibria of an imported game.
pub fn solve_document(answer: &SolveAnswer) -> Document {
    let mut out = Document::default();
    if let Some(large) = &answer.large {
        out.paragraph(format!("{}.", listed(&answer.decision_makers, "and")));
        out.append(symbolic_document(large));
        return out;
    }
    undecided(&mut out, &answer.completion);
    out.paragraph(format!(
        "{} of {}:",
        counted(answer.states, "feasible state"),
        listed(&answer.decision_makers, "and")
    ));
    let counts = answer.equilibria.iter().map(|(concept, set)| (concept.clone(), set.len() as u64)).collect();
    out.table(sets(&ORDER, &counts, &answer.equilibria));
    out.bullets(vec![Item::new("States are numbered from 1 in ascending order of their decimal.")]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_numbers() {
        assert_eq!(numbers(&[1, 3, 4, 6, 7, 8]), "1, 3, 4, 6–8");
        assert_eq!(numbers(&[]), "none");
    }
}
