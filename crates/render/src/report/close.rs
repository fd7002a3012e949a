//! Who would leave an outcome, and what stops the others.
//!
//! Concepts imply one another: what makes an outcome hold under R makes it hold under
//! all others, and what draws a party away under GMR draws it away under all others.
//! So one paragraph stands for every verdict that follows from it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use detente_analysis::report::{
    EvidenceView, Interest, OutcomeAnalysis, OutcomeNumber, PartyAnalysis, ProfileReport, Relation, ReplyView, Report,
    SanctionView, StepView, VerdictView,
};

use super::breaks::{break_item, not_looked_at};
use super::change::changes_needed;
use super::names::Names;
use super::reasons::{Detail, against, bracketed};
use super::words::{capital, concepts, grouped, listed};
use crate::doc::{Document, Item, Level, Text};

/// Improvements that are spoken of one by one in a short answer.
const SHORT_SANCTIONS: usize = 1;

/// Concepts in which a verdict follows from the same verdict under `concept`: for
/// stability all weaker ones.
fn implied(concept: &str) -> &'static [&'static str] {
    match concept {
        "R" => &["R", "SSEQ", "SEQ", "SMR", "GMR"],
        "SSEQ" => &["SSEQ", "SEQ", "SMR", "GMR"],
        "SEQ" => &["SEQ", "GMR"],
        "SMR" => &["SMR", "GMR"],
        _ => &["GMR"],
    }
}

/// One verdict and the concepts that it speaks for.
struct Group<'a> {
    verdict: &'a VerdictView,
    concepts: Vec<String>,
}

/// The fewest verdicts from which all others follow, in the order of the concepts.
fn groups(party: &PartyAnalysis) -> Vec<Group<'_>> {
    let mut taken: Vec<&str> = Vec::new();
    let mut out: Vec<Group<'_>> = Vec::new();
    let follows = |from: &VerdictView, other: &VerdictView| {
        let (strong, weak) = if from.stable { (from, other) } else { (other, from) };
        implied(&strong.concept).contains(&weak.concept.as_str())
    };
    // The strongest concept speaks first for staying, the weakest for leaving.
    let stays = party.verdicts.iter().filter(|v| v.stable);
    let leaves = party.verdicts.iter().rev().filter(|v| !v.stable);
    for verdict in leaves.chain(stays) {
        if taken.contains(&verdict.concept.as_str()) {
            continue;
        }
        let members = party.verdicts.iter().filter(|other| other.stable == verdict.stable && follows(verdict, other));
        let members: Vec<&str> = members.map(|v| v.concept.as_str()).filter(|c| !taken.contains(c)).collect();
        taken.extend(&members);
        out.push(Group { verdict, concepts: members.into_iter().map(String::from).collect() });
    }
    out
}

/// The section on all outcomes that were looked at closely.
pub fn close_section(report: &Report, names: &Names<'_>, detail: Detail) -> Document {
    let mut out = Document::default();
    let mut outcomes: Vec<OutcomeNumber> = Vec::new();
    for analysis in report.profiles.iter().flat_map(|p| &p.close) {
        if !outcomes.contains(&analysis.outcome) {
            outcomes.push(analysis.outcome);
        }
    }
    if outcomes.is_empty() {
        return out;
    }
    out.heading(Level::Section, if detail == Detail::Full { "Why" } else { "Why they hold, or do not" });
    let views: Vec<(OutcomeNumber, Views<'_>)> = outcomes.into_iter().map(|o| (o, views_of(report, o))).collect();
    let (resting, others): (Vec<_>, Vec<_>) =
        views.into_iter().partition(|(_, views)| detail == Detail::Short && views.iter().all(|(_, v)| at_rest(v)));
    if !resting.is_empty() {
        out.paragraph(
            "In the following outcomes no party has a move to one that it likes better, so they hold under every foresight:",
        );
        let item = |(outcome, views): &(OutcomeNumber, Views<'_>)| Item {
            inner: together_items(report, names, *outcome),
            ..resting_item(names, *outcome, views)
        };
        out.bullets(resting.iter().map(item).collect());
    }
    for (outcome, views) in others {
        out.append(one_outcome(report, names, outcome, &views, detail));
    }
    not_looked_at(report, names).into_iter().for_each(|text| out.paragraph(text));
    out
}

/// What is said of one outcome, by combination of types.
type Views<'a> = Vec<(usize, &'a OutcomeAnalysis)>;

fn views_of(report: &Report, outcome: OutcomeNumber) -> Views<'_> {
    let find = |(index, profile): (usize, &'_ ProfileReport)| {
        profile.close.iter().position(|c| c.outcome == outcome).map(|at| (index, at))
    };
    let places = report.profiles.iter().enumerate().filter_map(find);
    places.map(|(index, at)| (index, &report.profiles[index].close[at])).collect()
}

/// Whether nobody has a reason to move.
fn at_rest(analysis: &OutcomeAnalysis) -> bool {
    analysis.parties.iter().all(party_at_rest)
}

fn party_at_rest(party: &PartyAnalysis) -> bool {
    let rests = |v: &VerdictView| v.verified && matches!(v.evidence, EvidenceView::NoImprovement);
    !party.verdicts.is_empty() && party.verdicts.iter().all(rests)
}

fn resting_item(names: &Names<'_>, outcome: OutcomeNumber, views: &[(usize, &OutcomeAnalysis)]) -> Item {
    let profiles: Vec<usize> = views.iter().map(|(profile, _)| *profile).collect();
    let when = names.when(&profiles).map_or(String::new(), |w| format!(", {w}"));
    Item::new(format!("{}{when}{}", names.full(outcome), stands_for(names, views, ". ")))
}

/// For which named outcome it stands, in a sentence.
fn stands_for(names: &Names<'_>, views: &[(usize, &OutcomeAnalysis)], lead: &str) -> String {
    let mut parts: Vec<(&str, u64, Vec<usize>)> = Vec::new();
    for (profile, view) in views {
        let Interest::Named { id, members } = &view.because else { continue };
        match parts.iter_mut().find(|(other, count, _)| (*other, *count) == (id, *members)) {
            Some((_, _, profiles)) => profiles.push(*profile),
            None => parts.push((id, *members, vec![*profile])),
        }
    }
    let mut text = String::new();
    for (id, members, profiles) in parts {
        let how_many = match members {
            0 => "no outcome holds".to_owned(),
            1 => "one outcome holds".to_owned(),
            n => format!("{n} outcomes hold"),
        };
        let when = names.when(&profiles).map_or(String::new(), |w| format!(" {w}"));
        let _ = write!(text, "{lead}It stands for “{}”, of which {how_many}{when}.", names.named_name(id));
    }
    text
}

fn one_outcome(
    report: &Report,
    names: &Names<'_>,
    outcome: OutcomeNumber,
    views: &[(usize, &OutcomeAnalysis)],
    detail: Detail,
) -> Document {
    let mut out = Document::default();
    out.heading(Level::Part, format!("Outcome {}", names.full(outcome)));
    out.paragraph(standing(names, views));
    let mut items: Vec<Item> = Vec::new();
    let mut resting: Vec<String> = Vec::new();
    let parties = views[0].1.parties.iter().map(|p| p.party.as_str());
    for party in parties {
        let mut own = views.iter().flat_map(|(_, v)| v.parties.iter().filter(|p| p.party == party));
        if detail == Detail::Short && own.all(party_at_rest) {
            resting.push(names.party(party).to_owned());
            continue;
        }
        // Combinations in which the same is to be said of the party share a paragraph.
        let mut said: Vec<(Vec<Item>, Vec<usize>)> = Vec::new();
        for (profile, analysis) in views {
            let Some(view) = analysis.parties.iter().find(|p| p.party == party) else { continue };
            let text = party_items(names, outcome, view, detail);
            match said.iter_mut().find(|(other, _)| *other == text) {
                Some((_, profiles)) => profiles.push(*profile),
                None => said.push((text, vec![*profile])),
            }
        }
        for (texts, profiles) in said {
            items.extend(qualified(names.when(&profiles), texts));
        }
    }
    if !resting.is_empty() {
        let text = Text::default().strong(listed(&resting, "and"));
        items.push(Item::new(
            text.plain(" would stay under every foresight: no move leads to anything better for them."),
        ));
    }
    items.extend(together_items(report, names, outcome));
    out.bullets(items);
    if detail == Detail::Full {
        out.append(changes_needed(report, names, outcome, views));
    }
    out
}

/// That no coalition leaves an outcome, under each concept that has a counterpart for
/// coalitions.
fn kept_text(profile: &ProfileReport, outcome: OutcomeNumber) -> String {
    let close = profile.close.iter().find(|close| close.outcome == outcome);
    let under = |concept: &String| match concept.as_str() {
        "R" => Some("CNash".to_owned()),
        "SSEQ" => None,
        other => Some(format!("C{other}")),
    };
    let joint: Vec<String> = close.iter().flat_map(|close| &close.holds_under).filter_map(under).collect();
    format!("No coalition of parties would leave it, under {}.", listed(&joint, "or"))
}

/// What coalitions make of the outcome.
fn together_items(report: &Report, names: &Names<'_>, outcome: OutcomeNumber) -> Vec<Item> {
    let mut found: Vec<(usize, Vec<Item>)> = Vec::new();
    for (index, profile) in report.profiles.iter().enumerate() {
        let Some(together) = &profile.together else { continue };
        if together.kept.contains(&outcome) {
            found.push((index, vec![Item::new(kept_text(profile, outcome))]));
        }
        for one in together.broken.iter().filter(|one| one.outcome == outcome) {
            found.push((index, one.breaks.iter().map(|found| break_item(names, one, found)).collect()));
        }
    }
    grouped(found).into_iter().flat_map(|(items, profiles)| qualified(names.when(&profiles), items)).collect()
}

/// Puts the condition before the first sentence of each entry.
fn qualified(when: Option<String>, items: Vec<Item>) -> Vec<Item> {
    let Some(when) = when else { return items };
    let before = |item: Item| Item { text: Text::from(format!("{}: ", capital(&when))).then(item.text), ..item };
    items.into_iter().map(before).collect()
}

/// Under which foresight an outcome holds, and why it is looked at.
fn standing(names: &Names<'_>, views: &[(usize, &OutcomeAnalysis)]) -> Text {
    let all: Vec<String> = views
        .iter()
        .filter_map(|(_, v)| v.parties.first())
        .map(|p| p.verdicts.iter().map(|v| v.concept.clone()).collect::<Vec<_>>())
        .next()
        .unwrap_or_default();
    let mut by_set: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for (profile, view) in views {
        by_set.entry(view.holds_under.clone()).or_default().push(*profile);
    }
    let mut parts: Vec<(Vec<usize>, String)> = by_set
        .into_iter()
        .map(|(set, profiles)| {
            let verb = if set.is_empty() {
                "does not hold under any foresight".to_owned()
            } else {
                format!("holds under {}", concepts(&set, &all))
            };
            let when = names.when(&profiles).map_or(String::new(), |w| format!(" {w}"));
            (profiles, format!("{verb}{when}"))
        })
        .collect();
    parts.sort();
    let parts: Vec<String> = parts.into_iter().map(|(_, text)| text).collect();
    Text::from(format!("It {}.{}", listed(&parts, "and"), stands_for(names, views, " ")))
}

fn party_items(names: &Names<'_>, outcome: OutcomeNumber, view: &PartyAnalysis, detail: Detail) -> Vec<Item> {
    let all: Vec<String> = view.verdicts.iter().map(|v| v.concept.clone()).collect();
    let name = names.party(&view.party);
    let groups = groups(view);
    match detail {
        // One entry for each party, however many sentences.
        Detail::Short => {
            let mut text = Text::default();
            let mut told: Option<OutcomeNumber> = None;
            for (index, group) in groups.iter().enumerate() {
                let who = if index == 0 { Text::default().strong(name) } else { Text::from(" It") };
                text = text.then(match (answer_to(told, group), &group.verdict.evidence) {
                    (Some((sanction, others)), _) => answered(names, sanction, others, group, who, &all),
                    _ => verdict_text(names, outcome, group, who, &all, detail),
                });
                if let EvidenceView::Leaves { step, .. } = &group.verdict.evidence {
                    told = Some(step.to);
                }
            }
            vec![Item::new(text)]
        }
        Detail::Full => groups
            .iter()
            .map(|group| Item {
                text: verdict_text(names, outcome, group, Text::default().strong(name), &all, detail),
                inner: match &group.verdict.evidence {
                    EvidenceView::Deterred { sanctions } if sanctions.len() > 1 => sanctions
                        .iter()
                        .map(|s| Item::new(sanction_text(names, name, s, group, detail).plain(".")))
                        .collect(),
                    _ => Vec::new(),
                },
            })
            .collect(),
    }
}

/// The answer to an improvement that was told already, and the number of others.
fn answer_to<'a>(told: Option<OutcomeNumber>, group: &Group<'a>) -> Option<(&'a SanctionView, usize)> {
    let EvidenceView::Deterred { sanctions } = &group.verdict.evidence else { return None };
    let sanction = sanctions.iter().find(|s| Some(s.step.to) == told)?;
    Some((sanction, sanctions.len() - 1))
}

/// `It would stay under SEQ and GMR: then Russia would answer …`.
fn answered(
    names: &Names<'_>,
    sanction: &SanctionView,
    others: usize,
    group: &Group<'_>,
    who: Text,
    all: &[String],
) -> Text {
    who.plain(format!(" would stay under {}: to that ", concepts(&group.concepts, all)))
        .then(consequence(names, &sanction.reply, group, Detail::Short))
        .plain(likewise(others))
        .plain(ending(group.verdict))
}

/// That more improvements are answered.
pub fn likewise(others: usize) -> String {
    match others {
        0 => String::new(),
        1 => "; one other improvement is answered likewise".to_owned(),
        n => format!("; {n} other improvements are answered likewise"),
    }
}

fn ending(verdict: &VerdictView) -> &'static str {
    if verdict.verified { "." } else { ". (Not checked a second time.)" }
}

/// Who answers, where that leads, and whether there is a way out.
fn consequence(names: &Names<'_>, reply: &ReplyView, group: &Group<'_>, detail: Detail) -> Text {
    let credible = matches!(group.verdict.concept.as_str(), "SEQ" | "SSEQ");
    let text = replying(names, reply, if credible { "would" } else { "could" })
        .plain(format!(", which leaves it at {}, {}", reply.result, against(&reply.compared)))
        .then(bracketed(names, &reply.compared, detail));
    match &reply.escape {
        None => text,
        Some(escape) if escape.outcome == reply.result => text.plain(", with no better way out"),
        Some(escape) => text.plain(format!("; its best way out leads to {}, {}", escape.outcome, against(escape))),
    }
}

fn verdict_text(
    names: &Names<'_>,
    outcome: OutcomeNumber,
    group: &Group<'_>,
    who: Text,
    all: &[String],
    detail: Detail,
) -> Text {
    let verdict = group.verdict;
    let act = if verdict.stable { "stay" } else { "leave" };
    let start = who.plain(format!(" would {act} under {}: ", concepts(&group.concepts, all)));
    let party = Text::from("it");
    let body = match &verdict.evidence {
        EvidenceView::NoImprovement => party.plain(" has no move to an outcome that it likes better"),
        EvidenceView::Deterred { sanctions } => deterred(names, sanctions, group, detail),
        EvidenceView::Leaves { step, better, replies, worst_reply } => party
            .plain(" could move ")
            .then(moving(names, outcome, step))
            .plain(", which it prefers")
            .then(bracketed(names, better, detail))
            .then(no_deterrent(names, outcome, &verdict.concept, *replies, worst_reply.as_deref(), detail)),
    };
    start.then(body).plain(ending(verdict))
}

fn deterred(names: &Names<'_>, sanctions: &[SanctionView], group: &Group<'_>, detail: Detail) -> Text {
    let count = sanctions.len();
    if detail == Detail::Full && count > 1 {
        return Text::from(format!("each of its {count} improvements is answered"));
    }
    let mut text = Text::default();
    for (index, sanction) in sanctions.iter().take(SHORT_SANCTIONS).enumerate() {
        let lead = if index > 0 { "; " } else { "" };
        text = text.plain(lead).then(sanction_text(names, "it", sanction, group, detail));
    }
    text.plain(likewise(count.saturating_sub(SHORT_SANCTIONS)))
}

/// `to 9 (“Deal”; text: draft → statement)`, with the names that the move brings.
fn moving(names: &Names<'_>, from: OutcomeNumber, step: &StepView) -> Text {
    let before = names.named(from);
    let mut named = names.named(step.to);
    named.retain(|name| !before.contains(name));
    let named = if named.is_empty() { String::new() } else { format!("“{}”; ", named.join("; ")) };
    Text::from(format!("to {} ({named}{})", step.to, names.changes(step)))
}

fn sanction_text(names: &Names<'_>, it: &str, sanction: &SanctionView, group: &Group<'_>, detail: Detail) -> Text {
    let reply = &sanction.reply;
    let mut text = Text::from(format!("{it} could move "))
        .then(moving(names, sanction.better.with, &sanction.step))
        .plain(", which it prefers")
        .then(bracketed(names, &sanction.better, detail))
        .plain(", but ")
        .then(consequence(names, reply, group, detail));
    if detail == Detail::Full && !reply.reasons.is_empty() {
        for reason in &reply.reasons {
            text = text
                .plain(format!(". {} prefers {} to {}", names.party(&reason.party), reason.outcome, reason.with))
                .then(bracketed(names, reason, detail));
        }
    }
    text
}

/// `Russia would answer with vote: no → yes, then …`.
fn replying(names: &Names<'_>, reply: &ReplyView, verb: &str) -> Text {
    if reply.steps.is_empty() {
        return Text::from("the others need do nothing");
    }
    let mut text = Text::default();
    for (index, step) in reply.steps.iter().enumerate() {
        let who = names.party(&step.party);
        let lead = if index == 0 { format!("{who} {verb} answer with ") } else { format!(", then {who} with ") };
        text = text.plain(lead).plain(names.changes(step));
    }
    text
}

/// Why nothing stops a party that leaves.
fn no_deterrent(
    names: &Names<'_>,
    outcome: OutcomeNumber,
    concept: &str,
    replies: u64,
    worst: Option<&ReplyView>,
    detail: Detail,
) -> Text {
    let kind = if matches!(concept, "SEQ" | "SSEQ") { "credible reply" } else { "reply" };
    let Some(reply) = worst else {
        return match concept {
            "R" => Text::default(),
            _ => Text::from(format!(", and the others have no {kind}")),
        };
    };
    let ill = replying(names, reply, "could");
    let count = if replies > 1 {
        let plural = kind.replace("reply", "replies");
        format!("; the worst for it of {replies} {plural}: ")
    } else {
        format!("; the only {kind}: ")
    };
    let text = Text::from(count).then(ill).plain(format!(", which leaves it at {}", reply.result));
    match &reply.escape {
        Some(escape) if reply.compared.relation != Relation::Better => text
            .plain(format!(
                ", {}, but from there it could reach {}, {}",
                against(&reply.compared),
                escape.outcome,
                against(escape)
            ))
            .then(bracketed(names, escape, detail)),
        _ => text.plain(format!(", still better than {outcome}")).then(bracketed(names, &reply.compared, detail)),
    }
}
