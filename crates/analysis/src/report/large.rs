//! Answers on situations whose outcomes are too many to list: counts and conditions
//! instead of numbers.

use detente_base::StopReason;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Completion;

/// Values of issues: ids of an issue and of a value.
pub type Values = Vec<(String, String)>;

/// One combination of types, solved by decision diagrams.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct LargeAnswer {
    /// Party and type, for the parties that have types.
    pub types: Vec<(String, String)>,
    /// Number of feasible outcomes, in decimal.
    pub states: Option<String>,
    /// Why nothing was found out, where that is so.
    pub refused: Option<String>,
    /// The outcomes to which sets are narrowed; all without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<LargeFilter>,
    /// One entry for each concept.
    pub concepts: Vec<LargeSet>,
    /// The same with the foresight that the file gives each party, where it does.
    pub mixture: Option<LargeSet>,
    /// What can happen from the status quo, where that was asked and the file has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_quo: Option<LargeStart>,
    /// The named outcomes of the file, where that was asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub named: Vec<LargeNamed>,
    /// Outcomes that were looked at closely.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<LargeOutcome>,
    /// Why a part that has no place of its own was left open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<StopReason>,
}

/// A condition on outcomes.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LargeFilter {
    /// The condition as the language prints it.
    pub when: String,
    /// Number of feasible outcomes that satisfy it, in decimal.
    pub outcomes: String,
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
    /// that are allowed. A set narrowed by a filter has only outcomes that satisfy it.
    pub holds_iff: Vec<Vec<(String, Vec<String>)>>,
    /// Whether more conditions would be needed than are listed, or none could be found.
    pub truncated: bool,
    /// Number of outcomes of the set that the conditions cover, in decimal, if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covered: Option<String>,
    /// If `truncated`, and where it is shorter: an outcome is *not* in the set iff one of
    /// these covers it. With a filter this is said of the outcomes that satisfy it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fails_iff: Vec<Vec<(String, Vec<String>)>>,
    /// Issues that do not take all of their values in the set, with those that they take.
    pub always: Vec<(String, Vec<String>)>,
    /// Issues of two values that go together in the whole set, where conditions do not say
    /// it all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub linked: Vec<LinkedIssues>,
    /// An earlier concept that has the same set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
    /// One outcome of the set, as the value of each issue.
    pub example: Values,
    /// What single outcomes, drawn from inside and outside, say of the set.
    #[serde(default)]
    pub drawn: Drawn,
}

/// Two issues of two values each: one has its second value exactly when the other has its
/// second, or its first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LinkedIssues {
    /// The second value of an issue: ids of the issue and of the value.
    pub when: (String, String),
    /// What another issue has exactly then.
    pub then: (String, String),
}

/// Outcomes drawn from inside and outside of a set, each judged again by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Drawn {
    /// Outcomes drawn.
    pub outcomes: u32,
    /// Of these, outcomes that were judged by following moves one by one, without
    /// diagrams; the others have too many moves for that.
    pub followed: u32,
}

/// Where the situation stands.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LargeStart {
    /// The status quo, with the verdicts on it.
    pub outcome: LargeOutcome,
    /// Number of outcomes that moves lead to, itself included, in decimal.
    pub reached_by_moves: Option<String>,
    /// The same for improvements.
    pub reached_by_improvements: Option<String>,
    /// For each concept with a set, how many of its outcomes improvements lead to, and a
    /// shortest way to one of them.
    pub reached: Vec<LargeReached>,
    /// Why something was left open.
    pub stopped: Option<StopReason>,
}

/// Outcomes that hold under a concept and are reached from the status quo.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LargeReached {
    /// The concept.
    pub concept: String,
    /// Number of outcomes that hold and are reached by improvements, in decimal.
    pub by_improvements: String,
    /// A shortest way to one of these; if there are none, by moves that need not be
    /// improvements. Absent when none is reached at all or the status quo is one.
    pub path: Option<LargePath>,
}

/// A way from the status quo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LargePath {
    /// Whether every step is an improvement for the party that takes it.
    pub improving: bool,
    /// The steps.
    pub steps: Vec<LargeStep>,
}

/// One move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LargeStep {
    /// Id of the party that moves.
    pub party: String,
    /// What it changes, with the new values.
    pub changes: Values,
}

/// A named outcome of the file.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LargeNamed {
    /// Its id.
    pub id: String,
    /// Number of feasible outcomes that it covers, in decimal.
    pub outcomes: String,
    /// How many of these hold, by concept, in decimal; concepts without a set are left out.
    pub holding: Vec<(String, String)>,
    /// How many of these improvements lead to from the status quo, in decimal.
    pub reached: Option<String>,
}

/// One outcome with verdicts.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LargeOutcome {
    /// The value of each issue.
    pub values: Values,
    /// Named outcomes that cover it.
    pub named: Vec<String>,
    /// Verdicts, concept by concept for each party.
    pub verdicts: Vec<LargeVerdict>,
}

/// Whether a party would stay at an outcome under a concept.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LargeVerdict {
    /// Id of the party.
    pub party: String,
    /// The concept.
    pub concept: String,
    /// Whether it stays; absent when undecided.
    pub stays: Option<bool>,
    /// Why it is undecided, where it is.
    pub stopped: Option<StopReason>,
    /// Number of its improvements, in decimal.
    pub improvements: Option<String>,
    /// Number of those that the others cannot or would not answer, in decimal.
    pub unanswered: Option<String>,
    /// The improvement that it likes best: of those without answer, if there are any.
    pub best: Option<LargeImprovement>,
    /// How it was checked.
    pub check: LargeCheck,
}

/// An improvement, and what would come of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LargeImprovement {
    /// What the party changes, with the new values.
    pub changes: Values,
    /// The shortest reply of the others that makes it pointless; empty when there is none.
    pub reply: Vec<LargeStep>,
}

/// How far a verdict was checked without diagrams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LargeCheck {
    /// It was not, since it is undecided.
    No,
    /// The improvement and the reply that are shown are what they are said to be.
    Evidence,
    /// All moves and replies were followed one by one: the verdict is right.
    Whole,
}

impl LargeAnswer {
    /// The first reason why something was left open.
    pub fn stop_reason(&self) -> Option<StopReason> {
        if let Some(why) = &self.refused {
            return Some(StopReason::NotOnDiagrams { why: why.clone() });
        }
        let of_sets = self.concepts.iter().chain(&self.mixture).find_map(|set| match &set.completion {
            Completion::Undecided { reason } => Some(reason.clone()),
            Completion::Complete => None,
        });
        let outcomes = || self.outcomes.iter().chain(self.status_quo.iter().map(|start| &start.outcome));
        of_sets
            .or_else(|| self.stopped.clone())
            .or_else(|| self.status_quo.as_ref().and_then(|start| start.stopped.clone()))
            .or_else(|| outcomes().flat_map(|outcome| &outcome.verdicts).find_map(|verdict| verdict.stopped.clone()))
    }
}

impl LargeOutcome {
    /// Concepts under which every party stays.
    pub fn holds(&self) -> Vec<String> {
        let mut symbols: Vec<String> = Vec::new();
        for verdict in &self.verdicts {
            if !symbols.contains(&verdict.concept) {
                symbols.push(verdict.concept.clone());
            }
        }
        symbols.retain(|symbol| self.verdicts.iter().filter(|v| v.concept == *symbol).all(|v| v.stays == Some(true)));
        symbols
    }

    /// Concepts under which it does not hold or holds, but which is undecided.
    pub fn open(&self) -> Vec<String> {
        let mut symbols: Vec<String> = Vec::new();
        for verdict in self.verdicts.iter().filter(|verdict| verdict.stays.is_none()) {
            let leaves = |v: &&LargeVerdict| v.concept == verdict.concept && v.stays == Some(false);
            if !symbols.contains(&verdict.concept) && !self.verdicts.iter().any(|v| leaves(&v)) {
                symbols.push(verdict.concept.clone());
            }
        }
        symbols
    }
}
