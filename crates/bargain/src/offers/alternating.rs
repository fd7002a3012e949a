//! Alternating offers: two parties in turn, or more (stacked).
//!
//! Parties take turns in their order. At its turn a party may
//!
//! - *accept* the offer that stands, if another party made it;
//! - *offer* a package, which then stands instead; all others hear of it at once;
//! - *end* the negotiation without an agreement.
//!
//! The offer that stands is agreed as soon as every party but the one that made it has
//! accepted it, one after the other. In a round every party has one turn. After the last
//! turn of the last round there is no agreement: the offer that stands then lapses, so that
//! the offer of the last turn can no longer be answered. Round k of n, from 0, is at time
//! k/(n − 1); the only round of one is at time 1.
//!
//! Source: `[AydoganFestenHindriksJonker2017]`.

use detente_base::{Budget, Pcg, StopReason};

use super::models::Model;
use super::negotiator::Negotiator;
use super::space::{PackageCode, Space};
use super::strategy::Strategy;

/// Who negotiates how, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Talks<'s> {
    /// What can be offered.
    pub space: &'s Space,
    /// One for each party.
    pub strategies: &'s [Strategy],
    /// Number of rounds.
    pub rounds: u32,
    /// The party that has the first turn; the others follow in order.
    pub first: usize,
    /// Where random numbers start; each party has its own.
    pub seed: u64,
}

/// What a party does at its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Offers a package.
    Offer(PackageCode),
    /// Accepts the offer that stands.
    Accept,
    /// Ends the negotiation.
    End,
}

/// A turn of a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The round, from 0.
    pub round: u32,
    /// The party.
    pub party: usize,
    /// What it did.
    pub act: Act,
}

/// How a negotiation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All agreed.
    Agreement {
        /// On this package.
        package: PackageCode,
        /// Which this party offered.
        by: usize,
    },
    /// A party ended it.
    Ended {
        /// The party.
        by: usize,
    },
    /// The rounds ran out.
    Deadline,
}

/// What is kept of a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Record {
    /// Every turn.
    Turns,
    /// Only how it ended.
    Ending,
}

/// How a negotiation went.
#[derive(Clone, Debug)]
pub struct Course {
    /// How it ended.
    pub ending: Ending,
    /// In which round, from 0.
    pub round: u32,
    /// At which time.
    pub time: f64,
    /// Number of offers.
    pub offers: u64,
    /// Every turn, if they were to be kept.
    pub turns: Vec<Turn>,
    /// By party and other party: what the one thinks of the other at the end, if it has a
    /// model.
    pub models: Vec<Vec<Option<Model>>>,
}

/// The time of a round, from 0 to 1.
pub fn time(round: u32, rounds: u32) -> f64 {
    if rounds <= 1 { 1.0 } else { f64::from(round) / f64::from(rounds - 1) }
}

/// Lets parties negotiate.
///
/// Cost: for each offer O(log N) where N packages are listed, else linear in the sums of
/// half of the issues; with a model 64 packages more are judged.
///
/// # Errors
/// When the budget's stopper is raised.
///
/// # Panics
/// If there is not one strategy for each party.
pub fn alternate(talks: &Talks<'_>, record: Record, budget: &Budget) -> Result<Course, StopReason> {
    let (space, parties) = (talks.space, talks.space.parties());
    assert_eq!(talks.strategies.len(), parties, "a strategy for each party");
    let seated = talks.strategies.iter().enumerate();
    let mut table: Vec<Negotiator<'_>> = seated
        .map(|(at, strategy)| Negotiator::new(space, at, strategy, Pcg::of_draw(talks.seed, at as u64)))
        .collect();
    let mut turns = Vec::new();
    let mut standing: Option<(PackageCode, usize)> = None;
    let (mut accepted, mut offers) = (0, 0);
    let mut ending = (Ending::Deadline, talks.rounds.saturating_sub(1));
    'rounds: for round in 0..talks.rounds {
        budget.check()?;
        let now = time(round, talks.rounds);
        for step in 0..parties {
            let party = (talks.first + step) % parties;
            let worth = standing.filter(|(_, by)| *by != party).map(|(package, _)| space.units(party, package));
            let act = table[party].respond(worth, now);
            if record == Record::Turns {
                turns.push(Turn { round, party, act });
            }
            match act {
                Act::Offer(package) => {
                    offers += 1;
                    accepted = 0;
                    standing = Some((package, party));
                    for (other, negotiator) in table.iter_mut().enumerate().filter(|(other, _)| *other != party) {
                        negotiator.observe(party, package, space.units(other, package), now);
                    }
                }
                Act::Accept => {
                    accepted += 1;
                    if let Some((package, by)) = standing.filter(|_| accepted + 1 == parties) {
                        ending = (Ending::Agreement { package, by }, round);
                        break 'rounds;
                    }
                }
                Act::End => {
                    ending = (Ending::Ended { by: party }, round);
                    break 'rounds;
                }
            }
        }
    }
    let (ending, round) = ending;
    let models = table.into_iter().map(|negotiator| negotiator.models).collect();
    let time = if ending == Ending::Deadline { 1.0 } else { time(round, talks.rounds) };
    Ok(Course { ending, round, time, offers, turns, models })
}
