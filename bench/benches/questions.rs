//! `conflict/coalitions/…`, `conflict/readings/…`, `conflict/inverse/…`, `conflict/cover/…` on
//! generated conflicts, and `question/NAME/CASE` on worked cases: what is asked besides
//! which outcomes hold.
//!
//! Every bench asserts a law or a known number, and that a second run gives the same answer.

use detente_analysis::hypergame::hypergame;
use detente_analysis::report::Completion;
use detente_analysis::versions::{Checked, compare};
use detente_analysis::{CoalitionOptions, Options, coalitions, readings};
use detente_base::Budget;
use detente_bench::{Family, Pcg, model};
use detente_conflict::inverse::{count_rankings, stay_condition};
use detente_conflict::pairwise::{self, Caution, Graded, GradedPreference, PairSets, Severity};
use detente_conflict::{
    CoalitionConcept, Concept, CoverLimits, FixedBitSet, Reading, StateId, cover, explain_coalition_within, solve,
    solve_coalitions, verify_coalition, verify_cover,
};
use detente_scenario::Loaded;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const THREE: Family = Family { options: 12, decision_makers: 3, statements: 20, irreversible: 0, exclusions: 0 };
const SIX: Family = Family { options: 14, decision_makers: 6, statements: 12, ..THREE };

/// What holds for coalitions holds for each party, and what holds under `CNash` under CSMR.
fn for_coalitions(bencher: Bencher<'_, '_>, family: Family, reading: Reading) {
    let (model, budget) = (model(family), Budget::default());
    let solution = solve_coalitions(&model, reading, usize::MAX, &budget);
    assert_eq!((solution.largest(), solution.stopped()), (model.decision_maker_count(), None));
    let singles = solve(&model, &Concept::ALL, &budget).expect("no limits");
    let of = |concept| solution.equilibria(concept).expect("no limits");
    let [nash, general, symmetric, sequential] = CoalitionConcept::ALL.map(of);
    assert!(nash.is_subset(&symmetric) && symmetric.is_subset(&general) && nash.is_subset(&sequential));
    for (joint, single) in [(nash, Concept::Nash), (general, Concept::GeneralMetarational)] {
        assert!(joint.is_subset(&singles.equilibria(single)));
    }
    bencher.bench_local(|| assert_eq!(solve_coalitions(black_box(&model), reading, usize::MAX, &budget), solution));
}

#[divan::bench(name = "conflict/coalitions/4096-three-parties", sample_count = 20)]
fn strict(bencher: Bencher<'_, '_>) {
    for_coalitions(bencher, THREE, Reading::Strict);
}

#[divan::bench(name = "conflict/coalitions/4096-three-parties-pareto", sample_count = 20)]
fn pareto(bencher: Bencher<'_, '_>) {
    for_coalitions(bencher, THREE, Reading::Pareto);
}

#[divan::bench(name = "conflict/coalitions/4096-irreversible", sample_count = 20)]
fn irreversible(bencher: Bencher<'_, '_>) {
    for_coalitions(bencher, Family { irreversible: 2, ..THREE }, Reading::Strict);
}

#[divan::bench(name = "conflict/coalitions/16384-six-parties", sample_count = 3)]
fn six(bencher: Bencher<'_, '_>) {
    for_coalitions(bencher, SIX, Reading::Strict);
}

#[divan::bench(name = "conflict/coalitions/131072-three-parties", sample_count = 3)]
fn large(bencher: Bencher<'_, '_>) {
    for_coalitions(bencher, Family { options: 17, ..THREE }, Reading::Strict);
}

/// Reasons for each coalition and concept at one state, within a bound on their search.
#[divan::bench(name = "conflict/coalition-evidence/4096-three-parties", sample_count = 5)]
fn evidence(bencher: Bencher<'_, '_>) {
    let (model, budget) = (model(THREE), Budget::default());
    let solution = solve_coalitions(&model, Reading::Strict, usize::MAX, &budget);
    let state = StateId(77);
    bencher.bench_local(|| {
        for coalition in solution.coalitions() {
            let case = (Reading::Strict, coalition);
            for concept in [CoalitionConcept::Nash, CoalitionConcept::GeneralMetarational] {
                let mut effort = 1 << 24;
                let found = explain_coalition_within(&model, concept, case, state, (&mut effort, &budget));
                let found = found.expect("enough effort");
                let stays = solution.stable(concept, coalition).expect("no limits").contains(state.index());
                assert_eq!(found.is_stable(), stays);
                assert_eq!(verify_coalition(&model, concept, case, state, &found), Ok(()));
            }
        }
    });
}

/// For each party every comparison of two sets of states is unknown, the sets drawn at
/// random; what holds under a reading holds under those that it implies.
#[divan::bench(name = "conflict/readings/4096-unknown", sample_count = 3)]
fn unknown(bencher: Bencher<'_, '_>) {
    let (model, budget, mut pcg) = (model(THREE), Budget::default(), Pcg::new(3));
    let mut drawn = |percent: u32| -> FixedBitSet {
        let mut set = FixedBitSet::with_capacity(model.state_count());
        set.extend((0..model.state_count()).filter(|_| pcg.below(100) < percent));
        set
    };
    let mut preference = |dm| {
        let mut preference = GradedPreference::new(model.ranks(dm).to_vec());
        preference.unknown = PairSets::new(model.state_count(), &[(drawn(20), drawn(20))]);
        preference
    };
    let preferences: Vec<GradedPreference> = model.decision_makers().map(&mut preference).collect();
    let under = |caution| {
        let judgement = Graded { preferences: &preferences, caution, severity: Severity::General };
        pairwise::solve(black_box(&model), &judgement, &pairwise::CONCEPTS, &budget).expect("no limits")
    };
    let expected = Caution::ALL.map(under);
    for (stronger, found) in Caution::ALL.into_iter().zip(&expected) {
        for (weaker, other) in Caution::ALL.into_iter().zip(&expected).filter(|(weaker, _)| stronger.implies(*weaker)) {
            for concept in pairwise::CONCEPTS {
                let (few, more) = (found.equilibria(concept), other.equilibria(concept));
                assert!(few.is_subset(&more), "{} {} {concept}", stronger.symbol(), weaker.symbol());
            }
        }
    }
    bencher.bench_local(|| assert_eq!(Caution::ALL.map(under), expected));
}

/// The orders under which a party stays, for each state of 64. Under R these are
/// those in which the state is better than all to which it can move: one in one plus
/// their number.
#[divan::bench(name = "conflict/inverse/count-64", sample_count = 5)]
fn orders(bencher: Bencher<'_, '_>) {
    let model = model(Family { options: 6, statements: 8, ..THREE });
    let budget = Budget::default();
    let dm = model.decision_makers().next().expect("three parties");
    let moves = 3_u32;
    bencher.bench_local(|| {
        for state in model.states() {
            for concept in [Concept::Nash, Concept::Sequential, Concept::SymmetricMetarational] {
                let condition = stay_condition(&model, concept, dm, state, &budget).expect("no limits");
                let (satisfying, all) = count_rankings(&condition, &budget).expect("few states").of_all_states(64);
                if concept == Concept::Nash {
                    assert_eq!(satisfying * (moves + 1), all);
                } else {
                    assert!(satisfying.clone() * (moves + 1) >= all && satisfying <= all);
                }
            }
        }
    });
}

fn covering(bencher: Bencher<'_, '_>, family: Family, concept: Concept) {
    let (model, budget) = (model(family), Budget::default());
    let set = solve(&model, &[concept], &budget).expect("no limits").equilibria(concept);
    let found = cover(model.space(), &set, CoverLimits::default(), &budget).expect("no limits");
    let patterns = || found.patterns.iter().map(|(pattern, _)| pattern);
    assert_eq!(verify_cover(model.space(), &set, patterns().collect::<Vec<_>>(), found.left, &budget), Ok(()));
    bencher.bench_local(|| {
        assert_eq!(cover(black_box(model.space()), &set, CoverLimits::default(), &budget).as_ref(), Ok(&found));
    });
}

#[divan::bench(name = "conflict/cover/65536-gmr", sample_count = 3)]
fn cover_large(bencher: Bencher<'_, '_>) {
    covering(bencher, Family { options: 16, ..THREE }, Concept::GeneralMetarational);
}

#[divan::bench(name = "conflict/cover/65536-r", sample_count = 10)]
fn cover_small(bencher: Bencher<'_, '_>) {
    covering(bencher, Family { options: 16, ..THREE }, Concept::Nash);
}

const TRADE: &str = include_str!("../../scenarios/gatt-trade/scenario.yaml");
const CHINA: &str = include_str!("../../scenarios/us-china-2020/scenario.yaml");
const MISJUDGED: &str = include_str!("../../docs/book/examples/misjudged.yaml");
const KOREA: &str = include_str!("../../scenarios/north-korea-2017/scenario.yaml");
const DETERRENCE: &str = include_str!("../../scenarios/north-korea-2017/deterrence.yaml");

fn loaded(text: &str) -> Loaded {
    let loaded = detente_scenario::load("bench.yaml", text.as_bytes());
    assert!(loaded.situation.is_some(), "a shipped case is right");
    loaded
}

#[divan::bench(name = "question/coalitions/gatt-trade", sample_count = 3)]
fn trade(bencher: Bencher<'_, '_>) {
    let loaded = loaded(TRADE);
    let situation = loaded.situation.as_ref().expect("it is right");
    let options = Options { outcome: Some("81".into()), ..Options::default() };
    bencher.bench_local(|| {
        let asked = CoalitionOptions::default();
        let answer = coalitions(&loaded.source, situation, &options, &asked, &Budget::default()).expect("an outcome");
        let [profile] = answer.profiles.as_slice() else { panic!("no types") };
        assert_eq!(profile.sets.iter().map(|set| set.alone.count).collect::<Vec<_>>(), [2256, 4608, 20840, 20840]);
        assert!(profile.checked.confirmed == 8 && profile.checked.unchecked == 0);
    });
}

#[divan::bench(name = "question/readings/us-china-2020", sample_count = 5)]
fn china(bencher: Bencher<'_, '_>) {
    let loaded = loaded(CHINA);
    let situation = loaded.situation.as_ref().expect("it is right");
    let ask = || readings(&loaded.source, situation, &Options::default(), &Budget::default()).expect("no options");
    bencher.bench_local(|| assert!(matches!(ask().completion, Completion::Complete)));
}

#[divan::bench(name = "question/hypergame/misjudged", sample_count = 20)]
fn wrong(bencher: Bencher<'_, '_>) {
    let loaded = loaded(MISJUDGED);
    let situation = loaded.situation.as_ref().expect("it is right");
    bencher.bench_local(|| {
        let answer = hypergame(&loaded.source, situation, &Options::default(), &Budget::default()).expect("no options");
        assert!(matches!(answer.completion, Completion::Complete) && answer.beliefs.len() == 1);
    });
}

fn side(loaded: &Loaded) -> Checked<'_> {
    Checked { source: &loaded.source, situation: loaded.situation.as_ref().expect("it is right") }
}

#[divan::bench(name = "question/compare/north-korea-2017", sample_count = 5)]
fn versions(bencher: Bencher<'_, '_>) {
    let (before, after) = (loaded(KOREA), loaded(DETERRENCE));
    bencher.bench_local(|| {
        let answer = compare(side(&before), side(&after), 20, &Budget::default());
        assert!(!answer.identical && matches!(answer.completion, Completion::Complete));
        assert!(!answer.changes.is_empty() && !answer.causes.is_empty());
    });
}
