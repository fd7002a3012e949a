//! One verdict with its evidence.

use std::collections::BTreeSet;

use super::naive;
use crate::concepts::{Evidence, Reply, Sanction};
use crate::model::{DmId, Model, StateId};

/// What is wrong with a verdict or its evidence. Step numbers count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CheckFailure {
    /// The evidence is for the opposite verdict.
    #[error("the evidence is for the opposite verdict")]
    VerdictDiffers,
    /// A state or decision maker does not exist.
    #[error("the evidence names a state or a decision maker that does not exist")]
    UnknownName,
    /// The improvement is no improving move of the decision maker.
    #[error("{improvement:?} is not an improving move")]
    NotAnImprovement {
        /// The state.
        improvement: StateId,
    },
    /// The sanctions are not one for each improvement.
    #[error("the sanctions are not one for each improvement")]
    WrongSanctions,
    /// A reply without steps.
    #[error("a reply has no steps")]
    EmptyReply,
    /// The last step does not lead to the result.
    #[error("a reply does not lead to the state it names")]
    WrongResult,
    /// A step that is no move of its mover.
    #[error("step {index} is not a move of its mover")]
    NotAMove {
        /// The step.
        index: usize,
    },
    /// A step that does not improve for its mover, where it should.
    #[error("step {index} does not improve for its mover")]
    NotAnImprovingStep {
        /// The step.
        index: usize,
    },
    /// A mover who moved in the step before.
    #[error("the mover of step {index} moves twice in a row")]
    MovesTwice {
        /// The step.
        index: usize,
    },
    /// A step of the decision maker whose stability is in question.
    #[error("step {index} is a move of the decision maker itself")]
    MovesItself {
        /// The step.
        index: usize,
    },
    /// The result of a sanction is better than the state.
    #[error("the result of a sanction is better than the state")]
    ResultIsBetter,
    /// The decision maker escapes from a sanction to a better state.
    #[error("the decision maker can escape from a sanction to {escape:?}")]
    EscapesToBetter {
        /// The better state.
        escape: StateId,
    },
    /// The escape named is not a best move from the result.
    #[error("the escape named is not a best move from the result")]
    WrongEscape,
    /// The improvement of an unstable state is sanctioned after all.
    #[error("the others can answer the improvement by leading to {result:?}")]
    SanctionExists {
        /// Where they lead.
        result: StateId,
    },
    /// An unsanctioned improvement better than the one named.
    #[error("{improvement:?} is better and has no sanction either")]
    BetterImprovement {
        /// The better one.
        improvement: StateId,
    },
    /// The replies to an improvement were not counted right.
    #[error("the others can lead to {found} states")]
    WrongCount {
        /// The right number.
        found: usize,
    },
    /// The reply named is not the worst one for the decision maker.
    #[error("the others can do worse to the decision maker than the reply named")]
    NotTheWorstReply,
    /// The end of a play is no better than the state, where it should be.
    #[error("the end of a play is no better than the state")]
    ResultIsNoBetter,
    /// A step of a play that is not the best for its mover.
    #[error("step {index} is not the best move of its mover")]
    NotTheBestMove {
        /// The step.
        index: usize,
    },
    /// The horizons are not those of the concept.
    #[error("the evidence is for other horizons")]
    WrongHorizons,
    /// The anticipations do not repeat as named.
    #[error("the anticipations do not repeat as named")]
    WrongCycle,
}

/// A verdict to be checked; which one, the evidence says.
pub(crate) struct Claim<'a> {
    pub(crate) model: &'a Model,
    pub(crate) dm: DmId,
    pub(crate) state: StateId,
    pub(crate) evidence: &'a Evidence,
}

/// What a reply must be under a concept.
#[derive(Clone, Copy)]
pub(crate) struct Terms {
    /// Whether each step must improve for its mover.
    pub(crate) steps_improve: bool,
    /// Whether the decision maker may escape from the result.
    pub(crate) escapes_count: bool,
}

impl Claim<'_> {
    /// For a concept under which every improvement makes unstable.
    pub(crate) fn verify_without_replies(&self) -> Result<(), CheckFailure> {
        match self.evidence {
            Evidence::Stable { sanctions } => self.check_sanctioned(sanctions, |_| Err(CheckFailure::WrongSanctions)),
            Evidence::Unstable { improvement, reachable, worst_reply } => {
                self.check_improvement(*improvement)?;
                if *reachable != 0 || worst_reply.is_some() {
                    return Err(CheckFailure::WrongCount { found: 0 });
                }
                self.check_no_better(*improvement, |_| None)
            }
        }
    }

    /// For a concept under which replies deter.
    pub(crate) fn verify_replies(&self, terms: Terms) -> Result<(), CheckFailure> {
        match self.evidence {
            Evidence::Stable { sanctions } => {
                self.check_sanctioned(sanctions, |sanction| self.check_sanction(sanction, terms))
            }
            Evidence::Unstable { improvement, reachable, worst_reply } => {
                self.check_improvement(*improvement)?;
                let mut results = naive::replies(self.model, self.dm, *improvement, terms.steps_improve);
                results.remove(improvement);
                if let Some(result) = self.sanction_among(&results, terms) {
                    return Err(CheckFailure::SanctionExists { result });
                }
                self.check_worst_reply(*improvement, &results, *reachable, worst_reply.as_ref(), terms)?;
                self.check_no_better(*improvement, |better| {
                    let results = naive::replies(self.model, self.dm, better, terms.steps_improve);
                    self.sanction_among(&results, terms)
                })
            }
        }
    }

    fn check_sanctioned(
        &self,
        sanctions: &[Sanction],
        check: impl Fn(&Sanction) -> Result<(), CheckFailure>,
    ) -> Result<(), CheckFailure> {
        let listed: BTreeSet<StateId> = sanctions.iter().map(|sanction| sanction.improvement).collect();
        if listed.len() != sanctions.len() || listed != self.improvements() {
            return Err(CheckFailure::WrongSanctions);
        }
        sanctions.iter().try_for_each(check)
    }

    fn check_sanction(&self, sanction: &Sanction, terms: Terms) -> Result<(), CheckFailure> {
        let reply = &sanction.reply;
        self.check_reply(sanction.improvement, reply, terms)?;
        if self.rank(reply.result) > self.rank(self.state) {
            return Err(CheckFailure::ResultIsBetter);
        }
        if terms.escapes_count
            && let Some(escape) = self.moves(reply.result).into_iter().find(|to| self.rank(*to) > self.rank(self.state))
        {
            return Err(CheckFailure::EscapesToBetter { escape });
        }
        Ok(())
    }

    fn check_reply(&self, from: StateId, reply: &Reply, terms: Terms) -> Result<(), CheckFailure> {
        if let Some(index) = reply.path.iter().position(|step| step.mover == self.dm) {
            return Err(CheckFailure::MovesItself { index });
        }
        naive::check_steps(self.model, from, &reply.path, terms.steps_improve)?;
        let last = reply.path.last().ok_or(CheckFailure::EmptyReply)?;
        if last.to != reply.result {
            return Err(CheckFailure::WrongResult);
        }
        let best = if terms.escapes_count { self.best_move(reply.result) } else { None };
        let named = reply.escape.filter(|escape| escape.index() < self.model.state_count());
        let is_best = match (named, best) {
            (Some(named), Some(best)) => {
                naive::is_move(self.model, self.dm, reply.result, named) && self.rank(named) == best
            }
            (None, None) => reply.escape.is_none(),
            _ => false,
        };
        if is_best { Ok(()) } else { Err(CheckFailure::WrongEscape) }
    }

    fn check_improvement(&self, improvement: StateId) -> Result<(), CheckFailure> {
        if improvement.index() >= self.model.state_count() {
            return Err(CheckFailure::UnknownName);
        }
        if naive::is_improvement(self.model, self.dm, self.state, improvement) {
            Ok(())
        } else {
            Err(CheckFailure::NotAnImprovement { improvement })
        }
    }

    fn check_worst_reply(
        &self,
        improvement: StateId,
        results: &BTreeSet<StateId>,
        reachable: usize,
        worst_reply: Option<&Reply>,
        terms: Terms,
    ) -> Result<(), CheckFailure> {
        if results.len() != reachable || worst_reply.is_none() != results.is_empty() {
            return Err(CheckFailure::WrongCount { found: results.len() });
        }
        let Some(reply) = worst_reply else {
            return Ok(());
        };
        self.check_reply(improvement, reply, terms)?;
        let least = results.iter().map(|result| self.outcome(*result, terms)).min();
        if least == Some(self.outcome(reply.result, terms)) { Ok(()) } else { Err(CheckFailure::NotTheWorstReply) }
    }

    /// No improvement better than the one named lacks a sanction.
    fn check_no_better(
        &self,
        named: StateId,
        sanction: impl Fn(StateId) -> Option<StateId>,
    ) -> Result<(), CheckFailure> {
        let better = |other: &StateId| self.rank(*other) > self.rank(named);
        match self.improvements().into_iter().filter(better).find(|other| sanction(*other).is_none()) {
            Some(improvement) => Err(CheckFailure::BetterImprovement { improvement }),
            None => Ok(()),
        }
    }

    fn sanction_among(&self, results: &BTreeSet<StateId>, terms: Terms) -> Option<StateId> {
        results.iter().copied().find(|result| self.outcome(*result, terms) <= self.rank(self.state))
    }

    fn outcome(&self, result: StateId, terms: Terms) -> u32 {
        let escape = if terms.escapes_count { self.best_move(result) } else { None };
        self.rank(result).max(escape.unwrap_or(0))
    }

    fn best_move(&self, from: StateId) -> Option<u32> {
        self.moves(from).into_iter().map(|to| self.rank(to)).max()
    }

    fn improvements(&self) -> BTreeSet<StateId> {
        let mut states = self.moves(self.state);
        states.retain(|to| self.rank(*to) > self.rank(self.state));
        states
    }

    fn moves(&self, from: StateId) -> BTreeSet<StateId> {
        naive::all_moves(self.model, self.dm, from)
    }

    fn rank(&self, state: StateId) -> u32 {
        self.model.rank(self.dm, state)
    }
}
