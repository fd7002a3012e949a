//! Diagnostics with the lines of the file.
//!
//! Only the first line of a span is shown, and only a window of a long line: a file
//! of one line of a megabyte must not flood the terminal.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::renderer::DEFAULT_TERM_WIDTH;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use detente_base::{Diagnostic, Severity, SourceText, Span};

use super::one_line;
use crate::{Color, View};

/// Characters of a line that are shown before the underlined place.
const BEFORE: usize = 40;

/// Lines between two places up to which one excerpt shows both.
const GAP: usize = 30;

/// The list in full, one block each with an empty line after it.
pub fn render_human(source: &SourceText, diagnostics: &[Diagnostic], view: View) -> String {
    let renderer = match view.color {
        Color::Always => Renderer::styled(),
        Color::Never => Renderer::plain(),
    };
    let renderer = renderer.term_width(view.width.clamp(40, DEFAULT_TERM_WIDTH));
    let mut out = String::new();
    for diagnostic in diagnostics {
        let excerpts = excerpts(source, diagnostic, view.width.clamp(60, 200));
        let _ = write!(out, "{}\n\n", renderer.render(&[group(source, diagnostic, &excerpts)]));
    }
    out
}

fn group<'a>(source: &SourceText, diagnostic: &'a Diagnostic, excerpts: &'a [Excerpt]) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(one_line(&diagnostic.message)).id(diagnostic.code.0));
    let name = one_line(source.name());
    for excerpt in excerpts {
        // A part of a line does not show its column; the place is then said apart.
        let (line, column) = excerpt.position;
        if excerpt.cut {
            group = group.element(Origin::path(name.clone()).line(line).char_column(column));
            group = group.element(excerpt.snippet());
        } else {
            group = group.element(excerpt.snippet().path(name.clone()));
        }
    }
    if let Some(help) = help(diagnostic) {
        group = group.element(Level::HELP.message(one_line(&help)));
    }
    group
}

fn help(diagnostic: &Diagnostic) -> Option<String> {
    match (&diagnostic.help, &diagnostic.replacement) {
        (Some(help), _) => Some(help.clone()),
        (None, Some(text)) if text.trim().is_empty() => None,
        (None, Some(text)) => Some(format!("write `{text}`")),
        (None, None) => None,
    }
}

/// A run of lines that holds some of the places.
struct Excerpt {
    first_line: usize,
    text: String,
    /// Line and column of the first place in it.
    position: (usize, usize),
    /// Whether the start of a line with a place is left out.
    cut: bool,
    marks: Vec<Mark>,
}

struct Mark {
    kind: AnnotationKind,
    range: Range<usize>,
    label: String,
}

impl Excerpt {
    fn snippet(&self) -> Snippet<'_, Annotation<'_>> {
        let marks = self.marks.iter().map(|mark| {
            let label = (!mark.label.is_empty()).then_some(mark.label.as_str());
            mark.kind.span(mark.range.clone()).label(label)
        });
        Snippet::source(self.text.as_str()).line_start(self.first_line).annotations(marks)
    }
}

/// A place before it is cut to what is shown.
struct Place {
    kind: AnnotationKind,
    span: Span,
    label: String,
}

fn excerpts(source: &SourceText, diagnostic: &Diagnostic, limit: usize) -> Vec<Excerpt> {
    let primary = Place { kind: AnnotationKind::Primary, span: diagnostic.span, label: one_line(&diagnostic.label) };
    let others = diagnostic.labels.iter().map(|label| Place {
        kind: AnnotationKind::Context,
        span: label.span,
        label: one_line(&label.text),
    });
    let mut by_line: BTreeMap<usize, Vec<Place>> = BTreeMap::new();
    for place in std::iter::once(primary).chain(others) {
        by_line.entry(source.position(place.span.start).0).or_default().push(place);
    }
    let mut runs: Vec<Vec<(usize, Vec<Place>)>> = Vec::new();
    for (line, places) in by_line {
        match runs.last_mut() {
            Some(run) if line - run[run.len() - 1].0 <= GAP => run.push((line, places)),
            _ => runs.push(vec![(line, places)]),
        }
    }
    let mut excerpts: Vec<Excerpt> = runs.into_iter().map(|run| excerpt(source, run, limit)).collect();
    // The fault comes first, what explains it after.
    excerpts.sort_by_key(|e| !e.marks.iter().any(|mark| mark.kind == AnnotationKind::Primary));
    excerpts
}

fn excerpt(source: &SourceText, run: Vec<(usize, Vec<Place>)>, limit: usize) -> Excerpt {
    let first_line = run[0].0;
    let primary = run.iter().flat_map(|(_, places)| places).find(|p| p.kind == AnnotationKind::Primary);
    let position = source.position(primary.unwrap_or(&run[0].1[0]).span.start);
    let mut out = Excerpt { first_line, text: String::new(), position, cut: false, marks: Vec::new() };
    let mut next = first_line;
    for (line, places) in run {
        // Lines without a place are folded away by the renderer, except next to one.
        for between in next..line {
            out.text.push_str(&clip(source.line(between), 0, limit).text);
            out.text.push('\n');
        }
        let text = source.line(line);
        let starts: Vec<usize> = places.iter().map(|p| column_byte(source, text, p.span.start)).collect();
        let window = clip(text, starts.iter().copied().min().unwrap_or(0), limit);
        out.cut |= window.start > 0;
        for (place, start) in places.into_iter().zip(starts) {
            let mut end = (start + (place.span.end.saturating_sub(place.span.start))).min(text.len());
            while !text.is_char_boundary(end) {
                end += 1;
            }
            let end = text[start..end].trim_end().len() + start;
            let range = window.shift(start)..window.shift(end.max(start));
            let base = out.text.len();
            out.marks.push(Mark { kind: place.kind, range: base + range.start..base + range.end, label: place.label });
        }
        out.text.push_str(&window.text);
        out.text.push('\n');
        next = line + 1;
    }
    out
}

/// Byte within its line of an offset into the text.
fn column_byte(source: &SourceText, line: &str, offset: usize) -> usize {
    let column = source.position(offset).1 - 1;
    line.char_indices().nth(column).map_or(line.len(), |(at, _)| at)
}

/// Part of a line.
struct Window {
    text: String,
    /// Bytes of the line left out at the start.
    start: usize,
    end: usize,
    /// Bytes put in their place.
    lead: usize,
}

impl Window {
    /// Where a byte of the line is in the part, moved to its ends if it is outside.
    fn shift(&self, at: usize) -> usize {
        at.clamp(self.start, self.end) - self.start + self.lead
    }
}

/// At most `limit` characters of a line, from a little before `focus`.
fn clip(line: &str, focus: usize, limit: usize) -> Window {
    let start = match line.char_indices().nth(limit) {
        None => 0,
        Some(_) => line[..focus].char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at),
    };
    let end = line[start..].char_indices().nth(limit).map_or(line.len(), |(at, _)| start + at);
    let (head, tail) = (if start > 0 { "…" } else { "" }, if end < line.len() { "…" } else { "" });
    Window { text: format!("{head}{}{tail}", &line[start..end]), start, end, lead: head.len() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_base::Code;

    const VIEW: View = View { width: 80, color: Color::Never };

    #[test]
    fn shows_the_line_the_place_and_the_help() {
        let text = "détente: 1\nparties:\n  a: Ada\nissues:\n  raid: {set_by: ada}\n";
        let source = SourceText::new("x.yaml", text);
        let at = text.rfind("ada").unwrap();
        let fault = Diagnostic::error(Code("S202"), Span::new(at, at + 3), "unknown party `ada`")
            .with_label("no such party")
            .with_place(Span::new(text.find("a: Ada").unwrap(), text.find("a: Ada").unwrap() + 1), "declared here")
            .with_help("did you mean `a`?");
        let shown = render_human(&source, &[fault], VIEW);
        assert!(shown.starts_with("error[S202]: unknown party `ada`\n"), "{shown}");
        assert!(shown.contains("x.yaml:5:18"), "{shown}");
        assert!(shown.contains("5 |   raid: {set_by: ada}"), "{shown}");
        assert!(shown.contains("^^^ no such party"), "{shown}");
        assert!(shown.contains("- declared here"), "{shown}");
        assert!(shown.contains("help: did you mean `a`?"), "{shown}");
        assert!(!shown.contains('\u{1b}'));
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("a: {}BAD{}\n", "x".repeat(500_000), "y".repeat(500_000));
        let source = SourceText::new("x", &*text);
        let fault = Diagnostic::error(Code("S001"), Span::new(500_003, 500_006), "bad").with_label("here");
        let shown = render_human(&source, &[fault], VIEW);
        assert!(shown.len() < 1000, "{}", shown.len());
        assert!(shown.contains("BAD") && shown.contains("^^^ here"), "{shown}");
        assert!(shown.contains("x:1:500004"), "{shown}");
        let whole = Diagnostic::error(Code("S001"), Span::new(0, text.len()), "bad");
        assert!(render_human(&source, &[whole], VIEW).len() < 1000);
    }

    #[test]
    fn any_span_is_survived() {
        for text in ["", "é", "a\nb\n\n", "\u{feff}x\r\ny"] {
            let source = SourceText::new("x", text);
            for start in 0..=text.len() + 1 {
                for end in start..=text.len() + 2 {
                    let fault = Diagnostic::error(Code("S001"), Span::new(start, end), "bad")
                        .with_place(Span::new(0, end), "there");
                    assert!(render_human(&source, &[fault], VIEW).contains("bad"));
                }
            }
        }
    }

    #[test]
    fn colour_only_when_asked_and_no_control_characters_from_the_file() {
        let source = SourceText::new("x", "a: \"\u{1b}[31m\"\n");
        let fault = [Diagnostic::error(Code("S001"), Span::new(0, 1), "bad \u{1b}[2J name")];
        assert!(!render_human(&source, &fault, VIEW).contains('\u{1b}'));
        assert!(render_human(&source, &fault, View { color: Color::Always, ..VIEW }).contains('\u{1b}'));
    }
}
