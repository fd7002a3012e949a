//! The trade war of 2018 to 2020 against the archived answers of the study that it is
//! taken from. The README of the case names the source.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use detente_analysis::ask::solve_profile;
use detente_analysis::profile::profiles;
use detente_analysis::structure::Structure;
use detente_analysis::{Options, readings};
use detente_base::{Budget, Exact};
use detente_conflict::{Concept, DmId};
use detente_scenario::expr::eval::central_point;
use detente_scenario::{Loaded, load};

/// Archived stable states of one party under Nash, GMR, SMR and SEQ.
type Archived = [&'static [u32]; 4];

const CONCEPTS: [Concept; 4] =
    [Concept::Nash, Concept::GeneralMetarational, Concept::SymmetricMetarational, Concept::Sequential];

const UNITED_STATES: Archived = [
    &[3, 4, 5, 9, 13, 15, 21, 25, 29, 31, 33, 35, 37, 41, 43, 44, 47, 50, 57, 60, 63, 67, 69, 73, 76],
    &[
        1, 3, 4, 5, 7, 8, 9, 10, 11, 13, 15, 16, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 31, 33, 35, 37, 41,
        43, 44, 46, 47, 48, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 63, 67, 68, 69, 70, 73, 76,
    ],
    &[
        1, 3, 4, 5, 7, 8, 9, 10, 11, 13, 15, 16, 17, 19, 20, 21, 22, 23, 24, 25, 26, 28, 29, 31, 33, 35, 37, 41, 43,
        44, 46, 47, 48, 50, 52, 54, 55, 56, 57, 58, 59, 60, 63, 67, 69, 73, 76,
    ],
    &[
        1, 3, 4, 5, 9, 13, 15, 20, 21, 25, 28, 29, 31, 33, 35, 37, 41, 43, 44, 47, 48, 50, 51, 52, 53, 54, 57, 58, 59,
        60, 61, 63, 67, 68, 69, 70, 73, 76,
    ],
];

const CHINA: Archived = [
    &[1, 3, 8, 10, 17, 22, 23, 27, 28, 31, 38, 39, 42, 44, 45, 49, 51, 52, 65, 66, 68, 71, 72, 73, 74, 76],
    &[
        1, 2, 3, 5, 6, 7, 8, 9, 10, 13, 15, 17, 18, 19, 22, 23, 25, 27, 28, 29, 31, 33, 34, 35, 36, 37, 38, 39, 42, 44,
        45, 47, 48, 49, 50, 51, 52, 54, 57, 58, 59, 60, 62, 63, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 76,
    ],
    &[
        1, 2, 3, 8, 10, 17, 19, 22, 23, 27, 28, 29, 31, 33, 34, 35, 38, 39, 42, 44, 45, 48, 49, 50, 51, 52, 57, 58, 59,
        60, 62, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 76,
    ],
    &[
        1, 2, 3, 6, 8, 10, 17, 18, 22, 23, 27, 28, 29, 31, 33, 34, 36, 38, 39, 42, 44, 45, 49, 50, 51, 52, 54, 58, 62,
        65, 66, 68, 71, 72, 73, 74, 76,
    ],
];

/// Verdicts that the study's audit names as changed between the archived ensemble and
/// the one whose shares were typed.
const CHANGED: [(usize, Concept, u32); 3] =
    [(0, Concept::GeneralMetarational, 14), (1, Concept::Nash, 45), (1, Concept::SymmetricMetarational, 45)];

/// Thresholds that the study asks with, and the states that it finds stable for both
/// sides under Nash, GMR, SMR and SEQ: its table of what depends on the threshold.
const BY_THRESHOLD: [(&str, Archived); 3] = [
    (
        "0.5",
        [
            &[3, 31, 44, 73, 76],
            &[
                1, 3, 5, 7, 8, 9, 10, 13, 15, 17, 19, 22, 23, 25, 27, 28, 29, 31, 33, 35, 37, 44, 47, 48, 50, 51, 52,
                54, 57, 58, 59, 60, 63, 67, 68, 69, 70, 73, 76,
            ],
            &[1, 3, 8, 10, 17, 19, 22, 23, 28, 29, 31, 33, 35, 44, 48, 50, 52, 57, 58, 59, 60, 67, 69, 73, 76],
            &[1, 3, 28, 29, 31, 33, 44, 50, 51, 52, 54, 58, 68, 73, 76],
        ],
    ),
    (
        "0.55",
        [
            &[3, 15, 31, 44, 60, 73, 76],
            &[
                1, 3, 5, 8, 9, 10, 13, 15, 17, 19, 22, 23, 25, 27, 28, 29, 31, 33, 35, 37, 44, 47, 48, 50, 51, 52, 54,
                57, 58, 59, 60, 63, 67, 68, 69, 70, 73, 76,
            ],
            &[1, 3, 8, 10, 15, 17, 19, 22, 23, 27, 28, 29, 31, 33, 35, 44, 48, 50, 52, 57, 58, 59, 60, 67, 69, 73, 76],
            &[1, 3, 15, 28, 29, 31, 33, 44, 50, 51, 52, 54, 60, 68, 73, 76],
        ],
    ),
    (
        "0.6",
        [
            &[3, 15, 31, 44, 60, 63, 73, 76],
            &[
                1, 3, 5, 8, 9, 10, 13, 15, 17, 22, 23, 25, 27, 28, 29, 31, 33, 35, 37, 44, 47, 48, 50, 51, 52, 54, 57,
                58, 59, 60, 63, 67, 68, 69, 70, 73, 76,
            ],
            &[1, 3, 8, 10, 15, 17, 22, 23, 27, 28, 29, 31, 33, 35, 44, 48, 52, 57, 58, 59, 60, 63, 67, 69, 73, 76],
            &[1, 3, 15, 17, 28, 29, 31, 33, 44, 50, 51, 52, 54, 60, 63, 68, 69, 73, 76],
        ],
    ),
];

fn read() -> Loaded {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/us-china-2020/scenario.yaml");
    load("us-china-2020", &std::fs::read(&path).expect("the case is there"))
}

/// The archived table of the suite: actor, concept and states; `None` without the suite.
fn archive() -> Option<Vec<(String, String, BTreeSet<u32>)>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/suite");
    let suite = std::env::var_os("DETENTE_SUITE").map_or(beside, PathBuf::from);
    let text = std::fs::read_to_string(suite.join("conflict/us-china-gdelt/stable_state_sets.csv")).ok()?;
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let states = cells[3].split('|').map(|state| state.trim().parse().expect("a state")).collect();
        (cells[0].to_owned(), cells[1].to_owned(), states)
    };
    Some(text.lines().skip(1).filter(|line| !line.is_empty()).map(row).collect())
}

#[test]
fn the_typed_sets_are_those_of_the_archive() {
    let Some(archive) = archive() else {
        eprintln!("the suite is not here");
        return;
    };
    let of = |actor: &str, concept: &str| {
        let found = archive.iter().find(|(a, c, _)| (a.as_str(), c.as_str()) == (actor, concept));
        &found.unwrap_or_else(|| panic!("no {actor} {concept}")).2
    };
    for (at, name) in ["Nash", "GMR", "SMR", "SEQ"].into_iter().enumerate() {
        let (usa, china) = (of("US", name), of("CN", name));
        assert!(usa.iter().eq(UNITED_STATES[at]) && china.iter().eq(CHINA[at]), "{name}");
        // What the audit found changed does not reach the states that are stable for both.
        let (threshold, both) = BY_THRESHOLD[0];
        assert_eq!(usa.intersection(china).copied().collect::<Vec<_>>(), both[at], "{name} at {threshold}");
    }
}

/// The study takes a chance of the threshold itself for enough in replies and sanctions.
#[test]
fn what_holds_at_each_threshold_is_as_published() {
    let loaded = read();
    let situation = loaded.situation.expect("the case is right");
    for (threshold, published) in BY_THRESHOLD {
        let fixed = vec![("tau".to_owned(), threshold.parse::<Exact>().expect("a number"))];
        let options = Options { fixed, ..Options::default() };
        let answer = readings(&loaded.source, &situation, &options, &Budget::default()).expect("chances");
        let [part] = answer.parts.as_slice() else { panic!("order and chances stand together") };
        let names: Vec<&str> = part.readings.iter().map(|view| view.reading.as_str()).collect();
        assert_eq!(names, ["order", "chances", "chances with ties"]);
        for (concept, states) in CONCEPTS.iter().zip(published) {
            let at = |reading: usize| &part.readings[reading].equilibria[concept.symbol()];
            assert_eq!(at(2), states, "{concept} at {threshold}");
            if threshold == "0.5" {
                assert!(at(0) == at(2) && at(1) == at(2), "{concept}");
            }
        }
        assert!(answer.checked.unchecked == 0);
    }
}

#[test]
fn all_but_the_three_verdicts_of_the_audit_are_as_archived() {
    let situation = read().situation.expect("the case is right");
    let budget = Budget::default();
    let structure = Structure::new(&situation, &budget).expect("a small case");
    let point = central_point(&situation).expect("no division by zero");
    let profile = profiles(&situation, 1).remove(0);
    let solved = solve_profile(&structure, &profile, &point, &budget).expect("a small case");
    let mut differences = BTreeSet::new();
    for (party, archived) in [UNITED_STATES, CHINA].iter().enumerate() {
        for (concept, states) in CONCEPTS.into_iter().zip(archived) {
            let stable = solved.solution.stable(concept, DmId::from_index(party));
            let found: BTreeSet<u32> = stable.ones().map(|state| state as u32 + 1).collect();
            let expected: BTreeSet<u32> = states.iter().copied().collect();
            differences.extend(found.symmetric_difference(&expected).map(|state| (party, concept, *state)));
        }
    }
    assert_eq!(differences.into_iter().collect::<Vec<_>>(), CHANGED);
}
