//! Which of many vectors no other dominates.
//!
//! A vector dominates another if it is nowhere less. In descending lexicographic order, a
//! vector that is dominated by any is dominated by one before it that is not: those kept so
//! far are all that the next must be compared with, in all coordinates but the first.

mod forest;
mod stairs;

use forest::Forest;
use stairs::Stairs;

/// Vectors none of which dominates another, added in descending lexicographic order.
///
/// Cost of a vector: O(1) for up to two numbers, O(log k) for three, k being kept. For more
/// numbers trees of boxes are searched: O(k) in the worst case, but for vectors that are
/// spread a small part of that.
///
/// Source: `[KungLuccioPreparata1975]` for the order; `[Bentley1975]` for the trees.
pub(crate) enum Filter<T> {
    /// Up to one number: the first vector is the only one.
    First(bool),
    /// Two: the greatest second number.
    Second(Option<T>),
    /// Three.
    Stairs(Stairs<T>),
    /// More.
    Forest(Forest<T>),
}

impl<T: Ord + Clone> Filter<T> {
    /// For vectors of so many numbers.
    pub(crate) fn new(width: usize) -> Self {
        match width {
            0 | 1 => Self::First(true),
            2 => Self::Second(None),
            3 => Self::Stairs(Stairs::default()),
            _ => Self::Forest(Forest::new(width - 1)),
        }
    }

    /// Keeps a vector unless one before it dominates it; equal ones are dominated.
    pub(crate) fn keeps(&mut self, vector: &[T]) -> bool {
        match self {
            Self::First(first) => std::mem::replace(first, false),
            Self::Second(most) => {
                let kept = most.as_ref().is_none_or(|most| vector[1] > *most);
                if kept {
                    *most = Some(vector[1].clone());
                }
                kept
            }
            Self::Stairs(stairs) => stairs.rises(&vector[1], &vector[2]),
            Self::Forest(forest) => forest.keeps(&vector[1..]),
        }
    }
}

/// Positions of the vectors that no other dominates, in descending lexicographic order;
/// vectors must be different from each other.
///
/// Cost: O(n log n) for the order of n vectors, and that of [`Filter`].
pub(crate) fn undominated<T: Ord + Clone>(vectors: &[Vec<T>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..vectors.len()).collect();
    order.sort_unstable_by(|a, b| vectors[*b].cmp(&vectors[*a]));
    let mut filter = Filter::new(vectors.first().map_or(0, Vec::len));
    order.retain(|at| filter.keeps(&vectors[*at]));
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_base::Pcg;

    fn by_brute_force(vectors: &[Vec<u32>]) -> Vec<&Vec<u32>> {
        let dominated = |a: &Vec<u32>| vectors.iter().any(|b| a != b && a.iter().zip(b).all(|(x, y)| x <= y));
        let mut kept: Vec<&Vec<u32>> = vectors.iter().filter(|a| !dominated(a)).collect();
        kept.sort_unstable_by(|a, b| b.cmp(a));
        kept
    }

    fn check(seed: u64, mut vectors: Vec<Vec<u32>>) -> usize {
        vectors.sort_unstable();
        vectors.dedup();
        let found: Vec<&Vec<u32>> = undominated(&vectors).into_iter().map(|at| &vectors[at]).collect();
        assert_eq!(found, by_brute_force(&vectors), "seed {seed}");
        found.len()
    }

    #[test]
    fn the_same_as_comparing_every_pair() {
        for seed in 0..2_000 {
            let mut rng = Pcg::new(seed);
            let width = 1 + rng.below(6) as usize;
            let range = 2 + rng.below(7);
            let count = rng.below(60);
            check(seed, (0..count).map(|_| (0..width).map(|_| rng.below(range)).collect()).collect());
        }
    }

    /// So many that trees are built, joined and searched; some families lie close to a
    /// plane, where hardly any vector dominates another.
    #[test]
    fn the_same_for_many_vectors() {
        let mut most = 0;
        for seed in 0..60 {
            let mut rng = Pcg::new(seed);
            let width = 4 + (seed % 3) as usize;
            let range = [5, 30, 1_000][(seed / 3 % 3) as usize];
            let plane = seed % 2 == 0;
            let vector = |rng: &mut Pcg| -> Vec<u32> {
                let mut vector: Vec<u32> = (0..width).map(|_| rng.below(range)).collect();
                if plane {
                    let sum: u32 = vector[1..].iter().sum();
                    vector[0] = range * width as u32 - sum + rng.below(3);
                }
                vector
            };
            most = most.max(check(seed, (0..1_500).map(|_| vector(&mut rng)).collect()));
        }
        assert!(most > 1_000, "{most}");
    }
}
