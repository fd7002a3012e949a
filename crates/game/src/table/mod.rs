//! Equilibria of strategic games.
//!
//! [`pure_equilibria`] for any number of players; for two, [`extreme_equilibria`] with the
//! components that they span.
//! [`dominance`] takes out what nobody would play.

pub mod dominance;
mod extreme;
mod pure;
mod rays;

pub use extreme::{ExtremeEquilibria, MixedEquilibrium, extreme_equilibria};
pub use pure::pure_equilibria;
