//! Diagnostics as data.

use detente_base::{Diagnostic, Severity, SourceText, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One fault or remark, with places as lines and columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DiagnosticView {
    /// Stable code, such as `S013`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// The fault in one line.
    pub message: String,
    /// Name of the file, as it was given.
    pub file: String,
    /// Line of the first character, from 1.
    pub line: usize,
    /// Column of the first character, from 1, in characters.
    pub column: usize,
    /// Line after the last character.
    pub end_line: usize,
    /// Column after the last character.
    pub end_column: usize,
    /// Short text about the place; may be empty.
    pub label: String,
    /// How to repair it.
    pub help: Option<String>,
    /// Text that, put in its place, repairs the fault.
    pub replacement: Option<String>,
    /// Other places that explain it.
    pub places: Vec<PlaceView>,
}

/// Another place that explains a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceView {
    /// Name of the file.
    pub file: String,
    /// Line of the first character, from 1.
    pub line: usize,
    /// Column of the first character, from 1, in characters.
    pub column: usize,
    /// Line after the last character.
    pub end_line: usize,
    /// Column after the last character.
    pub end_column: usize,
    /// What it has to do with the fault.
    pub text: String,
}

/// The diagnostics as data, in the same order.
pub fn diagnostic_views(source: &SourceText, diagnostics: &[Diagnostic]) -> Vec<DiagnosticView> {
    diagnostics.iter().map(|diagnostic| diagnostic_view(source, diagnostic)).collect()
}

fn diagnostic_view(source: &SourceText, diagnostic: &Diagnostic) -> DiagnosticView {
    let ((line, column), (end_line, end_column)) = ends(source, diagnostic.span);
    let place = |label: &detente_base::Label| {
        let ((line, column), (end_line, end_column)) = ends(source, label.span);
        PlaceView { file: source.name().to_owned(), line, column, end_line, end_column, text: label.text.clone() }
    };
    DiagnosticView {
        code: diagnostic.code.to_string(),
        severity: diagnostic.severity,
        message: diagnostic.message.clone(),
        file: source.name().to_owned(),
        line,
        column,
        end_line,
        end_column,
        label: diagnostic.label.clone(),
        help: diagnostic.help.clone(),
        replacement: diagnostic.replacement.clone(),
        places: diagnostic.labels.iter().map(place).collect(),
    }
}

fn ends(source: &SourceText, span: Span) -> ((usize, usize), (usize, usize)) {
    (source.position(span.start), source.position(span.end.max(span.start)))
}

/// The diagnostics as a JSON array, indented, with a line end.
pub fn render_diagnostics_json(source: &SourceText, diagnostics: &[Diagnostic]) -> String {
    crate::json::render_json(&diagnostic_views(source, diagnostics))
}

/// JSON Schema of [`render_diagnostics_json`].
pub fn diagnostics_schema() -> serde_json::Value {
    schemars::schema_for!(Vec<DiagnosticView>).to_value()
}
