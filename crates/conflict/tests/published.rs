//! Published conflicts, typed in; states are named as in the source.

use detente_base::Budget;
use detente_conflict::inverse::{count_rankings, stay_condition};
use detente_conflict::{
    Concept, DmId, FixedBitSet, HorizonChecker, HorizonConcept, HorizonExplainer, Model, ModelBuilder, StateId,
    StateSpace, Transitions, explain_simultaneous, ranks_from_scores, solve, solve_horizon, solve_simultaneous,
    verify_simultaneous, verify_solution,
};

/// A conflict of binary options; codes are decimals with the first option lowest.
struct OptionForm<'a> {
    /// Number of options of each decision maker, in order.
    options: &'a [usize],
    /// Options that cannot be taken back.
    one_way: &'a [usize],
    infeasible: &'a dyn Fn(u32) -> bool,
    /// Decimals from best to worst, for each decision maker.
    preferences: &'a [&'a [u32]],
}

impl OptionForm<'_> {
    fn model(&self) -> Model {
        let count: usize = self.options.iter().sum();
        let mut feasible = FixedBitSet::with_capacity(1 << count);
        feasible.extend((0..1_u32 << count).filter(|code| !(self.infeasible)(*code)).map(|code| code as usize));
        let space = StateSpace::new(&vec![2; count], feasible).expect("a small space");
        let mut builder = ModelBuilder::new(space.clone());
        let mut option = 0;
        for (owned, preference) in self.options.iter().zip(self.preferences) {
            let dm = builder.decision_maker("party");
            for _ in 0..*owned {
                let one_way = self.one_way.contains(&option);
                builder.control(dm, option, if one_way { Transitions::Forward } else { Transitions::Free });
                option += 1;
            }
            let scores: Vec<usize> = space
                .feasible()
                .ones()
                .map(|code| preference.iter().rev().position(|other| *other == code as u32).expect("a full ranking"))
                .collect();
            builder.ranks(dm, ranks_from_scores(&scores));
        }
        builder.build().expect("a valid model")
    }
}

/// Equilibria as decimals, after the checker agreed with every verdict.
fn equilibria(model: &Model, concept: Concept) -> Vec<u32> {
    let solution = solve(model, &[concept], &Budget::default()).expect("no limits");
    assert_eq!(verify_solution(model, &solution, model.states(), &Budget::default()), Ok(()));
    let decimals = model.states().filter(|state| solution.equilibria(concept).contains(state.index()));
    decimals.map(|state| model.code(state)).collect()
}

/// The same under SIM.
fn simultaneous_equilibria(model: &Model) -> Vec<u32> {
    let budget = Budget::default();
    let solution = solve_simultaneous(model, &budget).expect("option form");
    for (dm, state) in everywhere(model) {
        let evidence = explain_simultaneous(model, dm, state, &budget).expect("option form");
        assert_eq!(verify_simultaneous(model, dm, state, solution.is_stable(dm, state), &evidence), Ok(()));
    }
    decimals(model, &solution.equilibria())
}

/// The same under a concept for two.
fn horizon_equilibria(model: &Model, concept: HorizonConcept) -> Vec<u32> {
    let budget = Budget::default();
    let solution = solve_horizon(model, concept, &budget).expect("two decision makers");
    let mut explainer = HorizonExplainer::new(model, &budget).expect("two decision makers");
    let mut checker = HorizonChecker::new(model);
    for (dm, state) in everywhere(model) {
        let evidence = explainer.explain(concept, dm, state).expect("no limits");
        assert_eq!(checker.verify(concept, dm, state, solution.is_stable(dm, state), &evidence), Ok(()));
    }
    decimals(model, &solution.equilibria())
}

fn everywhere(model: &Model) -> impl Iterator<Item = (detente_conflict::DmId, StateId)> {
    model.decision_makers().flat_map(|dm| model.states().map(move |state| (dm, state)))
}

fn decimals(model: &Model, states: &FixedBitSet) -> Vec<u32> {
    states.ones().map(|state| model.code(StateId::from_index(state))).collect()
}

fn limited(horizon: u32) -> HorizonConcept {
    HorizonConcept::LimitedMove { horizon }
}

/// Prisoner's dilemma; 0 is mutual silence, 3 mutual confession.
#[test]
fn prisoners_dilemma() {
    let model = OptionForm {
        options: &[1, 1],
        one_way: &[],
        infeasible: &|_| false,
        preferences: &[&[1, 0, 3, 2], &[2, 0, 3, 1]],
    }
    .model();
    assert_eq!(equilibria(&model, Concept::Nash), [3]);
    for concept in &Concept::ALL[1..] {
        assert_eq!(equilibria(&model, *concept), [0, 3], "{concept}");
    }
    assert_eq!(simultaneous_equilibria(&model), [0, 3]);
}

/// Euphrates conflict of 1975 between Syria and Iraq; the handout of GMCR+ numbers the
/// six feasible decimals 0, 1, 2, 4, 5, 6 from 1 and ranks them 1>3>6>2>4>5 for Syria
/// and 2>4>6>1>5>3 for Iraq.
fn euphrates_model() -> Model {
    OptionForm {
        options: &[2, 1],
        one_way: &[],
        infeasible: &|code| code & 0b11 == 0b11,
        preferences: &[&[0, 2, 6, 1, 4, 5], &[1, 4, 6, 0, 5, 2]],
    }
    .model()
}

#[test]
fn euphrates() {
    let model = euphrates_model();
    for concept in [Concept::Nash, Concept::Sequential, Concept::SymmetricMetarational] {
        assert_eq!(equilibria(&model, concept), [6], "{concept}");
    }
    assert_eq!(equilibria(&model, Concept::GeneralMetarational), [0, 6]);
    assert_eq!(horizon_equilibria(&model, limited(1)), [6]);
    let long_run = solve_horizon(&model, HorizonConcept::NonMyopic, &Budget::default()).expect("two decision makers");
    assert_eq!(long_run.cycle().map(|cycle| cycle.period), Some(4));
}

/// The same conflict: of the 720 orders of Syria, those with which it stays at state 2
/// of the handout. DIFFERENCE: the handout has 420 for SEQ, which is what comes out when
/// only the last of Syria's improvements is asked for an answer.
#[test]
fn euphrates_inverse() {
    let (model, syria, target) = (euphrates_model(), DmId(0), StateId(1));
    let budget = Budget::default();
    let counts = Concept::ALL.map(|concept| {
        let condition = stay_condition(&model, concept, syria, target, &budget).expect("no limits");
        let (satisfying, all) = count_rankings(&condition, &budget).expect("no limits").of_all_states(6);
        assert_eq!(all, 720_u32.into());
        (concept.symbol(), satisfying.try_into().expect("a small number"))
    });
    assert_eq!(counts, [("R", 240_u32), ("GMR", 384), ("SMR", 300), ("SEQ", 384), ("SSEQ", 300)]);

    // Syria can go from 2 to 1 and to 3 (here 0 and 2); Iraq would answer with 4 and 6 (3 and 5).
    let last_decides = |rank: &dyn Fn(usize) -> usize| {
        let no_better = |state: usize| rank(state) <= rank(1);
        match (no_better(0), no_better(2)) {
            (true, true) => true,
            (false, true) => no_better(3),
            (_, false) => no_better(5),
        }
    };
    let mut printed = 0;
    for bits in 0_u32..6_u32.pow(6) {
        let rank = |state: usize| (bits / 6_u32.pow(state as u32) % 6) as usize;
        let strict = (0..6).map(rank).fold(0, |seen, r| seen | 1 << r) == 0b11_1111;
        printed += u32::from(strict && last_decides(&rank));
    }
    assert_eq!(printed, 420);
}

/// Cuban missile crisis of 1962 as in [`FraserHipel1984`], with an air strike that
/// cannot be undone: air strike 1, blockade 2 (United States); withdraw 4, escalate 8
/// (Soviet Union).
/// DIFFERENCE: with a strike that can be undone the book finds 4 and 6.
#[test]
fn cuban_missile_crisis() {
    let model = OptionForm {
        options: &[2, 2],
        one_way: &[0],
        infeasible: &|code| code & 0b1100 == 0b1100,
        preferences: &[&[4, 6, 5, 7, 2, 1, 3, 0, 11, 9, 10, 8], &[0, 4, 6, 2, 5, 1, 7, 3, 11, 9, 10, 8]],
    }
    .model();
    assert_eq!(equilibria(&model, Concept::Nash), [5]);
    assert_eq!(equilibria(&model, Concept::Sequential), [4, 5, 6]);
    for concept in [Concept::GeneralMetarational, Concept::SymmetricMetarational] {
        assert_eq!(equilibria(&model, concept), [0, 1, 2, 4, 5, 6, 7], "{concept}");
    }
    assert_eq!(horizon_equilibria(&model, limited(1)), [5]);
    for horizon in 3..10 {
        assert_eq!(horizon_equilibria(&model, limited(horizon)), [4, 5], "{horizon}");
    }
    assert_eq!(horizon_equilibria(&model, HorizonConcept::NonMyopic), [4, 5]);
    // Both improve at 4 and at 6, and no combination is worse for both.
    assert_eq!(simultaneous_equilibria(&model), [5]);
}
