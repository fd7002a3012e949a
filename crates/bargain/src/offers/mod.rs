//! How a negotiation goes when parties make offers by strategies.
//!
//! Parties in turn offer packages, accept or end ([`alternating`]), or a mediator changes a
//! single text ([`text`]). A [`Strategy`] says what a party offers and accepts, knowing its
//! own worths only; [`models`] guess those of others from their offers. [`tournament`](mod@tournament) plays
//! every strategy against every other.
//!
//! Worths are compared as whole numbers; time and concessions are computed in doubles, since
//! their formulas need roots. Random numbers come from seeds: the same question has the same
//! answer everywhere.
//!
//! ```
//! use detente_bargain::offers::{Ending, Record, Space, Strategy, Talks, alternate};
//! use detente_bargain::{Negotiation, Party};
//! use detente_base::{Budget, Exact};
//!
//! // Two issues of two values: each party cares most about another one.
//! let party = |name: &str, worths: [[i64; 2]; 2]| {
//!     let worths = worths.iter().map(|values| values.iter().map(|w| Exact::from(*w)).collect()).collect();
//!     Party { name: name.into(), worths, reservation: Exact::ZERO }
//! };
//! let parties = vec![party("first", [[3, 0], [1, 0]]), party("second", [[0, 1], [0, 3]])];
//! let space = Space::new(&Negotiation::new(parties)?, &Budget::default()).expect("a small negotiation");
//! let strategies = [Strategy::boulware(), Strategy::conceder()];
//! let talks = Talks { space: &space, strategies: &strategies, rounds: 100, first: 0, seed: 1 };
//! let course = alternate(&talks, Record::Ending, &Budget::default()).expect("no limits");
//! // The first party holds out for 4 until, late, it offers what the second has long been content with.
//! let Ending::Agreement { package, by: 0 } = course.ending else { panic!("{course:?}") };
//! assert_eq!((space.worth(0, package), space.worth(1, package), course.round), (3.0, 3.0, 71));
//! # Ok::<(), detente_bargain::NegotiationError>(())
//! ```
//!
//! Reading order: [`Space`], [`Strategy`], [`tactics`], [`alternating`], [`models`],
//! [`place`], [`tournament`](mod@tournament), [`text`].
//!
//! Left out: several offers at a time, messages beside offers, learning between
//! negotiations, and clocks of real time.
//!
//! Sources: `[FaratinSierraJennings1998]`, `[DeJonge2022]`, `[BaarslagHindriksJonker2014]`,
//! `[AydoganFestenHindriksJonker2017]`.

#![allow(clippy::float_cmp, reason = "numbers are compared with the very ones that they were set to")]

pub mod alternating;
mod halves;
mod listed;
pub mod models;
mod negotiator;
pub mod place;
pub mod space;
pub mod strategy;
pub mod tactics;
pub mod text;
pub mod tournament;
mod units;
mod window;

#[cfg(test)]
mod tests;

pub use alternating::{Act, Course, Ending, Record, Talks, Turn, alternate};
pub use models::{Model, rank_correlation};
pub use place::{Place, Yardstick};
pub use space::{Cover, Limits, PackageCode, Space, Table};
pub use strategy::{Acceptance, Bound, Imitation, ModelKind, Offering, Strategy};
pub use text::{Draft, Drafting, Mediated, Mediation, Voice, mediate};
pub use tournament::{Match, Mean, Rules, Scenario, Score, SelfPlay, Standings, Starts, payoffs, tournament};
pub use units::Precision;
