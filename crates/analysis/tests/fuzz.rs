//! Mutated scenario files through reading, checking and every question: no panic, and a
//! file without errors always has an answer.
//!
//! `DETENTE_FUZZ_SECONDS` lengthens the run.

use std::path::Path;
use std::time::{Duration, Instant};

use detente_analysis::{Options, analyze, explain, stable};
use detente_base::{Budget, Severity};

/// PCG-32.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        let old = self.0;
        self.0 = old.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let shifted = (((old >> 18) ^ old) >> 27) as u32;
        shifted.rotate_right((old >> 59) as u32) as usize % bound.max(1)
    }
}

/// Small files: every run asks all questions of them.
fn seeds() -> Vec<String> {
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let mut files: Vec<_> =
        ["tutorial/hostage", "tutorial/two-level", "chicken", "elmira", "euphrates-1975", "prisoners-dilemma"]
            .iter()
            .flat_map(|case| std::fs::read_dir(scenarios.join(case)).expect("a worked case"))
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
            .collect();
    files.sort();
    assert!(files.len() >= 11, "{} seeds", files.len());
    let mut seeds: Vec<String> = files.iter().map(|f| std::fs::read_to_string(f).expect("a readable file")).collect();
    seeds.push(include_str!("../../scenario/tests/front_language.yaml").to_owned());
    seeds
}

/// Words that a mutation puts in place of others.
const WORDS: [&str; 24] = [
    "not",
    "&",
    "|",
    "==",
    "!=",
    "<",
    "in",
    "0",
    "1/0",
    "-1",
    "2..6",
    "6..2",
    "yes",
    "no",
    "nature",
    "fixed",
    "otherwise",
    "1e99",
    "if",
    "then",
    "min(1,",
    "(",
    "[",
    "~",
];

/// Swaps, repeats, drops or borrows words and lines, so that most results still have
/// the shape of a scenario.
fn mutate(text: &str, other: &str, random: &mut Random) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    for _ in 0..=random.below(3) {
        let (at, from) = (random.below(lines.len()), random.below(lines.len()));
        match random.below(5) {
            0 => {
                lines.remove(at);
            }
            1 => lines.insert(at, lines[from]),
            2 => lines.swap(at, from),
            3 => {
                let borrowed: Vec<&str> = other.lines().collect();
                lines.insert(at, borrowed[random.below(borrowed.len())]);
            }
            _ => {}
        }
        if lines.is_empty() {
            return String::new();
        }
    }
    let mut words: Vec<String> = lines.join("\n").split(' ').map(str::to_owned).collect();
    for _ in 0..random.below(4) {
        let (at, from) = (random.below(words.len()), random.below(words.len()));
        match random.below(3) {
            0 => WORDS[random.below(WORDS.len())].clone_into(&mut words[at]),
            1 => words.swap(at, from),
            _ => {
                let word = words[from].clone();
                words[at] = word;
            }
        }
    }
    words.join(" ")
}

#[test]
fn whatever_is_accepted_is_answered() {
    let seconds: u64 = std::env::var("DETENTE_FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(0);
    let seeds = seeds();
    let mut random = Random(11);
    let start = Instant::now();
    let (mut tried, mut answered) = (0, 0);
    while tried < 1_500 || start.elapsed() < Duration::from_secs(seconds) {
        let text = mutate(&seeds[random.below(seeds.len())], &seeds[random.below(seeds.len())], &mut random);
        tried += 1;
        let loaded = detente_scenario::load("fuzz.yaml", text.as_bytes());
        let failed = loaded.diagnostics.iter().any(|d| d.severity == Severity::Error);
        assert_eq!(failed, loaded.situation.is_none(), "{text}");
        let Some(situation) = loaded.situation else { continue };
        answered += 1;
        let budget = Budget { states: 1 << 12, moves: 1 << 16, ..Budget::default() };
        let options = Options { outcome: Some("1".into()), ..Options::default() };
        let first = stable(&loaded.source, &situation, &options, &budget).expect("no option names anything");
        let again = stable(&loaded.source, &situation, &options, &budget).expect("no option names anything");
        assert_eq!(serde_json::to_string(&first).ok(), serde_json::to_string(&again).ok(), "{text}");
        analyze(&loaded.source, &situation, &options, &budget).expect("no option names anything");
        explain(&loaded.source, &situation, &options, &budget).expect("outcome 1 exists");
        let options = Options { concepts: vec!["all".into(), "L7".into()], ..options };
        stable(&loaded.source, &situation, &options, &budget).expect("no option names anything");
        explain(&loaded.source, &situation, &options, &budget).expect("outcome 1 exists");
        let printed = detente_scenario::print_scenario(&situation);
        let back = detente_scenario::load("printed.yaml", printed.as_bytes());
        let faults: Vec<_> = back.diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
        assert!(back.situation.is_some(), "{faults:?}\n{printed}\nfrom\n{text}");
    }
    println!("{answered} of {tried} mutated files were accepted and answered");
    assert!(answered * 20 > tried, "{answered} of {tried}: the mutations break too much");
}
