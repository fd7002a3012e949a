//! Tables aligned by what is seen, not by bytes.
//!
//! A table that is too wide has its widest columns wrapped; if even that is not
//! enough it is cut into several that repeat the first column.

use std::fmt::Write as _;

use anstyle::Style as Ansi;
use unicode_width::UnicodeWidthStr;

use super::text::options;
use super::{Align, Column, Table};
use crate::{Color, View};

/// Columns between two columns of a table.
const GAP: usize = 2;

/// A column is not made narrower than this to fit, nor than its longest word up to
/// [`LONGEST_WORD`].
const NARROWEST: usize = 8;

/// Longer words are cut.
const LONGEST_WORD: usize = 16;

pub(super) fn write_table(out: &mut String, table: &Table, view: View) {
    let clean = |text: &String| text.chars().map(super::visible).collect::<String>();
    let heads: Vec<String> = table.columns.iter().map(|c| clean(&c.head)).collect();
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(clean).collect()).collect();
    let natural: Vec<usize> = (0..heads.len())
        .map(|i| rows.iter().map(|row| row[i].width()).chain([heads[i].width(), 1]).max().unwrap_or(1))
        .collect();
    let longest = |i: usize| {
        let cells = rows.iter().map(|row| &row[i]).chain([&heads[i]]);
        cells.flat_map(|cell| cell.split(' ')).map(UnicodeWidthStr::width).max().unwrap_or(1)
    };
    let least: Vec<usize> =
        (0..heads.len()).map(|i| natural[i].min(longest(i).clamp(NARROWEST, LONGEST_WORD))).collect();
    for (index, group) in column_groups(&least, view.width).iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let wished: Vec<(usize, usize)> = group.iter().map(|i| (natural[*i], least[*i])).collect();
        let widths = fit(&wished, view.width);
        let columns: Vec<&Column> = group.iter().map(|i| &table.columns[*i]).collect();
        let pick = |cells: &[String]| group.iter().map(|i| cells[*i].clone()).collect::<Vec<_>>();
        write_row(out, &pick(&heads), &columns, &widths, view.color);
        let rule: Vec<String> = widths.iter().map(|w| "-".repeat(*w)).collect();
        let _ = writeln!(out, "{}", rule.join(&" ".repeat(GAP)));
        for row in &rows {
            write_row(out, &pick(row), &columns, &widths, Color::Never);
        }
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
