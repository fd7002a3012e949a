//! Trees, what they are, and the certificate of equilibria.

mod support;

use detente_base::{Exact, Pcg};
use detente_game::regret::{in_table, on_tree};
use detente_game::{Behaviour, Mover, PlayerId, SequenceForm, StrategicGame, Tree, TreeBuilder, TreeError};
use support::{bluff, exact, random_tree};

fn numbers(all: &[i64]) -> Vec<Exact> {
    all.iter().map(|n| Exact::from(*n)).collect()
}

#[test]
fn the_bluff_of_two_types_is_an_equilibrium() {
    let tree = bluff("0.3");
    // In the order of sets: chance, resolved, irresolute, target.
    let play = |text: &str| {
        let all = text.split(' ').map(exact).collect();
        on_tree(&tree, &Behaviour::new(&tree, all).expect("probabilities")).expect("perfect recall")
    };
    let found = play("0 0 1 0 2/7 5/7 1/3 2/3");
    assert!(found.is_equilibrium());
    assert_eq!(found.payoffs, [exact("7/50"), exact("-1/2")]);
    let more = play("0 0 1 0 3/7 4/7 1/3 2/3");
    assert!(!more.is_equilibrium() && more.of(PlayerId(0)).is_zero());
    assert!(more.of(PlayerId(1)).signum() > 0, "the target would resist");
    assert_eq!(more.max(), more.of(PlayerId(1)));
}

#[test]
fn a_tree_knows_what_it_is() {
    let tree = bluff("1/2");
    assert_eq!((tree.node_count(), tree.infoset_count(), tree.action_count()), (11, 4, 8));
    assert!(!tree.has_perfect_information());
    assert_eq!(tree.constant_sum(), None);
    assert_eq!(tree.subgame_roots(), [Tree::ROOT]);
    let children: Vec<u32> = tree.children(Tree::ROOT).map(|node| node.0).collect();
    assert_eq!(children, [1, 6]);
    assert_eq!(tree.payoffs_at(tree.child(tree.child(Tree::ROOT, 1), 1)), numbers(&[0, 0]));
    assert_eq!(tree.end(tree.child(Tree::ROOT, 0)).0, 6);
}

#[test]
fn payoffs_on_the_way_add_up() {
    let mut builder = TreeBuilder::new("", &["one", "two"]);
    let first = builder.infoset(Mover::Player(PlayerId(0)), "", &["a", "b"]);
    let second = builder.infoset(Mover::Player(PlayerId(1)), "", &["c"]);
    let toll = builder.outcome("toll", numbers(&[-1, 1]));
    let gain = builder.outcome("gain", numbers(&[5, -5]));
    builder.node("start", Some(first), Some(toll));
    builder.node("", Some(second), Some(gain));
    builder.node("", None, Some(toll));
    builder.node("", None, None);
    let tree = builder.build().expect("a tree");
    assert_eq!(tree.constant_sum(), Some(Exact::ZERO));
    assert_eq!(tree.payoffs_at(detente_game::NodeId(2)), numbers(&[3, -3]));
    assert_eq!(tree.node_label(Tree::ROOT), "start");
    let form = SequenceForm::new(&tree).expect("perfect recall");
    assert_eq!(form.leaves.len(), 2);
    assert_eq!(form.leaves[0].payoffs, numbers(&[3, -3]));
    // Below the first move of two everything is a game of its own.
    assert_eq!(tree.subgame_roots().len(), 2);
}

#[test]
fn who_forgets_is_found() {
    // The driver who does not know whether the first exit is behind.
    let mut builder = TreeBuilder::new("", &["driver"]);
    let set = builder.infoset(Mover::Player(PlayerId(0)), "", &["exit", "go on"]);
    builder.decision(set);
    builder.terminal(numbers(&[0]));
    builder.decision(set);
    builder.terminal(numbers(&[4]));
    builder.terminal(numbers(&[1]));
    let tree = builder.build().expect("a tree");
    let forgotten = tree.recall().expect_err("absent-minded");
    assert!(forgotten.absent_minded);
    assert!(SequenceForm::new(&tree).is_err());
    // One who does not know what it has done itself.
    let mut builder = TreeBuilder::new("", &["one"]);
    let first = builder.infoset(Mover::Player(PlayerId(0)), "", &["a", "b"]);
    let second = builder.infoset(Mover::Player(PlayerId(0)), "", &["c", "d"]);
    builder.decision(first);
    for _ in 0..2 {
        builder.decision(second);
        builder.terminal(numbers(&[1]));
        builder.terminal(numbers(&[0]));
    }
    let forgotten = builder.build().expect("a tree").recall().expect_err("it forgets");
    assert!(!forgotten.absent_minded);
    assert_eq!(forgotten.infoset, second);
}

#[test]
fn faults_are_told() {
    let start = || TreeBuilder::new("", &["one"]);
    let mut builder = start();
    let set = builder.infoset(Mover::Player(PlayerId(0)), "", &["a", "b"]);
    builder.decision(set);
    assert_eq!(builder.clone().build().expect_err("no ends"), TreeError::Unfinished { missing: 2 });
    builder.terminal(numbers(&[1, 2]));
    builder.terminal(numbers(&[1]));
    assert_eq!(builder.build().expect_err("payoffs"), TreeError::Payoffs { found: 2, players: 1 });
    let mut builder = start();
    builder.chance_set("", &["a", "b"], &[exact("1/2"), exact("1/3")]);
    builder.terminal(numbers(&[1]));
    assert!(matches!(builder.build(), Err(TreeError::Chances { .. })));
    let mut builder = start();
    builder.terminal(numbers(&[1]));
    builder.terminal(numbers(&[1]));
    assert_eq!(builder.build().expect_err("two roots"), TreeError::Beyond { node: 1 });
    assert_eq!(start().build().expect_err("empty"), TreeError::NoNodes);
    assert_eq!(TreeBuilder::new("", &[]).build().expect_err("nobody"), TreeError::NoPlayers);
}

fn random_behaviour(tree: &Tree, rng: &mut Pcg) -> Behaviour {
    let near: Vec<f64> = (0..tree.action_count()).map(|_| f64::from(rng.below(4)) / 4.0).collect();
    Behaviour::rounded(tree, &near)
}

/// The best of all pure strategies of a player, by trying every one.
fn best_pure(tree: &Tree, behaviour: &Behaviour, player: PlayerId) -> Option<Exact> {
    let own: Vec<_> = tree.infosets().filter(|(_, set)| set.mover == Mover::Player(player)).collect();
    let count = own.iter().try_fold(1_usize, |n, (_, set)| n.checked_mul(set.actions.len()))?;
    if count > 3000 {
        return None;
    }
    (0..count)
        .map(|mut code| {
            let mut probabilities = behaviour.probabilities().to_vec();
            for (_, set) in &own {
                let chosen = code % set.actions.len();
                code /= set.actions.len();
                for (at, action) in set.actions.clone().enumerate() {
                    probabilities[action] = Exact::from(i64::from(at == chosen));
                }
            }
            let pure = Behaviour::new(tree, probabilities).expect("a strategy");
            on_tree(tree, &pure).expect("perfect recall").payoffs[player.index()].clone()
        })
        .max()
}

#[test]
fn best_replies_are_those_of_trying_every_strategy() {
    let mut rng = Pcg::new(7);
    let mut tried = 0;
    for round in 0..300 {
        let players = 1 + round % 3;
        let tree = random_tree(&mut rng, players);
        let behaviour = random_behaviour(&tree, &mut rng);
        let regret = on_tree(&tree, &behaviour).expect("nobody forgets");
        for player in (0..players).map(PlayerId) {
            if let Some(best) = best_pure(&tree, &behaviour, player) {
                assert_eq!(regret.best[player.index()], best);
                assert!(regret.of(player).signum() >= 0);
                tried += 1;
            }
        }
        // The sequence form gives the same payoffs, and plans lead back to behaviour.
        let form = SequenceForm::new(&tree).expect("nobody forgets");
        let plans: Vec<Vec<Exact>> = (0..players).map(|p| form.plan(PlayerId(p), &behaviour)).collect();
        for player in 0..players as usize {
            let weighted = form.leaves.iter().map(|leaf| {
                let reach =
                    leaf.sequences.iter().zip(&plans).fold(Exact::ONE, |reach, (s, plan)| &reach * &plan[*s as usize]);
                &reach * &leaf.payoffs[player]
            });
            assert_eq!(weighted.sum::<Exact>(), regret.payoffs[player]);
        }
        let again = form.behaviour(&tree, &plans);
        assert_eq!(on_tree(&tree, &again).expect("nobody forgets").payoffs, regret.payoffs);
    }
    assert!(tried > 200, "{tried}");
}

#[test]
fn regrets_in_a_table() {
    // Battle of the sexes: the mixed equilibrium.
    let payoffs = numbers(&[3, 2, 0, 0, 0, 0, 2, 3]);
    let names = |n: usize| (0..n).map(|i| i.to_string()).collect::<Vec<_>>();
    let game = StrategicGame::new("", names(2), vec![names(2), names(2)], payoffs).expect("a game");
    let mixed = vec![vec![exact("3/5"), exact("2/5")], vec![exact("2/5"), exact("3/5")]];
    let found = in_table(&game, &mixed);
    assert!(found.is_equilibrium());
    assert_eq!(found.payoffs, [exact("6/5"), exact("6/5")]);
    let pure = in_table(&game, &[numbers(&[1, 0]), numbers(&[0, 1])]);
    assert_eq!((pure.of(PlayerId(0)), pure.of(PlayerId(1))), (Exact::from(2), Exact::from(2)));
    assert_eq!(game.matrices()[0], [numbers(&[3, 0]), numbers(&[0, 2])]);
}
