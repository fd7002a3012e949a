//! Is a cover right? Answered state by state.

use detente_base::{Budget, StopReason};
use fixedbitset::FixedBitSet;

use crate::model::{StateId, StateSpace};
use crate::pattern::Pattern;

/// What is wrong with a cover, or that the check was stopped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CoverFailure {
    /// The budget ended the check; nothing wrong was found.
    #[error("the check was stopped")]
    Stopped(StopReason),
    /// A pattern covers a state that is not in the set.
    #[error("pattern {pattern} covers {state:?}, which is not in the set")]
    Outside {
        /// Position of the pattern.
        pattern: usize,
        /// The state.
        state: StateId,
    },
    /// More or fewer states of the set are uncovered than claimed.
    #[error("the patterns leave {found} states of the set; expected {expected}")]
    Left {
        /// States that no pattern covers.
        found: u64,
        /// The number claimed.
        expected: u64,
    },
}

/// Checks that the patterns cover no feasible state outside the set and all but `left`
/// states in it.
///
/// Cost: O(n·p·k) time; n states, p patterns, k coordinates.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify_cover<'p>(
    space: &StateSpace,
    set: &FixedBitSet,
    patterns: impl IntoIterator<Item = &'p Pattern> + Clone,
    left: u64,
    budget: &Budget,
) -> Result<(), CoverFailure> {
    let mut uncovered = 0;
    for index in 0..space.state_count() {
        if index % 4096 == 0 {
            budget.check().map_err(CoverFailure::Stopped)?;
        }
        let state = StateId::from_index(index);
        let code = space.code(state);
        let covering = patterns.clone().into_iter().position(|pattern| pattern.covers_code(space, code));
        match (covering, set.contains(index)) {
            (Some(pattern), false) => return Err(CoverFailure::Outside { pattern, state }),
            (None, true) => uncovered += 1,
            _ => {}
        }
    }
    if uncovered == left { Ok(()) } else { Err(CoverFailure::Left { found: uncovered, expected: left }) }
}
