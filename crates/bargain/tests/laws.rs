//! Frontiers, points and labels against trying every package, and laws that hold.

use detente_bargain::{
    Frontier, FrontierPoint, Negotiation, Party, Solution, chosen, frontier, standings, zone_frontier,
};
use detente_base::{Budget, Exact, Pcg, StopReason};
use num_bigint::BigUint;

fn random(rng: &mut Pcg, parties: usize) -> Negotiation {
    let sizes: Vec<u32> = (0..=rng.below(5)).map(|_| 1 + rng.below(4)).collect();
    let fine = rng.below(2) == 0;
    let party = |at: usize, rng: &mut Pcg| Party {
        name: format!("party {at}"),
        worths: sizes
            .iter()
            .map(|size| {
                let worth = |rng: &mut Pcg| {
                    let units = i64::from(rng.below(if fine { 1_000 } else { 7 })) - 2;
                    Exact::ratio(units, 1 + i64::from(rng.below(3)))
                };
                (0..*size).map(|_| worth(rng)).collect()
            })
            .collect(),
        reservation: Exact::ratio(i64::from(rng.below(9)) - 3, 2),
    };
    Negotiation::new((0..parties).map(|at| party(at, rng)).collect()).expect("sound")
}

fn packages(negotiation: &Negotiation) -> Vec<Vec<u32>> {
    let mut all: Vec<Vec<u32>> = vec![Vec::new()];
    for size in negotiation.sizes() {
        all = all
            .iter()
            .flat_map(|start| (0..*size as u32).map(|value| start.iter().copied().chain([value]).collect()))
            .collect();
    }
    all
}

fn no_less(a: &[Exact], b: &[Exact]) -> bool {
    a.iter().zip(b).all(|(a, b)| a >= b)
}

/// The efficient packages with their worths, by the definition.
fn efficient(negotiation: &Negotiation) -> Vec<(Vec<u32>, Vec<Exact>)> {
    let all: Vec<(Vec<u32>, Vec<Exact>)> =
        packages(negotiation).into_iter().map(|package| (package.clone(), negotiation.worths(&package))).collect();
    let dominated = |worths: &[Exact]| all.iter().any(|(_, other)| other != worths && no_less(other, worths));
    all.iter().filter(|(_, worths)| !dominated(worths)).cloned().collect()
}

fn each(mut check: impl FnMut(u64, &Negotiation, &Frontier)) {
    for seed in 0..600 {
        let mut rng = Pcg::new(seed);
        let negotiation = random(&mut rng, 1 + (seed % 5) as usize);
        let found = frontier(&negotiation, &Budget::default()).expect("few packages");
        check(seed, &negotiation, &found);
    }
}

#[test]
fn frontiers_are_the_efficient_packages() {
    let mut several = 0;
    each(|seed, negotiation, found| {
        let efficient = efficient(negotiation);
        assert_eq!(found.package_count(), BigUint::from(efficient.len()), "seed {seed}");
        let mut worths: Vec<Vec<Exact>> = efficient.iter().map(|(_, worths)| worths.clone()).collect();
        worths.sort_unstable_by(|a, b| b.cmp(a));
        worths.dedup();
        assert_eq!(found.points().map(|point| point.worths.clone()).collect::<Vec<_>>(), worths, "seed {seed}");
        for (at, point) in found.points().enumerate() {
            assert_eq!(negotiation.worths(&found.package(at)), point.worths, "seed {seed}");
            let same = efficient.iter().filter(|(_, worths)| *worths == point.worths).count();
            assert_eq!(point.packages, BigUint::from(same), "seed {seed}");
            for (issue, size) in negotiation.sizes().iter().enumerate() {
                let value = seed as u32 % *size as u32;
                let with = efficient.iter().filter(|(p, worths)| *worths == point.worths && p[issue] == value).count();
                assert_eq!(found.packages_with(issue, value)[at], BigUint::from(with), "seed {seed}");
            }
            several += usize::from(same > 1);
        }
    });
    assert!(several > 20, "{several}");
}

/// What is dropped on the way to the zone is nothing of it: its points, packages and the
/// values in them are the same.
#[test]
fn the_zone_is_the_part_of_the_frontier_that_is_in_it() {
    let (mut part, mut empty) = (0, 0);
    each(|seed, negotiation, found| {
        let stakes = negotiation.stakes();
        let zone = zone_frontier(negotiation, &Budget::default()).expect("few packages");
        let expected: Vec<usize> =
            found.points().enumerate().filter(|(_, point)| stakes.in_zone(point)).map(|(at, _)| at).collect();
        let points: Vec<&FrontierPoint> = found.points().filter(|point| stakes.in_zone(point)).collect();
        assert_eq!(zone.points().collect::<Vec<_>>(), points, "seed {seed}");
        for (at, of_all) in expected.iter().enumerate() {
            assert_eq!(zone.package(at), found.package(*of_all), "seed {seed}");
        }
        let all = zone.occurrences(|_| true);
        assert_eq!(all, found.occurrences(|point| stakes.in_zone(point)), "seed {seed}");
        empty += usize::from(points.is_empty());
        part += usize::from(!points.is_empty() && points.len() < found.points().len());
    });
    assert!(empty > 20 && part > 20, "{empty} {part}");
    // Reservations far beyond all worths, on both sides.
    let party = |reservation: &str| Party {
        name: reservation.into(),
        worths: vec![vec![Exact::ZERO, Exact::ONE]],
        reservation: reservation.parse().expect("a number"),
    };
    let points = |reservation: String| {
        let negotiation = Negotiation::new(vec![party(&reservation), party("1")]).expect("sound");
        zone_frontier(&negotiation, &Budget::default()).expect("few packages").points().len()
    };
    assert_eq!((points(format!("1{}", "0".repeat(40))), points(format!("-1{}", "0".repeat(40)))), (0, 1));
}

#[test]
fn standings_count_the_packages_in_the_zone() {
    each(|seed, negotiation, found| {
        let in_zone = |worths: &[Exact]| {
            worths.iter().zip(negotiation.parties()).all(|(worth, party)| *worth >= party.reservation)
        };
        let zone: Vec<Vec<u32>> =
            efficient(negotiation).into_iter().filter(|(_, worths)| in_zone(worths)).map(|(p, _)| p).collect();
        for (issue, values) in standings(&negotiation.stakes(), found).iter().enumerate() {
            for (value, standing) in values.iter().enumerate() {
                let with = zone.iter().filter(|package| package[issue] as usize == value).count();
                assert_eq!((&standing.with, &standing.of), (&with.into(), &zone.len().into()), "seed {seed}");
            }
        }
    });
}

/// What is chosen is the best of all packages in the zone, not only of the efficient
/// ones; and every other point of the zone is worse.
#[test]
fn solutions_are_the_best_in_the_zone() {
    let mut empty = 0;
    each(|seed, negotiation, found| {
        let zone: Vec<Vec<Exact>> = packages(negotiation)
            .iter()
            .map(|package| negotiation.worths(package))
            .filter(|worths| worths.iter().zip(negotiation.parties()).all(|(w, party)| *w >= party.reservation))
            .collect();
        empty += usize::from(zone.is_empty());
        for solution in Solution::ALL {
            let score = |worths: &[Exact]| -> Vec<Exact> {
                let gains: Vec<Exact> =
                    worths.iter().zip(negotiation.parties()).map(|(w, party)| w - &party.reservation).collect();
                let mut several: Vec<Exact> = match solution {
                    Solution::Nash => vec![gains.iter().fold(Exact::ONE, |product, gain| &product * gain)],
                    Solution::Egalitarian => gains.into_iter().min().into_iter().collect(),
                    Solution::Leximin => gains,
                    Solution::Utilitarian => vec![worths.iter().fold(Exact::ZERO, |sum, worth| &sum + worth)],
                    Solution::KalaiSmorodinsky => gains
                        .iter()
                        .enumerate()
                        .filter_map(|(party, gain)| {
                            let room = &negotiation.stakes().ideals[party] - &negotiation.parties()[party].reservation;
                            gain.checked_div(&room)
                        })
                        .min()
                        .into_iter()
                        .collect(),
                };
                several.sort();
                several
            };
            let best = zone.iter().map(|worths| score(worths)).max();
            let chosen = chosen(solution, &negotiation.stakes(), found);
            assert_eq!(chosen.is_empty(), zone.is_empty(), "seed {seed}");
            for (at, point) in found.points().enumerate().filter(|(_, point)| zone.contains(&point.worths)) {
                let is_best = Some(score(&point.worths)) == best;
                assert_eq!(chosen.contains(&at), is_best, "seed {seed} {solution:?}");
            }
        }
    });
    assert!(empty > 20, "{empty}");
}

/// Nash and Kalai–Smorodinsky do not depend on the unit and the zero of a party's worth.
#[test]
fn changing_units_changes_nothing() {
    each(|seed, negotiation, found| {
        let mut parties = negotiation.parties().to_vec();
        let (factor, shift) = (Exact::ratio(3, 7), Exact::from(5));
        let changed = parties.last_mut().expect("a party");
        changed.worths.iter_mut().flatten().for_each(|worth| *worth = &*worth * &factor);
        changed.worths[0].iter_mut().for_each(|worth| *worth = &*worth + &shift);
        changed.reservation = &(&changed.reservation * &factor) + &shift;
        let other = Negotiation::new(parties).expect("sound");
        let other_found = frontier(&other, &Budget::default()).expect("few packages");
        assert_eq!(found.points().len(), other_found.points().len(), "seed {seed}");
        for solution in [Solution::Nash, Solution::KalaiSmorodinsky] {
            let packages = |negotiation: &Negotiation, found: &Frontier| -> Vec<Vec<u32>> {
                chosen(solution, &negotiation.stakes(), found).into_iter().map(|at| found.package(at)).collect()
            };
            assert_eq!(packages(negotiation, found), packages(&other, &other_found), "seed {seed} {solution:?}");
        }
    });
}

/// A value that is worth less to everybody than another of its issue is in no package.
#[test]
fn a_dominated_value_changes_nothing() {
    each(|seed, negotiation, found| {
        let mut parties = negotiation.parties().to_vec();
        for party in &mut parties {
            let worse = &party.worths[0][0] - &Exact::ONE;
            party.worths[0].push(worse);
        }
        let other = Negotiation::new(parties).expect("sound");
        let other_found = frontier(&other, &Budget::default()).expect("few packages");
        assert!(found.points().eq(other_found.points()), "seed {seed}");
    });
}

#[test]
fn large_numbers_and_budgets() {
    // Worths with coprime denominators beyond 64 bits are compared exactly.
    let tiny = Exact::from_ratio(&1.into(), &num_bigint::BigInt::from(10).pow(60));
    let party = |sign: i64| Party {
        name: format!("{sign}"),
        worths: vec![vec![Exact::ZERO, &tiny * &Exact::from(sign)], vec![Exact::ratio(1, 3), Exact::ratio(1, 3)]],
        reservation: Exact::ZERO,
    };
    let negotiation = Negotiation::new(vec![party(1), party(-1)]).expect("sound");
    let found = frontier(&negotiation, &Budget::default()).expect("few packages");
    assert_eq!((found.points().len(), found.package_count()), (2, 4_u32.into()));
    let tight = Budget { states: 1, ..Budget::default() };
    assert!(matches!(frontier(&negotiation, &tight), Err(StopReason::TooManyStates { limit: 1, .. })));
    let stopped = Budget::default();
    stopped.stopper.stop();
    assert_eq!(frontier(&negotiation, &stopped).err(), Some(StopReason::Interrupted));
}

#[test]
fn faults_are_named() {
    let party = |worths: Vec<Vec<Exact>>| Party { name: "a".into(), worths, reservation: Exact::ZERO };
    let fault = |parties| Negotiation::new(parties).expect_err("a fault").to_string();
    assert_eq!(fault(Vec::new()), "there are no parties");
    assert_eq!(fault(vec![party(vec![Vec::new()])]), "issue 0 has no values");
    let other = Party { name: "b".into(), ..party(vec![vec![Exact::ZERO; 2]]) };
    assert_eq!(fault(vec![party(vec![vec![Exact::ZERO]]), other]), "`b` judges other issues than `a`");
}
