//! What is dominated, and what is left.

mod support;

use detente_base::{Budget, Exact, Pcg};
use detente_game::table::dominance::{
    Dominance, DominanceFault, Dominators, Elimination, Rule, eliminate, verify_elimination,
};
use detente_game::table::{extreme_equilibria, pure_equilibria};
use detente_game::{PlayerId, StrategicGame};
use support::{exact, random_table, table};

const RULES: [Rule; 4] = [
    Rule::STRICT,
    Rule::WEAK,
    Rule { dominance: Dominance::Strict, by: Dominators::Pure },
    Rule { dominance: Dominance::Weak, by: Dominators::Pure },
];

fn left(game: &StrategicGame, rule: Rule) -> Elimination {
    let found = eliminate(game, rule, &Budget::default()).expect("no limit");
    assert_eq!(verify_elimination(game, &found), Ok(()));
    found
}

#[test]
fn known_games() {
    let dilemma = table("-1,-1 -9,0; 0,-9 -6,-6");
    assert!(RULES.iter().all(|rule| left(&dilemma, *rule).remaining == [[1], [1]]));
    // A mixture of the outer rows is better than the last, and neither of them is.
    let mixed = table("3,0 0,1; 0,0 3,1; 1,1 1,0");
    let found = left(&mixed, Rule::STRICT);
    assert_eq!(found.removals[0].strategy, 2);
    assert_eq!(found.removals[0].by.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(found.remaining, [[1], [1]]);
    assert_eq!(left(&mixed, RULES[2]).remaining, [vec![0, 1, 2], vec![0, 1]]);
    // A second-price auction with values 2 and 1, bids 0, 1, 2, ties to the first: who bids
    // less than the value may lose what is worth winning.
    let auction = table("2,0 0,1 0,1; 2,0 1,0 0,0; 2,0 1,0 0,0");
    let weak = left(&auction, Rule::WEAK);
    assert!(weak.removals.iter().any(|removal| removal.player == PlayerId(0) && removal.strategy == 0));
    assert!(left(&auction, Rule::STRICT).removals.is_empty());
}

/// Moulin's guess of half the mean, with four numbers: 0 is left after rounds of removals.
#[test]
fn rounds_follow_each_other() {
    let sizes = [4, 4];
    let profile = |at: usize| [at % 4, at / 4];
    let payoffs = (0..16).flat_map(|at| {
        let guesses = profile(at);
        let half = Exact::ratio((guesses[0] + guesses[1]) as i64, 4);
        guesses.map(|own| {
            let off = &Exact::from(own as i64) - &half;
            -&(&off * &off)
        })
    });
    let names = |size: &usize| (0..*size).map(|at| at.to_string()).collect::<Vec<_>>();
    let game =
        StrategicGame::new("", vec!["a".into(), "b".into()], sizes.iter().map(names).collect(), payoffs.collect())
            .expect("a game");
    let found = left(&game, Rule::STRICT);
    assert_eq!(found.remaining, [[0], [0]]);
    assert!(found.removals.last().is_some_and(|removal| removal.round > 1));
}

/// Whether some mixture with probabilities in twelfths dominates.
fn by_grid(game: &StrategicGame, player: usize, strategy: usize, dominance: Dominance) -> bool {
    let sizes = game.sizes();
    let mut mixes: Vec<Vec<i64>> = vec![Vec::new()];
    for at in 0..sizes[player] {
        let last = at + 1 == sizes[player];
        mixes = mixes
            .into_iter()
            .flat_map(|mix| {
                let left = 12 - mix.iter().sum::<i64>();
                (if last { left } else { 0 }..=left).map(move |part| mix.iter().copied().chain([part]).collect())
            })
            .collect();
    }
    mixes.iter().any(|mix| {
        let orders = (0..game.profile_count()).filter(|at| game.strategies_of(*at)[player] == strategy).map(|at| {
            let mut profile = game.strategies_of(at);
            let own = game.payoffs(at)[player].clone();
            let terms = mix.iter().enumerate().map(|(other, part)| {
                profile[player] = other;
                &Exact::ratio(*part, 12) * &game.payoffs(game.profile(&profile))[player]
            });
            terms.sum::<Exact>().cmp(&own)
        });
        let orders: Vec<_> = orders.collect();
        match dominance {
            Dominance::Strict => orders.iter().all(|order| order.is_gt()),
            Dominance::Weak => orders.iter().all(|order| order.is_ge()) && orders.iter().any(|order| order.is_gt()),
        }
    })
}

#[test]
fn random_games_lose_what_a_grid_of_mixtures_dominates() {
    let mut rng = Pcg::new(31);
    let (mut mixed, mut removed) = (0, 0);
    for round in 0..300 {
        let sizes: Vec<u32> = (0..2 + round % 2).map(|_| 1 + rng.below(3)).collect();
        let game = random_table(&mut rng, &sizes, 5);
        for rule in RULES {
            let found = left(&game, rule);
            removed += found.removals.len();
            if rule.by == Dominators::Pure {
                continue;
            }
            mixed += found.removals.iter().filter(|removal| removal.by.len() > 1).count();
            for (player, size) in sizes.iter().enumerate() {
                for strategy in 0..*size as usize {
                    if by_grid(&game, player, strategy, rule.dominance) {
                        let first = found
                            .removals
                            .iter()
                            .find(|one| one.round == 1 && one.player.index() == player && one.strategy == strategy);
                        assert!(first.is_some(), "the grid dominates {player} {strategy}");
                    }
                }
            }
        }
    }
    assert!(mixed > 20 && removed > 500, "{mixed} {removed}");
}

/// Equilibria play nothing that is strictly dominated; weak removal leaves some.
#[test]
fn equilibria_survive() {
    let mut rng = Pcg::new(4);
    for _ in 0..200 {
        let sizes = [1 + rng.below(4), 1 + rng.below(4)];
        let game = random_table(&mut rng, &sizes, 6);
        let strict = left(&game, Rule::STRICT);
        for one in extreme_equilibria(&game, &Budget::default()).expect("few").equilibria {
            for (player, own) in one.strategies.iter().enumerate() {
                let played = (0..own.len()).filter(|at| !own[*at].is_zero());
                assert!(played.into_iter().all(|at| strict.remaining[player].contains(&at)));
            }
        }
        let weak = left(&game, Rule::WEAK);
        if weak.remaining.iter().all(|own| own.len() == 1) {
            let profile = game.profile(&weak.remaining.iter().map(|own| own[0]).collect::<Vec<_>>());
            assert!(pure_equilibria(&game, &Budget::default()).expect("few").contains(&profile));
        }
    }
}

#[test]
fn false_reasons_are_told() {
    let game = table("3,0 0,1; 0,0 3,1; 1,1 1,0");
    let found = left(&game, Rule::STRICT);
    let with = |change: &dyn Fn(&mut Elimination)| {
        let mut changed = found.clone();
        change(&mut changed);
        verify_elimination(&game, &changed).expect_err("something is wrong")
    };
    assert_eq!(with(&|one| one.removals[0].by = vec![(0, Exact::ONE)]), DominanceFault::NotDominated { removal: 0 });
    assert_eq!(with(&|one| one.removals[0].by[0].1 = exact("2")), DominanceFault::NoMixture { removal: 0 });
    assert_eq!(with(&|one| one.removals[0].round = 2), DominanceFault::Order { removal: 0 });
    assert_eq!(with(&|one| one.removals.truncate(1)), DominanceFault::Remaining);
    assert!(matches!(with(&|one| one.kept[0].belief.clear()), DominanceFault::NotKept { .. }));
}

#[test]
fn a_raised_stopper_ends_the_work() {
    let budget = Budget::default();
    budget.stopper.stop();
    assert!(eliminate(&table("1,1 0,0; 0,0 1,1"), Rule::STRICT, &budget).is_err());
}
