//! The outcomes of a situation as numbers.

use num_bigint::BigUint;

use crate::situation::{IssueId, Situation, ValueId};

/// Numbering of all combinations of values, feasible or not.
///
/// An outcome's code is Σ valueᵢ · strideᵢ with the first issue as the lowest digit,
/// so that codes ascend as binary numbers do when all issues are yes/no and the first
/// is the lowest bit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Space {
    sizes: Vec<u32>,
    strides: Vec<u64>,
    size: u64,
}

impl Space {
    /// The space of a situation's issues, or `None` when it exceeds 2⁶³ outcomes.
    pub fn of(situation: &Situation) -> Option<Self> {
        Self::new(situation.issues.iter().map(|i| i.values.len() as u32))
    }

    /// A space with this many values for each issue, or `None` when it exceeds 2⁶³.
    pub fn new(sizes: impl IntoIterator<Item = u32>) -> Option<Self> {
        let sizes: Vec<u32> = sizes.into_iter().collect();
        let mut strides = Vec::with_capacity(sizes.len());
        let mut size = 1u64;
        for n in &sizes {
            strides.push(size);
            size = size.checked_mul(u64::from(*n)).filter(|s| *s <= 1 << 63)?;
        }
        Some(Self { sizes, strides, size })
    }

    /// Number of combinations of values of a situation's issues, however many.
    pub fn combinations(situation: &Situation) -> BigUint {
        situation.issues.iter().map(|issue| BigUint::from(issue.values.len())).product()
    }

    /// A space for tables over a few issues. Beyond 2⁶³ outcomes its size is the largest
    /// number there is, and codes mean nothing.
    pub fn for_tables(situation: &Situation) -> Self {
        let sizes: Vec<u32> = situation.issues.iter().map(|i| i.values.len() as u32).collect();
        Self::new(sizes.iter().copied()).unwrap_or_else(|| Self {
            strides: vec![0; sizes.len()],
            size: u64::MAX,
            sizes,
        })
    }

    /// Number of outcomes.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Number of values of each issue.
    pub fn sizes(&self) -> &[u32] {
        &self.sizes
    }

    /// Difference of codes between neighbouring values of an issue.
    pub fn stride(&self, issue: IssueId) -> u64 {
        self.strides[issue.index()]
    }

    /// The code of an outcome.
    pub fn code(&self, values: &[ValueId]) -> u64 {
        values.iter().zip(&self.strides).map(|(v, s)| u64::from(v.0) * s).sum()
    }

    /// The value of an issue in an outcome.
    pub fn value(&self, code: u64, issue: IssueId) -> ValueId {
        ValueId((code / self.strides[issue.index()] % u64::from(self.sizes[issue.index()])) as u32)
    }

    /// All values of an outcome.
    pub fn values(&self, code: u64) -> Vec<ValueId> {
        let mut rest = code;
        self.sizes
            .iter()
            .map(|n| {
                let digit = rest % u64::from(*n);
                rest /= u64::from(*n);
                ValueId(digit as u32)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_values_agree() {
        let space = Space::new([2, 3, 4]).expect("small");
        assert_eq!(space.size(), 24);
        for code in 0..24 {
            let values = space.values(code);
            assert_eq!(space.code(&values), code);
            for (i, v) in values.iter().enumerate() {
                assert_eq!(space.value(code, IssueId::from_index(i)), *v);
            }
        }
        assert_eq!(space.values(1), [ValueId(1), ValueId(0), ValueId(0)]);
        assert_eq!(Space::new([1 << 31; 3]), None);
    }
}
