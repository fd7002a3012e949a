use crate::concepts::examples::{ask, prisoners};
use crate::concepts::{Concept, Evidence};
use crate::model::StateId;

#[test]
fn only_confessing_is_nash_stable() {
    let model = prisoners();
    let stable = Evidence::Stable { sanctions: Vec::new() };
    assert_eq!(ask(&model, Concept::Nash, 3), stable);
    assert_eq!(ask(&model, Concept::Nash, 1), stable);
    let unstable = Evidence::Unstable { improvement: StateId(1), reachable: 0, worst_reply: None };
    assert_eq!(ask(&model, Concept::Nash, 0), unstable);
}
