//! What can happen from the status quo, and what becomes of the named outcomes.

use detente_base::StopReason;
use detente_conflict::symbolic::StateSet;
use detente_conflict::{Concept, MoveKind};

use super::Large;
use crate::report::{LargeNamed, LargePath, LargeReached, LargeStart};

/// A set for each concept that has one.
pub(super) type Found<'s> = [(Concept, &'s StateSet)];

impl Large<'_> {
    /// The status quo with what it leads to; also what improvements lead to.
    pub(super) fn start(&self, concepts: &[Concept], found: &Found<'_>) -> Option<(LargeStart, Option<StateSet>)> {
        let from = self.status_quo()?;
        let mut start = LargeStart {
            outcome: self.outcome(&from, concepts, None),
            reached_by_moves: None,
            reached_by_improvements: None,
            reached: Vec::new(),
            stopped: None,
        };
        let mut by_improvements = None;
        match self.model.reachable(&from, MoveKind::Improving, self.budget) {
            Err(reason) => start.stopped = Some(reason),
            Ok(reached) => {
                start.reached_by_improvements = Some(self.count(&reached));
                if let Err(reason) = self.reached(&from, &reached, found, &mut start) {
                    start.stopped = Some(reason);
                }
                by_improvements = Some(reached);
            }
        }
        match self.model.reachable(&from, MoveKind::Any, self.budget) {
            Err(reason) => start.stopped = Some(reason),
            Ok(reached) => start.reached_by_moves = Some(self.count(&reached)),
        }
        Some((start, by_improvements))
    }

    /// For each concept the outcomes that hold and are reached.
    fn reached(
        &self,
        from: &[u32],
        reached: &StateSet,
        found: &Found<'_>,
        start: &mut LargeStart,
    ) -> Result<(), StopReason> {
        for (concept, set) in found.iter().filter(|(_, set)| !set.is_empty()) {
            let both = self.model.intersection(reached, set, self.budget)?;
            let (kind, target) = if both.is_empty() { (MoveKind::Any, *set) } else { (MoveKind::Improving, &both) };
            let path = self.model.path(from, kind, target, self.budget)?.filter(|steps| !steps.is_empty());
            if let Some(steps) = &path {
                assert!(self.local().is_sequence(from, steps, kind), "a path that is not legal");
            }
            start.reached.push(LargeReached {
                concept: concept.symbol().to_owned(),
                by_improvements: self.count(&both),
                path: path
                    .map(|steps| LargePath { improving: kind == MoveKind::Improving, steps: self.steps(from, &steps) }),
            });
        }
        Ok(())
    }

    /// The named outcomes, with how many of each hold and are reached.
    pub(super) fn named(&self, found: &Found<'_>, reached: Option<&StateSet>) -> Result<Vec<LargeNamed>, StopReason> {
        let mut views = Vec::new();
        for named in &self.situation.outcomes {
            // What diagrams cannot say of a name is left out, not the answer.
            let Ok(covered) = self.satisfying(&named.when) else { continue };
            let covered = covered?;
            let count =
                |set: &StateSet| self.model.intersection(&covered, set, self.budget).map(|both| self.count(&both));
            let holding = found.iter().map(|(concept, set)| Ok((concept.symbol().to_owned(), count(set)?)));
            views.push(LargeNamed {
                id: named.id.clone(),
                outcomes: self.count(&covered),
                holding: holding.collect::<Result<_, StopReason>>()?,
                reached: reached.map(count).transpose()?,
            });
        }
        Ok(views)
    }
}
