//! Stability when preferences are more, or less, than an order: unknown comparisons,
//! strength, chances and attitudes.
//!
//! What all of these change is how four questions are answered: whether a move tempts
//! decision maker i, whether a step of another is credible, whether an answer deters i,
//! and whether a way out makes a deterring answer pointless. A [`Judgement`] answers
//! the four; a state s is stable for i
//!
//! - under R, if no move of i from s tempts it;
//! - under GMR, if after every tempting move q the others can lead to some k that
//!   deters (k the end of a legal sequence of at least one step from q);
//! - under SMR, if that k also leaves i no move to an h that makes it pointless;
//! - under SEQ and SSEQ, as GMR and SMR with credible steps only.
//!
//! With preferences that are orders these are the concepts of [`crate::concepts`].
//!
//! ```
//! use detente_base::Budget;
//! use detente_conflict::pairwise::{Caution, Graded, GradedPreference, PairSets, Severity, solve};
//! use detente_conflict::{Concept, DmId, ModelBuilder, StateId, StateSpace, Transitions};
//!
//! // One party alone; whether 1 is better than 0 for it is not known.
//! let mut builder = ModelBuilder::new(StateSpace::full(&[2])?);
//! let dm = builder.decision_maker("first");
//! builder.control(dm, 0, Transitions::Free).ranks(dm, vec![0, 0]);
//! let model = builder.build()?;
//! let mut preference = GradedPreference::new(vec![0, 0]);
//! preference.unknown = PairSets::new(2, &[([0].into_iter().collect(), [1].into_iter().collect())]);
//!
//! let stable = |caution| {
//!     let judgement = Graded { preferences: std::slice::from_ref(&preference), caution, severity: Severity::General };
//!     let solution = solve(&model, &judgement, &[Concept::Nash], &Budget::default()).expect("a small model");
//!     solution.is_stable(Concept::Nash, DmId(0), StateId(0))
//! };
//! assert!(!stable(Caution::A) && stable(Caution::B));
//! # Ok::<(), detente_conflict::ModelError>(())
//! ```
//!
//! Reading order: [`Judgement`]; [`GradedPreference`] and [`Graded`] (unknown
//! comparisons and strength), [`LikelyPreference`] and [`Likely`] (chances),
//! [`Relational`] (attitudes); [`solve`], [`explain`], [`verify`].
//!
//! Left out: fuzzy preferences; more than two degrees of strength; what holds in every
//! way to fill the gaps, which is [`crate::bounds`]'s question.
//!
//! Sources: `[LiHipelKilgourFang2004]`, `[HamoudaKilgourHipel2004]`,
//! `[XuHipelKilgour2008]`, `[RegoSantos2015]`, `[InoharaHipelWalker2007]`.

mod attitudes;
mod chains;
mod check;
mod direct;
mod evidence;
mod graded;
mod likely;
mod pairs;
mod solve;

#[cfg(test)]
mod tests;

pub use attitudes::{Attitude, Relational};
pub use check::{PairwiseFailure, verify};
pub use evidence::{Answered, Failing, PairwiseEvidence, explain};
pub use graded::{Caution, Comparison, Graded, GradedPreference, Severity, Strength};
pub use likely::{Likely, LikelyPreference, Ties};
pub use pairs::PairSets;
pub use solve::solve;

use crate::concepts::Concept;
use crate::model::{DmId, StateId};

/// The concepts that pairwise judgements are defined for, in the order in which they
/// are shown.
pub const CONCEPTS: [Concept; 5] = [
    Concept::Nash,
    Concept::SymmetricSequential,
    Concept::Sequential,
    Concept::SymmetricMetarational,
    Concept::GeneralMetarational,
];

/// How decision makers weigh two states against each other.
///
/// No question is asked about a state and itself, except whether an answer that leads
/// back to the state deters.
pub trait Judgement {
    /// Whether a move of `dm` between two states tempts it.
    fn tempts(&self, dm: DmId, to: StateId, from: StateId) -> bool;

    /// Whether the others believe that `dm` would make a move between two states.
    fn credible(&self, dm: DmId, to: StateId, from: StateId) -> bool;

    /// Whether it deters `dm`, at `state`, that the others would lead to `result`.
    fn deters(&self, dm: DmId, result: StateId, state: StateId) -> bool;

    /// Whether a way out to `escape` makes pointless, for `dm` at `state`, what deters it.
    fn escapes(&self, dm: DmId, escape: StateId, state: StateId) -> bool;

    /// Where a state stands among those that `dm` may start from.
    ///
    /// Of two states in one group, of which the second is at least as high at every
    /// height, the second is deterred by all that deters the first, and no way out
    /// counts for the second that does not count for the first. Equal places mean that
    /// both answers are the same for both states.
    fn place(&self, dm: DmId, state: StateId) -> Place;
}

/// See [`Judgement::place`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// States in different groups are not compared.
    pub group: Vec<u64>,
    /// As many for every state of a group.
    pub heights: Vec<u32>,
    /// Whether no other state can stand for it, because it compares with itself in
    /// another way than with states of the same place. It keeps no promise then.
    pub alone: bool,
}

/// What a concept asks of the others' answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Terms {
    /// Whether anything the others do can keep i from moving.
    answers: bool,
    /// Whether each step has to be credible.
    credible: bool,
    /// Whether a way out counts.
    escapes: bool,
}

impl Terms {
    /// # Panics
    /// If the concept is not one of [`CONCEPTS`].
    fn of(concept: Concept) -> Self {
        assert!(CONCEPTS.contains(&concept), "{concept} is not defined for pairwise judgements");
        Self {
            answers: concept != Concept::Nash,
            credible: matches!(concept, Concept::Sequential | Concept::SymmetricSequential),
            escapes: matches!(concept, Concept::SymmetricMetarational | Concept::SymmetricSequential),
        }
    }
}
