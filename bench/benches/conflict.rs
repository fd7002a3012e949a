//! `conflict/five/STATES`: all five concepts from file to answer.
//!
//! Every bench asserts the inclusions R ⊆ SSEQ ⊆ SEQ ⊆ GMR and SSEQ ⊆ SMR ⊆ GMR and
//! that a second run gives the same counts.

use detente_bench::{Family, counts, gmcr};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const SMALL: Family = Family { options: 12, decision_makers: 3, statements: 20, irreversible: 0, exclusions: 0 };

fn run(bencher: Bencher<'_, '_>, family: Family) {
    let text = gmcr(family, 7);
    let expected = counts(&text);
    let [nash, general, symmetric, sequential, both] = expected;
    assert!(nash <= both && both <= sequential && sequential <= general, "{expected:?}");
    assert!(both <= symmetric && symmetric <= general, "{expected:?}");
    bencher.bench_local(|| assert_eq!(counts(black_box(&text)), expected));
}

#[divan::bench(name = "conflict/five/4096-free")]
fn small_free(bencher: Bencher<'_, '_>) {
    run(bencher, SMALL);
}

#[divan::bench(name = "conflict/five/4096-irreversible")]
fn small_irreversible(bencher: Bencher<'_, '_>) {
    run(bencher, Family { irreversible: 2, ..SMALL });
}

#[divan::bench(name = "conflict/five/65536-free")]
fn medium_free(bencher: Bencher<'_, '_>) {
    run(bencher, Family { options: 16, statements: 24, ..SMALL });
}

#[divan::bench(name = "conflict/five/65536-irreversible", sample_count = 20)]
fn medium_irreversible(bencher: Bencher<'_, '_>) {
    run(bencher, Family { options: 16, statements: 24, irreversible: 2, ..SMALL });
}

#[divan::bench(name = "conflict/five/1048576-six-parties", sample_count = 3)]
fn large_six(bencher: Bencher<'_, '_>) {
    run(bencher, Family { options: 20, decision_makers: 6, statements: 12, exclusions: 6, ..SMALL });
}

#[divan::bench(name = "conflict/five/1048576-free", sample_count = 3)]
fn large_free(bencher: Bencher<'_, '_>) {
    run(bencher, Family { options: 20, statements: 24, ..SMALL });
}
