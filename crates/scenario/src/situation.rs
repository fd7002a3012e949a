//! A checked situation: every name resolved, every expression typed.
//!
//! A [`Situation`] is what engines are fed from. Each part keeps its [`Origin`]: the
//! bytes it was read from and the claims that were given for it, so that an answer
//! can be followed back to the file.
//!
//! Outcomes are one value for each issue. [`crate::Space`] numbers them: the first
//! issue is the lowest digit.

mod forms;
mod nuances;
mod protocols;
mod talks;

use detente_base::{Exact, Span, index_type};

use crate::expr::Expr;

pub use forms::{GameForm, Step, StepKind};
pub use nuances::{Attitude, AttitudeTo, ChancePairs, Nuances, Strong, StrongPairs, Threshold, UnknownPairs};
pub use protocols::{NumberField, NumberOf, Protocol, ProtocolKind, ProtocolNumber, Within};
pub use talks::{Failing, Opening, Reservation, Talks};

index_type! {
    /// Index into [`Situation::parties`].
    pub struct PartyId;
}
index_type! {
    /// Index into [`Situation::issues`].
    pub struct IssueId;
}
index_type! {
    /// Index into [`Issue::values`].
    pub struct ValueId;
}
index_type! {
    /// Index into [`Situation::parameters`].
    pub struct ParameterId;
}
index_type! {
    /// Index into [`Situation::claims`].
    pub struct ClaimId;
}
index_type! {
    /// Index into [`Situation::sources`].
    pub struct SourceId;
}
index_type! {
    /// Index into [`Situation::outcomes`].
    pub struct OutcomeId;
}

/// Where a part of the situation comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The bytes of the file that say it.
    pub span: Span,
    /// Claims given for it, in file order.
    pub because: Vec<ClaimId>,
    /// Remark of the analyst.
    pub about: Option<String>,
}

/// A whole checked file.
#[derive(Clone, Debug, Default)]
pub struct Situation {
    /// Title.
    pub title: String,
    /// Summary.
    pub about: Option<String>,
    /// Actors.
    pub parties: Vec<Party>,
    /// Where claims come from.
    pub sources: Vec<Source>,
    /// Statements about the world.
    pub claims: Vec<Claim>,
    /// Named and unnamed uncertain numbers; the unnamed ones come last.
    pub parameters: Vec<Parameter>,
    /// What can be settled.
    pub issues: Vec<Issue>,
    /// Named sets of outcomes.
    pub outcomes: Vec<NamedOutcome>,
    /// Combinations that are ruled out.
    pub constraints: Vec<Constraint>,
    /// Where the situation stands.
    pub status_quo: Option<Assignment>,
    /// What happens if talks fail.
    pub disagreement: Option<Assignment>,
    /// One entry for each party, by [`PartyId`].
    pub preferences: Vec<Preferences>,
    /// What parties are wrong about; at most one entry for each party.
    pub beliefs: Vec<Belief>,
    /// How parties bargain.
    pub protocols: Vec<Protocol>,
    /// Who moves when, seeing what.
    pub forms: Vec<GameForm>,
    /// What is negotiated, and how the talks open.
    pub negotiation: Option<Talks>,
}

/// An actor.
#[derive(Clone, Debug)]
pub struct Party {
    /// Name used in the file.
    pub id: String,
    /// Name shown to readers.
    pub name: String,
    /// How far it looks ahead: the concept's symbol (`R`, `GMR`, `SMR`, `SEQ`, `SSEQ`).
    pub foresight: Option<Foresight>,
    /// It does not see outcomes that satisfy one of these.
    pub unseen: Vec<Expr>,
    /// Where it is declared.
    pub origin: Origin,
}

/// How far a party looks ahead, as a solution concept of the graph model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Foresight {
    /// Nash stability: one move, no reply.
    Nash,
    /// General metarationality: any reply, credible or not.
    GeneralMetarational,
    /// Symmetric metarationality: any reply, and one's own way out of it.
    SymmetricMetarational,
    /// Sequential stability: only replies that improve for those who make them.
    Sequential,
    /// Symmetric sequential stability: credible replies, and one's own way out of them.
    SymmetricSequential,
}

/// A document, broadcast or note.
#[derive(Clone, Debug)]
pub struct Source {
    /// Name used in the file.
    pub id: String,
    /// Title.
    pub title: String,
    /// Author.
    pub author: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Date as written.
    pub date: Option<String>,
    /// Web address; never opened.
    pub url: Option<String>,
    /// Path of its text, relative to the scenario file, with its span.
    pub file: Option<(String, Span)>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A statement by somebody about the world.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Name used in the file.
    pub id: String,
    /// The statement.
    pub says: String,
    /// Its source.
    pub source: Option<SourceId>,
    /// Words that occur in the source, with their span in the scenario file.
    pub at: Option<(String, Span)>,
    /// Who said it.
    pub by: Option<String>,
    /// Claims that contradict it; symmetric.
    pub rivals: Vec<ClaimId>,
    /// Where it is declared.
    pub origin: Origin,
}

/// An uncertain number. Every number of the file that is not exact is one, named or not.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Name used in the file, or a description such as ``term 3 of the worth of `usa` ``.
    pub id: String,
    /// Whether the file names it.
    pub named: bool,
    /// Its value.
    pub value: Quantity,
    /// Unit.
    pub unit: Option<String>,
    /// Where it stands.
    pub origin: Origin,
}

/// The value of a parameter.
#[derive(Clone, Debug)]
pub enum Quantity {
    /// One number.
    Exact(Exact),
    /// Any number from `low` to `high`, both included; `likely` is the central value
    /// (the middle of the range unless the file says otherwise).
    Range {
        /// Smallest value.
        low: Exact,
        /// Central value.
        likely: Exact,
        /// Largest value; more than `low`.
        high: Exact,
    },
    /// Computed from other parameters; no cycles.
    Derived(Expr),
}

/// Something that can be settled.
#[derive(Clone, Debug)]
pub struct Issue {
    /// Name used in the file.
    pub id: String,
    /// Name shown to readers.
    pub name: String,
    /// Its values, at least one.
    pub values: Vec<Value>,
    /// What kind of values these are.
    pub kind: IssueKind,
    /// Who sets it.
    pub set_by: SetBy,
    /// How its value may change.
    pub moves: Moves,
    /// Unit of a numeric range.
    pub unit: Option<String>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A value of an issue.
#[derive(Clone, Debug)]
pub struct Value {
    /// Name used in the file.
    pub id: String,
    /// Name shown to readers.
    pub name: String,
    /// Its number, for numeric issues.
    pub number: Option<Exact>,
    /// Where it is listed; for yes/no issues the issue's name, for numeric ones the range.
    pub span: Span,
}

/// What kind of values an issue has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssueKind {
    /// `no` and `yes`, in this order.
    YesNo,
    /// Names without order.
    Named,
    /// Names in order, lowest first.
    Scale,
    /// Numbers in order, lowest first.
    Numeric,
}

/// Who sets an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetBy {
    /// One party alone.
    Party(PartyId),
    /// Several parties, each free to make the moves that its rules allow
    /// (every rule in `moves` says `by`).
    Each(Vec<PartyId>),
    /// Several parties, only by consent: one proposes a change and it happens when
    /// none of the others ranks the result below what it replaces.
    Jointly(Vec<PartyId>),
    /// Nobody: chance, or the weather. With the prior chance of each value, if given.
    Nature(Vec<Option<ParameterOrNumber>>),
}

/// A number that may be uncertain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterOrNumber {
    /// An exact number.
    Number(Exact),
    /// A parameter.
    Parameter(ParameterId),
}

/// How an issue's value may change.
#[derive(Clone, Debug)]
pub enum Moves {
    /// Any value to any other.
    Free,
    /// Only to later values.
    Forward,
    /// Only to earlier values.
    Backward,
    /// Not at all.
    Fixed,
    /// Only as one of the rules allows, one rule application a move.
    Rules(Vec<MoveRule>),
}

/// One allowed change.
#[derive(Clone, Debug)]
pub struct MoveRule {
    /// Who may make it; empty for all that set the issue.
    pub by: Vec<PartyId>,
    /// Values it may start from.
    pub from: Vec<ValueId>,
    /// Values it may lead to.
    pub to: Vec<ValueId>,
    /// Condition on the outcome it starts from.
    pub when: Option<Expr>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A named set of outcomes.
#[derive(Clone, Debug)]
pub struct NamedOutcome {
    /// Name used in the file.
    pub id: String,
    /// Name shown to readers.
    pub name: String,
    /// Which outcomes it covers.
    pub when: Expr,
    /// Where it is declared.
    pub origin: Origin,
}

/// A condition that every feasible outcome satisfies.
#[derive(Clone, Debug)]
pub struct Constraint {
    /// The condition (a `never` is stored negated).
    pub holds: Expr,
    /// How the file words it.
    pub wording: ConstraintWording,
    /// Where it is declared.
    pub origin: Origin,
}

/// How a constraint was worded.
#[derive(Clone, Debug)]
pub enum ConstraintWording {
    /// `never: e`.
    Never(Expr),
    /// `always: e`.
    Always(Expr),
    /// `if: a`, `then: b`.
    IfThen(Expr, Expr),
}

/// One value for each issue, by [`IssueId`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The values.
    pub values: Vec<ValueId>,
    /// Where it stands.
    pub origin: Origin,
}

/// What one party wants.
#[derive(Clone, Debug, Default)]
pub struct Preferences {
    /// Private types; one unnamed type when the party has none. Never empty.
    pub types: Vec<PartyType>,
    /// What qualifies the order, for all types.
    pub nuances: Nuances,
    /// Where it is declared; empty span when the file says nothing about the party.
    pub origin: Origin,
}

/// What one party takes the situation for, where it is wrong.
#[derive(Clone, Debug)]
pub struct Belief {
    /// The party that believes it.
    pub party: PartyId,
    /// What it takes others to want: one unnamed type each.
    pub preferences: Vec<(PartyId, Preferences)>,
    /// Which type it takes others for: index into [`Preferences::types`].
    pub types: Vec<(PartyId, usize)>,
    /// What it takes named numbers to be.
    pub parameters: Vec<BelievedNumber>,
    /// Outcomes that satisfy one of these it takes for impossible.
    pub impossible: Vec<Statement>,
    /// What it takes others to believe, in place of what it believes itself; these have
    /// none of their own.
    pub believes: Vec<Belief>,
    /// Where it is declared.
    pub origin: Origin,
}

/// What a party takes a parameter to be.
#[derive(Clone, Debug)]
pub struct BelievedNumber {
    /// The parameter.
    pub parameter: ParameterId,
    /// Its value in the party's eyes.
    pub value: Quantity,
    /// Where it is declared.
    pub origin: Origin,
}

/// One private variant of a party's preferences.
#[derive(Clone, Debug)]
pub struct PartyType {
    /// Name used in the file; `None` for the only variant of a party without types.
    pub id: Option<String>,
    /// Name shown to readers.
    pub name: String,
    /// Prior chance; `None` where the file gives none for any type.
    pub chance: Option<Chance>,
    /// The preferences.
    pub form: PreferenceForm,
    /// Where it is declared.
    pub origin: Origin,
}

/// Prior chance of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chance {
    /// As the file says.
    Given(ParameterOrNumber),
    /// What the other types leave of one.
    Rest,
}

/// Preferences in one of the three forms.
#[derive(Clone, Debug)]
pub enum PreferenceForm {
    /// Indifferent between all outcomes: the file says nothing.
    Indifferent,
    /// Cardinal: the terms that apply add up.
    Worth(Vec<WorthTerm>),
    /// Ordinal: statements, most important first, compared lexicographically.
    Priority(Vec<Statement>),
    /// Ordinal: levels, best first. An outcome has the first level it satisfies, and
    /// comes after all levels if it satisfies none.
    Ranking(Vec<Level>),
    /// Ordinal by complete outcomes, best first; used by imported files.
    Listed(Vec<Vec<u32>>),
}

/// One term of a worth.
#[derive(Clone, Debug)]
pub struct WorthTerm {
    /// When it counts; `None` for always.
    pub when: Option<Expr>,
    /// What it adds, over issues and parameters.
    pub add: Expr,
    /// Where it stands.
    pub origin: Origin,
}

/// One statement of a priority list.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The condition that is better true than false.
    pub holds: Expr,
    /// Where it stands.
    pub origin: Origin,
}

/// One level of a ranking.
#[derive(Clone, Debug)]
pub struct Level {
    /// Outcomes of this level satisfy this condition.
    pub holds: Expr,
    /// Where it stands.
    pub origin: Origin,
}

impl Situation {
    /// The party of this id.
    pub fn party(&self, id: &str) -> Option<PartyId> {
        self.parties.iter().position(|p| p.id == id).map(PartyId::from_index)
    }

    /// The issue of this id.
    pub fn issue(&self, id: &str) -> Option<IssueId> {
        self.issues.iter().position(|p| p.id == id).map(IssueId::from_index)
    }

    /// The parameter of this id.
    pub fn parameter(&self, id: &str) -> Option<ParameterId> {
        self.parameters.iter().position(|p| p.named && p.id == id).map(ParameterId::from_index)
    }

    /// All beliefs: those of parties, each followed by those that it takes others to have.
    pub fn all_beliefs(&self) -> impl Iterator<Item = &Belief> {
        self.beliefs.iter().flat_map(|belief| std::iter::once(belief).chain(&belief.believes))
    }

    /// The situation with the numbers that a party believes in.
    #[must_use]
    pub fn with_numbers(&self, belief: &Belief) -> Self {
        let mut believed = self.clone();
        for number in &belief.parameters {
            believed.parameters[number.parameter.index()].value = number.value.clone();
        }
        believed
    }

    /// The value of this id.
    pub fn value(&self, issue: IssueId, id: &str) -> Option<ValueId> {
        self.issues[issue.index()].values.iter().position(|v| v.id == id).map(ValueId::from_index)
    }
}
