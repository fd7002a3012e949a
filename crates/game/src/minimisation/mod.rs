//! Regret minimisation on large trees: counterfactual regret in the sequence form.
//!
//! The tree is compiled once to flat arrays: each player's sequences and information sets,
//! and payoffs by pairs of sequences. An iteration walks arrays and builds nothing. Numbers
//! are floats; the answer's exploitability is computed from the flat arrays, and
//! [`regret`](crate::regret) certifies the rounded strategies exactly from the tree alone.
//!
//! Two-player zero-sum games: average strategies approach an equilibrium, and
//! [`Progress::exploitability`] bounds how far they are from one. In every other game the
//! average of play approaches the set of coarse correlated equilibria, and nothing is
//! promised of the average strategies but what their regret says.
//!
//! Sources: `[ZinkevichEtAl2008]` (CFR), `[Tammelin2014]` (CFR⁺), `[BrownSandholm2019]` (linear
//! and discounted CFR), `[FarinaEtAl2021]` (predictive CFR⁺), `[LanctotEtAl2009]` (external
//! sampling).

mod flat;
mod sampling;
mod sweep;

use detente_base::{Budget, StopReason};

use crate::{Behaviour, Forgotten, Mover, Tree};
use flat::Flat;
pub use sampling::{Sampled, SamplingError, sampled};
use sweep::State;

/// How regrets are kept and averages weighted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Method {
    /// Counterfactual regret minimisation as first published: plain sums.
    Cfr,
    /// CFR⁺: regrets never fall below zero, the t-th strategy counts t times.
    CfrPlus,
    /// The same, the t-th strategy counting t² times.
    CfrPlusSquared,
    /// Linear CFR: everything of the t-th iteration counts t times.
    Linear,
    /// Discounted CFR with exponents for positive and negative regrets and for the average.
    Discounted {
        /// α: positive regrets are multiplied by tᵅ/(tᵅ + 1).
        positive: f64,
        /// β: negative ones by tᵝ/(tᵝ + 1).
        negative: f64,
        /// γ: the average by (t/(t + 1))ᵞ.
        average: f64,
    },
    /// Predictive CFR⁺: the next strategy assumes that the last payoffs come again; the t-th
    /// strategy counts t² times.
    Predictive,
}

impl Method {
    /// Discounted CFR with the exponents that its authors recommend.
    pub const DISCOUNTED: Self = Self::Discounted { positive: 1.5, negative: 0.0, average: 2.0 };

    /// All that are offered, with the names by which they are asked for.
    pub const NAMED: [(&'static str, Self); 6] = [
        ("cfr", Self::Cfr),
        ("cfr+", Self::CfrPlus),
        ("cfr+2", Self::CfrPlusSquared),
        ("lcfr", Self::Linear),
        ("dcfr", Self::DISCOUNTED),
        ("pcfr+", Self::Predictive),
    ];
}

/// When to end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Until {
    /// Most iterations; each updates every player once.
    pub iterations: u64,
    /// Exploitability at which to stop; 0 to go on.
    pub exploitability: f64,
}

/// What was reached.
#[derive(Clone, Debug)]
pub struct Progress {
    /// Iterations that were made.
    pub iterations: u64,
    /// What each player could gain against the others' average strategies.
    pub gains: Vec<f64>,
    /// Mean of the gains. In a two-player zero-sum game, by how much at most the average
    /// strategies' guarantee falls short of the value, on the mean of the two.
    pub exploitability: f64,
    /// Expected payoffs under the average strategies.
    pub payoffs: Vec<f64>,
    /// Probability of each action, by position in tables over all actions; 0 for chance.
    pub average: Vec<f64>,
    /// Why it ended before what was asked for was reached.
    pub stopped: Option<StopReason>,
}

impl Progress {
    /// The average strategies as exact numbers.
    pub fn behaviour(&self, tree: &Tree) -> Behaviour {
        Behaviour::rounded(tree, &self.average)
    }
}

/// Minimises regret on a tree.
///
/// Exploitability is looked at whenever the iterations have grown by a twentieth.
///
/// Cost: for each iteration O(sequences + ends by sequences); memory O(the same).
///
/// # Errors
/// When a player has forgotten something.
pub fn minimise(tree: &Tree, method: Method, until: Until, budget: &Budget) -> Result<Progress, Forgotten> {
    let flat = Flat::new(tree)?;
    let mut state = State::new(&flat, method);
    let mut iterations = 0;
    let mut stopped = None;
    let mut gains = state.gains();
    let mut next_look = 1;
    while iterations < until.iterations {
        if let Err(reason) = budget.check() {
            stopped = Some(reason);
            break;
        }
        iterations += 1;
        state.iterate(iterations);
        if until.exploitability > 0.0 && iterations >= next_look {
            next_look = iterations + 1 + iterations / 20;
            gains = state.gains();
            if mean(&gains) <= until.exploitability {
                break;
            }
        }
    }
    if until.exploitability <= 0.0 || stopped.is_some() || iterations == until.iterations {
        gains = state.gains();
    }
    let mut average = vec![0.0; tree.action_count()];
    for (_, set) in tree.infosets().filter(|(_, set)| set.mover != Mover::Chance) {
        set.actions.clone().for_each(|action| average[action] = 1.0 / set.actions.len() as f64);
    }
    state.write_average(&mut average);
    Ok(Progress { iterations, exploitability: mean(&gains), payoffs: state.payoffs(), gains, average, stopped })
}

fn mean(gains: &[f64]) -> f64 {
    gains.iter().sum::<f64>() / gains.len().max(1) as f64
}
