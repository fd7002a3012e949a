//! Directions in which to bound, and first points.

use detente_base::Budget;

use super::bounds::{Bounds, Ordered};
use super::corners::Corners;

/// Most directions.
const MOST_DIRECTIONS: usize = 24;

/// Most sides that are pushed out.
const MOST_TRIES: usize = 2 * MOST_DIRECTIONS;

/// How large tables may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Room {
    /// Numbers in the largest table of a bound.
    pub(super) table: usize,
    /// Numbers in all tables of a direction, if every position has one of the largest.
    pub(super) direction: usize,
}

impl Room {
    /// For a first look: published domains need no more.
    pub(super) const SMALL: Self = Self { table: 1 << 12, direction: 1 << 20 };
    /// For what the first look does not settle, and for counting, where packages that are as
    /// good must be told from those that are nearly so: bounds are tighter.
    pub(super) const LARGE: Self = Self { table: 1 << 16, direction: 1 << 21 };

    /// Bounds in one direction.
    pub(super) fn bounds(self, ordered: &Ordered, direction: Vec<i64>) -> Bounds {
        let most = (self.direction / ordered.sizes.len().max(1)).clamp(64, self.table);
        Bounds::new(ordered, direction, most)
    }
}

/// Sets of packages looked at for the heaviest in one direction, unless none was found.
const MOST_NODES: u64 = 1 << 16;

/// Bits of the numbers of a direction.
const PRECISION: u32 = 20;

/// Bounds in each party's own direction, then in others; packages that are found on the way
/// are added.
pub(super) fn directions(ordered: &Ordered, corners: &mut Corners, room: Room, budget: &Budget) -> Vec<Bounds> {
    let parties = ordered.base.len();
    let unit = |at: usize| -> Vec<i64> { (0..parties).map(|party| i64::from(party == at)).collect() };
    let mut found: Vec<Bounds> = (0..parties).map(|at| room.bounds(ordered, unit(at))).collect();
    let ends: Vec<Vec<i128>> = found.iter().map(|bounds| heaviest(ordered, bounds, corners, budget)).collect();
    match ends.as_slice() {
        [_] => {}
        [first, second] => sides(ordered, (first.clone(), second.clone()), room, (&mut found, corners, budget)),
        _ => {
            for direction in mixed(&ends) {
                let bounds = room.bounds(ordered, direction);
                heaviest(ordered, &bounds, corners, budget);
                found.push(bounds);
            }
        }
    }
    found
}

/// The sides of the hull between two points: the widest gap is pushed out until nothing
/// heavier is found.
fn sides(
    ordered: &Ordered,
    ends: (Vec<i128>, Vec<i128>),
    room: Room,
    (found, corners, budget): (&mut Vec<Bounds>, &mut Corners, &Budget),
) {
    let mut gaps = vec![ends];
    let area = |(from, to): &(Vec<i128>, Vec<i128>)| (from[0] - to[0]).saturating_mul(to[1] - from[1]);
    for _ in 0..MOST_TRIES {
        let widest = (0..gaps.len()).max_by_key(|at| area(&gaps[*at]));
        let Some((from, to)) = widest.map(|at| gaps.swap_remove(at)) else { return };
        let normal = [to[1] - from[1], from[0] - to[0]];
        if normal.iter().any(|n| *n <= 0) || found.len() >= MOST_DIRECTIONS || budget.check().is_err() {
            return;
        }
        let bounds = room.bounds(ordered, rounded(&normal));
        let amounts = heaviest(ordered, &bounds, corners, budget);
        let heavier = bounds.weight(&amounts) > bounds.weight(&from);
        if amounts[0] < from[0] && amounts[0] > to[0] && heavier {
            gaps.push((from, amounts.clone()));
            gaps.push((amounts, to));
        } else {
            found.push(bounds);
        }
    }
}

/// For three parties and more: all together, and each pair, each party weighed by what it
/// has to gain.
fn mixed(ends: &[Vec<i128>]) -> Vec<Vec<i64>> {
    let parties = ends.len();
    let range = |party: usize| {
        let amounts = || ends.iter().map(|amounts| amounts[party]);
        (amounts().max().unwrap_or(0) - amounts().min().unwrap_or(0)).max(1)
    };
    let widest = (0..parties).map(range).max().unwrap_or(1);
    let weights: Vec<i128> = (0..parties).map(|party| (widest / range(party)).clamp(1, 1 << PRECISION)).collect();
    let mut found = vec![rounded(&weights)];
    for a in 0..parties {
        for b in a + 1..parties {
            if found.len() + parties < MOST_DIRECTIONS {
                let pair = |party: usize| if party == a || party == b { weights[party] } else { 0 };
                found.push(rounded(&(0..parties).map(pair).collect::<Vec<_>>()));
            }
        }
    }
    found
}

/// Numbers of few bits in about the same proportion.
fn rounded(numbers: &[i128]) -> Vec<i64> {
    let most = numbers.iter().max().copied().unwrap_or(1);
    let shift = (i128::BITS - most.leading_zeros()).saturating_sub(PRECISION);
    numbers.iter().map(|n| (n >> shift) as i64).collect()
}

/// What a package of great weight pays, by greedy choices and then as many others as the
/// limit allows.
fn heaviest(ordered: &Ordered, bounds: &Bounds, corners: &mut Corners, budget: &Budget) -> Vec<i128> {
    let package = vec![0; ordered.sizes.len()];
    let mut climb = Climb { ordered, bounds, package, best: None, nodes: 0, budget };
    climb.follow(0, bounds.root);
    let (_, package) = climb.best.expect("the first package that is looked at");
    let amounts = ordered.amounts(&package);
    corners.add(&amounts, &package);
    amounts
}

struct Climb<'a> {
    ordered: &'a Ordered,
    bounds: &'a Bounds,
    package: Vec<u32>,
    best: Option<(i64, Vec<u32>)>,
    nodes: u64,
    budget: &'a Budget,
}

impl Climb<'_> {
    fn follow(&mut self, position: usize, bound: i64) {
        self.nodes += 1;
        let Some(count) = self.ordered.sizes.get(position) else {
            self.best = Some((bound, self.package.clone()));
            return;
        };
        let mut regrets = vec![0; *count];
        self.bounds.regrets(position, &self.package, &mut regrets);
        let mut order: Vec<u32> = (0..*count as u32).collect();
        order.sort_by_key(|class| regrets[*class as usize]);
        for class in order {
            let next = bound - regrets[class as usize];
            let enough = || self.nodes >= MOST_NODES || self.budget.check().is_err();
            if self.best.as_ref().is_some_and(|(best, _)| next <= *best || enough()) {
                return;
            }
            self.package[position] = class;
            self.follow(position + 1, next);
        }
    }
}
