//! Which states of a conflict last, and why: the graph model for conflict resolution.
//!
//! Decision makers control coordinates of a common state and prefer some states to
//! others. A state is *stable* for one of them when it has no reason to leave, which
//! depends on how far it looks ahead; a state that is stable for all is an
//! *equilibrium*.
//!
//! In the prisoner's dilemma each of two can keep silent (0) or confess (1):
//!
//! ```
//! use detente_base::Budget;
//! use detente_conflict::{Concept, ModelBuilder, StateId, StateSpace, Transitions, solve};
//!
//! let mut builder = ModelBuilder::new(StateSpace::full(&[2, 2])?);
//! let first = builder.decision_maker("first");
//! let second = builder.decision_maker("second");
//! builder.control(first, 0, Transitions::Free).control(second, 1, Transitions::Free);
//! // States: 0 both silent, 1 the first confesses, 2 the second does, 3 both do.
//! builder.ranks(first, vec![2, 3, 0, 1]).ranks(second, vec![2, 0, 3, 1]);
//! let model = builder.build()?;
//!
//! let solution = solve(&model, &Concept::ALL, &Budget::default()).expect("a small model");
//! let equilibria = |concept| solution.equilibria(concept).ones().collect::<Vec<_>>();
//! assert_eq!(equilibria(Concept::Nash), [3]);
//! assert_eq!(equilibria(Concept::Sequential), [0, 3]);
//! # Ok::<(), detente_conflict::ModelError>(())
//! ```
//!
//! Reading order: [`model`], [`moves`](mod@moves), [`reach`], [`concepts`], [`horizon`],
//! [`coalitions`], [`check`], [`status_quo`](mod@status_quo), [`bounds`], [`cover`](mod@cover),
//! [`inverse`], [`pairwise`], [`symbolic`] (spaces too large to enumerate).
//!
//! Left out: how a conflict is written down.
//!
//! Sources: `[FangHipelKilgour1993]`, `[Howard1971]`, `[FraserHipel1979]`,
//! `[FraserHipel1984]`, `[RegoVieira2015]`, `[RegoVieira2017]`, `[Kilgour1985]`.

#[cfg(test)]
extern crate self as detente_conflict;

#[cfg(test)]
#[path = "../tests/support/random.rs"]
#[allow(dead_code, unreachable_pub, reason = "the integration tests use more of it")]
mod random;

mod applicability;
pub mod bounds;
pub mod check;
pub mod coalitions;
pub mod concepts;
pub mod cover;
pub mod horizon;
pub mod inverse;
mod lanes;
pub mod model;
pub mod moves;
pub mod pairwise;
mod pattern;
pub mod reach;
pub mod status_quo;
pub mod symbolic;

pub use applicability::{NotApplicable, Refusal};
pub use bounds::{Comparisons, StabilityBounds, SureStability, bound_stability, bound_stability_at};
pub use check::{
    CheckFailure, CoalitionFailure, SolutionFailure, verify, verify_coalition, verify_coalition_within, verify_path,
    verify_solution,
};
pub use coalitions::{
    Coalition, CoalitionConcept, CoalitionEvidence, CoalitionSolution, Deterred, GroupMove, MergedSolution, Reading,
    explain_coalition, explain_coalition_within, solve_coalitions, solve_merged,
};
pub use concepts::simultaneous::{
    JointMoves, JointReply, JointSanction, SimultaneousEvidence, SimultaneousSolution, explain_simultaneous,
    sequential_or_simultaneous, solve_simultaneous, verify_simultaneous,
};
pub use concepts::{Concept, Evidence, Reply, Sanction, Solution, explain, solve};
pub use cover::{Cover, CoverFailure, CoverLimits, cover, verify_cover};
pub use fixedbitset::FixedBitSet;
pub use horizon::{
    Cycle, HorizonChecker, HorizonConcept, HorizonEvidence, HorizonExplainer, HorizonSolution, LONGEST_PLAY, Outlook,
    Play, TieVerdict, Ties, solve_horizon,
};
pub use model::{
    DmId, MAX_DECISION_MAKERS, Model, ModelBuilder, ModelError, StateId, StateSpace, Transitions, ranks_from_priority,
    ranks_from_scores,
};
pub use moves::{MoveKind, improvements, moves};
pub use pattern::Pattern;
pub use reach::Step;
pub use status_quo::{Reachability, status_quo};
