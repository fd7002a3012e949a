//! What would make an outcome hold.

use std::collections::BTreeSet;

use detente_analysis::inverse::{
    AlternativeView, ChangeView, ConditionView, EverybodyView, MakeAnswer, MakeConcept, MakeParty, MakeProfile,
    MakeTarget, RankingsView, Together,
};
use detente_analysis::report::{Completion, OutcomeNumber};

use super::aside::set_aside;
use super::holds::{meanings_of, stop_reason, values_table};
use super::make_numbers::numbers_section;
use super::names::Names;
use super::words::{capital, concept_cell, concepts, counted, grouped, listed};
use crate::doc::{Document, Item, Level, Table, Text};

/// Digits up to which a number of orders is written out.
const MOST_DIGITS: usize = 24;

/// Outcomes that are only mentioned, up to which their values are listed.
const MOST_MENTIONED: usize = 40;

/// Outcomes that a change passes, and replies of a condition, before the rest is counted.
const MOST_PASSED: usize = 4;

/// Which preferences would make an outcome hold.
pub fn make_document(answer: &MakeAnswer) -> Document {
    let types = answer.profiles.iter().map(|p| p.types.as_slice()).collect();
    let names = Names::of(&answer.situation, &answer.outcomes, types);
    let mut out = Document::default();
    out.heading(Level::Title, answer.situation.title.trim());
    undecided(&mut out, &answer.completion);
    out.append(set_aside(&answer.set_aside));
    let mut told: BTreeSet<OutcomeNumber> = BTreeSet::new();
    for (index, profile) in answer.profiles.iter().enumerate() {
        if answer.profiles.len() > 1 {
            let when = names.when(&[index]).unwrap_or_else(|| names.combination(index));
            out.heading(Level::Section, capital(&when));
            undecided(&mut out, &profile.completion);
        }
        out.append(profile_document(&names, answer, profile, &mut told));
    }
    if told.len() > 1 && told.len() <= MOST_MENTIONED {
        out.heading(Level::Section, "Outcomes mentioned");
        out.append(values_table(&names, told.into_iter().collect(), "By number:"));
    }
    out.append(remarks(answer));
    out
}

fn undecided(out: &mut Document, completion: &Completion) {
    if let Completion::Undecided { reason } = completion {
        out.paragraph(Text::default().strong("Undecided: ").plain(stop_reason(reason)));
    }
}

fn profile_document(
    names: &Names<'_>,
    answer: &MakeAnswer,
    profile: &MakeProfile,
    told: &mut BTreeSet<OutcomeNumber>,
) -> Document {
    let mut out = Document::default();
    let [first, rest @ ..] = profile.targets.as_slice() else { return out };
    if !rest.is_empty() {
        let all = profile.targets.len() as u64 + profile.targets_left_out;
        let shown =
            if profile.targets_left_out == 0 { String::new() } else { format!("; {} shown", profile.targets.len()) };
        out.paragraph(Text::from(format!("{all} outcomes satisfy ")).code(&answer.asked).plain(format!(
            "{shown}. The number of strict preferences that have to be given up for each to hold, and whose, the least \
             under SEQ first:"
        )));
        out.table(costs(names, &profile.targets));
        told.extend(profile.targets.iter().map(|t| t.outcome));
        out.paragraph(format!("In full for the first, {}; ask for another by its number.", first.outcome));
    }
    out.append(target_document(names, first, told));
    out
}

/// A row for each outcome with what it takes under each concept.
fn costs(names: &Names<'_>, targets: &[MakeTarget]) -> Table {
    let mut table = Table::default();
    table.right("#");
    targets[0].concepts.iter().for_each(|c| table.right(&c.concept));
    table.left("whose");
    for target in targets {
        let mut row = vec![target.outcome.to_string()];
        row.extend(target.concepts.iter().map(|concept| match &concept.together {
            _ if concept.holds => "holds".to_owned(),
            Some(together) if together.holds => together.given_up.to_string(),
            _ => "?".to_owned(),
        }));
        let leaving = target.concepts.iter().flat_map(|c| &c.parties).filter(|p| !p.stays);
        let mut who: Vec<String> = leaving.map(|p| names.party(&p.party).to_owned()).collect();
        who.sort();
        who.dedup();
        row.push(listed(&who, "and"));
        table.rows.push(row);
    }
    table
}

fn target_document(names: &Names<'_>, target: &MakeTarget, told: &mut BTreeSet<OutcomeNumber>) -> Document {
    let mut out = Document::default();
    let all: Vec<String> = target.concepts.iter().map(|c| c.concept.clone()).collect();
    told.insert(target.outcome);
    out.heading(Level::Section, format!("What would make {} hold", names.full(target.outcome)));
    out.paragraph(match target.holds.len() {
        0 => "It holds under no foresight.".to_owned(),
        n if n == all.len() => "It holds under every foresight.".to_owned(),
        _ => format!("It holds under {}.", concepts(&target.holds, &all)),
    });
    let entries = target.concepts.iter().flat_map(|c| c.parties.iter().map(move |party| (c, party)));
    let mut said: Vec<(&MakeParty, Vec<String>)> = Vec::new();
    for (concept, party) in entries {
        match said.iter_mut().find(|(known, _)| *known == party) {
            Some((_, some)) => some.push(concept.concept.clone()),
            None => said.push((party, vec![concept.concept.clone()])),
        }
    }
    out.bullets(
        said.iter().map(|(party, some)| party_item(names, target.outcome, party, (some, &all), told)).collect(),
    );
    out.append(together(target, &all));
    if let Some(numbers) = &target.numbers {
        out.append(numbers_section(numbers, &all));
    }
    out
}

fn party_item(
    names: &Names<'_>,
    target: OutcomeNumber,
    party: &MakeParty,
    (some, all): (&[String], &[String]),
    told: &mut BTreeSet<OutcomeNumber>,
) -> Item {
    let stays = if party.stays { "stays already; it does" } else { "would stay" };
    told.extend(party.conditions.iter().flat_map(|c| &c.any_of).flat_map(|a| &a.no_better));
    let (line, mut inner) = conditions(names, target, party);
    let head = Text::default()
        .strong(names.party(&party.party))
        .plain(format!(", under {}, {stays} if it ranked no better than {target}: ", concepts(some, all)))
        .then(line);
    if let Some(rankings) = &party.rankings {
        inner.push(Item::new(share(rankings)));
    }
    if let Some(nearest) = party.nearest.as_ref().filter(|n| n.given_up > 0) {
        told.extend(nearest.passed.iter().take(MOST_PASSED));
        inner.push(Item::new(nearest_text(names, target, nearest)));
    }
    if let Some(fewest) = &party.fewest
        && party.nearest.as_ref().is_none_or(|n| n.passed.len() > fewest.passed.len())
    {
        told.extend(&fewest.passed);
        inner.push(Item::new(fewest_text(names, target, fewest)));
    }
    inner.extend(others_items(names, target, party));
    inner.extend(party.left_open.iter().map(|r| Item::new(format!("Left open in part: {}", stop_reason(r)))));
    Item { text: head, inner }
}

/// The conditions that one outcome each be no better, in one line; the others below it.
fn conditions(names: &Names<'_>, target: OutcomeNumber, party: &MakeParty) -> (Text, Vec<Item>) {
    let is_plain = |c: &&ConditionView| c.any_of.len() == 1 && c.any_of[0].no_better.len() == 1 && c.left_out == 0;
    let plain: Vec<String> = (party.conditions.iter().filter(is_plain))
        .map(|c| with_change(names, target, c.any_of[0].no_better[0]))
        .collect();
    let mut items: Vec<Item> = (party.conditions.iter().filter(|c| !is_plain(c)))
        .map(|c| Item::new(format!("{}.", capital(&condition_words(names, target, c)))))
        .collect();
    if party.conditions_left_out > 0 {
        items.push(Item::new(format!("{} of this kind.", counted(party.conditions_left_out, "more condition"))));
    }
    match (plain.is_empty(), items.is_empty()) {
        (true, true) => (Text::from("nothing in particular: it has no move that could pay."), items),
        (true, false) => (Text::from("each of the following, in one of the ways named."), items),
        (false, true) => (Text::from(format!("{}.", listed(&plain, "and"))), items),
        (false, false) => {
            let both = format!("{}; and each of the following, in one of the ways named.", listed(&plain, "and"));
            (Text::from(both), items)
        }
    }
}

/// `471 (The arsenal: Declared)`: an outcome by what differs from the target.
fn with_change(names: &Names<'_>, target: OutcomeNumber, outcome: OutcomeNumber) -> String {
    let (Some(from), Some(to)) = (names.outcome(target), names.outcome(outcome)) else { return outcome.to_string() };
    let differs = |(before, after): &(&(String, String), &(String, String))| before != after;
    let changes =
        from.values.iter().zip(&to.values).filter(differs).map(|(_, (issue, value))| names.setting(issue, value));
    format!("{outcome} ({})", changes.collect::<Vec<_>>().join(", "))
}

/// `471 (The arsenal: Declared), or a reply to it: 58, 268 or all of 60 and 61`.
fn condition_words(names: &Names<'_>, target: OutcomeNumber, condition: &ConditionView) -> String {
    let improvement = with_change(names, target, condition.improvement);
    let itself = condition.any_of.iter().any(|a| a.sanction.is_none());
    let mut replies: Vec<String> =
        condition.any_of.iter().filter(|a| a.sanction.is_some()).map(alternative_words).collect();
    let mut more = condition.left_out;
    if replies.len() > MOST_PASSED + 1 || more > 0 {
        more += replies.len().saturating_sub(MOST_PASSED) as u64;
        replies.truncate(MOST_PASSED);
        replies.push(format!("one of {more} more"));
    }
    let replies = listed(&replies, "or");
    match (itself, replies.is_empty()) {
        (true, true) => improvement,
        (true, false) => format!("{improvement}, or where the others can then lead: {replies}"),
        (false, _) => format!("where the others can lead from {improvement}: {replies}"),
    }
}

fn alternative_words(alternative: &AlternativeView) -> String {
    let all = super::scripts::numbers(&alternative.no_better);
    match (alternative.no_better.len(), alternative.left_out) {
        (1, 0) => all,
        (2, 0) => format!("both {}", all.replace(", ", " and ")),
        (_, 0) => format!("all of {all}"),
        (_, more) => format!("all of {all} and {more} more"),
    }
}

/// `384 of the 720 orders of the 6 outcomes (53.3 %)`.
fn share(rankings: &RankingsView) -> String {
    let percent = percent(rankings.share_millionths);
    let (satisfying, all, what) = match &rankings.of_all_outcomes {
        Some((satisfying, all)) => (satisfying, all, "all outcomes".to_owned()),
        None => (&rankings.satisfying, &rankings.all, counted(rankings.concerned, "outcome")),
    };
    if all.len() > MOST_DIGITS {
        return format!("Share of its orders that satisfy this: {percent}.");
    }
    let of = if rankings.of_all_outcomes.is_some() { what } else { format!("the {what} concerned") };
    format!("{satisfying} of the {all} orders of {of} satisfy this: {percent}.")
}

fn percent(millionths: u32) -> String {
    let tenths = (millionths + 500) / 1_000;
    match (millionths, tenths) {
        (1..500, _) => "less than 0.1 %".to_owned(),
        (_, 1000) if millionths < 1_000_000 => "more than 99.9 %".to_owned(),
        _ if tenths.is_multiple_of(10) => format!("{} %", tenths / 10),
        _ => format!("{}.{} %", tenths / 10, tenths % 10),
    }
}

fn nearest_text(names: &Names<'_>, target: OutcomeNumber, nearest: &ChangeView) -> String {
    format!(
        "Nearest order: {target} rises past {}; {} given up.{}",
        passed(names, &nearest.passed),
        counted(nearest.given_up, "preference"),
        unchecked(nearest)
    )
}

fn fewest_text(names: &Names<'_>, target: OutcomeNumber, fewest: &ChangeView) -> String {
    let fall = if fewest.passed.len() == 1 { "falls" } else { "fall" };
    format!(
        "With the fewest outcomes moved: {} {fall} below {target}; {} given up.{}",
        passed(names, &fewest.passed),
        counted(fewest.given_up, "preference"),
        unchecked(fewest)
    )
}

fn unchecked(change: &ChangeView) -> &'static str {
    if change.verified { "" } else { " (Not checked a second time.)" }
}

fn passed(names: &Names<'_>, outcomes: &[OutcomeNumber]) -> String {
    let mut words: Vec<String> = outcomes.iter().take(MOST_PASSED + 1).map(|n| names.brief(*n)).collect();
    if outcomes.len() > MOST_PASSED + 1 {
        words.truncate(MOST_PASSED);
        words.push(format!("{} more", outcomes.len() - MOST_PASSED));
    }
    listed(&words, "and")
}

fn others_items(names: &Names<'_>, target: OutcomeNumber, party: &MakeParty) -> Vec<Item> {
    let who = |word: &str| -> Vec<String> {
        party.others.iter().filter(|(_, w)| *w == word).map(|(id, _)| names.party(id).to_owned()).collect()
    };
    let mut items = Vec::new();
    let leaving = who("leaves");
    if !leaving.is_empty() {
        let verb = if leaving.len() == 1 { "leaves" } else { "leave" };
        items.push(Item::new(format!("{} {verb} {target} whatever its order.", listed(&leaving, "and"))));
    }
    let turning = who("depends");
    if !turning.is_empty() {
        let verb = if turning.len() == 1 { "stays" } else { "stay" };
        let whole = party.everybody.as_ref().map_or(String::new(), |e| everybody(names, target, e));
        items.push(Item::new(format!(
            "Whether {} {verb} can turn on its order too, since what it would like to do is a credible reply.{whole}",
            listed(&turning, "and")
        )));
    }
    items
}

fn everybody(names: &Names<'_>, target: OutcomeNumber, found: &EverybodyView) -> String {
    let orders = format!(" Everybody stays with {} of its {} orders", found.satisfying, found.all);
    match found.given_up {
        None => format!("{orders}."),
        Some(0) => format!("{orders}, its own among them."),
        Some(n) => {
            let past = if found.passed.is_empty() {
                String::new()
            } else {
                format!(", with {target} past {}", passed(names, &found.passed))
            };
            format!("{orders}; the nearest gives up {}{past}.", counted(n, "preference"))
        }
    }
}

/// What comes of all nearest orders at once, where several parties would leave.
fn together(target: &MakeTarget, all: &[String]) -> Document {
    let mut out = Document::default();
    let several =
        |concept: &&MakeConcept| concept.parties.len() > 1 || concept.together.as_ref().is_some_and(|t| !good(t));
    let found = target.concepts.iter().enumerate().filter(|(_, concept)| several(concept));
    let found = found.filter_map(|(index, concept)| concept.together.clone().map(|together| (index, together)));
    for (together, places) in grouped(found) {
        let some: Vec<String> = places.iter().map(|at| all[*at].clone()).collect();
        let under = concept_cell(&some, all);
        let given_up = counted(together.given_up, "preference");
        let verdict = if together.holds { "then holds" } else { "then still does not hold" };
        let consent = match together.holds_with_consent {
            Some(false) if together.holds => "; but not when the moves that need consent are found anew",
            Some(true) if !together.holds => "; but does when the moves that need consent are found anew",
            _ => "",
        };
        out.paragraph(format!(
            "With the nearest order of each ({under}): {given_up} given up, and {} {verdict}{consent}.",
            target.outcome
        ));
    }
    out
}

fn good(together: &Together) -> bool {
    together.holds && together.holds_with_consent != Some(false)
}

fn remarks(answer: &MakeAnswer) -> Document {
    let mut out = Document::default();
    out.paragraph(
        "The preferences of every other party are held as they are. Nearest is the order that gives up the fewest strict \
         preferences between two outcomes; ties may be broken freely. Each order named was solved again.",
    );
    if answer.moves_need_consent {
        out.paragraph(
            "Some moves need consent. They are held as they are with the preferences of the file; a party that changes \
             its order could also consent to other moves.",
        );
    }
    let used: Vec<&str> =
        answer.profiles.iter().flat_map(|p| &p.targets).flat_map(|t| &t.concepts).map(|c| c.concept.as_str()).collect();
    out.append(meanings_of(&used));
    out
}
