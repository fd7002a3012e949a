//! How far ahead two decision makers look: limited-move, non-myopic and Stackelberg
//! stability.
//!
//! With h moves to come, the decision maker i at s *anticipates* the state
//!
//! G₀(i, s) = s;
//! Gₕ(i, s) = Gₕ₋₁(j, q*) if Pᵢ(Gₕ₋₁(j, q*)) > Pᵢ(s), else s,
//!
//! where q* ∈ Rᵢ(s) is the move with the best Pᵢ(Gₕ₋₁(j, q*)), and Gₕ(i, s) = s when
//! there is no move: both move in turn, each knows the other's preferences, whoever does
//! not move ends the play, and a move has to pay. Pᵢ: rank for i; Rᵢ(s): moves of i;
//! j: the other one.
//!
//! | symbol | concept | s is stable for i iff |
//! |---|---|---|
//! | Lₕ | limited-move stability | Gₕ(i, s) = s |
//! | NM | non-myopic stability | there is a t with Gₕ(i, s) = s for all h ≥ t |
//! | ST | Stackelberg stability, a leader given | L₂ for the leader, R for the other |
//!
//! In the prisoner's dilemma silence is stable for who looks two moves ahead:
//!
//! ```
//! use detente_base::Budget;
//! use detente_conflict::{HorizonConcept, ModelBuilder, StateSpace, Transitions, solve_horizon};
//!
//! let mut builder = ModelBuilder::new(StateSpace::full(&[2, 2])?);
//! let (first, second) = (builder.decision_maker("first"), builder.decision_maker("second"));
//! // States: 0 both silent, 1 the first confesses, 2 the second does, 3 both do.
//! builder.control(first, 0, Transitions::Free).ranks(first, vec![2, 3, 0, 1]);
//! builder.control(second, 1, Transitions::Free).ranks(second, vec![2, 0, 3, 1]);
//! let model = builder.build()?;
//!
//! let equilibria = |horizon| {
//!     let concept = HorizonConcept::LimitedMove { horizon };
//!     let solution = solve_horizon(&model, concept, &Budget::default()).expect("two decision makers");
//!     solution.equilibria().ones().collect::<Vec<_>>()
//! };
//! assert_eq!(equilibria(1), [3]);
//! assert_eq!(equilibria(2), [0, 3]);
//! # Ok::<(), detente_conflict::ModelError>(())
//! ```
//!
//! **Ties.** The definition assumes strict preferences. Where several moves promise
//! equally much, q* is the one to the state with the smallest number. [`Ties`] tells
//! which verdicts would be the same whatever is chosen at each tie, and which are known
//! to turn on the choice. That a move has to pay strictly is part of the definition and
//! no tie.
//!
//! **Repetition.** Gₕ follows from Gₕ₋₁ and there are finitely many, so that from some
//! horizon on the anticipations repeat with a period. [`Cycle`] is found by comparing
//! whole levels, and decides NM.
//!
//! Reading order: [`HorizonConcept`], [`solve_horizon`], [`HorizonSolution`], [`Ties`],
//! [`HorizonExplainer`], [`HorizonChecker`].
//!
//! Left out: conflicts of one or of more than two. For more than two there are two
//! published definitions of limited-move stability that do not agree, and both have been
//! criticised `[Soares2026]`. Metarational trees and policies
//! `[ZengFangHipelKilgour2006]`, `[ZengFangHipelKilgour2007]`: published relations
//! between them and Lₕ contain faults `[LimitedMoveProperties2024]`.
//!
//! Sources: `[Kilgour1985]`, `[FangHipelKilgour1989]`, `[FangHipelKilgour1993]`; cycles of
//! games with two strategies each: `[RegoOliveiraVieiraKilgour2025]`.
//! Differs: ties are ruled and reported.

mod anticipate;
mod check;
mod cycle;
mod evidence;
mod solve;
mod spans;
mod ties;

#[cfg(test)]
mod tests;

pub use check::HorizonChecker;
pub use cycle::Cycle;
pub use evidence::{HorizonEvidence, HorizonExplainer, LONGEST_PLAY, Outlook, Play};
pub use solve::{HorizonSolution, solve_horizon};
pub use ties::{TieVerdict, Ties};

use crate::model::DmId;

/// Most levels that are tried before a repetition. Periods of conflicts from the
/// literature are 1, 2 and 4; a higher limit costs time in proportion.
pub const MAX_LEVELS: u32 = 1 << 14;

/// A concept that looks a number of moves ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HorizonConcept {
    /// Lₕ, limited-move stability with a horizon of h moves. With h = 0 nobody moves.
    LimitedMove {
        /// h, number of moves.
        horizon: u32,
    },
    /// NM, non-myopic stability.
    NonMyopic,
    /// ST, Stackelberg stability.
    Stackelberg {
        /// The one that moves first and counts on the other's best reply.
        leader: DmId,
    },
}

impl HorizonConcept {
    /// How far a decision maker looks; `None` for any distance.
    pub fn horizon(self, dm: DmId) -> Option<u32> {
        match self {
            Self::LimitedMove { horizon } => Some(horizon),
            Self::NonMyopic => None,
            Self::Stackelberg { leader } => Some(if dm == leader { 2 } else { 1 }),
        }
    }
}
