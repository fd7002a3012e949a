//! Frontiers and counts against trying every package, and laws that hold.

use std::collections::BTreeMap;

use detente_base::{Budget, Exact, Pcg, StopReason};

use super::search::frontier_after;
use super::*;

/// What a random negotiation is made of.
#[derive(Clone, Copy)]
struct Kind {
    parties: usize,
    /// Rectangles may cost something.
    costs: bool,
    /// Groups may take the greatest or the least.
    groups: bool,
}

fn rectangle(rng: &mut Pcg, sizes: &[usize], costs: bool) -> Rectangle {
    let mut bounds = Vec::new();
    for _ in 0..rng.below(4) {
        let issue = rng.below(sizes.len() as u32) as usize;
        let (a, b) = (rng.below(sizes[issue] as u32), rng.below(sizes[issue] as u32));
        // Now and then one that no value keeps.
        let (least, greatest) = if rng.below(12) == 0 { (a + 1, a) } else { (a.min(b), a.max(b)) };
        bounds.push(Bound { issue, least, greatest });
    }
    let sign = if costs && rng.below(3) == 0 { -1 } else { 1 };
    let utility = Exact::ratio(sign * i64::from(rng.below(12)), 1 + i64::from(rng.below(2)));
    let pays = if rng.below(4) == 0 { Pays::Outside } else { Pays::Inside };
    Rectangle { utility, pays, bounds }
}

fn random(rng: &mut Pcg, kind: Kind) -> RectangleNegotiation {
    let sizes: Vec<usize> = (0..2 + rng.below(4)).map(|_| 1 + rng.below(5) as usize).collect();
    let group = |rng: &mut Pcg| {
        let aggregation = match rng.below(if kind.groups { 3 } else { 1 }) {
            0 => Aggregation::Sum,
            1 => Aggregation::Max,
            _ => Aggregation::Min,
        };
        let sum = aggregation == Aggregation::Sum;
        let count = if sum { 2 + rng.below(9) } else { rng.below(4) };
        let weight = Exact::ratio(1 + i64::from(rng.below(3)), 1 + i64::from(rng.below(2)));
        RectangleGroup {
            aggregation,
            weight: if sum && kind.costs && rng.below(4) == 0 { -weight } else { weight },
            rectangles: (0..count).map(|_| rectangle(rng, &sizes, sum && kind.costs)).collect(),
        }
    };
    let parties = (0..kind.parties).map(|at| RectangleParty {
        name: format!("party {at}"),
        groups: (0..=rng.below(if kind.groups { 3 } else { 1 })).map(|_| group(rng)).collect(),
        unit: Exact::from(1 + i64::from(rng.below(20))),
        reservation: Exact::ZERO,
    });
    let parties = parties.collect();
    RectangleNegotiation::new(sizes.clone(), parties).expect("sound")
}

/// The efficient worths with the number of packages that have them, by the definition.
fn by_brute_force(negotiation: &RectangleNegotiation) -> Vec<(Vec<Exact>, u64)> {
    let mut packages: Vec<Vec<u32>> = vec![Vec::new()];
    for size in negotiation.sizes() {
        let longer = |start: &Vec<u32>| -> Vec<Vec<u32>> {
            (0..*size as u32).map(|value| start.iter().copied().chain([value]).collect()).collect()
        };
        packages = packages.iter().flat_map(longer).collect();
    }
    let mut found: BTreeMap<Vec<Exact>, u64> = BTreeMap::new();
    for package in &packages {
        *found.entry(negotiation.worths(package)).or_default() += 1;
    }
    let dominated = |worths: &Vec<Exact>| {
        found.keys().any(|other| other != worths && other.iter().zip(worths).all(|(a, b)| a >= b))
    };
    found
        .iter()
        .rev()
        .filter(|(worths, _)| !dominated(worths))
        .map(|(worths, count)| (worths.clone(), *count))
        .collect()
}

fn check(seed: u64, negotiation: &RectangleNegotiation) -> RectangleFrontier {
    let found = rectangle_frontier(negotiation, &Budget::default());
    if seed.is_multiple_of(2) {
        // The second look goes on from what the first one found.
        let other = frontier_after(1, negotiation, &Budget::default());
        let points = |found: &RectangleFrontier| -> Vec<_> {
            found.points.iter().map(|point| (point.worths.clone(), point.packages.clone())).collect()
        };
        assert_eq!(points(&found), points(&other), "seed {seed}");
        assert!(other.points.iter().all(|point| negotiation.worths(&point.package) == point.worths), "seed {seed}");
    }
    assert!(found.open.is_none(), "seed {seed}");
    let worths: Vec<&Vec<Exact>> = found.points.iter().map(|point| &point.worths).collect();
    let expected = by_brute_force(negotiation);
    assert_eq!(worths, expected.iter().map(|(worths, _)| worths).collect::<Vec<_>>(), "seed {seed}");
    for (point, (_, count)) in found.points.iter().zip(&expected) {
        assert_eq!(negotiation.worths(&point.package), point.worths, "seed {seed}");
        assert!(point.packages.as_ref().is_none_or(|packages| *packages == (*count).into()), "seed {seed}");
    }
    found
}

#[test]
fn frontiers_and_counts_are_those_of_every_package() {
    let mut counted = 0;
    for seed in 0..3_000 {
        let kind = Kind { parties: 1 + (seed % 4) as usize, costs: seed % 3 == 0, groups: false };
        let found = check(seed, &random(&mut Pcg::new(seed), kind));
        counted += u32::from(found.points.iter().all(|point| point.packages.is_some()));
    }
    assert_eq!(counted, 3_000, "sums are always counted when they are small");
}

#[test]
fn greatest_and_least_are_those_of_every_package() {
    let mut not_counted = 0;
    for seed in 0..2_000 {
        let kind = Kind { parties: 1 + (seed % 3) as usize, costs: seed % 3 == 0, groups: true };
        let found = check(seed, &random(&mut Pcg::new(seed), kind));
        not_counted += u32::from(found.package_count().is_none());
    }
    assert!((100..1_900).contains(&not_counted), "{not_counted}");
}

/// Issues with many values, and numbers so large that bounds are rounded.
#[test]
fn rounded_bounds_lose_nothing() {
    let factor: Exact = "1234567890123456789.0000001".parse().expect("a number");
    for seed in 0..300 {
        let kind = Kind { parties: 2, costs: true, groups: false };
        let negotiation = random(&mut Pcg::new(seed), kind);
        let mut parties = negotiation.parties().to_vec();
        for rectangle in parties.iter_mut().flat_map(|p| &mut p.groups).flat_map(|g| &mut g.rectangles) {
            rectangle.utility = &rectangle.utility * &factor;
        }
        let large = RectangleNegotiation::new(negotiation.sizes().to_vec(), parties).expect("sound");
        check(seed, &large);
    }
}

/// A negotiation of the size of published ones: what is found does not depend on the order
/// of the issues, of the values, and of the parties.
#[test]
fn order_does_not_matter() {
    for seed in 0..6 {
        let mut rng = Pcg::new(seed);
        let sizes = vec![8; 16];
        let party = |at: usize, rng: &mut Pcg| RectangleParty {
            name: format!("party {at}"),
            groups: vec![RectangleGroup {
                aggregation: Aggregation::Sum,
                weight: Exact::ONE,
                rectangles: (0..30).map(|_| rectangle(rng, &sizes, false)).collect(),
            }],
            unit: Exact::ONE,
            reservation: Exact::ZERO,
        };
        let parties: Vec<RectangleParty> = (0..2).map(|at| party(at, &mut rng)).collect();
        let mut issues: Vec<usize> = (0..16).collect();
        rng.shuffle(&mut issues);
        let mut turned: Vec<RectangleParty> = parties.iter().rev().cloned().collect();
        for bound in
            turned.iter_mut().flat_map(|p| &mut p.groups).flat_map(|g| &mut g.rectangles).flat_map(|r| &mut r.bounds)
        {
            let (least, greatest) = (bound.least, bound.greatest);
            bound.issue = issues[bound.issue];
            if least <= greatest {
                (bound.least, bound.greatest) = (7 - greatest, 7 - least);
            }
        }
        let solve = |parties| {
            let negotiation = RectangleNegotiation::new(sizes.clone(), parties).expect("sound");
            rectangle_frontier(&negotiation, &Budget::default())
        };
        let (found, other) = (solve(parties), solve(turned));
        let back: Vec<_> =
            other.points.iter().rev().map(|p| (vec![p.worths[1].clone(), p.worths[0].clone()], &p.packages)).collect();
        assert_eq!(
            found.points.iter().map(|p| (p.worths.clone(), &p.packages)).collect::<Vec<_>>(),
            back,
            "seed {seed}"
        );
        assert!(found.points.len() > 1 && found.open.is_none(), "seed {seed}");
    }
}

/// What a search that is stopped leaves open is no less than what it would have found.
#[test]
fn budgets_end_with_what_is_open() {
    let mut stopped = 0;
    for seed in 0..300 {
        let negotiation = random(&mut Pcg::new(seed), Kind { parties: 3, costs: true, groups: false });
        let whole = rectangle_frontier(&negotiation, &Budget::default());
        let part = rectangle_frontier(&negotiation, &Budget { states: 2, ..Budget::default() });
        let Some(open) = part.open else { continue };
        stopped += 1;
        assert!(matches!(open.reason, StopReason::TooManyStates { limit: 2, .. }), "{:?}", open.reason);
        for point in &whole.points {
            let found = part.points.iter().any(|other| other.worths == point.worths);
            assert!(found || point.worths.iter().zip(&open.at_most).all(|(worth, most)| worth <= most), "seed {seed}");
        }
    }
    assert!(stopped > 30, "{stopped}");
    let negotiation = random(&mut Pcg::new(1), Kind { parties: 2, costs: false, groups: false });
    let budget = Budget::default();
    budget.stopper.stop();
    assert!(matches!(rectangle_frontier(&negotiation, &budget).open.expect("open").reason, StopReason::Interrupted));
}

/// Rectangles over very many issues end, whatever their shape.
#[test]
fn wide_rectangles_are_no_trap() {
    for width in [2_000, 60, 3] {
        let mut rng = Pcg::new(width as u64);
        let sizes = vec![6; 700];
        let party = |at: usize, rng: &mut Pcg| {
            let rectangles = (0..1_000 / width).map(|_| {
                let bound = |rng: &mut Pcg| {
                    let (a, b) = (rng.below(6), rng.below(6));
                    Bound { issue: rng.below(700) as usize, least: a.min(b), greatest: a.max(b) }
                };
                let bounds = (0..width).map(|_| bound(rng)).collect();
                Rectangle { utility: Exact::from(1 + i64::from(rng.below(50))), pays: Pays::Inside, bounds }
            });
            let rectangles = rectangles.collect();
            let group = RectangleGroup { aggregation: Aggregation::Sum, weight: Exact::ONE, rectangles };
            RectangleParty {
                name: format!("party {at}"),
                groups: vec![group],
                unit: Exact::ONE,
                reservation: Exact::ZERO,
            }
        };
        let parties = (0..2).map(|at| party(at, &mut rng)).collect();
        let negotiation = RectangleNegotiation::new(sizes, parties).expect("sound");
        let budget = Budget { states: 1 << 12, ..Budget::default() };
        let found = rectangle_frontier(&negotiation, &budget);
        assert!(!found.points.is_empty());
        assert!(found.points.iter().all(|point| negotiation.worths(&point.package) == point.worths));
    }
}

#[test]
fn faults_are_named() {
    let bound = |issue| Bound { issue, least: 0, greatest: 0 };
    let party = |aggregation, utility: &str, bounds: Vec<Bound>| RectangleParty {
        name: "a".into(),
        groups: vec![RectangleGroup {
            aggregation,
            weight: Exact::ONE,
            rectangles: vec![Rectangle { utility: utility.parse().expect("a number"), pays: Pays::Outside, bounds }],
        }],
        unit: Exact::ONE,
        reservation: Exact::ZERO,
    };
    let fault = |sizes: Vec<usize>, parties| RectangleNegotiation::new(sizes, parties).expect_err("a fault");
    let sum = |utility: &str, bounds| vec![party(Aggregation::Sum, utility, bounds)];
    assert_eq!(fault(vec![2], Vec::new()), RectangleError::NoParty);
    assert_eq!(fault(vec![2, 0], sum("1", Vec::new())), RectangleError::NoValue { issue: 1 });
    assert!(matches!(fault(vec![2], sum("1", vec![bound(1)])), RectangleError::NoIssue { issue: 1, .. }));
    let digits = format!("1{}.{}1", "0".repeat(20), "0".repeat(20));
    assert!(matches!(fault(vec![2], sum(&digits, vec![bound(0)])), RectangleError::TooFine { .. }));
    let negative = vec![party(Aggregation::Max, "-1", vec![bound(0)])];
    assert!(matches!(fault(vec![2], negative), RectangleError::NegativeGroup { .. }));
    let mut least = party(Aggregation::Min, "1", vec![bound(0), bound(1)]);
    least.groups[0].rectangles = vec![least.groups[0].rectangles[0].clone(); 13];
    assert!(matches!(fault(vec![2, 2], vec![least]), RectangleError::TooManyWays { .. }));
    let many = sum("1", vec![bound(0); 5_000]);
    assert!(matches!(fault(vec![2], many), RectangleError::TooManyBounds { bounds: 5_000, .. }));
    let mut free = sum("1", vec![bound(0)]);
    free[0].unit = Exact::ZERO;
    assert!(matches!(fault(vec![2], free), RectangleError::NoUnit { .. }));
}
