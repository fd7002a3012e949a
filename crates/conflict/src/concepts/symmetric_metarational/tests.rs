use crate::concepts::examples::{SECOND, ask, chicken, is_stable, slippery};
use crate::concepts::{Concept, Evidence, Reply};
use crate::model::StateId;
use crate::reach::Step;

#[test]
fn an_escape_to_a_better_state_undoes_the_reply() {
    let path = vec![Step { mover: SECOND, to: StateId(3) }];
    let worst_reply = Some(Reply { path, result: StateId(3), escape: Some(StateId(2)) });
    let expected = Evidence::Unstable { improvement: StateId(1), reachable: 1, worst_reply };
    assert_eq!(ask(&slippery(), Concept::SymmetricMetarational, 0), expected);
}

#[test]
fn an_escape_to_a_worse_state_does_not() {
    assert!(is_stable(&chicken(), Concept::SymmetricMetarational, 0));
}
