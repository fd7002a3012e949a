//! What the answer rests on, in short.

use detente_analysis::report::{Report, StatementView};

use crate::doc::{Document, Item, Level, Text};
use crate::report::basis::checked_line;
use crate::report::names::Names;
use crate::report::words::counted;

/// Statements listed; the rest is counted.
const MOST_STATEMENTS: usize = 8;

/// Claims listed with one statement.
const MOST_CLAIMS: usize = 2;

/// The most used statements with their claims, and how the answer was checked.
pub fn basis_section(report: &Report, names: &Names<'_>) -> Document {
    let mut out = Document::default();
    let mut used: Vec<&StatementView> = report.statements.iter().filter(|s| s.verdicts > 0).collect();
    used.sort_by_key(|s| std::cmp::Reverse(s.verdicts));
    if !used.is_empty() {
        out.heading(Level::Section, "What the answer rests on");
        out.paragraph("The most used statements of the file, with their claims:");
        out.bullets(used.iter().take(MOST_STATEMENTS).map(|s| statement_item(names, s)).collect());
    }
    let rest = if used.is_empty() { None } else { Some(rest(&used)) };
    let lines: Vec<String> = rest.into_iter().chain(checked_line(report)).collect();
    if !lines.is_empty() {
        out.paragraph(lines.join(" "));
    }
    out
}

fn statement_item(names: &Names<'_>, statement: &StatementView) -> Item {
    let whose = statement.party.as_deref().map_or(String::new(), |id| format!("{}, ", names.party(id)));
    let mut text = Text::default().code(&statement.text).plain(format!(" – {whose}line {}", statement.line));
    let claims: Vec<String> = statement
        .claims
        .iter()
        .take(MOST_CLAIMS)
        .map(|claim| match claim.rivals.as_slice() {
            [] => claim.id.clone(),
            rivals => format!("{} (disputed by {})", claim.id, rivals.join(", ")),
        })
        .collect();
    if !claims.is_empty() {
        let more = statement.claims.len().saturating_sub(MOST_CLAIMS);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        text = text.plain(format!(": {}{more}", claims.join(", ")));
    }
    Item::new(text)
}

fn rest(used: &[&StatementView]) -> String {
    let bare = used.iter().filter(|s| s.claims.is_empty()).count();
    let more = match used.len().saturating_sub(MOST_STATEMENTS) {
        0 => String::new(),
        n => format!("{} {} used. ", counted(n as u64, "more statement"), if n == 1 { "is" } else { "are" }),
    };
    let claims = match used.len() {
        _ if bare == 0 => "There is a claim for each of them.".to_owned(),
        all if all == bare => "No claim is given for any of them.".to_owned(),
        all => format!("No claim is given for {bare} of these {all}."),
    };
    format!("{more}{claims}")
}
