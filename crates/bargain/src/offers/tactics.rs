//! Formulas for what a party asks of a package, as a share of its worth from 0 at its worst
//! package to 1 at its best.
//!
//! They need roots and quotients and are computed in doubles, the same on every machine
//! (`libm`). What they give is only a target: that an offer is worth the target and the
//! reservation is decided on whole numbers.

use super::strategy::Imitation;

/// What is conceded at a time, from 0 for nothing to 1 for all above the reservation.
///
/// α(t) = k + (1 − k)·t^(1/e); t time in \[0, 1\], e exponent above 0, k opening in \[0, 1\].
///
/// Source: `[FaratinSierraJennings1998, §4.1]`, polynomial form; e is their β. `Differs:`
/// over the worth of packages instead of the value of each issue.
///
/// ```
/// use detente_bargain::offers::tactics::concession;
/// assert_eq!(concession(0.5, 1.0, 0.0), 0.5);
/// assert_eq!(concession(0.5, 0.25, 0.0), 0.0625);
/// assert_eq!(concession(0.0625, 4.0, 0.0), 0.5);
/// ```
pub fn concession(time: f64, exponent: f64, opening: f64) -> f64 {
    let time = time.clamp(0.0, 1.0);
    // The usual exponents need no root.
    let power = if exponent == 1.0 {
        time
    } else if exponent == 0.25 {
        time * time * (time * time)
    } else {
        libm::pow(time, 1.0 / exponent)
    };
    opening + (1.0 - opening) * power
}

/// What a party asks next that answers another's concessions.
///
/// With v₁, …, vₘ what the offers of the other are worth to it, and u what it asked last:
///
/// - relative: u·vₘ₋ₗ / vₘ₋ₗ₊₁, l the lag;
/// - absolute: u − (vₘ₋ₗ₊₁ − vₘ₋ₗ), and `drawn` of the noise added;
/// - averaged: u·vₘ₋ₙ / vₘ, n the window.
///
/// With too few offers it asks the same again. A quotient by zero is taken as no change if
/// both worths are zero. `drawn` is a random number in \[−1, 1\].
///
/// Source: `[FaratinSierraJennings1998, §4.3]`. `Differs:` over the worth of packages
/// instead of the value of each issue; the lag counts offers of the other.
pub fn imitated(imitation: Imitation, asked: f64, received: &[f64], drawn: f64) -> f64 {
    let back = |steps: usize| received.len().checked_sub(steps + 1).map(|at| received[at]);
    let ratio = |before: f64, after: f64| if before == after { 1.0 } else { before / after };
    match imitation {
        Imitation::Relative { lag } => match (back(lag), back(lag - 1)) {
            (Some(before), Some(after)) => asked * ratio(before, after),
            _ => asked,
        },
        Imitation::Absolute { lag, noise } => match (back(lag), back(lag - 1)) {
            (Some(before), Some(after)) => asked - (after - before) + drawn * noise,
            _ => asked,
        },
        Imitation::Averaged { window } => match (back(window), back(0)) {
            (Some(before), Some(after)) => asked * ratio(before, after),
            _ => asked,
        },
    }
}

/// How far back offers are looked at, and how much each change counts, the latest last.
const WINDOWS: [&[f64]; 4] = [&[1.0], &[0.25, 0.75], &[0.11, 0.22, 0.66], &[0.05, 0.15, 0.3, 0.5]];

/// What a party asks next by behaviour and time together.
///
/// (1 − t²)·(u − (1 + t)/2 · Σ wₖ(vₖ − vₖ₋₁)) + t²·((1 − t)² + 2·(1 − t)·t·p + t²·q), u what
/// it asked last, vₖ what the last up to five offers of the other are worth to it, p = 0.75
/// and q = 0.55. Before the second offer of the other only time counts.
///
/// Source: `[KeskinCakanAydogan2021]`. `Differs:` the constants are those of the program
/// `NegoLog` in its hybrid agent, and end at 0.55 whatever the number of packages.
pub fn hybrid_share(time: f64, asked: f64, received: &[f64]) -> f64 {
    let rest = 1.0 - time;
    let by_time = rest * rest + 2.0 * rest * time * 0.75 + time * time * 0.55;
    let last = &received[received.len().saturating_sub(WINDOWS.len() + 1)..];
    if last.len() < 2 {
        return by_time;
    }
    let changes = last.windows(2).map(|pair| pair[1] - pair[0]);
    let moved: f64 = changes.zip(WINDOWS[last.len() - 2]).map(|(change, weight)| change * weight).sum();
    let by_behaviour = asked - (0.5 + 0.5 * time) * moved;
    (1.0 - time * time) * by_behaviour + time * time * by_time
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-12
    }

    #[test]
    fn concessions_follow_the_polynomial() {
        // e = 0.5 at half time: a quarter; e = 2 at a quarter of the time: half; with an
        // opening of 0.1 the rest is conceded alike.
        for (time, exponent, opening, expected) in [
            (0.5, 0.5, 0.0, 0.25),
            (0.25, 2.0, 0.0, 0.5),
            (0.25, 2.0, 0.1, 0.55),
            (0.2, 1.0, 0.1, 0.28),
            (0.9, 0.1, 0.0, 0.348_678_440_1),
            (0.0, 0.02, 0.3, 0.3),
            (1.0, 40.0, 0.3, 1.0),
            (2.0, 0.5, 0.0, 1.0),
        ] {
            assert!(close(concession(time, exponent, opening), expected), "{time} {exponent} {opening}");
        }
        // Late, even and early in this order, throughout.
        for step in 1..100 {
            let time = f64::from(step) / 100.0;
            let at = |exponent| concession(time, exponent, 0.0);
            assert!(at(0.25) < at(1.0) && at(1.0) < at(4.0), "{time}");
            assert!(close(at(0.25), time.powi(4)) && close(at(4.0), time.powf(0.25)), "{time}");
        }
    }

    #[test]
    fn concessions_are_imitated_as_published() {
        let received = [0.1, 0.2, 0.25, 0.5];
        let next = |imitation| imitated(imitation, 0.9, &received, 1.0);
        assert!(close(next(Imitation::Relative { lag: 1 }), 0.45));
        assert!(close(next(Imitation::Relative { lag: 2 }), 0.72));
        assert!(close(next(Imitation::Absolute { lag: 1, noise: 0.0 }), 0.65));
        assert!(close(next(Imitation::Absolute { lag: 3, noise: 0.05 }), 0.85));
        assert!(close(next(Imitation::Averaged { window: 1 }), 0.45));
        assert!(close(next(Imitation::Averaged { window: 3 }), 0.18));
        assert_eq!(next(Imitation::Averaged { window: 4 }), 0.9);
        assert_eq!(imitated(Imitation::Relative { lag: 1 }, 0.9, &[0.0, 0.0], 0.0), 0.9);
    }

    #[test]
    fn the_hybrid_goes_from_behaviour_to_time() {
        assert!(close(hybrid_share(0.0, 1.0, &[]), 1.0));
        assert!(close(hybrid_share(1.0, 0.9, &[0.1, 0.6]), 0.55));
        // At the start half of what the other gave is given back.
        assert!(close(hybrid_share(0.0, 0.9, &[0.1, 0.3]), 0.8));
        assert!(close(hybrid_share(0.0, 0.9, &[0.0, 0.1, 0.3]), 0.9 - 0.5 * (0.025 + 0.15)));
        // Older offers than the last five do not count.
        let long = [0.9, 0.0, 0.1, 0.2, 0.2, 0.4];
        assert!(close(hybrid_share(0.0, 0.9, &long), 0.9 - 0.5 * (0.005 + 0.015 + 0.1)));
    }
}
