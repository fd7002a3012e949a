//! In which order the coordinates stand in the diagrams.
//!
//! The size of a diagram depends on the order above all. Coordinates that occur in one
//! formula belong close together. The centre-of-gravity method moves every coordinate
//! to the mean place of its formulas again and again, from two starts, and keeps the
//! arrangement with the shortest formulas.
//!
//! Source: `[AloulMarkovSakallah2003]` (FORCE).

use super::Conflict;

/// Rounds from one start; the arrangement settles in a few dozen.
const ROUNDS: usize = 200;

/// Fractions of a place that means are rounded to.
const UNIT: i64 = 1 << 16;

/// The coordinates in the order of their variables.
pub(super) fn coordinate_order(conflict: &Conflict) -> Vec<usize> {
    let count = conflict.sizes.len();
    let groups: Vec<Vec<usize>> =
        conflict.formulas().into_iter().map(super::Formula::coordinates).filter(|group| group.len() > 1).collect();
    let as_given: Vec<usize> = (0..count).collect();
    [as_given, by_mention(count, &groups)]
        .into_iter()
        .map(|start| settle(start, &groups))
        .min_by_key(|(length, _)| *length)
        .map_or_else(Vec::new, |(_, order)| order)
}

/// Coordinates in the order in which the formulas first mention them.
fn by_mention(count: usize, groups: &[Vec<usize>]) -> Vec<usize> {
    let mut placed = vec![false; count];
    let mut order = Vec::with_capacity(count);
    for coordinate in groups.iter().flatten().copied().chain(0..count) {
        if !std::mem::replace(&mut placed[coordinate], true) {
            order.push(coordinate);
        }
    }
    order
}

/// The best arrangement met on the way, with the total length of the formulas in it.
fn settle(start: Vec<usize>, groups: &[Vec<usize>]) -> (i64, Vec<usize>) {
    let count = start.len();
    let mut place = vec![0_i64; count];
    let put = |order: &[usize], place: &mut Vec<i64>| {
        order.iter().enumerate().for_each(|(at, coordinate)| place[*coordinate] = at as i64);
    };
    put(&start, &mut place);
    let mut best = (length(&place, groups), start);
    for _ in 0..ROUNDS {
        let mut sums = vec![(0_i64, 0_i64); count];
        for group in groups {
            let centre = group.iter().map(|c| place[*c] * UNIT).sum::<i64>() / group.len() as i64;
            for coordinate in group {
                sums[*coordinate].0 += centre;
                sums[*coordinate].1 += 1;
            }
        }
        let mut order: Vec<usize> = (0..count).collect();
        let mean = |c: usize| if sums[c].1 == 0 { place[c] * UNIT } else { sums[c].0 / sums[c].1 };
        order.sort_by_key(|coordinate| (mean(*coordinate), *coordinate));
        put(&order, &mut place);
        let found = length(&place, groups);
        if found < best.0 {
            best = (found, order);
        }
    }
    best
}

fn length(place: &[i64], groups: &[Vec<usize>]) -> i64 {
    let span = |group: &Vec<usize>| {
        let places = group.iter().map(|c| place[*c]);
        places.clone().max().unwrap_or(0) - places.min().unwrap_or(0)
    };
    groups.iter().map(span).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::symbolic::{Formula, Order, Party};

    #[test]
    fn coordinates_of_one_formula_stand_together() {
        let pair = |a: usize, b: usize| Formula::In(a, vec![1]).and(Formula::In(b, vec![1]));
        // A chain 0-4-1-5-2-6-3-7 that the given order scatters.
        let chain = [(0, 4), (4, 1), (1, 5), (5, 2), (2, 6), (6, 3), (3, 7)];
        let order = Order::Priority(chain.iter().map(|(a, b)| pair(*a, *b)).collect());
        let party = Party { name: "one".into(), packages: Vec::new(), order, unseen: None };
        let conflict = Conflict { sizes: vec![2; 8], feasible: Vec::new(), parties: vec![party] };
        let order = coordinate_order(&conflict);
        let at = |c: usize| order.iter().position(|other| *other == c).expect("placed");
        assert!(chain.iter().map(|(a, b)| at(*a).abs_diff(at(*b))).sum::<usize>() <= 9, "{order:?}");
    }
}
