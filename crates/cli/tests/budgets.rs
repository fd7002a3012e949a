//! Questions that are too hard for their budget, or too large to list.

mod support;

use std::fmt::Write as _;

use support::{QUARREL, detente, file};

#[test]
fn an_exhausted_budget_is_undecided() {
    let path = file("budget", "x.yaml", QUARREL.as_bytes());
    for command in ["analyze", "stable", "coalitions"] {
        let run = detente(&[command, path.as_str(), "--engine", "explicit", "--max-outcomes", "3"]);
        assert_eq!(run.status, 3, "{}{}", run.out, run.err);
        assert!(run.out.contains("Undecided"), "{}", run.out);
        assert!(run.out.contains("4 combinations of values, and the budget allows 3"), "{}", run.out);
    }
}

#[test]
fn outcomes_too_many_to_list_are_solved_on_diagrams() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/chicken/scenario.yaml");
    let counts = |text: &str| -> Vec<String> {
        let row = |line: &&str| ["R ", "SSEQ ", "SEQ ", "SMR ", "GMR "].iter().any(|symbol| line.starts_with(symbol));
        let words = |line: &str| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
        text.lines().filter(row).map(words).collect()
    };
    let listed = detente(&["stable", path]);
    let diagrams = detente(&["stable", path, "--max-outcomes", "3"]);
    assert_eq!(diagrams.status, 0, "{}{}", diagrams.out, diagrams.err);
    assert!(diagrams.out.contains("solved by decision diagrams"), "{}", diagrams.out);
    assert_eq!(counts(&diagrams.out).len(), 5, "{}", diagrams.out);
    assert_eq!(counts(&diagrams.out), counts(&listed.out)[..5], "{}{}", diagrams.out, listed.out);
}

/// Forty issues that nobody can list.
fn forty() -> String {
    let mut text = "detente: 1\ntitle: Forty\nparties: {a: Ada, b: Bo}\nissues:\n".to_owned();
    (0..40).for_each(|i| writeln!(text, "  i{i}: {{set_by: {}}}", ["a", "b"][i % 2]).expect("text"));
    text.push_str("preferences:\n");
    for (party, others) in [("a", 1), ("b", 0)] {
        let _ = writeln!(text, "  {party}:\n    priority:");
        (0..20).for_each(|i| writeln!(text, "      - i{}", 2 * i + others).expect("text"));
        (0..20).for_each(|i| writeln!(text, "      - not i{}", 2 * i + 1 - others).expect("text"));
    }
    text
}

#[test]
fn questions_about_too_many_outcomes_are_answered_or_refused() {
    let path = file("forty", "x.yaml", forty().as_bytes());
    // A prisoner's dilemma twenty times over: each keeps back whatever the other does.
    let run = detente(&["analyze", &path]);
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("1,099,511,627,776 possible outcomes"), "{}", run.out);
    // A state is left where the other keeps everything back already and one does not.
    let counts = [("R", "1"), ("SEQ", "1,099,509,530,626"), ("GMR", "1,099,509,530,626")];
    for (concept, count) in counts {
        let row = |line: &str| line.split_whitespace().eq([concept, count]);
        assert!(run.out.lines().any(row), "{concept}: {}", run.out);
    }
    assert!(run.out.contains("An outcome holds under R exactly if it has i0, i1, i2"), "{}", run.out);
    let both = (0..40).map(|i| format!("i{i}")).collect::<Vec<_>>().join(" & ");
    let run = detente(&["explain", &path, "--outcome", &both]);
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("a stays under SSEQ, SEQ, SMR and GMR; would leave under R"), "{}", run.out);
    let none = (0..40).map(|i| format!("not i{i}")).collect::<Vec<_>>().join(" & ");
    let run = detente(&["coalitions", &path, "--outcome", &none]);
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("a + b by"), "{}", run.out);
    for (args, words) in [
        (&["explain", &path, "--outcome", "3"][..], "have no numbers"),
        (&["explain", &path, "--outcome", "i0 & not i0"], "no feasible outcome satisfies"),
        (&["explain", &path, "--outcome", "i99"], "i99"),
        (&["stable", &path, "--by", "i3"], "`--by` needs outcomes that are listed"),
        (&["stable", &path, "--sort", "worst"], "`--sort` needs outcomes that are listed"),
        (&["stable", &path, "--where", "i0 &"], "in `i0 &`"),
        (&["coalitions", &path, "--merge", "a+b"], "merged only where outcomes are listed"),
    ] {
        let run = detente(args);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{args:?}: {}", run.err);
        assert!(run.err.contains(words), "{args:?}: {}", run.err);
    }
    for args in [&["stable", &path, "--concepts", "SIM"][..], &["analyze", &path, "--max-nodes", "99"]] {
        let run = detente(args);
        assert_eq!(run.status, 3, "{args:?}: {}{}", run.out, run.err);
    }
}

#[test]
fn answers_of_diagrams_say_no_more_than_was_looked_at() {
    let path = file("forty", "y.yaml", forty().as_bytes());
    // Under R everything is kept back.
    for (condition, words) in [
        ("i0", "None of them holds under R."),
        ("not i1 & not i39", "One of them holds under R exactly if it has i0, i1"),
    ] {
        let run = detente(&["stable", &path, "--where", condition, "--concepts", "R"]);
        assert_eq!(run.status, 0, "{}{}", run.out, run.err);
        assert!(run.out.contains(words), "{}", run.out);
        assert!(!run.out.contains("o outcome holds"), "{}", run.out);
    }
    let mut text = "detente: 1\ntitle: Dilemma\nparties:\n".to_owned();
    (0..40).for_each(|i| writeln!(text, "  p{i}: {{}}").expect("text"));
    text.push_str("issues:\n");
    (0..40).for_each(|i| writeln!(text, "  i{i}: {{set_by: p{i}}}").expect("text"));
    text.push_str("preferences:\n");
    (0..40).for_each(|i| writeln!(text, "  p{i}: {{priority: [not i{}, i{i}]}}", (i + 1) % 40).expect("text"));
    let path = file("forty_parties", "x.yaml", text.as_bytes());
    let none = (0..40).map(|i| format!("not i{i}")).collect::<Vec<_>>().join(" & ");
    let run = detente(&["coalitions", &path, "--outcome", &none, "--max-size", "1"]);
    // Groups of 39 others that might reply jointly are too many.
    assert_eq!(run.status, 3, "{}{}", run.out, run.err);
    for words in [
        "Of 1,099,511,627,775 coalitions, the 40 with the fewest members were looked at.",
        "Under CNash, these coalitions leave it, and every other one looked at that does contains one of them:",
        "Under CSEQ, no coalition is known to leave it.",
        "Under CSMR and CGMR, no coalition that was looked at leaves it.",
        "p39 by p39 (i39: yes)",
    ] {
        let flat = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(words), "{words}: {}", run.out);
    }
}

#[test]
fn a_time_limit_ends_a_long_question() {
    // 4^11 outcomes take far longer than the time allowed.
    let mut issues = String::new();
    let mut wants = [String::new(), String::new()];
    for i in 0..11 {
        let _ = writeln!(issues, "  i{i}: {{values: [p, q, r, s], set_by: {}}}", ["a", "b"][i % 2]);
        let _ = writeln!(wants[0], "      - {{when: i{i} == q, add: {}}}", i + 1);
        let _ = writeln!(wants[1], "      - {{when: i{i} == q, add: -{}}}", i + 1);
    }
    let text = format!(
        "detente: 1\ntitle: Many\nparties: {{a: Ada, b: Bo}}\nissues:\n{issues}preferences:\n  a:\n    worth:\n{}  b:\n    worth:\n{}",
        wants[0], wants[1]
    );
    let path = file("time", "x.yaml", text.as_bytes());
    for concepts in ["R", "SIM", "NM"] {
        let run = detente(&["stable", &path, "--concepts", concepts, "--budget", "1ms"]);
        assert_eq!(run.status, 3, "{}{}", run.out, run.err);
        assert!(run.out.contains("the time was up"), "{}", run.out);
    }
}
