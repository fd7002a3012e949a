//! Negotiations by strategies, and tournaments.

mod support;

use boon::{Compiler, Schemas};
use serde_json::{Value, json};
use support::{QUARREL, detente, detente_reading, file};

/// The files of the talks about the Panama Canal.
fn canal() -> [String; 3] {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/book/examples");
    ["canal", "united-states", "panama"].map(|name| format!("{folder}/{name}.xml"))
}

/// Runs a command on them.
fn run(command: &str, options: &[&str]) -> support::Run {
    let files = canal();
    let args: Vec<&str> =
        std::iter::once(command).chain(files.iter().map(String::as_str)).chain(options.iter().copied()).collect();
    detente(&args)
}

/// The JSON of an answer, held against its schema.
fn answer(command: &str, schema: &str, options: &[&str]) -> Value {
    let options: Vec<&str> = options.iter().copied().chain(["--format", "json"]).collect();
    let run = run(command, &options);
    assert_eq!(run.status, 0, "{options:?}: {}", run.err);
    let answer: Value = serde_json::from_str(&run.out).expect("JSON");
    let schema: Value = serde_json::from_str(&detente(&["schema", "--for", schema]).out).expect("JSON");
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("answer.json", schema).expect("a schema");
    let compiled = compiler.compile("answer.json", &mut schemas).expect("a schema");
    schemas.validate(&answer, compiled).unwrap_or_else(|fault| panic!("{options:?}: {fault}"));
    answer
}

#[test]
fn negotiations_are_told_in_full() {
    let found = answer("negotiate", "offers", &["--rounds", "100"]);
    assert_eq!((&found["status"], &found["ending"]["kind"]), (&json!("proven"), &json!("agreement")));
    assert_eq!(found["nash"], json!([[0.64, 0.68]]));
    let turns = found["turns"].as_array().expect("turns");
    assert_eq!(turns.iter().filter(|turn| turn["act"] == "offer").count() as u64, found["ending"]["offers"]);
    assert_eq!(turns[0]["offer"]["worths"], json!([1.0, 0.0]), "it starts with its best");
    let [.., last, accepted] = turns.as_slice() else { panic!("{turns:?}") };
    assert_eq!(accepted["act"], "accept");
    assert_eq!(last["offer"], found["agreement"]["package"]);
    assert_eq!(found["payoffs"], found["agreement"]["package"]["worths"]);
    // Nobody asks for more than before.
    let own: Vec<f64> = turns
        .iter()
        .filter(|turn| turn["party"] == "panama")
        .filter_map(|turn| turn["offer"]["worths"][1].as_f64())
        .collect();
    assert!(own.len() > 80 && own.is_sorted_by(|a, b| a >= b), "{own:?}");
    // Who starts can matter, and is said.
    let other = answer("negotiate", "offers", &["--rounds", "100", "--first", "panama"]);
    assert_eq!((&other["turns"][0]["party"], &other["first"]), (&json!("panama"), &json!("panama")));
}

#[test]
fn discounts_count_and_domains_come_from_standard_input() {
    let [domain, first, second] = canal();
    let text = std::fs::read_to_string(&second).expect("readable");
    let text = text.replace("<reservation", "<discount_factor value=\"0.25\"/><reservation");
    let hasty = file("offers-discount", "hasty.xml", text.as_bytes());
    let args = ["negotiate", "-", &first, &hasty, "--rounds", "101", "--strategies", "tough", "--format", "json"];
    let run = detente_reading(&args, &std::fs::read(domain).expect("readable"));
    assert_eq!(run.status, 0, "{}", run.err);
    let found: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(found["ending"]["kind"], "deadline");
    assert_eq!(found["payoffs"], json!([0.5, 0.125]));
    assert_eq!((&found["parties"][0]["discount"], &found["parties"][1]["discount"]), (&Value::Null, &json!(0.25)));
    let quarrel = file("offers-scenario", "quarrel.yaml", QUARREL.as_bytes());
    let run = detente(&["negotiate", &quarrel, &first, &second]);
    assert_eq!((run.status, run.out.as_str()), (1, ""), "{}", run.err);
}

#[test]
fn linked_issues_are_listed_and_too_many_refused() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/book/examples");
    let [line, north, south] = ["line", "north", "south"].map(|name| format!("{folder}/{name}.xml"));
    let args = ["negotiate", &line, &north, &south, "--strategies", "micro+frequency", "--format", "json"];
    let run = detente(&args);
    assert_eq!(run.status, 0, "{}", run.err);
    let found: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!((&found["search"]["cover"], &found["ending"]["kind"]), (&json!("listed"), &json!("agreement")));
    let solved: Value =
        serde_json::from_str(&detente(&["solve", &line, &north, &south, "--format", "json"]).out).expect("JSON");
    assert_eq!(found["nash"], solved["points"]["nash"]);
    let worths = &found["agreement"]["package"]["worths"];
    let on_frontier = solved["frontier"].as_array().expect("points").contains(worths);
    assert_eq!(found["agreement"]["place"]["efficient"], on_frontier, "{worths}");
    let issues = |count: usize, inside: &str| {
        let issue = |at: usize| {
            format!("<issue index=\"{at}\" name=\"i{at}\" type=\"integer\" lowerbound=\"0\" upperbound=\"9\"/>")
        };
        let issues: String = (1..=count).map(issue).collect();
        format!(
            "<utility_space type=\"nonlinear\"><objective index=\"0\" name=\"root\">{issues}{inside}</objective></utility_space>"
        )
    };
    let pays = "<utility maxutility=\"9\"><ufun aggregation=\"sum\"><hyperRectangle utility=\"9\">\
                <INCLUDES index=\"1\" min=\"2\" max=\"5\"/></hyperRectangle></ufun></utility>";
    let wide = file("offers-wide", "wide.xml", issues(8, pays).as_bytes());
    let run = detente(&["negotiate", &wide, &wide, &wide]);
    assert_eq!((run.status, run.out.as_str()), (2, ""), "{}", run.err);
    assert!(run.err.contains("100000000 packages of linked issues"), "{}", run.err);
}

#[test]
fn texts_are_drafted_and_signed_or_not() {
    let voted = answer("negotiate", "offers", &["--protocol", "vote", "--rounds", "300", "--seed", "3"]);
    assert_eq!((&voted["protocol"], &voted["ending"]["kind"]), (&json!("vote"), &json!("deadline_signed")));
    let drafts = voted["drafts"].as_array().expect("drafts");
    assert_eq!(drafts.len(), 300);
    let adopted: Vec<&Value> = drafts.iter().filter(|draft| draft["adopted"] == true).collect();
    assert_eq!(adopted.last().expect("one")["draft"], voted["agreement"]["package"]);
    let climbed = answer("negotiate", "offers", &["--protocol", "text", "--rounds", "300"]);
    assert!(climbed["ending"]["kind"].as_str().expect("a kind").starts_with("settled"));
}

#[test]
fn tournaments_have_every_seat_filled() {
    let [domain, first, second] = canal();
    let also = format!("{domain},{second},{first}");
    let options =
        ["--strategies", "boulware,micro,random+frequency", "--rounds", "50", "--repetitions", "2", "--also", &also];
    let found = answer("tournament", "tournament", &options);
    assert_eq!(found["matches"].as_array().map(Vec::len), Some(9 * 2 * 2));
    assert_eq!(found["scenarios"].as_array().map(Vec::len), Some(2));
    let names: Vec<&str> =
        found["scores"].as_array().expect("scores").iter().filter_map(|score| score["strategy"].as_str()).collect();
    assert_eq!(names.len(), 3);
    let own = |score: &Value| score["own"]["mean"].as_f64().expect("a number");
    assert!(found["scores"].as_array().expect("scores").is_sorted_by(|a, b| own(a) >= own(b)));
    // Roles and turns are mirrored, so that the two scenarios are the same for parties alike.
    let alone = answer("tournament", "tournament", &[&options[..6], &["--no-self-play"]].concat());
    assert_eq!(alone["matches"].as_array().map(Vec::len), Some(6 * 2));
    assert_eq!(alone["pairs"][0][0], Value::Null);
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let options = |seed| ["--strategies", "random,micro", "--rounds", "40", "--seed", seed, "--format", "json"];
    let (once, again, other) =
        (run("negotiate", &options("5")), run("negotiate", &options("5")), run("negotiate", &options("6")));
    assert_eq!(once.out, again.out);
    assert_ne!(once.out, other.out);
    let options = ["--strategies", "random,micro,tough", "--rounds", "40", "--format", "markdown"];
    assert_eq!(run("tournament", &options).out, run("tournament", &options).out);
}

#[test]
fn faults_of_usage_are_told() {
    for (command, options, words) in [
        ("negotiate", vec!["--strategies", "boulwar,micro"], "did you mean `boulware`?"),
        ("negotiate", vec!["--strategies", "micro,micro,micro"], "3 strategies for 2 parties"),
        ("negotiate", vec!["--first", "france"], "the parties are united-states, panama"),
        ("negotiate", vec!["--protocol", "text", "--strategies", "micro"], "leave `--strategies` out"),
        ("negotiate", vec!["--rounds", "0"], "--rounds"),
        (
            "tournament",
            vec!["--strategies", "micro", "--no-self-play"],
            "2 seats need as many strategies, and there are 1",
        ),
        ("tournament", vec!["--also", "x.xml"], "a domain and profiles with commas"),
        ("tournament", vec!["--also", "x.xml,y.xml"], "no such file"),
    ] {
        let run = run(command, &options);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{options:?}: {}", run.err);
        assert!(run.err.contains(words), "{options:?}: {}", run.err);
    }
    let [domain, first, _] = canal();
    assert!(detente(&["negotiate", &domain]).err.contains("`detente negotiate"));
    assert!(detente(&["negotiate", &domain, &first]).err.contains("one party alone does not negotiate"));
    let many: Vec<String> = (1..=2100).map(|e| format!("aspiration:{e}")).collect();
    let run = run("tournament", &["--strategies", &many.join(",")]);
    assert_eq!(run.status, 3, "{}", run.err);
    assert!(run.out.contains("more than 4194304 cases"), "{}", run.out);
}
