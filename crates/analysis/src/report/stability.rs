//! Which outcomes hold, how they are reached, and why.

use detente_base::Exact;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Completion, FurtherAnalysis, OutcomeNumber, StatementIndex, TogetherView};

/// The answer for one combination of private types.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ProfileReport {
    /// Party and type, for the parties that have types.
    pub types: Vec<(String, String)>,
    /// Prior chance of the combination, from and to, where the file gives the chances
    /// of all its types; types of different parties are taken to be independent.
    pub chance: Option<(Exact, Exact)>,
    /// Whether the question was answered.
    pub completion: Completion,
    /// Outcomes that hold for everybody, by foresight, shortest first.
    pub equilibria: Vec<EquilibriumSet>,
    /// Outcomes that hold when each party has the foresight that the file gives it.
    pub mixture: Option<MixtureSet>,
    /// The outcomes that hold under some foresight: first those that are reached from the
    /// status quo by moves that each mover likes, then by the shortest foresight under
    /// which they hold, then by the number of steps.
    pub rows: Vec<EquilibriumRow>,
    /// Number of such outcomes; more than `rows` when the list was cut.
    pub row_count: u64,
    /// Issues that have the same value in every listed outcome that holds under the
    /// shortest foresight at which any does: pairs of ids.
    pub common: Vec<(String, String)>,
    /// For each named outcome, how many of the outcomes that it covers hold.
    pub named: Vec<NamedHolding>,
    /// What can happen from the status quo.
    pub status_quo: Option<StatusQuoView>,
    /// Outcomes looked at closely.
    pub close: Vec<OutcomeAnalysis>,
    /// What coalitions make of those of them that hold; absent where this was not asked or
    /// there is nothing to ask.
    pub together: Option<TogetherView>,
    /// Counts of the independent checker.
    pub checked: CheckedCount,
}

/// How a named outcome fares in one combination of types.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NamedHolding {
    /// Its id.
    pub id: String,
    /// For each concept, in the order of the equilibrium sets: how many of its outcomes
    /// hold.
    pub holding: Vec<u64>,
    /// For each concept: how many of these are reached from the status quo by moves that
    /// each mover likes.
    pub reached: Vec<u64>,
    /// The one of them that holds under SEQ and is reached in the fewest such moves.
    pub nearest: Option<OutcomeNumber>,
}

/// How many verdicts the independent checker confirmed. Every verdict that the report
/// shows with its evidence is checked; a failure would be a fault of the program and
/// ends it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CheckedCount {
    /// Verdicts confirmed.
    pub confirmed: u64,
    /// Verdicts of the report that were not checked, for want of budget.
    pub unchecked: u64,
}

/// The outcomes that hold under one foresight.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EquilibriumSet {
    /// The concept's symbol: `R`, `SSEQ`, `SEQ`, `SMR` or `GMR`.
    pub concept: String,
    /// Number of outcomes.
    pub count: u64,
    /// Their numbers, ascending; cut at the list limit.
    pub outcomes: Vec<OutcomeNumber>,
    /// Whether the list was cut.
    pub truncated: bool,
}

/// The outcomes that hold when parties differ in foresight.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MixtureSet {
    /// Party and concept symbol, for every party.
    pub foresight: Vec<(String, String)>,
    /// Number of outcomes.
    pub count: u64,
    /// Their numbers, ascending; cut at the list limit.
    pub outcomes: Vec<OutcomeNumber>,
    /// Whether the list was cut.
    pub truncated: bool,
}

/// An outcome that holds under some foresight.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EquilibriumRow {
    /// The outcome.
    pub outcome: OutcomeNumber,
    /// Symbols of the concepts under which it holds for everybody.
    pub concepts: Vec<String>,
    /// Whether it holds when each party has the foresight that the file gives it.
    pub in_mixture: bool,
    /// Moves from the status quo, each an improvement for who makes it; `None` when
    /// it cannot be reached so.
    pub steps_by_improvements: Option<u32>,
    /// Moves from the status quo; `None` when it cannot be reached.
    pub steps_by_moves: Option<u32>,
    /// For each party, in order: 1 + the number of feasible outcomes that it likes better.
    pub places: Vec<u64>,
}

/// What can happen from the status quo.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StatusQuoView {
    /// The status quo.
    pub outcome: OutcomeNumber,
    /// Outcomes that legal sequences of moves can reach, itself included.
    pub reachable_by_moves: u64,
    /// Outcomes that legal sequences of improvements can reach, itself included.
    pub reachable_by_improvements: u64,
    /// Symbols of the concepts under which the status quo itself holds.
    pub holds_under: Vec<String>,
    /// A shortest legal path to each listed outcome that holds.
    pub paths: Vec<PathView>,
}

/// A path of moves.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PathView {
    /// Where it leads.
    pub to: OutcomeNumber,
    /// Whether every step is an improvement for who makes it.
    pub improving: bool,
    /// The steps; empty when it leads nowhere else.
    pub steps: Vec<StepView>,
}

/// One move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StepView {
    /// Who moves: id of a party.
    pub party: String,
    /// The outcome it leads to.
    pub to: OutcomeNumber,
    /// What changes: issue, value before, value after.
    pub changes: Vec<(String, String, String)>,
}

/// An outcome looked at closely.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeAnalysis {
    /// The outcome.
    pub outcome: OutcomeNumber,
    /// Why it is of interest.
    pub because: Interest,
    /// Symbols of the concepts under which it holds for everybody.
    pub holds_under: Vec<String>,
    /// For each party, what keeps it there or draws it away.
    pub parties: Vec<PartyAnalysis>,
    /// The same under each of the further concepts asked for by name.
    pub further: Vec<FurtherAnalysis>,
}

/// Why an outcome is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "interest")]
pub enum Interest {
    /// It is the status quo.
    StatusQuo,
    /// It holds, and is among the best supported.
    Holds,
    /// It stands for a named outcome.
    Named {
        /// Id of the named outcome.
        id: String,
        /// How many of the outcomes that it covers hold under some foresight.
        members: u64,
    },
    /// The user asked.
    Asked,
}

/// One party at one outcome.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PartyAnalysis {
    /// The party's id.
    pub party: String,
    /// Improvements it has.
    pub improvements: u64,
    /// The verdict under each concept, in the order of the equilibrium sets.
    pub verdicts: Vec<VerdictView>,
}

/// Whether an outcome is stable for one party under one concept, and why.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct VerdictView {
    /// The concept's symbol.
    pub concept: String,
    /// The verdict.
    pub stable: bool,
    /// Whether the independent checker confirmed verdict and evidence.
    pub verified: bool,
    /// Why.
    pub evidence: EvidenceView,
}

/// Why a verdict holds.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum EvidenceView {
    /// The party has no improvement.
    NoImprovement,
    /// Every improvement is answered.
    Deterred {
        /// One for each improvement, ascending.
        sanctions: Vec<SanctionView>,
    },
    /// The party leaves.
    Leaves {
        /// What it changes.
        step: StepView,
        /// Why it prefers the result.
        better: PreferenceView,
        /// Outcomes to which the others can lead from there.
        replies: u64,
        /// The reply that hurts most, and does not hurt enough; absent when the
        /// concept expects no reply or the others have none.
        worst_reply: Option<Box<ReplyView>>,
    },
}

/// An improvement and what makes it pointless.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SanctionView {
    /// The improvement.
    pub step: StepView,
    /// Why the party would prefer it.
    pub better: PreferenceView,
    /// The reply.
    pub reply: ReplyView,
}

/// A reply of the others.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReplyView {
    /// The steps.
    pub steps: Vec<StepView>,
    /// Why each step is an improvement for who makes it, for concepts that ask so;
    /// empty otherwise.
    pub reasons: Vec<PreferenceView>,
    /// Where it ends.
    pub result: OutcomeNumber,
    /// The result against the outcome that the party left, for that party.
    pub compared: PreferenceView,
    /// The best that the party can make of the result, for concepts that ask.
    pub escape: Option<PreferenceView>,
}

/// A comparison of two outcomes by one party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PreferenceView {
    /// The party's id.
    pub party: String,
    /// An outcome.
    pub outcome: OutcomeNumber,
    /// The outcome it is compared with.
    pub with: OutcomeNumber,
    /// How `outcome` compares.
    pub relation: Relation,
    /// What decides it.
    pub reasons: Vec<ReasonView>,
    /// For a worth: by how much, at the central values.
    pub difference: Option<Exact>,
}

/// How an outcome compares with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Better.
    Better,
    /// Equally good.
    Equal,
    /// Worse.
    Worse,
}

/// A statement that decides a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReasonView {
    /// The statement.
    pub statement: StatementIndex,
    /// For a worth: what it adds to the first outcome minus what it adds to the second.
    pub difference: Option<Exact>,
    /// For a priority: whether the first outcome is the one that satisfies it.
    pub holds_in_first: Option<bool>,
}

/// How the answers of combinations of types differ.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Differences {
    /// For each named outcome: under which foresight it can hold in each combination.
    pub named: Vec<NamedDifference>,
    /// For each listed outcome that does not hold alike in all: where it does.
    pub outcomes: Vec<OutcomeDifference>,
    /// Concepts whose set of outcomes is the same in all combinations.
    pub same: Vec<String>,
}

/// A named outcome across combinations of types.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NamedDifference {
    /// Its id.
    pub id: String,
    /// For each combination: symbols of the concepts under which some outcome that it
    /// covers holds.
    pub concepts: Vec<Vec<String>>,
    /// For each combination: symbols of the concepts under which such an outcome is
    /// also reached from the status quo by improvements.
    pub reached: Vec<Vec<String>>,
    /// Prior chance, from and to, of the combinations in which one of its outcomes holds
    /// under sequential foresight (SEQ), where the file gives chances.
    pub chance: Option<(Exact, Exact)>,
    /// The same of the combinations in which such an outcome is also reached from the
    /// status quo by moves that each mover likes.
    pub chance_reached: Option<(Exact, Exact)>,
}

/// An outcome across combinations of types.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeDifference {
    /// The outcome.
    pub outcome: OutcomeNumber,
    /// For each combination: symbols of the concepts under which it holds.
    pub concepts: Vec<Vec<String>>,
}
