//! What bargaining over time ends in, as data.

use detente_base::{Exact, StopReason};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The answer of `delay`: each protocol of a file.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DelayAnswer {
    /// Version of this format.
    pub format: u32,
    /// Title of the file.
    pub title: String,
    /// Parameters that were fixed for the question.
    pub fixed: Vec<(String, Exact)>,
    /// The protocols, in the order of the file.
    pub protocols: Vec<ProtocolAnswer>,
    /// Why the ranges of some were not covered, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<StopReason>,
}

/// What one protocol ends in.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ProtocolAnswer {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Line of the file.
    pub line: usize,
    /// Remark of the analyst.
    pub about: Option<String>,
    /// The word of its model in the language.
    pub kind: String,
    /// Which form of the model.
    pub form: Form,
    /// How the answer is defined, with its source.
    pub definition: String,
    /// Who takes part.
    pub parties: Vec<Participant>,
    /// Id of the party that makes the first offer, where there are turns.
    pub first: Option<String>,
    /// Id of the party that makes the last offer, where there is a deadline.
    pub last: Option<String>,
    /// The unit of time.
    pub unit: String,
    /// The numbers of the file.
    pub given: Vec<GivenNumber>,
    /// What comes of them; the most telling first.
    pub results: Vec<ResultView>,
    /// What is chosen, where there is a choice.
    pub verdicts: Vec<VerdictView>,
    /// What the results turn on.
    pub findings: Vec<Finding>,
    /// How the first result and the first verdict move when one uncertain number does.
    pub swings: Vec<Swing>,
    /// How the ranges were covered.
    pub coverage: Coverage,
}

/// Forms of models that have several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// The only one.
    Usual,
    /// Offers in rounds, without a deadline.
    Endless,
    /// Offers in rounds, to a deadline.
    Deadline,
    /// Offers ever faster.
    Continuous,
    /// Who refuses proposes next.
    Rejector,
    /// Parties propose in a fixed order.
    Rotation,
    /// All must agree.
    All,
    /// Fewer than all must.
    Majority,
    /// Only how long a threat is credible.
    Threat,
    /// Also what its target does.
    Target,
}

/// A party of a protocol.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Participant {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The field that names it, other than `between`.
    pub role: Option<String>,
}

/// A number of the file.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GivenNumber {
    /// Its field.
    pub field: String,
    /// Id of the party whose it is.
    pub party: Option<String>,
    /// Its central value.
    pub value: Exact,
    /// Its least value.
    pub low: Exact,
    /// Its greatest value.
    pub high: Exact,
    /// Line of the file.
    pub line: usize,
    /// Ids of the claims behind it.
    pub because: Vec<String>,
}

/// A result.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ResultView {
    /// What it is.
    pub result: Measure,
    /// Id of the party whose it is.
    pub party: Option<String>,
    /// At the central values; none where it has no end.
    pub value: Option<f64>,
    /// The same exactly, where it is rational and of at most 400 characters.
    pub exact: Option<String>,
    /// Least over the ranges; none where it has no end.
    pub low: Option<f64>,
    /// Greatest over the ranges; none where it has no end.
    pub high: Option<f64>,
    /// Whether these are proven: the result is monotone in each number.
    pub proven: bool,
}

/// What a result measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// A party's share of what is divided.
    Share,
    /// Its share if the other made the first offer.
    ShareIfOtherFirst,
    /// Its share if the other made the first offer of as many, and so the other one the last.
    ShareIfOtherLast,
    /// Its share if there were no deadline.
    ShareWithoutDeadline,
    /// What it keeps when it proposes.
    Keeps,
    /// Its share on average.
    Expected,
    /// What it accepts from another.
    Accepts,
    /// The first price.
    FirstPrice,
    /// Each further price as a part of the one before.
    PriceRatio,
    /// Chance of an agreement in the first round.
    AgreementAtOnce,
    /// What the proposer gets on average.
    Profit,
    /// What it would get if it could commit itself to one price.
    CommitmentProfit,
    /// Chance that the high type accepts the first price.
    HighAccepts,
    /// How far the worth must be above the cost.
    Gap,
    /// Chance of an agreement.
    AgreementChance,
    /// What both gain together on average.
    Gains,
    /// What they would gain if they agreed whenever it was worth it.
    FirstBest,
    /// How often a party gives in for a unit of time.
    Hazard,
    /// Chance that it wins.
    Wins,
    /// Mean time until one gives in.
    MeanTime,
    /// Chance that it gives in at once.
    GivesInAtOnce,
    /// Date by which whoever gives in has.
    LastDate,
    /// What it gets on average.
    Payoff,
    /// Chance that nobody ever gives in.
    Never,
    /// Chance that it has not backed down by the horizon.
    Locked,
    /// Chance of war.
    War,
    /// Until when a threat is credible.
    CredibleUntil,
    /// How long it must be for a deal at once.
    NeededTime,
    /// The decay above which it is too short for that.
    NeededDecay,
    /// What a deal at once costs the target.
    LossNow,
    /// What a deal at the last moment costs it.
    LossLast,
    /// What no deal costs it.
    LossNever,
    /// The longest time that a clause may give the target, for it to carry the deal out then.
    LongestClause,
    /// What is left to lose with the clause.
    LossWithClause,
    /// What the clause is worth to the target.
    ClauseWorth,
    /// What half the time of the clause is worth to it.
    HalfClauseWorth,
}

/// A choice.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct VerdictView {
    /// What is chosen.
    pub choice: Choice,
    /// What comes out at the central values.
    pub verdict: Verdict,
    /// What else comes out somewhere in the ranges that was looked at.
    pub also: Vec<Verdict>,
}

/// Choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// Whether there is an agreement.
    Agreement,
    /// What the proposer asks first.
    FirstOffer,
    /// When the target gives in.
    GivesIn,
    /// When it would, after the time of the clause.
    AfterClause,
}

/// What is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The first offer is accepted.
    Agreed,
    /// What parties can leave with is more than there is.
    NoAgreement,
    /// Ask what everybody accepts.
    Pool,
    /// Ask what only the high type accepts.
    Screen,
    /// Ask what the high type accepts by chance.
    Mix,
    /// At once.
    Now,
    /// At the last moment at which the threat is credible.
    Last,
    /// Never: the target waits until the threat has gone.
    Never,
}

/// What a result turns on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "finding")]
pub enum Finding {
    /// A party would leave rather than take less: its outside option decides.
    OptionBinds {
        /// Id of the party.
        party: String,
        /// The option.
        option: Exact,
    },
    /// An outside option decides nothing: waiting is worth more.
    OptionIdle {
        /// Id of the party.
        party: String,
        /// The option.
        option: Exact,
        /// What waiting is worth.
        waiting: Exact,
    },
    /// Outside options are together more than there is to divide.
    OptionsTooGood {
        /// Their sum.
        sum: Exact,
    },
    /// A party is less patient than it would be if it were sure of its mandate.
    Hazard {
        /// Id of the party.
        party: String,
        /// Its patience for a round, or its rate for a unit of time.
        with: Exact,
        /// The same without the hazard.
        without: Exact,
    },
    /// The partners of a proposer are drawn among the others.
    Partners {
        /// How many it needs.
        needed: usize,
        /// Among how many.
        others: usize,
    },
    /// A deadline matters: the last offer is worth so much to who makes it.
    LastOffer {
        /// Number of offers.
        rounds: usize,
    },
    /// A threat is not credible even now.
    NotCredible,
    /// A threat is credible for ever.
    AlwaysCredible,
    /// Whoever signs can go back on it without risk: the threat has gone when the deal is due.
    ClauseOutlasts,
    /// So much of the threat is left when the deal is due.
    ClauseLeaves {
        /// How long it is still credible.
        left: f64,
    },
}

/// How results move when one uncertain number does, the others at their central values.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Swing {
    /// The number: a parameter, or where it stands.
    pub number: String,
    /// Line of the file.
    pub line: usize,
    /// Its least and greatest value.
    pub ends: (Exact, Exact),
    /// The first result at these; none where it has no end.
    pub results: (Option<f64>, Option<f64>),
    /// The first verdict at these.
    pub verdicts: Option<(Verdict, Verdict)>,
}

/// How ranges were covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// Number of uncertain numbers that the protocol rests on.
    pub uncertain: usize,
    /// Combinations of their ends that were computed.
    pub corners: usize,
    /// Combinations drawn from inside that were computed.
    pub draws: usize,
    /// Seed of the draws.
    pub seed: u64,
}
