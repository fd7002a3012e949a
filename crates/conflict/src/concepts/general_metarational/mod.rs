//! GMR, general metarationality: i stays because the others can answer each of its
//! improvements by leading to a state that is no better for i than s.
//!
//! ∀q ∈ Rᵢ⁺(s) ∃k ∈ R_{N−i}(q): Pᵢ(k) ≤ Pᵢ(s).
//!
//! Rᵢ⁺(s): unilateral improvements of i; R_{N−i}(q): ends of the others' legal
//! sequences from q; Pᵢ: rank for i. The others may hurt themselves.
//!
//! Source: `[Howard1971]`; in the graph model `[FangHipelKilgour1993]`, ch. 3-4.
//! Differs: no. With cyclic listed arcs the others may lead back to s itself, which
//! counts as no better than s.
//! Cost: O(d·n) time per sweep; d decision makers, n states.

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
pub(crate) struct GeneralMetarational;

impl Definition for GeneralMetarational {
    fn symbol(&self) -> &'static str {
        "GMR"
    }

    fn name(&self) -> &'static str {
        "general metarationality"
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
