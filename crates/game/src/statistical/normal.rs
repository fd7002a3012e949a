//! Standard normal distributions, of one number and of two.

use std::sync::OnceLock;

/// Nodes of the quadrature on each piece; more would change nothing within rounding.
const NODES: usize = 20;

/// φ(x) = exp(−x²/2)/√(2π).
pub fn density(x: f64) -> f64 {
    const SCALE: f64 = 0.398_942_280_401_432_7;
    SCALE * libm::exp(-0.5 * x * x)
}

/// Φ(x), the chance of at most x; relative error some 10⁻¹⁶·(1 + x²).
///
/// ```
/// use detente_game::statistical::normal::{cumulative, upper};
/// assert!((cumulative(1.0) - 0.841_344_746_068_543).abs() < 1e-15);
/// assert_eq!(upper(1.0), cumulative(-1.0));
/// ```
pub fn cumulative(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// 1 − Φ(x), the chance of at least x, without loss of digits.
pub fn upper(x: f64) -> f64 {
    cumulative(-x)
}

/// Φ₂(h, k; ρ): the chance of at most h and at most k, for a pair with correlation ρ.
///
/// Φ₂ = Φ(h)·Φ(k) + (1/2π)·∫ exp(−(h² + k² − 2hk·sin θ)/(2cos² θ)) dθ over θ from 0 to
/// arcsin ρ. The integral is taken by Gauss and Legendre's rule on pieces that halve towards
/// θ = π/2, where the integrand turns sharp; a negative ρ is turned by
/// Φ₂(h, k; ρ) = Φ(h) − Φ₂(h, −k; −ρ). Absolute error below 10⁻¹⁵.
///
/// Source: `[DreznerWesolowsky1990]`, `[Genz2004]`. Differs: pieces instead of an expansion
/// where |ρ| is near one.
///
/// Cost: 20 exponentials for each piece; two pieces at ρ = 0.9, one more for each halving of
/// the distance of arcsin ρ from π/2.
///
/// # Panics
/// If ρ is not in [−1, 1], or a number is not a number.
pub fn bivariate(h: f64, k: f64, rho: f64) -> f64 {
    assert!((-1.0..=1.0).contains(&rho), "a correlation is between -1 and 1");
    assert!(!h.is_nan() && !k.is_nan(), "bounds are numbers");
    if h == f64::NEG_INFINITY || k == f64::NEG_INFINITY {
        return 0.0;
    }
    if h == f64::INFINITY {
        return cumulative(k);
    }
    if k == f64::INFINITY {
        return cumulative(h);
    }
    if rho < 0.0 {
        return (cumulative(h) - bivariate(h, -k, -rho)).max(0.0);
    }
    if rho >= 1.0 {
        return cumulative(h.min(k));
    }
    let end = libm::asin(rho);
    let quarter = std::f64::consts::FRAC_PI_2;
    let (mut from, mut left, mut sum) = (0.0, quarter, 0.0);
    while from < end {
        left *= 0.5;
        let to = if left < 1e-12 { end } else { end.min(quarter - left) };
        sum += piece(|angle| weight(h, k, angle), from, to);
        from = to;
    }
    let product = cumulative(h) * cumulative(k);
    (product + sum / (2.0 * std::f64::consts::PI)).clamp(0.0, cumulative(h.min(k)))
}

/// The chance that X ≥ k and X ≥ Y − d, for independent standard normal X and Y, where k > 0:
/// ∫ φ(x)·Φ(x + d) dx from k, with small relative error where [`bivariate`] has small absolute
/// error only.
pub(super) fn tail_above(k: f64, d: f64) -> f64 {
    // The integrand falls at least as fast as φ away from its peak, which is no further than this.
    let end = k.max(-0.5 * d) + 11.0;
    let (mut from, mut sum) = (k, 0.0);
    while from < end {
        let part = piece(|x| density(x) * cumulative(x + d), from, from + 1.0);
        sum += part;
        from += 1.0;
        if from > -0.5 * d + 1.0 && part < 1e-18 * sum {
            break;
        }
    }
    sum
}

fn weight(h: f64, k: f64, angle: f64) -> f64 {
    let (sine, cosine) = (libm::sin(angle), libm::cos(angle));
    // h² + k² − 2hk·sin θ, written so that nothing cancels near θ = π/2.
    let square = (h - k) * (h - k) + 2.0 * h * k * (cosine * cosine / (1.0 + sine));
    libm::exp(-square / (2.0 * cosine * cosine))
}

fn piece(integrand: impl Fn(f64) -> f64, from: f64, to: f64) -> f64 {
    let (middle, half) = (f64::midpoint(from, to), 0.5 * (to - from));
    let rule = RULE.get_or_init(gauss_legendre);
    half * rule.iter().map(|(node, weight)| weight * integrand(middle + half * node)).sum::<f64>()
}

static RULE: OnceLock<Vec<(f64, f64)>> = OnceLock::new();

/// Nodes and weights on [−1, 1]: roots of Legendre's polynomial, by Newton's method.
fn gauss_legendre() -> Vec<(f64, f64)> {
    let polynomial = |x: f64| {
        let (mut before, mut now) = (1.0, x);
        for degree in 2..=NODES {
            let degree = degree as f64;
            (before, now) = (now, ((2.0 * degree - 1.0) * x * now - (degree - 1.0) * before) / degree);
        }
        (now, NODES as f64 * (x * now - before) / (x * x - 1.0))
    };
    let root = |at: usize| {
        let mut x = libm::cos(std::f64::consts::PI * (at as f64 + 0.75) / (NODES as f64 + 0.5));
        for _ in 0..8 {
            let (value, slope) = polynomial(x);
            x -= value / slope;
        }
        let (_, slope) = polynomial(x);
        (x, 2.0 / ((1.0 - x * x) * slope * slope))
    };
    (0..NODES).map(root).collect()
}
