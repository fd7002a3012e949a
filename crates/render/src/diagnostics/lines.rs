//! One line for each diagnostic.

use std::fmt::Write as _;

use detente_base::{Diagnostic, SourceText};

use super::one_line;

/// `file:line:column: severity[CODE]: message`, one line each.
pub fn render_lines(source: &SourceText, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let (line, column) = source.position(diagnostic.span.start);
        let (name, message) = (one_line(source.name()), one_line(&diagnostic.message));
        let _ = writeln!(out, "{name}:{line}:{column}: {}[{}]: {message}", diagnostic.severity, diagnostic.code);
    }
    out
}
