//! What qualifies an order of outcomes.

use super::{entries_at, items_at, key_text, quantity, text, text_at, texts_at};
use crate::ast::{ChanceItem, NuancesItem, StrongItem, StrongPairItem, UnknownItem};
use crate::yaml::{Node, NodeKind};

pub(super) fn nuances(node: &Node) -> NuancesItem {
    NuancesItem {
        unknown: items_at(node, "unknown").filter_map(unknown).collect(),
        strong: node.get("strong").and_then(strong),
        chances: items_at(node, "chances").filter_map(chance).collect(),
        threshold: node.get("threshold").and_then(quantity),
        attitudes: entries_at(node, "attitudes")
            .filter_map(|(key, word)| Some((key_text(key)?, text(word)?)))
            .collect(),
    }
}

fn unknown(node: &Node) -> Option<UnknownItem> {
    let and = text_at(node, "and");
    // A side that could not be read is not one that was left out.
    if and.is_none() && node.get("and").is_some() {
        return None;
    }
    Some(UnknownItem {
        span: node.span,
        between: text_at(node, "between")?,
        and,
        about: text_at(node, "about"),
        because: texts_at(node, "because"),
    })
}

fn strong(node: &Node) -> Option<StrongItem> {
    match &node.kind {
        NodeKind::Sequence { items, .. } => Some(StrongItem::Pairs(items.iter().filter_map(strong_pair).collect())),
        _ => Some(StrongItem::Gap {
            span: node.span,
            gap: text_at(node, "gap")?,
            about: text_at(node, "about"),
            because: texts_at(node, "because"),
        }),
    }
}

fn strong_pair(node: &Node) -> Option<StrongPairItem> {
    Some(StrongPairItem {
        span: node.span,
        better: text_at(node, "better")?,
        worse: text_at(node, "worse")?,
        about: text_at(node, "about"),
        because: texts_at(node, "because"),
    })
}

fn chance(node: &Node) -> Option<ChanceItem> {
    Some(ChanceItem {
        span: node.span,
        better: text_at(node, "better")?,
        worse: text_at(node, "worse")?,
        chance: node.get("chance").and_then(quantity)?,
        about: text_at(node, "about"),
        because: texts_at(node, "because"),
    })
}
