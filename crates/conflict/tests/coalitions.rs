//! Coalition stability: the solver against the definitions.

mod support;

use detente_base::{Budget, StopReason};
use detente_conflict::{
    Coalition, CoalitionConcept, CoalitionEvidence, CoalitionFailure, CoalitionSolution, Concept, DmId, FixedBitSet,
    Model, Reading, StateId, Transitions, explain_coalition, explain_coalition_within, solve, solve_coalitions,
    solve_merged, verify_coalition, verify_coalition_within,
};
use support::coalition_oracle::{Bits, CoalitionOracle, members};
use support::oracle::Oracle;
use support::random::{Parts, Pcg, SHAPES, Shape, random_parts};

const READINGS: [Reading; 2] = [Reading::Strict, Reading::Pareto];

fn coalition(bits: Bits) -> Coalition {
    Coalition::of(members(bits).into_iter().map(DmId::from_index))
}

#[test]
fn the_solver_agrees_with_the_definitions() {
    let mut seen = [[0_u32; 2]; 4];
    for seed in 0..2_000 {
        let mut rng = Pcg::new(11_000_000 + seed);
        let parts = random_parts(&mut rng, SHAPES[(seed % 5) as usize], [8, 16, 30][(seed % 3) as usize]);
        let (model, oracle) = (parts.model(), Oracle::new(&parts));
        for reading in READINGS {
            let literal = CoalitionOracle::new(&parts, &oracle, reading);
            let solution = solve_coalitions(&model, reading, usize::MAX, &Budget::default());
            assert_eq!(solution.coalitions().count(), (1 << parts.ranks.len()) - 1);
            for bits in 1..1 << parts.ranks.len() {
                for concept in CoalitionConcept::ALL {
                    let expected = literal.stable_for(concept, bits);
                    let found = solution.stable(concept, coalition(bits)).expect("no limits");
                    for (state, stable) in expected.iter().enumerate() {
                        assert_eq!(
                            found.contains(state),
                            *stable,
                            "seed {seed} {reading:?} {concept} coalition {bits:b} state {state}\n{parts:?}"
                        );
                        seen[concept as usize][usize::from(*stable)] += 1;
                    }
                }
            }
        }
    }
    assert!(seen.iter().flatten().all(|count| *count > 5_000), "{seen:?}");
}

/// Larger conflicts than the definitions are tried on, against the evidence's search.
#[test]
fn large_conflicts_agree_with_their_evidence() {
    let mut rng = Pcg::new(12_000_000);
    let mut leaving = 0;
    for round in 0..24 {
        let shape = [Shape::Reversible, Shape::Irreversible, Shape::Mixed][round % 3];
        let mut parts = random_parts(&mut rng, shape, 24);
        while parts.sizes.len() < 8 {
            parts = enlarged(&mut rng, parts);
        }
        let model = parts.model();
        for reading in READINGS {
            let solution = solve_coalitions(&model, reading, usize::MAX, &Budget::default());
            let coalitions: Vec<Coalition> = solution.coalitions().collect();
            for _ in 0..60 {
                let state = StateId(rng.below(model.state_count() as u32));
                let coalition = coalitions[rng.below(coalitions.len() as u32) as usize];
                for concept in CoalitionConcept::ALL {
                    let found = solution.stable(concept, coalition).expect("no limits").contains(state.index());
                    let evidence = explain_coalition(&model, concept, (reading, coalition), state, &Budget::default());
                    let stays = evidence.expect("no limits").is_stable();
                    assert_eq!(found, stays, "{round} {reading:?} {concept} {coalition:?} {state:?}");
                    leaving += u32::from(!stays);
                }
            }
        }
    }
    assert!(leaving > 500, "{leaving}");
}

/// The conflict with one more yes/no coordinate and new ranks.
fn enlarged(rng: &mut Pcg, parts: Parts) -> Parts {
    let codes = parts.feasible.len();
    let mut grown = parts.clone();
    grown.sizes.push(2);
    grown.feasible = FixedBitSet::with_capacity(2 * codes);
    grown.feasible.extend(parts.feasible.ones().flat_map(|code| [code, code + codes]));
    grown.control.iter_mut().flatten().for_each(|(_, transitions)| {
        if let Transitions::Guarded(pairs) = transitions {
            pairs.iter_mut().for_each(|(_, _, guard)| guard.grow(2 * codes));
        }
    });
    grown.unseen.iter_mut().flatten().for_each(|set| set.grow(2 * codes));
    let owner = rng.below(parts.ranks.len() as u32) as usize;
    let forward = parts.control.iter().flatten().any(|(_, change)| *change == Transitions::Forward);
    grown.control.push(Some((owner, if forward { Transitions::Forward } else { Transitions::Free })));
    let states = 2 * parts.feasible.count_ones(..);
    grown.ranks.iter_mut().for_each(|ranks| *ranks = (0..states).map(|_| rng.below(states as u32)).collect());
    grown
}

#[test]
fn evidence_is_confirmed_and_corrupted_evidence_refused() {
    let mut rejected = 0_u32;
    for seed in 0..300 {
        let mut rng = Pcg::new(13_000_000 + seed);
        let parts = random_parts(&mut rng, SHAPES[(seed % 5) as usize], 12);
        let model = parts.model();
        let reading = READINGS[(seed % 2) as usize];
        let solution = solve_coalitions(&model, reading, usize::MAX, &Budget::default());
        for coalition in solution.coalitions() {
            for concept in CoalitionConcept::ALL {
                for state in model.states() {
                    let case = (reading, coalition);
                    let evidence =
                        explain_coalition(&model, concept, case, state, &Budget::default()).expect("no limits");
                    let found = solution.stable(concept, coalition).expect("no limits").contains(state.index());
                    assert_eq!(evidence.is_stable(), found);
                    let checked = verify_coalition(&model, concept, case, state, &evidence);
                    assert_eq!(
                        checked,
                        Ok(()),
                        "seed {seed} {reading:?} {concept} {coalition:?} {state:?}\n{evidence:?}"
                    );
                    for corrupted in corruptions(&evidence, coalition, model.state_count()) {
                        rejected += 1;
                        let verdict = verify_coalition(&model, concept, case, state, &corrupted);
                        assert!(verdict.is_err(), "seed {seed} {concept} {coalition:?}\n{evidence:?}\n{corrupted:?}");
                    }
                }
            }
        }
    }
    assert!(rejected > 50_000, "{rejected}");
}

/// Changes that leave nothing true.
fn corruptions(evidence: &CoalitionEvidence, coalition: Coalition, state_count: usize) -> Vec<CoalitionEvidence> {
    let nowhere = StateId::from_index(state_count);
    let mut all = Vec::new();
    match evidence {
        CoalitionEvidence::Leaves { path, improvement, replies } => {
            all.push(CoalitionEvidence::Stable { deterred: Vec::new() });
            let leaves = |path: &[detente_conflict::Step], improvement, replies| CoalitionEvidence::Leaves {
                path: path.to_vec(),
                improvement,
                replies,
            };
            all.push(leaves(path, nowhere, *replies));
            all.push(leaves(path, *improvement, replies + 1));
            all.push(leaves(&[], *improvement, *replies));
            let mut twice = path.clone();
            twice.push(path[path.len() - 1]);
            all.push(leaves(&twice, *improvement, *replies));
            let mut stranger = path.clone();
            stranger[0].mover = DmId(60);
            all.push(leaves(&stranger, *improvement, *replies));
        }
        CoalitionEvidence::Stable { deterred } => {
            for index in 0..deterred.len() {
                let mut edit = |change: &dyn Fn(&mut Vec<detente_conflict::Deterred>)| {
                    let mut changed = deterred.clone();
                    change(&mut changed);
                    all.push(CoalitionEvidence::Stable { deterred: changed });
                };
                edit(&|list| drop(list.remove(index)));
                edit(&|list| list.push(list[index].clone()));
                edit(&|list| list[index].improvement = nowhere);
                edit(&|list| list[index].path.clear());
                edit(&|list| list[index].result = nowhere);
                edit(&|list| list[index].result = list[index].improvement);
                edit(&|list| list[index].reply.clear());
                edit(&|list| list[index].reply[0].path.clear());
                edit(&|list| list[index].reply[0].path[0].to = nowhere);
                edit(&|list| list[index].reply[0].coalition = coalition);
                edit(&|list| {
                    let last = list[index].reply[list[index].reply.len() - 1].clone();
                    list[index].reply.push(last);
                });
            }
            if let Some(first) = deterred.first() {
                let (path, improvement) = (first.path.clone(), first.improvement);
                all.push(CoalitionEvidence::Leaves { path, improvement, replies: 0 });
            }
        }
    }
    all
}

fn solved(model: &Model, reading: Reading) -> CoalitionSolution {
    solve_coalitions(model, reading, usize::MAX, &Budget::default())
}

fn set(solution: &CoalitionSolution, concept: CoalitionConcept, coalition: Coalition) -> &FixedBitSet {
    solution.stable(concept, coalition).expect("no limits")
}

/// R, GMR and SMR of one decision maker are `CNash`, CGMR and CSMR of the coalition of it
/// alone; SEQ implies CSEQ, as groups of others have more to reply with.
#[test]
fn a_coalition_of_one_is_that_one() {
    let mut wider = 0;
    for seed in 0..1_000 {
        let mut rng = Pcg::new(14_000_000 + seed);
        let model = random_parts(&mut rng, SHAPES[(seed % 5) as usize], 24).model();
        let singles = solve(&model, &Concept::ALL, &Budget::default()).expect("no limits");
        for reading in READINGS {
            let solution = solved(&model, reading);
            for dm in model.decision_makers() {
                let alone = Coalition::of([dm]);
                for concept in CoalitionConcept::ALL {
                    let (single, joint) = (singles.stable(concept.single(), dm), set(&solution, concept, alone));
                    if concept == CoalitionConcept::Sequential && model.decision_maker_count() > 2 {
                        assert!(single.is_subset(joint), "seed {seed}");
                        wider += u32::from(single != joint);
                    } else {
                        assert_eq!(single, joint, "seed {seed} {concept}");
                    }
                }
            }
        }
    }
    assert!(wider > 50, "{wider}");
}

#[test]
fn what_holds_for_coalitions_holds_for_each_party() {
    let mut beyond = 0;
    for seed in 0..1_000 {
        let mut rng = Pcg::new(15_000_000 + seed);
        let model = random_parts(&mut rng, SHAPES[(seed % 5) as usize], 24).model();
        let singles = solve(&model, &Concept::ALL, &Budget::default()).expect("no limits");
        for reading in READINGS {
            let solution = solved(&model, reading);
            for concept in CoalitionConcept::ALL {
                let (all, each) =
                    (solution.equilibria(concept).expect("no limits"), singles.equilibria(concept.single()));
                match concept {
                    CoalitionConcept::Sequential => beyond += u32::from(!all.is_subset(&each)),
                    _ => assert!(all.is_subset(&each), "seed {seed} {concept}"),
                }
            }
        }
    }
    // What holds under CSEQ need not hold under SEQ.
    assert!(beyond > 0);
}

#[test]
fn inclusions_hold_where_they_are_proved() {
    use CoalitionConcept::{GeneralMetarational, Nash, Sequential, SymmetricMetarational};
    let (mut outside, mut pareto_wider) = (0, 0);
    for seed in 0..3_000 {
        let mut rng = Pcg::new(16_000_000 + seed);
        let shape = SHAPES[(seed % 5) as usize];
        let model = random_parts(&mut rng, shape, 20).model();
        let (strict, pareto) = (solved(&model, Reading::Strict), solved(&model, Reading::Pareto));
        for coalition in strict.coalitions() {
            for solution in [&strict, &pareto] {
                let of = |concept| set(solution, concept, coalition);
                assert!(of(Nash).is_subset(of(Sequential)) && of(Nash).is_subset(of(SymmetricMetarational)));
                assert!(of(SymmetricMetarational).is_subset(of(GeneralMetarational)));
                if matches!(shape, Shape::Reversible | Shape::Irreversible) {
                    assert!(of(Sequential).is_subset(of(GeneralMetarational)), "seed {seed}");
                } else {
                    outside += u32::from(!of(Sequential).is_subset(of(GeneralMetarational)));
                }
            }
            for concept in [Nash, GeneralMetarational, SymmetricMetarational] {
                assert!(set(&pareto, concept, coalition).is_subset(set(&strict, concept, coalition)), "seed {seed}");
            }
            let credible = |solution| set(solution, Sequential, coalition);
            pareto_wider += u32::from(!credible(&pareto).is_subset(credible(&strict)));
        }
    }
    // CSEQ is not within CGMR where the order of movers matters, and Pareto CSEQ not
    // within strict CSEQ.
    assert!(outside > 0 && pareto_wider > 0, "{outside} {pareto_wider}");
}

#[test]
fn merging_nobody_changes_nothing() {
    for seed in 0..500 {
        let mut rng = Pcg::new(17_000_000 + seed);
        let model = random_parts(&mut rng, SHAPES[(seed % 5) as usize], 24).model();
        let singles = solve(&model, &Concept::ALL, &Budget::default()).expect("no limits");
        let blocks: Vec<Coalition> = model.decision_makers().map(|dm| Coalition::of([dm])).collect();
        for reading in READINGS {
            let merged = solve_merged(&model, &blocks, reading, &Budget::default()).expect("no limits");
            for concept in CoalitionConcept::ALL {
                for dm in model.decision_makers() {
                    assert_eq!(merged.stable(concept, dm.index()), singles.stable(concept.single(), dm), "seed {seed}");
                }
            }
        }
    }
}

#[test]
fn merged_blocks_agree_with_the_definition() {
    for seed in 0..1_000 {
        let mut rng = Pcg::new(18_000_000 + seed);
        let parts = random_parts(&mut rng, SHAPES[(seed % 5) as usize], 20);
        let model = parts.model();
        let count = parts.ranks.len();
        let label: Vec<usize> = (0..count).map(|_| rng.below(3) as usize).collect();
        let blocks: Vec<Bits> = (0..3)
            .map(|block| (0..count).filter(|dm| label[*dm] == block).fold(0, |bits, dm| bits | 1 << dm))
            .filter(|bits| *bits != 0)
            .collect();
        let joined = merged_parts(&parts, &blocks);
        let oracle = Oracle::new(&joined);
        let reach = (0..1_usize << count)
            .map(|bits| match blocks.iter().position(|block| *block == bits) {
                Some(block) => (0..oracle.state_count()).map(|state| oracle.moves(block, state).clone()).collect(),
                None => vec![std::collections::BTreeSet::new(); oracle.state_count()],
            })
            .collect();
        let reading = READINGS[(seed / 5 % 2) as usize];
        let literal = CoalitionOracle::with_reach(&parts, reading, reach);
        let partition: Vec<Coalition> = blocks.iter().map(|bits| coalition(*bits)).collect();
        let merged = solve_merged(&model, &partition, reading, &Budget::default()).expect("no limits");
        for (block, bits) in blocks.iter().enumerate() {
            let others: Vec<usize> = (0..blocks.len()).filter(|other| *other != block).collect();
            let groups: Vec<Bits> = others.iter().map(|other| blocks[*other]).collect();
            let replies: Vec<_> = (0..oracle.state_count()).map(|state| oracle.reach(&others, state, false)).collect();
            for concept in CoalitionConcept::ALL {
                let expected = literal.stable(concept, *bits, &replies, &groups);
                let found: Vec<bool> =
                    model.states().map(|s| merged.stable(concept, block).contains(s.index())).collect();
                assert_eq!(found, expected, "seed {seed} {reading:?} {concept} {bits:b}\n{parts:?}");
            }
        }
    }
}

/// The parts with one decision maker for each block; its ranks mean nothing.
fn merged_parts(parts: &Parts, blocks: &[Bits]) -> Parts {
    let mut joined = parts.clone();
    let block_of = |dm: usize| blocks.iter().position(|bits| bits >> dm & 1 == 1).expect("a partition");
    joined.control.iter_mut().flatten().for_each(|(owner, _)| *owner = block_of(*owner));
    joined.arcs = vec![Vec::new(); blocks.len()];
    for (dm, arcs) in parts.arcs.iter().enumerate() {
        let hidden = |code: u32| parts.unseen[dm].as_ref().is_some_and(|set| set.contains(code as usize));
        let seen = arcs.iter().filter(|(from, to)| !hidden(*from) && !hidden(*to));
        joined.arcs[block_of(dm)].extend(seen);
    }
    joined.ranks = vec![vec![0; parts.feasible.count_ones(..)]; blocks.len()];
    joined.unseen = blocks
        .iter()
        .map(|bits| {
            let sets = members(*bits).into_iter().map(|dm| parts.unseen[dm].clone());
            sets.reduce(|a, b| {
                Some({
                    let mut both = a?;
                    both.intersect_with(&b?);
                    both
                })
            })
            .flatten()
        })
        .collect();
    joined
}

/// With too little effort there is no evidence, and with too few tries no verdict of the
/// checker; with enough both are as without an end.
#[test]
fn searches_and_checks_end_when_their_effort_is_spent() {
    let budget = Budget::default();
    let (mut stopped, mut unfinished) = (0, 0);
    for seed in 0..120 {
        let mut rng = Pcg::new(17_000_000 + seed);
        let parts = random_parts(&mut rng, SHAPES[(seed % 5) as usize], 16);
        let model = parts.model();
        let everybody = Coalition::everybody(&model);
        for coalition in everybody.parts() {
            for concept in CoalitionConcept::ALL {
                let (case, state) = ((Reading::Strict, coalition), StateId(rng.below(model.state_count() as u32)));
                let whole = explain_coalition(&model, concept, case, state, &budget).expect("no limits");
                for most in [0, 1, 10, 1_000_000] {
                    let mut effort = most;
                    match explain_coalition_within(&model, concept, case, state, (&mut effort, &budget)) {
                        Ok(evidence) => assert_eq!(evidence, whole),
                        Err(reason) => {
                            stopped += 1;
                            assert_eq!((reason, effort), (StopReason::TooManyMoves { limit: most }, 0));
                        }
                    }
                    let mut tries = most;
                    match verify_coalition_within(&model, concept, case, (state, &whole), &mut tries) {
                        Ok(()) => assert!(tries <= most),
                        Err(fault) => {
                            unfinished += 1;
                            assert_eq!((fault, tries), (CoalitionFailure::NotFinished { limit: most }, 0));
                        }
                    }
                    assert!(most < 1_000_000 || effort > 0 && tries > 0);
                }
            }
        }
    }
    assert!(stopped > 1_000 && unfinished > 1_000, "{stopped} {unfinished}");
}
