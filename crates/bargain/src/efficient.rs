//! Which of many vectors no other dominates.

use std::collections::BTreeMap;

/// Positions of the vectors that no other dominates, in descending lexicographic order;
/// vectors must be different from each other.
///
/// A vector dominates another if it is nowhere less. The first in descending order that
/// could be dominated by one is dominated by one before it, so that those kept so far
/// are all that it must be compared with.
///
/// Cost: O(n log n) for up to three numbers in each vector, else O(n·k) comparisons in
/// the worst case, n vectors of which k are kept.
///
/// Source: `[KungLuccioPreparata1975]` for the order.
pub(crate) fn undominated<T: Ord>(vectors: &[Vec<T>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..vectors.len()).collect();
    order.sort_unstable_by(|a, b| vectors[*b].cmp(&vectors[*a]));
    match vectors.first().map_or(0, Vec::len) {
        0 | 1 => order.truncate(1),
        2 => {
            let mut most: Option<&T> = None;
            order.retain(|at| {
                let second = &vectors[*at][1];
                let kept = most.is_none_or(|most| second > most);
                if kept {
                    most = Some(second);
                }
                kept
            });
        }
        3 => {
            let mut stairs = Stairs::default();
            order.retain(|at| stairs.rises(&vectors[*at][1], &vectors[*at][2]));
        }
        _ => {
            // Those that dominated others before are asked first.
            let mut busiest: Vec<usize> = Vec::new();
            order.retain(|at| {
                let dominates = |other: &usize| vectors[*other].iter().zip(&vectors[*at]).all(|(a, b)| a >= b);
                match busiest.iter().position(dominates) {
                    Some(place) => {
                        busiest.swap(place, place / 2);
                        false
                    }
                    None => {
                        busiest.push(*at);
                        true
                    }
                }
            });
        }
    }
    order
}

/// Pairs none of which is nowhere less than another, by the first number.
struct Stairs<'v, T>(BTreeMap<&'v T, &'v T>);

impl<T> Default for Stairs<'_, T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<'v, T: Ord> Stairs<'v, T> {
    /// Adds a pair unless one that is there is nowhere less.
    fn rises(&mut self, first: &'v T, second: &'v T) -> bool {
        if self.0.range::<&T, _>(first..).next().is_some_and(|(_, most)| *most >= second) {
            return false;
        }
        while let Some((below, _)) = self.0.range::<&T, _>(..=first).next_back().filter(|(_, other)| *other <= &second)
        {
            let below = *below;
            self.0.remove(below);
        }
        self.0.insert(first, second);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_base::Pcg;

    #[test]
    fn the_same_as_comparing_every_pair() {
        for seed in 0..2_000 {
            let mut rng = Pcg::new(seed);
            let width = 1 + rng.below(5) as usize;
            let range = 2 + rng.below(7);
            let mut vectors: Vec<Vec<u32>> =
                (0..rng.below(60)).map(|_| (0..width).map(|_| rng.below(range)).collect()).collect();
            vectors.sort_unstable();
            vectors.dedup();
            let dominated = |a: &Vec<u32>| vectors.iter().any(|b| a != b && a.iter().zip(b).all(|(x, y)| x <= y));
            let mut expected: Vec<&Vec<u32>> = vectors.iter().filter(|a| !dominated(a)).collect();
            expected.reverse();
            let found: Vec<&Vec<u32>> = undominated(&vectors).into_iter().map(|at| &vectors[at]).collect();
            assert_eq!(found, expected, "seed {seed}");
        }
    }
}
