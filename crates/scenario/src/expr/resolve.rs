//! Names and types: an untyped expression to a resolved one, or diagnostics.
//!
//! A bare word means, in this order: beside an issue in a comparison, one of its
//! values; else a named outcome, an issue, or a parameter. All faults of an
//! expression are reported.

mod names;
#[cfg(test)]
mod tests;
mod values;

use std::collections::BTreeMap;

use detente_base::{Diagnostic, Span};

use super::parse::{Membership, Syntax, SyntaxKind, parse_expression};
use super::{Arithmetic, Comparison, Expr, ExprKind};
use crate::ast::Text;
use crate::check::MAX_REPEATED;
use crate::check::faults::Kind;
use crate::codes::meaning as code;
use crate::situation::{IssueId, IssueKind, Situation, ValueId};
use crate::suggest::nearest;
use values::value_text;
pub use values::{find_value, unknown_value, value_names};

/// Which names an expression may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Issues and named outcomes: what is true of an outcome whatever the numbers are.
    Outcomes,
    /// Issues, named outcomes and parameters.
    Worth,
    /// Parameters only.
    Parameters,
}

impl Scope {
    fn has_issues(self) -> bool {
        self != Self::Parameters
    }

    fn has_parameters(self) -> bool {
        self != Self::Outcomes
    }
}

/// Resolves expressions against the names declared so far.
#[derive(Debug)]
pub struct Resolver<'a> {
    /// The situation as far as it is built: issues, outcomes and parameters.
    pub situation: &'a Situation,
    /// Which names may be used.
    pub scope: Scope,
    /// Names that were declared with faults; using them is no second fault.
    pub broken: &'a [String],
    /// Whether names may have been declared in parts of the file that could not be
    /// read; then an unknown name is no fault.
    pub names_lost: bool,
    /// How many parts of named outcomes may still be repeated.
    pub(crate) allowance: usize,
    /// Faults found.
    pub faults: Vec<Diagnostic>,
    /// Which of them are about an unknown name.
    pub(crate) unknown: BTreeMap<usize, (Kind, String)>,
}

/// An untyped expression on its way: the text it came from.
struct Place<'a>(&'a Text);

impl Place<'_> {
    fn span(&self, tree: &Syntax) -> Span {
        self.0.sub_span(tree.start, tree.end)
    }
}

impl<'a> Resolver<'a> {
    /// A resolver without faults.
    pub fn new(situation: &'a Situation, scope: Scope, broken: &'a [String]) -> Self {
        Self {
            situation,
            scope,
            broken,
            names_lost: false,
            allowance: MAX_REPEATED,
            faults: Vec::new(),
            unknown: BTreeMap::new(),
        }
    }

    /// Reads and resolves a condition.
    pub fn condition(&mut self, text: &Text) -> Option<Expr> {
        let tree = self.parse(text)?;
        self.boolean(&Place(text), &tree)
    }

    /// Reads and resolves an amount.
    pub fn amount(&mut self, text: &Text) -> Option<Expr> {
        let tree = self.parse(text)?;
        self.number(&Place(text), &tree)
    }

    fn parse(&mut self, text: &Text) -> Option<Syntax> {
        parse_expression(&text.value)
            .map_err(|fault| {
                let span = text.sub_span(fault.start, fault.end.max(fault.start));
                let mut diagnostic = Diagnostic::error(code::SYNTAX, span, fault.message);
                diagnostic.help = fault.help;
                self.faults.push(diagnostic);
            })
            .ok()
    }

    fn fault(&mut self, diagnostic: Diagnostic) -> Option<Expr> {
        self.faults.push(diagnostic);
        None
    }

    fn both(&mut self, place: &Place<'_>, a: &Syntax, b: &Syntax) -> Option<(Expr, Expr)> {
        let (a, b) = (self.boolean(place, a), self.boolean(place, b));
        Some((a?, b?))
    }

    fn boolean(&mut self, place: &Place<'_>, tree: &Syntax) -> Option<Expr> {
        let span = place.span(tree);
        let kind = match &tree.kind {
            SyntaxKind::Name(name) => return self.boolean_name(name, span),
            SyntaxKind::Not(a) => ExprKind::Not(Box::new(self.boolean(place, a)?)),
            SyntaxKind::And(a, b) => {
                let (a, b) = self.both(place, a, b)?;
                ExprKind::And(flatten(a, b, |kind| match kind {
                    ExprKind::And(parts) => Ok(parts),
                    other => Err(other),
                }))
            }
            SyntaxKind::Or(a, b) => {
                let (a, b) = self.both(place, a, b)?;
                ExprKind::Or(flatten(a, b, |kind| match kind {
                    ExprKind::Or(parts) => Ok(parts),
                    other => Err(other),
                }))
            }
            SyntaxKind::If(c, a, b) => {
                let c = self.boolean(place, c);
                let (a, b) = self.both(place, a, b)?;
                ExprKind::If(Box::new(c?), Box::new(a), Box::new(b))
            }
            SyntaxKind::Compare(op, a, b) => return self.comparison(place, span, *op, a, b),
            SyntaxKind::In(subject, members, membership) => {
                let inside = self.membership(place, span, subject, members)?;
                return Some(if *membership == Membership::In { inside } else { inside.negated() });
            }
            SyntaxKind::Quoted(_)
            | SyntaxKind::Number(_)
            | SyntaxKind::Negate(_)
            | SyntaxKind::Arithmetic(..)
            | SyntaxKind::Call(..) => {
                return self.fault(
                    Diagnostic::error(code::TYPE, span, "an amount stands here; expected a condition")
                        .with_label("this is an amount")
                        .with_help("compare it with another amount, such as `… > 0`"),
                );
            }
        };
        Some(Expr::new(kind, span))
    }

    /// The issue that a bare word names, when issues are in scope.
    fn issue_of(&self, tree: &Syntax) -> Option<IssueId> {
        match &tree.kind {
            SyntaxKind::Name(name) if self.scope.has_issues() => self.situation.issue(name),
            _ => None,
        }
    }

    fn comparison(&mut self, place: &Place<'_>, span: Span, op: Comparison, a: &Syntax, b: &Syntax) -> Option<Expr> {
        match (self.issue_of(a), self.issue_of(b)) {
            (Some(issue), _) if self.is_value_like(issue, b) => self.issue_comparison(place, span, op, issue, b),
            (_, Some(issue)) if self.is_value_like(issue, a) => {
                self.issue_comparison(place, span, mirrored(op), issue, a)
            }
            (Some(x), Some(y)) if self.is_named(x) && self.is_named(y) => self.same_value(span, op, x, y),
            // Beside a name that rather means another issue nothing can be said of this one.
            (Some(issue), None) if self.is_named(issue) && self.means_issue(issue, b) => self.number(place, b),
            (None, Some(issue)) if self.is_named(issue) && self.means_issue(issue, a) => self.number(place, a),
            (Some(issue), _) if self.is_named(issue) => self.issue_comparison(place, span, op, issue, b),
            (_, Some(issue)) if self.is_named(issue) => self.issue_comparison(place, span, mirrored(op), issue, a),
            _ => {
                // Beside an unknown name nothing can be said of the other side.
                if let Some(unknown) = [a, b].into_iter().find(|side| self.is_unknown(side)) {
                    return self.number(place, unknown);
                }
                let (a, b) = (self.number(place, a), self.number(place, b));
                Some(Expr::new(ExprKind::Compare(op, Box::new(a?), Box::new(b?)), span))
            }
        }
    }

    /// Whether the tree is a bare word that names nothing.
    fn is_unknown(&self, tree: &Syntax) -> bool {
        match &tree.kind {
            SyntaxKind::Name(name) => {
                self.situation.issue(name).is_none()
                    && self.situation.parameter(name).is_none()
                    && !self.situation.outcomes.iter().any(|o| o.id == *name)
            }
            _ => false,
        }
    }

    fn is_broken(&self, name: &str) -> bool {
        self.broken.iter().any(|broken| broken == name)
    }

    /// Whether a bare word beside an issue is the name of a faulty declaration or, in
    /// spelling, nearer to an issue than to a value of the one beside it.
    fn means_issue(&self, beside: IssueId, tree: &Syntax) -> bool {
        let SyntaxKind::Name(name) = &tree.kind else { return false };
        let values = self.situation.issues[beside.index()].values.iter().map(|v| v.id.as_str());
        let issues = self.situation.issues.iter().map(|i| i.id.as_str());
        self.is_broken(name)
            || self.is_unknown(tree) && nearest(name, values).is_none() && nearest(name, issues).is_some()
    }

    fn is_named(&self, issue: IssueId) -> bool {
        self.situation.issues[issue.index()].kind != IssueKind::Numeric
    }

    /// Whether the tree names a value of the issue.
    fn is_value_like(&self, issue: IssueId, tree: &Syntax) -> bool {
        value_text(tree).is_some_and(|text| self.find_value(issue, &text).is_some())
    }

    fn find_value(&self, issue: IssueId, text: &str) -> Option<ValueId> {
        find_value(&self.situation.issues[issue.index()], text)
    }

    /// The value that a tree names, or a fault with the known values.
    fn value(&mut self, place: &Place<'_>, issue: IssueId, tree: &Syntax) -> Option<ValueId> {
        let found = &self.situation.issues[issue.index()];
        let Some(text) = value_text(tree) else {
            self.faults.push(
                Diagnostic::error(
                    code::TYPE,
                    place.span(tree),
                    format!(
                        "`{}` is compared with an expression; expected one of its values {}",
                        found.id,
                        value_names(found)
                    ),
                )
                .with_label("not a value"),
            );
            return None;
        };
        let value = self.find_value(issue, &text);
        if value.is_none() {
            self.unknown.insert(self.faults.len(), (Kind::Value, format!("{} {text}", found.id)));
            self.faults.push(unknown_value(found, &text, place.span(tree)));
        }
        value
    }

    fn issue_comparison(
        &mut self,
        place: &Place<'_>,
        span: Span,
        op: Comparison,
        issue: IssueId,
        other: &Syntax,
    ) -> Option<Expr> {
        let value = self.value(place, issue, other)?;
        let found = &self.situation.issues[issue.index()];
        let ordered = matches!(found.kind, IssueKind::Scale | IssueKind::Numeric);
        if !ordered && !matches!(op, Comparison::Equal | Comparison::NotEqual) {
            return self.fault(
                Diagnostic::error(
                    code::TYPE,
                    span,
                    format!("the values of `{}` have no order; expected `==`, `!=` or `in`", found.id),
                )
                .with_help(format!("declare the values of `{}` as a `scale` if they have an order", found.id)),
            );
        }
        let values = (0..found.values.len()).map(ValueId::from_index).filter(|v| op.accepts(v.cmp(&value))).collect();
        Some(Expr::new(ExprKind::IssueIn(issue, values), span))
    }

    /// `x == y` for two issues with named values: the same value name.
    fn same_value(&mut self, span: Span, op: Comparison, x: IssueId, y: IssueId) -> Option<Expr> {
        let (first, second) = (&self.situation.issues[x.index()], &self.situation.issues[y.index()]);
        if !matches!(op, Comparison::Equal | Comparison::NotEqual) {
            return self.fault(Diagnostic::error(
                code::TYPE,
                span,
                format!("`{}` and `{}` have no common order; expected `==` or `!=`", first.id, second.id),
            ));
        }
        let pairs: Vec<Expr> = first
            .values
            .iter()
            .enumerate()
            .filter_map(|(i, v)| find_value(second, &v.id).map(|j| (ValueId::from_index(i), j)))
            .map(|(i, j)| {
                let parts = vec![
                    Expr::new(ExprKind::IssueIn(x, vec![i]), span),
                    Expr::new(ExprKind::IssueIn(y, vec![j]), span),
                ];
                Expr::new(ExprKind::And(parts), span)
            })
            .collect();
        if pairs.is_empty() {
            return self.fault(Diagnostic::error(
                code::TYPE,
                span,
                format!("`{}` and `{}` have no value in common; expected issues that share one", first.id, second.id),
            ));
        }
        let same = Expr::new(ExprKind::Or(pairs), span);
        Some(if op == Comparison::Equal { same } else { same.negated() })
    }

    fn membership(&mut self, place: &Place<'_>, span: Span, subject: &Syntax, members: &[Syntax]) -> Option<Expr> {
        let Some(issue) = self.issue_of(subject) else {
            if let SyntaxKind::Name(name) = &subject.kind
                && self.is_unknown(subject)
            {
                return self.unknown(name, place.span(subject));
            }
            return self.fault(Diagnostic::error(
                code::TYPE,
                place.span(subject),
                "`in` follows something that is no issue; expected an issue before it",
            ));
        };
        if members.is_empty() {
            return self.fault(Diagnostic::error(
                code::TYPE,
                span,
                "the list after `in` is empty; expected at least one value",
            ));
        }
        let values: Vec<Option<ValueId>> = members.iter().map(|m| self.value(place, issue, m)).collect();
        let mut values = values.into_iter().collect::<Option<Vec<_>>>()?;
        values.sort_unstable();
        values.dedup();
        Some(Expr::new(ExprKind::IssueIn(issue, values), span))
    }

    fn number(&mut self, place: &Place<'_>, tree: &Syntax) -> Option<Expr> {
        let span = place.span(tree);
        let kind = match &tree.kind {
            SyntaxKind::Number(n) => ExprKind::Number(n.clone()),
            SyntaxKind::Name(name) => return self.number_name(name, span),
            SyntaxKind::Negate(a) => match self.number(place, a)?.kind {
                ExprKind::Number(n) => ExprKind::Number(-n),
                kind => ExprKind::Negate(Box::new(Expr::new(kind, place.span(a)))),
            },
            SyntaxKind::Arithmetic(op, a, b) => {
                let (a, b) = (self.number(place, a), self.number(place, b));
                let (a, b) = (a?, b?);
                if *op == Arithmetic::Divide && matches!(&b.kind, ExprKind::Number(n) if n.is_zero()) {
                    return self.fault(
                        Diagnostic::error(code::DIVISION, b.span, "division by zero; expected another divisor")
                            .with_label("this is zero"),
                    );
                }
                ExprKind::Arithmetic(*op, Box::new(a), Box::new(b))
            }
            SyntaxKind::If(c, a, b) => {
                let c = self.boolean(place, c);
                let (a, b) = (self.number(place, a), self.number(place, b));
                ExprKind::If(Box::new(c?), Box::new(a?), Box::new(b?))
            }
            SyntaxKind::Call(name, arguments) => return self.call(place, span, name, arguments),
            SyntaxKind::Quoted(_)
            | SyntaxKind::Not(_)
            | SyntaxKind::And(..)
            | SyntaxKind::Or(..)
            | SyntaxKind::Compare(..)
            | SyntaxKind::In(..) => {
                return self.fault(
                    Diagnostic::error(code::TYPE, span, "a condition stands here; expected an amount")
                        .with_label("this is true or false")
                        .with_help("turn it into an amount with `if … then 1 else 0`"),
                );
            }
        };
        Some(Expr::new(kind, span))
    }

    fn call(&mut self, place: &Place<'_>, span: Span, name: &str, arguments: &[Syntax]) -> Option<Expr> {
        let parts: Vec<Option<Expr>> = arguments.iter().map(|a| self.number(place, a)).collect();
        let parts: Option<Vec<Expr>> = parts.into_iter().collect();
        match name {
            "min" | "max" if arguments.is_empty() => self.fault(Diagnostic::error(
                code::TYPE,
                span,
                format!("`{name}` has no arguments; expected at least one"),
            )),
            "min" => Some(Expr::new(ExprKind::Min(parts?), span)),
            "max" => Some(Expr::new(ExprKind::Max(parts?), span)),
            _ => {
                let message = format!("there is no function `{name}`; expected `min` or `max`");
                let mut diagnostic = Diagnostic::error(code::UNKNOWN_NAME, span, message);
                if let Some(near) = nearest(name, ["min", "max"]) {
                    diagnostic = diagnostic.with_help(format!("did you mean `{near}`?"));
                }
                self.fault(diagnostic)
            }
        }
    }
}

fn mirrored(op: Comparison) -> Comparison {
    match op {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same => same,
    }
}

/// `a & b & c` as one conjunction of three parts.
fn flatten(a: Expr, b: Expr, open: impl Fn(ExprKind) -> Result<Vec<Expr>, ExprKind>) -> Vec<Expr> {
    let mut parts = match open(a.kind) {
        Ok(parts) => parts,
        Err(kind) => vec![Expr::new(kind, a.span)],
    };
    parts.push(b);
    parts
}
