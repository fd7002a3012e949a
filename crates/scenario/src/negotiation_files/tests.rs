//! Files of negotiations as they are met, and as they should not be.

use detente_base::{Exact, Pcg, Severity};

use super::{FileKind, LoadedNegotiation, NegotiationFile, load_negotiation, recognise};

fn load(texts: &[&str]) -> LoadedNegotiation {
    let files: Vec<NegotiationFile<'_>> =
        texts.iter().map(|text| NegotiationFile { name: "file", bytes: text.as_bytes() }).collect();
    let loaded = load_negotiation(&files);
    for (source, diagnostics) in &loaded.found {
        assert!(diagnostics.iter().all(|d| d.span.start <= d.span.end && d.span.end <= source.text().len()));
        assert!(diagnostics.iter().all(|d| !d.message.contains('\n')), "{diagnostics:?}");
    }
    loaded
}

/// Codes of all files, with their messages.
fn told(loaded: &LoadedNegotiation) -> Vec<(String, String)> {
    loaded.found.iter().flat_map(|(_, found)| found).map(|d| (d.code.0.to_owned(), d.message.clone())).collect()
}

fn worths(loaded: &LoadedNegotiation, party: usize) -> Vec<Vec<String>> {
    let profile = loaded.profiles[party].as_ref().unwrap_or_else(|| panic!("{:?}", told(loaded)));
    profile
        .worth
        .additive()
        .expect("additive")
        .iter()
        .map(|values| values.iter().map(Exact::to_string).collect())
        .collect()
}

fn reservation(loaded: &LoadedNegotiation, party: usize) -> String {
    loaded.profiles[party].as_ref().expect("a profile").reservation.to_string()
}

const WEB_DOMAIN: &str = r#"{"name": "sale", "issuesValues": {
  "colour": {"values": ["red", "blue"]},
  "price": {"range": {"low": 10, "high": 12.5, "step": 0.5}}}}"#;

const WEB_PROFILE: &str = r#"{"LinearAdditiveUtilitySpace": {
  "domain": {"name": "sale", "issuesValues": {
    "price": {"range": ["10", "12.5", "0.5"]},
    "colour": {"values": ["blue", "red"]}}},
  "name": "buyer",
  "issueUtilities": {
    "colour": {"discreteutils": {"valueUtilities": {"blue": 1, "red": 0.25}}},
    "price": {"numberutils": {"lowValue": 10, "lowUtility": 1, "highValue": 12.5, "highUtility": 0.0}}},
  "issueWeights": {"colour": 0.4, "price": 0.6},
  "reservationBid": {"issuevalues": {"price": 11.50, "colour": "red"}}}}"#;

#[test]
fn geniusweb_is_read_with_its_reservation_bid() {
    let loaded = load(&[WEB_DOMAIN, WEB_PROFILE, WEB_PROFILE]);
    assert_eq!((loaded.first_profile, told(&loaded)), (1, Vec::new()));
    let domain = loaded.domain.as_ref().expect("a domain");
    assert_eq!(domain.issues[1].values, ["10", "10.5", "11", "11.5", "12", "12.5"]);
    assert_eq!(worths(&loaded, 0), [vec!["0.1", "0.4"], vec!["0.6", "0.48", "0.36", "0.24", "0.12", "0"]]);
    // 0.4 · 0.25 for red and 0.6 · 0.4 for 11.5.
    assert_eq!(reservation(&loaded, 0), "0.34");
    // A bid without the price is worth what its colour is; no bid is worth nothing.
    let partial = WEB_PROFILE.replace("\"price\": 11.50, ", "");
    assert_eq!(reservation(&load(&[WEB_DOMAIN, &partial]), 0), "0.1");
    let none = WEB_PROFILE.replace(r#"{"issuevalues": {"price": 11.50, "colour": "red"}}"#, "null");
    assert_eq!(reservation(&load(&[WEB_DOMAIN, &none]), 0), "0");
}

#[test]
fn profiles_of_geniusweb_can_stand_without_a_domain() {
    let python = WEB_PROFILE
        .replace("discreteutils", "DiscreteValueSetUtilities")
        .replace("numberutils", "NumberValueSetUtilities");
    let loaded = load(&[&python, WEB_PROFILE]);
    assert_eq!((loaded.first_profile, told(&loaded)), (0, Vec::new()));
    // The order of the first profile's domain.
    assert_eq!(loaded.domain.as_ref().expect("a domain").issues[0].name, "price");
    assert_eq!(worths(&loaded, 0), worths(&loaded, 1));
    assert_eq!(reservation(&loaded, 1), "0.34");
}

#[test]
fn faults_of_geniusweb() {
    let fault = |from: &str, to: &str| -> Vec<String> {
        assert!(WEB_PROFILE.contains(from), "{from}");
        told(&load(&[WEB_DOMAIN, &WEB_PROFILE.replacen(from, to, 1)])).into_iter().map(|(code, _)| code).collect()
    };
    assert_eq!(fault("\"colour\": 0.4", "\"colour\": 0.5"), ["G056"], "weights add up to 1");
    assert_eq!(fault("\"colour\": 0.4", "\"colour\": -0.4"), ["G056", "G054"]);
    assert_eq!(fault("\"colour\": 0.4", "\"color\": 0.4"), ["G055", "G055"], "unknown and left out");
    assert_eq!(fault("\"blue\": 1", "\"blue\": NaN"), ["G052"]);
    assert_eq!(fault("\"blue\": 1, ", ""), ["G055"]);
    assert_eq!(fault("\"blue\": 1, ", "\"green\": 1, "), ["G055", "G055"]);
    assert_eq!(fault("\"blue\": 1, ", "\"blue\": 1.5, "), ["G056"]);
    assert_eq!(fault("\"blue\": 1, ", "\"blue\": 1, \"blue\": 0, "), ["S013"]);
    assert_eq!(fault("\"lowValue\": 10", "\"lowValue\": 11"), ["G055"]);
    assert_eq!(fault("\"lowValue\": 10, ", ""), ["G051"]);
    assert_eq!(fault("numberutils", "somethingelse"), ["G051"]);
    assert_eq!(fault("LinearAdditiveUtilitySpace", "SumOfGroupsUtilitySpace"), ["G053"]);
    assert_eq!(fault("11.50", "11.51"), ["G055"]);
    assert_eq!(fault("\"blue\", \"red\"", "\"blue\", \"green\""), ["G055"], "another domain");
    let domain = |values: &str| -> Vec<String> {
        let text = format!("{{\"issuesValues\": {{\"price\": {values}}}}}");
        told(&load(&[&text])).into_iter().map(|(code, _)| code).collect()
    };
    assert_eq!(domain("{\"values\": [\"a\", \"a\"]}"), ["G057"]);
    assert_eq!(domain("{\"values\": []}"), ["G057"]);
    assert_eq!(domain("{\"range\": [5, 4, 1]}"), ["G057"]);
    assert_eq!(domain("{\"range\": [1, 4, 0]}"), ["G057"]);
    assert_eq!(domain("{\"range\": [0, 1e30, 1]}"), ["G057"]);
    assert_eq!(domain("{\"range\": [0, 1]}"), ["G051"]);
    assert_eq!(domain("{}"), ["G051"]);
    assert_eq!(domain("7"), ["G051"]);
}

const NEGOLOG: &str = r#"{"reservationValue": 0.3,
 "issueWeights": {"a": 0.25, "b": 0.75},
 "issues": {"a": {"x": 0.5, "y": 1}, "b": {"u": 0.1, "v": 0.9, "w": 1e-1}}}"#;

#[test]
fn negolog_needs_no_domain() {
    let other = r#"{"reservationValue": 0, "issueWeights": {"b": 0.5, "a": 0.5},
      "issues": {"b": {"w": 1, "v": 0, "u": 0.2}, "a": {"y": 0.4, "x": 1}}}"#;
    let loaded = load(&[NEGOLOG, other]);
    assert_eq!((loaded.first_profile, told(&loaded)), (0, Vec::new()));
    assert_eq!(worths(&loaded, 0), [vec!["0.125", "0.25"], vec!["0.075", "0.675", "0.075"]]);
    assert_eq!(worths(&loaded, 1), [vec!["0.5", "0.2"], vec!["0.1", "0", "0.5"]]);
    assert_eq!(reservation(&loaded, 0), "0.3");
    let faulty = other.replace("\"y\": 0.4, ", "").replace("\"a\": 0.5", "\"a\": -0.5").replace("\"v\": 0", "\"q\": 0");
    let found = told(&load(&[NEGOLOG, &faulty]));
    let has = |code: &str, words: &str| found.iter().any(|(c, message)| c == code && message.contains(words));
    assert!(has("G055", "no evaluation of `y`") && has("G055", "no value `q`"), "{found:?}");
    assert!(has("G054", "-0.5") && has("G056", "add up to 0") && has("G055", "no evaluation of `v`"), "{found:?}");
}

const NEGMAS_DOMAIN: &str = "
name: sale
type: DiscreteCartesianOutcomeSpace
issues:
- {name: price, type: ContiguousIssue, values: [2, 8, 2]}
- {name: colour, type: CategoricalIssue, values: [red, blue]}
- {name: days, type: negmas.outcomes.ContiguousIssue, values: 3}
- {name: share, type: ContinuousIssue, values: [0, 1]}
";

const NEGMAS_PROFILE: &str = "
type: LinearAdditiveUtilityFunction
name: seller
reserved_value: 0.25
stability: 2047
reserved_outcome: null
values:
- {type: AffineFun, slope: 0.5, bias: -1}
- {type: TableFun, mapping: {blue: 1.0, red: 0.0}}
- {type: TriangularFun, start: 0, middle: 1, end: 4, scale: 6}
- {type: BiasedFun, fun: {type: QuadraticFun, a2: 1}, bias: 1}
weights: [1, 10, 1, 2]
";

#[test]
fn negmas_is_read_by_value_functions() {
    let loaded = load(&[NEGMAS_DOMAIN, NEGMAS_PROFILE]);
    assert_eq!((loaded.first_profile, told(&loaded)), (1, Vec::new()));
    let domain = loaded.domain.as_ref().expect("a domain");
    assert_eq!(domain.issues[2].values, ["0", "1", "2"]);
    assert_eq!(domain.issues[3].sampled, Some((Exact::ZERO, Exact::ONE)));
    let found = worths(&loaded, 0);
    assert_eq!(found[0], ["0", "1", "2", "3"]);
    assert_eq!(found[1], ["0", "10"]);
    assert_eq!(found[2], ["0", "6", "4"]);
    assert_eq!((found[3][0].as_str(), found[3][10].as_str(), found[3][20].as_str()), ("2", "2.5", "4"));
    assert_eq!(reservation(&loaded, 0), "0.25");
    // Without a finite reservation any agreement is better than none.
    for none in ["reserved_value: -.inf", "reserved_value: null", "x: 1"] {
        assert_eq!(reservation(&load(&[NEGMAS_DOMAIN, &NEGMAS_PROFILE.replace("reserved_value: 0.25", none)]), 0), "2");
    }
}

/// What is linear between some numbers is a line; what is curved, or worth less at a number than
/// beside it, is sampled.
#[test]
fn real_numbers_of_negmas_are_lines() {
    let line = |function: &str| {
        let domain = "issues: [{name: share, type: ContinuousIssue, values: [0, 2]}]";
        let profile = format!("{{values: [{function}], weights: [2], bias: 1}}");
        let loaded = load(&[domain, &profile]);
        let profile = loaded.profiles[0].clone().unwrap_or_else(|| panic!("{function}: {:?}", told(&loaded)));
        let domain = loaded.domain.expect("a domain");
        let worths = profile.worth.additive().expect("it adds up")[0].clone();
        if let Some(line) = &profile.lines[0] {
            for (value, worth) in domain.issues[0].values.iter().zip(worths) {
                assert_eq!(line.at(&value.parse().expect("a number")).worth, worth, "{function} at {value}");
            }
        }
        let knots =
            |line: &super::Line| line.knots().iter().map(|k| format!("{} {}", k.at, k.worth)).collect::<Vec<_>>();
        (profile.lines[0].as_ref().map(knots), profile.reservation.to_string())
    };
    let is = |function: &str, knots: &[&str], least: &str| {
        let expected = (Some(knots.iter().map(|&knot| knot.to_owned()).collect()), least.to_owned());
        assert_eq!(line(function), expected, "{function}");
    };
    is("{type: AffineFun, slope: -0.5, bias: 1}", &["0 3", "2 1"], "1");
    is("{type: ConstFun, bias: 3}", &["0 7", "2 7"], "7");
    is("{type: TriangularFun, start: 0.3, middle: 1, end: 4}", &["0 1", "0.3 1", "1 3", "2 7/3"], "1");
    // The least of a valley lies between two samples.
    is("{type: TriangularFun, start: 0, middle: 0.33, end: 2, scale: -1, bias: 1}", &["0 3", "0.33 1", "2 3"], "1");
    is("{type: BiasedFun, fun: {type: IdentityFun}, bias: 1}", &["0 3", "2 7"], "3");
    for sampled in [
        "{type: QuadraticFun, a2: 1}",
        "{type: TriangularFun, start: 1, middle: 1, end: 2, scale: -1}",
        "{type: TrapezoidalFun, start: 0, rise_end: 0.5, fall_start: 1.5, end: 1.5, scale: -2}",
    ] {
        assert_eq!(line(sampled).0, None, "{sampled}");
    }
}

#[test]
fn other_utility_functions_of_negmas() {
    let domain =
        "issues: [{name: a, type: ContiguousIssue, values: [0, 2]}, {name: b, type: ContiguousIssue, values: 2}]";
    let affine = "{type: AffineUtilityFunction, weights: {b: 3, a: 1}, bias: 5, reserved_value: 1}";
    let loaded = load(&[domain, affine]);
    assert_eq!(worths(&loaded, 0), [vec!["5", "6", "7"], vec!["0", "3"]]);
    let discounted = "{type: ExpDiscountedUFun, discount: 0.9, ufun: {type: LinearUtilityFunction, weights: [1, 2]}}";
    let loaded = load(&[domain, discounted]);
    assert_eq!(told(&loaded).iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["G058"]);
    assert_eq!(worths(&loaded, 0), [vec!["0", "1", "2"], vec!["0", "2"]]);
    // Weights are 1 unless given; lists and objects without a type are tables.
    let plain = "{type: LinearAdditiveUtilityFunction, values: [[1, 2, 4], {'0': 1, '1': 0}]}";
    assert_eq!(worths(&load(&[domain, plain]), 0), [vec!["1", "2", "4"], vec!["1", "0"]]);
    let codes = |profile: &str| -> Vec<String> {
        let loaded = load(&[domain, profile]);
        assert!(loaded.profiles[0].is_none(), "{profile}");
        told(&loaded).into_iter().map(|(code, _)| code).collect()
    };
    assert_eq!(codes("{type: HyperRectangleUtilityFunction, weights: [1, 1]}"), ["G053"]);
    assert_eq!(codes("{type: LinearUtilityFunction, weights: [1]}"), ["G055"]);
    assert_eq!(codes("{type: LinearUtilityFunction, weights: [1, .nan], reserved_value: .inf}"), ["G052", "G052"]);
    assert_eq!(
        codes("{type: LinearAdditiveUtilityFunction, values: [[1, 2], {type: LogFun, tau: 1}]}"),
        ["G055", "G053"]
    );
    assert_eq!(
        codes("{type: LinearAdditiveUtilityFunction, values: [{type: LinearFun}, {type: TableFun}]}"),
        ["G051", "G051"]
    );
    let words = "issues: [{name: a, values: [x, y]}]";
    let loaded = load(&[words, "{type: LinearUtilityFunction, weights: [1]}"]);
    assert_eq!(told(&loaded)[0].0, "G055", "words are no numbers");
}

#[test]
fn files_are_recognised_by_their_content() {
    let kinds = [WEB_DOMAIN, WEB_PROFILE, NEGOLOG, NEGMAS_DOMAIN, NEGMAS_PROFILE, "\u{feff} <utility_space/>"];
    let found = kinds.map(|text| recognise(text.as_bytes()));
    assert_eq!(
        found,
        [
            FileKind::GeniusWebDomain,
            FileKind::GeniusWebProfile,
            FileKind::NegologProfile,
            FileKind::NegmasDomain,
            FileKind::NegmasProfile,
            FileKind::Genius
        ]
    );
    for text in ["", "x", "[1]", "detente: 1\nissues: [a]", "{\"options\": [], \"decisionMakers\": []}", "\u{0}"] {
        assert!(!recognise(text.as_bytes()).is_negotiation(), "{text}");
    }
}

#[test]
fn files_that_do_not_go_together_are_told() {
    for (texts, words) in [
        (vec![WEB_DOMAIN, NEGOLOG], "is of NegoLog, and the domain of GeniusWeb"),
        (vec![NEGOLOG, "<utility_space/>"], "is of GENIUS, and the domain of NegoLog"),
        (vec![NEGMAS_DOMAIN, NEGMAS_DOMAIN], "is a domain; expected the profile"),
        (vec![NEGMAS_PROFILE, NEGMAS_PROFILE], "expected a domain first"),
        (vec![NEGMAS_DOMAIN, "detente: 1"], "not the profile of a party"),
        (vec!["title: x", NEGMAS_PROFILE], "no domain of a negotiation"),
    ] {
        let found = told(&load(&texts));
        assert!(found.iter().any(|(code, message)| code == "G050" && message.contains(words)), "{found:?}");
    }
}

#[test]
fn hostile_files_are_refused() {
    let deep = format!("{{\"issues\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let long = format!("{{\"issueWeights\": \"{}\"}}", "x".repeat(17 << 20));
    let bomb = "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b]\n\
                d: &d [*c, *c, *c, *c, *c, *c, *c, *c]\nissues: [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\n";
    for text in [deep.as_str(), long.as_str(), bomb, "{\"issues\": [", "issueWeights: !!python/tuple [1]"] {
        let loaded = load(&[text, NEGOLOG]);
        let errors = loaded.found[0].1.iter().filter(|d| d.severity == Severity::Error).count();
        assert!(errors > 0 && loaded.profiles.iter().all(Option::is_none), "{}", &text[..text.len().min(60)]);
    }
}

/// Mutated files: no panic, and a profile exactly where no error is told.
#[test]
fn mutated_files_are_read_or_refused() {
    let seeds = [WEB_DOMAIN, WEB_PROFILE, NEGOLOG, NEGMAS_DOMAIN, NEGMAS_PROFILE];
    let pieces =
        ["", "\"", "{", "}", "[", "]", ",", ":", "-", "0", "1e99", "1e999", "null", "NaN", "/0", "é", "\n", "'"];
    let mut read = 0;
    for seed in 0..4_000 {
        let mut rng = Pcg::new(seed);
        let mut mutate = |text: &str| {
            let mut text = text.to_owned();
            for _ in 0..rng.below(3) {
                let cut = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
                let from = cut(rng.below(text.len() as u32 + 1) as usize);
                let to = cut((from + rng.below(6) as usize).min(text.len())).max(from);
                text.replace_range(from..to, pieces[rng.below(pieces.len() as u32) as usize]);
            }
            text
        };
        let first = mutate(seeds[(seed % 5) as usize]);
        let second = mutate(seeds[(seed / 5 % 5) as usize]);
        let loaded = load(&[&first, &second]);
        for (profile, (_, found)) in loaded.profiles.iter().zip(&loaded.found[loaded.first_profile..]) {
            let errors = found.iter().any(|d| d.severity == Severity::Error);
            assert_eq!(profile.is_none(), errors, "seed {seed}: {found:?}\n{first}\n{second}");
            read += usize::from(profile.is_some());
        }
    }
    assert!(read > 300, "{read}");
}
