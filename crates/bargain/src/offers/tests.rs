//! Searches against looking at every package.

use detente_base::{Budget, Exact, Pcg};

use super::space::{Cover, Limits, PackageCode, Side, Space, Table};
use super::units::Precision;
use crate::negotiation::{Negotiation, Party};

fn random(rng: &mut Pcg) -> Negotiation {
    let sizes: Vec<u32> = (0..=rng.below(5)).map(|_| 1 + rng.below(4)).collect();
    let range = if rng.below(2) == 0 { 6 } else { 5_000 };
    let party = |at: usize, rng: &mut Pcg| Party {
        name: format!("party {at}"),
        worths: sizes
            .iter()
            .map(|size| (0..*size).map(|_| Exact::ratio(i64::from(rng.below(range)) - 2, 3)).collect())
            .collect(),
        reservation: Exact::ratio(i64::from(rng.below(range * 2)) - 4, 3),
    };
    Negotiation::new((0..2).map(|at| party(at, rng)).collect()).expect("sound")
}

/// Packages and their units, by the definition of worth.
fn all(space: &Space, negotiation: &Negotiation, party: usize) -> Vec<(i64, PackageCode)> {
    let one = &Exact::from(space.side(party).one as i64);
    let worth = |code: u128| {
        let package = space.package(PackageCode(code));
        assert_eq!(space.code(&package), PackageCode(code));
        (&negotiation.worths(&package)[party] * one).as_integer().expect("whole units")
    };
    (0..space.package_count()).map(|code| (worth(code), PackageCode(code))).collect()
}

fn each(mut check: impl FnMut(&mut Pcg, &Space, &Side, Vec<(i64, PackageCode)>)) {
    for seed in 0..1_500 {
        let mut rng = Pcg::new(seed);
        let negotiation = random(&mut rng);
        for limits in [Limits::default(), Limits { listed: 0, ..Limits::default() }, Limits { listed: 0, half: 3 }] {
            let space = Space::with_limits(&negotiation, limits, &Budget::default()).expect("few packages");
            assert_eq!(space.precision(), Precision::Exact);
            let expected = if limits.listed > 0 { Cover::Listed } else { Cover::Halved };
            assert!(space.cover() == expected || limits.half == 3, "{seed}");
            check(&mut rng, &space, space.side(0), all(&space, &negotiation, 0));
        }
    }
}

#[test]
fn the_nearest_package_is_found() {
    let mut missed = 0;
    each(|rng, space, side, all| {
        let (least, best) = (all.iter().min().expect("a package").0, all.iter().max().expect("a package").0);
        assert_eq!((side.least, side.best), (least, best));
        for _ in 0..6 {
            let target = least - 2 + i64::from(rng.below((best - least + 4) as u32));
            let (worth, package) = side.nearest(target);
            assert!(all.contains(&(worth, package)), "what is found is worth what is said");
            let expected = all.iter().map(|(worth, _)| *worth).filter(|worth| *worth >= target).min().unwrap_or(best);
            assert!(worth >= target.min(best), "{worth} {target}");
            assert!(worth >= expected);
            assert!(worth == expected || space.cover() == Cover::Thinned, "{worth} {expected}");
            missed += usize::from(worth != expected);
        }
    });
    assert!(missed > 50, "thinned lists miss some: {missed}");
}

#[test]
fn packages_near_a_target_are_those_of_least_worth() {
    each(|rng, space, side, mut all| {
        all.sort_unstable();
        let target = all[rng.below(all.len() as u32) as usize].0 - i64::from(rng.below(3));
        let (limit, most) = (target + i64::from(rng.below(9)), 1 + rng.below(5) as usize);
        let found = side.near(target, limit, most);
        let within = |worth: &i64| (target..=limit).contains(worth);
        assert!(found.iter().all(|(worth, code)| within(worth) && all.contains(&(*worth, PackageCode(*code)))));
        assert!(found.is_sorted_by_key(|(worth, _)| *worth));
        if space.cover() < Cover::Thinned {
            let expected: Vec<i64> = all.iter().map(|(worth, _)| *worth).filter(within).take(most).collect();
            assert_eq!(found.iter().map(|(worth, _)| *worth).collect::<Vec<_>>(), expected);
        }
    });
}

#[test]
fn the_way_down_meets_every_package_once() {
    each(|_, space, side, mut all| {
        let mut way = side.way();
        let mut met: Vec<(i64, PackageCode)> = std::iter::from_fn(|| side.next(&mut way)).collect();
        assert!(met.is_sorted_by(|a, b| a.0 >= b.0));
        assert_eq!(met.first().map(|(worth, _)| *worth), Some(side.best));
        met.sort_unstable();
        all.sort_unstable();
        if space.cover() < Cover::Thinned {
            assert_eq!(met, all);
        } else {
            met.dedup();
            assert!(met.iter().all(|package| all.contains(package)));
        }
    });
}

#[test]
fn draws_reach_every_package_from_the_floor_on() {
    for seed in 0..40 {
        let mut rng = Pcg::new(seed);
        let negotiation = random(&mut rng);
        for listed in [0, 1 << 20] {
            let limits = Limits { listed, ..Limits::default() };
            let space = Space::with_limits(&negotiation, limits, &Budget::default()).expect("few packages");
            let side = space.side(0);
            let mut enough: Vec<(i64, PackageCode)> =
                all(&space, &negotiation, 0).into_iter().filter(|(worth, _)| *worth >= side.floor).collect();
            if enough.is_empty() || enough.len() > 60 {
                continue;
            }
            let mut drawn: Vec<(i64, PackageCode)> = (0..60 * enough.len()).map(|_| side.drawn(&mut rng)).collect();
            drawn.sort_unstable();
            let most = drawn.chunk_by(|a, b| a == b).map(<[_]>::len).max();
            assert!(most < Some(60 * 3), "{seed}: {most:?}");
            drawn.dedup();
            enough.sort_unstable();
            assert_eq!(drawn, enough, "{seed}");
        }
    }
}

#[test]
fn a_table_is_like_the_packages_that_it_lists() {
    for seed in 0..50 {
        let negotiation = random(&mut Pcg::new(seed));
        let space = Space::new(&negotiation, &Budget::default()).expect("few packages");
        let worths = |party: usize| {
            let codes = (0..space.package_count()).map(PackageCode);
            codes.map(|code| negotiation.worths(&space.package(code))[party].clone()).collect()
        };
        let table = |party: usize| Table {
            worths: worths(party),
            reservation: negotiation.parties()[party].reservation.clone(),
        };
        let listed =
            Space::of_tables(negotiation.sizes(), &[table(0), table(1)], &Budget::default()).expect("few packages");
        for party in 0..2 {
            assert_eq!(space.reservation(party).to_bits(), listed.reservation(party).to_bits());
            for code in (0..space.package_count()).map(PackageCode) {
                assert!((space.worth(party, code) - listed.worth(party, code)).abs() < 1e-12);
                assert!((space.share(party, code) - listed.share(party, code)).abs() < 1e-12);
                assert_eq!(space.is_enough(party, code), listed.is_enough(party, code), "{seed}");
            }
        }
    }
}

#[test]
fn very_many_packages_are_searched_within_their_bound() {
    let mut rng = Pcg::new(5);
    let worths: Vec<Vec<Exact>> =
        (0..20).map(|_| (0..10).map(|_| Exact::ratio(i64::from(rng.below(1_000_000)), 1_000)).collect()).collect();
    let party = Party { name: "one".into(), worths, reservation: Exact::ZERO };
    let negotiation = Negotiation::new(vec![party]).expect("sound");
    let limits = Limits { half: 1 << 14, ..Limits::default() };
    let space = Space::with_limits(&negotiation, limits, &Budget::default()).expect("fits");
    assert_eq!((space.cover(), space.package_count()), (Cover::Thinned, 10_u128.pow(20)));
    let side = space.side(0);
    // A unit is at most a thousandth; each of twenty issues adds an error of range / 2^14.
    let allowed = 20 * ((side.best - side.least) / (1 << 14) + 1);
    for step in 0..50 {
        let target = side.least + (side.best - side.least) * step / 50;
        let (worth, package) = side.nearest(target);
        assert_eq!(space.units(0, package), worth);
        assert!((target..=target + allowed).contains(&worth), "{target} {worth} {allowed}");
    }
    let mut way = side.way();
    let (first, second) = (side.next(&mut way).expect("many"), side.next(&mut way).expect("many"));
    assert!(first.0 == side.best && second.0 <= first.0 && second.1 != first.1);
}

#[test]
fn a_wide_issue_takes_no_more_memory_than_its_limit() {
    let wide: Vec<Exact> = (0..50_000).map(Exact::from).collect();
    let party = Party { name: "one".into(), worths: vec![wide.clone(), wide.clone(), wide], reservation: Exact::ZERO };
    let negotiation = Negotiation::new(vec![party]).expect("sound");
    let limits = Limits { half: 1 << 12, ..Limits::default() };
    let space = Space::with_limits(&negotiation, limits, &Budget::default()).expect("fits");
    assert_eq!(space.cover(), Cover::Thinned);
    assert_eq!(space.side(0).nearest(i64::MAX).0, 149_997);
}
