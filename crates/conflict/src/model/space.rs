//! States and their two numberings.

use fixedbitset::FixedBitSet;

use super::{ModelError, StateId};

/// Largest number of codes: state numbers keep one bit of 32 for marks.
const MAX_CODES: u64 = 1 << 31;

/// The product of all coordinates' values and the feasible part of it.
///
/// code = Σ vₖ · strideₖ, stride₀ = 1, strideₖ₊₁ = strideₖ · sizeₖ; vₖ in 0..sizeₖ is
/// the value of coordinate k; coordinate 0 is the lowest digit.
///
/// Cost: memory of 1.5 bits per code and, when some code is infeasible, 4 bytes per
/// feasible state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateSpace {
    sizes: Vec<u32>,
    strides: Vec<u32>,
    code_count: u32,
    feasible: FixedBitSet,
    /// Feasible codes before each block of `feasible`.
    before: Vec<u32>,
    /// Code of each state; `None` when every code is feasible.
    codes: Option<Vec<u32>>,
    state_count: u32,
}

impl StateSpace {
    /// The space in which every combination of values is feasible.
    ///
    /// # Errors
    /// When a coordinate has no value or there are more than 2³¹ combinations.
    pub fn full(sizes: &[u32]) -> Result<Self, ModelError> {
        let count = code_count(sizes)?;
        let mut feasible = FixedBitSet::with_capacity(count as usize);
        feasible.insert_range(..);
        Self::new(sizes, feasible)
    }

    /// The space whose feasible codes are given.
    ///
    /// # Errors
    /// As [`StateSpace::full`], and when the set is not as long as there are codes.
    pub fn new(sizes: &[u32], feasible: FixedBitSet) -> Result<Self, ModelError> {
        let code_count = code_count(sizes)?;
        if feasible.len() != code_count as usize {
            return Err(ModelError::WrongLength {
                what: "the set of feasible codes",
                found: feasible.len(),
                expected: code_count as usize,
            });
        }
        let mut strides = Vec::with_capacity(sizes.len());
        let mut stride = 1;
        for &size in sizes {
            strides.push(stride);
            stride *= size;
        }
        let mut before = Vec::with_capacity(feasible.as_slice().len());
        let mut state_count = 0;
        for block in feasible.as_slice() {
            before.push(state_count);
            state_count += block.count_ones();
        }
        let codes = (state_count != code_count).then(|| feasible.ones().map(|code| code as u32).collect());
        Ok(Self { sizes: sizes.to_vec(), strides, code_count, feasible, before, codes, state_count })
    }

    /// Number of coordinates.
    pub fn coordinate_count(&self) -> usize {
        self.sizes.len()
    }

    /// Number of values of each coordinate.
    pub fn sizes(&self) -> &[u32] {
        &self.sizes
    }

    /// Weight of each coordinate in a code.
    pub fn strides(&self) -> &[u32] {
        &self.strides
    }

    /// Number of codes, feasible or not.
    pub fn code_count(&self) -> usize {
        self.code_count as usize
    }

    /// Number of feasible states.
    pub fn state_count(&self) -> usize {
        self.state_count as usize
    }

    /// The feasible codes.
    pub fn feasible(&self) -> &FixedBitSet {
        &self.feasible
    }

    /// Value of a coordinate in a code.
    pub fn value(&self, code: u32, coordinate: usize) -> u32 {
        code / self.strides[coordinate] % self.sizes[coordinate]
    }

    /// The code of a combination of values.
    pub fn code_of(&self, values: &[u32]) -> u32 {
        values.iter().zip(&self.strides).map(|(value, stride)| value * stride).sum()
    }

    /// Code of a state.
    pub fn code(&self, state: StateId) -> u32 {
        self.codes.as_ref().map_or(state.0, |codes| codes[state.index()])
    }

    /// The state with this code, if it is feasible.
    pub fn state_at(&self, code: u32) -> Option<StateId> {
        if self.codes.is_none() {
            return (code < self.code_count).then_some(StateId(code));
        }
        let (block, bit) = ((code / usize::BITS) as usize, code % usize::BITS);
        let bits = self.feasible.as_slice().get(block)?;
        (bits >> bit & 1 == 1).then(|| StateId(self.before[block] + (bits & ((1 << bit) - 1)).count_ones()))
    }

    /// A set of codes as a set of feasible states.
    pub fn states_from_codes(&self, codes: &FixedBitSet) -> FixedBitSet {
        let mut states = FixedBitSet::with_capacity(self.state_count());
        states.extend(codes.ones().filter_map(|code| self.state_at(code as u32)).map(StateId::index));
        states
    }
}

fn code_count(sizes: &[u32]) -> Result<u32, ModelError> {
    let mut count = 1_u128;
    for (coordinate, &size) in sizes.iter().enumerate() {
        if size == 0 {
            return Err(ModelError::NoValue { coordinate });
        }
        count = count.saturating_mul(size.into());
    }
    if count > MAX_CODES.into() {
        return Err(ModelError::TooManyStates { codes: count });
    }
    Ok(count as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_states_are_inverse_to_each_other() {
        let mut feasible = FixedBitSet::with_capacity(150);
        feasible.extend((0..150).filter(|code| code % 7 != 3));
        let space = StateSpace::new(&[5, 6, 5], feasible).expect("valid");
        for state in (0..space.state_count() as u32).map(StateId) {
            assert_eq!(space.state_at(space.code(state)), Some(state));
        }
        assert_eq!(space.state_at(3), None);
        assert_eq!(space.state_at(150), None);
        assert_eq!((space.value(149, 0), space.value(149, 1), space.value(149, 2)), (4, 5, 4));
        assert_eq!(space.code_of(&[4, 5, 4]), 149);
    }

    #[test]
    fn too_many_codes_and_empty_coordinates_are_refused() {
        assert!(StateSpace::full(&[2, 0]).is_err());
        assert!(matches!(StateSpace::full(&[1 << 16, 1 << 16]), Err(ModelError::TooManyStates { .. })));
        assert_eq!(StateSpace::full(&[]).expect("one state").state_count(), 1);
    }
}
