//! Sets of outcomes in the words of the file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Outcomes that have certain values: `strike = no and text ≠ chapter7`.
///
/// An outcome belongs to it when it meets every condition; without conditions every
/// outcome does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PatternView {
    /// At most one condition for each issue, in the order of the file.
    pub conditions: Vec<ConditionView>,
    /// The same as an expression of the language, which questions accept.
    pub when: String,
}

/// What one issue has to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConditionView {
    /// Id of the issue.
    pub issue: String,
    /// Whether the values are those it may have or those it may not.
    pub relation: Membership,
    /// Ids of values, in the order of the file; the shorter of the two lists.
    pub values: Vec<String>,
}

/// How an issue relates to a list of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Membership {
    /// It has one of them.
    OneOf,
    /// It has none of them.
    NoneOf,
}

/// A set of outcomes as patterns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Formula {
    /// Which outcomes the patterns describe, whichever takes fewer words.
    pub side: Side,
    /// The patterns, those that cover most first; cut at a limit.
    pub patterns: Vec<CoveredPattern>,
    /// Number of patterns that were found and are not listed.
    pub patterns_left_out: u64,
    /// Outcomes of the described side that no pattern covers that was found: 0 when the
    /// description is complete.
    pub outcomes_left: u64,
    /// Whether the independent checker confirmed it, outcome by outcome.
    pub verified: bool,
}

/// Which outcomes patterns describe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Those of the set: an outcome is in it iff a pattern covers it.
    Members,
    /// The others: an outcome is in the set iff no pattern covers it.
    Others,
}

/// A pattern and how much of a set it covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CoveredPattern {
    /// The pattern.
    pub pattern: PatternView,
    /// Outcomes of the described side that it covers; patterns may overlap.
    pub outcomes: u64,
}

impl Formula {
    /// Whether the patterns, all of them listed, describe the set exactly.
    pub fn is_complete(&self) -> bool {
        self.patterns_left_out == 0 && self.outcomes_left == 0
    }
}
