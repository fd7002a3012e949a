//! Why a verdict holds, as data.

use std::collections::BTreeMap;

use detente_base::{Budget, StopReason};

use super::{Judgement, Terms};
use crate::concepts::Concept;
use crate::model::{DmId, Model, StateId};
use crate::moves::moves;
use crate::reach::Step;

/// Why a state is stable, or not, for one decision maker i.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PairwiseEvidence {
    /// Every tempting move is answered; without tempting moves the list is empty.
    Stable {
        /// One for each tempting move, ascending.
        answered: Vec<Answered>,
    },
    /// A tempting move is not answered.
    Unstable {
        /// The first of them, by number of the state that it leads to.
        tempting: StateId,
        /// Number of states to which the others can lead from it; 0 under R.
        replies: usize,
        /// The nearest answer that is not enough, one that deters but leaves a way out
        /// if there is one; `None` when the others cannot or would not move.
        failing: Option<Failing>,
    },
}

/// A tempting move and an answer that deters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Where the move leads.
    pub tempting: StateId,
    /// A shortest legal sequence of the others, at least one step.
    pub path: Vec<Step>,
    /// Where it ends.
    pub result: StateId,
}

/// An answer that is not enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failing {
    /// A shortest legal sequence of the others, at least one step.
    pub path: Vec<Step>,
    /// Where it ends.
    pub result: StateId,
    /// Where i gets out to, if the result itself deters; the first by number.
    pub way_out: Option<StateId>,
}

impl PairwiseEvidence {
    /// The verdict.
    pub fn is_stable(&self) -> bool {
        matches!(self, Self::Stable { .. })
    }
}

/// Finds out whether a state is stable for a decision maker, and why.
///
/// Cost: O(t·(d·n·e + n·e)) time in the worst case; t tempting moves, d decision
/// makers, n states, e moves of a decision maker from a state.
///
/// # Errors
/// When the budget's stopper is raised.
///
/// # Panics
/// If the concept is not one of [`super::CONCEPTS`].
pub fn explain(
    model: &Model,
    judgement: &(impl Judgement + ?Sized),
    concept: Concept,
    (dm, state): (DmId, StateId),
    budget: &Budget,
) -> Result<PairwiseEvidence, StopReason> {
    let case = Case { model, judgement, terms: Terms::of(concept), dm, state, budget };
    let mut answered = Vec::new();
    for tempting in moves(model, dm, state).into_iter().filter(|to| judgement.tempts(dm, *to, state)) {
        match case.answer(tempting)? {
            Ok(found) => answered.push(found),
            Err((replies, failing)) => return Ok(PairwiseEvidence::Unstable { tempting, replies, failing }),
        }
    }
    Ok(PairwiseEvidence::Stable { answered })
}

struct Case<'a, J: ?Sized> {
    model: &'a Model,
    judgement: &'a J,
    terms: Terms,
    dm: DmId,
    state: StateId,
    budget: &'a Budget,
}

/// What an answer is worth.
enum Worth {
    Enough,
    LeavesWayOut(StateId),
    DoesNotDeter,
}

type Unanswered = (usize, Option<Failing>);

impl<J: Judgement + ?Sized> Case<'_, J> {
    fn answer(&self, tempting: StateId) -> Result<Result<Answered, Unanswered>, StopReason> {
        if !self.terms.answers {
            return Ok(Err((0, None)));
        }
        let mut search = Search::from(tempting);
        // By result; the first way to it is a shortest one.
        let mut results: BTreeMap<StateId, usize> = BTreeMap::new();
        let mut failing: Option<(usize, Option<StateId>)> = None;
        while let Some(level) = self.next_level(&mut search)? {
            let mut enough: Option<usize> = None;
            for position in level {
                let result = search.positions[position].0;
                if results.contains_key(&result) {
                    continue;
                }
                results.insert(result, position);
                match self.worth(result) {
                    Worth::Enough if enough.is_none_or(|best| result < search.positions[best].0) => {
                        enough = Some(position);
                    }
                    Worth::LeavesWayOut(way) if failing.is_none_or(|(_, found)| found.is_none()) => {
                        failing = Some((position, Some(way)));
                    }
                    Worth::DoesNotDeter if failing.is_none() => failing = Some((position, None)),
                    _ => {}
                }
            }
            if let Some(position) = enough {
                let result = search.positions[position].0;
                return Ok(Ok(Answered { tempting, path: search.path(position), result }));
            }
        }
        let failing = failing.map(|(position, way_out)| Failing {
            path: search.path(position),
            result: search.positions[position].0,
            way_out,
        });
        Ok(Err((results.len(), failing)))
    }

    fn worth(&self, result: StateId) -> Worth {
        if !self.judgement.deters(self.dm, result, self.state) {
            return Worth::DoesNotDeter;
        }
        if !self.terms.escapes {
            return Worth::Enough;
        }
        let counts = |way: &StateId| self.judgement.escapes(self.dm, *way, self.state);
        match moves(self.model, self.dm, result).into_iter().find(counts) {
            Some(way) => Worth::LeavesWayOut(way),
            None => Worth::Enough,
        }
    }

    /// Positions one step further than the last ones.
    fn next_level(&self, search: &mut Search) -> Result<Option<std::ops::Range<usize>>, StopReason> {
        let level = search.next..search.positions.len();
        search.next = level.end;
        for position in level.clone() {
            self.budget.check()?;
            let (state, last, _) = search.positions[position];
            for mover in self.model.decision_makers().filter(|mover| *mover != self.dm && Some(*mover) != last) {
                for to in moves(self.model, mover, state) {
                    if !self.terms.credible || self.judgement.credible(mover, to, state) {
                        search.meet(to, mover, position);
                    }
                }
            }
        }
        let found = level.end..search.positions.len();
        Ok((!found.is_empty()).then_some(found))
    }
}

/// A breadth-first search over pairs (state, last mover).
struct Search {
    /// State, last mover and position before; the start first.
    positions: Vec<(StateId, Option<DmId>, usize)>,
    met: std::collections::BTreeSet<(StateId, DmId)>,
    next: usize,
}

impl Search {
    fn from(state: StateId) -> Self {
        Self { positions: vec![(state, None, 0)], met: std::collections::BTreeSet::new(), next: 0 }
    }

    fn meet(&mut self, state: StateId, mover: DmId, before: usize) {
        if self.met.insert((state, mover)) {
            self.positions.push((state, Some(mover), before));
        }
    }

    fn path(&self, mut position: usize) -> Vec<Step> {
        let mut steps = Vec::new();
        while let (to, Some(mover), before) = self.positions[position] {
            steps.push(Step { mover, to });
            position = before;
        }
        steps.reverse();
        steps
    }
}
