//! SEQ, sequential stability: as general metarationality, but the others answer only
//! by steps that each improve for their mover.
//!
//! ∀q ∈ Rᵢ⁺(s) ∃k ∈ R⁺_{N−i}(q): Pᵢ(k) ≤ Pᵢ(s).
//!
//! Rᵢ⁺(s): unilateral improvements of i; R⁺_{N−i}(q): ends of the others' legal
//! sequences from q in which every step improves for its mover on the state that it
//! leaves; Pᵢ: rank for i.
//!
//! Source: `[FraserHipel1979]`; `[FraserHipel1984]`; in the graph model
//! `[FangHipelKilgour1993]`, ch. 3-4. Differs: no.
//! Cost: O(d·n) time per sweep after sorting; d decision makers, n states.

mod check;
mod evidence;
mod solve;
#[cfg(test)]
mod tests;

use detente_base::StopReason;
use fixedbitset::FixedBitSet;

use super::{Case, Definition, Evidence, Work};
use crate::check::{CheckFailure, Claim};

/// This concept's entry in the registry.
pub(crate) struct Sequential;

impl Definition for Sequential {
    fn symbol(&self) -> &'static str {
        "SEQ"
    }

    fn name(&self) -> &'static str {
        "sequential stability"
    }

    fn solve(&self, work: &Work<'_>) -> Result<FixedBitSet, StopReason> {
        solve::stable_states(work)
    }

    fn explain(&self, case: &Case<'_>) -> Result<Evidence, StopReason> {
        evidence::explain(case)
    }

    fn verify(&self, claim: &Claim<'_>) -> Result<(), CheckFailure> {
        check::verify(claim)
    }
}
