//! A programme in whole numbers, and the proof of an answer in them.

use detente_base::Exact;
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Zero};

use super::{Fractions, Program};

/// A programme each row of which is multiplied by what makes it whole, and the objective by
/// what makes it whole: x stays the same, prices do not.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    pub(super) columns: Vec<Vec<(u32, BigInt)>>,
    pub(super) objective: Vec<BigInt>,
    pub(super) right: Vec<BigInt>,
    row_scales: Vec<BigInt>,
    objective_scale: BigInt,
}

impl Whole {
    pub(super) fn new(program: &Program) -> Self {
        let take = |scale: &mut BigInt, value: &Exact| *scale = scale.lcm(&value.to_ratio().1);
        let times = |value: &Exact, scale: &BigInt| {
            let (numerator, denominator) = value.to_ratio();
            numerator * (scale / denominator)
        };
        let mut row_scales = vec![BigInt::one(); program.right.len()];
        row_scales.iter_mut().zip(&program.right).for_each(|(scale, right)| take(scale, right));
        for (row, entry) in program.columns.iter().flatten() {
            // Whole numbers are most frequent.
            if entry.as_integer().is_none() {
                take(&mut row_scales[*row as usize], entry);
            }
        }
        let mut objective_scale = BigInt::one();
        program.objective.iter().for_each(|worth| take(&mut objective_scale, worth));
        let column = |entries: &Vec<(u32, Exact)>| {
            entries.iter().map(|(row, entry)| (*row, times(entry, &row_scales[*row as usize]))).collect()
        };
        Self {
            columns: program.columns.iter().map(column).collect(),
            objective: program.objective.iter().map(|worth| times(worth, &objective_scale)).collect(),
            right: program.right.iter().zip(&row_scales).map(|(right, scale)| times(right, scale)).collect(),
            row_scales,
            objective_scale,
        }
    }

    /// Prices of the rows of the programme from those of the rows of this one.
    pub(super) fn prices(&self, program: &Program, own: Fractions) -> Fractions {
        debug_assert_eq!(program.right.len(), own.numerators.len(), "one price for each row");
        let scaled = own.numerators.into_iter().zip(&self.row_scales).map(|(price, scale)| price * scale);
        Fractions { numerators: scaled.collect(), denominator: own.denominator * &self.objective_scale }
    }

    /// Whether a solution and prices prove each other: both are allowed, and worth the same.
    pub(super) fn proves(&self, solution: &Fractions, prices: &Fractions) -> bool {
        let allowed = |all: &Fractions| {
            all.denominator.sign() == Sign::Plus && all.numerators.iter().all(|own| own.sign() != Sign::Minus)
        };
        if !allowed(solution) || !allowed(prices) {
            return false;
        }
        let mut used = vec![BigInt::zero(); self.right.len()];
        for (entries, amount) in self.columns.iter().zip(&solution.numerators).filter(|(_, amount)| !amount.is_zero()) {
            entries.iter().for_each(|(row, entry)| used[*row as usize] += entry * amount);
        }
        let fits = used.iter().zip(&self.right).all(|(used, right)| *used <= right * &solution.denominator);
        let paid = |entries: &Vec<(u32, BigInt)>| -> BigInt {
            let priced = entries.iter().filter(|(row, _)| !prices.numerators[*row as usize].is_zero());
            priced.map(|(row, entry)| entry * &prices.numerators[*row as usize]).sum()
        };
        let covered = || {
            let worths = self.columns.iter().zip(&self.objective);
            worths.into_iter().all(|(entries, worth)| paid(entries) >= worth * &prices.denominator)
        };
        let dot = |a: &[BigInt], b: &[BigInt]| -> BigInt {
            a.iter().zip(b).filter(|(a, b)| !a.is_zero() && !b.is_zero()).map(|(a, b)| a * b).sum()
        };
        let same = || {
            dot(&self.objective, &solution.numerators) * &prices.denominator
                == dot(&self.right, &prices.numerators) * &solution.denominator
        };
        fits && covered() && same()
    }
}
