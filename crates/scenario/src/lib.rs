//! The scenario language: text to a checked [`Situation`], or diagnostics.
//!
//! ```
//! let text = "
//! detente: 1
//! title: A hostage and a ransom
//! parties: {captor: Captor, state: State}
//! issues:
//!   freed: {set_by: captor, moves: forward}
//!   ransom: {set_by: state, moves: forward}
//! preferences:
//!   captor: {priority: [ransom, not freed]}
//!   state: {priority: [freed, not ransom]}
//! ";
//! let loaded = detente_scenario::load("ransom.yaml", text.as_bytes());
//! let situation = loaded.situation.expect("the file is right");
//! assert_eq!(situation.parties.len(), 2);
//! ```
//!
//! Reading order: [`ast`] (what a file says), [`parse_scenario`] (text to tree),
//! [`expr`] (conditions and amounts), [`check_scenario`] (tree to situation),
//! [`situation`] (what engines are fed from), [`space`] and [`columns`] (all outcomes
//! at once), [`versions`] (two files side by side).

pub mod ast;
pub mod check;
pub mod codes;
pub mod columns;
mod decode;
pub mod expr;
pub mod genius;
pub mod gmcr;
pub mod grammar;
mod import;
mod load;
pub mod negotiation_files;
mod parse;
mod print;
pub mod schema;
pub mod situation;
pub mod space;
pub mod suggest;
pub mod versions;
pub mod yaml;

pub use check::evidence::{SourceContent, check_locators};
pub use check::goods::{check_goods, goods_of};
pub use check::{Checked, check_scenario};
pub use import::{load_gmcr, situation_from_gmcr};
pub use load::{Loaded, load};
pub use parse::{Parsed, parse_scenario};
pub use print::print_scenario;
pub use situation::Situation;
pub use space::Space;
