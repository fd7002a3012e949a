//! What would have to change for an outcome to hold, read off the evidence.

use detente_analysis::report::{
    EvidenceView, OutcomeAnalysis, OutcomeNumber, PartyAnalysis, PreferenceView, Relation, Report, VerdictView,
};

use super::names::Names;
use super::reasons::{Detail, deciding};
use super::words::{capital, concepts};
use crate::doc::{Document, Item, Text};

/// For each party that would leave: by how much the improvement would have to be less
/// good, or a reply hurt more. Empty when nobody would leave.
pub fn changes_needed(
    report: &Report,
    names: &Names<'_>,
    outcome: OutcomeNumber,
    views: &[(usize, &OutcomeAnalysis)],
) -> Document {
    let mut said: Vec<(Text, Vec<usize>)> = Vec::new();
    for (profile, analysis) in views {
        for text in analysis.parties.iter().flat_map(|party| party_changes(names, outcome, party)) {
            match said.iter_mut().find(|(other, _)| *other == text) {
                Some((_, profiles)) => profiles.push(*profile),
                None => said.push((text, vec![*profile])),
            }
        }
    }
    let mut out = Document::default();
    if said.is_empty() {
        return out;
    }
    let worth = report.situation.parties.iter().any(|p| p.form == "worth");
    let remark = if worth { " Differences are at the central values." } else { "" };
    out.paragraph(format!(
        "For {outcome} to hold, at least the following would have to change; other improvements may stand behind the one \
         that is named.{remark}"
    ));
    let items = said.into_iter().map(|(text, profiles)| match names.when(&profiles) {
        None => Item::new(text),
        Some(when) => Item::new(Text::from(format!("{}: ", capital(&when))).then(text)),
    });
    out.bullets(items.collect());
    out
}

fn party_changes(names: &Names<'_>, outcome: OutcomeNumber, party: &PartyAnalysis) -> Vec<Text> {
    let all: Vec<String> = party.verdicts.iter().map(|v| v.concept.clone()).collect();
    let mut said: Vec<(Text, Vec<String>)> = Vec::new();
    for verdict in &party.verdicts {
        let Some(text) = verdict_change(names, outcome, verdict) else { continue };
        match said.iter_mut().find(|(other, _)| *other == text) {
            Some((_, concepts)) => concepts.push(verdict.concept.clone()),
            None => said.push((text, vec![verdict.concept.clone()])),
        }
    }
    let name = names.party(&party.party);
    said.into_iter()
        .map(|(text, some)| {
            Text::default().strong(name).plain(format!(", under {}: ", concepts(&some, &all))).then(text)
        })
        .collect()
}

fn verdict_change(names: &Names<'_>, outcome: OutcomeNumber, verdict: &VerdictView) -> Option<Text> {
    let EvidenceView::Leaves { step, better, worst_reply, .. } = &verdict.evidence else { return None };
    let mut text =
        Text::from(format!("{} would have to be no better for it than {outcome}", step.to)).then(now(names, better));
    let credible = if matches!(verdict.concept.as_str(), "SEQ" | "SSEQ") { "credible reply" } else { "reply" };
    if worst_reply.is_none() && verdict.concept != "R" {
        text = text
            .plain(format!("; or the others would need a {credible} that leaves it no better off than at {outcome}"));
    }
    if let Some(reply) = worst_reply {
        let escaped = reply.escape.as_ref().filter(|_| reply.compared.relation != Relation::Better);
        text = match escaped {
            Some(escape) => text
                .plain(format!(
                    "; or {}, its way out of the reply that leads to {}, would have to be no better",
                    escape.outcome, reply.result
                ))
                .then(now(names, escape)),
            None => text
                .plain(format!("; or {}, where the worst reply leads, would have to be no better", reply.result))
                .then(now(names, &reply.compared)),
        };
    }
    Some(text.plain("."))
}

fn now(names: &Names<'_>, compared: &PreferenceView) -> Text {
    let why = deciding(names, compared, Detail::Full);
    if why.is_empty() { why } else { Text::from(" (now ").then(why).plain(")") }
}
