//! Which of many packages that are listed with their worths are efficient?
//!
//! For worth that has no structure to go by. Worths are whole numbers, in a unit of each
//! party's own: dominance does not depend on units.
//!
//! ```
//! use detente_bargain::explicit::{ExplicitPoint, explicit_frontier};
//!
//! // Four packages for two parties; the first and the last are worth the same.
//! let found = explicit_frontier(&[3, 1, 1, 2, 0, 2, 3, 1], 2);
//! assert_eq!(found, [ExplicitPoint { first: 0, packages: 2 }, ExplicitPoint { first: 1, packages: 1 }]);
//! ```

use crate::efficient::Filter;

/// Ranges of the first party's worths that are told apart before packages are sorted.
const RANGES: usize = 1 << 14;

/// Packages that worths are worth sorting without looking for fewer.
const FEW: usize = 1 << 10;

/// Worths that some efficient packages have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExplicitPoint {
    /// The first package with these worths, by position.
    pub first: usize,
    /// Number of packages with these worths.
    pub packages: u64,
}

/// The efficient packages by their worths, the best for the first party first.
///
/// `worths` holds what the first package is worth to each of the parties, then the second,
/// and so on.
///
/// Cost: two passes over n packages, then O(m log m) for the m that are left: for two
/// parties those that no package dominates which is better for the first party by more than
/// a small part of its range; for more, those that none of a few good packages dominates.
/// For four parties and more, finding one that dominates adds what the frontier of additive
/// worth takes. Memory: 4 bytes for each package that is left.
///
/// # Panics
/// If there are no parties, the last package lacks a worth, or packages are 2³² or more.
pub fn explicit_frontier(worths: &[i64], parties: usize) -> Vec<ExplicitPoint> {
    assert!(parties > 0 && worths.len().is_multiple_of(parties), "a worth for each party of each package");
    let count = u32::try_from(worths.len() / parties).expect("fewer than 2³² packages");
    let of = |at: u32| &worths[at as usize * parties..][..parties];
    let mut order = match parties {
        _ if (count as usize) < FEW => (0..count).collect(),
        2 => left_of_two(worths),
        _ => left_of_more(worths, parties),
    };
    order.sort_unstable_by(|a, b| of(*b).cmp(of(*a)).then(a.cmp(b)));
    let mut filter = Filter::new(parties);
    let mut found: Vec<ExplicitPoint> = Vec::new();
    for same in order.chunk_by(|a, b| of(*a) == of(*b)) {
        if filter.keeps(of(same[0])) {
            found.push(ExplicitPoint { first: same[0] as usize, packages: same.len() as u64 });
        }
    }
    found
}

/// Packages for two parties that none in a higher range of the first party's worths
/// dominates.
fn left_of_two(worths: &[i64]) -> Vec<u32> {
    let (least, greatest) =
        worths.chunks_exact(2).fold((i64::MAX, i64::MIN), |(l, g), pair| (l.min(pair[0]), g.max(pair[0])));
    // Ranges of a power of two of worths: at most twice as many as are wanted.
    let width = greatest.abs_diff(least);
    let shift = (u64::BITS - width.leading_zeros()).saturating_sub(RANGES.ilog2());
    let range = |worth: i64| (worth.abs_diff(least) >> shift) as usize;
    let mut best = vec![i64::MIN; range(greatest) + 2];
    for pair in worths.chunks_exact(2) {
        let best = &mut best[range(pair[0])];
        *best = (*best).max(pair[1]);
    }
    for at in (0..best.len() - 1).rev() {
        best[at] = best[at].max(best[at + 1]);
    }
    let left = |(_, pair): &(u32, &[i64])| {
        let above = best[range(pair[0]) + 1];
        pair[1] > above || above == i64::MIN
    };
    (0..).zip(worths.chunks_exact(2)).filter(left).map(|(at, _)| at).collect()
}

/// Packages that none of a few good ones dominates: the best for each party, and those of
/// the greatest sum, each party weighed by the range of its worths, once as often as others.
fn left_of_more(worths: &[i64], parties: usize) -> Vec<u32> {
    let mut least = vec![i64::MAX; parties];
    let mut greatest = vec![i64::MIN; parties];
    for package in worths.chunks_exact(parties) {
        least.iter_mut().zip(package).for_each(|(l, w)| *l = (*l).min(*w));
        greatest.iter_mut().zip(package).for_each(|(g, w)| *g = (*g).max(*w));
    }
    let unit = |party: usize| 1.0 / (greatest[party].abs_diff(least[party]) as f64).max(1.0);
    let weights = (0..=parties).map(|favoured| -> Vec<f64> {
        (0..parties).map(|party| unit(party) * if party == favoured { 3.0 } else { 1.0 }).collect()
    });
    // Which packages are good is a guess; that they dominate is checked exactly.
    let mut good: Vec<(f64, Vec<f64>, &[i64])> =
        weights.map(|weights| (f64::MIN, weights, &worths[..parties])).collect();
    for package in worths.chunks_exact(parties) {
        for (most, weights, best) in &mut good {
            let sum: f64 = package.iter().zip(weights.iter()).map(|(worth, weight)| *worth as f64 * weight).sum();
            if sum > *most {
                (*most, *best) = (sum, package);
            }
        }
    }
    let dominated = |package: &[i64]| {
        good.iter().any(|(_, _, best)| *best != package && best.iter().zip(package).all(|(b, w)| b >= w))
    };
    (0..).zip(worths.chunks_exact(parties)).filter(|(_, package)| !dominated(package)).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_base::Pcg;

    /// Dominance by the definition, over the different vectors.
    fn by_brute_force(worths: &[i64], parties: usize) -> Vec<ExplicitPoint> {
        let packages: Vec<&[i64]> = worths.chunks_exact(parties).collect();
        let mut different = packages.clone();
        different.sort_unstable_by(|a, b| b.cmp(a));
        different.dedup();
        let dominated = |a: &[i64]| different.iter().any(|b| *b != a && b.iter().zip(a).all(|(b, a)| b >= a));
        let point = |worths: &&[i64]| ExplicitPoint {
            first: packages.iter().position(|package| package == worths).expect("one of them"),
            packages: packages.iter().filter(|package| *package == worths).count() as u64,
        };
        different.iter().filter(|worths| !dominated(worths)).map(point).collect()
    }

    #[test]
    fn the_same_as_comparing_every_pair() {
        let mut several = 0;
        for seed in 0..400 {
            let mut rng = Pcg::new(seed);
            let parties = 1 + (seed % 5) as usize;
            // Few are only sorted; many go through the passes first.
            let count = if seed % 4 == 0 { 1_500 } else { rng.below(200) };
            let range = [3, 40, 1 << 20, u32::MAX][(seed / 5 % 4) as usize];
            let stretch = if seed % 3 == 0 { i64::from(1 << 30) } else { 1 };
            let mut worth = |_| (i64::from(rng.below(range)) - i64::from(range / 2)) * stretch;
            let worths: Vec<i64> = (0..count as usize * parties).map(&mut worth).collect();
            let found = explicit_frontier(&worths, parties);
            assert_eq!(found, by_brute_force(&worths, parties), "seed {seed}");
            several += found.iter().filter(|point| point.packages > 1).count();
        }
        assert!(several > 50, "{several}");
    }

    #[test]
    fn extreme_worths() {
        let ends = [i64::MIN, i64::MAX, i64::MAX, i64::MIN, 0, 0, i64::MIN, i64::MIN];
        let many: Vec<i64> = ends.iter().copied().cycle().take(4_000).collect();
        for worths in [&ends[..], &many] {
            let found = explicit_frontier(worths, 2);
            assert_eq!(found.iter().map(|point| point.first).collect::<Vec<_>>(), [1, 2, 0]);
        }
        assert!(explicit_frontier(&[], 3).is_empty());
    }
}
