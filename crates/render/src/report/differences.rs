//! How the answer depends on what the parties are.

use detente_analysis::report::{Differences, Report};

use super::names::Names;
use super::words::{chance, concept_cell, listed};
use crate::doc::{Document, Level, Table};

/// Outcomes without a name that are compared one by one.
const MOST_OUTCOMES: usize = 12;

/// The section on types.
pub fn differences_section(report: &Report, names: &Names<'_>) -> Document {
    let mut out = Document::default();
    let Some(differences) = &report.differences else { return out };
    out.heading(Level::Section, "How the answer differs between types");
    let all: Vec<String> = report
        .profiles
        .iter()
        .map(|p| &p.equilibria)
        .max_by_key(|e| e.len())
        .into_iter()
        .flatten()
        .map(|s| s.concept.clone())
        .collect();
    if differences.same.len() == all.len() {
        out.paragraph("The same outcomes hold in every combination, under every foresight.");
    } else if !differences.same.is_empty() {
        out.paragraph(format!(
            "The same outcomes hold in every combination under {}.",
            listed(&differences.same, "and")
        ));
    }
    out.append(named(report, names, differences, &all));
    out.append(others(report, differences, &all));
    out
}

fn named(report: &Report, names: &Names<'_>, differences: &Differences, all: &[String]) -> Document {
    let mut out = Document::default();
    if differences.named.is_empty() {
        return out;
    }
    out.paragraph(
        "Under which foresight an outcome of each kind holds. “→” marks those that moves from the status quo can reach, each \
         liked by who makes it. The chances are those of the combinations in which one holds under SEQ, and is also reached.",
    );
    let mut table = Table::default();
    table.left("Outcome");
    (0..report.profiles.len()).for_each(|i| table.left(Names::letter(i)));
    let chances = differences.named.iter().any(|n| n.chance.is_some());
    if chances {
        table.left("chance that it holds");
        table.left("and is reached");
    }
    for entry in &differences.named {
        let mut row = vec![names.named_name(&entry.id).to_owned()];
        row.extend((0..report.profiles.len()).map(|i| {
            let holds = entry.concepts.get(i).map_or("–".into(), |c| concept_cell(c, all));
            let reached = entry.reached.get(i).is_some_and(|r| !r.is_empty());
            if reached { format!("→ {holds}") } else { holds }
        }));
        if chances {
            row.push(entry.chance.as_ref().map_or("–".into(), chance));
            row.push(entry.chance_reached.as_ref().map_or("–".into(), chance));
        }
        table.rows.push(row);
    }
    out.table(table);
    out
}

fn others(report: &Report, differences: &Differences, all: &[String]) -> Document {
    let mut out = Document::default();
    if differences.outcomes.is_empty() {
        return out;
    }
    out.paragraph("Outcomes that do not hold alike in all combinations:");
    let mut table = Table::default();
    table.right("#");
    (0..report.profiles.len()).for_each(|i| table.left(Names::letter(i)));
    for entry in differences.outcomes.iter().take(MOST_OUTCOMES) {
        let mut row = vec![entry.outcome.to_string()];
        row.extend(
            (0..report.profiles.len()).map(|i| entry.concepts.get(i).map_or("–".into(), |c| concept_cell(c, all))),
        );
        table.rows.push(row);
    }
    out.table(table);
    let rest = differences.outcomes.len().saturating_sub(MOST_OUTCOMES);
    if rest > 0 {
        out.paragraph(format!("{rest} more are not shown."));
    }
    out
}
