//! Which change caused what.

use std::fmt::Write as _;

use detente_analysis::report::{Cause, Certainty, CompareAnswer, Effect, EffectSubject};

use super::Names;
use crate::doc::{Document, Item, Level, Text};
use crate::report::words::{capital, concepts, counted, listed};

/// Name, if any, and number or values.
type Subject = (Option<String>, String);

/// Outcomes named in one sentence before the rest is counted.
const MOST_OUTCOMES: usize = 8;

/// Every cause with all that it brings about, and how it was looked for.
pub(super) fn causes_section(answer: &CompareAnswer) -> Document {
    let mut out = Document::default();
    out.heading(Level::Section, "Which change caused it");
    if answer.causes.is_empty() {
        out.paragraph("No answer changed.");
        return out;
    }
    let names = Names::new(answer);
    let several = answer.combinations.len() > 1;
    let items = answer.causes.iter().map(|cause| {
        let mut inner: Vec<Item> = Vec::new();
        for (combination, text) in effects(&names, cause) {
            if !several {
                inner.push(Item::new(capital(&text)));
                continue;
            }
            let head = Text::from(format!("{}:", capital(&names.combination(combination))));
            match inner.last_mut() {
                Some(last) if last.text == head => last.inner.push(Item::new(capital(&text))),
                _ => inner.push(Item { text: head, inner: vec![Item::new(capital(&text))] }),
            }
        }
        let more = cause.effect_count - cause.effects.len() as u64;
        if more > 0 {
            inner.push(Item::new(format!("… and {more} more; `--limit` lists more")));
        }
        Item { text: Text::default().strong(who(cause)).plain(remark(cause)).plain(":"), inner }
    });
    out.bullets(items.collect());
    out.paragraph(search(answer));
    out
}

/// One line for the summary.
pub(super) fn brief(names: &Names<'_>, cause: &Cause) -> Text {
    let several = names.answer.combinations.len() > 1;
    let word = |(combination, text): &(usize, String)| {
        if several { format!("{}, {text}", names.combination(*combination)) } else { text.clone() }
    };
    let all = effects(names, cause);
    let more = all.len().saturating_sub(2);
    let more = if more > 0 { format!("; {more} more below") } else { String::new() };
    let first = all.iter().take(2).map(word).collect::<Vec<_>>().join("; ");
    Text::default().strong(who(cause)).plain(format!(": {first}{more}."))
}

/// `Change 2 alone`, `Changes 1 and 3 together`, `Change 1 alone, or changes 2 and 3 together`.
fn who(cause: &Cause) -> String {
    let set = |set: &Vec<usize>| {
        let numbers: Vec<String> = set.iter().map(usize::to_string).collect();
        match numbers.as_slice() {
            [one] => format!("change {one} alone"),
            _ => format!("changes {} together", listed(&numbers, "and")),
        }
    };
    let mut sets: Vec<String> = cause.sets.iter().map(set).collect();
    let more = cause.set_count - cause.sets.len() as u64;
    if more > 0 {
        sets.push(format!("{more} other sets of this size"));
    }
    if sets.is_empty() { "No change that was found".to_owned() } else { capital(&sets.join(", or ")) }
}

fn remark(cause: &Cause) -> String {
    let known = match cause.certainty {
        Certainty::Smallest => "",
        Certainty::Minimal => ", of which none can be left out; smaller sets of others were not ruled out",
        Certainty::Sufficient => "; fewer may do, which was not found within the limit",
    };
    let spare = match cause.sets.as_slice() {
        [set] if set.len() == 1 && cause.not_needed.contains(&set[0]) => " (and all others together without it)",
        _ => "",
    };
    format!("{known}{spare}")
}

/// What a cause brings about, alike effects in one sentence.
fn effects(names: &Names<'_>, cause: &Cause) -> Vec<(usize, String)> {
    let mut said: Vec<(&Effect, Vec<Subject>)> = Vec::new();
    for effect in cause.effects.iter().filter(|effect| !is_told(effect, &cause.effects)) {
        let subject = match &effect.subject {
            EffectSubject::Outcome { outcome } => names.outcome(outcome),
            EffectSubject::StatusQuo => (Some("the status quo".to_owned()), String::new()),
            EffectSubject::Named { id } => (Some(format!("some “{}”", names.named(id))), String::new()),
        };
        let kind = |e: &Effect| matches!(e.subject, EffectSubject::Outcome { .. });
        match said.iter_mut().find(|(other, _)| kind(other) && kind(effect) && alike(other, effect)) {
            Some((_, subjects)) => subjects.push(subject),
            None => said.push((effect, vec![subject])),
        }
    }
    said.into_iter().map(|(effect, subjects)| (effect.combination, sentence(names, effect, &subjects))).collect()
}

/// Whether the same becomes of two subjects.
fn alike(a: &Effect, b: &Effect) -> bool {
    (a.combination, &a.newly, &a.no_longer, a.reached) == (b.combination, &b.newly, &b.no_longer, b.reached)
}

/// Whether an effect on a named outcome is told by one on an outcome that it covers.
fn is_told(effect: &Effect, all: &[Effect]) -> bool {
    let EffectSubject::Named { id } = &effect.subject else { return false };
    all.iter().any(|other| match &other.subject {
        EffectSubject::Outcome { outcome } => alike(other, effect) && outcome.named.contains(id),
        _ => false,
    })
}

/// Subjects in words; numbers under the same name together.
fn listed_subjects(subjects: &[Subject]) -> String {
    let mut shown: Vec<(Option<String>, Vec<String>)> = Vec::new();
    for (name, number) in subjects.iter().take(MOST_OUTCOMES) {
        match shown.iter_mut().find(|(other, _)| other == name) {
            Some((_, numbers)) => numbers.push(number.clone()),
            None => shown.push((name.clone(), vec![number.clone()])),
        }
    }
    let word = |(name, numbers): &(Option<String>, Vec<String>)| match (name, numbers.as_slice()) {
        (Some(name), [none]) if none.is_empty() => name.clone(),
        (Some(name), numbers) => format!("{name} ({})", numbers.join(", ")),
        (None, numbers) => numbers.join(", "),
    };
    let mut words: Vec<String> = shown.iter().map(word).collect();
    if subjects.len() > MOST_OUTCOMES {
        words.push(format!("{} more", subjects.len() - MOST_OUTCOMES));
    }
    listed(&words, "and")
}

fn sentence(names: &Names<'_>, effect: &Effect, subjects: &[Subject]) -> String {
    let all: Vec<String> =
        names.answer.combinations[effect.combination].concepts.iter().map(|c| c.concept.clone()).collect();
    let many = subjects.len() > 1;
    let hold = if many { "hold" } else { "holds" };
    let mut parts = Vec::new();
    if !effect.newly.is_empty() {
        parts.push(format!("newly {hold} under {}", concepts(&effect.newly, &all)));
    }
    if !effect.no_longer.is_empty() {
        parts.push(format!("no longer {hold} under {}", concepts(&effect.no_longer, &all)));
    }
    let is = if many { "are" } else { "is" };
    match effect.reached {
        Some(true) => parts.push(format!("{is} newly reached by moves that each mover likes")),
        Some(false) => parts.push(format!("{is} no longer reached by moves that each mover likes")),
        None => {}
    }
    format!("{} {}", listed_subjects(subjects), listed(&parts, "and"))
}

fn search(answer: &CompareAnswer) -> String {
    let search = &answer.search;
    let mut text = format!(
        "Each set of changes was made in the first version and the result solved: {} tried, all of them up to {}",
        counted(search.tried, "set"),
        counted(search.all_up_to as u64, "change")
    );
    match search.without_meaning {
        0 => {}
        1 => text.push_str("; 1 makes no situation and counts as bringing nothing about"),
        n => {
            let _ = write!(text, "; {n} make no situation and count as bringing nothing about");
        }
    }
    text + "."
}
