//! What qualifies an order. The answers that are compared take orders alone, so that
//! such a change bears on none of them.

use detente_base::Span;

use super::describe;
use super::keys::folded;
use super::{Bearing, Builder, Part, PartPlace};
use crate::ast::{NuancesItem, StrongItem};

/// One entry in words, in full, and where it stands.
type Entry = (String, Span);

impl Builder<'_> {
    /// Entries of one version that the other has not, in the same words.
    pub(super) fn nuances(&mut self, place: &PartPlace, a: &NuancesItem, b: &NuancesItem) {
        let (in_a, in_b) = (entries(a), entries(b));
        let lacks = |entries: &[Entry], text: &str| entries.iter().all(|(other, _)| other != text);
        for (text, span) in in_a.iter().filter(|(text, _)| lacks(&in_b, text)) {
            let said = self.a.said(describe::short(text), *span, None);
            self.change(Part::Preferences, place, Bearing::Nothing, Some(said), None);
        }
        for (text, span) in in_b.iter().filter(|(text, _)| lacks(&in_a, text)) {
            let said = self.b.said(describe::short(text), *span, None);
            self.change(Part::Preferences, place, Bearing::Nothing, None, Some(said));
        }
    }
}

fn entries(item: &NuancesItem) -> Vec<Entry> {
    let NuancesItem { unknown, strong, chances, threshold, attitudes } = item;
    let mut found: Vec<Entry> = Vec::new();
    for pairs in unknown {
        let and = pairs.and.as_ref().map_or("among themselves", |and| and.value.as_str());
        found.push((folded(&format!("unknown: {} ? {and}", pairs.between.value)), pairs.span));
    }
    match strong {
        None => {}
        Some(StrongItem::Gap { span, gap, .. }) => found.push((format!("strong: gap {}", gap.value), *span)),
        Some(StrongItem::Pairs(all)) => {
            let text = |better: &str, worse: &str| folded(&format!("strong: {better} >> {worse}"));
            found.extend(all.iter().map(|pairs| (text(&pairs.better.value, &pairs.worse.value), pairs.span)));
        }
    }
    for pairs in chances {
        let chance = describe::quantity(&pairs.chance);
        found.push((
            folded(&format!("chance: {} over {}: {chance}", pairs.better.value, pairs.worse.value)),
            pairs.span,
        ));
    }
    if let Some(threshold) = threshold {
        found.push((format!("threshold: {}", describe::quantity(threshold)), threshold.span));
    }
    found.extend(attitudes.iter().map(|(party, word)| (format!("{} towards {}", word.value, party.value), party.span)));
    found
}
