//! All equilibria of a two-player table, exactly.
//!
//! Scaled strategies that give the other no more than one against any reply make a polytope
//! for each player. A pair of vertices is an equilibrium if each strategy is unplayed or a
//! best reply; these pairs are the *extreme equilibria*. Every other equilibrium is a mixture
//! of extreme ones of one *component*.
//!
//! Source: `[AvisRosenbergSavaniVonStengel2010]` (extreme equilibria and components).

use detente_base::{Budget, Exact, StopReason};
use fixedbitset::FixedBitSet;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use super::rays::{Ray, rays};
use crate::StrategicGame;
use crate::regret::{Regret, in_table};

/// An equilibrium in mixed strategies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MixedEquilibrium {
    /// For each player the probabilities of its strategies.
    pub strategies: Vec<Vec<Exact>>,
    /// What it gives, and what anybody could gain: nothing.
    pub regret: Regret,
}

/// All extreme equilibria, and how they hang together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtremeEquilibria {
    /// The extreme equilibria.
    pub equilibria: Vec<MixedEquilibrium>,
    /// Connected components of all equilibria, by positions in `equilibria`.
    pub components: Vec<Vec<usize>>,
    /// Maximal sets of equilibria that are exchangeable: any of these strategies of the first
    /// player with any of those of the second. Positions in `equilibria` of what spans them;
    /// a component is a union of such sets.
    pub nash_subsets: Vec<Vec<usize>>,
}

/// A vertex of a player's polytope.
struct Vertex {
    strategy: Vec<Exact>,
    /// Strategies of both players, the first's first, that are unplayed or best replies.
    labels: FixedBitSet,
}

/// All extreme equilibria of a two-player game.
///
/// Cost: that of the vertices of two polytopes, which grows exponentially with the number of
/// strategies; 12 × 12 takes well under a minute.
///
/// # Errors
/// When the budget is used up.
///
/// # Panics
/// If there are not two players.
pub fn extreme_equilibria(game: &StrategicGame, budget: &Budget) -> Result<ExtremeEquilibria, StopReason> {
    let [first, second] = game.matrices();
    let (rows, columns) = (first.len(), first[0].len());
    // The first player's strategies are bounded by what they give the second.
    let of_second: Vec<Vec<&Exact>> =
        (0..columns).map(|column| second.iter().map(|row| &row[column]).collect()).collect();
    let of_first: Vec<Vec<&Exact>> = first.iter().map(|row| row.iter().collect()).collect();
    let own = vertices(&of_second, (rows, columns), Side::First, budget)?;
    let other = vertices(&of_first, (columns, rows), Side::Second, budget)?;
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, x) in own.iter().enumerate() {
        budget.check()?;
        let mut missing = x.labels.clone();
        missing.toggle_range(..);
        pairs.extend((0..other.len()).filter(|y| missing.is_subset(&other[*y].labels)).map(|y| (at, y)));
    }
    let mixed = |(x, y): &(usize, usize)| {
        let strategies = vec![own[*x].strategy.clone(), other[*y].strategy.clone()];
        let regret = in_table(game, &strategies);
        MixedEquilibrium { strategies, regret }
    };
    let equilibria: Vec<MixedEquilibrium> = pairs.iter().map(mixed).collect();
    debug_assert!(equilibria.iter().all(|found| found.regret.is_equilibrium()), "labels are best replies");
    Ok(ExtremeEquilibria { components: components(&pairs), nash_subsets: bicliques(&pairs, budget)?, equilibria })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    First,
    Second,
}

/// The vertices of a player's polytope but for the origin; `given[j][i]` is what the player's
/// strategy i gives the other at j.
fn vertices(
    given: &[Vec<&Exact>],
    (own, others): (usize, usize),
    side: Side,
    budget: &Budget,
) -> Result<Vec<Vertex>, StopReason> {
    // z is the strategy, then what bounds it.
    let form = |row: Vec<BigInt>| -> Vec<BigInt> { row.iter().map(|entry| -entry).chain([BigInt::one()]).collect() };
    let forms: Vec<Vec<BigInt>> = positive(given).into_iter().map(form).collect();
    let all = rays(own + 1, &forms, budget)?;
    let vertex = |ray: &Ray<BigInt>| {
        let sum: BigInt = ray.entries[..own].iter().sum();
        let strategy = ray.entries[..own].iter().map(|entry| Exact::from_ratio(entry, &sum)).collect();
        let mut labels = FixedBitSet::with_capacity(own + others);
        let (unplayed, best) = match side {
            Side::First => (0, own),
            Side::Second => (others, 0),
        };
        (0..own).filter(|at| ray.tight.contains(*at)).for_each(|at| labels.insert(unplayed + at));
        (0..others).filter(|at| ray.tight.contains(own + 1 + at)).for_each(|at| labels.insert(best + at));
        Vertex { strategy, labels }
    };
    let some = |ray: &&Ray<BigInt>| ray.entries[..own].iter().any(|entry| !entry.is_zero());
    Ok(all.iter().filter(some).map(vertex).collect())
}

/// Payoffs as whole positive numbers; equilibria stay the same.
pub(super) fn positive(payoffs: &[Vec<&Exact>]) -> Vec<Vec<BigInt>> {
    let all = || payoffs.iter().flatten();
    let common = all().fold(BigInt::one(), |common, value| common.lcm(&value.to_ratio().1));
    let whole = |value: &Exact| {
        let (numerator, denominator) = value.to_ratio();
        numerator * (&common / denominator)
    };
    let least = all().map(|value| whole(value)).min().unwrap_or_else(BigInt::zero);
    let shifted: Vec<Vec<BigInt>> =
        payoffs.iter().map(|row| row.iter().map(|value| whole(value) - &least + 1).collect()).collect();
    debug_assert!(shifted.iter().flatten().all(Signed::is_positive), "the least is one");
    shifted
}

/// Pairs that share a strategy are connected.
fn components(pairs: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut of: Vec<usize> = (0..pairs.len()).collect();
    let root = |of: &[usize], mut at: usize| {
        while of[at] != at {
            at = of[at];
        }
        at
    };
    for (at, pair) in pairs.iter().enumerate() {
        for (before, other) in pairs[..at].iter().enumerate() {
            if pair.0 == other.0 || pair.1 == other.1 {
                let (a, b) = (root(&of, at), root(&of, before));
                of[a.max(b)] = a.min(b);
            }
        }
    }
    let mut found: Vec<Vec<usize>> = Vec::new();
    for at in 0..pairs.len() {
        let own = root(&of, at);
        match found.iter_mut().find(|component| component[0] == own) {
            Some(component) => component.push(at),
            None => found.push(vec![at]),
        }
    }
    found
}

/// Maximal sets X × Y all pairs of which are there: for every set of partners that some
/// vertices share, all who share it.
fn bicliques(pairs: &[(usize, usize)], budget: &Budget) -> Result<Vec<Vec<usize>>, StopReason> {
    let size = pairs.iter().map(|pair| pair.1 + 1).max().unwrap_or(0);
    let mut firsts: Vec<usize> = pairs.iter().map(|pair| pair.0).collect();
    firsts.sort_unstable();
    firsts.dedup();
    let partners = |x: &usize| {
        let mut set = FixedBitSet::with_capacity(size);
        pairs.iter().filter(|pair| pair.0 == *x).for_each(|pair| set.insert(pair.1));
        set
    };
    let of: Vec<FixedBitSet> = firsts.iter().map(partners).collect();
    // Intersections of partner sets, closed step by step.
    let mut closed: Vec<FixedBitSet> = Vec::new();
    for set in &of {
        budget.check()?;
        let mut fresh = vec![set.clone()];
        for other in &closed {
            let mut both = other.clone();
            both.intersect_with(set);
            if !both.is_clear() {
                fresh.push(both);
            }
        }
        fresh.into_iter().for_each(|set| {
            if !closed.contains(&set) {
                closed.push(set);
            }
        });
        if closed.len() > 10_000 {
            return Err(StopReason::TooManyCases { limit: 10_000 });
        }
    }
    let spans = |shared: &FixedBitSet| -> Vec<usize> {
        let holds = |x: usize| firsts.binary_search(&x).is_ok_and(|at| shared.is_subset(&of[at]));
        (0..pairs.len()).filter(|at| holds(pairs[*at].0) && shared.contains(pairs[*at].1)).collect()
    };
    let mut found: Vec<Vec<usize>> = closed.iter().map(spans).collect();
    found.sort();
    Ok(found)
}
