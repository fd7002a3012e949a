//! Counting in how many cases each outcome holds.

use std::collections::BTreeMap;

use detente_base::{Budget, Exact, StopReason};
use detente_conflict::{Concept, FixedBitSet, StateId, solve};
use detente_scenario::columns::Columns;
use detente_scenario::expr::eval::central_point;
use rayon::prelude::*;

use super::cases::{Ranks, Source};
use super::interval::share_interval;
use super::{EventView, Influence, ShareView};
use crate::close::{CONCEPTS, Solved, number};
use crate::overview::status_quo_state;
use crate::structure::Structure;

/// What can hold: each outcome, then each named one.
pub(super) struct Events {
    states: usize,
    status_quo: Option<StateId>,
    named: Vec<(String, FixedBitSet)>,
}

impl Events {
    pub(super) fn new(structure: &Structure<'_>) -> Self {
        let situation = structure.situation;
        let point = central_point(situation).expect("checked amounts divide by no zero");
        let columns = Columns::new(situation, &structure.space, &point);
        let members = |when| structure.states.states_from_codes(&columns.holds(when));
        Self {
            states: structure.states.state_count(),
            status_quo: status_quo_state(structure),
            named: situation.outcomes.iter().map(|o| (o.id.clone(), members(&o.when))).collect(),
        }
    }

    fn count(&self) -> usize {
        self.states + self.named.len()
    }

    /// For each concept the events that happen.
    fn happening(&self, solved: &Solved<'_>, ranks: Ranks, budget: &Budget) -> Result<Vec<Vec<usize>>, StopReason> {
        budget.check()?;
        let model = solved.structure.model(ranks, budget)?;
        let solution = solve(&model, &CONCEPTS, budget)?;
        let of_concept = |concept: &Concept| {
            let held = solution.equilibria(*concept);
            let named = self.named.iter().enumerate().filter(|(_, (_, members))| !members.is_disjoint(&held));
            held.ones().chain(named.map(|(index, _)| self.states + index)).collect()
        };
        Ok(CONCEPTS.iter().map(of_concept).collect())
    }
}

/// One share of one event.
#[derive(Clone, Debug)]
struct Share {
    value: Exact,
    low: Exact,
    high: Exact,
}

/// Shares of all events under all concepts.
pub(super) struct Shares {
    /// By concept and event.
    shares: Vec<Vec<Share>>,
    /// By varied parameter and event, under SEQ: shares in its lower and upper half.
    halves: Vec<Vec<(Exact, Exact)>>,
}

/// Counts of draws.
struct Counts {
    /// By concept and event.
    all: Vec<Vec<u32>>,
    /// By parameter and event, under SEQ, in the upper half.
    upper: Vec<Vec<u32>>,
    /// By parameter, draws in the upper half.
    draws_upper: Vec<u32>,
}

impl Counts {
    fn new(events: usize) -> Self {
        Self { all: vec![vec![0; events]; CONCEPTS.len()], upper: Vec::new(), draws_upper: Vec::new() }
    }

    fn note(&mut self, happening: &[Vec<usize>], upper: &[bool]) {
        for (counts, events) in self.all.iter_mut().zip(happening) {
            events.iter().for_each(|event| counts[*event] += 1);
        }
        let events = self.all[0].len();
        self.upper.resize_with(upper.len().max(self.upper.len()), || vec![0; events]);
        self.draws_upper.resize(upper.len().max(self.draws_upper.len()), 0);
        let sequential = &happening[sequential_index()];
        for (parameter, _) in upper.iter().enumerate().filter(|(_, upper)| **upper) {
            self.draws_upper[parameter] += 1;
            sequential.iter().for_each(|event| self.upper[parameter][*event] += 1);
        }
    }

    fn join(mut self, other: Self) -> Self {
        let add = |a: &mut Vec<u32>, b: &[u32]| {
            a.resize(a.len().max(b.len()), 0);
            a.iter_mut().zip(b).for_each(|(x, y)| *x += y);
        };
        self.all.iter_mut().zip(&other.all).for_each(|(a, b)| add(a, b));
        self.upper.resize_with(self.upper.len().max(other.upper.len()), Vec::new);
        self.upper.iter_mut().zip(&other.upper).for_each(|(a, b)| add(a, b));
        add(&mut self.draws_upper, &other.draws_upper);
        self
    }
}

fn sequential_index() -> usize {
    CONCEPTS.iter().position(|c| *c == Concept::Sequential).expect("SEQ is one of the concepts")
}

impl Shares {
    /// Exact shares: every case, with its chance.
    pub(super) fn of_all(
        solved: &Solved<'_>,
        events: &Events,
        cases: &[(Exact, Ranks)],
        budget: &Budget,
    ) -> Result<Self, StopReason> {
        let happening: Vec<Vec<Vec<usize>>> = cases
            .par_iter()
            .map(|(_, ranks)| events.happening(solved, ranks.clone(), budget))
            .collect::<Result<_, _>>()?;
        let mut sums = vec![vec![Exact::ZERO; events.count()]; CONCEPTS.len()];
        for ((chance, _), happening) in cases.iter().zip(&happening) {
            for (sums, events) in sums.iter_mut().zip(happening) {
                events.iter().for_each(|event| sums[*event] = &sums[*event] + chance);
            }
        }
        let exact = |share: Exact| Share { low: share.clone(), high: share.clone(), value: share };
        let shares = sums.into_iter().map(|sums| sums.into_iter().map(exact).collect()).collect();
        Ok(Self { shares, halves: Vec::new() })
    }

    /// Shares among draws, with their intervals.
    pub(super) fn of_draws(
        solved: &Solved<'_>,
        events: &Events,
        source: &Source,
        (seed, draws): (u64, u32),
        budget: &Budget,
    ) -> Result<Self, StopReason> {
        let empty = || Counts::new(events.count());
        let counts = (0..draws)
            .into_par_iter()
            .try_fold(empty, |mut counts, draw| {
                let case = source.draw(solved, seed, draw);
                counts.note(&events.happening(solved, case.ranks, budget)?, &case.upper);
                Ok(counts)
            })
            .try_reduce(empty, |a, b| Ok(a.join(b)))?;
        let mut known: BTreeMap<u32, Share> = BTreeMap::new();
        let mut share = |count: u32| {
            let found = known.entry(count).or_insert_with(|| {
                let (low, high) = share_interval(count, draws);
                Share { value: Exact::ratio(count.into(), draws.into()), low, high }
            });
            found.clone()
        };
        let shares = counts.all.iter().map(|counts| counts.iter().map(|count| share(*count)).collect()).collect();
        let all = &counts.all[sequential_index()];
        let halves = (counts.upper.iter().zip(&counts.draws_upper))
            .map(|(upper, in_upper)| {
                let part = |count: u32, of: u32| Exact::ratio(count.into(), of.max(1).into());
                let pair = |(all, upper): (&u32, &u32)| (part(all - upper, draws - in_upper), part(*upper, *in_upper));
                all.iter().zip(upper).map(pair).collect()
            })
            .collect();
        Ok(Self { shares, halves })
    }

    /// The status quo, the named outcomes, and the outcomes that hold most often, with
    /// the number of those that hold at times and are left out.
    pub(super) fn views(&self, events: &Events, parameters: &[String], limit: usize) -> (Vec<EventView>, u64) {
        let mut listed: Vec<usize> = events.status_quo.map(StateId::index).into_iter().collect();
        listed.extend(events.states..events.count());
        // Under SEQ first; what the more cautious concepts say decides between equals.
        let order = [Concept::Sequential, Concept::SymmetricSequential, Concept::Nash, Concept::SymmetricMetarational];
        let places = order.map(|c| CONCEPTS.iter().position(|known| *known == c).expect("a known concept"));
        let key = |event: usize| places.map(|at| self.shares[at][event].value.clone());
        let happens = |event: &usize| self.shares.iter().any(|s| s[*event].value.signum() > 0);
        let mut outcomes: Vec<usize> =
            (0..events.states).filter(|e| happens(e) && events.status_quo.map(StateId::index) != Some(*e)).collect();
        outcomes.sort_by(|a, b| key(*b).cmp(&key(*a)).then(a.cmp(b)));
        let left_out = outcomes.len().saturating_sub(limit) as u64;
        listed.extend(outcomes.into_iter().take(limit));
        (listed.into_iter().map(|event| self.view(events, event, parameters)).collect(), left_out)
    }

    fn view(&self, events: &Events, event: usize, parameters: &[String]) -> EventView {
        let share = |(concept, shares): (&Concept, &Vec<Share>)| {
            let Share { value: share, low, high } = shares[event].clone();
            (concept.symbol().to_owned(), ShareView { share, low, high })
        };
        EventView {
            outcome: (event < events.states).then(|| number(StateId::from_index(event))),
            named: event.checked_sub(events.states).map(|index| events.named[index].0.clone()),
            shares: CONCEPTS.iter().zip(&self.shares).map(share).collect(),
            turns_on: self.turns_on(event, parameters),
        }
    }

    /// The parameter whose halves differ most, if they differ at all.
    fn turns_on(&self, event: usize, parameters: &[String]) -> Option<Influence> {
        let difference = |(low, high): &(Exact, Exact)| if low > high { low - high } else { high - low };
        let halves = parameters.iter().zip(&self.halves).map(|(name, halves)| (name, &halves[event]));
        let mut most: Option<(Exact, Influence)> = None;
        for (name, (low, high)) in halves {
            let by = difference(&(low.clone(), high.clone()));
            if by.signum() > 0 && most.as_ref().is_none_or(|(known, _)| by > *known) {
                let found = Influence { parameter: name.clone(), when_low: low.clone(), when_high: high.clone() };
                most = Some((by, found));
            }
        }
        most.map(|(_, influence)| influence)
    }
}

/// Shares over all combinations, each with its chance; `None` when one has none.
pub(super) fn overall(found: &[(Option<Exact>, Shares)]) -> Option<Shares> {
    let chances: Vec<&Exact> = found.iter().map(|(chance, _)| chance.as_ref()).collect::<Option<_>>()?;
    let (_, first) = found.first()?;
    let mix = |concept: usize, event: usize, part: fn(&Share) -> &Exact| {
        let parts = chances.iter().zip(found);
        parts.fold(Exact::ZERO, |sum, (chance, (_, s))| &sum + &(*chance * part(&s.shares[concept][event])))
    };
    let shares = (0..first.shares.len())
        .map(|concept| {
            (0..first.shares[concept].len())
                .map(|event| Share {
                    value: mix(concept, event, |s| &s.value),
                    low: mix(concept, event, |s| &s.low),
                    high: mix(concept, event, |s| &s.high),
                })
                .collect()
        })
        .collect();
    Some(Shares { shares, halves: Vec::new() })
}
