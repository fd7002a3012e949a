//! Stochastic games against closed forms, each other, and checks that share nothing with them.

mod support;

use detente_base::{Budget, Exact, Pcg, StopReason};
use detente_game::PlayerId;
use detente_game::stochastic::{
    GameFault, NoEquilibrium, NotZeroSum, ProfileForm, StateForm, StateId, StochasticGame, Tolerance, Until,
    ZeroSumValue, exact_regret, hoffman_karp, matrix_game, perfect_equilibrium, pollatschek_avi_itzhak,
    value_iteration,
};
use support::stochastic::{drawn, game, independent, names, ratio, state, zero_sum};

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
    // value zero, which falls with z. See Attia and Oliu-Barton, 2019.
    let mut pcg = Pcg::new(11);
    for _ in 0..6 {
        let drawn = drawn(&mut pcg, &vec![vec![2, 2]; 3], (ratio(4, 5), 10), true);
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
        let drawn = drawn(&mut pcg, &sizes, (ratio(9, 10), 10), true);
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
    let opposed = drawn(&mut pcg, &[vec![2, 2], vec![2, 2]], (ratio(1, 2), 10), true);
    let found = value_iteration(&opposed, Until::default(), &budget).expect("zero-sum");
    assert_eq!(found.stopped, Some(StopReason::Interrupted));
    let proven = hoffman_karp(&opposed, Until::default(), &Budget::default()).expect("zero-sum");
    assert!(found.low[0] <= proven.high[0] && proven.low[0] <= found.high[0], "bounds hold even then");
    let stopped = perfect_equilibrium(&opposed, None, Tolerance::default(), &budget);
    assert_eq!(stopped, Err(NoEquilibrium::Stopped(StopReason::Interrupted)));
    let general = drawn(&mut pcg, &[vec![2, 2]], (ratio(1, 2), 10), false);
    let refused = value_iteration(&general, Until::default(), &Budget::default());
    assert_eq!(refused, Err(NotZeroSum::Payoffs));
}

#[test]
fn patience_slows_value_iteration_only() {
    let mut pcg = Pcg::new(2);
    let patient = drawn(&mut pcg, &vec![vec![2, 2]; 3], (ratio(9_999, 10_000), 10), true);
    let until = Until { iterations: 5_000, precision: 1e-6 };
    let slow = value_iteration(&patient, until, &Budget::default()).expect("zero-sum");
    assert_eq!(slow.iterations, 5_000);
    for (_, solver) in &SOLVERS[1..] {
        let found = solver(&patient, until, &Budget::default()).expect("zero-sum");
        assert!(found.iterations < 60 && found.width().to_f64() < 1e-4, "{} {}", found.iterations, found.width());
        assert!(slow.low[0] <= found.high[0] && found.low[0] <= slow.high[0]);
    }
}

#[test]
fn a_game_on_which_plain_policy_iteration_cycles() {
    // The example of van der Wal 1978: Newton's method goes from 12 to 4 and back.
    let quarter = ratio(3, 4);
    let cell = |payoff: i64, stays: Exact| {
        let leaves = &Exact::ONE - &stays;
        (vec![Exact::from(payoff), Exact::from(-payoff)], vec![(0, stays), (1, leaves)])
    };
    let cells = vec![cell(3, Exact::ONE), cell(2, Exact::ONE), cell(6, ratio(1, 3)), cell(1, Exact::ONE)];
    let cycles = game(quarter.clone(), vec![state(&[2, 2], cells), zero_sum(&[vec![(0, 1)]])]);
    let plain = |value: i64| {
        let worth = |payoff: i64, stays: Exact| &Exact::from(payoff) + &(&(&quarter * &stays) * &Exact::from(value));
        let rows = [[(3, Exact::ONE), (6, ratio(1, 3))], [(2, Exact::ONE), (1, Exact::ONE)]];
        let solved = matrix_game(&rows.map(|row| row.map(|(payoff, stays)| worth(payoff, stays)).to_vec()));
        // Both optimal strategies are pure where it goes: kept, they pay 3 or 1 for ever.
        let kept = if solved.row[0] == Exact::ONE { 3 } else { 1 };
        &Exact::from(kept) / &(&Exact::ONE - &quarter)
    };
    assert_eq!((plain(0), plain(12), plain(4)), (Exact::from(12), Exact::from(4), Exact::from(12)));
    for (name, solver) in SOLVERS {
        let found = solver(&cycles, Until::default(), &Budget::default()).expect("zero-sum");
        assert_eq!((&found.low[0], &found.high[0]), (&Exact::from(8), &Exact::from(8)), "{name}");
    }
}
