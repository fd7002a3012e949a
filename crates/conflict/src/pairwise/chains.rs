//! States in chains, so that one search serves all states of a chain.

use std::collections::BTreeMap;

use detente_base::{Budget, StopReason};

use super::{Judgement, Place};
use crate::model::{DmId, StateId};

/// States in ascending order: what deters a state deters all later ones. States with
/// the same place share a step.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    /// One state for each step.
    pub(super) steps: Vec<StateId>,
    /// All states with their steps.
    pub(super) members: Vec<(StateId, u32)>,
}

/// Splits states into chains, greedily; those that stand alone are left out and yielded
/// beside the chains.
///
/// Cost: O(n·(log n + c·h)) time; n states, c chains, h heights.
pub(super) fn chains(
    judgement: &(impl Judgement + ?Sized),
    dm: DmId,
    states: &[StateId],
    budget: &Budget,
) -> Result<(Vec<Chain>, Vec<StateId>), StopReason> {
    // Groups ascending, heights ascending: what comes later is never below.
    let mut places: BTreeMap<Place, Vec<StateId>> = BTreeMap::new();
    let mut alone = Vec::new();
    for &state in states {
        let place = judgement.place(dm, state);
        if place.alone {
            alone.push(state);
        } else {
            places.entry(place).or_default().push(state);
        }
    }
    let mut all: Vec<Chain> = Vec::new();
    let mut first_of_group = 0;
    let mut tops: Vec<&Place> = Vec::new();
    for (count, (place, members)) in places.iter().enumerate() {
        if count % (1 << 10) == 0 {
            budget.check()?;
        }
        if tops.first().is_some_and(|top| top.group != place.group) {
            tops.clear();
            first_of_group = all.len();
        }
        let below = |top: &&Place| top.heights.iter().zip(&place.heights).all(|(low, high)| low <= high);
        let index = tops.iter().position(below).unwrap_or_else(|| {
            all.push(Chain::default());
            tops.push(place);
            tops.len() - 1
        });
        tops[index] = place;
        let chain = &mut all[first_of_group + index];
        let step = chain.steps.len() as u32;
        chain.steps.push(members[0]);
        chain.members.extend(members.iter().map(|state| (*state, step)));
    }
    Ok((all, alone))
}
