//! Searches over all packages, for one combination of types and numbers.

use detente_bargain::linked::{Linked, Query, frontier_where};
use detente_bargain::{Frontier, Label, Stakes, Standing, standings};
use detente_base::{Budget, Exact, SourceText, Span, StopReason};

use super::failing::Failing;
use super::lower::{Lowered, Setting as Talks};
use super::report::{Binding, DealPoint, Setting, Stake, WithoutAgreement};
use super::{best, setting, told};
use crate::negotiation::Count;
use detente_scenario::situation::{IssueId, ValueId};

/// Most outcomes without an agreement that are written out.
const MOST_WITHOUT: usize = 12;

/// Parties at a table, and what they could agree on.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    pub(super) source: &'a SourceText,
    pub(super) talks: &'a Talks<'a>,
    pub(super) lowered: &'a Lowered,
    pub(super) frontier: &'a Frontier,
    pub(super) stakes: &'a Stakes,
    pub(super) budget: &'a Budget,
}

/// Whose reservations a search respects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Respected {
    /// Everybody's.
    All,
    /// Everybody's but that of one party.
    AllBut(usize),
}

impl Table<'_> {
    pub(super) fn parties(&self) -> usize {
        self.talks.parties.len()
    }

    pub(super) fn party_id(&self, party: usize) -> String {
        self.talks.situation.parties[self.talks.parties[party].index()].id.clone()
    }

    pub(super) fn line(&self, span: Span) -> usize {
        self.source.position(span.start).0
    }

    /// The most that a party may have without an agreement, where that is not sure.
    fn up_to(&self, party: usize) -> Option<&Exact> {
        let most = &self.lowered.without.as_ref()?.most[party];
        (*most != self.stakes.reservations[party]).then_some(most)
    }

    /// What holds without an agreement, where the parties then act alone.
    pub(super) fn without_agreement(&self) -> Option<WithoutAgreement> {
        let without = self.lowered.without.as_ref()?;
        let outcome = |values: &Vec<ValueId>| {
            let pairs = values.iter().enumerate();
            pairs.map(|(at, value)| setting(self.talks.situation, IssueId::from_index(at), *value)).collect()
        };
        Some(WithoutAgreement {
            concept: self.talks.failing.as_ref().and_then(Failing::concept).map(str::to_owned),
            count: without.outcomes.len() as u64,
            holds: without.hold,
            outcomes: without.outcomes.iter().take(MOST_WITHOUT).map(outcome).collect(),
        })
    }

    /// The values of a package, by id.
    pub(super) fn settings(&self, package: &[u32]) -> Vec<Setting> {
        let pairs = self.talks.issues.iter().zip(package);
        pairs.map(|(issue, value)| setting(self.talks.situation, *issue, ValueId(*value))).collect()
    }

    pub(super) fn told(&self, worths: &[Exact]) -> Vec<Option<Exact>> {
        told(worths, &self.lowered.ordinal)
    }

    /// The most that a party can have in packages of a negotiation, others respected.
    pub(super) fn most(
        &self,
        linked: &Linked,
        party: usize,
        respected: Respected,
    ) -> Result<Option<Exact>, StopReason> {
        let mut order: Vec<usize> = (0..self.parties()).collect();
        order.swap(0, party);
        let seated = linked.seated(&order);
        let least = |at: &usize| {
            let free = respected == Respected::AllBut(*at);
            (!free).then(|| self.stakes.reservations[*at].clone())
        };
        let query = Query { objectives: 1, least: order.iter().map(least).collect() };
        best(frontier_where(&seated, &query, self.budget))
    }

    /// What is at stake for each party, and who holds it back.
    pub(super) fn stakes(&self) -> Result<Vec<Stake>, StopReason> {
        (0..self.parties()).map(|party| self.stake(party)).collect()
    }

    fn stake(&self, party: usize) -> Result<Stake, StopReason> {
        let own = || self.frontier.points().filter(|p| self.stakes.in_zone(p)).map(|p| &p.worths[party]);
        let most = own().max();
        let mut held_back_by = Vec::new();
        for other in (0..self.parties()).filter(|other| *other != party) {
            let without = self.most(&self.lowered.linked, party, Respected::AllBut(other))?;
            if let Some(without) = without.filter(|without| most.is_none_or(|most| without > most)) {
                held_back_by.push(Binding { party: self.party_id(other), most: without });
            }
        }
        Ok(Stake {
            party: self.party_id(party),
            reservation: self.stakes.reservations[party].clone(),
            reservation_up_to: self.up_to(party).cloned(),
            line: self.talks.reservation_span(party).map(|span| self.line(span)),
            ideal: self.stakes.ideals[party].clone(),
            zone: own().min().zip(most).map(|(least, most)| (least.clone(), most.clone())),
            held_back_by,
        })
    }

    /// Values that every efficient package of the zone has.
    pub(super) fn common(&self) -> Vec<Setting> {
        let standings = standings(self.stakes, self.frontier);
        let core = |values: &Vec<Standing>| values.iter().position(|value| value.label() == Some(Label::Core));
        let found =
            self.talks.issues.iter().zip(&standings).filter_map(|(issue, values)| {
                Some(setting(self.talks.situation, *issue, ValueId(core(values)? as u32)))
            });
        found.collect()
    }

    /// The points of a frontier, with what they give whom.
    pub(super) fn points(&self, frontier: &Frontier) -> Vec<DealPoint> {
        let mut levels: Vec<Vec<&Exact>> = vec![Vec::new(); self.parties()];
        for point in frontier.points() {
            levels.iter_mut().zip(&point.worths).for_each(|(level, worth)| level.push(worth));
        }
        for level in &mut levels {
            level.sort_unstable_by(|a, b| b.cmp(a));
            level.dedup();
        }
        let place = |(party, worth): (usize, &Exact)| {
            1 + levels[party].binary_search_by(|level| worth.cmp(level)).expect("it is one of them") as u32
        };
        let view = |(at, point): (usize, &detente_bargain::FrontierPoint)| DealPoint {
            worths: self.told(&point.worths),
            near: self.told(&point.worths).iter().map(|worth| worth.as_ref().map(Exact::to_f64)).collect(),
            places: point.worths.iter().enumerate().map(place).collect(),
            packages: Count::of(&point.packages),
            package: self.settings(&frontier.package(at)),
            short_of: self.stakes.short_of(point).map(|party| self.party_id(party)).collect(),
            may_refuse: (0..self.parties())
                .filter(|party| point.worths[*party] >= self.stakes.reservations[*party])
                .filter(|party| self.up_to(*party).is_some_and(|most| point.worths[*party] < *most))
                .map(|party| self.party_id(party))
                .collect(),
        };
        frontier.points().enumerate().map(view).collect()
    }
}
