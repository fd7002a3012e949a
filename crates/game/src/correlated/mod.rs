//! What a mediator could achieve: correlated and coarse correlated equilibria.
//!
//! A mediator draws a profile s from a distribution p that all know. In a *correlated
//! equilibrium* it tells each player its own strategy only, and nobody gains by playing
//! another instead: for each player i and strategies r, t
//! Σ p(s)·(uᵢ(t, s₋ᵢ) − uᵢ(s)) ≤ 0 over all s with sᵢ = r. In a *coarse* one each player
//! agrees before it is told, or plays a strategy of its own instead: the sum is over all s.
//! Every Nash equilibrium is a correlated one, and every correlated one a coarse one.
//!
//! [`best`] finds one that is best for a [`Goal`]; payoffs of all of them lie between what
//! is found for [`Goal::Least`] and [`Goal::Most`]. The answer is exact. Its prices λ ≥ 0,
//! one for each condition, prove that no other does better: for every profile s what the
//! goal gets, less Σ λ·(uᵢ(t, s₋ᵢ) − uᵢ(s)), is at most the value. [`verify`] reads both off
//! the game alone.
//!
//! ```
//! use detente_base::{Budget, Exact};
//! use detente_game::StrategicGame;
//! use detente_game::correlated::{Goal, Mediation, best, verify};
//!
//! // Chicken: each may dare or swerve. Without a mediator the fair equilibrium gives 14/3.
//! let names = |all: &[&str]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
//! let acts = names(&["swerve", "dare"]);
//! let payoffs = [6, 6, 7, 2, 2, 7, 0, 0].map(Exact::from);
//! let game = StrategicGame::new("", names(&["a", "b"]), vec![acts.clone(), acts], payoffs.to_vec())?;
//! let found = best(&game, Mediation::Correlated, Goal::Welfare, &Budget::default()).expect("no limit");
//! assert_eq!(found.value, Exact::ratio(21, 2));
//! assert_eq!(verify(&game, &found), Ok(()));
//! # Ok::<(), detente_game::StrategicError>(())
//! ```
//!
//! Sources: `[Aumann1974]`, `[Aumann1987]`, `[MoulinVial1978]`.

mod check;
mod solve;

use detente_base::Exact;

use crate::PlayerId;
pub use check::{CorrelatedFault, verify};
pub use solve::best;

/// When players decide whether to follow the mediator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mediation {
    /// When they have been told their strategy.
    Correlated,
    /// Before they are told.
    Coarse,
}

/// What the mediator is after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The most for all players together.
    Welfare,
    /// The most for one player.
    Most(PlayerId),
    /// The least for one player.
    Least(PlayerId),
}

/// What a condition is worth to the goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// Who is kept from deviating.
    pub player: PlayerId,
    /// What it is told; nothing if it decides before.
    pub told: Option<usize>,
    /// What it would play instead.
    pub instead: usize,
    /// How much the goal would gain for each unit that the deviation may gain; positive.
    pub price: Exact,
}

/// A best (coarse) correlated equilibrium, with what proves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mediated {
    /// When players decide.
    pub mediation: Mediation,
    /// What the mediator is after.
    pub goal: Goal,
    /// Profiles with probabilities other than zero, by number.
    pub distribution: Vec<(usize, Exact)>,
    /// Expected payoff of each player.
    pub payoffs: Vec<Exact>,
    /// What the goal comes to: the sum of all payoffs, or that of the player.
    pub value: Exact,
    /// Prices other than zero: they prove that no other equilibrium does better.
    pub prices: Vec<Price>,
    /// Pivots done.
    pub pivots: usize,
}
