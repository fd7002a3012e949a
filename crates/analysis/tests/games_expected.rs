//! Equilibria that the tests of Gambit state: each is one, and is found.

mod support;

use std::collections::BTreeMap;
use std::fs;

use detente_analysis::games::{Game, GameOptions, SolveMethod, solve_game};
use detente_base::{Budget, Exact};
use detente_game::logit::{at, one_move_tree};
use detente_game::table::extreme_equilibria;
use serde_json::Value;
use support::drawn::drawn;
use support::expected::{Entry, Tolerance, entries, suite};
use support::hull::distance;
use support::plans::{Known, Plans, holds_at_each_set, stated_behaviour};

/// Why methods that follow paths cannot lead there.
const NEGATIVE: &str = "in mixed strategies, of index −1: ends of paths from starts in general position have index +1";
const ELSEWHERE: &str = "in mixed strategies, of index +1: other starts than random play lead there";

/// What is not as stated: the entry, the position of the profile, how, and why.
const EXCEPTIONS: [(&str, usize, Verdict, &str); 11] = [
    ("test_enumpoly_behavior_18", 0, Verdict::Missed, NEGATIVE),
    ("test_enumpoly_behavior_18", 1, Verdict::Drawn, ELSEWHERE),
    ("test_enumpoly_behavior_18", 3, Verdict::Missed, NEGATIVE),
    ("test_enumpoly_behavior_18", 6, Verdict::Missed, NEGATIVE),
    ("test_enumpoly_behavior_unordered_1", 0, Verdict::Drawn, ELSEWHERE),
    ("test_enumpoly_behavior_unordered_1", 1, Verdict::Missed, NEGATIVE),
    ("test_enumpoly_behavior_unordered_1", 3, Verdict::Missed, NEGATIVE),
    ("test_enumpoly_behavior_unordered_1", 6, Verdict::Missed, NEGATIVE),
    ("test_enumpure_agent_8", 1, Verdict::AgentsOnly, "the first player gains by changing two of its sets at once"),
    ("test_logit_branch_1", 0, Verdict::NoProfile, "the start of a branch, at λ = 0, and not an equilibrium"),
    ("test_simpdiv_1", 0, Verdict::Approximate, "a point of a grid next to the only equilibrium"),
];

/// Stated profiles by how they are found.
const FOUND: [(Verdict, usize); 4] =
    [(Verdict::Extreme, 203), (Verdict::Listed("auto"), 28), (Verdict::Listed("lp"), 4), (Verdict::Exchange, 3)];

/// Entries of solvers that list all of a kind, where more was found, each certified: how many
/// more. All play as stated ones do where the game gets to; systems of equations for supports
/// leave out equilibria that are not isolated.
const INCOMPLETE: [(&str, usize); 6] = [
    ("test_enumpoly_behavior_2", 1),
    ("test_enumpoly_behavior_12", 3),
    ("test_enumpoly_behavior_13", 3),
    ("test_enumpoly_behavior_14", 1),
    ("test_enumpoly_behavior_15", 1),
    ("test_enumpoly_behavior_16", 1),
];

/// What becomes of a stated profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// Among all extreme equilibria.
    Extreme,
    /// A mixture of exchangeable extreme equilibria.
    Mixture,
    /// Listed by a method that lists some.
    Listed(SolveWord),
    /// In a constant-sum game, a mixture of what methods list.
    Exchange,
    /// What is played where the game gets to is that of a listed equilibrium.
    SamePlay,
    /// The limit of a branch of logit equilibria that starts elsewhere.
    Drawn,
    /// As close to a listed equilibrium as it is to being one.
    Approximate,
    /// Not found.
    Missed,
    /// Nobody gains at one information set alone, but somebody does at several.
    AgentsOnly,
    /// Somebody gains.
    NoEquilibrium,
    /// No profile of the game.
    NoProfile,
}

type SolveWord = &'static str;

/// A method with what it lists, and whether that is all.
struct Listed {
    word: SolveWord,
    complete: bool,
    all: Vec<Plans>,
}

/// What the methods list that fit a game, and with `--all` first.
fn listed(game: &Game, known: &Known) -> Vec<Listed> {
    let words = ["auto", "lemke", "lp", "backward", "pure", "logit"];
    let ask = |word: SolveWord| {
        let method = SolveMethod::named(word).expect("a method");
        let options = GameOptions { method, all: true, ..GameOptions::default() };
        let answer = solve_game(game, &options, &Budget::default()).ok()?;
        assert!(answer.verified || answer.equilibria.is_empty(), "{word} is verified");
        Some(Listed { word, complete: answer.complete, all: known.told(&answer) })
    };
    words.into_iter().filter_map(ask).collect()
}

fn near(a: &[Exact], b: &[Exact], tolerance: &Exact) -> bool {
    let close = |gap: Exact| gap <= *tolerance && -gap <= *tolerance;
    a.iter().zip(b).all(|(a, b)| close(a - b))
}

fn same(a: &Plans, b: &Plans, tolerance: &Exact) -> bool {
    a.iter().zip(b).all(|(a, b)| near(a, b, tolerance))
}

/// Whether each player's plan is a mixture of those of some equilibria.
fn spanned(plans: &Plans, by: &[&Plans], tolerance: &Exact) -> bool {
    (0..plans.len()).all(|player| {
        let own: Vec<&[Exact]> = by.iter().map(|other| other[player].as_slice()).collect();
        distance(&plans[player], &own) <= *tolerance
    })
}

/// Whether a profile lies in a set of exchangeable equilibria that the extreme ones span;
/// these are what was listed.
fn in_nash_subset(known: &Known, plans: &Plans, listed: &[Plans], tolerance: &Exact) -> bool {
    let found = extreme_equilibria(known.table().expect("a table"), &Budget::default()).expect("found before");
    let all: Vec<Plans> = found.equilibria.iter().map(|one| known.plans_of(&one.strategies)).collect();
    assert!(all.iter().all(|one| listed.contains(one)) && listed.iter().all(|one| all.contains(one)));
    found.nash_subsets.iter().any(|set| {
        let own: Vec<&Plans> = set.iter().map(|at| &all[*at]).collect();
        spanned(plans, &own, tolerance)
    })
}

/// What becomes of a profile.
fn verdict(known: &Known, plans: &Plans, tolerance: &Tolerance, lists: &[Listed]) -> Verdict {
    let regret = known.regret(plans);
    if regret > tolerance.regret {
        return Verdict::NoEquilibrium;
    }
    let tolerance = &tolerance.probability;
    let (first, two) = (&lists[0], known.players() == 2);
    if let Some(list) = lists.iter().find(|list| list.all.iter().any(|one| same(one, plans, tolerance))) {
        return if two && list.complete { Verdict::Extreme } else { Verdict::Listed(list.word) };
    }
    if two && first.complete && in_nash_subset(known, plans, &first.all, tolerance) {
        return Verdict::Mixture;
    }
    let all = || lists.iter().flat_map(|list| &list.all);
    if two && known.is_constant_sum() && spanned(plans, &all().collect::<Vec<_>>(), tolerance) {
        return Verdict::Exchange;
    }
    let ends = known.ends(plans);
    if all().any(|one| near(&known.ends(one), &ends, tolerance)) {
        return Verdict::SamePlay;
    }
    if regret.signum() > 0 && all().any(|one| same(one, plans, &Exact::ratio(1, 1_000_000))) {
        return Verdict::Approximate;
    }
    if !two && drawn(known).iter().any(|one| same(one, plans, &Exact::ratio(1, 1_000_000))) {
        return Verdict::Drawn;
    }
    Verdict::Missed
}

/// The verdict of a stated profile, and its plans.
fn judged(entry: &Entry, profile: &Value, (known, lists): (&Known, &[Listed])) -> (Verdict, Option<Plans>) {
    let Some(plans) = known.stated(profile) else { return (Verdict::NoProfile, None) };
    let found = match (verdict(known, &plans, &entry.tolerance, lists), known) {
        (Verdict::NoEquilibrium, Known::Tree { tree, .. })
            if stated_behaviour(tree, profile).is_some_and(|own| holds_at_each_set(tree, &own)) =>
        {
            Verdict::AgentsOnly
        }
        (found, _) => found,
    };
    (found, Some(plans))
}

/// How many equilibria of the kind that a solver lists are not stated, and how many of these
/// play otherwise than all stated ones.
fn unstated(known: &Known, entry: &Entry, (stated, lists): (&[Plans], &[Listed])) -> (usize, usize) {
    let words: &[SolveWord] = match entry.solver.as_str() {
        "enumpure_solve" | "enumpure_agent_solve" => &["pure"],
        "enummixed_solve" | "enumpoly_solve" if entry.all => &["auto", "pure"],
        _ => return (0, 0),
    };
    let tolerance = &entry.tolerance.probability;
    let fresh = |list: &Listed| -> Vec<Plans> {
        list.all.iter().filter(|one| !stated.iter().any(|other| same(one, other, tolerance))).cloned().collect()
    };
    let mut more = words.iter().map(|word| fresh(lists.iter().find(|list| list.word == *word).expect("it fits")));
    let first = more.next().expect("a word");
    let ends: Vec<Vec<Exact>> = stated.iter().map(|one| known.ends(one)).collect();
    let otherwise = |one: &&Plans| !ends.iter().any(|other| near(&known.ends(one), other, tolerance));
    let rest: Vec<Plans> = more.flatten().collect();
    (first.len(), first.iter().chain(&rest).filter(otherwise).count())
}

#[test]
fn what_gambit_states_is_an_equilibrium_and_is_found() {
    let Some(folder) = suite() else { return };
    let (mut counts, mut exceptions, mut incomplete) = (BTreeMap::new(), Vec::new(), Vec::new());
    let mut solved: BTreeMap<String, (Known, Vec<Listed>)> = BTreeMap::new();
    let mut absent = 0;
    for entry in entries(&folder) {
        // Games of formats that are not read are not there.
        let Ok(text) = fs::read_to_string(folder.join(&entry.file)) else {
            absent += 1;
            continue;
        };
        let solve = || {
            let (game, known) = Known::read(&entry.file, &text);
            let lists = listed(&game, &known);
            (known, lists)
        };
        let (known, lists) = solved.entry(entry.file.clone()).or_insert_with(solve);
        let mut stated: Vec<Plans> = Vec::new();
        for (position, profile) in entry.expected.iter().enumerate() {
            let (found, plans) = judged(&entry, profile, (known, lists));
            stated.extend(plans);
            if found >= Verdict::Drawn {
                exceptions.push((entry.id.clone(), position, found));
            } else {
                *counts.entry(found).or_insert(0) += 1;
            }
        }
        let (more, otherwise) = unstated(known, &entry, (&stated, lists));
        assert_eq!(otherwise, 0, "{}: equilibria that are played otherwise", entry.id);
        if more > 0 {
            incomplete.push((entry.id.clone(), more));
        }
    }
    let known: Vec<_> = EXCEPTIONS.iter().map(|(id, at, found, _)| ((*id).to_owned(), *at, *found)).collect();
    assert_eq!(exceptions, known);
    assert_eq!(counts, FOUND.into_iter().collect());
    let known: Vec<_> = INCOMPLETE.iter().map(|(id, more)| ((*id).to_owned(), *more)).collect();
    assert_eq!(incomplete, known);
    assert_eq!(absent, 4);
}

/// Of a table in which the second player is indifferent against the first row: mixtures of
/// exchangeable equilibria are told from others, and those from what is none.
#[test]
fn mixtures_are_told_apart() {
    let number = |text: &str| text.parse::<Exact>().expect("a number");
    let text = "NFG 1 R \"\" { \"1\" \"2\" } { 2 2 }\n\n1 1 0 0 1 1 1 2";
    let (game, known) = Known::read("x.nfg", text);
    let lists = listed(&game, &known);
    assert!(lists[0].complete);
    let of = |x: &str, y: &str| {
        let own = |value: &str| vec![number(value), &Exact::ONE - &number(value)];
        verdict(&known, &vec![own(x), own(y)], &Tolerance::default(), &lists)
    };
    assert_eq!([of("1", "1"), of("1", "0"), of("0", "0")], [Verdict::Extreme; 3]);
    assert_eq!([of("1", "1/3"), of("2/3", "0")], [Verdict::Mixture; 2]);
    assert_eq!([of("1/2", "1/2"), of("0", "1")], [Verdict::NoEquilibrium; 2]);
    let all = &lists[0].all;
    // What is spanned by a component need not be an equilibrium.
    let plans = vec![vec![number("1/2"), number("1/2")], vec![number("1/2"), number("1/2")]];
    assert!(spanned(&plans, &all.iter().collect::<Vec<_>>(), &Exact::ZERO));
    assert!(!in_nash_subset(&known, &plans, all, &Exact::ZERO));
}

/// The start of a branch that is stated: random play.
#[test]
fn branches_start_at_random_play() {
    let Some(folder) = suite() else { return };
    let entry = entries(&folder).into_iter().find(|entry| entry.solver == "logit_solve_branch").expect("an entry");
    assert_eq!(entry.expected[0], "{'idx': 0, 'lam': 0, 'profile': [(0.5, 0.5), (0.5, 0.5)]}");
    let text = fs::read_to_string(folder.join(&entry.file)).expect("a file");
    let (_, known) = Known::read(&entry.file, &text);
    let tree = one_move_tree(known.table().expect("a table"));
    let point = at(&tree, 0.0, &Budget::default()).expect("a start");
    assert!(point.probabilities.iter().all(|own| (own - 0.5).abs() < 1e-12));
}
