//! One equilibrium of a two-player tree, exactly, that is quasi-perfect and so sequential.
//!
//! The players of the tree tremble: a sequence of k own moves is played with weight at least
//! ε^k. An equilibrium for all small ε ends, as ε falls to zero, in a *quasi-perfect*
//! equilibrium: each move is a best reply to opponents who tremble a little, whatever has
//! happened. It is found by complementary pivoting on the sequence form,
//! where ε is a symbol: right sides are polynomials in it, compared by their lowest powers.
//! The path begins with both players answering a prior in which everything is played, and
//! puts less and less weight on it (the linear tracing procedure), so that other priors may
//! lead to other equilibria.
//!
//! Pivots are done in floating point; they only tell which sequences are played. The answer
//! is solved from that exactly and checked exactly; what does not pass is
//! pivoted again with exact numbers if the tree is small, and refused if it is not.
//!
//! Source: `[MiltersenSorensen2010]` (trembles), `[KollerMegiddoVonStengel1996]` (linear
//! complementarity), `[VonStengelVanDenElzenTalman2002]` (priors).

mod dictionary;
mod exact;
mod forms;
mod linear;
mod number;
mod start;

use detente_base::{Budget, Exact, Pcg, StopReason};

use crate::assessment::{QuasiPerfection, quasi_perfection};
use crate::regret::{Regret, on_tree};
use crate::{Assessment, Behaviour, Forgotten, Mover, PlayerId, SequenceForm, Tree};
use dictionary::{Dictionary, Halt};

/// Above this number of sequences, pivots are not repeated with exact numbers.
const EXACT_PIVOTS: usize = 80;

/// Priors drawn after the centroid before giving up.
const PRIORS: u64 = 12;

/// An equilibrium with what proves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuasiPerfect {
    /// Strategies, with the trembles that make beliefs consistent.
    pub assessment: Assessment,
    /// What it gives, and what anybody could gain: nothing.
    pub regret: Regret,
    /// Pivots done.
    pub pivots: usize,
    /// Sequences of both players.
    pub sequences: usize,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsolved {
    /// There are not two players.
    #[error("complementary pivoting is for two players; the game has {0}")]
    Players(usize),
    /// A player has forgotten something.
    #[error("a player forgets what it did")]
    Forgotten(Forgotten),
    /// The work was stopped.
    #[error("stopped")]
    Stopped(StopReason),
    /// The prior has several best replies; another prior may have one.
    #[error("the prior has several best replies")]
    Tied,
    /// Rounding led astray, and the tree is too large to pivot with exact numbers.
    #[error("rounding led the path astray, and the game is too large for exact pivots")]
    Numeric,
}

/// The prior in which every action of a set is as likely.
pub fn centroid(tree: &Tree) -> Behaviour {
    Behaviour::uniform(tree)
}

/// A prior drawn at random in which every action is played.
pub fn drawn(tree: &Tree, seed: u64) -> Behaviour {
    let mut pcg = Pcg::new(seed);
    let mut probabilities = Behaviour::uniform(tree).probabilities().to_vec();
    for (_, infoset) in tree.infosets().filter(|(_, infoset)| infoset.mover != Mover::Chance) {
        let parts: Vec<i64> = infoset.actions.clone().map(|_| 1 + i64::from(pcg.below(997))).collect();
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

/// The quasi-perfect equilibrium that a prior leads to.
///
/// Cost: usually some two pivots for each sequence, each O(sequences²) in floating point; then
/// one exact solution of sparse equations.
///
/// # Errors
/// See [`Unsolved`].
///
/// # Panics
/// If an action of the prior has no weight.
pub fn quasi_perfect(tree: &Tree, prior: &Behaviour, budget: &Budget) -> Result<QuasiPerfect, Unsolved> {
    if tree.player_count() != 2 {
        return Err(Unsolved::Players(tree.player_count()));
    }
    let form = SequenceForm::new(tree).map_err(Unsolved::Forgotten)?;
    let plans = [0, 1].map(|player| form.plan(PlayerId(player), prior));
    let positive = plans.iter().flatten().all(|weight| weight.signum() > 0);
    assert!(positive, "every action of a prior has weight");
    let problem = start::Problem::new(&form, &plans);
    let mut pivots = 0;
    match run::<f64>(&problem, budget, &mut pivots) {
        Ok(played) => {
            if let Some(found) = finish(tree, &problem, (&played, pivots), budget).map_err(Unsolved::Stopped)? {
                return Ok(found);
            }
        }
        Err(Halt::Stopped(reason)) => return Err(Unsolved::Stopped(reason)),
        Err(Halt::Tied | Halt::Ray) => {}
    }
    if problem.size() > EXACT_PIVOTS {
        return Err(Unsolved::Numeric);
    }
    match run::<Exact>(&problem, budget, &mut pivots) {
        Ok(played) => {
            finish(tree, &problem, (&played, pivots), budget).map_err(Unsolved::Stopped)?.ok_or(Unsolved::Numeric)
        }
        Err(Halt::Stopped(reason)) => Err(Unsolved::Stopped(reason)),
        Err(Halt::Tied) => Err(Unsolved::Tied),
        Err(Halt::Ray) => Err(Unsolved::Numeric),
    }
}

fn run<F: number::Number>(problem: &start::Problem, budget: &Budget, pivots: &mut usize) -> Result<Vec<bool>, Halt> {
    let mut dictionary = Dictionary::<F>::new(problem);
    let played = dictionary.solve(budget);
    *pivots += dictionary.pivots;
    played
}

/// The answer that goes with the sequences played, if it is one.
fn finish(
    tree: &Tree,
    problem: &start::Problem,
    (played, pivots): (&[bool], usize),
    budget: &Budget,
) -> Result<Option<QuasiPerfect>, StopReason> {
    let Some(plans) = exact::plans(problem, played, budget)? else { return Ok(None) };
    let Ok(assessment) = Assessment::from_plans(tree, problem.form, &plans) else { return Ok(None) };
    let Ok(regret) = on_tree(tree, assessment.behaviour()) else { return Ok(None) };
    let proven = regret.is_equilibrium()
        && assessment.is_sequential(tree)
        && quasi_perfection(tree, problem.form, &assessment, &plans) == QuasiPerfection::Holds;
    let sequences = problem.size();
    Ok(proven.then_some(QuasiPerfect { assessment, regret, pivots, sequences }))
}
