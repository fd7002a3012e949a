//! Every situation between two versions: a tree with slots that changes open or close.

use crate::ast::AssignmentItem;
use crate::ast::{
    ComparisonItem, ConditionItem, ConstraintItem, FormItem, FormKind, IssueItem, LevelItem, Lost, MoveRuleItem,
    MovesItem, OutcomeItem, ParameterItem, PartyItem, PreferenceItem, Scenario, TermItem, Text, TypeItem, ValueItem,
};
use detente_base::Span;

/// When an entry is part of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// In every situation.
    Always,
    /// Unless this change is made.
    Without(usize),
    /// If this change is made.
    With(usize),
}

/// An entry of a list, and when it is there.
#[derive(Clone, Debug)]
pub(super) struct Slot<T> {
    pub item: T,
    pub when: When,
}

impl<T> Slot<T> {
    pub(super) fn always(item: T) -> Self {
        Self { item, when: When::Always }
    }

    /// Changes what the slot holds.
    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Slot<U> {
        Slot { item: change(self.item), when: self.when }
    }
}

/// The entries that are there when these changes are made.
fn kept<'t, T>(slots: &'t [Slot<T>], made: &'t dyn Fn(usize) -> bool) -> impl Iterator<Item = &'t T> {
    slots
        .iter()
        .filter(|slot| match slot.when {
            When::Always => true,
            When::Without(change) => !made(change),
            When::With(change) => made(change),
        })
        .map(|slot| &slot.item)
}

fn all<T: Clone>(slots: &[Slot<T>], made: &dyn Fn(usize) -> bool) -> Vec<T> {
    kept(slots, made).cloned().collect()
}

/// An issue and its value.
pub(super) type Setting = (Text, Option<Text>);

#[derive(Debug, Default)]
pub(super) struct Template {
    pub title: Option<Text>,
    pub parties: Vec<Slot<PartyTemplate>>,
    pub parameters: Vec<Slot<ParameterItem>>,
    pub issues: Vec<Slot<IssueTemplate>>,
    pub outcomes: Vec<Slot<OutcomeItem>>,
    pub constraints: Vec<Slot<ConstraintItem>>,
    /// Values of the status quo; nested slots: it is there at all, and its value for an issue.
    pub status_quo: Vec<Slot<Vec<Slot<Setting>>>>,
    pub preferences: Vec<Slot<PreferenceTemplate>>,
}

#[derive(Clone, Debug)]
pub(super) struct PartyTemplate {
    pub base: PartyItem,
    pub foresight: Vec<Slot<Text>>,
    pub unseen: Vec<Slot<ConditionItem>>,
}

#[derive(Clone, Debug)]
pub(super) struct IssueTemplate {
    pub base: IssueItem,
    pub values: ValuesTemplate,
    pub setters: Vec<Slot<Vec<Text>>>,
    pub moves: Vec<Slot<MovesTemplate>>,
}

#[derive(Clone, Debug)]
pub(super) enum ValuesTemplate {
    /// Named values, one slot each.
    Named(Vec<Slot<ValueItem>>),
    /// A scale, one slot each.
    Scale(Vec<Slot<ValueItem>>),
    /// Values of any kind, as a whole: those of these issues.
    Whole(Vec<Slot<IssueItem>>),
}

#[derive(Clone, Debug)]
pub(super) enum MovesTemplate {
    Fixed(MovesItem),
    Rules(Vec<Slot<MoveRuleItem>>),
}

#[derive(Clone, Debug)]
pub(super) struct PreferenceTemplate {
    pub base: PreferenceItem,
    pub form: Vec<Slot<FormTemplate>>,
    pub types: Vec<Slot<TypeTemplate>>,
}

#[derive(Clone, Debug)]
pub(super) struct TypeTemplate {
    pub base: TypeItem,
    pub form: Vec<Slot<FormTemplate>>,
}

/// Preferences of one form, entry by entry or as a whole.
#[derive(Clone, Debug)]
pub(super) enum FormTemplate {
    Fixed(FormItem),
    Worth(Span, Vec<Slot<TermItem>>),
    Priority(Span, Vec<Slot<ConditionItem>>),
    Ranking(Span, Vec<Slot<LevelItem>>),
    Comparisons(Span, Vec<Slot<ComparisonItem>>),
}

impl Template {
    /// The tree with these changes made, without claims, chances and sources.
    pub(super) fn tree(&self, made: &dyn Fn(usize) -> bool) -> Scenario {
        let status_quo = kept(&self.status_quo, made).next().map(|entries| AssignmentItem {
            span: Span::default(),
            entries: all(entries, made),
            complete: true,
            because: Vec::new(),
        });
        let mut outcomes = all(&self.outcomes, made);
        outcomes.iter_mut().for_each(|o| o.about = None);
        let mut constraints = all(&self.constraints, made);
        for constraint in &mut constraints {
            constraint.because.clear();
        }
        let mut parameters = all(&self.parameters, made);
        for parameter in &mut parameters {
            parameter.value.because.clear();
        }
        Scenario {
            title: self.title.clone(),
            about: None,
            parties: kept(&self.parties, made).map(|p| p.tree(made)).collect(),
            sources: Vec::new(),
            claims: Vec::new(),
            parameters,
            issues: kept(&self.issues, made).map(|i| i.tree(made)).collect(),
            outcomes,
            constraints,
            status_quo,
            disagreement: None,
            preferences: kept(&self.preferences, made).map(|p| p.tree(made)).collect(),
            believes: Vec::new(),
            protocols: Vec::new(),
            forms: Vec::new(),
            negotiation: None,
            lost: Lost::default(),
            lost_names: Vec::new(),
        }
    }
}

impl PartyTemplate {
    fn tree(&self, made: &dyn Fn(usize) -> bool) -> PartyItem {
        let mut unseen = all(&self.unseen, made);
        unseen.iter_mut().for_each(|c| c.because.clear());
        PartyItem {
            foresight: kept(&self.foresight, made).next().cloned(),
            unseen,
            because: Vec::new(),
            ..self.base.clone()
        }
    }
}

impl IssueTemplate {
    fn tree(&self, made: &dyn Fn(usize) -> bool) -> IssueItem {
        let mut item = IssueItem { because: Vec::new(), chances: Vec::new(), ..self.base.clone() };
        match &self.values {
            ValuesTemplate::Named(slots) => item.values = Some(all(slots, made)),
            ValuesTemplate::Scale(slots) => item.scale = Some(all(slots, made)),
            ValuesTemplate::Whole(slots) => {
                if let Some(whole) = kept(slots, made).next() {
                    item.values.clone_from(&whole.values);
                    item.scale.clone_from(&whole.scale);
                    item.range.clone_from(&whole.range);
                    item.step.clone_from(&whole.step);
                }
            }
        }
        item.set_by = kept(&self.setters, made).next().cloned();
        item.moves = kept(&self.moves, made).next().map(|moves| match moves {
            MovesTemplate::Fixed(moves) => moves.clone(),
            MovesTemplate::Rules(slots) => MovesItem::Rules(all(slots, made)),
        });
        if let Some(MovesItem::Rules(rules)) = &mut item.moves {
            rules.iter_mut().for_each(|r| r.because.clear());
        }
        item
    }
}

impl PreferenceTemplate {
    fn tree(&self, made: &dyn Fn(usize) -> bool) -> PreferenceItem {
        PreferenceItem {
            form: kept(&self.form, made).next().map(|form| form.tree(made)),
            types: kept(&self.types, made).map(|t| t.tree(made)).collect(),
            because: Vec::new(),
            ..self.base.clone()
        }
    }
}

impl TypeTemplate {
    fn tree(&self, made: &dyn Fn(usize) -> bool) -> TypeItem {
        TypeItem {
            chance: None,
            form: kept(&self.form, made).next().map(|form| form.tree(made)),
            because: Vec::new(),
            lost: Lost::default(),
            ..self.base.clone()
        }
    }
}

impl FormTemplate {
    fn tree(&self, made: &dyn Fn(usize) -> bool) -> FormItem {
        let mut item = match self {
            Self::Fixed(item) => item.clone(),
            Self::Worth(keyword, slots) => FormItem { keyword: *keyword, kind: FormKind::Worth(all(slots, made)) },
            Self::Priority(keyword, slots) => {
                FormItem { keyword: *keyword, kind: FormKind::Priority(all(slots, made)) }
            }
            Self::Ranking(keyword, slots) => FormItem { keyword: *keyword, kind: FormKind::Ranking(all(slots, made)) },
            Self::Comparisons(keyword, slots) => {
                FormItem { keyword: *keyword, kind: FormKind::Comparisons(all(slots, made)) }
            }
        };
        match &mut item.kind {
            FormKind::Worth(terms) => terms.iter_mut().for_each(|t| {
                t.because.clear();
                t.add.because.clear();
            }),
            FormKind::Priority(statements) => statements.iter_mut().for_each(|s| s.because.clear()),
            FormKind::Ranking(levels) => levels.iter_mut().for_each(|l| l.because.clear()),
            FormKind::Comparisons(pairs) => pairs.iter_mut().for_each(|p| p.because.clear()),
        }
        item
    }
}
