//! What a mediator could achieve.

mod support;

use detente_base::{Budget, Exact, Pcg, StopReason};
use detente_game::correlated::{CorrelatedFault, Goal, Mediated, Mediation, best, verify};
use detente_game::table::extreme_equilibria;
use detente_game::{PlayerId, StrategicGame};
use support::{exact, random_table, table};

const GOALS: [Goal; 5] = [
    Goal::Welfare,
    Goal::Most(PlayerId(0)),
    Goal::Least(PlayerId(0)),
    Goal::Most(PlayerId(1)),
    Goal::Least(PlayerId(1)),
];

fn found(game: &StrategicGame, mediation: Mediation, goal: Goal) -> Mediated {
    let found = best(game, mediation, goal, &Budget::default()).expect("no limit");
    assert_eq!(verify(game, &found), Ok(()), "{found:?}");
    found
}

fn value(game: &StrategicGame, goal: Goal) -> String {
    found(game, Mediation::Correlated, goal).value.to_string()
}

#[test]
fn chicken() {
    // [Aumann1974], [Aumann1987]: with a mediator 5.25 each, and 5 from the three good cells.
    let game = table("6,6 2,7; 7,2 0,0");
    let welfare = found(&game, Mediation::Correlated, Goal::Welfare);
    assert_eq!(welfare.payoffs, [exact("5.25"), exact("5.25")]);
    assert_eq!(welfare.distribution, [(0, exact("0.5")), (1, exact("0.25")), (2, exact("0.25"))]);
    assert_eq!((value(&game, GOALS[1]), value(&game, GOALS[3])), ("7".into(), "7".into()));
    assert_eq!(value(&game, GOALS[2]), "2");
    // A junction: green for one at a time.
    let junction = table("-10,-10 5,0; 0,5 -1,-1");
    assert_eq!(value(&junction, Goal::Welfare), "5");
}

#[test]
fn games_of_one_equilibrium() {
    // Matching pennies: nothing but the mixture.
    let pennies = table("1,-1 -1,1; -1,1 1,-1");
    let only = found(&pennies, Mediation::Correlated, Goal::Most(PlayerId(0)));
    assert!(only.distribution.len() == 4 && only.distribution.iter().all(|(_, share)| *share == exact("0.25")));
    assert!(GOALS.iter().all(|goal| value(&pennies, *goal) == "0"));
    let dilemma = table("-1,-1 -9,0; 0,-9 -6,-6");
    assert_eq!(value(&dilemma, Goal::Welfare), "-12");
}

#[test]
fn battle_of_the_sexes() {
    let game = table("2,1 0,0; 0,0 1,2");
    assert_eq!(value(&game, Goal::Welfare), "3");
    assert_eq!(value(&game, GOALS[1]), "2");
    // No worse than the mixed equilibrium.
    assert_eq!((value(&game, GOALS[2]), value(&game, GOALS[4])), ("2/3".into(), "2/3".into()));
}

/// Shapley's game: the only Nash equilibrium gives 1/3 each; a mediator avoids the diagonal.
#[test]
fn shapley() {
    let game = table("0,0 1,0 0,1; 0,1 0,0 1,0; 1,0 0,1 0,0");
    let nash = extreme_equilibria(&game, &Budget::default()).expect("few").equilibria;
    assert_eq!((nash.len(), nash[0].regret.payoffs[0].clone()), (1, exact("1/3")));
    assert_eq!(value(&game, Goal::Welfare), "1");
    assert_eq!((value(&game, GOALS[2]), value(&game, GOALS[4])), ("1/3".into(), "1/3".into()));
}

/// `[MoulinVial1978]`: to agree in advance may be worth more than to be told. Who is told may
/// not be kept to a cell that it would leave.
#[test]
fn coarse_conditions_allow_more() {
    let game = table("3,3 0,5 0,0; 5,0 0,0 0,0; 0,0 0,0 1,1");
    let (fine, coarse) =
        (found(&game, Mediation::Correlated, Goal::Welfare), found(&game, Mediation::Coarse, Goal::Welfare));
    assert!(coarse.value >= fine.value);
    let mut rng = Pcg::new(77);
    let mut more = 0;
    for _ in 0..200 {
        let game = random_table(&mut rng, &[3, 3], 7);
        let goal = GOALS[rng.below(5) as usize];
        let fine = found(&game, Mediation::Correlated, goal).value;
        let coarse = found(&game, Mediation::Coarse, goal).value;
        let better = if matches!(goal, Goal::Least(_)) { coarse <= fine } else { coarse >= fine };
        assert!(better, "{coarse} {fine}");
        more += usize::from(coarse != fine);
    }
    assert!(more > 30, "{more}");
}

#[test]
fn nash_equilibria_lie_within_the_bounds() {
    let mut rng = Pcg::new(8);
    for _ in 0..150 {
        let sizes = [1 + rng.below(4), 1 + rng.below(4)];
        let game = random_table(&mut rng, &sizes, 6);
        let bounds: Vec<Exact> = GOALS.iter().map(|goal| found(&game, Mediation::Correlated, *goal).value).collect();
        for one in extreme_equilibria(&game, &Budget::default()).expect("few").equilibria {
            let payoffs = &one.regret.payoffs;
            assert!(payoffs.iter().cloned().sum::<Exact>() <= bounds[0]);
            assert!(payoffs[0] <= bounds[1] && payoffs[0] >= bounds[2]);
            assert!(payoffs[1] <= bounds[3] && payoffs[1] >= bounds[4]);
            // The product distribution passes the same conditions.
            let distribution: Vec<(usize, Exact)> = (0..game.profile_count())
                .map(|profile| {
                    let plays = game.strategies_of(profile);
                    (profile, &one.strategies[0][plays[0]] * &one.strategies[1][plays[1]])
                })
                .collect();
            let as_mediated = Mediated {
                mediation: Mediation::Correlated,
                goal: Goal::Welfare,
                distribution,
                payoffs: payoffs.clone(),
                value: payoffs.iter().cloned().sum(),
                prices: Vec::new(),
                pivots: 0,
            };
            let verdict = verify(&game, &as_mediated);
            assert!(matches!(verdict, Ok(()) | Err(CorrelatedFault::NotBest { .. })), "{verdict:?}");
        }
    }
}

/// Distributions in twelfths over four profiles: none that is allowed is better.
#[test]
fn no_point_of_a_grid_is_better() {
    let mut rng = Pcg::new(9);
    let mut allowed = 0;
    for _ in 0..60 {
        let game = random_table(&mut rng, &[2, 2], 5);
        let welfare = found(&game, Mediation::Correlated, Goal::Welfare).value;
        let parts = (0..=12_i64).flat_map(|a| (0..=12 - a).flat_map(move |b| (0..=12 - a - b).map(move |c| [a, b, c])));
        for [a, b, c] in parts {
            let shares = [a, b, c, 12 - a - b - c].map(|part| Exact::ratio(part, 12));
            let gains = |player: usize, told: usize| -> Exact {
                let heard = (0..4).filter(|profile| game.strategies_of(*profile)[player] == told);
                let gain = heard.map(|profile| {
                    let other = profile ^ (1 << player);
                    &shares[profile] * &(&game.payoffs(other)[player] - &game.payoffs(profile)[player])
                });
                gain.sum()
            };
            if (0..2).all(|player| (0..2).all(|told| gains(player, told).signum() <= 0)) {
                allowed += 1;
                let sum: Exact = (0..4).map(|at| &shares[at] * &game.payoffs(at).iter().cloned().sum::<Exact>()).sum();
                assert!(sum <= welfare);
            }
        }
    }
    assert!(allowed > 500, "{allowed}");
}

#[test]
fn many_players() {
    let mut rng = Pcg::new(10);
    for _ in 0..30 {
        let game = random_table(&mut rng, &[2, 3, 2], 9);
        for mediation in [Mediation::Correlated, Mediation::Coarse] {
            let (least, most) =
                (found(&game, mediation, Goal::Least(PlayerId(2))), found(&game, mediation, Goal::Most(PlayerId(2))));
            assert!(least.value <= most.value);
        }
    }
}

/// Payoffs of very unlike size, and odd fractions: floats may lose their way, answers do not.
#[test]
fn payoffs_of_unlike_size() {
    let mut rng = Pcg::new(12);
    let names = |count: usize| (0..count).map(|at| at.to_string()).collect::<Vec<_>>();
    for _ in 0..25 {
        let mut payoff = || {
            let size = [1_i64, 1_000, 1_000_000][rng.below(3) as usize];
            Exact::ratio((i64::from(rng.below(2_001)) - 1_000) * size, 1 + i64::from(rng.below(1_000)))
        };
        let payoffs = (0..24).map(|_| payoff()).collect();
        let game = StrategicGame::new("", names(2), vec![names(3), names(4)], payoffs).expect("a game");
        let bounds: Vec<Exact> = GOALS.iter().map(|goal| found(&game, Mediation::Correlated, *goal).value).collect();
        for one in extreme_equilibria(&game, &Budget::default()).expect("few").equilibria {
            let payoffs = &one.regret.payoffs;
            assert!(payoffs[0] <= bounds[1] && payoffs[0] >= bounds[2]);
            assert!(payoffs[1] <= bounds[3] && payoffs[1] >= bounds[4]);
        }
    }
}

#[test]
fn false_answers_are_told() {
    let game = table("6,6 2,7; 7,2 0,0");
    let right = found(&game, Mediation::Correlated, Goal::Welfare);
    let with = |change: &dyn Fn(&mut Mediated)| {
        let mut changed = right.clone();
        change(&mut changed);
        verify(&game, &changed).expect_err("something is wrong")
    };
    assert_eq!(with(&|one| one.distribution[0].1 = exact("0.6")), CorrelatedFault::NoDistribution);
    assert_eq!(with(&|one| one.value = exact("11")), CorrelatedFault::Payoffs);
    assert!(matches!(with(&|one| one.prices.clear()), CorrelatedFault::NotBest { .. }));
    assert_eq!(with(&|one| one.prices[0].price = exact("-1")), CorrelatedFault::NoPrice);
    let both = |one: &mut Mediated| {
        (one.distribution, one.payoffs) = (vec![(0, Exact::ONE)], vec![exact("6"); 2]);
        one.value = exact("12");
    };
    assert!(matches!(with(&both), CorrelatedFault::Deviation { .. }));
    let budget = Budget::default();
    budget.stopper.stop();
    let stopped = best(&game, Mediation::Coarse, Goal::Welfare, &budget);
    assert_eq!(stopped, Err(StopReason::Interrupted));
}
