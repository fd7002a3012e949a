//! Along branches to a given λ or to the limit.

use detente_base::{Budget, Pcg};

use super::flat::Flat;
use super::path::{Care, Halt, Path};
use super::reading::Reading;
use super::system::Point;
use super::{Branch, LogitError, LogitLimit, LogitPoint, LogitSettings, MOST_ACTIONS};
use crate::{Mover, Tree};

/// The logit equilibrium of the principal branch at a given λ: the first that the branch
/// meets. p(a) ∝ exp(λ u(a)) at each information set; λ in units of one over payoff, from 0 on.
///
/// Source: `[Turocy2010]`.
///
/// Cost: for each of usually some ten to a hundred steps O(nodes · depth · actions + actions³)
/// in floating point; memory O(nodes · players + actions²).
///
/// # Errors
/// See [`LogitError`].
pub fn at(tree: &Tree, lambda: f64, budget: &Budget) -> Result<LogitPoint, LogitError> {
    if !lambda.is_finite() || lambda < 0.0 {
        return Err(LogitError::Lambda(lambda));
    }
    let flat = compile(tree)?;
    let target = lambda * flat.range;
    let stalled = |reached: f64, steps| LogitError::Stalled { lambda: reached / flat.range, steps };
    let mut path = Path::new(&flat, random_play(&flat), Care::USUAL).ok_or_else(|| stalled(0.0, 0))?;
    while path.point.lambda < target {
        let (before, along) = (path.point.clone(), path.tangent.clone());
        match path.advance(budget) {
            Ok(()) => {}
            Err(Halt::Stopped(reason)) => return Err(reason.into()),
            Err(Halt::Stalled) => return Err(stalled(path.point.lambda, path.steps)),
        }
        if path.steps > LogitSettings::default().steps || path.point.lambda < 0.0 {
            return Err(stalled(before.lambda, path.steps));
        }
        if path.point.lambda >= target {
            let share = (target - before.lambda) / (path.point.lambda - before.lambda);
            let length = (path.point.lambda - before.lambda) / along[flat.len()];
            // On the chord, or along the tangent if the correction fails from there.
            let mut near = chord(&before, &path.point, share);
            near.lambda = target;
            let mut further = before.moved(share * length, &along);
            further.lambda = target;
            let settled = path.settle(near).or_else(|| path.settle(further));
            path.point = settled.ok_or_else(|| stalled(before.lambda, path.steps))?;
            path.point.lambda = target;
        }
    }
    Ok(point(tree, &flat, &path))
}

/// The point between two others.
fn chord(from: &Point, to: &Point, share: f64) -> Point {
    let mut change: Vec<f64> = to.logs.iter().zip(&from.logs).map(|(to, from)| to.minus(*from)).collect();
    change.push(to.lambda - from.lambda);
    from.moved(share, &change)
}

/// An equilibrium: the limit of a branch of logit equilibria as λ grows without end, with
/// beliefs at all information sets, certified exactly.
///
/// Source: `[McKelveyPalfrey1998]` (the limit of the principal branch is a sequential
/// equilibrium), `[Turocy2010]` (how it is followed).
/// Differs: the limit is read off at a large λ by continuing p + c/λ, and the certificate says
/// that the strategies are an equilibrium, not that the branch goes on to them.
///
/// Cost: for each of usually some hundred steps O(nodes · depth · actions + actions³) in
/// floating point; memory O(nodes · players + actions²); the certificate O(nodes · players)
/// exact operations.
///
/// # Errors
/// See [`LogitError`].
pub fn limit(tree: &Tree, settings: &LogitSettings, budget: &Budget) -> Result<LogitLimit, LogitError> {
    let flat = compile(tree)?;
    let (mut steps, mut farthest, mut least) = (0, 0.0_f64, f64::INFINITY);
    // The principal branch first, then again with more care, then others.
    let tries = [(0, Care::USUAL), (0, Care::MUCH)];
    for (draw, care) in tries.into_iter().chain((1..=settings.restarts).map(|draw| (draw, Care::USUAL))) {
        let (bias, branch) = match draw {
            0 => (random_play(&flat), Branch::Principal),
            _ => (drawn_play(&flat, settings.seed, draw), Branch::Drawn { draw }),
        };
        let Some(mut path) = Path::new(&flat, bias, care) else { continue };
        let most = if care == Care::USUAL { settings.steps / 8 } else { settings.steps };
        let mut reading = Reading { tree, flat: &flat, settings, branch, most, least: f64::INFINITY };
        if let Some(found) = reading.follow(&mut path, budget)? {
            return Ok(found);
        }
        steps += path.steps;
        farthest = farthest.max(path.point.lambda);
        least = least.min(reading.least);
    }
    Err(if least.is_finite() {
        LogitError::Gain { gain: least }
    } else {
        LogitError::Stalled { lambda: farthest / flat.range, steps }
    })
}

fn compile(tree: &Tree) -> Result<Flat, LogitError> {
    let flat = Flat::new(tree).map_err(LogitError::Forgotten)?;
    if flat.len() > MOST_ACTIONS {
        return Err(LogitError::Large { actions: flat.len(), limit: MOST_ACTIONS });
    }
    Ok(flat)
}

/// Log-probabilities of random play.
fn random_play(flat: &Flat) -> Vec<f64> {
    let each = flat.choices.iter().flat_map(|choice| {
        let alike = -libm::log(choice.variables.len() as f64);
        choice.variables.clone().map(move |_| alike)
    });
    each.collect()
}

/// Log-probabilities that are drawn: weights from 1 to 10.
fn drawn_play(flat: &Flat, seed: u64, draw: u32) -> Vec<f64> {
    let mut rng = Pcg::of_draw(seed, u64::from(draw));
    let mut bias = vec![0.0; flat.len()];
    for choice in &flat.choices {
        let weights: Vec<f64> = choice.variables.clone().map(|_| 1.0 + f64::from(rng.below(9001)) / 1000.0).collect();
        let sum: f64 = weights.iter().sum();
        choice.variables.clone().zip(&weights).for_each(|(variable, weight)| bias[variable] = libm::log(weight / sum));
    }
    bias
}

/// What a point of a branch is, in the terms of the tree.
pub(super) fn point(tree: &Tree, flat: &Flat, path: &Path<'_>) -> LogitPoint {
    let mut sweep = path.sweep();
    let gain = sweep.gain(flat) * flat.range;
    for (id, _) in tree.infosets().filter(|(_, infoset)| infoset.mover != Mover::Chance) {
        let nodes = tree.members(id).iter().map(|node| node.0);
        let nodes: Vec<u32> = nodes.filter(|node| flat.possible[*node as usize]).collect();
        sweep.believe(&nodes);
    }
    let mut probabilities = flat.fixed.clone();
    let mut logs: Vec<f64> = flat.fixed.iter().map(|fixed| libm::log(*fixed)).collect();
    for (variable, action) in flat.actions.iter().enumerate() {
        probabilities[*action] = sweep.likely[variable];
        logs[*action] = path.point.logs[variable].value();
    }
    let lambda = path.point.lambda / flat.range;
    let residual = path.residual(&path.point);
    LogitPoint { lambda, probabilities, logs, beliefs: sweep.beliefs, residual, gain, steps: path.steps }
}
