//! What do the files of a negotiation say, whichever program they are written for?
//!
//! A negotiation is kept as a *domain* (issues with their values) and a *profile* for each
//! party (what the values are worth to it). [`load_negotiation`] tells from their content for
//! which program files are written, and reads them with every fault found:
//!
//! - GENIUS, in XML: see [`crate::genius`];
//! - `GeniusWeb`, in JSON: a domain, and profiles that hold the domain too, so that the domain
//!   alone can be left out; the reservation is a bid, and its worth is the reservation value;
//! - `NegoLog`, in JSON: profiles only, which hold the issues;
//! - `NegMAS`, in YAML or JSON: a domain, and utility functions by value functions.
//!
//! ```
//! use detente_scenario::negotiation_files::{NegotiationFile, load_negotiation};
//!
//! let seller = r#"{"reservationValue": 0.2, "issueWeights": {"price": 1.0},
//!   "issues": {"price": {"low": 0.1, "high": 1.0}}}"#;
//! let buyer = r#"{"reservationValue": 0.0, "issueWeights": {"price": 1.0},
//!   "issues": {"price": {"high": 0.25, "low": 1.0}}}"#;
//! let files = [("seller.json", seller), ("buyer.json", buyer)];
//! let files = files.map(|(name, text)| NegotiationFile { name, bytes: text.as_bytes() });
//! let loaded = load_negotiation(&files);
//! assert_eq!(loaded.domain.expect("a domain").issues[0].values, ["low", "high"]);
//! assert_eq!(loaded.first_profile, 0, "the first file is a profile, too");
//! assert!(loaded.profiles.iter().all(Option::is_some));
//! ```
//!
//! Reading order: the types below, `recognise` (whose file it is), `load` (all files), `tree`
//! (parts of JSON and YAML), `additive` (weights times evaluations), a reader for each program.
//!
//! Left out: partial orders and groups of issues of `GeniusWeb`; utility functions of `NegMAS`
//! that do not add up issue by issue, and value functions with roots, powers and angles,
//! which have no exact numbers.

mod additive;
mod convert;
mod geniusweb;
mod line;
mod load;
mod negmas;
mod negolog;
mod recognise;
#[cfg(test)]
mod tests;
mod tree;
mod value_functions;

use detente_base::{Diagnostic, Exact, SourceText, Span};

pub use convert::situation_from_negotiation;
pub use line::{Knot, Line};
pub use load::{LoadedNegotiation, NegotiationFile, load_negotiation};
pub use recognise::{FileKind, recognise};

/// Values that are taken of an issue over real numbers: its bounds, and evenly spaced numbers
/// between them.
///
/// GENIUS takes 21 when it lists packages. More values take more time and leave less out.
pub const SAMPLES: u32 = 21;

/// Most values of an issue over numbers.
pub(crate) const MOST_VALUES: i64 = 100_000;

/// Evenly spaced numbers that stand for the real numbers between two bounds.
pub(crate) fn samples(low: &Exact, high: &Exact) -> Vec<Exact> {
    let step = |at: u32| Exact::ratio(i64::from(at), i64::from(SAMPLES - 1));
    (0..SAMPLES).map(|at| low + &(&(high - low) * &step(at))).collect()
}

/// Issues and their values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// The issues, in file order.
    pub issues: Vec<DomainIssue>,
}

/// An issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainIssue {
    /// Its number in files of GENIUS; in other files its place from 1.
    pub index: i64,
    /// Its name.
    pub name: String,
    /// Its values, each once.
    pub values: Vec<String>,
    /// For an issue over real numbers its bounds: the values are [`SAMPLES`] of them, which
    /// stand for all wherever a [`Profile`] has no line.
    pub sampled: Option<(Exact, Exact)>,
    /// Where it stands.
    pub span: Span,
}

/// What a party thinks of the packages of a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// What a package is worth to the party.
    pub worth: Worth,
    /// For each issue over real numbers, what they are worth where that is linear between some
    /// of them; `None` for the others. By issue, or empty if there are none.
    pub lines: Vec<Option<Line>>,
    /// What the party has without an agreement; zero unless given.
    pub reservation: Exact,
    /// The factor by which worth falls over the whole time of a negotiation, if given.
    pub discount: Option<Exact>,
}

/// What packages are worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Worth {
    /// By issue and value of the domain, what the value adds.
    Additive(Vec<Vec<Exact>>),
    /// What hyper-rectangles pay.
    Rectangles(Rectangles),
}

impl Worth {
    /// What each value of each issue adds, where worth adds up issue by issue.
    pub fn additive(&self) -> Option<&[Vec<Exact>]> {
        match self {
            Self::Additive(worths) => Some(worths),
            Self::Rectangles(_) => None,
        }
    }
}

/// Hyper-rectangles whose payments are divided by one number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rectangles {
    /// What payments are divided by; above zero.
    pub unit: Exact,
    /// How the payments of the rectangles make one number.
    pub aggregation: Aggregation,
    /// What that number is multiplied by.
    pub weight: Exact,
    /// The rectangles.
    pub rectangles: Vec<HyperRectangle>,
}

/// How several payments make one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregation {
    /// Their sum.
    Sum,
    /// The greatest of them.
    Max,
    /// The least of them.
    Min,
}

/// Bounds on the values of some issues, and what is paid for keeping or for breaking them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HyperRectangle {
    /// What is paid.
    pub utility: Exact,
    /// For what.
    pub pays: Pays,
    /// The bounds.
    pub bounds: Vec<ValueBound>,
    /// Where it stands.
    pub span: Span,
}

/// What a hyper-rectangle pays for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pays {
    /// Packages that keep every bound.
    Inside,
    /// Packages that break some bound, or all packages if there are no bounds.
    Outside,
}

/// The values of an issue from one to another; none if the first is after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValueBound {
    /// The issue of the domain, by position.
    pub issue: usize,
    /// The first value that keeps it, by position.
    pub least: u32,
    /// The last one.
    pub greatest: u32,
}

/// A file, if it could be used, with its text and all that was found in it.
pub type Parsed<T> = (Option<T>, SourceText, Vec<Diagnostic>);
