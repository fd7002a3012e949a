//! Budgets: how much work a question may take before it ends as `undecided`.
//!
//! Libraries read no clock. A shell that wants a time limit starts a timer of its
//! own and calls [`Stopper::stop`]; the solvers look at the flag between steps.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why a question was left undecided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum StopReason {
    /// The time limit passed, or the user asked to stop.
    Interrupted,
    /// The question needs more states than the limit allows.
    TooManyStates {
        /// States that the question has, or a lower bound on them, as decimal text
        /// (it may exceed 64 bits).
        states: String,
        /// States that the budget allows.
        limit: u64,
    },
    /// The constraints rule out every outcome; there were too many to refuse the file for it.
    NoOutcome,
    /// The question needs more arcs (explicit moves) than the limit allows.
    TooManyMoves {
        /// Moves that the budget allows.
        limit: u64,
    },
    /// What is anticipated for more and more moves did not begin to repeat.
    NoRepetition {
        /// Number of moves ahead that were looked at.
        levels: u32,
    },
    /// The question falls into more cases than are told apart.
    TooManyCases {
        /// Cases that are told apart at most.
        limit: u64,
    },
    /// The question needs more coalitions than can be looked at with so many states.
    TooManyCoalitions {
        /// Coalitions that the question has, as decimal text (it may exceed 64 bits).
        coalitions: String,
        /// Coalitions that can be looked at.
        limit: u64,
    },
    /// The question has more parties than can be told apart.
    TooManyParties {
        /// Parties that the question has.
        parties: u64,
        /// Parties that can be told apart.
        limit: u64,
    },
    /// The outcomes are too many to list, or are not to be listed, and decision diagrams do
    /// not answer the question.
    NotOnDiagrams {
        /// What they do not answer, in words.
        why: String,
    },
    /// A game has more nodes than the limit allows.
    GameTooLarge {
        /// Nodes that the game has, or a lower bound on them, as text.
        nodes: String,
        /// Nodes that the budget allows.
        limit: u64,
    },
    /// No method at hand answers the question.
    NoMethod {
        /// Why, in words.
        why: String,
    },
    /// The question needs larger decision diagrams than the limit allows.
    TooManyNodes {
        /// Nodes that the budget allows.
        limit: u64,
    },
}

/// A flag that ends running questions; clones share it.
#[derive(Clone, Debug, Default)]
pub struct Stopper(Arc<AtomicBool>);

impl Stopper {
    /// Asks every question that holds a clone of this flag to end.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether somebody asked to stop.
    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Limits of one question.
///
/// `states` counts outcomes of the whole product of values, feasible or not; at the
/// default of 2²⁶ the tables of a three-party conflict take about 3 GB. `moves`
/// counts explicitly listed arcs.
#[derive(Clone, Debug)]
pub struct Budget {
    /// Largest number of outcomes (before constraints) that is enumerated.
    pub states: u64,
    /// Largest number of explicitly listed moves.
    pub moves: u64,
    /// Largest number of nodes of decision diagrams that is computed, each at most
    /// twice in memory. Doubling it doubles the time after which a question that
    /// is too hard ends.
    pub nodes: u64,
    /// Ends the question when raised.
    pub stopper: Stopper,
}

impl Default for Budget {
    fn default() -> Self {
        Self { states: 1 << 26, moves: 1 << 27, nodes: 1 << 28, stopper: Stopper::default() }
    }
}

impl Budget {
    /// `Err(Interrupted)` once the stopper was raised.
    pub fn check(&self) -> Result<(), StopReason> {
        if self.stopper.is_stopped() { Err(StopReason::Interrupted) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stopping_one_clone_stops_all() {
        let budget = Budget::default();
        assert_eq!(budget.check(), Ok(()));
        budget.stopper.clone().stop();
        assert_eq!(budget.check(), Err(StopReason::Interrupted));
    }
}
