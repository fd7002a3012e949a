//! Frontiers over real numbers, against linear programmes that are solved one by one.

use detente_bargain::continuous::{Chosen, Continuum, ContinuumError, Curve, Mark, Spot, Stretch, chosen_on, curve};
use detente_bargain::{Negotiation, Party, Solution, Stakes, frontier};
use detente_base::{Budget, Exact, Pcg, StopReason};

type Worths = [Exact; 2];

fn exact(number: i64) -> Exact {
    Exact::from(number)
}

fn below(random: &mut Pcg, n: u32) -> i64 {
    i64::from(random.below(n))
}

/// Issues with values, by value and party.
fn listed(random: &mut Pcg) -> Vec<Vec<Worths>> {
    let worth = |random: &mut Pcg| exact(below(random, 9) - 3);
    let issue = |random: &mut Pcg| (0..=random.below(3)).map(|_| [worth(random), worth(random)]).collect();
    (0..random.below(3)).map(|_| issue(random)).collect()
}

/// Worths that are linear between whole numbers; some jump there, to a worth that is no less
/// than those beside it.
fn stretches(random: &mut Pcg) -> Vec<Stretch> {
    let worth = |random: &mut Pcg| exact(below(random, 11) - 4);
    let mark = |at: i64, worths: &Worths| Mark { at: exact(at), worths: worths.clone() };
    let mut found = Vec::new();
    let mut start = [worth(random), worth(random)];
    for at in 0..=below(random, 3) {
        let end = [worth(random), worth(random)];
        found.push(Stretch { from: mark(at, &start), to: mark(at + 1, &end) });
        start = end;
        if random.below(4) == 0 {
            let after = [worth(random), worth(random)];
            let top = [0, 1].map(|party: usize| start[party].clone().max(after[party].clone()));
            found.push(Stretch { from: mark(at + 1, &top), to: mark(at + 1, &top) });
            start = after;
        }
    }
    found
}

struct Model {
    listed: Vec<Vec<Worths>>,
    real: Vec<Vec<Stretch>>,
    reservations: Worths,
}

impl Model {
    fn random(seed: u64) -> Self {
        let mut random = Pcg::new(seed);
        let real = (0..=random.below(3)).map(|_| stretches(&mut random)).collect();
        let reservations = [0, 1].map(|_| exact(below(&mut random, 12) - 8));
        Self { listed: listed(&mut random), real, reservations }
    }

    fn continuum(&self) -> Continuum {
        let party = |party: usize| Party {
            name: party.to_string(),
            worths: self.listed.iter().map(|values| values.iter().map(|w| w[party].clone()).collect()).collect(),
            reservation: self.reservations[party].clone(),
        };
        let listed = Negotiation::new(vec![party(0), party(1)]).expect("issues have values");
        Continuum::new(listed, self.real.clone()).expect("two parties")
    }

    fn curve(&self) -> Curve {
        curve(&self.continuum(), &Budget::default()).expect("a small model")
    }

    /// For each way to choose a value or a stretch of every issue, the ends between which
    /// worths of each issue can be mixed.
    fn mixtures(&self) -> Vec<Vec<[Worths; 2]>> {
        let values = self.listed.iter().map(|values| values.iter().map(|w| [w.clone(), w.clone()]).collect());
        let ends = |stretch: &Stretch| [stretch.from.worths.clone(), stretch.to.worths.clone()];
        let real = self.real.iter().map(|stretches| stretches.iter().map(ends).collect());
        let issues: Vec<Vec<[Worths; 2]>> = values.chain(real).collect();
        let mut found = vec![Vec::new()];
        for issue in issues {
            let longer = |chosen: &Vec<[Worths; 2]>| {
                issue.iter().map(|piece| [chosen.clone(), vec![piece.clone()]].concat()).collect::<Vec<_>>()
            };
            found = found.iter().flat_map(longer).collect();
        }
        found
    }

    /// The most that a party can have if the other has this at least: a knapsack of parts, each
    /// moved from the best end for the party towards the other, cheapest first.
    fn most(&self, party: usize, least: &Exact) -> Option<Exact> {
        self.mixtures().iter().filter_map(|mixture| most_of(mixture, party, least)).max()
    }

    fn is_efficient(&self, worths: &Worths) -> bool {
        self.most(1, &worths[0]).as_ref() == Some(&worths[1]) && self.most(0, &worths[1]).as_ref() == Some(&worths[0])
    }

    /// All sums of worths that the numbers of a spot can have: two stretches meet at their ends.
    fn sums(&self, values: &[u32], numbers: &[Exact]) -> Vec<Worths> {
        let mut found = vec![[Exact::ZERO, Exact::ZERO]];
        let plus = |a: &Worths, b: &Worths| [&a[0] + &b[0], &a[1] + &b[1]];
        for (issue, value) in self.listed.iter().zip(values) {
            found = found.iter().map(|sum| plus(sum, &issue[*value as usize])).collect();
        }
        for (issue, number) in self.real.iter().zip(numbers) {
            let at = |stretch: &Stretch| {
                let (low, high) = (&stretch.from, &stretch.to);
                let share = (number - &low.at).checked_div(&(&high.at - &low.at)).unwrap_or_default();
                (low.at <= *number && *number <= high.at)
                    .then(|| [0, 1].map(|p| &low.worths[p] + &(&(&high.worths[p] - &low.worths[p]) * &share)))
            };
            found = issue
                .iter()
                .filter_map(at)
                .flat_map(|w| found.iter().map(move |s| plus(s, &w)).collect::<Vec<_>>())
                .collect();
        }
        found
    }
}

fn most_of(mixture: &[[Worths; 2]], party: usize, least: &Exact) -> Option<Exact> {
    let other = 1 - party;
    let (mut own, mut theirs) = (Exact::ZERO, Exact::ZERO);
    // What moving a part costs the party, and gives the other one.
    let mut moves: Vec<(Exact, Exact)> = Vec::new();
    for [a, b] in mixture {
        let key = |end: &Worths| (end[party].clone(), end[other].clone());
        let (best, rest) = if key(a) >= key(b) { (a, b) } else { (b, a) };
        own = &own + &best[party];
        theirs = &theirs + &best[other];
        let (cost, gift) = (&best[party] - &rest[party], &rest[other] - &best[other]);
        if gift > Exact::ZERO {
            moves.push((cost, gift));
        }
    }
    moves.sort_by(|a, b| (&a.0 * &b.1).cmp(&(&b.0 * &a.1)));
    for (cost, gift) in moves {
        let missing = least - &theirs;
        if missing <= Exact::ZERO {
            break;
        }
        let share = missing.checked_div(&gift).expect("above zero").min(Exact::ONE);
        own = &own - &(&cost * &share);
        theirs = &theirs + &(&gift * &share);
    }
    (theirs >= *least).then_some(own)
}

/// Whether efficient worths of a curve are these.
fn has(curve: &Curve, worths: &Worths) -> bool {
    curve.segments().iter().any(|segment| {
        let (from, to) = (&segment.from.worths, &segment.to.worths);
        let turn =
            &(&(&worths[0] - &from[0]) * &(&to[1] - &from[1])) - &(&(&worths[1] - &from[1]) * &(&to[0] - &from[0]));
        let on =
            turn.is_zero() && to[0] <= worths[0] && worths[0] <= from[0] && from[1] <= worths[1] && worths[1] <= to[1];
        let open = (worths == from && !segment.from_efficient) || (worths == to && !segment.to_efficient);
        on && !open
    })
}

#[test]
fn curves_are_what_linear_programmes_find() {
    let (mut open, mut several) = (0, 0);
    for seed in 0..1_500 {
        let model = Model::random(seed);
        let found = model.curve();
        let told = |worths: &Worths| format!("seed {seed}: {} {}", worths[0], worths[1]);
        for segment in found.segments() {
            assert_eq!(
                model.is_efficient(&segment.from.worths),
                segment.from_efficient,
                "{}",
                told(&segment.from.worths)
            );
            assert_eq!(model.is_efficient(&segment.to.worths), segment.to_efficient, "{}", told(&segment.to.worths));
            for part in [Exact::ratio(1, 1_000), Exact::ratio(1, 2), Exact::ratio(999, 1_000)] {
                let spot = segment.at(&part);
                assert!(segment.is_point() || model.is_efficient(&spot.worths), "{}", told(&spot.worths));
                assert!(
                    model.sums(&found.values(&spot), &spot.numbers).contains(&spot.worths),
                    "{}",
                    told(&spot.worths)
                );
            }
            for spot in [&segment.from, &segment.to] {
                assert!(
                    model.sums(&found.values(spot), &spot.numbers).contains(&spot.worths),
                    "{}",
                    told(&spot.worths)
                );
            }
            open += u32::from(!segment.from_efficient || !segment.to_efficient);
        }
        several += u32::from(found.segments().len() > 3);
        // What is efficient at a random height is on the curve.
        let mut random = Pcg::new(seed + 1_000_000);
        for _ in 0..8 {
            let least = Exact::ratio(below(&mut random, 240) - 80, 1 + below(&mut random, 7));
            let Some(second) = model.most(1, &least) else { continue };
            let first = model.most(0, &second).expect("somebody has it");
            let worths = [first, second];
            assert!(has(&found, &worths), "{} is missing", told(&worths));
        }
        for pair in found.segments().windows(2) {
            assert!(pair[0].to.worths[0] >= pair[1].from.worths[0] && pair[0].to.worths[1] <= pair[1].from.worths[1]);
        }
    }
    assert!(open > 100 && several > 150, "{open} open ends, {several} long curves");
}

/// Scores of which the greatest is chosen.
fn score(solution: Solution, stakes: &Stakes, worths: &Worths) -> Vec<Exact> {
    let gains = [0, 1].map(|party| &worths[party] - &stakes.reservations[party]);
    let least = |numbers: Vec<Exact>| numbers.into_iter().min().into_iter().collect::<Vec<_>>();
    match solution {
        Solution::Nash => vec![&gains[0] * &gains[1]],
        Solution::Egalitarian => least(gains.to_vec()),
        Solution::Leximin => {
            let mut gains = gains.to_vec();
            gains.sort();
            gains
        }
        Solution::KalaiSmorodinsky => {
            let share = |p: usize| gains[p].checked_div(&(&stakes.ideals[p] - &stakes.reservations[p]));
            least([0, 1].into_iter().filter_map(share).collect())
        }
        Solution::Utilitarian => vec![&worths[0] + &worths[1]],
    }
}

#[test]
fn no_point_of_the_zone_is_better_than_those_chosen() {
    let (mut along, mut inside) = (0, 0);
    for seed in 0..1_500 {
        let model = Model::random(seed);
        let found = model.curve();
        let stakes = model.continuum().stakes();
        let ideals = [0, 1].map(|party| model.most(party, &exact(-1_000)).expect("a package"));
        assert_eq!(stakes.ideals, ideals, "seed {seed}");
        let zone = found.zone(&stakes);
        for segment in &zone {
            assert!(stakes.allow(&segment.from.worths) && stakes.allow(&segment.to.worths), "seed {seed}");
        }
        for solution in Solution::ALL {
            let chosen = chosen_on(solution, &stakes, &found);
            assert_eq!(chosen.is_empty(), zone.is_empty(), "seed {seed}");
            let spots = chosen.iter().flat_map(|chosen| match chosen {
                Chosen::At(spot) => vec![spot.clone()],
                Chosen::Between(from, to) => vec![from.clone(), to.clone()],
            });
            let spots: Vec<Spot> = spots.collect();
            along += u32::from(chosen.iter().any(|chosen| matches!(chosen, Chosen::Between(..))));
            inside += u32::from(spots.iter().any(|spot| found.vertices().iter().all(|v| v.worths != spot.worths)));
            let scores: Vec<Vec<Exact>> = spots.iter().map(|spot| score(solution, &stakes, &spot.worths)).collect();
            assert!(scores.windows(2).all(|pair| pair[0] == pair[1]), "seed {seed}: {solution:?} ties");
            for spot in &spots {
                assert!(stakes.allow(&spot.worths) && has(&found, &spot.worths), "seed {seed}: {solution:?}");
            }
            for (at, segment) in zone.iter().enumerate() {
                for step in 0..=40 {
                    let spot = segment.at(&Exact::ratio(step, 40));
                    let other = score(solution, &stakes, &spot.worths);
                    assert!(scores.iter().all(|best| *best >= other), "seed {seed}: {solution:?} at segment {at}");
                    let tie = scores.first() == Some(&other) && has(&found, &spot.worths);
                    let told = chosen.iter().any(|chosen| match chosen {
                        Chosen::At(own) => own.worths == spot.worths,
                        Chosen::Between(from, to) => to.worths[0] <= spot.worths[0] && spot.worths[0] <= from.worths[0],
                    });
                    assert!(!tie || told, "seed {seed}: {solution:?} ties at segment {at} and is not told");
                }
            }
        }
    }
    assert!(along > 20 && inside > 200, "{along} ties along a segment, {inside} inside");
}

/// Numbers that are values only give the frontier of values.
#[test]
fn single_numbers_are_values() {
    for seed in 0..300 {
        let mut model = Model::random(seed);
        for issue in &mut model.real {
            issue.iter_mut().for_each(|stretch| stretch.to = stretch.from.clone());
        }
        let found = model.curve();
        let mut party_worths: [Vec<Vec<Exact>>; 2] = [Vec::new(), Vec::new()];
        for (party, worths) in party_worths.iter_mut().enumerate() {
            worths.extend(model.listed.iter().map(|values| values.iter().map(|w| w[party].clone()).collect()));
            worths.extend(model.real.iter().map(|s| s.iter().map(|s| s.from.worths[party].clone()).collect()));
        }
        let party =
            |worths: &Vec<Vec<Exact>>| Party { name: "p".into(), worths: worths.clone(), reservation: Exact::ZERO };
        let negotiation = Negotiation::new(party_worths.iter().map(party).collect()).expect("issues have values");
        let expected = frontier(&negotiation, &Budget::default()).expect("a small model");
        assert!(found.segments().iter().all(detente_bargain::continuous::Segment::is_point), "seed {seed}");
        let points: Vec<Vec<Exact>> = expected.points().map(|point| point.worths.clone()).collect();
        let vertices: Vec<Vec<Exact>> = found.vertices().iter().map(|spot| spot.worths.to_vec()).collect();
        assert_eq!(vertices, points, "seed {seed}");
    }
}

/// Cutting a stretch in two changes nothing, and parties that change places mirror the curve.
#[test]
fn cuts_and_places_do_not_matter() {
    let ends = |curve: &Curve| -> Vec<(Worths, bool, Worths, bool)> {
        let of = |s: &detente_bargain::continuous::Segment| {
            (s.from.worths.clone(), s.from_efficient, s.to.worths.clone(), s.to_efficient)
        };
        curve.segments().iter().map(of).collect()
    };
    for seed in 0..400 {
        let model = Model::random(seed);
        let found = model.curve();
        let swap = |worths: &Worths| [worths[1].clone(), worths[0].clone()];
        let mirrored = Model {
            listed: model.listed.iter().map(|values| values.iter().map(swap).collect()).collect(),
            real: (model.real.iter())
                .map(|issue| {
                    let mark = |mark: &Mark| Mark { at: mark.at.clone(), worths: swap(&mark.worths) };
                    issue.iter().map(|s| Stretch { from: mark(&s.from), to: mark(&s.to) }).collect()
                })
                .collect(),
            reservations: swap(&model.reservations),
        };
        let mut back: Vec<_> = ends(&mirrored.curve()).iter().map(|(a, x, b, y)| (swap(b), *y, swap(a), *x)).collect();
        back.reverse();
        let spots = |all: &[(Worths, bool, Worths, bool)]| {
            // Segments on one line may be cut in other places.
            all.iter().flat_map(|(a, x, b, y)| [(a.clone(), *x), (b.clone(), *y)]).collect::<Vec<_>>()
        };
        for (worths, efficient) in spots(&back) {
            assert_eq!(has(&found, &worths), efficient, "seed {seed}");
        }
        let mut cut =
            Model { listed: model.listed.clone(), real: Vec::new(), reservations: model.reservations.clone() };
        for issue in &model.real {
            let halves = issue.iter().flat_map(|s| {
                let middle = Mark {
                    at: s.from.at.midpoint(&s.to.at),
                    worths: [0, 1].map(|party: usize| s.from.worths[party].midpoint(&s.to.worths[party])),
                };
                [Stretch { from: s.from.clone(), to: middle.clone() }, Stretch { from: middle, to: s.to.clone() }]
            });
            cut.real.push(halves.collect());
        }
        let again = cut.curve();
        for (worths, efficient) in spots(&ends(&again)) {
            assert_eq!(has(&found, &worths), efficient, "seed {seed}");
        }
        for (worths, efficient) in spots(&ends(&found)) {
            assert_eq!(has(&again, &worths), efficient, "seed {seed}");
        }
    }
}

#[test]
fn limits_and_faults_are_told() {
    let model = Model::random(7);
    let continuum = model.continuum();
    let budget = Budget { states: 1, ..Budget::default() };
    assert!(matches!(curve(&continuum, &budget), Err(StopReason::TooManyStates { .. })));
    let stopped = Budget::default();
    stopped.stopper.stop();
    assert_eq!(curve(&continuum, &stopped).unwrap_err(), StopReason::Interrupted);
    let party = Party { name: "p".into(), worths: Vec::new(), reservation: Exact::ZERO };
    let three = Negotiation::new(vec![party.clone(), party.clone(), party.clone()]).expect("no issues");
    assert_eq!(Continuum::new(three, Vec::new()).unwrap_err(), ContinuumError::NotTwo { parties: 3 });
    let two = Negotiation::new(vec![party.clone(), party]).expect("no issues");
    assert_eq!(Continuum::new(two, vec![Vec::new()]).unwrap_err(), ContinuumError::NoStretch { issue: 0 });
}
