use crate::random::{Draws, Parts, Pcg, SHAPES, random_parts};

use super::*;
use crate::concepts::solve;

/// Ranks known up to intervals, and moves that may not exist.
struct Vague {
    lowest: Vec<Vec<u32>>,
    highest: Vec<Vec<u32>>,
    /// States (from, to) by decision maker.
    extra: Vec<Vec<(u32, u32)>>,
}

impl Comparisons for Vague {
    fn surely_better(&self, dm: DmId, a: StateId, b: StateId) -> bool {
        self.lowest[dm.index()][a.index()] > self.highest[dm.index()][b.index()]
    }

    fn surely_not_better(&self, dm: DmId, a: StateId, b: StateId) -> bool {
        a == b || self.highest[dm.index()][a.index()] <= self.lowest[dm.index()][b.index()]
    }

    fn possible_moves(&self, dm: DmId, from: StateId) -> Vec<StateId> {
        let targets = self.extra[dm.index()].iter().filter(|(source, _)| *source == from.0);
        targets.map(|(_, target)| StateId(*target)).collect()
    }
}

fn random_vague(rng: &mut Pcg, parts: &Parts) -> Vague {
    let states = parts.ranks[0].len() as u32;
    let width = rng.below(4);
    let lowest = parts.ranks.clone();
    let highest = lowest.iter().map(|ranks| ranks.iter().map(|rank| rank + rng.below(width + 1)).collect()).collect();
    let extra_count = rng.below(4);
    let pair = |rng: &mut Pcg| (rng.below(states), rng.below(states));
    let extra = parts.ranks.iter().map(|_| (0..extra_count).map(|_| pair(rng)).collect()).collect();
    Vague { lowest, highest, extra }
}

fn random_completion(rng: &mut Pcg, parts: &Parts, vague: &Vague, codes: &[u32]) -> Model {
    let mut completion = parts.clone();
    for dm in 0..parts.ranks.len() {
        for (state, rank) in completion.ranks[dm].iter_mut().enumerate() {
            *rank = vague.lowest[dm][state] + rng.below(vague.highest[dm][state] - vague.lowest[dm][state] + 1);
        }
        let existing = vague.extra[dm].iter().filter(|_| rng.chance(50));
        completion.arcs[dm].extend(existing.map(|(from, to)| (codes[*from as usize], codes[*to as usize])));
    }
    completion.model()
}

#[test]
fn sure_verdicts_hold_in_every_completion_drawn() {
    let budget = Budget::default();
    let mut sure = 0;
    let mut open = 0;
    for seed in 0..800 {
        let mut rng = Pcg::new(seed);
        let mut parts = random_parts(&mut rng, SHAPES[(seed % 5) as usize], 16);
        parts.unseen.iter_mut().for_each(|unseen| *unseen = None);
        let vague = random_vague(&mut rng, &parts);
        let model = parts.model();
        let codes: Vec<u32> = model.states().map(|state| model.code(state)).collect();
        let bounds = bound_stability(&model, &vague, &Concept::ALL, &budget).expect("no limits");
        for _ in 0..12 {
            let completion = random_completion(&mut rng, &parts, &vague, &codes);
            let solution = solve(&completion, &Concept::ALL, &budget).expect("no limits");
            for concept in Concept::ALL {
                for dm in model.decision_makers() {
                    for state in model.states() {
                        let expected = match bounds.verdict(concept, dm, state) {
                            SureStability::SurelyStable => true,
                            SureStability::SurelyUnstable => false,
                            SureStability::Open => {
                                open += 1;
                                continue;
                            }
                        };
                        sure += 1;
                        assert_eq!(
                            solution.is_stable(concept, dm, state),
                            expected,
                            "seed {seed} {concept} {dm:?} {state:?}"
                        );
                    }
                }
            }
        }
    }
    assert!(sure > 100_000 && open > 100_000, "{sure} sure, {open} open");
}

#[test]
fn nothing_is_open_when_everything_is_known() {
    let budget = Budget::default();
    for seed in 0..400 {
        let mut rng = Pcg::new(50_000 + seed);
        let model = random_parts(&mut rng, SHAPES[(seed % 5) as usize], 18).model();
        let bounds = bound_stability(&model, &model, &Concept::ALL, &budget).expect("no limits");
        let solution = solve(&model, &Concept::ALL, &budget).expect("no limits");
        for concept in Concept::ALL {
            let equilibria = solution.equilibria(concept);
            for state in model.states() {
                for dm in model.decision_makers() {
                    let stable = solution.is_stable(concept, dm, state);
                    let expected = if stable { SureStability::SurelyStable } else { SureStability::SurelyUnstable };
                    assert_eq!(bounds.verdict(concept, dm, state), expected);
                }
                let is_equilibrium = bounds.equilibrium(concept, state) == SureStability::SurelyStable;
                assert_eq!(is_equilibrium, equilibria.contains(state.index()));
            }
        }
    }
}
