//! The tree of a scenario file as its author wrote it: names unresolved,
//! expressions unparsed, every piece with its span.
//!
//! [`crate::parse_scenario`] always yields a tree, however broken the file is:
//! what cannot be read is left out here and said in a diagnostic.
//! [`crate::check_scenario`] turns the tree into a [`crate::Situation`].

mod forms;
mod nuances;
mod protocols;
mod talks;

use detente_base::Span;

pub use forms::{FormStepItem, GameFormItem, StepKindItem};
pub use nuances::{ChanceItem, NuancesItem, StrongItem, StrongPairItem, UnknownItem};
pub use protocols::{ProtocolItem, ProtocolNumberItem};
pub use talks::TalksItem;

/// A value with the bytes it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// A scalar as text, unquoted and unescaped.
///
/// The span covers the scalar's content without its quotes where content and
/// source agree byte for byte, so that offsets inside the text can be added to it;
/// `exact` is false where they do not (escapes, folded lines), and then the span
/// covers the whole scalar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub value: String,
    /// Where it stands.
    pub span: Span,
    /// Whether byte `i` of the text stands at byte `span.start + i` of the file; a
    /// malformed name that is read as its repair may differ there.
    pub exact: bool,
}

impl Text {
    /// Span of a range of bytes of the text.
    pub fn sub_span(&self, start: usize, end: usize) -> Span {
        if self.exact { Span::new(self.span.start + start, self.span.start + end) } else { self.span }
    }
}

/// Fields that a record gives in a form that could not be read, wholly or in part: their
/// absence from the tree says nothing about the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lost(pub Vec<&'static str>);

impl Lost {
    /// Whether this field was lost.
    pub fn has(&self, field: &str) -> bool {
        self.0.contains(&field)
    }
}

/// The whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scenario {
    /// `title`.
    pub title: Option<Text>,
    /// `about`.
    pub about: Option<Text>,
    /// `parties`.
    pub parties: Vec<PartyItem>,
    /// `sources`.
    pub sources: Vec<SourceItem>,
    /// `claims`.
    pub claims: Vec<ClaimItem>,
    /// `parameters`.
    pub parameters: Vec<ParameterItem>,
    /// `issues`.
    pub issues: Vec<IssueItem>,
    /// `outcomes`: named sets of outcomes.
    pub outcomes: Vec<OutcomeItem>,
    /// `constraints`.
    pub constraints: Vec<ConstraintItem>,
    /// `status_quo`.
    pub status_quo: Option<AssignmentItem>,
    /// `disagreement`.
    pub disagreement: Option<DisagreementItem>,
    /// `preferences`.
    pub preferences: Vec<PreferenceItem>,
    /// `believes`.
    pub believes: Vec<BeliefItem>,
    /// `protocols`.
    pub protocols: Vec<ProtocolItem>,
    /// Entries of `protocols` that are sequences of moves.
    pub forms: Vec<GameFormItem>,
    /// `negotiation`.
    pub negotiation: Option<TalksItem>,
    /// Sections that could not be read.
    pub lost: Lost,
    /// Outcomes and parameters of which only the name could be read.
    pub lost_names: Vec<String>,
}

/// One entry of `parties`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyItem {
    /// Its id.
    pub id: Text,
    /// Name shown to readers.
    pub name: Option<Text>,
    /// Prose.
    pub about: Option<Text>,
    /// Solution concept that describes how far this party looks ahead.
    pub foresight: Option<Text>,
    /// Conditions; the party does not see outcomes that satisfy one of them.
    pub unseen: Vec<ConditionItem>,
    /// Claims behind it.
    pub because: Vec<Text>,
}

/// A condition with its own claims: either bare text or `{when, because, about}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionItem {
    /// The whole entry.
    pub span: Span,
    /// The Boolean expression.
    pub when: Text,
    /// Prose.
    pub about: Option<Text>,
    /// Claims behind it.
    pub because: Vec<Text>,
}

/// One entry of `sources`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceItem {
    /// Its id.
    pub id: Text,
    /// Title.
    pub title: Option<Text>,
    /// Author.
    pub author: Option<Text>,
    /// Publisher.
    pub publisher: Option<Text>,
    /// Date as written.
    pub date: Option<Text>,
    /// Web address; never opened.
    pub url: Option<Text>,
    /// Path of a text file, relative to the scenario file.
    pub file: Option<Text>,
    /// Prose.
    pub about: Option<Text>,
}

/// One entry of `claims`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimItem {
    /// Its id.
    pub id: Text,
    /// The statement in the analyst's words.
    pub says: Option<Text>,
    /// Id of the source.
    pub source: Option<Text>,
    /// Words that occur in the source's file.
    pub at: Option<Text>,
    /// Who said it, as text.
    pub by: Option<Text>,
    /// Claims that contradict it.
    pub rivals: Vec<Text>,
    /// Prose.
    pub about: Option<Text>,
}

/// A number as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuantityItem {
    /// The whole entry.
    pub span: Span,
    /// The number itself.
    pub kind: QuantityKind,
    /// Unit as text.
    pub unit: Option<Text>,
    /// Prose.
    pub about: Option<Text>,
    /// Claims behind it.
    pub because: Vec<Text>,
}

/// The ways to write a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuantityKind {
    /// `4`, `2/3`, `2..6` or an expression over parameters.
    Text(Text),
    /// `{low, likely, high}`; `likely` may be absent.
    Spread {
        /// Smallest value.
        low: Text,
        /// Central value.
        likely: Option<Text>,
        /// Largest value.
        high: Text,
    },
}

/// One entry of `parameters`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterItem {
    /// Its id.
    pub id: Text,
    /// Its value.
    pub value: QuantityItem,
}

/// One entry of `issues`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueItem {
    /// Its id.
    pub id: Text,
    /// Name shown to readers.
    pub name: Option<Text>,
    /// Prose.
    pub about: Option<Text>,
    /// `values`; absent with `range` absent too for a yes/no issue.
    pub values: Option<Vec<ValueItem>>,
    /// `scale`: values in order, lowest first.
    pub scale: Option<Vec<ValueItem>>,
    /// `range`: `low..high`.
    pub range: Option<Text>,
    /// `step` of a range.
    pub step: Option<Text>,
    /// Unit of a range.
    pub unit: Option<Text>,
    /// `set_by`: party ids, or the single word `nature`.
    pub set_by: Option<Vec<Text>>,
    /// `chances` of an issue that nature sets: value and its chance.
    pub chances: Vec<(Text, QuantityItem)>,
    /// `moves`.
    pub moves: Option<MovesItem>,
    /// Claims behind it.
    pub because: Vec<Text>,
    /// `values` (for `scale` and `range` too), `set_by`, `chances`, `moves`.
    pub lost: Lost,
}

/// A value of an issue: its id and, if given, the name shown to readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueItem {
    /// Its id as written.
    pub id: Text,
    /// Name shown to readers.
    pub name: Option<Text>,
}

/// How an issue may be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MovesItem {
    /// `free`, `forward`, `backward` or `fixed`.
    Kind(Text),
    /// Explicit pairs.
    Rules(Vec<MoveRuleItem>),
}

/// One entry of an issue's `moves` list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveRuleItem {
    /// The whole entry.
    pub span: Span,
    /// Who makes the move; empty for every party that sets the issue.
    pub by: Vec<Text>,
    /// Values it may start from; empty for any.
    pub from: Vec<Text>,
    /// Values it may lead to; empty for any.
    pub to: Vec<Text>,
    /// Condition on the outcome it starts from.
    pub when: Option<Text>,
    /// Prose.
    pub about: Option<Text>,
    /// Claims behind it.
    pub because: Vec<Text>,
    /// `by`.
    pub lost: Lost,
}

/// One entry of `outcomes`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeItem {
    /// Its id.
    pub id: Text,
    /// Name shown to readers.
    pub name: Option<Text>,
    /// Which outcomes it covers.
    pub when: Text,
    /// Prose.
    pub about: Option<Text>,
}

/// One entry of `constraints`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConstraintItem {
    /// The whole entry.
    pub span: Span,
    /// What it demands.
    pub rule: ConstraintRule,
    /// Prose.
    pub about: Option<Text>,
    /// Claims behind it.
    pub because: Vec<Text>,
}

/// What a constraint demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConstraintRule {
    /// `never: e`.
    Never(Text),
    /// `always: e`.
    Always(Text),
    /// `if: a` with `then: b`.
    IfThen(Text, Text),
}

/// Values for issues, as in `status_quo`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentItem {
    /// The whole entry.
    pub span: Span,
    /// Issue and value, in file order; `None` for a value that could not be read.
    pub entries: Vec<(Text, Option<Text>)>,
    /// Whether all entries are here.
    pub complete: bool,
    /// Claims behind it.
    pub because: Vec<Text>,
}

/// The entry `disagreement`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DisagreementItem {
    /// The word `status_quo`.
    StatusQuo(Text),
    /// Values for issues.
    Outcome(AssignmentItem),
}

/// One entry of `preferences`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreferenceItem {
    /// The party's id.
    pub party: Text,
    /// The whole entry.
    pub span: Span,
    /// What all its types share, or the only preferences it has.
    pub form: Option<FormItem>,
    /// Private types.
    pub types: Vec<TypeItem>,
    /// What qualifies the order.
    pub nuances: NuancesItem,
    /// Prose.
    pub about: Option<Text>,
    /// Claims behind it.
    pub because: Vec<Text>,
}

/// One entry of `believes`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeliefItem {
    /// The id of the party that believes it.
    pub party: Text,
    /// The whole entry.
    pub span: Span,
    /// What it takes others to want; without types.
    pub preferences: Vec<PreferenceItem>,
    /// Which type it takes others for: party and type.
    pub types: Vec<(Text, Text)>,
    /// What it takes parameters to be.
    pub parameters: Vec<(Text, QuantityItem)>,
    /// Outcomes that it takes for impossible.
    pub impossible: Vec<ConditionItem>,
    /// What it takes others to believe.
    pub believes: Vec<BeliefItem>,
    /// Prose.
    pub about: Option<Text>,
    /// Claims behind it.
    pub because: Vec<Text>,
}

/// One private type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeItem {
    /// Its id.
    pub id: Text,
    /// The whole entry.
    pub span: Span,
    /// Name shown to readers.
    pub name: Option<Text>,
    /// Prior chance; absent for the rest.
    pub chance: Option<QuantityItem>,
    /// Preferences of this type, on top of the shared ones.
    pub form: Option<FormItem>,
    /// Prose.
    pub about: Option<Text>,
    /// Claims behind it.
    pub because: Vec<Text>,
    /// `chance`.
    pub lost: Lost,
}

/// Preferences in one of three forms, with the span of its keyword.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormItem {
    /// The keyword `worth`, `priority` or `ranking`.
    pub keyword: Span,
    /// The entries.
    pub kind: FormKind,
}

/// The three forms of preference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormKind {
    /// Terms that add up.
    Worth(Vec<TermItem>),
    /// Statements, most important first.
    Priority(Vec<ConditionItem>),
    /// Levels, best first.
    Ranking(Vec<LevelItem>),
    /// Pairs, in any order.
    Comparisons(Vec<ComparisonItem>),
}

/// One term of `worth`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermItem {
    /// The whole entry.
    pub span: Span,
    /// When it counts; absent for always.
    pub when: Option<Text>,
    /// What it adds: a quantity or an expression over issues and parameters.
    pub add: QuantityItem,
    /// Prose.
    pub about: Option<Text>,
    /// Claims behind it (those of `add` included by the checker).
    pub because: Vec<Text>,
}

/// One level of `ranking`: outcomes of equal rank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelItem {
    /// The whole entry.
    pub span: Span,
    /// Outcomes that satisfy one of these, and none of an earlier level.
    pub any_of: Vec<Text>,
    /// Prose.
    pub about: Option<Text>,
    /// Claims behind it.
    pub because: Vec<Text>,
}

/// One entry of a ranking by pairs: `{better: e, worse: e}` or `{same: [e, e]}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparisonItem {
    /// The whole entry.
    pub span: Span,
    /// What is said.
    pub kind: ComparisonKind,
    /// Prose.
    pub about: Option<Text>,
    /// Claims behind it.
    pub because: Vec<Text>,
}

/// What a comparison says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComparisonKind {
    /// The first is strictly better.
    Better(Text, Text),
    /// All are equally good.
    Same(Vec<Text>),
}
