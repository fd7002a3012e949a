//! What is wrong with a file, for people and for programs.
//!
//! Three forms of the same list: [`render_human`] with the lines of the file,
//! [`render_lines`] with one line each (for editors), and [`diagnostic_views`] as
//! data. [`summary`] counts them.

mod human;
mod json;
mod lines;

pub use human::render_human;
pub use json::{DiagnosticView, PlaceView, diagnostic_views, diagnostics_schema, render_diagnostics_json};
pub use lines::render_lines;

use detente_base::{Diagnostic, Severity, SourceText};

use crate::doc::{Document, Item, Text};

/// Counts in words, such as `2 errors, 1 warning`; `no errors` for an empty list.
///
/// ```
/// assert_eq!(detente_render::diagnostics::summary(&[]), "no errors, no warnings");
/// ```
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let words = |number: usize, noun: &str| match number {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    };
    let mut parts = vec![words(count(Severity::Error), "error"), words(count(Severity::Warning), "warning")];
    if count(Severity::Note) > 0 {
        parts.push(words(count(Severity::Note), "note"));
    }
    parts.join(", ")
}

/// The list as a document: one entry each, with the help below it.
pub fn diagnostics_document(source: &SourceText, diagnostics: &[Diagnostic]) -> Document {
    let mut out = Document::default();
    out.paragraph(Text::default().strong(source.name()).plain(": ").plain(summary(diagnostics)));
    let item = |diagnostic: &Diagnostic| {
        let (line, column) = source.position(diagnostic.span.start);
        let text = Text::default()
            .strong(format!("{}[{}]", diagnostic.severity, diagnostic.code))
            .plain(format!(" line {line}:{column}: {}", diagnostic.message));
        let help = diagnostic.help.iter().map(|help| Item::new(format!("help: {help}")));
        Item { text, inner: help.collect() }
    };
    out.bullets(diagnostics.iter().map(item).collect());
    out
}

/// Text without characters that would steer a terminal or break a line.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(crate::doc::visible).collect()
}
