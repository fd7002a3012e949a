//! Game forms as written.

use detente_base::Span;

use super::{QuantityItem, Text};

/// An entry of `protocols` of kind `moves`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GameFormItem {
    /// Its id.
    pub id: Text,
    /// Name shown to readers.
    pub name: Option<Text>,
    /// `steps`.
    pub steps: Vec<FormStepItem>,
    /// Prose.
    pub about: Option<Text>,
    /// Claims behind it.
    pub because: Vec<Text>,
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormStepItem {
    /// The whole entry.
    pub span: Span,
    /// `if`.
    pub condition: Option<Text>,
    /// What happens.
    pub kind: StepKindItem,
    /// `sees`: party ids, or `nobody`.
    pub sees: Option<Vec<Text>>,
    /// Prose.
    pub about: Option<Text>,
    /// Claims behind it.
    pub because: Vec<Text>,
}

/// What happens in a step, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepKindItem {
    /// `nature: PARTY`.
    Type(Text),
    /// `chance: WHAT`, `of: {VALUE: CHANCE}`.
    Chance(Text, Vec<(Text, QuantityItem)>),
    /// `move: PARTY`, `choose: WHAT`, `from: [VALUE]`.
    Move(Text, Text, Vec<Text>),
    /// `together: [STEP]`.
    Together(Vec<FormStepItem>),
    /// `pay: {PARTY: AMOUNT}`.
    Pay(Vec<(Text, QuantityItem)>),
    /// `discount: NUMBER` or `{PARTY: NUMBER}`.
    Discount(Vec<(Option<Text>, QuantityItem)>),
    /// `repeat: TIMES`, `steps: [STEP]`, `until: CONDITION`.
    Repeat(Text, Vec<FormStepItem>, Option<Text>),
    /// `end: yes`.
    End,
}
