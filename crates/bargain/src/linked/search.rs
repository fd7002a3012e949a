//! Branch and bound over packages.

use detente_base::{Budget, Exact, StopReason};
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::One as _;

use super::archive::Archive;
use super::trie::Trie;
use super::{Linked, LinkedParty, Query, Table};
use crate::frontier::{Frontier, FrontierPoint};

/// Issues whose values are followed one after the other.
const MOST_ISSUES: usize = 4_096;

/// A whole number of units.
pub(super) trait Amount: Clone + Ord + Eq + std::hash::Hash {
    fn zero() -> Self;
    fn from_big(number: &BigInt) -> Option<Self>;
    fn big(&self) -> BigInt;
    /// Adds what a table has gained or lost.
    fn shift(&mut self, from: &Self, to: &Self);
    fn add(&mut self, other: &Self);
}

impl Amount for i64 {
    fn zero() -> Self {
        0
    }

    fn from_big(number: &BigInt) -> Option<Self> {
        Self::try_from(number).ok()
    }

    fn big(&self) -> BigInt {
        BigInt::from(*self)
    }

    fn shift(&mut self, from: &Self, to: &Self) {
        *self += to - from;
    }

    fn add(&mut self, other: &Self) {
        *self += other;
    }
}

impl Amount for BigInt {
    fn zero() -> Self {
        Self::ZERO
    }

    fn from_big(number: &BigInt) -> Option<Self> {
        Some(number.clone())
    }

    fn big(&self) -> BigInt {
        self.clone()
    }

    fn shift(&mut self, from: &Self, to: &Self) {
        *self += to;
        *self -= from;
    }

    fn add(&mut self, other: &Self) {
        *self += other;
    }
}

/// Finds the packages that a query seeks.
pub(super) fn solve(linked: &Linked, query: &Query, budget: &Budget) -> Result<Frontier, StopReason> {
    // The search goes as deep as there are issues.
    if linked.sizes().len() > MOST_ISSUES {
        return Err(StopReason::TooManyStates { states: linked.combinations().to_string(), limit: budget.states });
    }
    let units = units(linked, query);
    if fits_words(linked, &units, query) {
        Search::<i64>::new(linked, &units, query).run(linked, &units, budget)
    } else {
        Search::<BigInt>::new(linked, &units, query).run(linked, &units, budget)
    }
}

/// For each party, how many units make one, so that all its numbers are whole.
pub(super) fn units(linked: &Linked, query: &Query) -> Vec<BigInt> {
    let unit = |(at, party): (usize, &LinkedParty)| {
        let entries = party.tables.iter().flat_map(|table| &table.entries);
        let numbers = entries.chain(&query.least[at]);
        numbers.fold(BigInt::one(), |unit, number| unit.lcm(&number.to_ratio().1))
    };
    linked.parties().iter().enumerate().map(unit).collect()
}

pub(super) fn whole(number: &Exact, unit: &BigInt) -> BigInt {
    let (numerator, denominator) = number.to_ratio();
    numerator * (unit / denominator)
}

/// Whether no sum over all parties leaves 62 bits.
pub(super) fn fits_words(linked: &Linked, units: &[BigInt], query: &Query) -> bool {
    let size = |number: &Exact, unit: &BigInt| BigInt::from(whole(number, unit).magnitude().clone());
    let total = |(at, (party, unit)): (usize, (&LinkedParty, &BigInt))| -> BigInt {
        let most = |table: &Table<Exact>| table.entries.iter().map(|entry| size(entry, unit)).max().unwrap_or_default();
        party.tables.iter().map(most).chain(query.least[at].as_ref().map(|least| size(least, unit))).sum()
    };
    linked.parties().iter().zip(units).enumerate().map(total).sum::<BigInt>() < BigInt::one() << 61
}

/// Where a table is touched when an issue gets its value.
struct Touch {
    table: usize,
    /// Issues of the table that have their value before.
    depth: usize,
}

struct Search<T> {
    /// Issues in the order in which they get their values.
    order: Vec<usize>,
    sizes: Vec<usize>,
    tries: Vec<Trie<T>>,
    /// Party of each trie.
    owners: Vec<usize>,
    rules: Vec<Trie<bool>>,
    /// For each place of the order, the tables and rules that it touches.
    touched: Vec<Vec<Touch>>,
    ruled: Vec<Vec<Touch>>,
    parties: usize,
    objectives: usize,
    least: Vec<Option<T>>,
}

/// What changes along a branch.
struct Branch<T> {
    /// Index into each trie, for its issues that have a value.
    at: Vec<usize>,
    rules_at: Vec<usize>,
    /// By place, what each party can have at most.
    bounds: Vec<Vec<T>>,
    package: Vec<u32>,
    followed: u64,
}

impl<T: Amount> Search<T> {
    fn new(linked: &Linked, units: &[BigInt], query: &Query) -> Self {
        let order = order(linked);
        let sizes = linked.sizes().to_vec();
        let mut places = vec![0; sizes.len()];
        order.iter().enumerate().for_each(|(place, issue)| places[*issue] = place);
        let amount = |number: &Exact, party: usize| T::from_big(&whole(number, &units[party])).expect("it fits");
        let (mut tries, mut owners, mut scopes) = (Vec::new(), Vec::new(), Vec::new());
        for (party, of) in linked.parties().iter().enumerate() {
            for table in &of.tables {
                let entries = table.entries.iter().map(|entry| amount(entry, party)).collect();
                let table = Table { issues: table.issues.clone(), entries };
                tries.push(Trie::new(&table, &places, &sizes, |a, b| a.max(b).clone()));
                owners.push(party);
                scopes.push(table.issues);
            }
        }
        let rules = linked.rules.iter().map(|rule| Trie::new(rule, &places, &sizes, |a, b| *a || *b)).collect();
        let rule_scopes: Vec<Vec<usize>> = linked.rules.iter().map(|rule| rule.issues.clone()).collect();
        Self {
            touched: touches(&scopes, &places),
            ruled: touches(&rule_scopes, &places),
            order,
            sizes,
            tries,
            owners,
            rules,
            parties: linked.parties().len(),
            objectives: query.objectives,
            least: (query.least.iter().enumerate())
                .map(|(party, least)| least.as_ref().map(|least| amount(least, party)))
                .collect(),
        }
    }

    fn start(&self) -> Branch<T> {
        let mut bound = vec![T::zero(); self.parties];
        for (trie, owner) in self.tries.iter().zip(&self.owners) {
            bound[*owner].add(trie.best(0, 0));
        }
        Branch {
            at: vec![0; self.tries.len()],
            rules_at: vec![0; self.rules.len()],
            bounds: vec![bound; self.order.len() + 1],
            package: vec![0; self.sizes.len()],
            followed: 0,
        }
    }

    fn run(&self, linked: &Linked, units: &[BigInt], budget: &Budget) -> Result<Frontier, StopReason> {
        let mut archive = Archive::new(&self.sizes);
        let mut branch = self.start();
        if self.rules.iter().all(|rule| *rule.best(0, 0)) {
            for favoured in 0..=self.parties {
                self.dive(&mut branch, favoured, &mut archive);
            }
            self.follow(&mut branch, 0, &mut archive, budget).map_err(|stopped| match stopped {
                StopReason::TooManyStates { limit, .. } => {
                    StopReason::TooManyStates { states: linked.combinations().to_string(), limit }
                }
                other => other,
            })?;
        }
        let exact = |(amount, unit): (&T, &BigInt)| Exact::from_ratio(&amount.big(), unit);
        let (mut points, mut counted) = (Vec::new(), Vec::new());
        for (worths, packages, of) in archive.finish() {
            points.push(FrontierPoint { worths: worths.iter().zip(units).map(exact).collect(), packages });
            counted.push(of);
        }
        Ok(Frontier::counted(points, counted, &self.sizes))
    }

    /// Gives an issue a value: the new indices, and what each party can have then. False
    /// when a rule forbids what follows.
    fn step(&self, branch: &mut Branch<T>, place: usize, value: usize) -> bool {
        let issue = self.order[place];
        let size = self.sizes[issue];
        for touch in &self.ruled[place] {
            let index = branch.rules_at[touch.table] * size + value;
            if !self.rules[touch.table].best(touch.depth + 1, index) {
                return false;
            }
        }
        let (before, after) = branch.bounds.split_at_mut(place + 1);
        after[0].clone_from(&before[place]);
        for touch in &self.touched[place] {
            let (trie, index) = (&self.tries[touch.table], branch.at[touch.table]);
            after[0][self.owners[touch.table]]
                .shift(trie.best(touch.depth, index), trie.best(touch.depth + 1, index * size + value));
        }
        branch.package[issue] = value as u32;
        true
    }

    /// Enters a value whose step was made.
    fn enter(&self, branch: &mut Branch<T>, place: usize) {
        let issue = self.order[place];
        let (size, value) = (self.sizes[issue], branch.package[issue] as usize);
        for touch in &self.touched[place] {
            branch.at[touch.table] = branch.at[touch.table] * size + value;
        }
        for touch in &self.ruled[place] {
            branch.rules_at[touch.table] = branch.rules_at[touch.table] * size + value;
        }
    }

    fn leave(&self, branch: &mut Branch<T>, place: usize) {
        let size = self.sizes[self.order[place]];
        self.touched[place].iter().for_each(|touch| branch.at[touch.table] /= size);
        self.ruled[place].iter().for_each(|touch| branch.rules_at[touch.table] /= size);
    }

    fn in_reach(&self, bound: &[T]) -> bool {
        bound.iter().zip(&self.least).all(|(most, least)| least.as_ref().is_none_or(|least| most >= least))
    }

    fn follow(
        &self,
        branch: &mut Branch<T>,
        place: usize,
        archive: &mut Archive<T>,
        budget: &Budget,
    ) -> Result<(), StopReason> {
        if place == self.order.len() {
            archive.add(&branch.bounds[place][..self.objectives], &branch.package);
            return Ok(());
        }
        for value in 0..self.sizes[self.order[place]] {
            branch.followed += 1;
            if branch.followed > budget.states {
                return Err(StopReason::TooManyStates { states: String::new(), limit: budget.states });
            }
            if branch.followed.is_multiple_of(4_096) {
                budget.check()?;
            }
            if !self.step(branch, place, value) {
                continue;
            }
            let bound = &branch.bounds[place + 1];
            if !self.in_reach(bound) || archive.beats(&bound[..self.objectives]) {
                continue;
            }
            self.enter(branch, place);
            self.follow(branch, place + 1, archive, budget)?;
            self.leave(branch, place);
        }
        Ok(())
    }

    /// A package that is good for one party (for all together when there is no such party),
    /// taken value by value, if the rules do not end the way.
    fn dive(&self, branch: &mut Branch<T>, favoured: usize, archive: &mut Archive<T>) {
        let mut entered = 0;
        for place in 0..self.order.len() {
            let mut best: Option<(Vec<T>, usize)> = None;
            for value in 0..self.sizes[self.order[place]] {
                if !self.step(branch, place, value) {
                    continue;
                }
                let bound = &branch.bounds[place + 1];
                let mut all = T::zero();
                bound.iter().for_each(|most| all.add(most));
                let key = if favoured < self.parties { vec![bound[favoured].clone(), all] } else { vec![all] };
                if best.as_ref().is_none_or(|(most, _)| key > *most) {
                    best = Some((key, value));
                }
            }
            let Some((_, value)) = best else { break };
            self.step(branch, place, value);
            self.enter(branch, place);
            entered += 1;
        }
        if entered == self.order.len() && self.in_reach(&branch.bounds[entered]) {
            archive.guard(&branch.bounds[entered][..self.objectives]);
        }
        (0..entered).rev().for_each(|place| self.leave(branch, place));
    }
}

/// Issues with the largest stakes first: what they decide cuts the most.
fn order(linked: &Linked) -> Vec<usize> {
    let mut linked_to = vec![0usize; linked.sizes().len()];
    let tables = linked.parties().iter().flat_map(|party| &party.tables).map(|table| &table.issues);
    for issues in tables.chain(linked.rules.iter().map(|rule| &rule.issues)) {
        issues.iter().for_each(|issue| linked_to[*issue] += issues.len());
    }
    let mut order: Vec<usize> = (0..linked.sizes().len()).collect();
    order.sort_by_key(|issue| std::cmp::Reverse(linked_to[*issue]));
    order
}

fn touches(scopes: &[Vec<usize>], places: &[usize]) -> Vec<Vec<Touch>> {
    let mut touched: Vec<Vec<Touch>> = places.iter().map(|_| Vec::new()).collect();
    for (table, issues) in scopes.iter().enumerate() {
        let mut ordered: Vec<usize> = issues.iter().map(|issue| places[*issue]).collect();
        ordered.sort_unstable();
        for (depth, place) in ordered.into_iter().enumerate() {
            touched[place].push(Touch { table, depth });
        }
    }
    touched
}
