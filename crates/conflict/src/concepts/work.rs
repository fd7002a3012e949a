//! What the solvers of the concepts share: one decision maker's view of all states.

use std::sync::OnceLock;

use detente_base::{Budget, StopReason};
use fixedbitset::FixedBitSet;

use crate::model::DmId;
use crate::moves::{Greatest, MoveKind};
use crate::reach::{Tables, worst};

/// The work on one decision maker.
pub(crate) struct Work<'a> {
    tables: &'a Tables<'a>,
    dm: DmId,
    others: Vec<DmId>,
    escape_ranks: OnceLock<Vec<u32>>,
    budget: &'a Budget,
}

impl<'a> Work<'a> {
    pub(crate) fn new(tables: &'a Tables<'a>, dm: DmId, budget: &'a Budget) -> Self {
        Self { tables, dm, others: tables.others(dm), escape_ranks: OnceLock::new(), budget }
    }

    /// Pᵢ, the decision maker's rank of each state.
    pub(crate) fn ranks(&self) -> &[u32] {
        self.tables.model.ranks(self.dm)
    }

    /// Cᵢ(x) = max Pᵢ over x and Rᵢ(x): what it can make of each state.
    pub(crate) fn escape_ranks(&self) -> &[u32] {
        self.escape_ranks.get_or_init(|| {
            let mut best = self.ranks().to_vec();
            self.take_best_move(&mut best);
            best
        })
    }

    /// The states that no move improves on, when the others answer a move to q by
    /// leading to the least of `outcomes` over q and their legal sequences from q.
    ///
    /// `outcomes` is nowhere below Pᵢ. A move to q with Pᵢ(q) ≤ Pᵢ(s) is then never
    /// counted, so that the maximum can be taken over all moves; and staying at q
    /// changes no verdict on an improvement, so that it can count as an answer.
    pub(crate) fn stable_against(&self, kind: MoveKind, outcomes: Vec<u32>) -> Result<FixedBitSet, StopReason> {
        let mut guaranteed = worst(self.tables, &self.others, kind, outcomes, self.budget)?;
        for (value, rank) in guaranteed.iter_mut().zip(self.ranks()) {
            *value = (*value).min(*rank);
        }
        self.take_best_move(&mut guaranteed);
        Ok(self.no_better(&guaranteed))
    }

    /// The states s with values(s) ≤ Pᵢ(s).
    pub(crate) fn no_better(&self, values: &[u32]) -> FixedBitSet {
        let mut states = FixedBitSet::with_capacity(values.len());
        for (state, (value, rank)) in values.iter().zip(self.ranks()).enumerate() {
            states.set(state, value <= rank);
        }
        states
    }

    fn take_best_move(&self, values: &mut [u32]) {
        self.tables.forward(self.dm).fold::<Greatest>(MoveKind::Any, self.ranks(), values);
    }
}
