//! Stochastic games: what is done now decides what is played next.
//!
//! The game is in one of finitely many *states*. In each, every player chooses an action; the
//! choices give payoffs and the chances of the next state. Player i counts what comes t rounds
//! later δᵢᵗ times, so that values are sums Σₜ δᵢᵗ·rₜ, not averages. A *stationary* strategy
//! depends on the state alone; a *Markov perfect equilibrium* here is a profile of stationary
//! strategies from which nobody gains by deviating, whatever the state.
//!
//! ```
//! use detente_base::{Budget, Exact};
//! use detente_game::stochastic::{ProfileForm, StateForm, StateId, StochasticGame, Until, hoffman_karp};
//!
//! // The first player wins 1 as long as both match; the third outcome ends the game.
//! let leads = |payoff: i64, next: u32| ProfileForm {
//!     payoffs: vec![Exact::from(payoff), Exact::from(-payoff)],
//!     next: vec![(StateId(next), Exact::ONE)],
//! };
//! let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
//! let play = StateForm {
//!     name: "play".to_owned(),
//!     actions: vec![names(&["up", "down"]), names(&["left", "right"])],
//!     profiles: vec![leads(1, 0), leads(0, 1), leads(0, 1), leads(1, 1)],
//! };
//! let over = StateForm { name: "over".to_owned(), actions: vec![names(&["-"]); 2], profiles: vec![leads(0, 1)] };
//! let half = Exact::ratio(1, 2);
//! let game = StochasticGame::new(names(&["one", "two"]), vec![half.clone(), half], vec![play, over]).expect("a game");
//! let found = hoffman_karp(&game, Until::default(), &Budget::default()).expect("two players, zero-sum");
//! // v = (1 + v/2)/(2 + v/2), which is (√17 − 3)/2.
//! let root = (libm::sqrt(17.0) - 3.0) / 2.0;
//! assert!(found.low[0].to_f64() <= root + 1e-15 && root <= found.high[0].to_f64() + 1e-15);
//! assert!(found.width().to_f64() < 1e-9);
//! ```
//!
//! Reading order: [`StochasticGame`], [`Stationary`], [`exact_regret`] and [`bounded_regret`]
//! (the certificates), [`matrix_game`], [`value_iteration`], [`hoffman_karp`] and
//! [`pollatschek_avi_itzhak`] (two players, zero-sum), [`perfect_equilibrium`] (any number of
//! players).
//!
//! Left out: payoffs that are not discounted, strategies with memory (see
//! [`repeated`](crate::repeated) for conditions on some of those), infinitely many states.
//!
//! Sources: `[Shapley1953]`, `[FilarVrieze1997]`.

mod check;
mod dense;
mod equations;
mod flat;
mod general;
mod matrix;
mod model;
mod path;
mod polish;
mod strategy;
mod zero_sum;

pub use check::{StationaryRegret, bounded_regret, exact_regret};
pub use general::{NoEquilibrium, PerfectEquilibrium, Tolerance, perfect_equilibrium, several_perfect};
pub use matrix::{MatrixSolution, matrix_game};
pub use model::{GameFault, ProfileForm, StateForm, StateId, StochasticGame};
pub use strategy::{Stationary, StationaryFault};
pub use zero_sum::{NotZeroSum, Until, ZeroSumValue, hoffman_karp, pollatschek_avi_itzhak, value_iteration};
