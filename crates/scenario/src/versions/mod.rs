//! What differs between two versions of a situation, statement by statement, and every
//! situation in between.
//!
//! Parts with a name (parties, issues, parameters, …) are matched by it; statements
//! without one by what they say, not by where they stand. A part under another name is
//! one removed and one added: nothing says that it is the same. A [`Change`] is the
//! smallest thing that can be taken from one version and not from the other, and
//! [`Difference::merged`] is the tree with any set of changes made.
//!
//! ```
//! use detente_scenario::versions::{Difference, Part, Version};
//! let file = |wants: &str| format!("
//! detente: 1
//! title: A ransom
//! parties: {{captor: Captor, state: State}}
//! issues: {{freed: {{set_by: captor}}, ransom: {{set_by: state}}}}
//! preferences: {{captor: {{priority: [{wants}]}}}}
//! ");
//! let (a, b) = (file("ransom, not freed"), file("ransom, freed"));
//! let read = |text: &str| detente_scenario::load("x.yaml", text.as_bytes());
//! let (a, b) = (read(&a), read(&b));
//! fn version(loaded: &detente_scenario::Loaded) -> Version<'_> {
//!     Version::new(&loaded.source, loaded.situation.as_ref().expect("the file is right"))
//! }
//! let difference = Difference::between(&version(&a), &version(&b));
//! assert_eq!(difference.changes.len(), 1);
//! assert_eq!(difference.changes[0].part, Part::Priority);
//! let both = detente_scenario::check_scenario(&difference.merged(&|_| true));
//! assert!(both.situation.is_some());
//! ```
//!
//! Reading order: [`Change`], [`Difference`], `align` (lists side by side), `keys` (when
//! two entries say the same), `ground` and `preferences` (section by section), `template`
//! (the situations in between).
//!
//! Left out: parts that were renamed; chances, claims and prose in the situations in
//! between, where no verdict can depend on them.

mod align;
mod describe;
mod ground;
mod issues;
mod keys;
mod nuances;
mod preferences;
mod template;

use detente_base::{Severity, SourceText, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ast::{Scenario, Text};
use crate::parse::read_scenario;
use crate::print::print_scenario;
use crate::situation::Situation;
use align::{Keys, Order, Place, align, same};
use keys::{Reader, Side};
use template::{Slot, Template, When};

/// One version: its tree and what it means.
#[derive(Debug)]
pub struct Version<'a> {
    situation: &'a Situation,
    tree: Scenario,
    /// The text that the tree's spans index; `None` where it is not the author's.
    source: Option<&'a SourceText>,
}

impl<'a> Version<'a> {
    /// A version from a file and the situation that it was checked to be. A file that is
    /// not in the scenario language, such as one of GMCR+, is compared as the scenario
    /// that it converts to; its changes have no lines.
    pub fn new(source: &'a SourceText, situation: &'a Situation) -> Self {
        let parsed = read_scenario(source.name(), source.text().as_bytes());
        if parsed.diagnostics.iter().all(|d| d.severity != Severity::Error) {
            return Self { situation, tree: parsed.scenario, source: Some(source) };
        }
        let printed = read_scenario(source.name(), print_scenario(situation).as_bytes());
        Self { situation, tree: printed.scenario, source: None }
    }

    fn said(&self, text: String, span: Span, position: Option<usize>) -> Said {
        Said { text, line: self.source.map(|source| source.position(span.start).0), position }
    }
}

/// The smallest difference between two versions that can be made on its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// What became of the part.
    pub kind: ChangeKind,
    /// Which kind of part it is.
    pub part: Part,
    /// Where in the file it belongs.
    pub place: PartPlace,
    /// What it can bear on.
    pub bearing: Bearing,
    /// What the first version says; `None` for what is new.
    pub before: Option<Said>,
    /// What the second version says; `None` for what is gone.
    pub after: Option<Said>,
}

/// What became of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Replaced,
    /// It says the same at another place of a list whose order matters.
    Moved,
}

/// Kinds of parts of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The title of the file or what it is about.
    Head,
    /// A party.
    Party,
    /// How far a party looks ahead.
    Foresight,
    /// A condition on outcomes that a party does not see.
    Unseen,
    /// A parameter.
    Parameter,
    /// An issue.
    Issue,
    /// All values of an issue.
    Values,
    /// One value of an issue.
    Value,
    /// Who sets an issue.
    Setters,
    /// How an issue moves.
    Moves,
    /// One rule on how an issue moves.
    Rule,
    /// A named outcome.
    Outcome,
    /// A constraint.
    Constraint,
    /// A value of the status quo, or all of it.
    StatusQuo,
    /// What happens if talks fail.
    Disagreement,
    /// All preferences of a party, or all of a private type.
    Preferences,
    /// A private type.
    Type,
    /// A term of a worth.
    Worth,
    /// A statement of a priority list.
    Priority,
    /// A level or a pair of a ranking.
    Ranking,
    /// The chances of a private type or of nature.
    Chance,
    /// What a party is wrong about.
    Belief,
    /// How parties bargain.
    Protocol,
    /// What is negotiated.
    Negotiation,
    /// A source.
    Source,
    /// A claim.
    Claim,
    /// The claims behind a part that is otherwise the same.
    Because,
    /// Name, remark or unit of a part that is otherwise the same.
    Wording,
}

/// Where in the file a part belongs.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct PartPlace {
    /// Id of the party that it belongs to, or is.
    pub party: Option<String>,
    /// Id of the private type that it belongs to, or is.
    pub type_id: Option<String>,
    /// Id of the issue that it belongs to, or is.
    pub issue: Option<String>,
    /// Its own id, where it has one: a parameter, a named outcome, a claim, a source.
    pub id: Option<String>,
}

/// What a change can bear on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Bearing {
    /// On which outcomes there are, which hold, and what is reached.
    Answers,
    /// On how likely combinations of types are; never on what holds in them.
    Chances,
    /// On what stands behind statements; on no answer.
    Evidence,
    /// On names and remarks; on no answer.
    Wording,
    /// On no question whose answers are compared.
    Nothing,
}

/// What one version says of a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Said {
    /// The words, shortened where they are long.
    pub text: String,
    /// Line of the file, from 1; `None` where the file is in another language.
    pub line: Option<usize>,
    /// Place in its list, from 1, where order matters.
    pub position: Option<usize>,
}

impl Said {
    /// Words about many entries at once.
    fn whole(text: String) -> Self {
        Self { text, line: None, position: None }
    }
}

/// All changes from one version to another.
#[derive(Debug)]
pub struct Difference {
    /// The changes, in the order of the language's sections.
    pub changes: Vec<Change>,
    template: Template,
}

impl Difference {
    /// Compares two versions.
    ///
    /// Cost: O(n·m) for the longest lists of n and m statements, at most a few million
    /// comparisons; longer lists count as replaced.
    pub fn between(a: &Version<'_>, b: &Version<'_>) -> Self {
        let mut builder = Builder { a, b, read: Reader::new(a, b), changes: Vec::new() };
        let template = builder.template();
        Self { changes: builder.changes, template }
    }

    /// The tree in which the changes at these positions of [`Difference::changes`] are
    /// made and no others. With none it means what the first version means, with all what
    /// the second does; claims, chances and prose are left out.
    pub fn merged(&self, made: &dyn Fn(usize) -> bool) -> Scenario {
        self.template.tree(made)
    }
}

/// Compares two trees and builds the template of what lies between.
struct Builder<'v> {
    a: &'v Version<'v>,
    b: &'v Version<'v>,
    read: Reader<'v>,
    changes: Vec<Change>,
}

/// What a list is about, for the changes in it.
#[derive(Clone)]
struct ListOf {
    part: Part,
    place: PartPlace,
    order: Order,
    /// Which entries replace each other where order does not matter.
    alike: fn(&Keys, &Keys) -> bool,
}

/// Makes an entry of an item.
type Read<T> = for<'t> fn(&Reader<'_>, Side, &'t T) -> Entry<'t, T>;

/// An entry of a list that can be compared, described and found.
struct Entry<'t, T> {
    item: &'t T,
    keys: Keys,
    text: String,
    remarks: Remarks<'t>,
}

/// What may be said about a part besides what it means.
#[derive(Clone, Copy)]
struct Remarks<'t> {
    span: Span,
    name: Option<&'t Text>,
    about: Option<&'t Text>,
    because: &'t [Text],
}

impl Builder<'_> {
    /// Adds a change and yields its position.
    fn change(
        &mut self,
        part: Part,
        place: &PartPlace,
        bearing: Bearing,
        before: Option<Said>,
        after: Option<Said>,
    ) -> usize {
        let kind = match (&before, &after) {
            (None, _) => ChangeKind::Added,
            (_, None) => ChangeKind::Removed,
            _ => ChangeKind::Replaced,
        };
        self.changes.push(Change { kind, part, place: place.clone(), bearing, before, after });
        self.changes.len() - 1
    }

    /// Compares what stands beside a part that means the same in both.
    fn remarks(&mut self, place: &PartPlace, a: &Remarks<'_>, b: &Remarks<'_>) {
        let words = |texts: &[Text]| texts.iter().map(|t| t.value.clone()).collect::<Vec<_>>().join(", ");
        let (before, after) = (words(a.because), words(b.because));
        if before != after {
            let (before, after) = (self.a.said(before, a.span, None), self.b.said(after, b.span, None));
            self.change(Part::Because, place, Bearing::Evidence, Some(before), Some(after));
        }
        for (before, after) in [(a.name, b.name), (a.about, b.about)] {
            let folded = |text: Option<&Text>| text.map(|t| keys::folded(&t.value));
            if folded(before) != folded(after) {
                let before = before.map(|t| self.a.said(describe::short(&t.value), t.span, None));
                let after = after.map(|t| self.b.said(describe::short(&t.value), t.span, None));
                self.change(Part::Wording, place, Bearing::Wording, before, after);
            }
        }
    }

    /// Compares two lists item by item. `None` where they are too long for it.
    fn list<T: Clone>(&mut self, of: &ListOf, a: &[T], b: &[T], read: Read<T>) -> Option<Vec<Slot<T>>> {
        let a: Vec<Entry<'_, T>> = a.iter().map(|item| read(&self.read, Side::A, item)).collect();
        let b: Vec<Entry<'_, T>> = b.iter().map(|item| read(&self.read, Side::B, item)).collect();
        self.entries(of, &a, &b)
    }

    fn entries<T: Clone>(&mut self, of: &ListOf, a: &[Entry<'_, T>], b: &[Entry<'_, T>]) -> Option<Vec<Slot<T>>> {
        let (first, second) = (self.a, self.b);
        let keys = |entries: &[Entry<'_, T>]| entries.iter().map(|e| e.keys.clone()).collect::<Vec<_>>();
        let places = align(&keys(a), &keys(b), of.order, &of.alike)?;
        let position = |at: usize| (of.order == Order::Matters).then_some(at + 1);
        let mut made: Vec<(usize, usize)> = Vec::new();
        let mut slots = Vec::new();
        for place in places {
            let from = |i: usize| Some(first.said(a[i].text.clone(), a[i].remarks.span, position(i)));
            let to = |j: usize| Some(second.said(b[j].text.clone(), b[j].remarks.span, position(j)));
            let old = |i: usize, change| Slot { item: a[i].item.clone(), when: When::Without(change) };
            let new = |j: usize, change| Slot { item: b[j].item.clone(), when: When::With(change) };
            slots.push(match place {
                Place::Same(i, j) => {
                    // The words of either will do: they mean the same in every tree between.
                    self.remarks(&of.place, &a[i].remarks, &b[j].remarks);
                    Slot { item: a[i].item.clone(), when: When::Always }
                }
                Place::Removed(i) => old(i, self.change(of.part, &of.place, Bearing::Answers, from(i), None)),
                Place::Added(j) => new(j, self.change(of.part, &of.place, Bearing::Answers, None, to(j))),
                // Whichever end comes first in the merged list makes the change.
                Place::From(i, j) | Place::To(i, j) => {
                    let seen = made.iter().find(|(entry, _)| *entry == i).map(|(_, change)| *change);
                    let change = seen.unwrap_or_else(|| {
                        let change = self.change(of.part, &of.place, Bearing::Answers, from(i), to(j));
                        if same(&a[i].keys, &b[j].keys) {
                            self.changes[change].kind = ChangeKind::Moved;
                        }
                        made.push((i, change));
                        change
                    });
                    if place == Place::From(i, j) { old(i, change) } else { new(j, change) }
                }
            });
        }
        Some(slots)
    }
}
