//! How the crisis gets from the status quo to outcomes that hold.

use detente_analysis::report::{PathView, Report, StatusQuoView, StepView};

use super::names::Names;
use super::words::{concepts, counted};
use crate::doc::{Document, Item, Level, Text};

/// Paths of improvements told one by one; the rest is counted.
const MOST_IMPROVING: usize = 8;

/// The same of paths with other moves.
const MOST_OTHER: usize = 4;

/// The section on ways from the status quo.
pub fn paths_section(report: &Report, names: &Names<'_>) -> Document {
    let mut said: Vec<(Document, Vec<usize>)> = Vec::new();
    for (index, profile) in report.profiles.iter().enumerate() {
        let Some(view) = &profile.status_quo else { continue };
        let all: Vec<String> = profile.equilibria.iter().map(|set| set.concept.clone()).collect();
        let text = from_status_quo(names, view, &all);
        match said.iter_mut().find(|(other, _)| *other == text) {
            Some((_, profiles)) => profiles.push(index),
            None => said.push((text, vec![index])),
        }
    }
    let mut out = Document::default();
    if said.is_empty() {
        return out;
    }
    out.heading(Level::Section, "How the crisis gets there");
    for (text, profiles) in said {
        if let Some(when) = names.when(&profiles) {
            out.heading(Level::Part, super::words::capital(&when));
        }
        out.append(text);
    }
    out
}

fn from_status_quo(names: &Names<'_>, view: &StatusQuoView, all: &[String]) -> Document {
    let mut out = Document::default();
    let holds = match view.holds_under.as_slice() {
        [] => "does not hold under any foresight".to_owned(),
        some => format!("holds under {}", concepts(some, all)),
    };
    out.paragraph(format!(
        "The status quo ({}) {holds}. From it, moves can lead to {}, and moves that each mover likes to {}, itself \
         included.",
        view.outcome,
        counted(view.reachable_by_moves, "outcome"),
        counted(view.reachable_by_improvements, "outcome"),
    ));
    let (mut improving, mut other): (Vec<&PathView>, Vec<&PathView>) =
        view.paths.iter().filter(|p| !p.steps.is_empty()).partition(|p| p.improving);
    improving.sort_by_key(|p| p.steps.len());
    other.sort_by_key(|p| p.steps.len());
    for (paths, most, lead) in [
        (improving, MOST_IMPROVING, "By moves that each mover likes:"),
        (other, MOST_OTHER, "Only by moves that not every mover likes:"),
    ] {
        if paths.is_empty() {
            continue;
        }
        out.paragraph(lead);
        let mut items: Vec<Item> = paths.iter().take(most).map(|path| path_item(names, path)).collect();
        let rest = paths.len().saturating_sub(most);
        if rest > 0 {
            items.push(Item::new(format!("and {rest} more")));
        }
        out.bullets(items);
    }
    out
}

fn path_item(names: &Names<'_>, path: &PathView) -> Item {
    let mut text = Text::from("to ").strong(names.brief(path.to)).plain(": ");
    // Steps of one party in a row are one clause.
    let mut clauses: Vec<(&str, Vec<String>)> = Vec::new();
    for step in &path.steps {
        let StepView { party, .. } = step;
        match clauses.last_mut() {
            Some((last, changes)) if last == party => changes.push(names.changes(step)),
            _ => clauses.push((party, vec![names.changes(step)])),
        }
    }
    for (index, (party, changes)) in clauses.iter().enumerate() {
        let lead = if index > 0 { "; then " } else { "" };
        text = text.plain(format!("{lead}{} ({})", names.party(party), changes.join(", then ")));
    }
    Item::new(text)
}
