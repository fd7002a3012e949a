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
//! use detente_scenario::negotiation_files::Worth;
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
//! assert_eq!(profile.expect("a profile").worth, Worth::Additive(vec![vec!["0.25".parse()?, "1".parse()?]]));
//! # Ok::<(), detente_base::ParseExactError>(())
//! ```
//!
//! A profile of the type `nonlinear` has hyper-rectangles instead: each pays its utility to
//! packages that keep all its bounds (`INCLUDES`), or that break one (`EXCLUDES`), and worth
//! is what they pay together, divided by `maxutility`.
//!
//! An issue over real numbers is taken at evenly spaced values
//! ([`SAMPLES`](crate::negotiation_files::SAMPLES)).
//!
//! Left out: worth by constraints; utility functions inside others; the discount, which is
//! read and has no place in a frontier.

mod read;
mod real;
mod rectangles;
#[cfg(test)]
mod tests;

pub use read::{parse_domain, parse_profile};
