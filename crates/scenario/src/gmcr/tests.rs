use super::*;

const MODEL: &str = r#"{
 "options": [
  {"name": "Raid", "permittedDirection": "fwd"},
  {"name": "Talk", "permittedDirection": "both"},
  {"name": "Wait", "permittedDirection": "back"}
 ],
 "decisionMakers": [
  {"name": "Captor", "options": [1], "preferences": [[[0, "N"]], {"compound": true, "members": [[[1, "Y"], [2, "N"]], [[0, "Y"]]]}],
   "misperceptions": [[[2, "Y"]]]},
  {"name": "State", "options": [0, 2], "preferences": []}
 ],
 "infeasibles": [[[0, "Y"], [2, "Y"]]],
 "useManualPreferenceRanking": false, "coalitions": [0, 1], "program": "gmcr-py", "version": "0.4.1"
}"#;

fn codes(text: &str) -> Vec<&'static str> {
    let (file, source, diagnostics) = parse_gmcr("x.gmcr", text.as_bytes());
    assert_eq!(file.is_none(), diagnostics.iter().any(|d| d.severity == Severity::Error), "{diagnostics:?}");
    for diagnostic in &diagnostics {
        assert!(diagnostic.span.start <= diagnostic.span.end && diagnostic.span.end <= source.text().len());
    }
    diagnostics.iter().map(|diagnostic| diagnostic.code.0).collect()
}

#[test]
fn options_are_sorted_by_decision_maker_and_references_follow() {
    let (file, source, diagnostics) = parse_gmcr("x.gmcr", MODEL.as_bytes());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let file = file.expect("no errors");
    let names: Vec<_> = file.options.iter().map(|option| option.name.as_str()).collect();
    assert_eq!(names, ["Talk", "Raid", "Wait"]);
    assert_eq!(file.options[1].direction, Direction::Forward);
    assert_eq!(file.options[2].direction, Direction::Backward);
    assert_eq!(file.decision_makers[1].options, 1..3);
    let literal = |option, taken| GmcrLiteral { option, taken };
    assert_eq!(file.infeasible[0].any_of, [[literal(1, true), literal(2, true)]]);
    assert_eq!(source.slice(file.infeasible[0].span), r#"[[0, "Y"], [2, "Y"]]"#);
    let compound = &file.decision_makers[0].statements[1];
    assert_eq!(compound.any_of, [vec![literal(0, true), literal(2, false)], vec![literal(1, true)]]);
    assert!(compound.holds(|option| option == 0) && !compound.holds(|option| option == 2));
    assert_eq!(file.decision_makers[0].unseen.len(), 1);
    assert_eq!(file.decision_makers[0].ranking, None);
}

#[test]
fn rankings_under_both_names_are_read_and_compared_with_the_states() {
    let ranked = |flag: &str, field: &str, ranking: &str| {
        MODEL
            .replace("\"useManualPreferenceRanking\": false", flag)
            .replace(r#""preferences": []"#, &format!(r#""preferences": [], "{field}": {ranking}"#))
            .replace(r#""misperceptions""#, &format!(r#""{field}": [1, 2, 3, 4, 5, 6], "misperceptions""#))
    };
    let manual = r#""useManualPreferenceRanking": true"#;
    let whole = ranked(manual, "preferenceRanking", "[3, [1, 2], 6, 5, 4]");
    let (file, ..) = parse_gmcr("x.gmcr", whole.as_bytes());
    let ranking = file.and_then(|file| file.decision_makers[1].ranking.clone());
    assert_eq!(ranking, Some(vec![vec![3], vec![1, 2], vec![6], vec![5], vec![4]]));
    assert!(
        codes(&ranked(r#""useManualPreferenceVectors": true"#, "preferenceVector", "[[1, 2, 3, 4, 5, 6]]")).is_empty()
    );
    for bad in ["[3, [1, 2], 6, 5]", "[3, [1, 2], 6, 5, 4, 7]", "[3, [1, 2], 6, 5, 4, 3]", "[3, [], 1, 2, 6, 5, 4]"] {
        assert_eq!(codes(&ranked(manual, "preferenceRanking", bad)), ["G010"], "{bad}");
    }
    assert_eq!(codes(&ranked(manual, "preferenceRanking", "[0, 1, 2, 3, 4, 5, 6]")), ["G004"]);
    assert_eq!(codes(&MODEL.replace("false", "true")), ["G003", "G003"]);
}

#[test]
fn every_fault_has_its_code() {
    let faults = [
        (r#""options": [1]"#, r#""options": [1, 7]"#, "G005"),
        (r#""options": [1]"#, r#""options": [1, 0]"#, "G006"),
        (r#""options": [0, 2]"#, r#""options": [0]"#, "G006"),
        (r#""fwd""#, r#""sideways""#, "G007"),
        (r#"[[0, "N"]]"#, r#"[[0, "Maybe"]]"#, "G008"),
        (r#"[[0, "N"]]"#, r#"[[0, "N"], [0, "Y"]]"#, "G009"),
        (r#"[[0, "N"]]"#, "[]", "G009"),
        (r#"[[0, "N"]]"#, "[[-1, \"N\"]]", "G005"),
        (r#"[[0, "N"]]"#, "[3]", "G004"),
        (r#"[[0, "N"]]"#, "{\"compound\": true}", "G003"),
        (r#""program""#, r#""programme""#, "G011"),
        ("[0, 1]", "[[0, 1]]", "G011"),
        (r#""State""#, r#""Captor""#, "G012"),
        (r#""name": "Raid", "#, "", "G003"),
        (": false", ": 3", "G004"),
        (r#""decisionMakers""#, r#""makers""#, "G011"),
    ];
    for (from, to, code) in faults {
        let text = MODEL.replacen(from, to, 1);
        assert_ne!(text, MODEL, "{from}");
        assert!(codes(&text).contains(&code), "{from} → {to}: {:?}", codes(&text));
    }
    assert_eq!(codes("[1]"), ["G001"]);
    assert_eq!(codes(r#"{"options": [], "decisionMakers": []}"#), ["G013", "G013"]);
    assert_eq!(codes("{\"options\": [\n"), ["S008"]);
    let (file, _, diagnostics) = parse_gmcr("x", b"\x80\x03}q\x00");
    assert!(file.is_none() && diagnostics[0].code.0 == "G002");
}
