//! Whether a distribution is an equilibrium and the best, from the game alone.

use detente_base::Exact;

use super::{Goal, Mediated, Mediation};
use crate::{PlayerId, StrategicGame};

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CorrelatedFault {
    /// The distribution is none.
    #[error("the probabilities are none, or do not add up to one")]
    NoDistribution,
    /// Payoffs or the value are not those of the distribution.
    #[error("the payoffs are not those of the distribution")]
    Payoffs,
    /// Somebody gains by deviating.
    #[error("player {} gains by strategy {instead} instead", player.0 + 1)]
    Deviation {
        /// Who.
        player: PlayerId,
        /// What it is told; nothing if it decides before.
        told: Option<usize>,
        /// What it plays instead.
        instead: usize,
    },
    /// A price that is negative, or of no condition.
    #[error("a price is none")]
    NoPrice,
    /// Prices leave room for something better.
    #[error("the prices do not prove the value to be the best")]
    NotBest {
        /// A profile that is worth more than the prices allow.
        profile: usize,
    },
}

/// Checks that nobody gains by deviating, and that prices prove the value to be the best.
///
/// Cost: O(profiles · (prices + players)) and, for each condition, O(distribution) exact
/// operations.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify(game: &StrategicGame, found: &Mediated) -> Result<(), CorrelatedFault> {
    let sum: Exact = found.distribution.iter().map(|(_, share)| share.clone()).sum();
    let within = |(profile, share): &(usize, Exact)| *profile < game.profile_count() && share.signum() >= 0;
    if sum != Exact::ONE || !found.distribution.iter().all(within) {
        return Err(CorrelatedFault::NoDistribution);
    }
    let expected = |player: usize| -> Exact {
        found.distribution.iter().map(|(profile, share)| share * &game.payoffs(*profile)[player]).sum()
    };
    let payoffs: Vec<Exact> = (0..game.player_count()).map(expected).collect();
    if payoffs != found.payoffs || goal_of(&payoffs, found.goal) != found.value {
        return Err(CorrelatedFault::Payoffs);
    }
    nobody_deviates(game, found)?;
    is_best(game, found)
}

fn goal_of(payoffs: &[Exact], goal: Goal) -> Exact {
    match goal {
        Goal::Welfare => payoffs.iter().fold(Exact::ZERO, |sum, payoff| &sum + payoff),
        Goal::Most(player) | Goal::Least(player) => payoffs[player.index()].clone(),
    }
}

/// What a player gains at a profile by another strategy.
fn gain(game: &StrategicGame, profile: usize, player: usize, instead: usize) -> Exact {
    let mut changed = game.strategies_of(profile);
    changed[player] = instead;
    &game.payoffs(game.profile(&changed))[player] - &game.payoffs(profile)[player]
}

fn nobody_deviates(game: &StrategicGame, found: &Mediated) -> Result<(), CorrelatedFault> {
    for (player, size) in game.sizes().into_iter().enumerate() {
        let tellings: Vec<Option<usize>> = match found.mediation {
            Mediation::Correlated => (0..size).map(Some).collect(),
            Mediation::Coarse => vec![None],
        };
        for told in tellings {
            let hears = |profile: usize| told.is_none_or(|told| game.strategies_of(profile)[player] == told);
            for instead in 0..size {
                let heard = found.distribution.iter().filter(|(profile, _)| hears(*profile));
                let gained: Exact = heard.map(|(profile, share)| share * &gain(game, *profile, player, instead)).sum();
                if gained.signum() > 0 {
                    return Err(CorrelatedFault::Deviation { player: PlayerId::from_index(player), told, instead });
                }
            }
        }
    }
    Ok(())
}

/// For every profile: worth − Σ λ·gain ≤ value. In an equilibrium no gain is positive on the
/// whole, so that none is worth more than the value.
fn is_best(game: &StrategicGame, found: &Mediated) -> Result<(), CorrelatedFault> {
    let sizes = game.sizes();
    let sound = |price: &super::Price| {
        let size = sizes.get(price.player.index()).copied().unwrap_or(0);
        let told = match found.mediation {
            Mediation::Correlated => price.told.is_some_and(|told| told < size),
            Mediation::Coarse => price.told.is_none(),
        };
        told && price.instead < size && price.price.signum() >= 0
    };
    if !found.prices.iter().all(sound) {
        return Err(CorrelatedFault::NoPrice);
    }
    let sign = if matches!(found.goal, Goal::Least(_)) { -Exact::ONE } else { Exact::ONE };
    for profile in 0..game.profile_count() {
        let plays = game.strategies_of(profile);
        let heard =
            found.prices.iter().filter(|price| price.told.is_none_or(|told| plays[price.player.index()] == told));
        let paid: Exact =
            heard.map(|price| &price.price * &gain(game, profile, price.player.index(), price.instead)).sum();
        let room = &(&(&sign * &found.value) + &paid) - &(&sign * &goal_of(game.payoffs(profile), found.goal));
        if room.signum() < 0 {
            return Err(CorrelatedFault::NotBest { profile });
        }
    }
    Ok(())
}
