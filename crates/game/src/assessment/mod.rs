//! Assessments: strategies, and what players believe at information sets.
//!
//! Beliefs at sets that nobody is expected to reach follow from *trembles*: an action that is
//! not played is taken with probability ξ·ε^k, where the order k tells how absurd it is and
//! the weight ξ compares mistakes of one order. As ε falls to zero, Bayes' rule gives every
//! set a belief, and the orders and weights are the proof that strategies and beliefs are
//! consistent.
//!
//! Source: `[KrepsWilson1982]` (assessments, consistency), `[HendonJacobsenSloth1996]`
//! (one deviation at a time is enough).

mod checks;

use detente_base::Exact;

use crate::{Behaviour, InfosetId, Mover, SequenceForm, Tree};

pub(crate) use checks::{QuasiPerfection, quasi_perfection};

/// What an action's probability is like for small ε: weight · ε^order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tremble {
    /// Zero for what is played.
    pub order: u32,
    /// Positive; for what is played its probability.
    pub weight: Exact,
}

/// A polynomial in ε: what counts for each power, from zero on.
pub(crate) type Powers = Vec<Exact>;

/// Strategies with the beliefs that trembles give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    behaviour: Behaviour,
    trembles: Vec<Tremble>,
    /// For each node the belief that it is the one, given its set.
    beliefs: Vec<Exact>,
}

/// Trembles that are none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrembleError {
    /// Not one for each action.
    #[error("{found} trembles where there are {actions} actions")]
    Length {
        /// Trembles given.
        found: usize,
        /// Actions.
        actions: usize,
    },
    /// A weight that is not positive.
    #[error("an action of an information set is never taken")]
    Weight {
        /// The set.
        infoset: InfosetId,
    },
    /// What is played at a set does not add up to one.
    #[error("what is played at an information set adds up to {sum}")]
    Sum {
        /// The set.
        infoset: InfosetId,
        /// What it adds up to.
        sum: Exact,
    },
}

impl Assessment {
    /// The assessment of trembles, one for each action of all sets; those of chance are not
    /// looked at.
    ///
    /// Cost: O(nodes).
    ///
    /// # Errors
    /// When a weight is not positive, or what is played at a set does not add up to one.
    pub fn new(tree: &Tree, mut trembles: Vec<Tremble>) -> Result<Self, TrembleError> {
        if trembles.len() != tree.action_count() {
            return Err(TrembleError::Length { found: trembles.len(), actions: tree.action_count() });
        }
        let mut played = vec![Exact::ZERO; tree.action_count()];
        for (id, infoset) in tree.infosets() {
            for action in infoset.actions.clone() {
                if infoset.mover == Mover::Chance {
                    trembles[action] = Tremble { order: 0, weight: tree.chance(action).clone() };
                } else if trembles[action].weight.signum() <= 0 {
                    return Err(TrembleError::Weight { infoset: id });
                }
                if trembles[action].order == 0 {
                    played[action] = trembles[action].weight.clone();
                }
            }
            let sum: Exact = played[infoset.actions.clone()].iter().cloned().sum();
            if sum != Exact::ONE {
                return Err(TrembleError::Sum { infoset: id, sum });
            }
        }
        let behaviour = Behaviour::new(tree, played).expect("it was added up");
        let beliefs = beliefs(tree, &trembles);
        Ok(Self { behaviour, trembles, beliefs })
    }

    /// The assessment of two trembling realization plans: for each player and sequence its
    /// weight as a polynomial in ε.
    pub(crate) fn from_plans(tree: &Tree, form: &SequenceForm, plans: &[Vec<Powers>]) -> Result<Self, TrembleError> {
        let nothing = Tremble { order: 0, weight: Exact::ONE };
        let mut trembles = vec![nothing; tree.action_count()];
        for (own, plan) in form.players.iter().zip(plans) {
            for set in &own.sets {
                let (order, weight) = lead(&plan[set.before as usize]);
                for sequence in set.sequences() {
                    let (above, own_weight) = lead(&plan[sequence]);
                    trembles[own.actions[sequence]] = Tremble {
                        order: above.saturating_sub(order),
                        weight: own_weight.checked_div(&weight).unwrap_or(Exact::ZERO),
                    };
                }
            }
        }
        Self::new(tree, trembles)
    }

    /// The strategies.
    pub fn behaviour(&self) -> &Behaviour {
        &self.behaviour
    }

    /// For each action, by position in tables over all actions, how it is taken.
    pub fn trembles(&self) -> &[Tremble] {
        &self.trembles
    }

    /// For each node of a set how likely it is, given that the set is reached, in the order
    /// of [`Tree::members`]. All zero where chance never leads to the set.
    pub fn beliefs(&self, tree: &Tree, infoset: InfosetId) -> Vec<Exact> {
        tree.members(infoset).iter().map(|node| self.beliefs[node.index()].clone()).collect()
    }
}

/// Lowest power and what counts for it.
fn lead(powers: &[Exact]) -> (u32, Exact) {
    let at = powers.iter().position(|power| !power.is_zero());
    at.map_or((u32::MAX, Exact::ZERO), |at| (at as u32, powers[at].clone()))
}

/// Bayes' rule in the limit: of a set the nodes of the lowest order, by their weights.
fn beliefs(tree: &Tree, trembles: &[Tremble]) -> Vec<Exact> {
    let mut reach: Vec<(u64, Exact)> = Vec::with_capacity(tree.node_count());
    for node in tree.nodes() {
        let own = match tree.step(node) {
            Some((before, action)) => {
                let (order, weight) = &reach[before.index()];
                let tremble = &trembles[action];
                (order + u64::from(tremble.order), weight * &tremble.weight)
            }
            None => (0, Exact::ONE),
        };
        reach.push(own);
    }
    let mut beliefs = vec![Exact::ZERO; tree.node_count()];
    for (id, infoset) in tree.infosets().filter(|(_, infoset)| infoset.mover != Mover::Chance) {
        debug_assert!(!infoset.actions.is_empty(), "sets have actions");
        let possible = || tree.members(id).iter().filter(|node| !reach[node.index()].1.is_zero());
        let Some(least) = possible().map(|node| reach[node.index()].0).min() else { continue };
        let likely = || possible().filter(|node| reach[node.index()].0 == least);
        let sum: Exact = likely().map(|node| reach[node.index()].1.clone()).sum();
        for node in likely() {
            beliefs[node.index()] = reach[node.index()].1.checked_div(&sum).expect("weights are positive");
        }
    }
    beliefs
}
