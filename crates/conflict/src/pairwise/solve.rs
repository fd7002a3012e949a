//! Verdicts on all states.
//!
//! For the states of a chain, an answer that ends at k has one threshold: the first
//! step of the chain from which on it deters and leaves no way out. The least threshold
//! among the others' answers to a move, found for all states at once, then settles all
//! tempting moves from the chain.

use detente_base::{Budget, StopReason};
use fixedbitset::FixedBitSet;

use super::chains::{Chain, chains};
use super::direct::Direct;
use super::{Judgement, Terms};
use crate::concepts::{Concept, Solution};
use crate::model::{DmId, Model, StateId};
use crate::moves::Listed;
use crate::reach::search::{Movers, Sources, ascend};

/// The threshold of what deters nobody in a chain.
const NEVER: u32 = u32::MAX;

/// Finds the stable states of every decision maker under some of [`super::CONCEPTS`].
///
/// Cost: O(c·d·h·(m + n·log n)) time for c concepts, d decision makers, h chains, m
/// moves in all, n states; O(m) memory. One
/// chain for an order, one for each way in which the states differ in statements about
/// pairs, several for kinds with chances. A state that a statement
/// holds with itself is searched from on its own.
///
/// # Errors
/// When the budget's stopper is raised, or a decision maker has more moves than the
/// budget allows.
///
/// # Panics
/// If a concept is not one of [`super::CONCEPTS`].
pub fn solve(
    model: &Model,
    judgement: &(impl Judgement + ?Sized),
    concepts: &[Concept],
    budget: &Budget,
) -> Result<Solution, StopReason> {
    let moves = AllMoves::new(model, judgement, concepts, budget)?;
    let mut stable: Vec<(Concept, Vec<FixedBitSet>)> = Vec::new();
    for &concept in concepts {
        if stable.iter().all(|(asked, _)| *asked != concept) {
            stable.push((concept, Vec::new()));
        }
    }
    for dm in model.decision_makers() {
        let focus = Focus::new(model, judgement, &moves, dm, budget)?;
        for (concept, of_concept) in &mut stable {
            of_concept.push(focus.stable(Terms::of(*concept))?);
        }
    }
    Ok(Solution::from_stable(model.state_count(), stable))
}

/// The moves of all decision makers, forwards and backwards.
struct AllMoves {
    any: Vec<Steps>,
    /// Only if asked for.
    credible: Vec<Steps>,
}

struct Steps {
    forward: Listed,
    backward: Listed,
}

impl AllMoves {
    fn new(
        model: &Model,
        judgement: &(impl Judgement + ?Sized),
        concepts: &[Concept],
        budget: &Budget,
    ) -> Result<Self, StopReason> {
        let steps = |forward: Listed| Steps { backward: forward.reversed(), forward };
        let (mut any, mut credible) = (Vec::new(), Vec::new());
        for dm in model.decision_makers() {
            let all = Listed::from_moves(model, dm, budget)?;
            if concepts.iter().any(|concept| Terms::of(*concept).credible) {
                let is_credible = |from: u32, to: u32| judgement.credible(dm, StateId(to), StateId(from));
                credible.push(steps(all.filtered(is_credible)));
            }
            any.push(steps(all));
        }
        Ok(Self { any, credible })
    }
}

/// One decision maker.
struct Focus<'a, J: ?Sized> {
    model: &'a Model,
    judgement: &'a J,
    moves: &'a AllMoves,
    dm: DmId,
    others: Vec<DmId>,
    tempting: Listed,
    /// Of the states from which a move tempts.
    chains: Vec<Chain>,
    /// Those of them that are in no chain.
    alone: Vec<StateId>,
    budget: &'a Budget,
}

impl<'a, J: Judgement + ?Sized> Focus<'a, J> {
    fn new(
        model: &'a Model,
        judgement: &'a J,
        moves: &'a AllMoves,
        dm: DmId,
        budget: &'a Budget,
    ) -> Result<Self, StopReason> {
        budget.check()?;
        let tempts = |from: u32, to: u32| judgement.tempts(dm, StateId(to), StateId(from));
        let tempting = moves.any[dm.index()].forward.filtered(tempts);
        let restless: Vec<StateId> = model.states().filter(|state| !tempting.from(state.index()).is_empty()).collect();
        let (chains, alone) = chains(judgement, dm, &restless, budget)?;
        let others = model.decision_makers().filter(|other| *other != dm).collect();
        Ok(Self { model, judgement, moves, dm, others, tempting, chains, alone, budget })
    }

    fn stable(&self, terms: Terms) -> Result<FixedBitSet, StopReason> {
        let mut stable = FixedBitSet::with_capacity(self.model.state_count());
        stable.insert_range(..);
        for chain in &self.chains {
            let least = if terms.answers { Some(self.least_answers(chain, terms)?) } else { None };
            for &(state, step) in &chain.members {
                let is_answered = |to: &u32| least.as_ref().is_some_and(|least| least[*to as usize] <= step);
                stable.set(state.index(), self.tempting.from(state.index()).iter().all(is_answered));
            }
        }
        self.settle_alone(terms, &mut stable)?;
        Ok(stable)
    }

    /// States in no chain, one by one.
    fn settle_alone(&self, terms: Terms, stable: &mut FixedBitSet) -> Result<(), StopReason> {
        let steps = if terms.credible { &self.moves.credible } else { &self.moves.any };
        let own = &self.moves.any[self.dm.index()].forward;
        let others: Vec<&Listed> =
            self.others.iter().filter(|_| terms.answers).map(|other| &steps[other.index()].forward).collect();
        let mut direct = Direct::new(others, self.model.state_count());
        for &state in &self.alone {
            self.budget.check()?;
            let no_way_out = |way: &u32| !self.judgement.escapes(self.dm, StateId(*way), state);
            let enough = |end: u32| {
                self.judgement.deters(self.dm, StateId(end), state)
                    && (!terms.escapes || own.from(end as usize).iter().all(no_way_out))
            };
            let tempting = self.tempting.from(state.index());
            stable.set(state.index(), tempting.iter().all(|to| direct.leads_to(*to, enough)));
        }
        Ok(())
    }

    /// For each state, the least threshold among the others' answers to a move there.
    fn least_answers(&self, chain: &Chain, terms: Terms) -> Result<Vec<u32>, StopReason> {
        let steps = if terms.credible { &self.moves.credible } else { &self.moves.any };
        let thresholds = self.thresholds(chain, terms)?;
        let others: Vec<&Steps> = self.others.iter().map(|other| &steps[other.index()]).collect();
        answers(&others, &thresholds, self.budget)
    }

    fn thresholds(&self, chain: &Chain, terms: Terms) -> Result<Vec<u32>, StopReason> {
        let deters = |end, state| self.judgement.deters(self.dm, end, state);
        let mut thresholds = self.first_steps(chain, deters)?;
        if terms.escapes {
            // Each way out stops counting at a step of its own; the last one decides.
            let own = &self.moves.any[self.dm.index()].forward;
            let closed = self.first_steps(chain, |way, state| !self.judgement.escapes(self.dm, way, state))?;
            for (end, threshold) in thresholds.iter_mut().enumerate() {
                *threshold = own.from(end).iter().fold(*threshold, |step, way| step.max(closed[*way as usize]));
            }
        }
        Ok(thresholds)
    }

    /// For each state the first step of the chain at which, and from then on, it counts.
    fn first_steps(&self, chain: &Chain, counts: impl Fn(StateId, StateId) -> bool) -> Result<Vec<u32>, StopReason> {
        let mut first = Vec::with_capacity(self.model.state_count());
        for state in self.model.states() {
            if state.0 % (1 << 12) == 0 {
                self.budget.check()?;
            }
            let step = chain.steps.partition_point(|at| !counts(state, *at));
            first.push(if step < chain.steps.len() { step as u32 } else { NEVER });
        }
        Ok(first)
    }
}

/// The least value at the ends of the legal sequences from a state, by who may not
/// make the first step.
#[derive(Clone, Copy)]
struct Least {
    /// For all but `barred`.
    value: u32,
    /// Who gets another value; [`NOBODY`] when `value` is for all.
    barred: u32,
    /// For `barred`.
    other: u32,
}

const NOBODY: u32 = u32::MAX;

/// For each state, the least of `values` at the ends of the legal sequences of at least
/// one step from it.
fn answers(others: &[&Steps], values: &[u32], budget: &Budget) -> Result<Vec<u32>, StopReason> {
    let mut order: Vec<u32> = (0..values.len() as u32).filter(|state| values[*state as usize] != NEVER).collect();
    order.sort_by_key(|state| values[*state as usize]);
    let starts = order.into_iter().map(|state| (values[state as usize], state));
    let mut least = vec![Least { value: NEVER, barred: NOBODY, other: NEVER }; values.len()];
    let record = |state: u32, movers: Movers, value: u32| {
        let least = &mut least[state as usize];
        match movers {
            Movers::All => least.value = value,
            Movers::AllBut(barred) => (least.value, least.barred) = (value, barred),
            Movers::Only(_) => least.other = value,
        }
    };
    let mut movers: Vec<Backward<'_>> = others.iter().map(|steps| Backward(&steps.backward)).collect();
    ascend(&mut movers, (values.len(), starts), record, budget)?;
    let first_steps = |state: usize| {
        let by_mover = others.iter().enumerate().map(|(index, steps)| {
            let after = |to: &u32| {
                let least = &least[*to as usize];
                if least.barred == index as u32 { least.other } else { least.value }
            };
            steps.forward.from(state).iter().map(after).min().unwrap_or(NEVER)
        });
        by_mover.min().unwrap_or(NEVER)
    };
    Ok((0..values.len()).map(first_steps).collect())
}

/// Steps walked backwards.
struct Backward<'a>(&'a Listed);

impl Sources for Backward<'_> {
    fn sources(&mut self, target: u32, found: &mut Vec<u32>) {
        found.extend_from_slice(self.0.from(target as usize));
    }
}
