//! `equilibria/METHOD/GAME`: equilibria of known games, exactly or to the regret that is asserted.

use detente_base::{Budget, Exact};
use detente_game::catalog::{beer_quiche, kuhn_poker, leduc_poker, selten_horse};
use detente_game::lemke::any_quasi_perfect;
use detente_game::logit::{LogitSettings, limit};
use detente_game::table::extreme_equilibria;
use detente_game::{StrategicGame, zero_sum};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

#[divan::bench(name = "equilibria/lemke/kuhn-13", sample_count = 20)]
fn lemke_kuhn(bencher: Bencher<'_, '_>) {
    let tree = kuhn_poker(13).expect("a tree");
    bencher.bench_local(|| {
        let found = any_quasi_perfect(black_box(&tree), &Budget::default()).expect("it is solved");
        assert!(found.regret.is_equilibrium());
    });
}

#[divan::bench(name = "equilibria/lemke/beer-quiche")]
fn lemke_beer(bencher: Bencher<'_, '_>) {
    let tree = beer_quiche(&Exact::ratio(9, 10)).expect("a tree");
    bencher.bench_local(|| {
        let found = any_quasi_perfect(black_box(&tree), &Budget::default()).expect("it is solved");
        assert!(found.regret.is_equilibrium());
    });
}

#[divan::bench(name = "equilibria/programme/leduc", sample_count = 20)]
fn programme_leduc(bencher: Bencher<'_, '_>) {
    let tree = leduc_poker().expect("a tree");
    bencher.bench_local(|| {
        let found = zero_sum::solve(black_box(&tree), &Budget::default()).expect("it is solved");
        let value = found.value().expect("exact").to_f64();
        assert!((value + 0.085_606_424_078).abs() < 1e-9);
    });
}

#[divan::bench(name = "equilibria/logit/horse")]
fn logit_horse(bencher: Bencher<'_, '_>) {
    let tree = selten_horse().expect("a tree");
    bencher.bench_local(|| {
        let found = limit(black_box(&tree), &LogitSettings::default(), &Budget::default()).expect("it is solved");
        assert!(found.regret.max().to_f64() <= 1e-9);
    });
}

/// Two players who want to do the same of eight things: 2⁸ − 1 equilibria.
#[divan::bench(name = "equilibria/extreme/same-of-8", sample_count = 20)]
fn extreme_same(bencher: Bencher<'_, '_>) {
    let labels: Vec<String> = (1..=8).map(|at| at.to_string()).collect();
    let own = |at: usize| vec![Exact::from(i64::from(at % 8 == at / 8)); 2];
    let players = vec!["a".to_owned(), "b".to_owned()];
    let game = StrategicGame::new("same", players, vec![labels.clone(), labels], (0..64).flat_map(own).collect());
    let game = game.expect("a game");
    bencher.bench_local(|| {
        let found = extreme_equilibria(black_box(&game), &Budget::default()).expect("they are listed");
        assert_eq!(found.equilibria.len(), 255);
    });
}
