//! Binary numbers that depend on the state: comparisons, and the best over some
//! variables.
//!
//! With numbers V = `V₁V₂…V_L`, the greatest over the variables x among the assignments
//! in A needs no copy of the variables: E₁ = ∃x (A ∧ V₁) is its first bit, what attains
//! it is A ∧ (E₁ → V₁), and so on with the next bit.

use biodivine_lib_bdd::Bdd;
use detente_base::StopReason;

use super::diagrams::Diagrams;

/// A number for each state, highest bit first.
pub(super) type Number = Vec<Bdd>;

/// The greatest over `gone` among the assignments `within`; zero where there is none.
pub(super) fn greatest(number: &[Bdd], within: &Bdd, gone: &[bool], dd: &Diagrams<'_>) -> Result<Number, StopReason> {
    let mut candidates = within.clone();
    let mut result = Vec::with_capacity(number.len());
    for (place, bit) in number.iter().enumerate() {
        let attained = dd.and_exists(&candidates, bit, gone)?;
        if place + 1 < number.len() {
            candidates = dd.and(&candidates, &dd.implies(&attained, bit)?)?;
        }
        result.push(attained);
    }
    Ok(result)
}

/// Where the first number is at most the second.
pub(super) fn at_most(first: &[Bdd], second: &[Bdd], yes: Bdd, dd: &Diagrams<'_>) -> Result<Bdd, StopReason> {
    first.iter().zip(second).rev().try_fold(yes, |lower, (a, b)| dd.choose(&dd.xor(a, b)?, b, &lower))
}

/// Bit by bit: where the condition holds the first, elsewhere the second.
pub(super) fn choose(condition: &Bdd, first: &[Bdd], second: &[Bdd], dd: &Diagrams<'_>) -> Result<Number, StopReason> {
    first.iter().zip(second).map(|(a, b)| if a == b { Ok(a.clone()) } else { dd.choose(condition, a, b) }).collect()
}
