//! One iteration: payoffs of sequences, regrets of actions, the next strategy.

use super::Method;
use super::flat::{Flat, FlatPlayer};

/// What is known so far.
pub(super) struct State<'f> {
    flat: &'f Flat,
    method: Method,
    players: Vec<PlayerState>,
    /// Payoffs of the sequences of the player that is looked at.
    gradient: Vec<f64>,
}

/// What is known of one player, by sequence.
struct PlayerState {
    regrets: Vec<f64>,
    /// The last instantaneous regrets, for methods that predict.
    last: Vec<f64>,
    /// Probability of each sequence's last action.
    strategy: Vec<f64>,
    /// The realization plan of the strategy.
    plan: Vec<f64>,
    /// Sums of plans.
    sums: Vec<f64>,
}

impl<'f> State<'f> {
    pub(super) fn new(flat: &'f Flat, method: Method) -> Self {
        let start = |own: &FlatPlayer| {
            let count = own.actions.len();
            let mut state = PlayerState {
                regrets: vec![0.0; count],
                last: vec![0.0; count],
                strategy: vec![1.0; count],
                plan: vec![1.0; count],
                sums: vec![0.0; count],
            };
            for set in &own.sets {
                set.sequences().for_each(|sequence| state.strategy[sequence] = 1.0 / f64::from(set.count));
            }
            realize(own, &state.strategy, &mut state.plan);
            state
        };
        let longest = flat.players.iter().map(|own| own.actions.len()).max().unwrap_or(0);
        Self { flat, method, players: flat.players.iter().map(start).collect(), gradient: vec![0.0; longest] }
    }

    /// The `number`-th iteration, counted from 1: every player in turn against the others'
    /// newest strategies.
    pub(super) fn iterate(&mut self, number: u64) {
        for player in 0..self.flat.players.len() {
            self.fill_gradient(player, |state| &state.plan);
            let own = &self.flat.players[player];
            let state = &mut self.players[player];
            update_regrets(own, state, &mut self.gradient, (self.method, number as f64));
            realize(own, &state.strategy, &mut state.plan);
            add_to_average(state, (self.method, number as f64));
        }
    }

    /// Payoffs of a player's sequences when the others play certain plans.
    fn fill_gradient(&mut self, player: usize, plan: impl Fn(&PlayerState) -> &[f64]) {
        let own = &self.flat.players[player];
        let gradient = &mut self.gradient[..own.actions.len()];
        if self.flat.players.len() == 2 {
            let other = plan(&self.players[1 - player]);
            for (value, range) in gradient.iter_mut().zip(own.starts.windows(2)) {
                let (from, to) = (range[0] as usize, range[1] as usize);
                let pairs = own.meets[from..to].iter().zip(&own.payoffs[from..to]);
                *value = pairs.map(|(meets, payoff)| other[*meets as usize] * payoff).sum();
            }
            return;
        }
        let count = self.flat.players.len();
        for (value, range) in gradient.iter_mut().zip(own.starts.windows(2)) {
            let (from, to) = (range[0] as usize, range[1] as usize);
            let mut sum = 0.0;
            for (leaf, payoff) in own.meets[from..to].iter().zip(&own.payoffs[from..to]) {
                let sequences = &self.flat.leaves[*leaf as usize * count..(*leaf as usize + 1) * count];
                let others = (0..count).filter(|other| *other != player);
                sum +=
                    others.fold(*payoff, |reach, other| reach * plan(&self.players[other])[sequences[other] as usize]);
            }
            *value = sum;
        }
    }

    /// What each player could gain against the others' averages.
    pub(super) fn gains(&mut self) -> Vec<f64> {
        let averages: Vec<Vec<f64>> = (0..self.players.len()).map(|player| self.average_plan(player)).collect();
        let kept: Vec<Vec<f64>> = (self.players.iter_mut().zip(&averages))
            .map(|(state, average)| std::mem::replace(&mut state.plan, average.clone()))
            .collect();
        let mut gains = Vec::with_capacity(averages.len());
        for (player, average) in averages.iter().enumerate() {
            self.fill_gradient(player, |state| &state.plan);
            let own = &self.flat.players[player];
            let value: f64 = average.iter().zip(&self.gradient).map(|(weight, payoff)| weight * payoff).sum();
            for set in own.sets.iter().rev() {
                let best = self.gradient[set.sequences()].iter().copied().fold(f64::NEG_INFINITY, f64::max);
                self.gradient[set.before as usize] += best;
            }
            gains.push((self.gradient[0] - value).max(0.0));
        }
        self.players.iter_mut().zip(kept).for_each(|(state, plan)| state.plan = plan);
        gains
    }

    /// Expected payoffs under the averages.
    pub(super) fn payoffs(&mut self) -> Vec<f64> {
        let averages: Vec<Vec<f64>> = (0..self.players.len()).map(|player| self.average_plan(player)).collect();
        for (state, average) in self.players.iter_mut().zip(&averages) {
            state.plan.clone_from(average);
        }
        let mut payoffs = Vec::with_capacity(averages.len());
        for (player, average) in averages.iter().enumerate() {
            self.fill_gradient(player, |state| &state.plan);
            payoffs.push(average.iter().zip(&self.gradient).map(|(weight, payoff)| weight * payoff).sum());
        }
        payoffs
    }

    /// Probabilities of the average strategies, by position in tables over all actions.
    pub(super) fn write_average(&self, average: &mut [f64]) {
        for (player, own) in self.flat.players.iter().enumerate() {
            let strategy = self.average_strategy(player);
            for sequence in 1..own.actions.len() {
                average[own.actions[sequence]] = strategy[sequence];
            }
        }
    }

    fn average_strategy(&self, player: usize) -> Vec<f64> {
        let (own, state) = (&self.flat.players[player], &self.players[player]);
        let mut strategy = vec![1.0; own.actions.len()];
        for set in &own.sets {
            let sum: f64 = state.sums[set.sequences()].iter().sum();
            for sequence in set.sequences() {
                strategy[sequence] = if sum > 0.0 { state.sums[sequence] / sum } else { 1.0 / f64::from(set.count) };
            }
        }
        strategy
    }

    fn average_plan(&self, player: usize) -> Vec<f64> {
        let own = &self.flat.players[player];
        let mut plan = vec![1.0; own.actions.len()];
        realize(own, &self.average_strategy(player), &mut plan);
        plan
    }
}

/// The realization plan of a strategy.
fn realize(own: &FlatPlayer, strategy: &[f64], plan: &mut [f64]) {
    plan[0] = 1.0;
    for set in &own.sets {
        let before = plan[set.before as usize];
        for sequence in set.sequences() {
            plan[sequence] = before * strategy[sequence];
        }
    }
}

/// Turns payoffs of sequences into regrets and the next strategy, the last sets first.
fn update_regrets(own: &FlatPlayer, state: &mut PlayerState, gradient: &mut [f64], (method, number): (Method, f64)) {
    // What is left of earlier regrets.
    let (positive, negative) = match method {
        Method::Linear => {
            let kept = number / (number + 1.0);
            (kept, kept)
        }
        Method::Discounted { positive, negative, .. } => (kept_share(number, positive), kept_share(number, negative)),
        Method::Cfr | Method::CfrPlus | Method::CfrPlusSquared | Method::Predictive => (1.0, 1.0),
    };
    let floored = matches!(method, Method::CfrPlus | Method::CfrPlusSquared | Method::Predictive);
    let predicts = matches!(method, Method::Predictive);
    for set in own.sets.iter().rev() {
        let range = set.sequences();
        let payoffs = &gradient[range.clone()];
        let strategy = &mut state.strategy[range.clone()];
        let value: f64 = payoffs.iter().zip(strategy.iter()).map(|(payoff, chance)| payoff * chance).sum();
        let regrets = &mut state.regrets[range.clone()];
        let mut sum = 0.0;
        if predicts {
            let last = &mut state.last[range.clone()];
            for ((regret, payoff), last) in regrets.iter_mut().zip(payoffs).zip(last.iter_mut()) {
                *last = payoff - value;
                *regret = (*regret + *last).max(0.0);
                sum += (*regret + *last).max(0.0);
            }
            let next = regrets.iter().zip(last.iter()).map(|(regret, last)| (regret + last).max(0.0));
            strategy.iter_mut().zip(next).for_each(|(chance, next)| *chance = next);
        } else {
            for (regret, payoff) in regrets.iter_mut().zip(payoffs) {
                let now = *regret + (payoff - value);
                *regret = if floored { now.max(0.0) } else { now * if now > 0.0 { positive } else { negative } };
                sum += regret.max(0.0);
            }
            strategy.iter_mut().zip(regrets.iter()).for_each(|(chance, regret)| *chance = regret.max(0.0));
        }
        if sum > 0.0 {
            let scale = 1.0 / sum;
            strategy.iter_mut().for_each(|chance| *chance *= scale);
        } else {
            strategy.fill(1.0 / f64::from(set.count));
        }
        gradient[set.before as usize] += value;
    }
}

fn kept_share(number: f64, exponent: f64) -> f64 {
    let power = libm::pow(number, exponent);
    power / (power + 1.0)
}

/// Adds the newest plan to the average.
fn add_to_average(state: &mut PlayerState, (method, number): (Method, f64)) {
    let (kept, weight) = match method {
        Method::Cfr => (1.0, 1.0),
        Method::CfrPlus => (1.0, number),
        Method::CfrPlusSquared | Method::Predictive => (1.0, number * number),
        Method::Linear => (number / (number + 1.0), 1.0),
        Method::Discounted { average, .. } => (libm::pow(number / (number + 1.0), average), 1.0),
    };
    if kept < 1.0 {
        state.sums.iter_mut().zip(&state.plan).for_each(|(sum, plan)| *sum = (*sum + plan) * kept);
    } else {
        state.sums.iter_mut().zip(&state.plan).for_each(|(sum, plan)| *sum += weight * plan);
    }
}
