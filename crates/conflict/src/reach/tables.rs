//! Every decision maker's moves in the form in which they are applied to all states.

use std::sync::OnceLock;

use detente_base::{Budget, StopReason};

use crate::lanes::in_lanes;
use crate::model::{DmId, Model};
use crate::moves::{Listed, MoveTable};

/// Move tables of all decision makers, and backward ones as far as asked for.
pub(crate) struct Tables<'m> {
    pub(crate) model: &'m Model,
    forward: Vec<MoveTable>,
    backward: Vec<OnceLock<Backward>>,
}

/// What is needed to go from a state to those that a party can come from.
pub(crate) struct Backward {
    /// Row of each state, or [`NO_ROW`], and its place there; empty without rows.
    pub(crate) row_of: Vec<(u32, u32)>,
    pub(crate) listed: Option<Listed>,
}

/// Row number of a state without moves in rows.
pub(crate) const NO_ROW: (u32, u32) = (u32::MAX, 0);

impl<'m> Tables<'m> {
    pub(crate) fn new(model: &'m Model, budget: &Budget) -> Result<Self, StopReason> {
        let forward = in_lanes(model.decision_maker_count(), model.state_count(), |dm| {
            MoveTable::new(model, DmId::from_index(dm), budget)
        })?;
        let backward = forward.iter().map(|_| OnceLock::new()).collect();
        Ok(Self { model, forward, backward })
    }

    pub(crate) fn forward(&self, dm: DmId) -> &MoveTable {
        &self.forward[dm.index()]
    }

    pub(crate) fn backward(&self, dm: DmId) -> &Backward {
        self.backward[dm.index()].get_or_init(|| {
            let table = self.forward(dm);
            let mut row_of = Vec::new();
            if let Some(rows) = &table.rows {
                row_of.resize(self.model.state_count(), NO_ROW);
                for row in 0..rows.count() {
                    for (place, state) in rows.row(row).enumerate() {
                        row_of[state] = (row as u32, place as u32);
                    }
                }
            }
            Backward { row_of, listed: table.listed.as_ref().map(Listed::reversed) }
        })
    }

    /// All decision makers but one.
    pub(crate) fn others(&self, dm: DmId) -> Vec<DmId> {
        self.model.decision_makers().filter(|other| *other != dm).collect()
    }
}
