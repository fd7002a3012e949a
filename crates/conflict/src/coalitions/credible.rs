//! The least that several groups can lead to by joint improvements, one group after
//! another.

use detente_base::{Budget, StopReason};

use super::ends::Ends;
use super::player::Player;
use super::pool::{Beats, Pool, Reading};
use crate::reach::search::{Sources, least_values};

/// For each state s, the least of `values` over s and the ends of sequences of joint
/// improvements of these groups in which no group comes twice in a row.
///
/// What a group was once found to come from need not be found again, so that each state
/// is taken at most once for each group.
///
/// Cost: O(g·n·t) time, g groups, n states, t the time to take one; O(g·n) memory.
pub(crate) fn least_by_improvements(
    groups: &[&Player<'_>],
    reading: Reading,
    values: &[u32],
    budget: &Budget,
) -> Result<Vec<u32>, StopReason> {
    let mut sources: Vec<Source<'_, '_>> = groups.iter().map(|group| Source::new(group, reading)).collect();
    least_values(&mut sources, values, budget)
}

/// The states that a group can still be found to come from.
struct Source<'a, 'm> {
    player: &'a Player<'m>,
    reading: Reading,
    pool: Option<Pool>,
    taken: Vec<bool>,
    stamps: Vec<u32>,
    stamp: u32,
    above: Vec<usize>,
    open: Vec<u32>,
    point: Vec<u32>,
}

impl<'a, 'm> Source<'a, 'm> {
    fn new(player: &'a Player<'m>, reading: Reading) -> Self {
        let pool = player.pool().cloned();
        let (taken, stamps) = match &player.ends {
            Ends::Blocks(blocks) => (Vec::new(), vec![u32::MAX; blocks.count()]),
            Ends::Listed { .. } => (vec![false; player.ranks[0].len()], Vec::new()),
        };
        Self { player, reading, pool, taken, stamps, stamp: 0, above: Vec::new(), open: Vec::new(), point: Vec::new() }
    }
}

impl Sources for Source<'_, '_> {
    /// Takes the states that the group improves on by going to `target`.
    fn sources(&mut self, target: u32, found: &mut Vec<u32>) {
        let ranks = &self.player.ranks;
        self.point.clear();
        self.point.extend(ranks.iter().map(|of| of[target as usize]));
        let beats = Beats::new(self.reading);
        match &self.player.ends {
            Ends::Blocks(blocks) => {
                let pool = self.pool.as_mut().expect("blocks have a pool");
                self.above.clear();
                let above = &mut self.above;
                let block = blocks.block_of(target as usize);
                blocks.visit_above(block, (&mut self.stamps, self.stamp), &mut self.open, |higher| above.push(higher));
                self.stamp += 1;
                above.iter().for_each(|higher| pool.take(*higher, &self.point, beats, found));
            }
            Ends::Listed { backward, .. } => {
                for &before in backward.from(target as usize) {
                    let beaten = || beats.holds(&self.point, ranks.iter().map(|of| of[before as usize]));
                    if !self.taken[before as usize] && beaten() {
                        self.taken[before as usize] = true;
                        found.push(before);
                    }
                }
            }
        }
    }
}
