//! Equilibria of a lowered game: exact ones for two players, limits of logit equilibria for
//! more, and where the exact path is lost.

use detente_base::{Budget, Exact, StopReason};
use detente_game::lemke::{QuasiPerfect, Unsolved, any_quasi_perfect, several};
use detente_game::logit::{LogitError, LogitSettings, limit};
use detente_game::regret::Regret;
use detente_game::{Assessment, Tree, Tremble};

use super::answer::Strength;

/// Work, in sequences cubed, that is spent on priors besides the first.
const WORK: u64 = 40_000_000;

/// Most priors that are drawn.
const MOST_PRIORS: u64 = 64;

/// An equilibrium.
pub(super) struct Found {
    pub(super) assessment: Assessment,
    pub(super) regret: Regret,
    pub(super) strength: Strength,
    /// Searches that ended in it.
    pub(super) count: u32,
}

/// All that were found.
pub(super) struct AllFound {
    pub(super) found: Vec<Found>,
    pub(super) method: &'static str,
    pub(super) stopped: Option<StopReason>,
}

/// Equilibria from as many priors as the size of the game allows, or the one that the
/// principal branch of logit equilibria leads to.
pub(super) fn all(tree: &Tree, sequences: u64, budget: &Budget) -> Result<AllFound, StopReason> {
    let priors = WORK.checked_div(sequences.saturating_pow(3)).unwrap_or(0).min(MOST_PRIORS);
    match several(tree, priors as u32, budget) {
        Ok(several) => Ok(AllFound {
            found: several.found.into_iter().zip(several.counts).map(|(found, count)| exact(found, count)).collect(),
            method: "complementary pivoting on the sequence form, from several priors",
            stopped: several.stopped,
        }),
        Err(Unsolved::Stopped(reason)) => Err(reason),
        Err(_) => Ok(AllFound {
            found: vec![branch(tree, budget)?],
            method: "the principal branch of logit equilibria, to its limit",
            stopped: None,
        }),
    }
}

/// One equilibrium.
pub(super) fn one(tree: &Tree, budget: &Budget) -> Result<Found, StopReason> {
    match any_quasi_perfect(tree, budget) {
        Ok(found) => Ok(exact(found, 1)),
        Err(Unsolved::Stopped(reason)) => Err(reason),
        Err(_) => branch(tree, budget),
    }
}

fn exact(found: QuasiPerfect, count: u32) -> Found {
    Found { assessment: found.assessment, regret: found.regret, strength: Strength::QuasiPerfect, count }
}

fn branch(tree: &Tree, budget: &Budget) -> Result<Found, StopReason> {
    let found = limit(tree, &LogitSettings::default(), budget).map_err(|fault| match fault {
        LogitError::Stopped(reason) => reason,
        other => StopReason::NoMethod { why: other.to_string() },
    })?;
    let strength = match (&found.assessment, found.regret.is_equilibrium()) {
        (Some(_), true) => Strength::Sequential,
        (None, true) => Strength::Nash,
        (_, false) => Strength::Approximate,
    };
    let assessment = match found.assessment {
        Some(assessment) => assessment,
        None => trembling(tree, found.behaviour.probabilities()),
    };
    Ok(Found { assessment, regret: found.regret, strength, count: 1 })
}

/// Strategies with mistakes of the first order: the beliefs are as good as any where the game
/// does not get to.
fn trembling(tree: &Tree, probabilities: &[Exact]) -> Assessment {
    let tremble = |played: &Exact| {
        if played.is_zero() {
            Tremble { order: 1, weight: Exact::ONE }
        } else {
            Tremble { order: 0, weight: played.clone() }
        }
    };
    Assessment::new(tree, probabilities.iter().map(tremble).collect()).expect("probabilities that add up")
}
