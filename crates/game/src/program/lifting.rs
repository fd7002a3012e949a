//! Sparse equations in whole numbers, solved by lifting remainders of a prime.
//!
//! The digits of the solution to the base of the prime come one after another, each from
//! what the digits before have left over; enough of them tell the fractions.
//!
//! Source: `[Dixon1982]`.

use detente_base::{Budget, StopReason};
use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::Fractions;
use super::factors::Factors;
use super::field::{Field, PRIME, Remainder};

/// Digits after which the work ends: fractions of some 60,000 bits.
const MOST_DIGITS: usize = 2_048;

/// Bits by which digits must outnumber what they are to tell.
const SPARE_BITS: u64 = 40;

/// A sparse square matrix by columns.
#[derive(Clone, Debug)]
pub(super) struct Sparse<N> {
    pub(super) columns: Vec<Vec<(u32, N)>>,
}

impl<N: Clone> Sparse<N> {
    /// The same with rows as columns.
    pub(super) fn transposed(&self, rows: usize) -> Self {
        let mut columns = vec![Vec::new(); rows];
        for (column, entries) in self.columns.iter().enumerate() {
            entries.iter().for_each(|(row, entry)| columns[*row as usize].push((column as u32, entry.clone())));
        }
        Self { columns }
    }
}

impl Sparse<BigInt> {
    /// Matrix and right sides in small numbers, if rows are small enough not to overflow.
    pub(super) fn small(&self, right: &[BigInt]) -> Option<(Sparse<i64>, Vec<i128>)> {
        let mut sums = vec![0_u64; right.len()];
        let mut columns = Vec::with_capacity(self.columns.len());
        for entries in &self.columns {
            let mut own = Vec::with_capacity(entries.len());
            for (row, entry) in entries {
                let entry = entry.to_i64()?;
                let sum = &mut sums[*row as usize];
                *sum = sum.checked_add(entry.unsigned_abs()).filter(|sum| *sum < 1 << 62)?;
                own.push((*row, entry));
            }
            columns.push(own);
        }
        let right: Option<Vec<i128>> = right.iter().map(|own| own.to_i64().map(i128::from)).collect();
        Some((Sparse { columns }, right?))
    }
}

/// The solution; nothing if the matrix has no inverse, even among remainders, or fractions
/// are too long.
pub(super) fn lifted(
    matrix: &Sparse<i64>,
    mut left: Vec<i128>,
    budget: &Budget,
) -> Result<Option<Fractions>, StopReason> {
    let size = left.len();
    let remainders =
        |own: &Vec<(u32, i64)>| own.iter().map(|(row, entry)| (*row, Remainder::of(i128::from(*entry)))).collect();
    let remainders: Vec<Vec<(u32, Remainder)>> = matrix.columns.iter().map(remainders).collect();
    let Some(factors) = Factors::new(&remainders) else { return Ok(None) };
    let mut digits: Vec<Vec<i64>> = Vec::new();
    let mut answer = vec![Remainder::ZERO; size];
    let mut next_look = 3;
    while digits.len() < MOST_DIGITS {
        budget.check()?;
        let mut right: Vec<Remainder> = left.iter().map(|own| Remainder::of(*own)).collect();
        factors.solve(&mut right, &mut answer);
        let digit: Vec<i64> = answer.iter().map(|own| own.nearest()).collect();
        for (entries, factor) in matrix.columns.iter().zip(&digit).filter(|(_, factor)| **factor != 0) {
            let factor = i128::from(*factor);
            entries.iter().for_each(|(row, entry)| left[*row as usize] -= i128::from(*entry) * factor);
        }
        debug_assert!(left.iter().all(|own| own % i128::from(PRIME) == 0), "the digit solves among remainders");
        left.iter_mut().for_each(|own| *own /= i128::from(PRIME));
        digits.push(digit);
        let done = left.iter().all(|own| *own == 0);
        if done || digits.len() >= next_look {
            next_look = digits.len() + digits.len() / 2;
            if let Some(found) = fractions(&digits, done) {
                return Ok(Some(found));
            }
        }
    }
    Ok(None)
}

/// The fractions that digits tell, if there are enough of them.
fn fractions(digits: &[Vec<i64>], done: bool) -> Option<Fractions> {
    let prime = BigInt::from(PRIME);
    let modulus = (0..digits.len()).fold(BigInt::one(), |power, _| power * &prime);
    let size = digits.first().map_or(0, Vec::len);
    let value = |at: usize| digits.iter().rev().fold(BigInt::zero(), |sum, digit| sum * &prime + digit[at]);
    if done {
        return Some(Fractions { numerators: (0..size).map(value).collect(), denominator: BigInt::one() });
    }
    let bits = modulus.bits();
    let mut common = BigInt::one();
    let mut found: Vec<(BigInt, BigInt)> = Vec::with_capacity(size);
    for at in 0..size {
        let scaled = nearest(value(at) * &common, &modulus);
        if scaled.bits() + common.bits() + SPARE_BITS < bits {
            found.push((scaled, common.clone()));
            continue;
        }
        let (numerator, denominator) = fraction(scaled, &modulus);
        common *= denominator;
        if numerator.bits() + common.bits() + SPARE_BITS >= bits {
            return None;
        }
        found.push((numerator, common.clone()));
    }
    let over = |(numerator, denominator): (BigInt, BigInt)| numerator * (&common / denominator);
    let numerators = found.into_iter().map(over).collect();
    Some(Fractions { numerators, denominator: common })
}

/// The remainder nearest to zero.
fn nearest(value: BigInt, modulus: &BigInt) -> BigInt {
    let rest = value % modulus;
    let twice: BigInt = &rest * 2;
    if twice > *modulus {
        rest - modulus
    } else if -twice > *modulus {
        rest + modulus
    } else {
        rest
    }
}

/// The fraction of small numbers that leaves a remainder, by the algorithm of Euclid.
fn fraction(remainder: BigInt, modulus: &BigInt) -> (BigInt, BigInt) {
    let half = modulus.bits() / 2;
    let (mut large, mut small) = (modulus.clone(), remainder);
    let (mut before, mut factor) = (BigInt::zero(), BigInt::one());
    while small.bits() > half {
        let quotient = &large / &small;
        let rest = &large - &quotient * &small;
        let next = &before - &quotient * &factor;
        (large, small) = (small, rest);
        (before, factor) = (factor, next);
    }
    if factor.is_negative() { (-small, -factor) } else { (small, factor) }
}
