//! Stationary strategies: for each state and player the chances of its actions.

use detente_base::Exact;
use num_bigint::BigInt;

use super::model::{StateId, StochasticGame};
use crate::PlayerId;

/// A profile of stationary strategies, exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stationary(Vec<Vec<Vec<Exact>>>);

/// Why numbers are no profile of stationary strategies of a game.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StationaryFault {
    /// Not one number for each action of each player in each state.
    #[error("there is not one chance for each action of each player in each state")]
    Shape,
    /// A number below zero.
    #[error("a chance of player {} in state {} is below 0", player.0 + 1, state.0 + 1)]
    Negative {
        /// The state.
        state: StateId,
        /// The player.
        player: PlayerId,
    },
    /// Chances that do not add up to one.
    #[error("chances of player {} in state {} sum to {sum}; expected 1", player.0 + 1, state.0 + 1)]
    Sum {
        /// The state.
        state: StateId,
        /// The player.
        player: PlayerId,
        /// Their sum.
        sum: Exact,
    },
}

impl Stationary {
    /// Strategies from chances: by state, then player, then action.
    ///
    /// # Errors
    /// The first fault.
    pub fn new(game: &StochasticGame, chances: Vec<Vec<Vec<Exact>>>) -> Result<Self, StationaryFault> {
        let shape: Vec<Vec<usize>> = chances.iter().map(|players| players.iter().map(Vec::len).collect()).collect();
        let needed: Vec<Vec<usize>> = game.states().map(|(_, form)| form.sizes()).collect();
        if shape != needed {
            return Err(StationaryFault::Shape);
        }
        for (state, players) in chances.iter().enumerate() {
            for (player, own) in players.iter().enumerate() {
                let (state, player) = (StateId::from_index(state), PlayerId::from_index(player));
                if own.iter().any(|chance| chance.signum() < 0) {
                    return Err(StationaryFault::Negative { state, player });
                }
                let sum: Exact = own.iter().cloned().sum();
                if sum != Exact::ONE {
                    return Err(StationaryFault::Sum { state, player, sum });
                }
            }
        }
        Ok(Self(chances))
    }

    /// Every action of a player equally likely.
    pub fn uniform(game: &StochasticGame) -> Self {
        let own = |size: usize| vec![Exact::ratio(1, size as i64); size];
        Self(game.states().map(|(_, form)| form.sizes().into_iter().map(own).collect()).collect())
    }

    /// Strategies from floats: multiples of 2⁻⁵², what is missing going to the likeliest action.
    ///
    /// What is not a number counts as zero.
    ///
    /// # Panics
    /// If there is not one number for each action of each player in each state.
    pub fn rounded(game: &StochasticGame, chances: &[Vec<Vec<f64>>]) -> Self {
        let of = |players: &Vec<Vec<f64>>| players.iter().map(|own| rounded(own)).collect();
        let found = Self(chances.iter().map(of).collect());
        Self::new(game, found.0).expect("rounded chances are chances")
    }

    /// The chance of each action of a player in a state.
    pub fn of(&self, state: StateId, player: PlayerId) -> &[Exact] {
        &self.0[state.index()][player.index()]
    }

    /// All chances: by state, then player, then action.
    pub fn chances(&self) -> &[Vec<Vec<Exact>>] {
        &self.0
    }
}

fn rounded(own: &[f64]) -> Vec<Exact> {
    let size = |chance: &f64| if *chance > 0.0 { chance.min(1e6) } else { 0.0 };
    let total: f64 = own.iter().map(size).sum();
    if total <= 0.0 {
        return vec![Exact::ratio(1, own.len() as i64); own.len()];
    }
    let unit = (1_u64 << 52) as f64;
    let mut parts: Vec<i64> = own.iter().map(|chance| libm::round(size(chance) / total * unit) as i64).collect();
    let likeliest = (0..parts.len()).max_by_key(|at| parts[*at]).expect("an action");
    parts[likeliest] += (1_i64 << 52) - parts.iter().sum::<i64>();
    parts.into_iter().map(|part| Exact::ratio(part, 1 << 52)).collect()
}

/// A float as it is, exactly; nothing if it is not finite.
pub(super) fn exact_from(value: f64) -> Option<Exact> {
    if !value.is_finite() {
        return None;
    }
    let (mantissa, exponent) = libm::frexp(value);
    let whole = BigInt::from(libm::ldexp(mantissa, 53) as i64);
    let power = exponent - 53;
    let two = |power: i32| BigInt::from(1) << power;
    Some(if power >= 0 {
        Exact::from_ratio(&(whole * two(power)), &BigInt::from(1))
    } else {
        Exact::from_ratio(&whole, &two(-power))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_become_themselves() {
        for value in [0.0, 1.0, -0.1, 3e-9, 12345.678, -1e20, 5e-300] {
            let exact = exact_from(value).expect("finite");
            assert!((exact.to_f64() - value).abs() <= f64::EPSILON * value.abs(), "{value}");
        }
        assert_eq!(exact_from(-0.375), Some(Exact::ratio(-3, 8)));
        assert_eq!(exact_from(f64::NAN), None);
    }
}
