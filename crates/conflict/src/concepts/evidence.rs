//! Why a verdict holds, as data.

use detente_base::{Budget, StopReason};

use super::{Case, Concept};
use crate::model::{DmId, Model, StateId};
use crate::reach::Step;

/// Why a state is stable, or not, for one decision maker i under one concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Every improvement is answered; without improvements the list is empty.
    Stable {
        /// One per improvement, ascending.
        sanctions: Vec<Sanction>,
    },
    /// An improvement is not answered.
    Unstable {
        /// Of the improvements without answer the best for i.
        improvement: StateId,
        /// Number of states other than `improvement` to which the others can lead
        /// from it; 0 under R, which expects no reply.
        reachable: usize,
        /// Of these the least good for i (with what it can make of it, where the
        /// concept lets it); `None` when the others cannot or would not move.
        worst_reply: Option<Reply>,
    },
}

/// An improvement and the reply that makes it pointless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sanction {
    /// The state that i would move to.
    pub improvement: StateId,
    /// A shortest legal sequence of the others to a state no better for i.
    pub reply: Reply,
}

/// What the others can do after a move of i.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The steps, at least one; nobody moves twice in a row.
    pub path: Vec<Step>,
    /// Where the last step leads.
    pub result: StateId,
    /// The best state for i that it can move to from `result`; `None` when it cannot
    /// move, and under R, GMR and SEQ, which do not ask.
    pub escape: Option<StateId>,
}

/// Finds out whether a state is stable for a decision maker, and why.
///
/// Replies are the shortest ones, and of those the ones with the smallest result, so
/// that the same question always has the same answer.
///
/// Cost: O(q·n·d·r) time in the worst case, n bytes; q improvements, n states,
/// d decision makers, r moves from a state.
///
/// # Errors
/// When the budget's stopper is raised.
pub fn explain(
    model: &Model,
    concept: Concept,
    dm: DmId,
    state: StateId,
    budget: &Budget,
) -> Result<Evidence, StopReason> {
    concept.definition().explain(&Case { model, dm, state, budget })
}

impl Evidence {
    /// The verdict.
    pub fn is_stable(&self) -> bool {
        matches!(self, Self::Stable { .. })
    }
}
