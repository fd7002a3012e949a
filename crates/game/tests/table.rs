//! Equilibria of strategic games.

mod support;

use detente_base::{Budget, Exact, Pcg};
use detente_game::StrategicGame;
use detente_game::table::{extreme_equilibria, pure_equilibria};
use support::{game_with_75_equilibria, table as game};

fn found(game: &StrategicGame) -> Vec<String> {
    let found = extreme_equilibria(game, &Budget::default()).expect("few enough");
    let text = |own: &Vec<Exact>| own.iter().map(Exact::to_string).collect::<Vec<_>>().join(" ");
    let mut all: Vec<String> = found
        .equilibria
        .iter()
        .map(|one| format!("{} | {}", text(&one.strategies[0]), text(&one.strategies[1])))
        .collect();
    assert!(found.equilibria.iter().all(|one| one.regret.is_equilibrium()));
    all.sort();
    all
}

#[test]
fn known_games() {
    // Battle of the sexes.
    assert_eq!(found(&game("2,1 0,0; 0,0 1,2")), ["0 1 | 0 1", "1 0 | 1 0", "2/3 1/3 | 1/3 2/3"]);
    // Matching pennies.
    assert_eq!(found(&game("1,-1 -1,1; -1,1 1,-1")), ["0.5 0.5 | 0.5 0.5"]);
    // Prisoner's dilemma.
    assert_eq!(found(&game("-1,-1 -9,0; 0,-9 -6,-6")), ["0 1 | 0 1"]);
    // Rock, scissors, paper.
    assert_eq!(found(&game("0,0 1,-1 -1,1; -1,1 0,0 1,-1; 1,-1 -1,1 0,0")), ["1/3 1/3 1/3 | 1/3 1/3 1/3"]);
}

/// The second player does not care: a set of equilibria that hang together.
#[test]
fn degenerate_games_have_components() {
    let all = game("1,1 1,1; 0,0 2,0");
    let found = extreme_equilibria(&all, &Budget::default()).expect("few enough");
    assert_eq!(found.equilibria.len(), 4);
    assert_eq!(found.components, [vec![0, 1, 2, 3]], "all hang together");
    let everything = game("0,0 0,0; 0,0 0,0");
    let found = extreme_equilibria(&everything, &Budget::default()).expect("few enough");
    assert_eq!((found.equilibria.len(), found.components.len(), found.nash_subsets.len()), (4, 1, 1));
    let apart = extreme_equilibria(&game("2,1 0,0; 0,0 1,2"), &Budget::default()).expect("few enough");
    assert_eq!(apart.components, [[0], [1], [2]]);
}

/// The unique solution of linear equations, by elimination.
fn solved(mut rows: Vec<Vec<Exact>>) -> Option<Vec<Exact>> {
    let size = rows.len();
    for column in 0..size {
        let pivot = (column..size).find(|row| !rows[*row][column].is_zero())?;
        rows.swap(column, pivot);
        let inverse = Exact::ONE.checked_div(&rows[column][column]).expect("not zero");
        rows[column].iter_mut().for_each(|entry| *entry = &*entry * &inverse);
        let own = rows[column].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(at, _)| *at != column) {
            let factor = row[column].clone();
            row.iter_mut().zip(&own).for_each(|(entry, part)| *entry = &*entry - &(&factor * part));
        }
    }
    Some(rows.into_iter().map(|row| row[size].clone()).collect())
}

/// The mixture over `own` that makes the other indifferent over `other`.
fn indifferent(payoff: &dyn Fn(usize, usize) -> Exact, own: &[usize], other: &[usize]) -> Option<Vec<Exact>> {
    let mut rows: Vec<Vec<Exact>> = vec![own.iter().map(|_| Exact::ONE).chain([Exact::ZERO, Exact::ONE]).collect()];
    for reply in other {
        rows.push(own.iter().map(|at| payoff(*at, *reply)).chain([Exact::from(-1), Exact::ZERO]).collect());
    }
    solved(rows)
}

/// All equilibria with supports of one size, for games in which there are no others.
fn by_supports(game: &StrategicGame) -> Vec<Vec<Vec<Exact>>> {
    let [a, b] = game.matrices();
    let (rows, columns) = (a.len(), a[0].len());
    let subsets = |size: usize| {
        (1..1_usize << size).map(move |mask| (0..size).filter(|at| mask >> at & 1 == 1).collect::<Vec<_>>())
    };
    let mut all = Vec::new();
    for own in subsets(rows) {
        for other in subsets(columns).filter(|other| other.len() == own.len()) {
            let x = indifferent(&|row, column| b[row][column].clone(), &own, &other);
            let y = indifferent(&|column, row| a[row][column].clone(), &other, &own);
            let (Some(x), Some(y)) = (x, y) else { continue };
            let whole = |part: &[Exact], support: &[usize], size: usize| {
                let mut all = vec![Exact::ZERO; size];
                support.iter().zip(part).for_each(|(at, p)| all[*at] = p.clone());
                all
            };
            let positive = |part: &[Exact], size: usize| part[..size].iter().all(|p| p.signum() > 0);
            if positive(&x, own.len()) && positive(&y, other.len()) {
                let mixed = vec![whole(&x, &own, rows), whole(&y, &other, columns)];
                if detente_game::regret::in_table(game, &mixed).is_equilibrium() {
                    all.push(mixed);
                }
            }
        }
    }
    all.sort();
    all
}

fn random(rng: &mut Pcg, rows: u32, columns: u32, most: u32) -> StrategicGame {
    let names = |count: u32| (0..count).map(|n| n.to_string()).collect::<Vec<_>>();
    let payoffs =
        (0..rows * columns * 2).map(|_| Exact::ratio(i64::from(rng.below(most)) - 5, 1 + i64::from(rng.below(2))));
    StrategicGame::new("", names(2), vec![names(rows), names(columns)], payoffs.collect()).expect("a game")
}

#[test]
fn generic_games_have_what_supports_give() {
    let mut rng = Pcg::new(17);
    let mut several = 0;
    for _ in 0..400 {
        let (rows, columns) = (1 + rng.below(4), 1 + rng.below(4));
        let game = random(&mut rng, rows, columns, 100_000);
        let found = extreme_equilibria(&game, &Budget::default()).expect("few enough");
        let mut strategies: Vec<Vec<Vec<Exact>>> = found.equilibria.into_iter().map(|one| one.strategies).collect();
        strategies.sort();
        assert_eq!(strategies, by_supports(&game));
        assert_eq!(strategies.len() % 2, 1, "generic games have an odd number of equilibria");
        several += usize::from(strategies.len() > 1);
    }
    assert!(several > 50, "{several}");
}

#[test]
fn games_with_ties_keep_every_pure_equilibrium() {
    let mut rng = Pcg::new(23);
    let mut connected = 0;
    for _ in 0..1_000 {
        let (rows, columns) = (1 + rng.below(4), 1 + rng.below(4));
        let game = random(&mut rng, rows, columns, 3);
        let found = extreme_equilibria(&game, &Budget::default()).expect("few enough");
        assert!(!found.equilibria.is_empty());
        assert!(found.equilibria.iter().all(|one| one.regret.is_equilibrium()));
        for profile in pure_equilibria(&game, &Budget::default()).expect("few enough") {
            let plays = game.strategies_of(profile);
            let is = |one: &detente_game::table::MixedEquilibrium| {
                one.strategies.iter().zip(&plays).all(|(own, strategy)| own[*strategy] == Exact::ONE)
            };
            assert!(found.equilibria.iter().any(is), "a pure equilibrium is extreme");
        }
        // Halves of what spans an exchangeable set are equilibria again.
        for subset in found.nash_subsets.iter().filter(|subset| subset.len() > 1) {
            connected += 1;
            let (one, two) = (&found.equilibria[subset[0]], &found.equilibria[subset[1]]);
            let half = |player: usize| -> Vec<Exact> {
                one.strategies[player].iter().zip(&two.strategies[player]).map(|(a, b)| a.midpoint(b)).collect()
            };
            assert!(detente_game::regret::in_table(&game, &[half(0), half(1)]).is_equilibrium());
        }
        let listed: usize = found.components.iter().map(Vec::len).sum();
        assert_eq!(listed, found.equilibria.len());
    }
    assert!(connected > 100, "{connected}");
}

#[test]
fn pure_equilibria_of_many_players() {
    // Three choose a road each; two on one road are slower than one.
    let mut rng = Pcg::new(2);
    for _ in 0..200 {
        let sizes = [1 + rng.below(3), 1 + rng.below(3), 1 + rng.below(3)];
        let profiles = sizes.iter().product::<u32>();
        let payoffs: Vec<Exact> = (0..profiles * 3).map(|_| Exact::from(i64::from(rng.below(4)))).collect();
        let names = |count: u32| (0..count).map(|n| n.to_string()).collect::<Vec<_>>();
        let game =
            StrategicGame::new("", names(3), sizes.iter().map(|size| names(*size)).collect(), payoffs).expect("a game");
        let found = pure_equilibria(&game, &Budget::default()).expect("few enough");
        for profile in 0..game.profile_count() {
            let plays = game.strategies_of(profile);
            let mixed: Vec<Vec<Exact>> = plays
                .iter()
                .zip(sizes)
                .map(|(own, size)| {
                    (0..size as usize).map(|at| if at == *own { Exact::ONE } else { Exact::ZERO }).collect()
                })
                .collect();
            assert_eq!(detente_game::regret::in_table(&game, &mixed).is_equilibrium(), found.contains(&profile));
        }
    }
}

#[test]
fn the_game_with_75_equilibria() {
    let Some(game) = game_with_75_equilibria() else { return };
    let found = extreme_equilibria(&game, &Budget::default()).expect("few enough");
    assert_eq!((found.equilibria.len(), found.components.len()), (75, 75));
}
