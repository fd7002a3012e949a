//! Values of games in which one wins what the other loses.

mod support;

use std::path::{Path, PathBuf};

use detente_base::{Budget, Exact, Pcg};
use detente_game::files::read_efg;
use detente_game::zero_sum::{Unsolved, ZeroSum, ZeroSumFault, near, solve, verify};
use detente_game::{Mover, PlayerId, Tree, TreeBuilder, catalog, regret};
use support::{bluff, exact, random_tree, suite};

fn solved(tree: &Tree) -> ZeroSum {
    let found = solve(tree, &Budget::default()).expect("it is solved");
    assert_eq!(verify(tree, &found), Ok(()));
    found
}

/// `[Kuhn1950]`: −1/18 for three cards.
#[test]
fn kuhn() {
    let tree = catalog::kuhn_poker(3).expect("a tree");
    let found = solved(&tree);
    assert_eq!(found.value(), Some(&Exact::ratio(-1, 18)));
    assert!(regret::on_tree(&tree, &found.behaviour).expect("recall").is_equilibrium());
    let rounded = near(&tree, &Budget::default()).expect("it is solved");
    assert!((rounded.value + 1.0 / 18.0).abs() < 1e-9);
    assert!(rounded.gains.iter().all(|gain| *gain < 1e-9));
    for cards in 4..8 {
        let tree = catalog::kuhn_poker(cards).expect("a tree");
        let found = solved(&tree);
        assert!(found.value().is_some());
        assert!(regret::on_tree(&tree, &found.behaviour).expect("recall").is_equilibrium());
    }
}

/// The value that linear programmes of other libraries give, −0.085606424078….
#[test]
fn leduc() {
    let tree = catalog::leduc_poker().expect("a tree");
    let found = solved(&tree);
    let value = found.value().expect("the value is exact").to_f64();
    assert!((value + 0.085_606_424_078).abs() < 1e-12, "{value}");
    let rounded = near(&tree, &Budget::default()).expect("it is solved");
    assert!((rounded.value - value).abs() < 1e-9);
    assert!(rounded.gains.iter().all(|gain| *gain < 1e-8), "{:?}", rounded.gains);
}

/// A table as a tree: the second player does not see what the first does.
fn as_tree(rows: &[Vec<Exact>], sum: &Exact) -> Tree {
    let mut builder = TreeBuilder::new("", &["row", "column"]);
    let labels = |count: usize| (0..count).map(|at| at.to_string()).collect::<Vec<_>>();
    let first = builder.infoset(Mover::Player(PlayerId(0)), "", &labels(rows.len()));
    let second = builder.infoset(Mover::Player(PlayerId(1)), "", &labels(rows[0].len()));
    builder.decision(first);
    for row in rows {
        builder.decision(second);
        row.iter().for_each(|paid| {
            builder.terminal(vec![paid.clone(), sum - paid]);
        });
    }
    builder.build().expect("a tree")
}

#[test]
fn tables() {
    let rows = |all: &[&[i64]]| -> Vec<Vec<Exact>> {
        all.iter().map(|row| row.iter().map(|paid| Exact::from(*paid)).collect()).collect()
    };
    let value =
        |all: &[&[i64]], sum: i64| solved(&as_tree(&rows(all), &Exact::from(sum))).value().expect("exact").to_string();
    assert_eq!(value(&[&[1, -1], &[-1, 1]], 0), "0");
    // Without a saddle: (a·d − b·c) / (a + d − b − c).
    assert_eq!(value(&[&[3, 1], &[0, 4]], 7), "2");
    assert_eq!(value(&[&[5]], -2), "5");
    assert_eq!(value(&[&[-5, -7], &[-6, -9]], 1), "-7");
    assert_eq!(value(&[&[0, 1, -1], &[-1, 0, 1], &[1, -1, 0]], 0), "0");
    // Two rows, the least of the upper envelope.
    assert_eq!(value(&[&[2, 3, 11], &[7, 5, 2]], 0), "49/11");
}

/// The same tree with payoffs that add up to a number.
fn with_sum(tree: &Tree, sum: &Exact) -> Tree {
    let mut builder = TreeBuilder::new("", &["first", "second"]);
    let sets: Vec<_> = tree
        .infosets()
        .map(|(_, infoset)| {
            let labels: Vec<String> = infoset.actions.clone().map(|at| tree.action_label(at).to_owned()).collect();
            match infoset.mover {
                Mover::Chance => {
                    let chances: Vec<Exact> = infoset.actions.clone().map(|at| tree.chance(at).clone()).collect();
                    builder.chance_set("", &labels, &chances)
                }
                mover @ Mover::Player(_) => builder.infoset(mover, "", &labels),
            }
        })
        .collect();
    for node in tree.nodes() {
        match tree.kind(node) {
            detente_game::NodeKind::Move(set) => {
                builder.decision(sets[set.index()]);
            }
            detente_game::NodeKind::Terminal => {
                let paid = tree.payoffs_at(node)[0].clone();
                builder.terminal(vec![paid.clone(), sum - &paid]);
            }
        }
    }
    builder.build().expect("a tree")
}

#[test]
fn random_trees_are_solved_exactly() {
    let mut rng = Pcg::new(41);
    let mut mixed = 0;
    for round in 0..400 {
        let sum = Exact::from(round % 5 - 2);
        let tree = with_sum(&random_tree(&mut rng, 2), &sum);
        let found = solved(&tree);
        let value = found.value().expect("exact").clone();
        let regret = regret::on_tree(&tree, &found.behaviour).expect("recall");
        assert!(regret.is_equilibrium());
        assert_eq!(regret.payoffs, [value.clone(), &sum - &value]);
        mixed += usize::from(found.behaviour.probabilities().iter().any(|p| p.signum() > 0 && *p < Exact::ratio(1, 5)));
        let rounded = near(&tree, &Budget::default()).expect("it is solved");
        assert!((rounded.value - value.to_f64()).abs() < 1e-8);
    }
    assert!(mixed > 10, "{mixed}");
}

fn trees_under(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            trees_under(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "efg") {
            found.push(path);
        }
    }
}

/// Every tree of the suite whose payoffs add up to a constant, but for the largest.
#[test]
fn trees_of_the_suite() {
    let Some(folder) = suite() else { return };
    let mut paths = Vec::new();
    trees_under(&folder, &mut paths);
    paths.sort();
    let mut count = 0;
    for path in paths {
        let text = std::fs::read(&path).map(String::from_utf8);
        let Ok(Ok(text)) = text else { continue };
        let Ok(read) = read_efg(&text) else { continue };
        let tree = read.tree;
        let fits = tree.player_count() == 2 && tree.node_count() < 5_000 && tree.recall().is_ok();
        if !fits || tree.constant_sum().is_none() {
            continue;
        }
        let found = solved(&tree);
        assert!(found.value().is_some(), "{}", path.display());
        assert!(regret::on_tree(&tree, &found.behaviour).expect("recall").is_equilibrium(), "{}", path.display());
        count += 1;
    }
    assert!(count > 40, "{count}");
}

#[test]
fn faults_and_refusals() {
    assert_eq!(solve(&bluff("0.5"), &Budget::default()), Err(Unsolved::NotConstantSum));
    let three = random_tree(&mut Pcg::new(3), 3);
    assert_eq!(solve(&three, &Budget::default()), Err(Unsolved::Players(3)));
    let tree = catalog::kuhn_poker(3).expect("a tree");
    let budget = Budget::default();
    budget.stopper.stop();
    assert!(matches!(solve(&tree, &budget), Err(Unsolved::Stopped(_))));
    let found = solved(&tree);
    let with = |change: &dyn Fn(&mut ZeroSum)| {
        let mut changed = found.clone();
        change(&mut changed);
        verify(&tree, &changed).expect_err("something is wrong")
    };
    assert!(matches!(with(&|one| one.lower = Exact::ZERO), ZeroSumFault::Bound { player: PlayerId(0), .. }));
    assert!(matches!(with(&|one| one.upper = Exact::ZERO), ZeroSumFault::Bound { player: PlayerId(1), .. }));
    assert_eq!(with(&|one| one.sum = Exact::ONE), ZeroSumFault::Sum);
    assert_eq!(with(&|one| one.plans[1][1] = exact("2")), ZeroSumFault::NoPlan { player: PlayerId(1) });
    let uniform = detente_game::Behaviour::uniform(&tree);
    assert_eq!(with(&|one| one.behaviour = uniform.clone()), ZeroSumFault::Behaviour);
}
