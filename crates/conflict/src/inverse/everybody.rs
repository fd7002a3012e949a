//! Orders of one decision maker with which a state is an equilibrium, each of them tried.

use detente_base::{Budget, StopReason};

use super::{Dependence, Nearest, dependence, stay_condition};
use crate::concepts::{Concept, explain};
use crate::model::{DmId, Model, StateId};

/// Most states whose orders are all tried: 8! are 40,320.
const MOST_STATES: usize = 8;

/// What all strict orders of one decision maker do to a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Everybody {
    /// Orders with which everybody stays.
    pub satisfying: u64,
    /// All orders.
    pub all: u64,
    /// One of these that gives up as few preferences as any; `None` if there is none.
    /// It lists every state that the target passes.
    pub nearest: Option<Nearest>,
}

/// Tries every strict order of `free`; the moves and the others' ranks are the model's.
///
/// For SEQ and SSEQ, where the others' verdicts can turn on what `free` likes to do.
/// Orders with ties need not be tried: to put the target on top of its group, and to
/// break other ties, gives up nothing, makes no state better than the target, and adds
/// improvements, which can only keep the others where they are.
///
/// Cost: n! checks of the condition, and for those that pass it one search for each
/// decision maker whose verdict depends on it.
///
/// # Errors
/// When there are more than eight states, or the budget's stopper is raised.
pub fn everybody_stays(
    model: &Model,
    concept: Concept,
    free: DmId,
    target: StateId,
    budget: &Budget,
) -> Result<Everybody, StopReason> {
    let count = model.state_count();
    if count > MOST_STATES {
        return Err(StopReason::TooManyStates { states: count.to_string(), limit: MOST_STATES as u64 });
    }
    let condition = stay_condition(model, concept, free, target, budget)?;
    let mut turning = Vec::new();
    let mut lost = false;
    for dm in model.decision_makers().filter(|dm| *dm != free) {
        match dependence(model, concept, (free, dm), target, budget)? {
            Dependence::Stays => {}
            Dependence::Leaves => lost = true,
            Dependence::Depends => turning.push(dm),
        }
    }
    let given = model.ranks(free);
    let mut found = Everybody { satisfying: 0, all: 0, nearest: None };
    let mut order: Vec<u32> = (0..count as u32).collect();
    loop {
        budget.check()?;
        found.all += 1;
        if !lost && condition.holds_for(&order) && all_stay(model, concept, (free, &order), (target, &turning), budget)?
        {
            found.satisfying += 1;
            let given_up = given_up(given, &order);
            if found.nearest.as_ref().is_none_or(|known| given_up < known.given_up) {
                let passed = passed(given, &order, target);
                found.nearest = Some(Nearest { ranks: order.clone(), given_up, passed });
            }
        }
        if !next_permutation(&mut order) {
            return Ok(found);
        }
    }
}

fn all_stay(
    model: &Model,
    concept: Concept,
    (free, order): (DmId, &[u32]),
    (target, dms): (StateId, &[DmId]),
    budget: &Budget,
) -> Result<bool, StopReason> {
    if dms.is_empty() {
        return Ok(true);
    }
    let mut ranks: Vec<Vec<u32>> = model.decision_makers().map(|dm| model.ranks(dm).to_vec()).collect();
    ranks[free.index()] = order.to_vec();
    let changed = model.with_ranks(ranks).expect("as many ranks as before");
    for dm in dms {
        if !explain(&changed, concept, *dm, target, budget)?.is_stable() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn given_up(before: &[u32], after: &[u32]) -> u64 {
    let mut count = 0;
    for a in 0..before.len() {
        count += (0..before.len()).filter(|b| before[a] > before[*b] && after[a] < after[*b]).count() as u64;
    }
    count
}

fn passed(before: &[u32], after: &[u32], target: StateId) -> Vec<StateId> {
    let at = target.index();
    let mut states: Vec<usize> =
        (0..before.len()).filter(|s| before[*s] > before[at] && after[*s] < after[at]).collect();
    states.sort_by_key(|state| (before[*state], *state));
    states.into_iter().map(StateId::from_index).collect()
}

/// The next order in lexicographic order; false after the last.
fn next_permutation(order: &mut [u32]) -> bool {
    let Some(at) = order.windows(2).rposition(|pair| pair[0] < pair[1]) else { return false };
    let larger = order.iter().rposition(|rank| *rank > order[at]).expect("the next one is larger");
    order.swap(at, larger);
    order[at + 1..].reverse();
    true
}
