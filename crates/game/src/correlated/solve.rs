//! The best equilibrium by a linear programme.

use detente_base::{Budget, Exact, StopReason};
use num_bigint::BigInt;
use num_traits::Zero;

use super::{Goal, Mediated, Mediation, Price};
use crate::fractions::over_one;
use crate::program::{Program, stopped};
use crate::{PlayerId, StrategicGame};

/// Most entries of a programme: numbers then take some 0.8 GB.
const MOST_ENTRIES: u64 = 10_000_000;

/// A (coarse) correlated equilibrium that is best for a goal.
///
/// Cost: one linear programme with a column for each profile and, for each player, a row for
/// each pair of its strategies (coarse: for each strategy).
///
/// # Errors
/// When the budget is used up, or the programme has more than ten million entries.
///
/// # Panics
/// If the goal is that of a player who is not there.
pub fn best(game: &StrategicGame, mediation: Mediation, goal: Goal, budget: &Budget) -> Result<Mediated, StopReason> {
    let sizes = game.sizes();
    let entries = game.profile_count() as u64 * sizes.iter().map(|size| *size as u64 - 1).sum::<u64>();
    if entries > MOST_ENTRIES {
        return Err(StopReason::TooManyCases { limit: MOST_ENTRIES });
    }
    let conditions = Conditions::new(&sizes, mediation);
    let worths: Vec<Exact> = (0..game.profile_count()).map(|profile| worth(game.payoffs(profile), goal)).collect();
    // Conditions stay the same if p is scaled. With worths raised to be positive, what adds
    // up to less than one is not best.
    let least = worths.iter().min().expect("a game has a profile");
    let raise = &Exact::ONE - least;
    let last = conditions.count as u32;
    let mut columns = Vec::with_capacity(game.profile_count());
    for profile in 0..game.profile_count() {
        if profile.is_multiple_of(4096) {
            budget.check()?;
        }
        let mut column = conditions.column(game, profile);
        column.push((last, Exact::ONE));
        columns.push(column);
    }
    let mut right = vec![Exact::ZERO; conditions.count];
    right.push(Exact::ONE);
    let objective = worths.iter().map(|worth| worth + &raise).collect();
    let found = Program { columns, objective, right, start: None }.solve(budget).map_err(stopped)?;
    let drawn = found.solution.numerators.iter().enumerate().filter(|(_, share)| !share.is_zero());
    let payoff = |player: usize| -> Exact {
        let paid = drawn.clone().map(|(profile, _)| &game.payoffs(profile)[player]);
        let (paid, unit) = over_one(paid);
        let sum: BigInt = drawn.clone().zip(paid).map(|((_, share), paid)| share * paid).sum();
        Exact::from_ratio(&sum, &(&found.solution.denominator * unit))
    };
    let payoffs: Vec<Exact> = (0..sizes.len()).map(payoff).collect();
    let exact = |share: &BigInt| Exact::from_ratio(share, &found.solution.denominator);
    let distribution = drawn.clone().map(|(profile, share)| (profile, exact(share))).collect();
    let value = match goal {
        Goal::Welfare => payoffs.iter().cloned().sum(),
        Goal::Most(player) | Goal::Least(player) => payoffs[player.index()].clone(),
    };
    let prices = conditions.named(&found.prices.to_exact());
    Ok(Mediated { mediation, goal, distribution, payoffs, value, prices, pivots: found.pivots })
}

/// What a goal gets from payoffs; more is better.
fn worth(payoffs: &[Exact], goal: Goal) -> Exact {
    match goal {
        Goal::Welfare => payoffs.iter().cloned().sum(),
        Goal::Most(player) => payoffs[player.index()].clone(),
        Goal::Least(player) => -&payoffs[player.index()],
    }
}

/// Conditions by number: for each player, what it is told, what it would play instead.
struct Conditions<'a> {
    sizes: &'a [usize],
    mediation: Mediation,
    /// Where those of each player begin.
    starts: Vec<usize>,
    count: usize,
}

impl<'a> Conditions<'a> {
    fn new(sizes: &'a [usize], mediation: Mediation) -> Self {
        let mut count = 0;
        let start = |size: &usize| {
            let start = count;
            count += match mediation {
                Mediation::Correlated => size * size,
                Mediation::Coarse => *size,
            };
            start
        };
        let starts = sizes.iter().map(start).collect();
        Self { sizes, mediation, starts, count }
    }

    fn number(&self, player: usize, told: usize, instead: usize) -> usize {
        let told = if self.mediation == Mediation::Correlated { told * self.sizes[player] } else { 0 };
        self.starts[player] + told + instead
    }

    /// What each deviation gains at a profile.
    fn column(&self, game: &StrategicGame, profile: usize) -> Vec<(u32, Exact)> {
        let now = game.payoffs(profile);
        let mut column = Vec::new();
        let (mut stride, mut rest) = (1, profile);
        for (player, size) in self.sizes.iter().enumerate() {
            let told = rest % size;
            let base = profile - told * stride;
            for instead in (0..*size).filter(|instead| *instead != told) {
                let gain = &game.payoffs(base + instead * stride)[player] - &now[player];
                if !gain.is_zero() {
                    column.push((self.number(player, told, instead) as u32, gain));
                }
            }
            rest /= size;
            stride *= size;
        }
        column
    }

    /// Prices other than zero, with what they are of.
    fn named(&self, prices: &[Exact]) -> Vec<Price> {
        let mut named = Vec::new();
        for (player, size) in self.sizes.iter().enumerate() {
            let tellings = if self.mediation == Mediation::Correlated { *size } else { 1 };
            for told in 0..tellings {
                for instead in 0..*size {
                    let price = &prices[self.number(player, told, instead)];
                    if !price.is_zero() {
                        let told = (self.mediation == Mediation::Correlated).then_some(told);
                        named.push(Price { player: PlayerId::from_index(player), told, instead, price: price.clone() });
                    }
                }
            }
        }
        named
    }
}
