//! Ranks from statements in order of priority, or from scores.

use fixedbitset::FixedBitSet;

/// Size of the table that one refinement step may use, in bits of its index; more
/// means fewer passes and a larger table (2²⁶ bits are 8 MB).
const KEY_BITS: u32 = 26;

/// Ranks by *option prioritising*: of two states, the better is the one that
/// satisfies the most important statement in which they differ.
///
/// rank(s) < rank(t) iff (s ∈ c₁, s ∈ c₂, …) < (t ∈ c₁, t ∈ c₂, …) lexicographically;
/// `columns` are c₁, c₂, … as sets of states, most important first; ranks are dense
/// from 0. Any number of statements is allowed.
///
/// Source: `[FangHipelKilgour1993]`; `[PengHipelKilgour1997]`.
/// Cost: O(n·k) time, n states, k columns; 8 bytes per state and 24 MB at most.
pub fn ranks_from_priority(state_count: usize, columns: &[FixedBitSet]) -> Vec<u32> {
    let mut ranks = vec![0_u32; state_count];
    let mut distinct = 1_u32;
    let mut rest = columns;
    while !rest.is_empty() {
        let rank_bits = u32::BITS - (distinct - 1).leading_zeros();
        let width = (KEY_BITS.saturating_sub(rank_bits).max(1) as usize).min(rest.len());
        let (chunk, later) = rest.split_at(width);
        for rank in &mut ranks {
            *rank <<= width;
        }
        for (column, set) in chunk.iter().enumerate() {
            let bit = 1 << (width - 1 - column);
            for state in set.ones().take_while(|state| *state < state_count) {
                ranks[state] |= bit;
            }
        }
        distinct = make_dense(&mut ranks, u64::from(distinct) << width);
        rest = later;
    }
    ranks
}

/// Replaces keys below `key_count` by their positions among the keys that occur, and
/// returns how many occur (at least 1).
fn make_dense(keys: &mut [u32], key_count: u64) -> u32 {
    let mut present = FixedBitSet::with_capacity(key_count as usize);
    for &key in &*keys {
        present.insert(key as usize);
    }
    let mut before = Vec::with_capacity(present.as_slice().len());
    let mut count = 0;
    for block in present.as_slice() {
        before.push(count);
        count += block.count_ones();
    }
    for key in keys {
        let (block, bit) = ((*key / usize::BITS) as usize, *key % usize::BITS);
        *key = before[block] + (present.as_slice()[block] & ((1 << bit) - 1)).count_ones();
    }
    count.max(1)
}

/// Dense ranks from 0 in the order of the scores; equal scores share a rank.
///
/// Cost: O(n log n) time, n scores.
pub fn ranks_from_scores<S: Ord>(scores: &[S]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..scores.len() as u32).collect();
    order.sort_unstable_by_key(|&index| &scores[index as usize]);
    let mut ranks = vec![0; scores.len()];
    let mut rank = 0;
    for pair in order.windows(2) {
        rank += u32::from(scores[pair[0] as usize] < scores[pair[1] as usize]);
        ranks[pair[1] as usize] = rank;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_statements_than_bits_of_a_word_are_ranked_exactly() {
        let columns: Vec<FixedBitSet> = (0..100)
            .map(|column: usize| {
                let mut set = FixedBitSet::with_capacity(300);
                set.extend((0..300_usize).filter(|state| (state * 31 + column * state / 7 + column).is_multiple_of(5)));
                set
            })
            .collect();
        let vectors: Vec<Vec<bool>> =
            (0..300).map(|state| columns.iter().map(|column| column.contains(state)).collect()).collect();
        assert_eq!(ranks_from_priority(300, &columns), ranks_from_scores(&vectors));
    }

    #[test]
    fn without_statements_all_states_tie() {
        assert_eq!(ranks_from_priority(3, &[]), [0, 0, 0]);
        assert_eq!(ranks_from_scores(&[5, -1, 5_i128]), [1, 0, 1]);
        assert!(ranks_from_scores::<i128>(&[]).is_empty());
    }
}
