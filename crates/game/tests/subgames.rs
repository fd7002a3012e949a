//! Equilibria of every subgame, against each subgame as a game of its own.

mod support;

use detente_base::{Budget, Exact, Pcg};
use detente_game::backward::backward_induction;
use detente_game::catalog::{chain_store, selten_horse, trust};
use detente_game::lemke::{any_quasi_perfect, drawn, tilted};
use detente_game::regret::on_tree;
use detente_game::subgames::subgame_perfection;
use detente_game::{Behaviour, InfosetId, Mover, NodeId, NodeKind, PlayerId, Tree, TreeBuilder};
use rustc_hash::FxHashMap;
use support::{exact, random_tree};

fn behaviour(tree: &Tree, probabilities: &str) -> Behaviour {
    let all = probabilities.split_whitespace().map(exact).collect();
    Behaviour::new(tree, all).expect("probabilities")
}

#[test]
fn an_empty_threat_fails_where_it_would_be_carried_out() {
    let tree = chain_store(1).expect("a tree");
    let threat = behaviour(&tree, "1 0 0 1");
    assert!(on_tree(&tree, &threat).expect("nobody forgets").is_equilibrium());
    let found = subgame_perfection(&tree, &threat).expect("nobody forgets");
    let failing = found.failing().expect("an empty threat");
    assert_eq!(tree.kind(failing.root), NodeKind::Move(InfosetId(1)));
    assert_eq!((failing.regret.of(PlayerId(0)), failing.regret.of(PlayerId(1))), (Exact::ZERO, Exact::from(2)));
    assert!(subgame_perfection(&tree, &behaviour(&tree, "0 1 1 0")).expect("nobody forgets").holds());
    // The same in three towns: everybody stays out, and the store would always fight.
    let tree = chain_store(3).expect("a tree");
    let threat: Vec<Exact> = tree
        .infosets()
        .flat_map(|(_, set)| if set.mover == Mover::Player(PlayerId(3)) { [0, 1] } else { [1, 0] })
        .map(Exact::from)
        .collect();
    let threat = Behaviour::new(&tree, threat).expect("probabilities");
    assert!(on_tree(&tree, &threat).expect("nobody forgets").is_equilibrium());
    assert!(!subgame_perfection(&tree, &threat).expect("nobody forgets").holds());
}

#[test]
fn abused_trust_is_no_equilibrium_and_the_horse_has_no_subgames() {
    let tree = trust().expect("a tree");
    let found = subgame_perfection(&tree, &behaviour(&tree, "1 0 1 0")).expect("nobody forgets");
    assert_eq!(found.failing().expect("no equilibrium").regret.of(PlayerId(1)), Exact::from(5));
    let tree = selten_horse().expect("a tree");
    let found = subgame_perfection(&tree, &behaviour(&tree, "0 1 1 0 1 0")).expect("nobody forgets");
    assert!(found.holds(), "not sequential, but there is nothing inside");
    assert_eq!(found.subgames.len(), 1);
}

/// The game that begins at a node, and the behaviour in it.
fn part(tree: &Tree, root: NodeId, behaviour: &Behaviour) -> (Tree, Behaviour) {
    let names: Vec<&str> = tree.players().iter().map(String::as_str).collect();
    let mut builder = TreeBuilder::new("", &names);
    let mut sets: FxHashMap<InfosetId, InfosetId> = FxHashMap::default();
    let mut played = Vec::new();
    for node in tree.nodes().filter(|node| *node >= root && *node < tree.end(root)) {
        let payoffs = tree.outcome_at(node).map(|outcome| tree.outcome(outcome).payoffs.clone());
        let outcome = payoffs.map(|payoffs| builder.outcome("", payoffs));
        let set = match tree.kind(node) {
            NodeKind::Terminal => None,
            NodeKind::Move(id) => Some(*sets.entry(id).or_insert_with(|| {
                let set = tree.infoset(id);
                played.extend(set.actions.clone().map(|action| behaviour.of(action).clone()));
                let labels: Vec<&str> = set.actions.clone().map(|action| tree.action_label(action)).collect();
                let chances: Vec<Exact> = set.actions.clone().map(|action| tree.chance(action).clone()).collect();
                match set.mover {
                    Mover::Chance => builder.chance_set("", &labels, &chances),
                    mover @ Mover::Player(_) => builder.infoset(mover, "", &labels),
                }
            })),
        };
        builder.node("", set, outcome);
    }
    let part = builder.build().expect("part of a tree");
    let behaviour = Behaviour::new(&part, played).expect("probabilities");
    (part, behaviour)
}

/// The same tree with something paid at every node.
fn paid_on_the_way(tree: &Tree, rng: &mut Pcg) -> Tree {
    let names: Vec<&str> = tree.players().iter().map(String::as_str).collect();
    let mut builder = TreeBuilder::new("", &names);
    for (_, set) in tree.infosets() {
        let labels: Vec<&str> = set.actions.clone().map(|action| tree.action_label(action)).collect();
        let chances: Vec<Exact> = set.actions.clone().map(|action| tree.chance(action).clone()).collect();
        match set.mover {
            Mover::Chance => builder.chance_set("", &labels, &chances),
            mover @ Mover::Player(_) => builder.infoset(mover, "", &labels),
        };
    }
    for node in tree.nodes() {
        let payoffs = (0..names.len()).map(|_| Exact::from(i64::from(rng.below(9)) - 4)).collect();
        let outcome = builder.outcome("", payoffs);
        let set = match tree.kind(node) {
            NodeKind::Terminal => None,
            NodeKind::Move(set) => Some(set),
        };
        builder.node("", set, Some(outcome));
    }
    builder.build().expect("a tree")
}

#[test]
fn every_subgame_has_the_regret_of_a_game_of_its_own() {
    let mut rng = Pcg::new(21);
    let mut inner = 0;
    for seed in 0..300 {
        let tree = random_tree(&mut rng, 2 + seed as u32 % 2);
        let tree = if seed % 3 == 0 { paid_on_the_way(&tree, &mut rng) } else { tree };
        let behaviour = if seed % 2 == 0 { drawn(&tree, seed) } else { tilted(&tree, seed) };
        let found = subgame_perfection(&tree, &behaviour).expect("nobody forgets");
        for subgame in &found.subgames {
            let (part, played) = part(&tree, subgame.root, &behaviour);
            assert_eq!(subgame.regret, on_tree(&part, &played).expect("nobody forgets"));
            inner += usize::from(subgame.root != Tree::ROOT);
        }
    }
    assert!(inner > 500, "few subgames: {inner}");
}

#[test]
fn sequential_equilibria_are_subgame_perfect() {
    let mut rng = Pcg::new(4);
    for _ in 0..200 {
        let tree = random_tree(&mut rng, 2);
        let found = any_quasi_perfect(&tree, &Budget::default()).expect("an equilibrium");
        assert!(subgame_perfection(&tree, found.assessment.behaviour()).expect("nobody forgets").holds());
        if tree.has_perfect_information() {
            for found in backward_induction(&tree, 20, &Budget::default()).expect("no limit").listed {
                assert!(subgame_perfection(&tree, found.behaviour()).expect("nobody forgets").holds());
            }
        }
    }
}
