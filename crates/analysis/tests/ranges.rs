//! What is said about ranges, against solving at many points.

use detente_analysis::report::{Everywhere, IntervalView, Report};
use detente_analysis::{Options, analyze, stable};
use detente_base::{Budget, Exact};

const FILE: &str = "
detente: 1
title: A threat that may be empty
parties: {target: Target, threatener: Threatener}
parameters:
  will: {low: -3, likely: 2, high: 5}
  stake: 2..6
  damage: 4..8
issues:
  kept: {set_by: target}
  half: {set_by: target}
  strike: {set_by: threatener, moves: forward}
outcomes:
  empty: kept & not strike
  gone: not kept & not strike
status_quo: {kept: yes, half: no, strike: no}
preferences:
  target:
    worth:
      - {when: kept, add: stake}
      - {when: half & not kept, add: stake / 3}
      - {when: strike, add: -damage}
  threatener:
    worth:
      - {when: strike & kept, add: will}
      - {when: strike & not kept, add: -1}
      - {when: not kept, add: 3}
      - {when: half, add: -will * stake / 10}
";

fn report(fixed: &[(&str, &str)]) -> Report {
    let loaded = detente_scenario::load("threat.yaml", FILE.as_bytes());
    let situation = loaded.situation.expect("the file is right");
    analyze(&loaded.source, &situation, &options(fixed), &Budget::default()).expect("the parameters exist")
}

fn options(fixed: &[(&str, &str)]) -> Options {
    let fixed = fixed.iter().map(|(n, v)| ((*n).to_owned(), v.parse().expect("a number"))).collect();
    Options { fixed, ..Options::default() }
}

/// Whether an outcome holds at these values, by solving there.
fn holds(fixed: &[(&str, &str)], concept: &str, outcome: u32) -> bool {
    let loaded = detente_scenario::load("threat.yaml", FILE.as_bytes());
    let situation = loaded.situation.expect("the file is right");
    let answer = stable(&loaded.source, &situation, &options(fixed), &Budget::default()).expect("parameters exist");
    answer.equilibria[concept].contains(&outcome)
}

fn contains(intervals: &[IntervalView], value: &Exact) -> bool {
    intervals.iter().any(|i| {
        (i.low < *value || (i.low_included && i.low == *value))
            && (*value < i.high || (i.high_included && i.high == *value))
    })
}

#[test]
fn intervals_along_a_parameter_are_those_of_solving_there() {
    let report = report(&[]);
    let ranges = report.ranges.expect("three numbers are uncertain");
    assert!(ranges.left_open.is_empty(), "{:?}", ranges.left_open);
    let mut looked_at = 0;
    for verdict in &ranges.verdicts {
        for parameter in ranges.parameters.iter().map(|p| p.id.as_str()) {
            let along = verdict.along.iter().find(|a| a.parameter == parameter);
            let (low, high) = match parameter {
                "will" => (-3, 5),
                "stake" => (2, 6),
                _ => (4, 8),
            };
            for eighth in low * 8..=high * 8 {
                let value = Exact::ratio(eighth, 8);
                let solved = holds(&[(parameter, &value.to_string())], &verdict.concept, verdict.outcome);
                let said = match along {
                    None => verdict.holds_at_center,
                    Some(along) => contains(along.holds.as_ref().expect("established"), &value),
                };
                assert_eq!(said, solved, "{} under {} at {parameter} = {value}", verdict.outcome, verdict.concept);
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 1_000);
}

#[test]
fn what_holds_throughout_holds_at_every_grid_point_and_counterexamples_refute() {
    let ranges = report(&[]).ranges.expect("three numbers are uncertain");
    let (mut throughout, mut refuted) = (0, 0);
    for verdict in &ranges.verdicts {
        match &verdict.everywhere {
            Everywhere::Throughout => {
                throughout += 1;
                for will in ["-3", "-1", "0", "1/3", "2", "5"] {
                    for stake in ["2", "10/3", "4", "6"] {
                        for damage in ["4", "5", "8"] {
                            let at = [("will", will), ("stake", stake), ("damage", damage)];
                            assert_eq!(
                                holds(&at, &verdict.concept, verdict.outcome),
                                verdict.holds_at_center,
                                "{at:?}"
                            );
                        }
                    }
                }
            }
            Everywhere::FailsAt { point } => {
                refuted += 1;
                let point: Vec<(String, String)> = point.iter().map(|(n, v)| (n.clone(), v.to_string())).collect();
                let at: Vec<(&str, &str)> = point.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
                assert_ne!(holds(&at, &verdict.concept, verdict.outcome), verdict.holds_at_center, "{at:?}");
            }
            Everywhere::NotEstablished => {}
        }
    }
    assert!(throughout > 0 && refuted > 0, "{throughout} throughout, {refuted} refuted");
}

#[test]
fn an_empty_threat_leaves_things_as_they_are() {
    assert!(holds(&[("will", "-1")], "SEQ", 2), "with no will to strike the target keeps what it has");
    assert!(!holds(&[("will", "2")], "SEQ", 2), "a will to strike ends that");
}

#[test]
fn worths_that_square_a_parameter_are_said_to_be_open() {
    let text = FILE.replace("add: will}", "add: will * will}");
    let loaded = detente_scenario::load("threat.yaml", text.as_bytes());
    let situation = loaded.situation.expect("the file is right");
    let report = analyze(&loaded.source, &situation, &Options::default(), &Budget::default()).expect("no options");
    let ranges = report.ranges.expect("three numbers are uncertain");
    assert!(ranges.verdicts.is_empty());
    assert_eq!(ranges.left_open, ["the worth of `threatener` is no sum of products of different parameters"]);
}
