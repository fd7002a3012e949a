//! How games are played, as data.

use detente_base::{Exact, StopReason};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The answer of `play`: each game of a file.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PlayAnswer {
    /// Version of this format.
    pub format: u32,
    /// Title of the file.
    pub title: String,
    /// Parameters that were fixed for the question.
    pub fixed: Vec<(String, Exact)>,
    /// The games, in the order of the file.
    pub games: Vec<GameAnswer>,
    /// Why something is not known, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<StopReason>,
}

/// How one game is played.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GameAnswer {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Line of the file.
    pub line: usize,
    /// Remark of the analyst.
    pub about: Option<String>,
    /// Who plays.
    pub players: Vec<PlayerView>,
    /// How large it is.
    pub size: GameSize,
    /// Uncertain numbers, each taken at its central value.
    pub central: Vec<(String, Exact)>,
    /// What was found.
    pub equilibria: Vec<EquilibriumView>,
    /// How it was found.
    pub method: String,
    /// Whether all equilibria are listed.
    pub complete: bool,
    /// Where behaviour changes along a parameter, if that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub along: Option<AlongView>,
    /// Why nothing is known, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<StopReason>,
}

/// A player.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PlayerView {
    /// Id of the party.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its types with their chances, where they are drawn.
    pub types: Vec<(String, Exact)>,
}

/// How large a game is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GameSize {
    /// Nodes.
    pub nodes: usize,
    /// Ends.
    pub ends: usize,
    /// Information sets of players.
    pub sets: usize,
    /// Moves on the longest path.
    pub depth: usize,
}

/// How strong an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Everybody answers, everywhere, opponents who tremble a little.
    QuasiPerfect,
    /// Nobody gains anywhere by beliefs that trembles give.
    Sequential,
    /// Nobody gains by deviating alone.
    Nash,
    /// Nobody gains more than the regret stated.
    Approximate,
}

/// An equilibrium, told.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EquilibriumView {
    /// How strong it is.
    pub strength: Strength,
    /// The most that anybody could gain by deviating alone.
    pub max_regret: Exact,
    /// Priors of the search that led here.
    pub found: u32,
    /// What each player gets.
    pub payoffs: Vec<PayoffView>,
    /// What is done where, in the order of the game: sets that are reached first.
    pub sets: Vec<SetView>,
    /// Acts that a type does more often than it would if its type were known.
    pub bluffs: Vec<BluffView>,
    /// Where the game ends, most likely first.
    pub outcomes: Vec<OutcomeChance>,
    /// How likely the outcomes are that have a name in the file, in file order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub named: Vec<NamedChance>,
}

/// How likely an outcome with a name is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NamedChance {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How likely it is that the game ends in it.
    pub chance: Exact,
}

/// What a player gets.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PayoffView {
    /// Id of the party.
    pub party: String,
    /// Before types are drawn.
    pub expected: Exact,
    /// By type.
    pub by_type: Vec<(String, Exact)>,
    /// What the status quo is worth, where the file says one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_quo: Option<Exact>,
}

/// What a player does at an information set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SetView {
    /// Id of the party.
    pub party: String,
    /// Its type, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_type: Option<String>,
    /// Line of the step.
    pub line: usize,
    /// What it has learnt, in order; its own moves too.
    pub knows: Vec<Fact>,
    /// What is chosen.
    pub what: String,
    /// The choices.
    pub actions: Vec<ActionView>,
    /// How likely the game is to get here.
    pub reached: Exact,
    /// What it believes of the types of others.
    pub beliefs: Vec<BeliefView>,
}

/// Something that was done, or a type that was learnt.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Fact {
    /// An issue, a choice, or `type of PARTY`.
    pub what: String,
    /// Its value.
    pub value: String,
}

/// A choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ActionView {
    /// The value that is chosen.
    pub value: String,
    /// How likely.
    pub chance: Exact,
    /// What it is worth to the player here.
    pub worth: Exact,
}

/// What a player believes of another's type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BeliefView {
    /// Id of the other party.
    pub about: String,
    /// Its types, each with its chance.
    pub types: Vec<(String, Exact)>,
}

/// An act that a type does more often than it would if its type were known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BluffView {
    /// Id of the party.
    pub party: String,
    /// Its type.
    pub own_type: String,
    /// Position of the set in `sets`.
    pub set: usize,
    /// What is chosen.
    pub what: String,
    /// The value.
    pub value: String,
    /// How likely.
    pub chance: Exact,
    /// How likely if everybody knew its type.
    pub if_known: Exact,
}

/// How likely an end is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeChance {
    /// Values of what the game settles.
    pub values: Vec<Fact>,
    /// How likely.
    pub chance: Exact,
    /// What each player gets on average if it ends so.
    pub payoffs: Vec<Exact>,
}

/// Where behaviour changes along a parameter.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AlongView {
    /// Its name.
    pub parameter: String,
    /// From here.
    pub low: Exact,
    /// To here.
    pub high: Exact,
    /// What was looked at, ascending.
    pub points: Vec<PointView>,
    /// Where the set of acts that happen changes, ascending.
    pub thresholds: Vec<ThresholdView>,
}

/// The equilibrium at a value of a parameter.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PointView {
    /// The value.
    pub at: Exact,
    /// What each player gets.
    pub payoffs: Vec<Exact>,
    /// How likely each act is where the game may get to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chances: Vec<ActChance>,
    /// How likely each outcome is, those of chance zero left out.
    pub outcomes: Vec<(String, Exact)>,
}

/// A value of a parameter at which behaviour changes.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ThresholdView {
    /// It is not below this.
    pub low: Exact,
    /// It is not above this.
    pub high: Exact,
    /// The value itself, if it was found and an act is a matter of indifference there, or it is
    /// an end of the range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact: Option<Exact>,
    /// The equilibrium right below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<PointView>,
    /// The equilibrium right above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<PointView>,
    /// Acts that happen below and not above.
    pub ends: Vec<ActView>,
    /// Acts that happen above and not below.
    pub begins: Vec<ActView>,
}

/// Something that a player does somewhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct ActView {
    /// Id of the party.
    pub party: String,
    /// Its type, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_type: Option<String>,
    /// What it has learnt, in order.
    pub knows: Vec<Fact>,
    /// What is chosen.
    pub what: String,
    /// The value.
    pub value: String,
}

/// An act, and how likely it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ActChance {
    /// The act.
    #[serde(flatten)]
    pub act: ActView,
    /// How likely, where it can be taken.
    pub chance: Exact,
}

/// The answer of `update`: what may be concluded from what was seen.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct UpdateAnswer {
    /// Version of this format.
    pub format: u32,
    /// Title of the scenario.
    pub title: String,
    /// Parameters that were fixed.
    pub fixed: Vec<(String, Exact)>,
    /// What was seen, in order.
    pub seen: Vec<Fact>,
    /// The games, in file order.
    pub games: Vec<GameUpdate>,
    /// Why something is not known, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<StopReason>,
}

/// What may be concluded in a game.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GameUpdate {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub line: usize,
    /// Who plays.
    pub players: Vec<PlayerView>,
    /// For each equilibrium that was found.
    pub equilibria: Vec<UpdateView>,
    /// Why something is not known, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<StopReason>,
}

/// What may be concluded if an equilibrium is played.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct UpdateView {
    /// How strong the equilibrium is.
    pub strength: Strength,
    /// Searches that ended in it.
    pub found: u32,
    /// How likely what was seen is.
    pub chance: Exact,
    /// Order of the mistakes that lead to what was seen; 0 if it happens without any.
    pub mistakes: u64,
    /// From party to its types, before and after.
    pub types: Vec<(String, Vec<TypeUpdate>)>,
    /// Where the game ends after what was seen, most likely first.
    pub outcomes: Vec<OutcomeChance>,
    /// How likely the outcomes then are that have a name in the file, in file order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub named: Vec<NamedChance>,
}

/// How likely a type is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TypeUpdate {
    /// The type.
    pub own_type: String,
    /// Before anything is seen.
    pub before: Exact,
    /// After what was seen.
    pub after: Exact,
}
