//! Pairs of states, given as products of sets.

use fixedbitset::FixedBitSet;

/// Statements about pairs: statement u is about all (a, b) with a in its first set and
/// b in its second.
///
/// Memory: two bits for each state and statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairSets {
    /// Words for each state; 0 without statements.
    words: usize,
    /// By state: bit u tells whether it is in the first set of statement u.
    first: Vec<u64>,
    second: Vec<u64>,
}

impl PairSets {
    /// Statements about the states of a model; sets may be shorter than `state_count`.
    ///
    /// # Panics
    /// If a set has a state beyond `state_count`.
    pub fn new(state_count: usize, statements: &[(FixedBitSet, FixedBitSet)]) -> Self {
        let words = statements.len().div_ceil(64);
        let mut sets = Self { words, first: vec![0; words * state_count], second: vec![0; words * state_count] };
        for (index, (first, second)) in statements.iter().enumerate() {
            let (word, bit) = (index / 64, 1 << (index % 64));
            first.ones().for_each(|state| sets.first[state * words + word] |= bit);
            second.ones().for_each(|state| sets.second[state * words + word] |= bit);
        }
        sets
    }

    /// Whether there are no statements.
    pub fn is_empty(&self) -> bool {
        self.words == 0
    }

    /// The first statement about (a, b) in this order.
    pub fn find(&self, a: usize, b: usize) -> Option<usize> {
        let (a, b) = (a * self.words, b * self.words);
        (0..self.words).find_map(|word| {
            let both = self.first[a + word] & self.second[b + word];
            (both != 0).then(|| word * 64 + both.trailing_zeros() as usize)
        })
    }

    /// The first statement about (a, b) or (b, a).
    pub fn find_either_way(&self, a: usize, b: usize) -> Option<usize> {
        match (self.find(a, b), self.find(b, a)) {
            (Some(x), Some(y)) => Some(x.min(y)),
            (x, y) => x.or(y),
        }
    }

    /// Appends what the statements know of a state: states with the same marks are
    /// treated alike by all of them.
    pub fn marks(&self, state: usize, marks: &mut Vec<u64>) {
        let span = state * self.words..(state + 1) * self.words;
        marks.extend(&self.first[span.clone()]);
        marks.extend(&self.second[span]);
    }
}
