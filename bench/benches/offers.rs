//! `bargain/offers/STRATEGY`: two parties with one strategy negotiate over 10 000 packages
//! for 20 000 rounds, once the packages are sorted; items are offers.
//!
//! `bargain/space/PACKAGES`: sorting the packages, or the sums of their halves.
//!
//! `bargain/tournament`: five strategies, two negotiations, every seat and first turn: 100
//! negotiations of at most 200 rounds.
//!
//! Every bench asserts that a second run gives the same answer, and what is known of it.

use detente_bargain::frontier;
use detente_bargain::offers::{
    Course, Cover, Ending, ModelKind, Offering, Record, Rules, Scenario, SelfPlay, Space, Starts, Strategy, Talks,
    Yardstick, alternate, tournament,
};
use detente_base::Budget;
use detente_bench::negotiations::{self, Kinship};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const ROUNDS: u32 = 20_000;

fn family(kinship: Kinship, issues: usize) -> negotiations::Talks {
    negotiations::Talks { kinship, issues, parties: 2 }
}

fn strategy(name: &str) -> Strategy {
    match name {
        "boulware" => Strategy::boulware(),
        "boulware+frequency" => Strategy { model: Some(ModelKind::Frequency), ..Strategy::boulware() },
        "micro" => Strategy::new(Offering::Micro),
        "hybrid" => Strategy::new(Offering::Hybrid),
        _ => Strategy::tough(),
    }
}

#[divan::bench(args = ["boulware", "boulware+frequency", "hybrid", "micro", "tough"], name = "bargain/offers")]
fn pair(bencher: Bencher<'_, '_>, name: &str) {
    let budget = Budget::default();
    let negotiation = family(Kinship::Opposed, 4).negotiation();
    let space = Space::new(&negotiation, &budget).expect("no limits");
    let strategies = [strategy(name), strategy(name)];
    let talks = Talks { space: &space, strategies: &strategies, rounds: ROUNDS, first: 0, seed: 1 };
    let play = || -> Course { alternate(black_box(&talks), Record::Ending, &budget).expect("no limits") };
    let expected = play();
    match expected.ending {
        Ending::Agreement { .. } => assert_ne!(name, "tough"),
        Ending::Deadline => assert_eq!((name, expected.offers), ("tough", u64::from(2 * ROUNDS))),
        Ending::Ended { .. } => unreachable!("every package is worth something"),
    }
    bencher.counter(ItemsCount::new(expected.offers)).bench_local(|| {
        let course = play();
        assert_eq!((course.ending, course.offers), (expected.ending, expected.offers));
    });
}

#[divan::bench(args = [4, 6, 9], name = "bargain/space")]
fn space(bencher: Bencher<'_, '_>, issues: usize) {
    let negotiation = family(Kinship::Random, issues).negotiation();
    bencher.bench_local(|| {
        let space = Space::new(black_box(&negotiation), &Budget::default()).expect("no limits");
        assert_eq!(space.cover(), if issues <= 6 { Cover::Listed } else { Cover::Halved });
    });
}

#[divan::bench(name = "bargain/tournament")]
fn all(bencher: Bencher<'_, '_>) {
    let budget = Budget::default();
    let scenario = |kinship| {
        let negotiation = family(kinship, 4).negotiation();
        let space = Space::new(&negotiation, &budget).expect("no limits");
        let found = frontier(&negotiation, &budget).expect("no limits");
        Scenario { space, discounts: vec![1.0; 2], yardstick: Some(Yardstick::new(&negotiation, &found)) }
    };
    let scenarios = [scenario(Kinship::Random), scenario(Kinship::Opposed)];
    let entrants = ["boulware", "boulware+frequency", "hybrid", "micro", "tough"].map(strategy);
    let rules = Rules { rounds: 200, repetitions: 1, self_play: SelfPlay::With, starts: Starts::Each, seed: 1 };
    let expected = tournament(&scenarios, &entrants, &rules, &budget).expect("no limits");
    assert_eq!(expected.matches.len(), 100);
    bencher.bench_local(|| {
        let found = tournament(black_box(&scenarios), &entrants, &rules, &budget).expect("no limits");
        assert_eq!(found, expected);
    });
}
