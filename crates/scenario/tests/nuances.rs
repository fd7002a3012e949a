//! Unknown comparisons, strength, chances and attitudes, from text to situation.

mod support;

use detente_base::Exact;
use detente_scenario::situation::{Attitude, ParameterOrNumber, Situation, Strong};
use detente_scenario::{load, print_scenario};

use support::{expect_codes, read};

const HEAD: &str = "detente: 1\ntitle: t\nparties: {north: North, south: South}\n\
    issues: {post: {values: [manned, watched, empty], set_by: north}, road: {set_by: south}}\n\
    sources: {memo: {title: Memo}}\nclaims: {talk: {says: Talk., source: memo}}\n";

fn situation(text: &str) -> Situation {
    support::situation(HEAD, text)
}

#[track_caller]
fn expect(north: &str, expected: &[&str]) {
    let loaded = read(
        HEAD,
        &format!(
            "preferences:\n  south: {{priority: [road]}}\n  north:\n    because: [talk]\n    ranking: [post == manned, post == watched, otherwise]\n{north}"
        ),
    );
    expect_codes(&loaded, north, expected);
}

const WHOLE: &str = "parameters: {trust: 0.6..0.8}\npreferences:\n  south: {priority: [road]}\n  north:\n    \
    ranking: [post == manned, post == watched, otherwise]\n    \
    unknown:\n    - {between: post == manned, and: post == empty, because: talk, about: Nobody asked.}\n    \
    - {between: post == watched}\n    \
    strong: [{better: post == manned & road, worse: not road, because: talk}]\n    \
    chances: [{better: road, worse: not road, chance: trust}, {better: post == manned, worse: post == watched, chance: 0.1..0.3}]\n    \
    threshold: 2/3\n    attitudes: {south: negative, north: neutral}\n";

#[test]
fn everything_arrives_and_prints_back() {
    let read = situation(WHOLE);
    let nuances = &read.preferences[0].nuances;
    assert_eq!((nuances.unknown.len(), nuances.strong.pairs().len(), nuances.chances.len()), (2, 1, 2));
    assert!(nuances.unknown[1].and.is_none());
    assert_eq!(nuances.unknown[0].origin.about.as_deref(), Some("Nobody asked."));
    assert_eq!(nuances.unknown[0].origin.because.len(), 1);
    let threshold = nuances.threshold.as_ref().expect("given");
    assert_eq!(threshold.value, ParameterOrNumber::Number(Exact::ratio(2, 3)));
    let attitudes: Vec<_> = nuances.attitudes.iter().map(|a| (a.party.index(), a.attitude)).collect();
    assert_eq!(attitudes, [(1, Attitude::Negative), (0, Attitude::Neutral)]);
    assert!(read.preferences[1].nuances.is_empty());
    let text = print_scenario(&read);
    let again = load("again.yaml", text.as_bytes()).situation.unwrap_or_else(|| panic!("{text}"));
    assert_eq!(print_scenario(&again), text);
    assert_eq!(again.preferences[0].nuances.origins().len(), nuances.origins().len(), "{text}");
}

#[test]
fn a_gap_arrives_and_prints_back() {
    let text = WHOLE
        .replace("strong: [{better: post == manned & road, worse: not road, because: talk}]", "strong: {gap: 3/2}");
    let read = situation(&text);
    assert!(matches!(&read.preferences[0].nuances.strong, Strong::Gap(gap, _) if *gap == Exact::ratio(3, 2)));
    let printed = print_scenario(&read);
    let again = load("again.yaml", printed.as_bytes()).situation.expect("printed files are read");
    assert_eq!(print_scenario(&again), printed);
}

#[test]
fn types_share_what_qualifies_their_order() {
    let text = "preferences:\n  south: {priority: [road]}\n  north:\n    threshold: 0.6\n    \
        types: {hard: {chance: 0.7, priority: [post == manned]}, soft: {priority: [post == empty]}}\n";
    let read = situation(text);
    assert_eq!(read.preferences[0].types.len(), 2);
    assert!(read.preferences[0].nuances.threshold.is_some());
    let printed = print_scenario(&read);
    assert!(load("again.yaml", printed.as_bytes()).situation.is_some(), "{printed}");
}

#[test]
fn faults_of_shape_and_of_names_are_reported_once_each() {
    for (text, codes) in [
        ("    unknown: [{between: post == gone, and: road}]\n", vec!["S104"]),
        ("    unknown: [{and: road}]\n", vec!["S032"]),
        ("    unknown: []\n", vec!["S040"]),
        ("    unknown: road\n", vec!["S033"]),
        ("    strong: {gap: 0}\n", vec!["S213"]),
        ("    strong: {gap: wide}\n", vec!["S212"]),
        ("    strong: {gaps: 3}\n", vec!["S030"]),
        ("    strong: [{better: road}]\n", vec!["S032"]),
        ("    chances: [{better: road, worse: not road, chance: 1.2}]\n", vec!["S213"]),
        ("    chances: [{better: road, worse: not road}]\n", vec!["S032"]),
        ("    chances: [{better: road, worse: not roads, chance: 0.2}]\n", vec!["S102"]),
        ("    attitudes: {sooth: positive}\n", vec!["S202"]),
        ("    attitudes: {south: friendly}\n", vec!["S036"]),
        ("    attitudes: {}\n", vec!["S040"]),
    ] {
        expect(text, &codes);
    }
}

#[test]
fn lints_look_at_all_outcomes() {
    for (text, codes) in [
        ("    unknown: [{between: post == manned & post == empty, and: road}]\n", vec!["S320"]),
        ("    unknown: [{between: post == manned & road}]\n", vec!["S320"]),
        ("    unknown: [{between: post == manned}]\n", vec![]),
        ("    strong: [{better: post == empty, worse: post == manned}]\n", vec!["S321"]),
        // Equally good is not better.
        ("    strong: [{better: post == empty & road, worse: post == empty & not road}]\n", vec!["S321"]),
        ("    strong: [{better: post == manned, worse: post != manned}]\n", vec![]),
        ("    strong: [{better: post != empty, worse: post == empty}]\n", vec![]),
        // A third outcome as bad, and one as good, are left out.
        ("    strong: [{better: post == manned, worse: post == empty & road}]\n", vec!["S322"]),
        ("    strong: [{better: post == watched, worse: post == empty}]\n", vec!["S322"]),
        ("    strong: [{better: post == manned & road, worse: post != manned}]\n", vec!["S322"]),
        (
            "    strong: [{better: post == watched, worse: post == empty}, {better: post == manned, worse: post == empty}]\n",
            vec![],
        ),
        ("    chances: [{better: road, worse: road, chance: 0.2}]\n", vec!["S240"]),
        ("    chances: [{better: road, worse: road, chance: 1/2}]\n", vec![]),
        (
            "    chances: [{better: road, worse: not road, chance: 0.2}, {better: post == empty & not road, worse: road, chance: 0.3}]\n",
            vec!["S320"],
        ),
        ("    threshold: 0.6\n", vec!["S323"]),
    ] {
        // Every number here stands below an entry with a claim.
        expect(text, &codes);
    }
}

#[test]
fn strength_is_compared_with_the_order_at_the_central_values() {
    let file = |add: &str| {
        format!(
            "preferences:\n  south: {{priority: [road]}}\n  north:\n    because: [talk]\n    \
             worth: [{{when: post == manned, add: {add}}}, {{when: road, add: 2}}]\n    \
             strong: [{{better: post == manned, worse: post != manned}}]\n"
        )
    };
    let codes = |text: &str| read(HEAD, text).diagnostics.iter().map(|d| d.code.0).collect::<Vec<_>>();
    assert_eq!(codes(&file("3")), Vec::<&str>::new());
    assert_eq!(codes(&file("1")), ["S321"]);
    assert_eq!(codes(&file("2..6")), Vec::<&str>::new());
    assert_eq!(codes(&file("-6..2")), ["S321"]);
}
