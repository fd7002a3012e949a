//! `conflict/sim/STATES`, `conflict/l8/STATES` and `conflict/nm/STATES`: simultaneous,
//! limited-move and non-myopic stability, from model to answer.
//!
//! Every bench asserts that R implies SIM, that L1 is R, or that what is non-myopically
//! stable is so at a horizon far away; and that a second run gives the same answer.

use detente_base::Budget;
use detente_bench::{Family, model};
use detente_conflict::{Concept, HorizonConcept, solve, solve_horizon, solve_simultaneous};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const THREE: Family = Family { options: 12, decision_makers: 3, statements: 20, irreversible: 0, exclusions: 0 };

fn simultaneous(bencher: Bencher<'_, '_>, family: Family) {
    let (model, budget) = (model(family), Budget::default());
    let nash = solve(&model, &[Concept::Nash], &budget).expect("no limits");
    let expected = solve_simultaneous(&model, &budget).expect("option form");
    for dm in model.decision_makers() {
        assert!(nash.stable(Concept::Nash, dm).is_subset(expected.stable(dm)));
    }
    bencher.bench_local(|| assert_eq!(solve_simultaneous(black_box(&model), &budget).as_ref(), Ok(&expected)));
}

fn horizon(bencher: Bencher<'_, '_>, family: Family, concept: HorizonConcept) {
    let (model, budget) = (model(Family { decision_makers: 2, ..family }), Budget::default());
    let nash = solve(&model, &[Concept::Nash], &budget).expect("no limits");
    let first = solve_horizon(&model, HorizonConcept::LimitedMove { horizon: 1 }, &budget).expect("two");
    let far = solve_horizon(&model, HorizonConcept::LimitedMove { horizon: 1_000_000_007 }, &budget).expect("two");
    let expected = solve_horizon(&model, concept, &budget).expect("two");
    for dm in model.decision_makers() {
        assert_eq!(first.stable(dm), nash.stable(Concept::Nash, dm));
        assert!(concept != HorizonConcept::NonMyopic || expected.stable(dm).is_subset(far.stable(dm)));
    }
    bencher.bench_local(|| assert_eq!(solve_horizon(black_box(&model), concept, &budget).as_ref(), Ok(&expected)));
}

const EIGHT: HorizonConcept = HorizonConcept::LimitedMove { horizon: 8 };

#[divan::bench(name = "conflict/sim/4096-three-parties", sample_count = 20)]
fn sim_small(bencher: Bencher<'_, '_>) {
    simultaneous(bencher, THREE);
}

#[divan::bench(name = "conflict/sim/65536-six-parties", sample_count = 3)]
fn sim_six(bencher: Bencher<'_, '_>) {
    simultaneous(bencher, Family { options: 16, decision_makers: 6, statements: 12, ..THREE });
}

#[divan::bench(name = "conflict/l8/4096-free")]
fn limited_small(bencher: Bencher<'_, '_>) {
    horizon(bencher, THREE, EIGHT);
}

#[divan::bench(name = "conflict/l8/4096-irreversible", sample_count = 20)]
fn limited_irreversible(bencher: Bencher<'_, '_>) {
    horizon(bencher, Family { irreversible: 2, ..THREE }, EIGHT);
}

#[divan::bench(name = "conflict/nm/4096-free", sample_count = 20)]
fn non_myopic_small(bencher: Bencher<'_, '_>) {
    horizon(bencher, THREE, HorizonConcept::NonMyopic);
}

#[divan::bench(name = "conflict/l8/1048576-free", sample_count = 1)]
fn limited_large(bencher: Bencher<'_, '_>) {
    horizon(bencher, Family { options: 20, statements: 24, ..THREE }, EIGHT);
}
