//! Where several decision makers can lead by moving in turn.
//!
//! A *legal sequence* of a group is a series of moves of its members in which nobody
//! moves twice in a row; a member may move again later. The states at the ends of
//! the legal sequences from s are `R_H(s)`; with improving moves only, `R⁺_H(s)`.
//! For a group of one that is a single move: nothing is closed transitively.
//!
//! Inside, `paths` finds the sequences from one state, and `worst`, for all states at
//! once, the least of given values among the states that a group can lead to.
//!
//! Source: `[FangHipelKilgour1993]`, ch. 4.

mod ascending;
pub(crate) mod paths;
pub(crate) mod search;
mod tables;
mod worst;

#[cfg(test)]
mod tests;

pub(crate) use tables::Tables;
pub(crate) use worst::worst;

use crate::model::{DmId, StateId};

/// One move of a legal sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    /// Who moves.
    pub mover: DmId,
    /// The state that the move leads to.
    pub to: StateId,
}
