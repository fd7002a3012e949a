//! The fewest states to put below E.

use std::collections::BTreeSet;

use detente_base::{Budget, StopReason};
use fixedbitset::FixedBitSet;

use super::Condition;
use crate::model::StateId;

/// Most partial choices that are tried before the search gives up.
const MOST_CASES: usize = 200_000;

/// A smallest set of states to become no better than E.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fewest {
    /// Ascending. No smaller set will do.
    pub states: Vec<StateId>,
}

/// A smallest set T of states from `candidates` such that the condition holds with
/// D ∪ T; `None` when even all of them do not suffice.
///
/// Branch and bound over the clauses that do not hold: the one with the fewest ways to
/// satisfy it is satisfied in each of these ways. Clauses that share no state need one
/// state each at least, which bounds what is still to come.
///
/// # Errors
/// When more cases than the search allows would be needed, or the budget's stopper is
/// raised.
pub fn fewest(
    condition: &Condition,
    no_better: &FixedBitSet,
    candidates: &FixedBitSet,
    budget: &Budget,
) -> Result<Option<Fewest>, StopReason> {
    let clauses: Vec<Vec<Vec<StateId>>> = condition
        .clauses
        .iter()
        .map(|clause| missing(&clause.alternatives, no_better, candidates))
        .filter(|ways| ways.iter().all(|way| !way.is_empty()))
        .collect();
    let mut search = Search { clauses, best: None, seen: BTreeSet::new(), cases: 0, budget };
    search.extend(&mut BTreeSet::new())?;
    Ok(search.best.map(|states| Fewest { states: states.into_iter().collect() }))
}

/// For each alternative that can be had, the states that it lacks.
fn missing(
    alternatives: &[super::Alternative],
    no_better: &FixedBitSet,
    candidates: &FixedBitSet,
) -> Vec<Vec<StateId>> {
    let lacks = |a: &super::Alternative| -> Vec<StateId> {
        a.no_better.iter().copied().filter(|state| !no_better.contains(state.index())).collect()
    };
    alternatives.iter().map(lacks).filter(|way| way.iter().all(|state| candidates.contains(state.index()))).collect()
}

struct Search<'b> {
    clauses: Vec<Vec<Vec<StateId>>>,
    best: Option<BTreeSet<StateId>>,
    seen: BTreeSet<Vec<StateId>>,
    cases: usize,
    budget: &'b Budget,
}

impl Search<'_> {
    fn extend(&mut self, chosen: &mut BTreeSet<StateId>) -> Result<(), StopReason> {
        self.cases += 1;
        if self.cases > MOST_CASES {
            return Err(StopReason::TooManyCases { limit: MOST_CASES as u64 });
        }
        if self.cases.is_multiple_of(1 << 8) {
            self.budget.check()?;
        }
        let open: Vec<usize> = (0..self.clauses.len()).filter(|c| !self.satisfied(*c, chosen)).collect();
        let Some(&next) = open.iter().min_by_key(|c| (self.clauses[**c].len(), **c)) else {
            if self.best.as_ref().is_none_or(|best| chosen.len() < best.len()) {
                self.best = Some(chosen.clone());
            }
            return Ok(());
        };
        let bound = chosen.len() + self.still_needed(&open, chosen);
        if self.best.as_ref().is_some_and(|best| bound >= best.len()) {
            return Ok(());
        }
        if !self.seen.insert(chosen.iter().copied().collect()) {
            return Ok(());
        }
        let mut ways: Vec<Vec<StateId>> = self.clauses[next]
            .iter()
            .map(|way| way.iter().copied().filter(|state| !chosen.contains(state)).collect())
            .collect();
        ways.sort_by_key(|way: &Vec<StateId>| (way.len(), self.unhelpful(&open, way), way.clone()));
        for way in ways {
            chosen.extend(way.iter().copied());
            self.extend(chosen)?;
            way.iter().for_each(|state| {
                chosen.remove(state);
            });
        }
        Ok(())
    }

    fn satisfied(&self, clause: usize, chosen: &BTreeSet<StateId>) -> bool {
        self.clauses[clause].iter().any(|way| way.iter().all(|state| chosen.contains(state)))
    }

    /// Open clauses in which none of the states occurs.
    fn unhelpful(&self, open: &[usize], way: &[StateId]) -> usize {
        open.iter().filter(|c| !self.clauses[**c].iter().flatten().any(|state| way.contains(state))).count()
    }

    /// States that open clauses without common states need at least.
    fn still_needed(&self, open: &[usize], chosen: &BTreeSet<StateId>) -> usize {
        let mut taken: BTreeSet<StateId> = BTreeSet::new();
        let mut needed = 0;
        for clause in open {
            let lacking = |way: &Vec<StateId>| way.iter().filter(|state| !chosen.contains(state)).count();
            let states: Vec<StateId> = self.clauses[*clause].iter().flatten().copied().collect();
            if states.iter().any(|state| !chosen.contains(state) && taken.contains(state)) {
                continue;
            }
            needed += self.clauses[*clause].iter().map(lacking).min().unwrap_or(0);
            taken.extend(states);
        }
        needed
    }
}
