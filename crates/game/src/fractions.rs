//! Many fractions as whole numbers over one denominator: sums of them stay quick to take,
//! however long they are.

use detente_base::Exact;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::One;

/// The least common denominator.
pub(crate) fn common<'a>(numbers: impl Iterator<Item = &'a Exact>) -> BigInt {
    numbers.fold(BigInt::one(), |common, number| match number.as_small_ratio() {
        Some((_, 1)) => common,
        _ => common.lcm(&number.to_ratio().1),
    })
}

/// A number as a multiple of one over a denominator, which that of the number divides.
pub(crate) fn whole(number: &Exact, denominator: &BigInt) -> BigInt {
    let (numerator, own) = number.to_ratio();
    numerator * (denominator / own)
}

/// Numbers as whole ones over one denominator.
pub(crate) fn over_one<'a>(numbers: impl Iterator<Item = &'a Exact> + Clone) -> (Vec<BigInt>, BigInt) {
    let common = common(numbers.clone());
    (numbers.map(|number| whole(number, &common)).collect(), common)
}
