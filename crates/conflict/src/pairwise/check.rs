//! Is a verdict right? Answered from the definitions and the evidence alone.

use std::collections::BTreeSet;

use super::{Answered, Failing, Judgement, PairwiseEvidence};
use crate::check::CheckFailure;
use crate::check::naive;
use crate::concepts::Concept;
use crate::model::{DmId, Model, StateId};
use crate::reach::Step;

/// What is wrong with a verdict or its evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PairwiseFailure {
    /// The answers are not one for each tempting move.
    #[error("the answers are not one for each tempting move")]
    WrongAnswers,
    /// The move named is not one that tempts.
    #[error("{tempting:?} is not a tempting move")]
    NotTempting {
        /// Where it leads.
        tempting: StateId,
    },
    /// A path is no legal sequence of the others to the result named.
    #[error("a reply is wrong: {0}")]
    WrongPath(#[from] CheckFailure),
    /// A step that its mover would not take.
    #[error("step {index} is not credible")]
    NotCredible {
        /// The step, from 0.
        index: usize,
    },
    /// The result of an answer does not deter, or leaves a way out.
    #[error("the answer that leads to {result:?} is not enough")]
    NotEnough {
        /// Where it leads.
        result: StateId,
    },
    /// The tempting move is answered after all.
    #[error("the others can answer by leading to {result:?}")]
    AnswerExists {
        /// Where they lead.
        result: StateId,
    },
    /// The answers were not counted right.
    #[error("the others can lead to {found} states")]
    WrongCount {
        /// The right number.
        found: usize,
    },
    /// The way out named is none, or one is missing.
    #[error("the way out named is wrong")]
    WrongWayOut,
}

/// Checks a verdict and its evidence against the definition of the concept.
///
/// Cost: for an unstable state all legal sequences of the others are tried.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify(
    model: &Model,
    judgement: &(impl Judgement + ?Sized),
    concept: Concept,
    (dm, state): (DmId, StateId),
    evidence: &PairwiseEvidence,
) -> Result<(), PairwiseFailure> {
    let claim = Claim { model, judgement, concept, dm, state };
    match evidence {
        PairwiseEvidence::Stable { answered } => claim.check_stable(answered),
        PairwiseEvidence::Unstable { tempting, replies, failing } => {
            claim.check_unstable(*tempting, *replies, failing.as_ref())
        }
    }
}

struct Claim<'a, J: ?Sized> {
    model: &'a Model,
    judgement: &'a J,
    concept: Concept,
    dm: DmId,
    state: StateId,
}

impl<J: Judgement + ?Sized> Claim<'_, J> {
    fn check_stable(&self, answered: &[Answered]) -> Result<(), PairwiseFailure> {
        let listed: BTreeSet<StateId> = answered.iter().map(|answer| answer.tempting).collect();
        let mut tempting = naive::all_moves(self.model, self.dm, self.state);
        tempting.retain(|to| self.judgement.tempts(self.dm, *to, self.state));
        if listed.len() != answered.len() || listed != tempting {
            return Err(PairwiseFailure::WrongAnswers);
        }
        if self.concept == Concept::Nash && !answered.is_empty() {
            return Err(PairwiseFailure::WrongAnswers);
        }
        for answer in answered {
            self.check_path(answer.tempting, &answer.path, answer.result)?;
            if !self.is_enough(answer.result) {
                return Err(PairwiseFailure::NotEnough { result: answer.result });
            }
        }
        Ok(())
    }

    fn check_unstable(
        &self,
        tempting: StateId,
        replies: usize,
        failing: Option<&Failing>,
    ) -> Result<(), PairwiseFailure> {
        let exists = tempting.index() < self.model.state_count();
        if !exists
            || !naive::is_move(self.model, self.dm, self.state, tempting)
            || !self.judgement.tempts(self.dm, tempting, self.state)
        {
            return Err(PairwiseFailure::NotTempting { tempting });
        }
        let results = if self.concept == Concept::Nash { BTreeSet::new() } else { self.results(tempting) };
        if let Some(result) = results.iter().copied().find(|result| self.is_enough(*result)) {
            return Err(PairwiseFailure::AnswerExists { result });
        }
        if results.len() != replies || failing.is_some() == results.is_empty() {
            return Err(PairwiseFailure::WrongCount { found: results.len() });
        }
        failing.map_or(Ok(()), |failing| self.check_failing(tempting, failing))
    }

    fn check_failing(&self, tempting: StateId, failing: &Failing) -> Result<(), PairwiseFailure> {
        self.check_path(tempting, &failing.path, failing.result)?;
        let is_right = match failing.way_out {
            None => !self.judgement.deters(self.dm, failing.result, self.state),
            Some(way) => {
                way.index() < self.model.state_count()
                    && self.looks_for_ways_out()
                    && self.judgement.deters(self.dm, failing.result, self.state)
                    && naive::is_move(self.model, self.dm, failing.result, way)
                    && self.judgement.escapes(self.dm, way, self.state)
            }
        };
        if is_right { Ok(()) } else { Err(PairwiseFailure::WrongWayOut) }
    }

    fn check_path(&self, from: StateId, path: &[Step], result: StateId) -> Result<(), PairwiseFailure> {
        if let Some(index) = path.iter().position(|step| step.mover == self.dm) {
            return Err(CheckFailure::MovesItself { index }.into());
        }
        naive::check_steps(self.model, from, path, false)?;
        let last = path.last().ok_or(CheckFailure::EmptyReply)?;
        if last.to != result {
            return Err(CheckFailure::WrongResult.into());
        }
        let mut at = from;
        for (index, step) in path.iter().enumerate() {
            if self.steps_are_credible() && !self.judgement.credible(step.mover, step.to, at) {
                return Err(PairwiseFailure::NotCredible { index });
            }
            at = step.to;
        }
        Ok(())
    }

    /// Ends of all legal sequences of the others of at least one step.
    fn results(&self, from: StateId) -> BTreeSet<StateId> {
        let mut positions: BTreeSet<(StateId, DmId)> = BTreeSet::new();
        let mut open = vec![(from, None)];
        while let Some((at, last)) = open.pop() {
            for mover in self.model.decision_makers().filter(|mover| *mover != self.dm && Some(*mover) != last) {
                for to in naive::all_moves(self.model, mover, at) {
                    let counts = !self.steps_are_credible() || self.judgement.credible(mover, to, at);
                    if counts && positions.insert((to, mover)) {
                        open.push((to, Some(mover)));
                    }
                }
            }
        }
        positions.into_iter().map(|(state, _)| state).collect()
    }

    fn is_enough(&self, result: StateId) -> bool {
        let ways_out = || naive::all_moves(self.model, self.dm, result);
        self.judgement.deters(self.dm, result, self.state)
            && !(self.looks_for_ways_out()
                && ways_out().iter().any(|way| self.judgement.escapes(self.dm, *way, self.state)))
    }

    fn steps_are_credible(&self) -> bool {
        matches!(self.concept, Concept::Sequential | Concept::SymmetricSequential)
    }

    fn looks_for_ways_out(&self) -> bool {
        matches!(self.concept, Concept::SymmetricMetarational | Concept::SymmetricSequential)
    }
}
