//! Over which part of the uncertain numbers a verdict holds.

use detente_base::Exact;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::OutcomeNumber;

/// How far the answers depend on numbers that are not exact.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RangeReport {
    /// The uncertain numbers that preferences use.
    pub parameters: Vec<ParameterView>,
    /// One entry for each outcome and concept looked at.
    pub verdicts: Vec<RangeVerdict>,
    /// Why some question about ranges was left open; empty when none was.
    pub left_open: Vec<String>,
}

/// An uncertain number.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ParameterView {
    /// Its name, or a description for a number without name.
    pub id: String,
    /// Smallest value.
    pub low: Exact,
    /// Central value, at which the report is made.
    pub central: Exact,
    /// Largest value.
    pub high: Exact,
    /// Unit.
    pub unit: Option<String>,
    /// Line of the file.
    pub line: usize,
    /// Whether it is a chance of a type and so moves no verdict, only its weight.
    pub chance: bool,
}

/// Where an outcome holds under a concept.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RangeVerdict {
    /// Index of the combination of types in [`super::Report::profiles`].
    pub profile: usize,
    /// The outcome.
    pub outcome: OutcomeNumber,
    /// The concept's symbol.
    pub concept: String,
    /// Whether it holds at the central values.
    pub holds_at_center: bool,
    /// What is known over all ranges at once.
    pub everywhere: Everywhere,
    /// For each parameter alone, the others at their central values. Only parameters on
    /// which the verdict turns are listed, and those for which it is not established.
    pub along: Vec<AlongParameter>,
}

/// What is known of a verdict over the whole box of ranges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "everywhere")]
pub enum Everywhere {
    /// The verdict of the centre holds for all values of all parameters: proved.
    Throughout,
    /// It does not: it is the other way round at this point.
    FailsAt {
        /// Parameter and value.
        point: Vec<(String, Exact)>,
    },
    /// Neither was shown.
    NotEstablished,
}

/// A verdict along one parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AlongParameter {
    /// The parameter's name.
    pub parameter: String,
    /// Where the outcome holds: disjoint intervals, ascending; empty when nowhere.
    /// `None` when it was not established.
    pub holds: Option<Vec<IntervalView>>,
}

/// An interval of numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IntervalView {
    /// Lower end.
    pub low: Exact,
    /// Upper end.
    pub high: Exact,
    /// Whether the lower end belongs to it.
    pub low_included: bool,
    /// Whether the upper end belongs to it.
    pub high_included: bool,
}
