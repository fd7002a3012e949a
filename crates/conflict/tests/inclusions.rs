//! Which concept implies which, for all pairs of concepts: every implication that is
//! claimed holds in every drawn conflict, and every other one fails in some.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use detente_base::Budget;
use detente_conflict::{
    Coalition, CoalitionConcept, Concept, DmId, FixedBitSet, HorizonConcept, Model, ModelBuilder, MoveKind, Reading,
    StateId, StateSpace, sequential_or_simultaneous, solve, solve_coalitions, solve_horizon, solve_simultaneous,
    status_quo,
};
use support::oracle::Oracle;
use support::random::{Parts, Pcg, SHAPES, Shape, random_parts};

type Held = BTreeMap<&'static str, FixedBitSet>;

/// What holds for everybody, by concept: the five usual ones, and coalition stability in
/// both readings.
fn held(model: &Model) -> Held {
    let budget = Budget::default();
    let usual = solve(model, &Concept::ALL, &budget).expect("no limits");
    let mut found: Held = Concept::ALL.iter().map(|c| (c.symbol(), usual.equilibria(*c))).collect();
    let names = |reading| match reading {
        Reading::Strict => ["CNash", "CGMR", "CSMR", "CSEQ"],
        Reading::Pareto => ["Pareto CNash", "Pareto CGMR", "Pareto CSMR", "Pareto CSEQ"],
    };
    for reading in [Reading::Strict, Reading::Pareto] {
        let joint = solve_coalitions(model, reading, usize::MAX, &budget);
        let of = |concept: CoalitionConcept| joint.equilibria(concept).expect("no limits");
        found.extend(names(reading).into_iter().zip(CoalitionConcept::ALL.map(of)));
    }
    found
}

/// The same with the concepts that are defined for two in option form.
fn held_by_two(model: &Model) -> Held {
    let budget = Budget::default();
    let mut found = held(model);
    let usual = solve(model, &Concept::ALL, &budget).expect("no limits");
    let joint = solve_simultaneous(model, &budget).expect("option form");
    found.insert("SIM", joint.equilibria());
    found.insert("SEQ+SIM", sequential_or_simultaneous(&usual, &joint).equilibria());
    for (name, concept) in [
        ("L1", HorizonConcept::LimitedMove { horizon: 1 }),
        ("L2", HorizonConcept::LimitedMove { horizon: 2 }),
        ("L3", HorizonConcept::LimitedMove { horizon: 3 }),
        ("NM", HorizonConcept::NonMyopic),
        ("ST", HorizonConcept::Stackelberg { leader: DmId(0) }),
    ] {
        found.insert(name, solve_horizon(model, concept, &budget).expect("two decision makers").equilibria());
    }
    found
}

/// Pairs of concepts of which the first holds somewhere without the second.
fn fails(models: impl Iterator<Item = Model>, held: fn(&Model) -> Held) -> Pairs {
    let mut found = BTreeSet::new();
    for model in models {
        let sets = held(&model);
        for (first, one) in &sets {
            found.extend(sets.iter().filter(|(_, other)| !one.is_subset(other)).map(|(second, _)| (*first, *second)));
        }
    }
    found
}

/// The pairs that a table claims, closed under implication of implications.
fn claimed(table: &[(&'static str, &[&'static str])]) -> Pairs {
    let mut all: Pairs =
        table.iter().flat_map(|(first, seconds)| seconds.iter().map(move |second| (*first, *second))).collect();
    loop {
        let joined = all.iter().flat_map(|(a, b)| all.iter().filter(move |(c, _)| b == c).map(move |(_, d)| (*a, *d)));
        let more: Pairs = joined.filter(|pair| !all.contains(pair)).collect();
        if more.is_empty() {
            return all;
        }
        all.extend(more);
    }
}

type Pairs = BTreeSet<(&'static str, &'static str)>;

/// What is claimed never fails, and what is not claimed fails somewhere.
fn assert_exactly(claimed: &Pairs, fails: &Pairs, names: &[&'static str]) {
    let pairs = names.iter().flat_map(|first| names.iter().map(move |second| (*first, *second)));
    let wrong: Vec<(&str, &str, bool)> = pairs
        .filter(|(first, second)| {
            first != second && claimed.contains(&(*first, *second)) == fails.contains(&(*first, *second))
        })
        .map(|(first, second)| (first, second, fails.contains(&(first, second))))
        .collect();
    assert!(wrong.is_empty(), "(implies, implied, fails somewhere): {wrong:?}");
}

fn models(seeds: std::ops::Range<u64>, shapes: &'static [Shape]) -> impl Iterator<Item = Parts> {
    seeds.map(|seed| {
        let mut rng = Pcg::new(40_000_000 + seed);
        random_parts(&mut rng, shapes[(seed % shapes.len() as u64) as usize], [6, 12, 20][(seed / 7 % 3) as usize])
    })
}

/// For any number of decision makers.
const IN_ALL: &[(&str, &[&str])] = &[
    ("R", &["SSEQ"]),
    ("SSEQ", &["SEQ", "SMR"]),
    ("SEQ", &["GMR"]),
    ("SMR", &["GMR"]),
    ("CNash", &["R", "CSMR", "CSEQ"]),
    ("CSMR", &["SMR", "CGMR"]),
    ("CGMR", &["GMR"]),
    ("Pareto CNash", &["CNash", "Pareto CSMR", "Pareto CSEQ"]),
    ("Pareto CSMR", &["CSMR", "Pareto CGMR"]),
    ("Pareto CGMR", &["CGMR"]),
];

/// A conflict against “CSEQ implies CGMR”, which looks true and is so where moves compose.
///
/// The first leaves 0 for 1. From there the second leads to 2, which is better for it, and
/// then the second and the third together to 4, by the second's move to 3: both like 4
/// better than 2, and the first likes it less than 0. So under CSEQ the first stays, and
/// nobody else wants to leave 0. But one legal sequence of the two others ends at 2, as the
/// second would have to move twice in a row: under CGMR, and GMR, the first leaves.
fn a_mover_who_goes_on_in_another_group() -> Model {
    let mut builder = ModelBuilder::new(StateSpace::full(&[5]).expect("five states"));
    for (name, arcs, ranks) in [
        ("first", vec![(0, 1)], vec![1, 2, 2, 2, 0]),
        ("second", vec![(1, 2), (2, 3)], vec![3, 0, 1, 0, 2]),
        ("third", vec![(3, 4)], vec![3, 0, 0, 0, 1]),
    ] {
        let dm = builder.decision_maker(name);
        builder.arcs(dm, arcs).ranks(dm, ranks);
    }
    builder.build().expect("a right conflict")
}

#[test]
fn credible_replies_of_coalitions_need_not_be_replies() {
    let sets = held(&a_mover_who_goes_on_in_another_group());
    let holds = |concept: &str| sets[concept].contains(0);
    assert!(holds("CSEQ") && holds("Pareto CSEQ"));
    assert!(!holds("CGMR") && !holds("GMR") && !holds("SEQ"));
}

#[test]
fn of_all_concepts_these_imply_each_other_and_no_others() {
    let drawn = || {
        let typed = std::iter::once(a_mover_who_goes_on_in_another_group());
        models(0..6_000, &SHAPES).map(|parts| parts.model()).chain(typed)
    };
    let names = held(&drawn().next().expect("a conflict")).into_keys().collect::<Vec<_>>();
    assert_exactly(&claimed(IN_ALL), &fails(drawn(), held), &names);
}

/// Where own moves compose to own moves, CSEQ implies CGMR and so GMR.
#[test]
fn where_moves_compose_credible_replies_are_replies() {
    const SHAPES: &[Shape] = &[Shape::Reversible, Shape::Irreversible];
    let mut table = IN_ALL.to_vec();
    table.extend([("CSEQ", &["CGMR"][..]), ("Pareto CSEQ", &["Pareto CGMR"][..])]);
    let drawn = || models(0..8_000, SHAPES).map(|parts| parts.model());
    let names = held(&drawn().next().expect("a conflict")).into_keys().collect::<Vec<_>>();
    assert_exactly(&claimed(&table), &fails(drawn(), held), &names);
}

/// For two decision makers in option form. L2 implies SEQ: what the other is expected to do
/// is its best improvement, a credible reply. L3 implies SMR: after the other's move one's
/// own best way out was counted. Every Lₕ with h > 1, and so NM, implies GMR: whoever stops
/// later has no less than after the other's move. None of the converses holds.
#[test]
fn for_two_decision_makers_these_imply_each_other_and_no_others() {
    const SHAPES: &[Shape] = &[Shape::Reversible, Shape::Irreversible];
    let mut table = IN_ALL.to_vec();
    table.extend([
        ("CSEQ", &["CGMR", "SEQ"][..]),
        ("Pareto CSEQ", &["Pareto CGMR", "CSEQ"][..]),
        ("R", &["L1", "SIM"][..]),
        ("L1", &["R"][..]),
        ("L2", &["SEQ"][..]),
        ("L3", &["SMR"][..]),
        ("NM", &["GMR"][..]),
        ("ST", &["SEQ"][..]),
        ("SIM", &["SEQ+SIM"][..]),
        ("SEQ", &["SEQ+SIM"][..]),
    ]);
    let drawn = || {
        let of_two = models(0..16_000, SHAPES).filter(|parts| parts.ranks.len() == 2);
        of_two.map(|parts| parts.model())
    };
    let names = held_by_two(&drawn().next().expect("a conflict")).into_keys().collect::<Vec<_>>();
    assert_exactly(&claimed(&table), &fails(drawn(), held_by_two), &names);
}

/// All decision makers together have nobody to fear: all concepts are one for them.
#[test]
fn everybody_together_fears_no_reply() {
    for parts in models(0..1_000, &SHAPES) {
        let model = parts.model();
        for reading in [Reading::Strict, Reading::Pareto] {
            let solution = solve_coalitions(&model, reading, usize::MAX, &Budget::default());
            let stays = |concept| solution.stable(concept, Coalition::everybody(&model)).expect("no limits");
            let [first, others @ ..] = CoalitionConcept::ALL.map(stays);
            assert!(others.into_iter().all(|set| set == first));
        }
    }
}

/// In option form the others cannot take back what a decision maker did, so no reply ends
/// where it began; with listed moves one can.
#[test]
fn replies_lead_back_to_the_start_only_by_listed_moves() {
    let mut returns = 0;
    for parts in models(0..2_000, &SHAPES) {
        let oracle = Oracle::new(&parts);
        let listed = parts.arcs.iter().any(|arcs| !arcs.is_empty());
        for dm in 0..parts.ranks.len() {
            let others: Vec<usize> = (0..parts.ranks.len()).filter(|other| *other != dm).collect();
            for state in 0..oracle.state_count() {
                for improvement in oracle.moves(dm, state) {
                    let back = oracle.reach(&others, *improvement, false).contains(&state);
                    assert!(listed || !back, "{parts:?}");
                    returns += u32::from(back);
                }
            }
        }
    }
    assert!(returns > 100, "{returns}");
}

/// Where own moves compose to own moves, the rule that nobody moves twice in a row keeps
/// nobody from any state; elsewhere it does.
#[test]
fn the_order_of_movers_matters_only_where_moves_do_not_compose() {
    let mut barred = 0;
    for parts in models(0..2_000, &SHAPES) {
        let (model, oracle) = (parts.model(), Oracle::new(&parts));
        let compose = |dm: usize| {
            (0..oracle.state_count()).all(|a| {
                let first = oracle.moves(dm, a);
                first.iter().all(|b| oracle.moves(dm, *b).iter().all(|c| *c == a || first.contains(c)))
            })
        };
        let all_compose = (0..parts.ranks.len()).all(compose);
        for from in 0..oracle.state_count() {
            let reach = status_quo(&model, StateId::from_index(from), MoveKind::Any, &Budget::default());
            let reach = reach.expect("no limits");
            let found: BTreeSet<usize> =
                (0..oracle.state_count()).filter(|to| reach.reaches(StateId::from_index(*to))).collect();
            let closure = closure(&oracle, parts.ranks.len(), from);
            assert!(found.is_subset(&closure));
            assert!(!all_compose || found == closure);
            barred += u32::from(found != closure);
        }
    }
    assert!(barred > 100, "{barred}");
}

/// Where moves in any order lead, the start included.
fn closure(oracle: &Oracle<'_>, parties: usize, from: usize) -> BTreeSet<usize> {
    let (mut met, mut open) = (BTreeSet::from([from]), vec![from]);
    while let Some(state) = open.pop() {
        for to in (0..parties).flat_map(|dm| oracle.moves(dm, state)) {
            if met.insert(*to) {
                open.push(*to);
            }
        }
    }
    met
}
