//! What becomes of each demand.

use detente_analysis::deals::{DealDemand, DealsProfile};
use detente_analysis::negotiation::DemandLabel;

use super::super::words::{capital, listed};
use super::{Length, Page, amount};
use crate::doc::{Document, Item, Level, Text};

/// Labels in the order of reports.
const LABELS: [(DemandLabel, &str); 3] =
    [(DemandLabel::Chip, "chip"), (DemandLabel::Contested, "contested"), (DemandLabel::Core, "core")];

pub(super) fn demands(page: &Page<'_>, profile: &DealsProfile) -> Document {
    let mut out = Document::default();
    if profile.demands.iter().all(|demand| demand.label.is_none()) {
        return out;
    }
    out.heading(Level::Part, "What becomes of the demands");
    out.paragraph(
        "A demand is core if every efficient package in the zone meets it, a chip if none does, so that whoever gets it \
         wastes what it could be traded for, and contested otherwise.",
    );
    let mut items = Vec::new();
    for party in &page.answer.parties {
        let own = || profile.demands.iter().filter(|demand| demand.party == *party);
        let given = own().find_map(|demand| demand.line);
        let place = match given {
            Some(line) => format!(" (line {line})"),
            None => " (what is best for it)".to_owned(),
        };
        let mut inner = Vec::new();
        for (label, word) in LABELS {
            let own = own().filter(|demand| demand.label == Some(label));
            if page.length == Length::Full || label == DemandLabel::Chip {
                inner.extend(own.map(|demand| demand_item(page, demand)));
                continue;
            }
            let brief = |demand: &DealDemand| match label {
                DemandLabel::Contested => {
                    format!("{} ({} of {})", page.setting(&demand.demand), demand.with, demand.of)
                }
                _ => page.setting(&demand.demand),
            };
            let words: Vec<String> = own.map(brief).collect();
            if !words.is_empty() {
                inner.push(Item::new(Text::default().strong(word).plain(format!(": {}", words.join("; ")))));
            }
        }
        if !inner.is_empty() {
            items.push(Item { text: Text::default().strong(page.names.party(party)).plain(place), inner });
        }
    }
    out.bullets(items);
    out
}

fn demand_item(page: &Page<'_>, demand: &DealDemand) -> Item {
    let label = LABELS.iter().find(|(label, _)| demand.label == Some(*label)).map_or("", |(_, word)| word);
    let share = match demand.label {
        Some(DemandLabel::Contested) => format!(" ({} of {})", demand.with, demand.of),
        _ => String::new(),
    };
    let setting = page.setting(&demand.demand);
    let text = Text::default().plain(format!("{setting}: ")).strong(format!("{label}{share}"));
    let mut sentences: Vec<String> = vec![insisting(page, demand)];
    sentences.extend(bounds(page, demand));
    sentences.retain(|sentence| !sentence.is_empty());
    let words = if sentences.is_empty() { String::new() } else { format!(". {}", sentences.join(" ")) };
    Item::new(text.plain(words))
}

/// What it costs to drop the demand, and who refuses it.
fn insisting(page: &Page<'_>, demand: &DealDemand) -> String {
    let ordinal = page.answer.ordinal.contains(&demand.party);
    match (&demand.insisting, &demand.dropping) {
        (None, _) if demand.refused_by.is_empty() => {
            "Nothing in the zone meets it, whichever single party accepted anything.".to_owned()
        }
        (None, _) => {
            let who = page.parties(&demand.refused_by);
            let (verb, ends) = if demand.refused_by.len() == 1 { ("refuses", "") } else { ("each refuse", "") };
            format!(
                "{} {verb} it{ends}: nothing in the zone meets it, so that dropping it costs nothing.",
                capital(&who)
            )
        }
        (Some(_), None) => "Nothing in the zone does without it.".to_owned(),
        (Some(_), Some(_)) if ordinal => String::new(),
        (Some(with), Some(without)) => match with.cmp(without) {
            std::cmp::Ordering::Greater => {
                format!("At most {} with it, {} without.", amount(with), amount(without))
            }
            std::cmp::Ordering::Equal => format!("It has at most {} with it or without.", amount(with)),
            std::cmp::Ordering::Less => {
                format!("Insisting costs: at most {} with it, {} without.", amount(with), amount(without))
            }
        },
    }
}

fn bounds(page: &Page<'_>, demand: &DealDemand) -> Option<String> {
    let bounds: Vec<String> = demand
        .holds_above
        .iter()
        .map(|bound| format!("{} had {} or less", page.names.party_inside_of(&bound.party), amount(&bound.bound)))
        .collect();
    if bounds.is_empty() {
        return None;
    }
    Some(format!("That would change if, without an agreement, {}.", listed(&bounds, "or")))
}
