//! The simplex method in floating point: a guess at the basis of the exact answer.
//!
//! Right sides are raised a little, each by another amount, so that the search does not
//! stand still where many rows are tight at once; what the amounts have changed is put right
//! by dual pivots in the end. Columns are priced by their gain along a reference direction
//! (Devex).
//!
//! Source: `[Harris1973]` (pricing and ratio test).

use detente_base::{Budget, Pcg, StopReason};

use super::inverse::Inverse;
use super::scaled::Scaled;

/// Pivots after which the basis is factored anew.
const FRESH: usize = 40;

/// Gains that count as none, and values that count as allowed.
const TINY: f64 = 1e-9;

/// Entries that are too small to pivot on.
const SMALL_PIVOT: f64 = 1e-7;

/// Pivots for each row and column after which the search counts as lost.
const PATIENCE: usize = 30;

/// What right sides are raised by at most, in each attempt.
const RAISES: [f64; 3] = [1e-5, 1e-7, 1e-1];

/// A search.
pub(super) struct Simplex<'a> {
    scaled: &'a Scaled,
    /// Right sides as they are now: raised, or not.
    right: Vec<f64>,
    /// For each place the column that is basic; slacks follow the columns.
    basis: Vec<u32>,
    is_basic: Vec<bool>,
    values: Vec<f64>,
    /// What each column gains, and how far its reference direction goes.
    gains: Vec<f64>,
    weights: Vec<f64>,
    inverse: Inverse,
    /// The row of the last pivot.
    row: Vec<f64>,
    pub(super) pivots: usize,
}

/// Where the search cannot go on.
struct Lost;

impl<'a> Simplex<'a> {
    /// A search from a basis in which nothing is below zero; from nothing done if there is
    /// no such start.
    pub(super) fn new(scaled: &'a Scaled, start: Option<&[u32]>, attempt: u32) -> Self {
        let (rows, columns) = (scaled.right.len(), scaled.columns.len());
        let slacks: Vec<u32> = (columns as u32..(columns + rows) as u32).collect();
        let unit: Vec<Vec<(u32, f64)>> = (0..rows as u32).map(|row| vec![(row, 1.0)]).collect();
        let mut simplex = Self {
            scaled,
            values: Vec::new(),
            right: scaled.right.clone(),
            is_basic: Vec::new(),
            basis: start.map_or_else(|| slacks.clone(), <[u32]>::to_vec),
            gains: vec![0.0; columns + rows],
            weights: vec![1.0; columns + rows],
            inverse: Inverse::of(&unit).expect("a unit matrix has an inverse"),
            row: vec![0.0; columns + rows],
            pivots: 0,
        };
        simplex.mark();
        if simplex.refresh().is_err() || simplex.values.iter().any(|value| *value < -TINY) {
            simplex.basis = slacks;
            simplex.mark();
            assert!(simplex.refresh().is_ok(), "a unit matrix has an inverse");
        }
        simplex.raise(attempt);
        simplex
    }

    fn mark(&mut self) {
        self.is_basic = vec![false; self.gains.len()];
        self.basis.iter().for_each(|column| self.is_basic[*column as usize] = true);
    }

    /// Raises the basic values, each by another amount, and changes the right sides to suit.
    fn raise(&mut self, attempt: u32) {
        let mut rng = Pcg::new(u64::from(attempt));
        let raise = RAISES[attempt as usize % RAISES.len()];
        for (place, column) in self.basis.iter().enumerate() {
            let amount = raise * (1.0 + f64::from(rng.below(1 << 20)) / f64::from(1 << 20));
            self.values[place] += amount;
            match self.scaled.columns.get(*column as usize) {
                Some(entries) => {
                    entries.iter().for_each(|(row, entry)| self.right[*row as usize] += entry * amount);
                }
                None => self.right[*column as usize - self.scaled.columns.len()] += amount,
            }
        }
    }

    /// Pivots until nothing gains; nothing if it gets lost.
    pub(super) fn solve(&mut self, budget: &Budget) -> Result<Option<()>, StopReason> {
        // Dual pivots may leave a little to gain, and the other way round.
        for _ in 0..4 {
            if self.improve(budget)?.is_err() {
                return Ok(None);
            }
            self.right.clone_from(&self.scaled.right);
            if self.refresh().is_err() || self.repair(budget)?.is_err() {
                return Ok(None);
            }
            if self.best_gain().is_none() {
                return Ok(Some(()));
            }
        }
        Ok(None)
    }

    /// The basic columns.
    pub(super) fn basis(&self) -> Vec<u32> {
        self.basis.clone()
    }

    /// The basic columns with their values.
    pub(super) fn basic(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.basis.iter().map(|column| *column as usize).zip(self.values.iter().copied())
    }

    /// What each row is worth.
    pub(super) fn prices(&self) -> Vec<f64> {
        let worth = |column: &u32| self.scaled.objective.get(*column as usize).copied().unwrap_or(0.0);
        self.inverse.backward(self.basis.iter().map(worth).collect())
    }

    fn is_patient(&self) -> bool {
        self.pivots < PATIENCE * (self.basis.len() + self.scaled.columns.len()) + 1_000
    }

    /// Primal pivots: what gains most enters.
    fn improve(&mut self, budget: &Budget) -> Result<Result<(), Lost>, StopReason> {
        loop {
            budget.check()?;
            if !self.is_patient() || (self.inverse.pivots() >= FRESH && self.refresh().is_err()) {
                return Ok(Err(Lost));
            }
            let Some(enters) = self.best_gain() else {
                if self.inverse.pivots() == 0 {
                    return Ok(Ok(()));
                }
                if self.refresh().is_err() {
                    return Ok(Err(Lost));
                }
                continue;
            };
            let step = self.forward(enters);
            let Some(place) = self.blocking(&step) else { return Ok(Err(Lost)) };
            self.fill_row(place);
            self.pivot(place, enters, step);
        }
    }

    /// Dual pivots: the value that is most below zero leaves.
    fn repair(&mut self, budget: &Budget) -> Result<Result<(), Lost>, StopReason> {
        loop {
            budget.check()?;
            if !self.is_patient() || (self.inverse.pivots() >= FRESH && self.refresh().is_err()) {
                return Ok(Err(Lost));
            }
            let lowest = self.values.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1));
            let Some((place, _)) = lowest.filter(|(_, value)| **value < -TINY) else { return Ok(Ok(())) };
            self.fill_row(place);
            let mut enters: Option<(f64, f64, usize)> = None;
            for (column, entry) in self.row.iter().enumerate() {
                if self.is_basic[column] || *entry > -SMALL_PIVOT {
                    continue;
                }
                let ratio = self.gains[column].min(0.0) / entry;
                let closer = |(least, size, _): &(f64, f64, usize)| {
                    ratio < least - TINY || (ratio <= least + TINY && entry.abs() > *size)
                };
                if enters.as_ref().is_none_or(closer) {
                    enters = Some((ratio, entry.abs(), column));
                }
            }
            let Some((_, _, enters)) = enters else { return Ok(Err(Lost)) };
            let step = self.forward(enters);
            if step[place] > -SMALL_PIVOT / 10.0 {
                return Ok(Err(Lost));
            }
            self.pivot(place, enters, step);
        }
    }

    fn best_gain(&self) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        for (column, gain) in self.gains.iter().enumerate() {
            if *gain > TINY && !self.is_basic[column] {
                let score = gain * gain / self.weights[column];
                if best.is_none_or(|(most, _)| score > most) {
                    best = Some((score, column));
                }
            }
        }
        best.map(|(_, column)| column)
    }

    /// Which value falls to zero first; among those nearly so, by the largest entry.
    fn blocking(&self, step: &[f64]) -> Option<usize> {
        let falls = |place: &usize| step[*place] > SMALL_PIVOT;
        let reach = |place: usize| (self.values[place].max(0.0) + TINY) / step[place];
        let least = (0..step.len()).filter(falls).map(reach).fold(f64::INFINITY, f64::min);
        let near = (0..step.len()).filter(falls).filter(|place| self.values[*place].max(0.0) / step[*place] <= least);
        near.max_by(|a, b| step[*a].total_cmp(&step[*b]).then(b.cmp(a)))
    }

    /// How the basic values fall when a column grows.
    fn forward(&self, column: usize) -> Vec<f64> {
        let mut right = vec![0.0; self.basis.len()];
        match self.scaled.columns.get(column) {
            Some(entries) => entries.iter().for_each(|(row, entry)| right[*row as usize] = *entry),
            None => right[column - self.scaled.columns.len()] = 1.0,
        }
        self.inverse.solved(right)
    }

    /// The row of a place in terms of all columns.
    fn fill_row(&mut self, place: usize) {
        let mut unit = vec![0.0; self.basis.len()];
        unit[place] = 1.0;
        let factors = self.inverse.backward(unit);
        self.row.iter_mut().for_each(|entry| *entry = 0.0);
        let columns = self.scaled.columns.len();
        for (at, factor) in factors.into_iter().enumerate().filter(|(_, factor)| factor.abs() > 1e-14) {
            self.row[columns + at] = factor;
            self.scaled.rows[at].iter().for_each(|(column, entry)| self.row[*column as usize] += factor * entry);
        }
    }

    /// A column takes a place.
    fn pivot(&mut self, place: usize, enters: usize, step: Vec<f64>) {
        self.pivots += 1;
        let entry = step[place];
        let grown = if entry > 0.0 { self.values[place].max(0.0) } else { self.values[place] } / entry;
        let (gain, weight) = (self.gains[enters] / entry, self.weights[enters]);
        for (column, own) in self.row.iter().enumerate().filter(|(_, own)| **own != 0.0) {
            self.gains[column] -= gain * own;
            let ratio = own / entry;
            self.weights[column] = self.weights[column].max(ratio * ratio * weight);
        }
        let leaves = self.basis[place] as usize;
        self.gains[enters] = 0.0;
        self.gains[leaves] = -gain;
        self.weights[leaves] = (weight / (entry * entry)).max(1.0);
        self.values.iter_mut().zip(&step).for_each(|(value, fall)| *value -= grown * fall);
        self.values[place] = grown;
        (self.is_basic[enters], self.is_basic[leaves]) = (true, false);
        self.basis[place] = enters as u32;
        self.inverse.exchange(place, &step);
    }

    /// Everything anew from the basis, without the rounding of the pivots since.
    fn refresh(&mut self) -> Result<(), Lost> {
        let columns = self.scaled.columns.len();
        let of = |column: &u32| match self.scaled.columns.get(*column as usize) {
            Some(entries) => entries.clone(),
            None => vec![(*column - columns as u32, 1.0)],
        };
        let matrix: Vec<Vec<(u32, f64)>> = self.basis.iter().map(of).collect();
        self.inverse = Inverse::of(&matrix).ok_or(Lost)?;
        self.values = self.inverse.solved(self.right.clone());
        let prices = self.prices();
        for (column, entries) in self.scaled.columns.iter().enumerate() {
            let paid: f64 = entries.iter().map(|(row, entry)| prices[*row as usize] * entry).sum();
            self.gains[column] = if self.is_basic[column] { 0.0 } else { self.scaled.objective[column] - paid };
        }
        for (row, price) in prices.iter().enumerate() {
            self.gains[columns + row] = if self.is_basic[columns + row] { 0.0 } else { -price };
        }
        Ok(())
    }
}
