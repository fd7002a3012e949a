//! How the answer depends on what the parties are, in one table.

use detente_analysis::report::{NamedDifference, Report};

use super::key::{CREDIBLE, MOST_COLUMNS, column_head};
use crate::doc::{Document, Level, Table};
use crate::report::names::Names;
use crate::report::words::{chance, concept_cell, listed};

/// The section on types; absent when they make no difference that can be told.
pub fn types_section(report: &Report, names: &Names<'_>) -> Document {
    let mut out = Document::default();
    let Some(differences) = &report.differences else { return out };
    let sets = report.profiles.iter().map(|p| &p.equilibria).max_by_key(|e| e.len()).into_iter().flatten();
    let all: Vec<String> = sets.map(|s| s.concept.clone()).collect();
    out.heading(Level::Section, "How the answer differs between types");
    if differences.same.len() == all.len() {
        out.paragraph("The same outcomes hold in every combination of types; what is reached may differ.");
    } else if !differences.same.is_empty() {
        out.paragraph(format!(
            "The same outcomes hold in every combination of types under {}.",
            listed(&differences.same, "and")
        ));
    }
    // What holds nowhere is told in brief.
    let somewhere = |n: &&NamedDifference| n.concepts.iter().any(|c| !c.is_empty());
    let named: Vec<&NamedDifference> = differences.named.iter().filter(somewhere).collect();
    if named.is_empty() {
        return out;
    }
    let chances = named.iter().any(|n| n.chance.is_some());
    out.table(table(report, names, &named, &all, if chances { Chances::Given } else { Chances::Unknown }));
    out
}

/// Whether the file gives chances of types.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chances {
    Given,
    Unknown,
}

fn table(report: &Report, names: &Names<'_>, named: &[&NamedDifference], all: &[String], chances: Chances) -> Table {
    let profiles = report.profiles.len();
    let mut table = Table::default();
    table.left("outcome");
    if profiles <= MOST_COLUMNS {
        (0..profiles).for_each(|index| table.left(column_head(report, index)));
    } else {
        table.right("holds in");
        table.right("reached in");
    }
    if chances == Chances::Given {
        table.left("chance that it holds");
        table.left("and is reached");
    }
    for entry in named {
        let mut row = vec![names.named_name(&entry.id).to_owned()];
        if profiles <= MOST_COLUMNS {
            row.extend((0..profiles).map(|i| {
                let holds = entry.concepts.get(i).map_or("–".into(), |c| concept_cell(c, all));
                if entry.reached.get(i).is_some_and(|r| !r.is_empty()) { format!("→ {holds}") } else { holds }
            }));
        } else {
            let count = |sets: &[Vec<String>]| sets.iter().filter(|s| s.iter().any(|c| c == CREDIBLE)).count();
            row.push(format!("{} of {profiles}", count(&entry.concepts)));
            row.push(format!("{} of {profiles}", count(&entry.reached)));
        }
        if chances == Chances::Given {
            row.push(entry.chance.as_ref().map_or("–".into(), chance));
            row.push(entry.chance_reached.as_ref().map_or("–".into(), chance));
        }
        table.rows.push(row);
    }
    table
}
