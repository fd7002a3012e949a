//! A crisis as data show it: each side knows its own payoffs, others see them with noise.
//!
//! State A challenges or leaves the *status quo*; B *concedes* or resists; A then *stands
//! firm* or *backs down*. What war is worth to either, and backing down to A, is known to
//! itself alone: a known mean plus a standard normal shock. An equilibrium is a chance `p_R`
//! that B resists which A's best replies to it bring about. There may be several; all are
//! found.
//!
//! ```
//! use detente_base::Budget;
//! use detente_game::statistical::{CrisisMeans, CrisisGame};
//!
//! let means = CrisisMeans { status_quo: 0.0, gain: 1.0, war: -1.9, backing_down: -1.2,
//!     conceding: 0.0, prevailing: 1.0, war_b: -2.8 };
//! let all = CrisisGame::new(means)?.all_equilibria(&Budget::default()).expect("a budget");
//! let resist: Vec<String> = all.found.iter().map(|one| format!("{:.7}", one.resist)).collect();
//! assert_eq!(resist, ["0.2964518", "0.4724232", "0.8740314"]);
//! assert!(all.undecided.is_empty());
//! # Ok::<(), detente_game::statistical::NotFinite>(())
//! ```
//!
//! Reading order: [`CrisisGame`], [`CrisisEquilibria`], [`normal`] (the distributions).
//!
//! Left out: estimating means from data; shocks with other distributions.
//!
//! Sources: `[LewisSchultz2003]`, `[Jo2011]` (several equilibria).

mod game;
pub mod normal;
mod range;
mod solve;

pub use game::{CrisisGame, CrisisMeans, NotFinite};
pub use solve::{CrisisEquilibria, CrisisEquilibrium};
