//! What does the file say, as a tree with exact places?
//!
//! [`parse_yaml`] reads YAML 1.2 (hence JSON) into [`Node`]s. Scalars stay text:
//! `no`, `1.0` and `2013-09-12` mean what they spell. Every node knows the bytes it
//! was read from. Files are hostile until proven harmless: size, depth and number of
//! nodes are bounded, and whatever is wrong becomes a diagnostic next to the tree of
//! what could be read.
//!
//! Read `text` (bytes to text), `build` (events to tree), `errors` (messages).
//!
//! Left out on purpose: tags, merge keys, several documents, keys that are not text.

mod build;
mod errors;
mod text;

use detente_base::{Diagnostic, SourceText, Span};

/// One node of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// The bytes it was read from, quotes and brackets included. A node that came
    /// through an alias points at the anchor's node.
    pub span: Span,
    /// False where a syntax error ended the node early, or an entry of it was refused.
    pub complete: bool,
}

/// The kinds of node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// Text.
    Scalar(Scalar),
    /// Nothing, or the words `~` and `null` unquoted.
    Null {
        /// The word as written; empty for nothing.
        word: String,
    },
    /// A list.
    Sequence {
        /// Its entries.
        items: Vec<Node>,
        /// Whether written with brackets.
        flow: bool,
    },
    /// A mapping; keys are distinct scalars or nulls.
    Mapping {
        /// Key and value, in file order.
        entries: Vec<(Node, Node)>,
        /// Whether written with braces.
        flow: bool,
    },
    /// Something that a diagnostic has already refused.
    Broken,
}

/// The text of a scalar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// Unquoted, unescaped, unfolded text.
    pub text: String,
    /// How it is written.
    pub style: Style,
    /// Where the text stands byte for byte, if it does.
    pub exact: Option<Span>,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// After `|` or `>`.
    Block,
}

/// Diagnostics that are shown. Collecting ends one beyond, so that a hostile file cannot
/// fill memory with them.
pub(crate) const MAX_DIAGNOSTICS: usize = 1000;

/// Bounds on what is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Nodes of the tree, copies by aliases included; about 150 bytes of memory each.
    pub nodes: usize,
    /// Nodes copied for anchors and aliases.
    pub copies: usize,
    /// Lists and mappings inside each other.
    pub depth: usize,
}

impl Default for Limits {
    /// 16 MiB, 1,000,000 nodes, 200,000 copies, depth 64: far above any scenario
    /// written by hand, and low enough that memory stays below half a gigabyte.
    fn default() -> Self {
        Self { bytes: 16 << 20, nodes: 1_000_000, copies: 200_000, depth: 64 }
    }
}

/// A file as read.
#[derive(Clone, Debug)]
pub struct Yaml {
    /// The decoded text that every span indexes. A byte order mark at the start is
    /// left out; invalid bytes are replaced by U+FFFD, control characters by spaces
    /// and lone carriage returns by line feeds.
    pub source: SourceText,
    /// The tree; `Null` for an empty file.
    pub root: Node,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a YAML or JSON file.
///
/// Cost: O(n) time and memory for n bytes, times at most 16 after syntax errors (files up to 1 MiB).
pub fn parse_yaml(name: &str, bytes: &[u8], limits: &Limits) -> Yaml {
    let (text, mut diagnostics) = text::decode_text(bytes, limits.bytes);
    let readable = !diagnostics.iter().any(|d| d.code == crate::codes::front::TOO_LARGE);
    let root =
        if readable { build::build_tree(&text, limits, &mut diagnostics) } else { Node::broken(Span::default()) };
    diagnostics.sort_by_key(|d| d.span.start);
    Yaml { source: SourceText::new(name, text), root, diagnostics }
}

impl Node {
    /// A refused value at a place.
    pub(crate) fn broken(span: Span) -> Self {
        Self { kind: NodeKind::Broken, span, complete: false }
    }

    /// Text of a scalar, or the word of a null; a key's name.
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar(scalar) => Some(&scalar.text),
            NodeKind::Null { word } => Some(word),
            _ => None,
        }
    }

    /// What it is, for messages; `None` for what could not be read, of which was told already.
    pub(crate) fn described(&self) -> Option<String> {
        Some(match &self.kind {
            NodeKind::Broken => return None,
            NodeKind::Scalar(scalar) => format!("`{}`", shortened(&scalar.text)),
            NodeKind::Null { .. } => "null".to_owned(),
            NodeKind::Sequence { .. } => "a list".to_owned(),
            NodeKind::Mapping { .. } => "an object".to_owned(),
        })
    }

    /// Value under a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.kind {
            NodeKind::Mapping { entries, .. } => {
                entries.iter().find(|(k, _)| k.word() == Some(key)).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// Number of nodes in the tree, this one included.
    pub(crate) fn size(&self) -> usize {
        1 + match &self.kind {
            NodeKind::Sequence { items, .. } => items.iter().map(Node::size).sum(),
            NodeKind::Mapping { entries, .. } => entries.iter().map(|(k, v)| k.size() + v.size()).sum(),
            _ => 0,
        }
    }

    /// Number of lists and mappings inside each other.
    pub(crate) fn depth(&self) -> usize {
        match &self.kind {
            NodeKind::Sequence { items, .. } => 1 + items.iter().map(Node::depth).max().unwrap_or(0),
            NodeKind::Mapping { entries, .. } => 1 + entries.iter().map(|(_, v)| v.depth()).max().unwrap_or(0),
            _ => 0,
        }
    }
}

/// Text of the file for use in a message: one line, at most 60 characters.
pub(crate) fn shortened(text: &str) -> String {
    let mut clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect();
    if text.chars().nth(60).is_some() {
        clean.push('…');
    }
    clean
}

#[cfg(test)]
mod tests;
