//! Sets of codes as decision diagrams over coordinates of several values.
//!
//! A node asks for the value of one coordinate and has one child for each value; the
//! coordinate of a child is lower. Equal nodes are stored once, and a node whose
//! children are all the same is left out.

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use crate::model::StateSpace;
use crate::pattern::Pattern;

/// A set of combinations of values of all coordinates below some height.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Node(u32);

impl Node {
    /// Nothing.
    pub(super) const EMPTY: Self = Self(0);
    /// Everything.
    pub(super) const FULL: Self = Self(1);

    fn index(self) -> usize {
        self.0 as usize
    }
}

/// The nodes of all sets of one space.
pub(super) struct Diagrams<'s> {
    pub(super) space: &'s StateSpace,
    /// One more than the coordinate that a node asks for; 0 for the two constants.
    heights: Vec<u32>,
    /// Where a node's children begin in `children`.
    starts: Vec<usize>,
    children: Vec<Node>,
    /// Nodes by height and children; never iterated.
    known: FxHashMap<(u32, Box<[Node]>), Node>,
    /// Visits of nodes that may still be made.
    work: u64,
    /// Results of the walk in progress, by node: the walk's number and the result.
    results: Vec<(u32, u64)>,
    walk: u32,
}

impl<'s> Diagrams<'s> {
    pub(super) fn new(space: &'s StateSpace, work: u64) -> Self {
        Self {
            space,
            heights: vec![0, 0],
            starts: vec![0, 0],
            children: Vec::new(),
            known: FxHashMap::default(),
            work,
            results: Vec::new(),
            walk: 0,
        }
    }

    /// Whether the allowed work is done. What was begun is still finished.
    pub(super) fn is_exhausted(&self) -> bool {
        self.work == 0
    }

    /// Number of values of the coordinate below a height.
    fn size(&self, height: u32) -> u32 {
        self.space.sizes()[height as usize - 1]
    }

    fn spend(&mut self, visits: u64) {
        self.work = self.work.saturating_sub(visits);
    }

    /// The set of these codes.
    pub(super) fn of_codes(&mut self, codes: &FixedBitSet) -> Node {
        self.of_range(codes, 0, self.space.coordinate_count() as u32)
    }

    /// The part from code `start` on that the coordinates below `height` span.
    fn of_range(&mut self, codes: &FixedBitSet, start: usize, height: u32) -> Node {
        let place = height as usize;
        let length = self.space.strides().get(place).map_or(self.space.code_count(), |stride| *stride as usize);
        let range = start..start + length;
        if !codes.contains_any_in_range(range.clone()) {
            return Node::EMPTY;
        }
        if codes.contains_all_in_range(range) {
            return Node::FULL;
        }
        let stride = self.space.strides()[place - 1] as usize;
        let children = (0..self.size(height) as usize)
            .map(|value| self.of_range(codes, start + value * stride, height - 1))
            .collect();
        self.node(height, children)
    }

    fn node(&mut self, height: u32, children: Box<[Node]>) -> Node {
        self.spend(1);
        if children.iter().all(|child| *child == children[0]) {
            return children[0];
        }
        let next = Node(self.heights.len() as u32);
        let key = (height, children);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        self.heights.push(height);
        self.starts.push(self.children.len());
        self.children.extend_from_slice(&key.1);
        self.known.insert(key, next);
        next
    }

    fn height(&self, node: Node) -> u32 {
        self.heights[node.index()]
    }

    fn child(&self, node: Node, value: u32) -> Node {
        self.children[self.starts[node.index()] + value as usize]
    }

    /// The lowest code of a set that is not empty.
    pub(super) fn lowest(&self, set: Node) -> Vec<u32> {
        let mut values = vec![0; self.space.coordinate_count()];
        let mut node = set;
        while self.height(node) > 0 {
            let height = self.height(node);
            let value = (0..self.size(height)).find(|value| self.child(node, *value) != Node::EMPTY);
            let value = value.expect("a node that is not empty has such a child");
            values[height as usize - 1] = value;
            node = self.child(node, value);
        }
        values
    }

    /// Whether a pattern covers a code of the set.
    pub(super) fn meets(&mut self, set: Node, pattern: &Pattern) -> bool {
        self.begin_walk();
        self.meets_below(set, pattern)
    }

    fn meets_below(&mut self, node: Node, pattern: &Pattern) -> bool {
        let height = self.height(node);
        if height == 0 {
            return node == Node::FULL;
        }
        if self.result(node).is_some() {
            return false;
        }
        let met = pattern.values(height as usize - 1).any(|value| {
            let child = self.child(node, value);
            self.meets_below(child, pattern)
        });
        if !met {
            self.keep_result(node, 0);
        }
        met
    }

    /// Number of codes of the set that a pattern covers.
    pub(super) fn count(&mut self, set: Node, pattern: &Pattern) -> u64 {
        self.begin_walk();
        let mut weights = vec![1_u64];
        for coordinate in 0..self.space.coordinate_count() {
            let allowed = pattern.values(coordinate).count() as u64;
            weights.push(weights[coordinate] * allowed);
        }
        if weights.last() == Some(&0) {
            return 0;
        }
        let own = self.count_below(set, pattern, &weights);
        own * (weights[weights.len() - 1] / weights[self.height(set) as usize])
    }

    /// The number for the coordinates below the node's own height; `weights` are
    /// numbers of combinations that the pattern allows below each height.
    fn count_below(&mut self, node: Node, pattern: &Pattern, weights: &[u64]) -> u64 {
        let height = self.height(node);
        if height == 0 {
            return u64::from(node == Node::FULL);
        }
        if let Some(known) = self.result(node) {
            return known;
        }
        let mut sum = 0;
        for value in pattern.values(height as usize - 1) {
            let child = self.child(node, value);
            let skipped = weights[height as usize - 1] / weights[self.height(child) as usize];
            sum += skipped * self.count_below(child, pattern, weights);
        }
        self.keep_result(node, sum);
        sum
    }

    fn begin_walk(&mut self) {
        self.results.resize(self.heights.len(), (0, 0));
        self.walk += 1;
    }

    fn result(&self, node: Node) -> Option<u64> {
        let (walk, result) = self.results[node.index()];
        (walk == self.walk).then_some(result)
    }

    fn keep_result(&mut self, node: Node, result: u64) {
        self.spend(1);
        self.results[node.index()] = (self.walk, result);
    }

    /// The codes of the set that a pattern does not cover.
    pub(super) fn without(&mut self, set: Node, pattern: &Pattern) -> Node {
        let open = (0..pattern.coordinate_count()).take_while(|c| pattern.is_open(*c)).count() as u32;
        let mut known = FxHashMap::default();
        self.without_below(set, self.space.coordinate_count() as u32, &Cut { pattern, open }, &mut known)
    }

    fn without_below(
        &mut self,
        node: Node,
        height: u32,
        cut: &Cut<'_>,
        known: &mut FxHashMap<(Node, u32), Node>,
    ) -> Node {
        if node == Node::EMPTY || height <= cut.open {
            return Node::EMPTY;
        }
        let coordinate = height as usize - 1;
        let skips = self.height(node) < height;
        if skips && cut.pattern.is_open(coordinate) {
            return self.without_below(node, height - 1, cut, known);
        }
        if let Some(known) = known.get(&(node, height)) {
            return *known;
        }
        let mut children = Vec::with_capacity(self.size(height) as usize);
        for value in 0..self.size(height) {
            let child = if skips { node } else { self.child(node, value) };
            let allowed = cut.pattern.allows(coordinate, value);
            children.push(if allowed { self.without_below(child, height - 1, cut, known) } else { child });
        }
        let result = self.node(height, children.into());
        known.insert((node, height), result);
        result
    }
}

/// What is taken away.
struct Cut<'p> {
    pattern: &'p Pattern,
    /// Number of lowest coordinates at which the pattern allows all values.
    open: u32,
}
