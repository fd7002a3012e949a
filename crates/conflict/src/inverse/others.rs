//! Whether the others' verdicts on E depend on one decision maker's ranks.

use std::collections::BTreeSet;

use detente_base::{Budget, StopReason};

use crate::concepts::{Concept, explain};
use crate::model::{DmId, Model, StateId};
use crate::moves::{MoveKind, improvements, moves, visit_moves};

/// What an order of one decision maker can do to another's verdict on a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dependence {
    /// It stays whatever the order.
    Stays,
    /// It leaves whatever the order.
    Leaves,
    /// It turns on which of the free one's moves are improvements; or it may, since
    /// each of them is taken on its own.
    Depends,
}

/// Whether `dm` stays at a state however `free` ranks the states.
///
/// Replies of the others become more, never fewer, when more moves of `free` are
/// improvements. So `dm` always stays if it does when none of them is one, and always
/// leaves if it does when all are. Under R, GMR and SMR nothing depends on it.
///
/// # Errors
/// When the budget's stopper is raised.
pub fn dependence(
    model: &Model,
    concept: Concept,
    (free, dm): (DmId, DmId),
    target: StateId,
    budget: &Budget,
) -> Result<Dependence, StopReason> {
    if !matches!(concept, Concept::Sequential | Concept::SymmetricSequential) {
        let stays = explain(model, concept, dm, target, budget)?.is_stable();
        return Ok(if stays { Dependence::Stays } else { Dependence::Leaves });
    }
    let case = Coupled { model, concept, free, dm, target };
    if case.stays(FreeMoves::Never, budget)? {
        Ok(Dependence::Stays)
    } else if case.stays(FreeMoves::Always, budget)? {
        Ok(Dependence::Depends)
    } else {
        Ok(Dependence::Leaves)
    }
}

/// Which moves of the free decision maker count as improvements.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FreeMoves {
    Never,
    Always,
}

struct Coupled<'m> {
    model: &'m Model,
    concept: Concept,
    free: DmId,
    dm: DmId,
    target: StateId,
}

impl Coupled<'_> {
    fn stays(&self, free: FreeMoves, budget: &Budget) -> Result<bool, StopReason> {
        for improvement in improvements(self.model, self.dm, self.target) {
            let replies = self.replies(improvement, free, budget)?;
            if !replies.into_iter().any(|reply| self.deters(reply)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn deters(&self, reply: StateId) -> bool {
        let limit = self.model.rank(self.dm, self.target);
        let no_better = |state: StateId| self.model.rank(self.dm, state) <= limit;
        no_better(reply)
            && (self.concept == Concept::Sequential || moves(self.model, self.dm, reply).into_iter().all(no_better))
    }

    /// Ends of the legal sequences of everybody but `dm`.
    fn replies(&self, from: StateId, free: FreeMoves, budget: &Budget) -> Result<BTreeSet<StateId>, StopReason> {
        let mut met: BTreeSet<(StateId, DmId)> = BTreeSet::new();
        let mut open: Vec<(StateId, Option<DmId>)> = vec![(from, None)];
        let mut targets = Vec::new();
        while let Some((state, last)) = open.pop() {
            budget.check()?;
            for mover in self.model.decision_makers().filter(|m| *m != self.dm && Some(*m) != last) {
                let kind = match free {
                    FreeMoves::Never if mover == self.free => continue,
                    FreeMoves::Always if mover == self.free => MoveKind::Any,
                    _ => MoveKind::Improving,
                };
                visit_moves(self.model, mover, state, kind, &mut targets);
                for &to in &targets {
                    if met.insert((to, mover)) {
                        open.push((to, Some(mover)));
                    }
                }
            }
        }
        Ok(met.into_iter().map(|(state, _)| state).collect())
    }
}
