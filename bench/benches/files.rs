//! `files/GAME/…`: trees and strategic games read from text and written.
//!
//! Every bench asserts that the game is the one that was written.

use detente_base::Exact;
use detente_game::catalog::liars_dice;
use detente_game::files::{read_efg, read_nfg, write_efg, write_nfg};
use detente_game::{Mover, PlayerId, StrategicGame, Tree, TreeBuilder};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// Two players of so many types each escalate in turn for so many rounds, or back down, or
/// attack; neither sees the other's type.
fn attrition(types: usize, rounds: usize) -> Tree {
    let mut builder = TreeBuilder::new("attrition", &["challenger", "defender"]);
    let pairs: Vec<String> = (0..types * types).map(|pair| format!("c{}_d{}", pair / types, pair % types)).collect();
    let chance = builder.chance_set("", &pairs, &vec![Exact::ratio(1, pairs.len() as i64); pairs.len()]);
    let mut sets = Vec::new();
    for at in 0..2 * types * rounds {
        let (player, kind) = (at / rounds / types, at / rounds % types);
        let actions = [["back", "escalate", "attack"], ["concede", "resist", "attack"]][player];
        let mover = Mover::Player(PlayerId::from_index(player));
        sets.push(builder.infoset(mover, &format!("{kind}.{}", at % rounds), &actions));
    }
    builder.decision(chance);
    for pair in 0..types * types {
        let of_type = [pair / types, types + pair % types];
        let war = |round: usize| {
            of_type.map(|kind| Exact::ratio(kind as i64 - round as i64, 100 + (kind % types) as i64)).to_vec()
        };
        for round in 0..rounds {
            for kind in of_type {
                builder.decision(sets[kind * rounds + round]);
                builder.terminal(vec![Exact::ratio(-(round as i64), 50), Exact::ONE]);
            }
        }
        builder.terminal(war(rounds));
        // Attacking is the last action of each, so the last to move is the first to be done.
        for round in (0..rounds).rev() {
            builder.terminal(war(round));
            builder.terminal(war(round));
        }
    }
    builder.build().expect("a tree")
}

fn reading(bencher: Bencher<'_, '_>, tree: &Tree) {
    let text = write_efg(tree);
    let nodes = tree.node_count();
    bencher.counter(divan::counter::BytesCount::of_str(&text)).bench_local(|| {
        let read = read_efg(black_box(&text)).expect("a tree");
        assert_eq!(read.tree.node_count(), nodes);
        read
    });
    assert!(read_efg(&text).expect("a tree").tree.constant_sum() == tree.constant_sum());
}

#[divan::bench(name = "files/attrition-62326/read")]
fn attrition_small(bencher: Bencher<'_, '_>) {
    let tree = attrition(15, 46);
    assert_eq!(tree.node_count(), 62_326);
    reading(bencher, &tree);
}

#[divan::bench(name = "files/attrition-1062001/read", sample_count = 10)]
fn attrition_large(bencher: Bencher<'_, '_>) {
    let tree = attrition(60, 49);
    assert_eq!(tree.node_count(), 1_062_001);
    reading(bencher, &tree);
}

#[divan::bench(name = "files/liars-dice-6/read", sample_count = 10)]
fn dice(bencher: Bencher<'_, '_>) {
    let tree = liars_dice(6).expect("a tree");
    assert_eq!(tree.node_count(), 294_883);
    reading(bencher, &tree);
}

#[divan::bench(name = "files/liars-dice-6/write", sample_count = 10)]
fn dice_written(bencher: Bencher<'_, '_>) {
    let tree = liars_dice(6).expect("a tree");
    bencher.bench_local(|| write_efg(black_box(&tree)));
    assert_eq!(write_efg(&tree).lines().filter(|line| line.starts_with("t ")).count(), 147_420);
}

#[divan::bench(name = "files/table-300x300/read")]
fn table(bencher: Bencher<'_, '_>) {
    let names = |_| (1..=300).map(|strategy| strategy.to_string()).collect::<Vec<_>>();
    let payoffs = (0..300 * 300 * 2).map(|at| Exact::ratio(at * 7919 % 1_009 - 500, 1 + at % 4)).collect();
    let game = StrategicGame::new("table", vec!["row".into(), "column".into()], [0, 1].map(names).into(), payoffs);
    let game = game.expect("a game");
    let text = write_nfg(&game);
    bencher.counter(divan::counter::BytesCount::of_str(&text)).bench_local(|| {
        assert!(read_nfg(black_box(&text)).expect("a game").game == game);
    });
}
