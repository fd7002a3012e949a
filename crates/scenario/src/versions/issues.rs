//! Issues: values, setters, moves.

use super::align::{Keys, Order, same};
use super::ground::{by_id, never};
use super::keys::{Reader, Side, folded, word};
use super::template::{IssueTemplate, MovesTemplate, Slot, ValuesTemplate, When};
use super::{Bearing, Builder, Entry, ListOf, Part, PartPlace, Remarks, describe};
use crate::ast::{IssueItem, MoveRuleItem, MovesItem, Text, ValueItem};

/// Issues that only one version has, and when they are there.
type Fates = Vec<(String, When)>;

impl Builder<'_> {
    /// The issues, and when those are there that not both versions have.
    pub(super) fn issues(&mut self, a: &[IssueItem], b: &[IssueItem]) -> (Vec<Slot<IssueTemplate>>, Fates) {
        let (mut slots, mut fates) = (Vec::new(), Vec::new());
        for pair in by_id(a, b, |i| &i.id.value) {
            let place = |item: &IssueItem| PartPlace { issue: Some(item.id.value.clone()), ..PartPlace::default() };
            match pair {
                (Some(a), Some(b)) => slots.push(Slot::always(self.issue(&place(a), a, b))),
                (Some(a), None) => {
                    let said = self.a.said(describe::issue(a), a.id.span, None);
                    let change = self.change(Part::Issue, &place(a), Bearing::Answers, Some(said), None);
                    fates.push((a.id.value.clone(), When::Without(change)));
                    slots.push(Slot { item: whole(a), when: When::Without(change) });
                }
                (None, Some(b)) => {
                    let said = self.b.said(describe::issue(b), b.id.span, None);
                    let change = self.change(Part::Issue, &place(b), Bearing::Answers, None, Some(said));
                    fates.push((b.id.value.clone(), When::With(change)));
                    slots.push(Slot { item: whole(b), when: When::With(change) });
                }
                (None, None) => {}
            }
        }
        (slots, fates)
    }

    fn issue(&mut self, place: &PartPlace, a: &IssueItem, b: &IssueItem) -> IssueTemplate {
        // A field that the tree gains is compared here or the program does not build.
        let IssueItem {
            id,
            name,
            about,
            values: _,
            scale: _,
            range: _,
            step: _,
            unit,
            set_by: _,
            chances: _,
            moves: _,
            because,
            lost: _,
        } = a;
        let remarks = Remarks { span: id.span, name: name.as_ref(), about: about.as_ref(), because };
        let other = Remarks { span: b.id.span, name: b.name.as_ref(), about: b.about.as_ref(), because: &b.because };
        self.remarks(place, &remarks, &other);
        let units = |unit: Option<&'_ Text>| unit.map(|t| folded(&t.value));
        if units(unit.as_ref()) != units(b.unit.as_ref()) {
            let before = unit.as_ref().map(|t| self.a.said(folded(&t.value), t.span, None));
            let after = b.unit.as_ref().map(|t| self.b.said(folded(&t.value), t.span, None));
            self.change(Part::Wording, place, Bearing::Wording, before, after);
        }
        let values = self.values(place, a, b);
        let setters = self.setters(place, a, b);
        let moves = self.moves(place, a, b);
        self.chances(place, a, b);
        IssueTemplate { base: bare(a), values, setters, moves }
    }

    fn values(&mut self, place: &PartPlace, a: &IssueItem, b: &IssueItem) -> ValuesTemplate {
        let of = ListOf { part: Part::Value, place: place.clone(), order: Order::Matters, alike: never };
        if let (Some(first), Some(second)) = (&a.values, &b.values)
            && let Some(slots) = self.list(&of, first, second, value_entry)
        {
            return ValuesTemplate::Named(slots);
        }
        if let (Some(first), Some(second)) = (&a.scale, &b.scale)
            && let Some(slots) = self.list(&of, first, second, value_entry)
        {
            return ValuesTemplate::Scale(slots);
        }
        ValuesTemplate::Whole(self.either(Part::Values, place, values_entry(a), values_entry(b)))
    }

    fn setters(&mut self, place: &PartPlace, a: &IssueItem, b: &IssueItem) -> Vec<Slot<Vec<Text>>> {
        self.either(Part::Setters, place, setters_entry(a), setters_entry(b))
    }

    fn moves(&mut self, place: &PartPlace, a: &IssueItem, b: &IssueItem) -> Vec<Slot<MovesTemplate>> {
        let of = ListOf { part: Part::Rule, place: place.clone(), order: Order::Free, alike: same_change };
        if let (Some(MovesItem::Rules(first)), Some(MovesItem::Rules(second))) = (&a.moves, &b.moves)
            && let Some(slots) = self.list(&of, first, second, rule_entry)
        {
            return vec![Slot::always(MovesTemplate::Rules(slots))];
        }
        let free = MovesItem::Kind(Text { value: "free".to_owned(), span: a.id.span, exact: false });
        let (a, b) = (moves_entry(&self.read, Side::A, a, &free), moves_entry(&self.read, Side::B, b, &free));
        let slots = self.either(Part::Moves, place, a, b);
        slots.into_iter().map(|slot| slot.map(MovesTemplate::Fixed)).collect()
    }

    /// Chances of nature never bear on what holds.
    fn chances(&mut self, place: &PartPlace, a: &IssueItem, b: &IssueItem) {
        let words = |item: &IssueItem| {
            let chances = item.chances.iter().map(|(v, q)| format!("{} {}", v.value, describe::quantity(q)));
            chances.collect::<Vec<_>>().join(", ")
        };
        let (before, after) = (words(a), words(b));
        if before != after {
            let (before, after) = (self.a.said(before, a.id.span, None), self.b.said(after, b.id.span, None));
            self.change(Part::Chance, place, Bearing::Chances, Some(before), Some(after));
        }
    }
}

/// All values as one.
fn values_entry(item: &IssueItem) -> Entry<'_, IssueItem> {
    let remarks = Remarks { span: issue_span(item), name: None, about: None, because: &[] };
    Entry { item, keys: value_keys(item), text: describe::values(item), remarks }
}

fn setters_entry(item: &IssueItem) -> Entry<'_, Vec<Text>> {
    static NOBODY: Vec<Text> = Vec::new();
    let setters = item.set_by.as_ref().unwrap_or(&NOBODY);
    let span = setters.first().map_or(item.id.span, |t| t.span);
    let remarks = Remarks { span, name: None, about: None, because: &[] };
    Entry { item: setters, keys: Reader::setters(setters), text: describe::setters(setters), remarks }
}

fn value_entry<'t>(_: &Reader<'_>, _: Side, item: &'t ValueItem) -> Entry<'t, ValueItem> {
    let ValueItem { id, name } = item;
    let remarks = Remarks { span: id.span, name: name.as_ref(), about: None, because: &[] };
    Entry { item, keys: Reader::value(item), text: folded(&id.value), remarks }
}

fn rule_entry<'t>(read: &Reader<'_>, side: Side, item: &'t MoveRuleItem) -> Entry<'t, MoveRuleItem> {
    let MoveRuleItem { span, by: _, from: _, to: _, when: _, about, because, lost: _ } = item;
    let remarks = Remarks { span: *span, name: None, about: about.as_ref(), because };
    Entry { item, keys: read.rule(side, item), text: describe::rule(item), remarks }
}

/// Rules for the same movers and values replace each other.
fn same_change(x: &Keys, y: &Keys) -> bool {
    same(&x[..3].to_vec(), &y[..3].to_vec())
}

/// How an issue moves, as a whole; `free` where the file does not say.
fn moves_entry<'t>(read: &Reader<'_>, side: Side, issue: &'t IssueItem, free: &'t MovesItem) -> Entry<'t, MovesItem> {
    let item = issue.moves.as_ref().unwrap_or(free);
    let (keys, span) = match item {
        MovesItem::Kind(kind) => (vec![word(&kind.value)], issue.moves.as_ref().map_or(issue.id.span, |_| kind.span)),
        MovesItem::Rules(rules) => {
            let keys = rules.iter().flat_map(|r| read.rule(side, r)).collect();
            (keys, rules.first().map_or(issue.id.span, |r| r.span))
        }
    };
    let remarks = Remarks { span, name: None, about: None, because: &[] };
    Entry { item, keys, text: describe::moves(issue.moves.as_ref()), remarks }
}

/// An issue without what slots hold.
fn bare(item: &IssueItem) -> IssueItem {
    IssueItem { values: None, scale: None, range: None, step: None, set_by: None, moves: None, ..item.clone() }
}

/// An issue that only one version has.
fn whole(item: &IssueItem) -> IssueTemplate {
    IssueTemplate {
        base: bare(item),
        values: ValuesTemplate::Whole(vec![Slot::always(item.clone())]),
        setters: item.set_by.iter().cloned().map(Slot::always).collect(),
        moves: item.moves.iter().cloned().map(|m| Slot::always(MovesTemplate::Fixed(m))).collect(),
    }
}

fn issue_span(item: &IssueItem) -> detente_base::Span {
    let first = |values: &Option<Vec<ValueItem>>| values.as_ref().and_then(|v| v.first()).map(|v| v.id.span);
    let range = item.range.as_ref().map(|t| t.span);
    first(&item.values).or_else(|| first(&item.scale)).or(range).unwrap_or(item.id.span)
}

/// Values as a whole: what kind they are, and each.
fn value_keys(item: &IssueItem) -> Keys {
    let kind = match (&item.values, &item.scale, &item.range) {
        (Some(_), _, _) => "values",
        (_, Some(_), _) => "scale",
        (_, _, Some(_)) => "range",
        _ => "yes or no",
    };
    vec![word(kind), word(&describe_values(item))]
}

/// Every value, uncut.
fn describe_values(item: &IssueItem) -> String {
    let ids = |values: &[ValueItem]| values.iter().map(|v| folded(&v.id.value)).collect::<Vec<_>>().join(", ");
    let named = item.values.as_deref().or(item.scale.as_deref()).map(ids);
    let text = |t: &Option<Text>| t.as_ref().map_or_else(String::new, |t| folded(&t.value));
    named.unwrap_or_else(|| format!("{} {}", text(&item.range), text(&item.step)))
}
