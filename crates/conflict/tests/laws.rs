//! What must not change a verdict.

mod support;

use detente_base::Budget;
use detente_conflict::{Concept, DmId, FixedBitSet, Model, Solution, StateId, Transitions, solve};
use support::random::{Parts, Pcg, SHAPES, random_parts};

fn solved(model: &Model) -> Solution {
    solve(model, &Concept::ALL, &Budget::default()).expect("no limits")
}

fn shuffled(rng: &mut Pcg, count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for place in (1..count).rev() {
        order.swap(place, rng.below(place as u32 + 1) as usize);
    }
    order
}

fn for_each_model(count: u64, check: impl Fn(&mut Pcg, Parts)) {
    for seed in 0..count {
        let mut rng = Pcg::new(7_000_000 + seed);
        let parts = random_parts(&mut rng, SHAPES[(seed % 5) as usize], 40);
        check(&mut rng, parts);
    }
}

#[test]
fn the_order_of_decision_makers_does_not_matter() {
    for_each_model(1_000, |rng, parts| {
        let order = shuffled(rng, parts.ranks.len());
        let place = |dm: usize| order.iter().position(|other| *other == dm).expect("a permutation");
        let mut renamed = parts.clone();
        renamed.ranks = order.iter().map(|dm| parts.ranks[*dm].clone()).collect();
        renamed.arcs = order.iter().map(|dm| parts.arcs[*dm].clone()).collect();
        renamed.unseen = order.iter().map(|dm| parts.unseen[*dm].clone()).collect();
        for control in renamed.control.iter_mut().flatten() {
            control.0 = place(control.0);
        }
        let (before, after) = (solved(&parts.model()), solved(&renamed.model()));
        for concept in Concept::ALL {
            assert_eq!(before.equilibria(concept), after.equilibria(concept));
            for dm in 0..order.len() {
                let (old, new) = (DmId::from_index(dm), DmId::from_index(place(dm)));
                assert_eq!(before.stable(concept, old), after.stable(concept, new));
            }
        }
    });
}

#[test]
fn the_order_of_coordinates_does_not_matter() {
    for_each_model(1_000, |rng, parts| {
        let order = shuffled(rng, parts.sizes.len());
        let model = parts.model();
        let (renamed, code) = reorder_coordinates(&parts, &model, &order);
        let other = renamed.model();
        let (before, after) = (solved(&model), solved(&other));
        for concept in Concept::ALL {
            for dm in model.decision_makers() {
                for state in model.states() {
                    let image = other.state_at(code(model.code(state))).expect("feasible in both");
                    assert_eq!(before.is_stable(concept, dm, state), after.is_stable(concept, dm, image));
                }
            }
        }
    });
}

/// The same conflict with coordinate `order[k]` in place k, and the new codes.
fn reorder_coordinates<'a>(parts: &Parts, model: &'a Model, order: &'a [usize]) -> (Parts, impl Fn(u32) -> u32 + 'a) {
    let code = move |code: u32| {
        let mut stride = 1;
        order.iter().fold(0, |sum, coordinate| {
            let term = model.space().value(code, *coordinate) * stride;
            stride *= model.space().sizes()[*coordinate];
            sum + term
        })
    };
    let set = |codes: &FixedBitSet| {
        let mut image = FixedBitSet::with_capacity(codes.len());
        image.extend(codes.ones().map(|old| code(old as u32) as usize));
        image
    };
    let control = |coordinate: &usize| {
        parts.control[*coordinate].clone().map(|(owner, transitions)| match transitions {
            Transitions::Guarded(pairs) => {
                let pairs = pairs.iter().map(|(from, to, codes)| (*from, *to, set(codes))).collect();
                (owner, Transitions::Guarded(pairs))
            }
            other => (owner, other),
        })
    };
    let ranks = |ranks: &Vec<u32>| {
        let mut by_code: Vec<(u32, u32)> =
            model.states().map(|state| (code(model.code(state)), ranks[state.index()])).collect();
        by_code.sort_unstable();
        by_code.into_iter().map(|(_, rank)| rank).collect()
    };
    let renamed = Parts {
        sizes: order.iter().map(|coordinate| parts.sizes[*coordinate]).collect(),
        feasible: set(&parts.feasible),
        control: order.iter().map(control).collect(),
        arcs: parts.arcs.iter().map(|list| list.iter().map(|(from, to)| (code(*from), code(*to))).collect()).collect(),
        ranks: parts.ranks.iter().map(ranks).collect(),
        unseen: parts.unseen.iter().map(|unseen| unseen.as_ref().map(set)).collect(),
    };
    (renamed, code)
}

#[test]
fn only_the_order_of_ranks_matters() {
    for_each_model(500, |_, parts| {
        let mut stretched = parts.clone();
        for rank in stretched.ranks.iter_mut().flatten() {
            *rank = u32::MAX - (100 - *rank) * (100 - *rank);
        }
        assert_eq!(solved(&parts.model()), solved(&stretched.model()));
    });
}

#[test]
fn a_mixture_of_one_concept_is_that_concept() {
    for_each_model(200, |rng, parts| {
        let model = parts.model();
        let solution = solved(&model);
        let count = model.decision_maker_count();
        for concept in Concept::ALL {
            assert_eq!(solution.equilibria_of_mixture(&vec![concept; count]), solution.equilibria(concept));
        }
        let mixture: Vec<Concept> = (0..count).map(|_| Concept::ALL[rng.below(5) as usize]).collect();
        let equilibria = solution.equilibria_of_mixture(&mixture);
        for state in model.states() {
            let all = (0..count).all(|dm| solution.is_stable(mixture[dm], DmId::from_index(dm), state));
            assert_eq!(equilibria.contains(state.index()), all);
        }
        assert!(model.states().all(|state: StateId| state.index() < model.state_count()));
    });
}
