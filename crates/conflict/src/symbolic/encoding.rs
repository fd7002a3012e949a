//! States as assignments of variables.
//!
//! Each value of a coordinate is a binary number, highest bit first. Every bit has four
//! neighbouring variables: the bit before a move, the bit after it (*primed*), and the bit
//! in up to two states that this one is compared with (see [`Origin`]).

use biodivine_lib_bdd::{Bdd, BddValuation, BddVariable, BddVariableSet};
use detente_base::StopReason;

use super::Formula;
use super::conflict::{Conflict, bits_of};
use super::diagrams::Diagrams;
use super::variables::coordinate_order;

/// Variables of a bit.
pub(super) const COPIES: usize = 4;

/// The states with which sets of states are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The state that is judged.
    Judged = 2,
    /// The state that a reply leaves.
    Left = 3,
}

/// Which variables stand for which coordinates.
pub(super) struct Encoding {
    variables: BddVariableSet,
    /// Unprimed variables of each coordinate, highest bit first.
    bits: Vec<Vec<usize>>,
    sizes: Vec<u32>,
}

impl Encoding {
    pub(super) fn new(conflict: &Conflict) -> Self {
        let mut bits = vec![Vec::new(); conflict.sizes.len()];
        let mut next = 0;
        for coordinate in coordinate_order(conflict) {
            for _ in 0..bits_of(conflict.sizes[coordinate]) {
                bits[coordinate].push(next);
                next += COPIES;
            }
        }
        let variables = BddVariableSet::new_anonymous(next.max(COPIES) as u16);
        Self { variables, bits, sizes: conflict.sizes.clone() }
    }

    pub(super) fn sizes(&self) -> &[u32] {
        &self.sizes
    }

    /// Unprimed variables of a coordinate, highest bit first; ascending.
    pub(super) fn bits(&self, coordinate: usize) -> &[usize] {
        &self.bits[coordinate]
    }

    pub(super) fn yes(&self) -> Bdd {
        self.variables.mk_true()
    }

    pub(super) fn no(&self) -> Bdd {
        self.variables.mk_false()
    }

    /// Number of variables, primed ones included.
    pub(super) fn variable_count(&self) -> usize {
        usize::from(self.variables.num_vars())
    }

    /// Bits of a state.
    pub(super) fn bit_count(&self) -> usize {
        self.bits.iter().map(Vec::len).sum()
    }

    /// Marks the unprimed variables of some coordinates.
    pub(super) fn mark(&self, coordinates: impl IntoIterator<Item = usize>) -> Vec<bool> {
        let mut marks = vec![false; self.variable_count()];
        coordinates.into_iter().flat_map(|c| &self.bits[c]).for_each(|variable| marks[*variable] = true);
        marks
    }

    /// A coordinate has one of these values.
    pub(super) fn value_in(&self, coordinate: usize, values: &[u32], dd: &Diagrams<'_>) -> Result<Bdd, StopReason> {
        let bits = &self.bits[coordinate];
        let mut any = self.no();
        for value in values {
            let mut all = self.yes();
            for (place, variable) in bits.iter().rev().enumerate() {
                let literal = self.variables.mk_literal(BddVariable::from_index(*variable), value >> place & 1 == 1);
                all = dd.and(&literal, &all)?;
            }
            any = dd.or(&any, &all)?;
        }
        Ok(any)
    }

    /// Every coordinate has a value that exists.
    pub(super) fn valid(&self, dd: &Diagrams<'_>) -> Result<Bdd, StopReason> {
        let mut all = self.yes();
        for (coordinate, size) in self.sizes.iter().enumerate() {
            if !size.is_power_of_two() {
                let values: Vec<u32> = (0..*size).collect();
                all = dd.and(&all, &self.value_in(coordinate, &values, dd)?)?;
            }
        }
        Ok(all)
    }

    pub(super) fn formula(&self, formula: &Formula, dd: &Diagrams<'_>) -> Result<Bdd, StopReason> {
        match formula {
            Formula::In(coordinate, values) => self.value_in(*coordinate, values, dd),
            Formula::Not(inner) => Ok(self.formula(inner, dd)?.not()),
            Formula::All(parts) => {
                parts.iter().try_fold(self.yes(), |all, part| dd.and(&all, &self.formula(part, dd)?))
            }
            Formula::Any(parts) => parts.iter().try_fold(self.no(), |any, part| dd.or(&any, &self.formula(part, dd)?)),
        }
    }

    /// Both values of a coordinate, before and after, are the same.
    pub(super) fn unchanged(&self, coordinate: usize, dd: &Diagrams<'_>) -> Result<Bdd, StopReason> {
        let mut all = self.yes();
        for variable in self.bits[coordinate].iter().rev() {
            let before = self.variables.mk_var(BddVariable::from_index(*variable));
            let after = self.variables.mk_var(BddVariable::from_index(variable + 1));
            all = dd.and(&dd.xor(&before, &after)?.not(), &all)?;
        }
        Ok(all)
    }

    /// The same set with the marked variables primed; the set must not mention their
    /// primed variables.
    pub(super) fn primed(set: &Bdd, marks: &[bool]) -> Bdd {
        renamed(set, |variable| if marks[variable] { variable + 1 } else { variable })
    }

    /// The same set with the primed variables of the marked ones unprimed.
    pub(super) fn unprimed(set: &Bdd, marks: &[bool]) -> Bdd {
        renamed(set, |variable| if variable > 0 && marks[variable - 1] { variable - 1 } else { variable })
    }

    /// The same set of states as a set of origins.
    pub(super) fn as_origin(set: &Bdd, origin: Origin) -> Bdd {
        renamed(set, |variable| variable + origin as usize)
    }

    /// Marks the variables of an origin.
    pub(super) fn mark_origin(&self, origin: Origin) -> Vec<bool> {
        (0..self.variable_count()).map(|variable| variable % COPIES == origin as usize).collect()
    }

    /// The state is its origin.
    pub(super) fn same_as_origin(&self, origin: Origin, dd: &Diagrams<'_>) -> Result<Bdd, StopReason> {
        let mut all = self.yes();
        for variable in (0..self.bit_count()).rev().map(|bit| bit * COPIES) {
            let here = self.variables.mk_var(BddVariable::from_index(variable));
            let there = self.variables.mk_var(BddVariable::from_index(variable + origin as usize));
            all = dd.and(&dd.xor(&here, &there)?.not(), &all)?;
        }
        Ok(all)
    }

    /// Values of the coordinates in an assignment.
    pub(super) fn values(&self, assignment: &BddValuation) -> Vec<u32> {
        let read = |bits: &Vec<usize>| {
            bits.iter().fold(0, |value, bit| value << 1 | u32::from(assignment.value(BddVariable::from_index(*bit))))
        };
        self.bits.iter().map(read).collect()
    }

    /// An assignment with these values.
    pub(super) fn assignment(&self, values: &[u32]) -> BddValuation {
        let mut assignment = BddValuation::all_false(self.variables.num_vars());
        for (bits, value) in self.bits.iter().zip(values) {
            for (place, variable) in bits.iter().rev().enumerate() {
                assignment.set_value(BddVariable::from_index(*variable), value >> place & 1 == 1);
            }
        }
        assignment
    }
}

/// Marks moved to the primed variables.
pub(super) fn primes(marks: &[bool]) -> Vec<bool> {
    let mut moved = vec![false; marks.len()];
    marks.iter().enumerate().filter(|(_, marked)| **marked).for_each(|(variable, _)| moved[variable + 1] = true);
    moved
}

/// Renames variables where that keeps their order.
fn renamed(set: &Bdd, name: impl Fn(usize) -> usize) -> Bdd {
    if set.is_true() || set.is_false() {
        return set.clone();
    }
    let mut nodes = set.clone().to_nodes();
    for node in nodes.iter_mut().skip(2) {
        node.var = BddVariable::from_index(name(node.var.to_index()));
    }
    Bdd::from_nodes(&nodes).expect("neighbouring variables trade places without passing another")
}
