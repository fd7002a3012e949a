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

    /// The same in machine numbers, if no sum of them can overflow.
    pub(crate) fn small(&self) -> Option<Vec<Vec<Vec<i128>>>> {
        for issues in &self.worths {
            let largest = |values: &Vec<BigInt>| values.iter().map(BigInt::abs).max().unwrap_or_default();
            let total: BigInt = issues.iter().map(largest).sum();
            i128::try_from(&total).ok()?;
        }
        let values = |values: &Vec<BigInt>| values.iter().map(i128::try_from).collect::<Result<Vec<_>, _>>().ok();
        self.worths.iter().map(|issues| issues.iter().map(values).collect()).collect()
    }
}
