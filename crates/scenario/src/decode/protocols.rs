//! How parties bargain.

use super::{count, entries_at, key_text, quantity, text_at, texts, texts_at};
use crate::ast::{Lost, ProtocolItem, ProtocolNumberItem};
use crate::situation::{NumberField, NumberOf, ProtocolKind};
use crate::yaml::{Node, NodeKind};

pub(super) fn protocol((key, node): (&Node, &Node)) -> Option<ProtocolItem> {
    let kind_text = text_at(node, "kind")?;
    let kind = ProtocolKind::from_word(&kind_text.value)?;
    let mut item = ProtocolItem {
        id: key_text(key)?,
        span: node.span,
        name: text_at(node, "name"),
        kind: kind_text,
        parties: Vec::new(),
        numbers: Vec::new(),
        words: Vec::new(),
        about: text_at(node, "about"),
        because: texts_at(node, "because"),
        lost: Lost::default(),
    };
    parties(&mut item, kind, node);
    for field in kind.number_fields() {
        numbers(&mut item, field, node);
    }
    for name in kind.word_fields() {
        item.words.extend(text_at(node, name).map(|word| (*name, word)));
    }
    Some(item)
}

fn parties(item: &mut ProtocolItem, kind: ProtocolKind, node: &Node) {
    if kind.roles().is_empty() {
        let listed = node.get("between").map(texts).unwrap_or_default();
        if node.get("between").is_none_or(|node| !node.complete || listed.len() != count(node)) {
            item.lost.0.push("between");
        }
        item.parties.extend(listed.into_iter().map(|party| ("between", party)));
    }
    for role in kind.roles() {
        match text_at(node, role) {
            Some(party) => item.parties.push((role, party)),
            None => item.lost.0.push("between"),
        }
    }
}

fn numbers(item: &mut ProtocolItem, field: &NumberField, node: &Node) {
    let Some(value) = node.get(field.name) else {
        if !node.complete {
            item.lost.0.push(field.name);
        }
        return;
    };
    let by_party = field.of != NumberOf::Protocol && matches!(value.kind, NodeKind::Mapping { .. });
    if by_party {
        let entry = |(key, value): (&Node, &Node)| Some((key_text(key)?, quantity(value)?));
        let found: Vec<_> = entries_at(node, field.name).filter_map(entry).collect();
        if !value.complete || found.len() != count(value) {
            item.lost.0.push(field.name);
        }
        let number = |(party, value)| ProtocolNumberItem { field: field.name, party: Some(party), value };
        item.numbers.extend(found.into_iter().map(number));
        return;
    }
    // A list or nothing has been refused already.
    match quantity(value) {
        Some(value) => item.numbers.push(ProtocolNumberItem { field: field.name, party: None, value }),
        None => item.lost.0.push(field.name),
    }
}
