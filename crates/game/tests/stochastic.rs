//! Stochastic games against closed forms, each other, and checks that share nothing with them.

use detente_base::{Budget, Exact, Pcg, StopReason};
use detente_game::PlayerId;
use detente_game::stochastic::{
    GameFault, NoEquilibrium, NotZeroSum, ProfileForm, StateForm, StateId, Stationary, StochasticGame, Tolerance,
    Until, ZeroSumValue, bounded_regret, exact_regret, hoffman_karp, matrix_game, perfect_equilibrium,
    pollatschek_avi_itzhak, several_perfect, value_iteration,
};

fn names(count: usize) -> Vec<String> {
    (1..=count).map(|at| at.to_string()).collect()
}

fn ratio(numerator: i64, denominator: i64) -> Exact {
    Exact::ratio(numerator, denominator)
}

/// Payoffs, and chances of the next states.
type Cell = (Vec<Exact>, Vec<(u32, Exact)>);

/// A state from its numbers of actions and, for each profile, payoffs and next states.
fn state(sizes: &[usize], profiles: Vec<Cell>) -> StateForm {
    let profile = |(payoffs, next): Cell| ProfileForm {
        payoffs,
        next: next.into_iter().map(|(state, chance)| (StateId(state), chance)).collect(),
    };
    StateForm {
        name: String::new(),
        actions: sizes.iter().map(|size| names(*size)).collect(),
        profiles: profiles.into_iter().map(profile).collect(),
    }
}

/// A zero-sum state from rows of payoffs to the first player and one next state each.
fn zero_sum(rows: &[Vec<(i64, u32)>]) -> StateForm {
    let columns = rows[0].len();
    let cell = |row: usize, column: usize| {
        let (payoff, next) = rows[row][column];
        (vec![Exact::from(payoff), Exact::from(-payoff)], vec![(next, Exact::ONE)])
    };
    let profiles = (0..columns).flat_map(|column| (0..rows.len()).map(move |row| cell(row, column))).collect();
    state(&[rows.len(), columns], profiles)
}

fn game(discount: Exact, states: Vec<StateForm>) -> StochasticGame {
    let players = states[0].actions.len();
    StochasticGame::new(names(players), vec![discount; players], states).expect("a game")
}

fn drawn(pcg: &mut Pcg, sizes: &[Vec<usize>], discount: Exact, opposed: bool) -> StochasticGame {
    let states = sizes.len();
    let of_state = |own: &Vec<usize>| {
        let profiles = (0..own.iter().product::<usize>()).map(|_| {
            let mut payoffs: Vec<Exact> = own.iter().map(|_| Exact::from(i64::from(pcg.below(21)) - 10)).collect();
            if opposed {
                payoffs[1] = -&payoffs[0];
            }
            let weights: Vec<i64> = (0..states).map(|_| i64::from(pcg.below(5))).collect();
            let total: i64 = weights.iter().sum::<i64>() + 1;
            let chance = |at: usize| ratio(weights[at] + i64::from(at == 0), total);
            (payoffs, (0..states).map(|at| (at as u32, chance(at))).collect())
        });
        state(own, profiles.collect())
    };
    game(discount, sizes.iter().map(of_state).collect())
}

/// What a player can have against the others' stationary strategies, by value iteration, and
/// what it has; from the game alone.
fn independent(game: &StochasticGame, strategies: &Stationary, player: usize) -> (Vec<f64>, Vec<f64>) {
    let (mut best, mut given) = (vec![0.0; game.state_count()], vec![0.0; game.state_count()]);
    let discount = game.discounts()[player].to_f64();
    for _ in 0..4000 {
        let (before_best, before_given) = (best.clone(), given.clone());
        for (id, form) in game.states() {
            let mut worths = vec![(0.0, 0.0); form.actions[player].len()];
            for (number, profile) in form.profiles.iter().enumerate() {
                let actions = form.actions_of(number);
                let chance = |other: usize| strategies.of(id, PlayerId(other as u32))[actions[other]].to_f64();
                let reach: f64 = (0..actions.len()).filter(|other| *other != player).map(chance).product();
                let later = |values: &[f64]| -> f64 {
                    profile.next.iter().map(|(next, part)| part.to_f64() * values[next.index()]).sum()
                };
                let paid = profile.payoffs[player].to_f64();
                worths[actions[player]].0 += reach * (paid + discount * later(&before_best));
                worths[actions[player]].1 += reach * (paid + discount * later(&before_given));
            }
            best[id.index()] = worths.iter().map(|worth| worth.0).fold(f64::NEG_INFINITY, f64::max);
            let own = strategies.of(id, PlayerId(player as u32));
            given[id.index()] = worths.iter().zip(own).map(|(worth, chance)| worth.1 * chance.to_f64()).sum();
        }
    }
    (best, given)
}

type Solver = fn(&StochasticGame, Until, &Budget) -> Result<ZeroSumValue, NotZeroSum>;

const SOLVERS: [(&str, Solver); 3] = [
    ("value iteration", value_iteration),
    ("Hoffman-Karp", hoffman_karp),
    ("Pollatschek-Avi-Itzhak", pollatschek_avi_itzhak),
];

#[test]
fn the_big_match_is_worth_one_half() {
    // Gillette 1957: the first player guesses the second's choice until it says that it is 1.
    // Payoffs of a round are weighted by 1 − δ; optimal is to say so with chance (1−δ)/(2−δ).
    for discount in [ratio(1, 2), ratio(9, 10), ratio(99, 100)] {
        let rest = &Exact::ONE - &discount;
        let cells = [[(1, 1), (0, 2)], [(0, 0), (1, 0)]].map(|row| row.to_vec());
        let ended = |payoff| zero_sum(&[vec![(payoff, 2 - payoff as u32)]]);
        let big_match = game(discount.clone(), vec![zero_sum(&cells), ended(1), ended(0)]);
        for (name, solver) in SOLVERS {
            let found = solver(&big_match, Until::default(), &Budget::default()).expect("zero-sum");
            assert_eq!(found.width(), Exact::ZERO, "{name}");
            assert_eq!(&found.low[0] * &rest, ratio(1, 2), "{name}");
            let own = found.strategies.of(StateId(0), PlayerId(0));
            assert_eq!(own[0], &rest / &(&Exact::ONE + &rest), "{name}");
            assert_eq!(found.strategies.of(StateId(0), PlayerId(1)), [ratio(1, 2), ratio(1, 2)]);
        }
    }
}

#[test]
fn values_may_be_irrational() {
    // As Shapley remarks; here (1−δ)v = √λ/(1+√λ) with λ = 1 − δ, from v's quadratic equation.
    for discount in [ratio(1, 2), ratio(9, 10), ratio(99, 100)] {
        let rest = 1.0 - discount.to_f64();
        let cells = [[(1, 0), (0, 2)], [(0, 2), (1, 1)]].map(|row| row.to_vec());
        let ended = |payoff| zero_sum(&[vec![(payoff, 2 - payoff as u32)]]);
        let kohlberg = game(discount, vec![zero_sum(&cells), ended(1), ended(0)]);
        let expected = libm::sqrt(rest) / (1.0 + libm::sqrt(rest)) / rest;
        for (name, solver) in SOLVERS {
            let found = solver(&kohlberg, Until::default(), &Budget::default()).expect("zero-sum");
            let (low, high) = (found.low[0].to_f64(), found.high[0].to_f64());
            assert!(low <= expected + 1e-13 && expected <= high + 1e-13, "{name}: {low} {expected} {high}");
            assert!(found.width().to_f64() < 1e-9, "{name}: {}", found.width().to_f64());
        }
    }
}

#[test]
fn switching_control_keeps_values_rational() {
    // Where one player alone decides what comes next, values are rational: found exactly.
    let first = state(
        &[2, 2],
        vec![
            (vec![Exact::from(3), Exact::from(-3)], vec![(0, Exact::ONE)]),
            (vec![Exact::from(-1), Exact::from(1)], vec![(1, Exact::ONE)]),
            (vec![Exact::from(-2), Exact::from(2)], vec![(0, Exact::ONE)]),
            (vec![Exact::from(4), Exact::from(-4)], vec![(1, Exact::ONE)]),
        ],
    );
    let second = state(
        &[2, 2],
        vec![
            (vec![Exact::from(1), Exact::from(-1)], vec![(0, ratio(1, 2)), (1, ratio(1, 2))]),
            (vec![Exact::from(0), Exact::from(0)], vec![(0, ratio(1, 2)), (1, ratio(1, 2))]),
            (vec![Exact::from(-1), Exact::from(1)], vec![(1, Exact::ONE)]),
            (vec![Exact::from(2), Exact::from(-2)], vec![(1, Exact::ONE)]),
        ],
    );
    let switching = game(ratio(3, 4), vec![first, second]);
    let mut values = Vec::new();
    for (name, solver) in SOLVERS {
        let found = solver(&switching, Until::default(), &Budget::default()).expect("zero-sum");
        assert_eq!(found.width(), Exact::ZERO, "{name}");
        assert!(exact_regret(&switching, &found.strategies, &Budget::default()).expect("a budget").is_equilibrium());
        values.push(found.low);
    }
    assert!(values.windows(2).all(|pair| pair[0] == pair[1]), "{values:?}");
}

/// Determinant, by elimination.
fn determinant(mut rows: Vec<Vec<Exact>>) -> Exact {
    let mut product = Exact::ONE;
    for at in 0..rows.len() {
        let Some(pivot) = (at..rows.len()).find(|row| !rows[*row][at].is_zero()) else { return Exact::ZERO };
        if pivot != at {
            rows.swap(pivot, at);
            product = -product;
        }
        product = &product * &rows[at][at];
        for below in at + 1..rows.len() {
            let factor = &rows[below][at] / &rows[at][at];
            let pivot = rows[at].clone();
            rows[below].iter_mut().zip(&pivot).for_each(|(entry, part)| *entry = &*entry - &(&factor * part));
        }
    }
    product
}

#[test]
fn values_satisfy_the_formula_of_attia_and_oliu_barton() {
    // For state k and pure stationary strategies i, j let d⁰ be the determinant of I − δP and
    // dᵏ the same with column k replaced by payoffs; v is where the matrix dᵏ − z·d⁰ has
    // value zero, which falls with z. Source: [AttiaOliuBarton2019].
    let mut pcg = Pcg::new(11);
    for _ in 0..6 {
        let drawn = drawn(&mut pcg, &vec![vec![2, 2]; 3], ratio(4, 5), true);
        let found = hoffman_karp(&drawn, Until::default(), &Budget::default()).expect("zero-sum");
        for k in 0..3 {
            let tables = |z: &Exact| -> Vec<Vec<Exact>> {
                let cell = |i: usize, j: usize| {
                    let row = |at: usize| {
                        let form = drawn.state(StateId(at as u32));
                        let profile = &form.profiles[form.profile(&[i >> at & 1, j >> at & 1])];
                        let mut row = vec![Exact::ZERO; 3];
                        row[at] = Exact::ONE;
                        profile.next.iter().for_each(|(next, chance)| {
                            row[next.index()] = &row[next.index()] - &(&ratio(4, 5) * chance);
                        });
                        (row, profile.payoffs[0].clone())
                    };
                    let rows: Vec<_> = (0..3).map(row).collect();
                    let replaced = rows.iter().map(|(row, payoff)| {
                        let mut row = row.clone();
                        row[k] = payoff.clone();
                        row
                    });
                    let with = determinant(replaced.collect());
                    let plain = determinant(rows.iter().map(|(row, _)| row.clone()).collect());
                    &with - &(z * &plain)
                };
                (0..8).map(|i| (0..8).map(|j| cell(i, j)).collect()).collect()
            };
            assert!(matrix_game(&tables(&found.low[k])).value.signum() >= 0);
            assert!(matrix_game(&tables(&found.high[k])).value.signum() <= 0);
        }
        assert!(found.width().to_f64() < 1e-9);
    }
}

#[test]
fn drawn_zero_sum_games_have_one_value() {
    let mut pcg = Pcg::new(3);
    for (states, actions) in [(1, 3), (2, 2), (4, 3), (8, 2), (5, 5)] {
        let sizes = vec![vec![actions, actions]; states];
        let drawn = drawn(&mut pcg, &sizes, ratio(9, 10), true);
        let all = SOLVERS.map(|(_, solver)| solver(&drawn, Until::default(), &Budget::default()).expect("zero-sum"));
        for (found, (name, _)) in all.iter().zip(SOLVERS) {
            assert!(found.width().to_f64() < 1e-8, "{name}: {}", found.width().to_f64());
            let (best, _) = independent(&drawn, &found.strategies, 0);
            let (other, _) = independent(&drawn, &found.strategies, 1);
            for at in 0..states {
                assert!(found.low[at] <= all[0].high[at] && all[0].low[at] <= found.high[at], "{name}");
                assert!(best[at] <= found.high[at].to_f64() + 1e-9 && -other[at] >= found.low[at].to_f64() - 1e-9);
            }
        }
        assert!(all[2].iterations <= all[0].iterations);
    }
}

#[test]
fn one_state_is_its_stage_game() {
    let stage = [[2, -1, 0], [-3, 4, 1], [1, 0, -2]];
    let rows: Vec<Vec<Exact>> = stage.iter().map(|row| row.iter().map(|entry| Exact::from(*entry)).collect()).collect();
    let cells: Vec<Vec<(i64, u32)>> = stage.iter().map(|row| row.iter().map(|entry| (*entry, 0)).collect()).collect();
    let single = game(ratio(2, 3), vec![zero_sum(&cells)]);
    let value = &matrix_game(&rows).value * &Exact::from(3);
    for (name, solver) in SOLVERS {
        let found = solver(&single, Until::default(), &Budget::default()).expect("zero-sum");
        assert_eq!((&found.low[0], &found.high[0]), (&value, &value), "{name}");
    }
    let found = perfect_equilibrium(&single, None, Tolerance::default(), &Budget::default()).expect("an equilibrium");
    assert!((found.regret.low[0][0].to_f64() - value.to_f64()).abs() < 1e-8);
}

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
            let drawn = drawn(&mut pcg, sizes, discount.clone(), false);
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
    let drawn = drawn(&mut pcg, &[vec![2, 3], vec![2, 2]], ratio(2, 3), false);
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
fn every_fault_is_told() {
    let bad = StateForm {
        name: String::new(),
        actions: vec![names(2), vec![]],
        profiles: vec![ProfileForm {
            payoffs: vec![Exact::ONE],
            next: vec![(StateId(3), ratio(-1, 2)), (StateId(3), Exact::ONE)],
        }],
    };
    let faults = StochasticGame::new(names(2), vec![Exact::ONE], vec![bad]).expect_err("faults");
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "1 discount factors where there are 2 players",
            "the discount factor of player 1 is 1; expected one from 0 to below 1",
            "player 2 has no actions in state 1",
            "state 1 has 1 profiles; expected 0",
            "profile 1 of state 1 has 1 payoffs; expected 2",
            "profile 1 of state 1 leads to state 4, which is not there",
            "profile 1 of state 1 leads to state 4 with chance -0.5; expected none below 0",
            "profile 1 of state 1 leads to state 4, which is not there",
            "profile 1 of state 1 lists state 4 twice",
            "chances after profile 1 of state 1 sum to 0.5; expected 1",
        ]
    );
    assert_eq!(StochasticGame::new(vec![], vec![], vec![]), Err(vec![GameFault::NoPlayers, GameFault::NoStates]));
}

#[test]
fn what_is_not_solved_says_why() {
    let budget = Budget::default();
    budget.stopper.stop();
    let mut pcg = Pcg::new(1);
    let opposed = drawn(&mut pcg, &[vec![2, 2], vec![2, 2]], ratio(1, 2), true);
    let found = value_iteration(&opposed, Until::default(), &budget).expect("zero-sum");
    assert_eq!(found.stopped, Some(StopReason::Interrupted));
    let proven = hoffman_karp(&opposed, Until::default(), &Budget::default()).expect("zero-sum");
    assert!(found.low[0] <= proven.high[0] && proven.low[0] <= found.high[0], "bounds hold even then");
    let stopped = perfect_equilibrium(&opposed, None, Tolerance::default(), &budget);
    assert_eq!(stopped, Err(NoEquilibrium::Stopped(StopReason::Interrupted)));
    let general = drawn(&mut pcg, &[vec![2, 2]], ratio(1, 2), false);
    let refused = value_iteration(&general, Until::default(), &Budget::default());
    assert_eq!(refused, Err(NotZeroSum::Payoffs));
}
