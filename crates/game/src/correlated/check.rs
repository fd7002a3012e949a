//! Whether a distribution is an equilibrium and the best, from the game alone.

use detente_base::Exact;
use num_bigint::BigInt;
use num_traits::Signed;

use super::{Goal, Mediated, Mediation, Price};
use crate::fractions::over_one;
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

/// Payoffs, probabilities and prices as whole numbers.
struct Whole<'a> {
    game: &'a StrategicGame,
    found: &'a Mediated,
    /// Payoffs of all players, profile by profile, and their denominator.
    payoffs: (Vec<BigInt>, BigInt),
    shares: (Vec<BigInt>, BigInt),
    prices: (Vec<BigInt>, BigInt),
}

/// Checks that nobody gains by deviating, and that prices prove the value to be the best.
///
/// Cost: O(profiles · (prices + players)) and, for each condition, O(distribution)
/// operations on whole numbers.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify(game: &StrategicGame, found: &Mediated) -> Result<(), CorrelatedFault> {
    let sum: Exact = found.distribution.iter().map(|(_, share)| share.clone()).sum();
    let within = |(profile, share): &(usize, Exact)| *profile < game.profile_count() && share.signum() >= 0;
    if sum != Exact::ONE || !found.distribution.iter().all(within) {
        return Err(CorrelatedFault::NoDistribution);
    }
    let all = Whole {
        game,
        found,
        payoffs: over_one((0..game.profile_count()).flat_map(|profile| game.payoffs(profile))),
        shares: over_one(found.distribution.iter().map(|(_, share)| share)),
        prices: over_one(found.prices.iter().map(|price| &price.price)),
    };
    let payoffs: Vec<Exact> = (0..game.player_count()).map(|player| all.expected(player)).collect();
    let value = match found.goal {
        Goal::Welfare => payoffs.iter().cloned().sum(),
        Goal::Most(player) | Goal::Least(player) => payoffs[player.index()].clone(),
    };
    if payoffs != found.payoffs || value != found.value {
        return Err(CorrelatedFault::Payoffs);
    }
    all.nobody_deviates()?;
    all.is_best()
}

impl Whole<'_> {
    fn payoff(&self, profile: usize, player: usize) -> &BigInt {
        &self.payoffs.0[profile * self.game.player_count() + player]
    }

    fn expected(&self, player: usize) -> Exact {
        let drawn = self.found.distribution.iter().zip(&self.shares.0);
        let sum: BigInt = drawn.map(|((profile, _), share)| share * self.payoff(*profile, player)).sum();
        Exact::from_ratio(&sum, &(&self.shares.1 * &self.payoffs.1))
    }

    /// What a player gains at a profile by another strategy.
    fn gain(&self, profile: usize, player: usize, instead: usize) -> BigInt {
        let mut changed = self.game.strategies_of(profile);
        changed[player] = instead;
        self.payoff(self.game.profile(&changed), player) - self.payoff(profile, player)
    }

    fn nobody_deviates(&self) -> Result<(), CorrelatedFault> {
        let drawn = || self.found.distribution.iter().map(|(profile, _)| *profile).zip(&self.shares.0);
        for (player, size) in self.game.sizes().into_iter().enumerate() {
            let tellings: Vec<Option<usize>> = match self.found.mediation {
                Mediation::Correlated => (0..size).map(Some).collect(),
                Mediation::Coarse => vec![None],
            };
            for told in tellings {
                let hears = |profile: usize| told.is_none_or(|told| self.game.strategies_of(profile)[player] == told);
                let heard: Vec<(usize, &BigInt)> = drawn().filter(|(profile, _)| hears(*profile)).collect();
                for instead in 0..size {
                    let gains = heard.iter().map(|(profile, share)| *share * self.gain(*profile, player, instead));
                    if gains.sum::<BigInt>().is_positive() {
                        return Err(CorrelatedFault::Deviation { player: PlayerId::from_index(player), told, instead });
                    }
                }
            }
        }
        Ok(())
    }

    /// For every profile: worth − Σ λ·gain ≤ value. In an equilibrium no gain is positive on
    /// the whole, so that none is worth more than the value.
    fn is_best(&self) -> Result<(), CorrelatedFault> {
        let sizes = self.game.sizes();
        let sound = |price: &Price| {
            let size = sizes.get(price.player.index()).copied().unwrap_or(0);
            let told = match self.found.mediation {
                Mediation::Correlated => price.told.is_some_and(|told| told < size),
                Mediation::Coarse => price.told.is_none(),
            };
            told && price.instead < size && price.price.signum() >= 0
        };
        if !self.found.prices.iter().all(sound) {
            return Err(CorrelatedFault::NoPrice);
        }
        // All in units of one over the denominators of payoffs and prices.
        let (top, bottom) = self.found.value.to_ratio();
        let value = top * &self.prices.1 * &self.payoffs.1;
        for profile in 0..self.game.profile_count() {
            let plays = self.game.strategies_of(profile);
            let hears = |price: &Price| price.told.is_none_or(|told| plays[price.player.index()] == told);
            let heard = self.found.prices.iter().zip(&self.prices.0).filter(|(price, _)| hears(price));
            let paid: BigInt =
                heard.map(|(price, own)| own * self.gain(profile, price.player.index(), price.instead)).sum();
            let worth: BigInt = match self.found.goal {
                Goal::Welfare => (0..sizes.len()).map(|player| self.payoff(profile, player)).sum(),
                Goal::Most(player) | Goal::Least(player) => self.payoff(profile, player.index()).clone(),
            };
            let short = worth * &self.prices.1 * &bottom - &value;
            let short = if matches!(self.found.goal, Goal::Least(_)) { -short } else { short };
            if short > paid * &bottom {
                return Err(CorrelatedFault::NotBest { profile });
            }
        }
        Ok(())
    }
}
