//! Issues that are goods: each of their values is a party that gets the good.

use detente_base::{Diagnostic, Span};

use crate::codes::meaning as code;
pub use crate::codes::meaning::LINKED_GOODS;
use crate::situation::{Issue, IssueId, PartyId, PartyType, PreferenceForm, Situation};
use crate::suggest::list_names;

/// The goods of a situation with their places: the issues that its negotiation says are
/// divided, or else those negotiated whose values are the parties at the table.
pub fn goods_of(situation: &Situation) -> Vec<(IssueId, Span)> {
    let said = situation.negotiation.as_ref().map(|talks| &talks.divide).filter(|divide| !divide.is_empty());
    if let Some(said) = said {
        return said.clone();
    }
    let parties = situation.negotiators();
    let goods = situation.negotiated().into_iter().filter(|good| {
        let issue = &situation.issues[good.index()];
        strangers(situation, issue, &parties).is_empty() && left_out(situation, issue, &parties).is_empty()
    });
    goods.map(|good| (good, situation.issues[good.index()].origin.span)).collect()
}

/// What keeps goods from being divided: values that are no parties, constraints on who gets
/// what, and worth that does not add up good by good.
///
/// The span of a good is where the file calls it one.
///
/// Cost: linear in the size of the situation, times goods.
pub fn check_goods(situation: &Situation, goods: &[(IssueId, Span)]) -> Vec<Diagnostic> {
    if goods.is_empty() {
        return Vec::new();
    }
    let parties = situation.negotiators();
    let mut found = Vec::new();
    for (good, place) in goods {
        found.extend(holders(situation, (*good, *place), &parties));
        found.extend(bound(situation, (*good, *place)));
    }
    for party in &parties {
        for kind in &situation.preferences[party.index()].types {
            found.extend(linked(situation, goods, (*party, kind)));
        }
    }
    found
}

/// Values of an issue that are no party at the table.
fn strangers<'s>(situation: &Situation, issue: &'s Issue, parties: &[PartyId]) -> Vec<&'s str> {
    let stranger = |id: &&str| !parties.iter().any(|party| situation.parties[party.index()].id == *id);
    issue.values.iter().map(|value| value.id.as_str()).filter(stranger).collect()
}

/// Parties at the table that are no value of an issue.
fn left_out<'s>(situation: &'s Situation, issue: &Issue, parties: &[PartyId]) -> Vec<&'s str> {
    let ids = parties.iter().map(|party| situation.parties[party.index()].id.as_str());
    ids.filter(|id| !issue.values.iter().any(|value| value.id == *id)).collect()
}

/// A good goes to one of the parties and to nobody else.
fn holders(situation: &Situation, (good, place): (IssueId, Span), parties: &[PartyId]) -> Option<Diagnostic> {
    let issue = &situation.issues[good.index()];
    let (strangers, left_out) = (strangers(situation, issue, parties), left_out(situation, issue, parties));
    let message = if let [stranger, ..] = strangers.as_slice() {
        format!("`{}` has the value `{stranger}`, which is no party at the table", issue.id)
    } else if !left_out.is_empty() {
        format!("`{}` cannot go to {}: no value is called so", issue.id, list_names(left_out))
    } else {
        return None;
    };
    let ids = parties.iter().map(|party| situation.parties[party.index()].id.as_str()).collect::<Vec<_>>();
    let fault = Diagnostic::error(code::NOT_A_GOOD, place, message)
        .with_help(format!("call the values of a good by who gets it: `values: [{}]`", ids.join(", ")));
    Some(if place == issue.origin.span { fault } else { fault.with_place(issue.origin.span, "the issue") })
}

/// Goods are divided freely.
fn bound(situation: &Situation, (good, place): (IssueId, Span)) -> Option<Diagnostic> {
    let rule = situation.constraints.iter().find(|rule| rule.holds.issues().contains(&good))?;
    let message = format!(
        "a constraint mentions `{}`, so that not every division is possible",
        situation.issues[good.index()].id
    );
    Some(
        Diagnostic::error(code::NOT_A_GOOD, place, message)
            .with_place(rule.origin.span, "the constraint")
            .with_help("divide the goods that no constraint mentions: list them in `divide`"),
    )
}

/// Worth that does not add up good by good.
fn linked(situation: &Situation, goods: &[(IssueId, Span)], (party, kind): (PartyId, &PartyType)) -> Vec<Diagnostic> {
    let id = &situation.parties[party.index()].id;
    let terms = match &kind.form {
        PreferenceForm::Worth(terms) => terms,
        PreferenceForm::Indifferent => {
            let message = format!("`{id}` wants nothing, so that no good is worth anything to it");
            let fault = Diagnostic::error(code::LINKED_GOODS, goods[0].1, message);
            return vec![fault.with_help(format!("give `{id}` a `worth`, or leave it out of `between`"))];
        }
        PreferenceForm::Priority(_) | PreferenceForm::Ranking(_) | PreferenceForm::Listed(_) => {
            let message =
                format!("the preferences of `{id}` order outcomes and say nothing about how much; expected a `worth`");
            let fault = Diagnostic::error(code::LINKED_GOODS, kind.origin.span, message);
            return vec![fault.with_help("say with `worth` what each good adds")];
        }
    };
    let mut found = Vec::new();
    for term in terms {
        let mut issues = term.add.issues();
        issues.extend(term.when.iter().flat_map(crate::expr::Expr::issues));
        let together: Vec<&str> = goods
            .iter()
            .filter(|(good, _)| issues.contains(good))
            .map(|(good, _)| situation.issues[good.index()].id.as_str())
            .collect();
        if together.len() > 1 {
            let names = list_names(together);
            let message =
                format!("a term of the worth of `{id}` is about {names} together; expected a term for each good");
            found.push(
                Diagnostic::error(code::LINKED_GOODS, term.origin.span, message)
                    .with_help("say what each good is worth by itself, or make one good of them"),
            );
        }
    }
    found
}
