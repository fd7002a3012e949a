//! The packages that were found, as points.

use num_bigint::BigUint;
use rustc_hash::{FxHashMap, FxHashSet};

use super::search::Amount;
use crate::efficient::undominated;
use crate::frontier::Counted;

/// Packages kept as they are before they are sorted into points.
const MOST_WAITING: usize = 1 << 18;

/// Points that branches are compared with.
const MOST_GUARDS: usize = 256;

/// Worths, by party.
pub(super) type Worths<T> = Vec<T>;

/// The points found so far, and packages that wait to be counted.
pub(super) struct Archive<T> {
    sizes: Vec<usize>,
    waiting: Vec<(Worths<T>, Vec<u32>)>,
    points: FxHashMap<Worths<T>, (BigUint, Counted)>,
    /// Some worths of packages; those that cut branches come to the front.
    guards: Vec<Worths<T>>,
}

impl<T: Amount> Archive<T> {
    pub(super) fn new(sizes: &[usize]) -> Self {
        Self { sizes: sizes.to_vec(), waiting: Vec::new(), points: FxHashMap::default(), guards: Vec::new() }
    }

    /// Whether a package that is known is nowhere worse than this and somewhere better.
    pub(super) fn beats(&mut self, bound: &[T]) -> bool {
        let beats = |guard: &Worths<T>| guard.iter().zip(bound).all(|(a, b)| a >= b) && guard != bound;
        match self.guards.iter().position(beats) {
            Some(place) => {
                self.guards.swap(place, place / 2);
                true
            }
            None => false,
        }
    }

    /// Remembers the worths of a package, to cut branches by.
    pub(super) fn guard(&mut self, worths: &[T]) {
        if self.guards.iter().any(|guard| guard.iter().zip(worths).all(|(a, b)| a >= b)) {
            return;
        }
        self.guards.retain(|guard| !guard.iter().zip(worths).all(|(a, b)| a <= b));
        if self.guards.len() == MOST_GUARDS {
            self.guards.pop();
        }
        self.guards.push(worths.to_vec());
    }

    /// Adds a package.
    pub(super) fn add(&mut self, worths: &[T], package: &[u32]) {
        self.guard(worths);
        self.waiting.push((worths.to_vec(), package.to_vec()));
        if self.waiting.len() == MOST_WAITING {
            self.settle();
        }
    }

    /// Sorts what waits into points, and drops what is dominated.
    fn settle(&mut self) {
        let mut vectors: Vec<Worths<T>> =
            self.points.keys().chain(self.waiting.iter().map(|(w, _)| w)).cloned().collect();
        vectors.sort_unstable();
        vectors.dedup();
        let kept: FxHashSet<Worths<T>> = undominated(&vectors).into_iter().map(|at| vectors[at].clone()).collect();
        self.points.retain(|worths, _| kept.contains(worths));
        for (worths, package) in std::mem::take(&mut self.waiting) {
            if !kept.contains(&worths) {
                continue;
            }
            let (count, counted) = self.points.entry(worths).or_insert_with(|| {
                let occurrences = self.sizes.iter().map(|size| vec![0; *size]).collect();
                (BigUint::ZERO, Counted { package: package.clone(), occurrences })
            });
            *count += 1u32;
            if package < counted.package {
                counted.package.clone_from(&package);
            }
            counted.occurrences.iter_mut().zip(&package).for_each(|(values, value)| values[*value as usize] += 1);
        }
    }

    /// The points, the best for the first party first.
    pub(super) fn finish(mut self) -> Vec<(Worths<T>, BigUint, Counted)> {
        self.settle();
        let mut points: Vec<_> = self.points.into_iter().map(|(worths, (count, of))| (worths, count, of)).collect();
        points.sort_unstable_by(|a, b| b.0.cmp(&a.0));
        points
    }
}
