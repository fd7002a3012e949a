//! What is there to agree on? Which packages could everybody accept, which demands are
//! chips, who holds back whom, and how far does that hold?
//!
//! Every number is exact. The efficient packages are all there are
//! ([`detente_bargain::linked`]); what a party could have if it insisted, or if another one
//! accepted anything, is found by a search of its own over all packages, not only the
//! efficient ones.
//!
//! Reading order: [`DealsAnswer`], [`deals`]; `lower` (situation to negotiation), `table`
//! (searches), `demands`, `packages` (openings, repairs, concessions, the single text),
//! `ranges`.

mod demands;
mod failing;
pub(crate) mod lower;
mod packages;
mod ranges;
mod report;
mod table;

use std::collections::BTreeMap;

use detente_bargain::{Frontier, Solution, Stakes, chosen, linked};
use detente_base::{Budget, Exact, SourceText, StopReason};
use detente_scenario::expr::eval::{Interval, central_point};
use detente_scenario::situation::{IssueId, PartyId, Protocol, Situation, ValueId};

pub use report::*;

use crate::ask::{AskError, FORMAT, MAX_PROFILES, Obstacle, Options, with_options};
use crate::delay;
use crate::lotteries::lotteries;
use crate::negotiation::{Count, Over, definition};
use crate::overview::brief;
use crate::profile::{Profile, profile_count, profiles};
use lower::Setting as Talks;
use table::Table;

/// What the user says with the question besides [`Options`].
#[derive(Clone, Debug)]
pub struct DealsOptions {
    /// A package to judge, as `issue=value` pairs separated by commas; what is left out
    /// stays as without an agreement.
    pub package: Option<String>,
    /// Number of draws over the ranges of numbers; 0 for none.
    pub draws: u32,
    /// Seed of the draws.
    pub seed: u64,
    /// Whether solutions are also chosen among lotteries.
    pub over: Over,
}

impl Default for DealsOptions {
    fn default() -> Self {
        Self { package: None, draws: 200, seed: 1, over: Over::Packages }
    }
}

/// What there is to agree on.
///
/// Cost: that of [`linked::frontier`], once for each combination of types; of
/// [`linked::frontier_where`] some four times for each demand and each pair of parties;
/// and of [`linked::frontier_above`] for each draw.
///
/// # Errors
/// When the options name something that the situation does not have, or the file does not
/// say what somebody has without an agreement.
pub fn deals(
    source: &SourceText,
    situation: &Situation,
    (options, asked): (&Options, &DealsOptions),
    budget: &Budget,
) -> Result<DealsAnswer, AskError> {
    let situation = &with_options(situation, options)?;
    let talks = Talks::new(situation)?;
    let package = asked.package.as_deref().map(|text| packages::parse(&talks, text)).transpose()?;
    let question = Question { source, talks: &talks, package, asked, budget };
    let point = central_point(situation).expect("checked amounts divide by no zero");
    let (combinations, combinations_left_out) = table_profiles(&talks);
    let found = combinations.iter().map(|profile| question.profile(profile, &point)).collect::<Result<_, _>>()?;
    let seated = |protocol: &&Protocol| protocol.parties.iter().all(|party| talks.parties.contains(party));
    let protocols: Vec<&Protocol> = situation.protocols.iter().filter(seated).collect();
    let over_time = if protocols.is_empty() {
        None
    } else {
        Some(delay::over_time(source, situation, (options, &protocols), budget)?)
    };
    let ids =
        |issues: &[IssueId]| issues.iter().map(|issue| situation.issues[issue.index()].id.clone()).collect::<Vec<_>>();
    Ok(DealsAnswer {
        format: FORMAT,
        situation: brief(situation, None),
        fixed: options.fixed.clone(),
        parties: talks.parties.iter().map(|party| situation.parties[party.index()].id.clone()).collect(),
        issues: ids(&talks.issues),
        unsettled: talks.unsettled().into_iter().map(|(issue, value)| setting(situation, issue, value)).collect(),
        averaged: ids(talks.averaged()),
        ordinal: talks.ordinal(),
        definitions: Solution::ALL.iter().map(|s| (s.id().to_owned(), definition(*s).to_owned())).collect(),
        profiles: found,
        combinations_left_out,
        over_time,
    })
}

/// Combinations of the types of those at the table, the others' types at their first, and
/// how many more there are.
fn table_profiles(talks: &Talks<'_>) -> (Vec<Profile>, u64) {
    let mut seated = talks.situation.clone();
    for (party, preferences) in seated.preferences.iter_mut().enumerate() {
        // Who is not at the table acts only if talks fail.
        if talks.failing.is_none() && !talks.parties.contains(&PartyId::from_index(party)) {
            preferences.types.truncate(1);
        }
    }
    let all = profile_count(&seated).unwrap_or(u64::MAX);
    (profiles(&seated, MAX_PROFILES), all.saturating_sub(MAX_PROFILES as u64))
}

pub(crate) fn setting(situation: &Situation, issue: IssueId, value: ValueId) -> Setting {
    let issue = &situation.issues[issue.index()];
    Setting { issue: issue.id.clone(), value: issue.values[value.index()].id.clone() }
}

struct Question<'a> {
    source: &'a SourceText,
    talks: &'a Talks<'a>,
    package: Option<Vec<u32>>,
    asked: &'a DealsOptions,
    budget: &'a Budget,
}

impl Question<'_> {
    fn profile(&self, profile: &Profile, point: &[Interval]) -> Result<DealsProfile, AskError> {
        let situation = self.talks.situation;
        let mut view = DealsProfile {
            types: profile.named_types(situation),
            chance: profile.chance(situation),
            stopped: None,
            without_agreement: None,
            combinations: Count::of(&self.talks.combinations()),
            stakes: Vec::new(),
            frontier: Vec::new(),
            frontier_packages: Count::Number(0),
            zone_packages: Count::Number(0),
            common: Vec::new(),
            points: BTreeMap::new(),
            lotteries: None,
            demands: Vec::new(),
            openings: Vec::new(),
            asked: None,
            ranges: None,
            ranges_stopped: None,
        };
        match self.fill(&mut view, profile, point) {
            Ok(()) => Ok(view),
            Err(Obstacle::Error(error)) => Err(error),
            Err(Obstacle::Undecided(reason)) => {
                view.stopped = Some(reason);
                Ok(view)
            }
        }
    }

    fn fill(&self, view: &mut DealsProfile, profile: &Profile, point: &[Interval]) -> Result<(), Obstacle> {
        let lowered = self.talks.lower(profile, point, self.budget)?;
        let frontier = linked::frontier(&lowered.linked, self.budget)?;
        let stakes = lowered.linked.stakes(self.budget)?;
        let table = Table {
            source: self.source,
            talks: self.talks,
            lowered: &lowered,
            frontier: &frontier,
            stakes: &stakes,
            budget: self.budget,
        };
        view.without_agreement = table.without_agreement();
        view.stakes = table.stakes()?;
        view.frontier = table.points(&frontier);
        view.frontier_packages = Count::of(&frontier.package_count());
        let zone = frontier.points().filter(|point| stakes.in_zone(point));
        view.zone_packages = Count::of(&zone.map(|point| &point.packages).sum());
        view.common = table.common();
        view.points = solutions(&lowered.ordinal, &stakes, &frontier);
        if self.asked.over == Over::Lotteries && !lowered.ordinal.contains(&true) {
            view.lotteries = Some(lotteries(&frontier, &stakes.reservations, self.budget)?);
        }
        let openings = table.openings()?;
        view.demands = table.demands(&openings)?;
        view.openings = table.opening_views(&openings)?;
        view.asked = self.package.as_ref().map(|package| table.asked(package)).transpose()?;
        if self.asked.draws > 0 {
            let case = ranges::Case { question: self, profile, table: &table, openings: &openings, view };
            // What was found before stays known.
            match case.ranges() {
                Ok(ranges) => view.ranges = ranges,
                Err(Obstacle::Undecided(reason)) => view.ranges_stopped = Some(reason),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// What solutions choose, by position; nothing where somebody's numbers only order.
fn solutions(ordinal: &[bool], stakes: &Stakes, frontier: &Frontier) -> BTreeMap<String, Vec<usize>> {
    if ordinal.contains(&true) {
        return BTreeMap::new();
    }
    Solution::ALL.iter().map(|s| (s.id().to_owned(), chosen(*s, stakes, frontier))).collect()
}

/// The worths that readers are told: none for parties whose numbers only order.
fn told(worths: &[Exact], ordinal: &[bool]) -> Vec<Option<Exact>> {
    worths.iter().zip(ordinal).map(|(worth, ordinal)| (!ordinal).then(|| worth.clone())).collect()
}

/// Whether a search found anything, and what is best then.
fn best(found: Result<Frontier, StopReason>) -> Result<Option<Exact>, StopReason> {
    Ok(found?.points().next().map(|point| point.worths[0].clone()))
}
