//! Verdicts on all states.

use detente_base::{Budget, StopReason};
use fixedbitset::FixedBitSet;

use super::anticipate::{Anticipations, Sides, TieRule};
use super::cycle::{Chain as _, Cycle, find_cycle, level_at};
use super::ties::Ties;
use super::{HorizonConcept, ties};
use crate::applicability::Refusal;
use crate::model::{DmId, Model, StateId};

/// The states that are stable for each of two decision makers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HorizonSolution {
    concept: HorizonConcept,
    stable: [FixedBitSet; 2],
    cycle: Option<Cycle>,
    ties: Ties,
}

/// Finds the stable states of both decision makers.
///
/// Cost: O(h·m) time and O(n + m) memory for Lₕ, h the horizon or, if that is less, pre-period
/// and period together; m moves, n states. Where a decision maker's moves are free, n
/// takes the place of its moves, and n·log n when there are ties. NM takes some four times
/// as long as Lₕ with h pre-period plus period; ties make either several times as long.
///
/// # Errors
/// When there are not two decision makers, when the levels do not repeat within
/// [`MAX_LEVELS`](super::MAX_LEVELS), or when the budget ends the question.
pub fn solve_horizon(model: &Model, concept: HorizonConcept, budget: &Budget) -> Result<HorizonSolution, Refusal> {
    let sides = Sides::new(model, budget)?;
    let (stable, cycle) = stable_under(&sides, concept, TieRule::SmallestTarget)?;
    let ties = ties::examine(&sides, concept, &stable)?;
    Ok(HorizonSolution { concept, stable, cycle, ties })
}

/// The stable states of both sides under a rule for ties; the cycle where it was asked for.
pub(super) fn stable_under(
    sides: &Sides<'_>,
    concept: HorizonConcept,
    rule: TieRule,
) -> Result<([FixedBitSet; 2], Option<Cycle>), StopReason> {
    let chain = Anticipations { sides, rule };
    let stable_at = |side: usize| match concept.horizon(DmId(side as u32)) {
        Some(h) => Ok(level_at(&chain, h)?.stable(side)),
        None => unreachable!("every horizon but that of NM is limited"),
    };
    match concept {
        HorizonConcept::LimitedMove { horizon } => {
            let level = level_at(&chain, horizon)?;
            Ok(([level.stable(0), level.stable(1)], None))
        }
        HorizonConcept::Stackelberg { .. } => Ok(([stable_at(0)?, stable_at(1)?], None)),
        HorizonConcept::NonMyopic => {
            let (cycle, mut level) = find_cycle(&chain)?;
            let mut stable = [level.stable(0), level.stable(1)];
            for _ in 1..cycle.period {
                level = chain.next(&level)?;
                stable.iter_mut().enumerate().for_each(|(side, set)| set.intersect_with(&level.stable(side)));
            }
            Ok((stable, Some(cycle)))
        }
    }
}

impl HorizonSolution {
    /// The concept asked about.
    pub fn concept(&self) -> HorizonConcept {
        self.concept
    }

    /// The states that are stable for a decision maker.
    pub fn stable(&self, dm: DmId) -> &FixedBitSet {
        &self.stable[dm.index()]
    }

    /// Whether a state is stable for a decision maker.
    pub fn is_stable(&self, dm: DmId, state: StateId) -> bool {
        self.stable[dm.index()].contains(state.index())
    }

    /// The states that are stable for both.
    pub fn equilibria(&self) -> FixedBitSet {
        let mut both = self.stable[0].clone();
        both.intersect_with(&self.stable[1]);
        both
    }

    /// When the anticipations repeat; for NM, which depends on it.
    pub fn cycle(&self) -> Option<Cycle> {
        self.cycle
    }

    /// Which verdicts turn on what is chosen where moves promise equally much.
    pub fn ties(&self) -> &Ties {
        &self.ties
    }
}
