//! `minimisation/GAME/…`: regret minimisation on known games.
//!
//! Every bench asserts that the published value lies in the interval that the result proves.

use detente_base::Budget;
use detente_game::Tree;
use detente_game::catalog::{leduc_poker, liars_dice};
use detente_game::minimisation::{Method, Progress, Until, minimise};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// Value of Leduc poker to the first player.
const LEDUC: f64 = -0.085_606_424_078;

fn run(tree: &Tree, method: Method, until: Until) -> Progress {
    minimise(black_box(tree), method, until, &Budget::default()).expect("nobody forgets")
}

fn leduc(bencher: Bencher<'_, '_>, method: Method, until: Until) {
    let tree = leduc_poker().expect("a tree");
    bencher.bench_local(|| {
        let found = run(&tree, method, until);
        assert!(found.payoffs[0] - found.gains[1] <= LEDUC && LEDUC <= found.payoffs[0] + found.gains[0]);
        assert!(until.exploitability <= 0.0 || found.exploitability <= until.exploitability);
    });
}

#[divan::bench(name = "minimisation/leduc/compile")]
fn leduc_compile(bencher: Bencher<'_, '_>) {
    leduc(bencher, Method::CfrPlus, Until { iterations: 1, exploitability: 0.0 });
}

#[divan::bench(name = "minimisation/leduc/1000-cfr+", sample_count = 20)]
fn leduc_thousand(bencher: Bencher<'_, '_>) {
    leduc(bencher, Method::CfrPlus, Until { iterations: 1_000, exploitability: 0.0 });
}

#[divan::bench(name = "minimisation/leduc/1e-3-cfr+", sample_count = 20)]
fn leduc_plus(bencher: Bencher<'_, '_>) {
    leduc(bencher, Method::CfrPlus, Until { iterations: 10_000, exploitability: 1e-3 });
}

#[divan::bench(name = "minimisation/leduc/1e-3-dcfr", sample_count = 20)]
fn leduc_discounted(bencher: Bencher<'_, '_>) {
    leduc(bencher, Method::DISCOUNTED, Until { iterations: 10_000, exploitability: 1e-3 });
}

#[divan::bench(name = "minimisation/leduc/1e-3-cfr+2", sample_count = 20)]
fn leduc_squared(bencher: Bencher<'_, '_>) {
    leduc(bencher, Method::CfrPlusSquared, Until { iterations: 10_000, exploitability: 1e-3 });
}

#[divan::bench(name = "minimisation/liars-dice-6/100-cfr+", sample_count = 5)]
fn dice(bencher: Bencher<'_, '_>) {
    let tree = liars_dice(6).expect("a tree");
    bencher.bench_local(|| {
        let found = run(&tree, Method::CfrPlus, Until { iterations: 100, exploitability: 0.0 });
        assert!(found.exploitability < 0.1, "{}", found.exploitability);
    });
}
