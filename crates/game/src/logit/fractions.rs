//! From floats of the path to limits, and to strategies of fractions.

use detente_base::Exact;

use super::flat::Flat;
use super::path::Path;
use super::system::{Point, Sweep};
use crate::{Behaviour, Tree};

/// A probability below this counts as none in the limit.
const NEVER: f64 = 1e-6;
/// How far probabilities may move when differences are evened out.
const MOVED: f64 = 1e-3;
/// The limit as far as a point of the path tells it.
#[derive(Clone, Debug)]
pub(super) struct Limit {
    /// For each variable its probability at the point.
    pub(super) now: Vec<f64>,
    /// For each variable its probability for λ without end; zero for what is not played.
    pub(super) ends: Vec<f64>,
    /// For each variable −d log p / dλ.
    pub(super) slopes: Vec<f64>,
    /// For each variable log p.
    logs: Vec<f64>,
    lambda: f64,
}

impl Limit {
    /// Probabilities that fall as p + c/λ are continued to their limits.
    pub(super) fn new(flat: &Flat, path: &Path<'_>, sweep: &Sweep) -> Self {
        let lambda = path.point.lambda;
        let pace = path.tangent[flat.len()];
        let slopes: Vec<f64> =
            path.tangent[..flat.len()].iter().map(|part| if pace > 0.0 { -part / pace } else { 0.0 }).collect();
        let mut limit = sweep.likely.clone();
        for choice in &flat.choices {
            let own = choice.variables.clone();
            let goes = |variable: usize| {
                let change = sweep.likely[variable] * lambda * slopes[variable];
                let next = sweep.likely[variable] - if change.abs() < 0.05 { change } else { 0.0 };
                if next < NEVER || sweep.likely[variable] < NEVER { 0.0 } else { next }
            };
            let next: Vec<f64> = own.clone().map(goes).collect();
            let sum: f64 = next.iter().sum();
            own.zip(next).for_each(|(variable, next)| limit[variable] = next / sum);
        }
        let logs = path.point.logs.iter().map(|log| log.value()).collect();
        Self { now: sweep.likely.clone(), ends: limit, slopes, logs, lambda }
    }

    /// The limit with differences among what is played evened out, with a point of that kind;
    /// nothing where equations are dependent or it leads elsewhere.
    ///
    /// Tried first for all choices, then for those alone that the game gets to.
    pub(super) fn polished(&self, flat: &Flat, path: &Path<'_>, sweep: &Sweep) -> Option<(Vec<f64>, Point)> {
        let mut frozen = vec![false; flat.len()];
        self.polished_among(flat, path, &frozen).or_else(|| {
            for choice in flat.choices.iter().filter(|choice| sweep.likelihood(choice) < NEVER) {
                frozen[choice.variables.clone()].fill(true);
            }
            self.polished_among(flat, path, &frozen)
        })
    }

    fn polished_among(&self, flat: &Flat, path: &Path<'_>, frozen: &[bool]) -> Option<(Vec<f64>, Point)> {
        let mut ends = self.ends.clone();
        let mut last = None;
        for _ in 0..2 {
            // Of what is not played the part that does not grow with λ.
            let held = |variable: usize| {
                if ends[variable] > 0.0 {
                    (libm::log(ends[variable]), true)
                } else {
                    (self.logs[variable] + self.lambda * self.slopes[variable], false)
                }
            };
            let held: Vec<(f64, bool)> = (0..flat.len()).map(held).collect();
            let point = path.polished(&held, frozen)?;
            for choice in &flat.choices {
                let likely = |variable: usize| {
                    if ends[variable] > 0.0 { libm::exp(point.logs[variable].value()) } else { 0.0 }
                };
                let next: Vec<f64> = choice.variables.clone().map(likely).collect();
                let sum: f64 = next.iter().sum();
                choice.variables.clone().zip(next).for_each(|(variable, next)| ends[variable] = next / sum);
            }
            last = Some(point);
        }
        let moved = ends.iter().zip(&self.ends).map(|(a, b)| (a - b).abs());
        (moved.fold(0.0, f64::max) < MOVED).then_some((ends, last?))
    }
}

/// Strategies in which every probability is the simplest fraction near it; nothing where
/// those do not add up.
pub(super) fn simple(tree: &Tree, flat: &Flat, (likely, near): (&[f64], f64)) -> Option<Behaviour> {
    let mut probabilities = Behaviour::uniform(tree).probabilities().to_vec();
    for choice in &flat.choices {
        let own = || choice.variables.clone();
        let most =
            own().fold(choice.variables.start, |best, next| if likely[next] > likely[best] { next } else { best });
        let mut rest = Exact::ONE;
        for variable in own().filter(|variable| *variable != most) {
            let taken = if likely[variable] <= 0.0 { Exact::ZERO } else { simplest(likely[variable], near) };
            rest = &rest - &taken;
            probabilities[flat.actions[variable]] = taken;
        }
        if (rest.to_f64() - likely[most]).abs() > 1e-6 {
            return None;
        }
        probabilities[flat.actions[most]] = rest;
    }
    Behaviour::new(tree, probabilities).ok()
}

/// Strategies as multiples of 2⁻⁵⁰; the likeliest action of a choice gets what is left.
pub(super) fn binary(tree: &Tree, flat: &Flat, likely: &[f64]) -> Option<Behaviour> {
    let parts = 1_i64 << 50;
    let mut probabilities = Behaviour::uniform(tree).probabilities().to_vec();
    for choice in &flat.choices {
        let own = || choice.variables.clone();
        let most =
            own().fold(choice.variables.start, |best, next| if likely[next] > likely[best] { next } else { best });
        let mut rest = parts;
        for variable in own().filter(|variable| *variable != most) {
            let part = libm::round(likely[variable].clamp(0.0, 1.0) * parts as f64) as i64;
            rest -= part;
            probabilities[flat.actions[variable]] = Exact::ratio(part, parts);
        }
        probabilities[flat.actions[most]] = Exact::ratio(rest, parts);
    }
    Behaviour::new(tree, probabilities).ok()
}

/// The fraction with the smallest denominator within a distance of a positive number, by
/// continued fractions.
pub(super) fn simplest(near: f64, distance: f64) -> Exact {
    let (mut above, mut below) = ((1_i64, 0_i64), (0_i64, 1_i64));
    let mut rest = near;
    for _ in 0..40 {
        let whole = libm::floor(rest);
        if whole > 1e15 {
            break;
        }
        let whole = whole as i64;
        let next = |(now, before): (i64, i64)| now.checked_mul(whole).and_then(|part| part.checked_add(before));
        let (Some(top), Some(bottom)) = (next(above), next(below)) else { break };
        (above, below) = ((top, above.0), (bottom, below.0));
        if (top as f64 / bottom as f64 - near).abs() <= distance {
            break;
        }
        rest = 1.0 / (rest - libm::floor(rest));
        if !rest.is_finite() {
            break;
        }
    }
    // A number below the distance is no less than that: never zero.
    if above.0 > 0 { Exact::ratio(above.0, below.0.max(1)) } else { Exact::ratio(1, 1 << 50) }
}

#[cfg(test)]
mod tests {
    use super::simplest;
    use detente_base::Exact;

    #[test]
    fn fractions_are_found_again() {
        for (top, bottom) in [(1, 3), (2, 7), (355, 113), (999, 1000), (5, 1)] {
            assert_eq!(simplest(f64::from(top) / f64::from(bottom), 1e-9), Exact::ratio(top.into(), bottom.into()));
        }
        assert!(simplest(1e-12, 1e-9).signum() > 0);
    }
}
