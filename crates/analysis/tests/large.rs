//! What is said of many outcomes is true of each of them: formulas, groups, orders and
//! filters against the plain sets, outcome by outcome.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use detente_analysis::report::{Formula, GroupChoice, Membership, PatternView, SetDescription, Side};
use detente_analysis::structure::{Structure, state_values};
use detente_analysis::{Lists, Options, StableAnswer, StableProfile, stable};
use detente_base::{Budget, SourceText};
use detente_conflict::StateId;
use detente_scenario::{Situation, load};

const CASES: [&str; 7] = [
    "syria-2013/scenario.yaml",
    "aleppo-2016/scenario.yaml",
    "elmira/scenario.yaml",
    "garrison-diversion/scenario.yaml",
    "milk-river/scenario.yaml",
    "cuban-missile-crisis/scenario.yaml",
    "gatt-trade/scenario.yaml",
];

fn read(case: &str) -> (SourceText, Situation) {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(case);
    let bytes = std::fs::read(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    let loaded = load(case, &bytes);
    (loaded.source, loaded.situation.expect("a right case"))
}

fn ask((source, situation): &(SourceText, Situation), options: &Options) -> StableAnswer {
    stable(source, situation, options, &Budget::default()).unwrap_or_else(|fault| panic!("{fault:?}"))
}

/// Every feasible outcome as ids of values by ids of issues.
fn outcomes(situation: &Situation) -> Vec<BTreeMap<String, String>> {
    let structure = Structure::new(situation, &Budget::default()).expect("within the budget");
    let ids = |state: usize| {
        let values = state_values(&structure, StateId::from_index(state));
        let pair = |(issue, value): (&detente_scenario::situation::Issue, &detente_scenario::situation::ValueId)| {
            (issue.id.clone(), issue.values[value.index()].id.clone())
        };
        situation.issues.iter().zip(&values).map(pair).collect()
    };
    (0..structure.states.state_count()).map(ids).collect()
}

fn fits(pattern: &PatternView, outcome: &BTreeMap<String, String>) -> bool {
    pattern.conditions.iter().all(|condition| {
        condition.values.contains(&outcome[&condition.issue]) == (condition.relation == Membership::OneOf)
    })
}

fn told_by(formula: &Formula, outcome: &BTreeMap<String, String>) -> bool {
    formula.patterns.iter().any(|p| fits(&p.pattern, outcome)) == (formula.side == Side::Members)
}

fn described(description: &SetDescription, outcome: &BTreeMap<String, String>) -> bool {
    description.common.iter().all(|(issue, value)| outcome[issue] == *value) && told_by(&description.formula, outcome)
}

fn set(profile: &StableProfile, concept: &str) -> BTreeSet<u32> {
    profile.equilibria[concept].iter().copied().collect()
}

#[test]
fn summaries_describe_exactly_the_outcomes_that_hold() {
    let mut complete = 0;
    for case in CASES {
        let question = read(case);
        let all = outcomes(&question.1);
        let answer = ask(&question, &Options { list_limit: 1, lists: Lists::Whole, ..Options::default() });
        for profile in &answer.profiles {
            let mut told = 0;
            for summary in &profile.summaries {
                told += summary.concepts.len();
                let set = set(profile, &summary.concepts[0]);
                assert_eq!(summary.count, set.len() as u64);
                assert!(summary.description.formula.verified, "{case}");
                for concept in &summary.concepts {
                    assert_eq!(profile.counts[concept], summary.count, "{case}");
                }
                if !summary.description.formula.is_complete() {
                    continue;
                }
                complete += 1;
                for (index, outcome) in all.iter().enumerate() {
                    let holds = set.contains(&(index as u32 + 1));
                    assert_eq!(described(&summary.description, outcome), holds, "{case}, outcome {}", index + 1);
                }
            }
            let empty = profile.counts.values().filter(|count| **count == 0).count();
            assert!(profile.summaries.is_empty() || told + empty == profile.counts.len(), "{case}");
        }
    }
    assert!(complete > 12, "{complete}");
}

#[test]
fn groups_count_the_outcomes_of_each_combination_of_values() {
    for case in CASES {
        let question = read(case);
        let all = outcomes(&question.1);
        let issues: Vec<String> = question.1.issues.iter().rev().take(2).map(|issue| issue.id.clone()).collect();
        let options = Options { group_by: issues.clone(), lists: Lists::Whole, list_limit: 50, ..Options::default() };
        for profile in ask(&question, &options).profiles {
            let groups = profile.groups.as_ref().expect("groups were asked for");
            assert_eq!((&groups.issues, &groups.chosen), (&issues, &GroupChoice::Asked));
            assert_eq!(groups.rows.iter().map(|row| row.outcomes).sum::<u64>(), all.len() as u64, "{case}");
            for row in &groups.rows {
                let in_row = |outcome: &BTreeMap<String, String>| {
                    issues.iter().zip(&row.values).all(|(issue, value)| outcome[issue] == *value)
                };
                for (concept, count) in ["R", "SSEQ", "SEQ", "SMR", "GMR"].iter().zip(&row.holding) {
                    let held = set(&profile, concept).iter().filter(|n| in_row(&all[**n as usize - 1])).count();
                    assert_eq!(held as u64, *count, "{case}: {:?} under {concept}", row.values);
                }
            }
        }
    }
}

#[test]
fn the_most_telling_issues_split_the_trade_talks_cleanly() {
    let answer = ask(&read("gatt-trade/scenario.yaml"), &Options::default());
    let groups = answer.profiles[0].groups.as_ref().expect("a cut list");
    assert_eq!(groups.issues, ["us_linkages", "ec_follow"]);
    assert_eq!(groups.chosen, GroupChoice::Telling { concept: "SEQ".into() });
    // Outcomes, and those that hold under SEQ: the third column says nearly all.
    let counts: Vec<(u64, u64)> = groups.rows.iter().map(|row| (row.outcomes, row.holding[2])).collect();
    assert_eq!(counts, [(9216, 0), (2304, 2304), (9216, 2304), (2304, 0)]);
}

#[test]
fn a_filter_narrows_sets_counts_and_lists() {
    for case in CASES {
        let question = read(case);
        let all = outcomes(&question.1);
        let issue = &question.1.issues[0];
        let value = &issue.values[0].id;
        let whole = Options { lists: Lists::Whole, ..Options::default() };
        let filter = if issue.values.len() == 2 && value == "no" {
            format!("not {}", issue.id)
        } else {
            format!("{} == {value}", issue.id)
        };
        let every = ask(&question, &whole);
        let some = ask(&question, &Options { filter: Some(filter), ..whole });
        let kept = |number: &&u32| all[**number as usize - 1][&issue.id] == *value;
        let view = some.filter.as_ref().expect("a filter");
        assert_eq!(view.outcomes as usize, all.iter().filter(|outcome| outcome[&issue.id] == *value).count());
        for (narrow, wide) in some.profiles.iter().zip(&every.profiles) {
            for (concept, numbers) in &narrow.equilibria {
                let expected: Vec<u32> = wide.equilibria[concept].iter().filter(kept).copied().collect();
                assert_eq!(*numbers, expected, "{case}: {concept}");
                assert_eq!(narrow.counts[concept], expected.len() as u64);
            }
            assert!(narrow.outcomes.iter().all(|row| kept(&&row.outcome)), "{case}");
        }
    }
}

#[test]
fn orders_put_first_what_they_name() {
    let question = read("garrison-diversion/scenario.yaml");
    let rows = |keys: &[&str]| {
        let order = keys.iter().map(|key| (*key).to_owned()).collect();
        ask(&question, &Options { order, list_limit: 100, ..Options::default() }).profiles.remove(0).outcomes
    };
    let usual = rows(&[]);
    assert_eq!(usual.len(), 15);
    let numbers = |rows: &[detente_analysis::StableOutcome]| rows.iter().map(|r| r.outcome).collect::<Vec<_>>();
    assert_eq!(numbers(&rows(&["support"])), numbers(&usual));
    let strength: Vec<usize> = rows(&["strength"]).iter().map(|row| 5 - row.holds.len()).collect();
    assert!(strength.is_sorted());
    let far = |steps: Option<u32>| steps.unwrap_or(u32::MAX);
    assert!(rows(&["reach"]).iter().map(|r| (far(r.steps_by_improvements), far(r.steps_by_moves))).is_sorted());
    // Canada's first is `plan == reduced & legal & advice == suspend`, its last the full scheme.
    let canada = rows(&["canada"]);
    let advice =
        |row: &detente_analysis::StableOutcome| row.values.iter().find(|(i, _)| i == "advice").unwrap().1.clone();
    assert_eq!(advice(&canada[0]), "suspend");
    assert_eq!(numbers(&rows(&["party:canada"])), numbers(&canada));
    let mut sorted = numbers(&canada);
    sorted.sort_unstable();
    let mut usual_sorted = numbers(&usual);
    usual_sorted.sort_unstable();
    assert_eq!(sorted, usual_sorted, "the same outcomes in another order");
}

#[test]
fn what_cannot_be_asked_is_refused_with_a_repair() {
    let (source, situation) = read("garrison-diversion/scenario.yaml");
    let refusal = |options: &Options| {
        let fault = stable(&source, &situation, options, &Budget::default()).expect_err("a refusal");
        (fault.message, fault.help.unwrap_or_default())
    };
    let filter = |text: &str| Options { filter: Some(text.into()), ..Options::default() };
    assert_eq!(
        refusal(&filter("plan == full & not legal")).0,
        "no feasible outcome satisfies `plan == full & not legal`"
    );
    assert!(refusal(&filter("plam == full")).0.contains("`plam`"));
    let by = |ids: &[&str]| Options { group_by: ids.iter().map(|id| (*id).to_owned()).collect(), ..Options::default() };
    let (message, help) = refusal(&by(&["plam"]));
    assert_eq!((message.as_str(), help.as_str()), ("there is no issue `plam` to group by", "did you mean `plan`?"));
    assert_eq!(refusal(&by(&["plan", "plan"])).0, "the issue `plan` is named twice");
    let order = Options { order: vec!["stength".into()], ..Options::default() };
    let (message, help) = refusal(&order);
    assert_eq!((message.as_str(), help.as_str()), ("there is no order `stength`", "did you mean `strength`?"));
}

#[test]
fn sets_of_more_than_ten_thousand_are_counted_unless_asked_for() {
    let question = read("gatt-trade/scenario.yaml");
    let short = ask(&question, &Options::default());
    assert_eq!(short.counts["SMR"], 20_840);
    assert_eq!(short.equilibria.keys().collect::<Vec<_>>(), ["R", "SEQ", "SSEQ"]);
    let whole = ask(&question, &Options { lists: Lists::Whole, ..Options::default() });
    assert_eq!(whole.equilibria["SMR"].len(), 20_840);
}
