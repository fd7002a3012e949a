//! How far the answer holds over the ranges of numbers.

use detente_analysis::deals::{AlongNumber, CaseShare, DealRanges, DealsProfile};
use detente_analysis::negotiation::DemandLabel;

use super::super::holds::stop_reason;
use super::super::words::{counted, listed};
use super::packages::solution_names;
use super::{Length, Page, SOLUTIONS, amount};
use crate::doc::{Document, Item, Level, Text};

/// Changes of labels written out for one number.
const MOST_CHANGES: usize = 4;

pub(super) fn ranges(page: &Page<'_>, profile: &DealsProfile) -> Document {
    let mut out = Document::default();
    if let Some(reason) = &profile.ranges_stopped {
        out.heading(Level::Part, "How far that holds");
        out.paragraph(Text::default().strong("Undecided: ").plain(stop_reason(reason)));
    }
    let Some(ranges) = &profile.ranges else { return out };
    out.heading(Level::Part, "How far that holds");
    out.paragraph(format!(
        "{} of {}, seed {}; in brackets the interval that covers the true share with a chance of 95 % at least (Clopper \
         and Pearson).",
        counted(u64::from(ranges.draws), "draw"),
        match ranges.parameters.len() {
            1 => "the one number with a range".to_owned(),
            many => format!("all {many} numbers over their ranges"),
        },
        ranges.seed
    ));
    let of = |share: &CaseShare| {
        let (low, high) = (100.0 * share.interval.0.to_f64(), 100.0 * share.interval.1.to_f64());
        format!("{} of {} ({low:.0} to {high:.0} %)", share.count, ranges.draws)
    };
    let mut items = vec![Item::new(format!("There is something to agree on in {}.", of(&ranges.zone)))];
    items.extend(labels(page, profile, ranges, &of));
    for (id, name) in SOLUTIONS {
        if let Some(share) = ranges.points.get(id).filter(|_| page.length == Length::Full) {
            items.push(Item::new(format!("{name} chooses the same package in {}.", of(share))));
        }
    }
    out.bullets(items);
    if page.length == Length::Short {
        out.paragraph(Text::from("What turns on a single number: ").code("--full").plain("."));
        return out;
    }
    let turning: Vec<Item> = ranges.along.iter().filter_map(|along| turns(page, profile, along)).collect();
    if turning.is_empty() {
        out.paragraph("No number changes anything of this alone, at either end of its range.");
    } else {
        out.paragraph("One number alone at an end of its range, all others as they are:");
        out.bullets(turning);
    }
    out
}

/// Demands that keep their label in every draw, and the others with their shares.
fn labels(
    page: &Page<'_>,
    profile: &DealsProfile,
    ranges: &DealRanges,
    of: &dyn Fn(&CaseShare) -> String,
) -> Vec<Item> {
    let name = |demand: usize| {
        let demand = &profile.demands[demand];
        let label = demand.label.map_or("without a label", word);
        format!("{}: {label}", page.demand(demand))
    };
    // Without a zone there are no labels to keep.
    if profile.demands.iter().all(|demand| demand.label.is_none()) {
        return Vec::new();
    }
    let (always, others): (Vec<_>, Vec<_>) = ranges.demands.iter().partition(|d| d.share.count == ranges.draws);
    let mut items = Vec::new();
    if !always.is_empty() {
        let names: Vec<String> = always.iter().map(|d| name(d.demand)).collect();
        items.push(Item::new(format!("Demands that keep their label in every draw: {}.", names.join("; "))));
    }
    let decided = |d: &&&detente_analysis::deals::DemandShare| {
        profile.demands[d.demand].label.is_some_and(|label| label != DemandLabel::Contested)
    };
    let inner: Vec<Item> =
        others.iter().filter(decided).map(|d| Item::new(format!("{}: {}", name(d.demand), of(&d.share)))).collect();
    if !inner.is_empty() {
        items.push(Item { text: "Chips and core demands that keep theirs in some:".into(), inner });
    }
    items
}

fn turns(page: &Page<'_>, profile: &DealsProfile, along: &AlongNumber) -> Option<Item> {
    let mut words = Vec::new();
    if along.zone {
        for (demand, label) in along.relabelled.iter().take(MOST_CHANGES) {
            let demand = &profile.demands[*demand];
            words.push(format!("{} is {}", page.demand(demand), label.map_or("without a label", word)));
        }
        if along.relabelled.len() > MOST_CHANGES {
            let more = along.relabelled.len() - MOST_CHANGES;
            let have = if more == 1 { "has" } else { "have" };
            words.push(format!("{} {have} another label", counted_more(more, "demand")));
        }
        if !along.moved.is_empty() {
            let verb = if along.moved.len() == 1 { "chooses" } else { "choose" };
            words.push(format!("{} {verb} otherwise", solution_names(&along.moved)));
        }
    } else if profile.zone_packages.to_string() != "0" {
        words.push("there is nothing to agree on".to_owned());
    }
    if words.is_empty() {
        return None;
    }
    // A number without a name is called by what it is, which has code of its own.
    let plain = along.parameter.contains('`');
    let name = if plain { Text::from(along.parameter.as_str()) } else { Text::default().code(&along.parameter) };
    let text = name.plain(format!(" = {} (line {}): {}.", amount(&along.value), along.line, listed(&words, "and")));
    Some(Item::new(text))
}

fn word(label: DemandLabel) -> &'static str {
    match label {
        DemandLabel::Core => "core",
        DemandLabel::Contested => "contested",
        DemandLabel::Chip => "a chip",
    }
}

/// `one more demand`, `3 more demands`.
fn counted_more(count: usize, noun: &str) -> String {
    if count == 1 { format!("one more {noun}") } else { format!("{count} more {noun}s") }
}
