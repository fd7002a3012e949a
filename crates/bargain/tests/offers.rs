//! Negotiations by strategies against literal replays of the rules, and laws that hold.

#![allow(clippy::float_cmp, reason = "the same computation gives the same number")]

use detente_bargain::offers::tactics::concession;
use detente_bargain::offers::{
    Acceptance, Act, Bound, Course, Ending, Imitation, Limits, Mediated, Mediation, ModelKind, Offering, PackageCode,
    Record, Rules, Scenario, SelfPlay, Space, Starts, Strategy, Talks, Voice, Yardstick, alternate, mediate, payoffs,
    rank_correlation, tournament,
};
use detente_bargain::{Negotiation, Party, frontier};
use detente_base::{Budget, Exact, Pcg, StopReason};

/// Worths are whole numbers, of which few are equal if `range` is large.
fn random(rng: &mut Pcg, parties: usize, range: u32) -> Negotiation {
    let sizes: Vec<u32> = (0..2 + rng.below(3)).map(|_| 2 + rng.below(3)).collect();
    let party = |at: usize, rng: &mut Pcg| Party {
        name: format!("party {at}"),
        worths: sizes
            .iter()
            .map(|size| (0..*size).map(|_| Exact::from(i64::from(rng.below(range)))).collect())
            .collect(),
        reservation: Exact::from(i64::from(rng.below(range))),
    };
    Negotiation::new((0..parties).map(|at| party(at, rng)).collect()).expect("sound")
}

/// Two parties that divide a cake into so many pieces.
fn cake(pieces: i64) -> Negotiation {
    let party = |name: &str, worths: Vec<i64>| Party {
        name: name.into(),
        worths: vec![worths.into_iter().map(Exact::from).collect()],
        reservation: Exact::ZERO,
    };
    let first: Vec<i64> = (0..=pieces).collect();
    let second = first.iter().rev().copied().collect();
    Negotiation::new(vec![party("first", first), party("second", second)]).expect("sound")
}

fn space(negotiation: &Negotiation) -> Space {
    Space::new(negotiation, &Budget::default()).expect("few packages")
}

fn aspiration(exponent: f64) -> Strategy {
    Strategy::new(Offering::Aspiration { exponent, opening: 0.0 })
}

fn every_offering() -> Vec<Offering> {
    vec![
        Offering::Aspiration { exponent: 0.25, opening: 0.0 },
        Offering::Aspiration { exponent: 1.0, opening: 0.2 },
        Offering::Aspiration { exponent: 4.0, opening: 0.0 },
        Offering::TitForTat(Imitation::Relative { lag: 1 }),
        Offering::TitForTat(Imitation::Absolute { lag: 1, noise: 0.0 }),
        Offering::TitForTat(Imitation::Absolute { lag: 2, noise: 0.1 }),
        Offering::TitForTat(Imitation::Averaged { window: 3 }),
        Offering::Micro,
        Offering::Hybrid,
        Offering::Random,
        Offering::Tough,
    ]
}

fn any_strategy(rng: &mut Pcg) -> Strategy {
    let offerings = every_offering();
    let next = || Acceptance::Next { factor: 1.0, gap: 0.0 };
    let acceptance = match rng.below(7) {
        0 => Acceptance::Constant(0.7),
        1 => Acceptance::Time(0.8),
        2 => Acceptance::Combined { from: 0.5, bound: Bound::BestInWindow },
        3 => Acceptance::Combined { from: 0.5, bound: Bound::MeanInWindow },
        4 => Acceptance::Any(vec![
            next(),
            Acceptance::Combined { from: 0.9, bound: Bound::BestSoFar },
            Acceptance::Combined { from: 0.9, bound: Bound::Constant(0.5) },
        ]),
        5 => Acceptance::All(vec![next(), Acceptance::Constant(0.3)]),
        _ => next(),
    };
    let model = match rng.below(3) {
        0 => Some(ModelKind::Frequency),
        1 => Some(ModelKind::Bayesian),
        _ => None,
    };
    Strategy { offering: offerings[rng.below(offerings.len() as u32) as usize], acceptance, model }
}

fn course(space: &Space, strategies: &[Strategy], rounds: u32, seed: u64) -> Course {
    let talks = Talks { space, strategies, rounds, first: (seed % 2) as usize, seed };
    alternate(&talks, Record::Turns, &Budget::default()).expect("no limits")
}

/// The rules of the protocol, read from the record alone.
fn replayed(course: &Course, parties: usize, rounds: u32, first: usize) -> (Ending, u32) {
    let mut standing: Option<(PackageCode, usize)> = None;
    let mut willing: Vec<usize> = Vec::new();
    for (at, turn) in course.turns.iter().enumerate() {
        assert_eq!(turn.round as usize, at / parties);
        assert_eq!(turn.party, (first + at) % parties);
        match turn.act {
            Act::Offer(package) => (standing, willing) = (Some((package, turn.party)), vec![turn.party]),
            Act::Accept => {
                assert!(!willing.contains(&turn.party), "nobody accepts twice, or its own offer");
                willing.push(turn.party);
            }
            Act::End => {
                assert_eq!(at + 1, course.turns.len());
                return (Ending::Ended { by: turn.party }, turn.round);
            }
        }
        if let Some((package, by)) = standing.filter(|_| willing.len() == parties) {
            assert_eq!(at + 1, course.turns.len());
            return (Ending::Agreement { package, by }, turn.round);
        }
    }
    assert_eq!(course.turns.len(), rounds as usize * parties);
    (Ending::Deadline, rounds - 1)
}

#[test]
fn every_course_keeps_the_rules_and_the_reservations() {
    let mut endings = [0; 3];
    for seed in 0..3_000 {
        let mut rng = Pcg::new(seed);
        let parties = 2 + rng.below(3) as usize;
        let negotiation = random(&mut rng, parties, 30);
        let limits = Limits { listed: if seed % 3 == 0 { 0 } else { 1 << 20 }, half: 2 + rng.below(100) as usize };
        let space = Space::with_limits(&negotiation, limits, &Budget::default()).expect("few packages");
        let strategies: Vec<Strategy> = (0..parties).map(|_| any_strategy(&mut rng)).collect();
        let rounds = 1 + rng.below(40);
        let course = course(&space, &strategies, rounds, seed);
        let (ending, round) = replayed(&course, parties, rounds, (seed % 2) as usize);
        assert_eq!((course.ending, course.round), (ending, round), "seed {seed}");
        let enough = |party: usize, package| {
            negotiation.worths(&space.package(package))[party] >= negotiation.parties()[party].reservation
        };
        for turn in &course.turns {
            if let Act::Offer(package) = turn.act {
                assert!(enough(turn.party, package), "seed {seed}: {strategies:?}");
            }
        }
        match ending {
            Ending::Agreement { package, .. } => {
                endings[0] += 1;
                assert!((0..parties).all(|party| enough(party, package)), "seed {seed}");
            }
            Ending::Ended { by } => {
                endings[1] += 1;
                let best = &negotiation.stakes().ideals[by];
                assert!(*best < negotiation.parties()[by].reservation, "only those without room end: seed {seed}");
            }
            Ending::Deadline => endings[2] += 1,
        }
        let offers = course.turns.iter().filter(|turn| matches!(turn.act, Act::Offer(_))).count();
        assert_eq!(course.offers, offers as u64);
    }
    assert!(endings.iter().all(|count| *count > 40), "{endings:?}");
}

/// Two parties that concede with time, by the formula, looking at every package.
fn literal_aspiration(negotiation: &Negotiation, exponents: [f64; 2], rounds: u32) -> Option<Vec<(usize, Vec<i64>)>> {
    let mut all: Vec<Vec<u32>> = vec![Vec::new()];
    for size in negotiation.sizes() {
        all = all.iter().flat_map(|p| (0..*size as u32).map(|v| p.iter().copied().chain([v]).collect())).collect();
    }
    let whole = |worth: &Exact| worth.as_integer().expect("whole");
    let worths: Vec<Vec<i64>> = all.iter().map(|p| negotiation.worths(p).iter().map(whole).collect()).collect();
    for party in 0..2 {
        let mut own: Vec<i64> = worths.iter().map(|both| both[party]).collect();
        own.sort_unstable();
        own.dedup();
        if own.len() < worths.len() || own[own.len() - 1] < whole(&negotiation.parties()[party].reservation) {
            return None;
        }
    }
    let mut offers: Vec<(usize, Vec<i64>)> = Vec::new();
    for round in 0..rounds {
        let time = if rounds == 1 { 1.0 } else { f64::from(round) / f64::from(rounds - 1) };
        for party in 0..2 {
            let own = |both: &&Vec<i64>| both[party];
            let best = worths.iter().map(|both| both[party]).max()?;
            let least = worths.iter().map(|both| both[party]).min()?;
            let floor = whole(&negotiation.parties()[party].reservation).max(least);
            let given = concession(time, exponents[party], 0.0) * (best - floor) as f64;
            let wanted = worths.iter().filter(|both| (best - both[party]) as f64 <= given && both[party] >= floor);
            let next = wanted.min_by_key(own)?;
            if offers.last().is_some_and(|(_, standing)| standing[party] >= next[party]) {
                return Some(offers);
            }
            offers.push((party, next.clone()));
        }
    }
    Some(offers)
}

#[test]
fn conceding_with_time_is_what_the_formula_says() {
    let mut compared = 0;
    for seed in 0..2_000 {
        let mut rng = Pcg::new(seed);
        let negotiation = random(&mut rng, 2, 4_000);
        let exponents = [0, 1].map(|_| [0.1, 0.25, 0.5, 1.0, 2.0, 4.0][rng.below(6) as usize]);
        let rounds = 1 + rng.below(30);
        let Some(expected) = literal_aspiration(&negotiation, exponents, rounds) else { continue };
        let limits = Limits { listed: if seed % 2 == 0 { 0 } else { 1 << 20 }, ..Limits::default() };
        let space = Space::with_limits(&negotiation, limits, &Budget::default()).expect("few packages");
        let strategies = exponents.map(aspiration);
        let talks = Talks { space: &space, strategies: &strategies, rounds, first: 0, seed };
        let course = alternate(&talks, Record::Turns, &Budget::default()).expect("no limits");
        let offers: Vec<(usize, Vec<i64>)> = course
            .turns
            .iter()
            .filter_map(|turn| match turn.act {
                Act::Offer(package) => {
                    let worths = negotiation.worths(&space.package(package));
                    Some((turn.party, worths.iter().map(|worth| worth.as_integer().expect("whole")).collect()))
                }
                Act::Accept | Act::End => None,
            })
            .collect();
        assert_eq!(offers, expected, "seed {seed}");
        let agreed = matches!(course.ending, Ending::Agreement { .. });
        assert_eq!(agreed, expected.len() < rounds as usize * 2, "seed {seed}");
        compared += 1;
    }
    assert!(compared > 800, "{compared}");
}

#[test]
fn tough_parties_agree_on_nothing_but_what_is_best_for_both() {
    for seed in 0..200 {
        let mut rng = Pcg::new(seed);
        let negotiation = random(&mut rng, 2, if seed % 2 == 0 { 3 } else { 400 });
        let space = space(&negotiation);
        let course = course(&space, &[Strategy::new(Offering::Tough), Strategy::new(Offering::Tough)], 20, seed);
        let ideal = negotiation.stakes().ideals;
        if let Ending::Agreement { package, .. } = course.ending {
            assert_eq!(negotiation.worths(&space.package(package)), ideal, "seed {seed}");
        }
    }
    let course = course(&space(&cake(10)), &[Strategy::new(Offering::Tough), Strategy::new(Offering::Tough)], 50, 0);
    assert_eq!((course.ending, course.offers, course.time), (Ending::Deadline, 100, 1.0));
}

#[test]
fn a_cake_is_divided_by_who_concedes() {
    // Both concede evenly: they meet in the middle; who concedes late gets more.
    let space = space(&cake(100));
    let had = |strategies: [Strategy; 2]| {
        let talks = Talks { space: &space, strategies: &strategies, rounds: 101, first: 0, seed: 0 };
        let course = alternate(&talks, Record::Ending, &Budget::default()).expect("no limits");
        payoffs(&space, &[1.0, 1.0], course.ending, course.time)
    };
    assert_eq!(had([Strategy::linear(), Strategy::linear()]), [50.0, 50.0]);
    assert_eq!(had([Strategy::boulware(), Strategy::tough()]), [0.0, 100.0]);
    // t⁴ + t^¼ = 1 at t = 0.592, where the first has conceded 12.3.
    assert_eq!(had([Strategy::boulware(), Strategy::conceder()]), [88.0, 12.0]);
    // A party that waits for half a cake gets it when the other has conceded so much.
    let waiting = Strategy { acceptance: Acceptance::Constant(0.5), ..Strategy::tough() };
    assert_eq!(had([waiting, Strategy::linear()]), [50.0, 50.0]);
    // Time alone accepts anything.
    let tired = Strategy { acceptance: Acceptance::Time(0.3), ..Strategy::tough() };
    assert_eq!(had([tired, Strategy::tough()]), [0.0, 100.0]);
}

#[test]
fn micro_offers_as_many_different_packages_as_the_other() {
    let mut agreed = 0;
    for seed in 0..600 {
        let mut rng = Pcg::new(seed);
        let negotiation = random(&mut rng, 2, 40);
        let space = space(&negotiation);
        let strategies = [Strategy::new(Offering::Micro), Strategy::new(Offering::Micro)];
        let course = course(&space, &strategies, 400, seed);
        let mut offered: [Vec<(Exact, PackageCode)>; 2] = [Vec::new(), Vec::new()];
        for turn in &course.turns {
            let Act::Offer(package) = turn.act else { continue };
            let worth = negotiation.worths(&space.package(package))[turn.party].clone();
            let own = &mut offered[turn.party];
            if own.iter().all(|(_, other)| *other != package) {
                assert!(own.last().is_none_or(|(last, _)| *last >= worth), "seed {seed}");
                own.push((worth, package));
            }
            assert!(offered[0].len().abs_diff(offered[1].len()) <= 1, "seed {seed}");
        }
        if let Ending::Agreement { package, by } = course.ending {
            agreed += 1;
            // Nobody accepts less than the least that it has offered or would offer next.
            let acceptor = 1 - by;
            let worth = negotiation.worths(&space.package(package))[acceptor].clone();
            let mut all: Vec<Exact> = (0..space.package_count() as u32)
                .map(|at| {
                    let mut rest = at;
                    let value = |size: &usize| {
                        let value = rest % *size as u32;
                        rest /= *size as u32;
                        value
                    };
                    let package: Vec<u32> = space.sizes().iter().map(value).collect();
                    negotiation.worths(&package)[acceptor].clone()
                })
                .collect();
            all.sort_unstable_by(|a, b| b.cmp(a));
            let next = all.get(offered[acceptor].len()).unwrap_or(&all[all.len() - 1]);
            assert!(worth >= *next, "seed {seed}");
        }
    }
    assert!(agreed > 200, "{agreed}");
    // Against one that never moves, it goes one step and repeats these two for ever.
    let space = space(&cake(10));
    let course = course(&space, &[Strategy::new(Offering::Micro), Strategy::tough()], 30, 0);
    let mut offers: Vec<f64> = course
        .turns
        .iter()
        .filter_map(|turn| match turn.act {
            Act::Offer(package) if turn.party == 0 => Some(space.worth(0, package)),
            _ => None,
        })
        .collect();
    assert_eq!((course.ending, &offers[..2]), (Ending::Deadline, &[10.0, 9.0][..]));
    offers.sort_by(f64::total_cmp);
    offers.dedup();
    assert_eq!(offers, [9.0, 10.0]);
}

#[test]
fn tit_for_tat_gives_what_it_gets() {
    let space = space(&cake(100));
    let own = |imitation, other: Strategy| {
        let strategies = [other, Strategy::new(Offering::TitForTat(imitation))];
        let talks = Talks { space: &space, strategies: &strategies, rounds: 21, first: 0, seed: 3 };
        let course = alternate(&talks, Record::Turns, &Budget::default()).expect("no limits");
        let offer = |turn: &detente_bargain::offers::Turn| match turn.act {
            Act::Offer(package) if turn.party == 1 => Some(space.worth(1, package)),
            _ => None,
        };
        course.turns.iter().filter_map(offer).collect::<Vec<f64>>()
    };
    // The other gives five pieces a round; so does it, until both meet.
    let absolute = own(Imitation::Absolute { lag: 1, noise: 0.0 }, Strategy::linear());
    assert_eq!(absolute[..4], [100.0, 95.0, 90.0, 85.0]);
    // Anything after nothing is everything in proportion: it takes the second offer.
    assert_eq!(own(Imitation::Relative { lag: 1 }, Strategy::linear()), [100.0]);
    // Nothing is given for nothing.
    assert!(own(Imitation::Absolute { lag: 1, noise: 0.0 }, Strategy::tough()).iter().all(|worth| *worth == 100.0));
}

#[test]
fn the_same_seed_gives_the_same_course() {
    let mut different = 0;
    for seed in 0..100 {
        let mut rng = Pcg::new(seed);
        let negotiation = random(&mut rng, 3, 50);
        let space = space(&negotiation);
        let strategies: Vec<Strategy> = (0..3).map(|_| any_strategy(&mut rng)).collect();
        let (once, again) = (course(&space, &strategies, 30, seed), course(&space, &strategies, 30, seed));
        assert_eq!((once.ending, once.turns.clone()), (again.ending, again.turns));
        let other = course(&space, &strategies, 30, seed + 2_000);
        if strategies.iter().any(Strategy::draws) {
            different += usize::from(other.turns != once.turns);
        } else {
            assert_eq!(other.turns, once.turns, "nobody draws: seed {seed}");
        }
    }
    assert!(different > 15, "{different}");
}

#[test]
fn models_learn_what_the_other_likes_and_cost_nothing() {
    for kind in [ModelKind::Frequency, ModelKind::Bayesian] {
        let (mut total, mut count, mut gains, mut agreements) = (0.0, 0.0, [0.0, 0.0], 0.0);
        for seed in 0..300 {
            let mut rng = Pcg::new(seed);
            let negotiation = random(&mut rng, 2, 30);
            let space = space(&negotiation);
            let with = Strategy { model: Some(kind), ..Strategy::linear() };
            let learned = course(&space, &[with.clone(), Strategy::linear()], 100, 0);
            let plain = course(&space, &[Strategy::linear(), Strategy::linear()], 100, 0);
            if let Some(model) = &learned.models[0][1]
                && learned.offers > 20
                && let Some(correlation) = rank_correlation(&space, 1, model)
            {
                total += correlation;
                count += 1.0;
            }
            assert!(learned.models[1][0].is_none() && learned.models[0][0].is_none());
            let had = [&learned, &plain].map(|course| payoffs(&space, &[1.0, 1.0], course.ending, course.time)[0]);
            if let (Ending::Agreement { .. }, Ending::Agreement { .. }) = (learned.ending, plain.ending) {
                agreements += 1.0;
                gains[0] += had[0];
                gains[1] += had[1];
            }
        }
        let mean = total / count;
        assert!(count > 100.0 && mean > 0.4, "{kind:?}: {mean} over {count}");
        assert!(agreements > 100.0 && gains[0] > gains[1], "{kind:?}: {gains:?} over {agreements}");
    }
}

#[test]
fn discounts_and_disagreement_count_at_the_end() {
    let mut negotiation = cake(10).parties().to_vec();
    negotiation[1].reservation = Exact::from(4);
    let space = space(&Negotiation::new(negotiation).expect("sound"));
    let ends = payoffs(&space, &[0.5, 0.25], Ending::Deadline, 1.0);
    assert_eq!(ends, [0.0, 1.0]);
    let package = space.code(&[2]);
    let agreed = payoffs(&space, &[0.25, 1.0], Ending::Agreement { package, by: 0 }, 0.5);
    assert_eq!(agreed, [1.0, 8.0]);
}

#[test]
fn a_single_text_climbs_until_nobody_can_be_helped_by_one_change() {
    let (mut settled, mut signed) = (0, 0);
    for seed in 0..500 {
        let mut rng = Pcg::new(seed);
        let negotiation = random(&mut rng, 2 + (seed % 3) as usize, 12);
        let space = space(&negotiation);
        let worths = |package| negotiation.worths(&space.package(package));
        for mediation in [Mediation::HillClimbing, Mediation::Vote] {
            let mediated = Mediated { space: &space, mediation, start: None, rounds: 200, seed };
            let found = mediate(&mediated, Record::Turns, &Budget::default()).expect("no limits");
            assert_eq!(found, mediate(&mediated, Record::Turns, &Budget::default()).expect("no limits"));
            let mut text = found.start;
            for draft in &found.drafts {
                let before = text.map_or_else(
                    || negotiation.parties().iter().map(|party| party.reservation.clone()).collect(),
                    worths,
                );
                let now = worths(draft.package);
                let says = |(now, before): (&Exact, &Exact)| match now.cmp(before) {
                    std::cmp::Ordering::Less => Voice::Against,
                    std::cmp::Ordering::Equal => Voice::Indifferent,
                    std::cmp::Ordering::Greater => Voice::For,
                };
                assert_eq!(draft.voices, now.iter().zip(&before).map(says).collect::<Vec<_>>());
                if let (Some(text), Mediation::HillClimbing) = (text, mediation) {
                    let (a, b) = (space.package(text), space.package(draft.package));
                    assert_eq!(a.iter().zip(&b).filter(|(a, b)| a != b).count(), 1);
                }
                let better = now.iter().zip(&before).all(|(a, b)| a >= b) && now != before;
                assert_eq!(draft.is_adopted(), better);
                text = if better { Some(draft.package) } else { text };
            }
            assert_eq!(found.text, text);
            let enough = |text| worths(text).iter().zip(negotiation.parties()).all(|(w, p)| *w >= p.reservation);
            assert_eq!(found.signed, text.is_some_and(enough));
            signed += usize::from(found.signed);
            if found.settled {
                settled += 1;
                let text = found.text.expect("a text");
                let here = worths(text);
                for issue in 0..space.sizes().len() {
                    for value in 0..space.sizes()[issue] as u32 {
                        let mut package = space.package(text);
                        package[issue] = value;
                        let there = negotiation.worths(&package);
                        assert!(there == here || there.iter().zip(&here).any(|(a, b)| a < b), "seed {seed}");
                    }
                }
            }
        }
    }
    assert!(settled > 400 && signed > 100, "{settled} {signed}");
}

fn scenario(negotiation: &Negotiation) -> Scenario {
    let found = frontier(negotiation, &Budget::default()).expect("few packages");
    let yardstick = Some(Yardstick::new(negotiation, &found));
    Scenario { space: space(negotiation), discounts: vec![1.0; negotiation.parties().len()], yardstick }
}

#[test]
fn places_are_measured_from_the_frontier() {
    for seed in 0..100 {
        let mut rng = Pcg::new(seed);
        let negotiation = random(&mut rng, 2 + (seed % 2) as usize, 9);
        let Scenario { space, yardstick, .. } = scenario(&negotiation);
        let yardstick = yardstick.expect("there is one");
        let packages: Vec<Vec<u32>> = (0..space.package_count() as usize)
            .map(|at| {
                let mut rest = at;
                let value = |size: &usize| {
                    let value = rest % size;
                    rest /= size;
                    value as u32
                };
                space.sizes().iter().map(value).collect()
            })
            .collect();
        let worths: Vec<Vec<Exact>> = packages.iter().map(|package| negotiation.worths(package)).collect();
        let efficient = |at: usize| {
            let here = &worths[at];
            !worths.iter().any(|other| other != here && other.iter().zip(here).all(|(a, b)| a >= b))
        };
        let shares = |at: usize| -> Vec<f64> {
            (0..space.parties()).map(|party| space.share(party, space.code(&packages[at]))).collect()
        };
        let distance = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
        for (at, package) in packages.iter().enumerate().take(20) {
            let place = yardstick.place(&space, space.code(package));
            assert_eq!(place.efficient, efficient(at), "seed {seed}");
            let nearest = (0..packages.len())
                .filter(|other| efficient(*other))
                .map(|other| distance(&shares(at), &shares(other)))
                .min_by(f64::total_cmp)
                .expect("some are efficient");
            assert!((place.frontier_distance - nearest).abs() < 1e-12, "seed {seed}");
        }
    }
}

#[test]
fn tournaments_fill_every_seat_and_do_not_depend_on_threads() {
    let mut rng = Pcg::new(3);
    let scenarios = [scenario(&random(&mut rng, 2, 30)), scenario(&random(&mut rng, 3, 30)), scenario(&cake(20))];
    let entrants = [Strategy::boulware(), Strategy::conceder(), Strategy::new(Offering::Micro), Strategy::tough()];
    let rules = Rules { rounds: 60, repetitions: 3, self_play: SelfPlay::With, starts: Starts::Each, seed: 5 };
    let played = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| tournament(&scenarios, &entrants, &rules, &Budget::default()).expect("no limits"))
    };
    let standings = played(1);
    assert_eq!(standings, played(4));
    assert_eq!(standings.matches.len(), 16 * 2 + 64 * 3 + 16 * 2);
    for played in &standings.matches {
        let draws = played.seats.iter().any(|at| entrants[*at].draws());
        assert_eq!(played.repetitions, if draws { 3 } else { 1 });
    }
    for score in &standings.scores {
        let own: Vec<f64> = standings
            .matches
            .iter()
            .filter(|played| played.seats.contains(&score.strategy))
            .map(|played| {
                let own = played.seats.iter().zip(&played.worths).filter(|(at, _)| **at == score.strategy);
                own.clone().map(|(_, worth)| worth).sum::<f64>() / own.count() as f64
            })
            .collect();
        assert!((score.own.mean - own.iter().sum::<f64>() / own.len() as f64).abs() < 1e-9);
        assert_eq!(score.matches, own.len() as u64);
        assert!(score.own.low <= score.own.mean && score.own.mean <= score.own.high);
    }
    assert!(standings.scores.is_sorted_by(|a, b| a.own.mean >= b.own.mean));
    assert!(standings.pairs.iter().flatten().all(Option::is_some));
    let without = Rules { self_play: SelfPlay::Without, starts: Starts::First, ..rules };
    let standings = tournament(&scenarios, &entrants, &without, &Budget::default()).expect("no limits");
    assert_eq!(standings.matches.len(), 12 + 24 + 12);
    assert!((0..4).all(|at| standings.pairs[at][at].is_none()));
}

#[test]
fn budgets_end_what_is_too_long() {
    let space = space(&cake(10));
    let stopped = Budget::default();
    stopped.stopper.stop();
    let strategies = [Strategy::tough(), Strategy::tough()];
    let talks = Talks { space: &space, strategies: &strategies, rounds: 10, first: 0, seed: 0 };
    assert_eq!(alternate(&talks, Record::Ending, &stopped).err(), Some(StopReason::Interrupted));
    let mediated = Mediated { space: &space, mediation: Mediation::Vote, start: None, rounds: 10, seed: 0 };
    assert_eq!(mediate(&mediated, Record::Ending, &stopped).err(), Some(StopReason::Interrupted));
    let many = vec![Strategy::tough(); 3_000];
    let rules = Rules { rounds: 1, repetitions: 1, self_play: SelfPlay::With, starts: Starts::Each, seed: 0 };
    let found = tournament(&[scenario(&cake(3))], &many, &rules, &Budget::default());
    assert!(matches!(found, Err(StopReason::TooManyCases { .. })));
    let wide = Party { name: "one".into(), worths: vec![vec![Exact::ZERO; 10]; 40], reservation: Exact::ZERO };
    let wide = Negotiation::new(vec![wide]).expect("sound");
    assert!(matches!(Space::new(&wide, &Budget::default()), Err(StopReason::TooManyStates { .. })));
}
