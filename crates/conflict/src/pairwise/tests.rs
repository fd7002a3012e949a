use super::*;
use crate::random::{Draws, Pcg, SHAPES, random_parts};

use super::chains::chains;
use detente_base::{Budget, Exact};

/// Every state is in one chain once, and what deters a step deters the later ones.
fn assert_chains_are_right(judgement: &impl Judgement, model: &crate::Model) {
    let states: Vec<StateId> = model.states().collect();
    for dm in model.decision_makers() {
        let (all, alone) = chains(judgement, dm, &states, &Budget::default()).expect("no limits");
        let mut met: Vec<StateId> =
            all.iter().flat_map(|chain| chain.members.iter().map(|(state, _)| *state)).collect();
        met.extend(alone);
        met.sort_unstable();
        assert_eq!(met, states);
        for chain in &all {
            for &(state, step) in &chain.members {
                for other in &states {
                    let stand_in = chain.steps[step as usize];
                    assert_eq!(judgement.deters(dm, *other, state), judgement.deters(dm, *other, stand_in));
                    assert_eq!(judgement.escapes(dm, *other, state), judgement.escapes(dm, *other, stand_in));
                }
            }
            for (low, high) in chain.steps.iter().zip(&chain.steps[1..]) {
                for other in &states {
                    assert!(judgement.deters(dm, *other, *low) <= judgement.deters(dm, *other, *high));
                    assert!(judgement.escapes(dm, *other, *low) >= judgement.escapes(dm, *other, *high));
                }
            }
        }
    }
}

fn random_pairs(rng: &mut Pcg, states: usize) -> PairSets {
    let count = rng.below(4) as usize;
    let sets: Vec<_> = (0..count).map(|_| (rng.subset(states, 25), rng.subset(states, 25))).collect();
    PairSets::new(states, &sets)
}

#[test]
fn places_keep_what_they_promise() {
    for seed in 0..400 {
        let mut rng = Pcg::new(seed);
        let parts = random_parts(&mut rng, SHAPES[(seed % 5) as usize], 16);
        let (model, states) = (parts.model(), parts.ranks[0].len());
        let graded: Vec<GradedPreference> = (parts.ranks.iter())
            .map(|ranks| GradedPreference {
                ranks: ranks.clone(),
                unknown: random_pairs(&mut rng, states),
                strong: random_pairs(&mut rng, states),
                great_below: ranks.iter().map(|rank| rank.saturating_sub(1)).collect(),
            })
            .collect();
        for caution in Caution::ALL {
            for severity in [Severity::General, Severity::Strong] {
                assert_chains_are_right(&Graded { preferences: &graded, caution, severity }, &model);
            }
        }
        let likely: Vec<LikelyPreference> = (parts.ranks.iter())
            .map(|ranks| {
                let other = ranks.iter().map(|_| rng.below(4)).collect();
                let kinds = vec![(Exact::ratio(1, 2), ranks.clone()), (Exact::ratio(1, 2), other)];
                let unknown = random_pairs(&mut rng, states);
                let stated = PairSets::new(states, &[(rng.subset(states, 20), rng.subset(states, 20))]);
                LikelyPreference::new(kinds, Exact::ratio(i64::from(rng.below(5)), 4))
                    .with_stated(stated, vec![Exact::ratio(i64::from(rng.below(5)), 4)])
                    .with_unknown(unknown)
            })
            .collect();
        for ties in Ties::ALL {
            assert_chains_are_right(&Likely { preferences: &likely, ties }, &model);
        }
    }
}

#[test]
fn statements_beyond_a_word_are_found() {
    let mut sets = vec![(fixedbitset::FixedBitSet::with_capacity(3), fixedbitset::FixedBitSet::with_capacity(3)); 70];
    sets[69].0.insert(0);
    sets[69].1.insert(2);
    let pairs = PairSets::new(3, &sets);
    assert_eq!((pairs.find(0, 2), pairs.find(2, 0), pairs.find_either_way(2, 0)), (Some(69), None, Some(69)));
}
