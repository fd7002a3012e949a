//! The solver, the evidence and the checker against the literal definitions.

mod support;

use detente_base::Budget;
use detente_conflict::{
    Concept, DmId, Evidence, MoveKind, StateId, explain, improvements, moves, solve, status_quo, verify, verify_path,
};
use support::oracle::Oracle;
use support::random::{Pcg, SHAPES, Shape, random_parts};

const MODELS: u64 = 12_000;

#[test]
fn solutions_agree_with_the_definitions() {
    let budget = Budget::default();
    for seed in 0..MODELS {
        let mut rng = Pcg::new(seed);
        let shape = SHAPES[(seed % 5) as usize];
        let parts = random_parts(&mut rng, shape, if seed % 16 == 0 { 72 } else { 24 });
        let (model, oracle) = (parts.model(), Oracle::new(&parts));
        let solution = solve(&model, &Concept::ALL, &budget).expect("no limits");
        for dm in model.decision_makers() {
            for state in model.states() {
                let listed: Vec<usize> = moves(&model, dm, state).into_iter().map(StateId::index).collect();
                assert!(listed.iter().eq(oracle.moves(dm.index(), state.index())), "moves, seed {seed}");
            }
            for concept in Concept::ALL {
                let expected = oracle.stable(concept, dm.index());
                for state in model.states() {
                    assert_eq!(
                        solution.is_stable(concept, dm, state),
                        expected[state.index()],
                        "seed {seed} {shape:?} {concept} {dm:?} {state:?}"
                    );
                }
                for weaker in Concept::ALL.into_iter().filter(|weaker| concept.implies(*weaker)) {
                    assert!(solution.stable(concept, dm).is_subset(solution.stable(weaker, dm)), "{concept} {weaker}");
                }
            }
        }
    }
}

#[test]
fn evidence_passes_the_checker_and_agrees_with_the_solver() {
    let budget = Budget::default();
    let mut verdicts = [0, 0];
    for seed in 0..1_500 {
        let mut rng = Pcg::new(1_000_000 + seed);
        let parts = random_parts(&mut rng, SHAPES[(seed % 5) as usize], 24);
        let model = parts.model();
        let solution = solve(&model, &Concept::ALL, &budget).expect("no limits");
        for (concept, dm, state) in questions(&model) {
            let evidence = explain(&model, concept, dm, state, &budget).expect("no limits");
            let stable = solution.is_stable(concept, dm, state);
            verdicts[usize::from(stable)] += 1;
            assert_eq!(
                verify(&model, concept, dm, state, stable, &evidence),
                Ok(()),
                "seed {seed} {concept} {dm:?} {state:?} {evidence:?}"
            );
        }
    }
    assert!(verdicts.iter().all(|count| *count > 10_000), "{verdicts:?}");
}

fn questions(model: &detente_conflict::Model) -> Vec<(Concept, DmId, StateId)> {
    let mut all = Vec::new();
    for concept in Concept::ALL {
        for dm in model.decision_makers() {
            all.extend(model.states().map(|state| (concept, dm, state)));
        }
    }
    all
}

#[test]
fn corrupted_evidence_is_rejected() {
    let budget = Budget::default();
    let mut rejected = 0;
    for seed in 0..600 {
        let mut rng = Pcg::new(2_000_000 + seed);
        let parts = random_parts(&mut rng, SHAPES[(seed % 5) as usize], 18);
        let model = parts.model();
        let oracle = Oracle::new(&parts);
        for (concept, dm, state) in questions(&model) {
            let evidence = explain(&model, concept, dm, state, &budget).expect("no limits");
            let stable = evidence.is_stable();
            assert_eq!(stable, oracle.stable(concept, dm.index())[state.index()]);
            for corrupted in corruptions(&evidence, dm, model.state_count()) {
                rejected += 1;
                let verdict = verify(&model, concept, dm, state, corrupted.is_stable(), &corrupted);
                assert!(verdict.is_err(), "seed {seed} {concept} {dm:?} {state:?}\n{evidence:?}\n{corrupted:?}");
            }
            assert!(verify(&model, concept, dm, state, !stable, &evidence).is_err());
        }
    }
    assert!(rejected > 10_000, "{rejected}");
}

/// Changes that leave nothing true.
fn corruptions(evidence: &Evidence, dm: DmId, state_count: usize) -> Vec<Evidence> {
    let nowhere = StateId::from_index(state_count);
    let mut all = Vec::new();
    match evidence {
        Evidence::Stable { sanctions } => {
            for index in 0..sanctions.len() {
                let mut edit = |change: &dyn Fn(&mut Vec<detente_conflict::Sanction>)| {
                    let mut changed = sanctions.clone();
                    change(&mut changed);
                    all.push(Evidence::Stable { sanctions: changed });
                };
                edit(&|list| drop(list.remove(index)));
                edit(&|list| list.push(list[index].clone()));
                edit(&|list| list[index].improvement = nowhere);
                edit(&|list| list[index].reply.path.clear());
                edit(&|list| list[index].reply.path[0].mover = dm);
                edit(&|list| list[index].reply.path[0].to = nowhere);
                edit(&|list| list[index].reply.result = nowhere);
                edit(&|list| list[index].reply.result = list[index].improvement);
                edit(&|list| list[index].reply.escape = Some(nowhere));
                edit(&|list| {
                    let last = *list[index].reply.path.last().expect("a step");
                    list[index].reply.path.push(last);
                });
            }
            let improvement = sanctions.first().map_or(nowhere, |sanction| sanction.improvement);
            all.push(Evidence::Unstable { improvement, reachable: 0, worst_reply: None });
        }
        Evidence::Unstable { improvement, reachable, worst_reply } => {
            all.push(Evidence::Stable { sanctions: Vec::new() });
            let unstable =
                |improvement, reachable, worst_reply| Evidence::Unstable { improvement, reachable, worst_reply };
            all.push(unstable(nowhere, *reachable, worst_reply.clone()));
            all.push(unstable(*improvement, reachable + 1, worst_reply.clone()));
            if let Some(reply) = worst_reply {
                all.push(unstable(*improvement, *reachable, None));
                let mut changed = reply.clone();
                changed.result = nowhere;
                all.push(unstable(*improvement, *reachable, Some(changed)));
                let mut changed = reply.clone();
                changed.path[0].mover = dm;
                all.push(unstable(*improvement, *reachable, Some(changed)));
            }
        }
    }
    all
}

#[test]
fn a_status_quo_reaches_what_the_definition_says() {
    let budget = Budget::default();
    for seed in 0..1_000 {
        let mut rng = Pcg::new(3_000_000 + seed);
        let parts = random_parts(&mut rng, SHAPES[(seed % 5) as usize], 24);
        let (model, oracle) = (parts.model(), Oracle::new(&parts));
        let everybody: Vec<usize> = (0..model.decision_maker_count()).collect();
        for kind in [MoveKind::Any, MoveKind::Improving] {
            let from = StateId(rng.below(model.state_count() as u32));
            let mut expected = oracle.reach(&everybody, from.index(), kind == MoveKind::Improving);
            expected.insert(from.index());
            let reached = status_quo(&model, from, kind, &budget).expect("no limits");
            assert_eq!(reached.count(), expected.len());
            for state in model.states() {
                assert_eq!(reached.reaches(state), expected.contains(&state.index()), "seed {seed}");
                if let Some(path) = reached.path(state) {
                    assert_eq!(Some(path.len() as u32), reached.distance(state));
                    assert_eq!(verify_path(&model, from, &path, kind), Ok(()));
                    assert_eq!(path.last().map_or(from, |step| step.to), state);
                }
            }
        }
    }
}

#[test]
fn improvements_are_the_better_moves() {
    let mut rng = Pcg::new(9);
    let parts = random_parts(&mut rng, Shape::Mixed, 24);
    let model = parts.model();
    for dm in model.decision_makers() {
        for state in model.states() {
            let better = |to: &StateId| model.rank(dm, *to) > model.rank(dm, state);
            let expected: Vec<StateId> = moves(&model, dm, state).into_iter().filter(better).collect();
            assert_eq!(improvements(&model, dm, state), expected);
        }
    }
}
