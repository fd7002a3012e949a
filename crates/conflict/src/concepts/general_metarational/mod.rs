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

use super::Definition;

/// This concept's entry in the registry.
pub(crate) static GENERAL_METARATIONAL: Definition = Definition {
    symbol: "GMR",
    name: "general metarationality",
    solve: solve::stable_states,
    explain: evidence::explain,
    verify: check::verify,
};
