//! Worths as whole numbers of 64 bits, so that millions of offers are compared a second.

use detente_base::Exact;
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Signed as _, ToPrimitive as _};

/// Bits that no sum of worths exceeds, so that sums and differences of two fit 64 bits.
const BITS: u64 = 60;

/// How worths are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// As they are: every comparison is exact.
    Exact,
    /// Values rounded down and the reservation up, to about 60 binary digits of the greatest
    /// sum. Nobody proposes or accepts below its reservation; packages whose worths differ
    /// by less than a unit for each issue can change places.
    Rounded,
}

/// A party's worths in a unit of its own.
#[derive(Clone, Debug)]
pub(crate) struct Units {
    /// By issue and value.
    pub(crate) values: Vec<Vec<i64>>,
    pub(crate) reservation: i64,
    /// Units that make one.
    pub(crate) one: f64,
    pub(crate) precision: Precision,
}

impl Units {
    pub(crate) fn new(values: &[Vec<Exact>], reservation: &Exact) -> Self {
        let ratios = || values.iter().flatten().chain([reservation]).map(Exact::to_ratio);
        let unit = ratios().fold(BigInt::one(), |unit, (_, denominator)| unit.lcm(&denominator));
        let most = |values: &Vec<Exact>| {
            let size = |value: &Exact| if value.signum() < 0 { -value } else { value.clone() };
            values.iter().map(size).max().unwrap_or_default()
        };
        let size = if reservation.signum() < 0 { -reservation } else { reservation.clone() };
        let (numerator, denominator) = values.iter().map(most).fold(size, |sum, most| &sum + &most).to_ratio();
        if (&numerator * &unit / &denominator).bits() <= BITS {
            let whole = |value: &Exact| {
                let (numerator, denominator) = value.to_ratio();
                i64::try_from(numerator * (&unit / denominator)).expect("sums fit 60 bits")
            };
            let values = values.iter().map(|values| values.iter().map(whole).collect()).collect();
            let one = unit.to_f64().unwrap_or(f64::MAX);
            return Self { values, reservation: whole(reservation), one, precision: Precision::Exact };
        }
        // 2^power units make one: the greatest sum then has at most 60 bits.
        let power = BITS as i64 - 1 - (numerator.abs().bits() as i64 - denominator.bits() as i64 + 1);
        let scaled = |value: &Exact| {
            let (numerator, denominator) = value.to_ratio();
            let shift = BigInt::one() << power.unsigned_abs();
            if power < 0 { (numerator, denominator * shift) } else { (numerator * shift, denominator) }
        };
        let fits = |whole: BigInt| i64::try_from(whole).expect("sums fit 60 bits");
        let down = |value: &Exact| {
            let (numerator, denominator) = scaled(value);
            fits(numerator.div_floor(&denominator))
        };
        let (numerator, denominator) = scaled(reservation);
        Self {
            values: values.iter().map(|values| values.iter().map(down).collect()).collect(),
            reservation: fits(numerator.div_ceil(&denominator)),
            one: libm::ldexp(1.0, power as i32),
            precision: Precision::Rounded,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_worths_are_exact_and_fine_ones_are_rounded_to_the_safe_side() {
        let values = vec![vec![Exact::ratio(1, 3), Exact::ZERO], vec![Exact::ratio(1, 2), Exact::ratio(-1, 6)]];
        let units = Units::new(&values, &Exact::ratio(1, 4));
        assert_eq!(units.values, [[4, 0], [6, -2]]);
        assert_eq!((units.reservation, units.one, units.precision), (3, 12.0, Precision::Exact));
        let tiny = Exact::from_ratio(&1.into(), &BigInt::from(10).pow(60));
        let fine = vec![vec![&Exact::ratio(1, 3) + &tiny, Exact::ZERO], vec![Exact::ratio(1, 7), -&tiny]];
        let units = Units::new(&fine, &(&Exact::ratio(10, 21) + &tiny));
        assert_eq!(units.precision, Precision::Rounded);
        assert!(units.values[0][0] + units.values[1][0] < units.reservation, "less than the reservation by less");
        assert_eq!(units.values[1][1], -1);
        let close = |units: i64, one: f64, value: f64| (units as f64 / one - value).abs() < 1e-15;
        assert!(close(units.values[0][0], units.one, 1.0 / 3.0) && close(units.reservation, units.one, 10.0 / 21.0));
        let huge = vec![vec![Exact::from_ratio(&BigInt::from(10).pow(90), &7.into())]];
        let units = Units::new(&huge, &tiny);
        assert!((units.values[0][0] as f64 / units.one / (1e90 / 7.0) - 1.0).abs() < 1e-12, "{units:?}");
        assert_eq!(units.reservation, 1);
    }
}
