//! Each improvement against every combination of the others' improvements.

use detente_base::{Budget, StopReason};
use fixedbitset::FixedBitSet;

use super::Pace;
use crate::model::{DmId, Model, StateId};
use crate::moves::{MoveKind, visit_moves};

/// The stable states of each decision maker.
pub(super) fn stable_states(model: &Model, budget: &Budget) -> Result<Vec<FixedBitSet>, StopReason> {
    let mut stable = vec![FixedBitSet::with_capacity(model.state_count()); model.decision_maker_count()];
    let mut meeting = Meeting { model, budget, pace: Pace::default() };
    let mut changes: Vec<Vec<u32>> = vec![Vec::new(); model.decision_maker_count()];
    let mut targets = Vec::new();
    for state in model.states() {
        meeting.pace.step(budget)?;
        let code = model.code(state);
        for dm in model.decision_makers() {
            visit_moves(model, dm, state, MoveKind::Improving, &mut targets);
            let own = &mut changes[dm.index()];
            own.clear();
            own.extend(targets.iter().map(|target| model.code(*target).wrapping_sub(code)));
        }
        for dm in model.decision_makers() {
            if meeting.keeps(dm, state, &changes)? {
                stable[dm.index()].insert(state.index());
            }
        }
    }
    Ok(stable)
}

struct Meeting<'a> {
    model: &'a Model,
    budget: &'a Budget,
    pace: Pace,
}

/// One decision maker at one state.
#[derive(Clone, Copy)]
struct Focus {
    dm: DmId,
    rank: u32,
}

impl Meeting<'_> {
    /// Whether each change of the decision maker can meet a sanction. Changes are
    /// differences of codes modulo 2³²: those of different owners add up.
    fn keeps(&mut self, dm: DmId, state: StateId, changes: &[Vec<u32>]) -> Result<bool, StopReason> {
        let others: Vec<&[u32]> = (changes.iter().enumerate())
            .filter(|(other, list)| *other != dm.index() && !list.is_empty())
            .map(|(_, list)| list.as_slice())
            .collect();
        let focus = Focus { dm, rank: self.model.rank(dm, state) };
        for &change in &changes[dm.index()] {
            let code = self.model.code(state).wrapping_add(change);
            if others.is_empty() || !self.is_sanctioned(focus, code, &others)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether changes of some of these lead from a code to a sanction.
    fn is_sanctioned(&mut self, focus: Focus, code: u32, others: &[&[u32]]) -> Result<bool, StopReason> {
        for (place, list) in others.iter().enumerate() {
            for change in *list {
                self.pace.step(self.budget)?;
                let combined = code.wrapping_add(*change);
                let end = self.model.state_at(combined);
                if end.is_some_and(|end| self.model.rank(focus.dm, end) <= focus.rank)
                    || self.is_sanctioned(focus, combined, &others[place + 1..])?
                {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}
