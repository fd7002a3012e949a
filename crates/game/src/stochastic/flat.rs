//! A stochastic game in floats.

use detente_base::Exact;

use super::dense::Dense;
use super::model::{ProfileForm, StateForm, StateId, StochasticGame};

/// A profile of actions in a state.
pub(super) struct FlatProfile {
    pub(super) actions: Vec<usize>,
    pub(super) payoffs: Vec<f64>,
    pub(super) next: Vec<(usize, f64)>,
}

/// The game in floats.
pub(super) struct Flat {
    pub(super) discounts: Vec<f64>,
    pub(super) sizes: Vec<Vec<usize>>,
    pub(super) states: Vec<Vec<FlatProfile>>,
}

impl Flat {
    pub(super) fn new(game: &StochasticGame) -> Self {
        let profile = |actions: Vec<usize>, form: &ProfileForm| FlatProfile {
            actions,
            payoffs: form.payoffs.iter().map(Exact::to_f64).collect(),
            next: form.next.iter().map(|(state, chance)| (state.index(), chance.to_f64())).collect(),
        };
        let of_state = |(_, form): (StateId, &StateForm)| {
            let profiles = form.profiles.iter().enumerate();
            profiles.map(|(number, own)| profile(form.actions_of(number), own)).collect()
        };
        Self {
            discounts: game.discounts().iter().map(Exact::to_f64).collect(),
            sizes: game.states().map(|(_, form)| form.sizes()).collect(),
            states: game.states().map(of_state).collect(),
        }
    }

    pub(super) fn players(&self) -> usize {
        self.discounts.len()
    }

    /// What a profile is worth to a player, given what the states are worth to it.
    pub(super) fn worth(&self, profile: &FlatProfile, player: usize, values: &[f64]) -> f64 {
        let later: f64 = profile.next.iter().map(|(state, chance)| chance * values[*state]).sum();
        profile.payoffs[player] + self.discounts[player] * later
    }

    /// The payoffs of a state to the first of two players as a matrix, given what the states
    /// are worth to it.
    pub(super) fn matrix(&self, state: usize, values: &[f64]) -> Vec<Vec<f64>> {
        let (rows, columns) = (self.sizes[state][0], self.sizes[state][1]);
        let entry = |row: usize, column: usize| self.worth(&self.states[state][row + column * rows], 0, values);
        (0..rows).map(|row| (0..columns).map(|column| entry(row, column)).collect()).collect()
    }

    /// What strategies are worth to a player from each state; nothing if rounding forbids.
    pub(super) fn values(&self, strategies: &[Vec<Vec<f64>>], player: usize) -> Option<Vec<f64>> {
        let mut equations = Dense::new(self.states.len());
        for (state, profiles) in self.states.iter().enumerate() {
            equations.row(state)[state] += 1.0;
            for profile in profiles {
                let played = strategies[state].iter().zip(&profile.actions);
                let chance: f64 = played.map(|(own, action)| own[*action]).product();
                if chance == 0.0 {
                    continue;
                }
                equations.right[state] += chance * profile.payoffs[player];
                let weight = chance * self.discounts[player];
                let row = equations.row(state);
                profile.next.iter().for_each(|(next, part)| row[*next] -= weight * part);
            }
        }
        equations.solve()
    }
}
