//! Inverse questions against all orders of few states.

mod support;

use detente_base::Budget;
use detente_conflict::inverse::{
    Dependence, Nearest, NearestFailure, count_rankings, dependence, everybody_stays, fewest, nearest, stay_condition,
    verify_nearest,
};
use detente_conflict::{Concept, DmId, FixedBitSet, Model, StateId};
use support::oracle::Oracle;
use support::random::{Draws, Parts, Pcg, SHAPES, random_parts};

/// All orders of `count` states as dense ranks, strict ones or all.
fn orders(count: usize, strict: bool) -> Vec<Vec<u32>> {
    let mut found = Vec::new();
    let mut ranks = vec![0_u32; count];
    loop {
        let top = ranks.iter().copied().max().unwrap_or(0);
        let dense = (0..=top).all(|rank| ranks.contains(&rank));
        if dense && (!strict || top as usize + 1 == count) {
            found.push(ranks.clone());
        }
        let Some(at) = ranks.iter().position(|rank| (*rank as usize) + 1 < count) else { return found };
        ranks[..at].fill(0);
        ranks[at] += 1;
    }
}

/// For each order of one party, the states that are stable for each party.
fn verdicts(parts: &Parts, dm: usize, concept: Concept, orders: &[Vec<u32>]) -> Vec<Vec<Vec<bool>>> {
    let mut changed = parts.clone();
    orders
        .iter()
        .map(|order| {
            changed.ranks[dm].clone_from(order);
            let oracle = Oracle::new(&changed);
            (0..parts.ranks.len()).map(|party| oracle.stable(concept, party)).collect()
        })
        .collect()
}

fn given_up(before: &[u32], after: &[u32]) -> u64 {
    let pairs = (0..before.len()).flat_map(|a| (0..before.len()).map(move |b| (a, b)));
    pairs.filter(|(a, b)| before[*a] > before[*b] && after[*a] <= after[*b]).count() as u64
}

struct Case<'a> {
    parts: &'a Parts,
    model: &'a Model,
    concept: Concept,
    dm: DmId,
    orders: &'a [Vec<u32>],
    /// By order and party, the stable states.
    truth: &'a [Vec<Vec<bool>>],
    strict: bool,
}

impl Case<'_> {
    fn check(&self, target: StateId) -> u64 {
        let budget = Budget::default();
        let (model, dm) = (self.model, self.dm);
        let condition = stay_condition(model, self.concept, dm, target, &budget).expect("no limits");
        let stays = |at: usize| self.truth[at][dm.index()][target.index()];
        let mut satisfying = 0_u32;
        for (at, order) in self.orders.iter().enumerate() {
            assert_eq!(condition.holds_for(order), stays(at), "{condition:?} {order:?}");
            satisfying += u32::from(stays(at));
        }
        let rankings = count_rankings(&condition, &budget).expect("no limits");
        let states = model.state_count();
        let (counted, all) = if self.strict { rankings.of_all_states(states) } else { rankings.with_ties(states) };
        assert_eq!((counted, all), (satisfying.into(), self.orders.len().into()), "{condition:?}");
        self.check_others(target);
        let given = model.ranks(dm);
        let found = nearest(&condition, given, &budget).expect("no limits");
        assert!(condition.holds_for(&found.ranks));
        assert_eq!(verify_nearest(model, self.concept, dm, target, &found), Ok(()));
        assert_eq!(found.given_up, found.passed.len() as u64);
        let satisfying = self.orders.iter().enumerate().filter(|(at, _)| stays(*at));
        let least = satisfying.map(|(_, order)| given_up(given, order)).min();
        // Strict orders suffice: breaking ties gives up nothing.
        assert_eq!(least, Some(found.given_up), "{condition:?} {given:?} {found:?}");
        self.corrupt(target, &found);
        self.check_everybody(target);
        found.given_up
    }

    fn check_others(&self, target: StateId) {
        let budget = Budget::default();
        for other in self.model.decision_makers().filter(|other| *other != self.dm) {
            let found = dependence(self.model, self.concept, (self.dm, other), target, &budget).expect("no limits");
            let mut stays = self.truth.iter().map(|of_order| of_order[other.index()][target.index()]);
            match found {
                Dependence::Stays => assert!(stays.all(|stays| stays)),
                Dependence::Leaves => assert!(!stays.any(|stays| stays)),
                Dependence::Depends => {
                    let credible = matches!(self.concept, Concept::Sequential | Concept::SymmetricSequential);
                    assert!(credible);
                    // Indifference has no improvements.
                    let mut changed = self.parts.clone();
                    changed.ranks[self.dm.index()].fill(0);
                    assert!(!Oracle::new(&changed).stable(self.concept, other.index())[target.index()]);
                }
            }
        }
    }

    fn check_everybody(&self, target: StateId) {
        let budget = Budget::default();
        let found = everybody_stays(self.model, self.concept, self.dm, target, &budget).expect("few states");
        let stay = |at: &usize| self.truth[*at].iter().all(|stable| stable[target.index()]);
        let holding: Vec<usize> = (0..self.orders.len()).filter(stay).collect();
        let distance = |at: &usize| given_up(self.model.ranks(self.dm), &self.orders[*at]);
        assert_eq!(found.nearest.as_ref().map(|n| n.given_up), holding.iter().map(distance).min());
        if self.strict {
            assert_eq!((found.satisfying, found.all), (holding.len() as u64, self.orders.len() as u64));
        }
        if let Some(nearest) = found.nearest.filter(|_| self.strict) {
            let at = self.orders.iter().position(|order| *order == nearest.ranks).expect("a strict order");
            assert!(stay(&at));
        }
    }

    fn corrupt(&self, target: StateId, found: &Nearest) {
        let verdict = |nearest: &Nearest| verify_nearest(self.model, self.concept, self.dm, target, nearest);
        let wrong = Nearest { given_up: found.given_up + 1, ..found.clone() };
        assert!(matches!(verdict(&wrong), Err(NearestFailure::Distance { .. })));
        if found.given_up > 0 {
            let unchanged = Nearest { ranks: self.model.ranks(self.dm).to_vec(), ..found.clone() };
            assert_eq!(verdict(&unchanged), Err(NearestFailure::Leaves));
        }
        let short = Nearest { ranks: vec![0; found.ranks.len() + 1], ..found.clone() };
        assert!(matches!(verdict(&short), Err(NearestFailure::WrongLength { .. })));
    }
}

fn check_models(seeds: std::ops::Range<u64>, max_states: u32, strict: bool) -> Vec<u64> {
    let mut distances = Vec::new();
    for seed in seeds {
        let mut rng = Pcg::new(seed);
        let parts = random_parts(&mut rng, SHAPES[(seed % 5) as usize], max_states);
        let model = parts.model();
        let all = orders(model.state_count(), strict);
        for dm in model.decision_makers() {
            for concept in Concept::ALL {
                let truth = verdicts(&parts, dm.index(), concept, &all);
                let case = Case { parts: &parts, model: &model, concept, dm, orders: &all, truth: &truth, strict };
                distances.extend(model.states().map(|target| case.check(target)));
            }
        }
    }
    distances
}

#[test]
fn conditions_counts_and_nearest_orders_agree_with_all_strict_orders() {
    let distances = check_models(0..500, 6, true);
    assert!(distances.iter().filter(|d| **d > 1).count() > 50, "{}", distances.len());
}

#[test]
fn conditions_counts_and_nearest_orders_agree_with_all_orders_with_ties() {
    let distances = check_models(500..900, 5, false);
    assert!(distances.iter().filter(|d| **d > 1).count() > 50, "{}", distances.len());
}

#[test]
fn larger_conditions_are_counted_as_by_all_sets() {
    let budget = Budget::default();
    let (mut conditions, mut wanting) = (0, 0);
    for seed in 0..250 {
        let mut rng = Pcg::new(4_000_000 + seed);
        let model = random_parts(&mut rng, SHAPES[(seed % 5) as usize], 13).model();
        let states = model.state_count();
        let factorial = |n: usize| (1..=n as u64).product::<u64>();
        let sets: Vec<FixedBitSet> = (0..1_usize << states)
            .map(|bits| {
                let mut set = FixedBitSet::with_capacity(states);
                set.extend((0..states).filter(|state| bits >> state & 1 == 1));
                set
            })
            .collect();
        let target = StateId(rng.below(states as u32));
        for (dm, concept) in model.decision_makers().flat_map(|dm| Concept::ALL.map(|concept| (dm, concept))) {
            let condition = stay_condition(&model, concept, dm, target, &budget).expect("no limits");
            let holding = || sets.iter().filter(|set| set.contains(target.index()) && condition.holds(set));
            let orders = holding().map(|set| {
                let below = set.count_ones(..) - 1;
                factorial(below) * factorial(states - 1 - below)
            });
            let (counted, all) = count_rankings(&condition, &budget).expect("no limits").of_all_states(states);
            assert_eq!((counted, all), (orders.sum::<u64>().into(), factorial(states).into()), "seed {seed} {concept}");
            conditions += usize::from(condition.clauses.len() > 2);

            let mut known = rng.subset(states, 30);
            known.insert(target.index());
            let candidates = rng.subset(states, 80);
            let found = fewest(&condition, &known, &candidates, &budget).expect("no limits");
            let added = |set: &FixedBitSet| set.difference(&known).count();
            let fits =
                |set: &&FixedBitSet| known.is_subset(set) && set.difference(&known).all(|s| candidates.contains(s));
            assert_eq!(found.as_ref().map(|f| f.states.len()), holding().filter(fits).map(added).min());
            wanting += usize::from(found.is_some_and(|f| f.states.len() > 1));
        }
    }
    assert!(conditions > 200 && wanting > 200, "{conditions} {wanting}");
}
