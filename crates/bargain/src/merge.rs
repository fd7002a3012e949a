//! Sums of several lists in one order.

use crate::layers::Way;

/// The sums before an issue with the worths of each value added, in descending
/// lexicographic order; of equal ones the first value comes first.
///
/// Cost: O(log v) comparisons for each sum, v values.
pub(crate) struct Merge<'a, T> {
    /// Flat, in descending order.
    sums: &'a [T],
    values: &'a [Vec<&'a T>],
    /// By value, the sum that is next, and what it is with the value: flat.
    next: Vec<u32>,
    heads: Vec<T>,
    /// The values that have sums left; each is before those at twice its place plus 1 and 2.
    heap: Vec<u32>,
}

impl<'a, T: Amount> Merge<'a, T> {
    pub(crate) fn new(sums: &'a [T], values: &'a [Vec<&'a T>]) -> Self {
        let heads = values.iter().flat_map(|worths| sums.iter().zip(worths).map(|(sum, worth)| sum.plus(worth)));
        let mut merge = Self {
            sums,
            values,
            next: vec![0; values.len()],
            heads: heads.collect(),
            heap: if sums.is_empty() { Vec::new() } else { (0..values.len() as u32).collect() },
        };
        for place in (0..merge.heap.len() / 2).rev() {
            merge.sink(place);
        }
        merge
    }

    /// The first sum that is left.
    pub(crate) fn first(&self) -> Option<(&[T], Way)> {
        let value = *self.heap.first()?;
        Some((self.head(value), Way { before: self.next[value as usize], value }))
    }

    /// Drops the first.
    pub(crate) fn advance(&mut self) {
        let value = self.heap[0] as usize;
        let width = self.width();
        self.next[value] += 1;
        let start = self.next[value] as usize * width;
        match self.sums.get(start..start + width) {
            Some(sum) => {
                let head = &mut self.heads[value * width..][..width];
                for ((head, sum), worth) in head.iter_mut().zip(sum).zip(&self.values[value]) {
                    *head = sum.plus(worth);
                }
            }
            None => {
                self.heap.swap_remove(0);
            }
        }
        self.sink(0);
    }

    fn width(&self) -> usize {
        self.values[0].len()
    }

    fn head(&self, value: u32) -> &[T] {
        let width = self.width();
        &self.heads[value as usize * width..][..width]
    }

    fn is_before(&self, a: u32, b: u32) -> bool {
        match self.head(a).cmp(self.head(b)) {
            std::cmp::Ordering::Equal => a < b,
            order => order.is_gt(),
        }
    }

    fn sink(&mut self, mut place: usize) {
        loop {
            let mut least = place;
            for child in [2 * place + 1, 2 * place + 2] {
                if child < self.heap.len() && self.is_before(self.heap[child], self.heap[least]) {
                    least = child;
                }
            }
            if least == place {
                return;
            }
            self.heap.swap(place, least);
            place = least;
        }
    }
}

/// A whole number.
pub(crate) trait Amount: Clone + Ord {
    fn plus(&self, other: &Self) -> Self;
}

impl Amount for i64 {
    fn plus(&self, other: &Self) -> Self {
        self + other
    }
}

impl Amount for i128 {
    fn plus(&self, other: &Self) -> Self {
        self + other
    }
}

impl Amount for num_bigint::BigInt {
    fn plus(&self, other: &Self) -> Self {
        self + other
    }
}
