//! Equilibria of a two-player table by paths along the edges of two polytopes.
//!
//! A *label* is a strategy of either player: of the first player's m, then of the second's n.
//! A pair of mixed strategies has the label of each strategy that is unplayed or a best reply
//! (see [`extreme_equilibria`](super::extreme_equilibria)), and is an equilibrium if it has
//! all. A path drops one label and follows the edges on which all others stay until it is
//! back. It begins at an equilibrium or at the pair of zeros, where nothing is played, and
//! ends at another one.
//!
//! Sources: `[LemkeHowson1964]`, `[Shapley1974]` (labels), `[VonStengel2002]` (ties and whole
//! numbers).

use std::collections::BTreeMap;

use detente_base::{Budget, Exact, StopReason};

use super::extreme::{MixedEquilibrium, positive};
use super::polytope::Table;
use super::rays::Whole;
use crate::StrategicGame;
use crate::regret::in_table;

/// Pivots of all paths before the work ends: paths may be exponentially long.
const MOST_PIVOTS: usize = 2_000_000;

/// Ends of paths that are looked at before the work ends.
const MOST_ENDS: usize = 10_000;

/// A path between two equilibria.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Path {
    /// Where it begins, by position among the equilibria; nothing for the pair of zeros.
    pub from: Option<usize>,
    /// The label that it drops.
    pub label: usize,
    /// Where it ends.
    pub to: Option<usize>,
    /// Its length.
    pub pivots: usize,
}

/// The equilibria that paths lead to from the pair of zeros, straight or from one to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accessible {
    /// In the order in which they were found; each once.
    pub equilibria: Vec<MixedEquilibrium>,
    /// All paths between them, from both ends. Where more strategies are best replies than
    /// are played, several paths may drop the same label from one equilibrium.
    pub paths: Vec<Path>,
}

/// The equilibrium to which the path that drops a label leads from the pair of zeros, and
/// how many pivots that takes.
///
/// Ties are broken as if payoffs differed a little (lexicographically), so that every path
/// ends.
///
/// Cost: for each pivot O(m·(m + n)) exact operations; usually some m + n pivots, at worst
/// exponentially many.
///
/// ```
/// use detente_base::{Budget, Exact};
/// use detente_game::StrategicGame;
/// use detente_game::table::lemke_howson;
///
/// // Battle of the sexes.
/// let names = |all: &[&str]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
/// let acts = names(&["opera", "fight"]);
/// let payoffs = [2, 1, 0, 0, 0, 0, 1, 2].map(Exact::from);
/// let game = StrategicGame::new("", names(&["a", "b"]), vec![acts.clone(), acts], payoffs.to_vec())?;
/// let (found, _) = lemke_howson(&game, 0, &Budget::default()).expect("no limit");
/// assert_eq!(found.strategies, [[Exact::ONE, Exact::ZERO], [Exact::ONE, Exact::ZERO]]);
/// assert!(found.regret.is_equilibrium());
/// # Ok::<(), detente_game::StrategicError>(())
/// ```
///
/// # Errors
/// When the budget is used up, or the path has more than two million pivots.
///
/// # Panics
/// If there are not two players, or no such label.
pub fn lemke_howson(
    game: &StrategicGame,
    label: usize,
    budget: &Budget,
) -> Result<(MixedEquilibrium, usize), StopReason> {
    let problem = Problem::new(game);
    assert!(label < problem.labels(), "there is no label {label}");
    match problem.path::<i128>(label, budget) {
        Err(Halt::Overflow) => {}
        other => return stopped(other),
    }
    stopped(problem.path::<num_bigint::BigInt>(label, budget))
}

/// All equilibria that paths lead to from the pair of zeros, straight or over others; each
/// is checked by its regret.
///
/// There may be equilibria to which no path leads.
///
/// Cost: m + n paths for each equilibrium found, see [`lemke_howson`].
///
/// # Errors
/// When the budget is used up, paths together have more than two million pivots, or there
/// are more than 10,000 ends of paths.
///
/// # Panics
/// If there are not two players.
pub fn accessible_equilibria(game: &StrategicGame, budget: &Budget) -> Result<Accessible, StopReason> {
    let problem = Problem::new(game);
    match problem.all::<i128>(budget) {
        Err(Halt::Overflow) => {}
        other => return stopped(other),
    }
    stopped(problem.all::<num_bigint::BigInt>(budget))
}

/// Why there is no answer.
enum Halt {
    Stopped(StopReason),
    /// Numbers grew too large for the type.
    Overflow,
}

fn stopped<T>(found: Result<T, Halt>) -> Result<T, StopReason> {
    found.map_err(|halt| match halt {
        Halt::Stopped(reason) => reason,
        Halt::Overflow => unreachable!("large numbers have room"),
    })
}

/// Payoffs as whole positive numbers: for each player and each of its strategies what that
/// gives the other at each of the other's.
struct Problem<'a> {
    game: &'a StrategicGame,
    given: [Vec<Vec<num_bigint::BigInt>>; 2],
}

/// A pair of vertices.
#[derive(Clone)]
struct Pair<N>([Table<N>; 2]);

impl<'a> Problem<'a> {
    fn new(game: &'a StrategicGame) -> Self {
        let [first, second] = game.matrices();
        let (rows, columns) = (first.len(), first[0].len());
        let by_row: Vec<Vec<&Exact>> = second.iter().map(|row| row.iter().collect()).collect();
        let by_column: Vec<Vec<&Exact>> =
            (0..columns).map(|column| (0..rows).map(|row| &first[row][column]).collect()).collect();
        Self { game, given: [positive(&by_row), positive(&by_column)] }
    }

    fn labels(&self) -> usize {
        self.given[0].len() + self.given[1].len()
    }

    /// The pair of zeros.
    fn zeros<N: Whole>(&self) -> Option<Pair<N>> {
        let labels = self.labels();
        let table = |player: usize| {
            let own_start = if player == 0 { 0 } else { self.given[0].len() };
            let other_start = if player == 0 { self.given[0].len() } else { 0 };
            let others = self.given[1 - player].len();
            let row = |reply: usize| -> Option<Vec<N>> {
                let mut row = vec![N::zero(); labels + 1];
                for (own, given) in self.given[player].iter().enumerate() {
                    row[own_start + own] = N::of(&given[reply])?;
                }
                row[other_start + reply] = N::one();
                row[labels] = N::one();
                Some(row)
            };
            let first: Vec<usize> = (other_start..other_start + others).collect();
            let rows: Option<Vec<Vec<N>>> = (0..others).map(row).collect();
            Some(Table { rows: rows?, basic: first.clone(), first, unit: N::one() })
        };
        Some(Pair([table(0)?, table(1)?]))
    }

    fn path<N: Whole>(&self, label: usize, budget: &Budget) -> Result<(MixedEquilibrium, usize), Halt> {
        let mut pair = self.zeros::<N>().ok_or(Halt::Overflow)?;
        let pivots = pair.follow(label, MOST_PIVOTS, budget)?;
        Ok((self.equilibrium(&pair), pivots))
    }

    fn all<N: Whole>(&self, budget: &Budget) -> Result<Accessible, Halt> {
        let mut ends: Vec<(Pair<N>, Option<usize>)> = vec![(self.zeros().ok_or(Halt::Overflow)?, None)];
        let mut places: BTreeMap<Vec<usize>, usize> = BTreeMap::from([(ends[0].0.key(), 0)]);
        let mut found = Accessible { equilibria: Vec::new(), paths: Vec::new() };
        let mut left = MOST_PIVOTS;
        let mut at = 0;
        while at < ends.len() {
            for label in 0..self.labels() {
                let mut pair = ends[at].0.clone();
                let pivots = pair.follow(label, left, budget)?;
                left -= pivots;
                let key = pair.key();
                let end = match places.get(&key) {
                    Some(end) => *end,
                    None => {
                        let one = self.equilibrium(&pair);
                        let same = found.equilibria.iter().position(|other| other.strategies == one.strategies);
                        let place = same.unwrap_or(found.equilibria.len());
                        if same.is_none() {
                            found.equilibria.push(one);
                        }
                        places.insert(key, ends.len());
                        ends.push((pair, Some(place)));
                        ends.len() - 1
                    }
                };
                found.paths.push(Path { from: ends[at].1, label, to: ends[end].1, pivots });
            }
            if ends.len() > MOST_ENDS {
                return Err(Halt::Stopped(StopReason::TooManyCases { limit: MOST_ENDS as u64 }));
            }
            at += 1;
        }
        Ok(found)
    }

    fn equilibrium<N: Whole>(&self, pair: &Pair<N>) -> MixedEquilibrium {
        let first = self.given[0].len();
        let strategies = vec![pair.0[0].strategy(0..first), pair.0[1].strategy(first..self.labels())];
        let regret = in_table(self.game, &strategies);
        debug_assert!(regret.is_equilibrium(), "all labels are there");
        MixedEquilibrium { strategies, regret }
    }
}

impl<N: Whole> Pair<N> {
    /// Which variables are basic: tells pairs apart.
    fn key(&self) -> Vec<usize> {
        let sorted = |table: &Table<N>| {
            let mut basic = table.basic.clone();
            basic.sort_unstable();
            basic
        };
        self.0.iter().flat_map(sorted).collect()
    }

    /// Follows the path that drops a label, to its end; tells its length.
    fn follow(&mut self, label: usize, most: usize, budget: &Budget) -> Result<usize, Halt> {
        let mut side = usize::from(self.0[0].basic.contains(&label));
        let mut enters = label;
        for pivots in 1..=most {
            budget.check().map_err(Halt::Stopped)?;
            let left = self.0[side].enter(enters).ok_or(Halt::Overflow)?;
            if left == label {
                return Ok(pivots);
            }
            enters = left;
            side = 1 - side;
        }
        Err(Halt::Stopped(StopReason::TooManyCases { limit: MOST_PIVOTS as u64 }))
    }
}
