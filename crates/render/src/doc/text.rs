//! Documents for terminals and plain files.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style as Ansi};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm, wrap};
use unicode_width::UnicodeWidthStr;

use super::{Block, Document, Item, Level, Style, Text, table};
use crate::{Color, View};

/// The document as text with lines of at most `view.width` columns.
pub fn render_text(document: &Document, view: View) -> String {
    let mut out = String::new();
    let mut before: Option<&Block> = None;
    for block in &document.blocks {
        if before.is_some_and(|before| !close_to(before, block)) {
            out.push('\n');
        }
        before = Some(block);
        match block {
            Block::Heading(level, text) => heading(&mut out, *level, text, view),
            Block::Paragraph(text) => fill(&mut out, text, "", "", view),
            Block::Bullets(items) => bullets(&mut out, items, 0, view),
            Block::Table(table) => table::write_table(&mut out, table, view),
        }
    }
    out
}

/// Whether no empty line stands between two blocks: a ruled heading and what follows
/// it, and a list and the words that announce it.
fn close_to(before: &Block, block: &Block) -> bool {
    match (before, block) {
        (Block::Heading(..), Block::Heading(..)) => false,
        (Block::Heading(level, _), _) => *level != Level::Part,
        (Block::Paragraph(text), Block::Bullets(_)) => text.unstyled().ends_with(':'),
        _ => false,
    }
}

fn heading(out: &mut String, level: Level, text: &Text, view: View) {
    let rule = match level {
        Level::Title => "=",
        Level::Section => "-",
        Level::Part => "",
    };
    let strong = Text::default().strong(text.unstyled());
    fill(out, &strong, "", "", view);
    if !rule.is_empty() {
        let _ = writeln!(out, "{}", rule.repeat(text.unstyled().width().clamp(1, view.width)));
    }
}

fn bullets(out: &mut String, items: &[Item], depth: usize, view: View) {
    let indent = "  ".repeat(depth);
    for item in items {
        fill(out, &item.text, &format!("{indent}- "), &format!("{indent}  "), view);
        bullets(out, &item.inner, depth + 1, view);
    }
}

fn fill(out: &mut String, text: &Text, first: &str, rest: &str, view: View) {
    let styled = paint(text, view.color);
    for line in wrap(&styled, options(view.width).initial_indent(first).subsequent_indent(rest)) {
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

/// Words stay whole and break at spaces only, unless one is longer than a line.
pub(super) fn options<'a>(width: usize) -> Options<'a> {
    Options::new(width.max(10))
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
}

/// The text with escape sequences around each word, so that none runs over a line end.
fn paint(text: &Text, color: Color) -> String {
    let mut out = String::new();
    for (style, words) in text.pieces() {
        let ansi = match (color, style) {
            // Words of the file must be told from ours without colour too.
            (Color::Never, Style::Code) => {
                let _ = write!(out, "`{words}`");
                continue;
            }
            (Color::Never, _) | (_, Style::Plain) => None,
            (Color::Always, Style::Strong) => Some(Ansi::new().bold()),
            (Color::Always, Style::Code) => Some(AnsiColor::Cyan.on_default()),
        };
        let Some(ansi) = ansi else {
            out.push_str(words);
            continue;
        };
        for (index, word) in words.split(' ').enumerate() {
            if index > 0 {
                out.push(' ');
            }
            if !word.is_empty() {
                let _ = write!(out, "{ansi}{word}{ansi:#}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_and_colours_word_by_word() {
        let mut document = Document::default();
        document.heading(Level::Title, "A title");
        document.paragraph(Text::default().plain("one two ").strong("three four").plain(" five"));
        document.bullets(vec![Item { text: "outer text here".into(), inner: vec![Item::new("inner text here")] }]);
        let plain = render_text(&document, View { width: 13, color: Color::Never });
        assert_eq!(
            plain,
            "A title\n=======\none two three\nfour five\n\n- outer text\n  here\n  - inner\n    text here\n"
        );
        let painted = render_text(&document, View { width: 13, color: Color::Always });
        assert!(painted.contains("\u{1b}[1mfour\u{1b}[0m five\n"), "{painted:?}");
    }

    #[test]
    fn text_of_a_file_cannot_steer_the_terminal() {
        let mut document = Document::default();
        document.paragraph("a\u{1b}[2Jb\nc\u{202e}d");
        let text = render_text(&document, View { width: 80, color: Color::Never });
        assert_eq!(text, "a\u{fffd}[2Jb c\u{fffd}d\n");
    }
}
