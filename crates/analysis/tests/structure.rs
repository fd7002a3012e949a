//! From situations to conflicts: consent, graph form, conditional moves, imports.

use std::path::PathBuf;

use detente_analysis::{Options, solve, stable};
use detente_base::{Budget, StopReason};
use detente_scenario::Situation;

fn load(text: &str) -> (detente_base::SourceText, Situation) {
    let loaded = detente_scenario::load("test.yaml", text.as_bytes());
    let shown: Vec<String> = loaded.diagnostics.iter().map(|d| d.message.clone()).collect();
    (loaded.source, loaded.situation.unwrap_or_else(|| panic!("{shown:?}")))
}

fn equilibria(text: &str, concept: &str) -> Vec<u32> {
    let (source, situation) = load(text);
    stable(&source, &situation, &Options::default(), &Budget::default()).expect("no options").equilibria[concept]
        .clone()
}

#[test]
fn a_joint_issue_changes_only_where_nobody_objects() {
    let file = |second: &str| {
        format!(
            "
detente: 1
title: A treaty
parties: {{a: A, b: B}}
issues:
  treaty: {{set_by: [a, b]}}
preferences:
  a: {{priority: [treaty]}}
  b: {{priority: [{second}]}}
"
        )
    };
    assert_eq!(equilibria(&file("treaty"), "R"), [2], "both want it, so its absence does not hold");
    assert_eq!(equilibria(&file("not treaty"), "R"), [1, 2], "whichever there is, one of them objects to a change");
}

#[test]
fn joint_issues_with_the_same_setters_change_as_a_package() {
    let text = "
detente: 1
title: Land for peace
parties: {a: A, b: B}
issues:
  land: {set_by: [a, b]}
  peace: {set_by: [a, b]}
preferences:
  a: {worth: [{when: land, add: -1}, {when: peace, add: 3}]}
  b: {worth: [{when: land, add: 3}, {when: peace, add: -1}]}
";
    assert_eq!(equilibria(text, "R"), [2, 3, 4], "nothing at all gives way to both; one alone has an objector");
}

#[test]
fn the_graph_form_is_an_issue_that_several_parties_move() {
    let text = "
detente: 1
title: Chicken as a graph
parties: {a: A, b: B}
issues:
  state:
    values: [calm, a_wins, b_wins, crash]
    moves:
      - {by: a, from: calm, to: a_wins}
      - {by: a, from: a_wins, to: calm}
      - {by: a, from: b_wins, to: crash}
      - {by: a, from: crash, to: b_wins}
      - {by: b, from: calm, to: b_wins}
      - {by: b, from: b_wins, to: calm}
      - {by: b, from: a_wins, to: crash}
      - {by: b, from: crash, to: a_wins}
preferences:
  a: {ranking: [state == a_wins, state == calm, state == b_wins, state == crash]}
  b: {ranking: [state == b_wins, state == calm, state == a_wins, state == crash]}
";
    assert_eq!(equilibria(text, "R"), [2, 3]);
    assert_eq!(equilibria(text, "GMR"), [1, 2, 3]);
}

#[test]
fn a_conditional_move_is_judged_where_it_starts() {
    let text = "
detente: 1
title: Only under guarantee
parties: {a: A, b: B}
issues:
  disarm: {set_by: a, moves: [{from: no, to: yes, when: guarantee}]}
  guarantee: {set_by: b}
preferences:
  a: {priority: [disarm]}
  b: {priority: [not guarantee]}
";
    // 1 neither, 2 disarmed, 3 guarantee, 4 both.
    assert_eq!(equilibria(text, "R"), [1, 2], "without the guarantee the move does not exist; nobody can rearm");
}

#[test]
fn a_budget_ends_in_an_undecided_answer() {
    let (source, situation) = load(
        "
detente: 1
title: Small
parties: {a: A, b: B}
issues: {x: {set_by: a}, y: {set_by: b}}
preferences: {a: {priority: [x]}, b: {priority: [y]}}
",
    );
    let budget = Budget { states: 3, ..Budget::default() };
    let listed = Options { engine: detente_analysis::Engine::Explicit, ..Options::default() };
    let answer = solve(&source, &situation, &listed, &budget).expect("no options");
    let detente_analysis::report::Completion::Undecided { reason } = answer.completion else {
        panic!("four outcomes exceed three")
    };
    assert_eq!(reason, StopReason::TooManyStates { states: "4".into(), limit: 3 });
    let answer = solve(&source, &situation, &Options::default(), &budget).expect("no options");
    let large = answer.large.expect("what is too large to list is solved on diagrams");
    assert_eq!(large.states.as_deref(), Some("4"));
    let stopped = Budget::default();
    stopped.stopper.stop();
    let answer = solve(&source, &situation, &Options::default(), &stopped).expect("no options");
    assert!(matches!(answer.completion, detente_analysis::report::Completion::Undecided { .. }));
}

fn suite() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/suite");
    let folder = std::env::var_os("DETENTE_SUITE").map_or(beside, PathBuf::from).join("conflict");
    folder.is_dir().then_some(folder)
}

/// Every equilibrium set of the suite, through import, analysis and the script answer;
/// and the same after conversion to a scenario file and back.
#[test]
fn imported_files_give_the_reference_answers_and_survive_conversion() {
    let Some(folder) = suite() else {
        println!("the suite of reference models is not at hand; nothing compared");
        return;
    };
    let mut compared = 0;
    for entry in std::fs::read_dir(folder.join("golden")).expect("a folder") {
        let path = entry.expect("an entry").path();
        let golden: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).expect("a file")).expect("JSON");
        let name = golden["file"].as_str().expect("a name");
        let file = ["cases", "bench"].map(|f| folder.join(f).join(name)).into_iter().find(|p| p.is_file());
        let bytes = std::fs::read(file.expect("the golden file's model")).expect("a file");
        let loaded = detente_scenario::load_gmcr(name, &bytes);
        let situation = loaded.situation.expect("a sound file");
        let budget = Budget::default();
        let answer = solve(&loaded.source, &situation, &Options::default(), &budget).expect("no options");
        assert_eq!(Some(answer.states), golden["n_states"].as_u64(), "{name}");
        for (ours, theirs) in [("R", "Nash"), ("GMR", "GMR"), ("SMR", "SMR"), ("SEQ", "SEQ"), ("SSEQ", "SSEQ")] {
            let expected: Vec<u32> = serde_json::from_value(golden["equilibria"][theirs].clone()).expect("ordinals");
            assert_eq!(answer.equilibria[ours], expected, "{name} under {ours}");
            compared += 1;
        }
        let text = detente_scenario::print_scenario(&situation);
        let (source, converted) = load(&text);
        let again = solve(&source, &converted, &Options::default(), &budget).expect("no options");
        assert_eq!(again.equilibria, answer.equilibria, "{name} after conversion");
        assert_eq!(detente_scenario::print_scenario(&converted).lines().count(), text.lines().count(), "{name}");
    }
    assert!(compared >= 100, "{compared}");
}
