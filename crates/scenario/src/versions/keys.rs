//! When two entries of different files say the same.
//!
//! Words are compared with blanks folded; conditions and amounts also as they are
//! understood, so that `!raid` and `not raid` are the same. The latter is trusted only
//! where the issues that they mention have the same values in both files: elsewhere
//! `fee != none` may cover different outcomes though both files print it alike.

use super::Version;
use super::align::{Key, Keys};
use crate::ast::{
    ComparisonItem, ComparisonKind, ConditionItem, ConstraintItem, ConstraintRule, LevelItem, MoveRuleItem,
    QuantityItem, QuantityKind, TermItem, Text, ValueItem,
};
use crate::expr::Expr;
use crate::expr::print::print_expression;
use crate::expr::resolve::{Resolver, Scope};
use crate::situation::Situation;

/// Which of the two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The first.
    A,
    /// The second.
    B,
}

/// Reads conditions of both versions.
pub(super) struct Reader<'v> {
    a: &'v Situation,
    b: &'v Situation,
}

/// Text with blanks folded.
pub(super) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A key for words that are only what they are.
pub(super) fn word(text: &str) -> Key {
    Key { raw: folded(text), meaning: None }
}

/// A key for a set of words.
fn set(texts: &[Text]) -> Key {
    let mut words: Vec<String> = texts.iter().map(|t| folded(&t.value)).collect();
    words.sort();
    words.dedup();
    word(&words.join(", "))
}

impl<'v> Reader<'v> {
    pub(super) fn new(a: &Version<'v>, b: &Version<'v>) -> Self {
        Self { a: a.situation, b: b.situation }
    }

    fn situation(&self, side: Side) -> &'v Situation {
        match side {
            Side::A => self.a,
            Side::B => self.b,
        }
    }

    fn condition(&self, side: Side, text: &Text) -> Key {
        let mut resolver = Resolver::new(self.situation(side), Scope::Worth, &[]);
        self.key(side, text, resolver.condition(text))
    }

    fn amount(&self, side: Side, text: &Text) -> Key {
        let mut resolver = Resolver::new(self.situation(side), Scope::Worth, &[]);
        self.key(side, text, resolver.amount(text))
    }

    fn key(&self, side: Side, text: &Text, found: Option<Expr>) -> Key {
        let situation = self.situation(side);
        let meaning =
            found.filter(|e| self.same_values(side, e)).map(|expr| folded(&print_expression(situation, &expr)));
        Key { raw: folded(&text.value), meaning }
    }

    /// Whether all issues of an expression have the same values in both versions.
    fn same_values(&self, side: Side, expr: &Expr) -> bool {
        expr.issues().into_iter().all(|issue| {
            let id = &self.situation(side).issues[issue.index()].id;
            let [a, b] = [self.a, self.b].map(|s| s.issue(id).map(|i| &s.issues[i.index()]));
            let (Some(a), Some(b)) = (a, b) else { return false };
            a.kind == b.kind && a.values.iter().map(|v| &v.id).eq(b.values.iter().map(|v| &v.id))
        })
    }

    pub(super) fn conditions(&self, side: Side, item: &ConditionItem) -> Keys {
        vec![self.condition(side, &item.when)]
    }

    pub(super) fn constraint(&self, side: Side, item: &ConstraintItem) -> Keys {
        match &item.rule {
            ConstraintRule::Never(e) => vec![word("never"), self.condition(side, e)],
            ConstraintRule::Always(e) => vec![word("always"), self.condition(side, e)],
            ConstraintRule::IfThen(a, b) => vec![word("if"), self.condition(side, a), self.condition(side, b)],
        }
    }

    pub(super) fn text(&self, side: Side, text: &Text) -> Keys {
        vec![self.condition(side, text)]
    }

    /// The condition of a term comes first: terms with the same one replace each other.
    pub(super) fn term(&self, side: Side, item: &TermItem) -> Keys {
        let when = item.when.as_ref().map_or_else(|| word(""), |when| self.condition(side, when));
        [vec![when], self.quantity(side, &item.add)].concat()
    }

    pub(super) fn level(&self, side: Side, item: &LevelItem) -> Keys {
        item.any_of.iter().map(|text| self.condition(side, text)).collect()
    }

    pub(super) fn comparison(&self, side: Side, item: &ComparisonItem) -> Keys {
        match &item.kind {
            ComparisonKind::Better(a, b) => vec![word("better"), self.condition(side, a), self.condition(side, b)],
            ComparisonKind::Same(all) => {
                let mut keys = vec![word("same")];
                keys.extend(all.iter().map(|text| self.condition(side, text)));
                keys
            }
        }
    }

    pub(super) fn rule(&self, side: Side, item: &MoveRuleItem) -> Keys {
        let when = item.when.as_ref().map_or_else(|| word(""), |when| self.condition(side, when));
        vec![set(&item.by), set(&item.from), set(&item.to), when]
    }

    pub(super) fn value(item: &ValueItem) -> Keys {
        vec![word(&item.id.value)]
    }

    pub(super) fn setters(setters: &[Text]) -> Keys {
        vec![set(setters)]
    }

    /// A range without a likely value is the same as with its middle, a number the same in
    /// every notation.
    pub(super) fn quantity(&self, side: Side, item: &QuantityItem) -> Keys {
        let number = |text: &str| -> Key {
            let meaning = text.trim().parse::<detente_base::Exact>().ok().map(|n| n.to_string());
            Key { raw: folded(text), meaning }
        };
        match &item.kind {
            QuantityKind::Text(text) => match text.value.split_once("..") {
                Some((low, high)) => vec![number(low), middle(low, high), number(high)],
                None => match text.value.trim().parse::<detente_base::Exact>() {
                    Ok(_) => vec![number(&text.value)],
                    Err(_) => vec![self.amount(side, text)],
                },
            },
            QuantityKind::Spread { low, likely, high } => {
                let likely =
                    likely.as_ref().map_or_else(|| middle(&low.value, &high.value), |likely| number(&likely.value));
                vec![number(&low.value), likely, number(&high.value)]
            }
        }
    }
}

/// The middle of a range.
fn middle(low: &str, high: &str) -> Key {
    let parse = |text: &str| text.trim().parse::<detente_base::Exact>().ok();
    match (parse(low), parse(high)) {
        (Some(low), Some(high)) => {
            let middle = low.midpoint(&high).to_string();
            Key { raw: middle.clone(), meaning: Some(middle) }
        }
        _ => word(&format!("middle of {low} and {high}")),
    }
}
