//! Concepts that were asked for by name: what they mean, where they are not defined, and
//! why an outcome holds under them.

use std::collections::BTreeSet;

use detente_analysis::report::{
    ConceptView, CycleView, FurtherAnalysis, FurtherEvidence, FurtherRemark, FurtherVerdict, JointReplyView,
    JointSanctionView, NotDefined, OutcomeAnalysis, OutcomeNumber, PlayView, Report, StepView, TieView,
};

use super::names::Names;
use super::reasons::{Detail, against, bracketed};
use super::words::{counted, listed, meaning};
use crate::doc::{Document, Item, Level, Text};

/// Moves of a play that are told one by one.
const MOST_STEPS: usize = 6;

/// What each of these concepts means, and why some of them are not defined here. Concepts
/// that differ in their number or leader only share a sentence.
pub fn concepts_in_words(concepts: &[ConceptView]) -> Document {
    let mut told: Vec<(Vec<String>, String, Option<&NotDefined>)> = Vec::new();
    for view in concepts {
        let (text, reason) = (meaning_of(&view.symbol), view.not_defined.as_ref());
        match told.iter_mut().find(|(_, other, because)| *other == text && *because == reason) {
            Some((symbols, _, _)) => symbols.push(view.symbol.clone()),
            None => told.push((vec![view.symbol.clone()], text.to_owned(), reason)),
        }
    }
    let mut out = Document::default();
    let item = |(symbols, text, reason): &(Vec<String>, String, Option<&NotDefined>)| {
        let text = Text::default().strong(listed(symbols, "and")).plain(" ").plain(for_number(text, symbols.len()));
        Item::new(match reason {
            Some(reason) => text.plain(format!(" Not defined here: {}.", not_defined(reason))),
            None => text,
        })
    };
    out.bullets(told.iter().map(item).collect());
    out
}

/// The same with a verb for several.
fn for_number(text: &str, symbols: usize) -> String {
    match text.split_once("s ") {
        Some((verb @ ("look" | "let"), rest)) if symbols > 1 => format!("{verb} {rest}"),
        _ => text.to_owned(),
    }
}

/// What a concept means.
fn meaning_of(symbol: &str) -> &'static str {
    match symbol {
        "SIM" => {
            "fears what others do at the same moment. A party stays when each of its improvements, together with \
             improvements that others make at once, can leave it no better off than now (simultaneous stability)."
        }
        "SEQ+SIM" => "keeps a party where SEQ or SIM does (sequential or simultaneous stability).",
        "NM" => {
            "looks any number of moves ahead. A party stays when it would do so under L1, L2, … from some number on \
             (non-myopic stability)."
        }
        _ if symbol.starts_with("ST:") => {
            "lets the party named lead: it looks two moves ahead, the other one expects no reply (Stackelberg stability)."
        }
        _ => meaning(symbol).unwrap_or(
            "looks so many moves ahead. The two move in turn, each knows what the other likes, and whoever stays ends the \
             play; a party stays when no move of its own would end better for it than now (limited-move stability).",
        ),
    }
}

/// Why a concept is not defined for a situation.
fn not_defined(reason: &NotDefined) -> String {
    match reason {
        NotDefined::JointIssue { issue, line } => {
            format!("`{issue}` (line {line}) is set jointly, and a change by consent cannot be added to another change")
        }
        NotDefined::SeveralMovers { issue, line } => {
            format!("`{issue}` (line {line}) is moved by several parties, and two moves of it cannot be added")
        }
        NotDefined::PartyCount { parties } if *parties > 2 => format!(
            "there are {parties} parties, and it is defined for two; the published definitions for more do not agree"
        ),
        NotDefined::PartyCount { parties } => {
            format!("it is defined for two parties, and this file has {parties}")
        }
    }
}

/// Cycles and ties, in sentences; concepts of which the same is to be said together.
pub fn remarks(some: &[FurtherRemark]) -> Document {
    let mut told: Vec<(Vec<String>, String)> = Vec::new();
    for remark in some {
        for text in sentences(remark) {
            match told.iter_mut().find(|(_, other)| *other == text) {
                Some((symbols, _)) => symbols.push(remark.concept.clone()),
                None => told.push((vec![remark.concept.clone()], text)),
            }
        }
    }
    let mut out = Document::default();
    let item = |(symbols, text): &(Vec<String>, String)| {
        Item::new(Text::default().strong(listed(symbols, "and")).plain(": ").plain(text))
    };
    out.bullets(told.iter().map(item).collect());
    out
}

fn sentences(remark: &FurtherRemark) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(cycle) = remark.cycle {
        out.push(format!("{}.", repeating(cycle)));
    }
    if !remark.turns_on_ties.is_empty() {
        out.push(format!(
            "whether {} holds turns on what is chosen where several moves promise equally much; here the one to the \
             outcome with the smallest number is.",
            either(&remark.turns_on_ties)
        ));
    }
    if !remark.ties_not_established.is_empty() {
        out.push(format!(
            "whether {} holds may turn on what is chosen at ties; neither was shown.",
            either(&remark.ties_not_established)
        ));
    }
    out
}

fn either(numbers: &[OutcomeNumber]) -> String {
    const MOST: usize = 20;
    let mut words: Vec<String> = numbers.iter().take(MOST).map(u32::to_string).collect();
    if numbers.len() > MOST {
        words.push(format!("{} more", numbers.len() - MOST));
    }
    listed(&words, "or")
}

fn repeating(cycle: CycleView) -> String {
    match (cycle.from, cycle.period) {
        (from, 1) => format!("what the parties expect is the same from {} ahead on", counted(from.into(), "move")),
        (from, period) => format!(
            "what the parties expect repeats every {period} moves, from {} ahead on",
            counted(from.into(), "move")
        ),
    }
}

/// Adds the outcomes that the further concepts' reasons mention.
pub fn outcomes_of(analysis: &OutcomeAnalysis, numbers: &mut BTreeSet<OutcomeNumber>) {
    let reply = |reply: &JointReplyView, numbers: &mut BTreeSet<OutcomeNumber>| {
        numbers.extend(reply.changes.iter().map(|step| step.to).chain([reply.result]));
    };
    let play = |play: &PlayView, numbers: &mut BTreeSet<OutcomeNumber>| {
        numbers.extend(play.steps.iter().map(|step| step.to).chain([play.result]));
    };
    for verdict in analysis.further.iter().flat_map(|f| &f.parties) {
        match &verdict.evidence {
            FurtherEvidence::NoImprovement | FurtherEvidence::SequentiallyStable | FurtherEvidence::NoMove => {}
            FurtherEvidence::MetByOthers { sanctions } => sanctions.iter().for_each(|sanction| {
                numbers.insert(sanction.step.to);
                reply(&sanction.reply, numbers);
            }),
            FurtherEvidence::LeavesDespite { step, worst, .. } => {
                numbers.insert(step.to);
                worst.iter().for_each(|worst| reply(worst, numbers));
            }
            FurtherEvidence::Stays { plays } => plays.iter().for_each(|told| play(told, numbers)),
            FurtherEvidence::Leaves { play: told } => play(told, numbers),
        }
    }
}

/// The section on further concepts of every outcome that was asked for.
pub fn further_section(report: &Report, names: &Names<'_>) -> Document {
    let mut out = Document::default();
    let mut outcomes: Vec<OutcomeNumber> = Vec::new();
    let with_any = report.profiles.iter().flat_map(|p| &p.close).filter(|c| !c.further.is_empty());
    for analysis in with_any {
        if !outcomes.contains(&analysis.outcome) {
            outcomes.push(analysis.outcome);
        }
    }
    if outcomes.is_empty() {
        return out;
    }
    out.heading(Level::Section, "Under the concepts asked for");
    for outcome in outcomes {
        out.heading(Level::Part, format!("Outcome {}", names.full(outcome)));
        for (index, profile) in report.profiles.iter().enumerate() {
            for analysis in profile.close.iter().filter(|c| c.outcome == outcome) {
                let when = names.when(&[index]);
                out.bullets(analysis_items(names, analysis, when.as_deref()));
            }
        }
    }
    out
}

fn analysis_items(names: &Names<'_>, analysis: &OutcomeAnalysis, when: Option<&str>) -> Vec<Item> {
    let outcome = analysis.outcome;
    let items = analysis.further.iter().map(|further| {
        let when = when.map_or(String::new(), |when| format!(" {when}"));
        let verb = if further.holds { "holds" } else { "does not hold" };
        let text = Text::from(format!("It {verb}{when} under ")).strong(&further.concept).plain(format!(
            ".{}{}",
            tie_sentence(further.ties),
            cycle_sentence(further)
        ));
        let inner =
            further.parties.iter().map(|verdict| verdict_item(names, outcome, &further.concept, verdict)).collect();
        Item { text, inner }
    });
    items.collect()
}

fn tie_sentence(ties: TieView) -> &'static str {
    match ties {
        TieView::Same => "",
        TieView::Varies => " That turns on what is chosen where several moves promise equally much.",
        TieView::NotEstablished => " Whether that turns on what is chosen at ties was not established.",
    }
}

fn cycle_sentence(further: &FurtherAnalysis) -> String {
    further.cycle.map_or(String::new(), |cycle| {
        let text = repeating(cycle);
        let mut letters = text.chars();
        let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        format!(" {first}{}.", letters.as_str())
    })
}

fn verdict_item(names: &Names<'_>, outcome: OutcomeNumber, concept: &str, verdict: &FurtherVerdict) -> Item {
    let act = if verdict.stable { "stay" } else { "leave" };
    let start = Text::default().strong(names.party(&verdict.party)).plain(format!(" would {act}: "));
    let mut inner = Vec::new();
    let body = match &verdict.evidence {
        FurtherEvidence::NoImprovement => Text::from("it has no move to an outcome that it likes better"),
        FurtherEvidence::SequentiallyStable => {
            Text::from("it does so under SEQ, since the others can answer each of its improvements")
        }
        FurtherEvidence::NoMove => Text::from("it has no move"),
        FurtherEvidence::MetByOthers { sanctions } => {
            if let [one] = sanctions.as_slice() {
                Text::from(if concept == "SEQ+SIM" { "it does so under SIM: " } else { "" }).then(met(names, one))
            } else {
                inner = sanctions.iter().map(|s| Item::new(met(names, s).plain("."))).collect();
                Text::from(format!(
                    "none of its {} improvements is safe from what others may do at once",
                    sanctions.len()
                ))
            }
        }
        FurtherEvidence::LeavesDespite { step, better, combinations, infeasible, worst } => {
            Text::from(if concept == "SEQ+SIM" { "neither SEQ nor SIM keeps it: " } else { "" })
                .plain(format!("it could move to {} ({}), which it prefers", step.to, names.changes(step)))
                .then(bracketed(names, better, Detail::Full))
                .then(despite(names, outcome, (*combinations, *infeasible), worst.as_deref()))
        }
        FurtherEvidence::Stays { plays } => match plays.as_slice() {
            [one] => staying(names, outcome, one),
            _ => {
                inner = plays.iter().map(|play| Item::new(staying(names, outcome, play).plain("."))).collect();
                Text::from("at every horizon of the period its best move ends no better")
            }
        },
        FurtherEvidence::Leaves { play } => leaving(names, outcome, play),
    };
    let unchecked = if verdict.verified { "" } else { " (Not checked a second time.)" };
    Item { text: start.then(body).plain(format!(".{}{unchecked}", tie_sentence(verdict.ties))), inner }
}

/// `it could move to 3 (…), which it prefers, but if Bo makes its own improvement …`.
fn met(names: &Names<'_>, sanction: &JointSanctionView) -> Text {
    let reply = &sanction.reply;
    Text::from(format!("it could move to {} ({}), which it prefers", sanction.step.to, names.changes(&sanction.step)))
        .then(bracketed(names, &sanction.better, Detail::Full))
        .plain(format!(", but if {}", at_once(names, &reply.changes)))
        .plain(format!(", that leads to {}, {}", reply.result, against(&reply.compared)))
        .then(bracketed(names, &reply.compared, Detail::Full))
}

/// `Bo at the same moment makes an improvement of its own (push: no → yes)`.
fn at_once(names: &Names<'_>, changes: &[StepView]) -> String {
    if let [one] = changes {
        let (who, what) = (names.party_inside(&one.party), names.changes(one));
        return format!("{who} at the same moment makes an improvement of its own ({what})");
    }
    let each: Vec<String> =
        changes.iter().map(|step| format!("{} ({})", names.party_inside(&step.party), names.changes(step))).collect();
    format!("at the same moment {} make improvements of their own", listed(&each, "and"))
}

fn despite(names: &Names<'_>, outcome: OutcomeNumber, joint: (u64, u64), worst: Option<&JointReplyView>) -> Text {
    let (combinations, infeasible) = joint;
    let Some(reply) = worst else {
        return Text::from(match infeasible {
            0 => ", and no other party has an improvement to make at the same moment",
            _ => ", and no improvement of others is possible together with it",
        });
    };
    let count = match combinations {
        1 => "; the only thing that it can meet: ".to_owned(),
        n => format!("; the worst for it of {n} things that it can meet: "),
    };
    Text::from(count)
        .plain(at_once(names, &reply.changes))
        .plain(format!(", which leads to {}, still better than {outcome}", reply.result))
        .then(bracketed(names, &reply.compared, Detail::Full))
        .plain(not_possible(infeasible))
}

fn not_possible(infeasible: u64) -> &'static str {
    if infeasible > 0 { " (others are not possible together with it)" } else { "" }
}

fn staying(names: &Names<'_>, outcome: OutcomeNumber, play: &PlayView) -> Text {
    let start = Text::from(format!("looking {} ahead, its best move is ", counted(play.horizon.into(), "move")));
    let ends = if play.result == outcome {
        Text::from(", back where it began")
    } else {
        Text::from(format!(", which ends at {}, {}", play.result, against(&play.compared))).then(bracketed(
            names,
            &play.compared,
            Detail::Full,
        ))
    };
    start.plain(told(names, play)).then(ends)
}

fn leaving(names: &Names<'_>, outcome: OutcomeNumber, play: &PlayView) -> Text {
    Text::from(format!("looking {} ahead, it would move ", counted(play.horizon.into(), "move")))
        .plain(told(names, play))
        .plain(format!(", which ends at {}, better for it than {outcome}", play.result))
        .then(bracketed(names, &play.compared, Detail::Full))
}

/// `to 3 (a: no → yes), then Bo to 4 (…)`.
fn told(names: &Names<'_>, play: &PlayView) -> String {
    let steps: Vec<String> = play
        .steps
        .iter()
        .take(MOST_STEPS)
        .enumerate()
        .map(|(index, step)| {
            let who = if index == 0 { String::new() } else { format!("then {} ", names.party_inside(&step.party)) };
            format!("{who}to {} ({})", step.to, names.changes(step))
        })
        .collect();
    let more = if play.cut || play.steps.len() > MOST_STEPS { ", and so on" } else { "" };
    format!("{}{more}", steps.join(", "))
}
