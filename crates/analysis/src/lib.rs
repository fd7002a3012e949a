//! Asks the engines a question about a situation and builds one report.
//!
//! ```
//! use detente_analysis::{Options, stable};
//! use detente_base::Budget;
//!
//! let text = "
//! detente: 1
//! title: Prisoner's dilemma
//! parties: {first: First, second: Second}
//! issues:
//!   a: {name: the first confesses, set_by: first}
//!   b: {name: the second confesses, set_by: second}
//! preferences:
//!   first: {priority: [not b, a]}
//!   second: {priority: [not a, b]}
//! ";
//! let loaded = detente_scenario::load("dilemma.yaml", text.as_bytes());
//! let situation = loaded.situation.expect("the file is right");
//! let answer = stable(&loaded.source, &situation, &Options::default(), &Budget::default())?;
//! assert_eq!(answer.equilibria["R"], [4]);
//! assert_eq!(answer.equilibria["SEQ"], [1, 4]);
//! # Ok::<(), detente_analysis::AskError>(())
//! ```
//!
//! Reading order: [`report`] (answers as data), [`structure`] and [`ranks`] (a
//! situation as a conflict), [`ask`] (the questions), [`close`] (evidence as views),
//! [`ranges`] (how far verdicts hold), [`inverse`] (what would make an outcome hold),
//! [`robust`] (in what share of cases it does), [`asked`] and [`further`] (concepts by
//! name), [`versions`] (two files side by side), [`hypergame`] (parties that are wrong),
//! [`readings`](mod@readings) (preferences that are more or less than an order), [`delay`](mod@delay)
//! (bargaining over time).

mod answers;
pub mod ask;
pub mod asked;
pub mod close;
pub mod coalitions;
mod compare;
pub mod deals;
pub mod delay;
mod differences;
pub mod division;
mod find;
pub mod further;
pub mod games;
mod groups;
pub mod hypergame;
pub mod inverse;
pub mod large;
pub mod lotteries;
pub mod negotiation;
pub mod offers;
pub mod order;
mod overview;
pub mod patterns;
pub mod picture;
pub mod play;
pub mod profile;
pub mod ranges;
pub mod ranks;
pub mod readings;
pub mod report;
pub mod robust;
mod stability;
mod statements;
pub mod structure;
mod summary;
pub mod versions;

pub use answers::{SolveAnswer, StableAnswer, StableOutcome, StableProfile, solve, stable};
pub use ask::{AskError, Lists, Options, analyze, explain};
pub use coalitions::{CoalitionOptions, Pareto, coalitions};
pub use deals::{DealsAnswer, DealsOptions, deals};
pub use delay::delay;
pub use large::Engine;
pub use readings::{ReadingsAnswer, readings};
