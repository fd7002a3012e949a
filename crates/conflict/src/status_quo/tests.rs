use super::*;
use crate::model::{DmId, ModelBuilder, StateSpace};

/// One party can only go on after the other has moved in between.
#[test]
fn nobody_moves_twice_in_a_row() {
    let mut builder = ModelBuilder::new(StateSpace::full(&[5]).expect("five states"));
    let (a, b) = (builder.decision_maker("a"), builder.decision_maker("b"));
    builder.arcs(a, [(0, 1), (1, 2), (3, 4)]).arcs(b, [(0, 3), (4, 1)]);
    let model = builder.build().expect("a valid model");
    let reached = status_quo(&model, StateId(0), MoveKind::Any, &Budget::default()).expect("no limits");
    assert_eq!(reached.count(), 5);
    let path = reached.path(StateId(2)).expect("reached");
    let movers: Vec<DmId> = path.iter().map(|step| step.mover).collect();
    assert_eq!(movers, [b, a, b, a], "1 is met first after a move of a, which then may not go on");
    assert_eq!((reached.distance(StateId(1)), reached.distance(StateId(2))), (Some(1), Some(4)));
    let improving = status_quo(&model, StateId(0), MoveKind::Improving, &Budget::default()).expect("no limits");
    assert_eq!(
        (improving.count(), improving.path(StateId(0)), improving.path(StateId(1))),
        (1, Some(Vec::new()), None)
    );
}
