//! Which values of a coordinate can follow which in one move.

use fixedbitset::FixedBitSet;

/// The one-step relation of a coordinate. Staying at a value is never a transition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Transitions {
    /// From any value to any other.
    #[default]
    Free,
    /// Only to later values: what is done cannot be undone.
    Forward,
    /// Only to earlier values.
    Backward,
    /// Never.
    Fixed,
    /// These pairs (from, to) and no others; not closed transitively.
    Pairs(Vec<(u32, u32)>),
    /// These pairs (from, to), each only at the listed codes of the state that is
    /// left. A pair may be listed several times; the sets are then united.
    Guarded(Vec<(u32, u32, FixedBitSet)>),
}

impl Transitions {
    /// Whether the value may change from `from` to `to` in a move that leaves the
    /// state `code`.
    pub fn allows(&self, from: u32, to: u32, code: u32) -> bool {
        from != to
            && match self {
                Self::Free => true,
                Self::Forward => from < to,
                Self::Backward => from > to,
                Self::Fixed => false,
                Self::Pairs(pairs) => pairs.contains(&(from, to)),
                Self::Guarded(pairs) => {
                    pairs.iter().any(|(f, t, codes)| (*f, *t) == (from, to) && codes.contains(code as usize))
                }
            }
    }

    /// Whether what is allowed depends on the state that is left.
    pub fn is_guarded(&self) -> bool {
        matches!(self, Self::Guarded(_))
    }
}
