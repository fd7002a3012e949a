//! What bargaining solutions choose among the points of a frontier.
//!
//! Only points that give every party at least its reservation rᵢ are chosen from (the
//! *zone of possible agreement*). All points that tie are given.
//!
//! Source: `[Nash1950]`; `[KalaiSmorodinsky1975]`; `[Kalai1977]`. Differs: the solutions
//! are defined for convex sets, where they are single points; here they choose among the
//! points of a discrete set, without lotteries, and can tie.

use detente_base::Exact;
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Zero as _};

use crate::frontier::Frontier;
use crate::stakes::Stakes;

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

/// The points that a solution chooses, by position; none when the zone is empty.
///
/// A party whose ideal gain is zero has nothing to share: it is left out of the
/// Kalai–Smorodinsky comparison.
///
/// Cost: O(p·d) operations on whole numbers for p points and d parties.
pub fn chosen(solution: Solution, stakes: &Stakes, frontier: &Frontier) -> Vec<usize> {
    let worths: Vec<&[Exact]> = frontier.points().map(|point| point.worths.as_slice()).collect();
    chosen_among(solution, stakes, &worths)
}

/// The same among vectors of worths, each of which is that of some package.
pub fn chosen_among(solution: Solution, stakes: &Stakes, points: &[&[Exact]]) -> Vec<usize> {
    let measure = Measure::new(stakes, points);
    let mut best: Option<Vec<BigInt>> = None;
    let mut found = Vec::new();
    for (at, point) in points.iter().enumerate().filter(|(_, point)| stakes.allow(point)) {
        let score = measure.score(solution, point);
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

/// One unit for all worths, so that scores are whole numbers: fractions would be reduced
/// at every step.
struct Measure {
    unit: BigInt,
    reservations: Vec<BigInt>,
    /// For each party with an ideal gain, what makes its gain comparable with those of
    /// others as a share: the product of the ideal gains of the others.
    shares: Vec<Option<BigInt>>,
}

impl Measure {
    fn new(stakes: &Stakes, points: &[&[Exact]]) -> Self {
        let worths = points.iter().copied().flatten();
        let mut unit = BigInt::one();
        for number in worths.chain(&stakes.reservations).chain(&stakes.ideals) {
            let (_, denominator) = number.to_ratio();
            if !(&unit % &denominator).is_zero() {
                unit = unit.lcm(&denominator);
            }
        }
        let whole_numbers = |numbers: &[Exact]| -> Vec<BigInt> { numbers.iter().map(|n| whole(n, &unit)).collect() };
        let reservations = whole_numbers(&stakes.reservations);
        let rooms: Vec<BigInt> =
            whole_numbers(&stakes.ideals).iter().zip(&reservations).map(|(ideal, least)| ideal - least).collect();
        let share = |at: usize| {
            let others = rooms.iter().enumerate().filter(|(other, room)| *other != at && !room.is_zero());
            (!rooms[at].is_zero()).then(|| others.map(|(_, room)| room).product())
        };
        Self { shares: (0..rooms.len()).map(share).collect(), unit, reservations }
    }

    /// What is to be as great as possible, the most important number first.
    fn score(&self, solution: Solution, point: &[Exact]) -> Vec<BigInt> {
        let worths = || point.iter().map(|worth| whole(worth, &self.unit));
        let gains = || worths().zip(&self.reservations).map(|(worth, reservation)| worth - reservation);
        match solution {
            Solution::Nash => vec![gains().product()],
            Solution::Egalitarian => gains().min().into_iter().collect(),
            Solution::Leximin => {
                let mut sorted: Vec<BigInt> = gains().collect();
                sorted.sort_unstable();
                sorted
            }
            Solution::KalaiSmorodinsky => {
                let shares = gains().zip(&self.shares).filter_map(|(gain, share)| Some(gain * share.as_ref()?));
                shares.min().into_iter().collect()
            }
            Solution::Utilitarian => vec![worths().sum()],
        }
    }
}

/// A number in a unit that makes it whole.
fn whole(number: &Exact, unit: &BigInt) -> BigInt {
    let (numerator, denominator) = number.to_ratio();
    numerator * (unit / denominator)
}
