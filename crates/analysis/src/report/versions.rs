//! Two versions of a situation, answer by answer.

pub use detente_scenario::versions::{Bearing, Change, ChangeKind, Part, PartPlace, Said};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Brief, Completion, OutcomeNumber};
use crate::readings::NuanceView;

/// What changed between two versions, in the file and in the answers, and which change
/// caused what.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CompareAnswer {
    /// Version of this format.
    pub format: u32,
    /// The first version.
    pub before: VersionView,
    /// The second version.
    pub after: VersionView,
    /// Whether both files hold the same bytes.
    pub identical: bool,
    /// Whether the question was answered.
    pub completion: Completion,
    /// What changed in the file. Elsewhere a change is its position here, from 1.
    pub changes: Vec<Change>,
    /// How outcomes of the two versions are matched.
    pub shared: SharedView,
    /// The answers side by side, for each combination of types that both versions have, and
    /// for all combinations together where they have different ones.
    pub combinations: Vec<CombinationComparison>,
    /// Which changes bring about which differences of the answers.
    pub causes: Vec<Cause>,
    /// How the causes were looked for.
    pub search: SearchView,
}

/// Position of a change in [`CompareAnswer::changes`], from 1.
pub type ChangeNumber = usize;

/// One version.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct VersionView {
    /// Name of the file.
    pub file: String,
    /// The situation in brief.
    pub situation: Brief,
    /// What the file says about preferences besides the order; this answer does not use it.
    pub set_aside: Vec<NuanceView>,
}

/// Which outcomes the versions share.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SharedView {
    /// Ids of the issues that both have.
    pub issues: Vec<String>,
    /// Whether both have the same issues, so that an outcome of one is one of the other.
    /// Else what is compared are combinations of the values of the shared issues, each
    /// standing for all outcomes with these values.
    pub same_issues: bool,
    /// Outcomes (or combinations) that both have.
    pub both: u64,
    /// Those that only the first has.
    pub only_before: u64,
    /// Those that only the second has.
    pub only_after: u64,
}

/// An outcome that both versions have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SharedOutcome {
    /// Its number in the first version; `null` where it stands for several.
    pub before: Option<OutcomeNumber>,
    /// Its number in the second version; `null` where it stands for several.
    pub after: Option<OutcomeNumber>,
    /// Values of the shared issues: pairs of ids.
    pub values: Vec<(String, String)>,
    /// Ids of the named outcomes that cover it in the second version, or else the first.
    pub named: Vec<String>,
}

/// The answers for one combination of types.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CombinationComparison {
    /// Party and type; `null` for what holds in every combination.
    pub types: Option<Vec<(String, String)>>,
    /// Numbers by concept.
    pub concepts: Vec<ConceptComparison>,
    /// Shared outcomes of which some verdict changed; cut at the list limit.
    pub outcomes: Vec<OutcomeComparison>,
    /// Number of them before the cut.
    pub outcome_count: u64,
    /// The status quo.
    pub status_quo: StatusQuoComparison,
    /// Named outcomes that both versions have.
    pub named: Vec<NamedComparison>,
}

/// How many outcomes hold under one concept.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConceptComparison {
    /// The concept's symbol, or `given` for the foresight that the files give.
    pub concept: String,
    /// Outcomes of the first version that hold.
    pub before: u64,
    /// Outcomes of the second version that hold.
    pub after: u64,
    /// Shared outcomes that hold in the second version only.
    pub newly: u64,
    /// Shared outcomes that hold in the first version only.
    pub no_longer: u64,
}

/// One shared outcome in both versions.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeComparison {
    /// The outcome.
    pub outcome: SharedOutcome,
    /// Concepts under which it held.
    pub before: Vec<String>,
    /// Concepts under which it holds.
    pub after: Vec<String>,
    /// Whether moves that each mover likes led to it from the status quo; `null` without one.
    pub reached_before: Option<bool>,
    /// Whether they lead to it now.
    pub reached_after: Option<bool>,
}

/// The status quo in both versions.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StatusQuoComparison {
    /// In the first version, where it has one.
    pub before: Option<StatusQuoSide>,
    /// In the second version, where it has one.
    pub after: Option<StatusQuoSide>,
}

/// The status quo of one version.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StatusQuoSide {
    /// Its number.
    pub outcome: OutcomeNumber,
    /// Concepts under which it holds.
    pub holds_under: Vec<String>,
    /// Outcomes that legal sequences of moves lead to, itself included.
    pub reachable_by_moves: u64,
    /// Outcomes that legal sequences of improvements lead to, itself included.
    pub reachable_by_improvements: u64,
}

/// A named outcome in both versions.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NamedComparison {
    /// Its id.
    pub id: String,
    /// Concepts under which some outcome that it covers held.
    pub before: Vec<String>,
    /// Concepts under which some outcome that it covers holds.
    pub after: Vec<String>,
    /// Whether moves that each mover likes led to some outcome that it covers.
    pub reached_before: Option<bool>,
    /// Whether they lead to one now.
    pub reached_after: Option<bool>,
}

/// Changes that bring something about.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Cause {
    /// Sets of changes each of which, made alone in the first version, brings it about.
    pub sets: Vec<Vec<ChangeNumber>>,
    /// Number of such sets before the list was cut.
    pub set_count: u64,
    /// What is known of the sets.
    pub certainty: Certainty,
    /// Changes without which, all others made, the first version's answer stays.
    pub needed: Vec<ChangeNumber>,
    /// Changes of these sets without which all others together bring it about as well.
    pub not_needed: Vec<ChangeNumber>,
    /// What they bring about; cut at the list limit.
    pub effects: Vec<Effect>,
    /// Number of effects before the cut.
    pub effect_count: u64,
}

/// What is known of sets of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// All smaller sets were tried and none does it; all of this size are here.
    Smallest,
    /// No change of it can be left out, but there may be other and smaller sets.
    Minimal,
    /// It does it, but more could be left out: the search ended before.
    Sufficient,
}

/// A difference between the answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Effect {
    /// Position in [`CompareAnswer::combinations`].
    pub combination: usize,
    /// What it is about.
    pub subject: EffectSubject,
    /// Concepts under which it holds newly.
    pub newly: Vec<String>,
    /// Concepts under which it holds no longer.
    pub no_longer: Vec<String>,
    /// Whether moves that each mover likes now lead to it, where that changed.
    pub reached: Option<bool>,
}

/// What a difference is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "about")]
pub enum EffectSubject {
    /// An outcome.
    Outcome {
        /// The outcome.
        outcome: SharedOutcome,
    },
    /// The status quo, whatever it is.
    StatusQuo,
    /// Some outcome that a named outcome covers.
    Named {
        /// Its id.
        id: String,
    },
}

/// How causes were looked for.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct SearchView {
    /// Changes that can bear on answers.
    pub changes: usize,
    /// Sets of changes that were tried.
    pub tried: u64,
    /// Those of them that make no situation, such as a wish about an issue that is not
    /// there; they count as bringing nothing about.
    pub without_meaning: u64,
    /// All sets up to this size were tried, if it was necessary.
    pub all_up_to: usize,
    /// Most sets that are tried.
    pub limit: u64,
}
