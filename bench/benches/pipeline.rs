//! `pipeline/QUESTION/CASE`: the questions on the worked cases, from file to report.

use detente_analysis::{Options, analyze, stable};
use detente_base::Budget;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const CASES: [(&str, &str); 4] = [
    ("syria-2013", include_str!("../../scenarios/syria-2013/scenario.yaml")),
    ("aleppo-2016", include_str!("../../scenarios/aleppo-2016/scenario.yaml")),
    ("garrison-diversion", include_str!("../../scenarios/garrison-diversion/scenario.yaml")),
    ("elmira", include_str!("../../scenarios/elmira/scenario.yaml")),
];

fn text(case: &str) -> &'static str {
    CASES.iter().find(|(name, _)| *name == case).expect("a listed case").1
}

#[divan::bench(name = "pipeline/load", args = CASES.map(|c| c.0))]
fn load(bencher: Bencher<'_, '_>, case: &str) {
    let text = text(case);
    bencher.bench_local(|| assert!(detente_scenario::load(case, black_box(text.as_bytes())).situation.is_some()));
}

#[divan::bench(name = "pipeline/stable", args = CASES.map(|c| c.0))]
fn stable_outcomes(bencher: Bencher<'_, '_>, case: &str) {
    let loaded = detente_scenario::load(case, text(case).as_bytes());
    let situation = loaded.situation.expect("a shipped case is right");
    bencher.bench_local(|| {
        let answer = stable(&loaded.source, &situation, &Options::default(), &Budget::default()).expect("no options");
        assert!(answer.profiles.iter().flat_map(|p| &p.outcomes).all(|o| o.verified));
    });
}

#[divan::bench(name = "pipeline/analyze", args = CASES.map(|c| c.0), sample_count = 10)]
fn analyze_case(bencher: Bencher<'_, '_>, case: &str) {
    let loaded = detente_scenario::load(case, text(case).as_bytes());
    let situation = loaded.situation.expect("a shipped case is right");
    bencher.bench_local(|| {
        let report = analyze(&loaded.source, &situation, &Options::default(), &Budget::default()).expect("no options");
        assert!(report.profiles.iter().all(|p| p.checked.unchecked == 0 && p.checked.confirmed > 0));
    });
}
