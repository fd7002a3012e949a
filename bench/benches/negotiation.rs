//! `bargain/frontier/PARTIES`: the frontier of 9 issues with 10 values each, a billion
//! packages, from worths to points.
//!
//! Every bench asserts that each point is worth what its package is, that no point
//! dominates another, and that a second run gives the same points.

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
