//! For which program a file is written, by its content.

use crate::yaml::{Node, NodeKind};

use super::tree::tree;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// XML: a domain or a profile of GENIUS.
    Genius,
    /// A domain of `GeniusWeb`.
    GeniusWebDomain,
    /// A profile of `GeniusWeb`, which holds its domain.
    GeniusWebProfile,
    /// A profile of `NegoLog`, which holds its issues.
    NegologProfile,
    /// A domain of `NegMAS`.
    NegmasDomain,
    /// A utility function of `NegMAS`.
    NegmasProfile,
    /// Something else.
    Other,
}

impl FileKind {
    /// Whether it is part of a negotiation.
    pub fn is_negotiation(self) -> bool {
        self != Self::Other
    }

    /// The program that it is written for.
    pub fn program(self) -> &'static str {
        match self {
            Self::Genius => "GENIUS",
            Self::GeniusWebDomain | Self::GeniusWebProfile => "GeniusWeb",
            Self::NegologProfile => "NegoLog",
            Self::NegmasDomain | Self::NegmasProfile => "NegMAS",
            Self::Other => "no program that is known",
        }
    }

    /// Whether it is a profile that holds its domain.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::GeniusWebProfile | Self::NegologProfile)
    }
}

/// What a file is, by its content.
///
/// Cost: that of reading the file once.
pub fn recognise(bytes: &[u8]) -> FileKind {
    if is_xml(bytes) { FileKind::Genius } else { kind_of(&tree("", bytes).root) }
}

/// XML starts with `<`.
pub(super) fn is_xml(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<')
}

/// What a tree is.
pub(super) fn kind_of(root: &Node) -> FileKind {
    let NodeKind::Mapping { entries, .. } = &root.kind else { return FileKind::Other };
    let has = |field: &str| root.get(field).is_some();
    let is_list = |field: &str| root.get(field).is_some_and(|node| matches!(node.kind, NodeKind::Sequence { .. }));
    if has("detente") {
        FileKind::Other
    } else if has("issuesValues") {
        FileKind::GeniusWebDomain
    } else if entries.iter().any(|(key, value)| key.word().is_some_and(is_space) && value.get("domain").is_some()) {
        FileKind::GeniusWebProfile
    } else if has("issueWeights") || has("reservationValue") {
        FileKind::NegologProfile
    } else if is_list("issues") {
        FileKind::NegmasDomain
    } else if names_utility(root) || (has("values") && has("weights")) {
        FileKind::NegmasProfile
    } else {
        FileKind::Other
    }
}

/// Names of kinds of profiles of `GeniusWeb`.
fn is_space(word: &str) -> bool {
    word.ends_with("UtilitySpace") || word.ends_with("PartialOrdering")
}

/// Whether the type is a utility function of `NegMAS`.
fn names_utility(root: &Node) -> bool {
    let named = super::negmas::type_of(root).unwrap_or_default();
    named.ends_with("UtilityFunction") || named.ends_with("UFun")
}
