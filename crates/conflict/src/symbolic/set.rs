//! Sets of states.

use biodivine_lib_bdd::{Bdd, BddVariable};
use num_bigint::BigUint;

use super::encoding::Encoding;

/// A set of feasible states of one [`SymbolicModel`](super::SymbolicModel).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateSet(pub(super) Bdd);

impl StateSet {
    /// Whether it has no state.
    pub fn is_empty(&self) -> bool {
        self.0.is_false()
    }

    /// Nodes of its diagram: a measure of how hard it is to describe.
    pub fn node_count(&self) -> usize {
        self.0.size()
    }

    /// Number of states.
    pub(super) fn count(&self, code: &Encoding) -> BigUint {
        self.0.exact_cardinality() >> (code.variable_count() - code.bit_count())
    }

    /// A state in it, other ones for other seeds; `None` when it is empty.
    ///
    /// Every state can be drawn; states are not equally likely.
    pub(super) fn draw(&self, code: &Encoding, mut seed: u64) -> Option<Vec<u32>> {
        if self.is_empty() {
            return None;
        }
        let mut coin = || {
            // The steps of a linear congruential generator; its high bits are used.
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            seed >> 63 == 1
        };
        let mut assignment = code.assignment(&vec![0; code.sizes().len()]);
        (0..code.variable_count()).for_each(|v| assignment.set_value(BddVariable::from_index(v), coin()));
        let mut at = self.0.root_pointer();
        while !at.is_terminal() {
            let variable = self.0.var_of(at);
            let (low, high) = (self.0.low_link_of(at), self.0.high_link_of(at));
            let up = if low.is_zero() || high.is_zero() { low.is_zero() } else { assignment.value(variable) };
            assignment.set_value(variable, up);
            at = if up { high } else { low };
        }
        Some(code.values(&assignment))
    }
}
