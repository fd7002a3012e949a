//! Backward induction, and trees as tables.

mod support;

use detente_base::{Budget, Exact, Pcg};
use detente_game::backward::backward_induction;
use detente_game::lemke::any_quasi_perfect;
use detente_game::regret::on_tree;
use detente_game::table::extreme_equilibria;
use detente_game::{Assessment, Mover, PlayerId, ReducedForm, SequenceForm, Tree, TreeBuilder, Tremble};
use support::{bluff, exact, random_tree};

/// Offers of 0, 1 or 2 of two pies; the other takes or leaves.
fn ultimatum() -> Tree {
    let mut builder = TreeBuilder::new("Ultimatum", &["proposer", "responder"]);
    let first = builder.infoset(Mover::Player(PlayerId(0)), "", &["0", "1", "2"]);
    builder.decision(first);
    for offer in 0..3 {
        let answer = builder.infoset(Mover::Player(PlayerId(1)), "", &["take", "leave"]);
        builder.decision(answer);
        builder.terminal(vec![Exact::from(2 - offer), Exact::from(offer)]);
        builder.terminal(vec![Exact::ZERO, Exact::ZERO]);
    }
    builder.build().expect("a tree")
}

#[test]
fn ties_make_several_equilibria_and_all_are_counted() {
    let tree = ultimatum();
    let found = backward_induction(&tree, 100, &Budget::default()).expect("small");
    // An offer of nothing is taken or left: then nothing or one is offered.
    assert_eq!(found.count, Some(2_u32.into()));
    let offers: Vec<Vec<&Exact>> =
        found.listed.iter().map(|one| (0..3).map(|a| one.behaviour().of(a)).collect()).collect();
    assert!(offers.iter().any(|offer| *offer[0] == Exact::ONE) && offers.iter().any(|offer| *offer[1] == Exact::ONE));
    assert!(found.listed.iter().all(|one| one.is_sequential(&tree)));
    let few = backward_induction(&tree, 1, &Budget::default()).expect("small");
    assert_eq!((few.listed.len(), few.count), (1, Some(2_u32.into())));
}

/// A tree in which everybody knows everything.
fn known(rng: &mut Pcg, players: u32) -> Tree {
    fn grow(rng: &mut Pcg, builder: &mut TreeBuilder, players: u32, depth: u32) {
        if depth == 0 || rng.below(6) == 0 {
            let payoffs = (0..players).map(|_| Exact::from(i64::from(rng.below(3)))).collect();
            builder.terminal(payoffs);
            return;
        }
        let actions = 1 + rng.below(2);
        let labels: Vec<String> = (0..actions).map(|a| a.to_string()).collect();
        let who = rng.below(players + 1);
        let set = if who == players {
            builder.chance_set("", &labels, &vec![Exact::ratio(1, i64::from(actions)); actions as usize])
        } else {
            builder.infoset(Mover::Player(PlayerId(who)), "", &labels)
        };
        builder.decision(set);
        (0..actions).for_each(|_| grow(rng, builder, players, depth - 1));
    }
    let names: Vec<String> = (0..players).map(|p| p.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut builder = TreeBuilder::new("", &names);
    grow(rng, &mut builder, players, 4);
    builder.build().expect("a tree")
}

/// Backward induction finds exactly the pure behaviours without gains anywhere.
#[test]
fn backward_induction_finds_all() {
    let mut rng = Pcg::new(31);
    let mut several = 0;
    for _ in 0..400 {
        let players = 1 + rng.below(3);
        let tree = known(&mut rng, players);
        let found = backward_induction(&tree, 10_000, &Budget::default()).expect("small");
        let own: Vec<_> =
            tree.infosets().filter(|(_, set)| set.mover != Mover::Chance).map(|(_, set)| set.actions.clone()).collect();
        let total: usize = own.iter().map(ExactSizeIterator::len).product();
        if total > 4_000 {
            continue;
        }
        let mut count = 0_usize;
        for code in 0..total {
            let mut rest = code;
            let mut near = vec![0.0; tree.action_count()];
            for actions in &own {
                near[actions.start + rest % actions.len()] = 1.0;
                rest /= actions.len();
            }
            let tremble = |p: &f64| Tremble { order: u32::from(*p < 0.5), weight: Exact::ONE };
            let pure = Assessment::new(&tree, near.iter().map(tremble).collect()).expect("one action everywhere");
            let listed = found.listed.iter().any(|one| one.behaviour() == pure.behaviour());
            assert_eq!(listed, pure.is_sequential(&tree));
            count += usize::from(listed);
        }
        assert_eq!(count, found.listed.len(), "each is listed once");
        assert_eq!(found.count, Some(count.into()));
        assert!(found.listed.iter().all(|one| one.is_sequential(&tree)));
        several += usize::from(count > 1);
    }
    assert!(several > 100, "{several}");
}

/// Equilibria of the table are equilibria of the tree, and the exact path ends in one whose
/// payoffs the table knows.
#[test]
fn a_tree_and_its_table_agree() {
    let tree = bluff("0.3");
    let form = SequenceForm::new(&tree).expect("nobody forgets");
    let reduced = ReducedForm::new(&tree, form, &Budget::default()).expect("small");
    assert_eq!(reduced.game.sizes(), [4, 2]);
    let found = extreme_equilibria(&reduced.game, &Budget::default()).expect("small");
    assert_eq!(found.equilibria.len(), 1, "the bluff has one equilibrium");
    let behaviour = reduced.behaviour(&tree, &found.equilibria[0].strategies);
    assert_eq!(*behaviour.of(4), exact("2/7"));
    let mut rng = Pcg::new(41);
    let mut compared = 0;
    for _ in 0..400 {
        let tree = random_tree(&mut rng, 2);
        let form = SequenceForm::new(&tree).expect("nobody forgets");
        let Ok(reduced) = ReducedForm::new(&tree, form, &Budget::default()) else { continue };
        if reduced.game.sizes().iter().any(|size| *size > 8) {
            continue;
        }
        let found = extreme_equilibria(&reduced.game, &Budget::default()).expect("small");
        assert!(!found.equilibria.is_empty());
        for one in &found.equilibria {
            let regret = on_tree(&tree, &reduced.behaviour(&tree, &one.strategies)).expect("nobody forgets");
            assert!(regret.is_equilibrium() && regret.payoffs == one.regret.payoffs);
        }
        let path = any_quasi_perfect(&tree, &Budget::default()).expect("an equilibrium");
        let alone = found.components.len() == found.equilibria.len();
        let same = found.equilibria.iter().any(|one| one.regret.payoffs == path.regret.payoffs);
        assert!(!alone || same, "every equilibrium of a game without ties is extreme");
        compared += usize::from(alone);
    }
    assert!(compared > 50, "{compared}");
}
