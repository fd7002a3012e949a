//! Files of GENIUS as they are met, and as they should not be.

use detente_base::{Exact, Severity};

use super::{parse_domain, parse_profile};
use crate::negotiation_files::{Aggregation, Pays, Profile, ValueBound, Worth};

const DOMAIN: &str = r#"<!-- made by hand --><?xml version="1.0"?>
<negotiation_template><utility_space number_of_issues="2">
<objective index="0" name="sale" type="objective">
  <issue index="1" name="price" type="discrete"><item index="1" value="low"/><item index="2" value="high"/></issue>
  <issue index="2" name="days" vtype="integer"><range lowerbound="2" upperbound="4"/></issue>
</objective></utility_space></negotiation_template>"#;

fn profile(issues: &str, rest: &str) -> String {
    format!("<utility_space><objective index=\"0\">{issues}</objective>{rest}</utility_space>")
}

fn additive(profile: &Profile) -> &[Vec<Exact>] {
    match &profile.worth {
        Worth::Additive(worths) => worths,
        Worth::Rectangles(_) => panic!("hyper-rectangles"),
    }
}

const ISSUES: &str = r#"<weight index="1" value="0.6"/><weight index="2" value="0.4"/>
<issue index="1" type="discrete"><item value="low" evaluation="1"/><item value="high" evaluation="4"/></issue>
<issue index="2" type="integer" lowerbound="2" upperbound="4"><evaluator slope="0.75" offset="0"/></issue>"#;

fn read(text: &str) -> (Option<Profile>, Vec<(String, String)>) {
    let (domain, _, diagnostics) = parse_domain("sale.xml", DOMAIN.as_bytes());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let (profile, source, diagnostics) = parse_profile("seller.xml", text.as_bytes(), &domain.expect("a domain"));
    assert!(diagnostics.iter().all(|d| d.span.end <= source.text().len() && d.span.start <= d.span.end));
    let errors = diagnostics.iter().any(|d| d.severity == Severity::Error);
    assert_ne!(errors, profile.is_some(), "{diagnostics:?}");
    (profile, diagnostics.iter().map(|d| (d.code.0.to_owned(), d.message.clone())).collect())
}

#[test]
fn worth_is_weight_times_share_of_the_greatest_evaluation() {
    let (found, told) = read(&profile(ISSUES, "<reservation value=\"0.25\"/><discount_factor value=\"0.9\"/>"));
    let found = found.expect("a profile");
    assert!(told.is_empty(), "{told:?}");
    let worths: Vec<Vec<String>> =
        additive(&found).iter().map(|values| values.iter().map(Exact::to_string).collect()).collect();
    // 0.6/4 and 0.6; 0.4 times 0, 0.75 and, cut off, 1.
    assert_eq!(worths, [vec!["0.15", "0.6"], vec!["0", "0.3", "0.4"]]);
    assert_eq!((found.reservation, found.discount), (Exact::ratio(1, 4), Some(Exact::ratio(9, 10))));
    let (found, _) = read(&profile(ISSUES, ""));
    assert_eq!(found.expect("a profile").reservation, Exact::ZERO);
}

#[test]
fn every_fault_is_told_at_once() {
    let issues = r#"<weight index="1" value="-0.6"/><weight index="1" value="x"/>
<issue index="1" type="discrete"><item value="low" evaluation="1"/><item value="medium" evaluation="2"/></issue>
<issue index="9" type="discrete"><item value="low" evaluation="1"/></issue>"#;
    let (_, told) = read(&profile(issues, "<reservation value=\"NaN\"/>"));
    let has = |code: &str, words: &str| told.iter().any(|(c, message)| c == code && message.contains(words));
    assert!(has("G034", "-0.6"), "{told:?}");
    assert!(has("G032", "`x`") && has("G032", "`NaN`"), "{told:?}");
    assert!(has("G035", "no value `medium`") && has("G035", "no evaluation of `high`"), "{told:?}");
    assert!(has("G035", "issue 2") && has("G035", "no issue 9"), "{told:?}");
}

#[test]
fn what_is_no_file_of_genius_is_refused() {
    let bomb = "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><utility_space>&b;</utility_space>";
    let deep = format!("{}{}", "<a>".repeat(200_000), "</a>".repeat(200_000));
    for text in [
        "",
        "detente: 1",
        "<a",
        "<a/>",
        bomb,
        &deep,
        "<objective/>",
        "\u{0}<a/>",
        "<utility_space type=\"constraint\"/>",
    ] {
        let (found, source, diagnostics) = parse_domain("x.xml", text.as_bytes());
        assert!(found.is_none(), "{}", &text[..text.len().min(80)]);
        let first = diagnostics.first().expect("told why");
        assert_eq!(first.severity, Severity::Error);
        assert!(first.span.end <= source.text().len());
    }
    let (found, _, _) =
        parse_domain("latin.xml", &DOMAIN.replace("price", "pri\u{e7}e").chars().map(|c| c as u8).collect::<Vec<_>>());
    assert_eq!(found.expect("Latin-1").issues[0].name, "pri\u{e7}e");
}

#[test]
fn faults_of_a_domain() {
    let codes = |issue: &str| -> Vec<String> {
        let text = format!("<utility_space><objective>{issue}</objective></utility_space>");
        parse_domain("x.xml", text.as_bytes()).2.iter().map(|d| d.code.0.to_owned()).collect()
    };
    assert_eq!(codes("<issue index=\"1\"/>"), ["G031"]);
    assert_eq!(codes("<issue name=\"a\"><item value=\"x\"/></issue>"), ["G032"]);
    assert_eq!(codes("<issue index=\"1.5\"><item value=\"x\"/></issue>"), ["G032"]);
    assert_eq!(codes("<issue index=\"1\" type=\"objective\"/>"), ["G033"]);
    assert_eq!(codes("<issue index=\"1\" type=\"real\" lowerbound=\"1\" upperbound=\"1\"/>"), ["G031"]);
    assert_eq!(codes("<issue index=\"1\" type=\"integer\" lowerbound=\"4\" upperbound=\"1\"/>"), ["G031"]);
    assert_eq!(codes("<issue index=\"1\" type=\"integer\" lowerbound=\"0\" upperbound=\"9e18\"/>"), ["G031"]);
    assert_eq!(codes("<issue index=\"1\"><item value=\"x\"/><item value=\"x\"/></issue>"), ["G036"]);
    assert_eq!(codes("<issue index=\"1\"><item/><item value=\"x\"/></issue>"), ["G031"]);
}

fn rectangles(inner: &str) -> String {
    format!(
        "<utility_space type=\"nonlinear\"><objective index=\"0\">\
         <issue index=\"2\" name=\"days\" type=\"integer\" lowerbound=\"2\" upperbound=\"4\"/>\
         <utility maxutility=\"40\"><ufun aggregation=\"sum\" weight=\"2\">{inner}</ufun></utility>\
         </objective><reservation value=\"0.5\"/></utility_space>"
    )
}

#[test]
fn hyper_rectangles_pay_inside_or_outside() {
    let inner = r#"<hyperRectangle utility="10" weight="0.5"><INCLUDES index="2" min="3" max="9"/></hyperRectangle>
<hyperRectangle utility="-4"><EXCLUDES index="2" min="2" max="2"/><EXCLUDES index="2" min="0" max="3"/></hyperRectangle>
<hyperRectangle utility="1"/>"#;
    let (found, told) = read(&rectangles(inner));
    let found = found.expect("a profile");
    assert!(told.is_empty(), "{told:?}");
    let Worth::Rectangles(worth) = found.worth else { panic!("additive") };
    assert_eq!((worth.unit, worth.aggregation, worth.weight), (40.into(), Aggregation::Sum, 2.into()));
    assert_eq!(found.reservation, Exact::ratio(1, 2));
    // Values by position: 3 days is the second value of the second issue.
    let bound = |least, greatest| ValueBound { issue: 1, least, greatest };
    let found: Vec<(Exact, Pays, Vec<ValueBound>)> =
        worth.rectangles.into_iter().map(|rectangle| (rectangle.utility, rectangle.pays, rectangle.bounds)).collect();
    assert_eq!(
        found,
        [
            (5.into(), Pays::Inside, vec![bound(1, 2)]),
            (Exact::from(-4), Pays::Outside, vec![bound(0, 0), bound(0, 1)]),
            (1.into(), Pays::Inside, Vec::new()),
        ]
    );
}

#[test]
fn every_fault_of_hyper_rectangles_is_told_at_once() {
    let inner = r#"<hyperRectangle><INCLUDES index="2" min="3" max="3"/></hyperRectangle>
<hyperRectangle utility="NaN"><INCLUDES index="7" min="3" max="3"/></hyperRectangle>
<hyperRectangle utility="1"><INCLUDES index="1" min="3" max="3"/><EXCLUDES index="2" min="4" max="2"/></hyperRectangle>
<hyperRectangle utility="1"><INCLUDES index="2" min="0" max="1"/><INCLUDES min="x" max="1.5"/></hyperRectangle>"#;
    let (_, told) = read(&rectangles(inner).replace("\"40\"", "\"-1\"").replace("\"sum\"", "\"mean\""));
    let count = |code: &str| told.iter().filter(|(found, _)| found == code).count();
    let codes = ["G032", "G040", "G041", "G042", "G043", "G044", "G045"].map(count);
    // Without a utility, no number, and three faults of the last bound; a missing issue and one of words.
    assert_eq!(codes, [5, 1, 1, 2, 1, 1, 1], "{told:?}");
    for (inner, code) in [("<hyperRectangle utility=\"-1\"/>", "G046"), ("<ufun aggregation=\"sum\"/>", "G040")] {
        let (_, told) = read(&rectangles(inner).replace("\"sum\" weight", "\"max\" weight"));
        assert_eq!(told.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), [code], "{told:?}");
    }
    let empty = "<utility_space type=\"nonlinear\"><objective><issue index=\"2\"/></objective></utility_space>";
    let (_, told) = read(empty);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].0, "G031");
}

const REAL: &str = r#"<utility_space><objective>
  <issue index="1" name="price" type="real"><range lowerbound="10" upperbound="20"/></issue>
</objective></utility_space>"#;

#[test]
fn real_numbers_are_taken_at_evenly_spaced_values() {
    let (domain, _, diagnostics) = parse_domain("price.xml", REAL.as_bytes());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let domain = domain.expect("a domain");
    let issue = &domain.issues[0];
    assert_eq!(issue.sampled, Some((Exact::from(10), Exact::from(20))));
    assert_eq!((issue.values.len(), &issue.values[..3]), (21, &["10", "10.5", "11"].map(str::to_owned)[..]));
    let profile = |evaluator: &str| {
        let text = format!(
            "<utility_space><objective><weight index=\"1\" value=\"0.5\"/><issue index=\"1\" type=\"real\">\
             <range lowerbound=\"10\" upperbound=\"20\"/><evaluator {evaluator}/></issue></objective></utility_space>"
        );
        let (profile, _, diagnostics) = parse_profile("price.xml", text.as_bytes(), &domain);
        (profile, diagnostics)
    };
    let worths = |evaluator: &str| -> Vec<String> {
        let (profile, diagnostics) = profile(evaluator);
        match profile {
            Some(Profile { worth: Worth::Additive(worths), .. }) => worths[0].iter().map(Exact::to_string).collect(),
            Some(other) => panic!("{other:?}"),
            None => diagnostics.iter().map(|d| d.code.0.to_owned()).collect(),
        }
    };
    let at = |found: &[String], places: [usize; 5]| places.map(|place| found[place].clone());
    // 4 − 0.2x is above 1 up to 15 and below 0 never; half of it counts.
    let line = worths("ftype=\"linear\" parameter0=\"4\" parameter1=\"-0.2\"");
    assert_eq!(at(&line, [0, 10, 11, 15, 20]), ["0.5", "0.5", "0.45", "0.25", "0"]);
    let triangle = worths("ftype=\"triangular\" parameter0=\"11\" parameter1=\"19\" parameter2=\"13\"");
    assert_eq!(at(&triangle, [0, 4, 6, 12, 20]), ["0", "0.25", "0.5", "0.25", "0"]);
    assert_eq!(at(&worths("ftype=\"constant\" parameter0=\"3\""), [0, 1, 2, 3, 20]), ["0.5"; 5]);
    assert_eq!(worths("ftype=\"faratin\" parameter0=\"3\""), ["G033"]);
    assert_eq!(worths("ftype=\"linear\" parameter0=\"x\""), ["G032", "G032"]);
    assert_eq!(worths("ftype=\"triangular\" parameter0=\"3\" parameter1=\"1\" parameter2=\"2\""), ["G031"]);
    // Between its turns each evaluation is a line, which gives what the samples have.
    for evaluator in [
        "ftype=\"linear\" parameter0=\"4\" parameter1=\"-0.2\"",
        "ftype=\"triangular\" parameter0=\"11\" parameter1=\"19\" parameter2=\"13\"",
        "ftype=\"triangular\" parameter0=\"12.3\" parameter1=\"19\" parameter2=\"12.3\"",
        "ftype=\"triangular\" parameter0=\"5\" parameter1=\"40\" parameter2=\"30\"",
        "ftype=\"constant\" parameter0=\"3\"",
    ] {
        let profile = profile(evaluator).0.expect("a profile");
        let line = profile.lines[0].as_ref().expect("a line");
        let worths = profile.worth.additive().expect("it adds up");
        for (value, worth) in issue.values.iter().zip(&worths[0]) {
            assert_eq!(line.at(&value.parse().expect("a number")).worth, *worth, "{evaluator} at {value}");
        }
    }
    let jump = profile("ftype=\"triangular\" parameter0=\"12.3\" parameter1=\"19\" parameter2=\"12.3\"").0;
    let knot = jump.expect("a profile").lines[0].as_ref().expect("a line").at(&"12.3".parse().expect("a number"));
    assert_eq!((knot.before, knot.worth, knot.after), (Exact::ZERO, Exact::ratio(1, 2), Exact::ratio(1, 2)));
    // What the domain lists as words cannot be judged by a line.
    let (words, _, _) = parse_domain("sale.xml", DOMAIN.as_bytes());
    let text = REAL
        .replace("<range", "<weight index=\"1\" value=\"1\"/><evaluator ftype=\"constant\" parameter0=\"1\"/><range");
    let (profile, _, diagnostics) = parse_profile("price.xml", text.as_bytes(), &words.expect("a domain"));
    assert!(profile.is_none() && diagnostics.iter().any(|d| d.code.0 == "G035"), "{diagnostics:?}");
}
