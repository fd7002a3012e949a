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

use super::Definition;

/// This concept's entry in the registry.
pub(crate) static SEQUENTIAL: Definition = Definition {
    symbol: "SEQ",
    name: "sequential stability",
    solve: solve::stable_states,
    explain: evidence::explain,
    verify: check::verify,
};
