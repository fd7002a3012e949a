//! What is negotiated.

use super::{assignment, entries_at, key_text, quantity, text_at, texts_at};
use crate::ast::TalksItem;
use crate::yaml::{Node, NodeKind};

pub(super) fn talks(node: &Node) -> Option<TalksItem> {
    let NodeKind::Mapping { .. } = &node.kind else { return None };
    Some(TalksItem {
        span: node.span,
        between: texts_at(node, "between"),
        over: texts_at(node, "over"),
        without_agreement: text_at(node, "without_agreement"),
        divide: texts_at(node, "divide"),
        reservations: entries_at(node, "reservations")
            .filter_map(|(key, node)| Some((key_text(key)?, quantity(node)?)))
            .collect(),
        openings: entries_at(node, "openings")
            .filter_map(|(key, node)| Some((key_text(key)?, assignment(node)?)))
            .collect(),
        about: text_at(node, "about"),
        because: texts_at(node, "because"),
    })
}
