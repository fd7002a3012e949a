//! The play that a decision maker expects, move by move.

use detente_base::{Budget, StopReason};

use super::anticipate::{Choice, Level, Sides, TieRule};
use super::cycle::Cycle;
use super::{HorizonConcept, MAX_LEVELS};
use crate::applicability::Refusal;
use crate::model::{DmId, Model, StateId};
use crate::reach::Step;

/// Most moves of a play that are told. Two that chase each other go on until the horizon.
pub const LONGEST_PLAY: usize = 12;

/// A play: moves in turn until somebody stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Play {
    /// The first [`LONGEST_PLAY`] moves, at least one, the first of them by the decision
    /// maker in question.
    pub steps: Vec<Step>,
    /// Whether more moves follow.
    pub cut: bool,
    /// Where it ends.
    pub result: StateId,
}

/// What a decision maker expects with a number of moves to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// It has no move.
    Immobile,
    /// Its best move leads to no better end than the state itself.
    Stays {
        /// What would follow that move.
        best: Play,
    },
    /// Its best move leads to a better end.
    Leaves {
        /// What follows.
        play: Play,
    },
}

/// Why a state is stable, or not, for one decision maker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HorizonEvidence {
    /// When the anticipations repeat; for NM only.
    pub cycle: Option<Cycle>,
    /// By horizon: the one that the concept names; for NM all of a period, from one
    /// more than the pre-period on, or the first of these at which the state is left.
    pub outlooks: Vec<(u32, Outlook)>,
}

impl HorizonEvidence {
    /// The verdict.
    pub fn is_stable(&self) -> bool {
        !self.outlooks.iter().any(|(_, outlook)| matches!(outlook, Outlook::Leaves { .. }))
    }
}

/// Finds reasons in one model. The levels are kept, so that a second question costs
/// little.
pub struct HorizonExplainer<'a> {
    sides: Sides<'a>,
    levels: Vec<Level>,
    cycle: Option<Cycle>,
    most: u32,
}

impl<'a> HorizonExplainer<'a> {
    /// An explainer that has not looked ahead yet.
    ///
    /// Cost: O(m) time and memory, m moves.
    ///
    /// # Errors
    /// When there are not two decision makers, or the budget ends the question.
    pub fn new(model: &'a Model, budget: &'a Budget) -> Result<Self, Refusal> {
        let sides = Sides::new(model, budget)?;
        let levels = vec![sides.identity()];
        let most = budget.moves / (2 * model.state_count() as u64).max(1);
        Ok(Self { sides, levels, cycle: None, most: most.min(MAX_LEVELS.into()) as u32 })
    }

    /// Finds out whether a state is stable for a decision maker, and why.
    ///
    /// Cost: O(h·m) time and O(h·n) memory the first time, h the horizon or, if that is
    /// less, pre-period and period together; n states.
    ///
    /// # Errors
    /// When the levels do not repeat within [`MAX_LEVELS`], or within as many numbers as
    /// the budget allows moves, or when the budget's stopper is raised.
    pub fn explain(&mut self, concept: HorizonConcept, dm: DmId, state: StateId) -> Result<HorizonEvidence, Refusal> {
        if let Some(h) = concept.horizon(dm) {
            let outlook = self.outlook(h, dm, state)?;
            return Ok(HorizonEvidence { cycle: None, outlooks: vec![(h, outlook)] });
        }
        let cycle = self.find_cycle()?;
        let mut outlooks = Vec::new();
        for h in cycle.pre_period + 1..=cycle.pre_period + cycle.period {
            let outlook = self.outlook(h, dm, state)?;
            if matches!(outlook, Outlook::Leaves { .. }) {
                outlooks = vec![(h, outlook)];
                break;
            }
            outlooks.push((h, outlook));
        }
        Ok(HorizonEvidence { cycle: Some(cycle), outlooks })
    }

    fn outlook(&mut self, h: u32, dm: DmId, state: StateId) -> Result<Outlook, StopReason> {
        self.reach(h)?;
        let before = |left: u32| &self.levels[self.place(left - 1)];
        let first = if h > 0 { self.sides.best_move(dm.index(), state, before(h)) } else { None };
        let Some(first) = first else { return Ok(Outlook::Immobile) };
        let mut play = Play { steps: Vec::new(), cut: false, result: StateId(first.end) };
        let (mut side, mut left, mut next) = (dm.index(), h, Some(first));
        while let Some(choice) = next {
            if play.steps.len() == LONGEST_PLAY {
                play.cut = true;
                break;
            }
            let at = StateId(choice.target);
            play.steps.push(Step { mover: DmId(side as u32), to: at });
            (side, left) = (1 - side, left - 1);
            let ranks = self.sides.ranks(side);
            let pays = |choice: &Choice| ranks[choice.end as usize] > ranks[at.index()];
            next = if left > 0 { self.sides.best_move(side, at, before(left)).filter(pays) } else { None };
        }
        let ranks = self.sides.ranks(dm.index());
        let pays = ranks[play.result.index()] > ranks[state.index()];
        Ok(if pays { Outlook::Leaves { play } } else { Outlook::Stays { best: play } })
    }

    /// Where level h is kept.
    fn place(&self, h: u32) -> usize {
        match self.cycle {
            Some(cycle) if h >= cycle.pre_period => (cycle.pre_period + (h - cycle.pre_period) % cycle.period) as usize,
            _ => h as usize,
        }
    }

    /// Makes sure that level h is known, if only as a repetition.
    fn reach(&mut self, h: u32) -> Result<(), StopReason> {
        while self.cycle.is_none() && self.levels.len() <= h as usize {
            self.advance()?;
        }
        Ok(())
    }

    fn find_cycle(&mut self) -> Result<Cycle, StopReason> {
        loop {
            if let Some(cycle) = self.cycle {
                return Ok(cycle);
            }
            self.advance()?;
        }
    }

    fn advance(&mut self) -> Result<(), StopReason> {
        let count = self.levels.len() as u32;
        if count > self.most {
            return Err(StopReason::NoRepetition { levels: self.most });
        }
        let last = &self.levels[count as usize - 1];
        let next = self.sides.anticipate(last, TieRule::SmallestTarget)?;
        match self.levels.iter().position(|level| *level == next) {
            Some(first) => self.cycle = Some(Cycle { pre_period: first as u32, period: count - first as u32 }),
            None => self.levels.push(next),
        }
        Ok(())
    }
}
