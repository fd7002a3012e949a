//! Worths as whole numbers: dominance then needs no fractions.

use detente_base::Exact;
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Signed as _};

use crate::negotiation::Negotiation;

/// Worths of all values in a unit of each party's own.
pub(crate) struct Scaled {
    /// By party, issue and value.
    pub(crate) worths: Vec<Vec<Vec<BigInt>>>,
    /// By party, how many units make one.
    pub(crate) units: Vec<BigInt>,
}

impl Scaled {
    pub(crate) fn new(negotiation: &Negotiation) -> Self {
        let mut scaled = Self { worths: Vec::new(), units: Vec::new() };
        for party in negotiation.parties() {
            let ratios: Vec<Vec<(BigInt, BigInt)>> =
                party.worths.iter().map(|values| values.iter().map(Exact::to_ratio).collect()).collect();
            let unit = ratios.iter().flatten().fold(BigInt::one(), |unit, (_, denominator)| unit.lcm(denominator));
            let whole = |(numerator, denominator): &(BigInt, BigInt)| numerator * (&unit / denominator);
            scaled.worths.push(ratios.iter().map(|values| values.iter().map(whole).collect()).collect());
            scaled.units.push(unit);
        }
        scaled
    }

    /// By issue and party, the least sum with the worth of that issue from which the party's
    /// reservation can still be reached.
    pub(crate) fn needs(&self, negotiation: &Negotiation) -> Vec<Vec<BigInt>> {
        let best = |values: &Vec<BigInt>| values.iter().max().cloned().unwrap_or_default();
        let issues = negotiation.sizes().len();
        let mut needs = vec![Vec::new(); issues];
        for ((party, worths), unit) in negotiation.parties().iter().zip(&self.worths).zip(&self.units) {
            let (numerator, denominator) = party.reservation.to_ratio();
            let mut need = (numerator * unit).div_ceil(&denominator);
            for issue in (0..issues).rev() {
                needs[issue].push(need.clone());
                need -= best(&worths[issue]);
            }
        }
        needs
    }

    /// The same in machine numbers, if every sum of them is less than the greatest.
    pub(crate) fn small<T: for<'a> TryFrom<&'a BigInt>>(&self) -> Option<Vec<Vec<Vec<T>>>> {
        for issues in &self.worths {
            let largest = |values: &Vec<BigInt>| values.iter().map(BigInt::abs).max().unwrap_or_default();
            let total: BigInt = issues.iter().map(largest).sum();
            T::try_from(&(total + 1)).ok()?;
        }
        let values = |values: &Vec<BigInt>| values.iter().map(|value| T::try_from(value).ok()).collect();
        self.worths.iter().map(|issues| issues.iter().map(values).collect()).collect()
    }
}
