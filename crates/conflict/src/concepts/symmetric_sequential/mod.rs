//! SSEQ, symmetric sequential stability: as sequential stability, and i cannot escape
//! from the reply by one more move of its own.
//!
//! ∀q ∈ Rᵢ⁺(s) ∃k ∈ R⁺_{N−i}(q): Pᵢ(k) ≤ Pᵢ(s) and ∀h ∈ Rᵢ(k): Pᵢ(h) ≤ Pᵢ(s).
//!
//! Rᵢ⁺(s): unilateral improvements of i; R⁺_{N−i}(q): ends of the others' legal
//! sequences of improvements from q; Rᵢ(k): all moves of i, one step; Pᵢ: rank for i.
//!
//! Source: `[RegoVieira2015]` for two, `[RegoVieira2017]` for more decision makers.
//! Differs: no. Not the *strong* sequential stability of models with strength of
//! preference, which is abbreviated alike.
//! Cost: O(d·n) time per sweep after sorting; d decision makers, n states.

mod check;
mod evidence;
mod solve;
#[cfg(test)]
mod tests;

use super::Definition;

/// This concept's entry in the registry.
pub(crate) static SYMMETRIC_SEQUENTIAL: Definition = Definition {
    symbol: "SSEQ",
    name: "symmetric sequential stability",
    solve: solve::stable_states,
    explain: evidence::explain,
    verify: check::verify,
};
