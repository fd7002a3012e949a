//! What do the files of a negotiation of GENIUS say?
//!
//! GENIUS keeps a *domain* (issues with their values) and for each party a *profile* (what
//! the values are worth to it) in XML files. [`parse_domain`] and [`parse_profile`] read
//! them, with every fault found.
//!
//! Worth is the sum over the issues of weight · evaluation of the value / greatest
//! evaluation of the issue. Weights are taken as they are. GENIUS cuts sums off at 1, which
//! matters where weights add up to slightly more; here sums are exact and are not cut off.
//!
//! ```
//! use detente_scenario::genius::{parse_domain, parse_profile};
//!
//! let text = r#"<utility_space><objective index="0" name="root">
//!   <issue index="1" name="price" type="discrete">
//!     <item index="1" value="low" evaluation="1"/><item index="2" value="high" evaluation="4"/>
//!   </issue>
//!   <weight index="1" value="1.0"/>
//! </objective></utility_space>"#;
//! let (domain, _, _) = parse_domain("price.xml", text.as_bytes());
//! let domain = domain.expect("a domain");
//! let (profile, _, diagnostics) = parse_profile("seller.xml", text.as_bytes(), &domain);
//! assert!(diagnostics.is_empty());
//! assert_eq!(profile.expect("a profile").worths[0][0].to_string(), "0.25");
//! ```
//!
//! Left out: issues over real numbers; worth by hyper-rectangles and constraints; the
//! discount, which is read and has no place in a frontier.

mod read;
#[cfg(test)]
mod tests;

use detente_base::{Diagnostic, Exact, SourceText, Span};

pub use read::{parse_domain, parse_profile};

/// Issues and their values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeniusDomain {
    /// The issues, in file order.
    pub issues: Vec<GeniusIssue>,
}

/// An issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeniusIssue {
    /// Its number in the files.
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
pub struct GeniusProfile {
    /// By issue and value of the domain, what the value adds.
    pub worths: Vec<Vec<Exact>>,
    /// What the party has without an agreement; zero unless given.
    pub reservation: Exact,
    /// The factor by which worth falls over the whole time of a negotiation, if given.
    pub discount: Option<Exact>,
}

/// A file, if it could be used, with its text and all that was found in it.
pub type Parsed<T> = (Option<T>, SourceText, Vec<Diagnostic>);
