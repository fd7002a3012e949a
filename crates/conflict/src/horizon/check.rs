//! The recursion once more, on moves found by trying every combination of values.

use std::collections::BTreeMap;

use super::{Cycle, HorizonConcept, HorizonEvidence, LONGEST_PLAY, Outlook, Play};
use crate::check::{CheckFailure, naive};
use crate::model::{DmId, Model, StateId};

/// Checks verdicts and their evidence against the definition. What it works out for one
/// check is kept for the next.
pub struct HorizonChecker<'a> {
    model: &'a Model,
    moves: BTreeMap<(DmId, StateId), Vec<StateId>>,
    /// What each side anticipates at each state, by number of moves to come.
    levels: Vec<Vec<[StateId; 2]>>,
    cycle: Option<Cycle>,
}

impl<'a> HorizonChecker<'a> {
    /// A checker that has looked at nothing yet.
    pub fn new(model: &'a Model) -> Self {
        Self { model, moves: BTreeMap::new(), levels: vec![model.states().map(|s| [s, s]).collect()], cycle: None }
    }

    /// Checks a verdict and its evidence.
    ///
    /// Cost: O(h·r) time and O(h·n) memory the first time, h the horizon or, if that is
    /// less, pre-period and period together; r combinations of values over all states,
    /// n states.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn verify(
        &mut self,
        concept: HorizonConcept,
        dm: DmId,
        state: StateId,
        claimed_stable: bool,
        evidence: &HorizonEvidence,
    ) -> Result<(), CheckFailure> {
        if self.model.decision_maker_count() != 2 || dm.index() > 1 || state.index() >= self.model.state_count() {
            return Err(CheckFailure::UnknownName);
        }
        if claimed_stable != evidence.is_stable() {
            return Err(CheckFailure::VerdictDiffers);
        }
        let expected: Vec<u32> = match concept {
            HorizonConcept::LimitedMove { horizon } => vec![horizon],
            HorizonConcept::Stackelberg { leader } => vec![if dm == leader { 2 } else { 1 }],
            HorizonConcept::NonMyopic => {
                let cycle = self.find_cycle();
                if evidence.cycle != Some(cycle) {
                    return Err(CheckFailure::WrongCycle);
                }
                let all: Vec<u32> = (1..=cycle.period).map(|place| cycle.pre_period + place).collect();
                match evidence.outlooks.as_slice() {
                    [(h, Outlook::Leaves { .. })] if all.contains(h) => vec![*h],
                    _ => all,
                }
            }
        };
        if concept != HorizonConcept::NonMyopic && evidence.cycle.is_some() {
            return Err(CheckFailure::WrongCycle);
        }
        if !evidence.outlooks.iter().map(|(h, _)| *h).eq(expected) {
            return Err(CheckFailure::WrongHorizons);
        }
        evidence.outlooks.iter().try_for_each(|(h, outlook)| self.check_outlook(*h, dm, state, outlook))
    }

    fn check_outlook(&mut self, h: u32, dm: DmId, state: StateId, outlook: &Outlook) -> Result<(), CheckFailure> {
        let here = self.model.rank(dm, state);
        match outlook {
            Outlook::Immobile if h == 0 || self.moves(dm, state).is_empty() => Ok(()),
            Outlook::Immobile => Err(CheckFailure::NotTheBestMove { index: 0 }),
            Outlook::Stays { best } => {
                self.check_play(h, dm, state, best)?;
                if self.model.rank(dm, best.result) > here { Err(CheckFailure::ResultIsBetter) } else { Ok(()) }
            }
            Outlook::Leaves { play } => {
                self.check_play(h, dm, state, play)?;
                if self.model.rank(dm, play.result) > here { Ok(()) } else { Err(CheckFailure::ResultIsNoBetter) }
            }
        }
    }

    /// The steps are those of the definition: each the best for its mover, each after the
    /// first pays, and after the last nobody moves unless the play is cut.
    fn check_play(&mut self, h: u32, dm: DmId, state: StateId, play: &Play) -> Result<(), CheckFailure> {
        naive::check_steps(self.model, state, &play.steps, false)?;
        let last = play.steps.last().ok_or(CheckFailure::EmptyReply)?;
        if !play.cut && last.to != play.result {
            return Err(CheckFailure::WrongResult);
        }
        let (mut mover, mut at) = (dm, state);
        for (index, step) in play.steps.iter().enumerate() {
            let left = h.checked_sub(index as u32).filter(|left| *left > 0);
            let Some((best, end)) = left.and_then(|left| self.best(left, mover, at)) else {
                return Err(CheckFailure::NotAMove { index });
            };
            if step.mover != mover || step.to != best {
                return Err(CheckFailure::NotTheBestMove { index });
            }
            if end != play.result || (index > 0 && self.model.rank(mover, end) <= self.model.rank(mover, at)) {
                return Err(CheckFailure::NotAnImprovingStep { index });
            }
            (mover, at) = (other(mover), best);
        }
        let goes_on = self.anticipated(h - play.steps.len() as u32, mover, at) != at;
        let is_cut = play.cut && play.steps.len() == LONGEST_PLAY;
        if goes_on == is_cut && play.cut == is_cut { Ok(()) } else { Err(CheckFailure::WrongResult) }
    }

    /// Gₕ(i, s).
    fn anticipated(&mut self, h: u32, dm: DmId, state: StateId) -> StateId {
        while self.cycle.is_none() && self.levels.len() <= h as usize {
            self.advance();
        }
        let place = match self.cycle {
            Some(cycle) if h > cycle.pre_period => cycle.pre_period + (h - cycle.pre_period) % cycle.period,
            _ => h,
        };
        self.levels[place as usize][state.index()][dm.index()]
    }

    /// The move from which most is anticipated, and what is; of equally good ones the
    /// one to the smallest state.
    fn best(&mut self, h: u32, dm: DmId, state: StateId) -> Option<(StateId, StateId)> {
        let mut best: Option<(StateId, StateId)> = None;
        for to in self.moves(dm, state) {
            let end = self.anticipated(h - 1, other(dm), to);
            if best.is_none_or(|(_, known)| self.model.rank(dm, end) > self.model.rank(dm, known)) {
                best = Some((to, end));
            }
        }
        best
    }

    /// One more level; a level that was there before ends the search.
    fn advance(&mut self) {
        let h = self.levels.len() as u32;
        let mut level = Vec::with_capacity(self.model.state_count());
        for state in self.model.states() {
            level.push([DmId(0), DmId(1)].map(|dm| match self.best(h, dm, state) {
                Some((_, end)) if self.model.rank(dm, end) > self.model.rank(dm, state) => end,
                _ => state,
            }));
        }
        match self.levels.iter().position(|known| *known == level) {
            Some(first) => self.cycle = Some(Cycle { pre_period: first as u32, period: h - first as u32 }),
            None => self.levels.push(level),
        }
    }

    fn find_cycle(&mut self) -> Cycle {
        loop {
            if let Some(cycle) = self.cycle {
                return cycle;
            }
            self.advance();
        }
    }

    fn moves(&mut self, dm: DmId, state: StateId) -> Vec<StateId> {
        let model = self.model;
        let find = || naive::all_moves(model, dm, state).into_iter().collect();
        self.moves.entry((dm, state)).or_insert_with(find).clone()
    }
}

fn other(dm: DmId) -> DmId {
    DmId(1 - dm.0)
}
