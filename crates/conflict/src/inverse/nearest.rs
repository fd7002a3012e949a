//! The nearest order that satisfies a condition.

use std::collections::BTreeMap;

use detente_base::{Budget, StopReason};

use super::condition::no_better;
use super::{Condition, fewest};
use crate::model::StateId;

/// An order that satisfies a condition, as close to a given one as any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// Its ranks: larger is better, equal is a tie.
    pub ranks: Vec<u32>,
    /// Strict preferences of the given order that it does not have: the distance.
    pub given_up: u64,
    /// The states that E passes, in the given order from the least good.
    pub passed: Vec<StateId>,
}

/// The order nearest to the given one that satisfies a condition.
///
/// d(P, P′) = |{(a, b): P(a) > P(b), P′(a) ≤ P′(b)}|: the strict preferences that are
/// given up. Ties of P may be broken at will. Between strict orders d is the number of
/// reversed pairs, Kendall's τ.
///
/// E is raised past the states above it, level by level from the least good, until the
/// condition holds; of the last level it passes as few as possible. No order is nearer:
/// let that level be L. By monotonicity every satisfying order puts some t of L, or
/// above L, no higher than E. Each state b strictly between E and t is then below or
/// beside E, or above or beside t, which gives up (b, E) or (t, b); and each such t
/// gives up (t, E).
///
/// Source: own; distance `[Kendall1938]`. Cost: O(n log n) and one search for a
/// smallest set within a level.
///
/// # Errors
/// When that search gives up, or the budget's stopper is raised.
///
/// # Panics
/// If there are fewer ranks than states.
pub fn nearest(condition: &Condition, ranks: &[u32], budget: &Budget) -> Result<Nearest, StopReason> {
    let target = condition.target;
    let mut below = no_better(ranks, target);
    if condition.holds(&below) {
        return Ok(Nearest { ranks: ranks.to_vec(), given_up: 0, passed: Vec::new() });
    }
    let mut levels: BTreeMap<u32, Vec<StateId>> = BTreeMap::new();
    for (state, rank) in ranks.iter().enumerate().filter(|(_, rank)| **rank > ranks[target.index()]) {
        levels.entry(*rank).or_default().push(StateId::from_index(state));
    }
    let mut passed: Vec<StateId> = Vec::new();
    for level in levels.into_values() {
        budget.check()?;
        let mut with_level = below.clone();
        with_level.extend(level.iter().map(|state| state.index()));
        if condition.holds(&with_level) {
            let mut candidates = with_level;
            candidates.difference_with(&below);
            let few = fewest(condition, &below, &candidates, budget)?.expect("the whole level suffices");
            let last = few.states;
            let given_up = (passed.len() + last.len()) as u64;
            let ranks = raised(ranks, target, &passed, &last);
            passed.extend(last);
            return Ok(Nearest { ranks, given_up, passed });
        }
        passed.extend(level);
        below = with_level;
    }
    unreachable!("with E at the top nothing is an improvement, so that every clause holds")
}

/// Ranks with E above all of `passed` and of `last`, and `last` below the rest of its
/// level.
fn raised(ranks: &[u32], target: StateId, passed: &[StateId], last: &[StateId]) -> Vec<u32> {
    let top = last.iter().chain(passed).map(|state| ranks[state.index()]).max().expect("E passes a state");
    let mut keys: Vec<(u32, u8)> = ranks.iter().map(|rank| (*rank, if *rank == top { 2 } else { 0 })).collect();
    for state in last {
        keys[state.index()] = (top, 0);
    }
    keys[target.index()] = (top, 1);
    crate::model::ranks_from_scores(&keys)
}
