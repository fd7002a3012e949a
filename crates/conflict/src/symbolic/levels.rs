//! One diagram read coordinate by coordinate.
//!
//! A *level* is a coordinate with more than one value, in the order of the variables; all
//! bits of a coordinate are followed at once. What is asked here needs no new diagrams
//! and is linear in the nodes of the one that is given.

use biodivine_lib_bdd::{Bdd, BddPointer};
use detente_base::StopReason;

use super::diagrams::Diagrams;
use super::encoding::Encoding;
use crate::pattern::Pattern;

/// A set of states, level by level.
pub(super) struct Levels<'d> {
    set: &'d Bdd,
    code: &'d Encoding,
    /// The coordinate of each level.
    coordinates: Vec<usize>,
    /// The nodes that each level begins with.
    nodes: Vec<Vec<BddPointer>>,
    /// The level of each node; terminals come after all levels.
    level_of: Vec<usize>,
}

impl<'d> Levels<'d> {
    pub(super) fn new(set: &'d Bdd, code: &'d Encoding, dd: &Diagrams<'_>) -> Result<Self, StopReason> {
        dd.spend(set.size())?;
        let mut coordinates: Vec<usize> =
            (0..code.sizes().len()).filter(|coordinate| !code.bits(*coordinate).is_empty()).collect();
        coordinates.sort_by_key(|coordinate| code.bits(*coordinate)[0]);
        let mut level_of_variable = vec![coordinates.len(); code.variable_count() + 1];
        for (level, coordinate) in coordinates.iter().enumerate() {
            code.bits(*coordinate).iter().for_each(|bit| level_of_variable[*bit] = level);
        }
        let mut nodes = vec![Vec::new(); coordinates.len()];
        let mut level_of = Vec::with_capacity(set.size());
        for node in set.pointers() {
            let level = level_of_variable[set.var_of(node).to_index()];
            level_of.push(level);
            if let Some(nodes) = nodes.get_mut(level) {
                nodes.push(node);
            }
        }
        Ok(Self { set, code, coordinates, nodes, level_of })
    }

    fn values(&self, level: usize) -> std::ops::Range<u32> {
        0..self.code.sizes()[self.coordinates[level]]
    }

    fn level(&self, node: BddPointer) -> usize {
        self.level_of[node.to_index()]
    }

    /// Where a value of a level leads to from a node.
    fn follow(&self, mut node: BddPointer, level: usize, value: u32) -> BddPointer {
        for (place, bit) in self.code.bits(self.coordinates[level]).iter().rev().enumerate().rev() {
            if !node.is_terminal() && self.set.var_of(node).to_index() == *bit {
                let up = value >> place & 1 == 1;
                node = if up { self.set.high_link_of(node) } else { self.set.low_link_of(node) };
            }
        }
        node
    }

    /// For each coordinate the values that occur in the set; all values if it is empty.
    pub(super) fn hull(&self, dd: &Diagrams<'_>) -> Result<Pattern, StopReason> {
        dd.spend(self.set.size())?;
        let mut hull = Pattern::all(self.code.sizes());
        let mut free = vec![false; self.coordinates.len()];
        let mut seen = vec![false; self.set.size()];
        let mut occurs: Vec<Vec<bool>> = (0..free.len()).map(|level| vec![false; self.values(level).len()]).collect();
        let root = self.set.root_pointer();
        seen[root.to_index()] = true;
        free[..self.level(root)].fill(true);
        // No path goes up, so that a level is complete before its nodes are followed.
        for level in 0..free.len() {
            for &node in &self.nodes[level] {
                // Nodes of later bits of the level are passed on the way.
                let values = if seen[node.to_index()] { self.values(level) } else { 0..0 };
                for value in values {
                    let next = self.follow(node, level, value);
                    if !next.is_zero() {
                        occurs[level][value as usize] = true;
                        seen[next.to_index()] = true;
                        free[level + 1..self.level(next)].fill(true);
                    }
                }
            }
        }
        for (level, coordinate) in self.coordinates.iter().enumerate().filter(|(level, _)| !free[*level]) {
            let never = self.values(level).filter(|value| !occurs[level][*value as usize]);
            never.for_each(|value| hull.forbid(*coordinate, value));
        }
        Ok(hull)
    }

    /// A widest pattern around a state outside of the set that does not meet the set.
    ///
    /// The levels from `split` on are widened first, the last one first; then those
    /// before, the first one first. What stopped a value stops it still when later levels
    /// are wider, so that no value can be added in the end.
    pub(super) fn avoiding(&self, state: &[u32], split: usize, dd: &Diagrams<'_>) -> Result<Pattern, StopReason> {
        dd.spend(self.set.size())?;
        let count = self.coordinates.len();
        let own: Vec<u32> = self.coordinates.iter().map(|coordinate| state[*coordinate]).collect();
        let mut allowed: Vec<Vec<u32>> = own.iter().map(|value| vec![*value]).collect();
        let path = self.path(&own);
        // Whether the set is met from a node: by the allowed values from the split on, and
        // by those of the state before.
        let mut meets = vec![false; self.set.size().max(2)];
        meets[BddPointer::one().to_index()] = true;
        for level in (0..count).rev() {
            let others = self.values(level).filter(|value| *value != own[level]);
            if level >= split {
                let harmless = |value: &u32| !meets[self.follow(path[level], level, *value).to_index()];
                allowed[level].extend(others.filter(harmless));
            }
            for &node in &self.nodes[level] {
                let met = allowed[level].iter().any(|value| meets[self.follow(node, level, *value).to_index()]);
                meets[node.to_index()] = met;
            }
        }
        let mut reached = vec![false; self.set.size().max(2)];
        reached[self.set.root_pointer().to_index()] = true;
        for level in 0..split.min(count) {
            let here: Vec<BddPointer> =
                self.nodes[level].iter().copied().filter(|node| reached[node.to_index()]).collect();
            let harmless = |value: &u32| here.iter().all(|node| !meets[self.follow(*node, level, *value).to_index()]);
            allowed[level].extend(self.values(level).filter(|value| *value != own[level]).filter(harmless));
            for node in here {
                allowed[level].iter().for_each(|value| reached[self.follow(node, level, *value).to_index()] = true);
            }
        }
        let mut pattern = Pattern::all(self.code.sizes());
        for (coordinate, allowed) in self.coordinates.iter().zip(allowed) {
            pattern.restrict(*coordinate, allowed);
        }
        Ok(pattern)
    }

    /// The nodes that the values of a state lead to, before each level.
    fn path(&self, own: &[u32]) -> Vec<BddPointer> {
        let mut node = self.set.root_pointer();
        let mut path = Vec::with_capacity(own.len());
        for (level, value) in own.iter().enumerate() {
            path.push(node);
            node = self.follow(node, level, *value);
        }
        path
    }

    pub(super) fn count(&self) -> usize {
        self.coordinates.len()
    }
}
