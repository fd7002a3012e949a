//! The most that a move can secure against the others' replies.

use detente_base::StopReason;
use fixedbitset::FixedBitSet;

use crate::concepts::Work;
use crate::moves::MoveKind;

/// s is stable iff max over q ∈ Rᵢ(s) of min(Pᵢ(q), m(q)) ≤ Pᵢ(s), where m(q) is the
/// least of Pᵢ
/// over R_{N−i}(q).
pub(super) fn stable_states(work: &Work<'_>) -> Result<FixedBitSet, StopReason> {
    work.stable_against(MoveKind::Any, work.ranks().to_vec())
}
