//! Hypergames: each party's view solved on its own, from a text in which its beliefs stand
//! in place of what is so.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use detente_analysis::hypergame::hypergame;
use detente_analysis::report::{Completion, HypergameAnswer};
use detente_analysis::structure::Structure;
use detente_analysis::{Options, stable};
use detente_base::{Budget, Severity};
use detente_scenario::{Loaded, load, print_scenario};

const CONCEPTS: [&str; 5] = ["R", "SSEQ", "SEQ", "SMR", "GMR"];

fn read(text: &str) -> Loaded {
    let loaded = load("test.yaml", text.as_bytes());
    let errors: Vec<_> = loaded.diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}\n{text}");
    loaded
}

fn asked(text: &str) -> HypergameAnswer {
    let loaded = read(text);
    let options = Options { list_limit: usize::MAX, ..Options::default() };
    let situation = loaded.situation.as_ref().expect("read");
    let answer = hypergame(&loaded.source, situation, &options, &Budget::default()).expect("no options");
    assert!(matches!(answer.completion, Completion::Complete));
    answer
}

// A literal model of the drawn situations: four issues of two values, each set by one party.

type Outcome = usize;

/// Whose issue each bit is, who likes what (statements as sets of outcomes, most important
/// first), and from or to what each does not move.
#[derive(Clone)]
struct Small {
    owner: [usize; 4],
    wishes: Vec<Vec<BTreeSet<Outcome>>>,
    barred: Vec<BTreeSet<Outcome>>,
}

impl Small {
    fn better(&self, party: usize, a: Outcome, b: Outcome) -> bool {
        let first = self.wishes[party].iter().find(|set| set.contains(&a) != set.contains(&b));
        first.is_some_and(|set| set.contains(&a))
    }

    fn moves(&self, party: usize, from: Outcome) -> Vec<Outcome> {
        let mine: Outcome = (0..4).filter(|i| self.owner[*i] == party).map(|i| 1 << i).sum();
        let seen = |at: &Outcome| !self.barred[party].contains(at);
        let to = (0..16).filter(|to| *to != from && (to ^ from) & !mine == 0).filter(seen);
        if seen(&from) { to.collect() } else { Vec::new() }
    }

    fn improvements(&self, party: usize, from: Outcome) -> Vec<Outcome> {
        self.moves(party, from).into_iter().filter(|to| self.better(party, *to, from)).collect()
    }

    fn replies(&self, party: usize, from: Outcome, credible: bool) -> BTreeSet<Outcome> {
        let mut met: BTreeSet<(Outcome, usize)> = BTreeSet::new();
        loop {
            let mut more = BTreeSet::new();
            let starts = std::iter::once((from, usize::MAX)).chain(met.iter().copied());
            for (at, last) in starts {
                for mover in (0..self.wishes.len()).filter(|m| *m != party && *m != last) {
                    let steps = if credible { self.improvements(mover, at) } else { self.moves(mover, at) };
                    more.extend(steps.into_iter().map(|to| (to, mover)));
                }
            }
            let before = met.len();
            met.extend(more);
            if met.len() == before {
                return met.into_iter().map(|(at, _)| at).collect();
            }
        }
    }

    /// Improvements that no reply deters.
    fn open(&self, concept: &str, party: usize, at: Outcome) -> Vec<Outcome> {
        let credible = concept.ends_with("SEQ");
        let symmetric = matches!(concept, "SSEQ" | "SMR");
        let no_better = |k: Outcome| !self.better(party, k, at);
        let deters = |k: &Outcome| no_better(*k) && (!symmetric || self.moves(party, *k).into_iter().all(no_better));
        let stopped = |q: &Outcome| concept != "R" && self.replies(party, *q, credible).iter().any(deters);
        self.improvements(party, at).into_iter().filter(|q| !stopped(q)).collect()
    }
}

/// A draw without a crate: the same on every machine.
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }

    /// Statements as text and as sets.
    fn wishes(&mut self) -> (String, Vec<BTreeSet<Outcome>>) {
        let mut texts = Vec::new();
        let mut sets = Vec::new();
        for _ in 0..3 {
            let (x, y) = (self.below(4), self.below(4));
            let (a, b) = (self.below(2), self.below(2));
            let word = |issue: usize, on: usize| if on == 1 { format!("i{issue}") } else { format!("not i{issue}") };
            texts.push(format!("{} & {}", word(x, a), word(y, b)));
            sets.push((0..16).filter(|o| o >> x & 1 == a && o >> y & 1 == b).collect());
        }
        (texts.join(", "), sets)
    }
}

/// One party's view by the definition.
#[derive(Clone)]
struct View {
    /// What it judges by: its own wishes and moves, and those that others have in the games
    /// that it takes them to believe to be in.
    judges: Small,
    /// The game in which it takes each party to be; its own for itself.
    games: Vec<Small>,
}

/// Beliefs as text, and what they make of a game for everybody who has them.
fn believed(draw: &mut Draw, indent: &str, (party, count): (usize, usize), base: &Small) -> (String, Small) {
    let (ids, mut game, mut text) = (["a", "b", "c"], base.clone(), String::new());
    let other = (party + 1 + draw.below(count - 1)) % count;
    let (words, sets) = draw.wishes();
    let _ = writeln!(text, "{indent}preferences: {{{}: {{priority: [{words}]}}}}", ids[other]);
    game.wishes[other] = sets;
    if draw.below(3) == 0 {
        let (x, y) = (draw.below(4), draw.below(4));
        let _ = writeln!(text, "{indent}impossible: [i{x} & i{y}]");
        let barred: Vec<Outcome> = (0..16).filter(|o| o >> x & 1 == 1 && o >> y & 1 == 1).collect();
        game.barred.iter_mut().for_each(|all| all.extend(barred.iter().copied()));
    }
    (text, game)
}

/// A situation of two or three parties in which some are wrong, some of them about the
/// beliefs of others, as text and as the literal models of the truth and of each view.
fn drawn(draw: &mut Draw) -> (String, Small, Vec<View>) {
    let count = 2 + draw.below(2);
    let ids = ["a", "b", "c"];
    let owner = [0, 1, draw.below(count), count - 1];
    let mut text = String::from("detente: 1\ntitle: Drawn\nparties: {a: A, b: B");
    text.push_str(if count == 3 { ", c: C}\nissues:\n" } else { "}\nissues:\n" });
    for (issue, party) in owner.iter().enumerate() {
        let _ = writeln!(text, "  i{issue}: {{set_by: {}}}", ids[*party]);
    }
    text.push_str("status_quo: {i0: no, i1: no, i2: no, i3: no}\npreferences:\n");
    let mut truth = Small { owner, wishes: Vec::new(), barred: vec![BTreeSet::new(); count] };
    for id in &ids[..count] {
        let (words, sets) = draw.wishes();
        let _ = writeln!(text, "  {id}: {{priority: [{words}]}}");
        truth.wishes.push(sets);
    }
    let plain = View { judges: truth.clone(), games: vec![truth.clone(); count] };
    let mut views = vec![plain; count];
    text.push_str("believes:\n");
    for (party, id) in ids[..count].iter().enumerate() {
        if party > 0 && draw.below(3) == 0 {
            continue;
        }
        let (words, own) = believed(draw, "    ", (party, count), &truth);
        let _ = write!(text, "  {id}:\n{words}");
        views[party] = View { judges: own.clone(), games: vec![own.clone(); count] };
        if draw.below(2) == 0 {
            continue;
        }
        let other = (party + 1 + draw.below(count - 1)) % count;
        let (words, game) = believed(draw, "        ", (other, count), &own);
        let _ = write!(text, "    believes:\n      {}:\n{words}", ids[other]);
        views[party].judges.wishes[other].clone_from(&game.wishes[other]);
        views[party].judges.barred[other].clone_from(&game.barred[other]);
        views[party].games[other] = game;
        views[party].games[party] = views[party].judges.clone();
    }
    (text, truth, views)
}

#[test]
fn drawn_hypergames_are_what_the_definition_says() {
    let mut draw = Draw(1977);
    let (mut mistaken, mut destroyed, mut surprises, mut second) = (0, 0, 0, 0);
    for _ in 0..500 {
        let (text, truth, views) = drawn(&mut draw);
        let judges: Vec<Small> = views.iter().map(|view| view.judges.clone()).collect();
        let answer = asked(&text);
        let profile = &answer.profiles[0];
        for (concept, shown) in CONCEPTS.iter().zip(&profile.concepts) {
            let stays = |game: &Small, party, at| game.open(concept, party, at).is_empty();
            let numbers = |keep: &dyn Fn(Outcome) -> bool| -> Vec<u32> {
                (0..16).filter(|o| keep(*o)).map(|o| o as u32 + 1).collect()
            };
            let holds = |at| (0..views.len()).all(|p| stays(&judges[p], p, at));
            let in_truth = |at| (0..views.len()).all(|p| stays(&truth, p, at));
            assert_eq!(shown.holds.outcomes, numbers(&holds), "{concept}\n{text}");
            assert_eq!(shown.by_mistake.outcomes, numbers(&|at| holds(at) && !in_truth(at)), "{concept}\n{text}");
            assert_eq!(shown.destroyed.outcomes, numbers(&|at| !holds(at) && in_truth(at)), "{concept}\n{text}");
            mistaken += shown.by_mistake.count;
            destroyed += shown.destroyed.count;
            for (party, view) in profile.views.iter().enumerate() {
                let equilibria = view.equilibria.iter().find(|s| s.concept == *concept).expect("listed");
                let games = &views[party].games;
                let all = |at| (0..views.len()).all(|p| stays(&games[p], p, at));
                assert_eq!(equilibria.outcomes, numbers(&all), "{concept} {}\n{text}", view.party);
                for other in &view.others {
                    let whose = ["a", "b", "c"].iter().position(|id| *id == other.party).expect("a party");
                    let equilibria = other.equilibria.iter().find(|s| s.concept == *concept).expect("listed");
                    let all = |at| (0..views.len()).all(|p| stays(&games[whose], p, at));
                    assert_eq!(equilibria.outcomes, numbers(&all), "{concept} {}\n{text}", view.party);
                    second += 1;
                }
            }
        }
        check_play(&answer, &truth, &judges, &text);
        surprises += profile.play.as_ref().expect("a status quo").surprise_count;
    }
    assert!(mistaken > 50 && destroyed > 50 && surprises > 50, "{mistaken} {destroyed} {surprises}");
    assert!(second > 500, "{second}");
}

/// Plays it out by the definition, as a set that grows until nothing is added.
fn check_play(answer: &HypergameAnswer, truth: &Small, views: &[Small], text: &str) {
    let play = answer.profiles[0].play.as_ref().expect("a status quo");
    let choices = |games: &[Small], party: usize, at: Outcome| -> Vec<Outcome> {
        let open = games[party].open("SEQ", party, at);
        let beaten = |q: &Outcome| open.iter().any(|other| games[party].better(party, *other, *q));
        let best: Vec<Outcome> = open.iter().copied().filter(|q| !beaten(q)).collect();
        best.into_iter().filter(|q| truth.moves(party, at).contains(q)).collect()
    };
    let ends = |games: &[Small]| -> BTreeSet<u32> {
        let mut met = BTreeSet::from([0]);
        let next = |at: Outcome| (0..games.len()).flat_map(move |p| choices(games, p, at)).collect::<Vec<_>>();
        loop {
            let more: BTreeSet<Outcome> = met.iter().flat_map(|at| next(*at)).collect();
            if more.is_subset(&met) {
                break;
            }
            met.extend(more);
        }
        met.into_iter().filter(|at| next(*at).is_empty()).map(|o| o as u32 + 1).collect()
    };
    assert_eq!(play.ends.iter().map(|e| e.outcome).collect::<BTreeSet<_>>(), ends(views), "{text}");
    let true_games = vec![truth.clone(); views.len()];
    assert_eq!(play.ends_without_mistakes.iter().copied().collect::<BTreeSet<_>>(), ends(&true_games), "{text}");
    let party: BTreeMap<&str, usize> = [("a", 0), ("b", 1), ("c", 2)].into();
    for end in &play.ends {
        let mut at = 0;
        for step in &end.steps {
            let mover = party[step.party.as_str()];
            assert!(choices(views, mover, at).contains(&(step.to as usize - 1)), "{text}");
            at = step.to as usize - 1;
        }
        assert_eq!(at as u32 + 1, end.outcome);
    }
    for surprise in &play.surprises {
        let (from, to, mover) =
            (surprise.from as usize - 1, surprise.step.to as usize - 1, party[surprise.step.party.as_str()]);
        for (id, view) in ["a", "b", "c"].iter().zip(views) {
            let expects = view.improvements(mover, from).contains(&to) || party[id] == mover;
            assert_eq!(surprise.surprised.iter().any(|s| s == id), !expects, "{id}\n{text}");
        }
    }
}

fn shipped(path: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    std::fs::read_to_string(format!("{root}/{path}")).expect("a shipped file")
}

/// The law: where nobody is wrong the hypergame is the game.
#[test]
fn without_beliefs_it_is_the_plain_answer() {
    for case in ["chicken", "cuban-missile-crisis", "elmira", "euphrates-1975", "syria-2013"] {
        let text = shipped(&format!("scenarios/{case}/scenario.yaml"));
        let loaded = read(&text);
        let options = Options { list_limit: usize::MAX, ..Options::default() };
        let situation = loaded.situation.as_ref().expect("read");
        let plain = stable(&loaded.source, situation, &options, &Budget::default()).expect("no options");
        let answer = asked(&text);
        assert!(answer.beliefs.is_empty());
        for (profile, plain) in answer.profiles.iter().zip(&plain.profiles) {
            for concept in &profile.concepts {
                assert_eq!(concept.holds.outcomes, plain.equilibria[&concept.concept], "{case}");
                assert_eq!((concept.by_mistake.count, concept.destroyed.count), (0, 0));
            }
            if let Some(play) = &profile.play {
                assert_eq!(play.surprise_count, 0, "{case}");
                let ends: Vec<u32> = play.ends.iter().map(|e| e.outcome).collect();
                assert_eq!(ends, play.ends_without_mistakes);
            }
        }
    }
}

/// A law: what a party does not say of others' beliefs it takes them to share, so that the
/// same beliefs said twice change nothing.
#[test]
fn beliefs_that_others_are_taken_to_share_change_nothing() {
    let base = shipped("docs/book/examples/misjudged.yaml");
    let mind = "    preferences:\n      traders: {priority: [strait == open, not embargo]}\n";
    assert!(base.ends_with(mind));
    let twice = format!("{base}    believes: {{traders: {{about: It sees what the coast sees., impossible: []}}}}\n");
    let (one, two) = (asked(&base), asked(&twice));
    for (a, b) in one.profiles.iter().zip(&two.profiles) {
        assert_eq!(format!("{:?}", a.concepts), format!("{:?}", b.concepts));
        assert_eq!(format!("{:?}", a.play), format!("{:?}", b.play));
        assert_eq!(format!("{:?}", a.views[0].equilibria), format!("{:?}", b.views[0].equilibria));
    }
    assert!(one.profiles[0].views[0].others.is_empty() && two.profiles[0].views[0].others.len() == 1);
}

/// Numbers that a party takes another to believe in decide which replies it fears: it judges
/// as in a text where the other's wishes stand with these numbers.
#[test]
fn replies_are_judged_by_the_numbers_that_their_maker_is_taken_to_believe_in() {
    let base = shipped("scenarios/syria-2013-bluff/scenario.yaml");
    let text = &base[..base.find("believes:").expect("beliefs")];
    let with = |beliefs: &str| format!("{text}believes:\n{beliefs}");
    let inner = asked(&with("  syria: {believes: {usa: {parameters: {backlash: 9}}}}\n"));
    let replaced = text.replace("add: -backlash", "add: -9");
    assert_ne!(replaced, text);
    let plain = asked(&replaced);
    let of = |answer: &HypergameAnswer| answer.profiles[0].views.iter().find(|v| v.party == "syria").cloned();
    let (inner_view, plain_view) = (of(&inner).expect("a party"), of(&plain).expect("a party"));
    assert_eq!(inner_view.stable, plain_view.stable);
    assert_eq!(inner_view.status_quo, plain_view.status_quo);
    assert_eq!(
        asked(&with("  syria: {about: Nothing., impossible: []}\n")).profiles[0]
            .play
            .as_ref()
            .map(|p| p.ends[0].outcome),
        Some(2)
    );
}

/// The worked case: the deal holds in truth, and is lost by what Syria thinks of Washington.
#[test]
fn the_threat_that_is_taken_for_a_bluff() {
    let answer = asked(&shipped("scenarios/syria-2013-bluff/scenario.yaml"));
    assert_eq!(answer.situation.mistaken, ["syria"]);
    let profile = &answer.profiles[0];
    let concept = |symbol: &str| profile.concepts.iter().find(|c| c.concept == symbol).expect("a concept");
    for symbol in ["SEQ", "SSEQ"] {
        assert_eq!(concept(symbol).destroyed.outcomes, [2], "{symbol}");
    }
    let play = profile.play.as_ref().expect("a status quo");
    assert_eq!(play.ends.iter().map(|e| e.outcome).collect::<Vec<_>>(), [3]);
    assert_eq!(play.ends_without_mistakes, [2]);
    assert_eq!(play.surprises.iter().map(|s| (s.from, s.step.to)).collect::<Vec<_>>(), [(1, 3)]);
    assert_eq!(play.surprises[0].movers, ["syria"]);
}

/// Types, numbers and preferences of a real case, against texts with the belief in place.
#[test]
fn a_belief_about_a_number_and_a_type() {
    let base = shipped("scenarios/syria-2013/scenario.yaml");
    let with = format!("{base}\nbelieves:\n  usa: {{types: {{syria: yielding}}, parameters: {{us_will: -1}}}}\n");
    let loaded = load("x.yaml", base.as_bytes());
    let situation = loaded.situation.expect("read");
    let syria = situation.party("syria").expect("a party");
    let kinds: Vec<String> = situation.preferences[syria.index()].types.iter().filter_map(|t| t.id.clone()).collect();
    let with = with.replace("syria: yielding", &format!("syria: {}", kinds[0]));
    let answer = asked(&with);
    // In the eyes of the United States every combination is the first type, with that number.
    let options = Options {
        list_limit: usize::MAX,
        fixed: vec![("us_will".to_owned(), "-1".parse().expect("a number"))],
        ..Options::default()
    };
    let plain = stable(&loaded.source, &situation, &options, &Budget::default()).expect("a parameter");
    for profile in &answer.profiles {
        let view = profile.views.iter().find(|v| v.party == "usa").expect("a party");
        assert!(view.mistaken);
        for set in &view.equilibria {
            assert_eq!(set.outcomes, plain.profiles[0].equilibria[&set.concept]);
        }
    }
}

#[test]
fn beliefs_print_and_read_back() {
    let text = shipped("docs/book/examples/misjudged.yaml");
    let extended = text.replace("believes:\n", "parameters: {k: 1..3}\nbelieves:\n  traders:\n    parameters: {k: {low: 1, likely: 1.5, high: 2, about: Low.}}\n    impossible: [{when: strait == closed & embargo, about: Out of the question.}]\n    believes:\n      coast: {about: It thinks so., parameters: {k: 2}, preferences: {traders: {priority: [embargo]}}}\n");
    let situation = read(&extended).situation.expect("read");
    let printed = print_scenario(&situation);
    let again = read(&printed).situation.expect("read");
    assert_eq!(again.beliefs.len(), 2);
    assert!(again.beliefs.iter().any(|belief| belief.believes.len() == 1));
    assert_eq!(print_scenario(&again), printed);
    assert_eq!(asked(&printed).profiles[0].concepts.len(), 5);
}

#[test]
fn a_move_without_consent_is_refused() {
    let text = "detente: 1\ntitle: A treaty\nparties: {a: A, b: B}\nissues: {treaty: {set_by: [a, b]}}\n\
                status_quo: {treaty: no}\npreferences: {a: {priority: [treaty]}, b: {priority: [not treaty]}}\n\
                believes: {a: {preferences: {b: {priority: [treaty]}}}}\n";
    let answer = asked(text);
    let play = answer.profiles[0].play.as_ref().expect("a status quo");
    assert_eq!(play.ends.iter().map(|e| e.outcome).collect::<Vec<_>>(), [1], "it stays as it is");
    assert!(play.surprises.iter().any(|s| s.refused && s.step.party == "a"));
    let loaded = read(text);
    let structure = Structure::new(loaded.situation.as_ref().expect("read"), &Budget::default()).expect("small");
    assert!(structure.needs_consent());
}
