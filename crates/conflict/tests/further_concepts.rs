//! Simultaneous, limited-move, non-myopic and Stackelberg stability against their
//! definitions.

mod support;

use detente_base::Budget;
use detente_conflict::{
    Concept, Cycle, DmId, HorizonChecker, HorizonConcept, HorizonEvidence, HorizonExplainer, HorizonSolution,
    JointReply, Model, Outlook, Play, SimultaneousEvidence, StateId, TieVerdict, explain_simultaneous, moves,
    sequential_or_simultaneous, solve, solve_horizon, solve_simultaneous, verify_simultaneous,
};
use support::horizon::{Recursion, leaves_in_some_and_all, simultaneously_stable};
use support::oracle::Oracle;
use support::random::{Parts, Pcg, SHAPES, Shape, random_parts};

/// A conflict without listed moves.
fn option_form(rng: &mut Pcg, seed: u64, max_states: u32) -> Parts {
    let shapes = [Shape::Reversible, Shape::Irreversible, Shape::Conditional];
    random_parts(rng, shapes[(seed % 3) as usize], max_states)
}

/// A conflict of two.
fn of_two(seed: u64, max_states: u32) -> Parts {
    (0..1_000)
        .map(|attempt| {
            let mut rng = Pcg::new(seed * 1_000 + attempt);
            random_parts(&mut rng, SHAPES[(seed % 5) as usize], max_states)
        })
        .find(|parts| parts.ranks.len() == 2)
        .expect("one in four has two")
}

fn limited(horizon: u32) -> HorizonConcept {
    HorizonConcept::LimitedMove { horizon }
}

fn solved(model: &Model, concept: HorizonConcept) -> HorizonSolution {
    solve_horizon(model, concept, &Budget::default()).expect("two decision makers and no limits")
}

#[test]
fn simultaneous_stability_agrees_with_the_definition() {
    let budget = Budget::default();
    let mut counts = [0, 0];
    for seed in 0..3_000 {
        let mut rng = Pcg::new(11_000_000 + seed);
        let parts = option_form(&mut rng, seed, if seed % 16 == 0 { 48 } else { 20 });
        let (model, oracle) = (parts.model(), Oracle::new(&parts));
        let solution = solve_simultaneous(&model, &budget).expect("option form");
        let classic = solve(&model, &[Concept::Nash, Concept::Sequential], &budget).expect("no limits");
        let union = sequential_or_simultaneous(&classic, &solution);
        for dm in model.decision_makers() {
            let expected = simultaneously_stable(&oracle, &parts, dm.index());
            for state in model.states() {
                let stable = solution.is_stable(dm, state);
                counts[usize::from(stable)] += 1;
                assert_eq!(stable, expected[state.index()], "seed {seed} {dm:?} {state:?}");
                let sequential = classic.is_stable(Concept::Sequential, dm, state);
                assert_eq!(union.is_stable(dm, state), stable || sequential);
            }
            assert!(classic.stable(Concept::Nash, dm).is_subset(solution.stable(dm)), "R implies SIM");
        }
    }
    assert!(counts.iter().all(|count| *count > 10_000), "{counts:?}");
}

#[test]
fn simultaneous_evidence_passes_the_checker_and_corrupted_evidence_does_not() {
    let budget = Budget::default();
    let mut rejected = 0;
    for seed in 0..800 {
        let mut rng = Pcg::new(12_000_000 + seed);
        let parts = option_form(&mut rng, seed, 20);
        let model = parts.model();
        let solution = solve_simultaneous(&model, &budget).expect("option form");
        for dm in model.decision_makers() {
            for state in model.states() {
                let stable = solution.is_stable(dm, state);
                let evidence = explain_simultaneous(&model, dm, state, &budget).expect("option form");
                let verdict = verify_simultaneous(&model, dm, state, stable, &evidence);
                assert_eq!(verdict, Ok(()), "seed {seed} {dm:?} {state:?} {evidence:?}");
                assert!(verify_simultaneous(&model, dm, state, !stable, &evidence).is_err());
                for corrupted in corrupted_joint(&evidence, dm, model.state_count()) {
                    rejected += 1;
                    let stable = matches!(corrupted, SimultaneousEvidence::Stable { .. });
                    let verdict = verify_simultaneous(&model, dm, state, stable, &corrupted);
                    assert!(verdict.is_err(), "seed {seed} {dm:?} {state:?}\n{evidence:?}\n{corrupted:?}");
                }
            }
        }
    }
    assert!(rejected > 10_000, "{rejected}");
}

/// Changes that leave nothing true.
fn corrupted_joint(evidence: &SimultaneousEvidence, dm: DmId, state_count: usize) -> Vec<SimultaneousEvidence> {
    let nowhere = StateId::from_index(state_count);
    let replies = |reply: &JointReply| {
        let edits: [&dyn Fn(&mut JointReply); 5] = [
            &|reply| reply.changes.clear(),
            &|reply| reply.changes[0].mover = dm,
            &|reply| reply.changes[0].to = nowhere,
            &|reply| reply.changes.push(reply.changes[0]),
            &|reply| reply.result = nowhere,
        ];
        edits.map(|edit| {
            let mut changed = reply.clone();
            edit(&mut changed);
            changed
        })
    };
    let mut all = Vec::new();
    match evidence {
        SimultaneousEvidence::Stable { sanctions } => {
            for index in 0..sanctions.len() {
                let mut fewer = sanctions.clone();
                fewer.remove(index);
                all.push(SimultaneousEvidence::Stable { sanctions: fewer });
                for reply in replies(&sanctions[index].reply) {
                    let mut changed = sanctions.clone();
                    changed[index].reply = reply;
                    all.push(SimultaneousEvidence::Stable { sanctions: changed });
                }
            }
        }
        SimultaneousEvidence::Unstable { improvement, joint } => {
            all.push(SimultaneousEvidence::Stable { sanctions: Vec::new() });
            let mut with = |edit: &dyn Fn(&mut detente_conflict::JointMoves)| {
                let mut changed = joint.clone();
                edit(&mut changed);
                all.push(SimultaneousEvidence::Unstable { improvement: *improvement, joint: changed });
            };
            with(&|joint| joint.feasible += 1);
            with(&|joint| joint.infeasible += 1);
            if let Some(worst) = &joint.worst {
                with(&|joint| joint.worst = None);
                replies(worst).into_iter().for_each(|reply| with(&|joint| joint.worst = Some(reply.clone())));
            }
            all.push(SimultaneousEvidence::Unstable { improvement: nowhere, joint: joint.clone() });
        }
    }
    all
}

#[test]
fn limited_moves_agree_with_the_recursion() {
    let budget = Budget::default();
    let mut counts = [0, 0];
    for seed in 0..2_000 {
        let parts = of_two(20_000 + seed, if seed % 16 == 0 { 40 } else { 16 });
        let (model, oracle) = (parts.model(), Oracle::new(&parts));
        let mut recursion = Recursion::new(&oracle, &parts, Vec::new());
        let nash = solve(&model, &[Concept::Nash], &budget).expect("no limits");
        for h in 0..=9 {
            let solution = solved(&model, limited(h));
            for dm in model.decision_makers() {
                for state in model.states() {
                    let expected = recursion.end(h, dm.index(), state.index()) == state.index();
                    counts[usize::from(expected)] += 1;
                    assert_eq!(solution.is_stable(dm, state), expected, "seed {seed} h {h} {dm:?} {state:?}");
                }
                if h == 1 {
                    assert_eq!(solution.stable(dm), nash.stable(Concept::Nash, dm), "L1 is R");
                }
            }
        }
        for leader in model.decision_makers() {
            let follower = DmId::from_index(1 - leader.index());
            let solution = solved(&model, HorizonConcept::Stackelberg { leader });
            assert_eq!(solution.stable(leader), solved(&model, limited(2)).stable(leader));
            assert_eq!(solution.stable(follower), nash.stable(Concept::Nash, follower));
            assert!(solution.equilibria().is_subset(nash.stable(Concept::Nash, follower)));
        }
    }
    assert!(counts.iter().all(|count| *count > 10_000), "{counts:?}");
}

#[test]
fn non_myopic_stability_is_what_lasts() {
    for seed in 0..1_500 {
        let parts = of_two(40_000 + seed, 16);
        let (model, oracle) = (parts.model(), Oracle::new(&parts));
        let solution = solved(&model, HorizonConcept::NonMyopic);
        let Cycle { pre_period, period } = solution.cycle().expect("asked for");
        let mut recursion = Recursion::new(&oracle, &parts, Vec::new());
        let mut level = |h: u32| -> Vec<usize> {
            let both = |side: usize| (0..model.state_count()).map(move |state| (side, state));
            both(0).chain(both(1)).map(|(side, state)| recursion.end(h, side, state)).collect()
        };
        let levels: Vec<Vec<usize>> = (0..=pre_period + 2 * period).map(&mut level).collect();
        let (start, round) = (pre_period as usize, period as usize);
        assert_eq!(levels[start..start + round], levels[start + round..start + 2 * round], "seed {seed}");
        assert!(start == 0 || levels[start - 1] != levels[start - 1 + round], "an earlier start, seed {seed}");
        assert!((1..round).all(|shorter| levels[start] != levels[start + shorter]), "a shorter period, seed {seed}");
        for dm in model.decision_makers() {
            for state in model.states() {
                let lasts = levels[start..start + round]
                    .iter()
                    .all(|level| level[dm.index() * model.state_count() + state.index()] == state.index());
                assert_eq!(solution.is_stable(dm, state), lasts, "seed {seed} {dm:?} {state:?}");
            }
        }
        // A horizon far away is one within the period.
        let far = start as u32 + 5 * period;
        let near = solved(&model, limited(start as u32 + period));
        assert_eq!(solved(&model, limited(far)).equilibria(), near.equilibria(), "seed {seed}");
    }
}

#[test]
fn what_is_said_of_ties_holds_for_every_way_to_choose() {
    let mut counts = [0; 3];
    for seed in 0..5_000 {
        let parts = of_two(60_000 + seed, 10);
        let (model, oracle) = (parts.model(), Oracle::new(&parts));
        for h in [1, 2, 3, 4] {
            let solution = solved(&model, limited(h));
            for dm in model.decision_makers() {
                for state in model.states() {
                    let node = (h, dm.index(), state.index());
                    let Some((some, all)) = leaves_in_some_and_all(&oracle, &parts, node, 300) else { continue };
                    let verdict = solution.ties().of(dm, state);
                    counts[verdict as usize] += 1;
                    match verdict {
                        TieVerdict::Same => assert_eq!(some, all, "seed {seed} {node:?}"),
                        TieVerdict::Varies => assert_ne!(some, all, "seed {seed} {node:?}"),
                        TieVerdict::Open => {}
                    }
                }
            }
        }
    }
    let [same, varies, open] = counts;
    assert!(same > 10_000 && varies > 300, "{counts:?}");
    assert!(open * 3 < varies, "little is left open: {counts:?}");
}

#[test]
fn plays_pass_the_checker_and_corrupted_plays_do_not() {
    let budget = Budget::default();
    let mut rejected = 0;
    for seed in 0..500 {
        let parts = of_two(80_000 + seed, 16);
        let model = parts.model();
        let mut explainer = HorizonExplainer::new(&model, &budget).expect("two decision makers");
        let mut checker = HorizonChecker::new(&model);
        let mut concepts: Vec<HorizonConcept> = [0, 1, 2, 3, 7, 1_000_000_007].map(limited).to_vec();
        concepts.push(HorizonConcept::NonMyopic);
        concepts.extend(model.decision_makers().map(|leader| HorizonConcept::Stackelberg { leader }));
        for concept in concepts {
            let solution = solved(&model, concept);
            for dm in model.decision_makers() {
                for state in model.states() {
                    let stable = solution.is_stable(dm, state);
                    let evidence = explainer.explain(concept, dm, state).expect("no limits");
                    let verdict = checker.verify(concept, dm, state, stable, &evidence);
                    assert_eq!(verdict, Ok(()), "seed {seed} {concept:?} {dm:?} {state:?} {evidence:?}");
                    assert!(checker.verify(concept, dm, state, !stable, &evidence).is_err());
                    for corrupted in corrupted_plays(&evidence, model.state_count()) {
                        rejected += 1;
                        let verdict = checker.verify(concept, dm, state, corrupted.is_stable(), &corrupted);
                        assert!(
                            verdict.is_err(),
                            "seed {seed} {concept:?} {dm:?} {state:?}\n{evidence:?}\n{corrupted:?}"
                        );
                    }
                }
            }
        }
    }
    assert!(rejected > 10_000, "{rejected}");
}

/// Changes that leave nothing true.
fn corrupted_plays(evidence: &HorizonEvidence, state_count: usize) -> Vec<HorizonEvidence> {
    let nowhere = StateId::from_index(state_count);
    let mut all = Vec::new();
    let mut edit = |change: &dyn Fn(&mut HorizonEvidence)| {
        let mut changed = evidence.clone();
        change(&mut changed);
        all.push(changed);
    };
    edit(&|evidence| evidence.outlooks.clear());
    edit(&|evidence| evidence.outlooks[0].0 += 1_000_000);
    edit(&|evidence| {
        evidence.cycle = match evidence.cycle {
            Some(Cycle { pre_period, period }) => Some(Cycle { pre_period, period: 2 * period }),
            None => Some(Cycle { pre_period: 0, period: 1 }),
        }
    });
    let (Outlook::Stays { best: play } | Outlook::Leaves { play }) = &evidence.outlooks[0].1 else { return all };
    let stays = matches!(evidence.outlooks[0].1, Outlook::Stays { .. });
    let rebuilt = |play: Play| if stays { Outlook::Stays { best: play } } else { Outlook::Leaves { play } };
    let mut edit = |change: &dyn Fn(&mut Play)| {
        let (mut changed, mut play) = (evidence.clone(), play.clone());
        change(&mut play);
        changed.outlooks[0].1 = rebuilt(play);
        all.push(changed);
    };
    edit(&|play| {
        play.steps.pop();
    });
    edit(&|play| play.cut = !play.cut);
    edit(&|play| play.steps.push(play.steps[0]));
    edit(&|play| play.steps[0].to = nowhere);
    edit(&|play| play.steps[0].mover = DmId::from_index(1 - play.steps[0].mover.index()));
    edit(&|play| play.result = nowhere);
    all
}

#[test]
fn only_the_order_of_ranks_matters() {
    for seed in 0..300 {
        let parts = of_two(90_000 + seed, 16);
        let mut stretched = parts.clone();
        for rank in stretched.ranks.iter_mut().flatten() {
            *rank = u32::MAX - (100 - *rank) * (100 - *rank);
        }
        for concept in [limited(2), limited(3), HorizonConcept::NonMyopic] {
            assert_eq!(solved(&parts.model(), concept), solved(&stretched.model(), concept), "seed {seed}");
        }
    }
}

#[test]
fn the_same_moves_listed_one_by_one_give_the_same_answers() {
    let mut with_ties = 0;
    for seed in 0..600 {
        let parts = of_two(5 * (20_000 + seed), 24);
        let model = parts.model();
        let mut listed = parts.clone();
        listed.control.fill(None);
        for dm in model.decision_makers() {
            let arcs = model.states().flat_map(|from| moves(&model, dm, from).into_iter().map(move |to| (from, to)));
            listed.arcs[dm.index()] = arcs.map(|(from, to)| (model.code(from), model.code(to))).collect();
        }
        for concept in [limited(1), limited(2), limited(3), limited(6), HorizonConcept::NonMyopic] {
            let (before, after) = (solved(&model, concept), solved(&listed.model(), concept));
            assert_eq!(before, after, "seed {seed} {concept:?}");
            with_ties += usize::from(!before.ties().varying_equilibria().is_clear());
        }
    }
    assert!(with_ties > 30, "{with_ties}");
}
