//! The same programmes with floats: a guess at the basis of the exact answer.

use detente_base::Exact;

use super::program::Program;

/// Pivots after which the guess is given up.
const MOST_PIVOTS: usize = 5_000;

/// What counts as nothing.
const TINY: f64 = 1e-9;

/// A basis that floats take for the best; nothing where they find none.
pub(super) fn basis(program: &Program) -> Option<Vec<usize>> {
    let rows = program.right.len();
    let mut tableau = Tableau {
        columns: program.near.clone(),
        inverse: (0..rows).map(|row| (0..rows).map(|at| f64::from(u8::from(at == row))).collect()).collect(),
        basis: (0..rows).map(|row| program.columns.len() + row).collect(),
        values: program.right.iter().map(Exact::to_f64).collect(),
        count: program.columns.len(),
    };
    // Rows with a negative right side count with the other sign.
    for row in 0..rows {
        if tableau.values[row] < 0.0 {
            tableau.values[row] = -tableau.values[row];
            tableau.inverse[row][row] = -1.0;
        }
    }
    let count = tableau.count;
    let first = |column: usize| if column >= count { -1.0 } else { 0.0 };
    tableau.improve(&first)?;
    let objective: Vec<f64> = program.objective.iter().map(Exact::to_f64).collect();
    let second = |column: usize| if column >= count { -1e6 } else { objective[column] };
    tableau.improve(&second)?;
    tableau.basis.iter().all(|column| *column < count).then_some(tableau.basis)
}

struct Tableau {
    columns: Vec<Vec<f64>>,
    inverse: Vec<Vec<f64>>,
    basis: Vec<usize>,
    values: Vec<f64>,
    count: usize,
}

impl Tableau {
    fn improve(&mut self, worth: &dyn Fn(usize) -> f64) -> Option<()> {
        for _ in 0..MOST_PIVOTS {
            let rows = self.basis.len();
            let prices: Vec<f64> = (0..rows)
                .map(|at| self.basis.iter().zip(&self.inverse).map(|(column, row)| worth(*column) * row[at]).sum())
                .collect();
            let gain = |at: usize| worth(at) - dot(&prices, &self.columns[at]);
            let best = (0..self.count).map(|at| (gain(at), at)).max_by(|a, b| a.0.total_cmp(&b.0))?;
            if best.0 <= TINY {
                return Some(());
            }
            let step: Vec<f64> = self.inverse.iter().map(|row| dot(row, &self.columns[best.1])).collect();
            let ratio = |row: &usize| self.values[*row].max(0.0) / step[*row];
            let row = (0..rows).filter(|row| step[*row] > TINY).min_by(|a, b| ratio(a).total_cmp(&ratio(b)))?;
            let (pivot, value) = (step[row], self.values[row].max(0.0) / step[row]);
            let scaled: Vec<f64> = self.inverse[row].iter().map(|entry| entry / pivot).collect();
            for (other, factor) in step.iter().enumerate().filter(|(other, _)| *other != row) {
                self.inverse[other].iter_mut().zip(&scaled).for_each(|(entry, own)| *entry -= factor * own);
                self.values[other] -= factor * value;
            }
            self.inverse[row] = scaled;
            self.values[row] = value;
            self.basis[row] = best.1;
        }
        None
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
