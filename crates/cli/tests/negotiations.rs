//! Negotiations of several programs: solved, divided, written as scenarios.

mod support;

use boon::{Compiler, Schemas};
use serde_json::Value;
use support::{QUARREL, detente, detente_reading, file, folder};

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
    let checked = detente_reading(&["check", "-", "--quiet"], sums.out.as_bytes());
    assert_eq!((checked.status, checked.out.as_str()), (0, ""), "{}", sums.out);
}

fn case(name: &str) -> String {
    format!("{}/../../scenarios/{name}/scenario.yaml", env!("CARGO_MANIFEST_DIR"))
}

/// The points that the source publishes: 66 for each, with 2/15 of land and water for the
/// United States.
#[test]
fn the_canal_of_the_scenario_is_divided_as_published() {
    let panama = case("panama-canal");
    let answer = answer(&["divide", &panama], "division");
    assert_eq!(answer["parties"], serde_json::json!(["United States", "Panama"]));
    assert_eq!(answer["split"], "Land and water");
    let winner = &answer["adjusted_winner"];
    assert_eq!((&winner["worths"][0][0], &winner["worths"][1][1]), (&"0.66".into(), &"0.66".into()));
    assert_eq!((&winner["parts"][2][0], &winner["parts"][2][1]), (&"2/15".into(), &"13/15".into()));
    assert_eq!((&winner["envy_free"], &winner["equitable"]), (&true.into(), &true.into()));
    assert_eq!(
        (&answer["leximin"][0]["worths"][0][0], &answer["leximin"][0]["worths"][1][1]),
        (&"0.64".into(), &"0.68".into())
    );
    let text = std::fs::read_to_string(&panama).expect("a case");
    for (line, good) in answer["lines"].as_array().expect("lines").iter().zip(["defense:", "use:", "land:"]) {
        let line = text.lines().nth(line.as_u64().expect("a line") as usize - 1).expect("a line of the file");
        assert!(line.trim_start().starts_with(good), "{line}");
    }
}

const ESTATE: &str = "\
detente: 1
title: An estate
parties: {anna: Anna, bert: Bert, carl: Carl}
issues:
  house: {values: [anna, bert, carl], set_by: [anna, bert, carl]}
  boat: {values: [anna, bert, carl], set_by: [anna, bert, carl]}
  car: {values: [anna, bert, carl], set_by: [anna, bert, carl]}
  rest: {set_by: [anna, bert, carl]}
status_quo: {house: anna, boat: anna, car: anna, rest: yes}
preferences:
  anna: {worth: [{when: house == anna & rest, add: 4..8}, {when: house == anna & not rest, add: 1}, {when: boat == anna, add: 3}, {when: car == anna, add: 1}]}
  bert: {worth: [{when: house == bert, add: 1}, {when: boat == bert, add: 1}, {when: car == bert, add: 1}, {when: rest, add: 7}]}
  carl: {worth: [{when: car != carl, add: -2}, {when: house == carl, add: 2}]}
";

/// What stays as it is counts, uncertain numbers are central, and not to have a good can be
/// what costs.
#[test]
fn three_parties_divide_an_estate() {
    let answer = answer(&["divide", &file("estate", "estate.yaml", ESTATE.as_bytes())], "division");
    assert_eq!(
        answer["shares"],
        serde_json::json!([["0.6", "0.3", "0.1"], ["1/3", "1/3", "1/3"], ["0.5", "0", "0.5"]])
    );
    assert!(answer.get("adjusted_winner").is_none(), "it is for two");
    assert_eq!(answer["unsettled"], serde_json::json!([{"issue": "rest", "value": "yes"}]));
    assert_eq!(answer["central"][0]["value"], "6");
    // House to Anna, boat to Bert, car to Carl: 0.6 · 1/3 · 0.5 is the greatest product.
    let best = answer["greatest_product"][0]["parts"].as_array().expect("goods");
    let owners: Vec<usize> = best
        .iter()
        .map(|parts| parts.as_array().expect("parties").iter().position(|part| part == "1").expect("an owner"))
        .collect();
    assert_eq!(owners, [0, 1, 2]);
    let text = detente(&["divide", &file("estate-text", "estate.yaml", ESTATE.as_bytes())]).out;
    assert!(text.contains("Not divided: rest = yes.") && text.contains("(line 11): 6, of 4 to 8"), "{text}");
    let changed = ESTATE.replace("add: 4..8", "add: pride").replace("issues:", "parameters: {pride: 4..8}\nissues:");
    let run =
        detente(&["divide", &file("estate-set", "x.yaml", changed.as_bytes()), "--set", "pride=4", "--format", "json"]);
    assert!(run.out.contains("\"1/2\"") || run.out.contains("\"0.5\""), "{}{}", run.out, run.err);
}

#[test]
fn what_is_no_good_is_told_with_its_line() {
    let told = |text: &str, status: i32, expected: &[&str]| {
        let run = detente_reading(&["divide", "-", "--quiet"], text.as_bytes());
        assert_eq!((run.status, run.out.as_str()), (status, ""), "{}", run.err);
        expected.iter().for_each(|part| assert!(run.err.contains(part), "{part} is not in\n{}", run.err));
    };
    let rival = ESTATE.replace("when: boat == bert, add: 1", "when: boat == anna, add: -1");
    told(&rival, 1, &["error[S263]", "to `bert`, `boat` with `anna` is worth -1, and with `carl` 0", ":12:"]);
    let burden = ESTATE.replace("when: car != carl, add: -2", "when: car == carl, add: -2");
    told(&burden, 1, &["`carl` has less by getting `car`: -2 instead of 0", "burdens are not divided", ":13:"]);
    let linked = ESTATE.replace("when: boat == bert, add: 1", "when: boat == bert & car == bert, add: 1");
    told(&linked, 1, &["error[S263]", "is about `boat` and `car` together"]);
    let types = ESTATE.replace(
        "carl: {worth: [{when: car != carl, add: -2}, {when: house == carl, add: 2}]}",
        "carl: {types: {one: {worth: [{when: car == carl, add: 1}]}, two: {worth: [{when: car == carl, add: 2}]}}}",
    );
    told(&types, 2, &["`carl` may be of 2 types"]);
    told(&ESTATE.replace("status_quo", "# status_quo"), 2, &["does not say how it stands"]);
    let none = "detente: 1\ntitle: t\nparties: {a: A, b: B}\nissues: {x: {set_by: a}}\npreferences: {a: {worth: [{when: x, \
                add: 1}]}, b: {worth: [{when: x, add: 1}]}}\n";
    told(none, 2, &["no issue is a good: none has `a` and `b` as its values", "values: [a, b]"]);
    let canal = format!("{}/../../docs/book/examples/canal.xml", env!("CARGO_MANIFEST_DIR"));
    let run = detente(&["divide", &canal, "--set", "a=1"]);
    assert!(run.status == 2 && run.err.contains("`--set` fixes numbers of a scenario"), "{}", run.err);
}
