//! The ends of the others' legal sequences, with sure or with possible moves.

use fixedbitset::FixedBitSet;

use super::Focus;
use crate::model::{DmId, StateId};

/// Which moves and improvements are taken to exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Certainty {
    /// Only what holds in every completion.
    Sure,
    /// What holds in some completion.
    Possible,
}

/// Reply sets by the state after the decision maker's move, found when first asked.
pub(super) struct Replies<'a> {
    focus: &'a Focus<'a>,
    certainty: Certainty,
    credible: bool,
    others: Vec<DmId>,
    found: Vec<Option<FixedBitSet>>,
}

impl<'a> Replies<'a> {
    /// `credible`: each step improves for its mover.
    pub(super) fn new(focus: &'a Focus<'a>, certainty: Certainty, credible: bool) -> Self {
        let others = focus.model.decision_makers().filter(|other| *other != focus.dm).collect();
        Self { focus, certainty, credible, others, found: vec![None; focus.model.state_count()] }
    }

    /// States to which the others can lead from one.
    pub(super) fn after(&mut self, from: StateId) -> &FixedBitSet {
        let known = self.found[from.index()].take();
        let ends = known.unwrap_or_else(|| self.search(from));
        self.found[from.index()].insert(ends)
    }

    fn search(&self, from: StateId) -> FixedBitSet {
        let state_count = self.focus.model.state_count();
        let mut ends = FixedBitSet::with_capacity(state_count);
        // Positions (state, last mover).
        let mut met = FixedBitSet::with_capacity(state_count * self.others.len());
        let mut open = vec![(from, None)];
        while let Some((state, last)) = open.pop() {
            for (index, &mover) in self.others.iter().enumerate() {
                if last == Some(index) {
                    continue;
                }
                for &target in self.focus.moves.of(self.certainty, mover, state) {
                    let position = target.index() * self.others.len() + index;
                    if !met.contains(position) && self.counts(mover, state, target) {
                        met.insert(position);
                        ends.insert(target.index());
                        open.push((target, Some(index)));
                    }
                }
            }
        }
        ends
    }

    fn counts(&self, mover: DmId, from: StateId, to: StateId) -> bool {
        let comparisons = self.focus.comparisons;
        !self.credible
            || match self.certainty {
                Certainty::Sure => comparisons.surely_better(mover, to, from),
                Certainty::Possible => !comparisons.surely_not_better(mover, to, from),
            }
    }
}
