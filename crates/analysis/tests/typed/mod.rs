//! Conflicts that are typed in.

use std::collections::BTreeMap;

use detente_analysis::ask::solve_profile;
use detente_analysis::close::Solved;
use detente_analysis::profile::profiles;
use detente_analysis::structure::Structure;
use detente_base::Budget;
use detente_conflict::{
    HorizonConcept, Model, ModelBuilder, MoveKind, StateId, StateSpace, Transitions, solve_horizon, status_quo,
};
use detente_scenario::expr::eval::central_point;
use detente_scenario::{Situation, load_gmcr};
use serde_json::{Value, json};

/// Three parties with rankings drawn at random, such that one answer takes two moves of
/// one party.
pub const DRAWN: &str = r#"{
  "decisionMakers": [
    {"name": "first", "options": [0, 1], "preferences": [], "preferenceRanking":
      [4, 13, 19, 12, [30, 21], 27, 9, 22, [2, 18], 3, 15, 17, 31, 5, 14, 26, 7, 6, 16, 29, 11, 24, 20, 25,
       [23, 28, 1], 10, 32, 8]},
    {"name": "second", "options": [2, 3], "preferences": [], "preferenceRanking":
      [25, 22, 30, [13, 11], 9, 15, 10, 14, 1, [6, 32], 24, 8, 21, [29, 12], 19, 18, 4, 2, [7, 23], [5, 31, 20], 16,
       26, [17, 3, 28], 27]},
    {"name": "third", "options": [4], "preferences": [], "preferenceRanking":
      [14, 11, 30, 8, 27, 9, 12, 23, 19, [17, 28, 32], 24, 20, [4, 31], [16, 25], 13, 6, 3, 21, 29, 22, 26, 18, [1, 5],
       15, 2, 10, 7]}],
  "options": [
    {"name": "a", "permittedDirection": "both"}, {"name": "b", "permittedDirection": "both"},
    {"name": "c", "permittedDirection": "fwd"}, {"name": "d", "permittedDirection": "both"},
    {"name": "e", "permittedDirection": "both"}],
  "infeasibles": [], "useManualPreferenceRanking": true, "coalitions": [0, 1, 2]}"#;

/// The same of four parties: here too an answer takes two moves of one party.
pub const DRAWN_OF_FOUR: &str = r#"{
  "decisionMakers": [
    {"name": "first", "options": [0], "preferences": [], "preferenceRanking":
      [24, 11, 18, 9, 5, [12, 14], 13, 8, 23, [22, 6], 19, 1, 4, [2, 7], 20, [15, 3], 17, 21, 10, 16]},
    {"name": "second", "options": [1, 2, 3], "preferences": [], "preferenceRanking":
      [20, [11, 17], [9, 6, 12], [4, 19], 23, 22, 2, 10, 13, 18, 15, 1, 16, 7, [8, 5], 24, 3, 14, 21]},
    {"name": "third", "options": [4], "preferences": [], "preferenceRanking":
      [9, 8, 18, 21, 7, 10, 15, 5, 2, [14, 1], 24, 4, 19, 17, 3, [16, 22, 12, 20], 13, 23, 6, 11]},
    {"name": "fourth", "options": [5], "preferences": [], "preferenceRanking":
      [10, 15, 4, 8, 19, 21, [9, 16], 12, 20, 1, [22, 2], 6, 24, 11, 5, 7, 3, 18, 14, 23, 13, 17]}],
  "options": [
    {"name": "a", "permittedDirection": "fwd"}, {"name": "b", "permittedDirection": "both"},
    {"name": "c", "permittedDirection": "both"}, {"name": "d", "permittedDirection": "both"},
    {"name": "e", "permittedDirection": "both"}, {"name": "f", "permittedDirection": "both"}],
  "infeasibles": [[[3, "Y"], [5, "Y"]], [[2, "Y"], [4, "Y"]], [[1, "Y"], [5, "N"]]],
  "useManualPreferenceRanking": true, "coalitions": [0, 1, 2, 3]}"#;

/// The Cuban missile crisis with an air strike that can be called off, as
/// `[FraserHipel1984]` has it: air strike, blockade; withdraw, escalate.
pub const CALLED_OFF: &str = r#"{
  "decisionMakers": [
    {"name": "United States", "options": [0, 1], "preferences": [],
     "preferenceRanking": [5, 7, 6, 8, 3, 2, 4, 1, 12, 10, 11, 9]},
    {"name": "Soviet Union", "options": [2, 3], "preferences": [],
     "preferenceRanking": [1, 5, 7, 3, 6, 2, 8, 4, 12, 10, 11, 9]}],
  "options": [
    {"name": "air strike", "permittedDirection": "both"}, {"name": "blockade", "permittedDirection": "both"},
    {"name": "withdraw", "permittedDirection": "both"}, {"name": "escalate", "permittedDirection": "both"}],
  "infeasibles": [[[2, "Y"], [3, "Y"]]], "useManualPreferenceRanking": true, "coalitions": [0, 1]}"#;

/// Asks something of a conflict that is typed in.
pub fn solved<T>(text: &str, ask: impl FnOnce(&Solved<'_>) -> T) -> T {
    let loaded = load_gmcr("typed.gmcr", text.as_bytes());
    let shown: Vec<&String> = loaded.diagnostics.iter().map(|d| &d.message).collect();
    solved_situation(loaded.situation.as_ref().unwrap_or_else(|| panic!("{shown:?}")), ask)
}

/// The same of a situation.
pub fn solved_situation<T>(situation: &Situation, ask: impl FnOnce(&Solved<'_>) -> T) -> T {
    let budget = Budget::default();
    let structure = Structure::new(situation, &budget).expect("small");
    let point = central_point(situation).expect("no division");
    let profile = profiles(situation, 1).remove(0);
    ask(&solve_profile(&structure, &profile, &point, &budget).expect("small"))
}

fn options(count: usize) -> Value {
    (0..count).map(|option| json!({"name": format!("o{option}"), "permittedDirection": "both"})).collect()
}

/// Two parties with two options each; of the numbers x and y that they make, only (k, k) and
/// (k + 1, k) are feasible, so that each must move three times to get from 0 to 3.
pub fn steps_of_the_staircase() -> u32 {
    let infeasible: Vec<Value> = (0..16_u32)
        .filter(|code| code % 4 != code / 4 && code % 4 != code / 4 + 1)
        .map(|code| (0..4).map(|bit| json!([bit, if code >> bit & 1 == 1 { "Y" } else { "N" }])).collect())
        .collect();
    let text = json!({
        "decisionMakers": [
            {"name": "first", "options": [0, 1], "preferences": []},
            {"name": "second", "options": [2, 3], "preferences": []}],
        "options": options(4), "infeasibles": infeasible,
        "useManualPreferenceRanking": false, "coalitions": [0, 1],
    });
    solved(&text.to_string(), |solved| {
        let last = StateId::from_index(solved.model.state_count() - 1);
        let reach = status_quo(&solved.model, StateId(0), MoveKind::Any, &Budget::default()).expect("small");
        reach.distance(last).expect("it is reached")
    })
}

/// Two parties with three options each, and one statement for each outcome, the last
/// outcome first.
pub fn many_statements() -> String {
    let statements: Vec<Value> = (0..64_u32)
        .rev()
        .map(|code| (0..6).map(|bit| json!([bit, if code >> bit & 1 == 1 { "Y" } else { "N" }])).collect())
        .collect();
    json!({
        "decisionMakers": [
            {"name": "first", "options": [0, 1, 2], "preferences": statements},
            {"name": "second", "options": [3, 4, 5], "preferences": statements}],
        "options": options(6), "infeasibles": [], "useManualPreferenceRanking": false, "coalitions": [0, 1],
    })
    .to_string()
}

/// After how many moves ahead what two parties expect repeats.
pub fn period(model: &Model) -> u32 {
    let solution = solve_horizon(model, HorizonConcept::NonMyopic, &Budget::default()).expect("two decision makers");
    solution.cycle().expect("asked for").period
}

/// How often each period occurs in the games of two players with two strategies and strict
/// orders.
pub fn periods_of_strict_games() -> BTreeMap<u32, u32> {
    let digits = |code: u32| [code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6];
    let orders: Vec<[u32; 4]> = (0..256).map(digits).filter(|order| (0..4).all(|rank| order.contains(&rank))).collect();
    let mut counts = BTreeMap::new();
    for first in &orders {
        for second in &orders {
            let mut builder = ModelBuilder::new(StateSpace::full(&[2, 2]).expect("four states"));
            for (coordinate, order) in [first, second].into_iter().enumerate() {
                let player = builder.decision_maker(format!("player {coordinate}"));
                builder.control(player, coordinate, Transitions::Free).ranks(player, order.to_vec());
            }
            *counts.entry(period(&builder.build().expect("a right game"))).or_insert(0) += 1;
        }
    }
    counts
}
