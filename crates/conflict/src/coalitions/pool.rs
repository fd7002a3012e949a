//! Finding, among many states, those that a group likes less than a given point.

use super::blocks::Blocks;
use super::coalition::Coalition;

/// When a joint improvement counts for a coalition.
///
/// A state is called *better* for the coalition than another under a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reading {
    /// Every member likes it strictly better.
    Strict,
    /// No member likes it less, and one likes it strictly better.
    Pareto,
}

/// How a point of ranks compares with the ranks of a state that it improves on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beats {
    /// Greater in every dimension.
    Everywhere,
    /// Nowhere smaller, and greater in one.
    Somewhere,
    /// Nowhere smaller: greater in one, or equal but for something that is not seen in
    /// the point.
    Nowhere,
}

impl Beats {
    pub(crate) fn new(reading: Reading) -> Self {
        match reading {
            Reading::Strict => Self::Everywhere,
            Reading::Pareto => Self::Somewhere,
        }
    }

    /// Whether `point` beats `ranks`.
    pub(crate) fn holds(self, point: &[u32], ranks: impl Iterator<Item = u32> + Clone) -> bool {
        let pairs = || point.iter().zip(ranks.clone());
        match self {
            Self::Everywhere => pairs().all(|(a, b)| *a > b),
            Self::Somewhere => pairs().all(|(a, b)| *a >= b) && pairs().any(|(a, b)| *a > b),
            Self::Nowhere => pairs().all(|(a, b)| *a >= b),
        }
    }
}

/// Most states of a leaf; more make the tree smaller and each visit to a leaf slower.
const LEAF: usize = 8;

/// Taken states have this rank in every dimension; no point beats it.
const TAKEN: u32 = u32::MAX;

/// One tree of states for each block, split by one dimension after the other at the
/// median, with the least and the greatest ranks below each node.
#[derive(Clone)]
pub(crate) struct Pool {
    dimensions: usize,
    /// States in the order of the leaves.
    order: Vec<u32>,
    /// Ranks of `order`, [`TAKEN`] where a state is no longer there.
    ranks: Vec<u32>,
    nodes: Vec<Node>,
    /// Least, then greatest ranks of the states of each node.
    bounds: Vec<u32>,
    /// Root of each block; [`NO_NODE`] for blocks without states.
    roots: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Node {
    first: u32,
    end: u32,
    /// The second child; the first one is the next node. [`NO_NODE`] for a leaf.
    second: u32,
}

const NO_NODE: u32 = u32::MAX;

impl Pool {
    /// All states of these blocks, by the members' ranks.
    ///
    /// Cost: O(n·d log n) time, n states, d members.
    pub(crate) fn new(blocks: &Blocks, ranks: &[&[u32]]) -> Self {
        let dimensions = ranks.len();
        let mut pool = Self {
            dimensions,
            order: Vec::new(),
            ranks: Vec::new(),
            nodes: Vec::new(),
            bounds: Vec::new(),
            roots: vec![NO_NODE; blocks.count()],
        };
        for block in 0..blocks.count() {
            let states = blocks.states(block);
            if states.is_empty() {
                continue;
            }
            let first = pool.order.len();
            pool.order.extend_from_slice(states);
            pool.roots[block] = pool.split(first, first + states.len(), ranks, 0);
        }
        for &state in &pool.order {
            pool.ranks.extend(ranks.iter().map(|of_member| of_member[state as usize]));
        }
        pool.bounds = vec![0; 2 * dimensions * pool.nodes.len()];
        pool.measure_all();
        pool
    }

    fn split(&mut self, first: usize, end: usize, ranks: &[&[u32]], dimension: usize) -> u32 {
        let node = self.nodes.len();
        self.nodes.push(Node { first: first as u32, end: end as u32, second: NO_NODE });
        if end - first > LEAF {
            let half = (end - first) / 2;
            let by = ranks[dimension];
            self.order[first..end].select_nth_unstable_by_key(half, |state| by[*state as usize]);
            let next = (dimension + 1) % ranks.len();
            self.split(first, first + half, ranks, next);
            self.nodes[node].second = self.split(first + half, end, ranks, next);
        }
        node as u32
    }

    /// The pool with only the states of a set.
    pub(crate) fn only(&self, keep: impl Fn(usize) -> bool) -> Self {
        let mut cut = self.clone();
        for (place, state) in cut.order.iter().enumerate() {
            if !keep(*state as usize) {
                cut.ranks[place * cut.dimensions..][..cut.dimensions].fill(TAKEN);
            }
        }
        cut.measure_all();
        cut
    }

    fn measure_all(&mut self) {
        // Children come after their parents.
        for node in (0..self.nodes.len()).rev() {
            self.measure(node);
        }
    }

    fn measure(&mut self, node: usize) {
        let d = self.dimensions;
        let Node { first, end, second } = self.nodes[node];
        for dimension in 0..d {
            let (mut least, mut greatest) = (TAKEN, 0);
            if second == NO_NODE {
                for place in first as usize..end as usize {
                    let rank = self.ranks[place * d + dimension];
                    if rank != TAKEN {
                        (least, greatest) = (least.min(rank), greatest.max(rank));
                    }
                }
            } else {
                for child in [node + 1, second as usize] {
                    least = least.min(self.bounds[2 * d * child + dimension]);
                    greatest = greatest.max(self.bounds[2 * d * child + d + dimension]);
                }
            }
            self.bounds[2 * d * node + dimension] = least;
            self.bounds[2 * d * node + d + dimension] = greatest;
        }
    }

    /// Takes the states of a block that a point beats, and adds them to `taken`.
    ///
    /// Cost: O(√n) for two members and a point that takes nothing, in the worst case;
    /// O(log n) for each state taken, n states of the block.
    pub(crate) fn take(&mut self, block: usize, point: &[u32], beats: Beats, taken: &mut Vec<u32>) {
        if self.roots[block] != NO_NODE {
            self.take_below(self.roots[block] as usize, point, beats, taken);
        }
    }

    fn take_below(&mut self, node: usize, point: &[u32], beats: Beats, taken: &mut Vec<u32>) -> bool {
        let d = self.dimensions;
        let (least, greatest) = self.bounds[2 * d * node..][..2 * d].split_at(d);
        let hopeless = match beats {
            Beats::Everywhere => point.iter().zip(least).any(|(a, b)| a <= b),
            Beats::Nowhere => point.iter().zip(least).any(|(a, b)| a < b),
            // Nothing is beaten by an equal point.
            Beats::Somewhere => point.iter().zip(least).any(|(a, b)| a < b) || (least == point && greatest == point),
        };
        if hopeless {
            return false;
        }
        let Node { first, end, second } = self.nodes[node];
        let mut changed = false;
        if second == NO_NODE {
            for place in first as usize..end as usize {
                let ranks = &mut self.ranks[place * d..][..d];
                if beats.holds(point, ranks.iter().copied()) {
                    ranks.fill(TAKEN);
                    taken.push(self.order[place]);
                    changed = true;
                }
            }
        } else {
            changed |= self.take_below(node + 1, point, beats, taken);
            changed |= self.take_below(second as usize, point, beats, taken);
        }
        if changed {
            self.measure(node);
        }
        changed
    }
}

/// The ranks of a coalition's members by which states differ; `None` if no state can be
/// better for it than another.
pub(crate) fn telling_ranks(reading: Reading, ranks: &[Vec<u32>], coalition: Coalition) -> Option<Vec<&[u32]>> {
    let of_members = coalition.members().map(|dm| ranks[dm.index()].as_slice());
    let is_constant = |of: &&[u32]| of.windows(2).all(|pair| pair[0] == pair[1]);
    match reading {
        Reading::Strict => {
            let all: Vec<&[u32]> = of_members.collect();
            (!all.iter().any(is_constant)).then_some(all)
        }
        Reading::Pareto => {
            let telling: Vec<&[u32]> = of_members.filter(|of| !is_constant(of)).collect();
            (!telling.is_empty()).then_some(telling)
        }
    }
}
