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
    let looked_at = looked_at(answer);
    if !answer.sets.is_empty() {
        out.paragraph(format!("{looked_at} How many outcomes hold:"));
        out.table(sets_table(answer));
    } else if !answer.broken.is_empty() && !is_everybody(answer) {
        out.paragraph(looked_at);
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

/// Whether every coalition was looked at.
fn is_everybody(answer: &LargeCoalitions) -> bool {
    answer.looked_at.to_string() == answer.coalition_count
}

fn looked_at(answer: &LargeCoalitions) -> String {
    match answer.looked_at {
        n if !is_everybody(answer) => {
            let all = if answer.coalition_count.bytes().all(|digit| digit.is_ascii_digit()) {
                grouped(&answer.coalition_count)
            } else {
                answer.coalition_count.clone()
            };
            format!("Of {all} coalitions, the {n} with the fewest members were looked at.")
        }
        1 => "One coalition was looked at.".to_owned(),
        n => format!("{n} coalitions, each party alone among them, were looked at."),
    }
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
    let everybody = is_everybody(answer);
    let whose = |leaving: &LargeLeaving| match &leaving.stopped {
        Some(_) => Known::Part,
        None if everybody => Known::Everybody,
        None => Known::LookedAt,
    };
    let item = |(leaving, concepts): (&LargeLeaving, Vec<String>)| leaving_item(leaving, &concepts, whose(leaving));
    out.bullets(said.into_iter().map(item).collect());
    out
}

/// Of which coalitions it is known whether they leave.
#[derive(Clone, Copy)]
enum Known {
    Everybody,
    LookedAt,
    Part,
}

fn leaving_item(leaving: &LargeLeaving, concepts: &[String], known: Known) -> Item {
    let under = format!("Under {}", listed(concepts, "and"));
    let open = leaving
        .stopped
        .as_ref()
        .map_or_else(String::new, |reason| format!(" Of some coalitions it is not known: {}", stop_reason(reason)));
    let who = match (leaving.breaks.len(), known) {
        (0, Known::Everybody) => "no coalition leaves it.",
        (0, Known::LookedAt) => "no coalition that was looked at leaves it.",
        (0, Known::Part) => "no coalition is known to leave it.",
        (1, Known::Everybody) => "this coalition leaves it, and every larger one that leaves it contains it:",
        (_, Known::Everybody) => "these coalitions leave it, and every other one that leaves it contains one of them:",
        (1, Known::LookedAt) => "this coalition leaves it, and every other one looked at that does contains it:",
        (_, Known::LookedAt) => {
            "these coalitions leave it, and every other one looked at that does contains one of them:"
        }
        (1, Known::Part) => "this coalition leaves it; there may be others.",
        (_, Known::Part) => "these coalitions leave it; there may be others.",
    };
    let item = |found: &detente_analysis::report::LargeBreak| {
        Item::new(Text::default().strong(found.members.join(" + ")).plain(format!(" by {}.", steps(&found.steps))))
    };
    Item { text: Text::from(format!("{under}, {who}{open}")), inner: leaving.breaks.iter().map(item).collect() }
}
