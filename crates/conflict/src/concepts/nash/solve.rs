//! No move leads to a better state.

use detente_base::StopReason;
use fixedbitset::FixedBitSet;

use crate::concepts::Work;

/// s is stable iff the best of s and Rᵢ(s) is no better than s.
#[allow(clippy::unnecessary_wraps, reason = "one signature for all concepts")]
pub(super) fn stable_states(work: &Work<'_>) -> Result<FixedBitSet, StopReason> {
    Ok(work.no_better(work.escape_ranks()))
}
