//! How the crisis gets to what holds, a line for each step.

use detente_analysis::report::{OutcomeNumber, PathView, Report};

use super::key::{CREDIBLE, label, reached};
use crate::doc::{Document, Item, Level, Text};
use crate::report::names::Names;
use crate::report::words::{capital, grouped};

/// Paths told in one combination of types.
const MOST_PATHS: usize = 4;

/// Paths told in all.
const MOST_IN_ALL: usize = 8;

/// The section on ways from the status quo.
pub fn paths_section(report: &Report, names: &Names<'_>) -> Document {
    let mut out = Document::default();
    // The same path is told once, with the combinations in which it exists.
    let mut found: Vec<(usize, &PathView)> = Vec::new();
    for (index, profile) in report.profiles.iter().enumerate() {
        let Some(view) = &profile.status_quo else { continue };
        let walked = |outcome: &OutcomeNumber| {
            view.paths.iter().find(|p| p.to == *outcome && p.improving && !p.steps.is_empty())
        };
        let paths = reached(report, profile).into_iter().filter_map(|r| walked(&r.outcome));
        found.extend(paths.take(MOST_PATHS).map(|path| (index, path)));
    }
    let texts = found.iter().map(|(index, path)| (*index, path_item(report, names, path)));
    let groups = grouped(texts);
    if groups.is_empty() {
        return out;
    }
    out.heading(Level::Section, "How the crisis gets there");
    out.paragraph(format!("By moves that each mover likes, the nearest that holds under {CREDIBLE}:"));
    let rest = groups.len().saturating_sub(MOST_IN_ALL);
    let mut items: Vec<Item> =
        groups.into_iter().take(MOST_IN_ALL).map(|(item, profiles)| with_when(names, item, &profiles)).collect();
    if rest > 0 {
        items.push(Item::new(format!("and {rest} more")));
    }
    out.bullets(items);
    out
}

fn with_when(names: &Names<'_>, item: Item, profiles: &[usize]) -> Item {
    match names.when(profiles) {
        None => Item { text: Text::from("To ").then(item.text), ..item },
        Some(when) => Item { text: Text::from(format!("{}, to ", capital(&when))).then(item.text), ..item },
    }
}

fn path_item(report: &Report, names: &Names<'_>, path: &PathView) -> Item {
    // Steps of one party in a row are one line.
    let mut lines: Vec<(&str, Vec<String>)> = Vec::new();
    for step in &path.steps {
        match lines.last_mut() {
            Some((last, changes)) if *last == step.party => changes.push(names.changes(step)),
            _ => lines.push((&step.party, vec![names.changes(step)])),
        }
    }
    let mut lines: Vec<Text> = lines
        .into_iter()
        .map(|(party, changes)| {
            Text::default().strong(names.party(party)).plain(format!(" – {}", changes.join(", then ")))
        })
        .collect();
    let to = label(report, names, path.to);
    if lines.len() == 1 {
        return Item::new(Text::from(format!("{to}: ")).then(lines.remove(0)));
    }
    Item { text: Text::from(format!("{to}:")), inner: lines.into_iter().map(Item::new).collect() }
}
