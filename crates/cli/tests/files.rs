//! Files as people hand them in: right, wrong and hostile.

mod support;

use support::{QUARREL, detente, detente_reading, file, folder};

#[test]
fn the_starter_checks_clean_answers_and_is_not_overwritten() {
    let path = folder("starter").join("scenario.yaml");
    let path = path.to_str().unwrap();
    let new = detente(&["new", path]);
    assert_eq!((new.status, new.out.as_str()), (0, ""), "{}", new.err);
    let check = detente(&["check", "--strict", path]);
    assert_eq!(check.status, 0, "{}", check.out);
    assert!(check.out.ends_with("no errors, no warnings\n"), "{}", check.out);
    let analyze = detente(&["analyze", path]);
    assert_eq!((analyze.status, analyze.err.as_str()), (0, ""));
    assert!(
        analyze.out.contains("The status quo (1) holds only for raid_cost from 4 on (taken as 4.5)."),
        "{}",
        analyze.out
    );
    let again = detente(&["new", path]);
    assert_eq!(again.status, 2);
    assert!(again.err.contains("it exists already and is not overwritten"), "{}", again.err);
}

#[test]
fn a_typo_is_shown_with_a_suggestion() {
    let path = file("typo", "x.yaml", QUARREL.replace("set_by: b", "set_by: aa").as_bytes());
    let check = detente(&["check", &path]);
    assert_eq!((check.status, check.err.as_str()), (1, ""));
    assert!(check.out.contains("error[S202]"), "{}", check.out);
    assert!(check.out.contains("hit: {set_by: aa}"), "{}", check.out);
    assert!(check.out.contains("help: did you mean `a`?"), "{}", check.out);
    assert!(check.out.contains("1 error, no warnings"), "{}", check.out);
    let analyze = detente(&["analyze", &path]);
    assert_eq!((analyze.status, analyze.out.as_str()), (1, ""));
    assert!(analyze.err.contains("did you mean `a`?"), "{}", analyze.err);
    let line = detente(&["check", &path, "--format", "line"]);
    assert!(line.out.starts_with(&format!("{path}:7:17: error[S202]: ")), "{}", line.out);
}

#[test]
fn empty_broken_and_binary_files_are_faults_of_the_file() {
    for (name, bytes) in [
        ("empty", &b""[..]),
        ("blank", b"\n\n"),
        ("utf8", b"title: \xff\xfe\xfd\n"),
        ("yaml", b"a: [b, {c: d\n"),
        ("nul", b"\0\0\0"),
    ] {
        let path = file(&format!("broken-{name}"), "x.yaml", bytes);
        for command in ["check", "analyze", "stable"] {
            let run = detente(&[command, &path]);
            assert_eq!(run.status, 1, "{command} {name}: {}{}", run.out, run.err);
            assert!(run.out.contains("error[S") || run.err.contains("error[S"), "{command} {name}");
        }
    }
}

#[test]
fn what_cannot_be_read_is_wrong_usage() {
    let missing = detente(&["check", "no/such/file.yaml"]);
    assert_eq!(missing.status, 2);
    assert_eq!(missing.err, "error: cannot read `no/such/file.yaml`: there is no such file\n");
    let directory = detente(&["analyze", env!("CARGO_MANIFEST_DIR")]);
    assert_eq!(directory.status, 2);
    assert!(directory.err.contains("it is a folder; expected a file"), "{}", directory.err);
}

#[test]
fn huge_files_end_quickly_and_in_few_words() {
    let big = file("huge", "big.yaml", &vec![b'x'; (16 << 20) + 1]);
    let run = detente(&["check", &big]);
    assert_eq!(run.status, 1);
    assert!(run.out.contains("S003") && run.out.len() < 2000, "{}", run.out.len());
    let line = format!("detente: 1\ntitle: {}\nparties: [{}\n", "y".repeat(1 << 20), "z".repeat(1 << 20));
    let long = file("long", "long.yaml", line.as_bytes());
    let run = detente(&["check", &long]);
    assert_eq!(run.status, 1);
    assert!(run.out.len() < 10_000, "{}", run.out.len());
}

#[test]
fn standard_input_is_a_file_too() {
    let run = detente_reading(&["check", "-"], QUARREL.as_bytes());
    assert_eq!(run.status, 0, "{}", run.out);
    assert!(run.out.contains("standard input: no errors"), "{}", run.out);
}

#[test]
fn warnings_count_only_when_asked() {
    let text = QUARREL.replace("parameters: {cost: 1..4}", "parameters: {cost: 1..4, idle: 3}");
    let path = file("strict", "x.yaml", text.as_bytes());
    assert_eq!(detente(&["check", &path]).status, 0);
    assert_eq!(detente(&["check", "--strict", &path]).status, 1);
    let usual = detente(&["stable", &path]);
    assert_eq!(usual.status, 0);
    assert!(usual.err.contains("1 warning, 1 note; `detente check` shows them"), "{}", usual.err);
    assert!(!usual.err.contains("warning[S"), "{}", usual.err);
    assert!(detente(&["stable", "-v", &path]).err.contains("warning[S311]"));
    assert_eq!(detente(&["stable", "-q", &path]).err, "");
    let strict = detente(&["stable", "--strict", &path]);
    assert_eq!((strict.status, strict.out.as_str()), (1, ""));
    assert!(strict.err.contains("warning[S311]"), "{}", strict.err);
}

#[test]
fn locators_are_looked_up_beside_the_file_and_nowhere_else() {
    let dir = folder("sources");
    std::fs::write(dir.join("memo.txt"), "He  asked for\na channel, twice.").unwrap();
    std::fs::create_dir(dir.join("in")).unwrap();
    let text = |file: &str, at: &str| {
        QUARREL.replace("issues:\n", &format!(
            "sources: {{memo: {{title: Memo, file: {file}}}}}\nclaims: {{talk: {{says: Talks., source: memo, at: {at}}}}}\nissues:\n"
        ))
        .replace("{set_by: b}", "{set_by: b, because: talk}")
    };
    let check = |place: &str, file: &str, at: &str| {
        let path = dir.join(place);
        std::fs::write(&path, text(file, at)).unwrap();
        detente(&["check", path.to_str().unwrap()])
    };
    let right = check("x.yaml", "memo.txt", "asked for a channel");
    assert_eq!(right.status, 0, "{}", right.out);
    let wrong = check("x.yaml", "memo.txt", "asked for a ransom");
    assert_eq!(wrong.status, 1);
    assert!(wrong.out.contains("S403"), "{}", wrong.out);
    for outside in ["../memo.txt", "/etc/hostname", "a/../../memo.txt"] {
        let run = check("in/x.yaml", outside, "asked for a channel");
        assert_eq!(run.status, 0, "{}", run.out);
        assert!(run.out.contains("S404") && run.out.contains("scenario's"), "{outside}: {}", run.out);
    }
    assert!(check("x.yaml", "none.txt", "asked").out.contains("there is no such file"));
}

#[test]
fn convert_writes_a_scenario_that_means_the_same() {
    let path = file("convert", "x.yaml", QUARREL.as_bytes());
    let copy = folder("converted").join("copy.yaml");
    let copy = copy.to_str().unwrap();
    let run = detente(&["convert", &path, copy]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(detente(&["convert", &path, copy]).status, 2, "it is not overwritten");
    let answer = |path: &str| detente(&["stable", path, "--format", "json"]).out;
    assert_eq!(answer(&path), answer(copy));
}

const GMCR: &str = r#"{
  "options": [{"name": "Talk", "permittedDirection": "both"}, {"name": "Raid", "permittedDirection": "fwd"}],
  "decisionMakers": [
    {"name": "Captor", "options": [0], "preferences": [[[1, "N"]]]},
    {"name": "State", "options": [1], "preferences": [[[0, "Y"]], [[1, "N"]]]}
  ],
  "infeasibles": []
}"#;

#[test]
fn files_of_gmcr_are_solved_and_converted() {
    let path = file("gmcr", "talk.gmcr", GMCR.as_bytes());
    let run = detente(&["solve", &path, "--format", "json"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(answer["states"], 4);
    assert_eq!(answer["decision_makers"], serde_json::json!(["Captor", "State"]));
    let text = detente(&["solve", &path]);
    assert!(text.out.contains("4 feasible states of Captor and State"), "{}", text.out);
    let converted = detente(&["convert", &path]);
    assert_eq!(converted.status, 0, "{}", converted.err);
    let checked = detente_reading(&["check", "-"], converted.out.as_bytes());
    assert_eq!(checked.status, 0, "{}\n{}", converted.out, checked.out);
}
