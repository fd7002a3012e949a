//! `solve` for game files: the answers, and the form in which scripts get them.

use std::process::{Command, Output};

use serde_json::Value;

fn detente(name: &str, text: &str, arguments: &[&str]) -> Output {
    let folder = std::env::temp_dir().join(format!("detente-games-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join(name);
    std::fs::write(&file, text).expect("a file");
    Command::new(env!("CARGO_BIN_EXE_detente")).arg("solve").arg(&file).args(arguments).output().expect("it runs")
}

fn json(name: &str, text: &str, arguments: &[&str]) -> Value {
    let output = detente(name, text, &[arguments, &["--format", "json"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The two-type bluff: the irresolute type threatens with 2/7, the target resists with 2/3.
const BLUFF: &str = r#"EFG 2 R "Bluff" { "A" "B" }
c "" 1 "" { "resolved" 0.3 "irresolute" 0.7 } 0
p "" 1 1 "" { "threaten" "wait" } 0
p "" 2 1 "" { "concede" "resist" } 0
t "" 1 "" { 1, -1 }
t "" 2 "" { 0.2, -2 }
t "" 3 "" { 0, 0 }
p "" 1 2 "" { "threaten" "wait" } 0
p "" 2 1 "" { "concede" "resist" } 0
t "" 1 "" { 1, -1 }
t "" 4 "" { -0.5, 0.5 }
t "" 3 "" { 0, 0 }
"#;

#[test]
fn scripts_get_strategies_payoffs_and_proof() {
    for arguments in [&[][..], &["--all"]] {
        let answer = json("bluff.efg", BLUFF, arguments);
        assert_eq!(answer["players"], serde_json::json!(["A", "B"]));
        assert_eq!(answer["verified"], true);
        assert_eq!(answer["complete"], !arguments.is_empty());
        let [one] = &answer["equilibria"].as_array().expect("a list")[..] else { panic!("one equilibrium") };
        assert_eq!(one["exact"]["strategies"]["A"]["2"]["threaten"], "2/7");
        assert_eq!(one["exact"]["strategies"]["B"]["1"]["resist"], "2/3");
        assert!((one["strategies"]["A"]["2"]["threaten"].as_f64().expect("a number") - 2.0 / 7.0).abs() < 1e-15);
        assert_eq!(one["max_regret"], 0.0);
        assert_eq!(one["refinement"], "quasi-perfect");
        assert_eq!(one["exact"]["beliefs"]["B"]["1"], serde_json::json!(["0.6", "0.4"]));
    }
}

#[test]
fn regret_minimisation_says_how_far_it_got() {
    let answer = json("bluff.efg", BLUFF, &["--method", "cfr+", "--iterations", "200"]);
    assert_eq!(answer["iterations"], 200);
    assert!(answer["exploitability"].as_f64().is_some_and(|gain| gain >= 0.0));
    assert!(answer["seconds"].as_f64().is_some() && answer["verified"] == true);
    assert_eq!(answer["equilibria"][0]["refinement"], "approximate");
}

#[test]
fn tables_have_all_equilibria_with_components() {
    let sexes = "NFG 1 R \"Sexes\" { \"a\" \"b\" } { { \"x\" \"y\" } { \"x\" \"y\" } } 2 1 0 0 0 0 1 2";
    let answer = json("sexes.nfg", sexes, &["--all"]);
    assert_eq!((answer["equilibria"].as_array().map(Vec::len), &answer["complete"]), (Some(3), &Value::Bool(true)));
    assert_eq!(answer["components"], serde_json::json!([[0], [1], [2]]));
    let mixed = answer["equilibria"]
        .as_array()
        .expect("a list")
        .iter()
        .any(|one| one["exact"]["strategies"]["a"]["1"]["x"] == "2/3");
    assert!(mixed);
}

#[test]
fn what_is_wrong_is_told() {
    let bad = detente("bad.efg", &BLUFF.replace("0.7", "0.8").replace("{ 1, -1 }", "{ 1 }"), &[]);
    assert_eq!(bad.status.code(), Some(1));
    let said = String::from_utf8_lossy(&bad.stderr).into_owned();
    assert!(said.contains("G060") && said.contains("1 payoff"), "{said}");
    let forgets = BLUFF.replace("p \"\" 1 2 \"\"", "p \"\" 1 1 \"\"");
    assert!(detente("same.efg", &forgets, &[]).status.success(), "not to know one's type is no forgetting");
    let absent = "EFG 2 R \"\" { \"a\" } p \"\" 1 1 \"\" { \"on\" \"off\" } 0 p \"\" 1 1 \"\" { \"on\" \"off\" } 0 t \"\" 0 t \"\" 1 \"\" { 4 } t \"\" 2 \"\" { 1 }";
    let absent = detente("absent.efg", absent, &[]);
    assert_eq!(absent.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&absent.stderr).contains("forgotten"));
    let method = detente("bluff.efg", BLUFF, &["--method", "lemk"]);
    assert!(String::from_utf8_lossy(&method.stderr).contains("did you mean `lemke`?"));
}

/// Three players of whom each gains if it differs from both others: nobody gains only at even
/// odds, or where two do one thing and the third the other.
const ODD_ONE: &str = r#"NFG 1 R "Odd one out" { "A" "B" "C" } { 2 2 2 }
0 0 0  1 0 0  0 1 0  0 0 1  0 0 1  0 1 0  1 0 0  0 0 0
"#;

#[test]
fn three_players_get_the_limit_of_logit_equilibria() {
    let answer = json("odd.nfg", ODD_ONE, &[]);
    assert!(answer["method"].as_str().is_some_and(|method| method.contains("logit")) && answer["verified"] == true);
    for player in ["A", "B", "C"] {
        // From even odds on, the game is the same for everybody: the branch stays there.
        assert_eq!(answer["equilibria"][0]["exact"]["strategies"][player]["1"]["1"], "0.5");
    }
    let all = json("odd.nfg", ODD_ONE, &["--all"]);
    assert_eq!(all["equilibria"].as_array().map(Vec::len), Some(7), "six pure ones beside it");
}

#[test]
fn methods_are_for_what_they_are_for() {
    let pennies = "NFG 1 R \"Pennies\" { \"A\" \"B\" } { 2 2 }\n1 -1 -1 1 -1 1 1 -1\n";
    let answer = json("pennies.nfg", pennies, &["--method", "lemke-howson"]);
    assert_eq!(answer["equilibria"][0]["exact"]["strategies"]["A"]["1"]["1"], "0.5");
    for (name, text, method) in
        [("pennies.nfg", pennies, "lp"), ("bluff.efg", BLUFF, "lp"), ("bluff.efg", BLUFF, "lemke-howson")]
    {
        let refused = detente(name, text, &["--method", method]);
        assert_eq!(refused.status.code(), Some(2), "{name} {method}");
        assert!(String::from_utf8_lossy(&refused.stderr).contains(&format!("`{method}` is")));
    }
    let scenario = detente("file.yaml", "detente: 1\n", &["--all"]);
    assert_eq!(scenario.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&scenario.stderr).contains("`--all` is for games"));
}
