//! What every other crate of Détente shares: exact numbers, typed indices,
//! budgets that end in an honest `undecided`, and diagnostics as plain data.
//!
//! ```
//! use detente_base::Exact;
//! let third: Exact = "1/3".parse()?;
//! assert_eq!((&third + &third + &third).to_string(), "1");
//! # Ok::<(), detente_base::ParseExactError>(())
//! ```
//!
//! Reading order: [`exact`], [`diagnostic`], [`budget`], [`ids`], [`random`].
//!
//! Left out: anything that reads a clock, a file or the environment; the shells
//! do that and hand the result in.

pub mod budget;
pub mod diagnostic;
pub mod exact;
pub mod ids;
pub mod random;

pub use budget::{Budget, StopReason, Stopper};
pub use diagnostic::{Code, Diagnostic, Label, Severity, SourceText, Span};
pub use exact::{Exact, ParseExactError};
pub use random::Pcg;
