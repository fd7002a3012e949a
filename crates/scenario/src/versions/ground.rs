//! The sections without issues and preferences.

use super::align::{Keys, Order, same};
use super::keys::{Reader, Side, folded, word};
use super::template::{PartyTemplate, Setting, Slot, Template, When};
use super::{Bearing, Builder, Entry, ListOf, Part, PartPlace, Remarks, describe};
use crate::ast::{
    AssignmentItem, BeliefItem, ClaimItem, ConditionItem, ConstraintItem, DisagreementItem, GameFormItem, OutcomeItem,
    ParameterItem, PartyItem, ProtocolItem, Scenario, SourceItem, TalksItem, Text,
};

/// No entry stands for another one.
pub(super) fn never(_: &Keys, _: &Keys) -> bool {
    false
}

/// Pairs entries of two lists by id: those of the first in order, then what is new.
pub(super) fn by_id<'t, T>(a: &'t [T], b: &'t [T], id: impl Fn(&T) -> &str) -> Vec<(Option<&'t T>, Option<&'t T>)> {
    let mut pairs: Vec<(Option<&T>, Option<&T>)> =
        a.iter().map(|item| (Some(item), b.iter().find(|other| id(other) == id(item)))).collect();
    pairs.extend(b.iter().filter(|item| !a.iter().any(|other| id(other) == id(item))).map(|item| (None, Some(item))));
    pairs
}

impl Builder<'_> {
    pub(super) fn template(&mut self) -> Template {
        let (a, b) = (self.a, self.b);
        // A section that the tree gains is compared here or the program does not build.
        let Scenario {
            title,
            about,
            parties,
            sources,
            claims,
            parameters,
            issues,
            outcomes,
            constraints,
            status_quo,
            disagreement,
            preferences,
            believes,
            protocols,
            forms,
            negotiation,
            lost: _,
            lost_names: _,
        } = &a.tree;
        self.head([title, about], [&b.tree.title, &b.tree.about]);
        let parties = self.parties(parties, &b.tree.parties);
        let parameters = self.parameters(parameters, &b.tree.parameters);
        let (issues, fates) = self.issues(issues, &b.tree.issues);
        let outcomes = self.outcomes(outcomes, &b.tree.outcomes);
        let constraints = self.constraints(constraints, &b.tree.constraints);
        let status_quo = self.status_quo(status_quo.as_ref(), b.tree.status_quo.as_ref(), &fates);
        self.disagreement(disagreement.as_ref(), b.tree.disagreement.as_ref());
        let preferences = self.all_preferences(preferences, &b.tree.preferences, &parties);
        self.beliefs(believes, &b.tree.believes);
        self.protocols(protocols, &b.tree.protocols);
        self.forms(forms, &b.tree.forms);
        self.negotiation(negotiation.as_ref(), b.tree.negotiation.as_ref());
        self.sources(sources, &b.tree.sources);
        self.claims(claims, &b.tree.claims);
        Template { title: title.clone(), parties, parameters, issues, outcomes, constraints, status_quo, preferences }
    }

    fn head(&mut self, a: [&Option<Text>; 2], b: [&Option<Text>; 2]) {
        for (a, b) in a.into_iter().zip(b) {
            let words = |text: &Option<Text>| text.as_ref().map(|t| folded(&t.value));
            if words(a) != words(b) {
                let before = a.as_ref().map(|t| self.a.said(describe::short(&t.value), t.span, None));
                let after = b.as_ref().map(|t| self.b.said(describe::short(&t.value), t.span, None));
                self.change(Part::Head, &PartPlace::default(), Bearing::Wording, before, after);
            }
        }
    }

    /// The slot of a part that only one version has.
    fn one_sided<T>(
        &mut self,
        part: Part,
        place: &PartPlace,
        side: Side,
        described: (String, &Text),
        item: T,
    ) -> Slot<T> {
        let (text, id) = described;
        match side {
            Side::A => {
                let said = self.a.said(text, id.span, None);
                let change = self.change(part, place, Bearing::Answers, Some(said), None);
                Slot { item, when: When::Without(change) }
            }
            Side::B => {
                let said = self.b.said(text, id.span, None);
                let change = self.change(part, place, Bearing::Answers, None, Some(said));
                Slot { item, when: When::With(change) }
            }
        }
    }

    /// A part that both have: one slot, or two where it says something else.
    pub(super) fn either<T: Clone>(
        &mut self,
        part: Part,
        place: &PartPlace,
        a: Entry<'_, T>,
        b: Entry<'_, T>,
    ) -> Vec<Slot<T>> {
        if same(&a.keys, &b.keys) {
            self.remarks(place, &a.remarks, &b.remarks);
            return vec![Slot::always(a.item.clone())];
        }
        let (before, after) = (self.a.said(a.text, a.remarks.span, None), self.b.said(b.text, b.remarks.span, None));
        let change = self.change(part, place, Bearing::Answers, Some(before), Some(after));
        vec![
            Slot { item: a.item.clone(), when: When::Without(change) },
            Slot { item: b.item.clone(), when: When::With(change) },
        ]
    }

    fn parties(&mut self, a: &[PartyItem], b: &[PartyItem]) -> Vec<Slot<PartyTemplate>> {
        let mut slots = Vec::new();
        for pair in by_id(a, b, |p| &p.id.value) {
            let whole = |item: &PartyItem| PartyTemplate {
                base: item.clone(),
                foresight: item.foresight.iter().cloned().map(Slot::always).collect(),
                unseen: item.unseen.iter().cloned().map(Slot::always).collect(),
            };
            let place = |item: &PartyItem| PartPlace { party: Some(item.id.value.clone()), ..PartPlace::default() };
            let name = |item: &PartyItem| item.name.as_ref().map_or_else(String::new, |n| describe::short(&n.value));
            slots.push(match pair {
                (Some(a), Some(b)) => Slot::always(self.party(&place(a), a, b)),
                (Some(a), None) => self.one_sided(Part::Party, &place(a), Side::A, (name(a), &a.id), whole(a)),
                (None, Some(b)) => self.one_sided(Part::Party, &place(b), Side::B, (name(b), &b.id), whole(b)),
                (None, None) => continue,
            });
        }
        slots
    }

    fn party(&mut self, place: &PartPlace, a: &PartyItem, b: &PartyItem) -> PartyTemplate {
        let PartyItem { id: _, name, about, foresight, unseen, because } = a;
        let remarks = Remarks { span: a.id.span, name: name.as_ref(), about: about.as_ref(), because };
        let other = Remarks { span: b.id.span, name: b.name.as_ref(), about: b.about.as_ref(), because: &b.because };
        self.remarks(place, &remarks, &other);
        let foresight = self.optional(Part::Foresight, place, foresight.as_ref(), b.foresight.as_ref());
        let of = ListOf { part: Part::Unseen, place: place.clone(), order: Order::Free, alike: never };
        let slots = self.list(&of, unseen, &b.unseen, condition_entry);
        let unseen = slots.unwrap_or_else(|| self.replaced_list(&of, unseen, &b.unseen));
        PartyTemplate { base: a.clone(), foresight, unseen }
    }

    /// A word that may be absent.
    fn optional(&mut self, part: Part, place: &PartPlace, a: Option<&Text>, b: Option<&Text>) -> Vec<Slot<Text>> {
        if a.map(|t| folded(&t.value)) == b.map(|t| folded(&t.value)) {
            return a.cloned().map(Slot::always).into_iter().collect();
        }
        let before = a.map(|t| self.a.said(folded(&t.value), t.span, None));
        let after = b.map(|t| self.b.said(folded(&t.value), t.span, None));
        let change = self.change(part, place, Bearing::Answers, before, after);
        let old = a.cloned().map(|item| Slot { item, when: When::Without(change) });
        let new = b.cloned().map(|item| Slot { item, when: When::With(change) });
        old.into_iter().chain(new).collect()
    }

    fn parameters(&mut self, a: &[ParameterItem], b: &[ParameterItem]) -> Vec<Slot<ParameterItem>> {
        let mut slots = Vec::new();
        for pair in by_id(a, b, |p| &p.id.value) {
            let place = |item: &ParameterItem| PartPlace { id: Some(item.id.value.clone()), ..PartPlace::default() };
            let text = |item: &ParameterItem| describe::quantity(&item.value);
            match pair {
                (Some(a), Some(b)) => {
                    let place = place(a);
                    let entries = (parameter_entry(&self.read, Side::A, a), parameter_entry(&self.read, Side::B, b));
                    slots.extend(self.either(Part::Parameter, &place, entries.0, entries.1));
                }
                (Some(a), None) => {
                    slots.push(self.one_sided(Part::Parameter, &place(a), Side::A, (text(a), &a.id), a.clone()));
                }
                (None, Some(b)) => {
                    slots.push(self.one_sided(Part::Parameter, &place(b), Side::B, (text(b), &b.id), b.clone()));
                }
                (None, None) => {}
            }
        }
        slots
    }

    fn outcomes(&mut self, a: &[OutcomeItem], b: &[OutcomeItem]) -> Vec<Slot<OutcomeItem>> {
        let mut slots = Vec::new();
        for pair in by_id(a, b, |o| &o.id.value) {
            let place = |item: &OutcomeItem| PartPlace { id: Some(item.id.value.clone()), ..PartPlace::default() };
            let text = |item: &OutcomeItem| describe::short(&item.when.value);
            match pair {
                (Some(a), Some(b)) => {
                    let place = place(a);
                    let entries = (outcome_entry(&self.read, Side::A, a), outcome_entry(&self.read, Side::B, b));
                    slots.extend(self.either(Part::Outcome, &place, entries.0, entries.1));
                }
                (Some(a), None) => {
                    slots.push(self.one_sided(Part::Outcome, &place(a), Side::A, (text(a), &a.id), a.clone()));
                }
                (None, Some(b)) => {
                    slots.push(self.one_sided(Part::Outcome, &place(b), Side::B, (text(b), &b.id), b.clone()));
                }
                (None, None) => {}
            }
        }
        slots
    }

    fn constraints(&mut self, a: &[ConstraintItem], b: &[ConstraintItem]) -> Vec<Slot<ConstraintItem>> {
        let of = ListOf { part: Part::Constraint, place: PartPlace::default(), order: Order::Free, alike: never };
        let slots = self.list(&of, a, b, constraint_entry);
        slots.unwrap_or_else(|| self.replaced_list(&of, a, b))
    }

    /// Two lists that are too long to be compared: one change.
    pub(super) fn replaced_list<T: Clone>(&mut self, of: &ListOf, a: &[T], b: &[T]) -> Vec<Slot<T>> {
        let text = |n: usize| format!("{n} entries");
        let (before, after) = (text(a.len()), text(b.len()));
        let (before, after) = (super::Said::whole(before), super::Said::whole(after));
        let change = self.change(of.part, &of.place, Bearing::Answers, Some(before), Some(after));
        let old = a.iter().map(|item| Slot { item: item.clone(), when: When::Without(change) });
        let new = b.iter().map(|item| Slot { item: item.clone(), when: When::With(change) });
        old.chain(new).collect()
    }

    /// Values of the status quo. Those for an issue that only one version has come and go
    /// with the issue.
    fn status_quo(
        &mut self,
        a: Option<&AssignmentItem>,
        b: Option<&AssignmentItem>,
        fates: &[(String, When)],
    ) -> Vec<Slot<Vec<Slot<Setting>>>> {
        let fate =
            |issue: &Text| fates.iter().find(|(id, _)| *id == issue.value).map_or(When::Always, |(_, when)| *when);
        let all = |item: &AssignmentItem| -> Vec<Slot<Setting>> {
            item.entries.iter().map(|e| Slot { item: e.clone(), when: fate(&e.0) }).collect()
        };
        match (a, b) {
            (None, None) => Vec::new(),
            (Some(a), None) => {
                let said = self.a.said(assigned(a), a.span, None);
                let change = self.change(Part::StatusQuo, &PartPlace::default(), Bearing::Answers, Some(said), None);
                vec![Slot { item: all(a), when: When::Without(change) }]
            }
            (None, Some(b)) => {
                let said = self.b.said(assigned(b), b.span, None);
                let change = self.change(Part::StatusQuo, &PartPlace::default(), Bearing::Answers, None, Some(said));
                vec![Slot { item: all(b), when: When::With(change) }]
            }
            (Some(a), Some(b)) => {
                let remarks = |item| assignment_remarks(item);
                let place = PartPlace { id: Some("status_quo".to_owned()), ..PartPlace::default() };
                self.remarks(&place, &remarks(a), &remarks(b));
                let mut entries = Vec::new();
                for pair in by_id(&a.entries, &b.entries, |(issue, _)| &issue.value) {
                    match pair {
                        (Some(a), Some(b)) if fate(&a.0) == When::Always => {
                            entries.extend(self.status_quo_value(a, b));
                        }
                        (a, b) => {
                            let slot = |e: &Setting| Slot { item: e.clone(), when: fate(&e.0) };
                            entries.extend(a.map(slot).into_iter().chain(b.map(slot)));
                        }
                    }
                }
                vec![Slot::always(entries)]
            }
        }
    }

    fn status_quo_value(&mut self, a: &Setting, b: &Setting) -> Vec<Slot<Setting>> {
        let place = PartPlace { issue: Some(a.0.value.clone()), ..PartPlace::default() };
        self.either(Part::StatusQuo, &place, setting_entry(a), setting_entry(b))
    }

    fn disagreement(&mut self, a: Option<&DisagreementItem>, b: Option<&DisagreementItem>) {
        let words = |item: &DisagreementItem| match item {
            DisagreementItem::StatusQuo(text) => (folded(&text.value), text.span),
            DisagreementItem::Outcome(item) => (assigned(item), item.span),
        };
        let (a, b) = (a.map(words), b.map(words));
        if a.as_ref().map(|a| &a.0) != b.as_ref().map(|b| &b.0) {
            let before = a.map(|(text, span)| self.a.said(text, span, None));
            let after = b.map(|(text, span)| self.b.said(text, span, None));
            self.change(Part::Disagreement, &PartPlace::default(), Bearing::Nothing, before, after);
        }
    }

    /// Beliefs as a whole, party by party: the answers that are compared judge the truth.
    fn beliefs(&mut self, a: &[BeliefItem], b: &[BeliefItem]) {
        for (a, b) in by_id(a, b, |item| &item.party.value) {
            let words = |item: &BeliefItem| describe::belief(item);
            if a.map(words) == b.map(words) {
                continue;
            }
            let Some(either) = a.or(b) else { continue };
            let place = PartPlace { party: Some(either.party.value.clone()), ..PartPlace::default() };
            let before = a.map(|item| self.a.said(describe::short(&words(item)), item.party.span, None));
            let after = b.map(|item| self.b.said(describe::short(&words(item)), item.party.span, None));
            self.change(Part::Belief, &place, Bearing::Nothing, before, after);
        }
    }

    /// Protocols as a whole: the answers that are compared do not bargain.
    fn protocols(&mut self, a: &[ProtocolItem], b: &[ProtocolItem]) {
        for (a, b) in by_id(a, b, |item| &item.id.value) {
            let words = |item: &ProtocolItem| describe::protocol(item);
            if a.map(words) == b.map(words) {
                continue;
            }
            let Some(either) = a.or(b) else { continue };
            let place = PartPlace { id: Some(either.id.value.clone()), ..PartPlace::default() };
            let before = a.map(|item| self.a.said(describe::short(&words(item)), item.id.span, None));
            let after = b.map(|item| self.b.said(describe::short(&words(item)), item.id.span, None));
            self.change(Part::Protocol, &place, Bearing::Nothing, before, after);
        }
    }

    /// Sequences of moves as a whole, for the same reason.
    fn forms(&mut self, a: &[GameFormItem], b: &[GameFormItem]) {
        for (a, b) in by_id(a, b, |item| &item.id.value) {
            if a.map(describe::form_steps) == b.map(describe::form_steps) {
                continue;
            }
            let Some(either) = a.or(b) else { continue };
            let place = PartPlace { id: Some(either.id.value.clone()), ..PartPlace::default() };
            let before = a.map(|item| self.a.said(describe::short(&describe::form_steps(item)), item.id.span, None));
            let after = b.map(|item| self.b.said(describe::short(&describe::form_steps(item)), item.id.span, None));
            self.change(Part::Protocol, &place, Bearing::Nothing, before, after);
        }
    }

    /// The negotiation as a whole: the answers that are compared do not use it.
    fn negotiation(&mut self, a: Option<&TalksItem>, b: Option<&TalksItem>) {
        if a.map(describe::talks) != b.map(describe::talks) {
            let before = a.map(|item| self.a.said(describe::short(&describe::talks(item)), item.span, None));
            let after = b.map(|item| self.b.said(describe::short(&describe::talks(item)), item.span, None));
            self.change(Part::Negotiation, &PartPlace::default(), Bearing::Nothing, before, after);
        }
    }

    fn sources(&mut self, a: &[SourceItem], b: &[SourceItem]) {
        let words = |item: &SourceItem| {
            let SourceItem { id: _, title, author, publisher, date, url, file, about } = item;
            Self::joined([author, title, publisher, date, url, file, about].into_iter().flatten())
        };
        for (a, b) in by_id(a, b, |s| &s.id.value) {
            self.evidence(Part::Source, a.map(|s| (&s.id, words(s))), b.map(|s| (&s.id, words(s))));
        }
    }

    fn claims(&mut self, a: &[ClaimItem], b: &[ClaimItem]) {
        let words = |item: &ClaimItem| {
            let ClaimItem { id: _, says, source, at, by, rivals, about } = item;
            Self::joined([says, by, source, at, about].into_iter().flatten().chain(rivals))
        };
        for (a, b) in by_id(a, b, |s| &s.id.value) {
            self.evidence(Part::Claim, a.map(|c| (&c.id, words(c))), b.map(|c| (&c.id, words(c))));
        }
    }

    fn joined<'t>(texts: impl Iterator<Item = &'t Text>) -> String {
        texts.map(|t| folded(&t.value)).collect::<Vec<_>>().join("; ")
    }

    fn evidence(&mut self, part: Part, a: Option<(&Text, String)>, b: Option<(&Text, String)>) {
        if a.as_ref().map(|a| &a.1) == b.as_ref().map(|b| &b.1) {
            return;
        }
        let id = a.as_ref().or(b.as_ref()).map(|(id, _)| id.value.clone());
        let place = PartPlace { id, ..PartPlace::default() };
        let before = a.map(|(id, words)| self.a.said(describe::short(&words), id.span, None));
        let after = b.map(|(id, words)| self.b.said(describe::short(&words), id.span, None));
        self.change(part, &place, Bearing::Evidence, before, after);
    }
}

pub(super) fn condition_entry<'t>(read: &Reader<'_>, side: Side, item: &'t ConditionItem) -> Entry<'t, ConditionItem> {
    let ConditionItem { span, when: _, about, because } = item;
    let remarks = Remarks { span: *span, name: None, about: about.as_ref(), because };
    Entry { item, keys: read.conditions(side, item), text: describe::condition(item), remarks }
}

fn constraint_entry<'t>(read: &Reader<'_>, side: Side, item: &'t ConstraintItem) -> Entry<'t, ConstraintItem> {
    let ConstraintItem { span, rule: _, about, because } = item;
    let remarks = Remarks { span: *span, name: None, about: about.as_ref(), because };
    Entry { item, keys: read.constraint(side, item), text: describe::constraint(item), remarks }
}

fn parameter_entry<'t>(read: &Reader<'_>, side: Side, item: &'t ParameterItem) -> Entry<'t, ParameterItem> {
    let crate::ast::QuantityItem { span: _, kind: _, unit, about, because } = &item.value;
    let remarks = Remarks { span: item.id.span, name: unit.as_ref(), about: about.as_ref(), because };
    Entry { item, keys: read.quantity(side, &item.value), text: describe::quantity(&item.value), remarks }
}

fn outcome_entry<'t>(read: &Reader<'_>, side: Side, item: &'t OutcomeItem) -> Entry<'t, OutcomeItem> {
    let OutcomeItem { id, name, when, about } = item;
    let remarks = Remarks { span: id.span, name: name.as_ref(), about: about.as_ref(), because: &[] };
    Entry { item, keys: read.text(side, when), text: describe::short(&when.value), remarks }
}

fn setting_entry(item: &Setting) -> Entry<'_, Setting> {
    let (issue, value) = item;
    let text = value.as_ref().map_or_else(String::new, |v| folded(&v.value));
    let remarks = Remarks { span: issue.span, name: None, about: None, because: &[] };
    Entry { item, keys: vec![word(&text)], text, remarks }
}

fn assignment_remarks(item: &AssignmentItem) -> Remarks<'_> {
    Remarks { span: item.span, name: None, about: None, because: &item.because }
}

fn assigned(item: &AssignmentItem) -> String {
    describe::short(&describe::settings(item))
}
