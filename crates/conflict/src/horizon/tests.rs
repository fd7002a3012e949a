use detente_base::Budget;

use super::{Cycle, HorizonConcept, HorizonExplainer, Outlook, Play, TieVerdict, solve_horizon};
use crate::applicability::{NotApplicable, Refusal};
use crate::concepts::examples::{FIRST, SECOND, chicken, prisoners, two_by_two};
use crate::model::{Model, ModelBuilder, StateId, StateSpace, Transitions};
use crate::reach::Step;

fn equilibria(model: &Model, concept: HorizonConcept) -> Vec<usize> {
    solve_horizon(model, concept, &Budget::default()).expect("two decision makers").equilibria().ones().collect()
}

fn limited(horizon: u32) -> HorizonConcept {
    HorizonConcept::LimitedMove { horizon }
}

#[test]
fn silence_lasts_from_two_moves_ahead_on() {
    assert_eq!(equilibria(&prisoners(), limited(0)), [0, 1, 2, 3]);
    assert_eq!(equilibria(&prisoners(), limited(1)), [3]);
    for horizon in [2, 3, 10, 1_000_000_007] {
        assert_eq!(equilibria(&prisoners(), limited(horizon)), [0, 3], "{horizon}");
    }
    assert_eq!(equilibria(&prisoners(), HorizonConcept::NonMyopic), [0, 3]);
}

#[test]
fn the_play_is_told_move_by_move() {
    let (model, budget) = (prisoners(), Budget::default());
    let mut explainer = HorizonExplainer::new(&model, &budget).expect("two decision makers");
    let evidence = explainer.explain(limited(2), FIRST, StateId(0)).expect("no limits");
    let steps = vec![Step { mover: FIRST, to: StateId(1) }, Step { mover: SECOND, to: StateId(3) }];
    assert_eq!(evidence.outlooks, [(2, Outlook::Stays { best: Play { steps, cut: false, result: StateId(3) } })]);
}

#[test]
fn a_chase_is_told_in_part() {
    // Four of the five states are left in a round as long as there is time; each likes
    // where the play ends when time is up better than any of them.
    let mut feasible = fixedbitset::FixedBitSet::with_capacity(6);
    feasible.extend([0, 1, 3, 4, 5]);
    let mut builder = ModelBuilder::new(StateSpace::new(&[3, 2], feasible).expect("five states"));
    let (first, second) = (builder.decision_maker("first"), builder.decision_maker("second"));
    builder.control(second, 0, Transitions::Free).control(first, 1, Transitions::Free);
    builder.ranks(first, vec![4, 0, 1, 2, 3]).ranks(second, vec![3, 2, 0, 1, 4]);
    let (model, budget) = (builder.build().expect("a valid model"), Budget::default());
    let mut explainer = HorizonExplainer::new(&model, &budget).expect("two decision makers");
    let mut checker = super::HorizonChecker::new(&model);
    let mut cut = 0;
    for (dm, state) in [FIRST, SECOND].into_iter().flat_map(|dm| model.states().map(move |state| (dm, state))) {
        for horizon in [1_000_000_007, 1_000_000_008] {
            let evidence = explainer.explain(limited(horizon), dm, state).expect("no limits");
            let verdict = checker.verify(limited(horizon), dm, state, evidence.is_stable(), &evidence);
            assert_eq!(verdict, Ok(()));
            cut += usize::from(matches!(&evidence.outlooks[0].1, Outlook::Leaves { play } if play.cut));
        }
    }
    assert!(cut > 0);
}

#[test]
fn a_leader_in_chicken_stays_ahead() {
    // Each driver, leading, goes straight and counts on the other's giving way.
    assert_eq!(equilibria(&chicken(), HorizonConcept::Stackelberg { leader: FIRST }), [1]);
    assert_eq!(equilibria(&chicken(), HorizonConcept::Stackelberg { leader: SECOND }), [2]);
    assert_eq!(equilibria(&chicken(), limited(1)), [1, 2]);
}

#[test]
fn a_verdict_that_turns_on_a_tie_is_told() {
    // From 0 the first party can go to 1 only; there the second has two equally good
    // answers, of which one is good for the first and one is not.
    let mut builder = ModelBuilder::new(StateSpace::full(&[4]).expect("four states"));
    let (first, second) = (builder.decision_maker("first"), builder.decision_maker("second"));
    builder.arcs(first, [(0, 1)]).ranks(first, vec![1, 0, 0, 2]);
    builder.arcs(second, [(1, 2), (1, 3)]).ranks(second, vec![0, 0, 1, 1]);
    let model = builder.build().expect("a valid model");
    let solution = solve_horizon(&model, limited(2), &Budget::default()).expect("two decision makers");
    assert!(solution.is_stable(first, StateId(0)));
    assert_eq!(solution.ties().of(first, StateId(0)), TieVerdict::Varies);
    assert_eq!(solution.ties().of_equilibrium(StateId(0)), TieVerdict::Varies);
    assert_eq!(solution.ties().of(second, StateId(1)), TieVerdict::Same);
    assert_eq!(solution.ties().varying_equilibria().ones().collect::<Vec<_>>(), [0]);
    assert!(solution.ties().open_equilibria().is_clear());
}

#[test]
fn strict_preferences_have_no_ties() {
    let solution = solve_horizon(&chicken(), limited(5), &Budget::default()).expect("two decision makers");
    assert!(chicken().states().all(|state| solution.ties().of_equilibrium(state) == TieVerdict::Same));
}

#[test]
fn one_or_three_are_refused() {
    for count in [0, 1, 3] {
        let mut builder = ModelBuilder::new(StateSpace::full(&[2]).expect("two states"));
        (0..count).for_each(|_| {
            builder.decision_maker("party");
        });
        let model = builder.build().expect("a valid model");
        let refused = solve_horizon(&model, limited(1), &Budget::default());
        assert_eq!(refused, Err(Refusal::NotApplicable(NotApplicable::DecisionMakerCount { count })));
    }
}

/// All 576 games of two players with two strategies and strict preferences.
#[test]
fn periods_of_all_strict_games() {
    let mut orders: Vec<[u32; 4]> = Vec::new();
    for code in 0..256_u32 {
        let order = [code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6];
        if (0..4).all(|rank| order.contains(&rank)) {
            orders.push(order);
        }
    }
    let mut counts = std::collections::BTreeMap::new();
    for first in &orders {
        for second in &orders {
            let model = two_by_two(*first, *second);
            let solution = solve_horizon(&model, HorizonConcept::NonMyopic, &Budget::default()).expect("two");
            let Cycle { period, .. } = solution.cycle().expect("asked for");
            *counts.entry(period).or_insert(0) += 1;
        }
    }
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), [(1, 440), (2, 48), (4, 88)]);
}
