use crate::concepts::examples::{SECOND, ask, chicken, is_stable, slippery};
use crate::concepts::{Concept, Evidence, Reply, Sanction};
use crate::model::StateId;
use crate::reach::Step;

#[test]
fn a_reply_that_hurts_its_mover_deters() {
    let reply = Reply { path: vec![Step { mover: SECOND, to: StateId(3) }], result: StateId(3), escape: None };
    let expected = Evidence::Stable { sanctions: vec![Sanction { improvement: StateId(1), reply }] };
    assert_eq!(ask(&chicken(), Concept::GeneralMetarational, 0), expected);
}

#[test]
fn a_way_out_after_the_reply_is_not_looked_for() {
    assert!(is_stable(&slippery(), Concept::GeneralMetarational, 0));
}
