//! How robust verdicts are, as data.

use std::collections::BTreeMap;

use detente_base::Exact;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::readings::NuanceView;
use crate::report::{Brief, Completion, OutcomeNumber, OutcomeView};

/// In what share of cases outcomes hold.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RobustAnswer {
    /// Version of this format.
    pub format: u32,
    /// The situation in brief.
    pub situation: Brief,
    /// What the file says about preferences besides the order; this answer does not use it.
    pub set_aside: Vec<NuanceView>,
    /// Whether the question was answered.
    pub completion: Completion,
    /// Every outcome that the answer mentions, ascending by number.
    pub outcomes: Vec<OutcomeView>,
    /// What was varied, and how.
    pub varied: Varied,
    /// One answer for each combination of private types, in file order.
    pub profiles: Vec<RobustProfile>,
    /// The same with types drawn by their central chances; absent when there is one
    /// combination, when a type has no chance, or when a combination is undecided.
    pub overall: Option<Vec<EventView>>,
}

/// What was varied, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Varied {
    /// Numbers of the file, independently, each over its range.
    Parameters {
        /// `uniform` or `triangular`.
        distribution: String,
    },
    /// Every party's order, independently: ties broken at random, then any order that is
    /// reached by so many swaps of neighbours at most, all equally likely.
    Orders {
        /// Most swaps.
        swaps: u32,
    },
}

/// The answer in one combination of types.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RobustProfile {
    /// Party and type, for the parties that have types.
    pub types: Vec<(String, String)>,
    /// Central chance of the combination.
    pub chance: Option<Exact>,
    /// Whether it was answered.
    pub completion: Completion,
    /// How it was found.
    pub method: Method,
    /// The parameters or parties that were varied.
    pub over: Vec<String>,
    /// The status quo, the named outcomes, then outcomes by how often they hold; cut at
    /// the list limit.
    pub events: Vec<EventView>,
    /// Outcomes that hold in some case and are not in the list.
    pub events_left_out: u64,
}

/// How shares were found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "how")]
pub enum Method {
    /// Nothing varies.
    Constant,
    /// Every case was solved: shares are exact.
    Exact {
        /// Number of cases.
        cases: u64,
    },
    /// Cases were drawn: shares lie within their intervals with a chance of 95 % each.
    Drawn {
        /// Number of draws.
        draws: u32,
        /// The seed.
        seed: u64,
    },
    /// It was not found.
    Undecided,
}

/// Something that can hold: an outcome, or at least one that has a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventView {
    /// The outcome.
    pub outcome: Option<OutcomeNumber>,
    /// The named outcome: at least one of the outcomes that it covers holds.
    pub named: Option<String>,
    /// Under each concept.
    pub shares: BTreeMap<String, ShareView>,
    /// Under SEQ, what the share turns on most.
    pub turns_on: Option<Influence>,
}

/// A share of cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ShareView {
    /// The share: exact, or among the draws.
    pub share: Exact,
    /// Lower end of the interval; the share itself where that is exact.
    pub low: Exact,
    /// Upper end.
    pub high: Exact,
}

/// A parameter that a share turns on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Influence {
    /// The parameter.
    pub parameter: String,
    /// Share among the draws in which it lies below the middle of its range.
    pub when_low: Exact,
    /// Share among the others.
    pub when_high: Exact,
}
