//! Preferences: forms, statements, private types.

use super::align::{Keys, Order, same};
use super::ground::{by_id, condition_entry, never};
use super::keys::{Reader, Side};
use super::template::{FormTemplate, PartyTemplate, PreferenceTemplate, Slot, TypeTemplate, When};
use super::{Bearing, Builder, Entry, ListOf, Part, PartPlace, Remarks, describe};
use crate::ast::{ComparisonItem, FormItem, FormKind, LevelItem, PreferenceItem, QuantityItem, TermItem, TypeItem};

impl Builder<'_> {
    /// What every party wants. The preferences of a party that only one version has come
    /// and go with it.
    pub(super) fn all_preferences(
        &mut self,
        a: &[PreferenceItem],
        b: &[PreferenceItem],
        parties: &[Slot<PartyTemplate>],
    ) -> Vec<Slot<PreferenceTemplate>> {
        let mut slots = Vec::new();
        for pair in by_id(a, b, |p| &p.party.value) {
            let Some(either) = pair.0.or(pair.1) else { continue };
            let place = PartPlace { party: Some(either.party.value.clone()), ..PartPlace::default() };
            let owner = parties.iter().find(|p| p.item.base.id.value == either.party.value).map(|p| p.when);
            let whole = |item: &PreferenceItem, when| Slot { item: fixed(item), when };
            match (pair, owner) {
                ((Some(a), Some(b)), Some(When::Always)) => slots.extend(self.preferences(&place, a, b)),
                ((Some(item), None) | (None, Some(item)), Some(when)) if when != When::Always => {
                    slots.push(whole(item, when));
                }
                ((Some(a), None), _) => {
                    let said = self.a.said(describe::preferences(a), a.party.span, None);
                    let change = self.change(Part::Preferences, &place, Bearing::Answers, Some(said), None);
                    slots.push(whole(a, When::Without(change)));
                }
                ((None, Some(b)), _) => {
                    let said = self.b.said(describe::preferences(b), b.party.span, None);
                    let change = self.change(Part::Preferences, &place, Bearing::Answers, None, Some(said));
                    slots.push(whole(b, When::With(change)));
                }
                _ => {}
            }
        }
        slots
    }

    fn preferences(
        &mut self,
        place: &PartPlace,
        a: &PreferenceItem,
        b: &PreferenceItem,
    ) -> Vec<Slot<PreferenceTemplate>> {
        // A field that the tree gains is compared here or the program does not build.
        let PreferenceItem { party, span: _, form, types, nuances, about, because } = a;
        let remarks = Remarks { span: party.span, name: None, about: about.as_ref(), because };
        let other = Remarks { span: b.party.span, name: None, about: b.about.as_ref(), because: &b.because };
        self.remarks(place, &remarks, &other);
        if types.is_empty() != b.types.is_empty() {
            let before = self.a.said(describe::preferences(a), party.span, None);
            let after = self.b.said(describe::preferences(b), b.party.span, None);
            let change = self.change(Part::Preferences, place, Bearing::Answers, Some(before), Some(after));
            let slot = |item, when| Slot { item: fixed(item), when };
            return vec![slot(a, When::Without(change)), slot(b, When::With(change))];
        }
        self.nuances(place, nuances, &b.nuances);
        let form = self.form(place, form.as_ref(), b.form.as_ref());
        let mut slots = Vec::new();
        for pair in by_id(types, &b.types, |t| &t.id.value) {
            let Some(either) = pair.0.or(pair.1) else { continue };
            let place = PartPlace { type_id: Some(either.id.value.clone()), ..place.clone() };
            let text = |item: &TypeItem| item.form.as_ref().map_or_else(String::new, describe::form);
            slots.push(match pair {
                (Some(a), Some(b)) => Slot::always(self.private_type(&place, a, b)),
                (Some(a), None) => {
                    let said = self.a.said(text(a), a.id.span, None);
                    let change = self.change(Part::Type, &place, Bearing::Answers, Some(said), None);
                    Slot { item: fixed_type(a), when: When::Without(change) }
                }
                (None, Some(b)) => {
                    let said = self.b.said(text(b), b.id.span, None);
                    let change = self.change(Part::Type, &place, Bearing::Answers, None, Some(said));
                    Slot { item: fixed_type(b), when: When::With(change) }
                }
                (None, None) => continue,
            });
        }
        vec![Slot::always(PreferenceTemplate { base: a.clone(), form, types: slots })]
    }

    fn private_type(&mut self, place: &PartPlace, a: &TypeItem, b: &TypeItem) -> TypeTemplate {
        let TypeItem { id, span: _, name, chance, form, about, because, lost: _ } = a;
        let remarks = Remarks { span: id.span, name: name.as_ref(), about: about.as_ref(), because };
        let other = Remarks { span: b.id.span, name: b.name.as_ref(), about: b.about.as_ref(), because: &b.because };
        self.remarks(place, &remarks, &other);
        let keys = |read: &Reader<'_>, side, chance: &Option<QuantityItem>| {
            chance.as_ref().map_or_else(Vec::new, |chance| read.quantity(side, chance))
        };
        let (in_a, in_b) = (keys(&self.read, Side::A, chance), keys(&self.read, Side::B, &b.chance));
        if !same(&in_a, &in_b) {
            let before = chance.as_ref().map(|c| self.a.said(describe::quantity(c), c.span, None));
            let after = b.chance.as_ref().map(|c| self.b.said(describe::quantity(c), c.span, None));
            self.change(Part::Chance, place, Bearing::Chances, before, after);
        }
        TypeTemplate { base: a.clone(), form: self.form(place, form.as_ref(), b.form.as_ref()) }
    }

    /// Statement by statement where both use the same form, else as a whole.
    fn form(&mut self, place: &PartPlace, a: Option<&FormItem>, b: Option<&FormItem>) -> Vec<Slot<FormTemplate>> {
        if let (Some(a), Some(b)) = (a, b)
            && let Some(form) = self.statements(place, a, b)
        {
            return vec![Slot::always(form)];
        }
        if a.is_none() && b.is_none() {
            return Vec::new();
        }
        let before = a.map(|form| self.a.said(describe::form(form), form.keyword, None));
        let after = b.map(|form| self.b.said(describe::form(form), form.keyword, None));
        let change = self.change(Part::Preferences, place, Bearing::Answers, before, after);
        let slot = |form: &FormItem, when| Slot { item: FormTemplate::Fixed(form.clone()), when };
        let old = a.map(|form| slot(form, When::Without(change)));
        let new = b.map(|form| slot(form, When::With(change)));
        old.into_iter().chain(new).collect()
    }

    fn statements(&mut self, place: &PartPlace, a: &FormItem, b: &FormItem) -> Option<FormTemplate> {
        let list = |part, order, alike: fn(&Keys, &Keys) -> bool| ListOf { part, place: place.clone(), order, alike };
        Some(match (&a.kind, &b.kind) {
            (FormKind::Worth(first), FormKind::Worth(second)) => {
                let of = list(Part::Worth, Order::Free, same_condition);
                FormTemplate::Worth(a.keyword, self.list(&of, first, second, term_entry)?)
            }
            (FormKind::Priority(first), FormKind::Priority(second)) => {
                let of = list(Part::Priority, Order::Matters, never);
                FormTemplate::Priority(a.keyword, self.list(&of, first, second, condition_entry)?)
            }
            (FormKind::Ranking(first), FormKind::Ranking(second)) => {
                let of = list(Part::Ranking, Order::Matters, never);
                FormTemplate::Ranking(a.keyword, self.list(&of, first, second, level_entry)?)
            }
            (FormKind::Comparisons(first), FormKind::Comparisons(second)) => {
                let of = list(Part::Ranking, Order::Free, never);
                FormTemplate::Comparisons(a.keyword, self.list(&of, first, second, pair_entry)?)
            }
            _ => return None,
        })
    }
}

fn term_entry<'t>(read: &Reader<'_>, side: Side, item: &'t TermItem) -> Entry<'t, TermItem> {
    let TermItem { span, when: _, add, about, because } = item;
    let because = if because.is_empty() { &add.because } else { because };
    let remarks = Remarks { span: *span, name: None, about: about.as_ref(), because };
    Entry { item, keys: read.term(side, item), text: describe::term(item), remarks }
}

/// Terms with the same condition replace each other.
fn same_condition(x: &Keys, y: &Keys) -> bool {
    same(&x[..1].to_vec(), &y[..1].to_vec())
}

fn level_entry<'t>(read: &Reader<'_>, side: Side, item: &'t LevelItem) -> Entry<'t, LevelItem> {
    let LevelItem { span, any_of: _, about, because } = item;
    let remarks = Remarks { span: *span, name: None, about: about.as_ref(), because };
    Entry { item, keys: read.level(side, item), text: describe::level(item), remarks }
}

fn pair_entry<'t>(read: &Reader<'_>, side: Side, item: &'t ComparisonItem) -> Entry<'t, ComparisonItem> {
    let ComparisonItem { span, kind: _, about, because } = item;
    let remarks = Remarks { span: *span, name: None, about: about.as_ref(), because };
    Entry { item, keys: read.comparison(side, item), text: describe::comparison(item), remarks }
}

fn fixed_form(form: Option<&FormItem>) -> Vec<Slot<FormTemplate>> {
    form.cloned().map(|form| Slot::always(FormTemplate::Fixed(form))).into_iter().collect()
}

fn fixed(item: &PreferenceItem) -> PreferenceTemplate {
    PreferenceTemplate {
        base: item.clone(),
        form: fixed_form(item.form.as_ref()),
        types: item.types.iter().map(|t| Slot::always(fixed_type(t))).collect(),
    }
}

fn fixed_type(item: &TypeItem) -> TypeTemplate {
    TypeTemplate { base: item.clone(), form: fixed_form(item.form.as_ref()) }
}
