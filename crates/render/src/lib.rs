//! Answers and diagnostics as text, Markdown and JSON; game trees and equilibria as drawings.
//!
//! Every sentence is made from the data of the answer; nothing here decides
//! anything, prints, or looks at the machine. A shell says how wide the text may be
//! and whether it may be coloured:
//!
//! ```
//! use detente_base::{Code, Diagnostic, SourceText, Span};
//! use detente_render::{Color, View, diagnostics};
//! let source = SourceText::new("x.yaml", "title: 3\n");
//! let fault = Diagnostic::error(Code("S033"), Span::new(7, 8), "`title` is a number; expected text");
//! let view = View { width: 80, color: Color::Never };
//! let text = diagnostics::render_human(&source, &[fault], view);
//! assert!(text.contains("1 | title: 3"));
//! ```
//!
//! Reading order: [`doc`] (what a document is made of), `report` (a report as a
//! document), [`diagnostics`], [`svg`].
//!
//! Left out: pages for a browser.

pub mod diagnostics;
pub mod doc;
mod json;
mod report;
pub mod svg;

pub use doc::{Document, render_markdown, render_text};
pub use json::render_json;
pub use report::{
    PlayLength, coalitions_document, compare_document, deals_document, delay_document, division_document,
    full_deals_document, full_document, game_document, hypergame_document, make_document, negotiation_document,
    offers_document, pattern_words, patterns_words, play_document, readings_document, report_document, robust_document,
    solve_document, stable_document, tournament_document, update_document, why_not_document,
};

/// How a text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Columns that a line may take. Tables may need more when it is below 40.
    pub width: usize,
    /// Whether escape sequences for colour are written.
    pub color: Color,
}

/// Whether escape sequences for colour are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// They are.
    Always,
    /// They are not.
    Never,
}
