//! Hypergames: each party in the situation that it believes in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Brief, CheckedCount, Completion, EquilibriumSet, OutcomeNumber, OutcomeView, StepView};
use crate::readings::NuanceView;

/// What holds and what happens when parties judge by what they believe.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct HypergameAnswer {
    /// Version of this format.
    pub format: u32,
    /// The true situation in brief.
    pub situation: Brief,
    /// What the file says about preferences besides the order; this answer does not use it.
    pub set_aside: Vec<NuanceView>,
    /// Whether the question was answered.
    pub completion: Completion,
    /// What each party that is wrong takes the situation for.
    pub beliefs: Vec<BeliefView>,
    /// One answer for each combination of the true private types.
    pub profiles: Vec<HypergameProfile>,
    /// The outcomes mentioned, ascending by number.
    pub outcomes: Vec<OutcomeView>,
}

/// Beliefs of one party.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BeliefView {
    /// Id of the party.
    pub party: String,
    /// Remark of the analyst.
    pub about: Option<String>,
    /// Line of the file, from 1.
    pub line: usize,
    /// What it believes, statement by statement.
    pub statements: Vec<BeliefStatement>,
    /// What it takes others to believe; these have no such beliefs of their own.
    pub believes: Vec<BeliefView>,
}

/// One thing that a party believes.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BeliefStatement {
    /// What it is about: id of a party or of a parameter; `null` for impossible outcomes.
    pub subject: Option<String>,
    /// What it is taken for, as text.
    pub text: String,
    /// Line of the file, from 1.
    pub line: usize,
}

/// The hypergame for one combination of the true types.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct HypergameProfile {
    /// Party and true type, for the parties that have types.
    pub types: Vec<(String, String)>,
    /// The game that each party believes to be in.
    pub views: Vec<PerceivedGame>,
    /// What holds in the hypergame and in the true situation, by concept.
    pub concepts: Vec<HypergameConcept>,
    /// What happens from the status quo; absent without one.
    pub play: Option<CourseView>,
}

/// The game that a party believes to be in.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PerceivedGame {
    /// Id of the party.
    pub party: String,
    /// Whether it differs from the true situation.
    pub mistaken: bool,
    /// Which outcomes hold in it, by concept: what the party expects to hold.
    pub equilibria: Vec<EquilibriumSet>,
    /// The games that it takes others to believe to be in, where its beliefs say so.
    pub others: Vec<OthersGame>,
    /// For each concept, how many outcomes the party would not leave in its own view.
    pub stable: Vec<u64>,
    /// How the party judges the status quo: concepts under which it would stay.
    pub status_quo: Option<Vec<String>>,
}

/// The game that a party takes another one to believe to be in.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OthersGame {
    /// Id of the other party.
    pub party: String,
    /// Which outcomes hold in it, by concept.
    pub equilibria: Vec<EquilibriumSet>,
}

/// What holds when each party judges in its own view.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct HypergameConcept {
    /// The concept's symbol.
    pub concept: String,
    /// Outcomes that each party would not leave in its own view.
    pub holds: EquilibriumSet,
    /// Outcomes that hold in the true situation.
    pub true_count: u64,
    /// Outcomes that hold in the hypergame only: stable by mistake.
    pub by_mistake: EquilibriumSet,
    /// Outcomes that hold in the true situation only: misperception destroys them.
    pub destroyed: EquilibriumSet,
}

/// What happens from the status quo: each party that would leave in its own view makes the
/// best move that it believes not to be deterred, in every order of movers.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CourseView {
    /// The status quo.
    pub from: OutcomeNumber,
    /// Foresight of each party.
    pub foresight: Vec<(String, String)>,
    /// Outcomes that are passed or reached, the status quo included.
    pub met: u64,
    /// Outcomes at which nobody moves any more; cut at the list limit.
    pub ends: Vec<EndView>,
    /// Number of ends before the cut.
    pub end_count: u64,
    /// Whether the movers can go round in a circle.
    pub circles: bool,
    /// Where play ends if nobody is mistaken.
    pub ends_without_mistakes: Vec<OutcomeNumber>,
    /// Whether the movers can go round in a circle if nobody is mistaken.
    pub circles_without_mistakes: bool,
    /// Moves whose reply, or whose maker, somebody was wrong about; cut at the list limit.
    pub surprises: Vec<SurpriseView>,
    /// Number of surprises before the cut.
    pub surprise_count: u64,
    /// Counts of the independent checker: that each party stays at each end, in its view.
    pub checked: CheckedCount,
}

/// An outcome at which nobody moves any more.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EndView {
    /// The outcome.
    pub outcome: OutcomeNumber,
    /// A shortest series of moves that leads there.
    pub steps: Vec<StepView>,
    /// Concepts under which it holds in the true situation.
    pub holds_in_truth: Vec<String>,
}

/// A move that somebody does not expect.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SurpriseView {
    /// The outcome from which the move is made.
    pub from: OutcomeNumber,
    /// The move.
    pub step: StepView,
    /// Parties that moved to `from` and in whose view the mover would not like this reply:
    /// they took it for not credible.
    pub movers: Vec<String>,
    /// All parties in whose view the mover does not like the move or cannot make it.
    pub surprised: Vec<String>,
    /// Whether the move fails: those whose consent it takes refuse it.
    pub refused: bool,
}
