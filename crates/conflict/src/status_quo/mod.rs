//! What can happen from here: the states that legal sequences of all decision makers
//! lead to from a status quo, each with a shortest sequence as certificate.
//!
//! The search is complete: a sequence may be as long as it must. A certificate is
//! checked by [`verify_path`](crate::check::verify_path).
//!
//! Source: `[LiKilgourHipel2005]`. Differs: no limit on the length of sequences.

use detente_base::{Budget, StopReason};

use crate::model::{Model, StateId};
use crate::moves::MoveKind;
use crate::reach::Step;
use crate::reach::paths::{Node, Paths, steps_to};

#[cfg(test)]
mod tests;

/// The states that can follow a status quo.
#[derive(Clone, Debug)]
pub struct Reachability {
    from: StateId,
    kind: MoveKind,
    nodes: Vec<Node>,
    /// First position of each state and its number of steps.
    arrivals: Vec<Option<(u32, u32)>>,
    count: usize,
}

/// Finds all states that legal sequences of moves, or of improvements, lead to.
///
/// Cost: O(n·d) time and memory where moves are free, else times the moves of a
/// decision maker from a state; n states, d decision makers.
///
/// # Errors
/// When the budget's stopper is raised.
pub fn status_quo(model: &Model, from: StateId, kind: MoveKind, budget: &Budget) -> Result<Reachability, StopReason> {
    let mut paths = Paths::new(model, model.decision_makers().collect(), kind, from);
    let mut arrivals = vec![None; model.state_count()];
    arrivals[from.index()] = Some((0, 0));
    let mut count = 1;
    loop {
        let level = paths.advance(budget)?;
        if level.is_empty() {
            return Ok(Reachability { from, kind, nodes: paths.into_nodes(), arrivals, count });
        }
        count += level.len();
        for position in level {
            arrivals[paths.state(position).index()] = Some((position as u32, paths.depth(position)));
        }
    }
}

impl Reachability {
    /// The status quo.
    pub fn from(&self) -> StateId {
        self.from
    }

    /// Which moves count.
    pub fn kind(&self) -> MoveKind {
        self.kind
    }

    /// Number of states reached, the status quo included.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Whether a state is reached; the status quo is.
    pub fn reaches(&self, state: StateId) -> bool {
        self.arrivals[state.index()].is_some()
    }

    /// Least number of steps to a state; 0 for the status quo.
    pub fn distance(&self, state: StateId) -> Option<u32> {
        self.arrivals[state.index()].map(|(_, steps)| steps)
    }

    /// A shortest legal sequence to a state; empty for the status quo.
    pub fn path(&self, to: StateId) -> Option<Vec<Step>> {
        self.arrivals[to.index()].map(|(position, _)| steps_to(&self.nodes, position as usize))
    }
}
