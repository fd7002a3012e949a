//! Single outcomes where outcomes are too many to list: verdicts, the status quo, and the
//! named outcomes.

use detente_analysis::report::{
    LargeAnswer, LargeCheck, LargeImprovement, LargeOutcome, LargePath, LargeStart, LargeStep, LargeVerdict, Values,
};

use super::holds::stop_reason;
use super::symbolic::grouped;
use super::words::listed;
use crate::doc::{Document, Item, Level, Table, Text};

/// Concepts, the shortest foresight first.
const ORDER: [&str; 5] = ["R", "SSEQ", "SEQ", "SMR", "GMR"];

/// What can happen from the status quo.
pub(super) fn start_document(answer: &LargeAnswer) -> Document {
    let mut out = Document::default();
    let Some(start) = &answer.status_quo else { return out };
    out.heading(Level::Section, "From the status quo");
    out.append(outcome(&start.outcome, "The status quo"));
    out.paragraph(reach(start));
    let mut told: Vec<(String, Option<&LargePath>, Vec<String>)> = Vec::new();
    for reached in &start.reached {
        let (count, path) = (&reached.by_improvements, reached.path.as_ref());
        match told.iter_mut().find(|(known, way, _)| known == count && *way == path) {
            Some((_, _, concepts)) => concepts.push(reached.concept.clone()),
            None => told.push((count.clone(), path, vec![reached.concept.clone()])),
        }
    }
    for (count, path, concepts) in told {
        let under = listed(&concepts, "and");
        let lead = match count.as_str() {
            "0" => format!("None of what holds under {under} is reached by improvements."),
            "1" => format!("One outcome that holds under {under} is reached by improvements."),
            n => format!("{} outcomes that hold under {under} are reached by improvements.", grouped(n)),
        };
        out.paragraph(format!("{lead}{}", path.map_or_else(String::new, way)));
    }
    if let Some(reason) = &start.stopped {
        out.paragraph(Text::default().strong("Left open: ").plain(stop_reason(reason)));
    }
    out
}

fn reach(start: &LargeStart) -> String {
    let count = |found: &Option<String>| match found.as_deref() {
        None => "an unknown number of outcomes".to_owned(),
        Some("1") => "no other outcome".to_owned(),
        Some(n) => format!("{} outcomes, itself included", grouped(n)),
    };
    format!(
        "Moves lead from it to {}; moves that are improvements for whoever makes them, to {}.",
        count(&start.reached_by_moves),
        count(&start.reached_by_improvements)
    )
}

fn way(path: &LargePath) -> String {
    let how = if path.improving { "A shortest way" } else { "A shortest way by moves of any kind" };
    format!(" {how}: {}.", steps(&path.steps))
}

/// Steps in a row.
pub(super) fn steps(steps: &[LargeStep]) -> String {
    let step = |step: &LargeStep| format!("{} ({})", step.party, pairs(&step.changes));
    steps.iter().map(step).collect::<Vec<_>>().join(", then ")
}

/// The named outcomes with how many of each hold.
pub(super) fn named_table(answer: &LargeAnswer) -> Document {
    let mut out = Document::default();
    let Some(first) = answer.named.first() else { return out };
    out.heading(Level::Section, "Named outcomes");
    let mut table = Table::default();
    table.left("Name");
    table.right("Outcomes");
    let concepts: Vec<&str> =
        ORDER.into_iter().filter(|symbol| first.holding.iter().any(|(concept, _)| concept == symbol)).collect();
    concepts.iter().for_each(|symbol| table.right(*symbol));
    if first.reached.is_some() {
        table.right("Reached");
    }
    for named in &answer.named {
        let count = |symbol: &&str| {
            let held = named.holding.iter().find(|(concept, _)| concept == symbol);
            held.map_or_else(String::new, |(_, count)| grouped(count))
        };
        let mut row = vec![named.id.clone(), grouped(&named.outcomes)];
        row.extend(concepts.iter().map(count));
        row.extend(named.reached.iter().map(|n| grouped(n)));
        table.rows.push(row);
    }
    out.paragraph("How many outcomes each covers, and how many of these hold:");
    out.table(table);
    out
}

/// Outcomes that were asked for.
pub(super) fn outcomes_document(answer: &LargeAnswer) -> Document {
    let mut out = Document::default();
    for (index, found) in answer.outcomes.iter().enumerate() {
        out.heading(Level::Section, if index == 0 { "One outcome" } else { "Another outcome" });
        out.append(outcome(found, "It"));
    }
    out
}

fn outcome(outcome: &LargeOutcome, what: &str) -> Document {
    let mut out = Document::default();
    let named = if outcome.named.is_empty() { String::new() } else { format!(" ({})", outcome.named.join(", ")) };
    out.paragraph(format!("{}{named}", whole(&outcome.values)));
    let everybody = outcome.verdicts.iter().any(|verdict| verdict.party != outcome.verdicts[0].party);
    if everybody {
        let (holds, open) = (outcome.holds(), outcome.open());
        let mut said = match holds.as_slice() {
            [] if open.is_empty() => format!("{what} does not hold under any foresight."),
            [] => format!("{what} is not known to hold under any foresight."),
            some => format!("{what} holds under {}.", listed(some, "and")),
        };
        if !open.is_empty() {
            said = format!("{said} Undecided: {}.", listed(&open, "and"));
        }
        out.paragraph(said);
    }
    let mut parties: Vec<&str> = Vec::new();
    for verdict in &outcome.verdicts {
        if !parties.contains(&verdict.party.as_str()) {
            parties.push(&verdict.party);
        }
    }
    out.bullets(parties.into_iter().map(|party| party_item(outcome, party)).collect());
    let whole = outcome.verdicts.iter().filter(|verdict| verdict.check == LargeCheck::Whole).count();
    let evidence = outcome.verdicts.iter().filter(|verdict| verdict.check == LargeCheck::Evidence).count();
    out.paragraph(match (whole, evidence) {
        (0, 0) => "No verdict was checked.".to_owned(),
        (whole, 0) => format!("All {whole} verdicts were checked by following every move and reply one by one."),
        (0, evidence) => format!(
            "Of all {evidence} verdicts the improvement and the reply shown were checked by the definitions; there are too \
             many moves to follow every one."
        ),
        (whole, evidence) => format!(
            "{whole} of {} verdicts were checked by following every move and reply one by one; for the others the \
             improvement and the reply shown were checked.",
            whole + evidence
        ),
    });
    out
}

fn party_item(outcome: &LargeOutcome, party: &str) -> Item {
    let verdicts =
        || ORDER.iter().filter_map(|s| outcome.verdicts.iter().find(|v| v.party == party && v.concept == *s));
    let symbols = |stays: Option<bool>| -> Vec<String> {
        verdicts().filter(|verdict| verdict.stays == stays).map(|verdict| verdict.concept.clone()).collect()
    };
    let mut parts = Vec::new();
    for (stays, words) in
        [(Some(true), "stays under"), (Some(false), "would leave under"), (None, "is left open under")]
    {
        let symbols = symbols(stays);
        if !symbols.is_empty() {
            parts.push(format!("{words} {}", listed(&symbols, "and")));
        }
    }
    let text = Text::default().strong(party).plain(format!(" {}.", parts.join("; ")));
    // The same reason under several concepts is told once.
    let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
    for verdict in verdicts() {
        let reason = reason(verdict);
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, concepts)) => concepts.push(verdict.concept.clone()),
            None => reasons.push((reason, vec![verdict.concept.clone()])),
        }
    }
    let inner = reasons.into_iter().map(|(reason, concepts)| Item::new(format!("{}: {reason}", concepts.join(", "))));
    Item { text, inner: inner.collect() }
}

/// Why a party stays or leaves.
fn reason(verdict: &LargeVerdict) -> String {
    if let Some(reason) = &verdict.stopped {
        return stop_reason(reason);
    }
    let improvements = verdict.improvements.as_deref().unwrap_or("0");
    let Some(best) = &verdict.best else { return "it has no improvement.".to_owned() };
    let all = counted_improvements(improvements);
    match (&verdict.unanswered, best.reply.is_empty()) {
        (_, false) => format!(
            "the others can answer its {all}; {} ({}), by {}.",
            if improvements == "1" { "this one" } else { "the best" },
            pairs(&best.changes),
            steps(&best.reply)
        ),
        (Some(unanswered), true) if *unanswered != improvements => {
            let (have, lead) = if unanswered == "1" { ("has", "") } else { ("have", "the best: ") };
            format!("{} of its {all} {have} no answer; {lead}{}.", grouped(unanswered), pairs(&best.changes))
        }
        _ if verdict.concept == "R" => format!("it has {all}{}.", best_one(improvements, best)),
        _ => format!("the others cannot or would not answer its {all}{}.", best_one(improvements, best)),
    }
}

fn counted_improvements(count: &str) -> String {
    if count == "1" { "one improvement".to_owned() } else { format!("{} improvements", grouped(count)) }
}

fn best_one(improvements: &str, best: &LargeImprovement) -> String {
    let lead = if improvements == "1" { ": " } else { "; the best: " };
    format!("{lead}{}", pairs(&best.changes))
}

/// Most issues that are written out one by one.
const MOST_ISSUES: usize = 16;

/// All issues with their values; many issues value by value, the most frequent last.
pub(super) fn whole(values: &Values) -> String {
    if values.len() <= MOST_ISSUES {
        return pairs(values);
    }
    let mut groups = by_value(values);
    let Some((last, most)) = groups.pop() else { return String::new() };
    let rest = match (most.len(), groups.is_empty()) {
        (1, _) => format!("{}: {last}", most[0]),
        (n, true) => format!("all {n} issues: {last}"),
        (n, false) => format!("the {n} other issues: {last}"),
    };
    let told = groups.iter().map(|(value, issues)| format!("{}: {value}", issues.join(", ")));
    told.chain([rest]).collect::<Vec<_>>().join("; ")
}

/// Some issues with their values; many issues value by value.
pub(super) fn grouped_by_value(values: &Values) -> String {
    if values.len() <= MOST_ISSUES {
        return pairs(values);
    }
    let told = by_value(values).into_iter().map(|(value, issues)| format!("{}: {value}", issues.join(", ")));
    told.collect::<Vec<_>>().join("; ")
}

/// Values with the issues that have them, the most frequent last.
fn by_value(values: &Values) -> Vec<(&str, Vec<&str>)> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for (issue, value) in values {
        match groups.iter_mut().find(|(known, _)| known == value) {
            Some((_, issues)) => issues.push(issue),
            None => groups.push((value, vec![issue])),
        }
    }
    groups.sort_by_key(|(_, issues)| issues.len());
    groups
}

/// Issues with their values.
pub(super) fn pairs(values: &Values) -> String {
    values.iter().map(|(issue, value)| format!("{issue}: {value}")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_issues_are_told_value_by_value() {
        let pair = |at: usize| (format!("o{at}"), if at == 3 || at == 5 { "yes" } else { "no" }.to_owned());
        let few: Values = (2..4).map(pair).collect();
        assert_eq!(whole(&few), "o2: no, o3: yes");
        let many: Values = (0..20).map(pair).collect();
        assert_eq!(whole(&many), "o3, o5: yes; the 18 other issues: no");
        let same: Values = (6..30).map(pair).collect();
        assert_eq!(whole(&same), "all 24 issues: no");
    }
}
