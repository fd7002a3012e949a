//! What parties would do together: worked cases, options and budgets.

use std::path::Path;

use detente_analysis::report::{CoalitionsAnswer, CoalitionsProfile, Completion, EquilibriumSet, TogetherView};
use detente_analysis::{AskError, CoalitionOptions, Options, Pareto, analyze, coalitions};
use detente_base::{Budget, StopReason};
use detente_scenario::{Loaded, load};

fn read(case: &str) -> Loaded {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(case);
    load(case, &std::fs::read(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display())))
}

fn ask(loaded: &Loaded, options: &Options, asked: &CoalitionOptions) -> Result<CoalitionsAnswer, AskError> {
    let situation = loaded.situation.as_ref().expect("no errors");
    coalitions(&loaded.source, situation, options, asked, &Budget::default())
}

fn only(answer: &CoalitionsAnswer) -> &CoalitionsProfile {
    let [profile] = answer.profiles.as_slice() else { panic!("one combination of types") };
    profile
}

fn merged(ids: &[&str]) -> CoalitionOptions {
    CoalitionOptions { merged: vec![ids.iter().map(|id| (*id).to_owned()).collect()], ..CoalitionOptions::default() }
}

fn numbers(sets: &[EquilibriumSet], concept: &str) -> Vec<u32> {
    sets.iter().find(|set| set.concept == concept).expect("a listed concept").outcomes.clone()
}

#[test]
fn ministry_and_company_break_the_deadlock_of_elmira() {
    let answer = ask(&read("elmira/scenario.yaml"), &Options::default(), &CoalitionOptions::default()).unwrap();
    let profile = only(&answer);
    let [broken] = profile.broken.as_slice() else { panic!("one outcome is broken: {:?}", profile.broken) };
    assert_eq!((broken.outcome, broken.alone.len(), broken.together.len()), (7, 4, 0));
    assert_eq!(broken.by, [["ministry", "uniroyal"]]);
    let [found] = broken.breaks.as_slice() else { panic!("one coalition") };
    assert_eq!((found.to, found.verified), (10, true));
    let path: Vec<(&str, u32)> = found.steps.iter().map(|step| (step.party.as_str(), step.to)).collect();
    assert_eq!(path, [("ministry", 8), ("uniroyal", 10)]);
    assert_eq!(found.gains.len(), 2);
    assert!(found.foresight.iter().all(|verdict| !verdict.stays) && found.foresight.len() == 3);
    let together: Vec<Vec<u32>> =
        profile.sets.iter().map(|set| set.together.as_ref().expect("a small case").outcomes.clone()).collect();
    assert_eq!(together[0], [5, 6, 10, 11, 12]);
    assert_eq!(together[1], [5, 6, 10, 11, 12]);
    assert_eq!(together[2], [1, 4, 5, 6, 10, 11, 12]);
    assert_eq!(together[3], [1, 4, 5, 6, 10, 11, 12]);
    assert!(profile.sets.iter().all(|set| set.complete) && profile.coalitions.len() == 7);
}

/// The coalition of the shipped example, by gmcr-py 0.4.1.
#[test]
fn ministry_and_company_as_one_decision_maker() {
    let elmira = read("elmira/scenario.yaml");
    let answer = ask(&elmira, &Options::default(), &merged(&["ministry", "uniroyal"])).unwrap();
    let view = only(&answer).merged.as_ref().expect("it was asked for");
    assert_eq!(view.blocks, [vec!["ministry", "uniroyal"], vec!["local"]]);
    assert_eq!(numbers(&view.sets, "R"), [5, 6, 9, 10, 11, 12]);
    assert_eq!(numbers(&view.sets, "SEQ"), [1, 5, 6, 9, 10, 11, 12]);
    assert_eq!(numbers(&view.sets, "GMR"), [1, 3, 4, 5, 6, 9, 10, 11, 12]);
    assert_eq!(numbers(&view.sets, "SMR"), [1, 3, 4, 5, 6, 9, 10, 11, 12]);
}

#[test]
fn options_that_name_nothing_are_refused() {
    let elmira = read("elmira/scenario.yaml");
    let message = |options: Options, asked: CoalitionOptions| ask(&elmira, &options, &asked).unwrap_err().message;
    assert_eq!(message(Options::default(), merged(&["ministry", "x"])), "there is no party `x`");
    assert_eq!(message(Options::default(), merged(&["local", "local"])), "the party `local` is merged twice");
    let nowhere = Options { outcome: Some("13".into()), ..Options::default() };
    assert_eq!(message(nowhere, CoalitionOptions::default()), "there is no outcome 13");
}

#[test]
fn an_outcome_that_is_asked_for_is_told_of_even_if_it_is_kept() {
    let options = Options { outcome: Some("abandoned".into()), ..Options::default() };
    let answer = ask(&read("elmira/scenario.yaml"), &options, &CoalitionOptions::default()).unwrap();
    let found: Vec<(u32, usize)> = only(&answer).broken.iter().map(|one| (one.outcome, one.by.len())).collect();
    assert_eq!(found, [(5, 0), (6, 0), (11, 0), (12, 0)]);
}

#[test]
fn sizes_and_readings_narrow_what_holds() {
    let garrison = read("garrison-diversion/scenario.yaml");
    let count = |asked: CoalitionOptions| {
        let answer = ask(&garrison, &Options::default(), &asked).unwrap();
        let profile = only(&answer);
        let together = profile.sets[0].together.as_ref().expect("a small case").count;
        (profile.largest, profile.coalitions.len(), profile.sets[0].alone.count, together)
    };
    assert_eq!(count(CoalitionOptions { largest: Some(1), ..CoalitionOptions::default() }), (1, 4, 7, 7));
    assert_eq!(count(CoalitionOptions::default()), (4, 15, 7, 5));
    assert_eq!(count(CoalitionOptions { pareto: Pareto::NoMemberLoses, ..CoalitionOptions::default() }), (4, 15, 7, 0));
}

/// The second step needs consent; the coalition passes through an outcome that one of
/// its members likes less, which the one who consents does not.
#[test]
fn a_joint_change_is_a_step_of_its_proposer() {
    let text = "
detente: 1
title: A pact
parties: {a: A, b: B, c: C}
issues:
  door: {set_by: c}
  pact: {set_by: [a, b], joint: true}
";
    let text = text.replace("{set_by: [a, b], joint: true}", "{set_by: [a, b]}")
        + "preferences:
  a: {priority: [door & pact]}
  b: {priority: [door & pact, not pact]}
  c: {priority: [door & pact, not door]}
status_quo: {door: no, pact: no}
";
    let loaded = load("pact.yaml", text.as_bytes());
    assert!(loaded.situation.is_some(), "{:?}", loaded.diagnostics);
    let answer = ask(&loaded, &Options::default(), &CoalitionOptions::default()).unwrap();
    let broken = &only(&answer).broken;
    let quo = broken.iter().find(|one| one.outcome == 1).expect("the status quo is left together");
    assert_eq!(quo.by[0], ["a", "c"]);
    let path: Vec<(&str, u32)> = quo.breaks[0].steps.iter().map(|step| (step.party.as_str(), step.to)).collect();
    assert_eq!(path, [("c", 2), ("a", 4)]);
}

/// What `analyze` says of coalitions.
fn together(case: &str) -> Vec<TogetherView> {
    let loaded = read(case);
    let situation = loaded.situation.as_ref().expect("no errors");
    let report = analyze(&loaded.source, situation, &Options::default(), &Budget::default()).expect("no options");
    report.profiles.into_iter().map(|profile| profile.together.expect("there is something to ask")).collect()
}

#[test]
fn analyze_tells_who_breaks_the_deadlock_of_elmira() {
    let [view] = together("elmira/scenario.yaml").try_into().expect("one combination");
    assert_eq!((view.coalition_count.as_str(), view.stopped), ("7", None));
    assert_eq!(view.kept, [1, 5, 6, 10]);
    let [broken] = view.broken.as_slice() else { panic!("one outcome: {:?}", view.broken) };
    assert_eq!((broken.outcome, broken.concept.as_str()), (7, "CNash"));
    let [found] = broken.breaks.as_slice() else { panic!("one coalition") };
    assert_eq!((found.members.as_slice(), found.to), (&["ministry".to_owned(), "uniroyal".to_owned()][..], 10));
    assert!(found.verified && found.foresight.iter().all(|verdict| !verdict.stays && verdict.verified));
}

/// Of two ways out, one of which a strike would spoil, the one is told that nobody can stop.
#[test]
fn what_nobody_could_stop_is_what_is_shown() {
    let likes = "{ranking: [x == far & y == far, x == near & y == near & not strike, x == stay & y == stay]}";
    let text = format!(
        "detente: 1\ntitle: Two ways\nparties: {{a: Ada, b: Bo, c: Cy}}\nissues:\n  x: {{values: [stay, near, far], \
         set_by: a}}\n  y: {{values: [stay, near, far], set_by: b}}\n  strike: {{set_by: c}}\nstatus_quo: {{x: stay, y: \
         stay, strike: no}}\npreferences:\n  a: {likes}\n  b: {likes}\n  c: {{priority: [not strike]}}\n"
    );
    let loaded = load("two.yaml", text.as_bytes());
    let situation = loaded.situation.as_ref().expect("no errors");
    let report = analyze(&loaded.source, situation, &Options::default(), &Budget::default()).expect("no options");
    let view = report.profiles[0].together.as_ref().expect("there is something to ask");
    let quo = view.broken.iter().find(|one| one.outcome == 1).expect("the status quo is left together");
    let [found] = quo.breaks.as_slice() else { panic!("one coalition") };
    // 5 is near and near, which a strike answers; 9 is far and far.
    assert_eq!((found.to, found.under.as_str(), quo.concept.as_str()), (9, "CGMR", "CNash"));
    assert!(found.verified && found.foresight.iter().all(|verdict| !verdict.stays && verdict.verified));
}

/// The deal holds for the type that fears the strike, and no coalition leaves it.
#[test]
fn no_coalition_leaves_the_deal_of_syria() {
    let views = together("syria-2013/scenario.yaml");
    assert_eq!(views.len(), 2);
    assert!(views[0].kept.contains(&474) && views.iter().all(|view| view.stopped.is_none()), "{views:?}");
}

/// What `analyze` says is what `coalitions` says.
#[test]
fn analyze_and_coalitions_agree() {
    for case in ["garrison-diversion", "aleppo-2016", "milk-river", "prisoners-dilemma", "chicken", "syria-2013"] {
        let case = format!("{case}/scenario.yaml");
        let answer =
            ask(&read(&case), &Options { list_limit: 1_000, ..Options::default() }, &CoalitionOptions::default());
        for (view, profile) in together(&case).iter().zip(&answer.unwrap().profiles) {
            for one in &view.broken {
                let other = profile.broken.iter().find(|other| other.outcome == one.outcome).expect("it is broken");
                assert_eq!((&one.concept, &one.alone, &one.by), (&other.concept, &other.alone, &other.by), "{case}");
                assert_eq!(one.breaks[0].to, other.breaks[0].to);
            }
            for kept in &view.kept {
                assert!(profile.broken.iter().all(|other| other.outcome != *kept), "{case}: {kept}");
            }
        }
    }
}

/// Thirty parties have too many coalitions to look at unasked; the rest is answered.
#[test]
fn analyze_does_not_begin_what_would_take_too_long() {
    let loaded = load("many.yaml", many_parties().as_bytes());
    let situation = loaded.situation.as_ref().expect("no errors");
    let report = analyze(&loaded.source, situation, &Options::default(), &Budget::default()).expect("no options");
    let [profile] = report.profiles.as_slice() else { panic!("one combination") };
    assert!(matches!(profile.completion, Completion::Complete));
    let view = profile.together.as_ref().expect("something holds");
    assert!(matches!(&view.stopped, Some(StopReason::TooManyCoalitions { limit: 1023, .. })), "{view:?}");
    assert!(view.kept.is_empty() && view.broken.is_empty());
}

/// In a conflict of 138,240 outcomes the reasons for one are found and checked, with the
/// replies.
#[test]
fn reasons_for_one_outcome_of_many_are_given() {
    let options = Options { outcome: Some("81".into()), ..Options::default() };
    let answer = ask(&read("gatt-trade/scenario.yaml"), &options, &CoalitionOptions::default()).unwrap();
    let profile = only(&answer);
    assert_eq!((profile.checked.confirmed, profile.checked.unchecked), (8, 0));
    let [broken] = profile.broken.as_slice() else { panic!("one outcome") };
    assert_eq!(broken.by, [["us"], ["ec"]]);
    for found in &broken.breaks {
        assert!(found.verified && found.foresight.len() == 3);
        assert!(found.foresight.iter().all(|verdict| verdict.stays && verdict.verified && verdict.reply.is_some()));
    }
}

#[test]
fn a_stopped_question_says_so() {
    let elmira = read("elmira/scenario.yaml");
    let budget = Budget::default();
    budget.stopper.stop();
    let situation = elmira.situation.as_ref().expect("no errors");
    let stopped = coalitions(&elmira.source, situation, &Options::default(), &CoalitionOptions::default(), &budget);
    let answer = stopped.unwrap();
    assert!(matches!(only(&answer).completion, Completion::Undecided { reason: StopReason::Interrupted }));
}

/// Thirty parties, of whom ten set an issue.
fn many_parties() -> String {
    let parties: Vec<String> = (0..30).map(|i| format!("p{i}: P{i}")).collect();
    let issues: Vec<String> = (0..10).map(|i| format!("  i{i}: {{set_by: p{i}}}")).collect();
    let likes: Vec<String> = (0..10).map(|i| format!("  p{i}: {{priority: [not i{}, i{i}]}}", (i + 1) % 10)).collect();
    format!(
        "detente: 1\ntitle: Many\nparties: {{{}}}\nissues:\n{}\npreferences:\n{}\n",
        parties.join(", "),
        issues.join("\n"),
        likes.join("\n")
    )
}

/// Who is last to move is kept in 16 bits.
#[test]
fn more_parties_than_can_be_told_apart_are_no_fault_of_the_program() {
    let parties = (0..60_001).map(|i| format!("  p{i}: P{i}\n")).collect::<Vec<_>>().concat();
    let text = format!("detente: 1\ntitle: Crowd\nparties:\n{parties}issues: {{door: {{set_by: p1}}}}\n");
    let loaded = load("crowd.yaml", text.as_bytes());
    let situation = loaded.situation.as_ref().expect("no errors");
    let report = analyze(&loaded.source, situation, &Options::default(), &Budget::default()).expect("no options");
    let Completion::Undecided { reason } = &report.profiles[0].completion else { panic!("it cannot be answered") };
    assert_eq!(*reason, StopReason::TooManyParties { parties: 60_001, limit: 60_000 });
}

#[test]
fn too_many_coalitions_are_looked_at_as_far_as_possible() {
    let loaded = load("many.yaml", many_parties().as_bytes());
    let answer = ask(&loaded, &Options::default(), &CoalitionOptions::default()).unwrap();
    let profile = only(&answer);
    assert!(
        matches!(&profile.completion, Completion::Undecided { reason: StopReason::TooManyCoalitions { coalitions, .. } }
            if coalitions == "1073741823"),
        "{:?}",
        profile.completion
    );
    assert!(profile.largest >= 3, "{}", profile.largest);
    // Under CSEQ those that can improve are left open.
    assert!(profile.sets.iter().all(|set| !set.complete && set.stopped.is_some()));
    assert_eq!(profile.coalitions[0].stays.len(), 3);
}
