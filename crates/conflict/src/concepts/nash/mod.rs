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

use super::Definition;

/// This concept's entry in the registry.
pub(crate) static NASH: Definition = Definition {
    symbol: "R",
    name: "Nash stability",
    solve: solve::stable_states,
    explain: evidence::explain,
    verify: check::verify,
};
