//! What is given: a conflict by formulas instead of tables.

use super::Formula;

/// A conflict whose states are too many to list.
///
/// Coordinates, moves and preferences mean what they mean in [`Model`](crate::Model);
/// sets of states are given by formulas.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// Number of values of each coordinate, at least one.
    pub sizes: Vec<u32>,
    /// Every feasible state satisfies all of these.
    pub feasible: Vec<Formula>,
    /// Who decides.
    pub parties: Vec<Party>,
}

/// One decision maker.
#[derive(Clone, Debug)]
pub struct Party {
    /// Its name.
    pub name: String,
    /// Coordinates that it changes; one move makes changes of one package.
    pub packages: Vec<Package>,
    /// What it prefers.
    pub order: Order,
    /// It does not make moves that lead to or from states of this kind.
    pub unseen: Option<Formula>,
}

/// Coordinates that one move can change together: any non-empty subset, each by one
/// transition.
#[derive(Clone, Debug, Default)]
pub struct Package {
    /// The coordinates with what can happen to each.
    pub changes: Vec<(usize, Change)>,
    /// Decision makers, by position, none of whom may rank the result below what it
    /// replaces.
    pub consent: Vec<usize>,
}

/// The one-step relation of a coordinate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// From any value to any other.
    Free,
    /// Only to later values.
    Forward,
    /// Only to earlier values.
    Backward,
    /// Never.
    Fixed,
    /// These pairs (from, to), each where its condition holds in the state that is
    /// left. Not closed transitively.
    Rules(Vec<(u32, u32, Formula)>),
}

/// A weak order of the states.
#[derive(Clone, Debug, Default)]
pub enum Order {
    /// All states tie.
    #[default]
    Indifferent,
    /// Statements, most important first, compared lexicographically.
    Priority(Vec<Formula>),
    /// Levels, best first. A state has the first level that it satisfies, and comes
    /// after all levels when it satisfies none.
    Levels(Vec<Formula>),
    /// The weights of the conditions that hold add up.
    Sum(Vec<(Formula, i128)>),
}

/// Why a conflict cannot be solved by formulas.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConflictError {
    /// A coordinate without values.
    #[error("coordinate {coordinate} has no values; expected at least one")]
    NoValue {
        /// The coordinate.
        coordinate: usize,
    },
    /// A coordinate or value that does not exist.
    #[error("a formula mentions value {value} of coordinate {coordinate}, which does not exist")]
    UnknownValue {
        /// The coordinate.
        coordinate: usize,
        /// The value.
        value: u32,
    },
    /// A decision maker that does not exist.
    #[error("consent of decision maker {party} is asked for, who does not exist")]
    UnknownParty {
        /// Its position.
        party: usize,
    },
    /// More values or decision makers than the diagrams have variables for.
    #[error("the coordinates need {bits} bits; expected at most {limit}")]
    TooManyBits {
        /// Bits of a state.
        bits: usize,
        /// Bits that are supported.
        limit: usize,
    },
    /// A sum of weights that does not fit 127 bits.
    #[error("the weights of `{party}` add up to more than 2^126")]
    WeightsTooLarge {
        /// Whose weights.
        party: String,
    },
}

/// Most bits of a state: a diagram has 2¹⁶ − 1 variables, four for each bit.
pub(super) const MAX_BITS: usize = 16_000;

impl Conflict {
    /// Every formula in it, with what binds coordinates together first.
    pub(super) fn formulas(&self) -> Vec<&Formula> {
        let mut all = Vec::new();
        for party in &self.parties {
            match &party.order {
                Order::Indifferent => {}
                Order::Priority(parts) | Order::Levels(parts) => all.extend(parts),
                Order::Sum(terms) => all.extend(terms.iter().map(|(when, _)| when)),
            }
        }
        all.extend(&self.feasible);
        for party in &self.parties {
            all.extend(&party.unseen);
            for (_, change) in party.packages.iter().flat_map(|package| &package.changes) {
                if let Change::Rules(rules) = change {
                    all.extend(rules.iter().map(|(_, _, guard)| guard));
                }
            }
        }
        all
    }

    /// Checks that everything it mentions exists.
    ///
    /// # Errors
    /// The first fault found.
    pub fn check(&self) -> Result<(), ConflictError> {
        if let Some(coordinate) = self.sizes.iter().position(|size| *size == 0) {
            return Err(ConflictError::NoValue { coordinate });
        }
        let bits: usize = self.sizes.iter().map(|size| bits_of(*size)).sum();
        if bits > MAX_BITS {
            return Err(ConflictError::TooManyBits { bits, limit: MAX_BITS });
        }
        let mut unknown = None;
        let mut look = |coordinate: usize, value: u32| {
            if unknown.is_none() && self.sizes.get(coordinate).is_none_or(|size| value >= *size) {
                unknown = Some(ConflictError::UnknownValue { coordinate, value });
            }
        };
        for formula in self.formulas() {
            formula.visit(&mut |coordinate, values| values.iter().for_each(|value| look(coordinate, *value)));
        }
        for package in self.parties.iter().flat_map(|party| &party.packages) {
            for (coordinate, change) in &package.changes {
                look(*coordinate, 0);
                if let Change::Rules(rules) = change {
                    rules.iter().for_each(|(from, to, _)| look(*coordinate, *from.max(to)));
                }
            }
        }
        if let Some(fault) = unknown {
            return Err(fault);
        }
        for party in &self.parties {
            let asked = party.packages.iter().flat_map(|package| &package.consent);
            if let Some(&party) = asked.into_iter().find(|asked| **asked >= self.parties.len()) {
                return Err(ConflictError::UnknownParty { party });
            }
            if let Order::Sum(terms) = &party.order {
                let total = terms.iter().try_fold(0_u128, |sum, (_, weight)| sum.checked_add(weight.unsigned_abs()));
                if total.is_none_or(|total| total > 1 << 126) {
                    return Err(ConflictError::WeightsTooLarge { party: party.name.clone() });
                }
            }
        }
        Ok(())
    }
}

/// Bits that tell this many values apart.
pub(super) fn bits_of(size: u32) -> usize {
    (u32::BITS - size.saturating_sub(1).leading_zeros()) as usize
}
