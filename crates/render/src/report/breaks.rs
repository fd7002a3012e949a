//! How a coalition leaves an outcome, in words.

use detente_analysis::report::{
    BreakVerdict, BreakView, BrokenOutcome, CoalitionReplyView, PreferenceView, ProfileReport, Report, StepView,
};

use super::holds::stop_reason;
use super::names::Names;
use super::reasons::{Detail, against, bracketed};
use super::words::{grouped, listed, listed_names};
use crate::doc::{Item, Text, join_texts};

/// The coalition, its way, what each member gains, and what it would do under the other
/// concepts.
pub fn break_item(names: &Names<'_>, one: &BrokenOutcome, found: &BreakView) -> Item {
    let text = Text::default()
        .strong(members_in_words(names, &found.members))
        .plain(format!(" would leave {} for ", one.outcome))
        .strong(names.brief(found.to))
        .plain(if found.verified { "." } else { ". (Not checked a second time.)" });
    let mut inner = vec![Item::new(Text::from("The way: ").then(way(names, &found.steps)).plain("."))];
    inner.extend(found.gains.iter().map(|gain| Item::new(preference(names, gain))));
    inner.extend(verdict_items(names, found));
    Item { text, inner }
}

/// What the coalition would do under other concepts, alike ones together.
fn verdict_items(names: &Names<'_>, found: &BreakView) -> Vec<Item> {
    let mut out = Vec::new();
    let leaving = leaving_under(found);
    if !leaving.is_empty() {
        let why = if names.is_everybody(&found.members) {
            "nobody is left to answer"
        } else {
            "the others cannot answer all such ways"
        };
        out.push(Item::new(format!("It would leave under {} too: {why}.", listed(&leaving, "and"))));
    }
    let mut said: Vec<(Vec<String>, &CoalitionReplyView, bool)> = Vec::new();
    for verdict in &found.foresight {
        let Some(reply) = &verdict.reply else { continue };
        let alike = |other: &CoalitionReplyView| other.compared == reply.compared && way_of(other) == way_of(reply);
        match said.iter_mut().find(|(_, other, verified)| *verified == verdict.verified && alike(other)) {
            Some((concepts, ..)) => concepts.push(verdict.concept.clone()),
            None => said.push((vec![verdict.concept.clone()], reply, verdict.verified)),
        }
    }
    let unsaid: Vec<String> =
        found.foresight.iter().filter(|v| v.stays && v.reply.is_none()).map(|v| v.concept.clone()).collect();
    if !unsaid.is_empty() {
        out.push(Item::new(format!("It would not under {}: the others have an answer.", listed(&unsaid, "and"))));
    }
    for (concepts, reply, verified) in said {
        let mut item = reply_item(names, &concepts, reply);
        if !verified {
            item.text = item.text.plain(" (Not checked a second time.)");
        }
        out.push(item);
    }
    out
}

/// The other concepts under which a coalition leaves too.
pub fn leaving_under(found: &BreakView) -> Vec<String> {
    let leaves = |verdict: &&BreakVerdict| !verdict.stays;
    found.foresight.iter().filter(leaves).map(|verdict| verdict.concept.clone()).collect()
}

fn way_of(reply: &CoalitionReplyView) -> Vec<&StepView> {
    reply.moves.iter().flat_map(|joint| &joint.steps).collect()
}

fn reply_item(names: &Names<'_>, concepts: &[String], reply: &CoalitionReplyView) -> Item {
    let ways = reply.moves.iter().map(|joint| way(names, &joint.steps));
    let text = Text::from(format!("It would not under {}: the others would answer by ", listed(concepts, "and")))
        .then(join_texts(ways, "; then "))
        .plain(".");
    let gains = reply.moves.iter().flat_map(|joint| &joint.gains).chain(&reply.compared);
    Item { text, inner: gains.map(|gain| Item::new(preference(names, gain))).collect() }
}

/// Steps in a row.
pub fn way(names: &Names<'_>, steps: &[StepView]) -> Text {
    let step = |step: &StepView| {
        Text::from(format!("{} ({}) to {}", names.party_inside(&step.party), names.changes(step), step.to))
    };
    join_texts(steps.iter().map(step), "; then ")
}

fn preference(names: &Names<'_>, gain: &PreferenceView) -> Text {
    let party = names.party_inside(&gain.party);
    Text::from(format!("For {party}, {} is {}", gain.outcome, against(gain)))
        .then(bracketed(names, gain, Detail::Full))
        .plain(".")
}

/// The members of a coalition, at the start of a sentence.
pub fn members_in_words(names: &Names<'_>, ids: &[String]) -> String {
    let members: Vec<String> = ids.iter().map(|id| names.party(id).to_owned()).collect();
    listed_names(&members)
}

/// Why a report says nothing of coalitions, with the combinations of types concerned.
pub fn not_looked_at(report: &Report, names: &Names<'_>) -> Vec<Text> {
    let reason = |(index, profile): (usize, &ProfileReport)| {
        Some((index, stop_reason(profile.together.as_ref()?.stopped.as_ref()?)))
    };
    let text = |(reason, profiles): (String, Vec<usize>)| {
        let when = names.when(&profiles).map_or(String::new(), |when| format!(" {when}"));
        Text::from(format!("What coalitions would do was not looked at{when}: {reason} To ask for it: "))
            .code("detente coalitions FILE")
            .plain(".")
    };
    grouped(report.profiles.iter().enumerate().filter_map(reason)).into_iter().map(text).collect()
}
