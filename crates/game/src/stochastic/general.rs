//! Markov perfect equilibria of any number of players.

use detente_base::{Budget, Exact, Pcg, StopReason};

use super::check::{StationaryRegret, bounded_regret, exact_regret};
use super::equations::System;
use super::flat::Flat;
use super::model::StochasticGame;
use super::path::{Care, Ended, follow};
use super::polish::polished;
use super::strategy::{Stationary, exact_from};
use super::zero_sum::simplest;
use crate::PlayerId;

/// Unknowns that are taken on: tables then take some 70 MB, and a step some ten seconds.
const MOST_UNKNOWNS: usize = 3_000;

/// States up to which strategies with few digits are tried exactly.
const EXACT_STATES: usize = 16;

/// Regret, as a share of what could be gained, that is due to rounding alone.
const ROUNDING: f64 = 1e-14;

/// Least chances of what is taken to be played, tried one after another.
const SUPPORTS: [f64; 4] = [3e-2, 1e-3, 1e-5, 1e-8];

/// Which regret is accepted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// Most that a player may gain, as a share of what it could gain if all its payoffs went
    /// from least to greatest: range/(1 − δ).
    pub share: f64,
}

impl Default for Tolerance {
    fn default() -> Self {
        Self { share: 1e-9 }
    }
}

/// An equilibrium in stationary strategies with what proves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PerfectEquilibrium {
    /// The strategies.
    pub strategies: Stationary,
    /// Bounds on what they give and on what anybody could have; proven exactly.
    pub regret: StationaryRegret,
    /// Steps along the path.
    pub steps: u64,
}

/// Why there is no equilibrium.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NoEquilibrium {
    /// Tables of numbers would be too large.
    #[error("the game has {unknowns} actions and values, and {limit} are taken on at most")]
    Large {
        /// Actions and values.
        unknowns: usize,
        /// Most that are taken on.
        limit: usize,
    },
    /// The work was stopped.
    #[error("stopped")]
    Stopped(StopReason),
    /// The path could not be followed further; another prior may lead on.
    #[error("the path could not be followed beyond a weight of {lambda:e} on payoffs")]
    Stalled {
        /// How strongly payoffs counted, in units of one over the range of values.
        lambda: f64,
    },
    /// The path ended near strategies whose regret is above what is accepted.
    #[error("the path ended at strategies from which a player could gain {regret:e}")]
    Unproven {
        /// A proven bound on what anybody could gain.
        regret: f64,
    },
}

/// The equilibrium to which logit equilibria lead from a prior, uniform if none is given.
///
/// Logit equilibria put πₐ·exp(λ·Qₐ) on actions in proportion; they are followed from λ = 0,
/// where the prior π is played. What is played at large λ is then solved for, so that
/// everything played is worth the same, and the result proven: with ε the most that an action
/// gains in one round, nobody gains more than ε/(1−δ). Strategies with few digits are tried
/// as exact numbers, and then have no regret at all.
///
/// Cost: some hundred steps, each O((actions + players·states)³).
///
/// # Errors
/// See [`NoEquilibrium`]: nothing is returned whose regret is not proven.
///
/// # Panics
/// If an action of the prior has no weight.
///
/// Source: `[EibelshaeuserPoensgen2019]` (logit equilibria of stochastic games),
/// `[McKelveyPalfrey1995]`.
pub fn perfect_equilibrium(
    game: &StochasticGame,
    prior: Option<&Stationary>,
    tolerance: Tolerance,
    budget: &Budget,
) -> Result<PerfectEquilibrium, NoEquilibrium> {
    let uniform = Stationary::uniform(game);
    let prior = prior.unwrap_or(&uniform);
    let weights: Vec<Vec<Vec<f64>>> = prior
        .chances()
        .iter()
        .map(|players| players.iter().map(|own| own.iter().map(Exact::to_f64).collect()).collect())
        .collect();
    assert!(weights.iter().flatten().flatten().all(|weight| *weight > 0.0), "every action of a prior has weight");
    let unknowns = weights.iter().flatten().map(Vec::len).sum::<usize>() + game.player_count() * game.state_count();
    if unknowns > MOST_UNKNOWNS {
        return Err(NoEquilibrium::Large { unknowns, limit: MOST_UNKNOWNS });
    }
    let system = System::new(game, &weights);
    let flat = Flat::new(game);
    let mut least = f64::INFINITY;
    let mut look = |point: &[f64]| {
        let solved = SUPPORTS.iter().filter_map(|least| polished(&system, point, *least));
        let mut best: Option<(f64, (Stationary, StationaryRegret))> = None;
        for chances in solved.chain([system.chances(point)]) {
            let Some(candidate) = proven(game, &flat, &chances) else { continue };
            let share = share(game, &candidate.1);
            if best.as_ref().is_none_or(|(before, _)| share < *before) {
                best = Some((share, candidate));
            }
            if share < ROUNDING {
                break;
            }
        }
        let (share, candidate) = best?;
        least = least.min(share);
        (share <= tolerance.share).then_some(candidate)
    };
    let [quick, slow] = Care::LEVELS;
    let mut path = follow(&system, (quick, budget), &mut look);
    if let (_, Err(Ended::Stalled)) = path {
        path = follow(&system, (slow, budget), &mut look);
    }
    let (point, found) = path;
    match found {
        Ok((strategies, regret)) => {
            let (strategies, regret) =
                few_digits(game, &strategies, budget).map_err(NoEquilibrium::Stopped)?.unwrap_or((strategies, regret));
            Ok(PerfectEquilibrium { strategies, regret, steps: point.steps })
        }
        Err(Ended::Stopped(reason)) => Err(NoEquilibrium::Stopped(reason)),
        Err(Ended::Stalled) => Err(NoEquilibrium::Stalled { lambda: point.at[system.size] }),
        Err(Ended::Far) => Err(NoEquilibrium::Unproven { regret: least }),
    }
}

/// Equilibria to which the uniform prior and drawn ones lead, each once, in the order found.
///
/// Priors that lead nowhere are passed over; nothing is promised about equilibria that are
/// not found.
///
/// # Errors
/// If no prior leads to one, what became of the uniform prior; [`NoEquilibrium::Stopped`]
/// when the budget is used up.
pub fn several_perfect(
    game: &StochasticGame,
    (seed, draws): (u64, u64),
    tolerance: Tolerance,
    budget: &Budget,
) -> Result<Vec<PerfectEquilibrium>, NoEquilibrium> {
    let first = perfect_equilibrium(game, None, tolerance, budget);
    if let Err(NoEquilibrium::Stopped(_) | NoEquilibrium::Large { .. }) = first {
        return first.map(|found| vec![found]);
    }
    let mut failure = None;
    let mut found: Vec<PerfectEquilibrium> = Vec::new();
    match first {
        Ok(equilibrium) => found.push(equilibrium),
        Err(reason) => failure = Some(reason),
    }
    for draw in 0..draws {
        let prior = drawn(game, &mut Pcg::of_draw(seed, draw));
        match perfect_equilibrium(game, Some(&prior), tolerance, budget) {
            Ok(equilibrium) => {
                if !found.iter().any(|known| alike(&known.strategies, &equilibrium.strategies)) {
                    found.push(equilibrium);
                }
            }
            Err(NoEquilibrium::Stopped(reason)) => return Err(NoEquilibrium::Stopped(reason)),
            Err(_) => {}
        }
    }
    match failure {
        Some(reason) if found.is_empty() => Err(reason),
        _ => Ok(found),
    }
}

/// A prior that favours some actions by up to e⁶.
fn drawn(game: &StochasticGame, pcg: &mut Pcg) -> Stationary {
    let mut weight = || libm::exp(f64::from(pcg.below(6001)) / 1000.0);
    let mut own = |size: usize| (0..size).map(|_| weight()).collect::<Vec<f64>>();
    let chances: Vec<Vec<Vec<f64>>> =
        game.states().map(|(_, form)| form.sizes().into_iter().map(&mut own).collect()).collect();
    Stationary::rounded(game, &chances)
}

fn alike(a: &Stationary, b: &Stationary) -> bool {
    let pairs = a.chances().iter().flatten().flatten().zip(b.chances().iter().flatten().flatten());
    pairs.into_iter().all(|(a, b)| (a.to_f64() - b.to_f64()).abs() < 1e-6)
}

/// The strategies as exact numbers with what is proven of them.
fn proven(game: &StochasticGame, flat: &Flat, chances: &[Vec<Vec<f64>>]) -> Option<(Stationary, StationaryRegret)> {
    let strategies = Stationary::rounded(game, chances);
    let players = 0..game.player_count();
    let values: Option<Vec<Vec<Exact>>> =
        players.map(|player| flat.values(chances, player)?.into_iter().map(exact_from).collect()).collect();
    let regret = bounded_regret(game, &strategies, &values?);
    Some((strategies, regret))
}

/// The greatest gain as a share of what could be gained.
fn share(game: &StochasticGame, regret: &StationaryRegret) -> f64 {
    let of = |player: usize| {
        let (least, most) = game.range(PlayerId::from_index(player));
        let whole = &(&most - &least) / &(&Exact::ONE - &game.discounts()[player]);
        let gains = regret.best[player].iter().zip(&regret.low[player]).map(|(best, low)| best - low);
        let gain = gains.max().unwrap_or(Exact::ZERO);
        if whole.is_zero() { gain.to_f64() } else { (&gain / &whole).to_f64() }
    };
    (0..game.player_count()).map(of).fold(0.0, f64::max)
}

/// The same with few digits, if that is an equilibrium without regret.
fn few_digits(
    game: &StochasticGame,
    strategies: &Stationary,
    budget: &Budget,
) -> Result<Option<(Stationary, StationaryRegret)>, StopReason> {
    if game.state_count() > EXACT_STATES {
        return Ok(None);
    }
    let near = Exact::ratio(1, 10_000_000_000);
    let short = |own: &Vec<Exact>| -> Option<Vec<Exact>> {
        let chances: Vec<Exact> = own.iter().map(|chance| simplest(&(chance - &near), &(chance + &near))).collect();
        let sum: Exact = chances.iter().cloned().sum();
        (sum == Exact::ONE && chances.iter().all(|chance| chance.signum() >= 0)).then_some(chances)
    };
    let chances: Option<Vec<Vec<Vec<Exact>>>> =
        strategies.chances().iter().map(|players| players.iter().map(short).collect()).collect();
    let Some(strategies) = chances.and_then(|chances| Stationary::new(game, chances).ok()) else { return Ok(None) };
    let regret = exact_regret(game, &strategies, budget)?;
    Ok(regret.is_equilibrium().then_some((strategies, regret)))
}
