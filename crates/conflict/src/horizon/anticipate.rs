//! From what is anticipated with h − 1 moves to come to h moves.

use detente_base::{Budget, StopReason};
use fixedbitset::FixedBitSet;

use super::cycle::Chain;
use crate::applicability::{Refusal, require_two};
use crate::model::{DmId, Model, StateId};
use crate::moves::{Listed, MoveTable, Rows, moves};

/// Which of several moves that promise equally much is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TieRule {
    /// The one to the state with the smallest number; the rule of all answers.
    SmallestTarget,
    /// The one to the state with the largest number.
    LargestTarget,
    /// The one whose end is best for the other, then the smallest.
    KindToOther,
    /// The one whose end is worst for the other, then the smallest.
    UnkindToOther,
}

/// All rules, the one of the answers first.
pub(super) const RULES: [TieRule; 4] =
    [TieRule::SmallestTarget, TieRule::LargestTarget, TieRule::KindToOther, TieRule::UnkindToOther];

/// Gₕ of both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Level {
    pub(super) ends: [Vec<u32>; 2],
}

impl Level {
    /// The states that a side would not leave.
    pub(super) fn stable(&self, side: usize) -> FixedBitSet {
        let ends = &self.ends[side];
        let mut states = FixedBitSet::with_capacity(ends.len());
        states.extend(ends.iter().enumerate().filter(|(state, end)| **end as usize == *state).map(|(state, _)| state));
        states
    }
}

/// Both sides' moves, ready to be gone through level by level.
pub(super) struct Sides<'a> {
    pub(super) model: &'a Model,
    pub(super) budget: &'a Budget,
    moves: [SideMoves; 2],
}

/// Moves of one side.
enum SideMoves {
    /// From each state of a row to all others of it.
    Rows(Rows),
    /// One by one.
    Listed(Listed),
}

/// A move and what it promises; the greater key is chosen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    key: (u32, u32, u32),
    pub(super) target: u32,
    pub(super) end: u32,
}

impl<'a> Sides<'a> {
    pub(super) fn new(model: &'a Model, budget: &'a Budget) -> Result<Self, Refusal> {
        require_two(model)?;
        let moves = |side| -> Result<SideMoves, StopReason> {
            let table = MoveTable::new(model, DmId(side), budget)?;
            Ok(match table {
                MoveTable { rows: Some(rows), listed: None } if rows.class_count() == 1 => SideMoves::Rows(rows),
                _ => SideMoves::Listed(Listed::from_moves(model, DmId(side), budget)?),
            })
        };
        Ok(Self { model, budget, moves: [moves(0)?, moves(1)?] })
    }

    /// G₀: everybody stays.
    pub(super) fn identity(&self) -> Level {
        let all: Vec<u32> = (0..self.model.state_count() as u32).collect();
        Level { ends: [all.clone(), all] }
    }

    /// Gₕ from Gₕ₋₁.
    pub(super) fn anticipate(&self, before: &Level, rule: TieRule) -> Result<Level, StopReason> {
        let mut level = self.identity();
        for side in 0..2 {
            let ranks = self.ranks(side);
            let own = &mut level.ends[side];
            match &self.moves[side] {
                SideMoves::Rows(rows) => {
                    for row in 0..rows.count() {
                        if row % (1 << 12) == 0 {
                            self.budget.check()?;
                        }
                        let (best, second) = self.best_two(rows.row(row), side, before, rule);
                        for state in rows.row(row) {
                            let choice = if best.target as usize == state { second } else { best };
                            if ranks[choice.end as usize] > ranks[state] {
                                own[state] = choice.end;
                            }
                        }
                    }
                }
                SideMoves::Listed(_) => self.visit_listed(side, |state, targets| {
                    let choices = targets.iter().map(|target| self.choice(side, *target, before, rule));
                    let best = choices.max_by_key(|choice| choice.key);
                    if let Some(choice) = best.filter(|choice| ranks[choice.end as usize] > ranks[state]) {
                        own[state] = choice.end;
                    }
                })?,
            }
        }
        Ok(level)
    }

    /// The best move to a state of a row, and the best to another one. A row has at
    /// least two states.
    fn best_two(
        &self,
        row: impl Iterator<Item = usize>,
        side: usize,
        before: &Level,
        rule: TieRule,
    ) -> (Choice, Choice) {
        let mut best: [Option<Choice>; 2] = [None, None];
        for target in row {
            let choice = self.choice(side, target as u32, before, rule);
            if best[0].is_none_or(|known| choice.key > known.key) {
                best = [Some(choice), best[0]];
            } else if best[1].is_none_or(|known| choice.key > known.key) {
                best[1] = Some(choice);
            }
        }
        (best[0].expect("a row has states"), best[1].expect("a row has two states"))
    }

    fn choice(&self, side: usize, target: u32, before: &Level, rule: TieRule) -> Choice {
        let end = before.ends[1 - side][target as usize];
        let other = self.ranks(1 - side)[end as usize];
        let preferred = match rule {
            TieRule::SmallestTarget | TieRule::LargestTarget => 0,
            TieRule::KindToOther => other,
            TieRule::UnkindToOther => !other,
        };
        let last = if rule == TieRule::LargestTarget { target } else { !target };
        Choice { key: (self.ranks(side)[end as usize], preferred, last), target, end }
    }

    /// The best move from one state, whether it pays or not.
    pub(super) fn best_move(&self, side: usize, state: StateId, before: &Level) -> Option<Choice> {
        let targets = moves(self.model, DmId(side as u32), state);
        let choices = targets.into_iter().map(|target| self.choice(side, target.0, before, TieRule::SmallestTarget));
        choices.max_by_key(|choice| choice.key)
    }

    /// The rows within which a side's moves are free; `None` when they are listed.
    pub(super) fn rows(&self, side: usize) -> Option<&Rows> {
        match &self.moves[side] {
            SideMoves::Rows(rows) => Some(rows),
            SideMoves::Listed(_) => None,
        }
    }

    /// Calls `visit` with each state from which a side has listed moves, and with these.
    pub(super) fn visit_listed(&self, side: usize, mut visit: impl FnMut(usize, &[u32])) -> Result<(), StopReason> {
        let SideMoves::Listed(listed) = &self.moves[side] else { return Ok(()) };
        for state in 0..self.model.state_count() {
            if state % (1 << 12) == 0 {
                self.budget.check()?;
            }
            let targets = listed.from(state);
            if !targets.is_empty() {
                visit(state, targets);
            }
        }
        Ok(())
    }

    pub(super) fn ranks(&self, side: usize) -> &'a [u32] {
        self.model.ranks(DmId(side as u32))
    }
}

/// The levels under one rule for ties.
pub(super) struct Anticipations<'s, 'a> {
    pub(super) sides: &'s Sides<'a>,
    pub(super) rule: TieRule,
}

impl Chain for Anticipations<'_, '_> {
    type Level = Level;

    fn first(&self) -> Level {
        self.sides.identity()
    }

    fn next(&self, before: &Level) -> Result<Level, StopReason> {
        self.sides.anticipate(before, self.rule)
    }
}
