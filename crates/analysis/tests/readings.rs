//! Readings of a file against what its definitions say.

use detente_analysis::readings::{ReadingEvidence, ReadingsAnswer, ReadingsPart, WeighingRelation};
use detente_analysis::{Options, analyze, readings, stable};
use detente_base::{Budget, SourceText};
use detente_scenario::Situation;

const POST: &str = include_str!("../../../docs/book/examples/garrison-post.yaml");

fn read(text: &str) -> (SourceText, Situation) {
    let loaded = detente_scenario::load("x.yaml", text.as_bytes());
    (loaded.source, loaded.situation.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics)))
}

fn ask(text: &str, outcome: Option<&str>) -> ReadingsAnswer {
    let (source, situation) = read(text);
    let options = Options { outcome: outcome.map(str::to_owned), ..Options::default() };
    readings(&source, &situation, &options, &Budget::default()).expect("a file with readings")
}

fn holds<'a>(part: &'a ReadingsPart, reading: &str, concept: &str) -> &'a [u32] {
    let view = part.readings.iter().find(|view| view.reading == reading);
    &view.unwrap_or_else(|| panic!("no reading {reading}")).equilibria[concept]
}

#[test]
fn an_unknown_comparison_decides_between_a_and_c() {
    let answer = ask(POST, Some("2"));
    let [part] = answer.parts.as_slice() else { panic!("one part") };
    let expected = [
        ("order", vec![2, 3]),
        ("sure", vec![3]),
        ("a", vec![3]),
        ("b", vec![3]),
        ("c", vec![2, 3]),
        ("d", vec![2, 3]),
    ];
    for (reading, outcomes) in expected {
        assert_eq!(holds(part, reading, "SEQ"), outcomes, "{reading}");
    }
    let row = part.rows.iter().find(|row| row.outcome == 2).expect("it turns");
    let lines: Vec<usize> = row.turns_on.iter().map(|index| answer.statements[*index].line).collect();
    assert_eq!(lines, [18]);
    let north = &part.close[0].parties[0];
    let unknown = north.verdicts.iter().any(|verdict| {
        !verdict.stable
            && verdict.verified
            && matches!(&verdict.evidence, ReadingEvidence::Leaves { failing: Some(failing), .. }
                if failing.compared.relation == WeighingRelation::Unknown && failing.compared.statement == Some(0))
    });
    assert!(unknown, "{north:#?}");
    assert!(answer.checked.confirmed > 0 && answer.checked.unchecked == 0);
}

#[test]
fn strong_and_weak_add_up_to_general() {
    let answer = ask(POST, None);
    let part = &answer.parts[0];
    for letter in ["a", "b", "c", "d"] {
        let strong = part.readings.iter().find(|view| view.reading == format!("strong {letter}")).expect("strong");
        let weakly = strong.weakly.as_ref().expect("told");
        for concept in ["R", "SSEQ", "SEQ", "SMR", "GMR"] {
            let mut both: Vec<u32> = strong.equilibria[concept].iter().chain(&weakly[concept]).copied().collect();
            both.sort_unstable();
            assert_eq!(both, holds(part, letter, concept), "{letter} {concept}");
        }
    }
}

const LADDER: &str = "detente: 1\ntitle: t\nparties: {north: North, south: South}\n\
    issues: {post: {values: [none, few, many], set_by: north}, road: {set_by: south}}\n\
    preferences:\n  south: {priority: [road]}\n  north:\n";

#[test]
fn a_gap_counts_worth_or_levels() {
    // North would go from none to few; after the road it is off by 3, or by one level.
    let file = |gap: &str, form: &str| {
        format!("{LADDER}    {form}\n    strong: {{gap: {gap}}}\n").replace("[road]", "[not road]")
    };
    let holding =
        |gap: &str, form: &str, reading: &str| holds(&ask(&file(gap, form), None).parts[0], reading, "GMR").to_vec();
    for (form, just, over) in [
        ("worth: [{when: road, add: -4}, {when: post == few, add: 1}]", "3", "7/2"),
        ("priority: [not road, post == few]", "1", "2"),
    ] {
        assert_eq!(holding(just, form, "order"), [1, 2, 3], "{form}");
        assert_eq!(holding(just, form, "strong"), [1, 2, 3], "{form}");
        assert_eq!(holding(over, form, "strong"), [2], "{form}");
    }
}

#[test]
fn chances_come_from_types_and_from_statements() {
    let types = |threshold: &str, more: &str| {
        format!(
            "{LADDER}    types: {{hard: {{chance: 0.6, priority: [post == many]}}, soft: {{priority: [post == none]}}}}\n    \
             threshold: {threshold}\n{more}"
        )
    };
    let nash = |text: &str| {
        let answer = ask(text, None);
        let part = answer.parts.last().expect("a part by chances").clone();
        assert!(part.all_types && answer.parts.len() == 3);
        holds(&part, "chances", "R").to_vec()
    };
    // Outcomes with the road: none 4, few 5, many 6. The hard type has chance 0.6.
    assert_eq!(nash(&types("0.5", "")), [6]);
    assert_eq!(nash(&types("0.6", "")), [4, 5, 6]);
    assert_eq!(nash(&types("0.3", "")), Vec::<u32>::new());
    let stated = "    chances: [{better: post == none, worse: post == many, chance: 0.9}]\n";
    assert_eq!(nash(&types("0.5", stated)), [4]);
}

#[test]
fn friends_are_spared_and_enemies_are_not_helped() {
    let file = |attitude: &str| {
        format!(
            "detente: 1\ntitle: t\nparties: {{north: North, south: South}}\nissues: {{post: {{set_by: north}}}}\n\
             preferences:\n  south: {{priority: [not post]}}\n  north: {{priority: [post], attitudes: {{south: {attitude}}}}}\n"
        )
    };
    let holding = |attitude: &str| holds(&ask(&file(attitude), None).parts[0], "attitudes", "R").to_vec();
    assert_eq!(holding("neutral"), [2]);
    assert_eq!(holding("negative"), [2]);
    assert_eq!(holding("positive"), [1, 2]);
}

#[test]
fn other_answers_say_what_they_set_aside() {
    let (source, situation) = read(POST);
    let answer = stable(&source, &situation, &Options::default(), &Budget::default()).expect("an answer");
    assert_eq!(answer.set_aside.iter().map(|view| view.line).collect::<Vec<_>>(), [18, 19]);
    let report = analyze(&source, &situation, &Options::default(), &Budget::default()).expect("a report");
    assert_eq!(report.set_aside, answer.set_aside);
}

#[test]
fn a_file_without_readings_says_so() {
    let (source, situation) = read(&format!("{LADDER}    priority: [post == few]\n"));
    let fault = readings(&source, &situation, &Options::default(), &Budget::default()).expect_err("nothing to read");
    assert!(fault.message.contains("several ways") && fault.help.is_some());
    let (source, situation) = read(POST);
    let budget = Budget { states: 2, ..Budget::default() };
    let answer = readings(&source, &situation, &Options::default(), &budget).expect("an answer");
    assert!(matches!(answer.completion, detente_analysis::report::Completion::Undecided { .. }));
}
