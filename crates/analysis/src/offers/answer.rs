//! How negotiations by strategies went, as data.

use detente_base::StopReason;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::negotiation::{Count, Status};

/// How a negotiation went.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OffersAnswer {
    /// Version of this format.
    pub format: u32,
    /// `undecided` if the budget ended something; see `stopped` and `frontier_stopped`.
    pub status: Status,
    /// Why there is no course, where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<StopReason>,
    /// Why it is not known where the agreement lies, where it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frontier_stopped: Option<StopReason>,
    /// The rules.
    pub protocol: Protocol,
    /// Most rounds.
    pub rounds: u32,
    /// Where random numbers start.
    pub seed: u64,
    /// The parties, in the order of the profiles.
    pub parties: Vec<Seat>,
    /// The party with the first turn; with alternating offers only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// Names of the issues, in the order of the domain.
    pub issues: Vec<String>,
    /// Number of packages.
    pub outcomes: Count,
    /// How packages were found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<Search>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ending: Option<EndingView>,
    /// What was agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Agreement>,
    /// What each party has at the end, times its discount to the power of the time.
    pub payoffs: Vec<f64>,
    /// Worths of the points that the Nash solution chooses.
    pub nash: Vec<Vec<f64>>,
    /// What parties with a model think of others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub models: Vec<ModelView>,
    /// Every turn, with alternating offers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<TurnView>,
    /// Where a single text started, if somewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Offered>,
    /// Every draft of a single text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drafts: Vec<DraftView>,
}

/// The rules of a negotiation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// Parties in turn accept, offer or end.
    Alternating,
    /// A mediator changes one issue of a single text at a time.
    HillClimbing,
    /// A mediator lets parties vote on whole texts.
    Vote,
}

/// A party at the table.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Seat {
    /// Its name.
    pub name: String,
    /// Its strategy; none with a single text, where parties say what they think.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strategy: Option<String>,
    /// What it has without an agreement.
    pub reservation: f64,
    /// The factor by which its worth falls over the whole time, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<f64>,
}

/// How packages of a given worth were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Search {
    /// Among which packages.
    pub cover: SearchCover,
    /// Whether worths were rounded, values down and reservations up.
    pub rounded: bool,
}

/// Among which packages a search looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SearchCover {
    /// All, listed.
    Listed,
    /// All, by the sums of two halves of the issues.
    Halved,
    /// Some: a nearer package can be missed.
    Thinned,
}

/// How a negotiation ended.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EndingView {
    /// In what.
    pub kind: EndingKind,
    /// The party that made the accepted offer, or that ended the negotiation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// In which round, from 1.
    pub round: u32,
    /// At which time, from 0 to 1.
    pub time: f64,
    /// Number of offers or drafts.
    pub offers: u64,
    /// Number of drafts that became the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adopted: Option<u32>,
}

/// In what a negotiation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndingKind {
    /// All others accepted an offer.
    Agreement,
    /// A party ended it: no package is worth its reservation.
    Ended,
    /// The rounds ran out.
    Deadline,
    /// No single change of the text is left that nobody minds and somebody wants, and all
    /// sign it.
    SettledSigned,
    /// The same, but somebody does not sign.
    SettledUnsigned,
    /// The rounds ran out, and all sign the text.
    DeadlineSigned,
    /// The rounds ran out, and somebody does not sign, or there is no text.
    DeadlineUnsigned,
}

/// A package with what it is worth to each party.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Offered {
    /// The value of each issue.
    pub values: Vec<String>,
    /// What it is worth to each party.
    pub worths: Vec<f64>,
}

/// What was agreed.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Agreement {
    /// The package.
    pub package: Offered,
    /// Its worths exactly, as decimals that end or as fractions.
    pub exact: Vec<String>,
    /// Where it lies; absent where the frontier is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceView>,
}

/// Where a package lies. Distances are between worths of which each party's runs from 0 at
/// its worst package to 1 at its best.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PlaceView {
    /// Whether no other package is as good for every party and better for one.
    pub efficient: bool,
    /// Distance to the nearest point of the frontier.
    pub frontier_distance: f64,
    /// Distance to the nearest point that the Nash solution chooses; absent where no package
    /// gives every party its reservation.
    pub nash_distance: Option<f64>,
}

/// What a party thinks of another.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ModelView {
    /// The party.
    pub party: String,
    /// The other.
    pub about: String,
    /// Rank correlation of guessed and true worths of packages, from −1 to 1; absent where
    /// all packages are alike in one of them.
    pub rank_correlation: Option<f64>,
}

/// A turn.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TurnView {
    /// The round, from 1.
    pub round: u32,
    /// The party.
    pub party: String,
    /// What it did.
    pub act: ActKind,
    /// What it offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offered>,
}

/// What a party does at its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// It offers a package.
    Offer,
    /// It accepts the standing offer.
    Accept,
    /// It ends the negotiation.
    End,
}

/// A draft of a single text.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DraftView {
    /// The round, from 1.
    pub round: u32,
    /// The draft.
    pub draft: Offered,
    /// What each party said.
    pub voices: Vec<VoiceKind>,
    /// Whether it became the text.
    pub adopted: bool,
}

/// What a party says of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VoiceKind {
    /// It likes the text so far better.
    Against,
    /// It likes both alike.
    Indifferent,
    /// It likes the draft better.
    For,
}

/// How a tournament went.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TournamentAnswer {
    /// Version of this format.
    pub format: u32,
    /// `undecided` if the budget ended something.
    pub status: Status,
    /// Why there are no scores, where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<StopReason>,
    /// Most rounds of a negotiation.
    pub rounds: u32,
    /// Times that a match is played in which somebody draws random numbers.
    pub repetitions: u32,
    /// Where random numbers start.
    pub seed: u64,
    /// Whether strategies met themselves.
    pub self_play: bool,
    /// What was negotiated.
    pub scenarios: Vec<ScenarioView>,
    /// The strategies, in the order given.
    pub strategies: Vec<String>,
    /// Number of negotiations played.
    pub negotiations: u64,
    /// Number of offers made.
    pub offers: u64,
    /// How strategies did, the greatest mean worth first.
    pub scores: Vec<ScoreView>,
    /// By strategy and other strategy, in the order given: the mean worth of the one where
    /// the other sat at the same table.
    pub pairs: Vec<Vec<Option<f64>>>,
    /// Every match.
    pub matches: Vec<MatchView>,
}

/// What was negotiated.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioView {
    /// The domain's name.
    pub name: String,
    /// Names of the parties.
    pub parties: Vec<String>,
    /// Number of issues.
    pub issues: u64,
    /// Number of packages.
    pub outcomes: Count,
    /// How packages were found.
    pub search: Search,
    /// Number of points of the frontier.
    pub frontier_points: Option<u64>,
    /// Why the frontier is not known, where it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frontier_stopped: Option<StopReason>,
}

/// A mean, and bounds between which 95 % of the means of resampled matches lie.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MeanView {
    /// The mean.
    pub mean: f64,
    /// The lower bound.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
}

/// How a strategy did.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ScoreView {
    /// The strategy.
    pub strategy: String,
    /// Matches that it was in.
    pub matches: u64,
    /// What it had at the end, discounted.
    pub own: MeanView,
    /// What the others had, on average.
    pub others: MeanView,
    /// Sum over all parties.
    pub welfare: MeanView,
    /// Part of the negotiations that ended in agreement.
    pub agreements: MeanView,
    /// Rounds begun.
    pub rounds: MeanView,
    /// Part of the agreements that are efficient.
    pub efficient: Option<MeanView>,
    /// Distance of agreements to the frontier.
    pub frontier_distance: Option<MeanView>,
    /// Distance of agreements to the Nash solution.
    pub nash_distance: Option<MeanView>,
}

/// A match.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MatchView {
    /// The scenario, by position from 0.
    pub scenario: u64,
    /// By party, its strategy.
    pub strategies: Vec<String>,
    /// The party with the first turn.
    pub first: String,
    /// Times that it was played; what follows are means.
    pub repetitions: u32,
    /// By party, what it had at the end, discounted.
    pub worths: Vec<f64>,
    /// Part that ended in agreement.
    pub agreements: f64,
    /// Rounds begun.
    pub rounds: f64,
    /// Distance of agreements to the frontier.
    pub frontier_distance: Option<f64>,
    /// Distance of agreements to the Nash solution.
    pub nash_distance: Option<f64>,
}
