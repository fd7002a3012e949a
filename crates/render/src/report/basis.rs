//! What the answer rests on, and how it was checked.

use std::fmt::Write as _;

use detente_analysis::report::{CheckedCount, ClaimView, Report, StatementKind, StatementView};

use super::names::Names;
use super::words::counted;
use crate::doc::{Document, Item, Level, Text};

/// Statements listed in a short answer; the rest is counted.
const MOST_STATEMENTS: usize = 10;

/// How many statements are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The most used.
    Most,
    /// All.
    All,
}

/// The section on statements, claims and the checker.
pub fn basis_section(report: &Report, names: &Names<'_>, extent: Extent) -> Document {
    let mut out = Document::default();
    let mut used: Vec<&StatementView> = report.statements.iter().filter(|s| s.verdicts > 0).collect();
    used.sort_by_key(|s| std::cmp::Reverse(s.verdicts));
    let limit = if extent == Extent::All { usize::MAX } else { MOST_STATEMENTS };
    if !used.is_empty() {
        out.heading(Level::Section, "What the answer rests on");
        out.paragraph("Statements of the file, by the number of verdicts above whose reasons use them:");
        let mut items: Vec<Item> = used.iter().take(limit).map(|s| statement_item(names, s)).collect();
        let rest = used.len().saturating_sub(limit);
        if rest > 0 {
            items.push(Item::new(format!("and {rest} more")));
        }
        out.bullets(items);
        let shown: Vec<&StatementView> = used.iter().take(limit).copied().collect();
        out.append(claims(&shown));
        let bare = used.iter().filter(|s| s.claims.is_empty()).count();
        if bare > 0 {
            out.paragraph(match used.len() {
                all if all == bare => "No claim is given for any of them.".to_owned(),
                all => format!("No claim is given for {bare} of these {all} statements."),
            });
        }
    }
    out.append(footer(report));
    out
}

fn statement_item(names: &Names<'_>, statement: &StatementView) -> Item {
    let kind = match statement.kind {
        StatementKind::StatusQuo => "status quo",
        StatementKind::Constraint => "constraint",
        StatementKind::Move => "moves",
        StatementKind::Worth => "worth",
        StatementKind::Priority => "priority",
        StatementKind::Ranking => "ranking",
        StatementKind::Parameter => "number",
    };
    let whose = match (&statement.party, &statement.type_id) {
        (Some(party), Some(kind_of)) => {
            format!(" of {} ({})", names.party(party), names.type_name(party, kind_of))
        }
        (Some(party), None) => format!(" of {}", names.party(party)),
        _ => String::new(),
    };
    let mut text = Text::default().code(&statement.text).plain(format!(
        " – {kind}{whose}, line {}:{}, {}",
        statement.line,
        statement.column,
        counted(statement.verdicts as u64, "verdict")
    ));
    if let Some(about) = &statement.about {
        text = text.plain(format!(". {}", about.trim()));
    }
    if !statement.claims.is_empty() {
        let ids: Vec<String> = statement.claims.iter().map(|c| c.id.clone()).collect();
        let noun = if ids.len() == 1 { "claim" } else { "claims" };
        text = text.plain(format!(" [{noun} {}]", ids.join(", ")));
    }
    Item::new(text)
}

/// The claims behind some statements, each once.
fn claims(statements: &[&StatementView]) -> Document {
    let mut claims: Vec<&ClaimView> = Vec::new();
    for claim in statements.iter().flat_map(|s| &s.claims) {
        if !claims.iter().any(|c| c.id == claim.id) {
            claims.push(claim);
        }
    }
    let mut out = Document::default();
    if !claims.is_empty() {
        out.paragraph("The claims behind them:");
        out.bullets(claims.into_iter().map(claim_item).collect());
    }
    out
}

fn claim_item(claim: &ClaimView) -> Item {
    let mut text = format!(": “{}”", claim.says.trim());
    let origin: Vec<&str> = [&claim.by, &claim.source].into_iter().flatten().map(String::as_str).collect();
    if origin.is_empty() {
        text.push_str(" – no source");
    } else {
        text.push_str(" – ");
        text.push_str(&origin.join(", "));
    }
    if let Some(at) = &claim.at {
        let _ = write!(text, " (at “{}”)", at.trim());
    }
    if !claim.rivals.is_empty() {
        let _ = write!(text, "; disputed by {}", claim.rivals.join(", "));
    }
    Item::new(Text::default().strong(&claim.id).plain(text))
}

fn footer(report: &Report) -> Document {
    let mut out = Document::default();
    if let Some(line) = checked_line(report) {
        out.paragraph(line);
    }
    out
}

/// How many verdicts were checked a second time; `None` when there is none to check.
pub fn checked_line(report: &Report) -> Option<String> {
    let total = report.profiles.iter().fold(CheckedCount::default(), |sum, p| CheckedCount {
        confirmed: sum.confirmed + p.checked.confirmed,
        unchecked: sum.unchecked + p.checked.unchecked,
    });
    if total.confirmed + total.unchecked == 0 {
        return None;
    }
    if total.confirmed == 0 {
        return Some(format!(
            "None of the {} was checked a second time, for want of budget.",
            counted(total.unchecked, "verdict")
        ));
    }
    let rest = match total.unchecked {
        0 => String::new(),
        n => format!("; {} not checked, for want of budget", counted(n, "verdict")),
    };
    Some(format!("An independent checker confirmed {} with the evidence{rest}.", counted(total.confirmed, "verdict")))
}
