//! What parties would do together where outcomes are too many to list.

use detente_base::StopReason;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{LargeFilter, LargeStep, Values};

/// The answer for one combination of types, by decision diagrams.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct LargeCoalitions {
    /// Party and type, for the parties that have types.
    pub types: Vec<(String, String)>,
    /// Number of feasible outcomes, in decimal.
    pub states: Option<String>,
    /// Why nothing was found out, where that is so.
    pub refused: Option<String>,
    /// The outcomes that were asked for.
    pub asked: Option<LargeFilter>,
    /// Number of coalitions that were looked at, smaller ones first.
    pub looked_at: u64,
    /// Number of coalitions of any size, as decimal text.
    pub coalition_count: String,
    /// What holds for each party alone and for every coalition that was looked at, by
    /// concept; empty where outcomes were asked for.
    pub sets: Vec<LargeJointSet>,
    /// Each coalition with the number of outcomes that it would not leave.
    pub coalitions: Vec<LargeCoalition>,
    /// Outcomes that were looked at closely: one that was asked for, or one for each
    /// concept that holds alone and that a coalition would leave.
    pub broken: Vec<LargeBroken>,
    /// Why a part was left open.
    pub stopped: Option<StopReason>,
}

/// What holds under one concept, for parties alone and together; numbers in decimal.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LargeJointSet {
    /// R, SEQ, SMR or GMR.
    pub alone: String,
    /// Outcomes that hold for each party alone.
    pub alone_count: Option<String>,
    /// `CNash`, CSEQ, CSMR or CGMR.
    pub together: String,
    /// Outcomes that no coalition would leave, of those that were looked at.
    pub together_count: Option<String>,
    /// Outcomes that hold alone and not together.
    pub broken: Option<String>,
    /// Why a number is missing.
    pub stopped: Option<StopReason>,
}

/// A coalition.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LargeCoalition {
    /// Ids of its members.
    pub members: Vec<String>,
    /// By concept the number of outcomes that it would not leave, in decimal; concepts left
    /// open are left out.
    pub stays: Vec<(String, String)>,
}

/// An outcome and the coalitions that would leave it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LargeBroken {
    /// The value of each issue.
    pub values: Values,
    /// Named outcomes that cover it.
    pub named: Vec<String>,
    /// For each concept the coalitions that leave and have no part that does, of those that
    /// were looked at.
    pub concepts: Vec<LargeLeaving>,
}

/// Who leaves an outcome under one concept.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LargeLeaving {
    /// `CNash`, CSEQ, CSMR or CGMR.
    pub concept: String,
    /// The coalitions, smaller ones first.
    pub breaks: Vec<LargeBreak>,
    /// Why it is not known of all coalitions, where it is not.
    pub stopped: Option<StopReason>,
}

/// How a coalition leaves an outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LargeBreak {
    /// Ids of its members.
    pub members: Vec<String>,
    /// A legal sequence of its members to an outcome that is better for it, with as few
    /// steps as any that the others cannot or would not answer. It was checked by the
    /// definitions.
    pub steps: Vec<LargeStep>,
}
