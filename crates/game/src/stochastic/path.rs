//! Along the logit equilibria of a stochastic game, from a prior towards an equilibrium.
//!
//! The curve is followed by its arc length, so that λ may turn back: a step along the
//! tangent, then Newton's method across it.

use detente_base::{Budget, StopReason};

use super::dense::{Dense, size_of};
use super::equations::System;

/// Steps before the work ends.
const MOST_STEPS: u64 = 20_000;

/// λ, in units of one over the range of values, above which nothing new is learnt.
const MOST_LAMBDA: f64 = 1e11;

/// λ at which equilibria are looked for the first time; then whenever it has doubled.
const FIRST_LOOK: f64 = 8.0;

/// Why the path ended without what was looked for.
pub(super) enum Ended {
    Stopped(StopReason),
    /// Steps had to become too small, or too many.
    Stalled,
    /// λ grew as far as it may.
    Far,
}

/// A point of the path.
pub(super) struct Point {
    pub(super) at: Vec<f64>,
    pub(super) steps: u64,
}

/// How steps are accepted.
#[derive(Clone, Copy)]
pub(super) struct Care {
    /// Least cosine of the angle between directions before and after a step.
    straight: f64,
    /// Most that a step may be corrected, as a share of its length.
    corrected: f64,
}

impl Care {
    /// Large steps first; where they lead onto another branch and back, small ones.
    pub(super) const LEVELS: [Self; 2] =
        [Self { straight: 0.8, corrected: 1.0 }, Self { straight: 0.99, corrected: 0.1 }];
}

/// Follows the path until something is found at a point looked at.
pub(super) fn follow<R>(
    system: &System,
    (care, budget): (Care, &Budget),
    mut look: impl FnMut(&[f64]) -> Option<R>,
) -> (Point, Result<R, Ended>) {
    let Some(start) = system.start() else {
        return (Point { at: vec![0.0; system.size + 1], steps: 0 }, Err(Ended::Stalled));
    };
    let mut point = Point { at: start, steps: 0 };
    let mut direction = vec![0.0; system.size + 1];
    direction[system.size] = 1.0;
    let Some(first) = tangent(system, &point.at, &direction) else { return (point, Err(Ended::Stalled)) };
    direction = first;
    let (mut length, mut next_look) = (0.1, FIRST_LOOK);
    while point.steps < MOST_STEPS {
        if let Err(reason) = budget.check() {
            return (point, Err(Ended::Stopped(reason)));
        }
        point.steps += 1;
        let lambda = point.at[system.size];
        let Some((at, turned, effort)) = step(system, (&point.at, &direction), length, care) else {
            length *= 0.4;
            if length < 1e-9 * (1.0 + lambda) {
                return (point, Err(Ended::Stalled));
            }
            continue;
        };
        (point.at, direction) = (at, turned);
        length *= match effort {
            0..=2 => 2.0,
            3 => 1.3,
            _ => 0.8,
        };
        let lambda = point.at[system.size];
        if lambda >= next_look {
            if let Some(found) = look(&point.at) {
                return (point, Ok(found));
            }
            next_look = 2.0 * lambda;
        }
        if lambda > MOST_LAMBDA {
            return (point, Err(Ended::Far));
        }
    }
    (point, Err(Ended::Stalled))
}

/// The direction of the curve, on the side of another direction.
fn tangent(system: &System, at: &[f64], before: &[f64]) -> Option<Vec<f64>> {
    let (_, slopes) = system.at(at);
    let mut right = vec![0.0; system.size + 1];
    right[system.size] = 1.0;
    let mut found = bordered(system, slopes, before, right)?;
    let length = libm::sqrt(found.iter().map(|part| part * part).sum());
    found.iter_mut().for_each(|part| *part /= length);
    Some(found)
}

fn bordered(system: &System, mut slopes: Vec<f64>, last: &[f64], right: Vec<f64>) -> Option<Vec<f64>> {
    slopes.extend_from_slice(last);
    Dense { size: system.size + 1, left: slopes, right }.solve()
}

/// A step of a length: the next point, the direction there, and how often it was corrected.
fn step(
    system: &System,
    (at, direction): (&[f64], &[f64]),
    length: f64,
    care: Care,
) -> Option<(Vec<f64>, Vec<f64>, u32)> {
    let mut next: Vec<f64> = at.iter().zip(direction).map(|(at, part)| at + length * part).collect();
    if next[system.size] < 0.0 {
        return None;
    }
    let mut before = f64::INFINITY;
    for effort in 1..=8 {
        let (mut fails, slopes) = system.at(&next);
        fails.iter_mut().for_each(|fail| *fail = -*fail);
        fails.push(0.0);
        let change = bordered(system, slopes, direction, fails)?;
        next.iter_mut().zip(&change).for_each(|(at, part)| *at += part);
        let moved = size_of(&change);
        if !moved.is_finite() || moved > 0.7 * before || moved > (care.corrected * length).max(1e-6) {
            return None;
        }
        before = moved;
        if moved <= 1e-8 * (1.0 + size_of(&next)) {
            let turned = tangent(system, &next, direction)?;
            let straight: f64 = turned.iter().zip(direction).map(|(a, b)| a * b).sum();
            return (straight > care.straight).then_some((next, turned, effort));
        }
    }
    None
}
