//! What there is to agree on, as data.

use std::collections::BTreeMap;

use detente_base::{Exact, StopReason};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::delay::answer::DelayAnswer;
use crate::lotteries::LotteryView;
use crate::negotiation::{Count, DemandLabel};
use crate::report::Brief;

/// What there is to agree on in a situation.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DealsAnswer {
    /// Version of this format.
    pub format: u32,
    /// The situation.
    pub situation: Brief,
    /// Parameters that the user fixed, with their values.
    pub fixed: Vec<(String, Exact)>,
    /// Ids of the parties at the table.
    pub parties: Vec<String>,
    /// Ids of the issues that an agreement settles.
    pub issues: Vec<String>,
    /// Issues that it does not settle, with the values that they keep.
    pub unsettled: Vec<Setting>,
    /// Issues that nature sets, over whose values worths are averaged.
    pub averaged: Vec<String>,
    /// Parties whose preferences only order packages: their worths are places.
    pub ordinal: Vec<String>,
    /// By solution, how it is defined.
    pub definitions: BTreeMap<String, String>,
    /// One entry for each combination of the types of those at the table.
    pub profiles: Vec<DealsProfile>,
    /// Combinations beyond the first 64, which are not answered.
    pub combinations_left_out: u64,
    /// What the protocols between those at the table end in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over_time: Option<DelayAnswer>,
}

/// An issue and its value, by id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Setting {
    /// The issue.
    pub issue: String,
    /// The value.
    pub value: String,
}

/// What there is to agree on for parties of certain types.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DealsProfile {
    /// Party and type, for the parties at the table that have types.
    pub types: Vec<(String, String)>,
    /// Prior chance of the combination, from and to.
    pub chance: Option<(Exact, Exact)>,
    /// Why the question was left undecided; all else is empty then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<StopReason>,
    /// What holds without an agreement, where the parties then act alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without_agreement: Option<WithoutAgreement>,
    /// Combinations of values of the issues that are settled, allowed or not.
    pub combinations: Count,
    /// For each party at the table.
    pub stakes: Vec<Stake>,
    /// The efficient packages by what they are worth, the best for the first party first.
    pub frontier: Vec<DealPoint>,
    /// Number of efficient packages.
    pub frontier_packages: Count,
    /// Number of them that give every party at least its reservation.
    pub zone_packages: Count,
    /// Values that all of these have.
    pub common: Vec<Setting>,
    /// By solution, positions in `frontier` of what it chooses; absent where somebody's
    /// preferences have no worth.
    pub points: BTreeMap<String, Vec<usize>>,
    /// By solution, what it chooses among lotteries over packages; absent unless asked for,
    /// and where somebody's preferences have no worth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lotteries: Option<BTreeMap<String, LotteryView>>,
    /// What becomes of each demand.
    pub demands: Vec<DealDemand>,
    /// What parties open with, as whole packages.
    pub openings: Vec<OpeningView>,
    /// What the package asked about is, if one was.
    pub asked: Option<AskedPackage>,
    /// How far the answer holds over the ranges of numbers; absent without ranges.
    pub ranges: Option<DealRanges>,
    /// Why it is not known how far the answer holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ranges_stopped: Option<StopReason>,
}

/// What holds in the conflict that goes on without an agreement.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct WithoutAgreement {
    /// The concept by its symbol; absent where parties look ahead differently far.
    pub concept: Option<String>,
    /// Number of outcomes that hold for everybody.
    pub count: u64,
    /// Whether any outcome holds; if none does, the outcomes are all that can be reached.
    pub holds: bool,
    /// The first of the outcomes, each with the values of all issues.
    pub outcomes: Vec<Vec<Setting>>,
}

/// What is at stake for a party.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Stake {
    /// Id of the party.
    pub party: String,
    /// What it has without an agreement; where several outcomes may hold then, the least
    /// that it has in one of them.
    pub reservation: Exact,
    /// The most that it has in one of them; absent where it is the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reservation_up_to: Option<Exact>,
    /// Line of the file that says so.
    pub line: Option<usize>,
    /// The most it could have in any package.
    pub ideal: Exact,
    /// The least and the most that it has in an efficient package of the zone.
    pub zone: Option<(Exact, Exact)>,
    /// Parties each of which, if it accepted anything, would let this one have more; with
    /// the most that it could have then.
    pub held_back_by: Vec<Binding>,
}

/// A party whose reservation binds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Binding {
    /// Id of the party.
    pub party: String,
    /// What the other could have if this one accepted anything.
    pub most: Exact,
}

/// A point of the frontier.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DealPoint {
    /// What it is worth to each party; absent for parties that only order packages.
    pub worths: Vec<Option<Exact>>,
    /// The same as numbers.
    pub near: Vec<Option<f64>>,
    /// For each party its place among the points, 1 for the best; equals share one.
    pub places: Vec<u32>,
    /// Number of packages with these worths.
    pub packages: Count,
    /// The first of them.
    pub package: Vec<Setting>,
    /// Ids of the parties that it gives less than their reservation.
    pub short_of: Vec<String>,
    /// Ids of the other parties that it gives less than what they may have without an
    /// agreement, where several outcomes may hold then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub may_refuse: Vec<String>,
}

/// A demand, and what becomes of it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DealDemand {
    /// Id of the party.
    pub party: String,
    /// What is demanded.
    pub demand: Setting,
    /// Line of the file that makes the demand; absent where it is what is best for the
    /// party.
    pub line: Option<usize>,
    /// What becomes of it; absent where no package is in the zone.
    pub label: Option<DemandLabel>,
    /// Efficient packages of the zone that have the value.
    pub with: Count,
    /// All efficient packages of the zone.
    pub of: Count,
    /// The most that the party can have in the zone when it insists; absent when nothing
    /// in the zone has the value.
    pub insisting: Option<Exact>,
    /// The most that it can have in the zone when it drops the demand.
    pub dropping: Option<Exact>,
    /// Parties each of which, if it accepted anything, would make room for the demand
    /// where the zone has none.
    pub refused_by: Vec<String>,
    /// Reservations below which the label would change, all else as it is.
    pub holds_above: Vec<LabelBound>,
}

/// A reservation down to which a label holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LabelBound {
    /// Whose reservation.
    pub party: String,
    /// The label changes when it is this or less.
    pub bound: Exact,
}

/// What a party opens with.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OpeningView {
    /// Id of the party.
    pub party: String,
    /// The package that is best for it among those that have its demands; absent where the
    /// constraints allow none.
    pub package: Option<PackageJudged>,
    /// Single changes that it could make, the cheapest for what they give first.
    pub concessions: Vec<Concession>,
}

/// A package and whom it suits.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PackageJudged {
    /// The package.
    pub package: Vec<Setting>,
    /// What it is worth to each party; absent for parties that only order packages.
    pub worths: Vec<Option<Exact>>,
    /// Constraints of the file that rule it out.
    pub ruled_out_by: Vec<BrokenRule>,
    /// Parties that it gives less than their reservation.
    pub short_of: Vec<Shortfall>,
    /// The package of the zone that differs from it in the fewest issues; of those the
    /// best for the party that opens, or for the first at the table.
    pub repair: Option<Repair>,
}

/// A constraint that rules a package out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BrokenRule {
    /// The constraint in the words of the file.
    pub rule: String,
    /// Its line.
    pub line: usize,
}

/// A party that a package gives too little.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Shortfall {
    /// Id of the party.
    pub party: String,
    /// What it lacks; absent for parties that only order packages.
    pub lacks: Option<Exact>,
    /// Issues of which one other value alone would satisfy it.
    pub on: Vec<String>,
}

/// The least change that brings a package into the zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Repair {
    /// Issues that change, with their new values.
    pub changes: Vec<Setting>,
    /// What the result is worth to each party; absent for parties that only order packages.
    pub worths: Vec<Option<Exact>>,
    /// Whether the result is efficient.
    pub efficient: bool,
}

/// A package that was asked about.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AskedPackage {
    /// The package and whom it suits.
    pub judged: PackageJudged,
    /// Whether it is efficient.
    pub efficient: bool,
    /// Packages that are as good for everybody and better for somebody, by point of their
    /// frontier: what could be signed in its place after it was signed. None when it is
    /// efficient, which proves that nothing can be gained together.
    pub improvements: Vec<DealPoint>,
    /// By solution, positions in `improvements` of what it chooses when the package is what
    /// the parties have without another agreement.
    pub points: BTreeMap<String, Vec<usize>>,
    /// Single changes of value, the cheapest for what they give first.
    pub concessions: Vec<Concession>,
    /// The way of a single negotiating text that starts from the package.
    pub text: Vec<TextStep>,
    /// Whether the text ends with an efficient package.
    pub text_ends_efficient: bool,
}

/// A single change of a package that one party pays for and another gains from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Concession {
    /// Who gives.
    pub giver: String,
    /// Who gains.
    pub gainer: String,
    /// The change.
    pub change: Setting,
    /// What the giver loses; nothing where the change costs it nothing.
    pub loss: Exact,
    /// What the gainer gains.
    pub gain: Exact,
    /// Gain for each unit of loss; absent where the loss is nothing.
    pub rate: Option<Exact>,
}

/// A step of a single negotiating text: a change that nobody is worse off for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TextStep {
    /// The changes.
    pub changes: Vec<Setting>,
    /// What the text is worth to each party afterwards; absent for parties that only order
    /// packages.
    pub worths: Vec<Option<Exact>>,
}

/// How far an answer holds over the ranges of numbers.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DealRanges {
    /// Numbers that vary, by name.
    pub parameters: Vec<String>,
    /// Number of cases, each a draw of all numbers evenly over their ranges.
    pub draws: u32,
    /// Their seed.
    pub seed: u64,
    /// In how many of the cases there is a zone.
    pub zone: CaseShare,
    /// For each demand, in how many of the cases it has the label that it has at the
    /// central values.
    pub demands: Vec<DemandShare>,
    /// For each solution, in how many of the cases it chooses a package of those that it
    /// chooses at the central values.
    pub points: BTreeMap<String, CaseShare>,
    /// What changes when one number goes to an end of its range and all others stay.
    pub along: Vec<AlongNumber>,
}

/// In how many cases something holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CaseShare {
    /// Cases in which it does.
    pub count: u32,
    /// The interval that covers the true share with a chance of 95 %.
    pub interval: (Exact, Exact),
}

/// In how many cases a demand keeps its label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DemandShare {
    /// Position in [`DealsProfile::demands`].
    pub demand: usize,
    /// The cases.
    pub share: CaseShare,
}

/// What changes when one number goes to an end of its range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AlongNumber {
    /// Name of the parameter.
    pub parameter: String,
    /// Line where it stands.
    pub line: usize,
    /// Its value.
    pub value: Exact,
    /// Whether there is a zone then.
    pub zone: bool,
    /// Demands whose label is another one then: position in [`DealsProfile::demands`] and
    /// the label.
    pub relabelled: Vec<(usize, Option<DemandLabel>)>,
    /// Solutions that choose other packages then.
    pub moved: Vec<String>,
}
