//! `bargain/frontier/PARTIES`: the frontier of 9 issues with 10 values each, a billion
//! packages, from worths to points; `bargain/frontier_drawn` and `bargain/frontier_opposed`
//! the same with evaluations in hundredths, drawn for each party, or such that every second
//! party wants low values where the others want high ones.
//!
//! `bargain/explicit/PARTIES`: a million packages that are listed.
//!
//! `bargain/rectangles/ISSUES`: two parties with two hyper-rectangles for each issue, most
//! of them over the later issues, as in published domains.
//!
//! Every bench asserts that each point is worth what its package is, that no point
//! dominates another, and that a second run gives the same points.

use detente_bargain::explicit::explicit_frontier;
use detente_bargain::rectangles::{
    Aggregation, Bound, Pays, Rectangle, RectangleGroup, RectangleNegotiation, RectangleParty, rectangle_frontier,
};
use detente_bargain::{Frontier, Negotiation, Party, frontier};
use detente_base::{Budget, Exact, Pcg};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// Issues whose weights add up to 100 and whose values are worth 0 to 10 tenths.
fn negotiation(parties: usize) -> Negotiation {
    let mut rng = Pcg::new(11);
    let party = |at: usize| {
        let weights: Vec<i64> = (0..9).map(|_| 1 + i64::from(rng.below(20))).collect();
        let values = |weight: &i64| (0..10).map(|_| Exact::ratio(weight * i64::from(rng.below(11)), 10)).collect();
        Party { name: format!("party {at}"), worths: weights.iter().map(values).collect(), reservation: Exact::ZERO }
    };
    Negotiation::new((0..parties).map(party).collect()).expect("sound")
}

fn checked(negotiation: &Negotiation) -> Frontier {
    let found = frontier(negotiation, &Budget::default()).expect("no limits");
    let points: Vec<&Vec<Exact>> = found.points().map(|point| &point.worths).collect();
    for (at, worths) in points.iter().enumerate() {
        assert_eq!(negotiation.worths(&found.package(at)), **worths);
    }
    for pair in points.windows(2) {
        assert!(pair[0].iter().zip(pair[1]).any(|(a, b)| a < b) && pair[0] > pair[1]);
    }
    found
}

#[divan::bench(args = [2, 3], name = "bargain/frontier")]
fn of(bencher: Bencher<'_, '_>, parties: usize) {
    let negotiation = negotiation(parties);
    let expected = checked(&negotiation);
    let budget = Budget::default();
    bencher.bench_local(|| {
        let found = frontier(black_box(&negotiation), &budget).expect("no limits");
        assert!(found.points().eq(expected.points()));
    });
}

/// What parties want of a value.
#[derive(Clone, Copy)]
enum Wants {
    Drawn,
    Opposed,
}

/// Issues with weights up to 20 and evaluations in hundredths.
fn fine(parties: usize, wants: Wants) -> Negotiation {
    let mut rng = Pcg::new(11);
    let mut party = |at: usize| {
        let mut values = || {
            let weight = 1 + i64::from(rng.below(20));
            let mut evaluation = |value: i64| match wants {
                Wants::Drawn => i64::from(rng.below(101)),
                Wants::Opposed => {
                    (if at.is_multiple_of(2) { 10 * value } else { 90 - 10 * value }) + i64::from(rng.below(11))
                }
            };
            (0..10).map(|value| Exact::ratio(weight * evaluation(value), 100)).collect()
        };
        let worths = (0..9).map(|_| values()).collect();
        Party { name: format!("party {at}"), worths, reservation: Exact::ZERO }
    };
    Negotiation::new((0..parties).map(&mut party).collect()).expect("sound")
}

fn timed(bencher: Bencher<'_, '_>, negotiation: &Negotiation) {
    let expected = checked(negotiation);
    let budget = Budget::default();
    bencher.bench_local(|| {
        let found = frontier(black_box(negotiation), &budget).expect("no limits");
        assert!(found.points().eq(expected.points()));
    });
}

#[divan::bench(args = [2, 3, 4], name = "bargain/frontier_drawn", sample_count = 10)]
fn drawn(bencher: Bencher<'_, '_>, parties: usize) {
    timed(bencher, &fine(parties, Wants::Drawn));
}

#[divan::bench(args = [2, 3, 4], name = "bargain/frontier_opposed", sample_count = 10)]
fn opposed(bencher: Bencher<'_, '_>, parties: usize) {
    timed(bencher, &fine(parties, Wants::Opposed));
}

#[divan::bench(args = [2, 3, 4], name = "bargain/explicit", sample_count = 10)]
fn explicit(bencher: Bencher<'_, '_>, parties: usize) {
    let mut rng = Pcg::new(3);
    let worths: Vec<i64> = (0..1_000_000 * parties).map(|_| i64::from(rng.below(1_000_000))).collect();
    let of = |at: usize| &worths[at * parties..][..parties];
    let expected = explicit_frontier(&worths, parties);
    // Whatever is not on the frontier is dominated by something that is.
    for package in worths.chunks_exact(parties) {
        let below = |at: usize| of(at).iter().zip(package).all(|(a, b)| a >= b);
        assert!(expected.iter().any(|point| below(point.first)));
    }
    bencher.bench_local(|| assert_eq!(explicit_frontier(black_box(&worths), parties), expected));
}

fn linked(issues: usize) -> RectangleNegotiation {
    let mut rng = Pcg::new(7);
    let mut rectangle = || {
        let mut bounds: Vec<Bound> = Vec::new();
        for _ in 0..=rng.below(4) {
            // The later of two draws, so that later issues are bounded more often.
            let issue = rng.below(issues as u32).max(rng.below(issues as u32)) as usize;
            let (a, b) = (rng.below(10), rng.below(10));
            if bounds.iter().all(|bound| bound.issue != issue) {
                bounds.push(Bound { issue, least: a.min(b), greatest: a.max(b) });
            }
        }
        Rectangle { utility: Exact::from(1 + i64::from(rng.below(100))), pays: Pays::Inside, bounds }
    };
    let mut party = |at: usize| RectangleParty {
        name: format!("party {at}"),
        groups: vec![RectangleGroup {
            aggregation: Aggregation::Sum,
            weight: Exact::ONE,
            rectangles: (0..2 * issues).map(|_| rectangle()).collect(),
        }],
        unit: Exact::ONE,
        reservation: Exact::ZERO,
    };
    RectangleNegotiation::new(vec![10; issues], (0..2).map(&mut party).collect()).expect("sound")
}

#[divan::bench(args = [10, 20], name = "bargain/rectangles", sample_count = 3)]
fn rectangles(bencher: Bencher<'_, '_>, issues: usize) {
    let negotiation = linked(issues);
    let budget = Budget::default();
    let expected = rectangle_frontier(&negotiation, &budget);
    assert!(expected.open.is_none() && expected.points.len() > 1);
    for point in &expected.points {
        assert_eq!(negotiation.worths(&point.package), point.worths);
    }
    bencher.bench_local(|| {
        let found = rectangle_frontier(black_box(&negotiation), &budget);
        assert_eq!(found.points, expected.points);
    });
}
