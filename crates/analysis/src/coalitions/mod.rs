//! What parties would do together: the question, and what may be said with it.

mod breaks;
mod together;

pub(crate) use breaks::{Broken, Effort, Held, Told};
pub(crate) use together::together_view;

use std::collections::BTreeSet;

use detente_base::{Budget, SourceText};
use detente_conflict::{
    Coalition, CoalitionConcept, CoalitionSolution, DmId, FixedBitSet, Reading, StateId, solve_coalitions, solve_merged,
};
use detente_scenario::expr::eval::central_point;
use detente_scenario::situation::Situation;

use crate::ask::{AskError, FORMAT, MAX_PROFILES, Options, party_of, solve_profile, with_options};
use crate::close::{Close, Solved, number};
use crate::find::find_outcomes;
use crate::large::coalitions::JointQuestion;
use crate::large::{Unlisted, listed};
use crate::overview::{brief, outcome_views};
use crate::profile::{Profile, profile_count, profiles};
use crate::readings::nuance_views;
use crate::report::{
    CheckedCount, CoalitionSets, CoalitionView, CoalitionsAnswer, CoalitionsProfile, Completion, EquilibriumSet,
    MergedView, ReadingView, Settings, StatementIndex,
};
use crate::statements::Statements;

/// Concepts in the order in which reports list them.
pub(crate) const JOINT: [CoalitionConcept; 4] = [
    CoalitionConcept::Nash,
    CoalitionConcept::Sequential,
    CoalitionConcept::SymmetricMetarational,
    CoalitionConcept::GeneralMetarational,
];

/// What the user said with the question about coalitions.
#[derive(Clone, Debug, Default)]
pub struct CoalitionOptions {
    /// Whether it is enough that one member gains and none loses.
    pub pareto: Pareto,
    /// Most members of a coalition; all coalitions unless given.
    pub largest: Option<usize>,
    /// Groups of parties, by id, to be taken as one decision maker each; parties that are
    /// in none stay alone.
    pub merged: Vec<Vec<String>>,
}

/// When a joint improvement counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pareto {
    /// If every member gains.
    #[default]
    EveryMemberGains,
    /// If one gains and none loses.
    NoMemberLoses,
}

impl Pareto {
    pub(crate) fn reading(self) -> Reading {
        match self {
            Self::EveryMemberGains => Reading::Strict,
            Self::NoMemberLoses => Reading::Pareto,
        }
    }
}

/// Which outcomes coalitions would leave, and how.
///
/// # Errors
/// When the options name something that the situation does not have.
pub fn coalitions(
    source: &SourceText,
    situation: &Situation,
    options: &Options,
    asked: &CoalitionOptions,
    budget: &Budget,
) -> Result<CoalitionsAnswer, AskError> {
    let situation = &with_options(situation, options)?;
    let blocks = blocks(situation, &asked.merged)?;
    let mut answer = CoalitionsAnswer {
        format: FORMAT,
        situation: brief(situation, None),
        set_aside: nuance_views(situation, source),
        reading: match asked.pareto {
            Pareto::EveryMemberGains => ReadingView::Strict,
            Pareto::NoMemberLoses => ReadingView::Pareto,
        },
        outcome: options.outcome.clone(),
        outcomes: Vec::new(),
        profiles: Vec::new(),
        large: Vec::new(),
        combinations_left_out: profile_count(situation).unwrap_or(u64::MAX).saturating_sub(MAX_PROFILES as u64),
        statements: Vec::new(),
        settings: Settings {
            fixed: options.fixed.clone(),
            outcome_limit: budget.states,
            filter: None,
            list_limit: options.list_limit,
        },
    };
    let combinations = profiles(situation, MAX_PROFILES);
    let structure = match listed(situation, options, budget) {
        Ok(structure) => structure,
        Err(Unlisted::Large) => {
            let question = JointQuestion::new(situation, asked, options.outcome.as_deref(), budget)?;
            answer.large = combinations.iter().map(|p| question.answer(p)).collect::<Result<_, _>>()?;
            return Ok(answer);
        }
        Err(Unlisted::Undecided(reason)) => {
            let undecided = Completion::Undecided { reason };
            answer.profiles = combinations.iter().map(|p| empty(situation, p, undecided.clone())).collect();
            return Ok(answer);
        }
    };
    answer.situation = brief(situation, Some(&structure));
    let states = options.outcome.as_deref().map(|text| find_outcomes(&structure, text)).transpose()?;
    let point = central_point(situation).expect("checked amounts divide by no zero");
    let mut statements = Statements::new(situation, source);
    let mut mentioned: BTreeSet<StateId> = answer.situation.status_quo.map(|n| StateId(n - 1)).into_iter().collect();
    for profile in &combinations {
        let mut view = empty(situation, profile, Completion::Complete);
        match solve_profile(&structure, profile, &point, budget) {
            Err(reason) => view.completion = Completion::Undecided { reason },
            Ok(solved) => {
                let question = Asked { options, how: asked, blocks: blocks.as_deref(), states: states.as_deref() };
                let close = Close {
                    solved: &solved,
                    statements: &mut statements,
                    mentioned: &mut mentioned,
                    checked: view.checked,
                    concepts: Vec::new(),
                };
                question.fill(&mut view, close, budget);
            }
        }
        answer.profiles.push(view);
    }
    answer.outcomes = outcome_views(&structure, &mentioned);
    let (kept, renumbered): (_, Vec<Option<StatementIndex>>) = statements.finish(&[]);
    answer.statements = kept;
    answer.profiles.iter_mut().flat_map(|p| &mut p.broken).for_each(|broken| broken.renumber(&renumbered));
    Ok(answer)
}

/// The partition that groups of parties make, with the rest alone; `None` without groups.
fn blocks(situation: &Situation, merged: &[Vec<String>]) -> Result<Option<Vec<Coalition>>, AskError> {
    if merged.is_empty() {
        return Ok(None);
    }
    if situation.parties.len() > Coalition::MOST {
        return Err(AskError::new(format!("more than {} parties cannot be merged", Coalition::MOST), None));
    }
    let mut blocks: Vec<Coalition> = Vec::new();
    for group in merged {
        let mut members = Vec::new();
        for id in group {
            let dm = DmId::from_index(party_of(situation, id)?);
            if members.contains(&dm) || blocks.iter().any(|block| block.contains(dm)) {
                return Err(AskError::new(
                    format!("the party `{id}` is merged twice"),
                    Some("name each party once".into()),
                ));
            }
            members.push(dm);
        }
        blocks.push(Coalition::of(members));
    }
    let everybody = (0..situation.parties.len()).map(DmId::from_index);
    let alone: Vec<DmId> = everybody.filter(|dm| !blocks.iter().any(|block| block.contains(*dm))).collect();
    blocks.extend(alone.into_iter().map(|dm| Coalition::of([dm])));
    Ok(Some(blocks))
}

fn empty(situation: &Situation, profile: &Profile, completion: Completion) -> CoalitionsProfile {
    CoalitionsProfile {
        types: profile.named_types(situation),
        chance: profile.chance(situation),
        completion,
        largest: 0,
        coalition_count: coalition_count(situation.parties.len()),
        sets: Vec::new(),
        coalitions: Vec::new(),
        merged: None,
        broken: Vec::new(),
        broken_count: 0,
        checked: CheckedCount::default(),
    }
}

/// Number of coalitions of any size, as decimal text.
pub(crate) fn coalition_count(parties: usize) -> String {
    2_u128.checked_pow(parties as u32).map_or("more than 2^127".into(), |n| (n - 1).to_string())
}

/// A question with the parts of it that are the same for all combinations of types.
struct Asked<'q> {
    options: &'q Options,
    how: &'q CoalitionOptions,
    blocks: Option<&'q [Coalition]>,
    states: Option<&'q [StateId]>,
}

impl Asked<'_> {
    fn fill(&self, view: &mut CoalitionsProfile, mut close: Close<'_, '_>, budget: &Budget) {
        let (solved, reading) = (close.solved, self.how.pareto.reading());
        let largest = self.how.largest.unwrap_or(usize::MAX);
        let solution = solve_coalitions(&solved.model, reading, largest, budget);
        if let Some(reason) = solution.stopped() {
            view.completion = Completion::Undecided { reason: reason.clone() };
        }
        view.largest = solution.largest();
        let held = Held::new(solved, &solution);
        view.sets = (0..JOINT.len()).map(|position| self.sets(&solution, &held, position)).collect();
        let limit = self.options.list_limit;
        let views =
            solution.coalitions().take(limit).map(|coalition| coalition_view(solved, &solution, coalition, limit));
        view.coalitions = views.collect();
        view.merged = self.blocks.map(|blocks| self.merged(solved, blocks, budget));
        let found = self.chosen(&held);
        view.broken_count = found.len() as u64;
        let effort = if self.states.is_some() { Effort::asked(solved) } else { Effort::unasked(solved) };
        let mut told = Told { close: &mut close, solution: &solution, held: &held, effort, budget };
        for one in found.iter().take(limit) {
            match told.outcome(one) {
                Ok(broken) => view.broken.push(broken),
                Err(reason) => {
                    view.completion = Completion::Undecided { reason };
                    break;
                }
            }
        }
        if let (Completion::Complete, Some(MergedView { completion: Completion::Undecided { reason }, .. })) =
            (&view.completion, &view.merged)
        {
            view.completion = Completion::Undecided { reason: reason.clone() };
        }
        view.checked = close.checked;
    }

    fn sets(&self, solution: &CoalitionSolution, held: &Held, position: usize) -> CoalitionSets {
        let (concept, limit) = (JOINT[position], self.options.list_limit);
        let together = held.together[position].as_ref();
        CoalitionSets {
            alone: equilibrium_set(concept.single().symbol(), &held.alone[position], limit),
            together: together.map(|set| equilibrium_set(concept.symbol(), set, limit)),
            complete: solution.is_complete(concept),
            stopped: solution.stopped_under(concept).cloned(),
            broken: held.broken(position).count() as u64,
        }
    }

    /// The outcomes asked for; else those that hold alone and not together, in the order
    /// of the concepts.
    fn chosen(&self, held: &Held) -> Vec<Broken> {
        if let Some(states) = self.states {
            return states.iter().map(|state| Broken::asked(held, *state)).collect();
        }
        let mut seen = FixedBitSet::with_capacity(held.alone[0].len());
        let mut found: Vec<Broken> = Vec::new();
        for (position, concept) in JOINT.into_iter().enumerate() {
            let new = held.broken(position).filter(|state| !seen.put(*state));
            found.extend(new.map(|state| Broken::found(StateId::from_index(state), concept)));
        }
        found
    }

    fn merged(&self, solved: &Solved<'_>, blocks: &[Coalition], budget: &Budget) -> MergedView {
        let members = blocks.iter().map(|block| member_ids(solved, *block)).collect();
        match solve_merged(&solved.model, blocks, self.how.pareto.reading(), budget) {
            Err(reason) => {
                MergedView { completion: Completion::Undecided { reason }, blocks: members, sets: Vec::new() }
            }
            Ok(merged) => {
                let limit = self.options.list_limit;
                let set = |c: &CoalitionConcept| equilibrium_set(c.single().symbol(), &merged.equilibria(*c), limit);
                MergedView { completion: Completion::Complete, blocks: members, sets: JOINT.iter().map(set).collect() }
            }
        }
    }
}

fn equilibrium_set(symbol: &str, set: &FixedBitSet, limit: usize) -> EquilibriumSet {
    let count = set.count_ones(..);
    EquilibriumSet {
        concept: symbol.to_owned(),
        count: count as u64,
        outcomes: set.ones().take(limit).map(|state| number(StateId::from_index(state))).collect(),
        truncated: count > limit,
    }
}

fn coalition_view(
    solved: &Solved<'_>,
    solution: &CoalitionSolution,
    coalition: Coalition,
    limit: usize,
) -> CoalitionView {
    let stays = |concept: &CoalitionConcept| {
        solution.stable(*concept, coalition).map(|set| equilibrium_set(concept.symbol(), set, limit))
    };
    CoalitionView { members: member_ids(solved, coalition), stays: JOINT.iter().filter_map(stays).collect() }
}

/// Ids of a coalition's members.
pub(crate) fn member_ids(solved: &Solved<'_>, coalition: Coalition) -> Vec<String> {
    coalition.members().map(|dm| solved.structure.situation.parties[dm.index()].id.clone()).collect()
}
