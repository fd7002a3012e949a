//! What there is to agree on in a negotiation that is given by a domain and profiles.

mod continuum;
mod reading;
pub(crate) mod rectangles;

use std::collections::BTreeMap;

use detente_bargain::{
    Frontier, FrontierPoint, Label, Negotiation, Party, Solution, Standing, chosen, frontier, standings,
};
use detente_base::{Budget, Exact, StopReason};
use detente_scenario::negotiation_files::{Domain, Profile, Worth};
use num_bigint::BigUint;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use continuum::{ContinuousIssue, SegmentView};
pub use reading::{Discount, SampledIssue};

use crate::ask::{AskError, FORMAT};
use crate::lotteries::{LotteryView, lotteries};

/// The efficient packages of a negotiation, and what bargaining solutions choose.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NegotiationAnswer {
    /// Version of this format.
    pub format: u32,
    /// Whether the frontier is proven to be complete and free of dominated points.
    pub status: Status,
    /// Why not, where it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<StopReason>,
    /// Names of the parties, in the order of the profiles.
    pub parties: Vec<String>,
    /// Names of the issues, in the order of the domain.
    pub issues: Vec<String>,
    /// Issues over real numbers, of which only some values are looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sampled: Vec<SampledIssue>,
    /// Issues over real numbers of which all are looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub continuous: Vec<ContinuousIssue>,
    /// Parties whose worth falls with time. The frontier is that of the start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub discounts: Vec<Discount>,
    /// What each party has without an agreement.
    pub reservations: Vec<f64>,
    /// Number of packages.
    pub outcomes: Count,
    /// Worths of the efficient packages, each vector once; descending in the first. Where
    /// issues are continuous, those at the ends of segments.
    pub frontier: Vec<Vec<f64>>,
    /// Lines of efficient worths, where issues are continuous: every point between the ends is
    /// efficient. Descending in the first worth.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<SegmentView>,
    /// Number of efficient packages; absent where they were not counted.
    pub frontier_outcomes: Option<Count>,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_counted: Option<NotCounted>,
    /// For each point of the frontier the number of packages that have its worths, and the
    /// first of them.
    pub packages: Vec<PackageView>,
    /// Number of points that give every party at least its reservation.
    pub zone_points: u64,
    /// Number of their packages; absent where they were not counted.
    pub zone_outcomes: Option<Count>,
    /// By solution, the worths that it chooses; several where they tie, none where no point
    /// gives every party its reservation.
    pub points: BTreeMap<String, Vec<Vec<f64>>>,
    /// By solution, a package for each of its points, where issues are continuous: they need
    /// not be at the ends of segments.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub solution_packages: BTreeMap<String, Vec<Vec<String>>>,
    /// By solution, pairs of its points between which all efficient points tie with them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ties_between: BTreeMap<String, Vec<[Vec<f64>; 2]>>,
    /// By solution, what it chooses among lotteries over packages; absent unless asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lotteries: Option<BTreeMap<String, LotteryView>>,
    /// By solution, how it is defined.
    pub definitions: BTreeMap<String, String>,
    /// The same worths exactly, as decimals that end or as fractions.
    pub exact: ExactWorths,
    /// What becomes of each party's best value of each issue. None where worth is by
    /// hyper-rectangles: then no value of an issue is best by itself.
    pub demands: Vec<Demand>,
    /// How the frontier was found where worth is by hyper-rectangles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<SearchView>,
}

/// A search through packages whose worth is by hyper-rectangles.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SearchView {
    /// Sets of packages that were looked at.
    pub nodes: u64,
    /// Where the search was stopped: for each party, the most that an efficient package
    /// which was not found can give it. The points are then worths of packages that no
    /// package found dominates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at_most: Vec<f64>,
}

/// Why packages were not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum NotCounted {
    /// There are infinitely many: some issues are continuous.
    Infinite,
    /// A party takes the greatest or the least over several hyper-rectangles, so that one
    /// package comes about in several ways.
    SeveralWays,
    /// Worths have too many digits.
    TooFine,
    /// Too many packages would have to be told apart.
    TooMany {
        /// How many, after an issue, can be.
        limit: u64,
    },
    /// The budget ended the question.
    Stopped,
}

/// Whether an answer is proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is.
    Proven,
    /// The budget ended the question.
    Undecided,
}

/// A number of packages: as a number if it fits 64 bits, else as decimal text or `infinite`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Count {
    /// Up to 2⁶⁴ − 1.
    Number(u64),
    /// More; `infinite` where an issue is continuous.
    Text(String),
}

impl Count {
    pub(crate) fn of(count: &BigUint) -> Self {
        u64::try_from(count).map_or_else(|_| Self::Text(count.to_string()), Self::Number)
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// A package of a point of the frontier.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PackageView {
    /// Number of packages with these worths; absent where they were not counted.
    pub count: Option<Count>,
    /// One of them, the first if worth is additive: the value of each issue.
    pub values: Vec<String>,
    /// Whether it gives every party at least its reservation.
    pub in_zone: bool,
}

/// Worths as exact numbers: `0.15` or `2/3`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ExactWorths {
    /// Of the frontier.
    pub frontier: Vec<Vec<String>>,
    /// Of what the solutions choose.
    pub points: BTreeMap<String, Vec<Vec<String>>>,
}

/// A party's best value of an issue, and what becomes of it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Demand {
    /// Name of the party.
    pub party: String,
    /// Name of the issue.
    pub issue: String,
    /// The values that are best for it.
    pub values: Vec<String>,
    /// What becomes of them; absent when no package is in the zone, and for issues to which
    /// the party is indifferent.
    pub label: Option<DemandLabel>,
    /// Efficient packages in the zone that have one of the values.
    pub with: Count,
    /// All efficient packages in the zone.
    pub of: Count,
}

/// What becomes of a demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DemandLabel {
    /// Every efficient package in the zone has it.
    Core,
    /// Some have it.
    Contested,
    /// None has it: it can only be traded away.
    Chip,
}

impl From<Label> for DemandLabel {
    fn from(label: Label) -> Self {
        match label {
            Label::Core => Self::Core,
            Label::Contested => Self::Contested,
            Label::Chip => Self::Chip,
        }
    }
}

/// What parties may agree on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Over {
    /// One package.
    #[default]
    Packages,
    /// Also that one of several packages is drawn.
    Lotteries,
}

/// Finds the efficient packages of a domain for parties with these names and profiles.
///
/// For two parties, issues over real numbers are continuous where the worth of both is linear
/// between some numbers; the others, and all for other numbers of parties, are sampled.
///
/// Cost: that of [`frontier`](fn@detente_bargain::frontier), of
/// [`curve`](fn@detente_bargain::continuous::curve) where issues are continuous, or of
/// [`rectangle_frontier`](detente_bargain::rectangles::rectangle_frontier) if some profile
/// is by hyper-rectangles.
///
/// # Errors
/// When there is no profile, hyper-rectangles are too many or too finely graded, or lotteries
/// are asked for where worth is not additive or an issue is continuous.
pub fn negotiate(
    domain: &Domain,
    profiles: &[(String, Profile)],
    over: Over,
    budget: &Budget,
) -> Result<NegotiationAnswer, AskError> {
    let refused = |why: &str| {
        AskError::new(
            format!("solutions over lotteries are not offered where {why}"),
            Some("leave `--lotteries` out".into()),
        )
    };
    let additive = |(name, profile): &(String, Profile)| match &profile.worth {
        Worth::Additive(worths) => {
            Some(Party { name: name.clone(), worths: worths.clone(), reservation: profile.reservation.clone() })
        }
        Worth::Rectangles(_) => None,
    };
    let Some(parties) = profiles.iter().map(additive).collect::<Option<Vec<Party>>>() else {
        if over == Over::Lotteries {
            return Err(refused("worth is by hyper-rectangles"));
        }
        return rectangles::negotiate(domain, profiles, budget);
    };
    if let Some(answer) = continuum::negotiate(domain, profiles, budget) {
        return if over == Over::Lotteries { Err(refused("an issue is continuous")) } else { Ok(answer) };
    }
    let negotiation = Negotiation::new(parties).map_err(|fault| {
        AskError::new(fault.to_string(), Some("name the profiles of the parties after the domain".into()))
    })?;
    let mut answer = empty(domain, profiles);
    match frontier(&negotiation, budget) {
        Err(reason) => answer.stopped = Some(reason),
        Ok(found) => {
            fill(&mut answer, domain, &negotiation, &found);
            if over == Over::Lotteries {
                match lotteries(&found, &negotiation.stakes().reservations, budget) {
                    Ok(found) => answer.lotteries = Some(found),
                    // What is known of packages stays.
                    Err(reason) => answer.stopped = Some(reason),
                }
            }
        }
    }
    Ok(answer)
}

fn empty(domain: &Domain, profiles: &[(String, Profile)]) -> NegotiationAnswer {
    NegotiationAnswer {
        format: FORMAT,
        status: Status::Undecided,
        stopped: None,
        parties: profiles.iter().map(|(name, _)| name.clone()).collect(),
        issues: domain.issues.iter().map(|issue| issue.name.clone()).collect(),
        sampled: reading::sampled(domain),
        continuous: Vec::new(),
        discounts: reading::discounts(profiles),
        reservations: profiles.iter().map(|(_, profile)| profile.reservation.to_f64()).collect(),
        outcomes: Count::of(&domain.issues.iter().map(|issue| BigUint::from(issue.values.len())).product()),
        frontier: Vec::new(),
        segments: Vec::new(),
        frontier_outcomes: None,
        not_counted: None,
        packages: Vec::new(),
        zone_points: 0,
        zone_outcomes: None,
        points: BTreeMap::new(),
        solution_packages: BTreeMap::new(),
        ties_between: BTreeMap::new(),
        lotteries: None,
        definitions: Solution::ALL
            .iter()
            .map(|solution| (solution.id().into(), definition(*solution).into()))
            .collect(),
        exact: ExactWorths::default(),
        demands: Vec::new(),
        search: None,
    }
}

fn fill(answer: &mut NegotiationAnswer, domain: &Domain, negotiation: &Negotiation, found: &Frontier) {
    let near = |point: &FrontierPoint| -> Vec<f64> { point.worths.iter().map(Exact::to_f64).collect() };
    let exact = |point: &FrontierPoint| -> Vec<String> { point.worths.iter().map(Exact::to_string).collect() };
    let stakes = negotiation.stakes();
    let in_zone = |point: &&FrontierPoint| stakes.in_zone(point);
    answer.status = Status::Proven;
    answer.frontier = found.points().map(near).collect();
    answer.exact.frontier = found.points().map(exact).collect();
    answer.frontier_outcomes = Some(Count::of(&found.package_count()));
    answer.zone_points = found.points().filter(in_zone).count() as u64;
    answer.zone_outcomes = Some(Count::of(&found.points().filter(in_zone).map(|point| &point.packages).sum()));
    answer.packages = found
        .points()
        .enumerate()
        .map(|(at, point)| PackageView {
            count: Some(Count::of(&point.packages)),
            values: named(domain, &found.package(at)),
            in_zone: stakes.in_zone(point),
        })
        .collect();
    for solution in Solution::ALL {
        let chosen: Vec<&FrontierPoint> =
            chosen(solution, &stakes, found).iter().filter_map(|at| found.points().nth(*at)).collect();
        answer.points.insert(solution.id().into(), chosen.iter().map(|point| near(point)).collect());
        answer.exact.points.insert(solution.id().into(), chosen.iter().map(|point| exact(point)).collect());
    }
    let standings = standings(&stakes, found);
    for party in negotiation.parties() {
        let issues = domain.issues.iter().zip(&party.worths).zip(&standings);
        answer.demands.extend(
            issues.map(|((issue, worths), standings)| {
                demand(&party.name, (&issue.name, &issue.values), worths, standings)
            }),
        );
    }
}

/// A party's best values of an issue together.
fn demand(party: &str, (issue, values): (&str, &[String]), worths: &[Exact], standings: &[Standing]) -> Demand {
    let best = worths.iter().max().expect("an issue has values");
    let wanted: Vec<usize> = (0..worths.len()).filter(|value| worths[*value] == *best).collect();
    let with: BigUint = wanted.iter().map(|value| &standings[*value].with).sum();
    let together = Standing { with: with.clone(), of: standings[0].of.clone() };
    let indifferent = wanted.len() == worths.len();
    Demand {
        party: party.to_owned(),
        issue: issue.to_owned(),
        values: wanted.iter().map(|value| values[*value].clone()).collect(),
        label: together.label().filter(|_| !indifferent).map(DemandLabel::from),
        with: Count::of(&with),
        of: Count::of(&together.of),
    }
}

fn named(domain: &Domain, package: &[u32]) -> Vec<String> {
    domain.issues.iter().zip(package).map(|(issue, value)| issue.values[*value as usize].clone()).collect()
}

pub(crate) fn definition(solution: Solution) -> &'static str {
    match solution {
        Solution::Nash => {
            "greatest product of the gains over the reservations, among points that give every party its reservation \
             (Nash 1950)"
        }
        Solution::Egalitarian => {
            "greatest least gain over the reservations, among points that give every party its reservation (Kalai 1977)"
        }
        Solution::Leximin => {
            "greatest least gain over the reservations, then the greatest second least and so on, among points that \
             give every party its reservation"
        }
        Solution::KalaiSmorodinsky => {
            "greatest least share of the ideal gain, the ideal being the most in any package, among points that give \
             every party its reservation (Kalai and Smorodinsky 1975)"
        }
        Solution::Utilitarian => "greatest sum of worths, among points that give every party its reservation",
    }
}
