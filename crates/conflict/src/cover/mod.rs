//! Which few patterns describe a large set of states.
//!
//! A *cover* of a set of states is a list of patterns that together hold its states
//! and no other feasible ones: an answer that fits on a line where the list of states
//! would fill pages. Infeasible codes may be covered or not, whichever gives shorter
//! patterns. Each pattern is *prime* (a condition that is dropped, or a value that is
//! allowed on top and adds a state, would let in a state outside the set) and the list
//! is *irredundant* (no pattern can be left out); it is not always the shortest there
//! is.
//!
//! ```
//! use detente_base::Budget;
//! use detente_conflict::{CoverLimits, FixedBitSet, StateSpace, cover};
//!
//! // All states of two coordinates in which the first is 1 or the second is not 2.
//! let space = StateSpace::full(&[2, 3])?;
//! let mut set = FixedBitSet::with_capacity(6);
//! set.extend((0..6_u32).filter(|code| space.value(*code, 0) == 1 || space.value(*code, 1) != 2).map(|s| s as usize));
//! let found = cover(&space, &set, CoverLimits::default(), &Budget::default()).expect("no limits");
//! assert_eq!((found.patterns.len(), found.left), (2, 0));
//! assert!(found.patterns.iter().any(|(p, _)| p.is_open(0) && p.values(1).eq([0, 1])));
//! # Ok::<(), detente_conflict::ModelError>(())
//! ```
//!
//! Reading order: [`cover`], `expand` (one pattern), `diagram` (sets of codes in little
//! room), [`verify_cover`].
//!
//! Source: `[BraytonHachtelMcMullenSangiovanni1984]`, ch. 4 (expand and irredundant);
//! `[Minato1996]` for decision diagrams. Differs: coordinates of more than two values;
//! the next pattern starts from the first state that is left, and grows where it
//! covers most of what is left.

mod check;
mod diagram;
mod expand;
#[cfg(test)]
mod tests;

pub use check::{CoverFailure, verify_cover};

use detente_base::{Budget, StopReason};
use fixedbitset::FixedBitSet;

use crate::model::StateSpace;
use crate::pattern::Pattern;
use diagram::{Diagrams, Node};
use expand::{Ground, expand};

/// How much a cover may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoverLimits {
    /// Most patterns. Raising it costs time that grows with its square.
    pub patterns: usize,
    /// Most visits of nodes of decision diagrams; 2²⁵ take about a second.
    pub work: u64,
}

impl Default for CoverLimits {
    fn default() -> Self {
        Self { patterns: 64, work: 1 << 25 }
    }
}

/// Patterns that describe a set of states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    /// The patterns with the number of states of the set that each covers, most first,
    /// then in the order of patterns. They cover no feasible state outside the set.
    pub patterns: Vec<(Pattern, u64)>,
    /// States of the set that none of them covers: 0 unless a limit ended the search.
    pub left: u64,
}

/// Patterns that cover the states of `set`, and of the others at most infeasible codes.
///
/// The same input gives the same patterns. When a limit is reached, what was found
/// until then is given, and [`Cover::left`] counts the rest.
///
/// Cost: O(c/64 + v) time to read the set, c codes, v nodes of its diagram (few where
/// the set has a short description, c at most); then O(p·k²·v + p²·v) for p patterns
/// and k coordinates.
///
/// # Errors
/// When the budget's stopper is raised.
///
/// # Panics
/// If the set is not as long as there are states.
pub fn cover(space: &StateSpace, set: &FixedBitSet, limits: CoverLimits, budget: &Budget) -> Result<Cover, StopReason> {
    assert_eq!(set.len(), space.state_count(), "one bit for each state");
    let codes = codes_of(space, set);
    let mut outside = space.feasible().clone();
    outside.difference_with(&codes);
    let mut diagrams = Diagrams::new(space, limits.work);
    let whole = diagrams.of_codes(&codes);
    let outside = diagrams.of_codes(&outside);
    let mut left = whole;
    let mut found: Vec<Found> = Vec::new();
    while left != Node::EMPTY && found.len() < limits.patterns && !diagrams.is_exhausted() {
        budget.check()?;
        let pattern = expand(&mut diagrams, Ground { whole, left, outside });
        let after = diagrams.without(left, &pattern);
        found.push(Found { pattern, left_before: left });
        left = after;
    }
    let left = diagrams.count(left, &Pattern::all(space.sizes()));
    let mut patterns: Vec<(Pattern, u64)> = irredundant(&mut diagrams, found, budget)?
        .into_iter()
        .map(|pattern| {
            let covered = diagrams.count(whole, &pattern);
            (pattern, covered)
        })
        .collect();
    patterns.sort_by(|(a, covered_a), (b, covered_b)| covered_b.cmp(covered_a).then_with(|| a.cmp(b)));
    Ok(Cover { patterns, left })
}

/// A pattern, and what the patterns before it left uncovered.
struct Found {
    pattern: Pattern,
    left_before: Node,
}

/// Drops patterns that the others make superfluous, the last found first.
///
/// A pattern is kept if it covers a state that neither those before it nor the kept
/// ones after it cover. Dropping one before it later only makes it more needed.
fn irredundant(diagrams: &mut Diagrams<'_>, found: Vec<Found>, budget: &Budget) -> Result<Vec<Pattern>, StopReason> {
    let mut kept: Vec<Pattern> = Vec::new();
    for Found { pattern, left_before } in found.into_iter().rev() {
        budget.check()?;
        let mut rest = left_before;
        for other in &kept {
            rest = diagrams.without(rest, other);
        }
        if diagrams.meets(rest, &pattern) {
            kept.push(pattern);
        }
    }
    Ok(kept)
}

/// A set of states as a set of codes.
fn codes_of(space: &StateSpace, set: &FixedBitSet) -> FixedBitSet {
    if space.state_count() == space.code_count() {
        return set.clone();
    }
    let mut codes = FixedBitSet::with_capacity(space.code_count());
    codes.extend(set.ones().map(|state| space.code(crate::model::StateId::from_index(state)) as usize));
    codes
}
