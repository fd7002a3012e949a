//! R, Nash stability: i stays because no move of its own improves on s.
//!
//! Rᵢ⁺(s) = ∅.
//!
//! Rᵢ⁺(s): unilateral improvements of decision maker i from s.
//!
//! Source: `[Nash1951]`; in the graph model `[FangHipelKilgour1993]`, ch. 3. Differs: no.
//! Cost: O(n) time, n states.

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
pub(crate) struct Nash;

impl Definition for Nash {
    fn symbol(&self) -> &'static str {
        "R"
    }

    fn name(&self) -> &'static str {
        "Nash stability"
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
