//! Games of the literature: their published equilibria.

mod support;

use detente_base::{Budget, Exact};
use detente_game::backward::{SubgamePerfect, backward_induction};
use detente_game::catalog::{beer_quiche, centipede, chain_store, education, investment, selten_horse, trust};
use detente_game::lemke::several;
use detente_game::logit::{LogitSettings, limit};
use detente_game::regret::on_tree;
use detente_game::table::extreme_equilibria;
use detente_game::{Assessment, Behaviour, ReducedForm, SequenceForm, Tree, Tremble};
use num_bigint::BigUint;
use support::exact;

fn behaviour(tree: &Tree, probabilities: &str) -> Behaviour {
    let all = probabilities.split_whitespace().map(exact).collect();
    Behaviour::new(tree, all).expect("probabilities")
}

fn is_nash(tree: &Tree, probabilities: &str) -> bool {
    on_tree(tree, &behaviour(tree, probabilities)).expect("nobody forgets").is_equilibrium()
}

fn perfect(tree: &Tree) -> SubgamePerfect {
    backward_induction(tree, 10, &Budget::default()).expect("no limit")
}

fn only_one(tree: &Tree) -> Assessment {
    let found = perfect(tree);
    assert_eq!(found.count, Some(BigUint::from(1_u32)));
    found.listed[0].clone()
}

/// Payoffs of all extreme equilibria of the reduced form.
fn extreme_payoffs(tree: &Tree) -> Vec<Vec<Exact>> {
    let form = SequenceForm::new(tree).expect("nobody forgets");
    let reduced = ReducedForm::new(tree, form, &Budget::default()).expect("it is small");
    let all = extreme_equilibria(&reduced.game, &Budget::default()).expect("no limit");
    all.equilibria.into_iter().map(|found| found.regret.payoffs).collect()
}

#[test]
fn the_horse_has_two_components() {
    let tree = selten_horse().expect("a tree");
    assert_eq!(tree.subgame_roots(), [Tree::ROOT]);
    // Across and down of the first and of the second; left and right.
    for (probabilities, nash) in [
        ("0 1 1/3 2/3 1 0", true),
        ("0 1 1 0 1 0", true),
        ("0 1 1/4 3/4 1 0", false),
        ("1 0 1 0 1/4 3/4", true),
        ("1 0 1 0 0 1", true),
        ("1 0 1 0 1/3 2/3", false),
        ("0 1 1 0 3/4 1/4", false),
    ] {
        assert_eq!(is_nash(&tree, probabilities), nash, "{probabilities}");
    }
}

#[test]
fn the_horse_is_sequential_across_only() {
    let tree = selten_horse().expect("a tree");
    let found = limit(&tree, &LogitSettings::default(), &Budget::default()).expect("a limit");
    let played = found.behaviour.probabilities();
    let near = |action: usize| played[action].to_f64();
    assert!(near(0) > 1.0 - 1e-8 && near(2) > 1.0 - 1e-8 && near(4) < 0.25 + 1e-8, "{played:?}");
    // Down and left with whatever trembles: the second would rather go down.
    let tremble = |order: u32, weight: &str| Tremble { order, weight: exact(weight) };
    for order in [1, 2] {
        let trembles = vec![
            tremble(order, "1"),
            tremble(0, "1"),
            tremble(0, "1"),
            tremble(1, "1"),
            tremble(0, "1"),
            tremble(1, "1"),
        ];
        assert!(!Assessment::new(&tree, trembles).expect("trembles").is_sequential(&tree));
    }
    // Across with the third believing the first with chance 1/3, and with less.
    for (first, second, third) in [("1/2", "1", ["1/4", "3/4"]), ("1/3", "2/3", ["1/5", "4/5"])] {
        let trembles = vec![
            tremble(0, "1"),
            tremble(1, first),
            tremble(0, "1"),
            tremble(1, second),
            tremble(0, third[0]),
            tremble(0, third[1]),
        ];
        assert!(Assessment::new(&tree, trembles).expect("trembles").is_sequential(&tree));
    }
}

#[test]
fn beer_and_quiche_are_both_had_by_both() {
    let tree = beer_quiche(&exact("9/10")).expect("a tree");
    let one = |text: &str| text.split_whitespace().map(exact).collect::<Vec<_>>();
    // The surly get 3 and wimps 2 with beer, or 2 and 3 with quiche; the bully 9/10.
    let mut payoffs = extreme_payoffs(&tree);
    payoffs.sort();
    payoffs.dedup();
    assert_eq!(payoffs, [one("21/10 9/10"), one("29/10 9/10")]);
    // Quiche needs wimps who err more often than the surly; where both err as often, as on the
    // paths of Lemke, every prior leads to beer.
    let found = several(&tree, 40, &Budget::default()).expect("equilibria").found;
    assert!(found.iter().all(|found| found.assessment.behaviour().probabilities()[2..6] == one("1 0 1 0")));
    for (beer_of_wimps, holds) in [(1, true), (2, false)] {
        let order = [0, 0, 2, 0, beer_of_wimps, 0, 0, 1, 1, 0];
        let tremble = |order: &u32| Tremble { order: *order, weight: Exact::ONE };
        let quiche = Assessment::new(&tree, order.iter().map(tremble).collect()).expect("trembles");
        assert_eq!(quiche.is_sequential(&tree), holds);
    }
}

#[test]
fn few_duels_do_not_keep_anybody_from_the_other_breakfast() {
    let tree = beer_quiche(&exact("9/10")).expect("a tree");
    // The chance; breakfasts of the surly and of wimps; duels after beer and after quiche.
    for (probabilities, nash) in [
        ("9/10 1/10 1 0 1 0 0 1 1/2 1/2", true),
        ("9/10 1/10 1 0 1 0 0 1 2/5 3/5", false),
        ("9/10 1/10 0 1 0 1 1/2 1/2 0 1", true),
        ("9/10 1/10 0 1 0 1 2/5 3/5 0 1", false),
        ("9/10 1/10 1 0 0 1 0 1 1 0", false),
    ] {
        assert_eq!(is_nash(&tree, probabilities), nash, "{probabilities}");
    }
}

#[test]
fn the_centipede_ends_at_once() {
    for moves in [1, 2, 5, 10, 200] {
        let tree = centipede(moves).expect("a tree");
        let found = only_one(&tree);
        assert!(found.behaviour().probabilities().chunks(2).all(|set| set[0] == Exact::ONE));
        assert!(found.is_sequential(&tree));
    }
    let tree = centipede(10).expect("a tree");
    let last = tree.nodes().last().expect("a node");
    assert_eq!(tree.payoffs_at(last), [Exact::from(10), Exact::from(10)]);
    // Nothing else comes of any Nash equilibrium.
    let all = extreme_payoffs(&centipede(6).expect("a tree"));
    assert!(!all.is_empty() && all.iter().flatten().all(Exact::is_zero));
}

#[test]
fn trust_is_not_given() {
    let tree = trust().expect("a tree");
    let found = only_one(&tree);
    assert_eq!(*found.behaviour(), behaviour(&tree, "0 1 0 1"));
    let tree = investment(10, 3).expect("a tree");
    let found = on_tree(&tree, only_one(&tree).behaviour()).expect("nobody forgets");
    assert!(found.is_equilibrium());
    assert_eq!(found.payoffs, [Exact::from(10), Exact::from(10)]);
}

#[test]
fn the_chain_store_yields() {
    for towns in 1..=5_i64 {
        let tree = chain_store(towns as usize).expect("a tree");
        let found = on_tree(&tree, only_one(&tree).behaviour()).expect("nobody forgets");
        assert!(found.payoffs.iter().take(towns as usize).all(|entrant| *entrant == Exact::from(2)));
        assert_eq!(found.payoffs.last(), Some(&Exact::from(2 * towns)));
    }
}

#[test]
fn education_has_levels_and_wages_on_grids() {
    let tree = education(&exact("1/2"), 6, 4).expect("a tree");
    assert_eq!(tree.node_count(), 1 + 2 + 14 + 70);
    assert_eq!(tree.infoset_count(), 1 + 2 + 7);
    assert!(education(&exact("3/2"), 6, 4).is_err());
}
