//! What do the files of a negotiation say, whichever program they are written for?
//!
//! A negotiation is kept as a *domain* (issues with their values) and a *profile* for each
//! party (what the values are worth to it). The readers of all formats end in the types of
//! this module.

use detente_base::{Diagnostic, Exact, SourceText, Span};

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
    /// Where it stands.
    pub span: Span,
}

/// What a party thinks of the packages of a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// What a package is worth to the party.
    pub worth: Worth,
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
