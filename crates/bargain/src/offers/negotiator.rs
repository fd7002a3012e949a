//! A party at the table: its strategy, and what it has seen so far.

use std::cmp::Ordering;

use detente_base::Pcg;
use rustc_hash::FxHashSet;

use super::alternating::Act;
use super::models::Model;
use super::space::{PackageCode, Side, Space, Way};
use super::strategy::{Acceptance, Bound, Imitation, Offering, Strategy};
use super::tactics::{concession, hybrid_share, imitated};
use super::window::Window;

/// Packages of about the same own worth that are compared by a model.
const ALIKE: usize = 64;

/// What counts as about the same own worth: this part of what there is to concede.
const SLACK: f64 = 0.02;

/// A package that a party would offer next.
#[derive(Clone, Copy, Debug)]
struct Plan {
    package: PackageCode,
    /// The least that the party is willing to offer now.
    asking: i64,
    /// What it asks, as a share.
    share: f64,
}

/// A party at the table.
pub(crate) struct Negotiator<'s> {
    space: &'s Space,
    side: &'s Side,
    strategy: &'s Strategy,
    rng: Pcg,
    /// By party: what its offers are worth, as shares.
    heard: Vec<Vec<f64>>,
    window: Option<Window>,
    asked: f64,
    micro: Option<Micro>,
    /// By party, none for itself.
    pub(crate) models: Vec<Option<Model>>,
}

/// What a party with `MiCRO` has offered and seen.
struct Micro {
    way: Way,
    upcoming: Option<(i64, PackageCode)>,
    offered: Vec<(i64, PackageCode)>,
    /// By party, none for itself: its different offers.
    seen: Vec<Option<FxHashSet<PackageCode>>>,
}

impl<'s> Negotiator<'s> {
    pub(crate) fn new(space: &'s Space, party: usize, strategy: &'s Strategy, rng: Pcg) -> Self {
        let (side, parties) = (space.side(party), space.parties());
        let other = |at: usize| at != party;
        let micro = (strategy.offering == Offering::Micro).then(|| {
            let mut way = side.way();
            let upcoming = side.next(&mut way);
            let seen = (0..parties).map(|at| other(at).then(FxHashSet::default)).collect();
            Micro { way, upcoming, offered: Vec::new(), seen }
        });
        let model = |at: usize| strategy.model.filter(|_| other(at)).map(|kind| Model::new(kind, space.sizes()));
        Self {
            space,
            side,
            strategy,
            rng,
            heard: vec![Vec::new(); parties],
            window: looks_back(&strategy.acceptance).then(Window::default),
            asked: 1.0,
            micro,
            models: (0..parties).map(model).collect(),
        }
    }

    /// Takes an offer of another party into account.
    pub(crate) fn observe(&mut self, by: usize, package: PackageCode, worth: i64, time: f64) {
        if matches!(self.strategy.offering, Offering::TitForTat(_) | Offering::Hybrid) {
            self.heard[by].push(self.side.share(worth));
        }
        if let Some(window) = &mut self.window {
            window.push(worth, time);
        }
        if let Some(seen) = self.micro.as_mut().and_then(|micro| micro.seen[by].as_mut()) {
            seen.insert(package);
        }
        if let Some(model) = &mut self.models[by] {
            model.observe(&self.space.package(package), time);
        }
    }

    /// What the party does when it is its turn; `standing` is the offer of another party and
    /// its worth to this one.
    pub(crate) fn respond(&mut self, standing: Option<i64>, time: f64) -> Act {
        if !self.side.has_room() {
            return Act::End;
        }
        let plan = self.plan(time);
        if let Some(worth) = standing
            && worth >= self.side.reservation
            && self.accepts(&self.strategy.acceptance, worth, plan.asking, time)
        {
            return Act::Accept;
        }
        self.asked = plan.share;
        if let Some(micro) = &mut self.micro
            && let Some(upcoming) = micro.upcoming.filter(|(_, package)| *package == plan.package)
        {
            micro.offered.push(upcoming);
            micro.upcoming = self.side.next(&mut micro.way);
        }
        Act::Offer(plan.package)
    }

    fn plan(&mut self, time: f64) -> Plan {
        match self.strategy.offering {
            Offering::Aspiration { exponent, opening } => {
                let room = (self.side.best - self.side.floor) as f64;
                let conceded = (concession(time, exponent, opening) * room) as i64;
                self.chosen((self.side.best - conceded).clamp(self.side.floor, self.side.best))
            }
            Offering::TitForTat(imitation) => {
                let drawn = match imitation {
                    Imitation::Absolute { noise, .. } if noise != 0.0 => {
                        f64::from(self.rng.next()) / f64::from(u32::MAX) * 2.0 - 1.0
                    }
                    _ => 0.0,
                };
                self.answering(|asked, received| imitated(imitation, asked, received, drawn))
            }
            Offering::Hybrid => self.answering(|asked, received| hybrid_share(time, asked, received)),
            Offering::Tough => self.chosen(self.side.best),
            Offering::Random => {
                let (worth, package) = self.side.drawn(&mut self.rng);
                Plan { package, asking: worth, share: self.side.share(worth) }
            }
            Offering::Micro => self.step(),
        }
    }

    /// Asks what a formula gives; of several others, the one that gave least counts.
    fn answering(&mut self, next: impl Fn(f64, &[f64]) -> f64) -> Plan {
        let others = self.heard.iter().filter(|heard| !heard.is_empty());
        let share = others.map(|heard| next(self.asked, heard)).max_by(f64::total_cmp);
        let share = share.unwrap_or_else(|| next(self.asked, &[]));
        let share = share.clamp(self.side.share(self.side.floor).min(1.0), 1.0);
        let plan = self.chosen(self.side.units_of_share(share));
        Plan { share, ..plan }
    }

    /// A package worth a target: the nearest, or that which the others like best by the
    /// model among the nearest.
    fn chosen(&self, target: i64) -> Plan {
        let plan = |worth: i64, package| Plan { package, asking: worth, share: self.side.share(worth) };
        let (worth, package) = self.side.nearest(target);
        if self.strategy.model.is_none() {
            return plan(worth, package);
        }
        let slack = ((self.side.best - self.side.floor) as f64 * SLACK) as i64;
        let alike = self.side.near(worth, worth.saturating_add(slack), ALIKE);
        let liked = |package: &[u32]| {
            self.models.iter().flatten().map(|model| model.worth(package)).min_by(f64::total_cmp).unwrap_or(0.0)
        };
        let mut values = Vec::new();
        let scored = alike.into_iter().map(|(worth, code)| {
            let package = PackageCode(code);
            self.space.write_package(package, &mut values);
            (liked(&values), worth, package)
        });
        let better = |a: &(f64, i64, PackageCode), b: &(f64, i64, PackageCode)| -> Ordering {
            a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(b.2.cmp(&a.2))
        };
        scored.max_by(better).map_or_else(|| plan(worth, package), |(_, worth, package)| plan(worth, package))
    }

    /// The next package if nobody else lags behind, else one of those offered before.
    fn step(&mut self) -> Plan {
        let micro = self.micro.as_ref().expect("a party with `MiCRO` keeps account");
        let fewest = micro.seen.iter().flatten().map(FxHashSet::len).min().unwrap_or(0);
        let next = micro.upcoming.filter(|(worth, _)| *worth >= self.side.floor);
        let (asking, package) = match (next, micro.offered.last()) {
            (Some((worth, package)), Some(_)) if micro.offered.len() <= fewest => (worth, package),
            (Some((worth, package)), None) => (worth, package),
            (_, Some((worth, _))) => {
                let at = self.rng.below(micro.offered.len() as u32) as usize;
                (*worth, micro.offered[at].1)
            }
            (None, None) => unreachable!("the best package is worth the reservation"),
        };
        Plan { package, asking, share: self.side.share(asking) }
    }

    fn accepts(&self, acceptance: &Acceptance, worth: i64, asking: i64, time: f64) -> bool {
        let share = || self.side.share(worth);
        match acceptance {
            Acceptance::Next { factor, gap } => {
                if (*factor, *gap) == (1.0, 0.0) {
                    worth >= asking
                } else {
                    factor * share() + gap >= self.side.share(asking)
                }
            }
            Acceptance::Constant(least) => share() >= *least,
            Acceptance::Time(from) => time >= *from,
            Acceptance::Combined { from, bound } => {
                worth >= asking || (time >= *from && self.is_good_enough(*bound, worth, time))
            }
            Acceptance::All(several) => several.iter().all(|one| self.accepts(one, worth, asking, time)),
            Acceptance::Any(several) => several.iter().any(|one| self.accepts(one, worth, asking, time)),
        }
    }

    fn is_good_enough(&self, bound: Bound, worth: i64, time: f64) -> bool {
        let window = || self.window.as_ref().expect("kept where it is asked for");
        match bound {
            Bound::Constant(least) => self.side.share(worth) >= least,
            Bound::BestSoFar => window().is_best_so_far(worth),
            Bound::BestInWindow => window().is_best_since(worth, 2.0 * time - 1.0),
            Bound::MeanInWindow => window().is_mean_since(worth, 2.0 * time - 1.0),
        }
    }
}

/// Whether a condition compares with offers received before.
fn looks_back(acceptance: &Acceptance) -> bool {
    match acceptance {
        Acceptance::Combined { bound, .. } => !matches!(bound, Bound::Constant(_)),
        Acceptance::All(several) | Acceptance::Any(several) => several.iter().any(looks_back),
        Acceptance::Next { .. } | Acceptance::Constant(_) | Acceptance::Time(_) => false,
    }
}
