//! Sequences of moves: read, checked, printed.

use detente_scenario::situation::StepKind;
use detente_scenario::{load, print_scenario};

fn file(steps: &str) -> String {
    format!(
        "detente: 1
title: A raid or a ransom
parties: {{captor: Captor, state: State}}
issues:
  hostages: {{values: [held, freed], set_by: captor}}
  ransom: {{set_by: state}}
status_quo: {{hostages: held, ransom: no}}
preferences:
  captor:
    types:
      greedy: {{chance: 0.5, worth: [{{when: ransom, add: 2}}]}}
      proud: {{worth: [{{when: hostages == freed, add: -1}}]}}
  state: {{worth: [{{when: hostages == freed, add: 3}}]}}
protocols:
  crisis:
    kind: moves
    steps:
{steps}"
    )
}

fn faults(steps: &str) -> Vec<String> {
    let text = file(steps);
    let loaded = load("x.yaml", text.as_bytes());
    let line = |offset: usize| loaded.source.position(offset).0 - 17;
    loaded
        .diagnostics
        .iter()
        .filter(|d| d.code.0 != "S408")
        .map(|d| format!("{}: {} {}", line(d.span.start), d.code.0, d.message))
        .collect()
}

#[test]
fn every_step_is_read_and_printed_again() {
    let steps = "      - nature: captor
      - {chance: weather, of: {fair: 0.7, foul: rest}, sees: [state]}
      - {move: state, choose: raid, from: [no, yes], sees: nobody}
      - together:
          - {move: state, choose: ransom}
          - {move: captor, choose: threat, from: [mild, grave]}
      - {if: raid & weather == foul, pay: {state: -2, captor: 1}}
      - {discount: {state: 0.9}}
      - repeat: 3
        steps:
          - {move: captor, choose: hostages, from: [held, freed]}
          - {discount: 0.9}
        until: hostages == freed
      - {if: raid, end: yes}
";
    let loaded = load("x.yaml", file(steps).as_bytes());
    let situation = loaded.situation.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let form = &situation.forms[0];
    assert_eq!(form.choices.iter().map(|choice| choice.id.as_str()).collect::<Vec<_>>(), ["weather", "raid", "threat"]);
    assert_eq!(form.steps.len(), 8);
    assert!(matches!(&form.steps[3].kind, StepKind::Together(moves) if moves.len() == 2));
    assert!(matches!(&form.steps[6].kind, StepKind::Repeat { times: 3, until: Some(_), .. }));
    assert_eq!(form.steps[2].seen_by, Some(Vec::new()));
    let printed = print_scenario(&situation);
    let again = load("y.yaml", printed.as_bytes());
    let second = again.situation.unwrap_or_else(|| panic!("{printed}\n{:?}", again.diagnostics));
    assert_eq!(second.forms[0].steps.len(), 8);
    assert_eq!(print_scenario(&second), printed, "printing again changes nothing");
}

#[test]
fn all_faults_are_told_at_once() {
    let found = faults(
        "      - {nature: state}
      - {chance: weather, of: {fair: 0.7, foul: 0.7}}
      - {move: state, choose: hostages}
      - {move: captor, choose: hostags}
      - {move: captor, choose: hostages, from: [held, hidden]}
      - together: [{pay: {state: 1}}]
      - {pay: {nobody: 1}}
      - {repeat: 0, steps: [{move: state, choose: ransom}]}
      - {if: hostags == held, end: yes}
",
    );
    let lines: Vec<&str> = found.iter().map(|fault| fault.split(':').next().expect("a line")).collect();
    for line in ["1", "2", "3", "4", "5", "6", "7", "8", "9"] {
        assert!(lines.contains(&line), "nothing is told of step {line}: {found:#?}");
    }
}
