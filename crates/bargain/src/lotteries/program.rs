//! Linear programmes with few rows and many columns, solved exactly.

use detente_base::{Budget, Exact, StopReason};

use super::near;

/// Pivots without progress after which the first column that helps is taken (Bland), so that
/// the search cannot go round in circles.
const PATIENCE: u32 = 20;

/// Maximise c·y where A·y = b and y ≥ 0, A given by columns.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub(super) columns: Vec<Vec<Exact>>,
    /// The same, rounded.
    pub(super) near: Vec<Vec<f64>>,
    pub(super) objective: Vec<Exact>,
    pub(super) right: Vec<Exact>,
}

/// What comes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Nothing satisfies the rows.
    Infeasible,
    /// The greatest value, and the columns that are not zero.
    Optimal { value: Exact, solution: Vec<(usize, Exact)> },
    /// There is no greatest value.
    Unbounded,
}

/// A basis: one column for each row, with the inverse of their matrix.
struct Basis {
    /// Columns; those from the number of columns on are the artificial ones.
    columns: Vec<usize>,
    inverse: Vec<Vec<Exact>>,
    values: Vec<Exact>,
}

impl Program {
    /// Solves it by the revised simplex method in two phases.
    ///
    /// # Errors
    /// When the budget's stopper is raised.
    pub(super) fn solve(&self, budget: &Budget) -> Result<Outcome, StopReason> {
        let rows = self.right.len();
        let unit = |row: usize| (0..rows).map(|r| Exact::from(i64::from(r == row))).collect::<Vec<_>>();
        // A row with a negative right side counts with the other sign.
        let signs: Vec<Exact> = self.right.iter().map(|b| Exact::from(if b.signum() < 0 { -1 } else { 1 })).collect();
        let mut basis = Basis {
            columns: (0..rows).map(|row| self.columns.len() + row).collect(),
            inverse: (0..rows).map(|row| unit(row).iter().map(|e| e * &signs[row]).collect()).collect(),
            values: self.right.iter().zip(&signs).map(|(b, sign)| b * sign).collect(),
        };
        let artificial = |column: usize| column >= self.columns.len();
        let first = |column: usize| Exact::from(if artificial(column) { -1 } else { 0 });
        if !self.start_near(&mut basis) {
            self.improve(&mut basis, &first, budget)?;
        }
        let missing: Exact =
            basis.columns.iter().zip(&basis.values).filter(|(c, _)| artificial(**c)).map(|(_, v)| v.clone()).sum();
        if missing.signum() > 0 {
            return Ok(Outcome::Infeasible);
        }
        let second = |column: usize| if artificial(column) { Exact::ZERO } else { self.objective[column].clone() };
        // An artificial column that is left stands at zero; it never grows again, for it is
        // driven out whenever a column meets its row.
        self.drive_out(&mut basis);
        if !self.improve(&mut basis, &second, budget)? {
            return Ok(Outcome::Unbounded);
        }
        let own = basis.columns.iter().zip(&basis.values);
        let value = own.clone().map(|(column, value)| &second(*column) * value).sum();
        let mut solution: Vec<(usize, Exact)> =
            own.filter(|(c, v)| !artificial(**c) && !v.is_zero()).map(|(c, v)| (*c, v.clone())).collect();
        solution.sort_unstable_by_key(|(column, _)| *column);
        Ok(Outcome::Optimal { value, solution })
    }

    /// Begins from the basis that floats find, if it is one of the exact programme.
    ///
    /// Whatever floats do, the answer is that of the exact method: this only saves it steps.
    fn start_near(&self, basis: &mut Basis) -> bool {
        let Some(columns) = near::basis(self) else { return false };
        let Some(inverse) = inverse(&columns.iter().map(|at| self.columns[*at].clone()).collect::<Vec<_>>()) else {
            return false;
        };
        let values: Vec<Exact> = inverse.iter().map(|row| dot(row, &self.right)).collect();
        let feasible = values.iter().all(|value| value.signum() >= 0);
        if feasible {
            *basis = Basis { columns, inverse, values };
        }
        feasible
    }

    /// Exchanges artificial columns at zero for others, where their rows are not redundant.
    fn drive_out(&self, basis: &mut Basis) {
        for row in 0..basis.columns.len() {
            if basis.columns[row] < self.columns.len() {
                continue;
            }
            let helps = |column: &usize| {
                !basis.columns.contains(column) && !dot(&basis.inverse[row], &self.columns[*column]).is_zero()
            };
            if let Some(column) = (0..self.columns.len()).find(helps) {
                let step = basis.along(&self.columns[column]);
                basis.exchange(row, column, &step);
            }
        }
    }

    /// Pivots until no column improves; `false` if one improves without end.
    fn improve(&self, basis: &mut Basis, worth: &dyn Fn(usize) -> Exact, budget: &Budget) -> Result<bool, StopReason> {
        let mut idle = 0;
        loop {
            budget.check()?;
            let prices: Vec<Exact> = (0..basis.columns.len())
                .map(|at| {
                    let rows = basis.columns.iter().zip(&basis.inverse);
                    rows.map(|(column, row)| &worth(*column) * &row[at]).sum()
                })
                .collect();
            let mut enters: Option<(Exact, usize)> = None;
            let near_prices: Vec<f64> = prices.iter().map(Exact::to_f64).collect();
            for (at, column) in self.columns.iter().enumerate() {
                if surely_negative(worth(at).to_f64(), &near_prices, &self.near[at]) {
                    continue;
                }
                let gain = &worth(at) - &dot(&prices, column);
                if gain.signum() > 0 && enters.as_ref().is_none_or(|(most, _)| gain > *most) {
                    enters = Some((gain, at));
                    if idle >= PATIENCE {
                        break;
                    }
                }
            }
            let Some((_, column)) = enters else { return Ok(true) };
            let step = basis.along(&self.columns[column]);
            let ratio = |row: &usize| basis.values[*row].checked_div(&step[*row]).expect("it is positive");
            let leaves = (0..step.len())
                .filter(|row| step[*row].signum() > 0)
                .min_by(|a, b| ratio(a).cmp(&ratio(b)).then(basis.columns[*a].cmp(&basis.columns[*b])));
            let Some(row) = leaves else { return Ok(false) };
            idle = if basis.values[row].is_zero() { idle + 1 } else { 0 };
            basis.exchange(row, column, &step);
        }
    }
}

impl Basis {
    /// How the values fall when a column grows.
    fn along(&self, column: &[Exact]) -> Vec<Exact> {
        self.inverse.iter().map(|row| dot(row, column)).collect()
    }

    /// A column takes the place of that of a row.
    fn exchange(&mut self, row: usize, column: usize, step: &[Exact]) {
        let pivot = &step[row];
        let scaled: Vec<Exact> =
            self.inverse[row].iter().map(|e| e.checked_div(pivot).expect("a pivot is not zero")).collect();
        let value = self.values[row].checked_div(pivot).expect("a pivot is not zero");
        for (other, factor) in step.iter().enumerate() {
            if other == row || factor.is_zero() {
                continue;
            }
            let own = &mut self.inverse[other];
            own.iter_mut().zip(&scaled).for_each(|(e, s)| *e = &*e - &(factor * s));
            self.values[other] = &self.values[other] - &(factor * &value);
        }
        self.inverse[row] = scaled;
        self.values[row] = value;
        self.columns[row] = column;
    }
}

/// Whether what a column gains is negative whatever rounding has done.
///
/// Each of the products is off by some 2⁻⁵² of itself, and so are the sums.
fn surely_negative(worth: f64, prices: &[f64], column: &[f64]) -> bool {
    let (mut gain, mut size) = (worth, worth.abs());
    for (price, entry) in prices.iter().zip(column) {
        let term = price * entry;
        gain -= term;
        size += term.abs();
    }
    gain < -1e-12 * size
}

/// The inverse of the matrix with these columns; nothing if it has none.
fn inverse(columns: &[Vec<Exact>]) -> Option<Vec<Vec<Exact>>> {
    let size = columns.len();
    let mut left: Vec<Vec<Exact>> =
        (0..size).map(|row| columns.iter().map(|column| column[row].clone()).collect()).collect();
    let mut right: Vec<Vec<Exact>> =
        (0..size).map(|row| (0..size).map(|at| Exact::from(i64::from(at == row))).collect()).collect();
    for at in 0..size {
        let pivot = (at..size).find(|row| !left[*row][at].is_zero())?;
        left.swap(at, pivot);
        right.swap(at, pivot);
        let scale = left[at][at].clone();
        for entry in left[at].iter_mut().chain(right[at].iter_mut()) {
            *entry = entry.checked_div(&scale)?;
        }
        let (own_left, own_right) = (left[at].clone(), right[at].clone());
        for row in (0..size).filter(|row| *row != at) {
            let factor = left[row][at].clone();
            if factor.is_zero() {
                continue;
            }
            left[row].iter_mut().zip(&own_left).for_each(|(e, own)| *e = &*e - &(&factor * own));
            right[row].iter_mut().zip(&own_right).for_each(|(e, own)| *e = &*e - &(&factor * own));
        }
    }
    Some(right)
}

fn dot(a: &[Exact], b: &[Exact]) -> Exact {
    let mut sum = Exact::ZERO;
    for (a, b) in a.iter().zip(b) {
        if !a.is_zero() && !b.is_zero() {
            sum = &sum + &(a * b);
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(all: &[i64]) -> Vec<Exact> {
        all.iter().map(|n| Exact::from(*n)).collect()
    }

    fn rounded(mut program: Program) -> Program {
        program.near = program.columns.iter().map(|column| column.iter().map(Exact::to_f64).collect()).collect();
        program
    }

    #[test]
    fn small_programmes() {
        // x + 2y + s = 4, x - y + t = 1: the most of x + y is at x = 2, y = 1.
        let program = Program {
            near: Vec::new(),
            columns: vec![numbers(&[1, 1]), numbers(&[2, -1]), numbers(&[1, 0]), numbers(&[0, 1])],
            objective: numbers(&[1, 1, 0, 0]),
            right: numbers(&[4, 1]),
        };
        let found = rounded(program).solve(&Budget::default()).expect("no limit");
        assert_eq!(
            found,
            Outcome::Optimal { value: Exact::from(3), solution: vec![(0, Exact::from(2)), (1, Exact::ONE)] }
        );
        let none =
            Program { near: Vec::new(), columns: vec![numbers(&[1])], objective: numbers(&[1]), right: numbers(&[-1]) };
        assert_eq!(rounded(none).solve(&Budget::default()).expect("no limit"), Outcome::Infeasible);
        let endless = Program {
            near: Vec::new(),
            columns: vec![numbers(&[1]), numbers(&[-1])],
            objective: numbers(&[1, 0]),
            right: numbers(&[0]),
        };
        assert_eq!(rounded(endless).solve(&Budget::default()).expect("no limit"), Outcome::Unbounded);
        // A row that says the same twice.
        let twice = Program {
            near: Vec::new(),
            columns: vec![numbers(&[1, 1]), numbers(&[1, 1])],
            objective: numbers(&[1, 2]),
            right: numbers(&[3, 3]),
        };
        assert_eq!(
            rounded(twice).solve(&Budget::default()).expect("no limit"),
            Outcome::Optimal { value: Exact::from(6), solution: vec![(1, Exact::from(3))] }
        );
    }
}
