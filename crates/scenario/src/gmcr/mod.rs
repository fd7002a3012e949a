//! What does a save file of GMCR+ say?
//!
//! GMCR+ keeps a graph model as JSON: decision makers with binary options, states
//! ruled out, and preferences as prioritised statements or as a ranking. [`parse_gmcr`]
//! reads such a file (extension `.gmcr`) into [`GmcrFile`], with every fault found.
//!
//! Terms. *Option*: something one decision maker does or leaves, yes or no. *Literal*:
//! an option with the answer it must have. *State*: one answer per option. The states
//! that remain are numbered from 1 in the order of `Σ 2^i` over the options `i` taken;
//! a ranking uses these *ordinals*. Both count options in the order of this module's
//! [`GmcrFile::options`]: decision maker by decision maker, which GMCR+ makes on loading
//! and the file need not have.
//!
//! ```
//! let text = r#"{
//!   "options": [{"name": "Talk", "permittedDirection": "both"}, {"name": "Raid", "permittedDirection": "fwd"}],
//!   "decisionMakers": [
//!     {"name": "Captor", "options": [0], "preferences": [[[1, "N"]]]},
//!     {"name": "State", "options": [1], "preferences": [[[0, "Y"]], [[1, "N"]]]}
//!   ],
//!   "infeasibles": []
//! }"#;
//! let (file, _, diagnostics) = detente_scenario::gmcr::parse_gmcr("talk.gmcr", text.as_bytes());
//! assert!(diagnostics.is_empty());
//! assert_eq!(file.expect("a whole file").decision_makers[1].statements.len(), 2);
//! ```
//!
//! Left out: coalitions and everything GMCR+ writes but does not read (payoffs, nodes);
//! the binary format of versions before 0.2.

mod ranking;
mod read;

use detente_base::{Diagnostic, Severity, SourceText, Span};

use crate::codes::front::GMCR_PICKLE;
use crate::parse::cap;
use crate::yaml::{Limits, parse_yaml};

/// A whole file, resolved and without contradictions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GmcrFile {
    /// Options, those of each decision maker adjacent.
    pub options: Vec<GmcrOption>,
    /// Decision makers, in file order.
    pub decision_makers: Vec<GmcrDecisionMaker>,
    /// States that satisfy one of these do not exist.
    pub infeasible: Vec<GmcrStatement>,
}

/// A control option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GmcrOption {
    /// Its name.
    pub name: String,
    /// How its answer may change.
    pub direction: Direction,
    /// Position of the decision maker that controls it.
    pub owner: usize,
    /// Where it stands in the file.
    pub span: Span,
}

/// How the answer of an option may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From no to yes and back.
    Both,
    /// From no to yes only.
    Forward,
    /// From yes to no only.
    Backward,
}

/// A decision maker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GmcrDecisionMaker {
    /// Its name.
    pub name: String,
    /// Positions of its options, ascending and without gap.
    pub options: std::ops::Range<usize>,
    /// Statements it wants to hold, most important first. Read but not in force where
    /// there is a ranking.
    pub statements: Vec<GmcrStatement>,
    /// Ordinals of the states, best first; each group is a tie. `None` where the
    /// statements decide.
    pub ranking: Option<Vec<Vec<u64>>>,
    /// It does not see states that satisfy one of these.
    pub unseen: Vec<GmcrStatement>,
    /// Where it stands in the file.
    pub span: Span,
}

/// A condition on states: one of several conjunctions of literals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GmcrStatement {
    /// Conjunctions; at least one, each of at least one literal.
    pub any_of: Vec<Vec<GmcrLiteral>>,
    /// Where it stands in the file.
    pub span: Span,
}

/// An option with the answer it must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GmcrLiteral {
    /// Position of the option.
    pub option: usize,
    /// The answer.
    pub taken: bool,
}

/// Bounds for GMCR+ files: rankings make them long and flat.
const LIMITS: Limits = Limits { bytes: 16 << 20, nodes: 2_000_000, copies: 1000, depth: 16 };

/// Reads a GMCR+ file; `None` where an error was found.
///
/// Whether a ranking names every state is checked where the states can be counted
/// within some million steps; beyond that, ordinals are only checked to be
/// distinct and at least 1.
///
/// Cost: O(n) time and memory for n bytes, plus at most some seconds' count of states.
pub fn parse_gmcr(name: &str, bytes: &[u8]) -> (Option<GmcrFile>, SourceText, Vec<Diagnostic>) {
    if is_pickle(bytes) {
        let message = "the file is in the binary format of GMCR+ before 0.2; expected JSON";
        let help = "open it in GMCR+ 0.2 or later and save it again";
        let diagnostic = Diagnostic::error(GMCR_PICKLE, Span::default(), message).with_help(help);
        return (None, SourceText::new(name, ""), vec![diagnostic]);
    }
    let yaml = parse_yaml(name, bytes, &LIMITS);
    let mut diagnostics = yaml.diagnostics;
    let file = read::read_file(&yaml.root, &mut diagnostics);
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    let sound = !diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    cap(&mut diagnostics);
    (file.filter(|_| sound), yaml.source, diagnostics)
}

/// Recognises a Python pickle, binary or text.
fn is_pickle(bytes: &[u8]) -> bool {
    let binary = matches!(bytes, [0x80, 1..=5, ..]);
    let text: [&[u8]; 5] = [b"(dp", b"(lp", b"(i", b"ccopy_reg\n", b"c__main__\n"];
    binary || text.iter().any(|start| bytes.starts_with(start))
}

impl GmcrStatement {
    /// Whether the statement holds where `taken` tells which options are taken.
    pub fn holds(&self, taken: impl Fn(usize) -> bool) -> bool {
        self.any_of.iter().any(|all| all.iter().all(|literal| taken(literal.option) == literal.taken))
    }
}

#[cfg(test)]
mod tests;
