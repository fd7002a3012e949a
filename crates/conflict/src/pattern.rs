//! Sets of states in few words: some values allowed for each coordinate.

use fixedbitset::FixedBitSet;

use crate::model::StateSpace;

/// A box of codes: the product of one set of allowed values for each coordinate.
///
/// It covers a code iff every value of the code is allowed. A set of states is shown as
/// the union of few patterns; a pattern may cover infeasible codes too, which do not
/// count.
///
/// ```
/// use detente_conflict::{Pattern, StateSpace};
///
/// let space = StateSpace::full(&[2, 3])?;
/// let mut pattern = Pattern::all(space.sizes());
/// pattern.forbid(1, 2);
/// assert!(pattern.covers(&[1, 0]) && !pattern.covers(&[1, 2]));
/// assert!(pattern.is_open(0) && !pattern.is_open(1));
/// assert_eq!(pattern.values(1).collect::<Vec<_>>(), [0, 1]);
/// # Ok::<(), detente_conflict::ModelError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pattern {
    /// Allowed values of each coordinate, one bit for each value.
    allowed: Vec<FixedBitSet>,
}

impl Pattern {
    /// The pattern that covers everything; `sizes` are numbers of values.
    pub fn all(sizes: &[u32]) -> Self {
        let whole = |size: &u32| {
            let mut values = FixedBitSet::with_capacity(*size as usize);
            values.insert_range(..);
            values
        };
        Self { allowed: sizes.iter().map(whole).collect() }
    }

    /// Takes a value away.
    pub fn forbid(&mut self, coordinate: usize, value: u32) {
        self.allowed[coordinate].remove(value as usize);
    }

    /// Allows only these values of a coordinate.
    pub fn restrict(&mut self, coordinate: usize, values: impl IntoIterator<Item = u32>) {
        let mut kept = FixedBitSet::with_capacity(self.allowed[coordinate].len());
        kept.extend(values.into_iter().map(|value| value as usize));
        self.allowed[coordinate].intersect_with(&kept);
    }

    /// Allows one more value of a coordinate.
    pub fn allow(&mut self, coordinate: usize, value: u32) {
        self.allowed[coordinate].insert(value as usize);
    }

    /// Allows all values of a coordinate.
    pub fn open(&mut self, coordinate: usize) {
        self.allowed[coordinate].insert_range(..);
    }

    /// Number of coordinates.
    pub fn coordinate_count(&self) -> usize {
        self.allowed.len()
    }

    /// Allowed values of a coordinate, ascending.
    pub fn values(&self, coordinate: usize) -> impl Iterator<Item = u32> + '_ {
        self.allowed[coordinate].ones().map(|value| value as u32)
    }

    /// Whether all values of a coordinate are allowed.
    pub fn is_open(&self, coordinate: usize) -> bool {
        self.allowed[coordinate].is_full()
    }

    /// Whether it allows this value.
    pub fn allows(&self, coordinate: usize, value: u32) -> bool {
        self.allowed[coordinate].contains(value as usize)
    }

    /// Whether it covers a combination of values.
    pub fn covers(&self, values: &[u32]) -> bool {
        values.iter().zip(&self.allowed).all(|(value, allowed)| allowed.contains(*value as usize))
    }

    /// Whether it covers the state with this code.
    pub fn covers_code(&self, space: &StateSpace, code: u32) -> bool {
        (0..self.allowed.len()).all(|coordinate| self.allows(coordinate, space.value(code, coordinate)))
    }
}
