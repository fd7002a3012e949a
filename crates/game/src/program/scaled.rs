//! A programme in floating point, with entries of like size.

use detente_base::Exact;

use super::simplex::Simplex;
use super::{Guess, Program};

/// A programme in floating point. Rows and columns are divided by their largest entries;
/// a basis stays the same.
#[derive(Clone, Debug)]
pub(super) struct Scaled {
    pub(super) columns: Vec<Vec<(u32, f64)>>,
    /// The same by rows.
    pub(super) rows: Vec<Vec<(u32, f64)>>,
    pub(super) objective: Vec<f64>,
    pub(super) right: Vec<f64>,
    row_scales: Vec<f64>,
    column_scales: Vec<f64>,
    objective_scale: f64,
}

impl Scaled {
    pub(super) fn new(program: &Program) -> Self {
        let mut columns: Vec<Vec<(u32, f64)>> =
            program.columns.iter().map(|own| own.iter().map(|(row, entry)| (*row, entry.to_f64())).collect()).collect();
        let largest = |entries: &mut dyn Iterator<Item = f64>| {
            let most = entries.map(f64::abs).fold(0.0, f64::max);
            if most > 0.0 && most.is_finite() { 1.0 / most } else { 1.0 }
        };
        let mut most = vec![0.0_f64; program.right.len()];
        columns.iter().flatten().for_each(|(row, entry)| most[*row as usize] = most[*row as usize].max(entry.abs()));
        let row_scales: Vec<f64> = most.into_iter().map(|most| largest(&mut [most].into_iter())).collect();
        columns.iter_mut().flatten().for_each(|(row, entry)| *entry *= row_scales[*row as usize]);
        let column_scales: Vec<f64> =
            columns.iter().map(|own| largest(&mut own.iter().map(|(_, entry)| *entry))).collect();
        for (own, scale) in columns.iter_mut().zip(&column_scales) {
            own.iter_mut().for_each(|(_, entry)| *entry *= scale);
        }
        let mut objective: Vec<f64> =
            program.objective.iter().zip(&column_scales).map(|(worth, scale)| worth.to_f64() * scale).collect();
        let objective_scale = largest(&mut objective.iter().copied());
        objective.iter_mut().for_each(|worth| *worth *= objective_scale);
        let right: Vec<f64> =
            program.right.iter().map(Exact::to_f64).zip(&row_scales).map(|(right, scale)| right * scale).collect();
        let mut rows = vec![Vec::new(); right.len()];
        for (column, entries) in columns.iter().enumerate() {
            entries.iter().for_each(|(row, entry)| rows[*row as usize].push((column as u32, *entry)));
        }
        Self { columns, rows, objective, right, row_scales, column_scales, objective_scale }
    }

    /// What a search has ended with, in the units of the programme.
    pub(super) fn guess(&self, simplex: &Simplex) -> Guess {
        let mut solution = vec![0.0; self.columns.len()];
        for (column, value) in simplex.basic() {
            if let Some(own) = solution.get_mut(column) {
                *own = value * self.column_scales[column];
            }
        }
        let prices = simplex.prices().into_iter().zip(&self.row_scales);
        let prices = prices.map(|(price, scale)| price * scale / self.objective_scale).collect();
        Guess { solution, prices, pivots: simplex.pivots }
    }
}
