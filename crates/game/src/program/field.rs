//! Numbers that factors are made of: floats, and remainders of a prime.

/// The prime 2⁶¹ − 1, for which remainders are quick to take.
pub(super) const PRIME: u64 = (1 << 61) - 1;

/// Numbers to factor a matrix with.
pub(super) trait Field: Copy {
    const ZERO: Self;
    /// Whether it is zero.
    fn is_zero(self) -> bool;
    /// Whether it counts as zero after an elimination.
    fn vanishes(self) -> bool;
    /// How good it is as a pivot.
    fn size(self) -> f64;
    fn inverse(self) -> Self;
    fn times(self, other: Self) -> Self;
    /// self − a·b.
    fn minus_product(self, a: Self, b: Self) -> Self;
}

impl Field for f64 {
    const ZERO: Self = 0.0;
    fn is_zero(self) -> bool {
        self == 0.0
    }
    fn vanishes(self) -> bool {
        self.abs() < 1e-13
    }
    fn size(self) -> f64 {
        self.abs()
    }
    fn inverse(self) -> Self {
        1.0 / self
    }
    fn times(self, other: Self) -> Self {
        self * other
    }
    fn minus_product(self, a: Self, b: Self) -> Self {
        self - a * b
    }
}

/// A remainder of [`PRIME`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Remainder(u64);

impl Remainder {
    pub(super) fn of(value: i128) -> Self {
        Self(value.rem_euclid(i128::from(PRIME)) as u64)
    }

    /// The number nearest to zero that leaves it.
    pub(super) fn nearest(self) -> i64 {
        if self.0 > PRIME / 2 { self.0 as i64 - PRIME as i64 } else { self.0 as i64 }
    }

    fn folded(product: u128) -> u64 {
        let sum = (product as u64 & PRIME) + (product >> 61) as u64;
        if sum >= PRIME { sum - PRIME } else { sum }
    }
}

impl Field for Remainder {
    const ZERO: Self = Self(0);
    fn is_zero(self) -> bool {
        self.0 == 0
    }
    fn vanishes(self) -> bool {
        self.0 == 0
    }
    fn size(self) -> f64 {
        f64::from(u8::from(self.0 != 0))
    }
    fn inverse(self) -> Self {
        // By Fermat's theorem.
        let (mut power, mut left, mut product) = (self, PRIME - 2, Self(1));
        while left > 0 {
            if left & 1 == 1 {
                product = product.times(power);
            }
            power = power.times(power);
            left >>= 1;
        }
        product
    }
    fn times(self, other: Self) -> Self {
        Self(Self::folded(u128::from(self.0) * u128::from(other.0)))
    }
    fn minus_product(self, a: Self, b: Self) -> Self {
        let product = a.times(b).0;
        Self(if self.0 >= product { self.0 - product } else { self.0 + PRIME - product })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remainders() {
        for value in [1, 2, -1, 12_345_678_901_234_567, i128::from(PRIME) - 1, -77] {
            let own = Remainder::of(value);
            assert_eq!(own.times(own.inverse()), Remainder(1));
            assert_eq!(Remainder::ZERO.minus_product(own, Remainder(1)), Remainder::of(-value));
            assert_eq!(Remainder::of(i128::from(own.nearest())), own);
        }
    }
}
