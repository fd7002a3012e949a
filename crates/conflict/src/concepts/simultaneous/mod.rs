//! SIM, simultaneous stability: i stays at s because each of its improvements, when
//! others make one of theirs at the same moment, can end no better for it than s.
//!
//! ∀q ∈ Rᵢ⁺(s) ∃K ⊆ N−i, K ≠ ∅, ∃qⱼ ∈ Rⱼ⁺(s) for j ∈ K: c = s + (q − s) + Σⱼ (qⱼ − s) is
//! feasible and Pᵢ(c) ≤ Pᵢ(s).
//!
//! Rᵢ⁺(s): unilateral improvements of i from s; q − s: the changes of i's own
//! coordinates; Pᵢ: rank for i. All leave s at the same moment, so each change is one
//! that is allowed at s. Three readings that the formula fixes:
//!
//! - somebody else has to move: an opponent that stays is never a sanction, nor is the
//!   absence of opponents that would move;
//! - a combination that is not feasible deters nobody; [`JointMoves::infeasible`] counts
//!   them, since a reading in which they deter is conceivable;
//! - others that have no improvement at s stay put.
//!
//! ```
//! use detente_base::Budget;
//! use detente_conflict::{ModelBuilder, StateSpace, Transitions, solve_simultaneous};
//!
//! // Chicken: 0 both swerve, 1 the first goes straight, 2 the second does, 3 a crash.
//! let mut builder = ModelBuilder::new(StateSpace::full(&[2, 2])?);
//! let (first, second) = (builder.decision_maker("first"), builder.decision_maker("second"));
//! builder.control(first, 0, Transitions::Free).ranks(first, vec![2, 3, 1, 0]);
//! builder.control(second, 1, Transitions::Free).ranks(second, vec![2, 1, 3, 0]);
//! let solution = solve_simultaneous(&builder.build()?, &Budget::default()).expect("option form");
//! // Both going straight at once is a crash: it keeps both at 0.
//! assert_eq!(solution.equilibria().ones().collect::<Vec<_>>(), [0, 1, 2]);
//! # Ok::<(), detente_conflict::ModelError>(())
//! ```
//!
//! Reading order: [`solve_simultaneous`], [`explain_simultaneous`], [`verify_simultaneous`].
//!
//! Left out: moves that are listed one by one. Two of them have no sum, so the concept
//! is not defined where a decision maker has any.
//!
//! Source: `[FraserHipel1984]`, where it is the last step of the analysis of two
//! players' unstable outcomes: each of a player's improvements meets one of the other's.
//! Differs: any number of decision makers, any non-empty group of whom may move; asked
//! of each decision maker on its own; see [`sequential_or_simultaneous`] for the usual
//! combination with SEQ.
//! Cost: O(Σₛ Σᵢ uᵢ(s) Πⱼ≠ᵢ (1 + uⱼ(s))) time, uⱼ(s) improvements of j from s; the
//! search for one improvement ends at the first sanction.

mod check;
mod evidence;
mod solve;
#[cfg(test)]
mod tests;

use detente_base::{Budget, StopReason};
use fixedbitset::FixedBitSet;

pub use check::verify_simultaneous;
pub use evidence::{JointMoves, JointReply, JointSanction, SimultaneousEvidence};

use super::{Concept, Solution};
use crate::applicability::{Refusal, require_option_form};
use crate::model::{DmId, Model, StateId};

/// For each decision maker the states that are simultaneously stable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimultaneousSolution {
    stable: Vec<FixedBitSet>,
    state_count: usize,
}

/// Finds the simultaneously stable states of every decision maker.
///
/// Cost: as in the [module's text](self).
///
/// # Errors
/// When a decision maker has listed moves, or the budget's stopper is raised.
pub fn solve_simultaneous(model: &Model, budget: &Budget) -> Result<SimultaneousSolution, Refusal> {
    require_option_form(model)?;
    Ok(SimultaneousSolution { stable: solve::stable_states(model, budget)?, state_count: model.state_count() })
}

/// Finds out whether a state is simultaneously stable for a decision maker, and why.
///
/// Sanctions are those with the fewest movers, and of these the ones with the smallest
/// result, so that the same question always has the same answer.
///
/// Cost: O(u·Πⱼ (1 + uⱼ)) time, u improvements of the decision maker, uⱼ of the others.
///
/// # Errors
/// When a decision maker has listed moves, or the budget's stopper is raised.
pub fn explain_simultaneous(
    model: &Model,
    dm: DmId,
    state: StateId,
    budget: &Budget,
) -> Result<SimultaneousEvidence, Refusal> {
    require_option_form(model)?;
    Ok(evidence::explain(model, dm, state, budget)?)
}

/// SEQ+SIM: for each decision maker the states that are stable for it under SEQ or
/// under SIM. An outcome that one party keeps to for the one reason and another for the
/// other is an equilibrium of this union, although of neither concept.
///
/// Source: `[FraserHipel1984]`; the usual summary of open tools. Differs: the union is
/// taken of verdicts, not of improvements: a state at which one improvement is
/// deterred by a credible reply and another only by a simultaneous one is not stable.
///
/// # Panics
/// If the solution does not have SEQ, or is of another model.
pub fn sequential_or_simultaneous(solution: &Solution, simultaneous: &SimultaneousSolution) -> SimultaneousSolution {
    let mut union = simultaneous.clone();
    for (dm, stable) in union.stable.iter_mut().enumerate() {
        stable.union_with(solution.stable(Concept::Sequential, DmId::from_index(dm)));
    }
    union
}

impl SimultaneousSolution {
    /// The states that are stable for a decision maker.
    pub fn stable(&self, dm: DmId) -> &FixedBitSet {
        &self.stable[dm.index()]
    }

    /// Whether a state is stable for a decision maker.
    pub fn is_stable(&self, dm: DmId, state: StateId) -> bool {
        self.stable[dm.index()].contains(state.index())
    }

    /// The states that are stable for every decision maker.
    pub fn equilibria(&self) -> FixedBitSet {
        let mut all = FixedBitSet::with_capacity(self.state_count);
        all.insert_range(..);
        self.stable.iter().for_each(|set| all.intersect_with(set));
        all
    }
}

/// Ends a long enumeration when the budget does: checks it once in a while.
#[derive(Debug, Default)]
struct Pace {
    steps: u32,
}

impl Pace {
    fn step(&mut self, budget: &Budget) -> Result<(), StopReason> {
        self.steps = self.steps.wrapping_add(1);
        if self.steps.is_multiple_of(1 << 14) { budget.check() } else { Ok(()) }
    }
}
