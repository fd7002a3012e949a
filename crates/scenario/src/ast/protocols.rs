//! Protocols as written.

use detente_base::Span;

use super::{Lost, QuantityItem, Text};

/// One entry of `protocols`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtocolItem {
    /// Its id.
    pub id: Text,
    /// The whole entry.
    pub span: Span,
    /// Name shown to readers.
    pub name: Option<Text>,
    /// The word of its model.
    pub kind: Text,
    /// Parties with the field that names them: `between`, or a role.
    pub parties: Vec<(&'static str, Text)>,
    /// Numbers with their field, and the party where there is one for each.
    pub numbers: Vec<ProtocolNumberItem>,
    /// Fields that hold a word or text.
    pub words: Vec<(&'static str, Text)>,
    /// Prose.
    pub about: Option<Text>,
    /// Claims behind it.
    pub because: Vec<Text>,
    /// Fields with parties or numbers.
    pub lost: Lost,
}

/// A number of a protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtocolNumberItem {
    /// Its field.
    pub field: &'static str,
    /// Whose it is; absent for a number of the whole protocol, or of all parties.
    pub party: Option<Text>,
    /// The number.
    pub value: QuantityItem,
}
