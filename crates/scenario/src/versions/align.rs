//! Two lists side by side: which entries are the same, which moved, which are new.

use std::ops::Range;

/// Most comparisons of entries that an alignment may take; beyond it two lists are taken
/// as replaced as a whole.
const MAX_COMPARISONS: usize = 4_000_000;

/// What an entry says, for comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// As written, blanks folded.
    pub raw: String,
    /// As understood: the same for two ways to write the same condition.
    pub meaning: Option<String>,
}

/// The parts of an entry.
pub(super) type Keys = Vec<Key>;

/// Whether two entries say the same.
pub(super) fn same(a: &Keys, b: &Keys) -> bool {
    let same = |a: &Key, b: &Key| a.raw == b.raw || a.meaning.is_some() && a.meaning == b.meaning;
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
}

/// Whether the order of a list matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// It does: a statement that comes earlier is more important.
    Matters,
    /// It does not: terms add up.
    Free,
}

/// One place of the merged list. Numbers are positions in the first and second list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In both.
    Same(usize, usize),
    /// One entry became another, or moved: here stands that of the first list.
    From(usize, usize),
    /// The same: here stands that of the second list.
    To(usize, usize),
    /// Only in the first.
    Removed(usize),
    /// Only in the second.
    Added(usize),
}

/// The merged list of two lists: each keeps its order in it. `None` where they are too long
/// to be compared. `alike` says which entries of lists without order replace each other.
///
/// Cost: O(n·m) comparisons and bytes for the n and m entries between the common start and
/// the common end.
pub(super) fn align(a: &[Keys], b: &[Keys], order: Order, alike: &dyn Fn(&Keys, &Keys) -> bool) -> Option<Vec<Place>> {
    let start = a.iter().zip(b).take_while(|(a, b)| same(a, b)).count();
    let rest = a[start..].iter().rev().zip(b[start..].iter().rev());
    let end = rest.take_while(|(a, b)| same(a, b)).count();
    let (inner_a, inner_b) = (start..a.len() - end, start..b.len() - end);
    if inner_a.len().saturating_mul(inner_b.len()) > MAX_COMPARISONS {
        return None;
    }
    let mut matched: Vec<(usize, usize)> = (0..start).map(|i| (i, i)).collect();
    matched.extend(match order {
        Order::Matters => longest_common(a, b, &inner_a, &inner_b),
        Order::Free => greedy(inner_a, inner_b, |i, j| same(&a[i], &b[j])),
    });
    matched.extend((0..end).map(|k| (a.len() - end + k, b.len() - end + k)));
    Some(match order {
        Order::Matters => ordered(a, b, &matched),
        Order::Free => unordered(a, b, &matched, alike),
    })
}

/// Pairs of a longest common subsequence.
fn longest_common(a: &[Keys], b: &[Keys], in_a: &Range<usize>, in_b: &Range<usize>) -> Vec<(usize, usize)> {
    let width = in_b.len() + 1;
    let at = |i: usize, j: usize| (i - in_a.start) * width + (j - in_b.start);
    let mut longest = vec![0u32; (in_a.len() + 1) * width];
    for i in in_a.clone().rev() {
        for j in in_b.clone().rev() {
            longest[at(i, j)] = if same(&a[i], &b[j]) {
                longest[at(i + 1, j + 1)] + 1
            } else {
                longest[at(i + 1, j)].max(longest[at(i, j + 1)])
            };
        }
    }
    let (mut i, mut j) = (in_a.start, in_b.start);
    let mut pairs = Vec::new();
    while i < in_a.end && j < in_b.end {
        if same(&a[i], &b[j]) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[at(i + 1, j)] >= longest[at(i, j + 1)] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Pairs each entry of the first with the first free one of the second that matches.
fn greedy(a: Range<usize>, b: Range<usize>, matches: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let mut free: Vec<usize> = b.collect();
    let mut pairs = Vec::new();
    for i in a {
        if let Some(at) = free.iter().position(|j| matches(i, *j)) {
            pairs.push((i, free.remove(at)));
        }
    }
    pairs
}

/// For each position of a list its partner in the other one.
fn partners(length: usize, pairs: impl Iterator<Item = (usize, usize)>) -> Vec<Option<usize>> {
    let mut partners = vec![None; length];
    pairs.for_each(|(own, other)| partners[own] = Some(other));
    partners
}

fn without_partner(partners: &[Option<usize>]) -> Vec<usize> {
    (0..partners.len()).filter(|at| partners[*at].is_none()).collect()
}

/// The merged list where order matters.
fn ordered(a: &[Keys], b: &[Keys], matched: &[(usize, usize)]) -> Vec<Place> {
    let mut in_b = partners(b.len(), matched.iter().map(|(x, y)| (*y, *x)));
    let mut in_a = partners(a.len(), matched.iter().copied());
    let mut free = without_partner(&in_b);
    for i in without_partner(&in_a) {
        if let Some(at) = free.iter().position(|j| same(&a[i], &b[*j])) {
            let j = free.remove(at);
            (in_a[i], in_b[j]) = (Some(j), Some(i));
        }
    }
    let mut places = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (x, y) in matched.iter().copied().chain([(a.len(), b.len())]) {
        // What is left of both between two common entries is paired if it pairs up.
        let gone: Vec<usize> = (i..x).filter(|i| in_a[*i].is_none()).collect();
        let new: Vec<usize> = (j..y).filter(|j| in_b[*j].is_none()).collect();
        if gone.len() == new.len() {
            gone.iter().zip(&new).for_each(|(i, j)| (in_a[*i], in_b[*j]) = (Some(*j), Some(*i)));
        }
        places.extend((i..x).map(|i| in_a[i].map_or(Place::Removed(i), |to| Place::From(i, to))));
        places.extend((j..y).map(|j| in_b[j].map_or(Place::Added(j), |from| Place::To(from, j))));
        if x < a.len() {
            places.push(Place::Same(x, y));
        }
        (i, j) = (x + 1, y + 1);
    }
    places
}

/// The merged list where order does not matter: that of the first, then what is new.
fn unordered(a: &[Keys], b: &[Keys], matched: &[(usize, usize)], alike: &dyn Fn(&Keys, &Keys) -> bool) -> Vec<Place> {
    let in_a = partners(a.len(), matched.iter().copied());
    let mut free = without_partner(&partners(b.len(), matched.iter().map(|(x, y)| (*y, *x))));
    let mut places = Vec::new();
    for (i, partner) in in_a.into_iter().enumerate() {
        match (partner, free.iter().position(|j| alike(&a[i], &b[*j]))) {
            (Some(j), _) => places.push(Place::Same(i, j)),
            (None, Some(at)) => {
                let j = free.remove(at);
                places.extend([Place::From(i, j), Place::To(i, j)]);
            }
            (None, None) => places.push(Place::Removed(i)),
        }
    }
    places.extend(free.into_iter().map(Place::Added));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<Keys> {
        text.chars().map(|c| vec![Key { raw: c.to_string(), meaning: None }]).collect()
    }

    fn places(a: &str, b: &str, order: Order) -> Vec<Place> {
        align(&list(a), &list(b), order, &|_, _| false).expect("short lists")
    }

    #[test]
    fn order_makes_moves() {
        use Place::{Added, From, Removed, Same, To};
        assert_eq!(places("abc", "abc", Order::Matters), [Same(0, 0), Same(1, 1), Same(2, 2)]);
        assert_eq!(places("abc", "axc", Order::Matters), [Same(0, 0), From(1, 1), To(1, 1), Same(2, 2)]);
        assert_eq!(places("abc", "ac", Order::Matters), [Same(0, 0), Removed(1), Same(2, 1)]);
        assert_eq!(places("abc", "bca", Order::Matters), [From(0, 2), Same(1, 0), Same(2, 1), To(0, 2)]);
        assert_eq!(places("ac", "abxc", Order::Matters), [Same(0, 0), Added(1), Added(2), Same(1, 3)]);
        assert_eq!(places("abc", "bca", Order::Free), [Same(0, 2), Same(1, 0), Same(2, 1)]);
        assert_eq!(places("ab", "bx", Order::Free), [Removed(0), Same(1, 0), Added(1)]);
    }

    #[test]
    fn both_lists_can_be_read_off_the_merged_one() {
        let mut seed = 7u64;
        let mut next = |n: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % n
        };
        for _ in 0..2000 {
            let mut word = |n: u64| (0..next(n)).map(|_| char::from(b'a' + next(5) as u8)).collect::<String>();
            let (a, b) = (word(8), word(8));
            let merged = places(&a, &b, Order::Matters);
            let first: Vec<usize> = merged
                .iter()
                .filter_map(|p| match p {
                    Place::Same(i, _) | Place::From(i, _) | Place::Removed(i) => Some(*i),
                    _ => None,
                })
                .collect();
            let second: Vec<usize> = merged
                .iter()
                .filter_map(|p| match p {
                    Place::Same(_, j) | Place::To(_, j) | Place::Added(j) => Some(*j),
                    _ => None,
                })
                .collect();
            assert_eq!(first, (0..a.len()).collect::<Vec<_>>(), "{a} {b}");
            assert_eq!(second, (0..b.len()).collect::<Vec<_>>(), "{a} {b}");
        }
    }
}
