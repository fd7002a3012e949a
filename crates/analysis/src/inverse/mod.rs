//! Which preferences would make an outcome hold.
//!
//! For each concept and each party that would leave: the condition on its order, the
//! number of orders that satisfy it, and the nearest one, each solved again before it
//! is reported (`party`).

mod answer;
mod numbers;
mod party;

pub use answer::*;

use std::collections::BTreeSet;

use detente_base::{Budget, SourceText, StopReason};
use detente_conflict::{DmId, Model, StateId, explain};
use detente_scenario::expr::eval::central_point;
use detente_scenario::situation::{ParameterId, Situation};

use crate::ask::{AskError, FORMAT, MAX_PROFILES, Options, party_of, solve_profile, with_options};
use crate::close::{CONCEPTS, Solved, number};
use crate::find::find_outcomes;
use crate::overview::{brief, listing, outcome_views};
use crate::profile::profiles;
use crate::readings::nuance_views;
use crate::report::Completion;
use party::{Inquiry, PartyResult};

/// What is asked to hold, and whose preferences may change.
#[derive(Clone, Debug, Default)]
pub struct MakeQuestion {
    /// The outcome: its number, a name of the file, or a condition.
    pub outcome: String,
    /// Ids of the parties whose preferences are free; those that would leave if empty.
    pub parties: Vec<String>,
    /// Names of numbers to look at together; those on which a verdict turns if empty.
    pub over: Vec<String>,
}

/// Most numbers that are looked at together.
const MOST_NUMBERS: usize = 4;

/// Which preferences would make an outcome hold.
///
/// # Errors
/// When the options or the question name something that the situation does not have.
pub fn make(
    source: &SourceText,
    situation: &Situation,
    question: &MakeQuestion,
    options: &Options,
    budget: &Budget,
) -> Result<MakeAnswer, AskError> {
    let situation = &with_options(situation, options)?;
    let free: Vec<DmId> =
        (question.parties.iter()).map(|id| party_of(situation, id).map(DmId::from_index)).collect::<Result<_, _>>()?;
    let over = numbers::named(situation, &question.over)?;
    let mut answer = MakeAnswer {
        format: FORMAT,
        situation: brief(situation, None),
        set_aside: nuance_views(situation, source),
        asked: question.outcome.clone(),
        completion: Completion::Complete,
        outcomes: Vec::new(),
        moves_need_consent: false,
        profiles: Vec::new(),
    };
    let Some(structure) = listing(situation, (&mut answer.situation, &mut answer.completion), budget) else {
        return Ok(answer);
    };
    answer.moves_need_consent = structure.needs_consent();
    let targets = find_outcomes(&structure, &question.outcome)?;
    let point = central_point(situation).expect("checked amounts divide by no zero");
    let mut mentioned: BTreeSet<StateId> = BTreeSet::new();
    for profile in profiles(situation, MAX_PROFILES) {
        let mut view = MakeProfile {
            types: profile.named_types(situation),
            completion: Completion::Complete,
            targets: Vec::new(),
            targets_left_out: 0,
        };
        let done = solve_profile(&structure, &profile, &point, budget)
            .and_then(|solved| fill_profile(&mut view, &solved, &targets, (&free, &over, options.list_limit), budget));
        if let Err(reason) = done {
            answer.completion = Completion::Undecided { reason: reason.clone() };
            view.completion = Completion::Undecided { reason };
        }
        view.targets.iter().for_each(|target| mention(target, &mut mentioned));
        answer.profiles.push(view);
    }
    if let Some(status_quo) = answer.situation.status_quo {
        mentioned.insert(StateId(status_quo - 1));
    }
    answer.outcomes = outcome_views(&structure, &mentioned);
    Ok(answer)
}

fn fill_profile(
    view: &mut MakeProfile,
    solved: &Solved<'_>,
    targets: &[StateId],
    (free, over, limit): (&[DmId], &[ParameterId], usize),
    budget: &Budget,
) -> Result<(), StopReason> {
    // Those that fewest parties would leave come first.
    let leaving = |state: &StateId| {
        let leave =
            |concept| solved.model.decision_makers().filter(move |dm| !solved.solution.is_stable(concept, *dm, *state));
        CONCEPTS.iter().map(|concept| leave(*concept).count()).sum::<usize>()
    };
    let mut order: Vec<StateId> = targets.to_vec();
    order.sort_by_key(|state| (leaving(state), *state));
    view.targets_left_out = order.len().saturating_sub(limit) as u64;
    for target in order.into_iter().take(limit) {
        view.targets.push(make_target(solved, target, free, budget)?);
    }
    let cost = |target: &MakeTarget| {
        let sequential = target.concepts.iter().find(|c| c.concept == "SEQ");
        sequential.and_then(|c| c.together.as_ref().map(|t| (!t.holds, t.given_up))).unwrap_or((false, 0))
    };
    view.targets.sort_by_key(|target| (cost(target), target.outcome));
    if let Some(first) = view.targets.first_mut() {
        first.numbers = numbers::numbers(solved, StateId(first.outcome - 1), over, budget)?;
    }
    Ok(())
}

fn make_target(solved: &Solved<'_>, target: StateId, free: &[DmId], budget: &Budget) -> Result<MakeTarget, StopReason> {
    let mut concepts = Vec::new();
    for concept in CONCEPTS {
        budget.check()?;
        let stays = |dm: &DmId| solved.solution.is_stable(concept, *dm, target);
        let leaving: Vec<DmId> = solved.model.decision_makers().filter(|dm| !stays(dm)).collect();
        let asked: Vec<DmId> = if free.is_empty() { leaving.clone() } else { free.to_vec() };
        let inquiry = Inquiry { solved, concept, target };
        let results: Vec<PartyResult> = asked.iter().map(|dm| inquiry.party(*dm, budget)).collect::<Result<_, _>>()?;
        let together = if leaving.iter().all(|dm| asked.contains(dm)) && !leaving.is_empty() {
            together(&inquiry, &leaving, &results, budget)?
        } else {
            None
        };
        concepts.push(MakeConcept {
            concept: concept.symbol().to_owned(),
            holds: leaving.is_empty(),
            parties: results.into_iter().map(|result| result.view).collect(),
            together,
        });
    }
    Ok(MakeTarget { outcome: number(target), holds: solved.holds_under(target), concepts, numbers: None })
}

/// Solves again with the nearest order of every party that would leave.
fn together(
    inquiry: &Inquiry<'_, '_>,
    leaving: &[DmId],
    results: &[PartyResult],
    budget: &Budget,
) -> Result<Option<Together>, StopReason> {
    let model = &inquiry.solved.model;
    let mut ranks: Vec<Vec<u32>> = model.decision_makers().map(|dm| model.ranks(dm).to_vec()).collect();
    let mut given_up = 0;
    for result in results.iter().filter(|result| leaving.contains(&result.dm)) {
        let Some(nearest) = &result.nearest else { return Ok(None) };
        ranks[result.dm.index()].clone_from(&nearest.ranks);
        given_up += nearest.given_up;
    }
    let changed = model.with_ranks(ranks.clone()).expect("as many ranks as before");
    let holds = all_stay(inquiry, &changed, budget)?;
    let structure = inquiry.solved.structure;
    let holds_with_consent = if structure.needs_consent() {
        Some(all_stay(inquiry, &structure.model(ranks, budget)?, budget)?)
    } else {
        None
    };
    Ok(Some(Together { given_up, holds, holds_with_consent }))
}

fn all_stay(inquiry: &Inquiry<'_, '_>, model: &Model, budget: &Budget) -> Result<bool, StopReason> {
    for dm in model.decision_makers() {
        if !explain(model, inquiry.concept, dm, inquiry.target, budget)?.is_stable() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn mention(target: &MakeTarget, mentioned: &mut BTreeSet<StateId>) {
    let mut note = |number: &u32| {
        mentioned.insert(StateId(number - 1));
    };
    note(&target.outcome);
    for party in target.concepts.iter().flat_map(|c| &c.parties) {
        for condition in &party.conditions {
            note(&condition.improvement);
            condition.any_of.iter().flat_map(|a| a.sanction.iter().chain(&a.no_better)).for_each(&mut note);
        }
        party.nearest.iter().chain(&party.fewest).flat_map(|c| &c.passed).for_each(&mut note);
        party.everybody.iter().flat_map(|e| &e.passed).for_each(&mut note);
    }
}
