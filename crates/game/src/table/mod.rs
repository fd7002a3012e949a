//! Equilibria of strategic games.
//!
//! [`pure_equilibria`] for any number of players; for two, [`extreme_equilibria`] with the
//! components that they span, and [`accessible_equilibria`] with the paths between some.
//! [`dominance`] takes out what nobody would play.

pub mod dominance;
mod extreme;
mod lemke_howson;
mod polytope;
mod pure;
mod rays;

pub use extreme::{ExtremeEquilibria, MixedEquilibrium, extreme_equilibria};
pub use lemke_howson::{Accessible, Path, accessible_equilibria, lemke_howson};
pub use pure::pure_equilibria;
