//! Branch and bound for all efficient worths at once.
//!
//! Issue by issue, a set of packages is followed only while, in every direction, it could
//! still weigh as much as a vector that beats some corner. Points that are found move the
//! corners up. The directions of two parties are the sides of the convex hull of what is
//! found first, so that only the triangles below the hull are searched.

use std::ops::ControlFlow;

use detente_base::{Budget, Exact, StopReason};
use num_bigint::BigUint;

use super::bounds::{Bounds, Ordered};
use super::corners::Corners;
use super::count::{Uncounted, package_counts};
use super::hull::{Room, directions};
use super::negotiation::RectangleNegotiation;
use super::order::search_order;
use super::reduce::{Keep, Problem};
use crate::stakes::Stakes;

/// Sets of packages after which tighter bounds are worth their time.
const FIRST_LOOK: u64 = 1 << 16;

/// Sets of packages between two looks at the stopper.
const STRIDE: u64 = 1 << 10;

/// The efficient packages by their worths, the best for the first party first.
#[derive(Clone, Debug)]
pub struct RectangleFrontier {
    /// Worths that some efficient packages have, each once; when the search was stopped,
    /// worths of packages that no package found dominates.
    pub points: Vec<RectanglePoint>,
    /// Sets of packages that were looked at.
    pub nodes: u64,
    /// Why the search ended before it was complete, and what it left open.
    pub open: Option<Open>,
    /// Why packages were not counted, if they were not.
    pub uncounted: Option<Uncounted>,
}

/// What a search that was stopped left open.
#[derive(Clone, Debug)]
pub struct Open {
    /// Why it was stopped.
    pub reason: StopReason,
    /// By party, the most that an efficient package which was not found can give it.
    pub at_most: Vec<Exact>,
}

/// Worths that some efficient packages have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RectanglePoint {
    /// For each party.
    pub worths: Vec<Exact>,
    /// A package with these worths, as the position of the value of each issue.
    pub package: Vec<u32>,
    /// Number of packages with these worths, where it was counted.
    pub packages: Option<BigUint>,
}

/// Finds the frontier.
///
/// Packages are counted unless a party takes the greatest or the least over several
/// rectangles, or too many packages would have to be told apart.
///
/// Cost: exponential in the worst case; [`Budget::states`] sets of packages at most.
/// Memory: up to 24 directions with tables of about 8 MB each at a first look, of 16 MB where
/// that does not settle the question and while packages are counted; up to 2¹⁸ sets of
/// packages are kept then, which takes some 400 MB.
pub fn rectangle_frontier(negotiation: &RectangleNegotiation, budget: &Budget) -> RectangleFrontier {
    frontier_after(FIRST_LOOK, negotiation, budget)
}

/// The frontier, with tighter bounds after so many sets of packages.
pub(super) fn frontier_after(
    first_look: u64,
    negotiation: &RectangleNegotiation,
    budget: &Budget,
) -> RectangleFrontier {
    let problem = Problem::new(negotiation, Keep::Best).expect("checked when the negotiation was built");
    let ordered = Ordered::new(&problem, search_order(&problem));
    let lowest: Vec<i128> = ordered.base.iter().map(|base| base - 1).collect();
    let mut corners = Corners::new(lowest);
    let mut bounds = directions(&ordered, &mut corners, Room::SMALL, budget);
    let mut search = Search::new(&ordered, &bounds, corners, (0, first_look), budget);
    let mut ended = search.run();
    if ended == ControlFlow::Break(Ending::LookOver) {
        let looked_at = search.nodes;
        corners = search.corners;
        bounds = directions(&ordered, &mut corners, Room::LARGE, budget);
        search = Search::new(&ordered, &bounds, corners, (looked_at, u64::MAX), budget);
        ended = search.run();
    }
    let worths = |amounts: &[i128]| worths(negotiation, &problem, amounts);
    let open = match ended {
        ControlFlow::Continue(()) => None,
        ControlFlow::Break(Ending::Budget(reason)) => Some(Open { reason, at_most: worths(&search.at_most()) }),
        ControlFlow::Break(Ending::LookOver) => unreachable!("the second look has no end"),
    };
    let nodes = search.nodes;
    let points = search.corners.into_points();
    let amounts: Vec<&[i128]> = points.iter().map(|(amounts, _)| amounts.as_slice()).collect();
    let counts = match open {
        None => package_counts(negotiation, &bounds, &amounts, budget),
        Some(_) => Err(Uncounted::Stopped),
    };
    let point = |(at, (amounts, package)): (usize, &(Vec<i128>, Vec<u32>))| RectanglePoint {
        worths: worths(amounts),
        package: spelled(&problem, &ordered, package),
        packages: counts.as_ref().ok().map(|counts| counts[at].clone()),
    };
    let points = points.iter().enumerate().map(point).collect();
    RectangleFrontier { points, nodes, open, uncounted: counts.err() }
}

/// What whole amounts are worth.
fn worths(negotiation: &RectangleNegotiation, problem: &Problem, amounts: &[i128]) -> Vec<Exact> {
    let worth = |(party, amount): (usize, &i128)| {
        let unit = &negotiation.parties()[party].unit;
        problem.amount(party, *amount).checked_div(unit).expect("checked when the negotiation was built")
    };
    amounts.iter().enumerate().map(worth).collect()
}

impl RectangleFrontier {
    /// Reservations of the parties, and the most that each has at a point: its ideal, when
    /// the search was complete.
    pub fn stakes(&self, negotiation: &RectangleNegotiation) -> Stakes {
        let most = |party: usize| self.points.iter().map(|point| point.worths[party].clone()).max();
        Stakes {
            reservations: negotiation.parties().iter().map(|party| party.reservation.clone()).collect(),
            ideals: (0..negotiation.parties().len()).map(|party| most(party).unwrap_or_default()).collect(),
        }
    }

    /// Number of efficient packages, where they were counted.
    pub fn package_count(&self) -> Option<BigUint> {
        self.points.iter().map(|point| point.packages.as_ref()).sum()
    }
}

/// The values of the issues of a package of classes.
fn spelled(problem: &Problem, ordered: &Ordered, package: &[u32]) -> Vec<u32> {
    let mut values: Vec<u32> = problem.variables.iter().map(|classes| classes[0].value).collect();
    for (variable, class) in ordered.order.iter().zip(package) {
        values[*variable] = problem.variables[*variable][*class as usize].value;
    }
    values.truncate(problem.issues);
    values
}

/// Why a search ended early.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Ending {
    /// Bounds should be tighter.
    LookOver,
    /// The budget is spent.
    Budget(StopReason),
}

struct Search<'a> {
    ordered: &'a Ordered,
    directions: &'a [Bounds],
    corners: Corners,
    /// By corner, the least weight of a vector that beats it, by direction.
    targets: Vec<Vec<i64>>,
    /// Classes so far, by position.
    package: Vec<u32>,
    /// The greatest bounds of sets that were left when the search was stopped.
    left: Option<Vec<i64>>,
    /// Looked at so far, and at most in this search.
    nodes: u64,
    last_node: u64,
    budget: &'a Budget,
}

impl<'a> Search<'a> {
    fn new(
        ordered: &'a Ordered,
        directions: &'a [Bounds],
        corners: Corners,
        (nodes, last_node): (u64, u64),
        budget: &'a Budget,
    ) -> Self {
        let (targets, package) = (Vec::new(), vec![0; ordered.sizes.len()]);
        let mut search = Self { ordered, directions, corners, targets, package, left: None, nodes, last_node, budget };
        search.aim();
        search
    }

    fn run(&mut self) -> ControlFlow<Ending> {
        let roots: Vec<i64> = self.directions.iter().map(|bounds| bounds.root).collect();
        if self.wanted(&roots) { self.follow(0, &roots) } else { ControlFlow::Continue(()) }
    }

    /// Finds the targets for the corners.
    fn aim(&mut self) {
        let target = |corner: &Vec<i128>| {
            let least: Vec<i128> = corner.iter().map(|amount| amount + 1).collect();
            self.directions.iter().map(|bounds| bounds.weight(&least)).collect()
        };
        self.targets = self.corners.corners().iter().map(target).collect();
    }

    /// Whether packages with these bounds could beat a corner.
    fn wanted(&self, bounds: &[i64]) -> bool {
        self.targets.iter().any(|target| target.iter().zip(bounds).all(|(least, bound)| least <= bound))
    }

    /// Looks at the packages that start with the classes so far.
    fn follow(&mut self, position: usize, bounds: &[i64]) -> ControlFlow<Ending> {
        self.nodes += 1;
        if let Err(reason) = self.within_budget() {
            self.leave(bounds);
            return ControlFlow::Break(Ending::Budget(reason));
        }
        if self.nodes > self.last_node {
            return ControlFlow::Break(Ending::LookOver);
        }
        let Some(count) = self.ordered.sizes.get(position).copied() else {
            let amounts = self.ordered.amounts(&self.package);
            if self.corners.add(&amounts, &self.package) {
                self.aim();
            }
            return ControlFlow::Continue(());
        };
        let mut stopped = ControlFlow::Continue(());
        for (class, bounds) in self.children(position, count, bounds) {
            if !self.wanted(&bounds) {
                continue;
            }
            if stopped.is_break() {
                self.leave(&bounds);
                continue;
            }
            self.package[position] = class;
            stopped = self.follow(position + 1, &bounds);
        }
        stopped
    }

    /// The classes of a position with the bounds that they leave, those that lose least first.
    fn children(&self, position: usize, count: usize, bounds: &[i64]) -> Vec<(u32, Vec<i64>)> {
        let mut children: Vec<(u32, Vec<i64>)> = (0..count as u32).map(|class| (class, bounds.to_vec())).collect();
        let mut regrets = vec![0; count];
        let mut losses = vec![0_i128; count];
        for (at, direction) in self.directions.iter().enumerate() {
            direction.regrets(position, &self.package, &mut regrets);
            for ((_, bounds), regret) in children.iter_mut().zip(&regrets) {
                bounds[at] -= regret;
            }
            losses.iter_mut().zip(&regrets).for_each(|(loss, regret)| *loss += direction.comparable(*regret));
        }
        children.sort_by_key(|(class, _)| losses[*class as usize]);
        children
    }

    fn within_budget(&self) -> Result<(), StopReason> {
        if self.nodes > self.budget.states {
            let states = self.nodes.to_string();
            return Err(StopReason::TooManyStates { states, limit: self.budget.states });
        }
        if self.nodes.is_multiple_of(STRIDE) || self.nodes == 1 { self.budget.check() } else { Ok(()) }
    }

    fn leave(&mut self, bounds: &[i64]) {
        let left = self.left.get_or_insert_with(|| bounds.to_vec());
        left.iter_mut().zip(bounds).for_each(|(most, bound)| *most = (*most).max(*bound));
    }

    /// By party, the most that a package can give it that was left or found.
    fn at_most(&self) -> Vec<i128> {
        let parties = self.ordered.base.len();
        let left = self.left.iter().flatten().zip(self.directions).take(parties);
        let most = |(party, (bound, direction)): (usize, (&i64, &Bounds))| {
            let found = self.corners.points().iter().map(|(amounts, _)| amounts[party]).max();
            direction.most(*bound).max(found.unwrap_or(i128::MIN))
        };
        left.enumerate().map(most).collect()
    }
}
