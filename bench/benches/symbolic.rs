//! `conflict/symbolic/OPTIONS-PARTIES`: stable sets on decision diagrams, described by
//! patterns, from formulas to answer.
//!
//! Every bench asserts the inclusions R ⊆ SSEQ ⊆ SEQ ⊆ GMR and SSEQ ⊆ SMR ⊆ GMR of what
//! it asks, and that a second run gives the same sets and patterns; where outcomes can be
//! listed, that the counts are those of listing.

use detente_base::Budget;
use detente_bench::{Family, counts, formulas, gmcr};
use detente_conflict::Concept;
use detente_conflict::symbolic::{Cover, StateSet, SymbolicModel};
use divan::{Bencher, black_box};
use num_bigint::BigUint;

fn main() {
    divan::main();
}

const BASE: Family = Family { options: 24, decision_makers: 2, statements: 24, irreversible: 0, exclusions: 0 };
const FIVE: [Concept; 5] = [
    Concept::Nash,
    Concept::GeneralMetarational,
    Concept::SymmetricMetarational,
    Concept::Sequential,
    Concept::SymmetricSequential,
];

/// Most patterns of a set.
const PATTERNS: usize = 24;

/// The size of a set with its description.
type Answer = Vec<(BigUint, Cover)>;

fn solve(family: Family, seed: u64, concepts: &[Concept]) -> (SymbolicModel, Vec<StateSet>, Answer) {
    let budget = Budget::default();
    let model = SymbolicModel::new(formulas(family, seed), &budget).expect("a generated conflict is right");
    let ask = |concept: &Concept| model.equilibria(*concept, &budget).expect("within the budget");
    let sets: Vec<StateSet> = concepts.iter().map(ask).collect();
    let describe = |set: &StateSet| (model.count(set), model.cover(set, PATTERNS, &budget).expect("within the budget"));
    let answer = sets.iter().map(describe).collect();
    (model, sets, answer)
}

fn run(bencher: Bencher<'_, '_>, family: Family, concepts: &[Concept]) {
    let (model, sets, expected) = solve(family, 7, concepts);
    let set = |concept: Concept| concepts.iter().position(|other| *other == concept).map(|at| &sets[at]);
    for (inner, outer) in [
        (Concept::Nash, Concept::SymmetricSequential),
        (Concept::SymmetricSequential, Concept::Sequential),
        (Concept::Sequential, Concept::GeneralMetarational),
        (Concept::SymmetricSequential, Concept::SymmetricMetarational),
        (Concept::Nash, Concept::SymmetricMetarational),
        (Concept::SymmetricMetarational, Concept::GeneralMetarational),
    ] {
        if let (Some(inner), Some(outer)) = (set(inner), set(outer)) {
            assert!(model.difference(inner, outer, &Budget::default()).expect("small sets").is_empty());
        }
    }
    bencher.bench_local(|| assert_eq!(solve(black_box(family), 7, concepts).2, expected));
}

/// As [`run`], with a smaller member of the family held against listing first.
fn run_with_listing(bencher: Bencher<'_, '_>, family: Family) {
    let small = Family { options: 12, ..family };
    for seed in 0..4 {
        let (_, _, answer) = solve(small, seed, &FIVE);
        let listed = counts(&gmcr(small, seed)).map(BigUint::from);
        assert!(answer.iter().map(|(count, _)| count).eq(&listed), "seed {seed}");
    }
    run(bencher, family, &FIVE);
}

#[divan::bench(name = "conflict/symbolic/24-two-parties", sample_count = 20)]
fn two(bencher: Bencher<'_, '_>) {
    run_with_listing(bencher, BASE);
}

#[divan::bench(name = "conflict/symbolic/24-three-parties", sample_count = 5)]
fn three(bencher: Bencher<'_, '_>) {
    run_with_listing(bencher, Family { decision_makers: 3, ..BASE });
}

#[divan::bench(name = "conflict/symbolic/24-irreversible-excluded", sample_count = 5)]
fn mixed(bencher: Bencher<'_, '_>) {
    run_with_listing(bencher, Family { irreversible: 1, exclusions: 6, ..BASE });
}

/// As large as the negotiations on trade of the literature: a few parties with few
/// statements, many outcomes ruled out.
#[divan::bench(name = "conflict/symbolic/20-six-parties-few-statements", sample_count = 20)]
fn few_statements(bencher: Bencher<'_, '_>) {
    run_with_listing(
        bencher,
        Family { options: 20, decision_makers: 6, statements: 6, irreversible: 0, exclusions: 7 },
    );
}

#[divan::bench(name = "conflict/symbolic/40-two-parties-seq", sample_count = 5)]
fn forty(bencher: Bencher<'_, '_>) {
    run(bencher, Family { options: 40, ..BASE }, &[Concept::Nash, Concept::Sequential, Concept::SymmetricSequential]);
}

#[divan::bench(name = "conflict/symbolic/100-six-parties-any-reply", sample_count = 5)]
fn hundred(bencher: Bencher<'_, '_>) {
    run(bencher, Family { options: 100, decision_makers: 6, ..BASE }, &FIVE[..3]);
}
