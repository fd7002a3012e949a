//! What is negotiated and how the talks open, as written.

use detente_base::Span;

use super::{AssignmentItem, QuantityItem, Text};

/// The entry `negotiation`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TalksItem {
    /// The whole entry.
    pub span: Span,
    /// `between`: party ids; empty for all that want something.
    pub between: Vec<Text>,
    /// `over`: issue ids; empty for all that somebody sets.
    pub over: Vec<Text>,
    /// `without_agreement`: a foresight, or `own`.
    pub without_agreement: Option<Text>,
    /// `divide`: ids of the issues that are goods; empty for those whose values are parties.
    pub divide: Vec<Text>,
    /// `reservations`: party and worth.
    pub reservations: Vec<(Text, QuantityItem)>,
    /// `openings`: party and what it demands.
    pub openings: Vec<(Text, AssignmentItem)>,
    /// Prose.
    pub about: Option<Text>,
    /// Claims behind it.
    pub because: Vec<Text>,
}
