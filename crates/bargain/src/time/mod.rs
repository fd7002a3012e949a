//! What does bargaining end in when delay costs something, and when does it end?
//!
//! Each model is a file: its terms, its equilibrium in closed form, and what is assumed.
//! Shares are parts of a pie of one. A party's *patience* δ is what a share is worth to it one
//! round later, as a part of what it is worth now; its *rate* r is the same in continuous
//! time, δ = e^(−rΔ) for rounds Δ apart.
//!
//! | file | model |
//! |---|---|
//! | [`alternating`] | two parties make offers in turn: for ever, to a deadline, or ever faster |
//! | [`unanimity`] | any number of parties, all must agree, offers in turn |
//! | [`random_proposer`] | who proposes is drawn; all or so many must agree |
//! | [`coase`] | one side is not known to the other, which lowers its price |
//! | [`screening`] | the same with two types and two periods |
//! | [`double_auction`] | neither side is known; both name a price |
//! | [`attrition`] | whoever gives in first loses; delay costs both |
//! | [`reputation`] | the same when either may be obstinate |
//! | [`audience`] | the same when backing down costs more the later it comes |
//! | [`decay`] | a threat whose credibility runs out, and whether to wait for that |
//!
//! ```
//! use detente_bargain::time::AlternatingOffers;
//! use detente_base::Exact;
//! let talks = AlternatingOffers::with_patience([Exact::ratio(9, 10), Exact::ratio(9, 10)]);
//! let offers = talks.stationary()?.expect("there is something to agree on");
//! assert_eq!(offers[0].keeps, Exact::ratio(10, 19));
//! # Ok::<(), detente_bargain::time::TimeError>(())
//! ```
//!
//! Numbers are exact wherever the equilibrium is a rational function of the terms. Where it
//! needs roots, logarithms or exponentials they are floats, by `libm`, the same on every
//! machine.
//!
//! Left out: outside options of more than two parties, coalitions that leave, quotas with
//! members of unequal patience, and equilibria that are not stationary.

pub mod alternating;
pub mod attrition;
pub mod audience;
pub mod coase;
pub mod decay;
pub mod double_auction;
mod faults;
pub mod random_proposer;
pub mod reputation;
pub mod screening;
pub mod unanimity;

pub use alternating::{AlternatingOffers, Binding, ContinuousOffers, Deadline, Offer, Round};
pub use attrition::Attrition;
pub use audience::AudienceCosts;
pub use coase::Coase;
pub use decay::{DecayingWill, Horizon, Losses, Target, When};
pub use double_auction::DoubleAuction;
pub use faults::TimeError;
pub use random_proposer::RandomProposer;
pub use reputation::Reputation;
pub use screening::{Plan, Screening};
pub use unanimity::{Next, Unanimity};
