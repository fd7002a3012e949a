//! Shipped files, printed and read again.

use std::path::{Path, PathBuf};

use detente_base::Severity;
use detente_scenario::situation::{PreferenceForm, Situation};
use detente_scenario::{load, load_gmcr, print_scenario};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the worked cases are there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "yaml") {
            found.push(path);
        }
    }
}

/// Parties, issues, claims, constraints, named parameters, and entries of preferences.
fn counts(situation: &Situation) -> [usize; 6] {
    let entries = |form: &PreferenceForm| match form {
        PreferenceForm::Indifferent => 0,
        PreferenceForm::Worth(terms) => terms.len(),
        PreferenceForm::Priority(statements) => statements.len(),
        PreferenceForm::Ranking(levels) => levels.len(),
        PreferenceForm::Listed(groups) => groups.len(),
    };
    let preferences = situation.preferences.iter().flat_map(|p| &p.types);
    [
        situation.parties.len(),
        situation.issues.len(),
        situation.claims.len(),
        situation.constraints.len(),
        situation.parameters.iter().filter(|p| p.named).count(),
        preferences.map(|t| entries(&t.form)).sum(),
    ]
}

fn reads_back(situation: &Situation, name: &str) {
    let text = print_scenario(situation);
    let again = load(name, text.as_bytes());
    let errors: Vec<_> = again.diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
    let read = again.situation.unwrap_or_else(|| panic!("{name}: {errors:?}\n{text}"));
    assert_eq!(counts(&read), counts(situation), "{name}\n{text}");
    assert_eq!(print_scenario(&read), text, "{name}");
}

#[test]
fn shipped_scenarios_print_and_read_back() {
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios"), &mut found);
    assert!(found.len() >= 12, "{found:?}");
    for path in found {
        let bytes = std::fs::read(&path).expect("a readable file");
        let name = path.display().to_string();
        let loaded = load(&name, &bytes);
        let situation = loaded.situation.unwrap_or_else(|| panic!("{name}: {:?}", loaded.diagnostics));
        reads_back(&situation, &name);
    }
}

#[test]
fn an_imported_file_prints_and_reads_back() {
    let text = r#"{
      "options": [{"name": "Talk", "permittedDirection": "both"}, {"name": "Raid!", "permittedDirection": "fwd"},
                  {"name": "raid", "permittedDirection": "back"}],
      "decisionMakers": [
        {"name": "The captor", "options": [0], "preferences": [[[1, "N"]], {"compound": true, "members": [[[0, "Y"]], [[2, "N"]]]}]},
        {"name": "In", "options": [1, 2], "preferences": [[[0, "Y"]]], "misperceptions": [[[1, "Y"], [2, "Y"]]]}
      ],
      "infeasibles": [[[1, "Y"], [0, "Y"]]]
    }"#;
    let stated = load_gmcr("talk.gmcr", text.as_bytes()).situation.expect("a whole file");
    reads_back(&stated, "talk");
    let ids: Vec<_> = stated.issues.iter().map(|i| i.id.as_str()).collect();
    assert_eq!(ids, ["talk", "raid", "raid_2"]);
    let ranked = text
        .replace("\"infeasibles\"", "\"useManualPreferenceRanking\": true, \"infeasibles\"")
        .replace("\"preferences\"", "\"preferenceRanking\": [1, [2, 3], 4, 5, 6], \"preferences\"");
    let ranked = load_gmcr("talk.gmcr", ranked.as_bytes());
    let ranked = ranked.situation.unwrap_or_else(|| panic!("{:?}", ranked.diagnostics));
    // A list of outcomes reads as a ranking by conditions.
    let read = load("ranked", print_scenario(&ranked).as_bytes()).situation.expect("printed files are read");
    assert_eq!(counts(&read), counts(&ranked));
    reads_back(&read, "ranked");
}
