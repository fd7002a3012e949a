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
//! Before that, actions are left out that are worse than another whatever anybody does; in
//! crises these are many, and the path is short without them.
//!
//! Source: `[MiltersenSorensen2010]` (trembles), `[KollerMegiddoVonStengel1996]` (linear
//! complementarity), `[VonStengelVanDenElzenTalman2002]` (priors).

mod dictionary;
mod exact;
mod forms;
pub(crate) mod linear;
pub(crate) mod number;
mod parts;
mod priors;
mod start;
mod undominated;

use detente_base::{Budget, Exact, StopReason};

use crate::assessment::{QuasiPerfection, quasi_perfection};
use crate::regret::{Regret, on_tree};
use crate::{Assessment, Behaviour, Forgotten, PlayerId, SequenceForm, Tree};
use dictionary::{Dictionary, FRESH, Halt};
pub use parts::any_in_parts;
use undominated::Undominated;

pub use priors::{Several, any_quasi_perfect, centroid, drawn, several, tilted};

/// Above this number of sequences, pivots are not repeated with exact numbers.
const EXACT_PIVOTS: usize = 80;

/// Nodes up to which a tree is tried as a whole where it was of no use to leave out what is
/// dominated.
const FEW_NODES: usize = 2_000;

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
    /// The pivots that a game of this size may need would take too long.
    #[error("pivoting takes too long on {sequences} sequences")]
    Long {
        /// Sequences of both players.
        sequences: usize,
    },
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
    if let Some(less) = Undominated::new(tree) {
        match on_less(tree, (&less, prior), budget) {
            // What did not carry over may still be found on the whole tree.
            Err(Unsolved::Numeric) if tree.node_count() <= FEW_NODES => {}
            found => return found,
        }
    }
    let form = SequenceForm::new(tree).map_err(Unsolved::Forgotten)?;
    let plans = plans_of(&form, prior);
    let (found, _) = pivoted(tree, &start::Problem::new(&form, &plans), budget)?;
    Ok(found)
}

/// The answer for a tree from that for what is left of it without dominated actions.
fn on_less(tree: &Tree, (less, prior): (&Undominated, &Behaviour), budget: &Budget) -> Result<QuasiPerfect, Unsolved> {
    let form = SequenceForm::new(&less.tree).map_err(Unsolved::Forgotten)?;
    let small = plans_of(&form, &less.prior(prior));
    let small = start::Problem::new(&form, &small);
    let (found, played) = pivoted(&less.tree, &small, budget)?;
    let form = SequenceForm::new(tree).map_err(Unsolved::Forgotten)?;
    let whole = plans_of(&form, prior);
    let mut whole = start::Problem::new(&form, &whole);
    let played = less.carried(&mut whole, (&small, &played));
    let all = finish(tree, &whole, (&played, found.pivots), budget).map_err(Unsolved::Stopped)?;
    all.ok_or(Unsolved::Numeric)
}

/// A prior as plans.
fn plans_of(form: &SequenceForm, prior: &Behaviour) -> [Vec<Exact>; 2] {
    let plans = [0, 1].map(|player| form.plan(PlayerId(player), prior));
    let positive = plans.iter().flatten().all(|weight| weight.signum() > 0);
    assert!(positive, "every action of a prior has weight");
    plans
}

/// The answer for a problem, and for each sequence whether it may have weight.
fn pivoted(tree: &Tree, problem: &start::Problem, budget: &Budget) -> Result<(QuasiPerfect, Vec<bool>), Unsolved> {
    if problem.size() > MOST_SEQUENCES {
        return Err(Unsolved::Large { sequences: problem.size(), limit: MOST_SEQUENCES });
    }
    let mut pivots = 0;
    for fresh in FRESH {
        match run::<f64>((problem, fresh), budget, &mut pivots) {
            Ok(played) => {
                if let Some(found) = finish(tree, problem, (&played, pivots), budget).map_err(Unsolved::Stopped)? {
                    return Ok((found, played));
                }
            }
            Err(Halt::Stopped(reason)) => return Err(Unsolved::Stopped(reason)),
            Err(Halt::Long) => return Err(Unsolved::Long { sequences: problem.size() }),
            // Ties at the beginning have nothing to do with rounding.
            Err(Halt::Tied) => break,
            Err(Halt::Ray) => {}
        }
    }
    if problem.size() > EXACT_PIVOTS {
        return Err(Unsolved::Numeric);
    }
    match run::<Exact>((problem, usize::MAX), budget, &mut pivots) {
        Ok(played) => {
            let found = finish(tree, problem, (&played, pivots), budget).map_err(Unsolved::Stopped)?;
            Ok((found.ok_or(Unsolved::Numeric)?, played))
        }
        Err(Halt::Stopped(reason)) => Err(Unsolved::Stopped(reason)),
        Err(Halt::Tied) => Err(Unsolved::Tied),
        Err(Halt::Ray | Halt::Long) => Err(Unsolved::Numeric),
    }
}

fn run<F: number::Number>(
    (problem, fresh): (&start::Problem, usize),
    budget: &Budget,
    pivots: &mut usize,
) -> Result<Vec<bool>, Halt> {
    let mut dictionary = Dictionary::<F>::new(problem, fresh);
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
