//! Equilibria of trees with any number of players, as limits of logit equilibria.
//!
//! At each information set h the player plays better actions more often: in an *agent
//! quantal response equilibrium*
//!
//! p(a | h) = exp(λ u(a)) / (exp(λ u(a)) + exp(λ u(b)) + …),
//!
//! a, b, … the actions at h, u(a) what action a is worth to the player as it believes at h, beliefs
//! by Bayes' rule; λ ≥ 0 in units of one over payoff: with λ = 0 everybody plays at random, with λ without end nobody
//! errs. The *principal branch* leads from the one to the other, and its limit is a sequential
//! equilibrium: all beliefs come with it.
//!
//! ```
//! use detente_base::{Budget, Exact};
//! use detente_game::catalog::kuhn_poker;
//! use detente_game::logit::{LogitSettings, limit};
//!
//! let tree = kuhn_poker(3)?;
//! let found = limit(&tree, &LogitSettings::default(), &Budget::default())?;
//! // Nobody could gain more than a thousand-millionth of what is at stake, exactly.
//! assert!(found.regret.max() <= Exact::ratio(4, 1_000_000_000));
//! assert!((found.regret.payoffs[0].to_f64() + 1.0 / 18.0).abs() < 1e-8);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The branch is followed by prediction and correction along its length, in logarithms of
//! probabilities: moves that nobody would make have logarithms that fall evenly with λ, and
//! steps grow with it. Derivatives come from one sweep of the tree from the root and one back.
//! At a large λ probabilities are continued to their limits and made fractions, and
//! [`regret`](crate::regret) certifies them from the tree alone. Where a branch cannot be
//! followed, branches that start elsewhere than at random play are; their limits are sequential
//! equilibria as well.
//!
//! Reading order: [`limit`], [`at`], [`one_move_tree`] (strategic games).
//!
//! Left out: players who forget; the other branches.
//!
//! Sources: `[McKelveyPalfrey1998]` (agent quantal response equilibria and their limits),
//! `[Turocy2005]` (the branch), `[Turocy2010]` (logarithms, trees).

mod flat;
mod fractions;
mod linear;
mod pair;
mod path;
mod reading;
mod search;
mod strategic;
mod system;
mod trembles;

use detente_base::StopReason;

use crate::regret::Regret;
use crate::{Assessment, Behaviour, Forgotten, InfosetId, Tree};
pub use search::{at, limit};
pub use strategic::{TableLimit, limit_of_table, one_move_tree};

/// Most actions that somebody chooses: tables of numbers then take some 100 MB.
const MOST_ACTIONS: usize = 2_500;

/// How far a branch is followed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogitSettings {
    /// Most that anybody may gain, as a share of the largest range of a player's payoffs.
    pub regret: f64,
    /// λ times that range from which on the limit is read off the branch; looked at again
    /// at ten times as much if the gain is still too large.
    pub lambda: f64,
    /// Most steps along the principal branch with short steps; a failed step counts. With
    /// usual steps, which are tried first and on other branches, an eighth of it.
    pub steps: u32,
    /// Branches that start at other strategies than random play, if the principal one does
    /// not lead to an equilibrium.
    pub restarts: u32,
    /// What those starts are drawn by.
    pub seed: u64,
}

impl Default for LogitSettings {
    /// A gain of 10⁻¹⁰, λ of 10⁶, 20 000 steps, eight other branches.
    fn default() -> Self {
        Self { regret: 1e-10, lambda: 1e6, steps: 20_000, restarts: 8, seed: 1 }
    }
}

/// Which branch of logit equilibria an answer lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Branch {
    /// The one that starts at random play.
    Principal,
    /// One that starts at strategies drawn by the seed.
    Drawn {
        /// Number of the draw, from 1.
        draw: u32,
    },
}

/// A logit equilibrium: a point of a branch.
#[derive(Clone, Debug, PartialEq)]
pub struct LogitPoint {
    /// λ, in units of one over payoff.
    pub lambda: f64,
    /// Probability of each action, by position in tables over all actions, chance counted.
    pub probabilities: Vec<f64>,
    /// Logarithms of the same; those of actions that are never taken are −∞.
    pub logs: Vec<f64>,
    /// For each node the belief that it is the one, given its information set; zero for ends,
    /// for nodes of chance and where chance never leads.
    pub beliefs: Vec<f64>,
    /// By how much the equations fail at most: in logarithms of probabilities, for each unit
    /// of λ times the payoff range, or in all where that is below one.
    pub residual: f64,
    /// The most that anybody could gain at an information set by another action there, as it
    /// believes, in payoff.
    pub gain: f64,
    /// Steps along the branch, failed ones counted.
    pub steps: u32,
}

impl LogitPoint {
    /// For each node of a set how likely it is, given that the set is reached, in the order
    /// of [`Tree::members`].
    pub fn beliefs_at(&self, tree: &Tree, infoset: InfosetId) -> Vec<f64> {
        tree.members(infoset).iter().map(|node| self.beliefs[node.index()]).collect()
    }
}

/// An equilibrium that a branch leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct LogitLimit {
    /// The strategies.
    pub behaviour: Behaviour,
    /// What they give, and what anybody could gain by deviating alone, exactly.
    pub regret: Regret,
    /// The point of the branch from which they were read off.
    pub point: LogitPoint,
    /// Which branch it is.
    pub branch: Branch,
    /// Strategies with trembles that make beliefs consistent, where they are found and are a
    /// sequential equilibrium, exactly.
    pub assessment: Option<Assessment>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LogitError {
    /// A player has forgotten something.
    #[error("a player forgets what it did")]
    Forgotten(Forgotten),
    /// The tables of numbers would be too large.
    #[error("the game has {actions} actions to choose among, and a branch is followed for {limit} at most")]
    Large {
        /// Actions of all information sets of players.
        actions: usize,
        /// Most that are taken on.
        limit: usize,
    },
    /// The work was stopped.
    #[error("stopped")]
    Stopped(StopReason),
    /// λ is negative or no number.
    #[error("λ is {0}, and there are logit equilibria from zero on")]
    Lambda(f64),
    /// No branch could be followed far enough.
    #[error("the branch could not be followed beyond λ = {lambda} in {steps} steps")]
    Stalled {
        /// The largest λ that was reached, in units of one over payoff.
        lambda: f64,
        /// Steps of all branches.
        steps: u32,
    },
    /// What branches lead to is not close enough to an equilibrium.
    #[error("the branch leads to strategies against which somebody gains {gain}")]
    Gain {
        /// The least gain of all that was tried, in payoff.
        gain: f64,
    },
}

impl From<StopReason> for LogitError {
    fn from(reason: StopReason) -> Self {
        Self::Stopped(reason)
    }
}
