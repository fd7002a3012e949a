//! The page that sets answers beside published ones: `docs/book/src/conformance.md`.
//!
//! Every answer of this project on it is computed here; what others found is typed from
//! the sources that the notes of the cases name. Cases that are no file of the repository
//! are typed in, in `typed`. `DETENTE_UPDATE=1` writes the page.

mod typed;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use detente_analysis::inverse::{MakeQuestion, make};
use detente_analysis::{CoalitionOptions, Engine, Lists, Options, coalitions, stable};
use detente_base::Budget;
use detente_conflict::{Concept, DmId, FixedBitSet, StateId, improvements};
use detente_scenario::{Loaded, Situation, load};

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

/// The outcomes that hold in a conflict that is typed in.
fn typed_holds(text: &str, concept: Concept) -> String {
    let equilibria = typed::solved(text, |solved| solved.solution.equilibria(concept));
    set_of(equilibria.ones().map(|state| state + 1))
}

/// Where one party of it stays.
fn typed_stays(text: &str, party: usize, concept: Concept) -> FixedBitSet {
    typed::solved(text, |solved| solved.solution.stable(concept, DmId::from_index(party)).clone())
}

fn set_of(numbers: impl Iterator<Item = usize>) -> String {
    let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
    format!("{{{}}}", numbers.join(", "))
}

/// The outcomes that a set lacks.
fn all_but(set: &FixedBitSet) -> String {
    format!("all but {}", set_of(set.zeroes().map(|state| state + 1)))
}

/// What no coalition would leave, or with groups of parties taken as one.
fn coalition_set(case: &str, concept: &str, merged: &[&str]) -> String {
    let loaded = read(case);
    let situation = loaded.situation.expect("a right case");
    let groups = if merged.is_empty() { Vec::new() } else { vec![merged.iter().map(|id| (*id).to_owned()).collect()] };
    let asked = CoalitionOptions { merged: groups, ..CoalitionOptions::default() };
    let options = Options { list_limit: 1_000, ..Options::default() };
    let answer = coalitions(&loaded.source, &situation, &options, &asked, &Budget::default()).expect("known names");
    let profile = &answer.profiles[0];
    let found = match &profile.merged {
        Some(view) => view.sets.iter().find(|set| set.concept == concept),
        None => profile.sets.iter().filter_map(|set| set.together.as_ref()).find(|set| set.concept == concept),
    };
    set_of(found.expect("a concept of the answer").outcomes.iter().map(|number| *number as usize))
}

/// How a coalition leaves an outcome: where each of its steps leads.
fn joint_way(case: &str, outcome: &str) -> String {
    let loaded = read(case);
    let situation = loaded.situation.expect("a right case");
    let options = Options { outcome: Some(outcome.to_owned()), ..Options::default() };
    let how = CoalitionOptions::default();
    let answer = coalitions(&loaded.source, &situation, &options, &how, &Budget::default()).expect("known names");
    let found = &answer.profiles[0].broken[0].breaks[0];
    format!("{} – {outcome} to {}", found.members.join(" + "), found.to)
}

/// Who would leave an outcome, and for which.
fn single_moves(case: &str, outcome: u32) -> String {
    let situation = read(case).situation.expect("a right case");
    let found = typed::solved_situation(&situation, |solved| {
        let of = |dm: DmId| {
            let targets = improvements(&solved.model, dm, StateId(outcome - 1));
            let party = situation.parties[dm.index()].id.clone();
            targets.into_iter().map(move |to| format!("{party} – {outcome} to {}", to.0 + 1)).collect::<Vec<_>>()
        };
        solved.model.decision_makers().flat_map(of).collect::<Vec<String>>()
    });
    found.join(", ")
}

/// The outcomes of Elmira that hold, with the four versions of abandoning as one.
fn nine_states(concept: &str) -> String {
    const NUMBER: [usize; 12] = [1, 2, 3, 4, 9, 9, 5, 6, 7, 8, 9, 9];
    let found: BTreeSet<usize> = numbers(ELMIRA, concept).iter().map(|n| NUMBER[*n as usize - 1]).collect();
    set_of(found.into_iter())
}

/// How many outcomes hold by decision diagrams.
fn count_on_diagrams(case: &str, concept: &str) -> String {
    let loaded = read(case);
    let situation = loaded.situation.expect("a right case");
    let options = Options { concepts: vec![concept.to_owned()], engine: Engine::Symbolic, ..Options::default() };
    let answer = stable(&loaded.source, &situation, &options, &Budget::default()).expect("a known concept");
    let found = answer.large[0].concepts.iter().find(|set| set.concept == concept).expect("a concept asked for");
    format!("{} outcomes", found.count.as_deref().expect("it was counted"))
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
const NINE: &str = "elmira, the four outcomes of abandoning taken as one";
const CALLED_OFF: &str = "cuban-missile-crisis, with a strike that can be called off";

fn rows() -> Vec<Row> {
    let mut rows = small_cases();
    rows.extend(many_parties());
    rows.extend(two_parties());
    rows.extend(together());
    rows.extend(counts());
    rows.extend(limits());
    rows
}

/// Cases in which everybody agrees.
fn small_cases() -> Vec<Row> {
    vec![
        row(("R", PRISONERS), holds(PRISONERS, "R"), "{1}", "gmcr-py: {1}", ""),
        row(("SEQ", PRISONERS), holds(PRISONERS, "SEQ"), "{1, 4}", "gmcr-py: {1, 4}", ""),
        row(("SMR", PRISONERS), holds(PRISONERS, "SMR"), "{1, 4}", "gmcr-py: {1, 4}", ""),
        row(("GMR", PRISONERS), holds(PRISONERS, "GMR"), "{1, 4}", "gmcr-py: {1, 4}", ""),
        row(("SIM", PRISONERS), holds(PRISONERS, "SIM"), "{1, 4}", "gmcr-py: {1, 4}", ""),
        row(("R", EUPHRATES), holds(EUPHRATES, "R"), "{6}", "gmcr-py: {6}", ""),
        row(("SEQ", EUPHRATES), holds(EUPHRATES, "SEQ"), "{6}", "gmcr-py: {6}", ""),
        row(("SMR", EUPHRATES), holds(EUPHRATES, "SMR"), "{6}", "gmcr-py: {6}", ""),
        row(("GMR", EUPHRATES), holds(EUPHRATES, "GMR"), "{1, 6}", "gmcr-py: {1, 6}", ""),
        row(("R", MISPERCEIVED), holds(MISPERCEIVED, "R"), "{1, 2, 6}", "", ""),
        row(("SEQ", MISPERCEIVED), holds(MISPERCEIVED, "SEQ"), "{1, 2, 6}", "", "each side is blind to two outcomes"),
        row(("SMR", MISPERCEIVED), holds(MISPERCEIVED, "SMR"), "{1, 2, 6}", "", ""),
        row(("GMR", MISPERCEIVED), holds(MISPERCEIVED, "GMR"), "{1, 2, 6}", "", ""),
        row(("R", MILK), count(MILK, "R"), "35 outcomes", "gmcr-py: 35 outcomes", "all but number 3"),
        row(("SEQ", MILK), count(MILK, "SEQ"), "35 outcomes", "gmcr-py: 35 outcomes", ""),
        row(("SMR", MILK), count(MILK, "SMR"), "36 outcomes", "gmcr-py: 36 outcomes", ""),
        row(("GMR", MILK), count(MILK, "GMR"), "36 outcomes", "gmcr-py: 36 outcomes", ""),
        row(("R", ELMIRA), holds(ELMIRA, "R"), "", "", "the file has twelve outcomes"),
        row(("SEQ", ELMIRA), holds(ELMIRA, "SEQ"), "", "", ""),
        row(("SMR", ELMIRA), holds(ELMIRA, "SMR"), "", "", ""),
        row(("GMR", ELMIRA), holds(ELMIRA, "GMR"), "", "", ""),
        row(("R", NINE), nine_states("R"), "{5, 8, 9}", "", ""),
        row(("SEQ", NINE), nine_states("SEQ"), "{5, 8, 9}", "", ""),
        row(("SMR", NINE), nine_states("SMR"), "{1, 4, 5, 8, 9}", "", ""),
        row(("GMR", NINE), nine_states("GMR"), "{1, 4, 5, 8, 9}", "", ""),
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
        row(("SIM", GARRISON), holds(GARRISON, "SIM"), STRONG, "gmcr-py: the same", ""),
        row(("SMR", GARRISON), holds(GARRISON, "SMR"), GOLDEN, OLDER, TWICE),
        row(("GMR", GARRISON), holds(GARRISON, "GMR"), GOLDEN, OLDER, TWICE),
        row(
            ("SEQ", "drawn at random: where the second of three parties stays"),
            set_of(typed_stays(typed::DRAWN, 1, Concept::Sequential).ones().map(|state| state + 1)),
            "",
            "gmcr-py 0.4.1: the same without 18",
            "the reply that keeps it at 18 takes two moves of one opponent",
        ),
        row(
            ("GMR", "drawn at random: where the third of four parties stays"),
            all_but(&typed_stays(typed::DRAWN_OF_FOUR, 2, Concept::GeneralMetarational)),
            "",
            "gmcr-py 0.4.1: all but {6, 11, 23}",
            "the reply that keeps it at 23 takes two moves of one opponent",
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
        row(("GMR", CUBA), holds(CUBA, "GMR"), "", "", ""),
        row(("R", CALLED_OFF), typed_holds(typed::CALLED_OFF, Concept::Nash), "", "", ""),
        row(("SEQ", CALLED_OFF), typed_holds(typed::CALLED_OFF, Concept::Sequential), "{5, 7}", "", ""),
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

/// What parties do together.
fn together() -> Vec<Row> {
    const PAIR: &[&str] = &["ministry", "uniroyal"];
    const AS_ONE: &str = "the tool takes ministry and company for one party; here `--merge`";
    let coalition = |concept| coalition_set(ELMIRA, concept, &[]);
    let as_one = |concept| coalition_set(ELMIRA, concept, PAIR);
    vec![
        row(("improvements at 1", ELMIRA), single_moves(ELMIRA, 1), "local – 1 to 7", "", ""),
        row(
            ("joint improvement at 7", ELMIRA),
            joint_way(ELMIRA, "7"),
            "ministry + uniroyal – 7 to 10",
            "",
            "published as 5 to 8 of nine",
        ),
        row(("CNash", ELMIRA), coalition("CNash"), "", "", "a coalition leaves the deadlock, 7"),
        row(("CSEQ", ELMIRA), coalition("CSEQ"), "", "", ""),
        row(("CSMR", ELMIRA), coalition("CSMR"), "", "", ""),
        row(("CGMR", ELMIRA), coalition("CGMR"), "", "", ""),
        row(("R, merged", ELMIRA), as_one("R"), "", "gmcr-py: {5, 6, 9, 10, 11, 12}", AS_ONE),
        row(("SEQ, merged", ELMIRA), as_one("SEQ"), "", "gmcr-py: {1, 5, 6, 9, 10, 11, 12}", ""),
        row(("SMR, merged", ELMIRA), as_one("SMR"), "", "gmcr-py: {1, 3, 4, 5, 6, 9, 10, 11, 12}", ""),
        row(("GMR, merged", ELMIRA), as_one("GMR"), "", "gmcr-py: {1, 3, 4, 5, 6, 9, 10, 11, 12}", ""),
        row(("CNash", GARRISON), coalition_set(GARRISON, "CNash", &[]), "", "", ""),
        row(("CSEQ", GARRISON), coalition_set(GARRISON, "CSEQ", &[]), "", "", ""),
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
        row(("R, on diagrams", TRADE), count_on_diagrams(TRADE, "R"), "", "", "without listing outcomes"),
        row(("SEQ, on diagrams", TRADE), count_on_diagrams(TRADE, "SEQ"), "", "", ""),
        row(("SMR, on diagrams", TRADE), count_on_diagrams(TRADE, "SMR"), "", "", ""),
        row(("GMR, on diagrams", TRADE), count_on_diagrams(TRADE, "GMR"), "", "", ""),
        row(("R, on diagrams", MILK), count_on_diagrams(MILK, "R"), "35 outcomes", "gmcr-py: 35 outcomes", ""),
        row(("GMR, on diagrams", MILK), count_on_diagrams(MILK, "GMR"), "36 outcomes", "gmcr-py: 36 outcomes", ""),
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

/// Where a tool has a limit.
fn limits() -> Vec<Row> {
    let periods: Vec<String> = typed::periods_of_strict_games()
        .into_iter()
        .map(|(period, games)| format!("period {period} in {games}"))
        .collect();
    vec![
        row(
            ("status quo", "a staircase: each step is one party's only way on"),
            format!("the last outcome is reached in {} moves", typed::steps_of_the_staircase()),
            "",
            "gmcr-py 0.4.1: looks five moves ahead, and says that it is not reached",
            "",
        ),
        row(
            ("R", "two parties with 64 statements each"),
            typed_holds(&typed::many_statements(), Concept::Nash),
            "",
            "gmcr-py 0.4.1: stops with an overflow",
            "an order of 64 outcomes that both share; both take the best",
        ),
        row(
            ("NM", EUPHRATES),
            format!(
                "period {}",
                typed::solved_situation(&situation_of(EUPHRATES), |solved| typed::period(&solved.model))
            ),
            "",
            "",
            "what a party expects repeats so many moves ahead",
        ),
        row(("NM", "all 576 strict games of two by two"), periods.join(", "), "", "", ""),
    ]
}

fn situation_of(case: &str) -> Situation {
    read(case).situation.expect("a right case")
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
         Each line sets what Détente computes for a file of this repository, or for a conflict \
         that the test types in, beside what was published, and what other \
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
