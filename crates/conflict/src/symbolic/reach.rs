//! What can happen from a status quo, on diagrams.

use detente_base::{Budget, StopReason};

use super::model::SymbolicModel;
use super::set::StateSet;
use crate::moves::MoveKind;

impl SymbolicModel {
    /// The states that legal sequences of all decision makers lead to from a state,
    /// itself included: `R_N(s) ∪ {s}`, or `R⁺_N(s) ∪ {s}` for improvements.
    ///
    /// Cost: one step for each decision maker and round; there are as many rounds as
    /// the longest shortest sequence has steps.
    ///
    /// # Errors
    /// When the budget ends it.
    ///
    /// # Panics
    /// If there is not one value for each coordinate.
    pub fn reachable(&self, from: &[u32], kind: MoveKind, budget: &Budget) -> Result<StateSet, StopReason> {
        assert_eq!(from.len(), self.code.sizes().len(), "one value for each coordinate");
        let work = self.work(budget);
        let dd = &work.dd;
        let start = dd.and(&self.feasible, &self.code.formula(&super::Formula::state(from), dd)?)?;
        // What each decision maker moved to last.
        let mut ends = vec![self.code.no(); self.movers.len()];
        let mut unchanged = 0;
        while unchanged < self.movers.len() {
            for party in 0..self.movers.len() {
                let mut before = start.clone();
                for (_, others) in ends.iter().enumerate().filter(|(other, _)| *other != party) {
                    before = dd.or(&before, others)?;
                }
                let grown = dd.or(&ends[party], &work.after(party, kind, &before)?)?;
                unchanged = if grown == ends[party] { unchanged + 1 } else { 0 };
                ends[party] = grown;
            }
        }
        Ok(StateSet(ends.iter().try_fold(start, |all, reached| dd.or(&all, reached))?))
    }
}
