//! Which outcomes that hold for each party alone a coalition would leave.

use detente_analysis::report::{BreakView, BrokenOutcome, OutcomeNumber, Report, StepView, TogetherView};

use super::key::{CREDIBLE, key_outcomes, label};
use crate::doc::{Item, Text};
use crate::report::breaks::{leaving_under, members_in_words, not_looked_at};
use crate::report::names::Names;
use crate::report::words::{capital, inside, listed};

/// Broken outcomes told in brief.
const MOST_IN_BRIEF: usize = 2;

/// Broken outcomes of which is told how.
const MOST_TOLD: usize = 3;

/// The symbol of the coalition concept that answers to [`CREDIBLE`].
const CREDIBLY: &str = "CSEQ";

/// What is said of one outcome, with the combinations of types of which it is said.
type Told<'a> = (&'a BrokenOutcome, &'a BreakView, Vec<usize>);

/// The outcomes that hold under SEQ for each party alone and that a coalition would
/// leave: first those of which the short answer speaks anyway.
fn broken(report: &Report) -> Vec<Told<'_>> {
    let mut found: Vec<Told<'_>> = Vec::new();
    for (index, view) in views(report) {
        for one in view.broken.iter().filter(|one| one.alone.iter().any(|concept| concept == CREDIBLE)) {
            let Some(first) = one.breaks.first() else { continue };
            let alike = |other: &&mut Told<'_>| {
                other.0.outcome == one.outcome
                    && (&other.1.members, &other.1.steps, hold(other.0, other.1))
                        == (&first.members, &first.steps, hold(one, first))
            };
            match found.iter_mut().find(alike) {
                Some((.., profiles)) => profiles.push(index),
                None => found.push((one, first, vec![index])),
            }
        }
    }
    let key = key_outcomes(report);
    let place = |outcome: OutcomeNumber| key.iter().position(|other| *other == outcome).unwrap_or(key.len());
    found.sort_by_key(|(one, ..)| place(one.outcome));
    found
}

fn views(report: &Report) -> impl Iterator<Item = (usize, &TogetherView)> {
    report.profiles.iter().enumerate().filter_map(|(index, profile)| Some((index, profile.together.as_ref()?)))
}

/// What holds a coalition back, if anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hold {
    /// No reply does.
    Nothing,
    /// Only a reply that hurts those who make it.
    Threats,
    /// A reply that its makers would like.
    CredibleReplies,
    /// This was not looked at, or not found out for the outcome that is shown.
    Unknown,
}

fn hold(one: &BrokenOutcome, found: &BreakView) -> Hold {
    let leaving = leaving_under(found);
    let leaves = |concept: &str| one.concept == concept || leaving.iter().any(|other| other == concept);
    if found.foresight.is_empty() && one.concept != CREDIBLY {
        return Hold::Unknown;
    }
    // That a coalition leaves says nothing of the outcome that is shown: the way that nobody
    // could stop may be another.
    match found.under.as_str() {
        _ if !leaves(CREDIBLY) => Hold::CredibleReplies,
        "CGMR" => Hold::Nothing,
        CREDIBLY => Hold::Threats,
        _ => Hold::Unknown,
    }
}

/// A line for each such outcome: who would leave it, and what to ask next.
pub fn brief_items(report: &Report, names: &Names<'_>) -> Vec<Item> {
    let found = broken(report);
    let rest = found.len().saturating_sub(MOST_IN_BRIEF);
    let mut items: Vec<Item> = found.iter().take(MOST_IN_BRIEF).map(|told| brief_item(report, names, told)).collect();
    if rest > 0 {
        let more = if rest == 1 { "1 more outcome is".to_owned() } else { format!("{rest} more outcomes are") };
        let text = Text::from(format!("{more} left together: ")).code("detente coalitions FILE").plain(".");
        items.push(Item::new(text));
    }
    items
}

fn brief_item(report: &Report, names: &Names<'_>, (one, found, profiles): &Told<'_>) -> Item {
    let when = names.when(profiles).map(|when| capital(&when) + ", ");
    let who = members_in_words(names, &found.members);
    let who = if when.is_some() { inside(&who) } else { who };
    let against = match hold(one, found) {
        Hold::Nothing if names.is_everybody(&found.members) => "",
        Hold::Nothing => ", and nobody could stop them",
        Hold::Threats => ", and nobody would like to stop them",
        Hold::CredibleReplies => ", unless they fear what others would answer",
        Hold::Unknown => "",
    };
    let text = Text::from(format!(
        "{}{who} together would leave {} for {}{against}: ",
        when.unwrap_or_default(),
        label(report, names, one.outcome),
        label(report, names, found.to),
    ));
    Item::new(text.code(format!("detente coalitions FILE --outcome {}", one.outcome)).plain("."))
}

/// For each such outcome the joint way, and what holds the coalition back; then which
/// outcomes no coalition leaves, or why this was not asked.
pub fn why_items(report: &Report, names: &Names<'_>) -> Vec<Item> {
    let mut items: Vec<Item> =
        broken(report).iter().take(MOST_TOLD).map(|told| why_item(report, names, told)).collect();
    items.extend(kept_item(report, names));
    items.extend(not_looked_at(report, names).into_iter().map(Item::new));
    items
}

fn why_item(report: &Report, names: &Names<'_>, (one, found, profiles): &Told<'_>) -> Item {
    let when = names.when(profiles).map_or(String::new(), |when| format!(", {when}"));
    let steps: Vec<String> = found.steps.iter().map(|step| step_words(names, step)).collect();
    let gain = match found.members.len() {
        2 => "which both like better",
        _ => "which all of them like better",
    };
    let text = Text::from(format!("{}{when}: together, ", capital(&label(report, names, one.outcome))))
        .strong(inside(&members_in_words(names, &found.members)))
        .plain(format!(
            " would leave for {}, {gain}: {}{}.",
            label(report, names, found.to),
            steps.join(", then "),
            held_back(names, one, found)
        ));
    Item::new(text)
}

fn step_words(names: &Names<'_>, step: &StepView) -> String {
    format!("{} ({})", names.party_inside(&step.party), names.changes(step))
}

fn held_back(names: &Names<'_>, one: &BrokenOutcome, found: &BreakView) -> String {
    match hold(one, found) {
        Hold::Nothing if names.is_everybody(&found.members) => "; nobody is left to answer".to_owned(),
        Hold::Nothing => "; no reply of the others stops them (CGMR)".to_owned(),
        Hold::Threats => format!("; no reply that the others would like stops them ({CREDIBLY})"),
        Hold::CredibleReplies => format!("; the others would like to answer so that it does not pay ({CREDIBLY})"),
        Hold::Unknown => String::new(),
    }
}

/// Outcomes of which the short answer speaks that no coalition leaves.
fn kept_item(report: &Report, names: &Names<'_>) -> Option<Item> {
    let views: Vec<&TogetherView> = views(report).map(|(_, view)| view).collect();
    if views.iter().any(|view| view.stopped.is_some()) {
        return None;
    }
    let left = |outcome: &OutcomeNumber| views.iter().any(|v| v.broken.iter().any(|one| one.outcome == *outcome));
    let kept = |outcome: &OutcomeNumber| views.iter().any(|view| view.kept.contains(outcome));
    let credible = |outcome: &OutcomeNumber| {
        let close = report.profiles.iter().flat_map(|profile| &profile.close);
        close.filter(|one| one.outcome == *outcome).any(|one| one.holds_under.iter().any(|c| c == CREDIBLE))
    };
    let stay: Vec<String> = (key_outcomes(report).iter())
        .filter(|outcome| kept(outcome) && !left(outcome) && credible(outcome))
        .map(|outcome| label(report, names, *outcome))
        .collect();
    (!stay.is_empty()).then(|| Item::new(format!("No coalition would leave {} either.", listed(&stay, "or"))))
}
