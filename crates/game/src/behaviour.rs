//! Strategies on a tree: for each information set how likely each action is.

use detente_base::Exact;

use crate::{InfosetId, Mover, Tree};

/// Probabilities of the actions of every information set, by their positions in tables over
/// all actions; those of chance are the tree's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behaviour(Vec<Exact>);

/// Numbers that are not a strategy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BehaviourError {
    /// Not one for each action.
    #[error("{found} probabilities where there are {actions} actions")]
    Length {
        /// Probabilities given.
        found: usize,
        /// Actions.
        actions: usize,
    },
    /// Probabilities of a set that are negative or do not add up to one.
    #[error("the probabilities of an information set add up to {sum}")]
    Sum {
        /// The set.
        infoset: InfosetId,
        /// What they add up to.
        sum: Exact,
    },
}

impl Behaviour {
    /// Probabilities, one for each action of all sets; what is given for chance is not
    /// looked at.
    ///
    /// # Errors
    /// When they are not one for each action, or not probabilities.
    pub fn new(tree: &Tree, mut probabilities: Vec<Exact>) -> Result<Self, BehaviourError> {
        if probabilities.len() != tree.action_count() {
            return Err(BehaviourError::Length { found: probabilities.len(), actions: tree.action_count() });
        }
        for (id, infoset) in tree.infosets() {
            let own = &mut probabilities[infoset.actions.clone()];
            if infoset.mover == Mover::Chance {
                own.iter_mut().zip(infoset.actions.clone()).for_each(|(p, action)| *p = tree.chance(action).clone());
                continue;
            }
            let sum: Exact = own.iter().cloned().sum();
            if sum != Exact::ONE || own.iter().any(|p| p.signum() < 0) {
                return Err(BehaviourError::Sum { infoset: id, sum });
            }
        }
        Ok(Self(probabilities))
    }

    /// Every action of a set as likely as the others.
    pub fn uniform(tree: &Tree) -> Self {
        let mut probabilities = vec![Exact::ZERO; tree.action_count()];
        for (_, infoset) in tree.infosets() {
            let each = Exact::ratio(1, infoset.actions.len() as i64);
            for action in infoset.actions.clone() {
                probabilities[action] =
                    if infoset.mover == Mover::Chance { tree.chance(action).clone() } else { each.clone() };
            }
        }
        Self(probabilities)
    }

    /// The nearest strategy to numbers that are nearly probabilities: negative ones count as
    /// zero, and each set is scaled to add up to one exactly.
    ///
    /// A number is taken as a multiple of 2⁻⁵⁰. A set without a positive number becomes
    /// uniform.
    pub fn rounded(tree: &Tree, near: &[f64]) -> Self {
        let mut probabilities = Self::uniform(tree).0;
        for (_, infoset) in tree.infosets().filter(|(_, infoset)| infoset.mover != Mover::Chance) {
            let parts: Vec<i64> = infoset.actions.clone().map(|action| part(near[action])).collect();
            let sum: i64 = parts.iter().sum();
            if sum > 0 {
                for (action, part) in infoset.actions.clone().zip(parts) {
                    probabilities[action] = Exact::ratio(part, sum);
                }
            }
        }
        Self(probabilities)
    }

    /// All probabilities, by position in tables over all actions.
    pub fn probabilities(&self) -> &[Exact] {
        &self.0
    }

    /// For each node how likely the game is to get there.
    ///
    /// Cost: O(nodes).
    pub fn reach(&self, tree: &Tree) -> Vec<Exact> {
        let mut reach: Vec<Exact> = Vec::with_capacity(tree.node_count());
        for node in tree.nodes() {
            let own = match tree.step(node) {
                Some((before, action)) => &reach[before.index()] * self.of(action),
                None => Exact::ONE,
            };
            reach.push(own);
        }
        reach
    }

    /// Probability of an action.
    pub fn of(&self, action: usize) -> &Exact {
        &self.0[action]
    }
}

/// A number as a multiple of 2⁻⁵⁰; zero for what is negative or no number.
fn part(near: f64) -> i64 {
    let scaled = near.clamp(0.0, 1.0) * (1_i64 << 50) as f64;
    if scaled.is_finite() { scaled.round() as i64 } else { 0 }
}
