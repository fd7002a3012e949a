//! The rows with which pivoting begins.

use detente_base::Exact;

use super::number::Number;
use super::start::Problem;

/// Linear forms over the variables that are not basic at first, z, and powers of ε.
pub(super) struct Forms<'a, F> {
    problem: &'a Problem<'a>,
    width: usize,
    pub(super) size: usize,
    /// For each player and sequence the form of x(σ).
    weights: [Vec<Vec<F>>; 2],
    scale: F,
}

impl<'a, F: Number> Forms<'a, F> {
    pub(super) fn new(problem: &'a Problem<'a>) -> Self {
        let size = problem.size();
        let width = size + 1 + problem.depth + 1;
        // Exact numbers need no scale; floats should be near one.
        let paid = problem.meetings.iter().flat_map(|meeting| &meeting.payoffs);
        let largest = paid.map(|paid| if paid.signum() < 0 { -paid } else { paid.clone() }).max();
        let scale = largest.and_then(|largest| Exact::ONE.checked_div(&largest)).unwrap_or(Exact::ONE);
        let mut forms = Self { problem, width, size, weights: [Vec::new(), Vec::new()], scale: F::from_exact(&scale) };
        forms.weights = [0, 1].map(|player| forms.weights_of(player));
        forms
    }

    fn zero(&self) -> Vec<F> {
        vec![F::zero(); self.width]
    }

    fn power(&self, level: usize) -> usize {
        self.size + 1 + level
    }

    /// The column of a sequence: its weight, or its loss where its weight is basic at first.
    fn column(&self, player: usize, sequence: usize) -> usize {
        self.problem.position(player, sequence)
    }

    pub(super) fn chosen(&self, player: usize, sequence: usize) -> bool {
        sequence > 0 && self.problem.reply[player][self.problem.set_of[player][sequence]] == sequence
    }

    /// x(σ) of all sequences; that of nothing done is 1 − z.
    fn weights_of(&self, player: usize) -> Vec<Vec<F>> {
        let own = self.problem.player(player);
        let mut weights: Vec<Vec<F>> = vec![Vec::new(); own.len()];
        let mut root = self.zero();
        root[self.power(0)] = F::one();
        root[self.size] = F::one().negated();
        weights[0] = root;
        let minus = F::one().negated();
        for (at, set) in own.sets.iter().enumerate() {
            let before = set.before as usize;
            let mut rest = weights[before].clone();
            let level = self.problem.levels[player][before];
            if before > 0 {
                let power = self.power(level);
                rest[power].add_product(&F::one(), &F::one());
            }
            let power = self.power(level + 1);
            let count = F::from_exact(&Exact::from(i64::from(set.count)));
            rest[power].add_product(&minus, &count);
            let chosen = self.problem.reply[player][at];
            for sequence in set.sequences().filter(|sequence| *sequence != chosen) {
                let column = self.column(player, sequence);
                let mut own = self.zero();
                own[column] = F::one();
                weights[sequence] = own;
                rest[column].add_product(&F::one(), &minus);
            }
            weights[chosen] = rest;
        }
        weights
    }

    /// What each sequence of a player is worth against the other's whole plan.
    fn worths(&self, player: usize) -> Vec<Vec<F>> {
        let mut worths = vec![self.zero(); self.problem.player(player).len()];
        for meeting in &self.problem.meetings {
            let (own, other) = (meeting.at[player], meeting.at[1 - player]);
            let paid = F::from_exact(&meeting.payoffs[player]).times(&self.scale);
            if paid == F::zero() {
                continue;
            }
            let worth = &mut worths[own];
            let weight = &self.weights[1 - player][other];
            worth.iter_mut().zip(weight).for_each(|(sum, part)| sum.add_product(&paid, part));
            worth[self.size].add_product(&paid, &F::from_exact(&self.problem.prior[1 - player][other]));
            if other > 0 {
                let power = self.size + 1 + self.problem.levels[1 - player][other];
                worth[power].add_product(&paid, &F::one());
            }
        }
        worths
    }

    /// The rows of a player: x(b) of the chosen, w(c) of the others.
    pub(super) fn rows(&self, player: usize, rows: &mut [Vec<F>]) {
        let own = self.problem.player(player);
        let worths = self.worths(player);
        let (one, minus) = (F::one(), F::one().negated());
        let add = |sum: &mut Vec<F>, factor: &F, part: &[F]| {
            sum.iter_mut().zip(part).for_each(|(sum, part)| sum.add_product(factor, part));
        };
        // The value of a set, and of each of its sequences with all that follows.
        let mut values: Vec<Vec<F>> = vec![Vec::new(); own.sets.len()];
        for (at, set) in own.sets.iter().enumerate().rev() {
            let follows = |sequence: usize| {
                let mut sum = worths[sequence].clone();
                self.problem.after[player][sequence].iter().for_each(|set| add(&mut sum, &one, &values[*set]));
                sum
            };
            let chosen = self.problem.reply[player][at];
            let mut value = follows(chosen);
            value[self.column(player, chosen)].add_product(&one, &one);
            for sequence in set.sequences() {
                let row = self.column(player, sequence);
                if sequence == chosen {
                    rows[row].clone_from(&self.weights[player][sequence]);
                } else {
                    let mut loss = value.clone();
                    add(&mut loss, &minus, &follows(sequence));
                    rows[row] = loss;
                }
            }
            values[at] = value;
        }
    }

    /// Counts the losses of each set in units of the largest entry of its rows, so that what
    /// chance seldom leads to is not taken for rounding.
    pub(super) fn scale_losses(&self, player: usize, rows: &mut [Vec<F>]) {
        for (at, set) in self.problem.player(player).sets.iter().enumerate() {
            let chosen = self.problem.reply[player][at];
            let own: Vec<usize> = set.sequences().filter(|s| *s != chosen).map(|s| self.column(player, s)).collect();
            let sizes = own.iter().flat_map(|row| &rows[*row]).map(Number::size);
            let Some(unit) = sizes.reduce(|a, b| if a < b { b } else { a }).filter(|unit| *unit > F::zero()) else {
                continue;
            };
            let inverse = F::one().over(&unit);
            for row in own {
                rows[row].iter_mut().for_each(|entry| *entry = entry.times(&inverse));
            }
            let column = self.column(player, chosen);
            rows.iter_mut().for_each(|row| row[column] = row[column].times(&unit));
        }
    }
}
