//! States from which a decision maker's own coordinates lead to the same states.

use super::steps::{Freedom, freedom};
use crate::model::{DmId, Model};

/// The free coordinates of a decision maker.
///
/// Two states that it sees and that differ only in these are joined with the same
/// states by its coordinates, each other included. Listed moves are another matter.
#[derive(Clone, Debug)]
pub(crate) struct FreePart {
    /// Weight and number of values of each.
    digits: Vec<(u32, u32)>,
}

impl FreePart {
    /// `None` when there are none, or what they allow depends on a guard.
    pub(crate) fn new(model: &Model, dm: DmId) -> Option<Self> {
        if model.controlled(dm).any(|coordinate| model.transitions(coordinate).is_guarded()) {
            return None;
        }
        let space = model.space();
        let digits: Vec<(u32, u32)> = model
            .controlled(dm)
            .filter(|own| matches!(freedom(model.transitions(*own), space.sizes()[*own]), Freedom::Free))
            .map(|own| (space.strides()[own], space.sizes()[own]))
            .collect();
        (!digits.is_empty()).then_some(Self { digits })
    }

    /// The code with the free coordinates at zero: the same for states so joined.
    pub(crate) fn base(&self, code: u32) -> u32 {
        self.digits.iter().fold(code, |code, (stride, size)| code - code / stride % size * stride)
    }
}
