//! Answers: their forms, their exit status, and what they say.

mod support;

use support::{QUARREL, detente, file};

fn matches_schema(json: &str, name: &str) {
    let schema = detente(&["schema", "--for", name]);
    assert_eq!(schema.status, 0, "{}", schema.err);
    let schema: serde_json::Value = serde_json::from_str(&schema.out).expect("the schema is JSON");
    let value: serde_json::Value = serde_json::from_str(json).expect("the answer is JSON");
    let mut compiler = boon::Compiler::new();
    let mut schemas = boon::Schemas::new();
    compiler.add_resource("schema.json", schema).expect("a schema");
    let index = compiler.compile("schema.json", &mut schemas).expect("a schema");
    if let Err(fault) = schemas.validate(&value, index) {
        panic!("{name}: {fault}");
    }
}

/// Protocols of three kinds, one with a result without end.
const TALKS: &str = "
detente: 1
title: Talks
parties: {a: A, b: B}
parameters: {p: 0.5..0.9}
protocols:
  talks: {kind: alternating-offers, between: [a, b], patience: p, outside: {b: 0.6}}
  soon: {kind: alternating-offers, between: [a, b], patience: 0.9, rounds: 3}
  threat: {kind: decaying-will, coercer: a, target: b, will: 10, decay: 0.1, cost: 6, backing_down: 4..8, deal: 4, strike: 9, strike_rate: 0.1, rate: 0.01, clause: 3, unit: day}
";

#[test]
fn delay_is_told_in_every_form() {
    let talks = file("delay", "x.yaml", TALKS.as_bytes());
    let text = detente(&["delay", &talks]);
    assert_eq!((text.status, text.err.as_str()), (0, ""));
    for line in [
        "A makes the first offer; there is no last one.",
        "A makes the first offer, and also the last.",
        "The threat by A is credible for ever.",
        "Model: backward induction from the last offer",
    ] {
        assert!(text.out.contains(line), "{line}: {}", text.out);
    }
    let markdown = detente(&["delay", &talks, "--protocol", "soon", "--format", "markdown"]);
    assert!(markdown.out.contains("## soon (alternating-offers, line 8)"), "{}", markdown.out);
    let json: serde_json::Value =
        serde_json::from_str(&detente(&["delay", &talks, "--protocol", "threat", "--format", "json"]).out)
            .expect("JSON");
    let first = &json["protocols"][0]["results"][0];
    assert_eq!((&first["result"], &first["value"]), (&"credible_until".into(), &serde_json::Value::Null));
    assert_eq!(detente(&["analyze", &talks, "--format", "json"]).status, 0);
    let path = file("delay-none", "x.yaml", QUARREL.as_bytes());
    let none = detente(&["delay", &path]);
    assert_eq!(none.status, 2);
    assert!(none.err.contains("the file has no protocols"), "{}", none.err);
}

#[test]
fn every_json_matches_its_schema() {
    let path = file("json", "x.yaml", QUARREL.as_bytes());
    let bad = file("json-bad", "x.yaml", b"detente: 1\ntitle: x\nparites: {}\n");
    let talks = file("json-talks", "x.yaml", TALKS.as_bytes());
    for (args, name, status) in [
        (vec!["analyze", &path], "report", 0),
        (vec!["explain", &path, "--outcome", "peace"], "report", 0),
        (vec!["stable", &path], "stable", 0),
        (vec!["coalitions", &path], "coalitions", 0),
        (vec!["coalitions", &path, "--merge", "a+b", "--pareto", "--outcome", "1"], "coalitions", 0),
        (vec!["coalitions", &path, "--engine", "explicit", "--max-outcomes", "2"], "coalitions", 3),
        (vec!["coalitions", &path, "--max-outcomes", "2"], "coalitions", 0),
        (vec!["coalitions", &path, "--max-outcomes", "2", "--outcome", "peace"], "coalitions", 0),
        (vec!["coalitions", &path, "--engine", "symbolic", "--max-nodes", "9"], "coalitions", 3),
        (vec!["stable", &path, "--concepts", "all"], "stable", 0),
        (vec!["stable", &path, "--limit", "1", "--where", "not hit", "--by", "push,hit", "--all"], "stable", 0),
        (vec!["stable", &path, "--limit", "1", "--sort", "worst,reach"], "stable", 0),
        (vec!["analyze", &path, "--where", "peace", "--sort", "total"], "report", 0),
        (vec!["explain", &path, "--outcome", "peace", "--concepts", "all"], "report", 0),
        (vec!["stable", &path, "--make", "peace"], "make", 0),
        (vec!["stable", &path, "--make", "peace", "--party", "a", "--max-outcomes", "2"], "make", 3),
        (vec!["delay", &talks], "delay", 0),
        (vec!["delay", &talks, "--protocol", "threat", "--set", "p=0.9"], "delay", 0),
        (vec!["analyze", &talks], "report", 0),
        (vec!["robust", &path], "robust", 0),
        (vec!["robust", &path, "--swaps", "2", "--draws", "50"], "robust", 0),
        (vec!["check", &path], "diagnostics", 0),
        (vec!["check", &bad], "diagnostics", 1),
        (vec!["analyze", &path, "--engine", "explicit", "--max-outcomes", "2"], "report", 3),
        (vec!["analyze", &path, "--max-outcomes", "2"], "report", 0),
        (vec!["analyze", &path, "--engine", "symbolic", "--max-nodes", "9"], "report", 3),
        (vec!["explain", &path, "--engine", "symbolic", "--outcome", "peace"], "report", 0),
        (vec!["stable", &path, "--engine", "symbolic", "--where", "not hit"], "stable", 0),
        (vec!["stable", &path, "--engine", "symbolic", "--concepts", "R,SIM"], "stable", 3),
    ] {
        let run = detente(&[args.as_slice(), &["--format", "json"]].concat());
        assert_eq!(run.status, status, "{args:?}: {}", run.err);
        matches_schema(&run.out, name);
    }
    let scenario = detente(&["schema"]);
    assert!(serde_json::from_str::<serde_json::Value>(&scenario.out).unwrap().is_object());
}

/// What orders alone do not use is named by every question that asks of orders alone.
#[test]
fn questions_name_the_statements_that_they_do_not_use() {
    let more = "    unknown: [{between: push, and: hit}]\n    attitudes: {b: negative}\n";
    let text = QUARREL.replacen("preferences:\n  a:\n", &format!("preferences:\n  a:\n{more}"), 1);
    assert_ne!(text, QUARREL);
    let (path, other) = (file("aside", "x.yaml", text.as_bytes()), file("aside-plain", "y.yaml", QUARREL.as_bytes()));
    let line = text.lines().position(|line| line.contains("unknown")).expect("a line") + 1;
    for args in [
        vec!["analyze", &path],
        vec!["explain", &path, "--outcome", "peace"],
        vec!["stable", &path],
        vec!["stable", &path, "--engine", "symbolic"],
        vec!["stable", &path, "--make", "peace"],
        vec!["coalitions", &path],
        vec!["robust", &path],
        vec!["hypergame", &path],
        vec!["compare", &path, &other],
        vec!["compare", &other, &path],
    ] {
        for form in ["text", "markdown"] {
            let out = detente(&[args.as_slice(), &["--width", "400", "--format", form]].concat()).out.replace('*', "");
            let said = format!("Set aside: unknown comparisons (line {line}) and attitudes (line {}).", line + 1);
            assert!(out.contains(&said) && out.contains("`detente readings`"), "{args:?}\n{out}");
        }
        let json = detente(&[args.as_slice(), &["--format", "json"]].concat()).out;
        assert!(json.contains("\"set_aside\": [") && json.contains(&format!("\"line\": {line}")), "{args:?}\n{json}");
    }
    let plain = detente(&["robust", &other]).out;
    assert!(!plain.contains("Set aside"), "{plain}");
}

#[test]
fn hypergame_says_who_is_wrong_and_what_happens() {
    let wrong = "believes:\n  a: {preferences: {b: {priority: [not hit]}}, parameters: {cost: 1}}\n";
    let path = file("hypergame", "x.yaml", format!("{QUARREL}{wrong}").as_bytes());
    let run = detente(&["hypergame", &path, "--width", "300"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    for part in
        ["takes Bo for priority: not hit", "takes cost for 1", "If Bo is meek", "Stable by mistake", "It ends at"]
    {
        assert!(run.out.replace('`', "").contains(part), "{part:?} is not in\n{}", run.out);
    }
    matches_schema(&detente(&["hypergame", &path, "--format", "json"]).out, "hypergame");
    for command in ["analyze", "stable"] {
        let out = detente(&[command, &path, "--width", "300"]).out;
        assert!(out.contains("`detente hypergame` judges by what they believe"), "{out}");
    }
    let plain = file("hypergame-plain", "x.yaml", QUARREL.as_bytes());
    assert!(detente(&["hypergame", &plain]).out.contains("Nobody: the file has no"));
    assert_eq!(detente(&["hypergame", &path, "--max-outcomes", "2"]).status, 3);
    let yourself = format!("{QUARREL}believes: {{a: {{preferences: {{a: {{priority: [push]}}}}}}}}\n");
    let path = file("hypergame-self", "x.yaml", yourself.as_bytes());
    let run = detente(&["hypergame", &path]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("S250"), "{}", run.err);
}

#[test]
fn compare_says_what_changed_and_why() {
    let before = file("compare-a", "x.yaml", QUARREL.as_bytes());
    let changed = QUARREL.replace("{when: push, add: 2}", "{when: push, add: -1}");
    let after = file("compare-b", "y.yaml", changed.as_bytes());
    let run = detente(&["compare", &before, &after, "--width", "300"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    for part in ["Worth of Ada: `2 when push` → `-1 when push` (line 13)", "Change 1 alone", "If Bo is meek:"] {
        assert!(run.out.contains(part), "{part:?} is not in\n{}", run.out);
    }
    let json = detente(&["compare", &before, &after, "--format", "json"]);
    matches_schema(&json.out, "compare");
    assert!(
        detente(&["compare", &before, &after, "--format", "markdown"]).out.contains("\n## Which change caused it\n")
    );
    let same = detente(&["compare", &before, &before]);
    assert_eq!(same.status, 0);
    assert!(same.out.contains("The files are identical."), "{}", same.out);
    let bad = file("compare-bad", "x.yaml", b"detente: 1\ntitle: x\nparites: {}\n");
    let run = detente(&["compare", &before, &bad]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.contains("parites"), "{}", run.err);
    assert_eq!(detente(&["compare", &before, &after, "--max-outcomes", "2"]).status, 3);
    assert_eq!(detente(&["compare", &before]).status, 2);
}

#[test]
fn analyze_says_what_holds_why_and_how_far() {
    let path = file("analyze", "x.yaml", QUARREL.as_bytes());
    let run = detente(&["analyze", &path]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    for part in [
        "A quarrel\n=========\n\nIn brief\n--------\n",
        "If Bo is meek (chance 0.25), the status quo (1, “peace”) does not hold, unless",
        "may be meek (chance 0.25) or fierce (chance 0.75)",
        "Which outcomes hold\n",
        "R: a party expects no reply to its moves (Nash).",
        "Status quo: outcome 1 – no to everything.",
        "Ada would leave for",
        "Over which numbers it holds\n",
        "How the answer differs between types\n",
        "line 13",
        "An independent\nchecker confirmed",
    ] {
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat(&run.out).contains(&flat(part)), "{part:?} is not in\n{}", run.out);
    }
    assert!(run.out.lines().all(|l| l.chars().count() <= 80), "{}", run.out);
    assert!(!run.out.contains('\u{1b}') && !run.out.contains('!'), "{}", run.out);
    let narrow = detente(&["analyze", &path, "--width", "50"]);
    assert!(narrow.out.lines().all(|l| l.chars().count() <= 50), "{}", narrow.out);
    assert!(detente(&["analyze", &path, "--color", "always"]).out.contains("\u{1b}[1m"));
}

#[test]
fn analyze_in_full_says_everything() {
    let path = file("full", "x.yaml", QUARREL.as_bytes());
    let short = detente(&["analyze", &path]);
    let full = detente(&["analyze", &path, "--full"]);
    assert_eq!((full.status, full.err.as_str()), (0, ""));
    assert!(full.out.lines().count() > short.out.lines().count());
    for part in ["The situation\n", "looks one move ahead", "Ada would leave under R", "line 13:9"] {
        assert!(full.out.contains(part), "{part:?} is not in\n{}", full.out);
    }
}

#[test]
fn an_answer_is_short_at_every_width() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios");
    let path = format!("{root}/syria-2013/scenario.yaml");
    for (width, most) in [(60, 220), (80, 155), (100, 145)] {
        let run = detente(&["analyze", &path, "--width", &width.to_string()]);
        assert_eq!(run.status, 0, "{}", run.err);
        assert!(run.out.lines().all(|l| l.chars().count() <= width), "{}", run.out);
        assert!(run.out.lines().count() <= most, "{} lines at {width}", run.out.lines().count());
    }
}

#[test]
fn markdown_has_the_same_sections() {
    let path = file("markdown", "x.yaml", QUARREL.as_bytes());
    let run = detente(&["analyze", &path, "--format", "markdown"]);
    assert!(run.out.starts_with("# A quarrel\n\n## In brief\n"), "{}", run.out);
    assert!(run.out.contains("\n## What the answer rests on\n"), "{}", run.out);
    assert!(run.out.contains("| ---: |"), "{}", run.out);
}

#[test]
fn explain_says_what_would_have_to_change() {
    let path = file("explain", "x.yaml", QUARREL.as_bytes());
    let run = detente(&["explain", &path, "--outcome", "peace", "--why-not", "--width", "300"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.out.contains("For 1 to hold, at least the following would have to change"), "{}", run.out);
    assert!(run.out.contains("would have to be no better for it than 1 (now +2 from `2 when push`"), "{}", run.out);
    assert!(!run.out.contains("Bo would stay"), "{}", run.out);
    let one = detente(&["explain", &path, "--outcome", "1", "--party", "b", "--width", "300"]);
    assert_eq!(one.status, 0, "{}", one.err);
    assert!(one.out.contains("Bo would stay") && !one.out.contains("Ada would"), "{}", one.out);
}

#[test]
fn options_change_the_question() {
    let path = file("options", "x.yaml", QUARREL.as_bytes());
    let run = detente(&["analyze", &path, "--set", "cost=3", "--foresight", "a=SEQ", "--foresight", "b=R"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.out.starts_with("A quarrel, with cost = 3\n===="), "{}", run.out);
    assert!(run.out.contains("foresight SEQ"), "{}", run.out);
}

#[test]
fn wrong_usage_says_what_would_be_right() {
    let path = file("usage", "x.yaml", QUARREL.as_bytes());
    for (args, words) in [
        (vec!["analyze"], "<FILE>"),
        (vec!["frobnicate"], "frobnicate"),
        (vec!["analyze", &path, "--set", "cost"], "such as `cost=2.5`"),
        (vec!["analyze", &path, "--set", "price=2"], "the parameters are `cost`"),
        (vec!["analyze", &path, "--set", "cots=2"], "did you mean `cost`?"),
        (vec!["coalitions", &path, "--merge", "a+z"], "the parties are `a` and `b`"),
        (vec!["coalitions", &path, "--merge", "a"], "such as `russia+china`"),
        (vec!["coalitions", &path, "--max-size", "x"], "expected a whole number from 1"),
        (vec!["coalitions", &path, "--outcome", "pece"], "did you mean `peace`?"),
        (vec!["stable", &path, "--make", "pece"], "did you mean `peace`?"),
        (vec!["stable", &path, "--where", "pece"], "did you mean `peace`?"),
        (vec!["stable", &path, "--by", "hitt"], "did you mean `hit`?"),
        (vec!["stable", &path, "--concepts", "CNash"], "`detente coalitions FILE` answers for it"),
        (vec!["analyze", &path, "--foresight", "a=far"], "expected R, SSEQ, SEQ, SMR or GMR"),
        (vec!["analyze", &path, "--foresight", "z=R"], "the parties are `a` and `b`"),
        (vec!["analyze", &path, "--budget", "soon"], "such as `500ms`"),
        (vec!["analyze", &path, "--limit", "0"], "from 1"),
        (vec!["stable", &path, "--concepts", "SEK"], "there is no concept `SEK`"),
        (vec!["stable", &path, "--concepts", "L0"], "L1..L4"),
        (vec!["stable", &path, "--concepts", "ST:z"], "the parties are `a` and `b`"),
        (vec!["stable", &path, "--concepts", "MR3"], "metarational trees and policies are not offered"),
        (vec!["explain", &path, "--outcome", "1", "--concepts", "CMR2"], "not offered"),
        (vec!["explain", &path, "--outcome", "99"], "99"),
        (vec!["explain", &path, "--outcome", "pece"], "pece"),
        (vec!["explain", &path], "--outcome"),
        (vec!["codes", "X1"], "`detente codes` lists them"),
    ] {
        let run = detente(&args);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{args:?}: {}", run.err);
        assert!(run.err.contains(words), "{args:?}: {}", run.err);
    }
}

#[test]
fn negotiations_are_solved_or_their_faults_told() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/book/examples");
    let [canal, first, second] = ["canal", "united-states", "panama"].map(|name| format!("{folder}/{name}.xml"));
    let run = detente(&["solve", &canal, &first, &second, "--format", "json"]);
    assert_eq!(run.status, 0, "{}", run.err);
    matches_schema(&run.out, "negotiation");
    let answer: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!((answer["outcomes"].as_u64(), answer["frontier_outcomes"].as_u64()), (Some(1024), Some(26)));
    assert_eq!(answer["frontier"].as_array().map(Vec::len), Some(20));
    assert_eq!(answer["points"]["nash"], serde_json::json!([[0.64, 0.68]]));
    assert_eq!(answer["exact"]["points"]["utilitarian"], serde_json::json!([["0.79", "0.53"], ["0.64", "0.68"]]));
    assert_eq!(answer["status"], "proven");
    // Panama's points against the one file, turned around.
    let turned = detente(&["solve", &canal, &second, &first, "--format", "json"]);
    let turned: serde_json::Value = serde_json::from_str(&turned.out).expect("JSON");
    assert_eq!(turned["points"]["nash"], serde_json::json!([[0.68, 0.64]]));
    let run = detente(&["solve", &canal, &first, &second, "--max-outcomes", "5", "--format", "json"]);
    assert_eq!(run.status, 3, "{}{}", run.out, run.err);
    matches_schema(&run.out, "negotiation");
    let bad = std::fs::read_to_string(&first).expect("readable").replace("value=\"0.22\"", "value=\"much\"");
    let bad = file("negotiation", "bad.xml", bad.as_bytes());
    let run = detente(&["solve", &canal, &bad, &bad]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.contains("G032") && run.err.contains("`much`"), "{}", run.err);
    // Two parties that want the same agree on all of it.
    let run = detente(&["solve", &canal, &first, &first]);
    assert!(run.out.contains("united-states and united-states (2) over 10 issues"), "{}", run.out);
    assert!(run.out.contains("One of them is efficient") && !run.out.contains("chips"), "{}", run.out);
    let run = detente(&["solve", &canal]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("there are no profiles"), "{}", run.err);
    let run = detente(&["solve", &canal, "nowhere.xml"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("no such file"), "{}", run.err);
}

#[test]
fn help_and_codes() {
    let help = detente(&["--help"]);
    assert_eq!(help.status, 0);
    let commands = ["analyze", "check", "stable", "explain", "compare", "robust", "coalitions", "solve", "convert"];
    for command in
        commands.into_iter().chain(["hypergame", "negotiate", "tournament", "divide", "schema", "new", "codes"])
    {
        assert!(help.out.contains(&format!("  {command} ")), "{}", help.out);
        assert_eq!(detente(&[command, "--help"]).status, 0);
    }
    assert!(help.out.contains("3 undecided within the budget"), "{}", help.out);
    let codes = detente(&["codes"]).out;
    for line in codes.lines() {
        let code = line.split(' ').next().unwrap();
        let page = detente(&["codes", code]).out;
        assert!(page.starts_with(&format!("# {code}")), "{page}");
        assert!(page.contains("Severity: "), "{page}");
    }
    assert!(detente(&["codes", "s102"]).out.starts_with("# S102: "));
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    let path = file("same", "x.yaml", QUARREL.as_bytes());
    for format in ["text", "json", "markdown"] {
        let answer = || detente(&["analyze", &path, "--format", format]).out;
        assert_eq!(answer(), answer());
    }
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let path = file("pipe", "x.yaml", QUARREL.as_bytes());
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["analyze", &path])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
    assert_eq!(done.status.code(), Some(0));
}

fn scenario(case: &str) -> String {
    format!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/{}"), case)
}

fn stable_json(case: &str, concepts: &str) -> serde_json::Value {
    let run = detente(&["stable", &scenario(case), "--concepts", concepts, "--format", "json"]);
    assert_eq!(run.status, 0, "{}", run.err);
    serde_json::from_str(&run.out).expect("JSON")
}

#[test]
fn concepts_are_asked_for_by_name() {
    let answer = stable_json("cuban-missile-crisis/scenario.yaml", "r, sim, L3..4,nm,ST:usa");
    let equilibria = answer["equilibria"].as_object().expect("an object");
    assert_eq!(equilibria.keys().collect::<Vec<_>>(), ["L3", "L4", "NM", "R", "SIM", "ST:usa"]);
    assert_eq!(answer["equilibria"]["L3"], serde_json::json!([5, 6]));
    assert_eq!(answer["equilibria"]["NM"], serde_json::json!([5, 6]));
    let verdicts = &answer["profiles"][0]["outcomes"][0]["parties"]["usa"];
    assert_eq!(verdicts.as_object().map(serde_json::Map::len), Some(6));
    assert!(answer["profiles"][0]["outcomes"].as_array().unwrap().iter().all(|o| o["verified"] == true));
    let published = stable_json("north-korea-2017/scenario.yaml", "SEQ,SEQ+SIM");
    let of = |key: &str| published["equilibria"][key].as_array().map(Vec::len);
    assert_eq!((of("SEQ"), of("SEQ+SIM")), (Some(3), Some(4)));
}

#[test]
fn a_concept_that_is_not_defined_is_said_to_be_so() {
    let answer = stable_json("elmira/scenario.yaml", "NM,SIM");
    assert_eq!(answer["concepts"][0]["not_defined"], serde_json::json!({"because": "party_count", "parties": 3}));
    assert_eq!(answer["concepts"][1]["not_defined"], serde_json::Value::Null);
    assert_eq!(answer["equilibria"].as_object().map(serde_json::Map::len), Some(1));
    let joint = stable_json("aleppo-2016/scenario.yaml", "SIM,R");
    assert_eq!(joint["concepts"][0]["not_defined"]["because"], "joint_issue");
    let text = detente(&["stable", &scenario("aleppo-2016/scenario.yaml"), "--concepts", "SIM,L2,L3"]);
    assert_eq!(text.status, 0, "{}", text.err);
    let flat = text.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in
        ["`cell` (line ", "is set jointly", "L2 and L3 look so many", "there are 3 parties, and it is defined for two"]
    {
        assert!(flat.contains(part), "{part:?} is not in\n{}", text.out);
    }
    let why = detente(&["explain", &scenario("aleppo-2016/scenario.yaml"), "--outcome", "1", "--concepts", "SIM,L2"]);
    assert_eq!(why.status, 0, "{}", why.err);
    assert!(why.out.contains("Not defined here"), "{}", why.out);
}

#[test]
fn further_concepts_are_explained_in_words() {
    let ask = |case: &str, outcome: &str, concepts: &str| {
        let path = scenario(case);
        let run = detente(&["explain", &path, "--outcome", outcome, "--concepts", concepts, "--width", "400"]);
        assert_eq!(run.status, 0, "{}", run.err);
        run.out
    };
    let crash = ask("chicken/scenario.yaml", "4", "SIM,L2");
    for part in [
        "It holds under SIM.",
        "but if the second driver at the same moment makes an improvement of its own (",
        "that leads to 1, worse than 4",
        "It does not hold under L2.",
        "would leave: looking 2 moves ahead, it would move to 3",
    ] {
        assert!(crash.contains(part), "{part:?} is not in\n{crash}");
    }
    assert!(!crash.contains("under R"), "only what was asked: {crash}");
    let crisis = ask("cuban-missile-crisis/scenario.yaml", "5", "NM,ST:usa,R");
    for part in [
        "What the parties expect is the same from 5 moves ahead on.",
        "looking 6 moves ahead, its best move is to 7",
        "then Soviet Union to 11",
        "back where it began",
        "It does not hold under ST:usa.",
        "would leave under R",
    ] {
        assert!(crisis.contains(part), "{part:?} is not in\n{crisis}");
    }
}
