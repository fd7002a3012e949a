//! Times one question for `bench/compare`: prints a line of JSON with CPU seconds and what
//! was found, so that answers can be compared and not only times.
//!
//! ```text
//! compare worths KINSHIP ISSUES PARTIES
//! compare frontier KINSHIP ISSUES PARTIES
//! compare offers STRATEGY ROUNDS
//! compare tournament
//! compare efg GAME
//! ```

use std::time::Instant;

use detente_analysis::offers::names::strategy_of_name;
use detente_bargain::offers::{
    Record, Rules, Scenario, SelfPlay, Space, Starts, Strategy, Talks, Yardstick, alternate, tournament,
};
use detente_bargain::{Solution, chosen, frontier};
use detente_base::{Budget, Exact};
use detente_bench::games;
use detente_bench::negotiations::{self, Kinship};
use detente_game::files::write_efg;
use serde_json::{Value, json};

/// What is measured is repeated for so long, since clocks of CPU time are coarse.
const LEAST_SECONDS: f64 = 1.0;

/// The strategies of the tournament.
const ENTRANTS: [&str; 5] = ["boulware", "linear", "conceder", "tit-for-tat", "micro"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let ["efg", name] = words.as_slice() {
        let tree = games::named(name).unwrap_or_else(|| panic!("there is no game `{name}`"));
        print!("{}", write_efg(&tree));
        return;
    }
    let answer = match words.as_slice() {
        ["worths", kinship, issues, parties] => json!(talks(kinship, issues, parties).worths()),
        ["frontier", kinship, issues, parties] => frontier_of(&talks(kinship, issues, parties)),
        ["offers", strategy, rounds] => offers(strategy, number(rounds)),
        ["tournament"] => tournament_of_all(),
        _ => panic!("see the top of bench/src/bin/compare.rs"),
    };
    println!("{answer}");
}

fn number(text: &str) -> usize {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is no number"))
}

fn talks(kinship: &str, issues: &str, parties: &str) -> negotiations::Talks {
    let kinship = if kinship == "opposed" { Kinship::Opposed } else { Kinship::Random };
    negotiations::Talks { kinship, issues: number(issues), parties: number(parties) }
}

/// CPU seconds of this process, all threads; without a system that tells, of the clock.
fn seconds(start: &Instant) -> f64 {
    let ticks = || {
        let text = std::fs::read_to_string("/proc/self/stat").ok()?;
        let fields: Vec<&str> = text.rsplit(')').next()?.split_whitespace().collect();
        Some(fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?)
    };
    ticks().map_or_else(|| start.elapsed().as_secs_f64(), |ticks| ticks / 100.0)
}

/// Mean CPU seconds of something, and what it gave.
fn timed<T>(mut run: impl FnMut() -> T) -> (f64, T) {
    let clock = Instant::now();
    let start = seconds(&clock);
    let mut times = 0.0;
    loop {
        let found = run();
        times += 1.0;
        let spent = seconds(&clock) - start;
        if spent >= LEAST_SECONDS {
            return (spent / times, found);
        }
    }
}

/// The frontier and what all solutions choose, from worths on.
fn frontier_of(talks: &negotiations::Talks) -> Value {
    let negotiation = talks.negotiation();
    let (seconds, points) = timed(|| {
        let found = frontier(&negotiation, &Budget::default()).expect("no limits");
        let stakes = negotiation.stakes();
        let solutions: Vec<usize> =
            Solution::ALL.iter().flat_map(|solution| chosen(*solution, &stakes, &found)).collect();
        assert!(!solutions.is_empty());
        found.points().map(|point| point.worths.clone()).collect::<Vec<_>>()
    });
    let whole = |worth: &Exact| worth.as_integer().expect("whole numbers");
    let points: Vec<Vec<i64>> = points.iter().map(|worths| worths.iter().map(whole).collect()).collect();
    json!({"seconds": seconds, "points": points})
}

fn named(name: &str) -> Strategy {
    strategy_of_name(name).unwrap_or_else(|fault| panic!("{fault}"))
}

/// Two parties with one strategy, from worths to the end.
fn offers(name: &str, rounds: usize) -> Value {
    let negotiation = talks("opposed", "4", "2").negotiation();
    let strategies = [named(name), named(name)];
    let (seconds, course) = timed(|| {
        let space = Space::new(&negotiation, &Budget::default()).expect("no limits");
        let talks = Talks { space: &space, strategies: &strategies, rounds: rounds as u32, first: 0, seed: 1 };
        alternate(&talks, Record::Ending, &Budget::default()).expect("no limits")
    });
    let space = Space::new(&negotiation, &Budget::default()).expect("no limits");
    let talks = Talks { space: &space, strategies: &strategies, rounds: rounds as u32, first: 0, seed: 1 };
    let (sorted, _) = timed(|| alternate(&talks, Record::Ending, &Budget::default()).expect("no limits"));
    json!({"seconds": seconds, "seconds_once_sorted": sorted, "rounds": course.round + 1, "offers": course.offers})
}

/// Five strategies, two negotiations, every seat and first turn, from worths to scores.
fn tournament_of_all() -> Value {
    let budget = Budget::default();
    let negotiations = ["random", "opposed"].map(|kinship| talks(kinship, "4", "2").negotiation());
    let entrants = ENTRANTS.map(named);
    let rules = Rules { rounds: 200, repetitions: 1, self_play: SelfPlay::With, starts: Starts::Each, seed: 1 };
    let (seconds, standings) = timed(|| {
        let scenario = |negotiation| {
            let found = frontier(negotiation, &budget).expect("no limits");
            let space = Space::new(negotiation, &budget).expect("no limits");
            Scenario { space, discounts: vec![1.0; 2], yardstick: Some(Yardstick::new(negotiation, &found)) }
        };
        let scenarios: Vec<Scenario> = negotiations.iter().map(scenario).collect();
        tournament(&scenarios, &entrants, &rules, &budget).expect("no limits")
    });
    let order: Vec<&str> = standings.scores.iter().map(|score| ENTRANTS[score.strategy]).collect();
    json!({"seconds": seconds, "negotiations": standings.matches.len(), "order": order})
}
