//! Who moves when, seeing what.

use super::{entries_at, items_at, key_text, quantity, text_at, texts_at};
use crate::ast::{FormStepItem, GameFormItem, QuantityItem, StepKindItem, Text};
use crate::yaml::{Node, NodeKind};

/// The word of `kind` by which a protocol is a sequence of moves.
const MOVES: &str = "moves";

pub(super) fn form((key, node): (&Node, &Node)) -> Option<GameFormItem> {
    if text_at(node, "kind")?.value != MOVES {
        return None;
    }
    Some(GameFormItem {
        id: key_text(key)?,
        name: text_at(node, "name"),
        steps: items_at(node, "steps").filter_map(step).collect(),
        about: text_at(node, "about"),
        because: texts_at(node, "because"),
    })
}

fn step(node: &Node) -> Option<FormStepItem> {
    Some(FormStepItem {
        span: node.span,
        condition: text_at(node, "if"),
        kind: kind(node)?,
        sees: node.get("sees").map(|_| texts_at(node, "sees")),
        about: text_at(node, "about"),
        because: texts_at(node, "because"),
    })
}

fn kind(node: &Node) -> Option<StepKindItem> {
    let numbers = |field: &str| {
        let pair = |(key, value): (&Node, &Node)| Some((key_text(key)?, quantity(value)?));
        entries_at(node, field).filter_map(pair).collect::<Vec<(Text, QuantityItem)>>()
    };
    if let Some(party) = text_at(node, "nature") {
        return Some(StepKindItem::Type(party));
    }
    if let Some(what) = text_at(node, "chance") {
        return Some(StepKindItem::Chance(what, numbers("of")));
    }
    if let Some(party) = text_at(node, "move") {
        return Some(StepKindItem::Move(party, text_at(node, "choose")?, texts_at(node, "from")));
    }
    if node.get("together").is_some() {
        return Some(StepKindItem::Together(items_at(node, "together").filter_map(step).collect()));
    }
    if node.get("pay").is_some() {
        return Some(StepKindItem::Pay(numbers("pay")));
    }
    if let Some(discount) = node.get("discount") {
        return Some(StepKindItem::Discount(match &discount.kind {
            NodeKind::Mapping { .. } => numbers("discount").into_iter().map(|(party, n)| (Some(party), n)).collect(),
            _ => vec![(None, quantity(discount)?)],
        }));
    }
    if let Some(times) = text_at(node, "repeat") {
        let steps = items_at(node, "steps").filter_map(step).collect();
        return Some(StepKindItem::Repeat(times, steps, text_at(node, "until")));
    }
    node.get("end").map(|_| StepKindItem::End)
}
