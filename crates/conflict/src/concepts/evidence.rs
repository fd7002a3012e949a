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
/// Cost: O(q·n·d) time and O(n·d) memory in the worst case, q improvements, n states,
/// d decision makers; times the moves from a state where these are not free.
///
/// # Errors
/// When the budget's stopper is raised.
///
/// ```
/// use detente_base::Budget;
/// use detente_conflict::{Concept, Evidence, ModelBuilder, StateId, StateSpace, Transitions, explain};
///
/// // Chicken: 0 both swerve, 1 the first goes straight, 2 the second does, 3 a crash.
/// let mut builder = ModelBuilder::new(StateSpace::full(&[2, 2])?);
/// let (first, second) = (builder.decision_maker("first"), builder.decision_maker("second"));
/// builder.control(first, 0, Transitions::Free).ranks(first, vec![2, 3, 1, 0]);
/// builder.control(second, 1, Transitions::Free).ranks(second, vec![2, 1, 3, 0]);
/// let model = builder.build()?;
///
/// let why = explain(&model, Concept::GeneralMetarational, first, StateId(0), &Budget::default());
/// let Ok(Evidence::Stable { sanctions }) = why else { panic!("a crash deters") };
/// assert_eq!((sanctions[0].improvement, sanctions[0].reply.result), (StateId(1), StateId(3)));
/// # Ok::<(), detente_conflict::ModelError>(())
/// ```
pub fn explain(
    model: &Model,
    concept: Concept,
    dm: DmId,
    state: StateId,
    budget: &Budget,
) -> Result<Evidence, StopReason> {
    (concept.definition().explain)(&Case { model, dm, state, budget })
}

impl Evidence {
    /// The verdict.
    pub fn is_stable(&self) -> bool {
        matches!(self, Self::Stable { .. })
    }
}
