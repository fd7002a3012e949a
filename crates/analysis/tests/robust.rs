//! Shares of cases in which outcomes hold.

use std::collections::BTreeSet;

use detente_analysis::profile::profiles;
use detente_analysis::ranks::profile_ranks;
use detente_analysis::robust::{Distribution, Method, RobustAnswer, RobustQuestion, Varied, Vary, robust};
use detente_analysis::structure::Structure;
use detente_analysis::{Options, stable};
use detente_base::{Budget, Exact, SourceText};
use detente_conflict::{Concept, solve};
use detente_scenario::expr::eval::central_point;
use detente_scenario::load;
use detente_scenario::situation::Situation;

/// No statement of these cases is set aside, so that no line is looked up.
fn unread() -> SourceText {
    SourceText::new("x.yaml", "")
}

fn situation(case: &str) -> Situation {
    let path = format!("{}/../../scenarios/{case}/scenario.yaml", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&path).unwrap_or_else(|fault| panic!("{path}: {fault}"));
    load(case, &bytes).situation.unwrap_or_else(|| panic!("{case} has errors"))
}

fn from_text(text: &str) -> Situation {
    load("x.yaml", text.as_bytes()).situation.expect("the file is right")
}

fn asked(situation: &Situation, vary: Vary, draws: u32) -> RobustAnswer {
    let question = RobustQuestion { vary, draws, seed: 7 };
    let options = Options { list_limit: 1_000, ..Options::default() };
    robust(&unread(), situation, &question, &options, &Budget::default()).expect("something varies")
}

fn share(answer: &RobustAnswer, outcome: u32, concept: &str) -> Exact {
    let event = answer.profiles[0].events.iter().find(|e| e.outcome == Some(outcome));
    event.map_or(Exact::ZERO, |event| event.shares[concept].share.clone())
}

/// Ada leaves outcome 1 as soon as pushing pays more than it costs.
const PUSH: &str = "
detente: 1
title: A push
parties: {a: Ada, b: Bo}
parameters: {cost: {low: 1, likely: 4, high: 5}}
issues: {push: {set_by: a}, yield: {set_by: b}}
preferences:
  a: {worth: [{add: 2, when: push}, {add: -cost, when: push}, {add: 1, when: yield}]}
  b: {worth: [{add: -1, when: yield}]}
";

#[test]
fn shares_along_one_number_are_exact() {
    let situation = from_text(PUSH);
    let answer = asked(&situation, Vary::Parameters(Distribution::Uniform), 100);
    assert!(matches!(answer.profiles[0].method, Method::Exact { .. }), "{:?}", answer.profiles[0].method);
    // Pushing pays below a cost of 2: a quarter of the range from 1 to 5.
    assert_eq!((share(&answer, 1, "R"), share(&answer, 2, "R")), (Exact::ratio(3, 4), Exact::ratio(1, 4)));
    let answer = asked(&situation, Vary::Parameters(Distribution::Triangular), 100);
    // (2 − 1)² / ((5 − 1)(4 − 1)).
    assert_eq!((share(&answer, 1, "R"), share(&answer, 2, "R")), (Exact::ratio(11, 12), Exact::ratio(1, 12)));
}

#[test]
fn draws_turn_on_what_decides() {
    let text = PUSH
        .replace("high: 5}", "high: 5}, noise: 0..1")
        .replace("{add: -1, when: yield}", "{add: -2 + noise, when: yield}");
    let situation = from_text(&text);
    let answer = asked(&situation, Vary::Parameters(Distribution::Uniform), 2_000);
    let profile = &answer.profiles[0];
    assert_eq!(profile.method, Method::Drawn { draws: 2_000, seed: 7 });
    let event = profile.events.iter().find(|e| e.outcome == Some(1)).expect("outcome 1 holds at times");
    let found = &event.shares["SEQ"];
    assert!(found.low <= Exact::ratio(3, 4) && Exact::ratio(3, 4) <= found.high, "{found:?}");
    let influence = event.turns_on.as_ref().expect("the cost decides");
    assert_eq!((influence.parameter.as_str(), &influence.when_high), ("cost", &Exact::ONE));
}

#[test]
fn without_swaps_a_strict_order_stays_as_it_is() {
    let situation = situation("euphrates-1975");
    let answer = asked(&situation, Vary::Orders { swaps: 0 }, 10);
    assert_eq!(answer.varied, Varied::Orders { swaps: 0 });
    assert_eq!(answer.profiles[0].method, Method::Constant);
    let source = SourceText::new("x", "");
    let held = stable(&source, &situation, &Options::default(), &Budget::default()).expect("no names");
    for (concept, numbers) in &held.equilibria {
        for outcome in 1..=6 {
            let expected = if numbers.contains(&outcome) { Exact::ONE } else { Exact::ZERO };
            assert_eq!(share(&answer, outcome, concept), expected, "{concept} {outcome}");
        }
    }
}

/// All orders that up to two swaps of neighbours lead to, found by swapping.
fn near(ranks: &[u32], swaps: u32) -> BTreeSet<Vec<u32>> {
    let mut found = BTreeSet::from([ranks.to_vec()]);
    for _ in 0..swaps {
        for order in found.clone() {
            for low in 0..order.len() as u32 - 1 {
                let swapped = |rank: &u32| match *rank {
                    r if r == low => low + 1,
                    r if r == low + 1 => low,
                    r => r,
                };
                found.insert(order.iter().map(swapped).collect());
            }
        }
    }
    found
}

#[test]
fn shares_over_all_near_orders_agree_with_swapping() {
    let situation = situation("euphrates-1975");
    let budget = Budget::default();
    let structure = Structure::new(&situation, &budget).expect("a small case");
    let point = central_point(&situation).expect("no numbers");
    let ranks = profile_ranks(&structure, &profiles(&situation, 1)[0], &point);
    // The ranks of a ranking of all outcomes count from 1.
    let dense: Vec<Vec<u32>> = ranks.iter().map(|table| table.iter().map(|rank| rank - 1).collect()).collect();
    let (own, other) = (near(&dense[0], 2), near(&dense[1], 2));
    assert_eq!((own.len(), other.len()), (20, 20));
    let answer = asked(&situation, Vary::Orders { swaps: 2 }, 400);
    assert_eq!(answer.profiles[0].method, Method::Exact { cases: 400 });
    for concept in Concept::ALL {
        let mut counts = [0_i64; 6];
        for (a, b) in own.iter().flat_map(|a| other.iter().map(move |b| (a, b))) {
            let model = structure.model(vec![a.clone(), b.clone()], &budget).expect("no limits");
            let solution = solve(&model, &[concept], &budget).expect("no limits");
            solution.equilibria(concept).ones().for_each(|state| counts[state] += 1);
        }
        for (state, count) in counts.iter().enumerate() {
            assert_eq!(share(&answer, state as u32 + 1, concept.symbol()), Exact::ratio(*count, 400), "{concept}");
        }
    }
    // Fewer draws than cases: the intervals cover what is exact, all but a few.
    let drawn = asked(&situation, Vary::Orders { swaps: 2 }, 399);
    assert_eq!(drawn.profiles[0].method, Method::Drawn { draws: 399, seed: 7 });
    let (mut covered, mut all) = (0, 0);
    for event in drawn.profiles[0].events.iter().filter(|e| e.outcome.is_some()) {
        for (concept, found) in &event.shares {
            let exact = share(&answer, event.outcome.expect("an outcome"), concept);
            covered += u32::from(found.low <= exact && exact <= found.high);
            all += 1;
        }
    }
    assert!(all >= 20 && covered * 100 >= all * 90, "{covered} of {all}");
}

#[test]
fn the_answer_does_not_depend_on_the_number_of_threads() {
    let situation = situation("syria-2013");
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let answer = pool.install(|| asked(&situation, Vary::Parameters(Distribution::Uniform), 40));
        serde_json::to_string(&answer).expect("an answer")
    };
    let one = run(1);
    assert_eq!(one, run(3));
    assert_eq!(one, run(2));
}

#[test]
fn a_file_without_ranges_has_nothing_to_vary() {
    let question = RobustQuestion { vary: Vary::Parameters(Distribution::Uniform), draws: 10, seed: 1 };
    let fault = robust(&unread(), &situation("chicken"), &question, &Options::default(), &Budget::default());
    assert!(fault.expect_err("no ranges").help.is_some_and(|help| help.contains("--swaps")));
}

#[test]
fn an_interrupted_question_is_undecided() {
    let budget = Budget::default();
    budget.stopper.stop();
    let question = RobustQuestion { vary: Vary::Orders { swaps: 3 }, draws: 10, seed: 1 };
    let answer = robust(&unread(), &situation("elmira"), &question, &Options::default(), &budget).expect("known names");
    assert!(matches!(answer.completion, detente_analysis::report::Completion::Undecided { .. }));
}
