//! Patterns in the words of the file mean the same as the patterns of the engine.

use detente_analysis::patterns::{formula, pattern_view};
use detente_analysis::report::{Membership, PatternView, Side};
use detente_analysis::structure::{Structure, state_values};
use detente_analysis::{Options, explain};
use detente_base::{Budget, SourceText};
use detente_conflict::{FixedBitSet, Pattern, StateId};
use detente_scenario::Situation;

const FILE: &str = "
detente: 1
title: Words
parties: {a: A, b: B}
issues:
  strike: {set_by: a}
  text: {values: [draft, statement, chapter6, chapter7], set_by: b}
  odd: {values: [2.5, and_so_on, other], set_by: a}
constraints:
  - never: strike & text == draft
preferences:
  a: {priority: [strike]}
  b: {priority: [text == chapter7]}
";

fn load() -> (SourceText, Situation) {
    let loaded = detente_scenario::load("words.yaml", FILE.as_bytes());
    let shown: Vec<String> = loaded.diagnostics.iter().map(|d| d.message.clone()).collect();
    (loaded.source, loaded.situation.unwrap_or_else(|| panic!("{shown:?}")))
}

fn pattern(structure: &Structure<'_>, forbidden: &[(usize, u32)]) -> Pattern {
    let mut pattern = Pattern::all(structure.states.sizes());
    forbidden.iter().for_each(|(issue, value)| pattern.forbid(*issue, *value));
    pattern
}

#[test]
fn conditions_name_the_shorter_list() {
    let (_, situation) = load();
    let structure = Structure::new(&situation, &Budget::default()).expect("small");
    let shown = |forbidden: &[(usize, u32)]| pattern_view(&situation, &pattern(&structure, forbidden));
    let relations = |view: &PatternView| view.conditions.iter().map(|c| c.relation).collect::<Vec<_>>();
    let view = shown(&[(0, 1), (1, 3), (2, 0), (2, 1)]);
    assert_eq!(relations(&view), [Membership::OneOf, Membership::NoneOf, Membership::OneOf]);
    assert_eq!(view.when, "not strike & text != chapter7 & odd == other");
    assert_eq!(shown(&[(1, 0), (1, 1)]).when, "text in [chapter6, chapter7]");
    assert_eq!(shown(&[]).conditions, []);
}

/// The expression of every pattern over one or two issues covers what the pattern does.
#[test]
fn expressions_of_patterns_read_back_to_the_same_outcomes() {
    let (source, situation) = load();
    let structure = Structure::new(&situation, &Budget::default()).expect("small");
    let mut tried = 0;
    for mask in 1_u32..16 {
        for other in 1_u32..8 {
            let mut built = Pattern::all(structure.states.sizes());
            built.restrict(1, (0..4).filter(|v| mask >> v & 1 == 1));
            built.restrict(2, (0..3).filter(|v| other >> v & 1 == 1));
            let covered = |s: &StateId| built.covers_code(&structure.states, structure.states.code(*s));
            let expected = (0..structure.states.state_count() as u32).map(StateId).filter(covered).count();
            let when = pattern_view(&situation, &built).when;
            // Explaining shows at most twelve outcomes; the count of few shows them all.
            let options = Options { outcome: Some(when.clone()), ..Options::default() };
            let report = explain(&source, &situation, &options, &Budget::default()).expect(&when);
            assert_eq!(report.profiles[0].close.len(), expected.min(12), "{when}");
            for close in &report.profiles[0].close {
                assert!(covered(&StateId(close.outcome - 1)), "{when}: {}", close.outcome);
            }
            tried += 1;
        }
    }
    assert_eq!(tried, 105);
}

#[test]
fn a_formula_describes_whichever_side_is_shorter() {
    let (_, situation) = load();
    let structure = Structure::new(&situation, &Budget::default()).expect("small");
    let mut few = FixedBitSet::with_capacity(structure.states.state_count());
    few.extend((0..few.len()).filter(|s| state_values(&structure, StateId(*s as u32))[1].0 == 3));
    let shown =
        |set: &FixedBitSet| formula(&situation, &structure.states, set, 8, &Budget::default()).expect("no limits");
    let of_few = shown(&few);
    assert_eq!((of_few.side, of_few.is_complete(), of_few.verified), (Side::Members, true, true));
    assert_eq!(of_few.patterns[0].pattern.when, "text == chapter7");
    assert_eq!(of_few.patterns[0].outcomes, 6);
    // All but one corner: the corner is shorter to say.
    let mut most = FixedBitSet::with_capacity(few.len());
    most.extend((0..few.len()).filter(|s| {
        let values = state_values(&structure, StateId(*s as u32));
        (values[0].0, values[1].0, values[2].0) != (1, 3, 2)
    }));
    let of_most = shown(&most);
    assert_eq!((of_most.side, of_most.patterns.len(), of_most.outcomes_left), (Side::Others, 1, 0));
    assert_eq!(of_most.patterns[0].pattern.when, "strike & text == chapter7 & odd == other");
}
