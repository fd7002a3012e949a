//! Text to tree: [`parse_scenario`].

use detente_base::{Diagnostic, SourceText};

use crate::ast::Scenario;
use crate::codes::front::MORE_FAULTS;
use crate::yaml::{Limits, MAX_DIAGNOSTICS};
use crate::{decode, grammar, yaml};

/// A scenario file as read.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The text that every span indexes: the file without byte order mark, invalid
    /// bytes replaced by U+FFFD, control characters by spaces.
    pub source: SourceText,
    /// What could be read.
    pub scenario: Scenario,
    /// Faults of YAML and of shape, in order of place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a scenario file: every fault of syntax and shape in one run, and a tree of
/// all the rest. Names and expressions are read later, by the checker.
///
/// ```
/// let parsed = detente_scenario::parse_scenario(
///     "x.yaml",
///     b"detente: 1\ntitle: Two\nparties: {a: Ada, b: Bo}\nissues: {raid: {set_by: a}}\n",
/// );
/// assert!(parsed.diagnostics.is_empty());
/// assert_eq!(parsed.scenario.parties.len(), 2);
/// ```
///
/// Cost: O(n) time and memory for n bytes; at most 16 MiB are read.
pub fn parse_scenario(name: &str, bytes: &[u8]) -> Parsed {
    let mut parsed = read_scenario(name, bytes);
    cap(&mut parsed.diagnostics);
    parsed
}

/// The same without a bound on the diagnostics shown.
pub(crate) fn read_scenario(name: &str, bytes: &[u8]) -> Parsed {
    let mut yaml = yaml::parse_yaml(name, bytes, &Limits::default());
    let mut diagnostics = yaml.diagnostics;
    let (faults, mends) = grammar::check_and_mend(&grammar::SCENARIO, &yaml.root, &yaml.source);
    diagnostics.extend(faults);
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    mends.apply(&mut yaml.root);
    Parsed { scenario: decode::decode_scenario(&yaml.root), source: yaml.source, diagnostics }
}

/// Cuts the list, in order of place, to what anybody may read.
pub(crate) fn cap(diagnostics: &mut Vec<Diagnostic>) {
    if diagnostics.len() > MAX_DIAGNOSTICS {
        diagnostics.truncate(MAX_DIAGNOSTICS);
        let place = diagnostics.last().map(|last| last.span).unwrap_or_default();
        let message = format!("more than {MAX_DIAGNOSTICS} faults; the rest is not shown");
        diagnostics.push(Diagnostic::note(MORE_FAULTS, place, message));
    }
}
