//! Two-by-two conflicts for the concepts' tests.
//!
//! The first party moves between states 0-1 and 2-3, the second between 0-2 and 1-3.

use detente_base::Budget;

use super::{Concept, Evidence, explain, solve};
use crate::model::{DmId, Model, ModelBuilder, StateId, StateSpace, Transitions};

pub(crate) const FIRST: DmId = DmId(0);
pub(crate) const SECOND: DmId = DmId(1);

pub(crate) fn two_by_two(first: [u32; 4], second: [u32; 4]) -> Model {
    let mut builder = ModelBuilder::new(StateSpace::full(&[2, 2]).expect("four states"));
    for (coordinate, (name, ranks)) in [("first", first), ("second", second)].into_iter().enumerate() {
        let dm = builder.decision_maker(name);
        builder.control(dm, coordinate, Transitions::Free).ranks(dm, ranks.to_vec());
    }
    builder.build().expect("a valid model")
}

/// Silent or confess; mutual confession is the only state that is Nash stable.
pub(crate) fn prisoners() -> Model {
    two_by_two([2, 3, 0, 1], [2, 0, 3, 1])
}

/// Swerve or go straight; a crash is the worst for both.
pub(crate) fn chicken() -> Model {
    two_by_two([2, 3, 1, 0], [2, 1, 3, 0])
}

/// The second party can answer a move of the first from 0, to its own advantage, but
/// the first party can then escape to a better state.
pub(crate) fn slippery() -> Model {
    two_by_two([1, 3, 2, 0], [0, 0, 0, 1])
}

/// Evidence and verdict of the solver, which must agree, for the first party.
pub(crate) fn ask(model: &Model, concept: Concept, state: u32) -> Evidence {
    let budget = Budget::default();
    let solution = solve(model, &[concept], &budget).expect("no limits");
    let evidence = explain(model, concept, FIRST, StateId(state), &budget).expect("no limits");
    assert_eq!(evidence.is_stable(), solution.is_stable(concept, FIRST, StateId(state)));
    let checked = crate::check::verify(model, concept, FIRST, StateId(state), evidence.is_stable(), &evidence);
    assert_eq!(checked, Ok(()));
    evidence
}

pub(crate) fn is_stable(model: &Model, concept: Concept, state: u32) -> bool {
    ask(model, concept, state).is_stable()
}
