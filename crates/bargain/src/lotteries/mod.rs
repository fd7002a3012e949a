//! Bargaining solutions over lotteries: the parties may agree that a package is drawn.
//!
//! What a lottery is worth to a party is the mean of what its packages are worth, so that
//! the worths of lotteries are the convex hull of those of packages. The zone holds the
//! lotteries that give every party its reservation *on average*; packages outside the zone
//! of packages can be part of one. All solutions are the greatest of something that rises
//! with every party's worth, or its ties are broken that way; a lottery that is drawn from
//! efficient packages then does as well as any other, so that the frontier is enough.
//!
//! Each solution is a single point, as the theory has it for convex sets. Egalitarian,
//! Kalai–Smorodinsky and utilitarian points are found by exact linear programmes; so is
//! Nash's for two parties, along the edges of the hull. For three and more parties Nash's
//! point is irrational in general: the point given has a product that is proven to be
//! nearly the greatest ([`Lottery::at_most`]).
//!
//! Source: `[Nash1950]`, `[KalaiSmorodinsky1975]`, `[Kalai1977]`, `[Imai1983]` (leximin form of
//! Kalai and Smorodinsky's for more than two parties).

mod nash;
mod near;
mod program;

use detente_base::{Budget, Exact, StopReason};

use crate::frontier::Frontier;
use crate::points::Solution;
use program::{Outcome, Program};

/// A lottery over points of a frontier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lottery {
    /// What it is worth to each party on average.
    pub worths: Vec<Exact>,
    /// Positions of the points that may be drawn, with their chances, which add up to one.
    pub chances: Vec<(usize, Exact)>,
    /// For a product that is not proven to be the greatest: by which factor at most another
    /// lottery's is greater. 1 where it is proven.
    pub at_most: Exact,
}

/// The solutions that are chosen among lotteries. The leximin point is the egalitarian one.
pub const OVER_LOTTERIES: [Solution; 4] =
    [Solution::Nash, Solution::KalaiSmorodinsky, Solution::Egalitarian, Solution::Utilitarian];

/// How a solution is defined over lotteries.
pub fn definition(solution: Solution) -> &'static str {
    match solution {
        Solution::Nash => "greatest product of mean gains over the reservations",
        Solution::Egalitarian | Solution::Leximin => {
            "greatest least mean gain over the reservations, then the greatest second least, and so on"
        }
        Solution::KalaiSmorodinsky => {
            "greatest least share of the ideal gain, then the second least, and so on; the ideal is the most that a \
             party can have on average in a lottery of the zone"
        }
        Solution::Utilitarian => "greatest sum of mean worths; of several the one with the greatest least gain",
    }
}

/// What a solution chooses among the lotteries of the zone; nothing if there is none.
///
/// Cost: for p points and n parties some n² linear programmes with n + 2 rows and p columns.
///
/// # Errors
/// When the budget's stopper is raised.
pub fn chosen_lottery(
    solution: Solution,
    reservations: &[Exact],
    frontier: &Frontier,
    budget: &Budget,
) -> Result<Option<Lottery>, StopReason> {
    let points: Vec<&[Exact]> = frontier.points().map(|point| point.worths.as_slice()).collect();
    chosen_lottery_among(solution, reservations, &points, budget)
}

/// The same over vectors of worths, each of which is that of some package.
///
/// # Errors
/// When the budget's stopper is raised.
pub fn chosen_lottery_among(
    solution: Solution,
    reservations: &[Exact],
    points: &[&[Exact]],
    budget: &Budget,
) -> Result<Option<Lottery>, StopReason> {
    if points.is_empty() {
        return Ok(None);
    }
    let gains: Vec<Vec<Exact>> =
        points.iter().map(|worths| worths.iter().zip(reservations).map(|(w, r)| w - r).collect()).collect();
    let near: Vec<Vec<f64>> = gains.iter().map(|gains| gains.iter().map(Exact::to_f64).collect()).collect();
    let hull = Hull { gains: &gains, near: &near, budget };
    let Some(ideals) = hull.ideals()? else { return Ok(None) };
    let ones = vec![Exact::ONE; reservations.len()];
    let (chances, at_most) = match solution {
        Solution::Egalitarian | Solution::Leximin => (hull.leximin(&ones, None)?, Exact::ONE),
        Solution::KalaiSmorodinsky => (hull.leximin(&ideals, None)?, Exact::ONE),
        Solution::Utilitarian => {
            let most = hull.most_of_all()?;
            (hull.leximin(&ones, Some(&most))?, Exact::ONE)
        }
        Solution::Nash => hull.nash(&ideals)?,
    };
    let worths = (0..reservations.len())
        .map(|party| chances.iter().map(|(point, chance)| chance * &points[*point][party]).sum())
        .collect();
    Ok(Some(Lottery { worths, chances, at_most }))
}

/// Chances of points.
type Chances = Vec<(usize, Exact)>;

/// The lotteries over points, by what parties gain.
struct Hull<'a> {
    gains: &'a [Vec<Exact>],
    /// The same, rounded.
    near: &'a [Vec<f64>],
    budget: &'a Budget,
}

impl Hull<'_> {
    fn parties(&self) -> usize {
        self.gains[0].len()
    }

    /// The greatest value of an objective over lotteries that give parties at least so much.
    ///
    /// With `weights`, the greatest t such that every party with a weight gains t times that,
    /// and the others what `least` says; otherwise the greatest mean of `objective`.
    fn solve(&self, least: &[Exact], goal: &Goal<'_>) -> Result<Option<(Exact, Chances)>, StopReason> {
        let parties = self.parties();
        let total = match goal {
            Goal::Share { total, .. } => *total,
            Goal::Gain(_) | Goal::Total => None,
        };
        let rows = parties + 1 + usize::from(total.is_some());
        let mut columns: Vec<Vec<Exact>> = Vec::with_capacity(self.gains.len() + parties + 2);
        let mut near: Vec<Vec<f64>> = Vec::with_capacity(self.gains.len() + parties + 2);
        for (gains, rounded) in self.gains.iter().zip(self.near) {
            let mut column = gains.clone();
            column.push(Exact::ONE);
            let mut rounded = rounded.clone();
            rounded.push(1.0);
            if total.is_some() {
                let sum: Exact = gains.iter().cloned().sum();
                rounded.push(sum.to_f64());
                column.push(sum);
            }
            columns.push(column);
            near.push(rounded);
        }
        let mut objective: Vec<Exact> = match goal {
            Goal::Gain(party) => self.gains.iter().map(|gains| gains[*party].clone()).collect(),
            Goal::Total => self.gains.iter().map(|gains| gains.iter().cloned().sum()).collect(),
            Goal::Share { .. } => vec![Exact::ZERO; self.gains.len()],
        };
        let sparse = |entries: &[(usize, Exact)]| {
            let mut column = vec![Exact::ZERO; rows];
            entries.iter().for_each(|(row, entry)| column[*row] = entry.clone());
            column
        };
        for party in 0..parties {
            columns.push(sparse(&[(party, Exact::from(-1))]));
            objective.push(Exact::ZERO);
        }
        if let Goal::Share { weights, .. } = goal
            && weights.iter().any(Option::is_some)
        {
            let down: Vec<(usize, Exact)> =
                weights.iter().enumerate().filter_map(|(party, weight)| Some((party, -weight.as_ref()?))).collect();
            columns.push(sparse(&down));
            objective.push(Exact::ONE);
        }
        near.extend(columns[near.len()..].iter().map(|column| column.iter().map(Exact::to_f64).collect::<Vec<_>>()));
        let mut right = least.to_vec();
        right.push(Exact::ONE);
        right.extend(total.cloned());
        let program = Program { columns, near, objective, right };
        Ok(match program.solve(self.budget)? {
            Outcome::Optimal { value, mut solution } => {
                solution.retain(|(column, _)| *column < self.gains.len());
                Some((value, solution))
            }
            Outcome::Infeasible => None,
            Outcome::Unbounded => unreachable!("means of points are bounded"),
        })
    }

    /// The most that each party can gain in the zone; nothing if that is empty.
    fn ideals(&self) -> Result<Option<Vec<Exact>>, StopReason> {
        let none = vec![Exact::ZERO; self.parties()];
        let mut ideals = Vec::new();
        for party in 0..self.parties() {
            let Some((most, _)) = self.solve(&none, &Goal::Gain(party))? else { return Ok(None) };
            ideals.push(most);
        }
        Ok(Some(ideals))
    }

    fn most_of_all(&self) -> Result<Exact, StopReason> {
        let none = vec![Exact::ZERO; self.parties()];
        Ok(self.solve(&none, &Goal::Total)?.expect("the zone is not empty").0)
    }

    /// The lottery whose gains, each as a multiple of its weight, are the greatest in the
    /// leximin order; parties without weight have no say.
    fn leximin(&self, weights: &[Exact], total: Option<&Exact>) -> Result<Chances, StopReason> {
        let parties = self.parties();
        // What each party gains at least, once that is known.
        let mut settled: Vec<Option<Exact>> =
            weights.iter().map(|weight| weight.is_zero().then_some(Exact::ZERO)).collect();
        loop {
            let free: Vec<usize> = (0..parties).filter(|party| settled[*party].is_none()).collect();
            let least: Vec<Exact> = settled.iter().map(|gain| gain.clone().unwrap_or(Exact::ZERO)).collect();
            let open = |party: usize| settled[party].is_none().then(|| weights[party].clone());
            let goal = Goal::Share { weights: (0..parties).map(open).collect(), total };
            let (share, chances) = self.solve(&least, &goal)?.expect("the zone is not empty");
            if free.is_empty() {
                return Ok(chances);
            }
            let mut next = least;
            free.iter().for_each(|party| next[*party] = &share * &weights[*party]);
            for party in free {
                // A party that cannot gain more without the others losing is settled.
                let alone = |other: usize| (other == party).then_some(Exact::ONE);
                let goal = Goal::Share { weights: (0..parties).map(alone).collect(), total };
                let mut others = next.clone();
                others[party] = Exact::ZERO;
                let (most, _) = self.solve(&others, &goal)?.expect("what was found satisfies it");
                if most == next[party] {
                    settled[party] = Some(most);
                }
            }
        }
    }
}

/// What is to be as great as possible.
enum Goal<'a> {
    /// The mean gain of a party.
    Gain(usize),
    /// The sum of all mean gains.
    Total,
    /// The number that, times its weight, every party with a weight gains; with the sum of
    /// gains given or not.
    Share { weights: Vec<Option<Exact>>, total: Option<&'a Exact> },
}
