//! Markov perfect equilibria against stage games, threats, and value iteration.

mod support;

use detente_base::{Budget, Exact, Pcg};
use detente_game::stochastic::{
    StateId, Stationary, Tolerance, Until, bounded_regret, exact_regret, hoffman_karp, matrix_game,
    perfect_equilibrium, several_perfect,
};
use detente_game::table::extreme_equilibria;
use detente_game::{PlayerId, StrategicGame};
use support::stochastic::{drawn, game, independent, names, ratio, state};

#[test]
fn a_dilemma_and_a_hunt() {
    let cell = |a: i64, b: i64| (vec![Exact::from(a), Exact::from(b)], vec![(0, Exact::ONE)]);
    let dilemma = game(ratio(9, 10), vec![state(&[2, 2], vec![cell(3, 3), cell(5, 0), cell(0, 5), cell(1, 1)])]);
    let found = perfect_equilibrium(&dilemma, None, Tolerance::default(), &Budget::default()).expect("an equilibrium");
    assert!(found.regret.is_equilibrium());
    assert_eq!(found.strategies.of(StateId(0), PlayerId(0)), [Exact::ZERO, Exact::ONE]);
    assert_eq!(found.regret.low, [vec![Exact::from(10)], vec![Exact::from(10)]]);
    // The stag hunt of sGameSolver's documentation: two pure equilibria and one mixed with 4/13 hares.
    let hunt = game(Exact::ZERO, vec![state(&[2, 2], vec![cell(10, 10), cell(8, 1), cell(1, 8), cell(5, 5)])]);
    let found = several_perfect(&hunt, (5, 12), Tolerance::default(), &Budget::default()).expect("equilibria");
    assert!(found.iter().all(|equilibrium| equilibrium.regret.is_equilibrium()));
    let stags: Vec<&Exact> = found.iter().map(|found| &found.strategies.of(StateId(0), PlayerId(0))[0]).collect();
    assert!(stags.contains(&&Exact::ONE) && stags.contains(&&Exact::ZERO), "{stags:?}");
}

#[test]
fn a_threat_that_the_state_carries() {
    // Who betrays is never trusted again: cooperation is an equilibrium of the patient, in
    // Markov strategies, because the state remembers.
    let cell = |a: i64, b: i64, next: u32| (vec![Exact::from(a), Exact::from(b)], vec![(next, Exact::ONE)]);
    let trust = || state(&[2, 2], vec![cell(3, 3, 0), cell(5, 0, 1), cell(0, 5, 1), cell(1, 1, 1)]);
    let distrust = || state(&[1, 1], vec![cell(1, 1, 1)]);
    let own = |first: i64| vec![Exact::from(first), Exact::from(1 - first)];
    for (discount, holds) in [(ratio(1, 2), true), (ratio(49, 100), false), (ratio(9, 10), true)] {
        let game = game(discount, vec![trust(), distrust()]);
        let keep = vec![vec![own(1), own(1)], vec![vec![Exact::ONE], vec![Exact::ONE]]];
        let keep = Stationary::new(&game, keep).expect("strategies");
        assert_eq!(exact_regret(&game, &keep, &Budget::default()).expect("a budget").is_equilibrium(), holds);
    }
}

#[test]
fn drawn_games_of_several_players_have_proven_equilibria() {
    let mut pcg = Pcg::new(21);
    let mut missed = Vec::new();
    let shapes: [&[Vec<usize>]; 6] = [
        &[vec![2, 2]],
        &[vec![3, 3], vec![2, 3]],
        &[vec![2, 2, 2], vec![2, 2, 2]],
        &[vec![3, 2, 2], vec![2, 3, 2], vec![1, 2, 2]],
        &[vec![2, 2], vec![2, 2], vec![2, 2], vec![2, 2], vec![2, 2]],
        &[vec![4, 4], vec![4, 4], vec![4, 4]],
    ];
    for sizes in shapes {
        for discount in [ratio(1, 2), ratio(9, 10), ratio(19, 20)] {
            let drawn = drawn(&mut pcg, sizes, (discount.clone(), 10), false);
            match perfect_equilibrium(&drawn, None, Tolerance::default(), &Budget::default()) {
                Ok(found) => {
                    assert!(found.regret.max().to_f64() < 1e-5);
                    for player in 0..sizes[0].len() {
                        let (best, given) = independent(&drawn, &found.strategies, player);
                        let gain = best.iter().zip(&given).map(|(best, given)| best - given).fold(0.0, f64::max);
                        assert!(gain <= found.regret.max().to_f64() + 1e-9, "{gain}");
                    }
                }
                Err(reason) => missed.push((sizes.to_vec(), discount, reason)),
            }
        }
    }
    assert!(missed.is_empty(), "{} of 18 missed: {missed:?}", missed.len());
}

#[test]
fn bounds_hold_what_is_exact() {
    let mut pcg = Pcg::new(8);
    let drawn = drawn(&mut pcg, &[vec![2, 3], vec![2, 2]], (ratio(2, 3), 10), false);
    let uniform = Stationary::uniform(&drawn);
    let exact = exact_regret(&drawn, &uniform, &Budget::default()).expect("a budget");
    let bounds = bounded_regret(&drawn, &uniform, &exact.low);
    assert_eq!(bounds.low, exact.low);
    let pairs = bounds.best.iter().flatten().zip(exact.best.iter().flatten());
    assert!(pairs.into_iter().all(|(bound, best)| bound >= best));
    for player in 0..2 {
        let (best, given) = independent(&drawn, &uniform, player);
        for at in 0..2 {
            assert!((best[at] - exact.best[player][at].to_f64()).abs() < 1e-9);
            assert!((given[at] - exact.low[player][at].to_f64()).abs() < 1e-9);
        }
    }
}

#[test]
fn one_state_has_the_equilibria_of_its_table() {
    let mut pcg = Pcg::new(6);
    let mut found_several = 0;
    for round in 0..30 {
        let sizes = [2 + round % 2, 2 + round / 2 % 2];
        let single = drawn(&mut pcg, &[sizes.to_vec()], (ratio(1, 2), 10), false);
        let form = single.state(StateId(0));
        let payoffs = form.profiles.iter().flat_map(|profile| profile.payoffs.clone()).collect();
        let table = StrategicGame::new("", names(2), sizes.map(names).to_vec(), payoffs).expect("a table");
        let all = extreme_equilibria(&table, &Budget::default()).expect("a budget");
        let found = several_perfect(&single, (round as u64, 6), Tolerance::default(), &Budget::default());
        let found = found.expect("an equilibrium");
        found_several += usize::from(found.len() > 1);
        for one in &found {
            let near = |known: &Vec<Vec<Exact>>| {
                let own = (0..2).flat_map(|player| one.strategies.of(StateId(0), PlayerId(player)));
                own.zip(known.iter().flatten()).all(|(a, b)| (a.to_f64() - b.to_f64()).abs() < 1e-6)
            };
            // With one equilibrium to a component, it is a vertex; else it may lie between some.
            let isolated = all.nash_subsets.iter().all(|subset| subset.len() == 1);
            assert!(!isolated || all.equilibria.iter().any(|known| near(&known.strategies)), "{round}");
        }
    }
    assert!(found_several > 3, "{found_several}");
}

#[test]
fn ties_are_no_obstacle() {
    let mut pcg = Pcg::new(44);
    for discount in [ratio(1, 2), ratio(19, 20)] {
        for _ in 0..40 {
            let coarse = drawn(&mut pcg, &vec![vec![3, 3]; 2], (discount.clone(), 1), false);
            let found = perfect_equilibrium(&coarse, None, Tolerance::default(), &Budget::default());
            assert!(found.expect("an equilibrium").regret.max().to_f64() < 1e-7);
        }
    }
}

#[test]
fn nobody_discounts_alike() {
    // The second player does not look ahead at all.
    let mut pcg = Pcg::new(14);
    for _ in 0..10 {
        let base = drawn(&mut pcg, &vec![vec![2, 2]; 3], (ratio(1, 2), 10), false);
        let states = base.states().map(|(_, form)| form.clone()).collect();
        let discounts = vec![ratio(9, 10), Exact::ZERO];
        let uneven = detente_game::stochastic::StochasticGame::new(names(2), discounts, states).expect("a game");
        let found = perfect_equilibrium(&uneven, None, Tolerance::default(), &Budget::default());
        let found = found.expect("an equilibrium");
        for player in 0..2 {
            let (best, given) = independent(&uneven, &found.strategies, player);
            assert!(best.iter().zip(&given).all(|(best, given)| best - given < 1e-6));
        }
        assert!(found.regret.max().to_f64() < 1e-6);
    }
}

#[test]
fn matrices_have_the_value_of_their_tables() {
    let mut pcg = Pcg::new(15);
    for round in 0..60 {
        let (rows, columns) = (1 + round % 4, 1 + round / 4 % 4);
        let entry = |pcg: &mut Pcg| Exact::ratio(i64::from(pcg.below(13)) - 6, 3);
        let matrix: Vec<Vec<Exact>> = (0..rows).map(|_| (0..columns).map(|_| entry(&mut pcg)).collect()).collect();
        let pairs = (0..columns).flat_map(|column| (0..rows).map(move |row| (row, column)));
        let payoffs = pairs.flat_map(|(row, column)| [matrix[row][column].clone(), -&matrix[row][column]]).collect();
        let table = StrategicGame::new("", names(2), vec![names(rows), names(columns)], payoffs).expect("a table");
        let all = extreme_equilibria(&table, &Budget::default()).expect("a budget");
        let found = matrix_game(&matrix);
        assert!(all.equilibria.iter().all(|known| known.regret.payoffs[0] == found.value));
        let least = (0..columns)
            .map(|column| matrix.iter().zip(&found.row).map(|(row, chance)| chance * &row[column]).sum::<Exact>());
        assert_eq!(least.min(), Some(found.value));
        assert_eq!(found.row.iter().cloned().sum::<Exact>(), Exact::ONE);
    }
}

#[test]
fn zero_sum_games_have_their_value_in_every_equilibrium() {
    let mut pcg = Pcg::new(27);
    for sizes in [vec![vec![2, 2]; 2], vec![vec![3, 2]; 3], vec![vec![3, 3]; 4]] {
        for _ in 0..4 {
            let opposed = drawn(&mut pcg, &sizes, (ratio(4, 5), 10), true);
            let value = hoffman_karp(&opposed, Until::default(), &Budget::default()).expect("zero-sum");
            let found = several_perfect(&opposed, (1, 2), Tolerance::default(), &Budget::default());
            for one in found.expect("an equilibrium") {
                let slack = one.regret.max();
                for (at, given) in one.regret.low[0].iter().enumerate() {
                    assert!(given >= &(&value.low[at] - &slack) && given <= &(&value.high[at] + &slack));
                }
            }
        }
    }
}
