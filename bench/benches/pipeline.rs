//! `pipeline/QUESTION/CASE`: the questions on the worked cases, from file to report.

use detente_analysis::inverse::{MakeQuestion, make};
use detente_analysis::robust::{Distribution, RobustQuestion, Vary, robust};
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

/// What would make the deal that is reached hold for both types of the Syrian government.
#[divan::bench(name = "pipeline/make/syria-2013", sample_count = 10)]
fn make_hold(bencher: Bencher<'_, '_>) {
    let loaded = detente_scenario::load("syria-2013", text("syria-2013").as_bytes());
    let situation = loaded.situation.expect("a shipped case is right");
    let question = MakeQuestion { outcome: "474".into(), ..MakeQuestion::default() };
    bencher.bench_local(|| {
        let answer =
            make(&loaded.source, &situation, &question, &Options::default(), &Budget::default()).expect("no options");
        let targets = answer.profiles.iter().map(|p| &p.targets[0]);
        assert_eq!(targets.map(|t| t.holds.len()).collect::<Vec<_>>(), [5, 2]);
    });
}

#[divan::bench(name = "pipeline/robust/syria-2013-100-draws", sample_count = 5)]
fn shares(bencher: Bencher<'_, '_>) {
    let loaded = detente_scenario::load("syria-2013", text("syria-2013").as_bytes());
    let situation = loaded.situation.expect("a shipped case is right");
    let question = RobustQuestion { vary: Vary::Parameters(Distribution::Uniform), draws: 100, seed: 1 };
    bencher.bench_local(|| {
        let answer =
            robust(&loaded.source, &situation, &question, &Options::default(), &Budget::default()).expect("no options");
        assert!(answer.overall.is_some());
    });
}
