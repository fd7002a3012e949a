//! The page that sets answers beside published ones: `docs/book/src/conformance.md`.
//!
//! Every answer of this project on it is computed here; what others found is typed from
//! the sources that the notes of the cases name. `DETENTE_UPDATE=1` writes the page.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use detente_analysis::ask::solve_profile;
use detente_analysis::inverse::{MakeQuestion, make};
use detente_analysis::profile::profiles;
use detente_analysis::structure::Structure;
use detente_analysis::{Lists, Options, stable};
use detente_base::Budget;
use detente_conflict::{Concept, DmId};
use detente_scenario::expr::eval::central_point;
use detente_scenario::{Loaded, load, load_gmcr};

/// One line of the page.
struct Row {
    concept: &'static str,
    case: &'static str,
    /// What is found here.
    ours: String,
    /// What was published, in the numbers of the file; empty where nothing was.
    published: &'static str,
    /// What a tool prints, with its name; empty where none was run.
    tool: &'static str,
    remark: &'static str,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(case: &str) -> Loaded {
    let path = root().join("scenarios").join(format!("{case}.yaml"));
    load(case, &std::fs::read(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display())))
}

/// The outcomes that hold under a concept, asked for by name.
fn numbers(case: &str, concept: &str) -> Vec<u32> {
    let loaded = read(case);
    let situation = loaded.situation.expect("a right case");
    let options = Options { concepts: vec![concept.to_owned()], lists: Lists::Whole, ..Options::default() };
    let answer = stable(&loaded.source, &situation, &options, &Budget::default())
        .unwrap_or_else(|fault| panic!("{case}, {concept}: {fault}"));
    answer.equilibria.into_values().next().unwrap_or_else(|| panic!("{case}: {concept} is not defined"))
}

/// The outcomes that hold, as a set.
fn holds(case: &str, concept: &str) -> String {
    let numbers: Vec<String> = numbers(case, concept).iter().map(u32::to_string).collect();
    format!("{{{}}}", numbers.join(", "))
}

/// How many outcomes hold.
fn count(case: &str, concept: &str) -> String {
    format!("{} outcomes", numbers(case, concept).len())
}

/// How many orders of all outcomes make a party stay.
fn orders(case: &str, outcome: &str, party: &str, concept: &str) -> String {
    let loaded = read(case);
    let situation = loaded.situation.expect("a right case");
    let question = MakeQuestion { outcome: outcome.to_owned(), parties: vec![party.to_owned()], over: Vec::new() };
    let answer =
        make(&loaded.source, &situation, &question, &Options::default(), &Budget::default()).expect("known names");
    let target = &answer.profiles[0].targets[0];
    let found = target.concepts.iter().find(|c| c.concept == concept).expect("a concept of the answer");
    let rankings = found.parties[0].rankings.as_ref().expect("a count");
    let (satisfying, all) = rankings.of_all_outcomes.clone().expect("a small case");
    format!("{satisfying} of {all}")
}

/// Three parties with rankings drawn at random, such that one answer takes two moves of
/// one party.
const DRAWN: &str = r#"{
  "decisionMakers": [
    {"name": "first", "options": [0, 1], "preferences": [], "preferenceRanking":
      [4, 13, 19, 12, [30, 21], 27, 9, 22, [2, 18], 3, 15, 17, 31, 5, 14, 26, 7, 6, 16, 29, 11, 24, 20, 25,
       [23, 28, 1], 10, 32, 8]},
    {"name": "second", "options": [2, 3], "preferences": [], "preferenceRanking":
      [25, 22, 30, [13, 11], 9, 15, 10, 14, 1, [6, 32], 24, 8, 21, [29, 12], 19, 18, 4, 2, [7, 23], [5, 31, 20], 16,
       26, [17, 3, 28], 27]},
    {"name": "third", "options": [4], "preferences": [], "preferenceRanking":
      [14, 11, 30, 8, 27, 9, 12, 23, 19, [17, 28, 32], 24, 20, [4, 31], [16, 25], 13, 6, 3, 21, 29, 22, 26, 18, [1, 5],
       15, 2, 10, 7]}],
  "options": [
    {"name": "a", "permittedDirection": "both"}, {"name": "b", "permittedDirection": "both"},
    {"name": "c", "permittedDirection": "fwd"}, {"name": "d", "permittedDirection": "both"},
    {"name": "e", "permittedDirection": "both"}],
  "infeasibles": [], "useManualPreferenceRanking": true, "coalitions": [0, 1, 2]}"#;

/// Where the second party of that conflict stays.
fn drawn_second(concept: Concept) -> String {
    let loaded = load_gmcr("drawn.gmcr", DRAWN.as_bytes());
    let shown: Vec<&String> = loaded.diagnostics.iter().map(|d| &d.message).collect();
    let situation = loaded.situation.as_ref().unwrap_or_else(|| panic!("{shown:?}"));
    let budget = Budget::default();
    let structure = Structure::new(situation, &budget).expect("small");
    let point = central_point(situation).expect("no division");
    let profile = profiles(situation, 1).remove(0);
    let solved = solve_profile(&structure, &profile, &point, &budget).expect("small");
    let stable = solved.solution.stable(concept, DmId::from_index(1));
    let numbers: Vec<String> = stable.ones().map(|state| (state + 1).to_string()).collect();
    format!("{{{}}}", numbers.join(", "))
}

fn row(
    (concept, case): (&'static str, &'static str),
    ours: String,
    published: &'static str,
    tool: &'static str,
    remark: &'static str,
) -> Row {
    Row { concept, case, ours, published, tool, remark }
}

const PRISONERS: &str = "prisoners-dilemma/scenario";
const EUPHRATES: &str = "euphrates-1975/scenario";
const MISPERCEIVED: &str = "euphrates-1975/misperceived";
const ELMIRA: &str = "elmira/scenario";
const GARRISON: &str = "garrison-diversion/scenario";
const CUBA: &str = "cuban-missile-crisis/scenario";
const MILK: &str = "milk-river/scenario";
const KOREA: &str = "north-korea-2017/scenario";
const DETERRENCE: &str = "north-korea-2017/deterrence";
const IRREVERSIBLE: &str = "north-korea-2017/invasion-irreversible";
const CHINA: &str = "us-china-2020/scenario";
const TRADE: &str = "gatt-trade/scenario";

fn rows() -> Vec<Row> {
    let mut rows = small_cases();
    rows.extend(many_parties());
    rows.extend(two_parties());
    rows.extend(counts());
    rows
}

/// Cases in which everybody agrees.
fn small_cases() -> Vec<Row> {
    vec![
        row(("R", PRISONERS), holds(PRISONERS, "R"), "{1}", "gmcr-py: {1}", ""),
        row(("SEQ", PRISONERS), holds(PRISONERS, "SEQ"), "{1, 4}", "gmcr-py: {1, 4}", ""),
        row(("SMR", PRISONERS), holds(PRISONERS, "SMR"), "{1, 4}", "gmcr-py: {1, 4}", ""),
        row(("SIM", PRISONERS), holds(PRISONERS, "SIM"), "{1, 4}", "gmcr-py: {1, 4}", ""),
        row(("R", EUPHRATES), holds(EUPHRATES, "R"), "{6}", "gmcr-py: {6}", ""),
        row(("SEQ", EUPHRATES), holds(EUPHRATES, "SEQ"), "{6}", "gmcr-py: {6}", ""),
        row(("SMR", EUPHRATES), holds(EUPHRATES, "SMR"), "{6}", "gmcr-py: {6}", ""),
        row(("GMR", EUPHRATES), holds(EUPHRATES, "GMR"), "{1, 6}", "gmcr-py: {1, 6}", ""),
        row(("SEQ", MISPERCEIVED), holds(MISPERCEIVED, "SEQ"), "{1, 2, 6}", "", "each side is blind to two outcomes"),
        row(("GMR", MISPERCEIVED), holds(MISPERCEIVED, "GMR"), "{1, 2, 6}", "", ""),
        row(("R", MILK), count(MILK, "R"), "35 outcomes", "gmcr-py: 35 outcomes", "all but number 3"),
        row(("GMR", MILK), count(MILK, "GMR"), "36 outcomes", "gmcr-py: 36 outcomes", ""),
        row(
            ("R", ELMIRA),
            holds(ELMIRA, "R"),
            "{5, 6, 7, 10, 11, 12}",
            "",
            "published with four outcomes taken as one, as {5, 8, 9} of nine",
        ),
        row(("SEQ", ELMIRA), holds(ELMIRA, "SEQ"), "{5, 6, 7, 10, 11, 12}", "", ""),
        row(("GMR", ELMIRA), holds(ELMIRA, "GMR"), "{1, 4, 5, 6, 7, 10, 11, 12}", "", ""),
    ]
}

/// Where opponents may move several times.
fn many_parties() -> Vec<Row> {
    const GOLDEN: &str = "{2, 3, 8, 11, 13, 14, 15, 17, 18, 19, 21, 22}";
    const STRONG: &str = "{2, 3, 11, 17, 18, 21, 22}";
    const OLDER: &str = "gmcr-py 0.4.1: the published set with 4 and 10";
    const TWICE: &str = "the published set is older than the tool's code; the tool lets each opponent move once, and the \
                         answer to 6 → 2 takes a party that moves twice";
    vec![
        row(("R", GARRISON), holds(GARRISON, "R"), STRONG, "gmcr-py: the same", ""),
        row(("SEQ", GARRISON), holds(GARRISON, "SEQ"), STRONG, "gmcr-py: the same", ""),
        row(("SMR", GARRISON), holds(GARRISON, "SMR"), GOLDEN, OLDER, TWICE),
        row(("GMR", GARRISON), holds(GARRISON, "GMR"), GOLDEN, OLDER, TWICE),
        row(
            ("SEQ", "drawn at random: where the second of three parties stays"),
            drawn_second(Concept::Sequential),
            "",
            "gmcr-py 0.4.1: the same without 18",
            "the reply that keeps it at 18 takes two moves of one opponent",
        ),
    ]
}

/// Conflicts of two parties.
fn two_parties() -> Vec<Row> {
    const FORGOTTEN: &str =
        "the article forgets that, once an invasion cannot be undone, the way out from war is lost too";
    vec![
        row(("R", CUBA), holds(CUBA, "R"), "", "", "the air strike cannot be undone"),
        row(
            ("SEQ", CUBA),
            holds(CUBA, "SEQ"),
            "",
            "",
            "Fraser and Hipel have 5 and 7, with a strike that can be called off; 6 comes after a strike",
        ),
        row(("SMR", CUBA), holds(CUBA, "SMR"), "", "", ""),
        row(
            ("SIM", CUBA),
            holds(CUBA, "SIM"),
            "",
            "gmcr-py 0.4.1: {6}",
            "the tool errs only for a party with two improvements or more that need an answer",
        ),
        row(("L3", CUBA), holds(CUBA, "L3"), "", "", "the same for every longer horizon"),
        row(
            ("SEQ+SIM", KOREA),
            holds(KOREA, "SEQ+SIM"),
            "{1, 4, 5, 9}",
            "",
            "published as decimals {0, 4, 5, 10}, 4 by simultaneous moves",
        ),
        row(("SMR", KOREA), holds(KOREA, "SMR"), "{1, 4, 5, 9, 10}", "", ""),
        row(("SEQ", DETERRENCE), holds(DETERRENCE, "SEQ"), "{1, 5, 9, 10}", "", ""),
        row(("SMR", DETERRENCE), holds(DETERRENCE, "SMR"), "{1, 5, 9, 10}", "", ""),
        row(("SEQ", IRREVERSIBLE), holds(IRREVERSIBLE, "SEQ"), "{1, 5, 9}", "", FORGOTTEN),
        row(("R", CHINA), holds(CHINA, "R"), "{3, 31, 44, 73, 76}", "", ""),
        row(("SEQ", CHINA), holds(CHINA, "SEQ"), "{1, 3, 28, 29, 31, 33, 44, 50, 51, 52, 54, 58, 68, 73, 76}", "", ""),
        row(("SMR", CHINA), count(CHINA, "SMR"), "25 outcomes", "", ""),
        row(("GMR", CHINA), count(CHINA, "GMR"), "39 outcomes", "", ""),
    ]
}

/// Counts: of many outcomes, and of orders.
fn counts() -> Vec<Row> {
    const MEMORY: &str = "gmcr-py 0.4.1: stops for want of memory";
    const LAST: &str = "in the tool the last improvement decides; the rule then gives 7/12 of 720";
    const HELD: &str = "orders of Syria that make it stay at 2";
    vec![
        row(("R", TRADE), count(TRADE, "R"), "", MEMORY, "138,240 outcomes"),
        row(("SEQ", TRADE), count(TRADE, "SEQ"), "", MEMORY, ""),
        row(("SMR", TRADE), count(TRADE, "SMR"), "", MEMORY, ""),
        row(("GMR", TRADE), count(TRADE, "GMR"), "", MEMORY, ""),
        row(("R, inverse", EUPHRATES), orders(EUPHRATES, "2", "syria", "R"), "240 of 720", "GMCR+: 240 of 720", HELD),
        row(
            ("SEQ, inverse", EUPHRATES),
            orders(EUPHRATES, "2", "syria", "SEQ"),
            "420 of 720",
            "GMCR+: 420 of 720",
            LAST,
        ),
        row(("GMR, inverse", EUPHRATES), orders(EUPHRATES, "2", "syria", "GMR"), "", "", ""),
        row(("SMR, inverse", EUPHRATES), orders(EUPHRATES, "2", "syria", "SMR"), "", "", ""),
        row(("SSEQ, inverse", EUPHRATES), orders(EUPHRATES, "2", "syria", "SSEQ"), "", "", ""),
    ]
}

/// How an answer compares with a published one.
fn verdict(row: &Row) -> &'static str {
    match row.published {
        "" => "–",
        published if published == row.ours => "the same",
        _ => "**differs**",
    }
}

fn page(rows: &[Row]) -> String {
    let compared: Vec<&Row> = rows.iter().filter(|row| !row.published.is_empty()).collect();
    let same = compared.iter().filter(|row| verdict(row) == "the same").count();
    let mut text = format!(
        "# Answers beside published ones\n\n\
         Each line sets what Détente computes for a file of this repository beside what was published, and what other \
         programs print. Of {} published answers {same} are the same; the others are wrong by the definitions, and the \
         last column says where. Outcomes are numbered as in the file. A test computes this page anew.\n\n\
         | concept | case | Détente | published | | other programs | remark |\n|---|---|---|---|---|---|---|\n",
        compared.len()
    );
    for row in rows {
        let cell = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
        let case = if root().join(format!("scenarios/{}.yaml", row.case)).is_file() {
            let folder = row.case.split('/').next().unwrap_or_default();
            format!("[{}](../../../scenarios/{folder}/README.md)", row.case.trim_end_matches("/scenario"))
        } else {
            row.case.to_owned()
        };
        let _ = writeln!(
            text,
            "| {} | {case} | {} | {} | {} | {} | {} |",
            row.concept,
            row.ours,
            cell(row.published),
            verdict(row),
            cell(row.tool),
            row.remark
        );
    }
    text
}

#[test]
fn the_page_of_published_answers_is_up_to_date() {
    let path = root().join("docs/book/src/conformance.md");
    let expected = page(&rows());
    if std::env::var_os("DETENTE_UPDATE").is_some_and(|value| value == "1") {
        std::fs::write(&path, expected).expect("a page");
        return;
    }
    let found = std::fs::read_to_string(&path).expect("the page");
    assert!(found == expected, "{} is out of date; DETENTE_UPDATE=1 writes it\n{expected}", path.display());
}

/// The answers that differ are those whose fault is known, and no others.
#[test]
fn only_known_faults_of_published_answers_differ() {
    let rows = rows();
    let differing: Vec<(&str, &str)> =
        rows.iter().filter(|row| verdict(row) == "**differs**").map(|row| (row.concept, row.case)).collect();
    assert_eq!(differing, [("SMR", GARRISON), ("GMR", GARRISON), ("SEQ", IRREVERSIBLE), ("SEQ, inverse", EUPHRATES)]);
    assert!(rows.iter().filter(|row| verdict(row) == "**differs**").all(|row| !row.remark.is_empty()));
}
