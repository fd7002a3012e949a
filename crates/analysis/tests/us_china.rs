//! The trade war of 2018 to 2020 against the archived answers of the study that it is
//! taken from. The README of the case names the source.

use std::collections::BTreeSet;
use std::path::Path;

use detente_analysis::ask::solve_profile;
use detente_analysis::profile::profiles;
use detente_analysis::structure::Structure;
use detente_base::Budget;
use detente_conflict::{Concept, DmId};
use detente_scenario::expr::eval::central_point;
use detente_scenario::load;

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

#[test]
fn all_but_the_three_verdicts_of_the_audit_are_as_archived() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/us-china-2020/scenario.yaml");
    let bytes = std::fs::read(&path).expect("the case is there");
    let situation = load("us-china-2020", &bytes).situation.expect("the case is right");
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
