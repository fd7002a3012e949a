//! Decision diagrams against listing: every case of the repository, and of the suite
//! where it lies beside the checkout, has the same counts both ways.

use std::path::{Path, PathBuf};

use detente_analysis::{Engine, Options, solve, stable};
use detente_base::Budget;
use detente_scenario::{load, load_gmcr};

fn files(at: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(at) else { return };
    for path in entries.map(|entry| entry.expect("a readable folder").path()) {
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
}

fn with(engine: Engine) -> Options {
    Options { engine, ..Options::default() }
}

#[test]
fn every_case_has_the_same_counts_on_diagrams() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    files(&root.join("scenarios"), "yaml", &mut found);
    files(&root.join("docs/book/examples"), "yaml", &mut found);
    found.sort();
    let (mut compared, budget) = (0, Budget::default());
    for path in found {
        let name = path.display().to_string();
        let loaded = load(&name, &std::fs::read(&path).expect("readable"));
        let Some(situation) = loaded.situation else { continue };
        let ask = |engine| stable(&loaded.source, &situation, &with(engine), &budget).expect("asked rightly");
        let (listed, diagrams) = (ask(Engine::Explicit), ask(Engine::Symbolic));
        assert_eq!(listed.profiles.len(), diagrams.large.len(), "{name}");
        for (profile, large) in listed.profiles.iter().zip(&diagrams.large) {
            assert_eq!(large.refused, None, "{name}");
            assert_eq!(large.states, Some(listed.states.to_string()), "{name}");
            for set in &large.concepts {
                let expected = profile.counts[&set.concept].to_string();
                assert_eq!(set.count, Some(expected), "{name} under {}", set.concept);
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "{compared} sets were compared");
}

#[test]
fn cases_of_the_suite_have_the_same_counts_on_diagrams() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/suite");
    let suite = std::env::var_os("DETENTE_SUITE").map_or(beside, PathBuf::from).join("conflict/cases");
    let mut found = Vec::new();
    files(&suite, "gmcr", &mut found);
    found.sort();
    if found.is_empty() {
        eprintln!("the suite is not there");
    }
    let budget = Budget::default();
    for path in found {
        let name = path.display().to_string();
        let loaded = load_gmcr(&name, &std::fs::read(&path).expect("readable"));
        let situation = loaded.situation.expect("a sound case");
        let ask = |engine| solve(&loaded.source, &situation, &with(engine), &budget).expect("asked rightly");
        let (listed, diagrams) = (ask(Engine::Explicit), ask(Engine::Symbolic));
        let large = diagrams.large.expect("solved on diagrams");
        for set in &large.concepts {
            let expected = listed.equilibria[&set.concept].len().to_string();
            assert_eq!(set.count, Some(expected), "{name} under {}", set.concept);
        }
        assert_eq!(large.concepts.len(), 5, "{name}");
    }
}
