use crate::random::{Draws, Pcg, SHAPES, random_parts};
use detente_base::{Budget, StopReason};

use super::Tables;
use super::worst::{worst, worst_without_sweeps};
use crate::model::{DmId, Model, ModelBuilder, StateId, StateSpace, Transitions};
use crate::moves::MoveKind;
use crate::{Concept, FixedBitSet, explain, solve};

#[test]
fn sweeps_and_ascending_search_agree() {
    let budget = Budget::default();
    for seed in 0..3_000 {
        let mut rng = Pcg::new(seed);
        let model = random_parts(&mut rng, SHAPES[(seed % 5) as usize], 60).model();
        let tables = Tables::new(&model, &budget).expect("no limits");
        let group: Vec<DmId> = model.decision_makers().filter(|_| rng.chance(80)).collect();
        let values: Vec<u32> = (0..model.state_count()).map(|_| rng.below(50)).collect();
        for kind in [MoveKind::Any, MoveKind::Improving] {
            let swept = worst(&tables, &group, kind, values.clone(), &budget).expect("no limits");
            assert_eq!(swept, worst_without_sweeps(&tables, &group, kind, values.clone()), "seed {seed} {kind:?}");
        }
    }
}

/// A path along which two others move in turn; the end is bad for the third.
fn path_graph(length: u32) -> Model {
    let mut builder = ModelBuilder::new(StateSpace::full(&[length]).expect("a small space"));
    let focal = builder.decision_maker("focal");
    let others = [builder.decision_maker("odd"), builder.decision_maker("even")];
    builder.arcs(focal, [(0, 1)]);
    for state in 1..length - 1 {
        builder.arcs(others[state as usize % 2], [(state, state + 1)]);
    }
    let mut ranks = vec![2; length as usize];
    ranks[0] = 1;
    ranks[length as usize - 1] = 0;
    builder.ranks(focal, ranks);
    for other in others {
        builder.ranks(other, (0..length).collect());
    }
    builder.build().expect("a valid model")
}

#[test]
fn a_long_path_is_followed_to_its_end_in_linear_time() {
    let model = path_graph(100_000);
    let focal = DmId(0);
    let budget = Budget::default();
    let solution = solve(&model, &Concept::ALL, &budget).expect("no limits");
    assert!(!solution.is_stable(Concept::Nash, focal, StateId(0)));
    for concept in [Concept::GeneralMetarational, Concept::SymmetricSequential] {
        assert!(solution.is_stable(concept, focal, StateId(0)));
        let evidence = explain(&model, concept, focal, StateId(0), &budget).expect("no limits");
        let crate::Evidence::Stable { sanctions } = evidence else { panic!("stable") };
        assert_eq!(sanctions[0].reply.path.len(), 99_998);
    }
}

/// Two parties whose rows and columns meet in a long staircase of feasible states.
fn staircase(steps: u32) -> Model {
    let sizes = [steps, steps, 2];
    let mut feasible = FixedBitSet::with_capacity((steps * steps * 2) as usize);
    for layer in 0..2 {
        for step in 0..steps {
            feasible.insert((step * steps + step + layer * steps * steps) as usize);
            if step + 1 < steps {
                feasible.insert((step * steps + step + 1 + layer * steps * steps) as usize);
            }
        }
    }
    let space = StateSpace::new(&sizes, feasible).expect("a small space");
    let count = space.state_count() as u32;
    let mut builder = ModelBuilder::new(space);
    let [across, down, focal] = ["across", "down", "focal"].map(|name| builder.decision_maker(name));
    builder.control(across, 0, Transitions::Free).control(down, 1, Transitions::Free);
    builder.control(focal, 2, Transitions::Free);
    // The lower layer is fair, the upper one better, except at its far end.
    let half = count / 2;
    let rank = |state: u32| if state == count - 1 { 0 } else { 1 + u32::from(state >= half) };
    builder.ranks(focal, (0..count).map(rank).collect());
    builder.ranks(across, (0..count).collect()).ranks(down, (0..count).collect());
    builder.build().expect("a valid model")
}

#[test]
fn a_staircase_that_needs_many_sweeps_is_climbed() {
    let model = staircase(700);
    let focal = DmId(2);
    let solution = solve(&model, &Concept::ALL, &Budget::default()).expect("no limits");
    let half = model.state_count() / 2;
    for concept in [Concept::GeneralMetarational, Concept::Sequential] {
        assert_eq!(solution.stable(concept, focal).count_ones(..), model.state_count() - 1, "{concept}");
        assert!(!solution.is_stable(concept, focal, StateId::from_index(model.state_count() - 1)));
    }
    assert_eq!(solution.stable(Concept::Nash, focal).count_ones(..), half);
}

#[test]
fn a_raised_stopper_and_a_small_move_limit_end_the_question() {
    let model = path_graph(50);
    let budget = Budget { moves: 10, ..Budget::default() };
    assert_eq!(solve(&model, &Concept::ALL, &budget), Err(StopReason::TooManyMoves { limit: 10 }));
    let budget = Budget::default();
    budget.stopper.stop();
    assert_eq!(solve(&model, &[Concept::Nash], &budget), Err(StopReason::Interrupted));
    let explained = explain(&model, Concept::Sequential, DmId(0), StateId(0), &budget);
    assert_eq!(explained, Err(StopReason::Interrupted));
}
