//! What bargaining solutions choose among the points of a frontier.
//!
//! Only points that give every party at least its reservation rᵢ are chosen from (the
//! *zone of possible agreement*). All points that tie are given.
//!
//! Source: `[Nash1950]`; `[KalaiSmorodinsky1975]`; `[Kalai1977]`. Differs: the solutions
//! are defined for convex sets, where they are single points; here they choose among the
//! points of a discrete set, without lotteries, and can tie.

use detente_base::Exact;

use crate::frontier::{Frontier, FrontierPoint};
use crate::negotiation::Negotiation;

/// A bargaining solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Solution {
    /// Greatest product of gains Π (uᵢ − rᵢ).
    Nash,
    /// Greatest least gain min (uᵢ − rᵢ).
    Egalitarian,
    /// The same; of points with the same least gain those with the greatest second least,
    /// and so on.
    Leximin,
    /// Greatest least share of the ideal gain min (uᵢ − rᵢ)/(bᵢ − rᵢ), bᵢ being the most
    /// that party i can have in any package.
    KalaiSmorodinsky,
    /// Greatest sum Σ uᵢ.
    Utilitarian,
}

impl Solution {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Nash, Self::Egalitarian, Self::Leximin, Self::KalaiSmorodinsky, Self::Utilitarian];

    /// Name in machine-readable answers.
    pub fn id(self) -> &'static str {
        match self {
            Self::Nash => "nash",
            Self::Egalitarian => "egalitarian",
            Self::Leximin => "leximin",
            Self::KalaiSmorodinsky => "kalai_smorodinsky",
            Self::Utilitarian => "utilitarian",
        }
    }
}

/// Whether a point gives every party at least its reservation.
pub fn in_zone(negotiation: &Negotiation, point: &FrontierPoint) -> bool {
    point.worths.iter().zip(negotiation.parties()).all(|(worth, party)| *worth >= party.reservation)
}

/// The points that a solution chooses, by position; none when the zone is empty.
///
/// A party whose ideal gain is zero has nothing to share: it is left out of the
/// Kalai–Smorodinsky comparison.
pub fn chosen(solution: Solution, negotiation: &Negotiation, frontier: &Frontier) -> Vec<usize> {
    let ideals: Vec<Exact> = (0..negotiation.parties().len()).map(|party| ideal(negotiation, party)).collect();
    let mut best: Option<Vec<Exact>> = None;
    let mut found = Vec::new();
    for (at, point) in frontier.points().enumerate().filter(|(_, point)| in_zone(negotiation, point)) {
        let score = score(solution, negotiation, &ideals, point);
        match best.as_ref().map(|best| score.cmp(best)) {
            Some(std::cmp::Ordering::Less) => {}
            Some(std::cmp::Ordering::Equal) => found.push(at),
            _ => {
                best = Some(score);
                found = vec![at];
            }
        }
    }
    found
}

/// The most that a party can have in any package.
pub fn ideal(negotiation: &Negotiation, party: usize) -> Exact {
    let best = |values: &Vec<Exact>| values.iter().max().cloned().expect("an issue has a value");
    negotiation.parties()[party].worths.iter().map(best).fold(Exact::ZERO, |sum, best| &sum + &best)
}

/// What is to be as great as possible, the most important number first.
fn score(solution: Solution, negotiation: &Negotiation, ideals: &[Exact], point: &FrontierPoint) -> Vec<Exact> {
    let gains = || point.worths.iter().zip(negotiation.parties()).map(|(worth, party)| worth - &party.reservation);
    match solution {
        Solution::Nash => vec![gains().fold(Exact::ONE, |product, gain| &product * &gain)],
        Solution::Egalitarian => gains().min().into_iter().collect(),
        Solution::Leximin => ascending(gains()),
        Solution::KalaiSmorodinsky => {
            let rooms = ideals.iter().zip(negotiation.parties()).map(|(ideal, party)| ideal - &party.reservation);
            gains().zip(rooms).filter_map(|(gain, room)| gain.checked_div(&room)).min().into_iter().collect()
        }
        Solution::Utilitarian => vec![point.worths.iter().fold(Exact::ZERO, |sum, worth| &sum + worth)],
    }
}

fn ascending(numbers: impl Iterator<Item = Exact>) -> Vec<Exact> {
    let mut sorted: Vec<Exact> = numbers.collect();
    sorted.sort_unstable();
    sorted
}
