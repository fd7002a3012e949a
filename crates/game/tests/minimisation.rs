//! Regret minimisation against known values, the exact certificate and itself.

use detente_base::{Budget, Exact};
use detente_game::catalog::{kuhn_poker, leduc_poker, liars_dice};
use detente_game::minimisation::{Method, Until, minimise, sampled};
use detente_game::regret::on_tree;
use detente_game::{Mover, PlayerId, TreeBuilder};

/// The value of Leduc poker to the first player, as published.
const LEDUC: f64 = -0.085_606_424_078;

fn until(iterations: u64, exploitability: f64) -> Until {
    Until { iterations, exploitability }
}

#[test]
fn known_games_have_their_sizes() {
    let kuhn = kuhn_poker(3).expect("a tree");
    assert_eq!((kuhn.node_count(), kuhn.infoset_count() - 1), (55, 12));
    let leduc = leduc_poker().expect("a tree");
    assert_eq!(leduc.node_count(), 9457);
    let sets = |player| leduc.infosets().filter(|(_, set)| set.mover == Mover::Player(PlayerId(player))).count();
    assert_eq!(leduc.constant_sum(), Some(Exact::ZERO));
    assert!(leduc.recall().is_ok());
    assert_eq!((sets(0), sets(1)), (468, 468));
    let dice = liars_dice(6).expect("a tree");
    assert_eq!(dice.node_count(), 294_883);
}

#[test]
fn every_method_approaches_the_value_of_kuhn_poker() {
    let tree = kuhn_poker(3).expect("a tree");
    for (name, method) in Method::NAMED {
        let found = minimise(&tree, method, until(20_000, 1e-4), &Budget::default()).expect("nobody forgets");
        assert!(found.exploitability <= 2e-3, "{name}: {}", found.exploitability);
        assert!((found.payoffs[0] + 1.0 / 18.0).abs() < 4e-3, "{name}: {}", found.payoffs[0]);
        // The exact certificate of the rounded strategies says the same.
        let regret = on_tree(&tree, &found.behaviour(&tree)).expect("nobody forgets");
        for player in [PlayerId(0), PlayerId(1)] {
            assert!((regret.of(player).to_f64() - found.gains[player.index()]).abs() < 1e-9, "{name}");
        }
    }
}

#[test]
fn leduc_poker_has_its_published_value() {
    let tree = leduc_poker().expect("a tree");
    let found = minimise(&tree, Method::DISCOUNTED, until(3_000, 1e-3), &Budget::default()).expect("nobody forgets");
    assert!(found.exploitability <= 1e-3);
    // In a zero-sum game the value lies between what each can count on.
    let (low, high) = (found.payoffs[0] - found.gains[1], found.payoffs[0] + found.gains[0]);
    assert!(low <= LEDUC && LEDUC <= high, "{low} {high}");
}

#[test]
fn budgets_end_it_with_what_was_reached() {
    let budget = Budget::default();
    budget.stopper.stop();
    let tree = kuhn_poker(3).expect("a tree");
    let found = minimise(&tree, Method::CfrPlus, until(1000, 0.0), &budget).expect("nobody forgets");
    assert_eq!((found.iterations, found.stopped.is_some()), (0, true));
    assert!(on_tree(&tree, &found.behaviour(&tree)).is_ok(), "uniform strategies are strategies");
    assert!(sampled(&tree, 1000, 1, &budget).expect("nobody forgets").stopped.is_some());
}

#[test]
fn sampling_approaches_an_equilibrium_and_repeats_itself() {
    let tree = kuhn_poker(3).expect("a tree");
    let found = sampled(&tree, 60_000, 7, &Budget::default()).expect("nobody forgets");
    let again = sampled(&tree, 60_000, 7, &Budget::default()).expect("nobody forgets");
    assert_eq!(found.average, again.average);
    let regret = on_tree(&tree, &found.behaviour(&tree)).expect("nobody forgets");
    assert!(regret.max().to_f64() < 0.03, "{}", regret.max());
}

#[test]
fn three_players_have_gains_that_the_certificate_confirms() {
    // Everybody guesses whether the others do the same as it.
    let mut builder = TreeBuilder::new("", &["one", "two", "three"]);
    let sets: Vec<_> =
        (0..3).map(|player| builder.infoset(Mover::Player(PlayerId(player)), "", &["left", "right"])).collect();
    builder.decision(sets[0]);
    for first in 0..2_i64 {
        builder.decision(sets[1]);
        for second in 0..2 {
            builder.decision(sets[2]);
            for third in 0..2 {
                let alike = |own: i64, a: i64, b: i64| Exact::from(i64::from(own == a) + 2 * i64::from(own != b));
                let payoffs = [alike(first, second, third), alike(second, third, first), alike(third, first, second)];
                builder.terminal(payoffs.to_vec());
            }
        }
    }
    let tree = builder.build().expect("a tree");
    let found = minimise(&tree, Method::CfrPlus, until(500, 0.0), &Budget::default()).expect("nobody forgets");
    let regret = on_tree(&tree, &found.behaviour(&tree)).expect("nobody forgets");
    for player in 0..3 {
        assert!((regret.of(PlayerId(player)).to_f64() - found.gains[player as usize]).abs() < 1e-9);
        assert!((regret.payoffs[player as usize].to_f64() - found.payoffs[player as usize]).abs() < 1e-9);
    }
}

#[test]
fn one_player_and_no_moves() {
    let mut builder = TreeBuilder::new("", &["alone"]);
    let set = builder.infoset(Mover::Player(PlayerId(0)), "", &["less", "more"]);
    builder.decision(set);
    builder.terminal(vec![Exact::from(1)]);
    builder.terminal(vec![Exact::from(3)]);
    let tree = builder.build().expect("a tree");
    let found = minimise(&tree, Method::Cfr, until(2000, 1e-2), &Budget::default()).expect("nobody forgets");
    assert!(found.exploitability <= 1e-2);
    let mut builder = TreeBuilder::new("", &["idle", "idle too"]);
    builder.terminal(vec![Exact::from(1), Exact::from(2)]);
    let tree = builder.build().expect("a tree");
    let found = minimise(&tree, Method::CfrPlus, until(10, 0.0), &Budget::default()).expect("nobody forgets");
    assert_eq!((found.payoffs, found.exploitability), (vec![1.0, 2.0], 0.0));
}
