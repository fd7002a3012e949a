//! What parties open with, and what becomes of each demand.

use detente_bargain::{Frontier, FrontierPoint, Label, Stakes, linked, standings};
use detente_base::{Exact, Span, StopReason};
use detente_scenario::situation::ValueId;
use num_bigint::BigUint;
use num_traits::Zero as _;

use super::report::{DealDemand, LabelBound, Setting};
use super::setting;
use super::table::{Respected, Table};
use crate::negotiation::{Count, DemandLabel};

/// What a party opens with.
pub(super) struct Opening {
    /// Position of the party at the table.
    pub(super) party: usize,
    pub(super) demands: Vec<Demand>,
}

/// A value of an issue, by position.
#[derive(Clone, Copy)]
pub(super) struct Demand {
    pub(super) issue: usize,
    pub(super) value: u32,
    /// Where the file makes it.
    span: Option<Span>,
}

impl Table<'_> {
    /// What each party opens with: as the file says, or what all its best packages have.
    pub(super) fn openings(&self) -> Result<Vec<Opening>, StopReason> {
        (0..self.parties()).map(|party| Ok(Opening { party, demands: self.opening(party)? })).collect()
    }

    fn opening(&self, party: usize) -> Result<Vec<Demand>, StopReason> {
        let given = self.talks.situation.negotiation.iter().flat_map(|talks| &talks.openings);
        if let Some(opening) = given.into_iter().find(|opening| opening.party == self.talks.parties[party]) {
            let demand = |(issue, value): &(_, ValueId)| {
                let issue = self.talks.issues.iter().position(|settled| settled == issue)?;
                Some(Demand { issue, value: value.0, span: Some(opening.origin.span) })
            };
            return Ok(opening.demands.iter().filter_map(demand).collect());
        }
        let linked = &self.lowered.linked;
        let alone = linked::frontier(&linked.seated(&[party]), self.budget)?;
        let all = alone.package_count();
        let mut demands = Vec::new();
        for (issue, values) in alone.occurrences(|_| true).iter().enumerate().filter(|(_, values)| values.len() > 1) {
            let always = values.iter().position(|count| !all.is_zero() && *count == all);
            demands.extend(always.map(|value| Demand { issue, value: value as u32, span: None }));
        }
        Ok(demands)
    }

    /// What becomes of every demand.
    pub(super) fn demands(&self, openings: &[Opening]) -> Result<Vec<DealDemand>, StopReason> {
        let standings = standings(self.stakes, self.frontier);
        let mut views = Vec::new();
        for opening in openings {
            for demand in &opening.demands {
                let standing = &standings[demand.issue][demand.value as usize];
                let label = standing.label();
                let mut view = DealDemand {
                    party: self.party_id(opening.party),
                    demand: self.setting(demand),
                    line: demand.span.map(|span| self.line(span)),
                    label: label.map(DemandLabel::from),
                    with: Count::of(&standing.with),
                    of: Count::of(&standing.of),
                    insisting: None,
                    dropping: None,
                    refused_by: Vec::new(),
                    holds_above: self.bounds(demand, label),
                };
                self.insist(opening.party, demand, &mut view)?;
                views.push(view);
            }
        }
        Ok(views)
    }

    fn setting(&self, demand: &Demand) -> Setting {
        setting(self.talks.situation, self.talks.issues[demand.issue], ValueId(demand.value))
    }

    /// What a party can have when it insists on a demand, and when it drops it.
    fn insist(&self, party: usize, demand: &Demand, view: &mut DealDemand) -> Result<(), StopReason> {
        let linked = &self.lowered.linked;
        let with = linked.restricted(demand.issue, &[demand.value]);
        let others: Vec<u32> =
            (0..linked.sizes()[demand.issue] as u32).filter(|value| *value != demand.value).collect();
        view.insisting = self.most(&with, party, Respected::All)?;
        view.dropping = self.most(&linked.restricted(demand.issue, &others), party, Respected::All)?;
        if view.insisting.is_none() {
            for other in (0..self.parties()).filter(|other| *other != party) {
                if self.most(&with, party, Respected::AllBut(other))?.is_some() {
                    view.refused_by.push(self.party_id(other));
                }
            }
        }
        Ok(())
    }

    /// Reservations at which the label of a demand changes.
    ///
    /// Reservations change nothing about what is efficient. A chip stays one until a point
    /// that has the value is let in, a core demand until one that can do without it is.
    fn bounds(&self, demand: &Demand, label: Option<Label>) -> Vec<LabelBound> {
        let with = self.frontier.packages_with(demand.issue, demand.value);
        let upsets = |(point, with): &(&FrontierPoint, &BigUint)| match label {
            Some(Label::Chip) => !with.is_zero(),
            Some(Label::Core) => **with != point.packages,
            Some(Label::Contested) | None => false,
        };
        let mut bounds: Vec<Option<&Exact>> = vec![None; self.parties()];
        for (point, _) in self.frontier.points().zip(&with).filter(upsets) {
            if let [party] = self.stakes.short_of(point).collect::<Vec<_>>()[..] {
                let worth = &point.worths[party];
                if bounds[party].is_none_or(|bound| bound < worth) {
                    bounds[party] = Some(worth);
                }
            }
        }
        let told = bounds.into_iter().zip(&self.lowered.ordinal).enumerate().filter(|(_, (_, ordinal))| !**ordinal);
        told.filter_map(|(party, (bound, _))| Some(LabelBound { party: self.party_id(party), bound: bound?.clone() }))
            .collect()
    }
}

/// The labels of the same demands in another case.
pub(super) fn labels(openings: &[Opening], stakes: &Stakes, frontier: &Frontier) -> Vec<Option<DemandLabel>> {
    let standings = standings(stakes, frontier);
    let demands = openings.iter().flat_map(|opening| &opening.demands);
    demands.map(|d| standings[d.issue][d.value as usize].label().map(DemandLabel::from)).collect()
}
