//! Games: who moves when, seeing what, and what that ends in.
//!
//! A *strategic game* gives each player strategies and each profile of them payoffs
//! ([`StrategicGame`]). An *extensive game* is a tree of moves with chance and information
//! sets ([`Tree`]). Payoffs and chances are exact.
//!
//! ```
//! use detente_base::Exact;
//! use detente_game::{Mover, PlayerId, TreeBuilder};
//!
//! // A threat: the first player may challenge, the second concede or resist.
//! let mut builder = TreeBuilder::new("A challenge", &["challenger", "target"]);
//! let first = builder.infoset(Mover::Player(PlayerId(0)), "", &["wait", "challenge"]);
//! let second = builder.infoset(Mover::Player(PlayerId(1)), "", &["concede", "resist"]);
//! let payoffs = |a: i64, b: i64| vec![Exact::from(a), Exact::from(b)];
//! builder.decision(first);
//! builder.terminal(payoffs(0, 0));
//! builder.decision(second);
//! builder.terminal(payoffs(1, -1));
//! builder.terminal(payoffs(-2, -2));
//! let tree = builder.build()?;
//! assert_eq!((tree.node_count(), tree.infoset_count()), (5, 2));
//! assert!(tree.has_perfect_information() && tree.recall().is_ok());
//! # Ok::<(), detente_game::TreeError>(())
//! ```
//!
//! Reading order: [`Tree`], [`TreeBuilder`], [`Behaviour`] (strategies on a tree),
//! [`StrategicGame`], [`SequenceForm`] (the tree as linear algebra), [`regret`] (the
//! certificate of every answer), [`subgames`] (the same in every subgame), [`Assessment`]
//! (strategies with beliefs), [`lemke`] (two players, exactly), [`zero_sum`] (two who want the
//! opposite: exact values), [`logit`] (any number of players), [`minimisation`] (large trees),
//! [`table`] and [`correlated`] (strategic games), [`signalling`] (what messages would be taken
//! for that nobody sends),
//! [`catalog`] (known games), [`files`] (those of Gambit, read and written), [`stochastic`]
//! (what is done now decides what is played next), [`repeated`] (conditions on patience and
//! bonds), [`statistical`] (a crisis in which payoffs are seen with noise), [`crises`] (games
//! solved in closed form).
//!
//! Sources: `[Kuhn1953]`, `[VonStengel1996]`.

mod assessment;
pub mod backward;
mod behaviour;
pub mod catalog;
pub mod correlated;
pub mod crises;
pub mod files;
mod fractions;
pub mod lemke;
pub mod logit;
pub mod minimisation;
mod program;
mod reduced;
pub mod regret;
pub mod repeated;
mod sequences;
pub mod signalling;
pub mod statistical;
pub mod stochastic;
mod strategic;
pub mod subgames;
pub mod table;
mod tree;
pub mod zero_sum;

pub use assessment::{Assessment, Tremble, TrembleError};
pub use behaviour::{Behaviour, BehaviourError};
pub use reduced::ReducedForm;
pub use sequences::{Leaf, SequenceForm, SequencePlayer, SequenceSet};
pub use strategic::{StrategicError, StrategicGame};
pub use tree::build::{TreeBuilder, TreeError};
pub use tree::shape::{Forgotten, Recall};
pub use tree::{Infoset, InfosetId, Mover, NodeId, NodeKind, Outcome, OutcomeId, PlayerId, Tree};
