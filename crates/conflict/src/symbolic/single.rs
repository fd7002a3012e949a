//! One state at a time: whether it is stable, and why.
//!
//! With the state fixed, what is better than it is a set and not a relation. So this is
//! answered long after the whole set of stable states has become too large to find.

use biodivine_lib_bdd::Bdd;
use detente_base::{Budget, StopReason};

use super::local::{Local, Step};
use super::model::SymbolicModel;
use super::set::StateSet;
use super::stable::Work;
use crate::concepts::Concept;
use crate::moves::MoveKind;

/// Whether a state is stable for a decision maker under a concept, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The improvements of the decision maker.
    pub improvements: StateSet,
    /// Those that the others cannot or would not answer; none iff the state is stable.
    pub unanswered: StateSet,
    /// The improvement that it likes best: of those without answer, if there are any.
    pub best: Option<Improvement>,
}

/// An improvement, and what would come of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Improvement {
    /// Where it leads.
    pub to: Vec<u32>,
    /// The shortest sequence of the others that makes it pointless; `None` when there is
    /// none.
    pub reply: Option<Vec<Step>>,
}

impl Judgement {
    /// The verdict.
    pub fn is_stable(&self) -> bool {
        self.unanswered.is_empty()
    }

    /// Whether its improvement and its reply are what they are said to be, by the letter
    /// of the definitions.
    pub fn is_borne_out(&self, local: &Local<'_>, (concept, party): (Concept, usize), state: &[u32]) -> bool {
        let Some(best) = &self.best else { return self.improvements.is_empty() && self.is_stable() };
        local.is_improvement(party, state, &best.to)
            && match &best.reply {
                None => !self.is_stable(),
                Some(steps) => {
                    self.is_stable()
                        && steps.iter().all(|step| step.party != party)
                        && local.is_sequence(&best.to, steps, replies(concept).expect("R knows no replies").0)
                        && steps.last().is_some_and(|last| local.compare(party, &last.to, state).is_le())
                }
            }
    }
}

/// Which replies a concept expects, and whether the decision maker may counter them.
fn replies(concept: Concept) -> Option<(MoveKind, Counters)> {
    match concept {
        Concept::Nash => None,
        Concept::GeneralMetarational => Some((MoveKind::Any, Counters::No)),
        Concept::SymmetricMetarational => Some((MoveKind::Any, Counters::Yes)),
        Concept::Sequential => Some((MoveKind::Improving, Counters::No)),
        Concept::SymmetricSequential => Some((MoveKind::Improving, Counters::Yes)),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Counters {
    No,
    Yes,
}

impl SymbolicModel {
    /// Whether a feasible state is stable for a decision maker, and why.
    ///
    /// # Errors
    /// When the budget ends it.
    ///
    /// # Panics
    /// If there is not one value for each coordinate.
    pub fn judge(
        &self,
        concept: Concept,
        party: usize,
        state: &[u32],
        budget: &Budget,
    ) -> Result<Judgement, StopReason> {
        assert_eq!(state.len(), self.code.sizes().len(), "one value for each coordinate");
        self.work(budget).judge(concept, party, state)
    }

    /// A shortest legal sequence of all decision makers from a state into a set; empty if
    /// it is there already, `None` when there is none.
    ///
    /// # Errors
    /// When the budget ends it.
    pub fn path(
        &self,
        from: &[u32],
        kind: MoveKind,
        target: &StateSet,
        budget: &Budget,
    ) -> Result<Option<Vec<Step>>, StopReason> {
        if self.contains(target, from) {
            return Ok(Some(Vec::new()));
        }
        let everybody: Vec<usize> = (0..self.movers.len()).collect();
        self.work(budget).shortest(&everybody, kind, from, &target.0)
    }
}

impl Work<'_> {
    fn judge(&self, concept: Concept, party: usize, state: &[u32]) -> Result<Judgement, StopReason> {
        let better = self.better_than(party, state)?;
        let improvements = self.dd.and(&better, &self.after(party, MoveKind::Any, &self.state(state)?)?)?;
        let others: Vec<usize> = (0..self.model.movers.len()).filter(|other| *other != party).collect();
        let Some((kind, counters)) = replies(concept).filter(|_| !improvements.is_false()) else {
            let best = self.best_of(party, &improvements)?.map(|to| Improvement { to, reply: None });
            return Ok(Judgement {
                unanswered: StateSet(improvements.clone()),
                improvements: StateSet(improvements),
                best,
            });
        };
        let mut deters = self.dd.and_not(&self.model.feasible, &better)?;
        if counters == Counters::Yes {
            deters = self.dd.and_not(&deters, &self.before(party, MoveKind::Any, &better)?)?;
        }
        let unanswered = self.dd.and_not(&improvements, &self.leading_to(&others, kind, &deters)?)?;
        let best = if let Some(to) = self.best_of(party, &unanswered)? {
            Some(Improvement { to, reply: None })
        } else if let Some(to) = self.best_of(party, &improvements)? {
            let reply = self.shortest(&others, kind, &to, &deters)?;
            Some(Improvement { to, reply })
        } else {
            None
        };
        Ok(Judgement { improvements: StateSet(improvements), unanswered: StateSet(unanswered), best })
    }

    /// The states that a party likes better than this one; infeasible ones too.
    pub(super) fn better_than(&self, party: usize, state: &[u32]) -> Result<Bdd, StopReason> {
        let here = self.model.code.assignment(state);
        self.model.keys[party].iter().rev().try_fold(self.model.code.no(), |better, bit| {
            if bit.eval_in(&here) { self.dd.and(bit, &better) } else { self.dd.or(bit, &better) }
        })
    }

    /// The states that a party likes at least as well.
    pub(super) fn no_worse_than(&self, party: usize, state: &[u32]) -> Result<Bdd, StopReason> {
        let here = self.model.code.assignment(state);
        self.model.keys[party].iter().rev().try_fold(self.model.code.yes(), |better, bit| {
            if bit.eval_in(&here) { self.dd.and(bit, &better) } else { self.dd.or(bit, &better) }
        })
    }

    /// Of a set the state that a party likes best; `None` when it is empty.
    fn best_of(&self, party: usize, set: &Bdd) -> Result<Option<Vec<u32>>, StopReason> {
        if set.is_false() {
            return Ok(None);
        }
        let mut best = set.clone();
        for bit in &self.model.keys[party] {
            let with = self.dd.and(&best, bit)?;
            if !with.is_false() {
                best = with;
            }
        }
        Ok(Some(self.one_of(best)))
    }
}
