//! Packages by their worth to one party, without listing them.
//!
//! The issues are cut into two halves, whose sums of worths are listed and sorted. A package
//! is a sum of each. What is nearest above a target is found by going down one list and up
//! the other; packages from the best on come from a heap of pairs.
//!
//! Source: `[HorowitzSahni1974]` for the halves.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use detente_base::Pcg;

/// Sums, times those that are kept, that are listed at a time before they are thinned out.
const CANDIDATES: usize = 4;

/// A sum of worths, and the part of the code of a package that has it.
type Sum = (i64, u128);

/// Two lists of sums, the greatest first.
#[derive(Clone, Debug)]
pub(crate) struct Halves {
    first: Vec<Sum>,
    second: Vec<Sum>,
    /// For each sum of the first half, packages from there back to the start that are worth
    /// at least the floor.
    enough: Vec<u64>,
    /// Whether sums were left out.
    pub(crate) thinned: bool,
}

impl Halves {
    /// The halves of additive worths; `most` sums are listed in each at most.
    ///
    /// Sums beyond that are thinned out after each issue: of the sums in each of `most`
    /// intervals of equal length only the first stays, and the greatest of all.
    pub(crate) fn new(values: &[Vec<i64>], most: usize) -> Self {
        let cut = balanced(values);
        let size = |values: &[Vec<i64>]| values.iter().map(|of| of.len() as u128).product::<u128>();
        let (first, thin) = sums(&values[..cut], 1, most);
        let (second, thinner) = sums(&values[cut..], size(&values[..cut]), most);
        Self { first, second, enough: Vec::new(), thinned: thin || thinner }
    }

    /// Counts the packages from which draws are made: those worth at least the floor.
    pub(crate) fn count_from(&mut self, floor: i64) {
        let mut from = self.second.len();
        let mut total = 0;
        let count = |(worth, _): &Sum| {
            while from > 0 && self.second[from - 1].0 < floor - worth {
                from -= 1;
            }
            total += from as u64;
            total
        };
        self.enough = self.first.iter().map(count).collect();
    }

    pub(crate) fn best(&self) -> (i64, u128) {
        together(self.first[0], self.second[0])
    }

    /// A package of the least worth that is at least the target.
    ///
    /// Cost: linear in the lengths of the lists.
    pub(crate) fn nearest(&self, target: i64) -> (i64, u128) {
        let mut found = self.best();
        let mut at = self.second.len();
        for sum in &self.first {
            while at > 0 && self.second[at - 1].0 < target - sum.0 {
                at -= 1;
            }
            if at == 0 {
                break;
            }
            let other = self.second[at - 1];
            if sum.0 + other.0 < found.0 {
                found = together(*sum, other);
                if found.0 == target {
                    break;
                }
            }
        }
        found
    }

    /// Packages worth from `target` to `limit`, at most so many, those of least worth.
    pub(crate) fn near(&self, target: i64, limit: i64, most: usize) -> Vec<(i64, u128)> {
        let mut kept: BinaryHeap<(i64, u128)> = BinaryHeap::new();
        let mut from = self.second.len();
        for sum in &self.first {
            while from > 0 && self.second[from - 1].0 < target - sum.0 {
                from -= 1;
            }
            if from == 0 {
                break;
            }
            for other in self.second[..from].iter().rev() {
                let worth = sum.0 + other.0;
                let full = kept.len() == most;
                if worth > limit || (full && kept.peek().is_some_and(|(highest, _)| worth >= *highest)) {
                    break;
                }
                if full {
                    kept.pop();
                }
                kept.push(together(*sum, *other));
            }
        }
        kept.into_sorted_vec()
    }

    /// One of the packages worth at least the floor, each equally likely.
    pub(crate) fn drawn(&self, rng: &mut Pcg) -> (i64, u128) {
        let total = *self.enough.last().expect("a half has a sum");
        if total == 0 {
            return self.best();
        }
        let place = below(rng, total);
        let at = self.enough.partition_point(|count| *count <= place);
        let before = if at == 0 { 0 } else { self.enough[at - 1] };
        together(self.first[at], self.second[(place - before) as usize])
    }

    /// Starts at the best package.
    pub(crate) fn descent(&self) -> Descent {
        Descent(BinaryHeap::from([(self.first[0].0 + self.second[0].0, Reverse(0), Reverse(0))]))
    }
}

fn together(first: Sum, second: Sum) -> (i64, u128) {
    (first.0 + second.0, first.1 + second.1)
}

/// The pairs of sums that come next, by worth.
#[derive(Clone, Debug)]
pub(crate) struct Descent(BinaryHeap<(i64, Reverse<usize>, Reverse<usize>)>);

impl Descent {
    /// The next package, of no greater worth than the ones before.
    pub(crate) fn next(&mut self, halves: &Halves) -> Option<(i64, u128)> {
        let (_, Reverse(at), Reverse(other)) = self.0.pop()?;
        let mut push = |at: usize, other: usize| {
            if let (Some(first), Some(second)) = (halves.first.get(at), halves.second.get(other)) {
                self.0.push((first.0 + second.0, Reverse(at), Reverse(other)));
            }
        };
        push(at, other + 1);
        if other == 0 {
            push(at + 1, 0);
        }
        Some(together(halves.first[at], halves.second[other]))
    }
}

/// Where to cut so that the longer list is shortest.
fn balanced(values: &[Vec<i64>]) -> usize {
    let size = |values: &[Vec<i64>]| values.iter().map(|of| of.len() as u128).product::<u128>();
    (0..=values.len()).min_by_key(|cut| size(&values[..*cut]).max(size(&values[*cut..]))).unwrap_or(0)
}

/// Sums over issues, the greatest first, and whether some were left out.
fn sums(values: &[Vec<i64>], stride: u128, most: usize) -> (Vec<Sum>, bool) {
    let mut found: Vec<Sum> = vec![(0, 0)];
    let (mut stride, mut thinned) = (stride, false);
    for of in values {
        let room = (CANDIDATES * most / of.len()).max(1);
        if found.len() > room {
            thinned = true;
            thin(&mut found, room);
        }
        let with = |(value, worth): (usize, &i64)| {
            let step = stride * value as u128;
            found.iter().map(|(sum, code)| (sum + worth, code + step)).collect::<Vec<Sum>>()
        };
        found = of.iter().enumerate().flat_map(with).collect();
        stride *= of.len() as u128;
        found.sort_unstable_by_key(|(worth, code)| (Reverse(*worth), *code));
        if found.len() > most {
            thinned = true;
            thin(&mut found, most);
        }
    }
    (found, thinned)
}

/// Keeps the first sum in each of many intervals; sums are sorted, the greatest first.
fn thin(sums: &mut Vec<Sum>, most: usize) {
    let (greatest, least) = (sums[0].0, sums[sums.len() - 1].0);
    let width = i128::from(greatest) - i128::from(least) + 1;
    let mut last = None;
    sums.retain(|(worth, _)| {
        let interval = (i128::from(greatest) - i128::from(*worth)) * most as i128 / width;
        last.replace(interval) != Some(interval)
    });
}

/// A number below a bound, each equally likely.
pub(crate) fn below(rng: &mut Pcg, bound: u64) -> u64 {
    if let Ok(small) = u32::try_from(bound) {
        return u64::from(rng.below(small));
    }
    let incomplete = bound.wrapping_neg() % bound;
    loop {
        let number = u64::from(rng.next()) << 32 | u64::from(rng.next());
        if number >= incomplete {
            return number % bound;
        }
    }
}
