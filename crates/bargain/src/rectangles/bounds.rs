//! What the rest of a package can still add, from above.
//!
//! Parties are weighed by a *direction* λ. Eliminating the variables from the last to the
//! first gives the greatest λ·worth of any completion of the first variables; where a table
//! would become too large, the functions of a variable are split among several that are
//! maximised apart, which can only give more. Before that, what they say about the
//! variables that they share is evened out, which makes the bounds tighter.
//!
//! What is kept are *regrets*: how much the bound falls when a variable takes a value, given
//! those before it. The bound of a package that is complete is its λ·worth.
//!
//! Source: `[DechterRish2003]`. Differs: regrets instead of messages are kept; shared
//! variables are evened out once in each split, `[IhlerEtAl2012]`.

use super::reduce::{Kind, Problem};

/// Whole numbers of bounds stay below 2 to this, so that no sum of them can overflow.
const BITS: u32 = 52;

/// A literal: its position, and for each class whether it holds.
pub(super) type Literal = (usize, Vec<bool>);

/// A problem by position in the order of the search.
pub(super) struct Ordered {
    /// By position, the variable.
    pub(super) order: Vec<usize>,
    /// By position, the number of classes.
    pub(super) sizes: Vec<usize>,
    /// Of each clause: when it pays, its literals by position in ascending order, and what
    /// it pays.
    pub(super) clauses: Vec<(Kind, Vec<Literal>, Vec<i128>)>,
    pub(super) base: Vec<i128>,
}

impl Ordered {
    pub(super) fn new(problem: &Problem, order: Vec<usize>) -> Self {
        let position = |variable: usize| order.iter().position(|at| *at == variable).expect("an active variable");
        let clause = |clause: &super::reduce::Clause| {
            let mut literals: Vec<Literal> =
                clause.literals.iter().map(|(variable, holds)| (position(*variable), holds.clone())).collect();
            literals.sort();
            (clause.kind, literals, clause.weights.clone())
        };
        Self {
            sizes: order.iter().map(|variable| problem.variables[*variable].len()).collect(),
            clauses: problem.clauses.iter().map(clause).collect(),
            base: problem.base.clone(),
            order,
        }
    }

    /// What a package pays each party.
    pub(super) fn amounts(&self, package: &[u32]) -> Vec<i128> {
        let mut amounts = self.base.clone();
        for (kind, literals, weights) in &self.clauses {
            let holds = |(at, holds): &Literal| holds[package[*at] as usize];
            let pays = match kind {
                Kind::All => literals.iter().all(holds),
                Kind::Any => literals.iter().any(holds),
            };
            if pays {
                amounts.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
            }
        }
        amounts
    }
}

/// Bounds in one direction.
pub(super) struct Bounds {
    direction: Vec<i64>,
    /// Bounds are in units of 2 to this.
    shift: u32,
    /// No package has more.
    pub(super) root: i64,
    /// By position, how much the bound falls.
    regrets: Vec<Vec<Table>>,
}

/// A function of the variables at some positions, in ascending order; the last varies
/// fastest.
struct Table {
    scope: Vec<usize>,
    /// By variable of the scope.
    strides: Vec<usize>,
    data: Vec<i64>,
}

impl Table {
    fn new(scope: Vec<usize>, sizes: &[usize]) -> Self {
        let mut strides = vec![1; scope.len()];
        for at in (1..scope.len()).rev() {
            strides[at - 1] = strides[at] * sizes[scope[at]];
        }
        let size = scope.iter().map(|at| sizes[*at]).product();
        Self { scope, strides, data: vec![0; size] }
    }

    /// Strides of this table along the variables of a scope.
    fn along(&self, scope: &[usize]) -> Vec<usize> {
        let stride = |at: &usize| self.scope.iter().position(|own| own == at).map_or(0, |own| self.strides[own]);
        scope.iter().map(stride).collect()
    }

    /// Adds a function of some of the variables.
    fn add(&mut self, other: &Self, sizes: &[usize]) {
        let along = other.along(&self.scope);
        walk(&self.scope, sizes, &along, |place, at| self.data[place] += other.data[at]);
    }

    /// The greatest values over the variables that are not in a scope.
    fn greatest(&self, scope: &[usize], sizes: &[usize]) -> Self {
        let mut found = Self::new(scope.to_vec(), sizes);
        found.data.fill(i64::MIN);
        let along = found.along(&self.scope);
        walk(&self.scope, sizes, &along, |place, at| found.data[at] = found.data[at].max(self.data[place]));
        found
    }
}

/// Calls `visit` with every place of a table of this scope and the place in another
/// whose strides along the scope are given.
fn walk(scope: &[usize], sizes: &[usize], along: &[usize], mut visit: impl FnMut(usize, usize)) {
    let count: usize = scope.iter().map(|at| sizes[*at]).product();
    let mut digits = vec![0; scope.len()];
    let mut other = 0;
    for place in 0..count {
        visit(place, other);
        for at in (0..digits.len()).rev() {
            digits[at] += 1;
            other += along[at];
            if digits[at] < sizes[scope[at]] {
                break;
            }
            other -= along[at] * digits[at];
            digits[at] = 0;
        }
    }
}

impl Bounds {
    /// Bounds for a direction none of whose numbers is negative, by tables of at most so
    /// many numbers.
    ///
    /// Cost: for each variable, as many steps as its tables have numbers, times functions.
    pub(super) fn new(problem: &Ordered, direction: Vec<i64>, most: usize) -> Self {
        let weigh = |amounts: &[i128]| amounts.iter().zip(&direction).map(|(a, d)| a * i128::from(*d)).sum::<i128>();
        let total: i128 = problem.clauses.iter().map(|(_, _, weights)| weigh(weights)).sum();
        let widest = total + weigh(&problem.base).abs();
        let shift = (i128::BITS - widest.leading_zeros()).saturating_sub(BITS);
        let sizes = &problem.sizes;
        let mut root = rounded_up(weigh(&problem.base), shift);
        let mut buckets: Vec<Vec<Table>> = sizes.iter().map(|_| Vec::new()).collect();
        for (kind, literals, weights) in &problem.clauses {
            let weight = rounded_up(weigh(weights), shift);
            match clause_table(*kind, literals, weight, (sizes, most)) {
                Some(table) => place(&mut buckets, table, sizes),
                None => root += weight,
            }
        }
        let mut regrets: Vec<Vec<Table>> = Vec::new();
        for position in (0..sizes.len()).rev() {
            let mut split = split(std::mem::take(&mut buckets[position]), sizes, most);
            even_out(&mut split, sizes);
            for table in &mut split {
                let message = maximised(table, sizes);
                if message.scope.is_empty() {
                    root += message.data[0];
                } else {
                    place(&mut buckets, message, sizes);
                }
            }
            regrets.push(split);
        }
        regrets.reverse();
        Self { direction, shift, root, regrets }
    }

    /// How much the bound falls for each class of the variable at a position, given those
    /// before it.
    pub(super) fn regrets(&self, position: usize, package: &[u32], found: &mut [i64]) {
        found.fill(0);
        for table in &self.regrets[position] {
            // The variable varies fastest.
            let (before, _) = table.scope.split_at(table.scope.len() - 1);
            let start: usize =
                before.iter().zip(&table.strides).map(|(at, stride)| package[*at] as usize * stride).sum();
            found.iter_mut().zip(&table.data[start..]).for_each(|(sum, regret)| *sum += regret);
        }
    }

    /// A loss in a unit that directions have in common.
    pub(super) fn comparable(&self, regret: i64) -> i128 {
        let length: i64 = self.direction.iter().sum();
        ((i128::from(regret) << 30) << self.shift.min(30)) / i128::from(length.max(1))
    }

    /// The most that a package of this bound weighs.
    pub(super) fn most(&self, bound: i64) -> i128 {
        i128::from(bound) << self.shift
    }

    /// Whether weights are rounded.
    pub(super) fn is_coarse(&self) -> bool {
        self.shift > 0
    }

    pub(super) fn direction(&self) -> &[i64] {
        &self.direction
    }

    /// What amounts weigh, rounded down: a package that has them has at least this bound.
    pub(super) fn weight(&self, amounts: &[i128]) -> i64 {
        let sum: i128 = amounts.iter().zip(&self.direction).map(|(a, d)| a * i128::from(*d)).sum();
        i64::try_from(sum >> self.shift).expect("no more than the total, which was shifted to fit")
    }
}

/// Rounds up a number of units of 2 to `shift`.
fn rounded_up(number: i128, shift: u32) -> i64 {
    i64::try_from(-(-number >> shift)).expect("no more than the total, which was shifted to fit")
}

/// Adds a function to the bucket of its last variable, into one that is there if that has
/// all its variables.
fn place(buckets: &mut [Vec<Table>], table: Table, sizes: &[usize]) {
    let last = *table.scope.last().expect("a function of something");
    let wider = |other: &&mut Table| table.scope.iter().all(|at| other.scope.contains(at));
    match buckets[last].iter_mut().find(wider) {
        Some(other) => other.add(&table, sizes),
        None => buckets[last].push(table),
    }
}

/// What a clause pays as a table, or a table that pays at least that; `None` if it is taken
/// to pay always.
fn clause_table(kind: Kind, literals: &[Literal], weight: i64, (sizes, most): (&[usize], usize)) -> Option<Table> {
    let size = |literals: &[&Literal]| -> usize {
        literals.iter().fold(1, |product, (at, _)| product.saturating_mul(sizes[*at]))
    };
    let mut kept: Vec<&Literal> = literals.iter().collect();
    while size(&kept) > most {
        if kind == Kind::Any {
            return None;
        }
        kept.pop();
    }
    if kept.is_empty() {
        return None;
    }
    let mut table = Table::new(kept.iter().map(|(at, _)| *at).collect(), sizes);
    for (place, number) in table.data.iter_mut().enumerate() {
        let holds = |(at, (position, holds)): (usize, &&Literal)| holds[place / table.strides[at] % sizes[*position]];
        let pays = match kind {
            Kind::All => kept.iter().enumerate().all(holds),
            Kind::Any => kept.iter().enumerate().any(holds),
        };
        *number = if pays { weight } else { 0 };
    }
    Some(table)
}

/// Sums of functions, each of a size that is allowed; every sum has the last variable.
fn split(mut functions: Vec<Table>, sizes: &[usize], most: usize) -> Vec<Table> {
    functions.sort_by_key(|table| (std::cmp::Reverse(table.data.len()), table.scope.clone()));
    let mut scopes: Vec<(Vec<usize>, Vec<Table>)> = Vec::new();
    for function in functions {
        let joined = |scope: &Vec<usize>| {
            let mut all: Vec<usize> = scope.iter().chain(&function.scope).copied().collect();
            all.sort_unstable();
            all.dedup();
            let size = all.iter().fold(1_usize, |product, at| product.saturating_mul(sizes[*at]));
            (size <= most).then_some(all)
        };
        match scopes.iter_mut().find_map(|(scope, parts)| Some((joined(scope)?, scope, parts))) {
            Some((all, scope, parts)) => {
                *scope = all;
                parts.push(function);
            }
            None => scopes.push((function.scope.clone(), vec![function])),
        }
    }
    let sum = |(scope, parts): (Vec<usize>, Vec<Table>)| {
        let mut table = Table::new(scope, sizes);
        parts.iter().for_each(|part| table.add(part, sizes));
        table
    };
    scopes.into_iter().map(sum).collect()
}

/// Shifts what sums say about the variables that all of them have, so that all say the
/// same; their total stays.
fn even_out(split: &mut [Table], sizes: &[usize]) {
    if split.len() < 2 {
        return;
    }
    let shared = |at: &usize| split.iter().all(|table| table.scope.contains(at));
    let scope: Vec<usize> = split[0].scope.iter().copied().filter(|at| shared(at)).collect();
    let mut greatest: Vec<Table> = split.iter().map(|table| table.greatest(&scope, sizes)).collect();
    let count = split.len() as i64;
    for place in 0..greatest[0].data.len() {
        let total: i64 = greatest.iter().map(|table| table.data[place]).sum();
        for (at, table) in greatest.iter_mut().enumerate() {
            let share = total.div_euclid(count) + i64::from((at as i64) < total.rem_euclid(count));
            table.data[place] = share - table.data[place];
        }
    }
    split.iter_mut().zip(&greatest).for_each(|(table, change)| table.add(change, sizes));
}

/// The greatest values over the last variable; the table becomes that of the regrets.
fn maximised(table: &mut Table, sizes: &[usize]) -> Table {
    let (last, scope) = table.scope.split_last().expect("it has its own variable");
    let mut message = Table::new(scope.to_vec(), sizes);
    for (most, values) in message.data.iter_mut().zip(table.data.chunks_mut(sizes[*last])) {
        *most = *values.iter().max().expect("a variable has a class");
        values.iter_mut().for_each(|value| *value = *most - *value);
    }
    message
}
