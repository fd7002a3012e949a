use crate::concepts::Concept;
use crate::concepts::examples::{is_stable, prisoners, slippery};

#[test]
fn differs_from_sequential_stability_by_the_escape() {
    assert!(is_stable(&slippery(), Concept::Sequential, 0));
    assert!(!is_stable(&slippery(), Concept::SymmetricSequential, 0));
}

#[test]
fn silence_lasts_because_nothing_better_follows_confessions() {
    assert!(is_stable(&prisoners(), Concept::SymmetricSequential, 0));
}
