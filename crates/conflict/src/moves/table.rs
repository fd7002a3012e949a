//! One decision maker's moves, for all states at once.

use detente_base::{Budget, StopReason};

use super::{Listed, MoveKind, Rows};
use crate::model::{DmId, Model};

/// How values are combined.
pub(crate) trait Choice {
    /// What never wins.
    const NEUTRAL: u32;
    /// The winner.
    fn pick(a: u32, b: u32) -> u32;
}

/// The least value.
pub(crate) struct Least;
/// The greatest value.
pub(crate) struct Greatest;

impl Choice for Least {
    const NEUTRAL: u32 = u32::MAX;
    fn pick(a: u32, b: u32) -> u32 {
        a.min(b)
    }
}

impl Choice for Greatest {
    const NEUTRAL: u32 = 0;
    fn pick(a: u32, b: u32) -> u32 {
        a.max(b)
    }
}

/// Rows for what its coordinates allow, a list for the rest. A guarded coordinate
/// puts all moves of its owner on the list.
#[derive(Clone, Debug)]
pub(crate) struct MoveTable {
    pub(crate) rows: Option<Rows>,
    pub(crate) listed: Option<Listed>,
}

impl MoveTable {
    pub(crate) fn new(model: &Model, dm: DmId, budget: &Budget) -> Result<Self, StopReason> {
        if model.controlled(dm).any(|coordinate| model.transitions(coordinate).is_guarded()) {
            return Ok(Self { rows: None, listed: Some(Listed::from_moves(model, dm, budget)?) });
        }
        let listed = if model.arcs(dm).is_empty() { None } else { Some(Listed::from_arcs(model, dm, budget)?) };
        Ok(Self { rows: Rows::new(model, dm, budget)?, listed })
    }

    /// Whether two moves in a row are always one move or none.
    pub(crate) fn is_transitive(&self) -> bool {
        self.listed.is_none() && self.rows.as_ref().is_none_or(Rows::is_transitive)
    }

    /// Replaces each value by the choice over the state itself and the moves of a
    /// kind from it, all values read before any is written. `ranks` are the mover's.
    /// Tells whether one changed.
    pub(crate) fn fold<C: Choice>(&self, kind: MoveKind, ranks: &[u32], values: &mut [u32]) -> bool {
        let before = self.listed.as_ref().map(|listed| (listed, values.to_vec()));
        let mut changed = match (&self.rows, kind) {
            (None, _) => false,
            (Some(rows), MoveKind::Any) => rows.fold::<C>(values),
            (Some(rows), MoveKind::Improving) => rows.fold_improving::<C>(values),
        };
        let Some((listed, before)) = before else {
            return changed;
        };
        for (state, value) in values.iter_mut().enumerate() {
            for &target in listed.from(state) {
                let target = target as usize;
                if kind == MoveKind::Any || ranks[target] > ranks[state] {
                    let best = C::pick(*value, before[target]);
                    changed |= *value != best;
                    *value = best;
                }
            }
        }
        changed
    }
}
