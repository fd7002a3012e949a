//! From what is nearly an equilibrium to one: the indifference of what is played, by
//! Newton's method.

use super::dense::{Dense, size_of};
use super::equations::{System, Worths};

/// How far polishing may move a chance.
const MOST_MOVED: f64 = 0.05;

/// An equilibrium near a point of the path with a given least chance of what is played.
pub(super) fn polished(system: &System, point: &[f64], least: f64) -> Option<Vec<Vec<Vec<f64>>>> {
    let near = system.chances(point);
    let support = Support::new(system, &near, least);
    let mut values: Vec<f64> = point[system.betas..system.size].to_vec();
    let mut chances: Vec<Vec<Vec<f64>>> = near.clone();
    support.restrict(&mut chances);
    let mut best = f64::INFINITY;
    for _ in 0..60 {
        let equations = support.equations(system, &chances, &values);
        let fails = size_of(&equations.right);
        if fails < 1e-15 || (fails < 1e-11 && fails >= 0.9 * best) {
            break;
        }
        best = best.min(fails);
        let change = solve(equations)?;
        support.apply(&change, &mut chances, &mut values);
    }
    let moved = |(a, b): (&Vec<f64>, &Vec<f64>)| a.iter().zip(b).all(|(a, b)| (a - b).abs() <= MOST_MOVED);
    let players = chances.iter().flatten().zip(near.iter().flatten());
    let close = best < 1e-7 && players.clone().all(moved);
    let positive = chances.iter().flatten().flatten().all(|chance| *chance >= -1e-12);
    (close && positive).then_some(chances)
}

/// Newton's step, or where that is not defined one that is short and falls.
fn solve(equations: Dense) -> Option<Vec<f64>> {
    let (size, left, right) = (equations.size, equations.left.clone(), equations.right.clone());
    if let Some(change) = equations.solve()
        && size_of(&change) < 0.5
    {
        return Some(change);
    }
    let mut damped = Dense::new(size);
    let weight: f64 = right.iter().map(|fail| fail * fail).sum::<f64>().max(1e-18);
    for (row, fail) in left.chunks_exact(size).zip(&right) {
        for (at, entry) in row.iter().enumerate().filter(|(_, entry)| **entry != 0.0) {
            damped.right[at] += entry * fail;
            damped.row(at).iter_mut().zip(row).for_each(|(sum, other)| *sum += entry * other);
        }
    }
    for at in 0..size {
        damped.row(at)[at] += weight;
    }
    damped.solve()
}

/// What is played, with numbers for the unknowns.
struct Support {
    /// For each state and player the actions that are played.
    played: Vec<Vec<Vec<usize>>>,
    /// For each state and player the first of their unknowns.
    from: Vec<Vec<usize>>,
    chances: usize,
}

impl Support {
    fn new(system: &System, near: &[Vec<Vec<f64>>], least: f64) -> Self {
        let of = |own: &Vec<f64>| -> Vec<usize> { (0..own.len()).filter(|action| own[*action] >= least).collect() };
        let played: Vec<Vec<Vec<usize>>> = near.iter().map(|players| players.iter().map(of).collect()).collect();
        let mut chances = 0;
        let mut next = |own: &Vec<usize>| {
            chances += own.len();
            chances - own.len()
        };
        let from = played.iter().map(|players| players.iter().map(&mut next).collect()).collect();
        debug_assert_eq!(played.len(), system.flat.states.len());
        Self { played, from, chances }
    }

    fn restrict(&self, chances: &mut [Vec<Vec<f64>>]) {
        for (players, played) in chances.iter_mut().zip(&self.played) {
            for (own, played) in players.iter_mut().zip(played) {
                let total: f64 = played.iter().map(|action| own[*action]).sum();
                (0..own.len()).filter(|action| !played.contains(action)).for_each(|action| own[action] = 0.0);
                own.iter_mut().for_each(|chance| *chance /= total);
            }
        }
    }

    /// Each action played is worth the state's value; chances add up to one.
    fn equations(&self, system: &System, chances: &[Vec<Vec<f64>>], values: &[f64]) -> Dense {
        let (states, players) = (self.played.len(), system.flat.players());
        let mut found = Dense::new(self.chances + states * players);
        let by_player: Vec<&[f64]> = values.chunks_exact(states).collect();
        for state in 0..states {
            let worths = Worths::new(&system.flat, state, &chances[state], &by_player);
            for player in 0..players {
                let value = self.chances + player * states + state;
                for (at, action) in self.played[state][player].iter().enumerate() {
                    let row_at = self.from[state][player] + at;
                    let own = worths.from[player] + action;
                    found.right[row_at] = by_player[player][state] - worths.worth[own];
                    let row = found.row(row_at);
                    for other in (0..players).filter(|other| *other != player) {
                        for (place, theirs) in self.played[state][other].iter().enumerate() {
                            row[self.from[state][other] + place] =
                                worths.by_chance[own * worths.actions + worths.from[other] + theirs];
                        }
                    }
                    for next in 0..states {
                        row[self.chances + player * states + next] = worths.by_value[own * states + next];
                    }
                    row[value] -= 1.0;
                }
                let played = self.from[state][player]..self.from[state][player] + self.played[state][player].len();
                found.right[value] = 1.0 - chances[state][player].iter().sum::<f64>();
                found.row(value)[played].iter_mut().for_each(|entry| *entry = 1.0);
            }
        }
        found
    }

    fn apply(&self, change: &[f64], chances: &mut [Vec<Vec<f64>>], values: &mut [f64]) {
        for (state, players) in self.played.iter().enumerate() {
            for (player, played) in players.iter().enumerate() {
                for (at, action) in played.iter().enumerate() {
                    chances[state][player][*action] += change[self.from[state][player] + at];
                }
            }
        }
        values.iter_mut().zip(&change[self.chances..]).for_each(|(value, part)| *value += part);
    }
}
