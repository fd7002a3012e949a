//! The combination that deters from each improvement, or an improvement without one.

use std::cmp::Reverse;

use detente_base::{Budget, StopReason};

use super::Pace;
use crate::model::{DmId, Model, StateId};
use crate::moves::improvements;
use crate::reach::Step;

/// Why a state is simultaneously stable, or not, for one decision maker i.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SimultaneousEvidence {
    /// Every improvement can meet a sanction; without improvements the list is empty.
    Stable {
        /// One per improvement, ascending.
        sanctions: Vec<JointSanction>,
    },
    /// An improvement meets none.
    Unstable {
        /// Of the improvements without sanction the best for i.
        improvement: StateId,
        /// What the others can make of it at the same moment.
        joint: JointMoves,
    },
}

/// An improvement and the others' simultaneous improvements that make it pointless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointSanction {
    /// The state that i would move to if it were alone.
    pub improvement: StateId,
    /// What the others do at the same moment.
    pub reply: JointReply,
}

/// Improvements made at the same moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointReply {
    /// The movers, ascending and at least one, each with the state to which it would
    /// lead alone.
    pub changes: Vec<Step>,
    /// Where all changes together lead, the decision maker's own included.
    pub result: StateId,
}

/// All combinations with one improvement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointMoves {
    /// Combinations that are feasible.
    pub feasible: u64,
    /// Combinations that are not; they deter nobody.
    pub infeasible: u64,
    /// The feasible one that is least good for i; `None` when there is none.
    pub worst: Option<JointReply>,
}

/// Evidence on a state of a model in option form.
pub(super) fn explain(
    model: &Model,
    dm: DmId,
    state: StateId,
    budget: &Budget,
) -> Result<SimultaneousEvidence, StopReason> {
    let mut own = improvements(model, dm, state);
    own.sort_by_key(|target| Reverse(model.rank(dm, *target)));
    let others: Vec<(DmId, Vec<StateId>)> = (model.decision_makers().filter(|other| *other != dm))
        .map(|other| (other, improvements(model, other, state)))
        .filter(|(_, targets)| !targets.is_empty())
        .collect();
    let mut sanctions = Vec::new();
    for improvement in own {
        let mut survey = Survey::new(model, dm, state, budget);
        survey.visit(model.code(improvement), &others, &mut Vec::new())?;
        match survey.sanction {
            Some((_, reply)) => sanctions.push(JointSanction { improvement, reply }),
            None => {
                let Survey { feasible, infeasible, worst, .. } = survey;
                let worst = worst.map(|(_, reply)| reply);
                return Ok(SimultaneousEvidence::Unstable {
                    improvement,
                    joint: JointMoves { feasible, infeasible, worst },
                });
            }
        }
    }
    sanctions.sort_by_key(|sanction| sanction.improvement);
    Ok(SimultaneousEvidence::Stable { sanctions })
}

/// All combinations of the others' improvements with one of the decision maker's.
struct Survey<'a> {
    model: &'a Model,
    dm: DmId,
    state: StateId,
    budget: &'a Budget,
    pace: Pace,
    feasible: u64,
    infeasible: u64,
    /// By number of movers and result.
    sanction: Option<((usize, StateId), JointReply)>,
    /// By rank, number of movers and result.
    worst: Option<((u32, usize, StateId), JointReply)>,
}

impl<'a> Survey<'a> {
    fn new(model: &'a Model, dm: DmId, state: StateId, budget: &'a Budget) -> Self {
        let pace = Pace::default();
        Self { model, dm, state, budget, pace, feasible: 0, infeasible: 0, sanction: None, worst: None }
    }

    fn visit(&mut self, code: u32, others: &[(DmId, Vec<StateId>)], movers: &mut Vec<Step>) -> Result<(), StopReason> {
        for (place, (mover, targets)) in others.iter().enumerate() {
            for &to in targets {
                self.pace.step(self.budget)?;
                movers.push(Step { mover: *mover, to });
                let change = self.model.code(to).wrapping_sub(self.model.code(self.state));
                let combined = code.wrapping_add(change);
                self.note(combined, movers);
                self.visit(combined, &others[place + 1..], movers)?;
                movers.pop();
            }
        }
        Ok(())
    }

    fn note(&mut self, code: u32, movers: &[Step]) {
        let Some(result) = self.model.state_at(code) else {
            self.infeasible += 1;
            return;
        };
        self.feasible += 1;
        let rank = self.model.rank(self.dm, result);
        let reply = || JointReply { changes: movers.to_vec(), result };
        let key = (movers.len(), result);
        let deters = rank <= self.model.rank(self.dm, self.state);
        if deters && self.sanction.as_ref().is_none_or(|(least, _)| key < *least) {
            self.sanction = Some((key, reply()));
        }
        let key = (rank, movers.len(), result);
        if self.worst.as_ref().is_none_or(|(least, _)| key < *least) {
            self.worst = Some((key, reply()));
        }
    }
}
