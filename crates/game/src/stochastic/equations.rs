//! Logit equilibria of a stochastic game as equations.
//!
//! Unknown are the logarithms β of the chances of actions, the values V of states to players,
//! and how strongly payoffs count, λ. With Q the worth of an action,
//! Σ exp β = 1, βₐ − β₀ = log πₐ − log π₀ + λ·(Qₐ − Q₀), V = Σ exp(βₐ)·Qₐ
//! for each player and state; π is a prior, which is what is played at λ = 0.

use super::flat::Flat;
use super::model::StochasticGame;

/// What actions of a state are worth, and how that depends on what is played and on values.
pub(super) struct Worths {
    /// For each player the first of its actions among those of the state.
    pub(super) from: Vec<usize>,
    /// By action of the state.
    pub(super) worth: Vec<f64>,
    /// Derivatives by chances of the others' actions: actions × actions.
    pub(super) by_chance: Vec<f64>,
    /// Derivatives by the mover's values: actions × states.
    pub(super) by_value: Vec<f64>,
    pub(super) actions: usize,
}

impl Worths {
    pub(super) fn new(flat: &Flat, state: usize, chances: &[Vec<f64>], values: &[&[f64]]) -> Self {
        let mut from = Vec::with_capacity(chances.len());
        let actions = flat.sizes[state].iter().fold(0, |at, size| {
            from.push(at);
            at + size
        });
        let states = flat.states.len();
        let (worth, by_chance, by_value) =
            (vec![0.0; actions], vec![0.0; actions * actions], vec![0.0; actions * states]);
        let mut found = Self { from, worth, by_chance, by_value, actions };
        for profile in &flat.states[state] {
            let chance = |player: usize| chances[player][profile.actions[player]];
            let but = |a: usize, b: usize| -> f64 {
                (0..chances.len()).filter(|other| *other != a && *other != b).map(chance).product()
            };
            for (player, values) in values.iter().enumerate() {
                let own = found.from[player] + profile.actions[player];
                let worth = flat.worth(profile, player, values);
                let reach = but(player, player);
                found.worth[own] += reach * worth;
                for (next, part) in &profile.next {
                    found.by_value[own * states + next] += flat.discounts[player] * reach * part;
                }
                for other in (0..chances.len()).filter(|other| *other != player) {
                    let theirs = found.from[other] + profile.actions[other];
                    found.by_chance[own * actions + theirs] += but(player, other) * worth;
                }
            }
        }
        found
    }
}

/// The equations, with payoffs scaled so that values are between 0 and 1.
pub(super) struct System {
    pub(super) flat: Flat,
    /// For each state and player the first of its unknowns β.
    pub(super) from: Vec<Vec<usize>>,
    /// Number of unknowns β; values follow, player by player.
    pub(super) betas: usize,
    /// Number of equations; λ is the unknown after those.
    pub(super) size: usize,
    prior: Vec<f64>,
}

impl System {
    /// The equations of a game and a prior with weight on everything, by state, player and
    /// action.
    pub(super) fn new(game: &StochasticGame, prior: &[Vec<Vec<f64>>]) -> Self {
        let mut flat = Flat::new(game);
        for player in 0..flat.players() {
            let (least, most) = game.range(crate::PlayerId::from_index(player));
            let (least, range) = (least.to_f64(), (&most - &least).to_f64());
            let factor = (1.0 - flat.discounts[player]) / if range > 0.0 { range } else { 1.0 };
            let profiles = flat.states.iter_mut().flatten();
            profiles.for_each(|profile| profile.payoffs[player] = (profile.payoffs[player] - least) * factor);
        }
        let mut betas = 0;
        let mut next = |size: &usize| {
            betas += size;
            betas - size
        };
        let from = flat.sizes.iter().map(|sizes| sizes.iter().map(&mut next).collect()).collect();
        let size = betas + flat.players() * flat.states.len();
        let prior = prior.iter().flatten().flatten().map(|weight| libm::log(*weight)).collect();
        Self { flat, from, betas, size, prior }
    }

    /// Chances of actions, by state and player, at a point.
    pub(super) fn chances(&self, point: &[f64]) -> Vec<Vec<Vec<f64>>> {
        let own =
            |(from, size): (&usize, &usize)| point[*from..from + size].iter().map(|beta| libm::exp(*beta)).collect();
        self.from.iter().zip(&self.flat.sizes).map(|(from, sizes)| from.iter().zip(sizes).map(own).collect()).collect()
    }

    /// Values at a point, by player.
    pub(super) fn values<'a>(&self, point: &'a [f64]) -> Vec<&'a [f64]> {
        point[self.betas..self.size].chunks_exact(self.flat.states.len()).collect()
    }

    /// Where the path begins: the prior, at λ = 0.
    pub(super) fn start(&self) -> Option<Vec<f64>> {
        let mut point = self.prior.clone();
        let chances = self.chances(&point);
        for player in 0..self.flat.players() {
            point.extend(self.flat.values(&chances, player)?);
        }
        point.push(0.0);
        Some(point)
    }

    /// By how much the equations fail, and their derivatives: rows of one more entry than
    /// there are equations.
    pub(super) fn at(&self, point: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let width = self.size + 1;
        let (mut fails, mut slopes) = (vec![0.0; self.size], vec![0.0; self.size * width]);
        let (chances, values) = (self.chances(point), self.values(point));
        for (state, chances) in chances.iter().enumerate() {
            let worths = Worths::new(&self.flat, state, chances, &values);
            for player in 0..self.flat.players() {
                let place = Place { state, player, first: self.from[state][player] };
                self.choices(&place, (point, &worths, chances), (&mut fails, &mut slopes));
                self.value(&place, (point, &worths, chances), (&mut fails, &mut slopes));
            }
        }
        (fails, slopes)
    }

    fn choices(
        &self,
        place: &Place,
        (point, worths, chances): (&[f64], &Worths, &[Vec<f64>]),
        (fails, slopes): (&mut [f64], &mut [f64]),
    ) {
        let (width, states, lambda) = (self.size + 1, self.flat.states.len(), point[self.size]);
        let (first, own) = (place.first, worths.from[place.player]);
        let sum_row = &mut slopes[first * width..(first + 1) * width];
        fails[first] = -1.0;
        for (action, chance) in chances[place.player].iter().enumerate() {
            fails[first] += chance;
            sum_row[first + action] = *chance;
        }
        for action in 1..chances[place.player].len() {
            let row_at = first + action;
            let row = &mut slopes[row_at * width..(row_at + 1) * width];
            let gap = worths.worth[own + action] - worths.worth[own];
            let prior = self.prior[row_at] - self.prior[first];
            fails[row_at] = point[row_at] - point[first] - prior - lambda * gap;
            row[row_at] += 1.0;
            row[first] -= 1.0;
            row[self.size] = -gap;
            let difference = |table: &[f64], length: usize, at: usize| {
                table[(own + action) * length + at] - table[own * length + at]
            };
            for other in (0..chances.len()).filter(|other| *other != place.player) {
                for (theirs, chance) in chances[other].iter().enumerate() {
                    let slope = difference(&worths.by_chance, worths.actions, worths.from[other] + theirs);
                    row[self.from[place.state][other] + theirs] = -lambda * slope * chance;
                }
            }
            for next in 0..states {
                row[self.betas + place.player * states + next] -= lambda * difference(&worths.by_value, states, next);
            }
        }
    }

    fn value(
        &self,
        place: &Place,
        (point, worths, chances): (&[f64], &Worths, &[Vec<f64>]),
        (fails, slopes): (&mut [f64], &mut [f64]),
    ) {
        let (width, states) = (self.size + 1, self.flat.states.len());
        let row_at = self.betas + place.player * states + place.state;
        let row = &mut slopes[row_at * width..(row_at + 1) * width];
        fails[row_at] = point[row_at];
        row[row_at] += 1.0;
        for (action, chance) in chances[place.player].iter().enumerate() {
            let own = worths.from[place.player] + action;
            fails[row_at] -= chance * worths.worth[own];
            row[place.first + action] -= chance * worths.worth[own];
            for next in 0..states {
                row[self.betas + place.player * states + next] -= chance * worths.by_value[own * states + next];
            }
            for other in (0..chances.len()).filter(|other| *other != place.player) {
                for (theirs, part) in chances[other].iter().enumerate() {
                    let slope = worths.by_chance[own * worths.actions + worths.from[other] + theirs];
                    row[self.from[place.state][other] + theirs] -= chance * slope * part;
                }
            }
        }
    }
}

/// A player in a state, with the first of its unknowns.
struct Place {
    state: usize,
    player: usize,
    first: usize,
}
