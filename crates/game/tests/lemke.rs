//! Quasi-perfect equilibria of two-player trees.

mod support;

use detente_base::{Budget, Exact, Pcg};
use detente_game::Tree;
use detente_game::catalog::{kuhn_poker, leduc_poker};
use detente_game::lemke::{QuasiPerfect, Unsolved, any_quasi_perfect, centroid, drawn, quasi_perfect};
use detente_game::regret::on_tree;
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
