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
    /// By issue and value of the domain, what the value adds.
    pub worths: Vec<Vec<Exact>>,
    /// What the party has without an agreement; zero unless given.
    pub reservation: Exact,
    /// The factor by which worth falls over the whole time of a negotiation, if given.
    pub discount: Option<Exact>,
}

/// A file, if it could be used, with its text and all that was found in it.
pub type Parsed<T> = (Option<T>, SourceText, Vec<Diagnostic>);
