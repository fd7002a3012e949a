//! Quasi-perfect equilibria of two-player trees.

mod support;

use detente_base::{Budget, Exact, Pcg};
use detente_game::catalog::{kuhn_poker, leduc_poker};
use detente_game::lemke::{QuasiPerfect, Unsolved, any_in_parts, any_quasi_perfect, centroid, drawn, quasi_perfect};
use detente_game::regret::on_tree;
use detente_game::{Mover, PlayerId, Tree, TreeBuilder};
use support::{bluff, exact, random_tree};

fn solved(tree: &Tree) -> QuasiPerfect {
    any_quasi_perfect(tree, &Budget::default()).expect("an equilibrium")
}

#[test]
fn the_bluff_has_the_published_frequencies() {
    let tree = bluff("0.3");
    let found = solved(&tree);
    let text: Vec<String> = found.assessment.behaviour().probabilities().iter().map(Exact::to_string).collect();
    assert_eq!(text.join(" "), "0.3 0.7 1 0 2/7 5/7 1/3 2/3");
    let target = tree.infosets().last().expect("a set").0;
    assert_eq!(found.assessment.beliefs(&tree, target), [exact("3/5"), exact("2/5")]);
}

/// What is worse whatever anybody does is a rarer mistake than any two others together: here
/// that the irresolute fights, that the resolved backs down, and, since a threat then gives it
/// 0.2 at least, that it waits.
#[test]
fn dominated_actions_are_the_rarest_mistakes() {
    let mut builder = TreeBuilder::new("Bluff", &["challenger", "target"]);
    let kinds = builder.chance_set("", &["resolved", "irresolute"], &[exact("0.3"), exact("0.7")]);
    let mut own = |label: &str, actions: [&str; 2]| builder.infoset(Mover::Player(PlayerId(0)), label, &actions);
    let threats = [own("r", ["threaten", "wait"]), own("i", ["threaten", "wait"])];
    let ends = [own("r2", ["fight", "back down"]), own("i2", ["fight", "back down"])];
    let target = builder.infoset(Mover::Player(PlayerId(1)), "", &["concede", "resist"]);
    let pay = |a: &str, b: &str| vec![exact(a), exact(b)];
    builder.decision(kinds);
    for (kind, war) in ["0.2", "-2"].into_iter().enumerate() {
        builder.decision(threats[kind]);
        builder.decision(target);
        builder.terminal(pay("1", "-1"));
        builder.decision(ends[kind]);
        builder.terminal(pay(war, "-2"));
        builder.terminal(pay("-0.5", "0.5"));
        builder.terminal(pay("0", "0"));
    }
    let tree = builder.build().expect("a tree");
    let found = solved(&tree);
    let actions = |set: detente_game::InfosetId| tree.infoset(set).actions.clone();
    let order = |action: usize| found.assessment.trembles()[action].order;
    let dominated = [actions(ends[0]).start + 1, actions(ends[1]).start, actions(threats[0]).start + 1];
    let others = (0..tree.action_count()).filter(|action| !dominated.contains(action));
    let most = others.map(order).max().expect("other actions");
    assert!(dominated.into_iter().all(|action| order(action) > 2 * most));
    assert_eq!(*found.assessment.behaviour().of(actions(threats[1]).start), exact("2/7"));
    assert_eq!(*found.assessment.behaviour().of(actions(target).start), exact("1/3"));
}

/// A draw that both see makes two games: the bluff with either chance, each as if it stood alone.
#[test]
fn games_that_chance_divides_are_solved_apart() {
    let mut builder = TreeBuilder::new("Two bluffs", &["challenger", "target"]);
    let coin = builder.chance_set("coin", &["heads", "tails"], &[exact("1/2"), exact("1/2")]);
    builder.decision(coin);
    for part in [bluff("0.3"), bluff("0.1")] {
        let sets: Vec<_> = part
            .infosets()
            .map(|(_, set)| {
                let labels: Vec<&str> = set.actions.clone().map(|action| part.action_label(action)).collect();
                let chances: Vec<Exact> = set.actions.clone().map(|action| part.chance(action).clone()).collect();
                match set.mover {
                    Mover::Chance => builder.chance_set(&set.label, &labels, &chances),
                    mover @ Mover::Player(_) => builder.infoset(mover, &set.label, &labels),
                }
            })
            .collect();
        for node in part.nodes() {
            match part.kind(node) {
                detente_game::NodeKind::Move(set) => builder.decision(sets[set.index()]),
                detente_game::NodeKind::Terminal => builder.terminal(part.payoffs_at(node)),
            };
        }
    }
    let tree = builder.build().expect("a tree");
    let found = any_in_parts(&tree, &Budget::default()).expect("an equilibrium");
    assert!(found.is_sequential(&tree));
    let text: Vec<String> = found.behaviour().probabilities().iter().map(Exact::to_string).collect();
    assert_eq!(text.join(" "), "0.5 0.5 0.3 0.7 1 0 2/7 5/7 1/3 2/3 0.1 0.9 1 0 2/27 25/27 1/3 2/3");
}

#[test]
fn kuhn_poker_has_its_value() {
    let found = solved(&kuhn_poker(3).expect("a tree"));
    assert_eq!(found.regret.payoffs, [exact("-1/18"), exact("1/18")]);
    assert!(found.regret.is_equilibrium());
}

/// Every random game is answered, whatever the prior, and all that is claimed of the answer
/// holds when read off the tree.
#[test]
fn random_games_are_solved_and_proven() {
    let mut rng = Pcg::new(11);
    let (mut large, mut beyond, mut tied) = (0, 0, 0);
    for round in 0..1_500 {
        let tree = random_tree(&mut rng, 2);
        let drawn = quasi_perfect(&tree, &drawn(&tree, round), &Budget::default());
        tied += usize::from(drawn == Err(Unsolved::Tied));
        for found in [solved(&tree)].into_iter().chain(drawn) {
            let again = on_tree(&tree, found.assessment.behaviour()).expect("nobody forgets");
            assert!(again.is_equilibrium() && again == found.regret);
            assert!(found.assessment.is_sequential(&tree));
            large = large.max(found.sequences);
            beyond += usize::from(found.assessment.trembles().iter().any(|tremble| tremble.order > 1));
        }
    }
    assert!(tied < 5, "priors drawn at random are hardly ever tied: {tied}");
    assert!(large > 25, "only small games: {large}");
    assert!(beyond > 20, "few games in which a tremble is of the second order: {beyond}");
}

#[test]
fn it_says_what_it_cannot_do() {
    let mut rng = Pcg::new(5);
    let three = random_tree(&mut rng, 3);
    let prior = centroid(&three);
    assert_eq!(quasi_perfect(&three, &prior, &Budget::default()).err(), Some(Unsolved::Players(3)));
    let leduc = leduc_poker().expect("a tree");
    let stopped = Budget::default();
    stopped.stopper.stop();
    assert!(matches!(quasi_perfect(&leduc, &centroid(&leduc), &stopped), Err(Unsolved::Stopped(_))));
}
