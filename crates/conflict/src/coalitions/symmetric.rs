//! Whether a group escapes from every reply, for many states at once.
//!
//! For one member a reply is worth the best rank that it can make of it, and the
//! question is one of numbers. For several it is one of sets: each state asks for itself
//! where something better than it can be reached. 64 such questions are answered
//! together, one bit of a word for each.

use detente_base::{Budget, StopReason};
use fixedbitset::FixedBitSet;

use super::ends::Ends;
use super::player::Player;
use super::pool::Reading;

/// Questions that are answered together.
const LANES: usize = u64::BITS as usize;

/// The states among `open` that the group leaves: for one that is better, from which it
/// can get to something better whatever the others reply.
///
/// Of the states of one block, those below one that is left are left too, and those
/// above one that is kept are kept; this saves most questions.
///
/// Cost: O(n·d) time for 64 questions, n states, d members.
pub(crate) fn left_despite_escapes(
    player: &Player<'_>,
    replies: &Ends,
    reading: Reading,
    mut open: FixedBitSet,
    budget: &Budget,
) -> Result<FixedBitSet, StopReason> {
    if let [only] = player.ranks.as_slice() {
        return Ok(left_by_one(only, player, replies, &open));
    }
    let mut left = FixedBitSet::with_capacity(open.len());
    loop {
        budget.check()?;
        let asked = spread(&open);
        if asked.is_empty() {
            return Ok(left);
        }
        let answers = ask(player, replies, reading, &asked);
        for (lane, state) in asked.iter().enumerate() {
            conclude(player, *state, answers[lane], &mut open, &mut left);
        }
    }
}

fn left_by_one(ranks: &[u32], player: &Player<'_>, replies: &Ends, open: &FixedBitSet) -> FixedBitSet {
    let escapes = player.ends.fold(ranks, 0, u32::max);
    let mut sure = replies.fold(&escapes, u32::MAX, u32::min);
    sure.iter_mut().zip(ranks).for_each(|(value, rank)| *value = (*value).min(*rank));
    let best = player.ends.fold(&sure, 0, u32::max);
    let mut left = FixedBitSet::with_capacity(open.len());
    left.extend(open.ones().filter(|state| best[*state] > ranks[*state]));
    left
}

/// At most [`LANES`] states, spread over the set.
fn spread(open: &FixedBitSet) -> Vec<usize> {
    let step = open.count_ones(..).div_ceil(LANES).max(1);
    open.ones().step_by(step).collect()
}

fn ask(player: &Player<'_>, replies: &Ends, reading: Reading, asked: &[usize]) -> Vec<bool> {
    let better = better_masks(player, reading, asked);
    let escapes = player.ends.fold(&better, 0, |a, b| a | b);
    let mut sure = replies.fold(&escapes, u64::MAX, |a, b| a & b);
    sure.iter_mut().zip(&better).for_each(|(lanes, better)| *lanes &= better);
    let reached = player.ends.fold(&sure, 0, |a, b| a | b);
    asked.iter().enumerate().map(|(lane, state)| reached[*state] >> lane & 1 == 1).collect()
}

/// For each state the lanes whose state it is better than.
fn better_masks(player: &Player<'_>, reading: Reading, asked: &[usize]) -> Vec<u64> {
    let mut all: Vec<u64> = Vec::new();
    let mut one: Vec<u64> = Vec::new();
    for (member, ranks) in player.ranks.iter().enumerate() {
        // By rank: the lanes whose state has a smaller rank.
        let top = ranks.iter().max().map_or(0, |top| *top as usize);
        let mut above = vec![0_u64; top + 2];
        for (lane, state) in asked.iter().enumerate() {
            above[ranks[*state] as usize + 1] |= 1 << lane;
        }
        for rank in 0..=top {
            above[rank + 1] |= above[rank];
        }
        let strictly = |rank: &u32| above[*rank as usize];
        let weakly = |rank: &u32| above[*rank as usize + 1];
        match (reading, member) {
            (Reading::Strict, 0) => all = ranks.iter().map(strictly).collect(),
            (Reading::Strict, _) => all.iter_mut().zip(*ranks).for_each(|(lanes, rank)| *lanes &= strictly(rank)),
            (Reading::Pareto, 0) => {
                all = ranks.iter().map(weakly).collect();
                one = ranks.iter().map(strictly).collect();
            }
            (Reading::Pareto, _) => {
                all.iter_mut().zip(*ranks).for_each(|(lanes, rank)| *lanes &= weakly(rank));
                one.iter_mut().zip(*ranks).for_each(|(lanes, rank)| *lanes |= strictly(rank));
            }
        }
    }
    if reading == Reading::Pareto {
        all.iter_mut().zip(one).for_each(|(lanes, one)| *lanes &= one);
    }
    all
}

/// Takes an answer down, with what follows from it.
fn conclude(player: &Player<'_>, state: usize, leaves: bool, open: &mut FixedBitSet, left: &mut FixedBitSet) {
    let mut close = |closed: usize| {
        if open.contains(closed) {
            open.set(closed, false);
            left.set(closed, leaves);
        }
    };
    let Ends::Blocks(blocks) = &player.ends else {
        return close(state);
    };
    for other in blocks.states(blocks.block_of(state)).iter().map(|other| *other as usize) {
        let (low, high) = if leaves { (other, state) } else { (state, other) };
        if player.ranks.iter().all(|of| of[low] <= of[high]) {
            close(other);
        }
    }
}
