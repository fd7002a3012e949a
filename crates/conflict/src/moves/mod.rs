//! What a decision maker can do in one step.
//!
//! [`moves`] and [`improvements`] list the moves from one state. The rest of this
//! module is the same relation in a form that is applied to all states at once:
//! `rows` groups the states between which a party's own coordinates lead, `listed`
//! holds moves one by one, and `MoveTable` joins the two.

mod enumerate;
mod free;
mod listed;
mod rows;
mod steps;
mod table;

pub use enumerate::{improvements, moves};
pub(crate) use enumerate::{visit_arcs, visit_changes, visit_moves};
pub(crate) use free::FreePart;
pub(crate) use listed::Listed;
pub(crate) use rows::Rows;
pub(crate) use table::{Greatest, Least, MoveTable};

/// Which moves count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MoveKind {
    /// All unilateral moves, Rᵢ(s).
    Any,
    /// Unilateral improvements only, Rᵢ⁺(s) = {q ∈ Rᵢ(s): Pᵢ(q) > Pᵢ(s)}: every step
    /// improves for its mover on the state that it leaves.
    Improving,
}
