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
mod priors;
mod start;

use detente_base::{Budget, Exact, StopReason};

use crate::assessment::{QuasiPerfection, quasi_perfection};
use crate::regret::{Regret, on_tree};
use crate::{Assessment, Behaviour, Forgotten, PlayerId, SequenceForm, Tree};
use dictionary::{Dictionary, Halt};
pub use priors::{Several, any_quasi_perfect, centroid, drawn, several, tilted};

/// Above this number of sequences, pivots are not repeated with exact numbers.
const EXACT_PIVOTS: usize = 80;

/// Most sequences of both players: tables then take some 0.6 GB.
const MOST_SEQUENCES: usize = 6_000;

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
    /// There are more than two players.
    #[error("complementary pivoting is for two players; the game has {0}")]
    Players(usize),
    /// The tables of numbers would be too large.
    #[error("the game has {sequences} sequences, and pivoting takes on {limit} at most")]
    Large {
        /// Sequences of both players.
        sequences: usize,
        /// Most that are taken on.
        limit: usize,
    },
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
    match tree.player_count() {
        2 => {}
        1 => {
            let mut found = quasi_perfect(&tree.with_bystander(), prior, budget)?;
            found.regret = on_tree(tree, found.assessment.behaviour()).map_err(Unsolved::Forgotten)?;
            return Ok(found);
        }
        others => return Err(Unsolved::Players(others)),
    }
    let form = SequenceForm::new(tree).map_err(Unsolved::Forgotten)?;
    let plans = [0, 1].map(|player| form.plan(PlayerId(player), prior));
    let positive = plans.iter().flatten().all(|weight| weight.signum() > 0);
    assert!(positive, "every action of a prior has weight");
    let problem = start::Problem::new(&form, &plans);
    if problem.size() > MOST_SEQUENCES {
        return Err(Unsolved::Large { sequences: problem.size(), limit: MOST_SEQUENCES });
    }
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
