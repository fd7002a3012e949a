//! Paths to equilibria of tables.

mod support;

use detente_base::{Budget, Exact, Pcg};
use detente_game::StrategicGame;
use detente_game::table::{Accessible, accessible_equilibria, extreme_equilibria, lemke_howson};
use support::{game_with_75_equilibria, random_table, table};

fn accessible(game: &StrategicGame) -> Accessible {
    let found = accessible_equilibria(game, &Budget::default()).expect("no limit");
    for one in &found.equilibria {
        let regret = detente_game::regret::in_table(game, &one.strategies);
        assert!(regret.is_equilibrium() && regret == one.regret);
    }
    found
}

fn texts(found: &Accessible) -> Vec<String> {
    let text = |own: &Vec<Exact>| own.iter().map(Exact::to_string).collect::<Vec<_>>().join(" ");
    let both = |one: &Vec<Vec<Exact>>| format!("{} | {}", text(&one[0]), text(&one[1]));
    let mut all: Vec<String> = found.equilibria.iter().map(|one| both(&one.strategies)).collect();
    all.sort();
    all
}

#[test]
fn known_games() {
    let pennies = accessible(&table("1,-1 -1,1; -1,1 1,-1"));
    assert_eq!(texts(&pennies), ["0.5 0.5 | 0.5 0.5"]);
    assert_eq!(pennies.paths.len(), 8, "four labels from the zeros, and four back");
    assert!(pennies.paths.iter().all(|path| path.from.is_none() != path.to.is_none()));
    // Battle of the sexes: the mixed one by way of a pure one.
    let sexes = accessible(&table("2,1 0,0; 0,0 1,2"));
    assert_eq!(texts(&sexes), ["0 1 | 0 1", "1 0 | 1 0", "2/3 1/3 | 1/3 2/3"]);
    // A game of `[VonStengel2002]` with three equilibria.
    let three = accessible(&table("3,3 3,2; 2,2 5,6; 0,3 6,1"));
    assert_eq!(texts(&three), ["0 1/3 2/3 | 1/3 2/3", "0.8 0.2 0 | 2/3 1/3", "1 0 0 | 1 0"]);
    assert_eq!(texts(&accessible(&table("5,5"))), ["1 | 1"]);
}

/// Generic games: what is accessible is extreme, odd in number, and paths have two ends.
#[test]
fn generic_games() {
    let mut rng = Pcg::new(19);
    let (mut hidden, mut several) = (0, 0);
    for _ in 0..400 {
        let sizes = [1 + rng.below(5), 1 + rng.below(5)];
        let game = random_table(&mut rng, &sizes, 1_000_000);
        let found = accessible(&game);
        let all = extreme_equilibria(&game, &Budget::default()).expect("few").equilibria;
        assert!(found.equilibria.iter().all(|one| all.contains(one)));
        assert_eq!(found.equilibria.len() % 2, 1);
        hidden += all.len() - found.equilibria.len();
        several += usize::from(found.equilibria.len() > 1);
        let labels = (sizes[0] + sizes[1]) as usize;
        assert_eq!(found.paths.len(), labels * (found.equilibria.len() + 1));
        for path in &found.paths {
            let back = |other: &&detente_game::table::Path| {
                (other.from, other.label, other.to) == (path.to, path.label, path.from)
            };
            assert!(found.paths.iter().find(back).is_some_and(|back| back.pivots == path.pivots));
        }
        for label in 0..labels {
            let (one, pivots) = lemke_howson(&game, label, &Budget::default()).expect("no limit");
            let path = found.paths.iter().find(|path| path.from.is_none() && path.label == label).expect("a path");
            assert_eq!((&found.equilibria[path.to.expect("an equilibrium")], path.pivots), (&one, pivots));
        }
    }
    assert!(several > 50, "{several}");
    println!("{hidden} equilibria to which no path leads");
}

#[test]
fn games_with_ties() {
    let mut rng = Pcg::new(20);
    for _ in 0..600 {
        let sizes = [1 + rng.below(4), 1 + rng.below(4)];
        let game = random_table(&mut rng, &sizes, 3);
        let found = accessible(&game);
        let all = extreme_equilibria(&game, &Budget::default()).expect("few").equilibria;
        assert!(!found.equilibria.is_empty());
        assert!(found.equilibria.iter().all(|one| all.contains(one)), "what paths end at is extreme");
    }
}

/// Numbers that do not fit 128 bits.
#[test]
fn large_numbers() {
    let mut rng = Pcg::new(21);
    let names = |count: u32| (0..count).map(|at| at.to_string()).collect::<Vec<_>>();
    for _ in 0..5 {
        let size = 6;
        let mut number = || Exact::ratio(i64::from(rng.next()) * 1_000_003, 1 + i64::from(rng.below(1_000_000)));
        let payoffs = (0..size * size * 2).map(|_| number()).collect();
        let game = StrategicGame::new("", names(2), vec![names(size), names(size)], payoffs).expect("a game");
        let (one, _) = lemke_howson(&game, 3, &Budget::default()).expect("no limit");
        assert!(one.regret.is_equilibrium());
    }
}

#[test]
fn the_game_with_75_equilibria() {
    let Some(game) = game_with_75_equilibria() else { return };
    let found = accessible(&game);
    // Paths of Lemke and Howson need not lead everywhere; in this game they do.
    let all = extreme_equilibria(&game, &Budget::default()).expect("few enough").equilibria;
    assert!(found.equilibria.iter().all(|one| all.iter().any(|other| other.strategies == one.strategies)));
    assert_eq!(found.equilibria.len(), 75);
}

#[test]
fn a_raised_stopper_ends_the_work() {
    let budget = Budget::default();
    budget.stopper.stop();
    assert!(lemke_howson(&table("1,1 0,0; 0,0 1,1"), 0, &budget).is_err());
    assert!(accessible_equilibria(&table("1,1 0,0; 0,0 1,1"), &budget).is_err());
}
