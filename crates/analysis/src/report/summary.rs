//! Many outcomes in few lines.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Formula;

/// The outcomes that hold under some concepts, in few lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SetSummary {
    /// Symbols of the concepts under which exactly these outcomes hold.
    pub concepts: Vec<String>,
    /// Number of outcomes.
    pub count: u64,
    /// Those that are reached from the status quo by moves that each mover likes;
    /// absent without a status quo.
    pub reached: Option<u64>,
    /// Which they are.
    pub description: SetDescription,
    /// Which are reached, where there are some and not all are.
    pub reached_description: Option<SetDescription>,
}

/// Which outcomes a set holds: those with the values that all of them share, as far as
/// the formula says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SetDescription {
    /// Issues with the same value in all of them, and not in all possible outcomes: pairs
    /// of ids.
    pub common: Vec<(String, String)>,
    /// Which of the outcomes with these values belong to the set.
    pub formula: Formula,
}

/// How many outcomes hold for each combination of values of some issues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Groups {
    /// Ids of the issues.
    pub issues: Vec<String>,
    /// Who chose them.
    pub chosen: GroupChoice,
    /// Combinations with feasible outcomes, the last issue changing fastest; cut at the
    /// list limit.
    pub rows: Vec<GroupRow>,
    /// Number of combinations that are not listed.
    pub rows_left_out: u64,
}

/// Who chose the issues of groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum GroupChoice {
    /// The user.
    Asked,
    /// Nobody: these issues tell best whether an outcome holds under the concept, among
    /// the outcomes with the values that all those that hold share.
    Telling {
        /// Symbol of the concept.
        concept: String,
    },
}

/// The outcomes with one combination of values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GroupRow {
    /// Ids of the values, one for each issue.
    pub values: Vec<String>,
    /// Feasible outcomes.
    pub outcomes: u64,
    /// For each concept asked for that is defined, in the order of the question: how many
    /// of them hold.
    pub holding: Vec<u64>,
    /// Those that hold under some concept and are reached from the status quo by moves
    /// that each mover likes; absent without a status quo.
    pub reached: Option<u64>,
}

/// Which outcomes a question was narrowed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FilterView {
    /// The condition, as an expression of the language.
    pub when: String,
    /// Feasible outcomes that satisfy it.
    pub outcomes: u64,
}
