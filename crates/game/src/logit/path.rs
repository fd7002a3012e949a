//! Following a branch of equilibria from λ = 0 by prediction and correction.

use detente_base::{Budget, StopReason};

use super::flat::Flat;
use super::linear::{Factors, factorise};
use super::pair::Pair;
use super::system::{Point, Sweep};

/// Length of the first step; uneven, so that steps do not end where symmetric games branch.
const FIRST: f64 = 0.031_7;
/// Relative length of a step below which the path is given up.
const SHORTEST: f64 = 1e-9;
/// Most corrections after a prediction.
const MOST_CORRECTIONS: usize = 7;
/// λ up to which a change of orientation counts: beyond it may be rounding.
const ORIENTED: f64 = 1e4;
/// Length of a step below which a change of orientation is a fork of the branch, and none of
/// a jump to another one.
const FORK: f64 = 3e-3;
/// What is left of an equation by rounding, for each unit of λ.
const ROUNDING: f64 = 1e-15;
/// The same where equations are nearly dependent.
const NEARLY: f64 = 1e-13;
/// How large a correction may be, in logarithms, where only rounding is left.
const LOOSE: f64 = 1e-2;

/// Why a path ends early.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Halt {
    Stopped(StopReason),
    Stalled,
}

/// How carefully a branch is followed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Care {
    /// What the second correction may be of the first.
    contraction: f64,
    /// What the first correction should be, in logarithms.
    deviation: f64,
    /// One less the cosine of the turn that a step may take.
    turn: f64,
    /// Largest growth of steps.
    growth: f64,
}

impl Care {
    pub(super) const USUAL: Self = Self { contraction: 0.2, deviation: 0.15, turn: 0.05, growth: 2.5 };
    pub(super) const MUCH: Self = Self { contraction: 0.05, deviation: 0.02, turn: 0.005, growth: 1.5 };
}

/// A branch, with where it has come to.
#[derive(Clone, Debug)]
pub(super) struct Path<'f> {
    flat: &'f Flat,
    /// Log-probabilities at λ = 0.
    bias: Vec<f64>,
    pub(super) point: Point,
    /// Direction of the branch, of length one.
    pub(super) tangent: Vec<f64>,
    /// Length of the next step.
    length: f64,
    pub(super) steps: u32,
    care: Care,
    /// Sign of the determinant of the equations with the direction as one more.
    negative: bool,
}

/// A prediction corrected.
struct Corrected {
    point: Point,
    factors: Factors,
    first: f64,
    contraction: f64,
}

/// Equations near a point.
struct Linear {
    /// Nothing where they are dependent.
    factors: Option<Factors>,
    /// What is left of them, negative.
    right: Vec<f64>,
    /// The most that is left of one.
    most: f64,
}

impl<'f> Path<'f> {
    /// The branch that starts at given probabilities, whose logarithms these are. Nothing if
    /// its direction cannot be told.
    pub(super) fn new(flat: &'f Flat, bias: Vec<f64>, care: Care) -> Option<Self> {
        let point = Point { logs: bias.iter().map(|log| Pair::new(*log)).collect(), lambda: 0.0 };
        let mut direction = vec![0.0; flat.len() + 1];
        direction[flat.len()] = 1.0;
        let mut path = Self { flat, bias, point, tangent: direction, length: FIRST, steps: 0, care, negative: false };
        let factors = path.linear(&path.point, &path.tangent, &[]).factors?;
        path.negative = factors.negative;
        path.tangent = tangent(&factors, flat.len())?;
        Some(path)
    }

    /// One step on.
    pub(super) fn advance(&mut self, budget: &Budget) -> Result<(), Halt> {
        loop {
            budget.check().map_err(Halt::Stopped)?;
            if self.length < SHORTEST * (1.0 + self.point.lambda.abs()) {
                return Err(Halt::Stalled);
            }
            self.steps += 1;
            let Some(found) = self.correct(self.point.moved(self.length, &self.tangent)) else {
                self.length *= 0.43;
                continue;
            };
            let Some(next) = tangent(&found.factors, self.flat.len()) else {
                self.length *= 0.43;
                continue;
            };
            // A sign that changes tells of a jump to a branch that runs the other way, or of a
            // fork.
            let turned = found.factors.negative != self.negative;
            if turned && found.point.lambda < ORIENTED && self.length > FORK {
                self.length *= 0.43;
                continue;
            }
            let strain = self.strain(&found, &next);
            if strain > 2.0 {
                self.length *= 0.5;
                continue;
            }
            self.length /= strain.max(1.0 / self.care.growth);
            self.negative = found.factors.negative;
            self.point = found.point;
            self.tangent = next;
            return Ok(());
        }
    }

    /// By how much a step was too long: one is right.
    fn strain(&self, found: &Corrected, next: &[f64]) -> f64 {
        let cosine: f64 = next.iter().zip(&self.tangent).map(|(a, b)| a * b).sum();
        let contraction = found.contraction / self.care.contraction;
        let turn = (1.0 - cosine).max(0.0) / self.care.turn;
        contraction.max(found.first / self.care.deviation).max(turn).sqrt()
    }

    /// The point of the branch across the tangent from a prediction.
    fn correct(&self, mut point: Point) -> Option<Corrected> {
        let (mut first, mut last, mut contraction) = (0.0, f64::INFINITY, 0.0_f64);
        for round in 0..MOST_CORRECTIONS {
            let Linear { factors, right, most } = self.linear(&point, &self.tangent, &[]);
            let factors = factors?;
            let rounding = most / point.lambda.abs();
            if rounding <= ROUNDING {
                return Some(Corrected { point, factors, first, contraction });
            }
            let change = factors.solve(&right);
            let size = size(&point, &change);
            let ratio = if round > 0 && last > 1e-7 { size / last } else { 0.0 };
            if !size.is_finite() || size > 2.0 || ratio > 0.8 {
                let close = rounding <= NEARLY && last.min(size) < LOOSE;
                return close.then_some(Corrected { point, factors, first, contraction });
            }
            contraction = contraction.max(ratio);
            if round == 0 {
                first = size;
            }
            point = point.moved(1.0, &change);
            if is_noise(&point, &change) {
                return Some(Corrected { point, factors, first, contraction });
            }
            last = size;
        }
        None
    }

    /// The point of the branch with the λ of a point near it.
    pub(super) fn settle(&self, point: Point) -> Option<Point> {
        self.settle_among(point, &[])
    }

    /// The same with variables that do not move; none are where the list is empty.
    fn settle_among(&self, mut point: Point, frozen: &[bool]) -> Option<Point> {
        let mut row = vec![0.0; self.flat.len() + 1];
        row[self.flat.len()] = 1.0;
        for _ in 0..3 * MOST_CORRECTIONS {
            let Linear { factors, right, most } = self.linear(&point, &row, frozen);
            if most <= ROUNDING * point.lambda.abs() {
                return Some(point);
            }
            let change = factors?.solve(&right);
            if !change.iter().all(|part| part.is_finite()) {
                return None;
            }
            point = point.moved(1.0, &change);
            if is_noise(&point, &change) {
                return Some(point);
            }
        }
        None
    }

    /// The equations near a point, with one more: that a correction is at right angles to
    /// `row`. Frozen variables stay where they are.
    fn linear(&self, point: &Point, row: &[f64], frozen: &[bool]) -> Linear {
        let (count, width) = (self.flat.len(), self.flat.len() + 1);
        let sweep = Sweep::new(self.flat, &point.logs);
        let mut right = sweep.residuals(self.flat, point, &self.bias);
        right.iter_mut().for_each(|entry| *entry = -*entry);
        right.push(0.0);
        let mut entries = sweep.jacobian(self.flat, point.lambda);
        entries[count * width..].copy_from_slice(row);
        for variable in (0..frozen.len()).filter(|variable| frozen[*variable]) {
            entries[variable * width..][..width].fill(0.0);
            entries[variable * width + variable] = 1.0;
            right[variable] = 0.0;
        }
        let most = largest(&right);
        Linear { factors: factorise(width, entries), right, most }
    }

    /// The point near this one at which likely actions are worth the same, their logarithms
    /// held by those given rather than by λ: what is left of differences falls by a factor λ.
    /// Logarithms given with a mark are where they start as well. Frozen variables stay.
    ///
    /// Source: `[Rockafellar1976]` (the proximal point of equations).
    pub(super) fn polished(&self, held: &[(f64, bool)], frozen: &[bool]) -> Option<Point> {
        let mut near = self.clone();
        for (variable, (log, starts)) in held.iter().enumerate() {
            near.bias[variable] = *log;
            if *starts {
                near.point.logs[variable] = Pair::new(*log);
            }
        }
        near.settle_among(near.point.clone(), frozen)
    }

    /// What the point means in the tree.
    pub(super) fn sweep(&self) -> Sweep {
        Sweep::new(self.flat, &self.point.logs)
    }

    /// By how much the equations fail at most, for each unit of λ above one.
    pub(super) fn residual(&self, point: &Point) -> f64 {
        let residuals = Sweep::new(self.flat, &point.logs).residuals(self.flat, point, &self.bias);
        largest(&residuals) / point.lambda.abs().max(1.0)
    }
}

fn largest(residuals: &[f64]) -> f64 {
    residuals.iter().fold(0.0_f64, |most, residual| most.max(residual.abs()))
}

/// The direction in which the equations go on to hold, on the side of the last row.
fn tangent(factors: &Factors, count: usize) -> Option<Vec<f64>> {
    let mut right = vec![0.0; count + 1];
    right[count] = 1.0;
    let mut tangent = factors.solve(&right);
    let length = tangent.iter().map(|part| part * part).sum::<f64>().sqrt();
    if !length.is_finite() || length <= 0.0 {
        return None;
    }
    tangent.iter_mut().for_each(|part| *part /= length);
    Some(tangent)
}

/// How large a correction is: large logarithms and λ may change in proportion.
fn size(point: &Point, change: &[f64]) -> f64 {
    let logs = point.logs.iter().zip(change).map(|(log, part)| part.abs() / (1.0 + 0.1 * log.value().abs()));
    let lambda = change[point.logs.len()].abs() / (1.0 + point.lambda.abs());
    // `max` would lose what is no number.
    logs.fold(lambda, |most, next| if next > most || next.is_nan() { next } else { most })
}

/// Whether a correction is no more than rounding.
fn is_noise(point: &Point, change: &[f64]) -> bool {
    let (lambda, logs) = change.split_last().expect("λ is the last");
    let least = 1e-9 + 4e-15 * point.lambda.abs();
    logs.iter().all(|part| part.abs() <= least) && lambda.abs() <= 1e-9 * (1.0 + point.lambda.abs())
}
