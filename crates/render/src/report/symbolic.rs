//! Answers by conditions, where outcomes are too many to list.

use detente_analysis::report::{Completion, LargeAnswer, LargeFilter, LargeSet, LinkedIssues};

use super::holds::stop_reason;
use super::symbolic_outcomes as outcomes;
use super::words::{capital, listed};
use crate::doc::{Document, Item, Level, Table, Text};

/// Concepts, the shortest foresight first.
const ORDER: [&str; 5] = ["R", "SSEQ", "SEQ", "SMR", "GMR"];

/// Pairs of issues that go together written out in text; the rest is in the JSON.
const MOST_LINKED: usize = 16;

/// Conditions written out in text; the rest is in the JSON.
const MOST_CONDITIONS: usize = 12;

/// One combination of types.
pub(super) fn symbolic_document(answer: &LargeAnswer) -> Document {
    let mut out = opening(&answer.types, answer.refused.as_deref(), answer.states.as_deref());
    if let Some(filter) = &answer.filter {
        out.paragraph(asked_outcomes(filter));
    }
    if let Some(reason) = &answer.stopped {
        out.paragraph(Text::default().strong("Undecided: ").plain(stop_reason(reason)));
    }
    let in_order: Vec<&LargeSet> =
        ORDER.iter().filter_map(|name| answer.concepts.iter().find(|set| set.concept == *name)).collect();
    let mut table = Table::default();
    table.left("Foresight");
    table.right("Count");
    for set in &in_order {
        let count = set.count.as_ref().map_or_else(|| "undecided".to_owned(), |count| grouped(count));
        table.rows.push(vec![set.concept.clone(), count]);
    }
    if !in_order.is_empty() {
        out.table(table);
    }
    for (set, concepts) in alike(&in_order) {
        out.append(set_document(set, &format!("under {}", listed(&concepts, "and")), answer.filter.as_ref()));
    }
    if let Some(mixture) = &answer.mixture {
        if let Some(count) = &mixture.count {
            out.paragraph(format!("With the foresight given for each party: {}.", grouped(count)));
        }
        out.append(set_document(mixture, "with the foresight given for each party", answer.filter.as_ref()));
    }
    out.append(drawn(&in_order));
    out.append(outcomes::start_document(answer));
    out.append(outcomes::named_table(answer));
    out.append(outcomes::outcomes_document(answer));
    out
}

/// Whom it is about, why it was not solved, and how many outcomes there are.
pub(super) fn opening(types: &[(String, String)], refused: Option<&str>, states: Option<&str>) -> Document {
    let mut out = Document::default();
    if !types.is_empty() {
        let types: Vec<String> = types.iter().map(|(party, kind)| format!("{party} is {kind}")).collect();
        out.heading(Level::Section, format!("If {}", listed(&types, "and")));
    }
    if let Some(refused) = refused {
        out.paragraph(Text::default().strong("Not solved: ").plain(format!("{refused}.")));
    }
    if let Some(states) = states {
        out.paragraph(match states {
            "0" => "No outcome is possible: the constraints together rule out every combination of values.".to_owned(),
            _ => format!("{} possible outcomes, solved by decision diagrams.", grouped(states)),
        });
    }
    out
}

/// The outcomes that a condition selects; a single one is described later.
pub(super) fn asked_outcomes(filter: &LargeFilter) -> Text {
    let count = match filter.outcomes.as_str() {
        "1" => return Text::from("One of them was asked for."),
        many => format!("{} of them", grouped(many)),
    };
    Text::from(format!("{count} are such that ")).code(filter.when.as_str()).plain(".")
}

/// Sets with the concepts that have the same one.
fn alike<'s>(sets: &[&'s LargeSet]) -> Vec<(&'s LargeSet, Vec<String>)> {
    let mut found: Vec<(&LargeSet, Vec<String>)> = Vec::new();
    for set in sets {
        let same = |known: &LargeSet| match &set.same_as {
            Some(earlier) => known.concept == *earlier,
            None => match (&known.completion, &set.completion) {
                (Completion::Undecided { reason: one }, Completion::Undecided { reason: other }) => one == other,
                _ => false,
            },
        };
        match found.iter_mut().find(|(known, _)| same(known)) {
            Some((_, concepts)) => concepts.push(set.concept.clone()),
            None => found.push((set, vec![set.concept.clone()])),
        }
    }
    found
}

/// How the sets were checked.
fn drawn(sets: &[&LargeSet]) -> Document {
    let mut out = Document::default();
    let outcomes: u32 = sets.iter().map(|set| set.drawn.outcomes).sum();
    let followed: u32 = sets.iter().map(|set| set.drawn.followed).sum();
    if outcomes > 0 {
        let without = match followed {
            0 => "they have too many moves to be followed one by one".to_owned(),
            n if n == outcomes => "by following all moves and replies one by one, too".to_owned(),
            n => format!("{n} of them by following all moves and replies one by one, too"),
        };
        out.paragraph(format!(
            "Checked: {outcomes} outcomes drawn from inside and outside of these sets were judged again one at a time, with \
             the same verdict; {without}."
        ));
    }
    out
}

/// A set among all outcomes, or among those of a filter: then it is told of these alone.
fn set_document(set: &LargeSet, name: &str, among: Option<&LargeFilter>) -> Document {
    let mut out = Document::default();
    if let Completion::Undecided { reason } = &set.completion {
        out.paragraph(Text::default().strong(format!("Undecided {name}: ")).plain(stop_reason(reason)));
        return out;
    }
    let (none, every, one, every_that, all_that) = match among {
        None => {
            ("No outcome", "Every outcome holds", "An outcome", "every outcome that holds", "all outcomes that hold")
        }
        Some(_) => {
            ("None of them", "All of them hold", "One of them", "every one of them that holds", "all of them that hold")
        }
    };
    let is_whole = among.is_some_and(|filter| set.count.as_ref() == Some(&filter.outcomes));
    if set.count.as_deref() == Some("0") {
        out.paragraph(format!("{none} holds {name}."));
        return out;
    }
    if is_whole || !set.truncated && set.holds_iff.iter().any(Vec::is_empty) {
        out.paragraph(format!("{every} {name}."));
        return out;
    }
    if let (false, [condition]) = (set.truncated, set.holds_iff.as_slice()) {
        out.paragraph(format!("{one} holds {name} exactly if it has {}.", words(condition)));
        return out;
    }
    if !set.truncated && set.holds_iff.len() <= MOST_CONDITIONS {
        out.paragraph(format!("{one} holds {name} exactly if one of these is true of it:"));
        out.bullets(set.holds_iff.iter().map(|condition| Item::new(words(condition))).collect());
        return out;
    }
    if !set.fails_iff.is_empty() && set.fails_iff.len() <= MOST_CONDITIONS {
        out.paragraph(format!("{one} holds {name} unless one of these is true of it:"));
        out.bullets(set.fails_iff.iter().map(|condition| Item::new(words(condition))).collect());
        return out;
    }
    out.append(common(set, name, (every_that, all_that)));
    out
}

/// What the outcomes of a set have in common, where conditions do not tell it.
fn common(set: &LargeSet, name: &str, (every_that, all_that): (&str, &str)) -> Document {
    let mut out = Document::default();
    let mut facts: Vec<String> = Vec::new();
    if !set.always.is_empty() {
        facts.push(words(&set.always));
    }
    let linked: Vec<String> = set.linked.iter().take(MOST_LINKED).map(linked_words).collect();
    facts.extend(linked);
    if set.linked.len() > MOST_LINKED {
        facts.push(format!("{} more such pairs", set.linked.len() - MOST_LINKED));
    }
    let more = match (&set.covered, &set.count, set.holds_iff.len()) {
        (_, _, number) if !set.truncated => format!("{number} conditions say which; `--format json` lists them"),
        (Some(covered), Some(count), number @ 2..) => format!(
            "no short list of conditions says which: the {number} that `--format json` lists cover {} of {}",
            grouped(covered),
            grouped(count)
        ),
        _ => "no short list of conditions says which".to_owned(),
    };
    out.paragraph(if facts.is_empty() && set.holds_iff.is_empty() {
        // Which values occur may not have been found out either.
        format!("{}.", capital(&more))
    } else if facts.is_empty() {
        format!("No issue is settled in {all_that} {name}, and {more}.")
    } else {
        format!("In {every_that} {name}: {}. This is not all; {more}.", facts.join("; "))
    });
    out.paragraph(format!("One that holds {name}: {}.", outcomes::whole(&set.example)));
    out
}

fn linked_words(link: &LinkedIssues) -> String {
    let ((first, when), (second, then)) = (&link.when, &link.then);
    format!("{second}: {then} exactly with {first}: {when}")
}

fn words(condition: &[(String, Vec<String>)]) -> String {
    let single: Option<Vec<(String, String)>> = condition
        .iter()
        .map(|(issue, values)| match values.as_slice() {
            [only] => Some((issue.clone(), only.clone())),
            _ => None,
        })
        .collect();
    match single {
        Some(values) => outcomes::grouped_by_value(&values),
        None => {
            let part = |(issue, values): &(String, Vec<String>)| format!("{issue}: {}", listed(values, "or"));
            condition.iter().map(part).collect::<Vec<_>>().join(", ")
        }
    }
}

/// Most digits that are written out; all of them are in the JSON.
const MOST_DIGITS: usize = 45;

/// Digits in groups of three; of a very long number its size.
pub(super) fn grouped(digits: &str) -> String {
    if digits.len() > MOST_DIGITS {
        return format!("about {}.{} × 10^{}", &digits[..1], &digits[1..4], digits.len() - 1);
    }
    let first = digits.len() % 3;
    let mut text = digits[..first].to_owned();
    for (at, digit) in digits[first..].char_indices() {
        if at % 3 == 0 && !text.is_empty() {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped() {
        assert_eq!(grouped("1234567"), "1,234,567");
        assert_eq!(grouped(&"123456789".repeat(10)), "about 1.234 × 10^89");
        assert_eq!((grouped("12"), grouped("123"), grouped("1234")), ("12".into(), "123".into(), "1,234".into()));
    }
}
