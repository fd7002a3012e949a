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

/// Entries of a matrix, with what their sums need room for.
pub(super) trait Entry {
    /// A right side, or what is left of it.
    type Sum;
    fn remainder(&self) -> Remainder;
    /// Takes a multiple off what is left.
    fn take(&self, left: &mut Self::Sum, factor: i64);
    fn remainder_of(left: &Self::Sum) -> Remainder;
    /// Divides by the prime, without rest.
    fn shift(left: &mut Self::Sum);
    fn is_done(left: &Self::Sum) -> bool;
}

impl Entry for i64 {
    type Sum = i128;
    fn remainder(&self) -> Remainder {
        Remainder::of(i128::from(*self))
    }
    fn take(&self, left: &mut i128, factor: i64) {
        *left -= i128::from(*self) * i128::from(factor);
    }
    fn remainder_of(left: &i128) -> Remainder {
        Remainder::of(*left)
    }
    fn shift(left: &mut i128) {
        debug_assert!(*left % i128::from(PRIME) == 0, "the digit solves among remainders");
        *left /= i128::from(PRIME);
    }
    fn is_done(left: &i128) -> bool {
        *left == 0
    }
}

impl Entry for BigInt {
    type Sum = BigInt;
    fn remainder(&self) -> Remainder {
        Remainder::of((self % PRIME).to_i128().expect("a remainder is small"))
    }
    fn take(&self, left: &mut BigInt, factor: i64) {
        *left -= self * factor;
    }
    fn remainder_of(left: &BigInt) -> Remainder {
        left.remainder()
    }
    fn shift(left: &mut BigInt) {
        debug_assert!((&*left % PRIME).is_zero(), "the digit solves among remainders");
        *left /= PRIME;
    }
    fn is_done(left: &BigInt) -> bool {
        left.is_zero()
    }
}

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
        right.map(|right| (Sparse { columns }, right))
    }
}

/// The solution; nothing if the matrix has no inverse, even among remainders, or fractions
/// are too long.
pub(super) fn lifted<N: Entry>(
    matrix: &Sparse<N>,
    mut left: Vec<N::Sum>,
    budget: &Budget,
) -> Result<Option<Fractions>, StopReason> {
    let size = left.len();
    let remainders = |own: &Vec<(u32, N)>| own.iter().map(|(row, entry)| (*row, entry.remainder())).collect();
    let remainders: Vec<Vec<(u32, Remainder)>> = matrix.columns.iter().map(remainders).collect();
    let Some(factors) = Factors::new(&remainders) else { return Ok(None) };
    let mut digits: Vec<Vec<i64>> = Vec::new();
    let mut answer = vec![Remainder::ZERO; size];
    let mut next_look = 3;
    while digits.len() < MOST_DIGITS {
        budget.check()?;
        let mut right: Vec<Remainder> = left.iter().map(N::remainder_of).collect();
        factors.solve(&mut right, &mut answer);
        let digit: Vec<i64> = answer.iter().map(|own| own.nearest()).collect();
        for (entries, factor) in matrix.columns.iter().zip(&digit).filter(|(_, factor)| **factor != 0) {
            entries.iter().for_each(|(row, entry)| entry.take(&mut left[*row as usize], *factor));
        }
        left.iter_mut().for_each(N::shift);
        digits.push(digit);
        let done = left.iter().all(N::is_done);
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
