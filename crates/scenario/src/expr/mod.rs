//! The expression language: conditions on outcomes and amounts over them.
//!
//! A condition is `arsenal == kept & not strike`; an amount is
//! `2 * raid_cost - if raid then 1 else 0`. Expressions are read by [`parse`],
//! resolved and typed by [`resolve`], evaluated by [`eval`] and printed by [`mod@print`].
//!
//! | construct | meaning |
//! |---|---|
//! | `a & b`, `a and b` | both |
//! | `a \| b`, `a or b` | at least one |
//! | `!a`, `not a` | not |
//! | `issue == value`, `!=` | the issue has (has not) this value |
//! | `issue < value`, `<=`, `>`, `>=` | position on a scale or in a range |
//! | `issue in [v, w]`, `not in` | one of these values |
//! | `issue` | a yes/no issue is `yes` |
//! | `name` | a named outcome; a parameter; the number of a numeric issue |
//! | `+ - * /`, `min(a, b)`, `max(a, b)` | exact arithmetic |
//! | `if c then a else b` | a choice |
//!
//! `not` binds tighter than `and`, which binds tighter than `or`.

pub mod eval;
pub mod multilinear;
pub mod parse;
pub mod print;
pub mod resolve;

use detente_base::{Exact, Span};

use crate::situation::{IssueId, OutcomeId, ParameterId, ValueId};

#[cfg(test)]
pub(crate) mod random;
#[cfg(test)]
mod tests;

/// A resolved, typed expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands in the file.
    pub span: Span,
}

/// What a resolved expression is. Conditions and amounts share the type; `resolve`
/// guarantees that operands have the right kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExprKind {
    /// A condition that is always true or always false.
    Bool(bool),
    /// A number.
    Number(Exact),
    /// The issue has one of these values (ascending).
    IssueIn(IssueId, Vec<ValueId>),
    /// The number of a numeric issue.
    IssueNumber(IssueId),
    /// A parameter.
    Parameter(ParameterId),
    /// A named outcome, with its condition.
    Outcome(OutcomeId, Box<Expr>),
    /// Not.
    Not(Box<Expr>),
    /// All of them.
    And(Vec<Expr>),
    /// At least one of them.
    Or(Vec<Expr>),
    /// `if c then a else b`, for conditions and amounts.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// A comparison of amounts.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// Arithmetic.
    Arithmetic(Arithmetic, Box<Expr>, Box<Expr>),
    /// Minus.
    Negate(Box<Expr>),
    /// Smallest of several amounts.
    Min(Vec<Expr>),
    /// Largest of several amounts.
    Max(Vec<Expr>),
}

/// A comparison of two amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparison {
    /// As written.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    /// Whether an ordering of the two sides satisfies it.
    pub const fn accepts(self, ordering: std::cmp::Ordering) -> bool {
        use std::cmp::Ordering::{Equal, Greater, Less};
        match self {
            Self::Equal => matches!(ordering, Equal),
            Self::NotEqual => !matches!(ordering, Equal),
            Self::Less => matches!(ordering, Less),
            Self::LessOrEqual => matches!(ordering, Less | Equal),
            Self::Greater => matches!(ordering, Greater),
            Self::GreaterOrEqual => matches!(ordering, Greater | Equal),
        }
    }
}

/// A binary operation on amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

impl Arithmetic {
    /// As written.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
        }
    }
}

impl Expr {
    /// An expression at a place.
    pub const fn new(kind: ExprKind, span: Span) -> Self {
        Self { kind, span }
    }

    /// The negation of a condition.
    #[must_use]
    pub fn negated(self) -> Self {
        let span = self.span;
        Self::new(ExprKind::Not(Box::new(self)), span)
    }

    /// Its parts, one level down.
    pub fn parts(&self) -> Vec<&Self> {
        match &self.kind {
            ExprKind::Bool(_)
            | ExprKind::Number(_)
            | ExprKind::IssueIn(..)
            | ExprKind::IssueNumber(_)
            | ExprKind::Parameter(_) => Vec::new(),
            ExprKind::Outcome(_, a) | ExprKind::Not(a) | ExprKind::Negate(a) => vec![a],
            ExprKind::And(parts) | ExprKind::Or(parts) | ExprKind::Min(parts) | ExprKind::Max(parts) => {
                parts.iter().collect()
            }
            ExprKind::Compare(_, a, b) | ExprKind::Arithmetic(_, a, b) => vec![a, b],
            ExprKind::If(c, a, b) => vec![c, a, b],
        }
    }

    /// Calls `visit` for this expression and every part of it, outermost first.
    pub fn walk(&self, visit: &mut impl FnMut(&Self)) {
        visit(self);
        for part in self.parts() {
            part.walk(visit);
        }
    }

    /// Whether it divides anywhere.
    pub fn divides(&self) -> bool {
        let mut divides = false;
        self.walk(&mut |e| divides |= matches!(e.kind, ExprKind::Arithmetic(Arithmetic::Divide, ..)));
        divides
    }

    /// Issues that it mentions, ascending, each once.
    pub fn issues(&self) -> Vec<IssueId> {
        let mut found = Vec::new();
        self.walk(&mut |e| {
            if let ExprKind::IssueIn(issue, _) | ExprKind::IssueNumber(issue) = e.kind {
                found.push(issue);
            }
        });
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Parameters that it mentions itself (not through other parameters), ascending.
    pub fn parameters(&self) -> Vec<ParameterId> {
        let mut found = Vec::new();
        self.walk(&mut |e| {
            if let ExprKind::Parameter(id) = e.kind {
                found.push(id);
            }
        });
        found.sort_unstable();
        found.dedup();
        found
    }
}
