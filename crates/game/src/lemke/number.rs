//! Numbers to pivot with: floating point, or exact.

use detente_base::Exact;

/// Numbers to pivot with.
pub(crate) trait Number: Clone + PartialOrd {
    /// Whether operations round.
    const ROUNDS: bool;
    fn from_exact(value: &Exact) -> Self;
    fn zero() -> Self;
    /// −1, 0 or 1; zero within rounding.
    fn sign(&self) -> i8;
    /// Whether they differ by more than rounding.
    fn differs(&self, other: &Self) -> bool;
    fn add_product(&mut self, factor: &Self, other: &Self);
    fn times(&self, other: &Self) -> Self;
    fn over(&self, other: &Self) -> Self;
    fn negated(&self) -> Self;
    /// The number without its sign.
    fn size(&self) -> Self {
        if *self < Self::zero() { self.negated() } else { self.clone() }
    }
    fn one() -> Self {
        Self::from_exact(&Exact::ONE)
    }
}

impl Number for f64 {
    const ROUNDS: bool = true;
    fn from_exact(value: &Exact) -> Self {
        value.to_f64()
    }
    fn zero() -> Self {
        0.0
    }
    fn sign(&self) -> i8 {
        if *self > 1e-11 {
            1
        } else if *self < -1e-11 {
            -1
        } else {
            0
        }
    }
    fn differs(&self, other: &Self) -> bool {
        (self - other).abs() > 1e-10 * (1.0 + self.abs().max(other.abs()))
    }
    fn add_product(&mut self, factor: &Self, other: &Self) {
        *self += factor * other;
    }
    fn times(&self, other: &Self) -> Self {
        self * other
    }
    fn over(&self, other: &Self) -> Self {
        self / other
    }
    fn negated(&self) -> Self {
        -self
    }
}

impl Number for Exact {
    const ROUNDS: bool = false;
    fn from_exact(value: &Exact) -> Self {
        value.clone()
    }
    fn zero() -> Self {
        Self::ZERO
    }
    fn sign(&self) -> i8 {
        self.signum()
    }
    fn differs(&self, other: &Self) -> bool {
        self != other
    }
    fn add_product(&mut self, factor: &Self, other: &Self) {
        if !factor.is_zero() && !other.is_zero() {
            *self = &*self + &(factor * other);
        }
    }
    fn times(&self, other: &Self) -> Self {
        self * other
    }
    fn over(&self, other: &Self) -> Self {
        self.checked_div(other).expect("a pivot is not zero")
    }
    fn negated(&self) -> Self {
        -self
    }
}
