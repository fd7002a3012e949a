//! All packages, sorted by their worth to one party.

use std::cmp::Reverse;

use detente_base::Pcg;

use super::halves::below;

/// Every package with its worth.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    /// By code.
    pub(crate) worths: Vec<i64>,
    /// Worths, the greatest first.
    sorted: Vec<i64>,
    /// Codes in the same order.
    codes: Vec<u32>,
    /// Number of packages worth at least the floor.
    enough: usize,
}

impl Listed {
    pub(crate) fn new(worths: Vec<i64>) -> Self {
        let mut pairs: Vec<(Reverse<i64>, u32)> = worths.iter().map(|worth| Reverse(*worth)).zip(0..).collect();
        pairs.sort_unstable();
        let sorted = pairs.iter().map(|(Reverse(worth), _)| *worth).collect();
        let codes = pairs.into_iter().map(|(_, code)| code).collect();
        Self { worths, sorted, codes, enough: 0 }
    }

    /// All sums of additive worths, by code.
    pub(crate) fn of_values(values: &[Vec<i64>]) -> Self {
        let mut worths = vec![0];
        for of in values {
            worths = of.iter().flat_map(|worth| worths.iter().map(move |sum: &i64| sum + worth)).collect();
        }
        Self::new(worths)
    }

    pub(crate) fn count_from(&mut self, floor: i64) {
        self.enough = self.sorted.partition_point(|worth| *worth >= floor);
    }

    pub(crate) fn least(&self) -> i64 {
        self.sorted[self.sorted.len() - 1]
    }

    /// The package at a place, the best first.
    pub(crate) fn at(&self, place: usize) -> Option<(i64, u128)> {
        Some((*self.sorted.get(place)?, u128::from(self.codes[place])))
    }

    fn place(&self, target: i64) -> usize {
        self.sorted.partition_point(|worth| *worth >= target).saturating_sub(1)
    }

    pub(crate) fn nearest(&self, target: i64) -> (i64, u128) {
        let place = self.place(target);
        (self.sorted[place], u128::from(self.codes[place]))
    }

    pub(crate) fn near(&self, target: i64, limit: i64, most: usize) -> Vec<(i64, u128)> {
        let places = (0..=self.place(target)).rev().take(most);
        places.map_while(|place| self.at(place).filter(|(worth, _)| (target..=limit).contains(worth))).collect()
    }

    pub(crate) fn drawn(&self, rng: &mut Pcg) -> (i64, u128) {
        let place = if self.enough == 0 { 0 } else { below(rng, self.enough as u64) as usize };
        (self.sorted[place], u128::from(self.codes[place]))
    }
}
