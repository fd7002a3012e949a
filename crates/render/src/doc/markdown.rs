//! Documents as Markdown: `CommonMark` with tables.

use std::fmt::Write as _;

use super::{Align, Block, Document, Item, Level, Style, Table, Text};

/// The document as Markdown.
pub fn render_markdown(document: &Document) -> String {
    let mut out = String::new();
    for block in &document.blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        match block {
            Block::Heading(level, text) => {
                let marks = match level {
                    Level::Title => "#",
                    Level::Section => "##",
                    Level::Part => "###",
                };
                let _ = writeln!(out, "{marks} {}", inline(text));
            }
            Block::Paragraph(text) => {
                let _ = writeln!(out, "{}", inline(text));
            }
            Block::Bullets(items) => bullets(&mut out, items, 0),
            Block::Table(table) => write_table(&mut out, table),
        }
    }
    out
}

fn bullets(out: &mut String, items: &[Item], depth: usize) {
    for item in items {
        let _ = writeln!(out, "{}- {}", "  ".repeat(depth), inline(&item.text));
        bullets(out, &item.inner, depth + 1);
    }
}

fn write_table(out: &mut String, table: &Table) {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let cell = |text: &String| escape(&text.chars().map(super::visible).collect::<String>());
    out.push_str(&row(table.columns.iter().map(|c| cell(&c.head)).collect()));
    let rule = |align| if align == Align::Right { "---:" } else { "---" };
    out.push_str(&row(table.columns.iter().map(|c| rule(c.align).to_owned()).collect()));
    for cells in &table.rows {
        out.push_str(&row(cells.iter().map(cell).collect()));
    }
}

fn inline(text: &Text) -> String {
    let mut out = String::new();
    for (style, words) in text.pieces() {
        match style {
            Style::Plain => out.push_str(&escape(words)),
            // Emphasis must not begin or end with a space.
            Style::Strong => {
                let core = words.trim();
                let start = words.len() - words.trim_start().len();
                let end = start + core.len();
                let marks = if core.is_empty() { "" } else { "**" };
                let _ = write!(out, "{}{marks}{}{marks}{}", &words[..start], escape(core), &words[end..]);
            }
            Style::Code => out.push_str(&code(words)),
        }
    }
    guard_start(out)
}

fn code(words: &str) -> String {
    let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if words.starts_with('`') || words.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{words}{pad}{fence}")
}

fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut before = ' ';
    let mut rest = words.chars().peekable();
    while let Some(c) = rest.next() {
        // An underscore inside a word never opens emphasis.
        let inside = before.is_alphanumeric() && rest.peek().is_some_and(|n| n.is_alphanumeric());
        if matches!(c, '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '&' | '~' | '#') || (c == '_' && !inside) {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// Keeps a line from being read as a list or a rule.
fn guard_start(line: String) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if line.starts_with(['-', '+', '=']) {
        return format!("\\{line}");
    }
    match line.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &line[..digits], &line[digits..]),
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_file_stays_text() {
        let mut document = Document::default();
        document.paragraph("1. a_b *c* _d_ <e> [f](g) `h` | & \\");
        document.paragraph(Text::default().code("a ` b").plain(" ").strong(" x "));
        document.paragraph("- no list");
        assert_eq!(
            render_markdown(&document),
            "1\\. a_b \\*c\\* \\_d\\_ \\<e\\> \\[f\\](g) \\`h\\` \\| \\& \\\\\n\n``a ` b``  **x** \n\n\\- no list\n"
        );
    }

    #[test]
    fn tables_have_one_line_for_each_row() {
        let mut table = Table::default();
        table.right("#");
        table.left("a|b");
        table.rows = vec![vec!["1".into(), "x\ny".into()]];
        let mut document = Document::default();
        document.table(table);
        assert_eq!(render_markdown(&document), "| \\# | a\\|b |\n| ---: | --- |\n| 1 | x y |\n");
    }
}
