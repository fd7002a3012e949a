//! Stochastic games, and best replies in them by value iteration.

use detente_base::{Exact, Pcg};
use detente_game::PlayerId;
use detente_game::stochastic::{ProfileForm, StateForm, StateId, Stationary, StochasticGame};

/// The names 1, 2, …
pub fn names(count: usize) -> Vec<String> {
    (1..=count).map(|at| at.to_string()).collect()
}

/// A fraction.
pub fn ratio(numerator: i64, denominator: i64) -> Exact {
    Exact::ratio(numerator, denominator)
}

/// Payoffs, and chances of the next states.
pub type Cell = (Vec<Exact>, Vec<(u32, Exact)>);

/// A state from its numbers of actions and, for each profile, payoffs and next states.
pub fn state(sizes: &[usize], profiles: Vec<Cell>) -> StateForm {
    let profile = |(payoffs, next): Cell| ProfileForm {
        payoffs,
        next: next.into_iter().map(|(state, chance)| (StateId(state), chance)).collect(),
    };
    StateForm {
        name: String::new(),
        actions: sizes.iter().map(|size| names(*size)).collect(),
        profiles: profiles.into_iter().map(profile).collect(),
    }
}

/// A zero-sum state from rows of payoffs to the first player and one next state each.
pub fn zero_sum(rows: &[Vec<(i64, u32)>]) -> StateForm {
    let columns = rows[0].len();
    let cell = |row: usize, column: usize| {
        let (payoff, next) = rows[row][column];
        (vec![Exact::from(payoff), Exact::from(-payoff)], vec![(next, Exact::ONE)])
    };
    let profiles = (0..columns).flat_map(|column| (0..rows.len()).map(move |row| cell(row, column))).collect();
    state(&[rows.len(), columns], profiles)
}

/// A game of players who discount alike.
pub fn game(discount: Exact, states: Vec<StateForm>) -> StochasticGame {
    let players = states[0].actions.len();
    StochasticGame::new(names(players), vec![discount; players], states).expect("a game")
}

/// A game with whole payoffs up to a size and many next states, zero-sum if opposed.
pub fn drawn(pcg: &mut Pcg, sizes: &[Vec<usize>], (discount, grid): (Exact, u32), opposed: bool) -> StochasticGame {
    let states = sizes.len();
    let of_state = |own: &Vec<usize>| {
        let profiles = (0..own.iter().product::<usize>()).map(|_| {
            let mut payoffs: Vec<Exact> =
                own.iter().map(|_| Exact::from(i64::from(pcg.below(2 * grid + 1)) - i64::from(grid))).collect();
            if opposed {
                payoffs[1] = -&payoffs[0];
            }
            let weights: Vec<i64> = (0..states).map(|_| i64::from(pcg.below(5))).collect();
            let total: i64 = weights.iter().sum::<i64>() + 1;
            let chance = |at: usize| ratio(weights[at] + i64::from(at == 0), total);
            (payoffs, (0..states).map(|at| (at as u32, chance(at))).collect())
        });
        state(own, profiles.collect())
    };
    game(discount, sizes.iter().map(of_state).collect())
}

/// What a player can have against the others' stationary strategies, by value iteration, and
/// what it has; from the game alone.
pub fn independent(game: &StochasticGame, strategies: &Stationary, player: usize) -> (Vec<f64>, Vec<f64>) {
    let (mut best, mut given) = (vec![0.0; game.state_count()], vec![0.0; game.state_count()]);
    let discount = game.discounts()[player].to_f64();
    for _ in 0..4000 {
        let (before_best, before_given) = (best.clone(), given.clone());
        for (id, form) in game.states() {
            let mut worths = vec![(0.0, 0.0); form.actions[player].len()];
            for (number, profile) in form.profiles.iter().enumerate() {
                let actions = form.actions_of(number);
                let chance = |other: usize| strategies.of(id, PlayerId(other as u32))[actions[other]].to_f64();
                let reach: f64 = (0..actions.len()).filter(|other| *other != player).map(chance).product();
                let later = |values: &[f64]| -> f64 {
                    profile.next.iter().map(|(next, part)| part.to_f64() * values[next.index()]).sum()
                };
                let paid = profile.payoffs[player].to_f64();
                worths[actions[player]].0 += reach * (paid + discount * later(&before_best));
                worths[actions[player]].1 += reach * (paid + discount * later(&before_given));
            }
            best[id.index()] = worths.iter().map(|worth| worth.0).fold(f64::NEG_INFINITY, f64::max);
            let own = strategies.of(id, PlayerId(player as u32));
            given[id.index()] = worths.iter().zip(own).map(|(worth, chance)| worth.1 * chance.to_f64()).sum();
        }
    }
    (best, given)
}
