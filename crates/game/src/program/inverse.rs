//! The inverse of a basis: its factors, and the pivots since.

use super::factors::Factors;

/// The inverse of a basis, as factors and pivots.
pub(super) struct Inverse {
    factors: Factors<f64>,
    /// The pivots since.
    etas: Vec<Eta>,
}

/// A column that took a place: its entry there, and the others.
struct Eta {
    place: usize,
    entry: f64,
    others: Vec<(u32, f64)>,
}

impl Inverse {
    /// That of a matrix given by columns; nothing if it has none.
    pub(super) fn of(columns: &[Vec<(u32, f64)>]) -> Option<Self> {
        Some(Self { factors: Factors::new(columns)?, etas: Vec::new() })
    }

    /// Number of pivots since the factors were made.
    pub(super) fn pivots(&self) -> usize {
        self.etas.len()
    }

    /// A column, in terms of the basis, takes a place.
    pub(super) fn exchange(&mut self, place: usize, step: &[f64]) {
        let others = step.iter().enumerate().filter(|(at, own)| *at != place && own.abs() > 1e-13);
        let others = others.map(|(at, own)| (at as u32, *own)).collect();
        self.etas.push(Eta { place, entry: step[place], others });
    }

    /// B⁻¹·a, by place.
    pub(super) fn solved(&self, mut right: Vec<f64>) -> Vec<f64> {
        let mut answer = vec![0.0; right.len()];
        self.factors.solve(&mut right, &mut answer);
        for Eta { place, entry, others } in &self.etas {
            let own = answer[*place] / entry;
            answer[*place] = own;
            if own != 0.0 {
                others.iter().for_each(|(other, factor)| answer[*other as usize] -= factor * own);
            }
        }
        answer
    }

    /// B⁻ᵀ·c, by row.
    pub(super) fn backward(&self, mut worth: Vec<f64>) -> Vec<f64> {
        for Eta { place, entry, others } in self.etas.iter().rev() {
            let sum: f64 = others.iter().map(|(other, factor)| factor * worth[*other as usize]).sum();
            worth[*place] = (worth[*place] - sum) / entry;
        }
        let mut answer = vec![0.0; worth.len()];
        self.factors.solve_transposed(&mut worth, &mut answer);
        answer
    }
}
