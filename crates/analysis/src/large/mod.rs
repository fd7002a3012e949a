//! Situations with more outcomes than can be listed: counts and conditions instead of
//! numbers.
//!
//! Reading order: [`Engine`], [`LargeAnswer`]; then `lower`, which writes a situation as
//! formulas.

mod lower;

use detente_base::{Budget, StopReason};
use detente_conflict::symbolic::{BuildError, StateSet, SymbolicModel};
use detente_conflict::{Concept, Pattern};
use detente_scenario::expr::eval::central_point;
use detente_scenario::situation::Situation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::close::CONCEPTS;
use crate::profile::Profile;
use crate::report::Completion;
use crate::stability::mixture_of;

/// Most patterns that describe one set.
const MOST_PATTERNS: usize = 24;

/// Largest diagram of a set that is described by patterns; beyond it every pattern takes
/// seconds.
const MOST_DESCRIBED: usize = 20_000;

/// How conflicts are solved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// By listing outcomes where the budget allows it, else by decision diagrams.
    #[default]
    Auto,
    /// By listing outcomes.
    Explicit,
    /// By decision diagrams.
    Symbolic,
}

/// Which outcomes hold in one combination of types, by conditions.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LargeAnswer {
    /// Party and type, for the parties that have types.
    pub types: Vec<(String, String)>,
    /// Number of feasible outcomes, in decimal.
    pub states: Option<String>,
    /// Why nothing was found out, where that is so.
    pub refused: Option<String>,
    /// One entry for each concept.
    pub concepts: Vec<LargeSet>,
    /// The same with the foresight that the file gives each party, where it does.
    pub mixture: Option<LargeSet>,
}

/// A set of outcomes by conditions.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LargeSet {
    /// The concept; empty for a mixture.
    pub concept: String,
    /// Whether the set was found.
    pub completion: Completion,
    /// Number of outcomes, in decimal.
    pub count: Option<String>,
    /// An outcome is in the set iff one of these covers it; if `truncated`, outcomes that
    /// none covers may be in it too. Each lists the issues that matter with the values
    /// that are allowed.
    pub holds_iff: Vec<Vec<(String, Vec<String>)>>,
    /// Whether more conditions would be needed than are listed, or none could be found.
    pub truncated: bool,
    /// Issues that do not take all of their values in the set, with those that they take.
    pub always: Vec<(String, Vec<String>)>,
    /// One outcome of the set, as the value of each issue.
    pub example: Vec<(String, String)>,
}

/// Solves a combination of types by decision diagrams.
pub(crate) fn solve_large(
    situation: &Situation,
    profile: &Profile,
    concepts: &[Concept],
    budget: &Budget,
) -> LargeAnswer {
    let mut answer = LargeAnswer {
        types: profile.named_types(situation),
        states: None,
        refused: None,
        concepts: Vec::new(),
        mixture: None,
    };
    let point = central_point(situation).expect("checked amounts divide by no zero");
    let conflict = match lower::lower(situation, profile, &point) {
        Ok(conflict) => conflict,
        Err(refusal) => {
            answer.refused = Some(refusal.0);
            return answer;
        }
    };
    let model = match SymbolicModel::new(conflict, budget) {
        Ok(model) => model,
        Err(BuildError::Stopped(reason)) => {
            answer.concepts = concepts.iter().map(|c| undecided(c.symbol(), reason.clone())).collect();
            return answer;
        }
        Err(BuildError::Faulty(fault)) => {
            answer.refused = Some(fault.to_string());
            return answer;
        }
    };
    answer.states = Some(model.count(&model.states()).to_string());
    let describe = |name: &str, set: Result<StateSet, StopReason>| match set {
        Ok(set) => large_set(situation, &model, name, &set, budget),
        Err(reason) => undecided(name, reason),
    };
    for concept in CONCEPTS.into_iter().filter(|concept| concepts.contains(concept)) {
        answer.concepts.push(describe(concept.symbol(), model.equilibria(concept, budget)));
    }
    if let Some(of_party) = mixture_of(situation) {
        answer.mixture = Some(describe("", model.equilibria_of_mixture(&of_party, budget)));
    }
    answer
}

fn undecided(concept: &str, reason: StopReason) -> LargeSet {
    LargeSet {
        concept: concept.to_owned(),
        completion: Completion::Undecided { reason },
        count: None,
        holds_iff: Vec::new(),
        truncated: true,
        always: Vec::new(),
        example: Vec::new(),
    }
}

fn large_set(situation: &Situation, model: &SymbolicModel, name: &str, set: &StateSet, budget: &Budget) -> LargeSet {
    let limit = if set.node_count() <= MOST_DESCRIBED { MOST_PATTERNS } else { 0 };
    let cover = model.cover(set, limit, budget).ok();
    let names = |pattern: &Pattern| {
        (0..pattern.coordinate_count())
            .filter(|issue| !pattern.is_open(*issue))
            .map(|issue| {
                let issue_of = &situation.issues[issue];
                let values = pattern.values(issue).map(|value| issue_of.values[value as usize].id.clone());
                (issue_of.id.clone(), values.collect())
            })
            .collect::<Vec<_>>()
    };
    let example = model.draw(set, 0).unwrap_or_default();
    let value = |(issue, value): (usize, &u32)| {
        let issue = &situation.issues[issue];
        (issue.id.clone(), issue.values[*value as usize].id.clone())
    };
    LargeSet {
        concept: name.to_owned(),
        completion: Completion::Complete,
        count: Some(model.count(set).to_string()),
        truncated: cover.as_ref().is_none_or(|cover| !cover.complete),
        always: cover.as_ref().filter(|_| !set.is_empty()).map_or_else(Vec::new, |cover| names(&cover.hull)),
        holds_iff: cover.map_or_else(Vec::new, |cover| cover.patterns.iter().map(names).collect()),
        example: example.iter().enumerate().map(value).collect(),
    }
}

impl LargeAnswer {
    /// The first reason why something was left open.
    pub(crate) fn stop_reason(&self) -> Option<StopReason> {
        self.concepts.iter().chain(&self.mixture).find_map(|set| match &set.completion {
            Completion::Undecided { reason } => Some(reason.clone()),
            Completion::Complete => None,
        })
    }
}
