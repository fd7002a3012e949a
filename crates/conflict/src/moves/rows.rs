//! Moves along a decision maker's own coordinates, for all states at once.
//!
//! A *row* holds the states that differ only in coordinates that the party moves.
//! Within a row its states are kept from best to worst for it, so that improvements
//! are a prefix, and one pass does for all of them.

use detente_base::{Budget, StopReason};

use super::steps::{ClassSteps, Freedom, freedom};
use super::table::Choice;
use crate::model::{DmId, Model, StateId};

/// Set in an entry that is worse for the party than the entry before it, or first.
const NEW_RANK: u32 = 1 << 31;

/// The rows of one decision maker. States that it does not see, and rows of one
/// state, are left out: there is no move.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    /// States with [`NEW_RANK`] marks; row r is `starts[r]..starts[r + 1]`.
    entries: Vec<u32>,
    starts: Vec<u32>,
    restriction: Option<Restriction>,
}

/// What some coordinates of a party do not allow.
#[derive(Clone, Debug)]
struct Restriction {
    steps: ClassSteps,
    /// Class of each entry.
    classes: Vec<u32>,
}

impl Rows {
    /// The rows of a decision maker without guarded coordinates; `None` when none of
    /// its coordinates can change.
    pub(crate) fn new(model: &Model, dm: DmId, budget: &Budget) -> Result<Option<Self>, StopReason> {
        let (space, ranks) = (model.space(), model.ranks(dm));
        let mobile: Vec<usize> = model
            .controlled(dm)
            .filter(|&own| !matches!(freedom(model.transitions(own), space.sizes()[own]), Freedom::Fixed))
            .collect();
        if mobile.is_empty() {
            return Ok(None);
        }
        let offsets = codes_over(model, &mobile);
        let others: Vec<usize> = (0..space.coordinate_count()).filter(|c| !mobile.contains(c)).collect();
        let mut entries = Vec::with_capacity(space.state_count());
        let mut starts = vec![0];
        let mut row: Vec<u64> = Vec::with_capacity(offsets.len());
        let mut checked = 0;
        for_each_code_over(model, &others, |base| {
            row.clear();
            let seen = |code: &u32| model.sees(dm, *code);
            for state in offsets.iter().map(|own| base + own).filter(seen).filter_map(|code| model.state_at(code)) {
                row.push(u64::from(!ranks[state.index()]) << 32 | u64::from(state.0));
            }
            if row.len() > 1 {
                row.sort_unstable();
                let mut above = None;
                for &key in &row {
                    let new_rank = above != Some(key >> 32);
                    above = Some(key >> 32);
                    entries.push(key as u32 | if new_rank { NEW_RANK } else { 0 });
                }
                starts.push(entries.len() as u32);
            }
            checked += offsets.len();
            if checked > 1 << 20 {
                checked = 0;
                budget.check()?;
            }
            Ok(())
        })?;
        let restriction = ClassSteps::new(model, dm).map(|steps| restrict(model, steps, &entries));
        Ok(Some(Self { entries, starts, restriction }))
    }

    /// Whether two moves in a row are always one move or none.
    pub(crate) fn is_transitive(&self) -> bool {
        self.restriction.as_ref().is_none_or(|restriction| restriction.steps.is_transitive())
    }

    /// Number of rows.
    pub(crate) fn count(&self) -> usize {
        self.starts.len() - 1
    }

    /// States of a row from best to worst for the party.
    pub(crate) fn row(&self, row: usize) -> impl DoubleEndedIterator<Item = usize> + ExactSizeIterator + '_ {
        self.entries[self.span(row)].iter().map(|entry| state(*entry))
    }

    /// A state of a row, by its place in it.
    pub(crate) fn state_in(&self, row: usize, place: usize) -> usize {
        state(self.entries[self.starts[row] as usize + place])
    }

    /// Number of classes: states of a row in one class can be left for the same states.
    pub(crate) fn class_count(&self) -> usize {
        self.restriction.as_ref().map_or(1, |restriction| restriction.steps.class_count())
    }

    /// Class of a state of a row, by its place in it.
    pub(crate) fn class_in(&self, row: usize, place: usize) -> u32 {
        self.restriction.as_ref().map_or(0, |restriction| restriction.classes[self.starts[row] as usize + place])
    }

    /// Whether the party can move from one class to another, or stay in it.
    pub(crate) fn allows(&self, from: u32, to: u32) -> bool {
        self.restriction.as_ref().is_none_or(|restriction| restriction.steps.allows(from, to))
    }

    fn span(&self, row: usize) -> std::ops::Range<usize> {
        self.starts[row] as usize..self.starts[row + 1] as usize
    }

    /// Replaces each value by the choice over the state itself and the party's moves
    /// from it, all values read before any is written. Tells whether one changed.
    pub(crate) fn fold<C: Choice>(&self, values: &mut [u32]) -> bool {
        match &self.restriction {
            None => self.fold_free::<C>(values),
            Some(restriction) => self.fold_restricted::<C>(restriction, values),
        }
    }

    fn fold_free<C: Choice>(&self, values: &mut [u32]) -> bool {
        let mut changed = false;
        for row in 0..self.count() {
            let entries = &self.entries[self.span(row)];
            let best = entries.iter().fold(C::NEUTRAL, |best, entry| C::pick(best, values[state(*entry)]));
            for &entry in entries {
                let value = &mut values[state(entry)];
                changed |= *value != best;
                *value = best;
            }
        }
        changed
    }

    fn fold_restricted<C: Choice>(&self, restriction: &Restriction, values: &mut [u32]) -> bool {
        let mut changed = false;
        let mut best = vec![C::NEUTRAL; restriction.steps.class_count()];
        let mut line = Vec::new();
        for row in 0..self.count() {
            let (entries, classes) = (&self.entries[self.span(row)], &restriction.classes[self.span(row)]);
            best.fill(C::NEUTRAL);
            for (&entry, &class) in entries.iter().zip(classes) {
                let place = &mut best[class as usize];
                *place = C::pick(*place, values[state(entry)]);
            }
            restriction.steps.spread::<C>(&mut best, &mut line);
            for (&entry, &class) in entries.iter().zip(classes) {
                let value = &mut values[state(entry)];
                changed |= *value != best[class as usize];
                *value = best[class as usize];
            }
        }
        changed
    }

    /// As [`Rows::fold`] over the party's improvements.
    pub(crate) fn fold_improving<C: Choice>(&self, values: &mut [u32]) -> bool {
        match &self.restriction {
            None => self.fold_improving_free::<C>(values),
            Some(restriction) => self.fold_improving_restricted::<C>(restriction, values),
        }
    }

    fn fold_improving_free<C: Choice>(&self, values: &mut [u32]) -> bool {
        let mut changed = false;
        for row in 0..self.count() {
            // Over the better states, and over those and the states of equal rank.
            let (mut better, mut level) = (C::NEUTRAL, C::NEUTRAL);
            for &entry in &self.entries[self.span(row)] {
                if entry & NEW_RANK != 0 {
                    better = level;
                }
                let value = &mut values[state(entry)];
                level = C::pick(level, *value);
                let best = C::pick(*value, better);
                changed |= *value != best;
                *value = best;
            }
        }
        changed
    }

    fn fold_improving_restricted<C: Choice>(&self, restriction: &Restriction, values: &mut [u32]) -> bool {
        let mut changed = false;
        let mut better = vec![C::NEUTRAL; restriction.steps.class_count()];
        let mut level: Vec<(u32, u32)> = Vec::new();
        for row in 0..self.count() {
            better.fill(C::NEUTRAL);
            level.clear();
            let (entries, classes) = (&self.entries[self.span(row)], &restriction.classes[self.span(row)]);
            for (&entry, &class) in entries.iter().zip(classes) {
                if entry & NEW_RANK != 0 {
                    for (class, value) in level.drain(..) {
                        better[class as usize] = C::pick(better[class as usize], value);
                    }
                }
                let value = &mut values[state(entry)];
                level.push((class, *value));
                let best = C::pick(*value, restriction.steps.choose::<C>(class, &better));
                changed |= *value != best;
                *value = best;
            }
        }
        changed
    }
}

const fn state(entry: u32) -> usize {
    (entry & !NEW_RANK) as usize
}

fn restrict(model: &Model, steps: ClassSteps, entries: &[u32]) -> Restriction {
    let class = |entry: &u32| steps.class_of(model, model.code(StateId(*entry & !NEW_RANK)));
    Restriction { classes: entries.iter().map(class).collect(), steps }
}

/// Codes in which all other coordinates are zero, ascending.
fn codes_over(model: &Model, coordinates: &[usize]) -> Vec<u32> {
    let mut codes = Vec::new();
    let collected = for_each_code_over(model, coordinates, |code| {
        codes.push(code);
        Ok(())
    });
    debug_assert!(collected.is_ok());
    codes
}

fn for_each_code_over(
    model: &Model,
    coordinates: &[usize],
    mut visit: impl FnMut(u32) -> Result<(), StopReason>,
) -> Result<(), StopReason> {
    let (sizes, strides) = (model.space().sizes(), model.space().strides());
    let mut values = vec![0; coordinates.len()];
    let mut code = 0;
    loop {
        visit(code)?;
        let mut digit = 0;
        loop {
            let Some(&coordinate) = coordinates.get(digit) else {
                return Ok(());
            };
            values[digit] += 1;
            code += strides[coordinate];
            if values[digit] < sizes[coordinate] {
                break;
            }
            code -= values[digit] * strides[coordinate];
            values[digit] = 0;
            digit += 1;
        }
    }
}
