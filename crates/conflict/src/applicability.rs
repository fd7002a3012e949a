//! Questions that a model does not allow, or that were not finished.

use detente_base::StopReason;

use crate::model::{DmId, Model};

/// Why a concept says nothing about a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotApplicable {
    /// Moves are listed one by one, so that two of them have no sum.
    #[error("{dm:?} has listed moves; expected changes of coordinates only, which can be combined")]
    ListedMoves {
        /// A decision maker with such moves.
        dm: DmId,
    },
    /// The concept is defined for two decision makers.
    #[error("there are {count} decision makers; expected two")]
    DecisionMakerCount {
        /// Number of decision makers.
        count: usize,
    },
}

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The concept is not defined for the model.
    #[error(transparent)]
    NotApplicable(#[from] NotApplicable),
    /// The budget ended the question.
    #[error("the question was stopped")]
    Stopped(StopReason),
}

impl From<StopReason> for Refusal {
    fn from(reason: StopReason) -> Self {
        Self::Stopped(reason)
    }
}

/// Every move is a change of its mover's own coordinates.
pub(crate) fn require_option_form(model: &Model) -> Result<(), NotApplicable> {
    match model.decision_makers().find(|dm| !model.arcs(*dm).is_empty()) {
        Some(dm) => Err(NotApplicable::ListedMoves { dm }),
        None => Ok(()),
    }
}

/// There are two decision makers.
pub(crate) fn require_two(model: &Model) -> Result<(), NotApplicable> {
    match model.decision_maker_count() {
        2 => Ok(()),
        count => Err(NotApplicable::DecisionMakerCount { count }),
    }
}
