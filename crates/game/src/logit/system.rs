//! The equations of a quantal response equilibrium and their derivatives, by one sweep from
//! the root and one back.

use super::flat::{Choice, Flat};
use super::pair::Pair;
use crate::tree::NONE;

/// A point: log-probabilities of all variables, and λ.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub(super) logs: Vec<Pair>,
    pub(super) lambda: f64,
}

impl Point {
    /// The point at a distance along a direction, λ last.
    pub(super) fn moved(&self, distance: f64, direction: &[f64]) -> Self {
        let logs = self.logs.iter().zip(direction).map(|(log, part)| log.plus(Pair::new(distance * part)));
        Self { logs: logs.collect(), lambda: self.lambda + distance * direction[self.logs.len()] }
    }
}

/// What a point means at every node and choice.
#[derive(Clone, Debug)]
pub(super) struct Sweep {
    /// Probability of each variable.
    pub(super) likely: Vec<f64>,
    /// For each node the probability of the step that leads there.
    steps: Vec<f64>,
    /// For each node the logarithm of how likely the game gets there, chance counted; of no
    /// meaning where chance never leads.
    reach: Vec<Pair>,
    /// For each node and player what it is worth.
    values: Vec<f64>,
    /// For each node the belief that it is the one, given its choice.
    pub(super) beliefs: Vec<f64>,
    /// What each variable's action is worth to who chooses, as it believes.
    pub(super) worths: Vec<f64>,
}

impl Sweep {
    /// Reads the tree from the root, and back.
    ///
    /// Cost: O(nodes · players).
    pub(super) fn new(flat: &Flat, logs: &[Pair]) -> Self {
        let likely: Vec<f64> = logs.iter().map(|log| libm::exp(log.value())).collect();
        let nodes = flat.parents.len();
        let mut reach: Vec<Pair> = Vec::with_capacity(nodes);
        let mut steps: Vec<f64> = Vec::with_capacity(nodes);
        for node in 0..nodes {
            let (step, log) = match flat.steps[node] {
                NONE => (libm::exp(flat.logs[node]), Pair::new(flat.logs[node])),
                step => (likely[step as usize], logs[step as usize]),
            };
            let before = if flat.parents[node] == NONE { Pair::default() } else { reach[flat.parents[node] as usize] };
            // Where chance never leads sums of infinities would be no numbers.
            reach.push(if flat.possible[node] { before.plus(log) } else { Pair::default() });
            steps.push(step);
        }
        let mut values = flat.paid.clone();
        for node in (1..nodes).rev() {
            let (above, below) = values.split_at_mut(node * flat.players);
            let sums = &mut above[flat.parents[node] as usize * flat.players..][..flat.players];
            sums.iter_mut().zip(below.iter()).for_each(|(sum, value)| *sum += steps[node] * value);
        }
        let mut sweep = Self { likely, steps, reach, values, beliefs: vec![0.0; nodes], worths: vec![0.0; flat.len()] };
        flat.choices.iter().for_each(|choice| sweep.value_actions(flat, choice));
        sweep
    }

    /// Bayes' rule among nodes that chance may lead to.
    pub(super) fn believe(&mut self, nodes: &[u32]) {
        let Some(first) = nodes.first() else { return };
        let likeliest = |best: Pair, node: &u32| {
            let next = self.reach[*node as usize];
            if next.minus(best) > 0.0 { next } else { best }
        };
        let best = nodes.iter().fold(self.reach[*first as usize], likeliest);
        let mut sum = 0.0;
        for node in nodes {
            let weight = libm::exp(self.reach[*node as usize].minus(best));
            self.beliefs[*node as usize] = weight;
            sum += weight;
        }
        nodes.iter().for_each(|node| self.beliefs[*node as usize] /= sum);
    }

    /// What the actions of a choice are worth.
    fn value_actions(&mut self, flat: &Flat, choice: &Choice) {
        self.believe(&choice.members);
        for node in &choice.members {
            let belief = self.beliefs[*node as usize];
            for (action, variable) in choice.variables.clone().enumerate() {
                self.worths[variable] += belief * self.value(flat, flat.child(*node, action), choice.player);
            }
        }
    }

    /// How likely the game gets to a choice.
    pub(super) fn likelihood(&self, choice: &Choice) -> f64 {
        choice.members.iter().map(|node| libm::exp(self.reach[*node as usize].value())).sum()
    }

    fn value(&self, flat: &Flat, node: usize, player: usize) -> f64 {
        self.values[node * flat.players + player]
    }

    /// The likeliest action of a choice.
    fn likeliest(&self, choice: &Choice) -> usize {
        let all = choice.variables.clone();
        all.fold(choice.variables.start, |best, next| if self.likely[next] > self.likely[best] { next } else { best })
    }

    /// The most that anybody could gain at a choice by another action now, as it believes.
    pub(super) fn gain(&self, flat: &Flat) -> f64 {
        let gain = |choice: &Choice| {
            let best = self.worths[choice.variables.clone()].iter().fold(f64::MIN, |best, worth| best.max(*worth));
            choice.variables.clone().map(|variable| self.likely[variable] * (best - self.worths[variable])).sum::<f64>()
        };
        flat.choices.iter().map(gain).fold(0.0, f64::max)
    }

    /// By how much each equation fails: for a choice with likeliest action r, the logarithm
    /// of the sum of its probabilities in the place of r, and
    /// log pₐ − log pᵣ − (bₐ − bᵣ) − λ (uₐ − uᵣ) in the place of every other action a.
    pub(super) fn residuals(&self, flat: &Flat, point: &Point, bias: &[f64]) -> Vec<f64> {
        let mut residuals = vec![0.0; flat.len()];
        for choice in &flat.choices {
            let reference = self.likeliest(choice);
            let sum: f64 = self.likely[choice.variables.clone()].iter().sum();
            for variable in choice.variables.clone() {
                residuals[variable] = if variable == reference {
                    libm::log(sum)
                } else {
                    let ratio = point.logs[variable].minus(point.logs[reference]) - (bias[variable] - bias[reference]);
                    ratio - point.lambda * (self.worths[variable] - self.worths[reference])
                };
            }
        }
        residuals
    }

    /// Derivatives of the equations by all variables and λ, a row for each, and room for one
    /// row more.
    ///
    /// Cost: O(nodes · depth · actions + variables²).
    pub(super) fn jacobian(&self, flat: &Flat, lambda: f64) -> Vec<f64> {
        let count = flat.len();
        let width = count + 1;
        let mut rows = vec![0.0; width * width];
        self.by_values(flat, &mut rows);
        self.by_beliefs(flat, &mut rows);
        for choice in &flat.choices {
            let reference = self.likeliest(choice);
            let base = rows[reference * width..][..count].to_vec();
            let sum: f64 = self.likely[choice.variables.clone()].iter().sum();
            for variable in choice.variables.clone() {
                let row = &mut rows[variable * width..][..width];
                if variable == reference {
                    row.fill(0.0);
                    choice.variables.clone().for_each(|own| row[own] = self.likely[own] / sum);
                    continue;
                }
                row.iter_mut().zip(&base).for_each(|(entry, base)| *entry = -lambda * (*entry - base));
                row[variable] += 1.0;
                row[reference] -= 1.0;
                row[count] = self.worths[reference] - self.worths[variable];
            }
        }
        rows
    }

    /// What a likelier action later on does to what actions before it are worth.
    fn by_values(&self, flat: &Flat, rows: &mut [f64]) {
        let width = flat.len() + 1;
        let mut own: Vec<f64> = Vec::new();
        for choice in &flat.choices {
            for node in &choice.members {
                own.clear();
                for (action, variable) in choice.variables.clone().enumerate() {
                    let values = &self.values[flat.child(*node, action) * flat.players..][..flat.players];
                    own.extend(values.iter().map(|value| self.likely[variable] * value));
                }
                let (mut at, mut reach) = (*node as usize, 1.0);
                while flat.parents[at] != NONE && reach > 0.0 {
                    let before = flat.parents[at] as usize;
                    if flat.steps[at] != NONE {
                        let player = flat.choices[flat.owners[before] as usize].player;
                        let weight = reach * self.beliefs[before];
                        let row = &mut rows[flat.steps[at] as usize * width..][choice.variables.clone()];
                        let values = own[player..].iter().step_by(flat.players);
                        row.iter_mut().zip(values).for_each(|(entry, value)| *entry += weight * value);
                    }
                    reach *= self.steps[at];
                    at = before;
                }
            }
        }
    }

    /// What a likelier action before a choice does to beliefs there, and so to what its
    /// actions are worth. What the player did itself tells it nothing.
    fn by_beliefs(&self, flat: &Flat, rows: &mut [f64]) {
        let width = flat.len() + 1;
        for choice in flat.choices.iter().filter(|choice| choice.members.len() > 1) {
            for node in choice.members.iter().filter(|node| self.beliefs[**node as usize] > 0.0) {
                let belief = self.beliefs[*node as usize];
                let above = |(action, variable): (usize, usize)| {
                    belief * (self.value(flat, flat.child(*node, action), choice.player) - self.worths[variable])
                };
                let above: Vec<f64> = choice.variables.clone().enumerate().map(above).collect();
                let mut at = *node as usize;
                while flat.parents[at] != NONE {
                    let before = flat.parents[at] as usize;
                    if flat.steps[at] != NONE && flat.choices[flat.owners[before] as usize].player != choice.player {
                        for (variable, above) in choice.variables.clone().zip(&above) {
                            rows[variable * width + flat.steps[at] as usize] += above;
                        }
                    }
                    at = before;
                }
            }
        }
    }
}
