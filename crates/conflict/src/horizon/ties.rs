//! Which verdicts turn on what is chosen where several moves promise equally much.
//!
//! A *resolution* chooses, for each level, side and state, one of the moves that promise
//! most. For each level, side and state a *span* bounds, over all resolutions, how good
//! the anticipated state can be for either side. Spans follow from the spans of the
//! level before, so that what they decide is the same in every resolution. What they
//! leave open is tried under four rules; two that disagree show that it turns on ties.

use detente_base::StopReason;
use fixedbitset::FixedBitSet;

use super::HorizonConcept;
use super::anticipate::{RULES, Sides};
use super::cycle::{Chain as _, find_cycle, level_at};
use super::solve::stable_under;
use super::spans::{Leaving, Spans};
use crate::model::{DmId, StateId};

/// Whether a verdict turns on ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TieVerdict {
    /// It is the same whatever is chosen at each tie.
    Same,
    /// Two ways to choose give different verdicts.
    Varies,
    /// Neither was shown.
    Open,
}

/// How the verdicts of one concept depend on ties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ties {
    /// For each side, then for the two together: verdicts not shown to be the same.
    unsure: [FixedBitSet; 3],
    /// Of these, the ones for which two rules disagree.
    varying: [FixedBitSet; 3],
}

impl Ties {
    fn none(states: usize) -> Self {
        let sets = || [(); 3].map(|()| FixedBitSet::with_capacity(states));
        Self { unsure: sets(), varying: sets() }
    }

    /// Whether the verdict on a state for a decision maker turns on ties.
    pub fn of(&self, dm: DmId, state: StateId) -> TieVerdict {
        self.verdict(dm.index(), state)
    }

    /// Whether it turns on ties that a state is stable for both.
    pub fn of_equilibrium(&self, state: StateId) -> TieVerdict {
        self.verdict(2, state)
    }

    /// The states of which it turns on ties, as far as known, whether they are stable
    /// for both.
    pub fn varying_equilibria(&self) -> &FixedBitSet {
        &self.varying[2]
    }

    /// The states of which it is not known whether their being stable for both turns
    /// on ties.
    pub fn open_equilibria(&self) -> FixedBitSet {
        let mut open = self.unsure[2].clone();
        open.difference_with(&self.varying[2]);
        open
    }

    fn verdict(&self, place: usize, state: StateId) -> TieVerdict {
        if self.varying[place].contains(state.index()) {
            TieVerdict::Varies
        } else if self.unsure[place].contains(state.index()) {
            TieVerdict::Open
        } else {
            TieVerdict::Same
        }
    }
}

/// Compares the verdicts under the rule of the answers with those under all others.
pub(super) fn examine(
    sides: &Sides<'_>,
    concept: HorizonConcept,
    stable: &[FixedBitSet; 2],
) -> Result<Ties, StopReason> {
    let states = sides.model.state_count();
    let mut ties = Ties::none(states);
    if !(0..2).any(|side| has_equal_ranks(sides.ranks(side))) {
        return Ok(ties);
    }
    let sure = SureVerdicts::new(sides, concept)?;
    for side in 0..2 {
        ties.unsure[side].insert_range(..);
        ties.unsure[side].difference_with(&sure.stable[side]);
        ties.unsure[side].difference_with(&sure.unstable[side]);
    }
    // Both together are sure when one is surely unstable or both are surely stable.
    let mut unsure = ties.unsure[0].clone();
    unsure.union_with(&ties.unsure[1]);
    sure.unstable.iter().for_each(|set| unsure.difference_with(set));
    ties.unsure[2] = unsure;
    if ties.unsure.iter().all(FixedBitSet::is_clear) {
        return Ok(ties);
    }
    let with_both = |[first, second]: &[FixedBitSet; 2]| {
        let mut both = first.clone();
        both.intersect_with(second);
        [first.clone(), second.clone(), both]
    };
    let usual = with_both(stable);
    for rule in &RULES[1..] {
        let other = with_both(&stable_under(sides, concept, *rule)?.0);
        for (place, (mut set, other)) in usual.clone().into_iter().zip(&other).enumerate() {
            set.symmetric_difference_with(other);
            ties.varying[place].union_with(&set);
        }
    }
    Ok(ties)
}

fn has_equal_ranks(ranks: &[u32]) -> bool {
    let mut sorted = ranks.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).any(|pair| pair[0] == pair[1])
}

/// Verdicts that are the same in every resolution.
struct SureVerdicts {
    stable: [FixedBitSet; 2],
    unstable: [FixedBitSet; 2],
}

impl SureVerdicts {
    fn new(sides: &Sides<'_>, concept: HorizonConcept) -> Result<Self, StopReason> {
        let chain = Spans(sides);
        let mut stable = [(); 2].map(|()| FixedBitSet::with_capacity(sides.model.state_count()));
        let mut unstable = stable.clone();
        for side in 0..2 {
            let levels = match concept.horizon(DmId(side as u32)) {
                Some(h) => vec![level_at(&chain, h)?],
                None => {
                    let (cycle, first) = find_cycle(&chain)?;
                    let mut levels = vec![first];
                    for _ in 1..cycle.period {
                        levels.push(chain.next(&levels[levels.len() - 1])?);
                    }
                    levels
                }
            };
            // A state that is left in all resolutions of one level that comes again and
            // again is not stable in the long run, whatever the other levels say.
            let is = |state: usize, leaving| levels.iter().map(move |level| level.leaving[side][state] == leaving);
            for state in 0..sides.model.state_count() {
                stable[side].set(state, is(state, Leaving::Never).all(|is| is));
                unstable[side].set(state, is(state, Leaving::Always).any(|is| is));
            }
        }
        Ok(Self { stable, unstable })
    }
}
