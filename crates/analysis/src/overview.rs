//! The situation in brief, and outcomes as views.

use std::collections::BTreeSet;

use detente_base::Budget;
use detente_conflict::StateId;
use detente_scenario::columns::Columns;
use detente_scenario::expr::eval::{Point, Truth, central_point, truth};
use detente_scenario::expr::print::print_expression;
use detente_scenario::situation::{Belief, Moves, PartyId, PreferenceForm, SetBy, Situation, ValueId};
use detente_scenario::space::Space;

use crate::close::number;
use crate::profile::type_chance;
use crate::report::{Brief, Completion, IssueView, NamedView, OutcomeView, PartyView, TypeView};
use crate::structure::{Structure, state_values};

/// The situation in brief; counts of feasible outcomes stay zero without a structure.
pub fn brief(situation: &Situation, structure: Option<&Structure<'_>>) -> Brief {
    Brief {
        title: situation.title.clone(),
        about: situation.about.clone(),
        parties: (0..situation.parties.len()).map(|p| party_view(situation, PartyId::from_index(p))).collect(),
        issues: situation.issues.iter().map(|i| issue_view(situation, i)).collect(),
        combinations: Space::combinations(situation).to_string(),
        feasible: structure.map_or(0, |s| s.states.state_count() as u64),
        constraints: situation.constraints.len(),
        status_quo: structure.and_then(|s| status_quo_state(s)).map(number),
        mistaken: mistaken(situation),
        protocols: situation.protocols.iter().map(|protocol| protocol.id.clone()).collect(),
        named: named_views(situation, structure),
    }
}

/// The outcomes and moves of a situation, told in the brief of an answer; `None` when the
/// budget does not allow for them, and then the answer is undecided.
pub fn listing<'a>(
    situation: &'a Situation,
    (in_brief, completion): (&mut Brief, &mut Completion),
    budget: &Budget,
) -> Option<Structure<'a>> {
    match Structure::new(situation, budget) {
        Ok(structure) => {
            *in_brief = brief(situation, Some(&structure));
            Some(structure)
        }
        Err(reason) => {
            *completion = Completion::Undecided { reason };
            None
        }
    }
}

/// Ids of the parties with beliefs.
pub fn mistaken(situation: &Situation) -> Vec<String> {
    // Who only takes into account that others are wrong is not wrong.
    let wrong_itself = |b: &Belief| {
        !(b.preferences.is_empty() && b.types.is_empty() && b.parameters.is_empty() && b.impossible.is_empty())
    };
    let of_others =
        |b: &Belief| b.believes.iter().any(|inner| situation.beliefs.iter().all(|o| o.party != inner.party));
    let wrong = situation.beliefs.iter().filter(|b| wrong_itself(b) || of_others(b));
    wrong.map(|b| situation.parties[b.party.index()].id.clone()).collect()
}

/// The state of the status quo.
pub fn status_quo_state(structure: &Structure<'_>) -> Option<StateId> {
    let assignment = structure.situation.status_quo.as_ref()?;
    structure.states.state_at(structure.space.code(&assignment.values) as u32)
}

fn named_views(situation: &Situation, structure: Option<&Structure<'_>>) -> Vec<NamedView> {
    let Some(structure) = structure else { return Vec::new() };
    let point = central_point(situation).expect("checked amounts divide by no zero");
    let columns = Columns::new(situation, &structure.space, &point);
    situation
        .outcomes
        .iter()
        .map(|outcome| {
            let mut set = columns.holds(&outcome.when);
            set.intersect_with(structure.states.feasible());
            NamedView {
                id: outcome.id.clone(),
                name: outcome.name.clone(),
                when: print_expression(situation, &outcome.when),
                feasible: set.count_ones(..) as u64,
            }
        })
        .collect()
}

fn party_view(situation: &Situation, id: PartyId) -> PartyView {
    let party = &situation.parties[id.index()];
    let sets = situation.issues.iter().filter(|issue| match &issue.set_by {
        SetBy::Party(p) => *p == id,
        SetBy::Each(ps) | SetBy::Jointly(ps) => ps.contains(&id),
        SetBy::Nature(_) => false,
    });
    let types = &situation.preferences[id.index()].types;
    let form = |form: &PreferenceForm| match form {
        PreferenceForm::Indifferent => "none",
        PreferenceForm::Worth(_) => "worth",
        PreferenceForm::Priority(_) => "priority",
        PreferenceForm::Ranking(_) | PreferenceForm::Listed(_) => "ranking",
    };
    PartyView {
        id: party.id.clone(),
        name: party.name.clone(),
        sets: sets.map(|i| i.id.clone()).collect(),
        types: types
            .iter()
            .enumerate()
            .filter_map(|(index, variant)| {
                Some(TypeView {
                    id: variant.id.clone()?,
                    name: variant.name.clone(),
                    chance: type_chance(situation, id, index),
                    about: variant.origin.about.clone(),
                })
            })
            .collect(),
        form: types.first().map_or("none", |t| form(&t.form)).to_owned(),
        foresight: party.foresight.map(|f| f.symbol().to_owned()),
    }
}

fn issue_view(situation: &Situation, issue: &detente_scenario::situation::Issue) -> IssueView {
    let names = |ids: &[PartyId]| ids.iter().map(|p| situation.parties[p.index()].id.clone()).collect();
    IssueView {
        id: issue.id.clone(),
        name: issue.name.clone(),
        values: issue.values.iter().map(|v| v.id.clone()).collect(),
        value_names: issue.values.iter().map(|v| v.name.clone()).collect(),
        set_by: match &issue.set_by {
            SetBy::Party(p) => names(&[*p]),
            SetBy::Each(ps) | SetBy::Jointly(ps) => names(ps),
            SetBy::Nature(_) => vec!["nature".into()],
        },
        joint: matches!(issue.set_by, SetBy::Jointly(_)),
        moves: match issue.moves {
            Moves::Free => "free",
            Moves::Forward => "forward",
            Moves::Backward => "backward",
            Moves::Fixed => "fixed",
            Moves::Rules(_) => "rules",
        }
        .to_owned(),
    }
}

/// Ids of the named outcomes that cover an outcome.
pub fn named_at(situation: &Situation, values: &[ValueId]) -> Vec<String> {
    let covers = |when| truth(when, &Point::new(situation, values, &[])) == Truth::True;
    situation.outcomes.iter().filter(|o| covers(&o.when)).map(|o| o.id.clone()).collect()
}

/// Views of outcomes, ascending by number.
pub fn outcome_views(structure: &Structure<'_>, states: &BTreeSet<StateId>) -> Vec<OutcomeView> {
    let situation = structure.situation;
    states
        .iter()
        .map(|state| {
            let values = state_values(structure, *state);
            OutcomeView {
                number: number(*state),
                code: u64::from(structure.states.code(*state)),
                values: pairs(situation, &values),
                named: named_at(situation, &values),
            }
        })
        .collect()
}

/// Issue and value of an outcome, as ids.
pub fn pairs(situation: &Situation, values: &[ValueId]) -> Vec<(String, String)> {
    situation
        .issues
        .iter()
        .zip(values)
        .map(|(issue, value)| (issue.id.clone(), issue.values[value.index()].id.clone()))
        .collect()
}
