//! Concepts that were asked for by name, and why they hold where their reasons are not
//! those of the five usual ones.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{OutcomeNumber, PreferenceView, StepView};

/// A concept that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConceptView {
    /// Its symbol, such as `SEQ`, `SIM`, `L3`, `NM` or `ST:usa`.
    pub symbol: String,
    /// Its name.
    pub name: String,
    /// Why it is not defined for this situation; absent when it is.
    pub not_defined: Option<NotDefined>,
}

/// Why a concept is not defined for a situation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "because")]
pub enum NotDefined {
    /// An issue is set jointly: a change by consent cannot be added to another change.
    JointIssue {
        /// Id of the first such issue.
        issue: String,
        /// Line of the file that declares it, from 1.
        line: usize,
    },
    /// An issue is moved by several parties: two moves of it cannot be added.
    SeveralMovers {
        /// Id of the first such issue.
        issue: String,
        /// Line of the file that declares it, from 1.
        line: usize,
    },
    /// The concept is defined for two parties.
    PartyCount {
        /// Number of parties.
        parties: usize,
    },
}

/// What is to be said of one concept in one combination of types, beside its outcomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FurtherRemark {
    /// The concept's symbol.
    pub concept: String,
    /// When the anticipations repeat; for `NM`.
    pub cycle: Option<CycleView>,
    /// Outcomes whose verdict turns on what is chosen where moves promise equally much,
    /// ascending.
    pub turns_on_ties: Vec<OutcomeNumber>,
    /// Outcomes of which it is not established whether their verdict does, ascending.
    pub ties_not_established: Vec<OutcomeNumber>,
}

/// When anticipations repeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CycleView {
    /// The first horizon whose anticipations come again.
    pub from: u32,
    /// Number of moves after which they do.
    pub period: u32,
}

/// An outcome under one of the further concepts.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FurtherAnalysis {
    /// The concept's symbol.
    pub concept: String,
    /// Whether every party stays.
    pub holds: bool,
    /// Whether that turns on ties.
    pub ties: TieView,
    /// When the anticipations repeat; for `NM`.
    pub cycle: Option<CycleView>,
    /// Each party's verdict.
    pub parties: Vec<FurtherVerdict>,
}

/// Whether a verdict turns on what is chosen where several moves promise equally much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TieView {
    /// It is the same whatever is chosen.
    Same,
    /// Two ways to choose give different verdicts.
    Varies,
    /// Neither was shown.
    NotEstablished,
}

/// One party's verdict under one of the further concepts.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FurtherVerdict {
    /// The party's id.
    pub party: String,
    /// The verdict.
    pub stable: bool,
    /// Whether the independent checker confirmed verdict and evidence.
    pub verified: bool,
    /// Whether it turns on ties.
    pub ties: TieView,
    /// Why.
    pub evidence: FurtherEvidence,
}

/// Why a verdict under one of the further concepts holds.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum FurtherEvidence {
    /// The party has no improvement.
    NoImprovement,
    /// Others' improvements at the same moment make every improvement pointless.
    MetByOthers {
        /// One for each improvement, ascending.
        sanctions: Vec<JointSanctionView>,
    },
    /// An improvement pays whatever others do at the same moment.
    LeavesDespite {
        /// What the party changes.
        step: StepView,
        /// Why it prefers the result.
        better: PreferenceView,
        /// Combinations with improvements of others that are feasible.
        combinations: u64,
        /// Combinations that are not; they deter nobody.
        infeasible: u64,
        /// The feasible one that hurts most; absent when there is none.
        worst: Option<Box<JointReplyView>>,
    },
    /// The party is stable under `SEQ`, and need not be under `SIM`.
    SequentiallyStable,
    /// The party has no move, or looks no move ahead.
    NoMove,
    /// The party's best move ends no better.
    Stays {
        /// What it expects, by number of moves ahead.
        plays: Vec<PlayView>,
    },
    /// The party's best move ends better.
    Leaves {
        /// What it expects.
        play: Box<PlayView>,
    },
}

/// An improvement, and the others' improvements at the same moment that deter from it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct JointSanctionView {
    /// The improvement.
    pub step: StepView,
    /// Why the party would prefer it.
    pub better: PreferenceView,
    /// What the others do at the same moment.
    pub reply: JointReplyView,
}

/// Improvements of others made at the same moment.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct JointReplyView {
    /// What each changes, as if it were alone.
    pub changes: Vec<StepView>,
    /// Where all changes together lead.
    pub result: OutcomeNumber,
    /// The result against the outcome that the party left, for that party.
    pub compared: PreferenceView,
}

/// What a party expects to follow its best move.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PlayView {
    /// Number of moves ahead that it looks.
    pub horizon: u32,
    /// The moves, the first by the party itself.
    pub steps: Vec<StepView>,
    /// Whether more moves follow than are told.
    pub cut: bool,
    /// Where the play ends.
    pub result: OutcomeNumber,
    /// The end against the outcome that the party would leave, for that party.
    pub compared: PreferenceView,
}
