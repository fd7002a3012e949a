//! Single states and coalitions on diagrams against listing and the definitions.

mod support;

use detente_base::{Budget, StopReason};
use detente_conflict::symbolic::{
    Change, Conflict, Formula, Local, Order, Package, Party, SymbolicModel, is_joint_improvement,
};
use detente_conflict::{
    Coalition, CoalitionConcept, Concept, DmId, MoveKind, Reading, StateId, solve_coalitions, status_quo,
};
use support::formulas::{conflict, values};
use support::oracle::Oracle;
use support::random::{Parts, Pcg, Shape, random_parts};

const SHAPES: [Shape; 4] = [Shape::Reversible, Shape::Irreversible, Shape::Conditional, Shape::Graph];

fn states(parts: &Parts) -> Vec<Vec<u32>> {
    parts.feasible.ones().map(|code| values(&parts.sizes, code)).collect()
}

#[test]
fn every_state_is_judged_by_the_definitions_with_reasons_that_hold() {
    let budget = Budget::default();
    let (mut replies, mut leaves) = (0, 0);
    for seed in 0..600 {
        let mut rng = Pcg::new(8_000_000 + seed);
        let parts = random_parts(&mut rng, SHAPES[(seed % 4) as usize], 18);
        let oracle = Oracle::new(&parts);
        let conflict = conflict(&parts, rng.below(3));
        let model = SymbolicModel::new(conflict.clone(), &budget).expect("a small model");
        let local = Local::new(&conflict);
        for concept in Concept::ALL {
            for party in 0..parts.ranks.len() {
                let expected = oracle.stable(concept, party);
                for (at, state) in states(&parts).iter().enumerate() {
                    let case = format!("seed {seed} {concept} {party} {state:?}");
                    let judged = model.judge(concept, party, state, &budget).expect("no limits");
                    assert_eq!(judged.is_stable(), expected[at], "{case}");
                    assert_eq!(local.is_stable(concept, party, state, &budget), Ok(expected[at]), "{case}");
                    assert!(judged.is_borne_out(&local, (concept, party), state), "{case}: {judged:?}");
                    let improvements = local.moves(party, state, MoveKind::Improving, &budget).expect("no limits");
                    assert_eq!(model.count(&judged.improvements), improvements.len().into(), "{case}");
                    let best = judged.best.as_ref();
                    replies += usize::from(best.is_some_and(|best| best.reply.is_some()));
                    leaves += usize::from(!judged.is_stable());
                }
            }
        }
    }
    assert!(replies > 1_000 && leaves > 1_000, "{replies} replies, {leaves} leave");
}

#[test]
fn reasons_that_are_tampered_with_are_found_out() {
    let budget = Budget::default();
    let mut found = 0;
    for seed in 0..200 {
        let parts = random_parts(&mut Pcg::new(8_500_000 + seed), SHAPES[(seed % 4) as usize], 18);
        let conflict = conflict(&parts, 0);
        let model = SymbolicModel::new(conflict.clone(), &budget).expect("a small model");
        let local = Local::new(&conflict);
        for state in states(&parts) {
            let question = (Concept::GeneralMetarational, 0);
            let judged = model.judge(question.0, question.1, &state, &budget).expect("no limits");
            let Some(best) = &judged.best else { continue };
            let mut elsewhere = judged.clone();
            elsewhere.best.as_mut().expect("an improvement").to = state.clone();
            assert!(!elsewhere.is_borne_out(&local, question, &state), "an improvement that stays");
            if let Some(reply) = &best.reply {
                let mut shorter = judged.clone();
                let cut = reply[..reply.len() - 1].to_vec();
                shorter.best.as_mut().expect("an improvement").reply = Some(cut);
                assert!(!shorter.is_borne_out(&local, question, &state), "a reply cut short");
                let mut by_self = judged.clone();
                by_self.best.as_mut().and_then(|best| best.reply.as_mut()).expect("a reply")[0].party = 0;
                assert!(!by_self.is_borne_out(&local, question, &state), "a reply by the one who moved");
                found += 1;
            }
        }
    }
    assert!(found > 100, "{found}");
}

#[test]
fn paths_are_as_short_as_listing_finds_them() {
    let budget = Budget::default();
    for seed in 0..400 {
        let mut rng = Pcg::new(9_000_000 + seed);
        let parts = random_parts(&mut rng, SHAPES[(seed % 4) as usize], 24);
        let explicit = parts.model();
        let conflict = conflict(&parts, 0);
        let model = SymbolicModel::new(conflict.clone(), &budget).expect("a small model");
        let all = states(&parts);
        let from = rng.below(all.len() as u32) as usize;
        for kind in [MoveKind::Any, MoveKind::Improving] {
            let reached = status_quo(&explicit, StateId::from_index(from), kind, &budget).expect("no limits");
            for (at, state) in all.iter().enumerate() {
                let formula = detente_conflict::symbolic::Formula::state(state);
                let target = model.satisfying(&formula, &budget).expect("no limits");
                let path = model.path(&all[from], kind, &target, &budget).expect("no limits");
                let steps = path.as_ref().map(|steps| steps.len() as u32);
                assert_eq!(steps, reached.distance(StateId::from_index(at)), "seed {seed} {kind:?}");
                let Some(steps) = path else { continue };
                assert!(Local::new(&conflict).is_sequence(&all[from], &steps, kind), "seed {seed} {kind:?}");
                assert_eq!(steps.last().map_or(&all[from], |last| &last.to), state, "seed {seed} {kind:?}");
            }
        }
    }
}

#[test]
fn coordinates_are_linked_if_all_states_say_so() {
    let budget = Budget::default();
    let (mut same, mut different) = (0, 0);
    for seed in 0..1_500 {
        let parts = random_parts(&mut Pcg::new(9_300_000 + seed), SHAPES[(seed % 4) as usize], 40);
        let model = SymbolicModel::new(conflict(&parts, 1), &budget).expect("a small model");
        let set = model.equilibria(Concept::ALL[(seed % 5) as usize], &budget).expect("no limits");
        let members: Vec<Vec<u32>> = states(&parts).into_iter().filter(|state| model.contains(&set, state)).collect();
        let links = model.linked(&set, &budget).expect("no limits");
        let open = |c: usize| parts.sizes[c] == 2 && (0..2).all(|value| members.iter().any(|s| s[c] == value));
        for second in 0..parts.sizes.len() {
            let goes = |first: usize, same: bool| members.iter().all(|s| (s[first] == s[second]) == same);
            let first =
                (0..second).find(|first| open(*first) && open(second) && (goes(*first, true) || goes(*first, false)));
            let link = links.iter().find(|link| link.second == second);
            assert_eq!(link.map(|link| link.first), first, "seed {seed} {links:?}");
            if let Some(link) = link {
                assert!(goes(link.first, link.same), "seed {seed} {link:?}");
                (same, different) = (same + usize::from(link.same), different + usize::from(!link.same));
            }
        }
    }
    assert!(same > 20 && different > 20, "{same} and {different}");
}

#[test]
fn coalitions_stay_where_listing_says_so_and_leave_by_legal_paths() {
    let budget = Budget::default();
    let mut left = [0; 4];
    for seed in 0..250 {
        let mut rng = Pcg::new(9_500_000 + seed);
        let parts = random_parts(&mut rng, SHAPES[(seed % 4) as usize], 16);
        let explicit = parts.model();
        let conflict = conflict(&parts, rng.below(3));
        let model = SymbolicModel::new(conflict.clone(), &budget).expect("a small model");
        let local = Local::new(&conflict);
        for reading in [Reading::Strict, Reading::Pareto] {
            let solution = solve_coalitions(&explicit, reading, usize::MAX, &budget);
            let all: Vec<Coalition> = solution.coalitions().collect();
            for (place, concept) in CoalitionConcept::ALL.into_iter().enumerate() {
                let sets = model.stays((concept, reading), &all, &budget);
                for (&coalition, stays) in all.iter().zip(sets) {
                    let expected = solution.stable(concept, coalition).expect("no limits");
                    let stays = stays.expect("no limits");
                    for (at, state) in states(&parts).iter().enumerate() {
                        let case = format!("seed {seed} {concept} {reading:?} {coalition:?} {state:?}");
                        assert_eq!(model.contains(&stays, state), expected.contains(at), "{case}");
                        if at % 3 == 0 {
                            let steps = model.leaves((concept, reading), coalition, state, &budget).expect("no limits");
                            assert_eq!(steps.is_none(), expected.contains(at), "{case}");
                            left[place] += usize::from(steps.is_some());
                            let better = |s: Vec<_>| is_joint_improvement(&local, (coalition, reading), state, &s);
                            assert!(steps.is_none_or(better), "{case}");
                        }
                    }
                }
            }
        }
    }
    assert!(left.iter().all(|count| *count > 150), "{left:?}");
}

#[test]
fn joint_replies_of_too_many_others_are_left_open() {
    // A ring in which each prefers the next not to confess, and then to confess itself.
    let yes = |coordinate: usize| Formula::In(coordinate, vec![1]);
    let ring = |count: usize| {
        let party = |i: usize| Party {
            name: format!("party {i}"),
            packages: vec![Package { changes: vec![(i, Change::Free)], consent: Vec::new() }],
            order: Order::Priority(vec![yes((i + 1) % count).negated(), yes(i)]),
            unseen: None,
        };
        let conflict =
            Conflict { sizes: vec![2; count], feasible: Vec::new(), parties: (0..count).map(party).collect() };
        SymbolicModel::new(conflict, &Budget::default()).expect("a small model")
    };
    let (alone, asked) = (Coalition::of([DmId(0)]), (CoalitionConcept::Sequential, Reading::Strict));
    for (count, stopped) in [(9, false), (10, true), (40, true)] {
        let model = ring(count);
        let leaves = model.leaves(asked, alone, &vec![0; count], &Budget::default());
        let stays = model.stays(asked, &[alone], &Budget { nodes: 1 << 20, ..Budget::default() });
        assert_eq!(matches!(leaves, Err(StopReason::TooManyCoalitions { limit: 255, .. })), stopped, "{leaves:?}");
        assert_eq!(matches!(stays[..], [Err(StopReason::TooManyCoalitions { .. })]), stopped, "{count}");
        // Other concepts are not concerned.
        let asked = (CoalitionConcept::GeneralMetarational, Reading::Strict);
        assert!(model.leaves(asked, alone, &vec![0; count], &Budget::default()).is_ok());
    }
}

#[test]
fn one_state_is_judged_where_the_whole_set_is_too_much() {
    let parts = random_parts(&mut Pcg::new(3), Shape::Conditional, 48);
    let tight = Budget { nodes: 8_000, ..Budget::default() };
    let model = SymbolicModel::new(conflict(&parts, 1), &Budget::default()).expect("a small model");
    let concept = Concept::SymmetricSequential;
    let stopped = Err(StopReason::TooManyNodes { limit: 8_000 });
    assert_eq!(model.equilibria(concept, &tight), stopped);
    let judged = model.judge(concept, 0, &states(&parts)[0], &tight).expect("one state is a smaller question");
    let whole = model.stable(concept, 0, &Budget::default()).expect("no limits");
    assert_eq!(judged.is_stable(), model.contains(&whole, &states(&parts)[0]));
    let none = Budget { nodes: 1, ..Budget::default() };
    let alone = Coalition::of([DmId(0)]);
    let asked = (CoalitionConcept::Nash, Reading::Strict);
    assert!(matches!(model.stays(asked, &[alone], &none)[..], [Err(StopReason::TooManyNodes { .. })]));
}

#[test]
fn a_literal_search_ends_with_its_budget() {
    // Not every model that is drawn has moves and replies enough.
    let ended = |seed| {
        let parts = random_parts(&mut Pcg::new(seed), Shape::Reversible, 48);
        let conflict = conflict(&parts, 0);
        let local = Local::new(&conflict);
        let few = Budget { moves: 20, ..Budget::default() };
        let stopped = states(&parts).iter().any(|state| {
            let verdict = local.is_stable(Concept::GeneralMetarational, 0, state, &few);
            verdict == Err(StopReason::TooManyMoves { limit: 20 })
        });
        let no_moves = Budget { moves: 0, ..Budget::default() };
        let moves = local.moves(0, &states(&parts)[0], MoveKind::Any, &no_moves);
        stopped && moves == Err(StopReason::TooManyMoves { limit: 0 }) && local.tried() > 20
    };
    assert!((0..8).any(ended));
}

/// Two hundred coordinates have more combinations than can be counted, again and again.
#[test]
fn moves_beyond_all_counting_are_refused_every_time() {
    let changes = (0..200).map(|coordinate| (coordinate, Change::Free)).collect();
    let party = Party {
        name: "one".into(),
        packages: vec![Package { changes, consent: Vec::new() }],
        order: Order::Priority(vec![Formula::In(0, vec![1])]),
        unseen: None,
    };
    let conflict = Conflict { sizes: vec![2; 200], feasible: Vec::new(), parties: vec![party] };
    let local = Local::new(&conflict);
    let budget = Budget::default();
    for _ in 0..3 {
        let stopped = Err(StopReason::TooManyMoves { limit: budget.moves });
        assert_eq!(local.is_stable(Concept::Nash, 0, &[0; 200], &budget), stopped);
    }
    assert_eq!(local.tried(), 0);
}
