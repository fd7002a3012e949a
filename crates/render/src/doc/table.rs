//! Tables aligned by what is seen, not by bytes.
//!
//! A table that is too wide has the columns for which it is so marked written below
//! each row and its widest columns wrapped; if even that is not enough it is cut into
//! several that repeat the first column.

use std::fmt::Write as _;

use anstyle::Style as Ansi;
use unicode_width::UnicodeWidthStr;

use super::text::options;
use super::{Align, Column, Place, Table};
use crate::{Color, View};

/// Columns between two columns of a table.
const GAP: usize = 2;

/// A column is not made narrower than this to fit.
const NARROWEST: usize = 8;

/// Words up to which a column is kept wide enough not to break them: the first that
/// lets the table fit in one piece.
const LONGEST_WORDS: [usize; 4] = [usize::MAX, 24, 16, 12];

/// A column that may go below is not wrapped to less than this.
const NARROWEST_BESIDE: usize = 20;

/// The cells of a table without what steers terminals, and their widths.
struct Measured {
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Width of the widest cell of each column.
    natural: Vec<usize>,
    /// Width of the longest word of each column.
    words: Vec<usize>,
}

pub(super) fn write_table(out: &mut String, table: &Table, view: View) {
    let measured = measure(table);
    let all: Vec<usize> = (0..table.columns.len()).collect();
    let (mut beside, mut below): (Vec<usize>, Vec<usize>) =
        all.iter().partition(|i| table.columns[**i].place == Place::Beside || fits(table, &measured, &all, view.width));
    if column_groups(&least_widths(&measured, &beside, view.width), view.width).len() > 1 {
        (beside, below) = (all, Vec::new());
    }
    let least = least_widths(&measured, &beside, view.width);
    let groups = column_groups(&least, view.width);
    for (index, group) in groups.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let wished: Vec<(usize, usize)> = group.iter().map(|i| (measured.natural[beside[*i]], least[*i])).collect();
        let widths = fit(&wished, view.width);
        let columns: Vec<&Column> = group.iter().map(|i| &table.columns[beside[*i]]).collect();
        let pick = |cells: &[String]| group.iter().map(|i| cells[beside[*i]].clone()).collect::<Vec<_>>();
        write_row(out, &pick(&measured.heads), &columns, &widths, view.color);
        let rule: Vec<String> = widths.iter().map(|w| "-".repeat(*w)).collect();
        let _ = writeln!(out, "{}", rule.join(&" ".repeat(GAP)));
        for row in &measured.rows {
            write_row(out, &pick(row), &columns, &widths, Color::Never);
            if index + 1 == groups.len() {
                let indent = " ".repeat(widths[0] + GAP);
                below.iter().for_each(|i| write_below(out, &measured.heads[*i], &row[*i], &indent, view.width));
            }
        }
    }
}

fn measure(table: &Table) -> Measured {
    let clean = |text: &String| text.chars().map(super::visible).collect::<String>();
    let heads: Vec<String> = table.columns.iter().map(|c| clean(&c.head)).collect();
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(clean).collect()).collect();
    let cells = |i: usize| rows.iter().map(move |row| &row[i]).chain([&heads[i]]);
    let natural = (0..heads.len()).map(|i| cells(i).map(|c| c.width()).max().unwrap_or(1).max(1)).collect();
    let longest = |i: usize| cells(i).flat_map(|c| c.split(' ')).map(UnicodeWidthStr::width).max().unwrap_or(1);
    let words = (0..heads.len()).map(longest).collect();
    Measured { heads, rows, natural, words }
}

/// Most lines of a cell that could also stand below its row.
const MOST_LINES: usize = 3;

/// Whether all columns have room beside each other without breaking a word.
fn fits(table: &Table, measured: &Measured, columns: &[usize], width: usize) -> bool {
    let least = |i: usize| match table.columns[i].place {
        Place::Beside => measured.natural[i].min(measured.words[i].max(NARROWEST)),
        Place::Below => measured.natural[i].min(measured.words[i].max(NARROWEST_BESIDE)),
    };
    let gaps = GAP * columns.len().saturating_sub(1);
    if columns.iter().map(|i| least(*i)).sum::<usize>() + gaps > width {
        return false;
    }
    // What may stand below goes there rather than into a tall narrow column.
    let beside: usize =
        columns.iter().filter(|i| table.columns[**i].place == Place::Beside).map(|i| measured.natural[*i]).sum();
    let room = width.saturating_sub(gaps + beside);
    let below = columns.iter().filter(|i| table.columns[**i].place == Place::Below);
    below.map(|i| measured.natural[*i]).sum::<usize>() <= MOST_LINES * room
}

/// How narrow each of these columns may become.
fn least_widths(measured: &Measured, columns: &[usize], width: usize) -> Vec<usize> {
    let up_to = |longest: usize| -> Vec<usize> {
        let least = |i: &usize| measured.natural[*i].min(measured.words[*i].min(longest).max(NARROWEST));
        columns.iter().map(least).collect()
    };
    let one_piece = |least: &Vec<usize>| column_groups(least, width).len() == 1 && total(least) <= width;
    LONGEST_WORDS.into_iter().map(up_to).find(one_piece).unwrap_or_else(|| up_to(width.max(NARROWEST)))
}

fn total(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)
}

fn write_below(out: &mut String, head: &str, cell: &str, indent: &str, width: usize) {
    if cell.is_empty() {
        return;
    }
    let text = format!("{head}: {cell}");
    for line in textwrap::wrap(&text, options(width).initial_indent(indent).subsequent_indent(indent)) {
        let _ = writeln!(out, "{}", line.trim_end());
    }
}
/// Which columns stand side by side; the first is in every group.
fn column_groups(least: &[usize], width: usize) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = vec![vec![0]];
    let mut used = least[0];
    for column in 1..least.len() {
        if used + GAP + least[column] > width && groups.last().is_some_and(|g| g.len() > 1) {
            groups.push(vec![0]);
            used = least[0];
        }
        used += GAP + least[column];
        groups.last_mut().expect("never empty").push(column);
    }
    groups
}

/// Widths that fit, taken from the widest columns first; each is given as natural and
/// least width.
fn fit(wished: &[(usize, usize)], width: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = wished.iter().map(|(natural, _)| *natural).collect();
    let room = width.saturating_sub(GAP * (wished.len().saturating_sub(1)));
    while widths.iter().sum::<usize>() > room {
        let shrinkable = (0..widths.len()).filter(|i| widths[*i] > wished[*i].1);
        let Some(widest) = shrinkable.max_by_key(|i| widths[*i]) else { break };
        widths[widest] -= 1;
    }
    widths
}

fn write_row(out: &mut String, cells: &[String], columns: &[&Column], widths: &[usize], bold: Color) {
    let wrapped: Vec<Vec<String>> = cells
        .iter()
        .zip(widths)
        .map(|(cell, width)| {
            if cell.width() <= *width {
                return vec![cell.clone()];
            }
            textwrap::wrap(cell, options(*width)).into_iter().map(String::from).collect()
        })
        .collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..height {
        let mut text = String::new();
        for (index, (cell, width)) in wrapped.iter().zip(widths).enumerate() {
            let words = cell.get(line).map_or("", String::as_str);
            let space = " ".repeat(width.saturating_sub(words.width()));
            let gap = if index > 0 { " ".repeat(GAP) } else { String::new() };
            let _ = match columns[index].align {
                Align::Left => write!(text, "{gap}{words}{space}"),
                Align::Right => write!(text, "{gap}{space}{words}"),
            };
        }
        let text = text.trim_end();
        let _ = match bold {
            Color::Always => writeln!(out, "{0}{text}{0:#}", Ansi::new().bold()),
            Color::Never => writeln!(out, "{text}"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: View = View { width: 80, color: Color::Never };

    fn table(heads: &[&str], rows: &[&[&str]]) -> Table {
        let mut table = Table::default();
        table.right(heads[0]);
        heads[1..].iter().for_each(|h| table.left(*h));
        table.rows = rows.iter().map(|r| r.iter().map(ToString::to_string).collect()).collect();
        table
    }

    fn shown(table: &Table, width: usize) -> String {
        let mut out = String::new();
        write_table(&mut out, table, View { width, ..VIEW });
        out
    }

    #[test]
    fn aligns_by_display_width() {
        let table = table(&["#", "ville", "x"], &[&["9", "Besançon", "a"], &["10", "東京", "b"]]);
        assert_eq!(shown(&table, 80), " #  ville     x\n--  --------  -\n 9  Besançon  a\n10  東京      b\n");
    }

    #[test]
    fn long_words_stay_whole_where_there_is_room() {
        let long = table(&["#", "a", "b"], &[&["1", "unbelievably_long_name", "two words here"]]);
        assert!(shown(&long, 36).contains("unbelievably_long_name"), "{}", shown(&long, 36));
    }

    #[test]
    fn a_column_goes_below_where_there_is_no_room() {
        let mut wide = table(&["#", "a"], &[&["1", "x", "some words that tell more"], &["2", "y", ""]]);
        wide.below("note");
        assert_eq!(shown(&wide, 80).lines().count(), 4);
        assert_eq!(shown(&wide, 24), "#  a\n-  -\n1  x\n   note: some words that\n   tell more\n2  y\n");
    }

    #[test]
    fn wraps_wide_columns_and_then_splits() {
        let long = "several words that do not fit";
        let wide = table(&["#", "about", "more"], &[&["1", long, "x"]]);
        let text = shown(&wide, 24);
        assert!(text.lines().all(|l| l.width() <= 24), "{text}");
        assert!(text.contains("several words"), "{text}");
        let many = table(&["#", "aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd"], &[&["1", "v", "w", "x", "y"]]);
        let text = shown(&many, 24);
        assert!(text.lines().all(|l| l.width() <= 24), "{text}");
        assert_eq!(text.matches('#').count(), 2, "{text}");
    }
}
