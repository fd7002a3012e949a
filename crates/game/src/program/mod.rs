//! Linear programmes, answered exactly with a certificate.
//!
//! The greatest c·x where A·x ≤ b and x ≥ 0, for b ≥ 0: nothing done is allowed, so that a
//! search begins there. Floats find a basis; the exact vertex and the exact prices that go
//! with it are solved for and checked in whole numbers. Whatever floats do, an answer is
//! proven: x is allowed, the prices y ≥ 0 have Aᵀ·y ≥ c, and c·x = b·y.
//!
//! Source: `[ApplegateCookDashEspinoza2007]` (exact answers from the bases of floats).

mod dictionary;
mod factors;
mod field;
mod inverse;
mod lifting;
mod scaled;
mod simplex;
mod vertex;
mod whole;

use detente_base::{Budget, Exact, StopReason};
use num_bigint::BigInt;

use whole::Whole;

/// Entries of the table above which pivots are not repeated with exact numbers.
const EXACT_ENTRIES: usize = 40_000;

/// Maximise c·x where A·x ≤ b and x ≥ 0; b is not negative.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    /// A, by columns: entries other than zero by row, ascending.
    pub(crate) columns: Vec<Vec<(u32, Exact)>>,
    /// c, for each column.
    pub(crate) objective: Vec<Exact>,
    /// b, for each row.
    pub(crate) right: Vec<Exact>,
    /// A basis to begin at, if one is known in which nothing is below zero: a column for each
    /// row, slacks after the columns.
    pub(crate) start: Option<Vec<u32>>,
}

/// A vector as whole numbers over one denominator, which is positive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fractions {
    pub(crate) numerators: Vec<BigInt>,
    pub(crate) denominator: BigInt,
}

/// The best that can be had, proven.
#[derive(Clone, Debug)]
pub(crate) struct Optimum {
    /// x, for each column.
    pub(crate) solution: Fractions,
    /// y, for each row.
    pub(crate) prices: Fractions,
    /// Pivots done.
    pub(crate) pivots: usize,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Halt {
    Stopped(StopReason),
    /// Rounding led astray, or there is no greatest value; what floats end with is given.
    Numeric(Guess),
}

/// What floats end with.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Guess {
    pub(crate) solution: Vec<f64>,
    pub(crate) prices: Vec<f64>,
    pub(crate) pivots: usize,
}

impl Eq for Guess {}

/// The reason for ending, where there is no use for a guess.
pub(crate) fn stopped(halt: Halt) -> StopReason {
    match halt {
        Halt::Stopped(reason) => reason,
        Halt::Numeric(_) => StopReason::NoMethod {
            why: "rounding led astray, and the linear programme is too large for exact pivots".to_owned(),
        },
    }
}

impl Fractions {
    /// Each as a number of its own.
    pub(crate) fn to_exact(&self) -> Vec<Exact> {
        self.numerators.iter().map(|numerator| Exact::from_ratio(numerator, &self.denominator)).collect()
    }
}

impl Program {
    /// The greatest value, with what proves it.
    ///
    /// Cost: the pivots of the simplex method with sparse factors in floating point, then two
    /// sparse systems of equations lifted from one prime to rational numbers.
    ///
    /// # Errors
    /// When the budget is used up, or rounding leads astray in a programme that is too large
    /// for exact pivots.
    pub(crate) fn solve(&self, budget: &Budget) -> Result<Optimum, Halt> {
        debug_assert!(self.right.iter().all(|right| right.signum() >= 0), "nothing done is allowed");
        let whole = Whole::new(self);
        let (mut guess, mut near) = (Guess::default(), None);
        let mut pivots = 0;
        for attempt in 0..3 {
            let Some((basis, found)) = self.guess(attempt, budget).map_err(Halt::Stopped)? else { continue };
            pivots += found.pivots;
            guess = Guess { pivots, ..found };
            if let Some((solution, prices)) = vertex::vertex(&whole, &basis, budget).map_err(Halt::Stopped)? {
                return Ok(Optimum { solution, prices: whole.prices(self, prices), pivots });
            }
            near = Some(basis);
        }
        if self.columns.len() * self.right.len() > EXACT_ENTRIES {
            return Err(Halt::Numeric(guess));
        }
        let Some(basis) = dictionary::basis(self, near.as_deref(), budget, &mut pivots).map_err(Halt::Stopped)? else {
            return Err(Halt::Numeric(guess));
        };
        match vertex::vertex(&whole, &basis, budget).map_err(Halt::Stopped)? {
            Some((solution, prices)) => Ok(Optimum { solution, prices: whole.prices(self, prices), pivots }),
            None => Err(Halt::Numeric(guess)),
        }
    }

    /// The basis that floats end with, and its values; nothing where they lose their way.
    pub(crate) fn guess(&self, attempt: u32, budget: &Budget) -> Result<Option<(Vec<u32>, Guess)>, StopReason> {
        let scaled = scaled::Scaled::new(self);
        let mut simplex = simplex::Simplex::new(&scaled, self.start.as_deref(), attempt);
        Ok(simplex.solve(budget)?.map(|()| (simplex.basis(), scaled.guess(&simplex))))
    }
}

#[cfg(test)]
mod tests;
