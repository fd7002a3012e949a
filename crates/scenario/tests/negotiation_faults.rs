//! What is wrong in the files of a negotiation is told, all of it and as what it is.

use detente_scenario::negotiation_files::{NegotiationFile, load_negotiation};

const DOMAIN: &str = r#"<negotiation_template><utility_space><objective index="0" name="o">
  <issue index="1" name="price" type="discrete"><item index="1" value="low"/><item index="2" value="high"/></issue>
  <issue index="2" name="term" type="discrete"><item index="1" value="short"/><item index="2" value="long"/></issue>
</objective></utility_space></negotiation_template>"#;

const NEGMAS: &str = "{issues: [{name: price, values: [low, high]}]}";

fn genius(weights: &str, settings: &str) -> String {
    format!(
        r#"<utility_space><objective index="0" name="o">
  <issue index="1" name="price" type="discrete"><item value="low" evaluation="1"/><item value="high" evaluation="2"/></issue>
  <issue index="2" name="term" type="discrete"><item value="short" evaluation="x"/><item value="long" evaluation="2"/></issue>
  {weights}</objective>{settings}</utility_space>"#
    )
}

/// Codes and messages of all files, those of one file after those of another.
fn told(files: &[&str]) -> Vec<String> {
    let names = ["domain", "profile"];
    let files: Vec<NegotiationFile<'_>> =
        files.iter().zip(names).map(|(text, name)| NegotiationFile { name, bytes: text.as_bytes() }).collect();
    let found = load_negotiation(&files).found;
    let each = found.iter().flat_map(|(_, diagnostics)| diagnostics);
    each.map(|d| format!("{} {}", d.code.0, d.message)).collect()
}

#[test]
fn a_file_of_another_program_is_not_called_empty() {
    let profile = genius("", "");
    assert_eq!(
        told(&[NEGMAS, &profile]),
        ["G050 the file is of GENIUS, and the domain of NegMAS; expected one program"]
    );
    assert_eq!(
        told(&[NEGMAS, "{some: thing}"]),
        ["G050 the file is not the profile of a party; expected a profile of NegMAS"]
    );
}

#[test]
fn all_faults_of_a_profile_are_told_at_once() {
    let weights = r#"<weight index="1" value="0.5"/><weight index="7" value="0.5"/>"#;
    let profile = genius(weights, r#"<discount_factor value="y"/><reservaton value="0.2"/>"#);
    let mut found = told(&[DOMAIN, &profile]);
    found.sort();
    assert_eq!(
        found,
        [
            "G032 `evaluation` is `x`; expected a number",
            "G032 `value` is `y`; expected a number",
            "G034 issue 2 (`term`) has no weight",
            "G058 `reservaton` is not read; did you mean `reservation`?",
            "G058 the weight of issue 7 is not used: the domain has no such issue",
        ]
    );
}

#[test]
fn fields_with_nearly_the_right_names_are_told() {
    let negolog =
        r#"{"reservationvalue": 0.4, "issueWeights": {"price": 1}, "issues": {"price": {"low": 0.2, "high": 1}}}"#;
    let found = told(&[negolog, negolog]);
    assert!(
        found.iter().any(|d| d == "G058 `reservationvalue` is not read; did you mean `reservationValue`?"),
        "{found:?}"
    );
    let negmas = "{type: LinearAdditiveUtilityFunction, values: [{type: TableFun, mapping: {low: 0.2, high: 1}}], weights: [1], bais: 3}";
    assert_eq!(told(&[NEGMAS, negmas]), ["G058 `bais` is not read; did you mean `bias`?"]);
    let domain = "{issues: [{nme: price, values: [low, high]}]}";
    assert_eq!(told(&[domain, &negmas.replace(", bais: 3", "")]), ["G058 `nme` is not read; did you mean `name`?"]);
}

#[test]
fn a_file_that_is_too_large_is_only_that() {
    let large = format!("{NEGMAS}{}", " ".repeat(17 << 20));
    assert_eq!(told(&[&large, NEGMAS]), ["S003 the file has more than 16777216 bytes; expected no more"]);
}
