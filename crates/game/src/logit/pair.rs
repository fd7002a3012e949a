//! Numbers of twice the usual precision: log-probabilities of absurd moves are large, and
//! small differences between them are beliefs.

/// The unevaluated sum of two floats, the second at most half a unit of the first.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Pair {
    high: f64,
    low: f64,
}

/// The sum of two floats with its rounding error.
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let part = sum - a;
    (sum, (a - (sum - part)) + (b - part))
}

impl Pair {
    pub(super) const fn new(value: f64) -> Self {
        Self { high: value, low: 0.0 }
    }

    /// The nearest float.
    pub(super) fn value(self) -> f64 {
        self.high + self.low
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let (high, error) = two_sum(self.high, other.high);
        let (high, low) = two_sum(high, error + self.low + other.low);
        Self { high, low }
    }

    /// The difference, rounded once.
    pub(super) fn minus(self, other: Self) -> f64 {
        let (high, error) = two_sum(self.high, -other.high);
        high + (error + self.low - other.low)
    }
}

#[cfg(test)]
mod tests {
    use super::Pair;

    #[test]
    fn small_differences_of_large_numbers_survive() {
        let large = Pair::new(1e12).plus(Pair::new(1e-9));
        assert!((large.minus(Pair::new(1e12)) - 1e-9).abs() < 1e-20);
        assert!((large.plus(Pair::new(-1e12)).value() - 1e-9).abs() < 1e-20);
    }
}
