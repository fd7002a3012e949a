//! The condition under which a decision maker stays.

use std::collections::BTreeSet;

use detente_base::{Budget, StopReason};
use fixedbitset::FixedBitSet;

use crate::concepts::Concept;
use crate::model::{DmId, Model, StateId};
use crate::moves::{MoveKind, moves};
use crate::reach::paths::Paths;

/// What i's order must be like for it to stay at E: every clause must hold.
///
/// No clause is implied by another, and no alternative by another of its clause, as far
/// as two million comparisons of alternatives and clauses allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// E.
    pub target: StateId,
    /// Ascending by improvement.
    pub clauses: Vec<Clause>,
}

/// For one move q of i from E: at least one alternative must hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clause {
    /// q.
    pub improvement: StateId,
    /// The first is q itself, unless that is implied by the rest.
    pub alternatives: Vec<Alternative>,
}

/// States that must all be no better than E.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alternative {
    /// Where the others lead; `None` for the improvement itself.
    pub sanction: Option<StateId>,
    /// What must be no better than E, ascending, never empty: the sanction and, where
    /// the concept asks for it, i's ways out of it; without E itself and without what
    /// other clauses require anyway.
    pub no_better: Vec<StateId>,
}

/// Most pairs of alternatives or clauses that are compared to find implied ones.
/// Raising it costs time and can only shorten conditions.
pub const MOST_COMPARED: usize = 2_000_000;

impl Condition {
    /// Whether it holds when exactly the states in the set, and E, are no better than E.
    pub fn holds(&self, no_better: &FixedBitSet) -> bool {
        self.clauses.iter().all(|clause| clause.holds(no_better))
    }

    /// Whether it holds for an order.
    ///
    /// # Panics
    /// If there are fewer ranks than states.
    pub fn holds_for(&self, ranks: &[u32]) -> bool {
        self.holds(&no_better(ranks, self.target))
    }

    /// The states that it speaks of besides E, ascending.
    pub fn concerned(&self) -> Vec<StateId> {
        let all = self.clauses.iter().flat_map(|c| &c.alternatives).flat_map(|a| a.no_better.iter().copied());
        all.collect::<BTreeSet<_>>().into_iter().collect()
    }
}

impl Clause {
    fn holds(&self, no_better: &FixedBitSet) -> bool {
        self.alternatives.iter().any(|a| a.no_better.iter().all(|state| no_better.contains(state.index())))
    }
}

/// The states that an order ranks no better than a state, itself included.
pub(super) fn no_better(ranks: &[u32], target: StateId) -> FixedBitSet {
    let mut set = FixedBitSet::with_capacity(ranks.len());
    set.extend((0..ranks.len()).filter(|state| ranks[*state] <= ranks[target.index()]));
    set
}

/// The condition on i's order for i to stay at E under a concept; the moves and, for
/// SEQ and SSEQ, the others' ranks are those of the model. i's own ranks are not read.
///
/// Cost: O(q·n·d) time and memory for q moves of i from E, n states, d decision makers,
/// times i's moves from a state under SMR and SSEQ.
///
/// # Errors
/// When the budget's stopper is raised, or the condition mentions states more often
/// than the budget allows moves.
pub fn stay_condition(
    model: &Model,
    concept: Concept,
    dm: DmId,
    target: StateId,
    budget: &Budget,
) -> Result<Condition, StopReason> {
    let mut written = 0_u64;
    let mut clauses = Vec::new();
    for improvement in moves(model, dm, target) {
        budget.check()?;
        let itself = Alternative { sanction: None, no_better: vec![improvement] };
        let mut clause = Clause { improvement, alternatives: vec![itself] };
        let mut certain = false;
        for sanction in replies(model, concept, dm, improvement, budget)? {
            let no_better = deterring(model, concept, dm, sanction, target);
            certain |= no_better.is_empty();
            written += no_better.len() as u64;
            if written > budget.moves {
                return Err(StopReason::TooManyMoves { limit: budget.moves });
            }
            clause.alternatives.push(Alternative { sanction: Some(sanction), no_better });
        }
        if !certain {
            clauses.push(clause);
        }
    }
    Ok(minimised(Condition { target, clauses }))
}

/// Where the others can, or would like to, lead after an improvement.
fn replies(
    model: &Model,
    concept: Concept,
    dm: DmId,
    improvement: StateId,
    budget: &Budget,
) -> Result<Vec<StateId>, StopReason> {
    let kind = match concept {
        Concept::Nash => return Ok(Vec::new()),
        Concept::GeneralMetarational | Concept::SymmetricMetarational => MoveKind::Any,
        Concept::Sequential | Concept::SymmetricSequential => MoveKind::Improving,
    };
    let others = model.decision_makers().filter(|other| *other != dm).collect();
    let mut paths = Paths::new(model, others, kind, improvement);
    let mut found = Vec::new();
    loop {
        let level = paths.advance(budget)?;
        if level.is_empty() {
            found.sort_unstable();
            return Ok(found);
        }
        found.extend(level.into_iter().map(|position| paths.state(position)));
    }
}

/// What must be no better than E for a reply to deter, besides E.
fn deterring(model: &Model, concept: Concept, dm: DmId, sanction: StateId, target: StateId) -> Vec<StateId> {
    let mut states = vec![sanction];
    if matches!(concept, Concept::SymmetricMetarational | Concept::SymmetricSequential) {
        states.extend(moves(model, dm, sanction));
    }
    states.retain(|state| *state != target);
    states.sort_unstable();
    states.dedup();
    states
}

/// Without what is implied: alternatives by other alternatives, clauses by others.
fn minimised(mut condition: Condition) -> Condition {
    let mut room = MOST_COMPARED;
    for clause in &mut condition.clauses {
        drop_implied_alternatives(clause, &mut room);
    }
    spare_required(&mut condition, &mut room);
    // A clause with fewer alternatives is the stronger one.
    condition.clauses.sort_by_key(|clause| (clause.alternatives.len(), clause.improvement));
    let mut kept: Vec<Clause> = Vec::new();
    for clause in condition.clauses {
        if !kept.iter().any(|other| implies(other, &clause, &mut room)) {
            kept.push(clause);
        }
    }
    kept.sort();
    Condition { target: condition.target, clauses: kept }
}

/// An alternative that asks for all that another asks for is never needed.
fn drop_implied_alternatives(clause: &mut Clause, room: &mut usize) {
    clause.alternatives.sort_by_key(|a| (a.no_better.len(), a.sanction));
    let mut kept: Vec<Alternative> = Vec::new();
    let mut single: BTreeSet<StateId> = BTreeSet::new();
    for alternative in std::mem::take(&mut clause.alternatives) {
        let by_single = alternative.no_better.iter().any(|state| single.contains(state));
        let larger = kept.iter().filter(|k| k.no_better.len() > 1);
        if by_single || covered(&alternative.no_better, larger, room) {
            continue;
        }
        if let [only] = alternative.no_better[..] {
            single.insert(only);
        }
        kept.push(alternative);
    }
    kept.sort_by_key(|a| a.sanction);
    clause.alternatives = kept;
}

fn covered<'a>(states: &[StateId], known: impl Iterator<Item = &'a Alternative>, room: &mut usize) -> bool {
    for other in known {
        if *room == 0 {
            return false;
        }
        *room -= 1;
        if is_subset(&other.no_better, states) {
            return true;
        }
    }
    false
}

/// What a clause with one alternative requires need not be asked for elsewhere.
fn spare_required(condition: &mut Condition, room: &mut usize) {
    let mut required: BTreeSet<StateId> = BTreeSet::new();
    loop {
        let before = required.len();
        for clause in &condition.clauses {
            if let [only] = &clause.alternatives[..] {
                required.extend(only.no_better.iter().copied());
            }
        }
        if required.len() == before {
            return;
        }
        for clause in condition.clauses.iter_mut().filter(|clause| clause.alternatives.len() > 1) {
            for alternative in &mut clause.alternatives {
                alternative.no_better.retain(|state| !required.contains(state));
            }
        }
        condition.clauses.retain(|clause| clause.alternatives.iter().all(|a| !a.no_better.is_empty()));
        for clause in condition.clauses.iter_mut().filter(|clause| clause.alternatives.len() > 1) {
            drop_implied_alternatives(clause, room);
        }
    }
}

/// Whether one clause implies another: each way to satisfy it satisfies that one.
fn implies(stronger: &Clause, weaker: &Clause, room: &mut usize) -> bool {
    stronger.alternatives.iter().all(|a| covered(&a.no_better, weaker.alternatives.iter(), room))
}

/// Whether one ascending list is contained in another.
fn is_subset(small: &[StateId], large: &[StateId]) -> bool {
    let mut rest = large.iter();
    small.len() <= large.len() && small.iter().all(|state| rest.any(|other| other == state))
}
