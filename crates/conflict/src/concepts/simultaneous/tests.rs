use detente_base::Budget;

use super::{JointReply, SimultaneousEvidence, explain_simultaneous, sequential_or_simultaneous, solve_simultaneous};
use crate::applicability::{NotApplicable, Refusal};
use crate::concepts::examples::{FIRST, SECOND, chicken, prisoners};
use crate::concepts::{Concept, solve};
use crate::model::{Model, ModelBuilder, StateId, StateSpace, Transitions};
use crate::reach::Step;

fn equilibria(model: &Model) -> Vec<usize> {
    solve_simultaneous(model, &Budget::default()).expect("option form").equilibria().ones().collect()
}

#[test]
fn a_crash_keeps_both_drivers_at_the_compromise() {
    assert_eq!(equilibria(&chicken()), [0, 1, 2]);
    let evidence = explain_simultaneous(&chicken(), FIRST, StateId(0), &Budget::default()).expect("option form");
    let SimultaneousEvidence::Stable { sanctions } = evidence else { panic!("a crash deters") };
    let reply = JointReply { changes: vec![Step { mover: SECOND, to: StateId(2) }], result: StateId(3) };
    assert_eq!((sanctions[0].improvement, &sanctions[0].reply), (StateId(1), &reply));
}

#[test]
fn both_confessing_at_once_is_worse_than_silence() {
    assert_eq!(equilibria(&prisoners()), [0, 3]);
}

#[test]
fn nobody_else_moving_is_no_sanction() {
    // At 1 the second party has no improvement, so that the first, who has, would leave.
    let model = crate::concepts::examples::two_by_two([3, 0, 0, 0], [3, 1, 2, 0]);
    let evidence = explain_simultaneous(&model, FIRST, StateId(1), &Budget::default()).expect("option form");
    let SimultaneousEvidence::Unstable { improvement, joint } = evidence else { panic!("nothing deters") };
    assert_eq!((improvement, joint.feasible, joint.infeasible, joint.worst), (StateId(0), 0, 0, None));
}

#[test]
fn an_infeasible_combination_deters_nobody() {
    let mut feasible = fixedbitset::FixedBitSet::with_capacity(4);
    feasible.insert_range(..3);
    let mut builder = ModelBuilder::new(StateSpace::new(&[2, 2], feasible).expect("three states"));
    let (first, second) = (builder.decision_maker("first"), builder.decision_maker("second"));
    builder.control(first, 0, Transitions::Free).ranks(first, vec![0, 1, 0]);
    builder.control(second, 1, Transitions::Free).ranks(second, vec![0, 0, 1]);
    let model = builder.build().expect("a valid model");
    let evidence = explain_simultaneous(&model, FIRST, StateId(0), &Budget::default()).expect("option form");
    let SimultaneousEvidence::Unstable { joint, .. } = evidence else { panic!("nothing deters") };
    assert_eq!((joint.feasible, joint.infeasible, joint.worst), (0, 1, None));
}

#[test]
fn two_others_together_can_deter_where_none_does_alone() {
    // The first party likes its change unless both others change as well.
    let mut builder = ModelBuilder::new(StateSpace::full(&[2, 2, 2]).expect("eight states"));
    for (coordinate, ranks) in
        [vec![1, 2, 1, 2, 1, 2, 1, 0], vec![0, 0, 1, 1, 0, 0, 1, 1], vec![0, 0, 0, 0, 1, 1, 1, 1]]
            .into_iter()
            .enumerate()
    {
        let dm = builder.decision_maker("party");
        builder.control(dm, coordinate, Transitions::Free).ranks(dm, ranks);
    }
    let model = builder.build().expect("a valid model");
    let evidence = explain_simultaneous(&model, FIRST, StateId(0), &Budget::default()).expect("option form");
    let SimultaneousEvidence::Stable { sanctions } = evidence else { panic!("both others deter") };
    assert_eq!((sanctions[0].reply.changes.len(), sanctions[0].reply.result), (2, StateId(7)));
}

#[test]
fn listed_moves_have_no_sum() {
    let mut builder = ModelBuilder::new(StateSpace::full(&[2]).expect("two states"));
    let dm = builder.decision_maker("party");
    builder.arcs(dm, [(0, 1)]);
    let model = builder.build().expect("a valid model");
    let refused = solve_simultaneous(&model, &Budget::default());
    assert_eq!(refused, Err(Refusal::NotApplicable(NotApplicable::ListedMoves { dm })));
}

#[test]
fn the_union_with_sequential_stability_is_taken_for_each_party() {
    let model = prisoners();
    let budget = Budget::default();
    let sequential = solve(&model, &[Concept::Sequential], &budget).expect("no limits");
    let simultaneous = solve_simultaneous(&model, &budget).expect("option form");
    let union = sequential_or_simultaneous(&sequential, &simultaneous);
    for dm in model.decision_makers() {
        for state in model.states() {
            let either = sequential.is_stable(Concept::Sequential, dm, state) || simultaneous.is_stable(dm, state);
            assert_eq!(union.is_stable(dm, state), either);
        }
    }
}
