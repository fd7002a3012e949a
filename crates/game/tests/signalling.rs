//! Criteria for messages that nobody sends: published answers, and beliefs on a fine grid.

mod support;

use detente_base::{Budget, Exact, Pcg};
use detente_game::catalog::{beer_quiche, education, kuhn_poker, selten_horse, trust};
use detente_game::lemke::several;
use detente_game::signalling::{Criterion, Exclusion, NotSignalling, Refined, SignallingGame, Untested};
use detente_game::table::extreme_equilibria;
use detente_game::{Behaviour, Mover, PlayerId, ReducedForm, SequenceForm, Tree, TreeBuilder};
use support::{bluff, exact};

const ALL: [Criterion; 3] = [Criterion::Intuitive, Criterion::EquilibriumDominance, Criterion::D1];

fn tested(tree: &Tree, behaviour: &Behaviour, criterion: Criterion) -> Refined {
    let game = SignallingGame::new(tree).expect("a signalling game");
    game.tested((tree, behaviour), criterion, &Budget::default()).expect("an equilibrium")
}

fn behaviour(tree: &Tree, probabilities: &str) -> Behaviour {
    let all = probabilities.split_whitespace().map(exact).collect();
    Behaviour::new(tree, all).expect("probabilities")
}

#[test]
fn quiche_fails_and_beer_passes() {
    let tree = beer_quiche(&exact("9/10")).expect("a tree");
    for duels in ["1/2 1/2", "3/4 1/4", "1 0"] {
        let beer = behaviour(&tree, &format!("0 0 1 0 1 0 0 1 {duels}"));
        let quiche = behaviour(&tree, &format!("0 0 0 1 0 1 {duels} 0 1"));
        for criterion in ALL {
            let found = tested(&tree, &beer, criterion);
            assert!(found.survives());
            assert_eq!(found.payoffs, [exact("3"), exact("2")]);
            assert_eq!(found.messages[0].kept, [1], "only wimps would have quiche");
            let found = tested(&tree, &quiche, criterion);
            assert!(!found.survives());
            assert_eq!(found.messages[0].gains, [(0, Exact::ONE)], "the surly would have 3 instead of 2");
        }
    }
}

#[test]
fn evidence_tells_why_quiche_fails() {
    let tree = beer_quiche(&exact("9/10")).expect("a tree");
    let quiche = behaviour(&tree, "0 0 0 1 0 1 1/2 1/2 0 1");
    let found = tested(&tree, &quiche, Criterion::Intuitive);
    let [test] = found.messages.as_slice() else { panic!("beer is not had") };
    assert_eq!(test.excluded, [(1, Exclusion::Dominated { reply: 1, gain: exact("-1") })]);
    // A duel and none are best together under one belief.
    let [face] = test.faces.as_slice() else { panic!("one face: {:?}", test.faces) };
    assert_eq!(face.replies, [0, 1]);
    assert_eq!(face.belief, [exact("1/2"), exact("1/2")]);
    assert_eq!(face.range[0], [exact("1/2"), exact("1/2")]);
    assert_eq!(test.kept_faces[0].replies, [1]);
    assert_eq!(test.support, None);
    let found = tested(&tree, &quiche, Criterion::D1);
    assert!(matches!(found.messages[0].excluded[..], [(1, Exclusion::LessKeen { than: 0, .. })]));
}

/// Levels that the able and the less able choose; wages are the mean productivity where the
/// level is chosen, else 1.
fn schooling(tree: &Tree, levels: usize, chosen: [usize; 2]) -> Behaviour {
    let mut all = vec![Exact::ZERO; tree.action_count()];
    let wages = (tree.action_count() - 2 - 2 * levels) / levels;
    chosen.iter().enumerate().for_each(|(own, level)| all[2 + own * levels + level] = Exact::ONE);
    for level in 0..levels {
        let wage = match chosen.map(|own| own == level) {
            [true, true] => (wages - 1) / 2,
            [true, false] => wages - 1,
            _ => 0,
        };
        all[2 + 2 * levels + level * wages + wage] = Exact::ONE;
    }
    Behaviour::new(tree, all).expect("probabilities")
}

#[test]
fn only_the_least_costly_separation_passes_d1() {
    // Levels of 1/4 each: the able need four to be told apart.
    let tree = education(&exact("1/2"), 6, 4).expect("a tree");
    let verdicts = |chosen| {
        let behaviour = schooling(&tree, 7, chosen);
        ALL.map(|criterion| tested(&tree, &behaviour, criterion).survives())
    };
    assert_eq!(verdicts([4, 0]), [true, true, true]);
    // The less able could have from e = 1 just what they have: not less, so only D1 tells.
    assert_eq!(verdicts([5, 0]), [true, true, false]);
    assert_eq!(verdicts([6, 0]), [false, false, false]);
    for level in [0, 1, 2] {
        assert!(!verdicts([level, level])[2], "both choose {level}");
    }
    // Not far enough to be told apart.
    let game = SignallingGame::new(&tree).expect("a signalling game");
    let near = schooling(&tree, 7, [3, 0]);
    let found = game.tested((&tree, &near), Criterion::D1, &Budget::default());
    assert!(matches!(found, Err(Untested::NotEquilibrium(_))));
}

#[test]
fn messages_that_end_the_game_are_not_answered() {
    let tree = bluff("0.3");
    let game = SignallingGame::new(&tree).expect("a signalling game");
    assert_eq!((game.types.len(), game.messages.len(), game.unanswered.len()), (2, 1, 2));
    // Everybody threatens with chance above zero: there is nothing to ask.
    let found = several(&tree, 4, &Budget::default()).expect("equilibria");
    let found = tested(&tree, found.found[0].assessment.behaviour(), Criterion::D1);
    assert!(found.messages.is_empty() && found.survives());
    assert_eq!(found.payoffs, [exact("7/15"), Exact::ZERO]);
}

#[test]
fn other_games_are_refused() {
    let refused = |tree: &Tree| SignallingGame::new(tree).expect_err("it is none");
    assert_eq!(refused(&selten_horse().expect("a tree")), NotSignalling::Players(3));
    assert_eq!(refused(&trust().expect("a tree")), NotSignalling::NoDraw);
    assert!(matches!(refused(&kuhn_poker(3).expect("a tree")), NotSignalling::TypeUnseen { .. }));
}

/// A signalling game with payoffs from −3 to 3.
fn random_game(rng: &mut Pcg, types: usize, messages: usize, replies: usize) -> Tree {
    let mut builder = TreeBuilder::new("", &["sender", "receiver"]);
    let names = |count: usize| (0..count).map(|at| at.to_string()).collect::<Vec<_>>();
    let chances = vec![Exact::ratio(1, types as i64); types];
    let draw = builder.chance_set("", &names(types), &chances);
    let own: Vec<_> = (0..types).map(|_| builder.infoset(Mover::Player(PlayerId(0)), "", &names(messages))).collect();
    let seen: Vec<_> =
        (0..messages).map(|_| builder.infoset(Mover::Player(PlayerId(1)), "", &names(replies))).collect();
    builder.decision(draw);
    for set in own {
        builder.decision(set);
        for answer in &seen {
            builder.decision(*answer);
            for _ in 0..replies {
                builder.terminal((0..2).map(|_| Exact::from(i64::from(rng.below(7)) - 3)).collect());
            }
        }
    }
    builder.build().expect("a tree")
}

fn equilibria(tree: &Tree) -> Vec<Behaviour> {
    let form = SequenceForm::new(tree).expect("nobody forgets");
    let reduced = ReducedForm::new(tree, form, &Budget::default()).expect("it is small");
    let all = extreme_equilibria(&reduced.game, &Budget::default()).expect("no limit");
    all.equilibria.iter().map(|found| reduced.behaviour(tree, &found.strategies)).collect()
}

/// Chances of the first of two types.
fn beliefs(on: &[usize]) -> Vec<Exact> {
    if let [only] = on {
        return vec![if *only == 0 { Exact::ONE } else { Exact::ZERO }];
    }
    // Differences of worths are whole numbers up to 6: ties are at a / (a + b).
    (1..=12_i64).flat_map(|below| (0..=below).map(move |above| Exact::ratio(above, below))).collect()
}

/// What the criteria say of a message, from beliefs on a grid that holds every belief at
/// which two replies are equally good, and mixtures of two replies on one that holds every
/// mixture at which a type is indifferent.
struct Grid<'g> {
    /// For each type and reply what the sender gains, and what the receiver gets.
    gains: [Vec<Exact>; 2],
    receiver: &'g [Vec<Exact>],
}

impl Grid<'_> {
    /// Mixtures that are best under some belief on types.
    fn best(&self, on: &[usize]) -> Vec<Vec<Exact>> {
        let replies = self.gains[0].len();
        let mut all: Vec<Vec<Exact>> = Vec::new();
        for belief in beliefs(on) {
            let worth = |reply: usize| {
                &(&belief * &self.receiver[0][reply]) + &(&(&Exact::ONE - &belief) * &self.receiver[1][reply])
            };
            let most = (0..replies).map(worth).max().expect("a reply");
            let best: Vec<usize> = (0..replies).filter(|reply| worth(*reply) == most).collect();
            let of = |a: usize, b: usize, weight: &Exact| {
                let mut mixture = vec![Exact::ZERO; replies];
                mixture[a] = weight.clone();
                mixture[b] = &mixture[b] + &(&Exact::ONE - weight);
                mixture
            };
            for a in &best {
                all.push(of(*a, *a, &Exact::ZERO));
                for b in best.iter().filter(|b| *b > a) {
                    all.extend(self.weights(*a, *b).iter().map(|weight| of(*a, *b, weight)));
                }
            }
        }
        all
    }

    /// Where a type is indifferent between a mixture and what it has, and points between.
    fn weights(&self, a: usize, b: usize) -> Vec<Exact> {
        let zero = |own: &Vec<Exact>| (-&own[b]).checked_div(&(&own[a] - &own[b]));
        let inside = |weight: &Exact| weight.signum() >= 0 && *weight <= Exact::ONE;
        let mut all: Vec<Exact> = self.gains.iter().filter_map(zero).filter(inside).collect();
        all.extend([Exact::ZERO, Exact::ONE]);
        all.sort();
        let between: Vec<Exact> = all.windows(2).map(|pair| pair[0].midpoint(&pair[1])).collect();
        all.extend(between);
        all
    }

    fn gain(&self, own: usize, mixture: &[Exact]) -> Exact {
        self.gains[own].iter().zip(mixture).map(|(gain, likely)| gain * likely).sum()
    }

    fn survives(&self, criterion: Criterion) -> (Vec<usize>, bool) {
        let best = self.best(&[0, 1]);
        let out = |own: usize| match criterion {
            Criterion::D1 => {
                let keener = best.iter().any(|mixture| self.gain(1 - own, mixture).signum() > 0);
                let welcome = |mixture: &&Vec<Exact>| self.gain(own, mixture).signum() >= 0;
                keener && best.iter().filter(welcome).all(|mixture| self.gain(1 - own, mixture).signum() > 0)
            }
            _ => best.iter().all(|mixture| self.gain(own, mixture).signum() < 0),
        };
        let mut kept: Vec<usize> = (0..2).filter(|own| !out(*own)).collect();
        if kept.is_empty() {
            kept = vec![0, 1];
        }
        let best = self.best(&kept);
        let survives = match criterion {
            Criterion::Intuitive => !(0..2).any(|own| best.iter().all(|mixture| self.gain(own, mixture).signum() > 0)),
            _ => best.iter().any(|mixture| (0..2).all(|own| self.gain(own, mixture).signum() <= 0)),
        };
        (kept, survives)
    }
}

/// Mixtures of two replies are all that matters for generic payoffs; with more tied replies at
/// a belief, mixtures of three may keep both types away where no two do.
fn ties_of_three(receiver: &[Vec<Exact>]) -> bool {
    let replies = receiver[0].len();
    (0..replies).any(|a| {
        (a + 1..replies).any(|b| {
            (b + 1..replies).any(|c| {
                let minus = |own: usize, x: usize, y: usize| &receiver[own][x] - &receiver[own][y];
                &minus(0, b, a) * &minus(1, c, a) == &minus(0, c, a) * &minus(1, b, a)
            })
        })
    })
}

#[test]
fn random_games_of_two_types_agree_with_a_grid() {
    let mut rng = Pcg::new(3);
    let mut seen = [[0; 2]; 3];
    for _ in 0..150 {
        let replies = 2 + rng.below(2) as usize;
        let tree = random_game(&mut rng, 2, 2, replies);
        let game = SignallingGame::new(&tree).expect("a signalling game");
        for behaviour in equilibria(&tree) {
            let payoffs = game.payoffs(&tree, &behaviour);
            for (at, criterion) in ALL.into_iter().enumerate() {
                let found = game.tested((&tree, &behaviour), criterion, &Budget::default()).expect("an equilibrium");
                for test in &found.messages {
                    let message = &game.messages[test.message];
                    if ties_of_three(&message.receiver) {
                        continue;
                    }
                    let gains =
                        [0, 1].map(|own| message.sender[own].iter().map(|worth| worth - &payoffs[own]).collect());
                    let grid = Grid { gains, receiver: &message.receiver };
                    let (kept, survives) = grid.survives(criterion);
                    assert_eq!(test.kept, kept, "{criterion:?}: {test:?}");
                    let alone = Refined { messages: vec![test.clone()], ..found.clone() };
                    assert_eq!(alone.survives(), survives, "{criterion:?}: {test:?}");
                    seen[at][usize::from(survives)] += 1;
                }
            }
        }
    }
    assert!(seen.iter().flatten().all(|count| *count > 20), "few games of a kind: {seen:?}");
}

/// Replies and beliefs that are given as evidence are what they are said to be.
#[test]
fn evidence_holds_with_three_types() {
    let mut rng = Pcg::new(8);
    let (mut supported, mut failed, mut stronger) = (0, 0, 0);
    for _ in 0..60 {
        let tree = random_game(&mut rng, 3, 2, 3);
        let game = SignallingGame::new(&tree).expect("a signalling game");
        for behaviour in equilibria(&tree) {
            let all = ALL.map(|criterion| tested(&tree, &behaviour, criterion));
            let [intuitive, dominance, d1] = all.each_ref().map(Refined::survives);
            assert!(intuitive || !dominance, "what fails the weaker fails the stronger");
            assert!(dominance || !d1, "what is dominated is less keen");
            stronger += usize::from(dominance && !d1);
            for (found, test) in all.iter().flat_map(|found| found.messages.iter().map(move |test| (found, test))) {
                let message = &game.messages[test.message];
                let Some(support) = &test.support else {
                    failed += 1;
                    continue;
                };
                supported += 1;
                let dot = |a: &[Exact], b: &[Exact]| a.iter().zip(b).map(|(a, b)| a * b).sum::<Exact>();
                let worth = |reply: usize| {
                    let column: Vec<Exact> = message.receiver.iter().map(|own| own[reply].clone()).collect();
                    dot(&column, &support.belief)
                };
                let best = (0..3).map(worth).max().expect("a reply");
                assert!((0..3).all(|reply| support.mixture[reply].is_zero() || worth(reply) == best));
                assert!((0..3).all(|own| support.belief[own].is_zero() || test.kept.contains(&own)));
                assert!((0..3).all(|own| dot(&message.sender[own], &support.mixture) <= found.payoffs[own]));
            }
        }
    }
    assert!(supported > 50 && failed > 50 && stronger > 5, "{supported} {failed} {stronger}");
}
