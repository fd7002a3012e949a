//! What would make an outcome hold, as the program says it.

mod support;

use support::{QUARREL, detente, file};

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn scenario(case: &str) -> String {
    format!("{}/../../scenarios/{case}/scenario.yaml", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn conditions_counts_and_the_nearest_order_in_words() {
    let run = detente(&["stable", &scenario("euphrates-1975"), "--make", "water_released & not attack"]);
    assert_eq!(run.status, 0, "{}", run.err);
    for part in [
        "What would make 2 (Water is released and nobody attacks",
        "It holds under no foresight.",
        "Syria, under R, would stay if it ranked no better than 2: 1 (Release of water: no) and 3 (",
        "240 of the 720 orders of all outcomes satisfy this: 33.3 %.",
        "2 rises past 6 (War), 3 (Syria escalates and Iraq holds still) and 1 (the status quo); 3 preferences given up.",
        "300 of the 720 orders",
        "Syria, under SEQ and GMR, would stay",
        "1 (Release of water: no), or where the others can then lead: 4.",
        "384 of the 720 orders",
        "2 rises past 6 (War); 1 preference given up.",
    ] {
        assert!(flat(&run.out).contains(part), "{part:?} is not in\n{}", run.out);
    }
    assert!(run.out.lines().all(|l| l.chars().count() <= 80), "{}", run.out);
}

#[test]
fn a_named_outcome_lists_its_members_by_what_they_take() {
    let path = scenario("syria-2013");
    let run = detente(&["stable", &path, "--make", "firm_deal", "--limit", "5", "--format", "markdown"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let text = flat(&run.out);
    assert!(text.contains("160 outcomes satisfy `firm_deal`; 5 shown."), "{text}");
    assert!(text.contains("Some moves need consent."), "{text}");
}

#[test]
fn wrong_names_are_usage_errors() {
    let path = file("make-names", "x.yaml", QUARREL.as_bytes());
    for (args, part) in [
        (["--make", "paece", "--party", "a"], "paece"),
        (["--make", "peace", "--party", "c"], "there is no party `c`"),
        (["--make", "99", "--party", "a"], "there is no outcome 99"),
    ] {
        let run = detente(&[["stable", &path].as_slice(), &args].concat());
        assert_eq!(run.status, 2);
        assert!(run.err.contains(part), "{}", run.err);
    }
    assert_eq!(detente(&["stable", &path, "--party", "a"]).status, 2);
}
