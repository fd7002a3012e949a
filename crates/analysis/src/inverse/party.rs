//! One party's part: condition, count, nearest order.

use std::collections::BTreeMap;

use detente_base::{Budget, StopReason};
use detente_conflict::inverse::{
    Condition, Dependence, Nearest, Rankings, count_rankings, dependence, everybody_stays, fewest, nearest,
    stay_condition, verify_nearest,
};
use detente_conflict::{Concept, DmId, FixedBitSet, StateId, explain, ranks_from_scores, verify};

use super::{AlternativeView, ChangeView, ConditionView, EverybodyView, MakeParty, RankingsView};
use crate::close::{MAX_CHECKED_STATES, Solved, number};
use crate::report::OutcomeNumber;

/// Most conditions, alternatives and outcomes that are listed.
const MOST_LISTED: usize = 12;

/// Most outcomes for which orders of all outcomes are counted as well.
const MOST_WRITTEN: usize = 30;

/// Most outcomes for which a nearest order is checked pair by pair.
const MOST_COMPARED: usize = 3_000;

/// A target under a concept.
pub(super) struct Inquiry<'s, 'a> {
    pub(super) solved: &'s Solved<'a>,
    pub(super) concept: Concept,
    pub(super) target: StateId,
}

/// What was found of one party.
pub(super) struct PartyResult {
    pub(super) dm: DmId,
    pub(super) nearest: Option<Nearest>,
    pub(super) view: MakeParty,
}

impl Inquiry<'_, '_> {
    /// What the party's order would have to be like.
    pub(super) fn party(&self, dm: DmId, budget: &Budget) -> Result<PartyResult, StopReason> {
        let model = &self.solved.model;
        let condition = stay_condition(model, self.concept, dm, self.target, budget)?;
        let mut view = MakeParty {
            party: self.name(dm),
            stays: self.solved.solution.is_stable(self.concept, dm, self.target),
            conditions: condition_views(&condition),
            conditions_left_out: condition.clauses.len().saturating_sub(MOST_LISTED) as u64,
            rankings: None,
            nearest: None,
            fewest: None,
            others: BTreeMap::new(),
            everybody: None,
            left_open: Vec::new(),
        };
        assert_eq!(condition.holds_for(model.ranks(dm)), view.stays, "a condition says what the solver finds");
        let counted = decided(count_rankings(&condition, budget), &mut view.left_open)?;
        view.rankings = counted.map(|rankings| rankings_view(&rankings, model.state_count()));
        let found = decided(nearest(&condition, model.ranks(dm), budget), &mut view.left_open)?;
        if let Some(found) = &found {
            view.nearest = Some(self.nearest_view(dm, found, budget)?);
        }
        view.fewest = self.fewest_change(dm, &condition, &mut view.left_open, budget)?;
        self.note_others(dm, &mut view, budget)?;
        Ok(PartyResult { dm, nearest: found, view })
    }

    fn name(&self, dm: DmId) -> String {
        self.solved.structure.situation.parties[dm.index()].id.clone()
    }

    fn nearest_view(&self, dm: DmId, found: &Nearest, budget: &Budget) -> Result<ChangeView, StopReason> {
        let model = &self.solved.model;
        let (stays, mut verified) = self.stays_with(dm, &found.ranks, budget)?;
        if verified && model.state_count() <= MOST_COMPARED {
            if let Err(fault) = verify_nearest(model, self.concept, dm, self.target, found) {
                panic!("the checker refutes the nearest order of party {} for {}: {fault}", dm.0, number(self.target));
            }
        } else {
            verified = false;
        }
        Ok(ChangeView { given_up: found.given_up, passed: numbers(&found.passed), stays, verified })
    }

    /// Whether a party stays with other ranks, and whether that was checked.
    fn stays_with(&self, dm: DmId, ranks: &[u32], budget: &Budget) -> Result<(bool, bool), StopReason> {
        let model = &self.solved.model;
        let mut all: Vec<Vec<u32>> = model.decision_makers().map(|other| model.ranks(other).to_vec()).collect();
        all[dm.index()] = ranks.to_vec();
        let changed = model.with_ranks(all).expect("as many ranks as before");
        let evidence = explain(&changed, self.concept, dm, self.target, budget)?;
        let stays = evidence.is_stable();
        assert!(stays, "the solver refutes an order found for party {} at {}", dm.0, number(self.target));
        let checked = model.state_count() <= MAX_CHECKED_STATES;
        if checked && let Err(fault) = verify(&changed, self.concept, dm, self.target, stays, &evidence) {
            panic!("the checker refutes an order found for party {} at {}: {fault}", dm.0, number(self.target));
        }
        Ok((stays, checked))
    }

    /// The fewest outcomes to put just below the target.
    fn fewest_change(
        &self,
        dm: DmId,
        condition: &Condition,
        left_open: &mut Vec<StopReason>,
        budget: &Budget,
    ) -> Result<Option<ChangeView>, StopReason> {
        let ranks = self.solved.model.ranks(dm);
        let here = ranks[self.target.index()];
        let mut below = FixedBitSet::with_capacity(ranks.len());
        below.extend((0..ranks.len()).filter(|state| ranks[*state] <= here));
        let mut above = below.clone();
        above.toggle_range(..);
        let found = decided(fewest(condition, &below, &above, budget), left_open)?;
        let Some(few) = found else { return Ok(None) };
        let mut moved = few.expect("all outcomes together suffice").states;
        moved.sort_by_key(|state| (ranks[state.index()], *state));
        // The target on top of its level, and below it, in their old order, what is moved.
        let mut keys: Vec<(u32, u8, u32)> = ranks.iter().map(|rank| (*rank, 0, 0)).collect();
        for state in &moved {
            keys[state.index()] = (here, 1, ranks[state.index()]);
        }
        keys[self.target.index()] = (here, 2, 0);
        let changed = ranks_from_scores(&keys);
        let (stays, verified) = self.stays_with(dm, &changed, budget)?;
        Ok(Some(ChangeView { given_up: given_up(ranks, &changed, &moved), passed: numbers(&moved), stays, verified }))
    }

    fn note_others(&self, dm: DmId, view: &mut MakeParty, budget: &Budget) -> Result<(), StopReason> {
        let model = &self.solved.model;
        let mut depends = false;
        for other in model.decision_makers().filter(|other| *other != dm) {
            let word = match dependence(model, self.concept, (dm, other), self.target, budget)? {
                Dependence::Stays => continue,
                Dependence::Leaves => "leaves",
                Dependence::Depends => {
                    depends = true;
                    "depends"
                }
            };
            view.others.insert(self.name(other), word.to_owned());
        }
        if depends {
            let found = everybody_stays(model, self.concept, dm, self.target, budget);
            // What is too much for that is said where the party is named.
            view.everybody = decided(found, &mut Vec::new())?.map(|found| EverybodyView {
                satisfying: found.satisfying,
                all: found.all,
                given_up: found.nearest.as_ref().map(|n| n.given_up),
                passed: found.nearest.map(|n| numbers(&n.passed)).unwrap_or_default(),
            });
        }
        Ok(())
    }
}

/// A part that may be too much to find out; an interruption ends the whole.
fn decided<T>(found: Result<T, StopReason>, left_open: &mut Vec<StopReason>) -> Result<Option<T>, StopReason> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(StopReason::Interrupted) => Err(StopReason::Interrupted),
        Err(reason) => {
            if !left_open.contains(&reason) {
                left_open.push(reason);
            }
            Ok(None)
        }
    }
}

fn numbers(states: &[StateId]) -> Vec<OutcomeNumber> {
    states.iter().map(|state| number(*state)).collect()
}

/// Strict preferences of `before` that `after` lacks; only those of the moved states
/// can be.
fn given_up(before: &[u32], after: &[u32], moved: &[StateId]) -> u64 {
    let lost = |a: usize| (0..before.len()).filter(|b| before[a] > before[*b] && after[a] <= after[*b]).count();
    moved.iter().map(|state| lost(state.index()) as u64).sum()
}

fn condition_views(condition: &Condition) -> Vec<ConditionView> {
    let alternative = |alternative: &detente_conflict::inverse::Alternative| AlternativeView {
        sanction: alternative.sanction.map(number),
        no_better: alternative.no_better.iter().take(MOST_LISTED).map(|state| number(*state)).collect(),
        left_out: alternative.no_better.len().saturating_sub(MOST_LISTED) as u64,
    };
    condition
        .clauses
        .iter()
        .take(MOST_LISTED)
        .map(|clause| ConditionView {
            improvement: number(clause.improvement),
            any_of: clause.alternatives.iter().take(MOST_LISTED).map(alternative).collect(),
            left_out: clause.alternatives.len().saturating_sub(MOST_LISTED) as u64,
        })
        .collect()
}

fn rankings_view(rankings: &Rankings, state_count: usize) -> RankingsView {
    let text =
        |(satisfying, all): (num_bigint::BigUint, num_bigint::BigUint)| (satisfying.to_string(), all.to_string());
    let share = &rankings.satisfying * 1_000_000_u32 / &rankings.all;
    let few = state_count <= MOST_WRITTEN;
    RankingsView {
        concerned: rankings.concerned as u64,
        satisfying: rankings.satisfying.to_string(),
        all: rankings.all.to_string(),
        share_millionths: share.try_into().expect("a share of a million"),
        of_all_outcomes: few.then(|| text(rankings.of_all_states(state_count))),
        with_ties: few.then(|| text(rankings.with_ties(state_count))),
    }
}
