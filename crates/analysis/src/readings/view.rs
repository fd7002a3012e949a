//! The answer as data.

use std::collections::BTreeMap;

use detente_base::Exact;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::{Brief, CheckedCount, ClaimView, Completion, OutcomeNumber, OutcomeView, StepView};

/// Index into [`ReadingsAnswer::statements`].
pub type NuanceIndex = usize;

/// Which outcomes hold, in each way to read preferences that are more or less than an
/// order.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadingsAnswer {
    /// Version of this format.
    pub format: u32,
    /// The situation in brief.
    pub situation: Brief,
    /// Whether the question was answered.
    pub completion: Completion,
    /// What the file says about preferences besides the order, in file order.
    pub statements: Vec<NuanceView>,
    /// One entry for each combination of types, and last, where the file has chances,
    /// one for all types together. With chances, one combination and nothing else to
    /// read, the last has the order as well and stands alone.
    pub parts: Vec<ReadingsPart>,
    /// Every outcome that the answer mentions, ascending by number.
    pub outcomes: Vec<OutcomeView>,
    /// How many verdicts the independent checker looked at.
    pub checked: CheckedCount,
}

/// Something that the file says about preferences besides the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NuanceView {
    /// What kind of statement it is.
    pub kind: NuanceKind,
    /// Id of the party whose preferences it qualifies.
    pub party: String,
    /// The statement as text.
    pub text: String,
    /// Remark of the analyst.
    pub about: Option<String>,
    /// Line of the file, from 1.
    pub line: usize,
    /// The claims behind it.
    pub claims: Vec<ClaimView>,
}

/// Kinds of statements besides the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NuanceKind {
    /// Comparisons that are not known.
    Unknown,
    /// Pairs of which one is greatly better.
    Strong,
    /// The gap from which on an outcome is greatly better.
    Gap,
    /// The chance of a preference.
    Chance,
    /// The chance above which a preference counts.
    Threshold,
    /// An attitude towards a party.
    Attitude,
}

/// Readings of one combination of types, or of all types together.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadingsPart {
    /// Party and type, for the parties that have types; empty when there are none and
    /// for all types together.
    pub types: BTreeMap<String, String>,
    /// Whether this is the part for all types together.
    pub all_types: bool,
    /// Whether it was answered.
    pub completion: Completion,
    /// With chances: each party with the chance above which a preference of it counts.
    pub thresholds: Vec<(String, Exact)>,
    /// The readings.
    pub readings: Vec<ReadingView>,
    /// The outcomes that hold in some reading, those first on which the readings
    /// differ; cut at the list limit.
    pub rows: Vec<ReadingRow>,
    /// Number of outcomes before the cut.
    pub row_count: u64,
    /// The outcomes that the user asked about.
    pub close: Vec<CloseReading>,
}

/// What holds in one reading.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadingView {
    /// `order`; `a` to `d`, `sure`; `strong`, or `strong a` to `strong d`; `attitudes`;
    /// `chances`, `chances with ties`.
    pub reading: String,
    /// For each concept the numbers of the outcomes that hold, ascending and complete.
    pub equilibria: BTreeMap<String, Vec<OutcomeNumber>>,
    /// In a strong reading: outcomes that hold in general but not strongly.
    pub weakly: Option<BTreeMap<String, Vec<OutcomeNumber>>>,
}

/// One outcome across the readings of a part.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadingRow {
    /// The outcome.
    pub outcome: OutcomeNumber,
    /// For each reading, in order, the symbols of the concepts under which it holds.
    pub holds: Vec<(String, Vec<String>)>,
    /// Statements that decide where readings differ.
    pub turns_on: Vec<NuanceIndex>,
}

/// One outcome looked at closely.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CloseReading {
    /// The outcome.
    pub outcome: OutcomeNumber,
    /// For each party.
    pub parties: Vec<PartyReadings>,
}

/// What keeps one party at an outcome, or draws it away.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PartyReadings {
    /// The party's id.
    pub party: String,
    /// Verdicts with alike evidence together.
    pub verdicts: Vec<ReadingVerdict>,
}

/// A verdict and in which readings and under which concepts it is reached this way.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadingVerdict {
    /// Readings and, for each, symbols of concepts.
    pub of: Vec<(String, Vec<String>)>,
    /// The verdict.
    pub stable: bool,
    /// Whether the independent checker confirmed verdict and evidence.
    pub verified: bool,
    /// Why.
    pub evidence: ReadingEvidence,
}

/// Why a verdict holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum ReadingEvidence {
    /// No move tempts the party.
    NotTempted,
    /// Every tempting move is answered.
    Deterred {
        /// One for each tempting move, ascending.
        answers: Vec<AnswerView>,
    },
    /// The party leaves.
    Leaves {
        /// What it changes.
        step: StepView,
        /// How it weighs the result.
        tempted: WeighingView,
        /// Outcomes to which the others can lead from there.
        replies: u64,
        /// The nearest answer that is not enough; absent without answers.
        failing: Option<Box<FailingView>>,
    },
}

/// A tempting move and the answer to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerView {
    /// The move.
    pub step: StepView,
    /// How the party weighs its result.
    pub tempted: WeighingView,
    /// The answer.
    pub reply: Vec<StepView>,
    /// How the party weighs where it ends.
    pub deterred: WeighingView,
}

/// An answer that is not enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FailingView {
    /// The answer.
    pub reply: Vec<StepView>,
    /// How the party weighs where it ends.
    pub compared: WeighingView,
    /// Where the party gets out to, where the end of the answer alone would deter.
    pub way_out: Option<WeighingView>,
}

/// How a party weighs an outcome against another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WeighingView {
    /// The outcome.
    pub outcome: OutcomeNumber,
    /// The outcome that it is weighed against.
    pub against: OutcomeNumber,
    /// How it compares.
    pub relation: WeighingRelation,
    /// With chances: the chance that the outcome is preferred.
    pub chance: Option<Exact>,
    /// The statement that decides it; absent where the order does.
    pub statement: Option<NuanceIndex>,
}

/// How an outcome compares with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WeighingRelation {
    /// Better.
    Better,
    /// Greatly better.
    GreatlyBetter,
    /// Equally good.
    Equal,
    /// Worse.
    Worse,
    /// Greatly worse.
    GreatlyWorse,
    /// Not known.
    Unknown,
    /// Preferred with a chance above the threshold.
    AboveThreshold,
    /// Preferred with a chance of the threshold.
    AtThreshold,
    /// Preferred with a chance below the threshold.
    BelowThreshold,
}
