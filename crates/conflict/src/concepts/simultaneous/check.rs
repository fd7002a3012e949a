//! Each sanction, coordinate by coordinate; or that there is none, by trying all.

use std::collections::BTreeSet;

use super::{JointReply, SimultaneousEvidence};
use crate::check::{CheckFailure, naive};
use crate::model::{DmId, Model, StateId};

/// Checks a verdict under SIM and its evidence against the definition.
///
/// Cost: as [`super::explain_simultaneous`], times the combinations of a party's own
/// values.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify_simultaneous(
    model: &Model,
    dm: DmId,
    state: StateId,
    claimed_stable: bool,
    evidence: &SimultaneousEvidence,
) -> Result<(), CheckFailure> {
    if claimed_stable != matches!(evidence, SimultaneousEvidence::Stable { .. }) {
        return Err(CheckFailure::VerdictDiffers);
    }
    let claim = JointClaim { model, dm, state };
    match evidence {
        SimultaneousEvidence::Stable { sanctions } => {
            let listed: BTreeSet<StateId> = sanctions.iter().map(|sanction| sanction.improvement).collect();
            if listed.len() != sanctions.len() || listed != claim.improvements(dm) {
                return Err(CheckFailure::WrongSanctions);
            }
            sanctions.iter().try_for_each(|sanction| {
                claim.check_reply(sanction.improvement, &sanction.reply)?;
                if claim.deters(sanction.reply.result) { Ok(()) } else { Err(CheckFailure::ResultIsBetter) }
            })
        }
        SimultaneousEvidence::Unstable { improvement, joint } => {
            let own = claim.improvements(dm);
            if !own.contains(improvement) {
                return Err(CheckFailure::NotAnImprovement { improvement: *improvement });
            }
            let ends = claim.ends(*improvement);
            let feasible: Vec<StateId> = ends.iter().flatten().copied().collect();
            if let Some(&result) = feasible.iter().find(|end| claim.deters(**end)) {
                return Err(CheckFailure::SanctionExists { result });
            }
            let infeasible = (ends.len() - feasible.len()) as u64;
            if (feasible.len() as u64, infeasible) != (joint.feasible, joint.infeasible)
                || joint.worst.is_none() != feasible.is_empty()
            {
                return Err(CheckFailure::WrongCount { found: feasible.len() });
            }
            if let Some(worst) = &joint.worst {
                claim.check_reply(*improvement, worst)?;
                let least = feasible.iter().map(|end| model.rank(dm, *end)).min();
                if least != Some(model.rank(dm, worst.result)) {
                    return Err(CheckFailure::NotTheWorstReply);
                }
            }
            let lacks = |other: &StateId| !claim.ends(*other).into_iter().flatten().any(|end| claim.deters(end));
            let better = |other: &StateId| model.rank(dm, *other) > model.rank(dm, *improvement);
            match own.into_iter().filter(better).find(lacks) {
                Some(improvement) => Err(CheckFailure::BetterImprovement { improvement }),
                None => Ok(()),
            }
        }
    }
}

struct JointClaim<'a> {
    model: &'a Model,
    dm: DmId,
    state: StateId,
}

impl JointClaim<'_> {
    fn improvements(&self, mover: DmId) -> BTreeSet<StateId> {
        let mut targets = naive::all_moves(self.model, mover, self.state);
        targets.retain(|to| self.model.rank(mover, *to) > self.model.rank(mover, self.state));
        targets
    }

    fn deters(&self, end: StateId) -> bool {
        self.model.rank(self.dm, end) <= self.model.rank(self.dm, self.state)
    }

    /// The state in which every coordinate is as its owner, if it moves, would leave it.
    fn combined(&self, movers: &[(DmId, StateId)]) -> Option<StateId> {
        let (model, space) = (self.model, self.model.space());
        let values: Vec<u32> = (0..space.coordinate_count())
            .map(|coordinate| {
                let owner = model.owner(coordinate);
                let moved = movers.iter().find(|(mover, _)| Some(*mover) == owner);
                space.value(model.code(moved.map_or(self.state, |(_, to)| *to)), coordinate)
            })
            .collect();
        model.state_at(space.code_of(&values))
    }

    /// Where an improvement can end when a non-empty group of others improves at the
    /// same moment: `None` where a combination is not feasible.
    fn ends(&self, improvement: StateId) -> Vec<Option<StateId>> {
        let mut groups = vec![vec![(self.dm, improvement)]];
        for other in self.model.decision_makers().filter(|other| *other != self.dm) {
            let with: Vec<_> = (groups.iter())
                .flat_map(|group| {
                    self.improvements(other).into_iter().map(move |to| {
                        let mut larger = group.clone();
                        larger.push((other, to));
                        larger
                    })
                })
                .collect();
            groups.extend(with);
        }
        groups.iter().filter(|group| group.len() > 1).map(|group| self.combined(group)).collect()
    }

    fn check_reply(&self, improvement: StateId, reply: &JointReply) -> Result<(), CheckFailure> {
        if reply.changes.is_empty() {
            return Err(CheckFailure::EmptyReply);
        }
        let mut movers = vec![(self.dm, improvement)];
        for (index, step) in reply.changes.iter().enumerate() {
            if step.to.index() >= self.model.state_count() || step.mover.index() >= self.model.decision_maker_count() {
                return Err(CheckFailure::UnknownName);
            }
            if step.mover == self.dm {
                return Err(CheckFailure::MovesItself { index });
            }
            if movers.iter().any(|(mover, _)| *mover == step.mover) {
                return Err(CheckFailure::MovesTwice { index });
            }
            if !self.improvements(step.mover).contains(&step.to) {
                return Err(CheckFailure::NotAnImprovingStep { index });
            }
            movers.push((step.mover, step.to));
        }
        if self.combined(&movers) == Some(reply.result) { Ok(()) } else { Err(CheckFailure::WrongResult) }
    }
}
