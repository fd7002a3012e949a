//! Positions (state, last mover) in ascending order of a value.
//!
//! When nobody moves twice in a row, what can be reached from a state depends on who moved
//! last. Taking the states in ascending order of value and walking steps backwards, every
//! position is met first with its least value, so that each is handled once. Of a state at
//! most two things have to be known: the least value for all last movers but one, and that
//! for the one. Who the movers are, and where their steps come from, is the caller's:
//! decision makers, or groups of them.

use detente_base::{Budget, StopReason};

/// Starts between two looks at the budget.
const STRIDE: usize = 1 << 10;

/// For which last movers the value of a state has just become known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Movers {
    All,
    AllBut(u32),
    Only(u32),
}

impl Movers {
    fn includes(self, mover: u32) -> bool {
        match self {
            Self::All => true,
            Self::AllBut(other) => mover != other,
            Self::Only(one) => mover == one,
        }
    }
}

/// Where the steps of one mover come from.
pub(crate) trait Sources {
    /// Adds the states from which the mover can step to `target`. Those that were given
    /// before may be left out.
    fn sources(&mut self, target: u32, found: &mut Vec<u32>);
}

/// For which last movers the least value at a state is known: one that it is not known for,
/// or a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Known(u32);

const NOTHING: Known = Known(u32::MAX);
const EVERYTHING: Known = Known(u32::MAX - 1);

/// Tells `record` the least value at the ends of the sequences from each state, for the
/// last movers before it: once for all, or once for all but one and then for the one.
///
/// `starts` are values and states in ascending order of value; at each a sequence may end.
///
/// Cost: O(n·m + a) time for n states, m movers and a steps given; O(n) memory.
pub(crate) fn ascend(
    movers: &mut [impl Sources],
    (states, starts): (usize, impl Iterator<Item = (u32, u32)>),
    mut record: impl FnMut(u32, Movers, u32),
    budget: &Budget,
) -> Result<(), StopReason> {
    let mut known = vec![NOTHING; states];
    let (mut open, mut found) = (Vec::new(), Vec::new());
    for (count, (value, start)) in starts.enumerate() {
        if count % STRIDE == 0 {
            budget.check()?;
        }
        if let Some(movers) = end_here(&mut known[start as usize]) {
            record(start, movers, value);
            open.push((start, movers));
        }
        while let Some((state, lasts)) = open.pop() {
            for (index, mover) in movers.iter_mut().enumerate() {
                let index = index as u32;
                if !lasts.includes(index) {
                    continue;
                }
                found.clear();
                mover.sources(state, &mut found);
                for &source in &found {
                    if let Some(movers) = go_on(&mut known[source as usize], index) {
                        record(source, movers, value);
                        open.push((source, movers));
                    }
                }
            }
        }
    }
    Ok(())
}

/// The sequence ends at the state, whoever moved last.
fn end_here(known: &mut Known) -> Option<Movers> {
    let before = std::mem::replace(known, EVERYTHING);
    match before {
        NOTHING => Some(Movers::All),
        EVERYTHING => None,
        Known(mover) => Some(Movers::Only(mover)),
    }
}

/// The sequence goes on from the state with a step of `mover`.
fn go_on(known: &mut Known, mover: u32) -> Option<Movers> {
    match *known {
        NOTHING => {
            *known = Known(mover);
            Some(Movers::AllBut(mover))
        }
        EVERYTHING => None,
        Known(other) if other == mover => None,
        Known(other) => {
            *known = EVERYTHING;
            Some(Movers::Only(other))
        }
    }
}

/// For each state the least of `values` over it and the ends of the sequences from it.
pub(crate) fn least_values(
    movers: &mut [impl Sources],
    values: &[u32],
    budget: &Budget,
) -> Result<Vec<u32>, StopReason> {
    // Value in the high half, state in the low half.
    let keys = values.iter().enumerate().map(|(state, value)| u64::from(*value) << 32 | state as u64);
    let mut order: Vec<u64> = keys.collect();
    order.sort_unstable();
    let starts = order.into_iter().map(|key| ((key >> 32) as u32, key as u32));
    let mut least = values.to_vec();
    let record = |state: u32, movers: Movers, value: u32| {
        // What only one last mover gets is no less.
        if !matches!(movers, Movers::Only(_)) {
            least[state as usize] = value;
        }
    };
    ascend(movers, (values.len(), starts), record, budget)?;
    Ok(least)
}
