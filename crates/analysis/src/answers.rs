//! The two answers that scripts read: `stable` and `solve`.

use std::collections::BTreeMap;

use detente_base::{Budget, SourceText, StopReason};
use detente_conflict::{Concept, FixedBitSet, StateId};
use detente_scenario::expr::eval::central_point;
use detente_scenario::situation::Situation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ask::{AskError, FORMAT, Lists, MAX_PROFILES, MAX_WRITTEN, Options, party_of, solve_profile, with_options};
use crate::asked::asked_concepts;
use crate::close::{CONCEPTS, Solved, number};
use crate::find::{Where, filter_outcomes};
use crate::further::{AskedSolution, Confirming, solve_asked};
use crate::groups::asked_issues;
use crate::large::{LargeQuestion, Unlisted, listed, refuse_lists, solve_large};
use crate::order::parse_order;
use crate::overview::{named_at, pairs};
use crate::profile::{Profile, profiles};
use crate::readings::{NuanceView, nuance_views};
use crate::report::{
    Completion, ConceptView, FilterView, FurtherRemark, Groups, LargeAnswer, OutcomeNumber, SetSummary,
};
use crate::stability::{Listing, holding_rows, mixture_concepts};
use crate::structure::state_values;
use crate::summary::{Digest, DigestQuestion, digest};

/// Which outcomes of a situation hold.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StableAnswer {
    /// Version of this format.
    pub format: u32,
    /// Title of the situation.
    pub title: String,
    /// Ids of the parties that the file says are wrong about something; what holds is judged
    /// in the true situation.
    #[serde(default)]
    pub mistaken: Vec<String>,
    /// Number of feasible outcomes.
    pub states: u64,
    /// The outcomes to which the question was narrowed; all without.
    pub filter: Option<FilterView>,
    /// What the file says about preferences besides the order; this answer does not use it.
    pub set_aside: Vec<NuanceView>,
    /// Whether the question was answered.
    pub completion: Completion,
    /// The concepts asked for, in the order of the question.
    pub concepts: Vec<ConceptView>,
    /// For each concept that is defined how many outcomes hold in every combination of
    /// types.
    pub counts: BTreeMap<String, u64>,
    /// Their numbers, ascending and complete. A set of more than 10 000 outcomes is left
    /// out unless all are asked for.
    pub equilibria: BTreeMap<String, Vec<OutcomeNumber>>,
    /// One entry for each combination of types.
    pub profiles: Vec<StableProfile>,
    /// Instead of these, where the outcomes are too many to list: counts and conditions for
    /// each combination of types.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub large: Vec<LargeAnswer>,
}

/// Which outcomes hold in one combination of types.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StableProfile {
    /// Party and type, for the parties that have types.
    pub types: BTreeMap<String, String>,
    /// Whether it was answered.
    pub completion: Completion,
    /// For each concept how many outcomes hold.
    pub counts: BTreeMap<String, u64>,
    /// Their numbers, ascending and complete. A set of more than 10 000 outcomes is left
    /// out unless all are asked for.
    pub equilibria: BTreeMap<String, Vec<OutcomeNumber>>,
    /// With the foresight that the file gives each party, where it does: how many hold.
    pub mixture_count: Option<u64>,
    /// Their numbers, written out on the same terms.
    pub mixture: Option<Vec<OutcomeNumber>>,
    /// The sets of outcomes in few lines; empty where all outcomes that hold are listed.
    pub summaries: Vec<SetSummary>,
    /// Outcomes counted by values of some issues: those asked for, or the most telling
    /// ones where not all outcomes that hold are listed.
    pub groups: Option<Groups>,
    /// For concepts that look a number of moves ahead, what else is to be said.
    pub remarks: Vec<FurtherRemark>,
    /// The outcomes that hold under some concept, in the order asked for, by default
    /// reached ones first; cut at the list limit.
    pub outcomes: Vec<StableOutcome>,
    /// Whether that list was cut.
    pub truncated: bool,
}

/// One outcome with its verdicts.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StableOutcome {
    /// Its number.
    pub outcome: OutcomeNumber,
    /// Value of each issue.
    pub values: Vec<(String, String)>,
    /// Named outcomes that cover it.
    pub named: Vec<String>,
    /// Concepts under which it holds for everybody.
    pub holds: Vec<String>,
    /// Moves from the status quo, each an improvement for who makes it; `null` when it is
    /// not reached so.
    pub steps_by_improvements: Option<u32>,
    /// Moves from the status quo; `null` when it is not reached.
    pub steps_by_moves: Option<u32>,
    /// For each party, the verdict under each concept.
    pub parties: BTreeMap<String, BTreeMap<String, bool>>,
    /// Whether the independent checker confirmed all of these verdicts.
    pub verified: bool,
}

/// Equilibria of an imported game.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SolveAnswer {
    /// Version of this format.
    pub format: u32,
    /// Number of feasible states.
    pub states: u64,
    /// Names of the decision makers, in file order.
    pub decision_makers: Vec<String>,
    /// For each concept the ordinals of its equilibria, ascending and complete: feasible
    /// states in ascending order of their decimal, from 1.
    pub equilibria: BTreeMap<String, Vec<OutcomeNumber>>,
    /// Whether the question was answered.
    pub completion: Completion,
    /// Instead of ordinals, where the states are too many to list: counts and conditions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub large: Option<LargeAnswer>,
}

/// Which outcomes hold, for scripts.
///
/// # Errors
/// When the options name something that the situation does not have.
pub fn stable(
    source: &SourceText,
    situation: &Situation,
    options: &Options,
    budget: &Budget,
) -> Result<StableAnswer, AskError> {
    let situation = &with_options(situation, options)?;
    let only = match &options.party {
        Some(id) => Some(party_of(situation, id)?),
        None => None,
    };
    let mut asked = asked_concepts(situation, &options.concepts)?;
    let mut answer = StableAnswer {
        format: FORMAT,
        title: situation.title.clone(),
        mistaken: crate::overview::mistaken(situation),
        set_aside: nuance_views(situation, source),
        states: 0,
        filter: None,
        completion: Completion::Complete,
        concepts: asked.iter().map(|concept| concept.view(source, situation)).collect(),
        counts: BTreeMap::new(),
        equilibria: BTreeMap::new(),
        profiles: Vec::new(),
        large: Vec::new(),
    };
    let keys = parse_order(situation, &options.order)?;
    let group_by = asked_issues(situation, &options.group_by)?;
    asked.retain(|concept| concept.not_defined(source, situation).is_none());
    let structure = match listed(situation, options, budget) {
        Ok(structure) => structure,
        Err(Unlisted::Undecided(reason)) => {
            answer.completion = Completion::Undecided { reason };
            return Ok(answer);
        }
        Err(Unlisted::Large) => {
            refuse_lists(options)?;
            let usual: Vec<Concept> = asked.iter().filter_map(|concept| concept.usual()).collect();
            let filter = options.filter.as_deref();
            let question = LargeQuestion { situation, concepts: &usual, filter, only, budget };
            let combinations = profiles(situation, MAX_PROFILES);
            answer.large = combinations.iter().map(|p| solve_large(&question, p)).collect::<Result<_, _>>()?;
            let others = asked.iter().filter(|concept| concept.usual().is_none());
            answer.completion = completion_of(&answer.large, &others.map(|c| c.symbol(situation)).collect::<Vec<_>>());
            return Ok(answer);
        }
    };
    answer.states = structure.states.state_count() as u64;
    let among = options.filter.as_ref().map(|text| filter_outcomes(&structure, text)).transpose()?;
    answer.filter = among.as_ref().map(Where::view);
    let among = among.map(|found| found.states);
    let listing = Listing { limit: options.list_limit, keys: &keys, among: among.as_ref() };
    let view = ProfileQuestion { listing, group_by: &group_by, lists: options.lists, only };
    let point = central_point(situation).expect("checked amounts divide by no zero");
    let mut common: Option<Vec<(String, FixedBitSet)>> = None;
    for profile in profiles(situation, MAX_PROFILES) {
        let solved = solve_profile(&structure, &profile, &point, budget);
        let both = solved.and_then(|solved| solve_asked(&solved, &asked, budget).map(|sets| (solved, sets)));
        match both {
            Ok((solved, solutions)) => {
                let sets = by_concept(&solutions, among.as_ref());
                match &mut common {
                    None => common = Some(sets),
                    Some(common) => common.iter_mut().zip(&sets).for_each(|((_, a), (_, b))| a.intersect_with(b)),
                }
                answer.profiles.push(stable_profile(&solved, &solutions, &view, budget));
            }
            Err(reason) => {
                answer.completion = Completion::Undecided { reason: reason.clone() };
                answer.profiles.push(undecided(situation, &profile, reason));
            }
        }
    }
    if let (Some(common), Completion::Complete) = (common, &answer.completion) {
        answer.counts = counts(&common);
        answer.equilibria = by_symbol(&common, options.lists);
    }
    Ok(answer)
}

/// Complete when every part is and every concept was asked for.
fn completion_of(large: &[LargeAnswer], left_out: &[String]) -> Completion {
    let unasked = || {
        let why = format!("{} needs outcomes that are listed", left_out.join(", "));
        (!left_out.is_empty()).then_some(StopReason::NotOnDiagrams { why })
    };
    match large.iter().find_map(LargeAnswer::stop_reason).or_else(unasked) {
        Some(reason) => Completion::Undecided { reason },
        None => Completion::Complete,
    }
}

fn undecided(situation: &Situation, profile: &Profile, reason: StopReason) -> StableProfile {
    StableProfile {
        types: profile.named_types(situation).into_iter().collect(),
        completion: Completion::Undecided { reason },
        counts: BTreeMap::new(),
        equilibria: BTreeMap::new(),
        mixture_count: None,
        mixture: None,
        summaries: Vec::new(),
        groups: None,
        remarks: Vec::new(),
        outcomes: Vec::new(),
        truncated: false,
    }
}

fn by_concept(solutions: &[AskedSolution], among: Option<&FixedBitSet>) -> Vec<(String, FixedBitSet)> {
    let narrowed = |set: &FixedBitSet| {
        let mut set = set.clone();
        among.into_iter().for_each(|among| set.intersect_with(among));
        set
    };
    solutions.iter().map(|solution| (solution.symbol.clone(), narrowed(&solution.equilibria))).collect()
}

fn counts(sets: &[(String, FixedBitSet)]) -> BTreeMap<String, u64> {
    sets.iter().map(|(symbol, set)| (symbol.clone(), set.count_ones(..) as u64)).collect()
}

fn by_symbol(sets: &[(String, FixedBitSet)], lists: Lists) -> BTreeMap<String, Vec<OutcomeNumber>> {
    sets.iter().filter_map(|(symbol, set)| Some((symbol.clone(), written(set, lists)?))).collect()
}

/// The numbers of a set, unless it is too large to be written out.
fn written(set: &FixedBitSet, lists: Lists) -> Option<Vec<OutcomeNumber>> {
    let short = lists == Lists::Whole || set.count_ones(..) <= MAX_WRITTEN;
    short.then(|| set.ones().map(|s| number(StateId::from_index(s))).collect())
}

/// What is asked of each combination of types.
struct ProfileQuestion<'a> {
    listing: Listing<'a>,
    group_by: &'a [usize],
    lists: Lists,
    /// The only party whose verdicts are given.
    only: Option<usize>,
}

fn stable_profile(
    solved: &Solved<'_>,
    solutions: &[AskedSolution],
    question: &ProfileQuestion<'_>,
    budget: &Budget,
) -> StableProfile {
    let situation = solved.structure.situation;
    let ProfileQuestion { listing, group_by, lists, only } = question;
    let sets = by_concept(solutions, listing.among);
    let mixture = mixture_concepts(solved).map(|concepts| {
        let mut set = solved.solution.equilibria_of_mixture(&concepts);
        listing.among.into_iter().for_each(|among| set.intersect_with(among));
        set
    });
    let holding = holding_rows(solved, &sets, mixture.as_ref(), listing, budget);
    let truncated = holding.row_count > listing.limit as u64;
    let digest = digest(solved, &sets, &holding, &DigestQuestion { listing, group_by, truncated }, budget);
    let mut confirming = Confirming::new(solved, solutions, budget);
    let outcomes = holding
        .rows
        .iter()
        .map(|row| {
            let state = StateId(row.outcome - 1);
            let values = state_values(solved.structure, state);
            let parties = solved
                .model
                .decision_makers()
                .filter(|dm| only.is_none_or(|p| p == dm.index()))
                .map(|dm| {
                    let verdict = |solution: &AskedSolution| {
                        (solution.symbol.clone(), solution.parties[dm.index()].contains(state.index()))
                    };
                    (situation.parties[dm.index()].id.clone(), solutions.iter().map(verdict).collect())
                })
                .collect();
            StableOutcome {
                outcome: number(state),
                values: pairs(situation, &values),
                named: named_at(situation, &values),
                holds: row.concepts.clone(),
                steps_by_improvements: row.steps_by_improvements,
                steps_by_moves: row.steps_by_moves,
                parties,
                verified: confirm(solved, state, budget) && confirming.confirms(state),
            }
        })
        .collect();
    let (completion, summaries, groups) = match digest {
        Ok(Digest { summaries, groups }) => (Completion::Complete, summaries, groups),
        Err(reason) => (Completion::Undecided { reason }, Vec::new(), None),
    };
    StableProfile {
        types: solved.profile.named_types(situation).into_iter().collect(),
        completion,
        counts: counts(&sets),
        equilibria: by_symbol(&sets, *lists),
        mixture_count: mixture.as_ref().map(|set| set.count_ones(..) as u64),
        mixture: mixture.as_ref().and_then(|set| written(set, *lists)),
        summaries,
        groups,
        remarks: solutions.iter().filter_map(AskedSolution::remark).collect(),
        outcomes,
        truncated,
    }
}

/// Runs the independent checker on every verdict of an outcome.
fn confirm(solved: &Solved<'_>, state: StateId, budget: &Budget) -> bool {
    if solved.model.state_count() > crate::close::MAX_CHECKED_STATES {
        return false;
    }
    match detente_conflict::verify_solution(&solved.model, &solved.solution, [state], budget) {
        Ok(()) => true,
        Err(detente_conflict::check::SolutionFailure::Stopped(_)) => false,
        Err(wrong) => panic!("the checker refutes the solver at outcome {}: {wrong}", number(state)),
    }
}

/// All equilibria of an imported game, for scripts.
///
/// # Errors
/// When the options name something that the game does not have.
pub fn solve(
    _: &SourceText,
    situation: &Situation,
    options: &Options,
    budget: &Budget,
) -> Result<SolveAnswer, AskError> {
    let situation = &with_options(situation, options)?;
    let mut answer = SolveAnswer {
        format: FORMAT,
        states: 0,
        decision_makers: situation.parties.iter().map(|p| p.name.clone()).collect(),
        equilibria: BTreeMap::new(),
        completion: Completion::Complete,
        large: None,
    };
    let profile = profiles(situation, 1).remove(0);
    let structure = match listed(situation, options, budget) {
        Ok(structure) => Ok(structure),
        Err(Unlisted::Undecided(reason)) => Err(reason),
        Err(Unlisted::Large) => {
            let question = LargeQuestion { situation, concepts: &CONCEPTS, filter: None, only: None, budget };
            let large = solve_large(&question, &profile)?;
            answer.completion = completion_of(std::slice::from_ref(&large), &[]);
            answer.large = Some(large);
            return Ok(answer);
        }
    };
    let solved = structure.and_then(|structure| {
        answer.states = structure.states.state_count() as u64;
        let point = central_point(situation).expect("checked amounts divide by no zero");
        let solved = solve_profile(&structure, &profile, &point, budget)?;
        let sets = CONCEPTS.iter().map(|c| (c.symbol().to_owned(), solved.solution.equilibria(*c)));
        Ok(sets.collect::<Vec<_>>())
    });
    match solved {
        Ok(sets) => answer.equilibria = by_symbol(&sets, Lists::Whole),
        Err(reason) => answer.completion = Completion::Undecided { reason },
    }
    Ok(answer)
}
