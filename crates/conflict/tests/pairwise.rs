//! Unknown comparisons, strength, chances and attitudes against the literal definitions.

mod support;

use detente_base::{Budget, Exact};
use detente_conflict::pairwise::{
    Attitude, CONCEPTS, Caution, Comparison, Graded, GradedPreference, Judgement, Likely, LikelyPreference, PairSets,
    PairwiseEvidence, Relational, Severity, Strength, Ties, explain, solve, verify,
};
use detente_conflict::{
    Comparisons, Concept, DmId, FixedBitSet, Model, Solution, StateId, SureStability, bound_stability,
    solve as solve_plain,
};
use support::oracle::Oracle;
use support::pairwise::{Literal, Table, literally_stable};
use support::random::{Draws, Parts, Pcg, SHAPES, random_parts};

/// Solver, evidence and checker against the literal definitions, for all concepts.
fn assert_agrees(parts: &Parts, judgement: &impl Judgement, literal: &dyn Literal, label: &str) {
    let budget = Budget::default();
    let (model, oracle) = (parts.model(), Oracle::new(parts));
    let solution = solve(&model, judgement, &CONCEPTS, &budget).expect("no limits");
    for concept in CONCEPTS {
        for dm in model.decision_makers() {
            let expected = literally_stable(&oracle, parts.ranks.len(), literal, concept, dm.index());
            for state in model.states() {
                let stable = solution.is_stable(concept, dm, state);
                assert_eq!(stable, expected[state.index()], "{label} {concept} {dm:?} {state:?}");
                let evidence = explain(&model, judgement, concept, (dm, state), &budget).expect("no limits");
                assert_eq!(evidence.is_stable(), stable, "{label} {concept} {dm:?} {state:?} {evidence:?}");
                let checked = verify(&model, judgement, concept, (dm, state), &evidence);
                assert_eq!(checked, Ok(()), "{label} {concept} {dm:?} {state:?} {evidence:?}");
            }
        }
    }
}

type SetPairs = Vec<(FixedBitSet, FixedBitSet)>;

fn random_sets(rng: &mut Pcg, states: usize, most: u32, percent: u32) -> SetPairs {
    (0..rng.below(most + 1)).map(|_| (rng.subset(states, percent), rng.subset(states, percent))).collect()
}

fn has(pairs: &SetPairs, a: usize, b: usize) -> bool {
    pairs.iter().any(|(first, second)| first.contains(a) && second.contains(b))
}

/// Preferences with gaps and strength, and the same pair by pair.
fn random_graded(rng: &mut Pcg, parts: &Parts) -> (Vec<GradedPreference>, Vec<Vec<Vec<Comparison>>>) {
    let states = parts.ranks[0].len();
    let mut both = (Vec::new(), Vec::new());
    for ranks in &parts.ranks {
        let percent = [8, 25, 60][rng.below(3) as usize];
        let unknown = random_sets(rng, states, 3, percent);
        let strong = random_sets(rng, states, 3, percent);
        let gap = rng.chance(50).then(|| 1 + rng.below(4));
        let strength = |better: usize, worse: usize| {
            let far = gap.is_some_and(|gap| ranks[better] >= ranks[worse] + gap);
            if far || has(&strong, better, worse) { Strength::Great } else { Strength::Mild }
        };
        let relation = |a: usize, b: usize| {
            if a != b && (has(&unknown, a, b) || has(&unknown, b, a)) {
                Comparison::Unknown
            } else if ranks[a] > ranks[b] {
                Comparison::Better(strength(a, b))
            } else if ranks[a] < ranks[b] {
                Comparison::Worse(strength(b, a))
            } else {
                Comparison::Equal
            }
        };
        both.1.push((0..states).map(|a| (0..states).map(|b| relation(a, b)).collect()).collect());
        both.0.push(GradedPreference {
            ranks: ranks.clone(),
            unknown: PairSets::new(states, &unknown),
            strong: PairSets::new(states, &strong),
            great_below: gap
                .map_or(Vec::new(), |gap| ranks.iter().map(|rank| (rank + 1).saturating_sub(gap)).collect()),
        });
    }
    both
}

fn each_model(count: u64, offset: u64, mut check: impl FnMut(u64, &mut Pcg, Parts)) {
    for seed in offset..offset + count {
        let mut rng = Pcg::new(seed);
        let parts = random_parts(&mut rng, SHAPES[(seed % 5) as usize], if seed % 16 == 0 { 30 } else { 14 });
        check(seed, &mut rng, parts);
    }
}

#[test]
fn unknowns_and_strength_agree_with_the_definitions() {
    each_model(1_600, 0, |seed, rng, parts| {
        let (preferences, relation) = random_graded(rng, &parts);
        for caution in Caution::ALL {
            for severity in [Severity::General, Severity::Strong] {
                let letter = caution.symbol().chars().next().expect("a letter");
                let strong = severity == Severity::Strong;
                let literal = Table { relation: relation.clone(), caution: letter, strong };
                let judgement = Graded { preferences: &preferences, caution, severity };
                assert_agrees(&parts, &judgement, &literal, &format!("seed {seed} {letter} strong {strong}"));
            }
        }
    });
}

/// Chances pair by pair, as fractions of 12.
struct Chances {
    over: Vec<Vec<Vec<i64>>>,
    threshold: Vec<i64>,
    ties: bool,
}

impl Literal for Chances {
    fn tempts(&self, dm: usize, to: usize, from: usize) -> bool {
        self.over[dm][to][from] > self.threshold[dm]
    }

    fn credible(&self, dm: usize, to: usize, from: usize) -> bool {
        if self.ties {
            12 - self.over[dm][from][to] >= self.threshold[dm]
        } else {
            self.over[dm][to][from] > self.threshold[dm]
        }
    }

    fn deters(&self, dm: usize, result: usize, state: usize) -> bool {
        let over = self.over[dm][result][state];
        if self.ties { 12 - over >= self.threshold[dm] } else { over <= self.threshold[dm] }
    }

    fn escapes(&self, dm: usize, way: usize, state: usize) -> bool {
        !self.deters(dm, way, state)
    }
}

fn random_likely(rng: &mut Pcg, parts: &Parts) -> (Vec<LikelyPreference>, Chances) {
    let states = parts.ranks[0].len();
    let mut literal = Chances { over: Vec::new(), threshold: Vec::new(), ties: false };
    let mut preferences = Vec::new();
    for ranks in &parts.ranks {
        let kinds: Vec<(i64, Vec<u32>)> = match rng.below(4) {
            0 => vec![(12, ranks.clone())],
            1 => vec![(5, ranks.clone()), (7, ranks.iter().map(|_| rng.below(5)).collect())],
            2 => (0..3).map(|_| (4, ranks.iter().map(|_| rng.below(9)).collect())).collect(),
            // More than are kept in a table.
            _ => (0..13).map(|kind| (i64::from(kind < 12), ranks.iter().map(|_| rng.below(3)).collect())).collect(),
        };
        let stated: Vec<(i64, FixedBitSet, FixedBitSet)> = (0..rng.below(4))
            .map(|_| (i64::from(rng.below(13)), rng.subset(states, 25), rng.subset(states, 25)))
            .collect();
        let unknown = random_sets(rng, states, 2, 20);
        let threshold = i64::from([6, 6, 4, 9, 0, 12][rng.below(6) as usize]);
        let over = |a: usize, b: usize| {
            if a == b {
                return 0;
            }
            for (chance, first, second) in &stated {
                if first.contains(a) && second.contains(b) {
                    return *chance;
                }
                if first.contains(b) && second.contains(a) {
                    return 12 - chance;
                }
            }
            if has(&unknown, a, b) || has(&unknown, b, a) {
                return 0;
            }
            kinds.iter().filter(|(_, ranks)| ranks[a] > ranks[b]).map(|(chance, _)| chance).sum()
        };
        literal.over.push((0..states).map(|a| (0..states).map(|b| over(a, b)).collect()).collect());
        literal.threshold.push(threshold);
        let sets: SetPairs = stated.iter().map(|(_, first, second)| (first.clone(), second.clone())).collect();
        let chance = |twelfths: i64| Exact::ratio(twelfths, 12);
        preferences.push(
            LikelyPreference::new(
                kinds.iter().map(|(c, ranks)| (chance(*c), ranks.clone())).collect(),
                chance(threshold),
            )
            .with_stated(PairSets::new(states, &sets), stated.iter().map(|(c, ..)| chance(*c)).collect())
            .with_unknown(PairSets::new(states, &unknown)),
        );
    }
    (preferences, literal)
}

#[test]
fn chances_agree_with_the_definitions() {
    each_model(1_500, 100_000, |seed, rng, parts| {
        let (preferences, mut literal) = random_likely(rng, &parts);
        for (dm, preference) in preferences.iter().enumerate() {
            for (a, row) in literal.over[dm].iter().enumerate() {
                for (b, twelfths) in row.iter().enumerate() {
                    let chance = preference.chance(StateId(a as u32), StateId(b as u32));
                    assert_eq!(chance, Exact::ratio(*twelfths, 12), "seed {seed} {dm} {a} {b}");
                }
            }
        }
        for ties in Ties::ALL {
            literal.ties = ties == Ties::Included;
            let judgement = Likely { preferences: &preferences, ties };
            assert_agrees(&parts, &judgement, &literal, &format!("seed {seed} {ties:?}"));
        }
    });
}

struct Feelings<'a> {
    ranks: &'a [Vec<u32>],
    /// 1, 0 or −1.
    signs: Vec<Vec<i32>>,
}

impl Literal for Feelings<'_> {
    fn tempts(&self, dm: usize, to: usize, from: usize) -> bool {
        // The intersection, over j, of the sets of the definition.
        (0..self.ranks.len()).all(|j| match self.signs[dm][j] {
            1 => self.ranks[j][to] >= self.ranks[j][from],
            0 => true,
            _ => self.ranks[j][from] >= self.ranks[j][to],
        })
    }

    fn credible(&self, dm: usize, to: usize, from: usize) -> bool {
        self.tempts(dm, to, from)
    }

    fn deters(&self, dm: usize, result: usize, state: usize) -> bool {
        self.ranks[dm][result] <= self.ranks[dm][state]
    }

    fn escapes(&self, dm: usize, way: usize, state: usize) -> bool {
        self.ranks[dm][way] > self.ranks[dm][state]
    }
}

fn attitude(sign: i32) -> Attitude {
    match sign {
        1 => Attitude::Positive,
        0 => Attitude::Neutral,
        _ => Attitude::Negative,
    }
}

#[test]
fn attitudes_agree_with_the_definitions() {
    each_model(1_500, 200_000, |seed, rng, parts| {
        let dms = parts.ranks.len();
        let signs: Vec<Vec<i32>> = (0..dms).map(|_| (0..dms).map(|_| rng.below(3) as i32 - 1).collect()).collect();
        let attitudes: Vec<Vec<Attitude>> =
            signs.iter().map(|row| row.iter().map(|sign| attitude(*sign)).collect()).collect();
        let literal = Feelings { ranks: &parts.ranks, signs };
        let judgement = Relational { ranks: &parts.ranks, attitudes: &attitudes };
        assert_agrees(&parts, &judgement, &literal, &format!("seed {seed}"));
    });
}

fn solved(model: &Model, judgement: &impl Judgement) -> Solution {
    solve(model, judgement, &CONCEPTS, &Budget::default()).expect("no limits")
}

fn assert_within(small: &Solution, large: &Solution, model: &Model, label: &str) {
    for concept in CONCEPTS {
        for dm in model.decision_makers() {
            assert!(small.stable(concept, dm).is_subset(large.stable(concept, dm)), "{label} {concept} {dm:?}");
        }
    }
}

#[test]
fn readings_include_each_other_as_published() {
    let mut apart = [0; 3];
    each_model(3_000, 300_000, |seed, rng, parts| {
        let model = parts.model();
        let (preferences, _) = random_graded(rng, &parts);
        for severity in [Severity::General, Severity::Strong] {
            let of = |caution| solved(&model, &Graded { preferences: &preferences, caution, severity });
            let [a, b, c, d] = Caution::ALL.map(of);
            for (caution, small) in Caution::ALL.into_iter().zip([&a, &b, &c, &d]) {
                for (weaker, large) in Caution::ALL.into_iter().zip([&a, &b, &c, &d]) {
                    if caution.implies(weaker) {
                        assert_within(small, large, &model, &format!("seed {seed} {caution:?} {weaker:?}"));
                    }
                }
            }
            for dm in model.decision_makers() {
                assert_eq!(a.stable(Concept::Nash, dm), c.stable(Concept::Nash, dm));
                assert_eq!(b.stable(Concept::Nash, dm), d.stable(Concept::Nash, dm));
                for concept in CONCEPTS {
                    apart[0] += usize::from(!b.stable(concept, dm).is_subset(c.stable(concept, dm)));
                    apart[1] += usize::from(!c.stable(concept, dm).is_subset(b.stable(concept, dm)));
                    for (stronger, weaker) in CONCEPTS.iter().flat_map(|x| CONCEPTS.iter().map(move |y| (*x, *y))) {
                        if stronger.implies(weaker) {
                            for solution in [&a, &b, &c, &d] {
                                assert!(solution.stable(stronger, dm).is_subset(solution.stable(weaker, dm)));
                            }
                        }
                    }
                }
            }
        }
        for caution in Caution::ALL {
            let of = |severity| solved(&model, &Graded { preferences: &preferences, caution, severity });
            let (general, strong) = (of(Severity::General), of(Severity::Strong));
            assert_within(&strong, &general, &model, &format!("seed {seed} strong"));
            for dm in model.decision_makers() {
                assert_eq!(general.stable(Concept::Nash, dm), strong.stable(Concept::Nash, dm));
                apart[2] += usize::from(CONCEPTS.iter().any(|c| general.stable(*c, dm) != strong.stable(*c, dm)));
            }
        }
    });
    // Neither of b and c includes the other, and strength matters.
    assert!(apart.iter().all(|count| *count > 500), "{apart:?}");
}

#[test]
fn without_anything_uncertain_all_readings_are_the_plain_concepts() {
    each_model(1_500, 400_000, |seed, rng, parts| {
        let model = parts.model();
        let plain = solve_plain(&model, &CONCEPTS, &Budget::default()).expect("no limits");
        let assert_plain = |solution: Solution, label: &str| {
            for concept in CONCEPTS {
                for dm in model.decision_makers() {
                    assert_eq!(
                        solution.stable(concept, dm),
                        plain.stable(concept, dm),
                        "seed {seed} {label} {concept}"
                    );
                }
            }
        };
        let graded: Vec<GradedPreference> = parts.ranks.iter().cloned().map(GradedPreference::new).collect();
        for caution in Caution::ALL {
            let judgement = Graded { preferences: &graded, caution, severity: Severity::General };
            assert_plain(solved(&model, &judgement), caution.symbol());
        }
        // Everything that is worse is greatly worse: only what is equally good deters less.
        let great: Vec<GradedPreference> =
            graded.iter().map(|p| GradedPreference { great_below: p.ranks.clone(), ..p.clone() }).collect();
        let strong = Graded { preferences: &great, caution: Caution::A, severity: Severity::Strong };
        let strict = strict_ranks(rng, &parts);
        assert_within(&solved(&model, &strong), &plain, &model, "all great");
        // One kind, and any threshold below one.
        let threshold = Exact::ratio(i64::from(rng.below(4)), 4);
        let likely: Vec<LikelyPreference> = (parts.ranks.iter())
            .map(|ranks| LikelyPreference::new(vec![(Exact::ONE, ranks.clone())], threshold.clone()))
            .collect();
        assert_plain(solved(&model, &Likely { preferences: &likely, ties: Ties::Excluded }), "likely");
        // Self-regard alone, without ties.
        let parts = Parts { ranks: strict, ..parts.clone() };
        let model = parts.model();
        let plain = solve_plain(&model, &CONCEPTS, &Budget::default()).expect("no limits");
        let dms = parts.ranks.len();
        let discrete: Vec<Vec<Attitude>> = (0..dms)
            .map(|i| (0..dms).map(|j| if i == j { Attitude::Positive } else { Attitude::Neutral }).collect())
            .collect();
        let relational = solved(&model, &Relational { ranks: &parts.ranks, attitudes: &discrete });
        for concept in CONCEPTS {
            for dm in model.decision_makers() {
                assert_eq!(relational.stable(concept, dm), plain.stable(concept, dm), "seed {seed} {concept}");
            }
        }
    });
}

/// The same ranks with ties broken at random.
fn strict_ranks(rng: &mut Pcg, parts: &Parts) -> Vec<Vec<u32>> {
    let break_ties = |ranks: &Vec<u32>| {
        let mut order: Vec<(u32, u32, usize)> =
            ranks.iter().enumerate().map(|(state, rank)| (*rank, rng.next(), state)).collect();
        order.sort_unstable();
        let mut strict = vec![0; ranks.len()];
        order.iter().enumerate().for_each(|(rank, (.., state))| strict[*state] = rank as u32);
        strict
    };
    parts.ranks.iter().map(break_ties).collect()
}

/// With totally neutral attitudes every move is allowed, so that relational Nash
/// stability means having no move; and every step is credible.
#[test]
fn total_neutrality_makes_gmr_and_seq_one() {
    each_model(600, 500_000, |seed, _, parts| {
        let model = parts.model();
        let neutral = vec![vec![Attitude::Neutral; parts.ranks.len()]; parts.ranks.len()];
        let solution = solved(&model, &Relational { ranks: &parts.ranks, attitudes: &neutral });
        let oracle = Oracle::new(&parts);
        for dm in model.decision_makers() {
            let of = |concept| solution.stable(concept, dm);
            assert_eq!(of(Concept::GeneralMetarational), of(Concept::Sequential), "seed {seed}");
            assert_eq!(of(Concept::SymmetricMetarational), of(Concept::SymmetricSequential), "seed {seed}");
            for state in model.states() {
                let rests = oracle.moves(dm.index(), state.index()).is_empty();
                assert_eq!(solution.is_stable(Concept::Nash, dm, state), rests);
            }
        }
    });
}

/// What is sure of graded preferences, for the bounds.
struct Sure<'a>(&'a [GradedPreference]);

impl Comparisons for Sure<'_> {
    fn surely_better(&self, dm: DmId, a: StateId, b: StateId) -> bool {
        matches!(self.0[dm.index()].compare(a, b), Comparison::Better(_))
    }

    fn surely_not_better(&self, dm: DmId, a: StateId, b: StateId) -> bool {
        matches!(self.0[dm.index()].compare(a, b), Comparison::Worse(_) | Comparison::Equal)
    }
}

/// What is unstable however the gaps are filled is what reading d calls unstable; what
/// is stable however they are filled is stable in reading a.
#[test]
fn the_bounds_frame_the_readings() {
    let mut apart = 0;
    each_model(1_000, 600_000, |seed, rng, parts| {
        let model = parts.model();
        let (preferences, _) = random_graded(rng, &parts);
        let bounds = bound_stability(&model, &Sure(&preferences), &CONCEPTS, &Budget::default()).expect("no limits");
        let of = |caution| solved(&model, &Graded { preferences: &preferences, caution, severity: Severity::General });
        let (a, d) = (of(Caution::A), of(Caution::D));
        for concept in CONCEPTS {
            for dm in model.decision_makers() {
                for state in model.states() {
                    let sure = bounds.verdict(concept, dm, state);
                    let label = format!("seed {seed} {concept} {dm:?} {state:?}");
                    assert_eq!(sure == SureStability::SurelyUnstable, !d.is_stable(concept, dm, state), "{label}");
                    let stable = a.is_stable(concept, dm, state);
                    assert!(sure != SureStability::SurelyStable || stable, "{label}");
                    apart += usize::from(stable && sure != SureStability::SurelyStable);
                }
            }
        }
    });
    // Reading a counts on steps of the others that may not be improvements.
    assert!(apart > 0);
}

#[test]
fn corrupted_evidence_is_rejected() {
    let budget = Budget::default();
    let mut rejected = 0;
    each_model(300, 700_000, |seed, rng, parts| {
        let model = parts.model();
        let (preferences, _) = random_graded(rng, &parts);
        let judgement = Graded { preferences: &preferences, caution: Caution::A, severity: Severity::General };
        for concept in CONCEPTS {
            for dm in model.decision_makers() {
                for state in model.states() {
                    let evidence = explain(&model, &judgement, concept, (dm, state), &budget).expect("no limits");
                    for corrupted in corruptions(&evidence, dm, model.state_count()) {
                        rejected += 1;
                        let verdict = verify(&model, &judgement, concept, (dm, state), &corrupted);
                        assert!(
                            verdict.is_err(),
                            "seed {seed} {concept} {dm:?} {state:?}\n{evidence:?}\n{corrupted:?}"
                        );
                    }
                }
            }
        }
    });
    assert!(rejected > 10_000, "{rejected}");
}

/// Changes that leave nothing true.
fn corruptions(evidence: &PairwiseEvidence, dm: DmId, state_count: usize) -> Vec<PairwiseEvidence> {
    let nowhere = StateId::from_index(state_count);
    let mut all = Vec::new();
    match evidence {
        PairwiseEvidence::Stable { answered } => {
            for index in 0..answered.len() {
                let mut edit = |change: &dyn Fn(&mut Vec<detente_conflict::pairwise::Answered>)| {
                    let mut changed = answered.clone();
                    change(&mut changed);
                    all.push(PairwiseEvidence::Stable { answered: changed });
                };
                edit(&|list| drop(list.remove(index)));
                edit(&|list| list.push(list[index].clone()));
                edit(&|list| list[index].tempting = nowhere);
                edit(&|list| list[index].path.clear());
                edit(&|list| list[index].path[0].mover = dm);
                edit(&|list| list[index].path[0].to = nowhere);
                edit(&|list| list[index].result = nowhere);
            }
            let tempting = answered.first().map_or(nowhere, |answer| answer.tempting);
            all.push(PairwiseEvidence::Unstable { tempting, replies: 0, failing: None });
        }
        PairwiseEvidence::Unstable { tempting, replies, failing } => {
            all.push(PairwiseEvidence::Stable { answered: Vec::new() });
            let unstable = |tempting, replies, failing| PairwiseEvidence::Unstable { tempting, replies, failing };
            all.push(unstable(nowhere, *replies, failing.clone()));
            all.push(unstable(*tempting, replies + 1, failing.clone()));
            if let Some(failing) = failing {
                all.push(unstable(*tempting, *replies, None));
                let mut changed = failing.clone();
                changed.path[0].mover = dm;
                all.push(unstable(*tempting, *replies, Some(changed)));
                let mut changed = failing.clone();
                changed.way_out = if changed.way_out.is_some() { None } else { Some(nowhere) };
                all.push(unstable(*tempting, *replies, Some(changed)));
            }
        }
    }
    all
}

#[test]
fn a_raised_stopper_ends_the_question() {
    let budget = Budget::default();
    budget.stopper.stop();
    let parts = random_parts(&mut Pcg::new(1), SHAPES[0], 24);
    let graded: Vec<GradedPreference> = parts.ranks.iter().cloned().map(GradedPreference::new).collect();
    let judgement = Graded { preferences: &graded, caution: Caution::A, severity: Severity::General };
    assert!(solve(&parts.model(), &judgement, &CONCEPTS, &budget).is_err());
}
