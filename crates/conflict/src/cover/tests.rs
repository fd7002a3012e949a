use detente_base::{Budget, StopReason};
use fixedbitset::FixedBitSet;

use super::{Cover, CoverFailure, CoverLimits, cover, verify_cover};
use crate::model::{StateId, StateSpace};
use crate::pattern::Pattern;
use crate::random::{Draws, Pcg};

fn random_space(rng: &mut Pcg) -> StateSpace {
    let mut sizes = Vec::new();
    while sizes.len() < 7 {
        let size = [2, 2, 2, 3, 3, 4, 5, 1][rng.below(8) as usize];
        if sizes.iter().product::<u32>() * size > 256 {
            break;
        }
        sizes.push(size);
    }
    let codes = sizes.iter().product::<u32>() as usize;
    let density = [100, 85, 50][rng.below(3) as usize];
    let mut feasible = rng.subset(codes, density);
    feasible.insert(rng.below(codes as u32) as usize);
    StateSpace::new(&sizes, feasible).expect("valid space")
}

/// A scattered set, or the union of a few boxes.
fn random_set(rng: &mut Pcg, space: &StateSpace) -> (FixedBitSet, Option<usize>) {
    let density = [0, 10, 50, 90, 100][rng.below(5) as usize];
    if rng.chance(50) {
        return (rng.subset(space.state_count(), density), None);
    }
    let boxes: Vec<Pattern> = (0..rng.below(4)).map(|_| random_box(rng, space)).collect();
    let mut set = FixedBitSet::with_capacity(space.state_count());
    for state in 0..space.state_count() {
        let code = space.code(StateId::from_index(state));
        set.set(state, boxes.iter().any(|b| b.covers_code(space, code)));
    }
    (set, Some(boxes.len()))
}

fn random_box(rng: &mut Pcg, space: &StateSpace) -> Pattern {
    let mut pattern = Pattern::all(space.sizes());
    for (coordinate, size) in space.sizes().iter().enumerate() {
        let kept = rng.below(*size);
        for value in (0..*size).filter(|v| *v != kept) {
            if rng.chance(35) {
                pattern.forbid(coordinate, value);
            }
        }
    }
    pattern
}

/// Whether a pattern covers a feasible state outside the set, tried code by code.
fn strays(space: &StateSpace, set: &FixedBitSet, pattern: &Pattern) -> bool {
    (0..space.state_count()).any(|s| !set.contains(s) && pattern.covers_code(space, space.code(StateId::from_index(s))))
}

/// Whether no condition can be dropped and no value allowed that adds a state.
fn is_prime(space: &StateSpace, set: &FixedBitSet, pattern: &Pattern) -> bool {
    let covered = covered_by(space, &[pattern]);
    (0..pattern.coordinate_count()).filter(|c| !pattern.is_open(*c)).all(|coordinate| {
        let mut open = pattern.clone();
        open.open(coordinate);
        let values = (0..space.sizes()[coordinate]).filter(|value| !pattern.allows(coordinate, *value));
        let larger = values.map(|value| {
            let mut larger = pattern.clone();
            larger.allow(coordinate, value);
            larger
        });
        let grows = |larger: Pattern| covered_by(space, &[&larger]) == covered || strays(space, set, &larger);
        strays(space, set, &open) && larger.into_iter().all(grows)
    })
}

fn covered_by(space: &StateSpace, patterns: &[&Pattern]) -> FixedBitSet {
    let mut states = FixedBitSet::with_capacity(space.state_count());
    for state in 0..space.state_count() {
        let code = space.code(StateId::from_index(state));
        states.set(state, patterns.iter().any(|p| p.covers_code(space, code)));
    }
    states
}

#[test]
fn covers_of_random_sets_are_exact_prime_and_irredundant() {
    let mut rng = Pcg::new(71);
    let mut close_to_boxes = 0;
    for round in 0..1500 {
        let space = random_space(&mut rng);
        let (set, boxes) = random_set(&mut rng, &space);
        let limits = CoverLimits { patterns: 400, work: u64::MAX };
        let found = cover(&space, &set, limits, &Budget::default()).expect("no limits");
        let patterns: Vec<&Pattern> = found.patterns.iter().map(|(pattern, _)| pattern).collect();
        assert_eq!(found.left, 0, "round {round}");
        assert_eq!(covered_by(&space, &patterns), set, "round {round}");
        verify_cover(&space, &set, patterns.iter().copied(), 0, &Budget::default()).expect("a right cover");
        for (at, (pattern, covered)) in found.patterns.iter().enumerate() {
            assert_eq!(covered_by(&space, &[pattern]).count_ones(..) as u64, *covered, "round {round}");
            assert!(is_prime(&space, &set, pattern), "round {round}: {pattern:?}");
            let others: Vec<&Pattern> =
                patterns.iter().enumerate().filter(|(o, _)| *o != at).map(|(_, p)| *p).collect();
            assert_ne!(covered_by(&space, &others), set, "round {round}: redundant");
        }
        if let Some(boxes) = boxes {
            close_to_boxes += usize::from(patterns.len() <= boxes);
        }
        assert_eq!(cover(&space, &set, limits, &Budget::default()), Ok(found), "the same again");
    }
    // Sets drawn as up to three boxes are nearly always described by as many patterns.
    assert!(close_to_boxes > 650, "{close_to_boxes}");
}

#[test]
fn a_cover_that_was_cut_says_how_many_states_are_left() {
    let mut rng = Pcg::new(72);
    let mut cut = 0;
    for _ in 0..400 {
        let space = random_space(&mut rng);
        let set = rng.subset(space.state_count(), 50);
        let limits = [
            CoverLimits { patterns: 3, work: u64::MAX },
            CoverLimits { patterns: 400, work: 200 },
            CoverLimits { patterns: 0, work: u64::MAX },
        ];
        for limits in limits {
            let found = cover(&space, &set, limits, &Budget::default()).expect("no stop");
            let patterns = found.patterns.iter().map(|(pattern, _)| pattern);
            assert!(found.patterns.len() <= limits.patterns);
            verify_cover(&space, &set, patterns.clone(), found.left, &Budget::default()).expect("a right cover");
            cut += usize::from(found.left > 0);
            let wrong = verify_cover(&space, &set, patterns, found.left + 1, &Budget::default());
            assert!(matches!(wrong, Err(CoverFailure::Left { .. })));
        }
    }
    assert!(cut > 800, "{cut}");
}

#[test]
fn the_checker_refuses_a_pattern_that_strays() {
    let space = StateSpace::full(&[2, 2]).expect("valid space");
    let mut set = FixedBitSet::with_capacity(4);
    set.extend([1, 2]);
    let all = Pattern::all(space.sizes());
    assert_eq!(
        verify_cover(&space, &set, [&all], 0, &Budget::default()),
        Err(CoverFailure::Outside { pattern: 0, state: StateId(0) })
    );
}

#[test]
fn nothing_and_everything_take_no_conditions() {
    let space = StateSpace::full(&[2, 3, 2]).expect("valid space");
    let none = FixedBitSet::with_capacity(12);
    let limits = CoverLimits::default();
    let empty = Cover { patterns: Vec::new(), left: 0 };
    assert_eq!(cover(&space, &none, limits, &Budget::default()), Ok(empty));
    let mut all = none;
    all.insert_range(..);
    let whole = Cover { patterns: vec![(Pattern::all(space.sizes()), 12)], left: 0 };
    assert_eq!(cover(&space, &all, limits, &Budget::default()), Ok(whole));
}

#[test]
fn a_large_set_with_a_short_description_is_found_quickly() {
    // Of 2^20 states those with coordinate 0 = 1 and 19 = 0, or with 3, 4 and 7 = 1.
    let space = StateSpace::full(&[2; 20]).expect("valid space");
    let on = |code: usize, bit: usize| code >> bit & 1 == 1;
    let mut set = FixedBitSet::with_capacity(1 << 20);
    set.extend((0..1 << 20).filter(|c| on(*c, 0) && !on(*c, 19) || on(*c, 3) && on(*c, 4) && on(*c, 7)));
    let found = cover(&space, &set, CoverLimits::default(), &Budget::default()).expect("no stop");
    let conditions = |p: &Pattern| (0..20).filter(|c| !p.is_open(*c)).collect::<Vec<_>>();
    let shown: Vec<_> = found.patterns.iter().map(|(p, covered)| (conditions(p), *covered)).collect();
    assert_eq!(shown, [(vec![0, 19], 1 << 18), (vec![3, 4, 7], 1 << 17)]);
    assert_eq!(found.left, 0);
}

#[test]
fn a_raised_stopper_ends_it() {
    let space = StateSpace::full(&[2]).expect("valid space");
    let mut set = FixedBitSet::with_capacity(2);
    set.insert(0);
    let budget = Budget::default();
    budget.stopper.stop();
    assert_eq!(cover(&space, &set, CoverLimits::default(), &budget), Err(StopReason::Interrupted));
}
