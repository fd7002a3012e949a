//! Where an agreement lies: on the frontier or beside it, and how far from the Nash solution.

use detente_base::Exact;

use super::space::{PackageCode, Space};
use crate::frontier::Frontier;
use crate::negotiation::Negotiation;
use crate::points::{Solution, chosen};

/// What agreements are compared with.
///
/// Distances are between worths of which each party's runs from 0 at its worst package to 1
/// at its best, so that no unit of worth counts more than another.
#[derive(Clone, Debug)]
pub struct Yardstick {
    negotiation: Negotiation,
    /// In descending order.
    exact: Vec<Vec<Exact>>,
    frontier: Vec<Vec<f64>>,
    nash: Vec<Vec<f64>>,
    /// By party: its least worth, and the difference to its greatest.
    scales: Vec<(f64, f64)>,
}

/// Where a package lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Whether it is efficient: decided on exact numbers.
    pub efficient: bool,
    /// Distance to the nearest point of the frontier.
    pub frontier_distance: f64,
    /// Distance to the nearest point that the Nash solution chooses, if it chooses one.
    pub nash_distance: Option<f64>,
}

impl Yardstick {
    /// The frontier of a negotiation as a yardstick. It may have the packages of a space as
    /// the values of a single issue: then they can have any worths.
    pub fn new(negotiation: &Negotiation, frontier: &Frontier) -> Self {
        let scales: Vec<(f64, f64)> = negotiation.parties().iter().map(|party| scale(&party.worths)).collect();
        let exact: Vec<Vec<Exact>> = frontier.points().map(|point| point.worths.clone()).collect();
        let scaled: Vec<Vec<f64>> = exact.iter().map(|worths| shares(worths, &scales)).collect();
        let nash =
            chosen(Solution::Nash, &negotiation.stakes(), frontier).into_iter().map(|at| scaled[at].clone()).collect();
        Self { negotiation: negotiation.clone(), exact, frontier: scaled, nash, scales }
    }

    /// Where a package of the same negotiation lies.
    ///
    /// Cost: O(p·d) for p points of the frontier and d parties.
    ///
    /// # Panics
    /// If the space is of another negotiation.
    pub fn place(&self, space: &Space, code: PackageCode) -> Place {
        let worths = worths(&self.negotiation, space, code);
        let here = shares(&worths, &self.scales);
        let nearest = |points: &[Vec<f64>]| points.iter().map(|point| distance(point, &here)).min_by(f64::total_cmp);
        let efficient = self.exact.binary_search_by(|point| worths.cmp(point)).is_ok();
        let frontier_distance = if efficient { 0.0 } else { nearest(&self.frontier).unwrap_or(0.0) };
        Place { efficient, frontier_distance, nash_distance: nearest(&self.nash) }
    }
}

/// What a package is worth to each party of a negotiation, which may have the packages of
/// the space as the values of a single issue.
///
/// # Panics
/// If the space is of another negotiation.
pub fn worths(negotiation: &Negotiation, space: &Space, code: PackageCode) -> Vec<Exact> {
    if negotiation.sizes() == space.sizes() {
        return negotiation.worths(&space.package(code));
    }
    negotiation.worths(&[code.0 as u32])
}

/// The least sum of worths, and how far the greatest lies above it.
fn scale(worths: &[Vec<Exact>]) -> (f64, f64) {
    let total = |of: fn(&Vec<Exact>) -> Option<Exact>| worths.iter().filter_map(of).sum::<Exact>();
    let (least, best) = (total(|values| values.iter().min().cloned()), total(|values| values.iter().max().cloned()));
    (least.to_f64(), (&best - &least).to_f64())
}

fn shares(worths: &[Exact], scales: &[(f64, f64)]) -> Vec<f64> {
    let share = |(worth, (least, room)): (&Exact, &(f64, f64))| {
        if *room == 0.0 { 1.0 } else { (worth.to_f64() - least) / room }
    };
    worths.iter().zip(scales).map(share).collect()
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}
