use crate::concepts::examples::{ask, chicken, is_stable, prisoners};
use crate::concepts::{Concept, Evidence};
use crate::model::StateId;

#[test]
fn a_reply_that_hurts_its_mover_does_not_deter() {
    let expected = Evidence::Unstable { improvement: StateId(1), reachable: 0, worst_reply: None };
    assert_eq!(ask(&chicken(), Concept::Sequential, 0), expected);
}

#[test]
fn silence_lasts_because_confessing_would_be_answered() {
    assert!(is_stable(&prisoners(), Concept::Sequential, 0));
    assert!(!is_stable(&prisoners(), Concept::Sequential, 2));
}
