//! Stability: when a decision maker has no reason to leave a state.
//!
//! The concepts differ in what a decision maker i at state s expects after one of
//! its *unilateral improvements* q ∈ Rᵢ⁺(s):
//!
//! | symbol | concept | i stays at s because |
//! |---|---|---|
//! | R | [`nash`] | there is no improvement |
//! | GMR | [`general_metarational`] | the others can lead from each to a state no better than s |
//! | SMR | [`symmetric_metarational`] | and i cannot escape from there to a better state than s |
//! | SEQ | [`sequential`] | as GMR, each step improving for its mover |
//! | SSEQ | [`symmetric_sequential`] | as SMR, each step improving for its mover |
//!
//! Where every move is a change of the mover's own coordinates, [`simultaneous`]
//! stability (SIM) asks what happens when others improve at the same moment.
//! Conflicts of two have more concepts, in [`crate::horizon`].
//!
//! Reading order: [`Concept`], [`solve`], [`Solution`], [`explain`], [`Evidence`];
//! then the folder of a concept: its definition, solver, evidence and checker.
//!
//! Left out: coalitions, which have a [module](crate::coalitions) of their own; strength
//! of preference, attitudes.

pub mod general_metarational;
pub mod nash;
pub mod sequential;
pub mod simultaneous;
pub mod symmetric_metarational;
pub mod symmetric_sequential;

mod evidence;
mod registry;
mod search;
mod solution;
mod work;

#[cfg(test)]
pub(crate) mod examples;

pub use evidence::{Evidence, Reply, Sanction, explain};
pub use registry::Concept;
pub use solution::{Solution, solve};

pub(crate) use registry::Definition;
pub(crate) use search::{Case, Escapes};
pub(crate) use work::Work;
