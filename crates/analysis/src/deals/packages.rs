//! Single packages: whom they suit, what would repair or improve them.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use detente_bargain::Stakes;
use detente_bargain::linked::{Linked, LinkedParty, Query, Table as Worths, frontier, frontier_above, frontier_where};
use detente_base::{Exact, StopReason};
use detente_scenario::situation::Issue;
use detente_scenario::suggest::{list_names, nearest};

use super::demands::Opening;
use super::lower::Setting as Talks;
use super::report::{
    AskedPackage, BrokenRule, Concession, OpeningView, PackageJudged, Repair, Setting, Shortfall, TextStep,
};
use super::solutions;
use super::table::Table;
use crate::ask::AskError;

/// Most concessions that are listed.
const MOST_CONCESSIONS: usize = 12;

/// Changes of a single text between two looks at the budget.
const BETWEEN_CHECKS: u64 = 1024;

/// Reads a package: `issue=value` pairs, by ids or names, the rest as without an agreement.
///
/// # Errors
/// With everything that is wrong with it.
pub(super) fn parse(talks: &Talks<'_>, text: &str) -> Result<Vec<u32>, AskError> {
    let situation = talks.situation;
    let mut package: Vec<Option<u32>> = talks.settled_fallback();
    let mut named: Vec<usize> = Vec::new();
    let (mut faults, mut helps) = (Vec::new(), Vec::new());
    let pairs: Vec<&str> = text.split([',', '&']).map(str::trim).filter(|pair| !pair.is_empty()).collect();
    if pairs.is_empty() {
        return Err(AskError::new("the package is empty", Some("name what changes: `--package ISSUE=VALUE,…`".into())));
    }
    for pair in pairs {
        match setting_of(talks, pair) {
            Ok((at, _)) if named.contains(&at) => {
                faults.push(format!("`{}` is given twice", situation.issues[talks.issues[at].index()].id));
            }
            Ok((at, value)) => {
                named.push(at);
                package[at] = Some(value);
            }
            Err(AskError { message, help }) => {
                faults.push(message);
                helps.extend(help);
            }
        }
    }
    if !faults.is_empty() {
        return Err(AskError::new(faults.join("; "), (!helps.is_empty()).then(|| helps.join("; "))));
    }
    let missing = package.iter().position(Option::is_none);
    package.into_iter().collect::<Option<Vec<u32>>>().ok_or_else(|| {
        let id = missing.map_or("", |at| situation.issues[talks.issues[at].index()].id.as_str());
        AskError::new(
            format!("the package says nothing of `{id}`, and the file does not say how it stands"),
            Some("give every issue a value, or add `disagreement` to the file".into()),
        )
    })
}

/// One pair: the position of the issue among those that are settled, and its value.
fn setting_of(talks: &Talks<'_>, pair: &str) -> Result<(usize, u32), AskError> {
    let parts = pair.split_once("==").or_else(|| pair.split_once('=')).or_else(|| pair.split_once(':'));
    let (name, value) = parts.map_or((pair, "yes"), |(name, value)| (name.trim(), value.trim()));
    let issues: Vec<&Issue> = talks.issues.iter().map(|issue| &talks.situation.issues[issue.index()]).collect();
    let by_id = issues.iter().position(|issue| issue.id == name);
    let Some(at) = by_id.or_else(|| issues.iter().position(|issue| issue.name.eq_ignore_ascii_case(name))) else {
        let ids = || issues.iter().map(|issue| issue.id.as_str());
        let help = match nearest(name, ids()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("an agreement settles {}", list_names(ids())),
        };
        return Err(AskError::new(format!("no issue `{name}` is negotiated"), Some(help)));
    };
    let values = &issues[at].values;
    let by_id = values.iter().position(|known| known.id == value);
    match by_id.or_else(|| values.iter().position(|known| known.name.eq_ignore_ascii_case(value))) {
        Some(value) => Ok((at, value as u32)),
        None => {
            let ids = || values.iter().map(|known| known.id.as_str());
            let help = match nearest(value, ids()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its values are {}", list_names(ids())),
            };
            Err(AskError::new(format!("`{name}` has no value `{value}`"), Some(help)))
        }
    }
}

impl Table<'_> {
    /// What each party opens with, as a whole package.
    pub(super) fn opening_views(&self, openings: &[Opening]) -> Result<Vec<OpeningView>, StopReason> {
        let mut views = Vec::new();
        for opening in openings {
            let mut linked = self.lowered.linked.seated(&[opening.party]);
            for demand in &opening.demands {
                linked = linked.restricted(demand.issue, &[demand.value]);
            }
            // What it does not care about stays as it is without an agreement.
            let found = match self.talks.settled_fallback().into_iter().collect::<Option<Vec<u32>>>() {
                Some(fallback) => {
                    let kept = kept(&linked, &fallback);
                    frontier(&linked.followed_by(kept).expect("one table for each issue"), self.budget)?
                }
                None => frontier(&linked, self.budget)?,
            };
            if found.points().len() == 0 {
                views.push(OpeningView { party: self.party_id(opening.party), package: None, concessions: Vec::new() });
                continue;
            }
            let package = found.package(0);
            let mut concessions = self.concessions(&package);
            concessions.retain(|concession| concession.giver == self.party_id(opening.party));
            views.push(OpeningView {
                party: self.party_id(opening.party),
                package: Some(self.judged(&package, Some(opening.party))?),
                concessions,
            });
        }
        Ok(views)
    }

    /// Whom a package suits, and what would repair it for the party that proposes it.
    fn judged(&self, package: &[u32], proposer: Option<usize>) -> Result<PackageJudged, StopReason> {
        let linked = &self.lowered.linked;
        let worths = linked.worths(package);
        let short: Vec<usize> =
            (0..self.parties()).filter(|party| worths[*party] < self.stakes.reservations[*party]).collect();
        let shortfall = |party: &usize| Shortfall {
            party: self.party_id(*party),
            lacks: (!self.lowered.ordinal[*party]).then(|| &self.stakes.reservations[*party] - &worths[*party]),
            on: self.cured_by(package, *party),
        };
        let repair = if short.is_empty() && linked.allows(package) { None } else { self.repair(package, proposer)? };
        Ok(PackageJudged {
            package: self.settings(package),
            worths: self.told(&worths),
            ruled_out_by: self.broken(package),
            short_of: short.iter().map(shortfall).collect(),
            repair,
        })
    }

    /// The constraints that a package breaks, those that are only about what is settled or
    /// stays.
    fn broken(&self, package: &[u32]) -> Vec<BrokenRule> {
        let rules = self.talks.broken(package).into_iter();
        rules.map(|(rule, span)| BrokenRule { rule, line: self.line(span) }).collect()
    }

    /// Issues of which one other value alone would give a party its reservation.
    fn cured_by(&self, package: &[u32], party: usize) -> Vec<String> {
        let enough = |(issue, value): &(usize, u32)| {
            let changed = changed(package, &[(*issue, *value)]);
            self.lowered.linked.allows(&changed)
                && self.lowered.linked.worths(&changed)[party] >= self.stakes.reservations[party]
        };
        let mut issues: Vec<usize> = self.changes(package).filter(enough).map(|(issue, _)| issue).collect();
        issues.dedup();
        issues.iter().map(|at| self.talks.situation.issues[self.talks.issues[*at].index()].id.clone()).collect()
    }

    /// Every other value of every issue.
    fn changes<'p>(&'p self, package: &'p [u32]) -> impl Iterator<Item = (usize, u32)> + 'p {
        let sizes = self.lowered.linked.sizes().iter().enumerate();
        sizes
            .flat_map(|(issue, size)| (0..*size as u32).map(move |value| (issue, value)))
            .filter(|(i, v)| package[*i] != *v)
    }

    /// The package of the zone with the fewest changes, the best of them for the proposer.
    fn repair(&self, package: &[u32], proposer: Option<usize>) -> Result<Option<Repair>, StopReason> {
        let mut order: Vec<usize> = (0..self.parties()).collect();
        order.swap(0, proposer.unwrap_or(0));
        let seated = self.lowered.linked.seated(&order);
        let with_kept = seated.preceded_by(kept(&seated, package)).expect("one table for each issue");
        let least = std::iter::once(None).chain(order.iter().map(|at| Some(self.stakes.reservations[*at].clone())));
        let query = Query { objectives: 2, least: least.collect() };
        let found = frontier_where(&with_kept, &query, self.budget)?;
        if found.points().len() == 0 {
            return Ok(None);
        }
        let mended = found.package(0);
        let worths = self.lowered.linked.worths(&mended);
        let better = frontier_above(&self.lowered.linked, &worths, self.budget)?;
        Ok(Some(Repair {
            changes: self.differences(package, &mended),
            worths: self.told(&worths),
            efficient: better.points().all(|point| point.worths == worths),
        }))
    }

    fn differences(&self, from: &[u32], to: &[u32]) -> Vec<Setting> {
        let changed = self.settings(to).into_iter().zip(from.iter().zip(to)).filter(|(_, (a, b))| a != b);
        changed.map(|(setting, _)| setting).collect()
    }

    /// Single changes that cost one party something and give another one more, by rate.
    fn concessions(&self, package: &[u32]) -> Vec<Concession> {
        let linked = &self.lowered.linked;
        let before = linked.worths(package);
        let mut found = Vec::new();
        for change in self.changes(package) {
            let after = changed(package, &[change]);
            if !linked.allows(&after) {
                continue;
            }
            let after_worths = linked.worths(&after);
            let difference = |party: usize| &after_worths[party] - &before[party];
            let cardinal = |party: &usize| !self.lowered.ordinal[*party];
            for giver in (0..self.parties()).filter(cardinal).filter(|party| difference(*party).signum() <= 0) {
                for gainer in (0..self.parties()).filter(cardinal).filter(|party| difference(*party).signum() > 0) {
                    let (loss, gain) = (-&difference(giver), difference(gainer));
                    // What costs nothing is a concession only of those who could refuse it.
                    if loss.is_zero() && !self.talks.sets(giver, change.0) {
                        continue;
                    }
                    found.push(Concession {
                        giver: self.party_id(giver),
                        gainer: self.party_id(gainer),
                        change: self.differences(package, &after).remove(0),
                        rate: gain.checked_div(&loss),
                        loss,
                        gain,
                    });
                }
            }
        }
        found.sort_by(|a, b| match (&a.rate, &b.rate) {
            (Some(a), Some(b)) => b.cmp(a),
            (None, None) => b.gain.cmp(&a.gain),
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
        });
        found
    }

    /// What a package is that the user asks about.
    pub(super) fn asked(&self, package: &[u32]) -> Result<AskedPackage, StopReason> {
        let linked = &self.lowered.linked;
        let worths = linked.worths(package);
        let better = frontier_above(linked, &worths, self.budget)?;
        let improves = better.points().any(|point| point.worths != worths);
        let signed = Stakes { reservations: worths, ideals: self.stakes.ideals.clone() };
        let (improvements, points) = if improves {
            let table = Table { stakes: &signed, ..*self };
            (table.points(&better), solutions(&self.lowered.ordinal, &signed, &better))
        } else {
            (Vec::new(), BTreeMap::new())
        };
        let mut concessions = self.concessions(package);
        concessions.truncate(MOST_CONCESSIONS);
        let (text, end) = self.single_text(package)?;
        let end_worths = linked.worths(&end);
        let beyond = frontier_above(linked, &end_worths, self.budget)?;
        Ok(AskedPackage {
            judged: self.judged(package, None)?,
            efficient: !improves && linked.allows(package),
            improvements,
            points,
            concessions,
            text,
            text_ends_efficient: linked.allows(&end) && beyond.points().all(|point| point.worths == end_worths),
        })
    }

    /// From a package on, change after change of one or two issues that nobody is worse off
    /// for; each time the one with the greatest least gain as a share of the ideal.
    ///
    /// Source: `[Raiffa1982]`, the single negotiating text. Differs: the mediator knows the
    /// worths.
    ///
    /// Cost: for each step the square of the number of other values.
    fn single_text(&self, package: &[u32]) -> Result<(Vec<TextStep>, Vec<u32>), StopReason> {
        let linked = &self.lowered.linked;
        let mut at = package.to_vec();
        let mut steps = Vec::new();
        let mut tried: u64 = 0;
        // Every step makes somebody better off and nobody worse, so that none comes twice.
        loop {
            let before = linked.worths(&at);
            let singles: Vec<(usize, u32)> = self.changes(&at).collect();
            let pairs = singles.iter().flat_map(|a| singles.iter().map(move |b| [*a, *b]));
            let mut next: Option<(Vec<Exact>, Vec<u32>)> = None;
            for pair in pairs.filter(|[a, b]| a.0 < b.0 || a == b) {
                tried += 1;
                if tried.is_multiple_of(BETWEEN_CHECKS) {
                    self.budget.check()?;
                }
                let candidate = changed(&at, &pair);
                if !linked.allows(&candidate) {
                    continue;
                }
                let worths = linked.worths(&candidate);
                if worths == before || worths.iter().zip(&before).any(|(now, then)| now < then) {
                    continue;
                }
                let score = self.shares(&before, &worths);
                if next.as_ref().is_none_or(|(best, _)| score > *best) {
                    next = Some((score, candidate));
                }
            }
            let Some((_, candidate)) = next else { break };
            let worths = self.told(&linked.worths(&candidate));
            steps.push(TextStep { changes: self.differences(&at, &candidate), worths });
            at = candidate;
        }
        Ok((steps, at))
    }

    /// Gains as shares of what each party could gain at most, the least first.
    fn shares(&self, before: &[Exact], after: &[Exact]) -> Vec<Exact> {
        let gains = before.iter().zip(after).zip(&self.stakes.ideals);
        let share = |((before, after), ideal): ((&Exact, &Exact), &Exact)| {
            (after - before).checked_div(&(ideal - before)).unwrap_or(Exact::ONE)
        };
        let mut shares: Vec<Exact> = gains.map(share).collect();
        shares.sort_unstable();
        shares
    }
}

fn changed(package: &[u32], changes: &[(usize, u32)]) -> Vec<u32> {
    let mut changed = package.to_vec();
    changes.iter().for_each(|(issue, value)| changed[*issue] = *value);
    changed
}

/// A party that wants a package to stay as it is, issue by issue.
fn kept(linked: &Linked, package: &[u32]) -> LinkedParty {
    let table = |(issue, size): (usize, &usize)| Worths {
        issues: vec![issue],
        entries: (0..*size as u32).map(|value| Exact::from(i64::from(value == package[issue]))).collect(),
    };
    let tables = linked.sizes().iter().enumerate().map(table).collect();
    LinkedParty { name: String::new(), tables, reservation: Exact::ZERO }
}
