//! Answers as plain data.
//!
//! A report holds no prose: views are made from it by `detente-render`. Outcomes are
//! referred to by their number (feasible outcomes in ascending order of code, from 1)
//! and described once, in [`Report::outcomes`]; statements of the file by their index
//! in [`Report::statements`]. Lists are in a fixed order, so that the same file gives
//! the same bytes.

mod coalitions;
mod further;
mod hypergame;
mod large;
mod large_coalitions;
mod patterns;
mod ranges;
mod renumber;
mod stability;
mod summary;
mod versions;

pub use coalitions::*;
pub use further::*;
pub use hypergame::*;
pub use large::*;
pub use large_coalitions::*;
pub use patterns::*;
pub use ranges::*;
pub use stability::*;
pub use summary::*;
pub use versions::*;

use detente_base::{Exact, StopReason};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::readings::NuanceView;

/// Number of a feasible outcome, from 1.
pub type OutcomeNumber = u32;

/// Index into [`Report::statements`].
pub type StatementIndex = usize;

/// The answer to a question about one situation.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Version of this format; changes only when a field changes its meaning.
    pub format: u32,
    /// What was asked.
    pub question: Question,
    /// The situation in brief.
    pub situation: Brief,
    /// What the file says about preferences besides the order; this answer does not use it.
    pub set_aside: Vec<NuanceView>,
    /// Every outcome that the report mentions, ascending by number.
    pub outcomes: Vec<OutcomeView>,
    /// One answer for each combination of private types, in file order.
    pub profiles: Vec<ProfileReport>,
    /// Instead of these, where the outcomes are too many to list: counts and conditions for
    /// each combination of types.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub large: Vec<LargeAnswer>,
    /// Combinations that were not analysed because there are too many.
    pub combinations_left_out: u64,
    /// How the answers of the combinations differ; absent when there is only one.
    pub differences: Option<Differences>,
    /// Over which part of the uncertain numbers the answers hold; absent when every
    /// number that matters is exact.
    pub ranges: Option<RangeReport>,
    /// The statements of the file on which the answers rest, in file order.
    pub statements: Vec<StatementView>,
    /// What was asked of the solvers.
    pub settings: Settings,
    /// The concepts asked for by name; empty when none were.
    pub concepts: Vec<ConceptView>,
}

/// A question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Everything that the file can answer, in short.
    Analyze,
    /// Which outcomes hold.
    Stable,
    /// Why an outcome holds or does not.
    Explain,
}

/// How a question was put.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Settings {
    /// Parameters that the user fixed, with their values.
    pub fixed: Vec<(String, Exact)>,
    /// Most outcomes that the budget allowed.
    pub outcome_limit: u64,
    /// Most outcomes listed in one list.
    pub list_limit: usize,
    /// The outcomes to which lists and counts of outcomes that hold are narrowed.
    pub filter: Option<FilterView>,
}

/// A situation in brief.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Brief {
    /// Title.
    pub title: String,
    /// Summary.
    pub about: Option<String>,
    /// The parties.
    pub parties: Vec<PartyView>,
    /// The issues.
    pub issues: Vec<IssueView>,
    /// Number of combinations of values, as decimal text.
    pub combinations: String,
    /// Number of them that the constraints allow.
    pub feasible: u64,
    /// Number of constraints.
    pub constraints: usize,
    /// The status quo.
    pub status_quo: Option<OutcomeNumber>,
    /// Ids of the parties that the file says are wrong about something (`believes:`). Reports
    /// judge the true situation.
    #[serde(default)]
    pub mistaken: Vec<String>,
    /// Ids of the protocols of the file (`protocols:`), which other questions do not use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protocols: Vec<String>,
    /// Named outcomes and how many feasible outcomes each covers.
    pub named: Vec<NamedView>,
}

/// A named set of outcomes.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NamedView {
    /// Name used in the file.
    pub id: String,
    /// Name shown to readers.
    pub name: String,
    /// The condition, as text.
    pub when: String,
    /// Feasible outcomes that satisfy it.
    pub feasible: u64,
}

/// A party.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PartyView {
    /// Name used in the file.
    pub id: String,
    /// Name shown to readers.
    pub name: String,
    /// What it sets alone, jointly or by moves of its own: ids of issues.
    pub sets: Vec<String>,
    /// Its private types with their prior chances.
    pub types: Vec<TypeView>,
    /// Form of its preferences: `worth`, `priority`, `ranking` or `none`.
    pub form: String,
    /// How far it looks ahead, when the file says so: the concept's symbol.
    pub foresight: Option<String>,
}

/// A private type.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TypeView {
    /// Name used in the file.
    pub id: String,
    /// Name shown to readers.
    pub name: String,
    /// Prior chance, from and to, where the file gives one.
    pub chance: Option<(Exact, Exact)>,
    /// Remark of the analyst.
    pub about: Option<String>,
}

/// An issue.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct IssueView {
    /// Name used in the file.
    pub id: String,
    /// Name shown to readers.
    pub name: String,
    /// Ids of its values.
    pub values: Vec<String>,
    /// Names of its values shown to readers, in the same order.
    pub value_names: Vec<String>,
    /// Who sets it: ids of parties, or `nature`.
    pub set_by: Vec<String>,
    /// Whether a change needs the consent of all that set it.
    pub joint: bool,
    /// How it moves: `free`, `forward`, `backward`, `fixed` or `rules`.
    pub moves: String,
}

/// An outcome.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeView {
    /// Its number.
    pub number: OutcomeNumber,
    /// Its code: Σ value · stride with the first issue as the lowest digit.
    pub code: u64,
    /// Value of each issue, in the order of the issues: pairs of ids.
    pub values: Vec<(String, String)>,
    /// Ids of the named outcomes that cover it.
    pub named: Vec<String>,
}

/// A statement of the file on which something rests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StatementView {
    /// What kind of statement it is.
    pub kind: StatementKind,
    /// Whose preference or move it is: id of a party.
    pub party: Option<String>,
    /// The private type it belongs to, when it is not shared by all.
    pub type_id: Option<String>,
    /// The statement as text.
    pub text: String,
    /// Remark of the analyst.
    pub about: Option<String>,
    /// First byte in the file.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Line of the file, from 1.
    pub line: usize,
    /// Column of the file, from 1.
    pub column: usize,
    /// The claims behind it.
    pub claims: Vec<ClaimView>,
    /// How many of the report's verdicts rest on it.
    pub verdicts: usize,
}

/// What a statement says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatementKind {
    /// Where the situation stands.
    StatusQuo,
    /// A constraint.
    Constraint,
    /// How an issue moves and who sets it.
    Move,
    /// A term of a worth.
    Worth,
    /// A statement of a priority list.
    Priority,
    /// A level of a ranking.
    Ranking,
    /// A parameter.
    Parameter,
}

/// A claim with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClaimView {
    /// Name used in the file.
    pub id: String,
    /// The statement.
    pub says: String,
    /// Who said it.
    pub by: Option<String>,
    /// Its source: title, publisher and date in one line.
    pub source: Option<String>,
    /// Words that occur in the source.
    pub at: Option<String>,
    /// Ids of claims that contradict it.
    pub rivals: Vec<String>,
}

/// What became of a question.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "status")]
pub enum Completion {
    /// Answered.
    Complete,
    /// Left undecided, with what is known so far.
    Undecided {
        /// Why.
        #[serde(flatten)]
        reason: StopReason,
    },
}
