//! Bytes to a situation in one call.

use detente_base::{Diagnostic, Severity, SourceText};

use crate::check::{Lints, check_tree};
use crate::codes::meaning as code;
use crate::parse::{cap, read_scenario};
use crate::situation::Situation;

/// A scenario file, read and checked.
#[derive(Debug)]
pub struct Loaded {
    /// The text that every span indexes.
    pub source: SourceText,
    /// The situation, unless an error stands in its way.
    pub situation: Option<Situation>,
    /// Everything found, in order of place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and checks a scenario file. Faults of syntax, shape and meaning are found in
/// one run; the lints wait until there are none.
///
/// Cost: that of [`crate::parse_scenario`] and [`crate::check_scenario`].
pub fn load(name: &str, bytes: &[u8]) -> Loaded {
    let parsed = read_scenario(name, bytes);
    let mut diagnostics = parsed.diagnostics;
    let torn = diagnostics.iter().any(|d| d.severity == Severity::Error);
    let checked = check_tree(&parsed.scenario, if torn { Lints::Skip } else { Lints::Run });
    let cut = diagnostics.iter().any(|d| d.severity == Severity::Error && d.code.0 < FIRST_OF_SHAPE);
    let consequence = |d: &Diagnostic| cut && is_consequence(&parsed.source, d);
    diagnostics.extend(checked.diagnostics.into_iter().filter(|d| !consequence(d)));
    diagnostics.sort_by_key(|d| (d.span.start, d.span.end, d.code.0));
    diagnostics.dedup();
    cap(&mut diagnostics);
    let situation = checked.situation.filter(|_| !torn);
    Loaded { source: parsed.source, situation, diagnostics }
}

/// The first code about the shape of a file; those before it are about YAML.
const FIRST_OF_SHAPE: &str = "S030";

/// Whether an unknown name is one that the file does declare, in a part that could
/// not be read; the fault there has been reported.
fn is_consequence(source: &SourceText, diagnostic: &Diagnostic) -> bool {
    match diagnostic.code {
        code::UNKNOWN_NAME | code::UNKNOWN_PARTY | code::UNKNOWN_CLAIM | code::UNKNOWN_SOURCE | code::UNKNOWN_ISSUE => {
            let name = source.slice(diagnostic.span).trim();
            !name.is_empty() && source.text().contains(&format!("{name}:"))
        }
        _ => false,
    }
}
