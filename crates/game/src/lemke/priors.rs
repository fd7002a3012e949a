//! Where the path begins: priors, and what several of them lead to.

use detente_base::{Budget, Exact, Pcg, StopReason};
use rustc_hash::FxHashSet;

use super::{QuasiPerfect, Unsolved, quasi_perfect};
use crate::{Behaviour, Mover, Tree};

/// Priors drawn after the centroid before giving up.
const PRIORS: u64 = 12;

/// Parts into which a prior is drawn.
const PARTS: u32 = 997;

/// What several priors lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Several {
    /// Equilibria that differ in what is played where the game may get to, in the order in
    /// which they were found.
    pub found: Vec<QuasiPerfect>,
    /// For each of them how many priors led to it.
    pub counts: Vec<u32>,
    /// Priors that led nowhere, being tied or by rounding.
    pub failed: u32,
    /// Why it ended early.
    pub stopped: Option<StopReason>,
}

/// The prior in which every action of a set is as likely.
pub fn centroid(tree: &Tree) -> Behaviour {
    Behaviour::uniform(tree)
}

/// A prior drawn at random in which every action is played.
pub fn drawn(tree: &Tree, seed: u64) -> Behaviour {
    let mut pcg = Pcg::new(seed);
    weighted(tree, |actions| (0..actions).map(|_| 1 + i64::from(pcg.below(PARTS))).collect())
}

/// A prior drawn at random in which at every set one action is played nearly always.
pub fn tilted(tree: &Tree, seed: u64) -> Behaviour {
    let mut pcg = Pcg::new(seed);
    weighted(tree, |actions| {
        let mut parts: Vec<i64> = (0..actions).map(|_| 1 + i64::from(pcg.below(PARTS))).collect();
        let most = pcg.below(actions as u32) as usize;
        parts[most] += i64::from(PARTS) * 50;
        parts
    })
}

fn weighted(tree: &Tree, mut parts: impl FnMut(usize) -> Vec<i64>) -> Behaviour {
    let mut probabilities = Behaviour::uniform(tree).probabilities().to_vec();
    for (_, infoset) in tree.infosets().filter(|(_, infoset)| infoset.mover != Mover::Chance) {
        let parts = parts(infoset.actions.len());
        let sum: i64 = parts.iter().sum();
        for (action, part) in infoset.actions.clone().zip(parts) {
            probabilities[action] = Exact::ratio(part, sum);
        }
    }
    Behaviour::new(tree, probabilities).expect("parts of their sum")
}

/// The quasi-perfect equilibrium that the centroid leads to, or if that is tied, one that a
/// prior drawn at random leads to.
///
/// Cost: see [`quasi_perfect`].
///
/// # Errors
/// See [`Unsolved`].
pub fn any_quasi_perfect(tree: &Tree, budget: &Budget) -> Result<QuasiPerfect, Unsolved> {
    let mut last = quasi_perfect(tree, &centroid(tree), budget);
    for seed in 0..PRIORS {
        match last {
            Err(Unsolved::Tied | Unsolved::Numeric) => last = quasi_perfect(tree, &drawn(tree, seed), budget),
            found => return found,
        }
    }
    last
}

/// The equilibria that the centroid and this many priors drawn at random lead to, half of
/// them nearly pure. There may be others.
///
/// # Errors
/// See [`Unsolved`]; when none was found.
pub fn several(tree: &Tree, priors: u32, budget: &Budget) -> Result<Several, Unsolved> {
    let mut all = Several { found: Vec::new(), counts: Vec::new(), failed: 0, stopped: None };
    let mut keys: FxHashSet<Vec<Option<Exact>>> = FxHashSet::default();
    let mut order: Vec<Vec<Option<Exact>>> = Vec::new();
    let first = any_quasi_perfect(tree, budget)?;
    let rest = (0..priors).map(|at| {
        let seed = u64::from(at);
        quasi_perfect(tree, &if at % 2 == 0 { tilted(tree, seed) } else { drawn(tree, PRIORS + seed) }, budget)
    });
    for next in std::iter::once(Ok(first)).chain(rest) {
        match next {
            Ok(found) => {
                let key = played(tree, found.assessment.behaviour());
                if keys.insert(key.clone()) {
                    order.push(key);
                    all.found.push(found);
                    all.counts.push(1);
                } else if let Some(at) = order.iter().position(|other| *other == key) {
                    all.counts[at] += 1;
                }
            }
            Err(Unsolved::Stopped(reason)) => {
                all.stopped = Some(reason);
                break;
            }
            Err(_) => all.failed += 1,
        }
    }
    Ok(all)
}

/// What is played where the game may get to: for each action its probability, nothing at sets
/// that are not reached.
pub(crate) fn played(tree: &Tree, behaviour: &Behaviour) -> Vec<Option<Exact>> {
    let mut reached = vec![false; tree.node_count()];
    let mut open = vec![false; tree.infoset_count()];
    for node in tree.nodes() {
        reached[node.index()] = match tree.step(node) {
            Some((before, action)) => reached[before.index()] && !behaviour.of(action).is_zero(),
            None => true,
        };
        if reached[node.index()]
            && let crate::NodeKind::Move(set) = tree.kind(node)
        {
            open[set.index()] = true;
        }
    }
    let mut played = vec![None; tree.action_count()];
    for (_, infoset) in tree.infosets().filter(|(id, _)| open[id.index()]) {
        infoset.actions.clone().for_each(|action| played[action] = Some(behaviour.of(action).clone()));
    }
    played
}
