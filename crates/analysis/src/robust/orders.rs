//! Orders near a given one.

use detente_base::Pcg;
use num_bigint::BigUint;
use num_traits::{One, ToPrimitive, Zero};

/// All orders that come from a given one by breaking its ties and then swapping
/// neighbours at most so many times.
///
/// A permutation is reached by k swaps of neighbours and no fewer iff it has k
/// inversions. Those of n things correspond to numbers tᵢ in 0..=i, i in 1..n, with sum
/// k: thing i goes tᵢ places down. All tie-breaking orders and all permutations are
/// equally likely.
pub(super) struct NearOrders {
    /// States from the least good, level by level.
    levels: Vec<Vec<usize>>,
    states: usize,
    swaps: usize,
    /// `ways[i][k]`: choices of t₁ … tᵢ with sum k.
    ways: Vec<Vec<BigUint>>,
}

impl NearOrders {
    pub(super) fn new(ranks: &[u32], swaps: u32) -> Self {
        let mut by_rank: std::collections::BTreeMap<u32, Vec<usize>> = std::collections::BTreeMap::new();
        ranks.iter().enumerate().for_each(|(state, rank)| by_rank.entry(*rank).or_default().push(state));
        let states = ranks.len();
        let swaps = (swaps as usize).min(states * states.saturating_sub(1) / 2);
        let mut first = vec![BigUint::zero(); swaps + 1];
        first[0] = BigUint::one();
        let mut ways = vec![first];
        for i in 1..states {
            let before = &ways[i - 1];
            // The sum of the last i + 1 entries, as a running difference.
            let mut row: Vec<BigUint> = Vec::with_capacity(swaps + 1);
            let mut window = BigUint::zero();
            for k in 0..=swaps {
                window += &before[k];
                if k > i {
                    window -= &before[k - i - 1];
                }
                row.push(window.clone());
            }
            ways.push(row);
        }
        Self { levels: by_rank.into_values().collect(), states, swaps, ways }
    }

    /// How many there are, each way to break ties counted.
    pub(super) fn count(&self) -> BigUint {
        let near: BigUint = self.ways[self.states - 1].iter().sum();
        let factorial = |n: usize| (1..=n).map(BigUint::from).product::<BigUint>();
        self.levels.iter().map(|level| factorial(level.len())).product::<BigUint>() * near
    }

    /// One of them as ranks.
    pub(super) fn draw(&self, rng: &mut Pcg) -> Vec<u32> {
        let mut order = Vec::with_capacity(self.states);
        for level in &self.levels {
            let start = order.len();
            order.extend_from_slice(level);
            rng.shuffle(&mut order[start..]);
        }
        let mut left = pick(rng, &self.ways[self.states - 1]);
        let mut down = vec![0; self.states];
        for i in (1..self.states).rev() {
            if left == 0 {
                break;
            }
            let reached = left.min(i);
            let choices: Vec<BigUint> = (0..=reached).map(|t| self.ways[i - 1][left - t].clone()).collect();
            down[i] = pick(rng, &choices);
            left -= down[i];
        }
        ranks_of(&moved_down(&order, &down))
    }

    /// All of them as ranks, if there are at most so many.
    pub(super) fn all(&self, limit: u64) -> Option<Vec<Vec<u32>>> {
        if self.count().to_u64().is_none_or(|count| count > limit) {
            return None;
        }
        let mut bases: Vec<Vec<usize>> = vec![Vec::new()];
        for level in &self.levels {
            let orders = permutations(level);
            bases = bases
                .iter()
                .flat_map(|base| orders.iter().map(move |order| [base.as_slice(), order].concat()))
                .collect();
        }
        let mut tables = Vec::new();
        self.tables(&mut vec![0; self.states], 1, self.swaps, &mut tables);
        Some(bases.iter().flat_map(|base| tables.iter().map(|down| ranks_of(&moved_down(base, down)))).collect())
    }

    fn tables(&self, down: &mut Vec<usize>, at: usize, left: usize, found: &mut Vec<Vec<usize>>) {
        if at >= self.states {
            found.push(down.clone());
            return;
        }
        for places in 0..=left.min(at) {
            down[at] = places;
            self.tables(down, at + 1, left - places, found);
        }
        down[at] = 0;
    }
}

/// A position, each as likely as its weight says.
fn pick(rng: &mut Pcg, weights: &[BigUint]) -> usize {
    let whole: BigUint = weights.iter().sum();
    let bits = whole.bits();
    let mut number = loop {
        let words: Vec<u32> = (0..bits.div_ceil(32)).map(|_| rng.next()).collect();
        let excess = words.len() as u64 * 32 - bits;
        let number = BigUint::new(words) >> excess;
        if number < whole {
            break number;
        }
    };
    for (position, weight) in weights.iter().enumerate() {
        if number < *weight {
            return position;
        }
        number -= weight;
    }
    unreachable!("the number is below the sum of the weights")
}

/// Each thing so many places down among those before it.
fn moved_down(order: &[usize], down: &[usize]) -> Vec<usize> {
    let mut moved = Vec::with_capacity(order.len());
    for (at, (state, places)) in order.iter().zip(down).enumerate() {
        moved.insert(at - places, *state);
    }
    moved
}

fn ranks_of(order: &[usize]) -> Vec<u32> {
    let mut ranks = vec![0; order.len()];
    order.iter().enumerate().for_each(|(rank, state)| ranks[*state] = rank as u32);
    ranks
}

fn permutations(things: &[usize]) -> Vec<Vec<usize>> {
    let [first, rest @ ..] = things else { return vec![Vec::new()] };
    let mut found = Vec::new();
    for order in permutations(rest) {
        for at in 0..=order.len() {
            let mut longer = order.clone();
            longer.insert(at, *first);
            found.push(longer);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn inversions(ranks: &[u32]) -> usize {
        (0..ranks.len()).map(|a| (0..a).filter(|b| ranks[*b] > ranks[a]).count()).sum()
    }

    #[test]
    fn all_orders_within_some_swaps_are_listed_once() {
        let near = NearOrders::new(&[0, 1, 2, 3, 4], 3);
        let all = near.all(1_000).expect("few");
        // 1 + 4 + 9 + 15 permutations of five things with 0, 1, 2 and 3 inversions.
        assert_eq!((all.len(), near.count()), (29, 29_u32.into()));
        assert!(all.iter().all(|ranks| inversions(ranks) <= 3));
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), 29);
        assert_eq!(near.all(28), None);
    }

    #[test]
    fn ties_are_broken_in_all_ways() {
        let near = NearOrders::new(&[0, 1, 1, 1], 0);
        let all = near.all(6).expect("few");
        assert_eq!(all.len(), 6);
        assert!(all.iter().all(|ranks| ranks[0] == 0));
        assert_eq!(NearOrders::new(&[5], 3).all(1), Some(vec![vec![0]]));
    }

    #[test]
    fn draws_are_about_equally_likely() {
        let near = NearOrders::new(&[3, 2, 1, 0], 2);
        let all = near.all(100).expect("few");
        assert_eq!(all.len(), 1 + 3 + 5);
        let mut seen: BTreeMap<Vec<u32>, i32> = all.into_iter().map(|ranks| (ranks, 0)).collect();
        for draw in 0..9_000 {
            let ranks = near.draw(&mut Pcg::of_draw(5, draw));
            *seen.get_mut(&ranks).expect("one of all") += 1;
        }
        assert!(seen.values().all(|count| (count - 1_000).abs() < 150), "{seen:?}");
    }
}
