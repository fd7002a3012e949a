//! Equilibria of game files, as data.

use std::borrow::Cow;
use std::collections::BTreeMap;

use detente_base::{Exact, StopReason};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A mapping that keeps its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named<T>(pub Vec<(String, T)>);

impl<T> Named<T> {
    /// What has a name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }
}

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(BTreeMap::<String, T>::deserialize(deserializer)?.into_iter().collect()))
    }
}

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Named_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        BTreeMap::<String, T>::json_schema(generator)
    }
}

/// From player to information set, or number of the strategy, to action to probability.
///
/// Information sets have their number in the file. Names that are empty or not unique get
/// their position, such as `#2`, or have it put behind them.
pub type Strategies<T> = Named<Named<Named<T>>>;

/// The answer of `solve` for a game.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GameSolution {
    /// Version of this format.
    pub format: u32,
    /// Title of the game.
    pub title: String,
    /// The players, in order.
    pub players: Vec<String>,
    /// What kind of game it is.
    pub kind: GameKind,
    /// How large the game is, in words.
    pub size: String,
    /// What was found.
    pub equilibria: Vec<GameEquilibrium>,
    /// Whether all equilibria are listed, or all extreme ones.
    pub complete: bool,
    /// Of backward induction: how many subgame-perfect equilibria in pure strategies there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<String>,
    /// Where all extreme equilibria are listed: which of them hang together, by position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub components: Option<Vec<Vec<usize>>>,
    /// How they were found.
    pub method: String,
    /// Whether every equilibrium was checked against the game alone.
    pub verified: bool,
    /// Iterations, of a method that has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iterations: Option<u64>,
    /// Mean of what the players could gain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exploitability: Option<f64>,
    /// Seconds that it took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    /// Why something is not known, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<StopReason>,
}

/// What kind of game a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GameKind {
    /// An extensive game.
    Tree,
    /// A strategic game.
    Table,
}

/// How strong an equilibrium is known to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Refinement {
    /// Everybody answers, everywhere, opponents who tremble a little.
    QuasiPerfect,
    /// Nobody gains anywhere, by beliefs that trembles give.
    Sequential,
    /// Best replies in every subgame.
    SubgamePerfect,
    /// Nobody gains by deviating alone.
    Nash,
    /// Nobody gains more than the regret that is stated.
    Approximate,
}

/// An equilibrium.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GameEquilibrium {
    /// Probabilities.
    pub strategies: Strategies<f64>,
    /// What each player gets.
    pub payoffs: Vec<f64>,
    /// The most that anybody could gain by deviating alone.
    pub max_regret: f64,
    /// How strong it is known to be.
    pub refinement: Refinement,
    /// The same numbers exactly, where they are known.
    pub exact: Option<ExactEquilibrium>,
}

/// An equilibrium in exact numbers.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ExactEquilibrium {
    /// Probabilities.
    pub strategies: Strategies<Exact>,
    /// What each player gets.
    pub payoffs: Vec<Exact>,
    /// The most that anybody could gain by deviating alone.
    pub max_regret: Exact,
    /// For trees: how unlikely an action is that is not played, as the order of a tremble.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tremble_orders: Option<Strategies<u32>>,
    /// For trees with beliefs: from player to information set to what each of its nodes is
    /// believed with, in the order of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beliefs: Option<Named<Named<Vec<Exact>>>>,
}
