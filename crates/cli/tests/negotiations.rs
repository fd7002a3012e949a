//! Negotiations of several programs: solved, divided, written as scenarios.

mod support;

use boon::{Compiler, Schemas};
use serde_json::Value;
use support::{QUARREL, detente, file, folder};

fn example(name: &str) -> String {
    format!("{}/../../docs/book/examples/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// The JSON of an answer, held against its schema.
fn answer(arguments: &[&str], schema: &str) -> Value {
    let run = detente(&[arguments, &["--format", "json"]].concat());
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{arguments:?}");
    let answer: Value = serde_json::from_str(&run.out).expect("JSON");
    let schema: Value = serde_json::from_str(&detente(&["schema", "--for", schema]).out).expect("JSON");
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("answer.json", schema).expect("a schema");
    let compiled = compiler.compile("answer.json", &mut schemas).expect("a schema");
    schemas.validate(&answer, compiled).unwrap_or_else(|fault| panic!("{arguments:?}: {fault}"));
    answer
}

#[test]
fn the_canal_is_divided() {
    let [domain, first, second] = ["canal.xml", "united-states.xml", "panama.xml"].map(example);
    let answer = answer(&["divide", &domain, &first, &second], "division");
    assert_eq!(answer["split"], "Land and water");
    let winner = &answer["adjusted_winner"];
    assert_eq!((&winner["worths"][0][0], &winner["worths"][1][1]), (&"0.66".into(), &"0.66".into()));
    assert_eq!(winner["parts"][2][0], "2/15");
    assert_eq!((&winner["envy_free"], &winner["equitable"]), (&true.into(), &true.into()));
    assert_eq!(answer["leximin"][0]["worths"][0][0], "0.64");
    let markdown = detente(&["divide", &domain, &first, &second, "--format", "markdown"]);
    assert!(markdown.out.contains("## Adjusted Winner") && markdown.out.contains("| 2/15 |"), "{}", markdown.out);
    let alone = detente(&["divide", &domain, &first]);
    assert_eq!(alone.status, 2);
    assert!(alone.err.contains("has 2 values, and there are 1 parties"), "{}", alone.err);
    let rivals = detente(&["divide", &domain, &first, &first]);
    assert!(rivals.err.contains("two parties want the same value of `Defense rights`"), "{}", rivals.err);
    let stopped = detente(&["divide", &domain, &first, &second, "--max-outcomes", "1"]);
    assert_eq!(stopped.status, 3, "{}", stopped.err);
    assert!(stopped.out.contains("Undecided for whole goods") && stopped.out.contains("2/15"), "{}", stopped.out);
}

#[test]
fn negotiations_are_recognised_and_written_as_scenarios() {
    let [seller, buyer] = ["sale-seller.json", "sale-buyer.json"].map(example);
    let solved = answer(&["solve", &seller, &buyer], "negotiation");
    assert_eq!(solved["parties"], serde_json::json!(["sale-seller", "sale-buyer"]));
    let out = folder("written").join("sale.yaml");
    let out = out.to_str().expect("UTF-8");
    let run = detente(&["convert", &seller, &buyer, "-o", out]);
    assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (0, "", ""));
    let again = detente(&["convert", &seller, &buyer, "-o", out]);
    assert!(again.status == 2 && again.err.contains("is not overwritten"), "{}", again.err);
    let printed = detente(&["convert", &seller, &buyer]);
    assert_eq!(printed.out, std::fs::read_to_string(out).expect("written"));
    // Beside a scenario, a path is where to write it; a negotiation has profiles there.
    let copy = folder("copied").join("copy.yaml");
    let copy = copy.to_str().expect("UTF-8");
    assert_eq!(detente(&["convert", out, copy]).status, 0);
    assert_eq!(std::fs::read_to_string(copy).expect("written"), printed.out);
    assert_eq!(detente(&["convert", out, copy, "-o", copy]).status, 2);
    let one = detente(&["solve", &seller]);
    assert_eq!(one.status, 2);
    assert!(one.err.contains("a party alone is no negotiation") && one.err.contains("SECOND.json"), "{}", one.err);
    let mixed = detente(&["solve", &seller, &example("panama.xml")]);
    assert_eq!(mixed.status, 1);
    assert!(mixed.err.contains("error[G050]"), "{}", mixed.err);
    let scenario = detente(&["solve", &file("quarrel", "x.yaml", QUARREL.as_bytes()), &buyer]);
    assert_eq!(scenario.status, 1);
    assert!(scenario.err.contains("no domain of a negotiation"), "{}", scenario.err);
    let faulty = file("faulty", "buyer.json", br#"{"issueWeights": {"price": "much"}, "issues": {"prize": {}}}"#);
    let told = detente(&["solve", &seller, &faulty]);
    assert_eq!((told.status, told.out.as_str()), (1, ""));
    assert!(told.err.contains("error[G052]") && told.err.contains("did you mean `price`?"), "{}", told.err);
}

#[test]
fn greatest_payments_cannot_be_written_as_terms() {
    let north = std::fs::read_to_string(example("north.xml")).expect("an example");
    let greatest = file("greatest", "north.xml", north.replace("\"sum\"", "\"max\"").as_bytes());
    let run = detente(&["convert", &example("line.xml"), &greatest, &example("south.xml")]);
    assert_eq!(run.status, 2, "{}{}", run.out, run.err);
    assert!(run.err.contains("`north` takes the greatest or the least over hyper-rectangles"), "{}", run.err);
    let sums = detente(&["convert", &example("line.xml"), &example("north.xml"), &example("south.xml")]);
    assert_eq!(sums.status, 0, "{}", sums.err);
    let checked = support::detente_reading(&["check", "-", "--quiet"], sums.out.as_bytes());
    assert_eq!((checked.status, checked.out.as_str()), (0, ""), "{}", sums.out);
}
