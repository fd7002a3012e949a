//! Sets of decision makers.

use crate::model::{DmId, Model};

/// A set of decision makers who may act together; a single one counts.
///
/// ```
/// use detente_conflict::{Coalition, DmId};
///
/// let pair = Coalition::of([DmId(0), DmId(2)]);
/// assert_eq!((pair.size(), pair.contains(DmId(2)), pair.contains(DmId(1))), (2, true, false));
/// assert_eq!(pair.parts().count(), 3);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Coalition(u64);

impl Coalition {
    /// Most decision makers of a conflict whose coalitions can be told apart.
    pub const MOST: usize = 64;

    /// The coalition of these.
    ///
    /// # Panics
    /// If a decision maker is beyond the first [`Coalition::MOST`].
    pub fn of(members: impl IntoIterator<Item = DmId>) -> Self {
        let bit = |dm: DmId| {
            assert!(dm.index() < Self::MOST, "a coalition has members among the first {}", Self::MOST);
            1_u64 << dm.index()
        };
        Self(members.into_iter().fold(0, |bits, dm| bits | bit(dm)))
    }

    /// All decision makers together.
    ///
    /// # Panics
    /// If there are more than [`Coalition::MOST`].
    pub fn everybody(model: &Model) -> Self {
        Self::of(model.decision_makers())
    }

    /// Number of members.
    pub fn size(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether nobody is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a decision maker is a member.
    pub fn contains(self, dm: DmId) -> bool {
        dm.index() < Self::MOST && self.0 >> dm.index() & 1 == 1
    }

    /// The members in order.
    pub fn members(self) -> impl DoubleEndedIterator<Item = DmId> {
        (0..Self::MOST as u32).map(DmId).filter(move |dm| self.contains(*dm))
    }

    /// The members that are not in the other.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The non-empty parts, each once.
    pub fn parts(self) -> impl Iterator<Item = Self> {
        let mut next = self.0;
        std::iter::from_fn(move || {
            let part = next;
            next = next.wrapping_sub(1) & self.0;
            (part != 0).then_some(Self(part))
        })
    }

    /// The parts of a size, in ascending order of the position of their last member,
    /// of the one before, and so on.
    pub fn parts_of_size(self, size: usize) -> impl Iterator<Item = Self> {
        let members: Vec<DmId> = self.members().collect();
        let mut chosen: Option<Vec<usize>> = (size <= members.len()).then(|| (0..size).collect());
        std::iter::from_fn(move || {
            let places = chosen.take()?;
            let part = Self::of(places.iter().map(|place| members[*place]));
            chosen = next_places(places, members.len());
            Some(part)
        })
    }
}

/// The next set of places in the order of [`Coalition::parts_of_size`].
fn next_places(mut places: Vec<usize>, count: usize) -> Option<Vec<usize>> {
    for at in 0..places.len() {
        let bound = places.get(at + 1).copied().unwrap_or(count);
        if places[at] + 1 < bound {
            places[at] += 1;
            places.iter_mut().take(at).enumerate().for_each(|(index, place)| *place = index);
            return Some(places);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_by_size_are_all_parts() {
        let whole = Coalition::of([0, 1, 3, 6].map(DmId));
        let mut by_size: Vec<Coalition> = (1..=4).flat_map(|size| whole.parts_of_size(size)).collect();
        assert_eq!(by_size.len(), 15);
        assert_eq!(by_size[4], Coalition::of([0, 1].map(DmId)));
        by_size.sort_unstable();
        let mut parts: Vec<Coalition> = whole.parts().collect();
        parts.sort_unstable();
        assert_eq!(by_size, parts);
        assert_eq!(whole.parts_of_size(5).count(), 0);
        assert_eq!(whole.without(Coalition::of([DmId(3)])).members().collect::<Vec<_>>(), [0, 1, 6].map(DmId));
    }
}
