//! Games that several tests play.

#![allow(dead_code, reason = "every test takes what it needs")]

pub mod stochastic;

use std::path::PathBuf;

use detente_base::{Exact, Pcg};
use detente_game::files::read_nfg;
use detente_game::{Mover, PlayerId, StrategicGame, Tree, TreeBuilder};

/// A number from text.
pub fn exact(text: &str) -> Exact {
    text.parse().expect("a number")
}

/// The suite's folder of games, which lies beside the workspace or where `DETENTE_SUITE`
/// says; `None` with a note when it is not there.
pub fn suite() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/suite");
    let folder = std::env::var_os("DETENTE_SUITE").map_or(beside, PathBuf::from).join("game");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: the suite's games are not there");
    None
}

/// Von Stengel's 6×6 game with 75 equilibria, if the suite is there.
pub fn game_with_75_equilibria() -> Option<StrategicGame> {
    let path = suite()?.join("gambit/catalog/journals/dcg/vonstengel1999/6x6_game_with_75_eq.nfg");
    let text = std::fs::read_to_string(path).expect("a file of the suite");
    Some(read_nfg(&text).expect("a game").game)
}

/// The two-type bluff: resolved with chance `q`; the target does not see the type.
pub fn bluff(q: &str) -> Tree {
    let q = exact(q);
    let mut builder = TreeBuilder::new("Bluff", &["challenger", "target"]);
    let chance = builder.chance_set("type", &["resolved", "irresolute"], &[q.clone(), &Exact::ONE - &q]);
    let resolved = builder.infoset(Mover::Player(PlayerId(0)), "resolved", &["threaten", "wait"]);
    let irresolute = builder.infoset(Mover::Player(PlayerId(0)), "irresolute", &["threaten", "wait"]);
    let target = builder.infoset(Mover::Player(PlayerId(1)), "threatened", &["concede", "resist"]);
    let pay = |a: &str, b: &str| vec![exact(a), exact(b)];
    builder.decision(chance);
    builder.decision(resolved);
    builder.decision(target);
    builder.terminal(pay("1", "-1"));
    builder.terminal(pay("0.2", "-2"));
    builder.terminal(pay("0", "0"));
    builder.decision(irresolute);
    builder.decision(target);
    builder.terminal(pay("1", "-1"));
    builder.terminal(pay("-0.5", "0.5"));
    builder.terminal(pay("0", "0"));
    builder.build().expect("a tree")
}

/// A random tree in which nobody forgets: sets are told apart by what their player did
/// before.
pub fn random_tree(rng: &mut Pcg, players: u32) -> Tree {
    /// A set: whose, what it did before, with how many actions.
    type Known = (u32, Vec<(u32, usize)>, u32, detente_game::InfosetId);
    struct Growth<'r> {
        rng: &'r mut Pcg,
        builder: TreeBuilder,
        known: Vec<Known>,
        players: u32,
    }
    fn grow(growth: &mut Growth<'_>, history: &[Vec<(u32, usize)>], depth: u32) {
        let who = growth.rng.below(growth.players + 1);
        if depth == 0 || growth.rng.below(5) == 0 {
            let payoffs = (0..growth.players).map(|_| Exact::from(i64::from(growth.rng.below(11)) - 5)).collect();
            growth.builder.terminal(payoffs);
            return;
        }
        let actions = 1 + growth.rng.below(3);
        let labels: Vec<String> = (0..actions).map(|a| a.to_string()).collect();
        let set = if who == growth.players {
            let chances: Vec<Exact> = (0..actions).map(|_| Exact::ratio(1, i64::from(actions))).collect();
            growth.builder.chance_set("", &labels, &chances)
        } else {
            let own = &history[who as usize];
            let same = growth.known.iter().find(|(p, h, a, _)| (*p, h, *a) == (who, own, actions));
            match same.map(|found| found.3).filter(|_| growth.rng.below(2) == 0) {
                Some(set) => set,
                None => {
                    let set = growth.builder.infoset(Mover::Player(PlayerId(who)), "", &labels);
                    growth.known.push((who, own.clone(), actions, set));
                    set
                }
            }
        };
        growth.builder.decision(set);
        for action in 0..actions as usize {
            let mut after = history.to_vec();
            if who < growth.players {
                after[who as usize].push((set.0, action));
            }
            grow(growth, &after, depth - 1);
        }
    }
    let names: Vec<String> = (0..players).map(|p| p.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut growth = Growth { rng, builder: TreeBuilder::new("", &names), known: Vec::new(), players };
    grow(&mut growth, &vec![Vec::new(); players as usize], 5);
    growth.builder.build().expect("a tree")
}

/// A two-player game from rows of `a,b`.
pub fn table(rows: &str) -> StrategicGame {
    let cells: Vec<Vec<[Exact; 2]>> = rows
        .split(';')
        .map(|row| {
            let cell = |cell: &str| {
                let (a, b) = cell.split_once(',').expect("two payoffs");
                [exact(a), exact(b)]
            };
            row.split_whitespace().map(cell).collect()
        })
        .collect();
    let names = |count: usize| (1..=count).map(|n| n.to_string()).collect::<Vec<_>>();
    let columns = cells[0].len();
    let payoffs = (0..columns).flat_map(|column| cells.iter().flat_map(move |row| row[column].clone()));
    let strategies = vec![names(cells.len()), names(columns)];
    StrategicGame::new("", vec!["a".into(), "b".into()], strategies, payoffs.collect()).expect("a game")
}

/// A game of given sizes with payoffs below a number, some of them halves.
pub fn random_table(rng: &mut Pcg, sizes: &[u32], most: u32) -> StrategicGame {
    let names = |count: u32| (0..count).map(|n| n.to_string()).collect::<Vec<_>>();
    let count = sizes.iter().product::<u32>() * sizes.len() as u32;
    let payoffs = (0..count).map(|_| Exact::ratio(i64::from(rng.below(most)), 1 + i64::from(rng.below(2))));
    let payoffs = payoffs.collect();
    let strategies = sizes.iter().map(|size| names(*size)).collect();
    StrategicGame::new("", names(sizes.len() as u32), strategies, payoffs).expect("a game")
}
