//! What is left when nobody plays what is dominated, and nobody expects it.
//!
//! A strategy s of player i is *strictly dominated* if a mixture q of its strategies does
//! better whatever the others do: Σₜ q(t)·uᵢ(t, a) > uᵢ(s, a) for all profiles a of the
//! others. It is *weakly dominated* if no a makes the mixture worse, and some a makes it
//! better. What is dominated is taken out, for all players at once, and the rest is looked
//! at again until nothing is. For strict dominance the order does not matter; for weak
//! dominance it may, and here each round takes out all that is dominated in what the round
//! before has left.
//!
//! Every removal comes with the mixture, and every strategy that stays with a belief against
//! which it is a best reply: about what the others have left, and for weak dominance one that
//! leaves nothing out. [`verify_elimination`] reads both off the game alone.
//!
//! ```
//! use detente_base::{Budget, Exact};
//! use detente_game::StrategicGame;
//! use detente_game::table::dominance::{Rule, eliminate, verify_elimination};
//!
//! // The prisoner's dilemma: only betrayal is left.
//! let names = |all: &[&str]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
//! let acts = names(&["stay silent", "betray"]);
//! let payoffs = [-1, -1, 0, -9, -9, 0, -6, -6].map(Exact::from);
//! let game = StrategicGame::new("", names(&["a", "b"]), vec![acts.clone(), acts], payoffs.to_vec())?;
//! let found = eliminate(&game, Rule::STRICT, &Budget::default()).expect("no limit");
//! assert_eq!(found.remaining, [[1], [1]]);
//! assert_eq!(verify_elimination(&game, &found), Ok(()));
//! # Ok::<(), detente_game::StrategicError>(())
//! ```
//!
//! Sources: `[Pearce1984]` (beliefs), `[GilboaKalaiZemel1990]` (orders of removal).

mod check;
mod solve;

use detente_base::Exact;

use crate::PlayerId;
pub use check::{DominanceFault, verify_elimination};
pub use solve::eliminate;

/// How much better a dominating mixture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dominance {
    /// Whatever the others do.
    Strict,
    /// Never worse, and sometimes better.
    Weak,
}

/// What may dominate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dominators {
    /// Single strategies.
    Pure,
    /// Mixtures too.
    Mixed,
}

/// What is taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// How much better a dominating mixture is.
    pub dominance: Dominance,
    /// What may dominate.
    pub by: Dominators,
}

impl Rule {
    /// What is strictly dominated, by mixtures too.
    pub const STRICT: Self = Self { dominance: Dominance::Strict, by: Dominators::Mixed };
    /// What is weakly dominated, by mixtures too.
    pub const WEAK: Self = Self { dominance: Dominance::Weak, by: Dominators::Mixed };
}

/// A strategy that is taken out, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// The round, from 1; all removals of a round are from what the round before has left.
    pub round: usize,
    /// Whose it is.
    pub player: PlayerId,
    /// The strategy.
    pub strategy: usize,
    /// The mixture that dominates it: strategies with probabilities other than zero.
    pub by: Vec<(usize, Exact)>,
}

/// A strategy that stays, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Whose it is.
    pub player: PlayerId,
    /// The strategy.
    pub strategy: usize,
    /// A belief against which none of the player's strategies that are left does better:
    /// profiles in which it plays this strategy, with probabilities other than zero. Empty
    /// if only single strategies may dominate, for then there need not be any.
    pub belief: Vec<(usize, Exact)>,
}

/// All removals, and what is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elimination {
    /// What is taken out.
    pub rule: Rule,
    /// In order.
    pub removals: Vec<Removal>,
    /// Why the rest stays, by player and strategy.
    pub kept: Vec<Kept>,
    /// For each player the strategies that are left.
    pub remaining: Vec<Vec<usize>>,
}
