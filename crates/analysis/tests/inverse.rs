//! What would make an outcome hold, asked of whole situations.

use detente_analysis::inverse::{MakeAnswer, MakeQuestion, MakeTarget, make};
use detente_analysis::structure::Structure;
use detente_analysis::{Options, stable};
use detente_base::{Budget, SourceText};
use detente_scenario::load;
use detente_scenario::situation::Situation;

/// No statement of these cases is set aside, so that no line is looked up.
fn unread() -> SourceText {
    SourceText::new("x.yaml", "")
}

fn situation(case: &str) -> Situation {
    let path = format!("{}/../../scenarios/{case}/scenario.yaml", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&path).unwrap_or_else(|fault| panic!("{path}: {fault}"));
    load(case, &bytes).situation.unwrap_or_else(|| panic!("{case} has errors"))
}

fn asked(situation: &Situation, outcome: &str, parties: &[&str]) -> MakeAnswer {
    let parties = parties.iter().map(|p| (*p).to_owned()).collect();
    let question = MakeQuestion { outcome: outcome.to_owned(), parties, over: Vec::new() };
    make(&unread(), situation, &question, &Options::default(), &Budget::default()).expect("known names")
}

fn only(answer: &MakeAnswer) -> &MakeTarget {
    &answer.profiles[0].targets[0]
}

/// The handout's question: Syria's 720 orders and outcome 2.
#[test]
fn euphrates() {
    let answer = asked(&situation("euphrates-1975"), "2", &["syria"]);
    let target = only(&answer);
    assert!(target.holds.is_empty());
    let expected = [("R", "240", 3), ("SSEQ", "300", 1), ("SEQ", "384", 1), ("SMR", "300", 1), ("GMR", "384", 1)];
    for (concept, (symbol, count, distance)) in target.concepts.iter().zip(expected) {
        let [party] = &concept.parties[..] else { panic!("only Syria was asked") };
        let counted = party.rankings.as_ref().and_then(|r| r.of_all_outcomes.clone());
        assert_eq!((concept.concept.as_str(), counted), (symbol, Some((count.to_owned(), "720".to_owned()))));
        let nearest = party.nearest.as_ref().expect("few outcomes");
        assert!(nearest.stays && nearest.verified && nearest.given_up == distance, "{symbol}");
        assert!(party.others.is_empty(), "Iraq likes outcome 2 best");
        assert_eq!(concept.together.as_ref().map(|t| (t.holds, t.given_up)), Some((true, distance)));
    }
}

/// In the prisoner's dilemma both would have to change for silence to hold under R.
#[test]
fn both_prisoners_have_to_change() {
    let answer = asked(&situation("prisoners-dilemma"), "4", &[]);
    let nash = &only(&answer).concepts[0];
    assert_eq!(nash.parties.len(), 2);
    assert_eq!(nash.together.as_ref().map(|t| (t.holds, t.given_up)), Some((true, 2)));
    assert!(nash.parties.iter().all(|p| p.others.values().all(|word| word == "leaves") && p.others.len() == 1));
    let sequential = &only(&answer).concepts[2];
    assert!(sequential.holds && sequential.parties.is_empty() && sequential.together.is_none());
    // One alone does not suffice, and then nothing is said of all together.
    let alone = asked(&situation("prisoners-dilemma"), "4", &[nash.parties[0].party.as_str()]);
    assert!(only(&alone).concepts[0].together.is_none());
}

/// Every outcome of every small case: what is said to hold is what `stable` finds, and
/// the nearest orders together make it hold where nothing depends on the others.
#[test]
fn every_outcome_of_small_cases_can_be_made_to_hold() {
    for case in ["euphrates-1975", "elmira", "cuban-missile-crisis", "chicken", "north-korea-2017"] {
        let situation = situation(case);
        let budget = Budget::default();
        let structure = Structure::new(&situation, &budget).expect("a small case");
        let source = detente_base::SourceText::new(case, "");
        let held = stable(&source, &situation, &Options::default(), &budget).expect("no names");
        for number in 1..=structure.states.state_count() as u32 {
            let answer = asked(&situation, &number.to_string(), &[]);
            for concept in &only(&answer).concepts {
                assert_eq!(concept.holds, held.equilibria[&concept.concept].contains(&number), "{case} {number}");
                let Some(together) = &concept.together else {
                    assert!(concept.holds);
                    continue;
                };
                let decoupled = matches!(concept.concept.as_str(), "R" | "GMR" | "SMR");
                let alone = concept.parties.len() == 1 && concept.parties[0].others.is_empty();
                assert!(together.holds || !(decoupled || alone), "{case} {number} {}", concept.concept);
            }
        }
    }
}
