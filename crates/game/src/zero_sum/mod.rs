//! Two players who want the opposite: the value of a tree, and how to play for it.
//!
//! If the payoffs of two players add up to the same at every end, the first can be sure of a
//! value v, and the second can hold it to v. With x and y the realization plans of the two
//! ([`SequenceForm`](crate::SequenceForm)) and A what the first is paid where sequences meet,
//! `v = maxₓ min_y xᵀ·A·y`. This is a linear programme of one row for each sequence of the second
//! player and each information set of the first. Floats find a basis of it; the plans and the
//! value that go with the basis are solved for exactly.
//!
//! ```
//! use detente_base::{Budget, Exact};
//! use detente_game::{catalog, zero_sum};
//!
//! let poker = catalog::kuhn_poker(3)?;
//! let found = zero_sum::solve(&poker, &Budget::default()).expect("it is solved");
//! assert_eq!(found.value(), Some(&Exact::ratio(-1, 18)));
//! assert_eq!(zero_sum::verify(&poker, &found), Ok(()));
//! # Ok::<(), detente_game::TreeError>(())
//! ```
//!
//! Each plan proves what its player is sure of by itself, whatever found it: best replies to
//! it are read off the tree ([`verify`]). Where both prove the same the value is exact; where
//! rounding has led astray they prove bounds.
//!
//! Left out: what to do at information sets that a player's own plan never reaches; there every
//! action is as likely. [`lemke`](crate::lemke) has answers that are credible there too.
//!
//! Sources: `[VonStengel1996]`, `[Romanovskii1962]`.

mod check;
mod form;
mod solve;

use detente_base::{Exact, StopReason};

use crate::{Behaviour, Forgotten};
pub use check::{ZeroSumFault, verify};
pub use solve::{near, solve};

/// The value of a game, or bounds on it, with plans that prove it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZeroSum {
    /// What the first player is sure of by its plan.
    pub lower: Exact,
    /// What the second player holds it to by its own; not less.
    pub upper: Exact,
    /// What both get together at every end.
    pub sum: Exact,
    /// For each player the weights of its sequences.
    pub plans: [Vec<Exact>; 2],
    /// The same as behaviour: an equilibrium if the value is exact.
    pub behaviour: Behaviour,
    /// How much there was to do.
    pub work: Work,
}

/// How much there was to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Rows of the linear programme.
    pub rows: usize,
    /// Its columns.
    pub columns: usize,
    /// Pivots done.
    pub pivots: usize,
}

/// The value and the behaviour in floating point.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    /// What the first player gets.
    pub value: f64,
    /// Probabilities of all actions, by their positions in tables over all actions; those of
    /// chance are the tree's.
    pub probabilities: Vec<f64>,
    /// What each player could gain by deviating alone: how far off the rest is.
    pub gains: Vec<f64>,
    /// How much there was to do.
    pub work: Work,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsolved {
    /// There are not two players.
    #[error("the method is for two players; the game has {0}")]
    Players(usize),
    /// Payoffs do not add up to the same at every end.
    #[error("what the players get does not add up to the same at every end")]
    NotConstantSum,
    /// A player has forgotten something.
    #[error("a player forgets what it did")]
    Forgotten(Forgotten),
    /// There are too many sequences.
    #[error("the game has {sequences} sequences, and the method takes on {limit} at most")]
    Large {
        /// Sequences of both players.
        sequences: usize,
        /// Most that are taken on.
        limit: usize,
    },
    /// The work was stopped.
    #[error("stopped")]
    Stopped(StopReason),
    /// Floats lost their way.
    #[error("rounding led the search astray")]
    Numeric,
}

impl ZeroSum {
    /// The value to the first player, if it is exact.
    pub fn value(&self) -> Option<&Exact> {
        (self.lower == self.upper).then_some(&self.lower)
    }

    /// How far the bounds are apart; zero if the value is exact.
    pub fn gap(&self) -> Exact {
        &self.upper - &self.lower
    }
}
