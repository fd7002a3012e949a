//! A group that acts as one, and what it can bring about by improvements.

use std::sync::OnceLock;

use detente_base::{Budget, StopReason};
use fixedbitset::FixedBitSet;

use super::ends::Ends;
use super::pool::{Beats, Pool, Reading};

/// A group with the ends of its moves and the ranks of those members that tell states
/// apart.
pub(crate) struct Player<'m> {
    pub(crate) ranks: Vec<&'m [u32]>,
    pub(crate) ends: Ends,
    pool: OnceLock<Option<Pool>>,
}

/// A point of ranks for each state: what the group is sure of when it goes there.
pub(crate) struct Points {
    /// By member.
    pub(crate) least: Vec<Vec<u32>>,
    /// States whose point lies below each single result that it sums up.
    pub(crate) below_all: Option<FixedBitSet>,
}

impl Points {
    fn beats(&self, reading: Reading, state: usize) -> Beats {
        match &self.below_all {
            Some(set) if set.contains(state) => Beats::Nowhere,
            _ => Beats::new(reading),
        }
    }

    fn copy(&self, state: usize, point: &mut Vec<u32>) {
        point.clear();
        point.extend(self.least.iter().map(|of_member| of_member[state]));
    }
}

impl<'m> Player<'m> {
    pub(crate) fn new(ranks: Vec<&'m [u32]>, ends: Ends) -> Self {
        Self { ranks, ends, pool: OnceLock::new() }
    }

    /// States in trees; `None` where ends are listed.
    pub(crate) fn pool(&self) -> Option<&Pool> {
        let build = || match &self.ends {
            Ends::Blocks(blocks) => Some(Pool::new(blocks, &self.ranks)),
            Ends::Listed { .. } => None,
        };
        self.pool.get_or_init(build).as_ref()
    }

    /// The ranks themselves: what the group is sure of if nobody replies.
    pub(crate) fn own_points(&self) -> Points {
        Points { least: self.ranks.iter().map(|of_member| of_member.to_vec()).collect(), below_all: None }
    }

    /// The states, among those of a set, that the group can leave for one whose point
    /// beats them.
    pub(crate) fn leaves(
        &self,
        points: &Points,
        reading: Reading,
        among: Option<&FixedBitSet>,
        budget: &Budget,
    ) -> Result<FixedBitSet, StopReason> {
        let count = self.ranks[0].len();
        let kept = |state: usize| among.is_none_or(|set| set.contains(state));
        let mut left = FixedBitSet::with_capacity(count);
        let blocks = match &self.ends {
            Ends::Blocks(blocks) => blocks,
            Ends::Listed { forward, .. } => {
                let mut point = Vec::new();
                for state in (0..count).filter(|state| kept(*state)) {
                    if state % (1 << 10) == 0 {
                        budget.check()?;
                    }
                    let mut beaten = |end: &u32| {
                        points.copy(*end as usize, &mut point);
                        let ranks = self.ranks.iter().map(|of| of[state]);
                        points.beats(reading, *end as usize).holds(&point, ranks)
                    };
                    left.set(state, forward.from(state).iter().any(&mut beaten));
                }
                return Ok(left);
            }
        };
        let pool = self.pool().expect("blocks have a pool");
        let mut pool = if among.is_some() { pool.only(kept) } else { pool.clone() };
        let (mut above, mut open, mut stamps) = (Vec::new(), Vec::new(), vec![u32::MAX; blocks.count()]);
        let (mut point, mut taken) = (Vec::new(), Vec::new());
        let sum = |state: u32| points.least.iter().map(|of| u64::from(of[state as usize])).sum::<u64>();
        for block in 0..blocks.count() {
            if block % (1 << 8) == 0 {
                budget.check()?;
            }
            above.clear();
            blocks.visit_above(block, (&mut stamps, block as u32), &mut open, |higher| above.push(higher));
            let states = blocks.states(block);
            // The best one first: it leaves little to find.
            let first = states.iter().copied().max_by_key(|state| sum(*state));
            for (asked, state) in first.iter().chain(states).enumerate() {
                if asked % (1 << 12) == 0 {
                    budget.check()?;
                }
                points.copy(*state as usize, &mut point);
                let beats = points.beats(reading, *state as usize);
                for &higher in &above {
                    pool.take(higher, &point, beats, &mut taken);
                }
            }
        }
        left.extend(taken.into_iter().map(|state| state as usize));
        Ok(left)
    }
}
