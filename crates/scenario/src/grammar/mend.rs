//! A tree as it was meant: what the checker of shapes could tell is put in, and what it
//! refused is taken out, so that no later check stumbles over the same fault.

use std::collections::{BTreeMap, BTreeSet};

use detente_base::Span;

use crate::yaml::{Node, NodeKind};

/// Changes to a tree, by the byte at which a scalar starts.
#[derive(Debug, Default)]
pub(crate) struct Mends {
    texts: BTreeMap<usize, (String, Span)>,
    refused: BTreeSet<usize>,
    dropped: BTreeSet<usize>,
    /// Keys whose values are refused.
    refused_under: BTreeSet<usize>,
    /// Malformed names with their repairs; expressions may use them.
    names: BTreeMap<String, String>,
}

impl Mends {
    /// Reads a scalar as this text, which stands at `span`.
    pub(super) fn read_as(&mut self, scalar: &Node, text: &str, span: Span) {
        self.texts.insert(scalar.span.start, (text.to_owned(), span));
    }

    /// Reads a malformed name as its repair, in expressions too.
    pub(super) fn rename(&mut self, start: usize, span: Span, name: &str, repaired: &str) {
        self.texts.insert(start, (repaired.to_owned(), span));
        let telling = name.len() >= 3 && name.chars().any(char::is_alphabetic);
        if telling && self.names.len() < 100 {
            self.names.insert(name.to_owned(), repaired.to_owned());
        }
    }

    /// Does not read a scalar.
    pub(super) fn refuse(&mut self, start: usize) {
        self.refused.insert(start);
    }

    /// Reads an entry without its value.
    pub(super) fn refuse_value_of(&mut self, key: &Node) {
        self.refused_under.insert(key.span.start);
    }

    /// Does not read an entry.
    pub(super) fn drop_entry(&mut self, start: usize) {
        self.dropped.insert(start);
    }

    /// Changes the tree.
    pub(crate) fn apply(&self, node: &mut Node) {
        match &mut node.kind {
            NodeKind::Scalar(scalar) => {
                if let Some((text, span)) = self.texts.get(&node.span.start) {
                    scalar.exact = Some(*span).filter(|span| span.end - span.start == text.len());
                    (scalar.text, node.span) = (text.clone(), *span);
                } else if self.refused.contains(&node.span.start) {
                    *node = Node::broken(node.span);
                } else {
                    for (name, repaired) in &self.names {
                        if let Some(text) = with_name(&scalar.text, name, repaired) {
                            scalar.exact = scalar.exact.filter(|_| text.len() == scalar.text.len());
                            scalar.text = text;
                        }
                    }
                }
            }
            NodeKind::Sequence { items, .. } => {
                items.retain(|item| !self.drops(item));
                items.iter_mut().for_each(|item| self.apply(item));
            }
            NodeKind::Mapping { entries, .. } => {
                entries.retain(|(key, _)| !self.drops(key));
                for (key, value) in entries {
                    if self.refused_under.contains(&key.span.start) {
                        *value = Node::broken(value.span);
                    }
                    self.apply(key);
                    self.apply(value);
                }
            }
            NodeKind::Null { .. } | NodeKind::Broken => {}
        }
    }

    fn drops(&self, node: &Node) -> bool {
        matches!(node.kind, NodeKind::Scalar(_)) && self.dropped.contains(&node.span.start)
    }
}

/// The text with a malformed name repaired wherever it stands as a word of its own;
/// `None` where it does not.
fn with_name(text: &str, name: &str, repaired: &str) -> Option<String> {
    let in_name = |c: char| c == '_' || c.is_alphanumeric();
    let mut changed = String::new();
    let mut done = 0;
    for (at, _) in text.match_indices(name) {
        let alone = !text[..at].ends_with(in_name) && !text[at + name.len()..].starts_with(in_name);
        if alone && at >= done {
            changed.push_str(&text[done..at]);
            changed.push_str(repaired);
            done = at + name.len();
        }
    }
    (done > 0).then(|| changed + &text[done..])
}

#[cfg(test)]
mod tests {
    use super::with_name;

    #[test]
    fn names_are_repaired_as_words() {
        assert_eq!(with_name("a-b & not a-b", "a-b", "a_b"), Some("a_b & not a_b".into()));
        assert_eq!(with_name("xa-b & a-b2", "a-b", "a_b"), None);
    }
}
