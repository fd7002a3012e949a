//! What parties would do together.

use detente_base::{Exact, StopReason};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Brief, CheckedCount, Completion, EquilibriumSet, LargeCoalitions, OutcomeNumber, OutcomeView, PreferenceView,
    Settings, StatementView, StepView,
};
use crate::readings::NuanceView;

/// Which outcomes coalitions would leave, and how.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CoalitionsAnswer {
    /// Version of this format.
    pub format: u32,
    /// The situation in brief.
    pub situation: Brief,
    /// What the file says about preferences besides the order; this answer does not use it.
    pub set_aside: Vec<NuanceView>,
    /// When a joint improvement counts.
    pub reading: ReadingView,
    /// The outcomes that were asked for, as text; all that are broken unless given.
    pub outcome: Option<String>,
    /// Every outcome that the answer mentions, ascending by number.
    pub outcomes: Vec<OutcomeView>,
    /// One answer for each combination of private types, in file order.
    pub profiles: Vec<CoalitionsProfile>,
    /// Instead of these, where the outcomes are too many to list: counts and single outcomes
    /// for each combination of types.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub large: Vec<LargeCoalitions>,
    /// Combinations that were not analysed because there are too many.
    pub combinations_left_out: u64,
    /// The statements of the file on which the answers rest, in file order.
    pub statements: Vec<StatementView>,
    /// What was asked of the solvers.
    pub settings: Settings,
}

/// When a joint improvement counts for a coalition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReadingView {
    /// Every member likes the result strictly better.
    Strict,
    /// No member likes the result less, and one likes it strictly better.
    Pareto,
}

/// The answer for one combination of private types.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CoalitionsProfile {
    /// Party and type, for the parties that have types.
    pub types: Vec<(String, String)>,
    /// Prior chance of the combination, from and to.
    pub chance: Option<(Exact, Exact)>,
    /// Whether the question was answered.
    pub completion: Completion,
    /// All coalitions up to this number of members were looked at.
    pub largest: usize,
    /// Number of coalitions of any size, as decimal text.
    pub coalition_count: String,
    /// What holds for each party alone, and for every coalition, by concept.
    pub sets: Vec<CoalitionSets>,
    /// Each coalition with the outcomes that it would not leave; smaller ones first, cut at
    /// the list limit.
    pub coalitions: Vec<CoalitionView>,
    /// The blocks that were asked for, each as one decision maker.
    pub merged: Option<MergedView>,
    /// Outcomes that hold for each party alone and that a coalition would leave, or the
    /// outcomes that were asked for; cut at the list limit.
    pub broken: Vec<BrokenOutcome>,
    /// Number of such outcomes.
    pub broken_count: u64,
    /// Counts of the independent checker.
    pub checked: CheckedCount,
}

/// What coalitions make of the outcomes of a report that hold for each party alone.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TogetherView {
    /// Number of coalitions of any size, as decimal text.
    pub coalition_count: String,
    /// Why they were not looked at; the lists are then empty.
    pub stopped: Option<StopReason>,
    /// Outcomes that no coalition would leave, under any of R, SEQ, SMR and GMR under which
    /// they hold for each party alone.
    pub kept: Vec<OutcomeNumber>,
    /// Outcomes that a coalition would leave, each with the smallest one.
    pub broken: Vec<BrokenOutcome>,
}

/// What holds under one concept, for parties alone and together.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CoalitionSets {
    /// Outcomes that hold for each party alone: R, SEQ, SMR or GMR.
    pub alone: EquilibriumSet,
    /// Outcomes that no coalition that was looked at would leave: `CNash`, CSEQ, CSMR or
    /// CGMR; absent when none was looked at under this concept.
    pub together: Option<EquilibriumSet>,
    /// Whether every coalition was looked at.
    pub complete: bool,
    /// Why not, where it was not for want of asking.
    pub stopped: Option<StopReason>,
    /// Outcomes that hold alone and not together.
    pub broken: u64,
}

/// A coalition and the outcomes that it would not leave.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CoalitionView {
    /// Ids of its members.
    pub members: Vec<String>,
    /// By concept, `CNash` first; a concept without a verdict is left out.
    pub stays: Vec<EquilibriumSet>,
}

/// Groups of parties that are one decision maker each.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MergedView {
    /// Whether it was answered.
    pub completion: Completion,
    /// Members of each decision maker.
    pub blocks: Vec<Vec<String>>,
    /// Outcomes that hold: R, SEQ, SMR and GMR.
    pub sets: Vec<EquilibriumSet>,
}

/// An outcome and the coalitions that would leave it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BrokenOutcome {
    /// The outcome.
    pub outcome: OutcomeNumber,
    /// Symbols of the concepts under which it holds for each party alone.
    pub alone: Vec<String>,
    /// Symbols of the concepts under which no coalition that was looked at leaves it.
    pub together: Vec<String>,
    /// The concept under which the coalitions below leave it.
    pub concept: String,
    /// Coalitions that leave it and have no part that does, smaller ones first; cut.
    pub breaks: Vec<BreakView>,
    /// Members of all coalitions that leave it, smaller ones first.
    pub by: Vec<Vec<String>>,
}

/// How a coalition leaves an outcome.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BreakView {
    /// Ids of its members.
    pub members: Vec<String>,
    /// Where it goes.
    pub to: OutcomeNumber,
    /// The most cautious concept under which it was found to leave for this outcome: the
    /// replies that this concept counts do not stop it.
    pub under: String,
    /// A legal sequence of its members that leads there, with as few steps as any.
    pub steps: Vec<StepView>,
    /// Why each member prefers the result.
    pub gains: Vec<PreferenceView>,
    /// Whether the independent checker confirmed it.
    pub verified: bool,
    /// What it would do under the other concepts, where this was looked at.
    pub foresight: Vec<BreakVerdict>,
}

/// What a coalition does at an outcome under one concept.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BreakVerdict {
    /// The concept's symbol.
    pub concept: String,
    /// Whether it stays.
    pub stays: bool,
    /// If it stays: the reply of the others to this improvement.
    pub reply: Option<CoalitionReplyView>,
    /// Whether the independent checker confirmed verdict and evidence.
    pub verified: bool,
}

/// A reply of the others to a joint improvement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CoalitionReplyView {
    /// One after the other.
    pub moves: Vec<GroupMoveView>,
    /// Where it ends.
    pub result: OutcomeNumber,
    /// The result against the outcome, for the members who like it no better.
    pub compared: Vec<PreferenceView>,
}

/// A legal sequence of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GroupMoveView {
    /// Ids of its members.
    pub members: Vec<String>,
    /// The steps.
    pub steps: Vec<StepView>,
    /// Why each member likes the result, for concepts that ask so; empty otherwise.
    pub gains: Vec<PreferenceView>,
}
