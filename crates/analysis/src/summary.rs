//! Large sets of outcomes in few lines.

use detente_base::{Budget, StopReason};
use detente_conflict::{Concept, FixedBitSet, Reachability, StateSpace};
use detente_scenario::situation::{Issue, Situation};

use crate::close::Solved;
use crate::groups::{Counted, having, shared_values};
use crate::patterns::formula;
use crate::report::{Groups, SetDescription, SetSummary};
use crate::stability::{HoldingRows, Listing};

/// Most patterns listed of one set.
const MAX_PATTERNS: usize = 8;

/// What is said of many outcomes besides the first of them.
pub(crate) struct Digest {
    pub(crate) summaries: Vec<SetSummary>,
    pub(crate) groups: Option<Groups>,
}

/// What a digest is made of.
pub(crate) struct DigestQuestion<'a> {
    pub(crate) listing: &'a Listing<'a>,
    /// Issues to group by; when empty, the most telling ones of a list that is cut.
    pub(crate) group_by: &'a [usize],
    /// Whether the list of outcomes is cut.
    pub(crate) truncated: bool,
}

/// Summaries and groups of equilibria, as far as the question wants them.
///
/// # Errors
/// When the budget's stopper is raised.
pub(crate) fn digest(
    solved: &Solved<'_>,
    sets: &[(String, FixedBitSet)],
    holding: &HoldingRows,
    question: &DigestQuestion<'_>,
    budget: &Budget,
) -> Result<Digest, StopReason> {
    let (situation, space) = (solved.structure.situation, &solved.structure.states);
    if !question.truncated && question.group_by.is_empty() {
        return Ok(Digest { summaries: Vec::new(), groups: None });
    }
    let all = || {
        let mut all = FixedBitSet::with_capacity(space.state_count());
        all.insert_range(..);
        all
    };
    let among = question.listing.among.cloned().unwrap_or_else(all);
    let reached = holding.by_improvements.as_ref().map(|reach| reached_states(reach, space.state_count()));
    let summaries = if question.truncated {
        summaries(situation, space, &among, sets, reached.as_ref(), budget)?
    } else {
        Vec::new()
    };
    let counted = Counted { situation, space, among: &among, sets, reached: reached.as_ref() };
    let groups = if question.group_by.is_empty() {
        most_looked_at(sets).and_then(|concept| counted.by_telling(concept, question.listing.limit))
    } else {
        Some(counted.by_asked(question.group_by, question.listing.limit))
    };
    Ok(Digest { summaries, groups })
}

/// The concept of which groups are to tell most: SEQ where something holds under it,
/// else the first under which something does.
fn most_looked_at(sets: &[(String, FixedBitSet)]) -> Option<usize> {
    let holds = |set: &FixedBitSet| !set.is_clear();
    let sequential = sets.iter().position(|(symbol, set)| symbol == Concept::Sequential.symbol() && holds(set));
    sequential.or_else(|| sets.iter().position(|(_, set)| holds(set)))
}

/// One summary for each set that differs from those before it and is not empty.
///
/// `sets` are equilibria by symbol among the states `among`; patterns describe them
/// among those.
///
/// # Errors
/// When the budget's stopper is raised.
pub(crate) fn summaries(
    situation: &Situation,
    space: &StateSpace,
    among: &FixedBitSet,
    sets: &[(String, FixedBitSet)],
    reached: Option<&FixedBitSet>,
    budget: &Budget,
) -> Result<Vec<SetSummary>, StopReason> {
    let describe = |set: &FixedBitSet| described(situation, space, among, set, budget);
    let mut found: Vec<(&FixedBitSet, SetSummary)> = Vec::new();
    for (symbol, set) in sets.iter().filter(|(_, set)| !set.is_clear()) {
        if let Some((_, summary)) = found.iter_mut().find(|(other, _)| *other == set) {
            summary.concepts.push(symbol.clone());
            continue;
        }
        let count = set.count_ones(..) as u64;
        let reached_part = reached.map(|reached| {
            let mut part = set.clone();
            part.intersect_with(reached);
            part
        });
        let reached_count = reached_part.as_ref().map(|part| part.count_ones(..) as u64);
        let reached_description = match reached_part {
            Some(part) if !part.is_clear() && part != *set => Some(describe(&part)?),
            _ => None,
        };
        let summary = SetSummary {
            concepts: vec![symbol.clone()],
            count,
            reached: reached_count,
            description: describe(set)?,
            reached_description,
        };
        found.push((set, summary));
    }
    Ok(found.into_iter().map(|(_, summary)| summary).collect())
}

/// What a set that is not empty shares, and which outcomes with these values it holds.
fn described(
    situation: &Situation,
    space: &StateSpace,
    among: &FixedBitSet,
    set: &FixedBitSet,
    budget: &Budget,
) -> Result<SetDescription, StopReason> {
    let shared = shared_values(space, set);
    let narrow = Narrowed::new(space, &having(space, among, &shared));
    let formula = formula(situation, narrow.space(), &narrow.set(set), MAX_PATTERNS, budget)?;
    let everywhere = shared_values(space, among);
    let telling = shared.into_iter().zip(everywhere).map(|(value, always)| value.filter(|_| always.is_none()));
    Ok(SetDescription { common: named_values(situation, telling), formula })
}

fn named_values(situation: &Situation, values: impl Iterator<Item = Option<u32>>) -> Vec<(String, String)> {
    let pair = |(issue, value): (&Issue, Option<u32>)| {
        value.map(|value| (issue.id.clone(), issue.values[value as usize].id.clone()))
    };
    situation.issues.iter().zip(values).filter_map(pair).collect()
}

/// Values that all outcomes of a set share; none for a single outcome, which needs no
/// summary.
pub(crate) fn common_values(situation: &Situation, space: &StateSpace, set: &FixedBitSet) -> Vec<(String, String)> {
    if set.ones().nth(1).is_none() {
        return Vec::new();
    }
    named_values(situation, shared_values(space, set).into_iter())
}

/// The states reached by improvements, as a set.
pub(crate) fn reached_states(reach: &Reachability, state_count: usize) -> FixedBitSet {
    let mut reached = FixedBitSet::with_capacity(state_count);
    reached.extend((0..state_count).filter(|state| reach.reaches(detente_conflict::StateId::from_index(*state))));
    reached
}

/// The space in which only some states are feasible: what is said of them need not be
/// true of the others.
struct Narrowed<'a> {
    whole: &'a StateSpace,
    part: Option<StateSpace>,
}

impl<'a> Narrowed<'a> {
    fn new(space: &'a StateSpace, among: &FixedBitSet) -> Self {
        let part = (!among.is_full()).then(|| {
            let mut codes = FixedBitSet::with_capacity(space.code_count());
            let code = |state| space.code(detente_conflict::StateId::from_index(state)) as usize;
            codes.extend(among.ones().map(code));
            StateSpace::new(space.sizes(), codes).expect("a part of a space is a space")
        });
        Self { whole: space, part }
    }

    fn space(&self) -> &StateSpace {
        self.part.as_ref().unwrap_or(self.whole)
    }

    fn set(&self, set: &FixedBitSet) -> FixedBitSet {
        let Some(part) = &self.part else { return set.clone() };
        let mut codes = FixedBitSet::with_capacity(self.whole.code_count());
        codes.extend(set.ones().map(|s| self.whole.code(detente_conflict::StateId::from_index(s)) as usize));
        part.states_from_codes(&codes)
    }
}
