//! The situation that a party believes in.

use detente_base::{SourceText, Span};
use detente_scenario::expr::print::print_expression;
use detente_scenario::situation::{Belief, PreferenceForm, Quantity, Situation};

use crate::profile::Profile;
use crate::report::{BeliefStatement, BeliefView};

/// The situation in the eyes of a party, and the combination of types in it.
///
/// What it believes replaces what `base` says: the truth, or what somebody else believes
/// who takes it to have this belief. Types are those of the truth.
pub(super) fn perceived(truth: &Situation, base: (&Situation, &Profile), belief: &Belief) -> (Situation, Profile) {
    let mut believed = base.0.with_numbers(belief);
    let mut types = base.1.types.clone();
    for (party, preferences) in &belief.preferences {
        believed.preferences[party.index()] = preferences.clone();
        types[party.index()] = 0;
    }
    for (party, kind) in &belief.types {
        believed.preferences[party.index()] = truth.preferences[party.index()].clone();
        types[party.index()] = *kind;
    }
    for party in &mut believed.parties {
        party.unseen.extend(belief.impossible.iter().map(|statement| statement.holds.clone()));
    }
    believed.beliefs.clear();
    (believed, Profile { types })
}

/// What parties believe, for readers.
pub(super) fn belief_views(situation: &Situation, source: &SourceText) -> Vec<BeliefView> {
    situation.beliefs.iter().map(|belief| belief_view(situation, source, belief)).collect()
}

fn belief_view(situation: &Situation, source: &SourceText, belief: &Belief) -> BeliefView {
    let line = |span: Span| source.position(span.start).0;
    let mut statements = Vec::new();
    let mut say = |subject: Option<String>, text: String, span: Span| {
        statements.push(BeliefStatement { subject, text, line: line(span) });
    };
    for (party, preferences) in &belief.preferences {
        let text = preferences.types.iter().map(|t| form(situation, &t.form)).collect::<Vec<_>>().join("; ");
        say(Some(situation.parties[party.index()].id.clone()), text, preferences.origin.span);
    }
    for (party, kind) in &belief.types {
        let name = situation.preferences[party.index()].types[*kind].id.clone().unwrap_or_default();
        say(Some(situation.parties[party.index()].id.clone()), format!("type {name}"), belief.origin.span);
    }
    for number in &belief.parameters {
        let text = match &number.value {
            Quantity::Exact(n) => n.to_string(),
            Quantity::Range { low, likely, high } => format!("{low}..{high}, likely {likely}"),
            Quantity::Derived(expr) => print_expression(situation, expr),
        };
        say(Some(situation.parameters[number.parameter.index()].id.clone()), text, number.origin.span);
    }
    for statement in &belief.impossible {
        say(None, print_expression(situation, &statement.holds), statement.origin.span);
    }
    BeliefView {
        party: situation.parties[belief.party.index()].id.clone(),
        about: belief.origin.about.clone(),
        line: line(belief.origin.span),
        statements,
        believes: belief.believes.iter().map(|inner| belief_view(situation, source, inner)).collect(),
    }
}

fn form(situation: &Situation, form: &PreferenceForm) -> String {
    let print = |e: &detente_scenario::expr::Expr| print_expression(situation, e);
    match form {
        PreferenceForm::Indifferent => "no preferences".to_owned(),
        PreferenceForm::Worth(terms) => {
            let term = |t: &detente_scenario::situation::WorthTerm| match &t.when {
                Some(when) => format!("{} when {}", print(&t.add), print(when)),
                None => print(&t.add),
            };
            format!("worth: {}", terms.iter().map(term).collect::<Vec<_>>().join(", "))
        }
        PreferenceForm::Priority(statements) => {
            format!("priority: {}", statements.iter().map(|s| print(&s.holds)).collect::<Vec<_>>().join(", "))
        }
        PreferenceForm::Ranking(levels) => {
            format!("ranking: {}", levels.iter().map(|l| print(&l.holds)).collect::<Vec<_>>().join(" > "))
        }
        PreferenceForm::Listed(_) => "ranking: a list of outcomes".to_owned(),
    }
}
