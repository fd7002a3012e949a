//! What parties would do together where outcomes are too many to list.

use detente_analysis::report::{LargeBroken, LargeCoalitions, LargeLeaving};

use super::holds::stop_reason;
use super::symbolic::{asked_outcomes, grouped, opening};
use super::symbolic_outcomes::{steps, whole};
use super::words::listed;
use crate::doc::{Document, Item, Level, Table, Text};

/// One combination of types.
pub(super) fn large_coalitions(answer: &LargeCoalitions) -> Document {
    let mut out = opening(&answer.types, answer.refused.as_deref(), answer.states.as_deref());
    if let Some(filter) = &answer.asked {
        out.paragraph(asked_outcomes(filter));
    }
    if let Some(reason) = &answer.stopped {
        out.paragraph(Text::default().strong("Left open: ").plain(stop_reason(reason)));
    }
    if !answer.sets.is_empty() {
        out.paragraph(match answer.looked_at {
            1 => "One coalition was looked at. How many outcomes hold:".to_owned(),
            n => format!("{n} coalitions, each party alone among them, were looked at. How many outcomes hold:"),
        });
        out.table(sets_table(answer));
    }
    for broken in &answer.broken {
        out.append(broken_document(broken, answer));
    }
    if answer.coalitions.len() > 1 {
        out.heading(Level::Section, "Coalition by coalition");
        out.paragraph("Number of outcomes that each would not leave:");
        out.table(coalitions_table(answer));
    }
    out
}

fn number(count: Option<&String>) -> String {
    count.map_or_else(|| "open".to_owned(), |count| grouped(count))
}

fn sets_table(answer: &LargeCoalitions) -> Table {
    let mut table = Table::default();
    table.left("Alone");
    table.right("Outcomes");
    table.left("Together");
    table.right("Outcomes");
    table.right("Broken");
    for set in &answer.sets {
        table.rows.push(vec![
            set.alone.clone(),
            number(set.alone_count.as_ref()),
            set.together.clone(),
            number(set.together_count.as_ref()),
            number(set.broken.as_ref()),
        ]);
    }
    table
}

fn coalitions_table(answer: &LargeCoalitions) -> Table {
    let mut table = Table::default();
    table.left("Coalition");
    let concepts: Vec<&str> = answer.sets.iter().map(|set| set.together.as_str()).collect();
    concepts.iter().for_each(|concept| table.right(*concept));
    for view in &answer.coalitions {
        let count = |concept: &&str| number(view.stays.iter().find(|(c, _)| c == concept).map(|(_, count)| count));
        table.rows.push(std::iter::once(view.members.join(" + ")).chain(concepts.iter().map(count)).collect());
    }
    table
}

fn broken_document(broken: &LargeBroken, answer: &LargeCoalitions) -> Document {
    let mut out = Document::default();
    let heading = if answer.asked.is_some() { "The outcome asked for" } else { "An outcome that a coalition breaks" };
    out.heading(Level::Section, heading);
    let named = if broken.named.is_empty() { String::new() } else { format!(" ({})", broken.named.join(", ")) };
    out.paragraph(format!("{}{named}", whole(&broken.values)));
    // Concepts under which the same coalitions leave in the same way are told together.
    let mut said: Vec<(&LargeLeaving, Vec<String>)> = Vec::new();
    for leaving in &broken.concepts {
        match said.iter_mut().find(|(known, _)| known.breaks == leaving.breaks && known.stopped == leaving.stopped) {
            Some((_, concepts)) => concepts.push(leaving.concept.clone()),
            None => said.push((leaving, vec![leaving.concept.clone()])),
        }
    }
    out.bullets(said.into_iter().map(|(leaving, concepts)| leaving_item(leaving, &concepts)).collect());
    out
}

fn leaving_item(leaving: &LargeLeaving, concepts: &[String]) -> Item {
    let under = format!("Under {}", listed(concepts, "and"));
    let open = leaving
        .stopped
        .as_ref()
        .map_or_else(String::new, |reason| format!(" Of some coalitions it is not known: {}", stop_reason(reason)));
    let who = match leaving.breaks.len() {
        0 if leaving.stopped.is_some() => "no coalition is known to leave it.",
        0 => "no coalition leaves it.",
        1 => "this coalition leaves it, and every larger one that leaves it contains it:",
        _ => "these coalitions leave it, and every other one that leaves it contains one of them:",
    };
    let item = |found: &detente_analysis::report::LargeBreak| {
        Item::new(Text::default().strong(found.members.join(" + ")).plain(format!(" by {}.", steps(&found.steps))))
    };
    Item { text: Text::from(format!("{under}, {who}{open}")), inner: leaving.breaks.iter().map(item).collect() }
}
