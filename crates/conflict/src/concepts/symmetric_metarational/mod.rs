//! SMR, symmetric metarationality: as general metarationality, and i cannot escape
//! from the reply by one more move of its own.
//!
//! ∀q ∈ Rᵢ⁺(s) ∃k ∈ R_{N−i}(q): Pᵢ(k) ≤ Pᵢ(s) and ∀h ∈ Rᵢ(k): Pᵢ(h) ≤ Pᵢ(s).
//!
//! Rᵢ⁺(s): unilateral improvements of i; R_{N−i}(q): ends of the others' legal
//! sequences from q; Rᵢ(k): moves of i; Pᵢ: rank for i.
//!
//! Source: `[Howard1971]`; in the graph model `[FangHipelKilgour1993]`, ch. 3-4.
//! Differs: no.
//! Cost: O(d·n) time per sweep; d decision makers, n states.

mod check;
mod evidence;
mod solve;
#[cfg(test)]
mod tests;

use super::Definition;

/// This concept's entry in the registry.
pub(crate) static SYMMETRIC_METARATIONAL: Definition = Definition {
    symbol: "SMR",
    name: "symmetric metarationality",
    solve: solve::stable_states,
    explain: evidence::explain,
    verify: check::verify,
};
