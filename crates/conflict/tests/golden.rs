//! Published and generated conflicts with known answers, where they are at hand.

mod support;

use std::fs;
use std::path::PathBuf;

use detente_base::Budget;
use detente_conflict::{
    Concept, FixedBitSet, HorizonConcept, Model, Solution, sequential_or_simultaneous, solve, solve_horizon,
    solve_simultaneous, verify_solution,
};
use serde_json::Value;
use support::gmcr::{model_from_gmcr, model_from_value};

/// A folder of the suite, which lies beside the workspace or where `DETENTE_SUITE`
/// says; `None` with a note when it is not there.
fn suite(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("DETENTE_SUITE")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/suite"), PathBuf::from);
    let path = root.join("conflict").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped: the suite's folder {folder} is not there");
    None
}

fn json_files(folder: &str) -> Vec<(String, Value)> {
    let Some(path) = suite(folder) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> =
        fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
        .into_iter()
        .map(|file| {
            let name = file.file_name().expect("a name").to_string_lossy().into_owned();
            (name, serde_json::from_str(&fs::read_to_string(&file).expect("text")).expect("JSON"))
        })
        .collect()
}

fn case(name: &str) -> Option<Model> {
    let folders = ["cases", "bench"].into_iter().filter_map(suite);
    let file = folders.map(|folder| folder.join(name)).find(|file| file.is_file())?;
    Some(model_from_gmcr(&fs::read_to_string(file).expect("text")))
}

fn solved(model: &Model) -> Solution {
    solve(model, &Concept::ALL, &Budget::default()).expect("no limits")
}

fn ordinals(set: &FixedBitSet) -> Vec<u64> {
    set.ones().map(|state| state as u64 + 1).collect()
}

fn listed(value: &Value) -> Option<Vec<u64>> {
    value.as_array().map(|list| list.iter().map(|entry| entry.as_u64().expect("a number")).collect())
}

const GOLDEN_NAMES: [(&str, Concept); 5] = [
    ("Nash", Concept::Nash),
    ("GMR", Concept::GeneralMetarational),
    ("SMR", Concept::SymmetricMetarational),
    ("SEQ", Concept::Sequential),
    ("SSEQ", Concept::SymmetricSequential),
];

#[test]
fn golden_answers_are_reproduced() {
    let mut compared = 0;
    for (name, golden) in json_files("golden") {
        let model = case(golden["file"].as_str().expect("a file name")).expect("the case of a golden file");
        assert_eq!(golden["n_states"], model.state_count(), "{name}");
        let solution = solved(&model);
        for (key, concept) in GOLDEN_NAMES {
            let equilibria = solution.equilibria(concept);
            assert_eq!(golden["equilibria_count"][key], equilibria.count_ones(..), "{name} {key}");
            if let Some(expected) = listed(&golden["equilibria"][key]) {
                compared += 1;
                assert_eq!(ordinals(&equilibria), expected, "{name} {key}");
            }
            for dm in model.decision_makers() {
                let stable = solution.stable(concept, dm);
                assert_eq!(golden["per_dm_count"][key][dm.index()], stable.count_ones(..), "{name} {key}");
                if let Some(expected) = listed(&golden["per_dm"][key][dm.index()]) {
                    compared += 1;
                    assert_eq!(ordinals(stable), expected, "{name} {key} {dm:?}");
                }
            }
        }
        if model.state_count() < 100 {
            let checked = verify_solution(&model, &solution, model.states(), &Budget::default());
            assert_eq!(checked, Ok(()), "{name}");
        }
    }
    eprintln!("{compared} sets compared");
}

#[test]
fn counterexamples_follow_the_definition() {
    for (name, file) in json_files("counterexamples") {
        let model = model_from_value(&file["model"]);
        let key = name.split(['-', '.']).nth(1).expect("a concept in the name");
        let concept = Concept::from_symbol(key).expect("a concept");
        let solution = solved(&model);
        for dm in model.decision_makers() {
            let stable: Vec<u64> = ordinals(solution.stable(concept, dm)).iter().map(|ordinal| ordinal - 1).collect();
            assert_eq!(Some(stable), listed(&file["definition_per_dm"][dm.index()]), "{name} {dm:?}");
        }
    }
}

#[test]
fn garrison_has_the_equilibria_of_the_definition() {
    if let Some(model) = case("Garrison.gmcr") {
        let solution = solved(&model);
        let expected = [2, 3, 4, 6, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22];
        assert_eq!(ordinals(&solution.equilibria(Concept::GeneralMetarational)), expected);
        assert_eq!(ordinals(&solution.equilibria(Concept::SymmetricMetarational)), expected);
    }
}

#[test]
fn the_trade_round_has_the_known_numbers_of_equilibria() {
    if let Some(model) = case("trade.gmcr") {
        assert_eq!(model.state_count(), 138_240);
        let solution = solved(&model);
        let count = |concept| solution.equilibria(concept).count_ones(..);
        assert_eq!(count(Concept::Nash), 2_256);
        assert_eq!(count(Concept::Sequential), 4_608);
        assert_eq!(count(Concept::GeneralMetarational), 20_840);
        assert_eq!(count(Concept::SymmetricMetarational), 20_840);
        let sample = model.states().step_by(70_001);
        assert_eq!(verify_solution(&model, &solution, sample, &Budget::default()), Ok(()));
    }
}

fn simultaneous(model: &Model) -> FixedBitSet {
    solve_simultaneous(model, &Budget::default()).expect("option form").equilibria()
}

#[test]
fn simultaneous_equilibria_are_those_of_the_published_files() {
    for (name, expected) in [("Prisoners.gmcr", vec![1, 4]), ("Garrison.gmcr", vec![2, 3, 11, 17, 18, 21, 22])] {
        if let Some(model) = case(name) {
            assert_eq!(ordinals(&simultaneous(&model)), expected, "{name}");
        }
    }
}

/// The published analysis of the North Korean stand-off of 2017 has 0, 4, 5 and 10 under
/// sequential or simultaneous stability: 0, 5 and 10 are sequentially stable.
#[test]
fn north_korea_has_one_more_equilibrium_by_simultaneous_moves() {
    let Some(model) = case("nk_base.gmcr") else { return };
    let decimals = |states: &FixedBitSet| -> Vec<u32> {
        states.ones().map(|state| model.code(detente_conflict::StateId::from_index(state))).collect()
    };
    let solution = solved(&model);
    assert_eq!(decimals(&solution.equilibria(Concept::Sequential)), [0, 5, 10]);
    assert!(decimals(&simultaneous(&model)).contains(&4));
    let joint = solve_simultaneous(&model, &Budget::default()).expect("option form");
    assert_eq!(decimals(&sequential_or_simultaneous(&solution, &joint).equilibria()), [0, 4, 5, 10]);
}

#[test]
fn limited_moves_of_the_published_files() {
    if let Some(model) = case("Cuban.gmcr") {
        for horizon in 3..8 {
            let concept = HorizonConcept::LimitedMove { horizon };
            let solution = solve_horizon(&model, concept, &Budget::default()).expect("two decision makers");
            let codes: Vec<u32> =
                solution.equilibria().ones().map(|s| model.code(detente_conflict::StateId::from_index(s))).collect();
            assert_eq!(codes, [4, 5], "{horizon}");
        }
    }
    if let Some(model) = case("SyriaIraq.gmcr") {
        let solution = solve_horizon(&model, HorizonConcept::NonMyopic, &Budget::default()).expect("two");
        assert_eq!(solution.cycle().map(|cycle| cycle.period), Some(4));
    }
}

#[test]
fn the_trade_round_has_simultaneous_equilibria() {
    if let Some(model) = case("trade.gmcr") {
        let nash = solved(&model).equilibria(Concept::Nash);
        assert!(nash.is_subset(&simultaneous(&model)));
    }
}
