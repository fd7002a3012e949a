//! Linked worth and rules against trying every package.

use detente_bargain::linked::{Linked, LinkedParty, Query, Table, frontier, frontier_above, frontier_where};
use detente_bargain::{Frontier, FrontierPoint, Label, Negotiation, Party, Solution, chosen, standings};
use detente_base::{Budget, Exact, Pcg, StopReason};
use num_bigint::BigUint;

fn scope(rng: &mut Pcg, issues: usize) -> Vec<usize> {
    (0..issues).filter(|_| rng.below(3) == 0).collect()
}

fn table<T>(rng: &mut Pcg, sizes: &[usize], mut entry: impl FnMut(&mut Pcg) -> T) -> Table<T> {
    let issues = scope(rng, sizes.len());
    let count = issues.iter().map(|issue| sizes[*issue]).product::<usize>();
    Table { issues, entries: (0..count).map(|_| entry(rng)).collect() }
}

/// Worths in halves and thirds, or so large that they need more than a machine word.
fn random(seed: u64) -> Linked {
    let mut rng = Pcg::new(seed);
    let sizes: Vec<usize> = (0..=rng.below(4)).map(|_| 1 + rng.below(4) as usize).collect();
    let factor =
        if seed.is_multiple_of(10) { "100000000000000000000000/7".parse().expect("a number") } else { Exact::ONE };
    let party = |at: u64, rng: &mut Pcg| {
        let tables = (0..=rng.below(4))
            .map(|_| {
                table(rng, &sizes, |rng| {
                    &factor * &Exact::ratio(i64::from(rng.below(9)) - 3, 1 + i64::from(rng.below(3)))
                })
            })
            .collect();
        let reservation = &factor * &Exact::ratio(i64::from(rng.below(9)) - 4, 2);
        LinkedParty { name: format!("party {at}"), tables, reservation }
    };
    let parties = (0..=seed % 5).map(|at| party(at, &mut rng)).collect();
    let rules = (0..rng.below(3)).map(|_| table(&mut rng, &sizes, |rng| rng.below(5) > 0)).collect();
    Linked::new(sizes, parties, rules).expect("tables fit")
}

fn allowed(linked: &Linked) -> Vec<(Vec<u32>, Vec<Exact>)> {
    let mut all: Vec<Vec<u32>> = vec![Vec::new()];
    for size in linked.sizes() {
        all = all.iter().flat_map(|start| (0..*size as u32).map(|v| [start.as_slice(), &[v]].concat())).collect();
    }
    all.retain(|package| linked.allows(package));
    all.into_iter().map(|package| (package.clone(), linked.worths(&package))).collect()
}

fn no_less(a: &[Exact], b: &[Exact]) -> bool {
    a.iter().zip(b).all(|(a, b)| a >= b)
}

/// The efficient packages that give every party at least `least`, by the definition.
fn efficient(linked: &Linked, least: Option<&[Exact]>) -> Vec<(Vec<u32>, Vec<Exact>)> {
    let all = allowed(linked);
    let dominated = |worths: &[Exact]| all.iter().any(|(_, other)| other != worths && no_less(other, worths));
    let enough = |worths: &[Exact]| least.is_none_or(|least| no_less(worths, least));
    all.iter().filter(|(_, worths)| !dominated(worths) && enough(worths)).cloned().collect()
}

fn same(seed: u64, linked: &Linked, found: &Frontier, expected: &[(Vec<u32>, Vec<Exact>)]) {
    let mut worths: Vec<Vec<Exact>> = expected.iter().map(|(_, worths)| worths.clone()).collect();
    worths.sort_unstable_by(|a, b| b.cmp(a));
    worths.dedup();
    assert_eq!(found.points().map(|point| point.worths.clone()).collect::<Vec<_>>(), worths, "seed {seed}");
    assert_eq!(found.package_count(), BigUint::from(expected.len()), "seed {seed}");
    for (at, point) in found.points().enumerate() {
        let of = || expected.iter().filter(|(_, worths)| *worths == point.worths).map(|(package, _)| package);
        assert_eq!(Some(&found.package(at)), of().min(), "seed {seed}");
        assert_eq!(point.packages, BigUint::from(of().count()), "seed {seed}");
    }
    for (issue, values) in found.occurrences(|_| true).iter().enumerate() {
        for (value, count) in values.iter().enumerate() {
            let with = expected.iter().filter(|(package, _)| package[issue] as usize == value).count();
            assert_eq!(*count, BigUint::from(with), "seed {seed}");
            assert_eq!(found.packages_with(issue, value as u32).iter().sum::<BigUint>(), *count, "seed {seed}");
        }
    }
    assert!(found.points().enumerate().all(|(at, _)| linked.allows(&found.package(at))), "seed {seed}");
}

#[test]
fn frontiers_are_the_efficient_packages() {
    let (mut several, mut ruled, mut none) = (0, 0, 0);
    for seed in 0..3_000 {
        let linked = random(seed);
        let expected = efficient(&linked, None);
        let found = frontier(&linked, &Budget::default()).expect("few packages");
        same(seed, &linked, &found, &expected);
        several += usize::from(found.points().any(|point| point.packages > BigUint::from(1u32)));
        ruled += usize::from(BigUint::from(allowed(&linked).len()) < linked.combinations());
        none += usize::from(expected.is_empty());
    }
    assert!(several > 300 && ruled > 300 && none > 10, "{several} {ruled} {none}");
}

#[test]
fn what_gives_every_party_enough() {
    let (mut some, mut none) = (0, 0);
    for seed in 0..2_000 {
        let linked = random(seed);
        let least = linked.reservations();
        let expected = efficient(&linked, Some(&least));
        let found = frontier_above(&linked, &least, &Budget::default()).expect("few packages");
        same(seed, &linked, &found, &expected);
        if expected.is_empty() { none += 1 } else { some += 1 }
    }
    assert!(some > 300 && none > 300, "{some} {none}");
}

#[test]
fn what_is_best_for_some_and_enough_for_others() {
    let (mut some, mut none) = (0, 0);
    for seed in 0..2_000 {
        let linked = random(seed);
        let parties = linked.parties().len();
        let mut rng = Pcg::new(seed);
        let objectives = 1 + rng.below(parties as u32) as usize;
        let least: Vec<Option<Exact>> =
            linked.reservations().into_iter().map(|worth| (rng.below(2) == 0).then_some(worth)).collect();
        let enough = |worths: &[Exact]| {
            worths.iter().zip(&least).all(|(worth, least)| least.as_ref().is_none_or(|least| worth >= least))
        };
        let all: Vec<(Vec<u32>, Vec<Exact>)> = allowed(&linked)
            .into_iter()
            .filter(|(_, worths)| enough(worths))
            .map(|(package, worths)| (package, worths[..objectives].to_vec()))
            .collect();
        let dominated = |worths: &[Exact]| all.iter().any(|(_, other)| other != worths && no_less(other, worths));
        let expected: Vec<_> = all.iter().filter(|(_, worths)| !dominated(worths)).cloned().collect();
        let query = Query { objectives, least: least.clone() };
        let found = frontier_where(&linked, &query, &Budget::default()).expect("few packages");
        same(seed, &linked, &found, &expected);
        if expected.is_empty() { none += 1 } else { some += 1 }
    }
    assert!(some > 300 && none > 200, "{some} {none}");
}

#[test]
fn stakes_are_the_best_packages() {
    for seed in 0..1_000 {
        let linked = random(seed);
        let all = allowed(&linked);
        let stakes = linked.stakes(&Budget::default()).expect("few packages");
        for (party, ideal) in stakes.ideals.iter().enumerate() {
            let most = all.iter().map(|(_, worths)| &worths[party]).max();
            assert_eq!(ideal, most.unwrap_or(&stakes.reservations[party]), "seed {seed}");
        }
    }
}

#[test]
fn a_restriction_is_a_rule() {
    for seed in 0..500 {
        let linked = random(seed);
        let issue = seed as usize % linked.sizes().len();
        let restricted = linked.restricted(issue, &[0]);
        let expected: Vec<_> = allowed(&linked).into_iter().filter(|(package, _)| package[issue] == 0).collect();
        assert_eq!(allowed(&restricted), expected, "seed {seed}");
    }
}

#[test]
fn additive_worth_is_a_special_case() {
    for seed in 0..300 {
        let mut rng = Pcg::new(seed);
        let sizes: Vec<usize> = (0..=rng.below(5)).map(|_| 1 + rng.below(4) as usize).collect();
        let worths = |rng: &mut Pcg| -> Vec<Vec<Exact>> {
            sizes.iter().map(|size| (0..*size).map(|_| Exact::from(i64::from(rng.below(20)))).collect()).collect()
        };
        let names = ["a", "b", "c"].map(str::to_owned);
        let parties: Vec<Party> = names
            .iter()
            .map(|name| Party { name: name.clone(), worths: worths(&mut rng), reservation: Exact::from(20) })
            .collect();
        let unary = |party: &Party| LinkedParty {
            name: party.name.clone(),
            tables: party
                .worths
                .iter()
                .enumerate()
                .map(|(issue, entries)| Table { issues: vec![issue], entries: entries.clone() })
                .collect(),
            reservation: party.reservation.clone(),
        };
        let linked = Linked::new(sizes.clone(), parties.iter().map(unary).collect(), Vec::new()).expect("fits");
        let additive = Negotiation::new(parties).expect("sound");
        let budget = Budget::default();
        let one = detente_bargain::frontier(&additive, &budget).expect("few packages");
        let other = frontier(&linked, &budget).expect("few packages");
        assert!(one.points().eq(other.points()), "seed {seed}");
        let stakes = linked.stakes(&budget).expect("few packages");
        assert_eq!(stakes, additive.stakes(), "seed {seed}");
        assert_eq!(standings(&stakes, &one), standings(&stakes, &other), "seed {seed}");
    }
}

#[test]
fn budgets_end_the_search() {
    // Every issue hangs together with every other.
    let pair = |a: usize| (a + 1..40).map(move |b| Table { issues: vec![a, b], entries: vec![Exact::ZERO; 4] });
    let tables = (0..40).flat_map(pair).collect();
    let party = LinkedParty { name: "one".into(), tables, reservation: Exact::ZERO };
    let linked = Linked::new(vec![2; 40], vec![party.clone()], Vec::new()).expect("fits");
    let budget = Budget { states: 10_000, ..Budget::default() };
    let stopped = frontier(&linked, &budget).expect_err("all packages are equal");
    assert_eq!(stopped, StopReason::TooManyStates { states: (1u64 << 40).to_string(), limit: 10_000 });
    let budget = Budget::default();
    budget.stopper.stop();
    assert_eq!(frontier(&linked, &budget).err(), Some(StopReason::Interrupted));
    let deep = Linked::new(vec![1; 100_000], vec![LinkedParty { tables: Vec::new(), ..party }], Vec::new());
    assert!(matches!(frontier(&deep.expect("fits"), &Budget::default()), Err(StopReason::TooManyStates { .. })));
}

#[test]
fn what_hangs_together_loosely_is_settled_issue_by_issue() {
    let unary = |issue| Table { issues: vec![issue], entries: vec![Exact::ZERO; 2] };
    let party = LinkedParty { name: "one".into(), tables: (0..3_000).map(unary).collect(), reservation: Exact::ZERO };
    let linked = Linked::new(vec![2; 3_000], vec![party], Vec::new()).expect("fits");
    let found = frontier(&linked, &Budget::default()).expect("no issue hangs on another");
    assert_eq!(found.package_count().bits(), 3_001, "all packages are equal");
}

#[test]
fn tables_must_fit() {
    let party = |issues: Vec<usize>, entries: usize| LinkedParty {
        name: "one".into(),
        tables: vec![Table { issues, entries: vec![Exact::ZERO; entries] }],
        reservation: Exact::ZERO,
    };
    let made = |issues, entries| Linked::new(vec![2, 3], vec![party(issues, entries)], Vec::new()).is_ok();
    assert!(made(vec![0, 1], 6) && made(vec![1], 3) && made(vec![], 1));
    assert!(!made(vec![1, 0], 6) && !made(vec![0, 0], 4) && !made(vec![2], 1) && !made(vec![0], 3));
    assert!(Linked::new(vec![2], Vec::new(), Vec::new()).is_err());
    assert!(Linked::new(vec![0], vec![party(vec![], 1)], Vec::new()).is_err());
    assert!(
        Linked::new(vec![2], vec![party(vec![], 1)], vec![Table { issues: vec![0], entries: vec![true] }]).is_err()
    );
}

/// A demand that no efficient package of the zone meets can be dropped for nothing: what is
/// efficient in the zone, and with it what every solution chooses, stays; and insisting brings
/// its owner no more than dropping it.
#[test]
fn a_chip_dropped_costs_its_owner_nothing() {
    let mut chips = 0;
    for seed in 0..400 {
        let linked = random(seed);
        let found = frontier(&linked, &Budget::default()).expect("few packages");
        let stakes = linked.stakes(&Budget::default()).expect("few packages");
        let zone = |found: &Frontier| -> Vec<FrontierPoint> {
            found.points().filter(|point| stakes.in_zone(point)).cloned().collect()
        };
        let worths = |found: &Frontier, solution| -> Vec<Vec<Exact>> {
            let chosen = chosen(solution, &stakes, found);
            found
                .points()
                .enumerate()
                .filter(|(at, _)| chosen.contains(at))
                .map(|(_, point)| point.worths.clone())
                .collect()
        };
        let labels = standings(&stakes, &found);
        for (issue, values) in labels.iter().enumerate() {
            for (value, standing) in values.iter().enumerate() {
                if standing.label() != Some(Label::Chip) {
                    continue;
                }
                chips += 1;
                let others: Vec<u32> = (0..values.len() as u32).filter(|other| *other as usize != value).collect();
                let dropped = frontier(&linked.restricted(issue, &others), &Budget::default()).expect("few packages");
                assert_eq!(zone(&dropped), zone(&found), "seed {seed}");
                for solution in Solution::ALL {
                    assert_eq!(worths(&dropped, solution), worths(&found, solution), "seed {seed}");
                }
                let insisted =
                    frontier(&linked.restricted(issue, &[value as u32]), &Budget::default()).expect("few packages");
                for party in 0..linked.parties().len() {
                    let most = |found: &Frontier| zone(found).iter().map(|point| point.worths[party].clone()).max();
                    assert!(most(&insisted) <= most(&dropped), "seed {seed}");
                }
            }
        }
    }
    assert!(chips > 200, "{chips}");
}
