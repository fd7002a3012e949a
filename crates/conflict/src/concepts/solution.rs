//! Verdicts on all states.

use detente_base::{Budget, StopReason};
use fixedbitset::FixedBitSet;

use super::{Concept, Definition, Work};
use crate::lanes::in_lanes;
use crate::model::{DmId, Model, StateId};
use crate::reach::Tables;

/// For each concept asked about and each decision maker, the states stable for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solution {
    state_count: usize,
    stable: Vec<(Concept, Vec<FixedBitSet>)>,
}

/// Finds the stable states of every decision maker under the concepts.
///
/// Cost: O(c·d²·n·k) time for c concepts, d decision makers, n states, k sweeps
/// (few in practice, bounded in any case), on two threads where n is large; 4·n·(2d + 5)
/// bytes and c·d·n bits. Listed
/// moves and guarded coordinates add time and memory for each move.
///
/// # Errors
/// When the budget's stopper is raised, or a decision maker has more listed moves
/// than the budget allows. The caller bounds the number of states, which it fixed
/// when it built the model.
pub fn solve(model: &Model, concepts: &[Concept], budget: &Budget) -> Result<Solution, StopReason> {
    let tables = Tables::new(model, budget)?;
    let mut asked: Vec<Concept> = Vec::new();
    for concept in concepts {
        if !asked.contains(concept) {
            asked.push(*concept);
        }
    }
    let mut stable: Vec<(Concept, Vec<FixedBitSet>)> = asked.into_iter().map(|concept| (concept, Vec::new())).collect();
    for dm in model.decision_makers() {
        let work = Work::new(&tables, dm, budget);
        let definitions: Vec<&Definition> = stable.iter().map(|(concept, _)| concept.definition()).collect();
        let solved = in_lanes(definitions.len(), model.state_count(), |at| {
            budget.check()?;
            (definitions[at].solve)(&work)
        })?;
        for ((_, of_concept), states) in stable.iter_mut().zip(solved) {
            of_concept.push(states);
        }
    }
    Ok(Solution { state_count: model.state_count(), stable })
}

impl Solution {
    /// Verdicts found elsewhere: for each concept once, a set for each decision maker.
    pub(crate) fn from_stable(state_count: usize, stable: Vec<(Concept, Vec<FixedBitSet>)>) -> Self {
        Self { state_count, stable }
    }

    /// The concepts asked about, each once, in the order of the question.
    pub fn concepts(&self) -> impl Iterator<Item = Concept> + '_ {
        self.stable.iter().map(|(concept, _)| *concept)
    }

    /// The states that are stable for a decision maker.
    ///
    /// # Panics
    /// If the concept was not asked about.
    pub fn stable(&self, concept: Concept, dm: DmId) -> &FixedBitSet {
        &self.of_concept(concept)[dm.index()]
    }

    /// Whether a state is stable for a decision maker.
    ///
    /// # Panics
    /// If the concept was not asked about.
    pub fn is_stable(&self, concept: Concept, dm: DmId, state: StateId) -> bool {
        self.stable(concept, dm).contains(state.index())
    }

    /// The states that are stable for every decision maker.
    ///
    /// # Panics
    /// If the concept was not asked about.
    pub fn equilibria(&self, concept: Concept) -> FixedBitSet {
        self.intersection(self.of_concept(concept).iter())
    }

    /// The states that are stable for every decision maker, each under a concept of
    /// its own: different parties, different foresight.
    ///
    /// # Panics
    /// If there is not one concept per decision maker, or one was not asked about.
    pub fn equilibria_of_mixture(&self, concepts: &[Concept]) -> FixedBitSet {
        let count = self.stable.first().map_or(concepts.len(), |(_, sets)| sets.len());
        assert_eq!(concepts.len(), count, "one concept per decision maker");
        let of_party = concepts.iter().enumerate().map(|(dm, concept)| &self.of_concept(*concept)[dm]);
        self.intersection(of_party)
    }

    fn of_concept(&self, concept: Concept) -> &[FixedBitSet] {
        let found = self.stable.iter().find(|(asked, _)| *asked == concept);
        &found.unwrap_or_else(|| panic!("{concept} was not asked about")).1
    }

    fn intersection<'s>(&self, sets: impl Iterator<Item = &'s FixedBitSet>) -> FixedBitSet {
        let mut all = FixedBitSet::with_capacity(self.state_count);
        all.insert_range(..);
        sets.for_each(|set| all.intersect_with(set));
        all
    }
}
