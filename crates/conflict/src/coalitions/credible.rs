//! The least that several groups can lead to by joint improvements, one group after
//! another.

use detente_base::{Budget, StopReason};

use super::ends::Ends;
use super::player::Player;
use super::pool::{Beats, Pool, Reading};

/// For each state s, the least of `values` over s and the ends of sequences of joint
/// improvements of these groups in which no group comes twice in a row.
///
/// Taking the states in ascending order of value and walking improvements backwards,
/// every position (state, last group) is met first with its least value. What a group
/// was once found to come from need not be found again, so that each state is taken at
/// most once for each group.
///
/// Cost: O(g·n·t) time, g groups, n states, t the time to take one; O(g·n) memory.
pub(crate) fn least_by_improvements(
    groups: &[&Player<'_>],
    reading: Reading,
    values: &[u32],
    budget: &Budget,
) -> Result<Vec<u32>, StopReason> {
    let mut sources: Vec<Source<'_, '_>> = groups.iter().map(|group| Source::new(group)).collect();
    let mut search = Search { known: vec![Known::Nothing; values.len()], least: values.to_vec(), open: Vec::new() };
    let mut found = Vec::new();
    for (count, start) in ascending(values).into_iter().enumerate() {
        if count % (1 << 10) == 0 {
            budget.check()?;
        }
        let value = values[start as usize];
        search.settle(start, value);
        while let Some((state, lasts)) = search.open.pop() {
            for (index, source) in sources.iter_mut().enumerate() {
                if lasts.includes(index as u32) {
                    found.clear();
                    source.take(state, reading, &mut found);
                    found.iter().for_each(|before| search.settle_after(*before, index as u32, value));
                }
            }
        }
    }
    Ok(search.least)
}

/// States in ascending order of value; equal ones in order.
fn ascending(values: &[u32]) -> Vec<u32> {
    let mut keys: Vec<u64> =
        values.iter().enumerate().map(|(state, value)| u64::from(*value) << 32 | state as u64).collect();
    keys.sort_unstable();
    keys.into_iter().map(|key| key as u32).collect()
}

/// For which last groups the least value at a state is known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Nothing,
    AllBut(u32),
    Everything,
}

/// Which last groups a position stands for.
#[derive(Clone, Copy)]
enum Lasts {
    All,
    AllBut(u32),
    Only(u32),
}

impl Lasts {
    fn includes(self, group: u32) -> bool {
        match self {
            Self::All => true,
            Self::AllBut(other) => group != other,
            Self::Only(one) => group == one,
        }
    }
}

struct Search {
    known: Vec<Known>,
    least: Vec<u32>,
    open: Vec<(u32, Lasts)>,
}

impl Search {
    /// Ending at the state itself, after whichever group.
    fn settle(&mut self, state: u32, value: u32) {
        let known = &mut self.known[state as usize];
        match *known {
            Known::Nothing => {
                self.least[state as usize] = value;
                self.open.push((state, Lasts::All));
            }
            Known::AllBut(group) => self.open.push((state, Lasts::Only(group))),
            Known::Everything => {}
        }
        *known = Known::Everything;
    }

    /// Going on by an improvement of a group, after whichever other one.
    fn settle_after(&mut self, state: u32, group: u32, value: u32) {
        let known = &mut self.known[state as usize];
        match *known {
            Known::Nothing => {
                self.least[state as usize] = value;
                *known = Known::AllBut(group);
                self.open.push((state, Lasts::AllBut(group)));
            }
            Known::AllBut(other) if other != group => {
                *known = Known::Everything;
                self.open.push((state, Lasts::Only(other)));
            }
            _ => {}
        }
    }
}

/// The states that a group can still be found to come from.
struct Source<'a, 'm> {
    player: &'a Player<'m>,
    pool: Option<Pool>,
    taken: Vec<bool>,
    stamps: Vec<u32>,
    stamp: u32,
    above: Vec<usize>,
    open: Vec<u32>,
    point: Vec<u32>,
}

impl<'a, 'm> Source<'a, 'm> {
    fn new(player: &'a Player<'m>) -> Self {
        let pool = player.pool().cloned();
        let (taken, stamps) = match &player.ends {
            Ends::Blocks(blocks) => (Vec::new(), vec![u32::MAX; blocks.count()]),
            Ends::Listed { .. } => (vec![false; player.ranks[0].len()], Vec::new()),
        };
        Self { player, pool, taken, stamps, stamp: 0, above: Vec::new(), open: Vec::new(), point: Vec::new() }
    }

    /// Takes the states that the group improves on by going to `target`.
    fn take(&mut self, target: u32, reading: Reading, found: &mut Vec<u32>) {
        let ranks = &self.player.ranks;
        self.point.clear();
        self.point.extend(ranks.iter().map(|of| of[target as usize]));
        let beats = Beats::new(reading);
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
