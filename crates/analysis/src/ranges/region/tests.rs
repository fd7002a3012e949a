use detente_base::{Budget, Exact, Pcg};
use detente_conflict::{Concept, StateId};
use detente_scenario::expr::eval::central_point;

use super::polytope::Polytope;
use super::{Forms, Plane, Region};
use crate::ask::solve_profile;
use crate::profile::profiles;
use crate::ranges::worth_parameters;
use crate::structure::Structure;

fn inside(part: &Polytope, point: &[Exact]) -> bool {
    part.halves().iter().all(|half| {
        let excess = half.excess(point).signum();
        excess < 0 || (excess == 0 && half.closed)
    })
}

fn random_point(ranges: &[(Exact, Exact)], rng: &mut Pcg) -> Vec<Exact> {
    // Coarse points lie on boundaries often.
    let steps = [8, 1 << 16][rng.below(2) as usize];
    let at =
        |(low, high): &(Exact, Exact), step: u32| low + &(&(high - low) * &Exact::ratio(step.into(), steps.into()));
    ranges.iter().map(|range| at(range, rng.below(steps + 1))).collect()
}

/// Every point inside a part is one at which the outcome holds, on its boundary too
/// where that belongs to it; every point away from all parts is not.
fn check_points(plane: &Plane<'_, '_>, region: &Region, concept: Concept, target: StateId, rng: &mut Pcg) -> [u32; 2] {
    let budget = Budget::default();
    let mut seen = [0, 0];
    for _ in 0..25 {
        let point = random_point(&plane.ranges, rng);
        let holds = plane.holds_at(concept, target, &point, &budget).expect("no limits");
        if region.parts.iter().any(|part| inside(part, &point)) {
            assert!(holds, "{concept} {target:?} {point:?}");
            seen[1] += 1;
        } else if !region.parts.iter().any(|p| p.halves().iter().all(|h| h.excess(&point).signum() <= 0)) {
            // Where it holds on a set without interior only, some comparison is a tie.
            let tie = holds && is_special(plane, &point);
            assert!(!holds || tie, "{concept} {target:?} {point:?}");
            seen[0] += 1;
        }
    }
    seen
}

/// Whether two worths are equal at a point that are not equal everywhere.
fn is_special(plane: &Plane<'_, '_>, point: &[Exact]) -> bool {
    plane.worths.iter().flatten().any(|worths| {
        let mut values: Vec<(Exact, &Vec<i128>)> = worths.iter().map(|w| (super::value(w, point), w)).collect();
        values.sort();
        values.windows(2).any(|pair| pair[0].0 == pair[1].0 && pair[0].1 != pair[1].1)
    })
}

fn check_case(case: &str, over: usize, targets: u32, seed: u64) -> [u32; 2] {
    let path = format!("{}/../../scenarios/{case}/scenario.yaml", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&path).unwrap_or_else(|fault| panic!("{path}: {fault}"));
    let situation = detente_scenario::load(case, &bytes).situation.expect("no errors");
    let budget = Budget::default();
    let structure = Structure::new(&situation, &budget).expect("no limits");
    let point = central_point(&situation).expect("no division by zero");
    let mut rng = Pcg::new(seed);
    let mut seen = [0, 0];
    for profile in profiles(&situation, 4) {
        let solved = solve_profile(&structure, &profile, &point, &budget).expect("no limits");
        let varied: Vec<_> = worth_parameters(&solved).into_iter().collect();
        let forms = Forms::new(&solved, &varied).expect("multilinear worths");
        for _ in 0..targets {
            let mut places: Vec<usize> = (0..varied.len()).collect();
            rng.shuffle(&mut places);
            places.truncate(over);
            let Some(plane) = Plane::new(&solved, &forms, &places) else { continue };
            let target = StateId(rng.below(structure.states.state_count() as u32));
            for concept in Concept::ALL {
                let region = plane.region(concept, target, &budget).expect("no limits");
                assert!(!region.cut_short);
                let found = check_points(&plane, &region, concept, target, &mut rng);
                seen = [seen[0] + found[0], seen[1] + found[1]];
                let whole = region.parts.iter().any(|part| part.halves().len() == 2 * over);
                if let Some(share) = &region.share {
                    assert!(!whole || *share == Exact::ONE);
                    assert_eq!(region.parts.is_empty(), share.is_zero());
                }
                let nearest = plane.nearest(&region, concept, target, &budget).expect("no limits");
                assert_eq!(nearest.is_none(), region.parts.is_empty());
            }
        }
    }
    seen
}

#[test]
fn regions_of_two_numbers_agree_with_solving_at_points() {
    let seen = check_case("syria-2013", 2, 40, 11);
    assert!(seen.iter().all(|count| *count > 300), "{seen:?}");
}

#[test]
fn regions_of_one_and_three_numbers_agree_with_solving_at_points() {
    check_case("syria-2013", 1, 20, 12);
    check_case("syria-2013", 3, 15, 13);
    check_case("aleppo-2016", 2, 15, 14);
}
