//! Pairs none of which is nowhere less than another.

use std::collections::BTreeMap;

/// The pairs by the first number.
pub(crate) struct Stairs<T>(BTreeMap<T, T>);

impl<T> Default for Stairs<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Ord + Clone> Stairs<T> {
    /// Adds a pair unless one that is there is nowhere less.
    pub(crate) fn rises(&mut self, first: &T, second: &T) -> bool {
        if self.0.range(first..).next().is_some_and(|(_, most)| most >= second) {
            return false;
        }
        while let Some((below, _)) = self.0.range(..=first).next_back().filter(|(_, other)| *other <= second) {
            let below = below.clone();
            self.0.remove(&below);
        }
        self.0.insert(first.clone(), second.clone());
        true
    }
}
