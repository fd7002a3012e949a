//! Entries in words, as their author wrote them.

use std::fmt::Write as _;

use super::keys::folded;
use crate::ast::{
    AssignmentItem, BeliefItem, ComparisonItem, ComparisonKind, ConditionItem, ConstraintItem, ConstraintRule,
    FormItem, FormKind, FormStepItem, GameFormItem, IssueItem, LevelItem, MoveRuleItem, MovesItem, PreferenceItem,
    ProtocolItem, QuantityItem, QuantityKind, StepKindItem, TalksItem, TermItem, Text,
};

/// Characters of one description.
const MOST: usize = 120;

/// Words on one line, cut where they are long.
pub(super) fn short(text: &str) -> String {
    let text = folded(text);
    if text.chars().count() <= MOST {
        return text;
    }
    let mut cut: String = text.chars().take(MOST - 1).collect();
    cut.push('…');
    cut
}

fn list(texts: &[Text]) -> String {
    texts.iter().map(|t| folded(&t.value)).collect::<Vec<_>>().join(", ")
}

pub(super) fn condition(item: &ConditionItem) -> String {
    short(&item.when.value)
}

pub(super) fn constraint(item: &ConstraintItem) -> String {
    short(&match &item.rule {
        ConstraintRule::Never(e) => format!("never {}", e.value),
        ConstraintRule::Always(e) => format!("always {}", e.value),
        ConstraintRule::IfThen(a, b) => format!("if {} then {}", a.value, b.value),
    })
}

pub(super) fn quantity(item: &QuantityItem) -> String {
    short(&match &item.kind {
        QuantityKind::Text(text) => text.value.clone(),
        QuantityKind::Spread { low, likely: None, high } => format!("{}..{}", low.value, high.value),
        QuantityKind::Spread { low, likely: Some(likely), high } => {
            format!("{}..{}, likely {}", low.value, high.value, likely.value)
        }
    })
}

pub(super) fn term(item: &TermItem) -> String {
    let add = quantity(&item.add);
    match &item.when {
        Some(when) => short(&format!("{add} when {}", when.value)),
        None => add,
    }
}

pub(super) fn level(item: &LevelItem) -> String {
    short(&item.any_of.iter().map(|t| t.value.clone()).collect::<Vec<_>>().join(" or "))
}

pub(super) fn comparison(item: &ComparisonItem) -> String {
    short(&match &item.kind {
        ComparisonKind::Better(a, b) => format!("{} better than {}", a.value, b.value),
        ComparisonKind::Same(all) => format!("{} equally good", list(all)),
    })
}

pub(super) fn rule(item: &MoveRuleItem) -> String {
    let values = |texts: &[Text]| if texts.is_empty() { "any".to_owned() } else { list(texts) };
    let mut text = format!("from {} to {}", values(&item.from), values(&item.to));
    if !item.by.is_empty() {
        let _ = write!(text, ", by {}", list(&item.by));
    }
    if let Some(when) = &item.when {
        let _ = write!(text, ", when {}", when.value);
    }
    short(&text)
}

pub(super) fn setters(setters: &[Text]) -> String {
    list(setters)
}

/// The values of an issue.
pub(super) fn values(item: &IssueItem) -> String {
    let listed =
        |values: &Vec<crate::ast::ValueItem>| values.iter().map(|v| folded(&v.id.value)).collect::<Vec<_>>().join(", ");
    short(&match (&item.values, &item.scale, &item.range) {
        (Some(values), _, _) => listed(values),
        (None, Some(scale), _) => format!("{}, in this order", listed(scale)),
        (None, None, Some(range)) => match &item.step {
            Some(step) => format!("{} in steps of {}", range.value, step.value),
            None => range.value.clone(),
        },
        (None, None, None) => "no, yes".to_owned(),
    })
}

/// A whole issue.
pub(super) fn issue(item: &IssueItem) -> String {
    let who = item.set_by.as_ref().map_or_else(String::new, |set_by| format!(", set by {}", list(set_by)));
    let how = match &item.moves {
        Some(MovesItem::Kind(kind)) => format!(", {}", kind.value),
        Some(MovesItem::Rules(rules)) => format!(", {} rules", rules.len()),
        None => String::new(),
    };
    short(&format!("{}{who}{how}", values(item)))
}

/// How an issue moves, as a whole.
pub(super) fn moves(item: Option<&MovesItem>) -> String {
    match item {
        None => "free".to_owned(),
        Some(MovesItem::Kind(kind)) => folded(&kind.value),
        Some(MovesItem::Rules(rules)) => short(&rules.iter().map(rule).collect::<Vec<_>>().join("; ")),
    }
}

/// A form of preferences as a whole.
pub(super) fn form(item: &FormItem) -> String {
    let (word, entries): (&str, Vec<String>) = match &item.kind {
        FormKind::Worth(terms) => ("worth", terms.iter().map(term).collect()),
        FormKind::Priority(statements) => ("priority", statements.iter().map(condition).collect()),
        FormKind::Ranking(levels) => ("ranking", levels.iter().map(level).collect()),
        FormKind::Comparisons(pairs) => ("ranking", pairs.iter().map(comparison).collect()),
    };
    short(&format!("{word}: {}", entries.join(", ")))
}

/// All preferences of a party.
pub(super) fn preferences(item: &PreferenceItem) -> String {
    let mut parts: Vec<String> = item.form.iter().map(form).collect();
    if !item.types.is_empty() {
        let ids: Vec<&str> = item.types.iter().map(|t| t.id.value.as_str()).collect();
        parts.push(format!("types {}", ids.join(", ")));
    }
    short(&parts.join("; "))
}

/// A protocol, uncut.
pub(super) fn protocol(item: &ProtocolItem) -> String {
    let ProtocolItem { id: _, span: _, name: _, kind, parties, numbers, words, about: _, because: _, lost: _ } = item;
    let party = |(field, text): &(&str, Text)| format!("{field} {}", folded(&text.value));
    let mut parts = vec![folded(&kind.value)];
    parts.extend(parties.iter().map(party));
    parts.extend(numbers.iter().map(|number| {
        let whose = number.party.as_ref().map_or_else(String::new, |party| format!(" of {}", party.value));
        format!("{}{whose} {}", number.field, quantity(&number.value))
    }));
    parts.extend(words.iter().map(party));
    parts.join("; ")
}

/// A sequence of moves, uncut.
pub(super) fn form_steps(item: &GameFormItem) -> String {
    let GameFormItem { id: _, name: _, steps, about: _, because: _ } = item;
    steps.iter().map(step).collect::<Vec<_>>().join("; ")
}

fn step(item: &FormStepItem) -> String {
    let FormStepItem { span: _, condition, kind, sees, about: _, because: _ } = item;
    let names = |texts: &[Text]| texts.iter().map(|t| folded(&t.value)).collect::<Vec<_>>().join(", ");
    let numbers = |pairs: &[(Text, QuantityItem)]| {
        let each = pairs.iter().map(|(name, number)| format!("{} {}", name.value, quantity(number)));
        each.collect::<Vec<_>>().join(", ")
    };
    let inside = |steps: &[FormStepItem]| steps.iter().map(step).collect::<Vec<_>>().join("; ");
    let what = match kind {
        StepKindItem::Type(party) => format!("type of {}", party.value),
        StepKindItem::Chance(what, of) => format!("chance of {}: {}", what.value, numbers(of)),
        StepKindItem::Move(party, what, from) => format!("{} chooses {} from {}", party.value, what.value, names(from)),
        StepKindItem::Together(steps) => format!("together ({})", inside(steps)),
        StepKindItem::Pay(amounts) => format!("pay {}", numbers(amounts)),
        StepKindItem::Discount(amounts) => {
            let each = amounts.iter().map(|(party, number)| {
                format!("{} {}", party.as_ref().map_or("all", |party| party.value.as_str()), quantity(number))
            });
            format!("discount {}", each.collect::<Vec<_>>().join(", "))
        }
        StepKindItem::Repeat(times, steps, until) => {
            let until = until.as_ref().map_or_else(String::new, |text| format!(" until {}", folded(&text.value)));
            format!("{} times{until} ({})", times.value, inside(steps))
        }
        StepKindItem::End => "end".to_owned(),
    };
    let when = condition.as_ref().map_or_else(String::new, |text| format!(" if {}", folded(&text.value)));
    let seen = sees.as_ref().map_or_else(String::new, |parties| format!(", seen by {}", names(parties)));
    format!("{what}{when}{seen}")
}

/// All that a party believes, uncut.
pub(super) fn belief(item: &BeliefItem) -> String {
    let BeliefItem { party: _, span: _, preferences, types, parameters, impossible, believes, about: _, because: _ } =
        item;
    let wants = |p: &PreferenceItem| format!("{} {}", p.party.value, p.form.as_ref().map_or_else(String::new, form));
    let mut parts: Vec<String> = preferences.iter().map(wants).collect();
    parts.extend(types.iter().map(|(party, kind)| format!("{} is {}", party.value, kind.value)));
    parts.extend(parameters.iter().map(|(name, value)| format!("{} = {}", name.value, quantity(value))));
    parts.extend(impossible.iter().map(|c| format!("never {}", condition(c))));
    parts.extend(believes.iter().map(|b| format!("{} believes ({})", b.party.value, belief(b))));
    parts.join("; ")
}

/// All of a negotiation, uncut.
pub(super) fn talks(item: &TalksItem) -> String {
    let TalksItem { span: _, between, over, without_agreement, divide, reservations, openings, about: _, because: _ } =
        item;
    let names = |texts: &[Text]| texts.iter().map(|t| folded(&t.value)).collect::<Vec<_>>().join(", ");
    let mut parts = Vec::new();
    if !between.is_empty() {
        parts.push(format!("between {}", names(between)));
    }
    if !over.is_empty() {
        parts.push(format!("over {}", names(over)));
    }
    parts.extend(without_agreement.iter().map(|word| format!("without an agreement {}", folded(&word.value))));
    if !divide.is_empty() {
        parts.push(format!("dividing {}", names(divide)));
    }
    parts.extend(reservations.iter().map(|(party, worth)| format!("{} has {}", party.value, quantity(worth))));
    parts.extend(openings.iter().map(|(party, demands)| format!("{} demands {}", party.value, settings(demands))));
    parts.join("; ")
}

/// Issues and their values.
pub(super) fn settings(item: &AssignmentItem) -> String {
    let value = |value: &Option<Text>| value.as_ref().map_or_else(String::new, |v| folded(&v.value));
    let entries: Vec<String> = item.entries.iter().map(|(i, v)| format!("{}: {}", i.value, value(v))).collect();
    entries.join(", ")
}
