//! Ranges of numbers that hold every value that may come out, rounding included.

use super::normal::{cumulative, density, upper};

/// A few units in the last place: by so much every result is widened.
const WIDER: f64 = 1e-15;

/// All numbers from `low` to `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Range {
    pub(super) const fn only(value: f64) -> Self {
        Self { low: value, high: value }
    }

    /// The range between two values, widened for rounding.
    pub(super) fn between(a: f64, b: f64) -> Self {
        Self::wider(a, b, WIDER)
    }

    fn wider(a: f64, b: f64, by: f64) -> Self {
        if a.is_nan() || b.is_nan() {
            return Self { low: f64::NEG_INFINITY, high: f64::INFINITY };
        }
        let slack = |value: f64| if value.is_finite() { value.abs() * by + f64::MIN_POSITIVE } else { 0.0 };
        let (low, high) = (a.min(b), a.max(b));
        Self { low: low - slack(low), high: high + slack(high) }
    }

    pub(super) fn width(self) -> f64 {
        self.high - self.low
    }

    /// −1 or 1 if all of it lies on one side of zero.
    pub(super) fn sign(self) -> Option<i8> {
        if self.low > 0.0 {
            Some(1)
        } else if self.high < 0.0 {
            Some(-1)
        } else {
            None
        }
    }

    pub(super) fn padded(self, by: f64) -> Self {
        Self { low: self.low - by, high: self.high + by }
    }

    pub(super) fn within(self, low: f64, high: f64) -> Self {
        Self { low: self.low.clamp(low, high), high: self.high.clamp(low, high) }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self::between(self.low + other.low, self.high + other.high)
    }

    pub(super) fn minus(self, other: Self) -> Self {
        Self::between(self.low - other.high, self.high - other.low)
    }

    pub(super) fn times(self, other: Self) -> Self {
        let product = |a: f64, b: f64| if a == 0.0 || b == 0.0 { 0.0 } else { a * b };
        let ends = [(self.low, other.low), (self.low, other.high), (self.high, other.low), (self.high, other.high)];
        let products = ends.map(|(a, b)| product(a, b));
        let low = products.iter().copied().fold(f64::INFINITY, f64::min);
        Self::between(low, products.iter().copied().fold(f64::NEG_INFINITY, f64::max))
    }

    /// The quotient by a range that is not below zero.
    pub(super) fn over(self, other: Self) -> Self {
        let inverse = |value: f64| if value > 0.0 { 1.0 / value } else { f64::INFINITY };
        self.times(Self::between(inverse(other.high), inverse(other.low)))
    }

    /// Φ over the range.
    pub(super) fn cumulative(self) -> Self {
        let (low, high) = (cumulative(self.low), cumulative(self.high));
        Self { low: low - low * tail_error(self.low), high: high + high * tail_error(self.high) }.within(0.0, 1.0)
    }

    /// 1 − Φ over the range.
    pub(super) fn upper(self) -> Self {
        let (low, high) = (upper(self.high), upper(self.low));
        Self { low: low - low * tail_error(self.high), high: high + high * tail_error(self.low) }.within(0.0, 1.0)
    }

    /// φ over the range.
    pub(super) fn density(self) -> Self {
        let (a, b) = (density(self.low), density(self.high));
        let high = if self.low <= 0.0 && self.high >= 0.0 { density(0.0) } else { a.max(b) };
        let error = tail_error(self.low).max(tail_error(self.high));
        Self { low: a.min(b) * (1.0 - error).max(0.0), high: high * (1.0 + error) }
    }
}

/// Relative error of φ and Φ: that of x² is carried into the exponent.
fn tail_error(x: f64) -> f64 {
    if x.is_finite() { (WIDER * (2.0 + x * x)).min(1.0) } else { WIDER }
}
