//! Every strategy against every other, in every seat.
//!
//! A *match* seats a strategy in each role of a scenario and gives one party the first turn.
//! A tournament plays all of them: every way to fill the seats, so that strategies change
//! roles, and every first turn. A match in which nobody draws random numbers is played once;
//! others are repeated, and their repetitions averaged.
//!
//! Means are over matches. Their bounds come from drawing matches again (the percentile
//! bootstrap; beyond 4096 matches from their standard error); they say how much a mean
//! depends on which scenarios, roles and opponents were met, not on repetitions of the same
//! match.
//!
//! Source: `[EfronTibshirani1993]` for the bounds.

use detente_base::{Budget, Pcg, StopReason};
use rayon::prelude::*;

use super::alternating::{Ending, Record, Talks, alternate};
use super::halves::below;
use super::place::Yardstick;
use super::space::Space;
use super::strategy::Strategy;

/// Most matches of a tournament.
pub const MOST_MATCHES: u64 = 1 << 22;

/// Times that matches are drawn again for bounds. More make bounds smoother, not narrower.
const RESAMPLES: usize = 1_000;

/// Most matches that are drawn again; the means of more are as good as normal, and their
/// bounds 1.96 standard errors away.
const MOST_RESAMPLED: usize = 4_096;

/// Part of the resampled means outside each bound.
const TAIL: f64 = 0.025;

/// What is negotiated.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// What can be offered.
    pub space: Space,
    /// By party, the factor by which worth falls over the whole time; 1 where it does not.
    pub discounts: Vec<f64>,
    /// What agreements are compared with, if it is known.
    pub yardstick: Option<Yardstick>,
}

/// Whether a strategy meets itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelfPlay {
    /// It does.
    With,
    /// No strategy sits twice at a table.
    Without,
}

/// Who has the first turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Starts {
    /// Each party, in one match each.
    Each,
    /// The first party.
    First,
}

/// How a tournament is played.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// Rounds of a negotiation.
    pub rounds: u32,
    /// Repetitions of a match in which somebody draws random numbers.
    pub repetitions: u32,
    /// Whether a strategy meets itself.
    pub self_play: SelfPlay,
    /// Who has the first turn.
    pub starts: Starts,
    /// Where random numbers start.
    pub seed: u64,
}

/// A match with the means over its repetitions.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// The scenario, by position.
    pub scenario: usize,
    /// By party, its strategy by position.
    pub seats: Vec<usize>,
    /// The party with the first turn.
    pub first: usize,
    /// Times that it was played.
    pub repetitions: u32,
    /// By party, what it had at the end, discounted.
    pub worths: Vec<f64>,
    /// Part that ended in agreement.
    pub agreements: f64,
    /// Rounds begun.
    pub rounds: f64,
    /// Offers made, in all repetitions.
    pub offers: u64,
    /// Part of the agreements that are efficient, if there are agreements and a yardstick.
    pub efficient: Option<f64>,
    /// Distance of the agreements to the frontier.
    pub frontier_distance: Option<f64>,
    /// Distance of the agreements to the Nash solution.
    pub nash_distance: Option<f64>,
}

/// A mean with its bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// The mean.
    pub mean: f64,
    /// Below it lie 2.5 % of the resampled means.
    pub low: f64,
    /// Above it lie 2.5 %.
    pub high: f64,
}

/// How a strategy did.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// The strategy, by position.
    pub strategy: usize,
    /// Matches that it was in.
    pub matches: u64,
    /// What it had.
    pub own: Mean,
    /// What the others had, on average.
    pub others: Mean,
    /// Sum over all parties.
    pub welfare: Mean,
    /// Part of the negotiations that ended in agreement.
    pub agreements: Mean,
    /// Rounds begun.
    pub rounds: Mean,
    /// Part of the agreements that are efficient.
    pub efficient: Option<Mean>,
    /// Distance of agreements to the frontier.
    pub frontier_distance: Option<Mean>,
    /// Distance of agreements to the Nash solution.
    pub nash_distance: Option<Mean>,
}

/// Everything that a tournament gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Standings {
    /// Every match.
    pub matches: Vec<Match>,
    /// Strategies, the greatest mean worth first.
    pub scores: Vec<Score>,
    /// By strategy and other strategy: the mean worth of the one where the other sat at the
    /// same table.
    pub pairs: Vec<Vec<Option<f64>>>,
}

/// A table to be played.
struct Seating {
    scenario: usize,
    seats: Vec<usize>,
    first: usize,
}

/// Plays a tournament. The answer does not depend on the number of threads.
///
/// Cost: s·kᵈ·d·r negotiations for s scenarios of d parties, k strategies and r repetitions;
/// see [`alternate`].
///
/// # Errors
/// When there are more than [`MOST_MATCHES`] matches, or the budget's stopper is raised.
pub fn tournament(
    scenarios: &[Scenario],
    entrants: &[Strategy],
    rules: &Rules,
    budget: &Budget,
) -> Result<Standings, StopReason> {
    let seatings = seatings(scenarios, entrants.len(), rules)?;
    let played = seatings.par_iter().enumerate();
    let matches: Vec<Match> = played
        .map(|(number, seating)| played_match(scenarios, entrants, rules, (number as u64, seating), budget))
        .collect::<Result<_, _>>()?;
    let mut scores: Vec<Score> = (0..entrants.len()).filter_map(|at| score(at, &matches, rules.seed)).collect();
    scores.sort_by(|a, b| b.own.mean.total_cmp(&a.own.mean).then(a.strategy.cmp(&b.strategy)));
    let pairs = (0..entrants.len()).map(|row| (0..entrants.len()).map(|of| pair(row, of, &matches)).collect());
    Ok(Standings { scores, pairs: pairs.collect(), matches })
}

fn seatings(scenarios: &[Scenario], entrants: usize, rules: &Rules) -> Result<Vec<Seating>, StopReason> {
    let too_many = StopReason::TooManyCases { limit: MOST_MATCHES };
    let mut found = Vec::new();
    for (scenario, what) in scenarios.iter().enumerate() {
        let parties = what.space.parties();
        let ways = (entrants as u64).checked_pow(parties as u32).filter(|ways| *ways <= MOST_MATCHES);
        let ways = ways.ok_or_else(|| too_many.clone())?;
        let starts = if rules.starts == Starts::First { 1 } else { parties };
        for way in 0..ways {
            // The first seat changes slowest.
            let place = |seat: usize| (way / (entrants as u64).pow((parties - 1 - seat) as u32)) as usize % entrants;
            let seats: Vec<usize> = (0..parties).map(place).collect();
            let twice = (1..parties).any(|at| seats[..at].contains(&seats[at]));
            if rules.self_play == SelfPlay::Without && twice {
                continue;
            }
            found.extend((0..starts).map(|first| Seating { scenario, seats: seats.clone(), first }));
            if found.len() as u64 > MOST_MATCHES {
                return Err(too_many);
            }
        }
    }
    Ok(found)
}

fn played_match(
    scenarios: &[Scenario],
    entrants: &[Strategy],
    rules: &Rules,
    (number, seating): (u64, &Seating),
    budget: &Budget,
) -> Result<Match, StopReason> {
    let scenario = &scenarios[seating.scenario];
    let space = &scenario.space;
    let strategies: Vec<Strategy> = seating.seats.iter().map(|at| entrants[*at].clone()).collect();
    let repetitions = if strategies.iter().any(Strategy::draws) { rules.repetitions.max(1) } else { 1 };
    let mut rng = Pcg::of_draw(rules.seed, number);
    let (mut worths, mut agreed, mut rounds, mut offers) = (vec![0.0; space.parties()], 0.0, 0.0, 0);
    let (mut efficient, mut distances, mut nash) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..repetitions {
        let seed = u64::from(rng.next()) << 32 | u64::from(rng.next());
        let talks = Talks { space, strategies: &strategies, rounds: rules.rounds, first: seating.first, seed };
        let course = alternate(&talks, Record::Ending, budget)?;
        let had = payoffs(space, &scenario.discounts, course.ending, course.time);
        worths.iter_mut().zip(had).for_each(|(sum, had)| *sum += had);
        rounds += f64::from(course.round + 1);
        offers += course.offers;
        if let Ending::Agreement { package, .. } = course.ending {
            agreed += 1.0;
            if let Some(place) = scenario.yardstick.as_ref().map(|yardstick| yardstick.place(space, package)) {
                efficient.push(f64::from(u8::from(place.efficient)));
                distances.push(place.frontier_distance);
                nash.extend(place.nash_distance);
            }
        }
    }
    let times = f64::from(repetitions);
    worths.iter_mut().for_each(|worth| *worth /= times);
    Ok(Match {
        scenario: seating.scenario,
        seats: seating.seats.clone(),
        first: seating.first,
        repetitions,
        worths,
        agreements: agreed / times,
        rounds: rounds / times,
        offers,
        efficient: mean(&efficient),
        frontier_distance: mean(&distances),
        nash_distance: mean(&nash),
    })
}

/// What each party has at the end: what the package is worth, or its reservation, times its
/// discount to the power of the time.
pub fn payoffs(space: &Space, discounts: &[f64], ending: Ending, time: f64) -> Vec<f64> {
    let had = |(party, discount): (usize, &f64)| {
        let worth = match ending {
            Ending::Agreement { package, .. } => space.worth(party, package),
            Ending::Ended { .. } | Ending::Deadline => space.reservation(party),
        };
        if *discount == 1.0 { worth } else { worth * libm::pow(*discount, time) }
    };
    discounts.iter().enumerate().map(had).collect()
}

fn mean(numbers: &[f64]) -> Option<f64> {
    (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / numbers.len() as f64)
}

/// How a strategy did in the matches that it was in; `None` if it was in none.
fn score(strategy: usize, matches: &[Match], seed: u64) -> Option<Score> {
    let own: Vec<&Match> = matches.iter().filter(|played| played.seats.contains(&strategy)).collect();
    let seats = |played: &Match, wanted: fn(bool) -> bool| -> Vec<f64> {
        let seated = played.seats.iter().zip(&played.worths);
        seated.filter(|(at, _)| wanted(**at == strategy)).map(|(_, worth)| *worth).collect()
    };
    // Where it met itself alone, the others are itself.
    let others = |played: &Match| mean(&seats(played, |same| !same)).or_else(|| mean(&seats(played, |same| same)));
    let bounded = |stream: u64, of: &dyn Fn(&Match) -> Option<f64>| {
        let numbers: Vec<f64> = own.iter().filter_map(|played| of(played)).collect();
        bounds(&numbers, &mut Pcg::of_draw(seed ^ 0x0b00_7574, strategy as u64 * 8 + stream))
    };
    Some(Score {
        strategy,
        matches: own.len() as u64,
        own: bounded(0, &|played| mean(&seats(played, |same| same)))?,
        others: bounded(1, &others)?,
        welfare: bounded(2, &|played| Some(played.worths.iter().sum()))?,
        agreements: bounded(3, &|played| Some(played.agreements))?,
        rounds: bounded(4, &|played| Some(played.rounds))?,
        efficient: bounded(5, &|played| played.efficient),
        frontier_distance: bounded(6, &|played| played.frontier_distance),
        nash_distance: bounded(7, &|played| played.nash_distance),
    })
}

/// The mean of numbers with its bounds; `None` without numbers.
fn bounds(numbers: &[f64], rng: &mut Pcg) -> Option<Mean> {
    let mean = mean(numbers)?;
    if numbers.len() > MOST_RESAMPLED {
        let count = numbers.len() as f64;
        let variance = numbers.iter().map(|number| (number - mean) * (number - mean)).sum::<f64>() / (count - 1.0);
        let away = 1.96 * (variance / count).sqrt();
        return Some(Mean { mean, low: mean - away, high: mean + away });
    }
    let drawn = |rng: &mut Pcg| -> f64 {
        (0..numbers.len()).map(|_| numbers[below(rng, numbers.len() as u64) as usize]).sum::<f64>()
            / numbers.len() as f64
    };
    let mut means: Vec<f64> = (0..RESAMPLES).map(|_| drawn(rng)).collect();
    means.sort_by(f64::total_cmp);
    let at = |part: f64| means[(part * (RESAMPLES - 1) as f64) as usize];
    Some(Mean { mean, low: at(TAIL).min(mean), high: at(1.0 - TAIL).max(mean) })
}

fn pair(row: usize, of: usize, matches: &[Match]) -> Option<f64> {
    let worths = matches.iter().flat_map(|played| {
        let seats = &played.seats;
        let meets = move |seat: usize| (0..seats.len()).any(|other| other != seat && seats[other] == of);
        (0..seats.len()).filter(move |seat| seats[*seat] == row && meets(*seat)).map(|seat| played.worths[seat])
    });
    mean(&worths.collect::<Vec<f64>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_hold_the_mean_and_narrow_with_more_numbers() {
        let numbers = |count: u32| (0..count).map(|n| f64::from(n % 10)).collect::<Vec<f64>>();
        let few = bounds(&numbers(20), &mut Pcg::new(1)).expect("numbers");
        let many = bounds(&numbers(2_000), &mut Pcg::new(1)).expect("numbers");
        assert_eq!((few.mean, many.mean), (4.5, 4.5));
        assert!(few.low < many.low && many.low < 4.5 && 4.5 < many.high && many.high < few.high);
        // The error of a mean of 2000 numbers that spread by √8.25 is 0.0642.
        assert!((many.high - many.low - 2.0 * 1.96 * 0.0642).abs() < 0.03, "{many:?}");
        let most = bounds(&numbers(20_000), &mut Pcg::new(1)).expect("numbers");
        assert!((most.high - most.low - 2.0 * 1.96 * 0.0203).abs() < 0.001, "{most:?}");
        assert_eq!(bounds(&[], &mut Pcg::new(1)), None);
        let same = bounds(&[0.3; 7], &mut Pcg::new(1)).expect("numbers");
        assert!((same.high - same.low).abs() < 1e-12);
    }
}
