//! From a branch to the equilibrium that it leads to, certified.

use detente_base::Budget;

use super::flat::Flat;
use super::fractions::{Limit, binary, simple};
use super::path::{Halt, Path};
use super::search::point;
use super::system::Sweep;
use super::trembles::sequential;
use super::{Branch, LogitError, LogitLimit, LogitSettings};
use crate::regret::{Regret, on_tree};
use crate::{Assessment, Behaviour, Tree};

/// How far probabilities may be from the simple fractions that they are taken for, tried in
/// turn.
const NEAR: [f64; 3] = [2e-12, 2e-10, 2e-8];
/// λ times the payoff range from which on a branch that stalls may still tell its limit.
const TELLING: f64 = 1e3;
/// λ times the payoff range beyond which floats tell nothing more.
const FARTHEST: f64 = 1e13;
/// Reading the limit off a branch.
pub(super) struct Reading<'a> {
    pub(super) tree: &'a Tree,
    pub(super) flat: &'a Flat,
    pub(super) settings: &'a LogitSettings,
    pub(super) branch: Branch,
    /// Most steps.
    pub(super) most: u32,
    /// The least gain of what was tried, in payoff.
    pub(super) least: f64,
}

impl Reading<'_> {
    /// Follows a branch until it tells an equilibrium, or as far as it goes.
    pub(super) fn follow(&mut self, path: &mut Path<'_>, budget: &Budget) -> Result<Option<LogitLimit>, LogitError> {
        if self.flat.len() == 0 {
            return Ok(self.certified(path));
        }
        let mut next = self.settings.lambda;
        while next <= FARTHEST {
            while path.point.lambda < next {
                match path.advance(budget) {
                    Ok(()) => {}
                    Err(Halt::Stopped(reason)) => return Err(reason.into()),
                    Err(Halt::Stalled) => {
                        return Ok(if path.point.lambda >= TELLING { self.certified(path) } else { None });
                    }
                }
                if path.steps > self.most || path.point.lambda < 0.0 {
                    return Ok(None);
                }
            }
            if let Some(found) = self.certified(path) {
                return Ok(Some(found));
            }
            next = 10.0 * path.point.lambda;
        }
        Ok(None)
    }

    /// The equilibrium that a point tells, if it is one.
    fn certified(&mut self, path: &Path<'_>) -> Option<LogitLimit> {
        let sweep = path.sweep();
        let limit = Limit::new(self.flat, path, &sweep);
        let polished = limit.polished(self.flat, path, &sweep);
        let (even, near) = polished.as_ref().map_or((&limit.ends, &path.point), |(ends, point)| (ends, point));
        let beliefs = Sweep::new(self.flat, &near.logs).beliefs;
        // Simple fractions first: what they give may be an equilibrium exactly.
        let mut best = self.exactly(&limit, even, &beliefs);
        let allowed = self.settings.regret * self.flat.range;
        for likely in [even, &limit.ends, &limit.now] {
            if best.as_ref().is_some_and(|best| best.1.max().to_f64() <= allowed) {
                break;
            }
            let Some(behaviour) = binary(self.tree, self.flat, likely) else { continue };
            let Ok(regret) = on_tree(self.tree, &behaviour) else { continue };
            if best.as_ref().is_none_or(|best| regret.max() < best.1.max()) {
                best = Some((behaviour, regret, None));
            }
        }
        let (behaviour, regret, assessment) = best?;
        let gain = regret.max().to_f64();
        self.least = self.least.min(gain);
        let point = || point(self.tree, self.flat, path);
        (gain <= allowed).then(|| LogitLimit { behaviour, regret, point: point(), branch: self.branch, assessment })
    }

    /// An equilibrium in simple fractions: one that is sequential if there is one.
    fn exactly(&self, limit: &Limit, even: &[f64], beliefs: &[f64]) -> Option<(Behaviour, Regret, Option<Assessment>)> {
        let mut best: Option<(Behaviour, Regret, Option<Assessment>)> = None;
        let mut last = None;
        for near in NEAR {
            let next = simple(self.tree, self.flat, (even, near));
            if next == last {
                continue;
            }
            last.clone_from(&next);
            let Some(behaviour) = next else { continue };
            let Some(regret) = on_tree(self.tree, &behaviour).ok().filter(Regret::is_equilibrium) else { continue };
            let assessment = sequential(self.tree, self.flat, (limit, beliefs), &behaviour);
            if assessment.is_some() {
                return Some((behaviour, regret, assessment));
            }
            best.get_or_insert((behaviour, regret, None));
        }
        best
    }
}
