//! Moves listed one by one.

use detente_base::{Budget, StopReason};

use super::{MoveKind, visit_moves};
use crate::model::{DmId, Model};

/// Moves by source state: those of s are `targets[starts[s]..starts[s + 1]]`.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    starts: Vec<u32>,
    targets: Vec<u32>,
}

impl Listed {
    /// The listed arcs of a decision maker between states that it sees.
    pub(crate) fn from_arcs(model: &Model, dm: DmId, budget: &Budget) -> Result<Self, StopReason> {
        let state = |code: u32| model.state_at(code).filter(|_| model.sees(dm, code));
        let pairs: Vec<(u32, u32)> =
            model.arcs(dm).iter().filter_map(|&(from, to)| Some((state(from)?.0, state(to)?.0))).collect();
        check_count(pairs.len(), budget)?;
        Ok(Self::from_sorted_pairs(model.state_count(), &pairs))
    }

    /// All moves of a decision maker.
    pub(crate) fn from_moves(model: &Model, dm: DmId, budget: &Budget) -> Result<Self, StopReason> {
        let mut starts = Vec::with_capacity(model.state_count() + 1);
        let (mut targets, mut here) = (Vec::new(), Vec::new());
        starts.push(0);
        for state in model.states() {
            if state.0 % (1 << 12) == 0 {
                budget.check()?;
            }
            visit_moves(model, dm, state, MoveKind::Any, &mut here);
            targets.extend(here.iter().map(|target| target.0));
            check_count(targets.len(), budget)?;
            starts.push(targets.len() as u32);
        }
        Ok(Self { starts, targets })
    }

    /// Targets of state s are `targets[starts[s]..starts[s + 1]]`.
    pub(crate) fn from_parts(starts: Vec<u32>, targets: Vec<u32>) -> Self {
        Self { starts, targets }
    }

    fn from_sorted_pairs(state_count: usize, pairs: &[(u32, u32)]) -> Self {
        let mut starts = vec![0; state_count + 1];
        for &(from, _) in pairs {
            starts[from as usize + 1] += 1;
        }
        for state in 0..state_count {
            starts[state + 1] += starts[state];
        }
        Self { starts, targets: pairs.iter().map(|(_, to)| *to).collect() }
    }

    /// The moves that a condition on source and target keeps.
    pub(crate) fn filtered(&self, keeps: impl Fn(u32, u32) -> bool) -> Self {
        let mut starts = Vec::with_capacity(self.starts.len());
        let mut targets = Vec::new();
        starts.push(0);
        for from in 0..self.starts.len() - 1 {
            targets.extend(self.from(from).iter().copied().filter(|to| keeps(from as u32, *to)));
            starts.push(targets.len() as u32);
        }
        Self { starts, targets }
    }

    /// The same moves by target state, ascending.
    pub(crate) fn reversed(&self) -> Self {
        let state_count = self.starts.len() - 1;
        let mut starts = vec![0_u32; state_count + 2];
        for &to in &self.targets {
            starts[to as usize + 2] += 1;
        }
        for state in 0..state_count {
            starts[state + 2] += starts[state + 1];
        }
        let mut targets = vec![0; self.targets.len()];
        for from in 0..state_count {
            for &to in self.from(from) {
                let place = &mut starts[to as usize + 1];
                targets[*place as usize] = from as u32;
                *place += 1;
            }
        }
        starts.pop();
        Self { starts, targets }
    }

    /// Targets of the moves from a state.
    pub(crate) fn from(&self, state: usize) -> &[u32] {
        &self.targets[self.starts[state] as usize..self.starts[state + 1] as usize]
    }
}

/// Positions are kept in 32 bits, whatever the budget allows.
fn check_count(count: usize, budget: &Budget) -> Result<(), StopReason> {
    let limit = budget.moves.min(u32::MAX.into());
    if count as u64 > limit { Err(StopReason::TooManyMoves { limit }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reversing_twice_changes_nothing() {
        let listed = Listed::from_sorted_pairs(4, &[(0, 1), (0, 3), (2, 1), (3, 0)]);
        let reversed = listed.reversed();
        assert_eq!(reversed.from(1), [0, 2]);
        assert!(reversed.from(2).is_empty());
        assert_eq!(reversed.reversed().targets, listed.targets);
        assert_eq!(reversed.reversed().starts, listed.starts);
    }
}
