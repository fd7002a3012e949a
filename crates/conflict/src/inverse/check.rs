//! Is a nearest order right? Answered from the definitions alone: no clause, no count
//! and no search of this module is used.

use super::Nearest;
use crate::check::stays_by_definition;
use crate::concepts::Concept;
use crate::model::{DmId, Model, StateId};

/// What is wrong with a nearest order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NearestFailure {
    /// It has not one rank for each state.
    #[error("the order has {found} ranks; there are {expected} states")]
    WrongLength {
        /// Its ranks.
        found: usize,
        /// States.
        expected: usize,
    },
    /// With it the decision maker would leave.
    #[error("with this order the decision maker would leave")]
    Leaves,
    /// It gives up another number of preferences than it says.
    #[error("the order gives up {counted} strict preferences, not {claimed}")]
    Distance {
        /// As counted pair by pair.
        counted: u64,
        /// As claimed.
        claimed: u64,
    },
    /// With E raised less far the decision maker would stay too.
    #[error("a smaller change would do")]
    NotNearest,
}

/// Checks that with a nearest order `dm` stays at a state, that the order is as far
/// from the model's as it says, and that E stops no level of states too high: raised to
/// just below the last level that it passes, `dm` would leave.
///
/// Cost: O(n²) time for n states, and two checks by definition.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify_nearest(
    model: &Model,
    concept: Concept,
    dm: DmId,
    state: StateId,
    nearest: &Nearest,
) -> Result<(), NearestFailure> {
    let (before, after) = (model.ranks(dm), &nearest.ranks);
    if after.len() != before.len() {
        return Err(NearestFailure::WrongLength { found: after.len(), expected: before.len() });
    }
    let stays = |ranks: Vec<u32>| {
        let mut all: Vec<Vec<u32>> = model.decision_makers().map(|other| model.ranks(other).to_vec()).collect();
        all[dm.index()] = ranks;
        let changed = model.with_ranks(all).expect("as many ranks as before");
        stays_by_definition(&changed, concept, dm, state)
    };
    if !stays(after.clone()) {
        return Err(NearestFailure::Leaves);
    }
    let mut counted = 0;
    for a in 0..before.len() {
        counted += (0..before.len()).filter(|b| before[a] > before[*b] && after[a] <= after[*b]).count() as u64;
    }
    if counted != nearest.given_up {
        return Err(NearestFailure::Distance { counted, claimed: nearest.given_up });
    }
    let Some(top) = nearest.passed.iter().map(|passed| before[passed.index()]).max() else {
        return Ok(());
    };
    // Everything below the last level put no higher than E, by a tie.
    let here = before[state.index()];
    let less_far = before.iter().map(|rank| if *rank < top { (*rank).min(here) } else { *rank }).collect();
    if stays(less_far) { Err(NearestFailure::NotNearest) } else { Ok(()) }
}
