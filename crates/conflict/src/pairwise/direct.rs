//! One state at a time, for states that no other state can stand for.

use fixedbitset::FixedBitSet;

use crate::moves::Listed;

/// A search among the others' legal sequences that forgets as fast as it learns.
pub(super) struct Direct<'a> {
    /// Moves of each of the others that count.
    others: Vec<&'a Listed>,
    /// Pairs (state, last mover) met in this search.
    met: FixedBitSet,
    open: Vec<(u32, u32)>,
    /// What to forget.
    marked: Vec<usize>,
}

impl<'a> Direct<'a> {
    pub(super) fn new(others: Vec<&'a Listed>, state_count: usize) -> Self {
        let met = FixedBitSet::with_capacity(state_count * others.len());
        Self { others, met, open: Vec::new(), marked: Vec::new() }
    }

    /// Whether a legal sequence of at least one step from a state ends where `wanted`
    /// says.
    pub(super) fn leads_to(&mut self, from: u32, mut wanted: impl FnMut(u32) -> bool) -> bool {
        self.open.push((from, u32::MAX));
        let mut found = false;
        while let Some((state, last)) = self.open.pop() {
            for mover in (0..self.others.len() as u32).filter(|mover| *mover != last) {
                for &to in self.others[mover as usize].from(state as usize) {
                    let position = to as usize * self.others.len() + mover as usize;
                    if found || self.met.put(position) {
                        continue;
                    }
                    self.marked.push(position);
                    found = wanted(to);
                    self.open.push((to, mover));
                }
            }
            if found {
                self.open.clear();
            }
        }
        self.marked.drain(..).for_each(|position| self.met.remove(position));
        found
    }
}
