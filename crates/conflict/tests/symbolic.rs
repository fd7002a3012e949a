//! The symbolic solver against the enumerating one and the literal definitions.

mod support;

use detente_base::{Budget, StopReason};
use detente_conflict::symbolic::{Conflict, Formula, Order, Party, SymbolicModel};
use detente_conflict::{Concept, MoveKind, Pattern, StateId, StateSpace, solve};
use support::formulas::{conflict, values};
use support::oracle::Oracle;
use support::random::{Pcg, Shape, random_parts};

const SHAPES: [Shape; 4] = [Shape::Reversible, Shape::Irreversible, Shape::Conditional, Shape::Graph];

#[test]
fn solutions_agree_with_the_enumerating_solver_and_the_definitions() {
    let budget = Budget::default();
    for seed in 0..3_000 {
        let mut rng = Pcg::new(5_000_000 + seed);
        let shape = SHAPES[(seed % 4) as usize];
        let parts = random_parts(&mut rng, shape, if seed % 16 < 4 { 48 } else { 20 });
        let (model, oracle) = (parts.model(), Oracle::new(&parts));
        let solution = solve(&model, &Concept::ALL, &budget).expect("no limits");
        let symbolic = SymbolicModel::new(conflict(&parts, rng.below(3)), &budget).expect("a small model");
        assert_eq!(symbolic.count(&symbolic.states()), model.state_count().into());
        for concept in Concept::ALL {
            for dm in model.decision_makers() {
                let stable = symbolic.stable(concept, dm.index(), &budget).expect("no limits");
                let expected = oracle.stable(concept, dm.index());
                for state in model.states() {
                    let values = values(&parts.sizes, model.code(state) as usize);
                    assert_eq!(
                        symbolic.contains(&stable, &values),
                        expected[state.index()],
                        "seed {seed} {shape:?} {concept} {dm:?} {state:?}"
                    );
                }
            }
            let together = symbolic.equilibria(concept, &budget).expect("no limits");
            assert_eq!(symbolic.count(&together), solution.equilibria(concept).count_ones(..).into());
            for seed in 0..5 {
                let drawn = symbolic.draw(&together, seed);
                assert_eq!(drawn.is_none(), together.is_empty());
                assert!(drawn.is_none_or(|values| symbolic.contains(&together, &values)));
            }
        }
    }
}

#[test]
fn covers_are_the_set_by_primes_and_none_can_be_left_out() {
    let budget = Budget::default();
    let mut patterns = 0;
    for seed in 0..800 {
        let parts = random_parts(&mut Pcg::new(6_000_000 + seed), SHAPES[(seed % 4) as usize], 40);
        let model = SymbolicModel::new(conflict(&parts, 1), &budget).expect("a small model");
        let set = model.equilibria(Concept::ALL[(seed % 5) as usize], &budget).expect("no limits");
        let cover = model.cover(&set, 100, &budget).expect("no limits");
        assert!(cover.complete);
        assert_eq!(cover.covered, model.count(&set));
        patterns += cover.patterns.len();
        let states: Vec<Vec<u32>> = parts.feasible.ones().map(|code| values(&parts.sizes, code)).collect();
        let implies = |pattern: &Pattern| states.iter().all(|s| !pattern.covers(s) || model.contains(&set, s));
        for state in &states {
            let covered = cover.patterns.iter().any(|pattern| pattern.covers(state));
            assert_eq!(covered, model.contains(&set, state), "seed {seed}");
            assert!(!covered || cover.hull.covers(state), "seed {seed}");
        }
        for (at, pattern) in cover.patterns.iter().enumerate() {
            let others = cover.patterns.iter().enumerate().filter(|(other, _)| *other != at);
            let covered_by_others: Vec<&Pattern> = others.map(|(_, other)| other).collect();
            let needed =
                |s: &Vec<u32>| model.contains(&set, s) && !covered_by_others.iter().any(|other| other.covers(s));
            assert!(states.iter().any(needed), "redundant, seed {seed}");
            for (coordinate, size) in parts.sizes.iter().enumerate() {
                for value in (0..*size).filter(|value| !pattern.allows(coordinate, *value)) {
                    let mut wider = pattern.clone();
                    let kept: Vec<u32> = pattern.values(coordinate).chain([value]).collect();
                    wider.open(coordinate);
                    wider.restrict(coordinate, kept);
                    assert!(!implies(&wider), "not prime, seed {seed}");
                }
            }
        }
        if cover.patterns.len() > 1 {
            let part = model.cover(&set, 1, &budget).expect("no limits");
            assert!(!part.complete && part.patterns.len() == 1 && implies(&part.patterns[0]));
            let inside = states.iter().filter(|s| model.contains(&set, s) && part.patterns[0].covers(s)).count();
            assert_eq!(part.covered, inside.into());
        }
    }
    assert!(patterns > 500, "{patterns}");
}

#[test]
fn a_status_quo_reaches_what_the_definition_says() {
    let budget = Budget::default();
    for seed in 0..800 {
        let mut rng = Pcg::new(7_000_000 + seed);
        let parts = random_parts(&mut rng, SHAPES[(seed % 4) as usize], 24);
        let (explicit, oracle) = (parts.model(), Oracle::new(&parts));
        let model = SymbolicModel::new(conflict(&parts, 0), &budget).expect("a small model");
        let everybody: Vec<usize> = (0..parts.ranks.len()).collect();
        let from = rng.below(explicit.state_count() as u32) as usize;
        let state = |at: usize| values(&parts.sizes, explicit.code(StateId::from_index(at)) as usize);
        for kind in [MoveKind::Any, MoveKind::Improving] {
            let mut expected = oracle.reach(&everybody, from, kind == MoveKind::Improving);
            expected.insert(from);
            let reached = model.reachable(&state(from), kind, &budget).expect("no limits");
            for at in 0..explicit.state_count() {
                assert_eq!(model.contains(&reached, &state(at)), expected.contains(&at), "seed {seed} {kind:?}");
            }
        }
    }
}

#[test]
fn patterns_that_the_budget_ends_describe_a_part_of_the_set() {
    let (mut parts_of_sets, mut stopped) = (0, 0);
    for seed in 0..300 {
        let parts = random_parts(&mut Pcg::new(6_500_000 + seed), SHAPES[(seed % 4) as usize], 40);
        let model = SymbolicModel::new(conflict(&parts, 0), &Budget::default()).expect("a small model");
        let set = model.equilibria(Concept::GeneralMetarational, &Budget::default()).expect("no limits");
        let nodes = (set.node_count() as u64 + 8) << 10;
        let Ok(cover) = model.cover(&set, 100, &Budget { nodes, ..Budget::default() }) else {
            stopped += 1;
            continue;
        };
        parts_of_sets += usize::from(!cover.complete);
        let states = parts.feasible.ones().map(|code| values(&parts.sizes, code));
        let covered: Vec<_> = states.filter(|s| cover.patterns.iter().any(|pattern| pattern.covers(s))).collect();
        assert!(covered.iter().all(|state| model.contains(&set, state)), "seed {seed}");
        assert_eq!(cover.covered, covered.len().into(), "seed {seed}");
        assert_eq!(cover.complete, cover.covered == model.count(&set), "seed {seed}");
    }
    assert!(parts_of_sets > 0 && stopped < 300, "{parts_of_sets} {stopped}");
}

#[test]
fn a_question_that_is_too_hard_ends_with_the_budget() {
    let parts = random_parts(&mut Pcg::new(3), Shape::Conditional, 48);
    let tight = Budget { nodes: 8_000, ..Budget::default() };
    let model = SymbolicModel::new(conflict(&parts, 1), &Budget::default()).expect("a small model");
    let outcome = model.equilibria(Concept::SymmetricSequential, &tight);
    assert_eq!(outcome, Err(StopReason::TooManyNodes { limit: 8_000 }));
    let stopped = Budget::default();
    stopped.stopper.stop();
    assert_eq!(model.equilibria(Concept::Nash, &stopped), Err(StopReason::Interrupted));
}

#[test]
fn faults_are_named() {
    let party = |order| Party { name: "one".into(), packages: Vec::new(), order, unseen: None };
    let faulty = |sizes: Vec<u32>, order| {
        let conflict = Conflict { sizes, feasible: Vec::new(), parties: vec![party(order)] };
        SymbolicModel::new(conflict, &Budget::default()).err().expect("a fault").to_string()
    };
    assert!(faulty(vec![2, 0], Order::Indifferent).contains("coordinate 1 has no values"));
    assert!(faulty(vec![2], Order::Priority(vec![Formula::In(0, vec![2])])).contains("value 2 of coordinate 0"));
    assert!(faulty(vec![2], Order::Sum(vec![(Formula::always(), i128::MAX)])).contains("`one` add up"));
    assert!(StateSpace::full(&[2; 40]).is_err());
}
