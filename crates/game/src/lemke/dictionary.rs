//! Complementary pivoting on a dictionary whose right sides are polynomials in ε.
//!
//! Variables: for each sequence σ its weight x(σ) above the tremble, and its loss w(σ)
//! against the best action of its set; and z, the weight of the prior. A sequence has weight
//! or is a best reply, so x(σ)·w(σ) = 0. With one sequence b of each set chosen, the
//! conditions of a realization plan give x(b) and the values of the sets, which need no sign,
//! disappear: what is left is a linear complementarity problem of one row for each sequence.
//!
//! A player's whole plan is x + ε-trembles + z · prior.

use detente_base::{Budget, StopReason};
use rustc_hash::FxHashSet;

use super::forms::Forms;
use super::number::Number;
use super::start::Problem;

/// Pivots for each row after which the path counts as lost.
const PATIENCE: usize = 60;

/// Pivots after which rounding is cleared away, at each attempt: the rarer the faster.
pub(super) const FRESH: [usize; 3] = [400, 100, 20];

/// Work, in entries changed by pivots, after which the path is given up: some ten
/// seconds. The deep trees of poker need pivots far beyond their number of sequences.
const MOST_WORK: u64 = 100_000_000_000;

/// Why the path ended without an answer.
#[derive(Clone, Debug)]
pub(super) enum Halt {
    Stopped(StopReason),
    /// More work than is sensible.
    Long,
    /// Nothing blocks the entering variable: cannot be but for rounding.
    Ray,
    /// There are several best replies to the prior, and the path does not begin at the one
    /// that was taken.
    Tied,
}

/// Variables x(σ) are 0..n, w(σ) n..2n, z is 2n.
pub(super) struct Dictionary<F> {
    /// For each row the coefficients of what is not basic, z last, then the polynomial.
    rows: Vec<Vec<F>>,
    basic: Vec<usize>,
    nonbasic: Vec<usize>,
    /// For each variable its row, or its column.
    place: Vec<Place>,
    /// The basic variables at the beginning, which break ties.
    first: Vec<usize>,
    /// What was not basic at the beginning.
    outside: Vec<usize>,
    /// The rows at the beginning, kept to clear rounding away.
    origin: Vec<Vec<F>>,
    /// Number of sequences.
    size: usize,
    /// Pivots after which rounding is cleared away.
    fresh: usize,
    pub(super) pivots: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Row(usize),
    Column(usize),
}

impl<F: Number> Dictionary<F> {
    pub(super) fn new(problem: &Problem, fresh: usize) -> Self {
        let forms = Forms::<F>::new(problem);
        let size = forms.size;
        let mut rows = vec![Vec::new(); size];
        (0..2).for_each(|player| forms.rows(player, &mut rows));
        (0..2).for_each(|player| forms.scale_losses(player, &mut rows));
        let mut basic = vec![0; size];
        let mut nonbasic = vec![0; size + 1];
        nonbasic[size] = 2 * size;
        for player in 0..2 {
            for sequence in 1..problem.player(player).len() {
                let at = problem.position(player, sequence);
                let (weight, loss) = (at, size + at);
                (basic[at], nonbasic[at]) =
                    if forms.chosen(player, sequence) { (weight, loss) } else { (loss, weight) };
            }
        }
        let mut place = vec![Place::Column(size); 2 * size + 1];
        basic.iter().enumerate().for_each(|(row, variable)| place[*variable] = Place::Row(row));
        nonbasic.iter().enumerate().for_each(|(column, variable)| place[*variable] = Place::Column(column));
        let origin = if F::ROUNDS { rows.clone() } else { Vec::new() };
        Self {
            rows,
            origin,
            first: basic.clone(),
            outside: nonbasic.clone(),
            basic,
            nonbasic,
            place,
            size,
            fresh,
            pivots: 0,
        }
    }

    /// For each sequence whether it may have weight.
    pub(super) fn solve(&mut self, budget: &Budget) -> Result<Vec<bool>, Halt> {
        let prior = 2 * self.size;
        if !self.begins() {
            return Err(Halt::Tied);
        }
        if let Some(row) = self.last_to_hold() {
            let mut left = self.basic[row];
            self.pivot(row, self.size);
            while left != prior {
                budget.check().map_err(Halt::Stopped)?;
                if self.pivots > PATIENCE * (self.size + 10) {
                    return Err(Halt::Ray);
                }
                if self.work() > MOST_WORK {
                    return Err(Halt::Long);
                }
                if F::ROUNDS && self.pivots.is_multiple_of(self.fresh) {
                    self.refresh();
                }
                let enters = if left < self.size { left + self.size } else { left - self.size };
                let Place::Column(column) = self.place[enters] else { return Err(Halt::Ray) };
                let Some(row) = self.blocking(column) else { return Err(Halt::Ray) };
                left = self.basic[row];
                self.pivot(row, column);
            }
        }
        Ok((0..self.size).map(|variable| matches!(self.place[variable], Place::Row(_))).collect())
    }

    fn work(&self) -> u64 {
        let entries = self.rows.len() * self.rows.first().map_or(0, Vec::len);
        (self.pivots as u64).saturating_mul(entries as u64)
    }

    /// Whether all rows hold while the weight of the prior is a little below one, though by
    /// more than trembles.
    fn begins(&self) -> bool {
        self.rows.iter().all(|row| {
            let mut at_one = row[self.size + 1].clone();
            at_one.add_product(&F::one(), &row[self.size]);
            let falling = row[self.size].negated();
            let trembles = row[self.size + 2..].iter().map(F::sign);
            let signs = [at_one.sign(), falling.sign()].into_iter().chain(trembles);
            signs.into_iter().find(|sign| *sign != 0) != Some(-1)
        })
    }

    /// The row that is the first not to hold as the weight of the prior falls; none if all
    /// hold without it.
    fn last_to_hold(&self) -> Option<usize> {
        let powers = self.size + 1..self.rows.first()?.len();
        let negative = |row: &Vec<F>| powers.clone().map(|at| row[at].sign()).find(|sign| *sign != 0) == Some(-1);
        let broken = (0..self.size).filter(|row| negative(&self.rows[*row]));
        let broken: Vec<usize> = broken.filter(|row| self.rows[*row][self.size].sign() > 0).collect();
        // The prior must have weight −rhs/d at least.
        self.lowest(broken, self.size)
    }

    /// The row that blocks an entering variable.
    fn blocking(&self, column: usize) -> Option<usize> {
        let falls = (0..self.size).filter(|row| self.rows[*row][column].sign() < 0);
        self.lowest(falls.collect(), column)
    }

    /// Among rows the one whose right side over its coefficient, in size, is least, or for
    /// positive coefficients most negative; ties by powers of ε, then by z, then by the order
    /// in which the variables were basic at first.
    fn lowest(&self, mut rows: Vec<usize>, column: usize) -> Option<usize> {
        let size = |row: usize| self.rows[row][column].size();
        let keep = |rows: &mut Vec<usize>, value: &dyn Fn(usize) -> F| {
            let ratio = |row: &usize| {
                let value = value(*row);
                if value.sign() == 0 { F::zero() } else { value.over(&size(*row)) }
            };
            let ratios: Vec<F> = rows.iter().map(ratio).collect();
            let least = ratios.iter().skip(1).fold(&ratios[0], |a, b| if b < a { b } else { a }).clone();
            let mut ratios = ratios.into_iter();
            rows.retain(|_| ratios.next().is_some_and(|ratio| !ratio.differs(&least)));
        };
        for power in self.size + 1..self.rows.first()?.len() {
            if rows.len() <= 1 {
                return rows.pop();
            }
            keep(&mut rows, &|row| self.rows[row][power].clone());
        }
        if let Some(row) = rows.iter().find(|row| self.basic[**row] == 2 * self.size) {
            return Some(*row);
        }
        for variable in &self.first {
            if rows.len() <= 1 {
                break;
            }
            match self.place[*variable] {
                Place::Column(at) => keep(&mut rows, &|row| self.rows[row][at].negated()),
                Place::Row(at) => keep(&mut rows, &|row| if row == at { F::one() } else { F::zero() }),
            }
        }
        rows.first().copied()
    }

    /// The same dictionary from its first rows, without the rounding of all pivots since:
    /// what has to enter takes the place of what has to leave, largest entry first.
    fn refresh(&mut self) {
        let wanted = std::mem::replace(&mut self.basic, self.first.clone());
        let stays: FxHashSet<usize> = wanted.iter().copied().collect();
        let mut leave: Vec<usize> = (0..self.size).filter(|row| !stays.contains(&self.first[*row])).collect();
        self.rows.clone_from(&self.origin);
        self.nonbasic.clone_from(&self.outside);
        self.first.iter().enumerate().for_each(|(row, variable)| self.place[*variable] = Place::Row(row));
        self.outside.iter().enumerate().for_each(|(column, variable)| self.place[*variable] = Place::Column(column));
        let (place, pivots) = (&self.place, self.pivots);
        let column_of = |variable: &usize| match place[*variable] {
            Place::Column(column) => Some(column),
            Place::Row(_) => None,
        };
        let mut enter: Vec<usize> = wanted.iter().filter_map(column_of).collect();
        while let Some((row, column)) = self.largest(&leave, &enter) {
            leave.retain(|other| *other != row);
            enter.retain(|other| *other != column);
            self.pivot(row, column);
        }
        self.pivots = pivots;
    }

    /// Where the largest entry of some rows and columns is.
    fn largest(&self, rows: &[usize], columns: &[usize]) -> Option<(usize, usize)> {
        let mut largest: Option<(F, usize, usize)> = None;
        for row in rows {
            for column in columns {
                let size = self.rows[*row][*column].size();
                if largest.as_ref().is_none_or(|(most, ..)| size > *most) {
                    largest = Some((size, *row, *column));
                }
            }
        }
        largest.map(|(_, row, column)| (row, column))
    }

    fn pivot(&mut self, row: usize, column: usize) {
        self.pivots += 1;
        let mut own = std::mem::take(&mut self.rows[row]);
        let inverse = F::one().over(&own[column]);
        let minus = inverse.negated();
        own[column] = F::one().negated();
        own.iter_mut().for_each(|entry| *entry = entry.times(&minus));
        let filled: Vec<usize> = (0..own.len()).filter(|at| own[*at] != F::zero()).collect();
        let sparse = filled.len() < own.len() / 4;
        for (other, entries) in self.rows.iter_mut().enumerate().filter(|(other, _)| *other != row) {
            debug_assert!(other != row, "the row was taken");
            let factor = std::mem::replace(&mut entries[column], F::zero());
            if factor == F::zero() {
                continue;
            }
            if sparse {
                filled.iter().for_each(|at| entries[*at].add_product(&factor, &own[*at]));
            } else {
                entries.iter_mut().zip(&own).for_each(|(entry, part)| entry.add_product(&factor, part));
            }
        }
        self.rows[row] = own;
        let (out, into) = (self.basic[row], self.nonbasic[column]);
        (self.basic[row], self.nonbasic[column]) = (into, out);
        (self.place[into], self.place[out]) = (Place::Row(row), Place::Column(column));
    }
}
