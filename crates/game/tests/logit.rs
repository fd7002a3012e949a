//! Logit equilibria: known values, the definition itself, and certificates on random trees.

mod support;

use std::fs;

use detente_base::{Budget, Exact, Pcg};
use detente_game::catalog::kuhn_poker;
use detente_game::files::{ReadGame, read, read_efg, read_nfg};
use detente_game::logit::{Branch, LogitError, LogitSettings, at, limit, limit_of_table, one_move_tree};
use detente_game::regret::on_tree;
use detente_game::{Mover, PlayerId, StrategicGame, Tree, TreeBuilder};
use support::{bluff, exact, random_tree, suite};

fn budget() -> Budget {
    Budget::default()
}

fn table(sizes: &[usize], payoffs: &[i64]) -> StrategicGame {
    let players = (0..sizes.len()).map(|player| player.to_string()).collect();
    let strategies = sizes.iter().map(|size| (0..*size).map(|s| s.to_string()).collect()).collect();
    StrategicGame::new("", players, strategies, payoffs.iter().map(|p| Exact::from(*p)).collect()).expect("a game")
}

/// Whether the strategies answer u(a) by p(a) ∝ exp(λ u(a)) at every set, by definition: what
/// actions are worth is summed over all ends that follow, node by node.
fn is_logit(tree: &Tree, lambda: f64, probabilities: &[f64], tolerance: f64) -> bool {
    let mut reach = vec![1.0; tree.node_count()];
    for node in tree.nodes().skip(1) {
        let (before, action) = tree.step(node).expect("not the root");
        reach[node.index()] = reach[before.index()] * probabilities[action];
    }
    tree.infosets().all(|(id, set)| {
        let Mover::Player(player) = set.mover else { return true };
        let all: f64 = tree.members(id).iter().map(|node| reach[node.index()]).sum();
        if all <= 0.0 {
            return true;
        }
        let worth = |action: usize| -> f64 {
            let below = tree.members(id).iter().map(|node| {
                let child = tree.child(*node, action);
                let ends = (child.index()..tree.end(child).index()).map(|n| tree.nodes().nth(n).expect("a node"));
                ends.filter(|end| tree.is_terminal(*end))
                    .map(|end| {
                        reach[end.index()] / probabilities[set.actions.start + action]
                            * tree.payoffs_at(end)[player.index()].to_f64()
                    })
                    .sum::<f64>()
            });
            below.sum::<f64>() / all
        };
        let worths: Vec<f64> = (0..set.actions.len()).map(worth).collect();
        let best = worths.iter().fold(f64::MIN, |a, b| a.max(*b));
        let weights: Vec<f64> = worths.iter().map(|worth| libm::exp(lambda * (worth - best))).collect();
        let sum: f64 = weights.iter().sum();
        set.actions
            .clone()
            .zip(weights)
            .all(|(action, weight)| (probabilities[action] - weight / sum).abs() < tolerance)
    })
}

#[test]
fn points_are_fixed_by_the_definition() {
    let mut rng = Pcg::new(5);
    for round in 0..80 {
        let players = 1 + rng.below(4);
        let tree = random_tree(&mut rng, players);
        for lambda in [0.0, 0.3, 1.0, 4.0] {
            let point = at(&tree, lambda, &budget()).expect("a short way");
            assert!((point.lambda - lambda).abs() < 1e-12);
            assert!(is_logit(&tree, lambda, &point.probabilities, 1e-7), "tree {round}, λ = {lambda}");
            for (id, _) in tree.infosets().filter(|(_, set)| set.mover != Mover::Chance) {
                let sum: f64 = point.beliefs_at(&tree, id).iter().sum();
                assert!((sum - 1.0).abs() < 1e-9 || tree.members(id).is_empty());
            }
        }
    }
}

#[test]
fn a_known_point_of_matching_pennies() {
    // The first player gets 9 for one match, so that p = 1/(1 + e^(λ(1 − 2q)…)): by the
    // definition, and at λ = 0 random play.
    let game = table(&[2, 2], &[9, 0, 0, 1, 0, 1, 1, 0]);
    let tree = one_move_tree(&game);
    let start = at(&tree, 0.0, &budget()).expect("a point");
    assert_eq!(start.probabilities, vec![0.5; 4]);
    let point = at(&tree, 1.0, &budget()).expect("a point");
    let [p, _, q, _] = point.probabilities[..] else { unreachable!("four strategies") };
    let logit = |difference: f64| 1.0 / (1.0 + libm::exp(-difference));
    assert!((p - logit(9.0 * q - (1.0 - q))).abs() < 1e-9);
    assert!((q - logit((1.0 - p) - p)).abs() < 1e-9);
}

#[test]
fn random_trees_have_certified_limits() {
    let mut rng = Pcg::new(77);
    let (mut exact_ones, mut sequential, mut principal) = (0, 0, 0);
    for round in 0..400 {
        let players = 2 + rng.below(3);
        let tree = random_tree(&mut rng, players);
        let found = limit(&tree, &LogitSettings::default(), &budget()).unwrap_or_else(|e| panic!("tree {round}: {e}"));
        let regret = on_tree(&tree, &found.behaviour).expect("nobody forgets");
        assert_eq!(regret, found.regret);
        assert!(regret.max().to_f64() <= 1e-9, "tree {round}: {}", regret.max());
        exact_ones += u32::from(regret.is_equilibrium());
        principal += u32::from(found.branch == Branch::Principal);
        assert!(found.point.gain < 1e-4, "tree {round}: {}", found.point.gain);
        if let Some(assessment) = &found.assessment {
            assert!(assessment.is_sequential(&tree));
            assert_eq!(*assessment.behaviour(), found.behaviour);
            sequential += 1;
        }
    }
    assert!(exact_ones >= 380 && principal >= 395 && sequential >= 370, "{exact_ones} {principal} {sequential}");
}

/// A tree of public moves in turn: each player knows its own type of two, and sees what the
/// others do; payoffs are drawn for every end.
fn typed_tree(rng: &mut Pcg, players: u32, rounds: u32) -> Tree {
    fn play(
        growth: &mut (&mut Pcg, TreeBuilder, Vec<Vec<detente_game::InfosetId>>),
        history: &[u32],
        round: u32,
        types: u32,
    ) {
        let players = growth.2.len() as u32;
        let over = history.last() == Some(&1) && history.len() > 2;
        if round == 0 || over {
            let payoffs = (0..players).map(|_| Exact::from(i64::from(growth.0.below(13)) - 6)).collect();
            growth.1.terminal(payoffs);
            return;
        }
        let who = history.len() as u32 % players;
        // Sets are numbered by the history and the own type.
        let code = history.iter().fold(1, |code, step| 2 * code + step) * 2 + (types >> who & 1);
        let sets = &mut growth.2[who as usize];
        while sets.len() <= code as usize {
            sets.push(growth.1.infoset(Mover::Player(PlayerId(who)), "", &["on", "off"]));
        }
        growth.1.decision(sets[code as usize]);
        for step in 0..2 {
            play(growth, &[history, &[step]].concat(), round - 1, types);
        }
    }
    let names: Vec<String> = (0..players).map(|p| p.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut builder = TreeBuilder::new("", &names);
    let count = 1 << players;
    let labels: Vec<String> = (0..count).map(|t: u32| t.to_string()).collect();
    let weights: Vec<i64> = (0..count).map(|_| 1 + i64::from(rng.below(4))).collect();
    let sum: i64 = weights.iter().sum();
    let chances: Vec<Exact> = weights.iter().map(|weight| Exact::ratio(*weight, sum)).collect();
    let chance = builder.chance_set("", &labels, &chances);
    builder.decision(chance);
    let mut growth = (rng, builder, vec![Vec::new(); players as usize]);
    for types in 0..count {
        play(&mut growth, &[], rounds, types);
    }
    growth.1.build().expect("a tree")
}

#[test]
fn trees_of_private_types_have_certified_limits() {
    let mut rng = Pcg::new(2024);
    let (mut principal, mut sequential) = (0, 0);
    for round in 0..100 {
        let players = 2 + rng.below(3);
        let tree = typed_tree(&mut rng, players, 5);
        let found = limit(&tree, &LogitSettings::default(), &budget()).unwrap_or_else(|e| panic!("tree {round}: {e}"));
        assert!(on_tree(&tree, &found.behaviour).expect("nobody forgets").max().to_f64() <= 2e-9, "tree {round}");
        principal += u32::from(found.branch == Branch::Principal);
        if let Some(assessment) = found.assessment {
            assert!(assessment.is_sequential(&tree));
            sequential += 1;
        }
    }
    assert!(principal >= 98 && sequential >= 50, "{principal} {sequential}");
}

#[test]
fn the_bluff_has_its_equilibrium_with_beliefs() {
    let tree = bluff("0.2");
    let found = limit(&tree, &LogitSettings::default(), &budget()).expect("a limit");
    assert!(found.regret.is_equilibrium());
    let assessment = found.assessment.expect("trembles are found");
    assert!(assessment.is_sequential(&tree));
    let (target, _) = tree.infosets().find(|(_, set)| set.label == "threatened").expect("a set");
    // Who is threatened is indifferent: −1 = −2 μ + (1 − μ)/2.
    assert_eq!(assessment.beliefs(&tree, target), [exact("0.6"), exact("0.4")]);
    let near = found.point.beliefs_at(&tree, target);
    assert!((near[0] - 0.6).abs() < 1e-4, "{near:?}");
}

/// Selten's horse: three players, of whom the third does not see who led to it.
fn horse() -> Tree {
    let mut builder = TreeBuilder::new("Horse", &["1", "2", "3"]);
    let sets: Vec<_> = (0..3).map(|p| builder.infoset(Mover::Player(PlayerId(p)), "", &["across", "down"])).collect();
    let pay = |payoffs: [i64; 3]| payoffs.map(Exact::from).to_vec();
    builder.decision(sets[0]);
    builder.decision(sets[1]);
    builder.terminal(pay([1, 1, 1]));
    builder.decision(sets[2]);
    builder.terminal(pay([4, 4, 0]));
    builder.terminal(pay([0, 0, 1]));
    builder.decision(sets[2]);
    builder.terminal(pay([3, 2, 2]));
    builder.terminal(pay([0, 0, 0]));
    builder.build().expect("a tree")
}

#[test]
fn the_horse_ends_in_a_sequential_equilibrium() {
    let tree = horse();
    let found = limit(&tree, &LogitSettings::default(), &budget()).expect("a limit");
    // Of its two kinds of equilibria only those in which the second goes across are sequential.
    assert_eq!(*found.behaviour.of(0), Exact::ONE);
    assert_eq!(*found.behaviour.of(2), Exact::ONE);
    assert!(found.behaviour.of(4).to_f64() <= 0.25 + 1e-9);
    assert!(found.regret.max().to_f64() < 1e-9);
}

#[test]
fn poker_has_its_value() {
    let tree = kuhn_poker(4).expect("a tree");
    let found = limit(&tree, &LogitSettings::default(), &budget()).expect("a limit");
    assert!(found.regret.max().to_f64() < 1e-9);
    assert_eq!(found.branch, Branch::Principal);
}

#[test]
fn tables_of_three_players() {
    let mut rng = Pcg::new(3);
    for _ in 0..40 {
        let sizes = [2 + rng.below(2) as usize, 2 + rng.below(2) as usize, 2 + rng.below(3) as usize];
        let count = sizes.iter().product::<usize>() * 3;
        let payoffs: Vec<i64> = (0..count).map(|_| i64::from(rng.below(21)) - 10).collect();
        let game = table(&sizes, &payoffs);
        let found = limit_of_table(&game, &LogitSettings::default(), &budget()).expect("a limit");
        assert!(found.regret.max().to_f64() <= 1e-9 * 20.0);
        assert_eq!(found.regret.max(), found.limit.regret.max());
        assert_eq!(found.mixed.iter().map(Vec::len).collect::<Vec<_>>(), sizes);
    }
}

#[test]
fn symmetric_games_where_the_branch_forks() {
    // At λ = 2 the branch of random play is met by another that crosses it.
    let game = table(&[2, 2], &[1, 1, 0, 0, 0, 0, 1, 1]);
    let found = limit_of_table(&game, &LogitSettings::default(), &budget()).expect("a limit");
    assert!(found.regret.is_equilibrium());
    let same = table(&[3, 3], &[0; 18]);
    let found = limit_of_table(&same, &LogitSettings::default(), &budget()).expect("a limit");
    assert_eq!(found.mixed, vec![vec![Exact::ratio(1, 3); 3]; 2]);
}

#[test]
fn small_games_and_none() {
    let mut builder = TreeBuilder::new("", &["idle"]);
    builder.terminal(vec![Exact::from(7)]);
    let tree = builder.build().expect("a tree");
    let found = limit(&tree, &LogitSettings::default(), &budget()).expect("nothing to do");
    assert_eq!(found.regret.payoffs, [Exact::from(7)]);
    assert!(found.assessment.is_some());
    let point = at(&tree, 3.0, &budget()).expect("nothing to do");
    assert!(point.probabilities.is_empty() && point.gain == 0.0);
}

#[test]
fn errors_say_why() {
    let tree = horse();
    let stopped = budget();
    stopped.stopper.stop();
    assert!(matches!(limit(&tree, &LogitSettings::default(), &stopped), Err(LogitError::Stopped(_))));
    assert!(matches!(at(&tree, 2.0, &stopped), Err(LogitError::Stopped(_))));
    assert!(matches!(at(&tree, -1.0, &budget()), Err(LogitError::Lambda(_))));
    assert!(matches!(at(&tree, f64::NAN, &budget()), Err(LogitError::Lambda(_))));
    let short = LogitSettings { steps: 3, restarts: 1, ..LogitSettings::default() };
    assert!(matches!(limit(&tree, &short, &budget()), Err(LogitError::Stalled { .. })));
    let mut builder = TreeBuilder::new("", &["one"]);
    let first = builder.infoset(Mover::Player(PlayerId(0)), "", &["a", "b"]);
    let second = builder.infoset(Mover::Player(PlayerId(0)), "", &["c", "d"]);
    builder.decision(first);
    for _ in 0..2 {
        builder.decision(second);
        builder.terminal(vec![Exact::ONE]);
        builder.terminal(vec![Exact::ZERO]);
    }
    let forgetful = builder.build().expect("a tree");
    assert!(matches!(limit(&forgetful, &LogitSettings::default(), &budget()), Err(LogitError::Forgotten(_))));
}

#[test]
fn answers_repeat_themselves() {
    let tree = random_tree(&mut Pcg::new(12), 4);
    let one = limit(&tree, &LogitSettings::default(), &budget()).expect("a limit");
    let two = limit(&tree, &LogitSettings::default(), &budget()).expect("a limit");
    assert_eq!(one, two);
}

fn text(file: &str) -> Option<String> {
    suite().map(|folder| fs::read_to_string(folder.join(file)).expect("a file of the suite"))
}

#[test]
fn three_players_with_private_types() {
    for (file, nodes) in [("gen/crisis3_T02_K02.efg", 185), ("gen/crisis3_T03_K03.efg", 1054)] {
        let Some(text) = text(file) else { return };
        let tree = read_efg(&text).expect("a tree").tree;
        assert_eq!((tree.player_count(), tree.node_count()), (3, nodes));
        let found = limit(&tree, &LogitSettings::default(), &budget()).expect("a limit");
        assert!(found.regret.is_equilibrium());
        assert_eq!(found.branch, Branch::Principal);
        assert!(found.assessment.expect("trembles are found").is_sequential(&tree));
    }
}

#[test]
fn small_games_of_the_suite_have_certified_limits() {
    let Some(folder) = suite() else { return };
    let mut count = 0;
    for entry in fs::read_dir(folder.join("gambit/tests/test_games")).expect("a folder") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).unwrap_or_default();
        let tree = match read(&text) {
            Ok(ReadGame::Tree(read)) if read.tree.node_count() < 300 => read.tree,
            Ok(ReadGame::Strategic(read)) if read.game.profile_count() < 100 => one_move_tree(&read.game),
            _ => continue,
        };
        match limit(&tree, &LogitSettings::default(), &budget()) {
            Ok(found) => assert_eq!(on_tree(&tree, &found.behaviour), Ok(found.regret), "{}", path.display()),
            Err(LogitError::Forgotten(_)) => continue,
            Err(error) => panic!("{}: {error}", path.display()),
        }
        count += 1;
    }
    assert!(count > 40, "{count}");
}

#[test]
fn expected_answers_of_the_suite() {
    let games = "gambit/tests/test_games";
    let Some(poker) = text(&format!("{games}/stripped_down_poker.efg")) else { return };
    let tree = read_efg(&poker).expect("a tree").tree;
    // The king bluffs a third of the time, and two thirds of bets are met.
    let found = limit(&tree, &LogitSettings::default(), &budget()).expect("a limit");
    let played = |player: u32| -> Vec<Vec<Exact>> {
        let own = tree.infosets().filter(|(_, set)| set.mover == Mover::Player(PlayerId(player)));
        own.map(|(_, set)| set.actions.clone().map(|a| found.behaviour.of(a).clone()).collect()).collect()
    };
    assert_eq!(played(0), [[exact("1"), exact("0")], [exact("1/3"), exact("2/3")]]);
    assert_eq!(played(1), [[exact("2/3"), exact("1/3")]]);
    assert!(found.assessment.is_some_and(|found| found.is_sequential(&tree)));
    let degenerate = text(&format!("{games}/chance_root_5_moves_no_nonterm_player_nodes.efg")).expect("a file");
    let tree = read_efg(&degenerate).expect("a tree").tree;
    assert!(limit(&tree, &LogitSettings::default(), &budget()).expect("a limit").regret.is_equilibrium());
    let sums = text(&format!("{games}/const_sum_game.nfg")).expect("a file");
    let start = at(&one_move_tree(&read_nfg(&sums).expect("a game").game), 0.0, &budget()).expect("a point");
    assert_eq!(start.probabilities, vec![0.5; 4]);
}

#[test]
fn points_far_out_and_at_forks() {
    let fork = one_move_tree(&table(&[2, 2], &[1, 1, 0, 0, 0, 0, 1, 1]));
    for lambda in [1.9, 2.0, 2.1, 50.0] {
        let point = at(&fork, lambda, &budget()).expect("a point");
        assert!(point.probabilities.iter().all(|p| (p - 0.5).abs() < 1e-6), "λ = {lambda}: {:?}", point.probabilities);
    }
    let tree = horse();
    for lambda in [1e3, 1e9] {
        let point = at(&tree, lambda, &budget()).expect("a point");
        assert!(point.gain < 2.0 / lambda && point.residual < 1e-12, "λ = {lambda}: {}", point.gain);
    }
    // Beyond what floats can follow there is an answer or a reason.
    match at(&tree, 1e200, &budget()) {
        Ok(point) => assert!(point.gain < 1e-9),
        Err(error) => assert!(matches!(error, LogitError::Stalled { .. })),
    }
}
