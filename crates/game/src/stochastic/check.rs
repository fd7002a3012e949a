//! Certificates of stationary strategies, from the game and the strategies alone.
//!
//! Against stationary strategies of the others a player faces a Markov decision problem, so
//! that no strategy of any kind does better than the best stationary one.

use detente_base::{Budget, Exact, StopReason};

use super::model::{ProfileForm, StochasticGame};
use super::strategy::Stationary;
use crate::lemke::linear::{Equation, solve};

/// What stationary strategies give, and what each player could gain by deviating alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StationaryRegret {
    /// For each player and state, no more than what the strategies give from there on.
    pub low: Vec<Vec<Exact>>,
    /// For each player and state, no less than the most that the player could have.
    pub best: Vec<Vec<Exact>>,
}

impl StationaryRegret {
    /// The most that anybody could gain from any state; an upper bound after
    /// [`bounded_regret`].
    pub fn max(&self) -> Exact {
        let pairs = self.best.iter().flatten().zip(self.low.iter().flatten());
        pairs.map(|(best, low)| best - low).max().unwrap_or(Exact::ZERO)
    }

    /// Whether nobody could gain anything.
    pub fn is_equilibrium(&self) -> bool {
        self.max().signum() <= 0
    }
}

/// What a player faces: for each state and own action what is paid, and the chances of the
/// next states.
struct Faced {
    actions: Vec<Vec<(Exact, Vec<Exact>)>>,
    discount: Exact,
}

impl Faced {
    fn new(game: &StochasticGame, strategies: &Stationary, player: usize) -> Self {
        let states = game.state_count();
        let of_state = |(id, form): (super::StateId, &super::StateForm)| {
            let mut own = vec![(Exact::ZERO, vec![Exact::ZERO; states]); form.actions[player].len()];
            for (profile, ProfileForm { payoffs, next }) in form.profiles.iter().enumerate() {
                let actions = form.actions_of(profile);
                let others = (0..actions.len()).filter(|other| *other != player);
                let chance = others.fold(Exact::ONE, |chance, other| {
                    &chance * &strategies.chances()[id.index()][other][actions[other]]
                });
                if chance.is_zero() {
                    continue;
                }
                let (paid, moves) = &mut own[actions[player]];
                *paid = &*paid + &(&chance * &payoffs[player]);
                for (state, part) in next {
                    let sum = &mut moves[state.index()];
                    *sum = &*sum + &(&chance * part);
                }
            }
            own
        };
        Self { actions: game.states().map(of_state).collect(), discount: game.discounts()[player].clone() }
    }

    /// What an action is worth, given what states are worth.
    fn worth(&self, state: usize, action: usize, values: &[Exact]) -> Exact {
        let (paid, moves) = &self.actions[state][action];
        let later: Exact = moves.iter().zip(values).map(|(chance, value)| chance * value).sum();
        paid + &(&self.discount * &later)
    }

    /// What mixed actions are worth, given what states are worth.
    fn mixed(&self, state: usize, chances: &[Exact], values: &[Exact]) -> Exact {
        let played = chances.iter().enumerate().filter(|(_, chance)| !chance.is_zero());
        played.map(|(action, chance)| chance * &self.worth(state, action, values)).sum()
    }

    /// What a stationary strategy gives from each state, solved exactly.
    fn values(&self, strategy: &[Vec<Exact>], budget: &Budget) -> Result<Vec<Exact>, StopReason> {
        let states = self.actions.len();
        let equation = |state: usize| {
            let mut left = vec![Exact::ZERO; states];
            left[state] = Exact::ONE;
            let mut right = Exact::ZERO;
            for ((paid, moves), chance) in self.actions[state].iter().zip(&strategy[state]) {
                right = &right + &(chance * paid);
                let weight = chance * &self.discount;
                left.iter_mut().zip(moves).for_each(|(sum, part)| *sum = &*sum - &(&weight * part));
            }
            let entries = left.into_iter().enumerate().filter(|(_, entry)| !entry.is_zero());
            Equation { left: entries.map(|(at, entry)| (at as u32, entry)).collect(), right: vec![right] }
        };
        let solved = solve((0..states).map(equation).collect(), states, budget)?;
        let solved = solved.expect("values of discounted payoffs are unique");
        Ok(solved.into_iter().map(|mut value| value.remove(0)).collect())
    }
}

/// Payoffs and best replies, exactly: best replies by policy iteration from the strategies.
///
/// Cost: for each player a few solutions of as many exact equations as there are states.
///
/// # Errors
/// When the budget is used up.
///
/// Source: `[Howard1960]` (policy iteration).
pub fn exact_regret(
    game: &StochasticGame,
    strategies: &Stationary,
    budget: &Budget,
) -> Result<StationaryRegret, StopReason> {
    let mut regret = StationaryRegret { low: Vec::new(), best: Vec::new() };
    for player in 0..game.player_count() {
        let faced = Faced::new(game, strategies, player);
        let mut policy: Vec<Vec<Exact>> = strategies.chances().iter().map(|own| own[player].clone()).collect();
        let given = faced.values(&policy, budget)?;
        let mut best = given.clone();
        loop {
            budget.check()?;
            let mut improved = false;
            for (state, own) in policy.iter_mut().enumerate() {
                let worth = |action: &usize| faced.worth(state, *action, &best);
                let chosen = (0..own.len()).max_by_key(worth).expect("an action");
                if worth(&chosen) > best[state] {
                    improved = true;
                    own.iter_mut().for_each(|chance| *chance = Exact::ZERO);
                    own[chosen] = Exact::ONE;
                }
            }
            if !improved {
                break;
            }
            best = faced.values(&policy, budget)?;
        }
        regret.low.push(given);
        regret.best.push(best);
    }
    Ok(regret)
}

/// Bounds on payoffs and best replies from proposed values, by one exact step from them.
///
/// If a step under the strategies falls at most e below the values v, the strategies give at
/// least v − e/(1−δ); if no action rises more than d above v, nobody has more than
/// v + d/(1−δ).
///
/// Cost: O(states · profiles · (players + next states)) exact operations.
///
/// # Panics
/// If there is not one value for each player and state.
///
/// Source: `[Blackwell1965]` (contraction).
pub fn bounded_regret(game: &StochasticGame, strategies: &Stationary, values: &[Vec<Exact>]) -> StationaryRegret {
    let mut regret = StationaryRegret { low: Vec::new(), best: Vec::new() };
    for (player, own) in values.iter().enumerate() {
        let faced = Faced::new(game, strategies, player);
        let rest = &Exact::ONE - &faced.discount;
        let states = 0..game.state_count();
        let fall = states.clone().map(|state| {
            let chances = &strategies.chances()[state][player];
            &own[state] - &faced.mixed(state, chances, own)
        });
        let rise = states.flat_map(|state| {
            let worth = faced.actions[state].iter().enumerate().map(move |(action, _)| (state, action));
            worth.map(|(state, action)| &faced.worth(state, action, own) - &own[state]).collect::<Vec<_>>()
        });
        let fall = &fall.max().expect("a state") / &rest;
        let rise = &rise.max().expect("a state") / &rest;
        regret.low.push(own.iter().map(|value| value - &fall).collect());
        regret.best.push(own.iter().map(|value| value + &rise).collect());
    }
    regret
}
