//! What qualifies a party's order of outcomes, as written.

use detente_base::Span;

use super::{QuantityItem, Text};

/// The fields `unknown`, `strong`, `chances`, `threshold` and `attitudes`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NuancesItem {
    /// `unknown`.
    pub unknown: Vec<UnknownItem>,
    /// `strong`.
    pub strong: Option<StrongItem>,
    /// `chances`.
    pub chances: Vec<ChanceItem>,
    /// `threshold`.
    pub threshold: Option<QuantityItem>,
    /// `attitudes`: party and word.
    pub attitudes: Vec<(Text, Text)>,
}

/// One entry of `unknown`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownItem {
    /// The whole entry.
    pub span: Span,
    /// Outcomes on one side.
    pub between: Text,
    /// Outcomes on the other side; absent for comparisons within `between`.
    pub and: Option<Text>,
    /// Prose.
    pub about: Option<Text>,
    /// Claims behind it.
    pub because: Vec<Text>,
}

/// The field `strong`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StrongItem {
    /// Pairs.
    Pairs(Vec<StrongPairItem>),
    /// `gap`.
    Gap {
        /// The whole entry.
        span: Span,
        /// The number.
        gap: Text,
        /// Prose.
        about: Option<Text>,
        /// Claims behind it.
        because: Vec<Text>,
    },
}

/// One pair of `strong`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrongPairItem {
    /// The whole entry.
    pub span: Span,
    /// Outcomes that are greatly better.
    pub better: Text,
    /// Outcomes that are greatly worse.
    pub worse: Text,
    /// Prose.
    pub about: Option<Text>,
    /// Claims behind it.
    pub because: Vec<Text>,
}

/// One entry of `chances`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChanceItem {
    /// The whole entry.
    pub span: Span,
    /// Outcomes that are preferred with this chance.
    pub better: Text,
    /// Outcomes that they are preferred to.
    pub worse: Text,
    /// The chance.
    pub chance: QuantityItem,
    /// Prose.
    pub about: Option<Text>,
    /// Claims behind it.
    pub because: Vec<Text>,
}
