//! Bare words: what they name, and what to say when they name nothing.

use detente_base::{Diagnostic, Span};

use super::{Resolver, Scope, value_names};
use crate::check::faults::Kind;
use crate::check::quantities::{MAX_CHAIN, MAX_UNFOLDED};
use crate::codes::meaning as code;
use crate::expr::{Expr, ExprKind};
use crate::situation::{Issue, IssueKind, OutcomeId, ParameterId, ValueId};
use crate::suggest::{expected_names, nearest};
use crate::yaml::shortened;

impl Resolver<'_> {
    pub(super) fn boolean_name(&mut self, name: &str, span: Span) -> Option<Expr> {
        let situation = self.situation;
        if self.scope.has_issues() {
            if let Some(index) = situation.outcomes.iter().position(|o| o.id == name) {
                let inner = &situation.outcomes[index].when;
                let mut size = 0;
                inner.walk(&mut |_| size += 1);
                if size > MAX_UNFOLDED || size > self.allowance || chain(inner) + 1 >= MAX_CHAIN {
                    let message =
                        format!("the outcome `{name}` is built on too many others; expected a shorter definition");
                    self.unknown.insert(self.faults.len(), (Kind::Name, name.to_owned()));
                    return self.fault(Diagnostic::error(code::TOO_LARGE, span, message));
                }
                self.allowance -= size;
                let inner = inner.clone();
                return Some(Expr::new(ExprKind::Outcome(OutcomeId::from_index(index), Box::new(inner)), span));
            }
            if let Some(id) = situation.issue(name) {
                let issue = &situation.issues[id.index()];
                if issue.kind == IssueKind::YesNo {
                    return Some(Expr::new(ExprKind::IssueIn(id, vec![ValueId(1)]), span));
                }
                let first = &issue.values[0].id;
                let message = format!("`{name}` is no yes/no issue; expected a comparison such as `{name} == {first}`");
                return self.fault(
                    Diagnostic::error(code::TYPE, span, message)
                        .with_label(format!("its values are {}", value_names(issue))),
                );
            }
            match name {
                "true" => return Some(Expr::new(ExprKind::Bool(true), span)),
                "false" => return Some(Expr::new(ExprKind::Bool(false), span)),
                _ => {}
            }
        }
        if situation.parameter(name).is_some() {
            if !self.scope.has_parameters() {
                return self.parameter_out_of_scope(name, span);
            }
            return self.fault(
                Diagnostic::error(
                    code::TYPE,
                    span,
                    format!("the parameter `{name}` is a number; expected a condition"),
                )
                .with_label("this is a number")
                .with_help(format!("compare it, such as `{name} > 0`")),
            );
        }
        self.unknown(name, span)
    }

    /// Reports a name that nothing has.
    pub(super) fn unknown(&mut self, name: &str, span: Span) -> Option<Expr> {
        if self.names_lost || self.is_broken(name) {
            return None;
        }
        let situation = self.situation;
        let mut known: Vec<&str> = Vec::new();
        if self.scope.has_parameters() {
            known.extend(situation.parameters.iter().filter(|p| p.named).map(|p| p.id.as_str()));
        }
        if self.scope.has_issues() {
            known.extend(situation.issues.iter().map(|i| i.id.as_str()));
            known.extend(situation.outcomes.iter().map(|o| o.id.as_str()));
        } else if situation.issue(name).is_some() {
            return self.fault(
                Diagnostic::error(
                    code::TYPE,
                    span,
                    format!("`{name}` is an issue; expected numbers and parameters only"),
                )
                .with_label("depends on the outcome")
                .with_help("a parameter is one number, the same for every outcome"),
            );
        }
        let holders: Vec<&Issue> = situation.issues.iter().filter(|i| i.values.iter().any(|v| v.id == name)).collect();
        let what = match self.scope {
            Scope::Outcomes => "issue or named outcome",
            Scope::Worth => "issue, outcome or parameter",
            Scope::Parameters => "parameter",
        };
        let expected = match holders.first() {
            Some(issue) => format!("`{} == {name}`", issue.id),
            None => expected_names(name, &known, "name"),
        };
        let message = format!("there is no {what} `{}`; expected {expected}", shortened(name));
        let mut diagnostic = Diagnostic::error(code::UNKNOWN_NAME, span, message).with_label("unknown name");
        if let Some(issue) = holders.first() {
            diagnostic = diagnostic
                .with_help(format!("`{name}` is a value of `{}`", issue.id))
                .with_replacement(format!("{} == {name}", issue.id));
        } else if let Some(near) = nearest(name, known) {
            diagnostic = diagnostic.with_help(format!("did you mean `{near}`?")).with_replacement(near);
        }
        self.unknown.insert(self.faults.len(), (Kind::Name, name.to_owned()));
        self.fault(diagnostic)
    }

    fn parameter_out_of_scope(&mut self, name: &str, span: Span) -> Option<Expr> {
        self.fault(
            Diagnostic::error(
                code::TYPE,
                span,
                format!("the parameter `{name}` stands in a condition on outcomes; expected issues and their values"),
            )
            .with_label("only `worth` may use parameters")
            .with_help(
                "what is possible does not depend on a number; say it with an issue, or use the parameter in a `worth`",
            ),
        )
    }

    pub(super) fn number_name(&mut self, name: &str, span: Span) -> Option<Expr> {
        let situation = self.situation;
        if self.scope.has_issues() {
            if let Some(id) = situation.issue(name) {
                let issue = &situation.issues[id.index()];
                if issue.kind == IssueKind::Numeric {
                    return Some(Expr::new(ExprKind::IssueNumber(id), span));
                }
                return self.fault(
                    Diagnostic::error(
                        code::TYPE,
                        span,
                        format!("the values of `{name}` are {}; expected an amount", value_names(issue)),
                    )
                    .with_label("not a numeric issue")
                    .with_help(format!(
                        "choose amounts by value, such as `if {name} == {} then 1 else 0`",
                        issue.values[0].id
                    )),
                );
            }
            if situation.outcomes.iter().any(|o| o.id == name) {
                return self.fault(
                    Diagnostic::error(
                        code::TYPE,
                        span,
                        format!("the outcome `{name}` is a condition; expected an amount"),
                    )
                    .with_help(format!("write `if {name} then 1 else 0`")),
                );
            }
        }
        if let Some(index) = situation.parameters.iter().position(|p| p.named && p.id == name) {
            if !self.scope.has_parameters() {
                return self.parameter_out_of_scope(name, span);
            }
            return Some(Expr::new(ExprKind::Parameter(ParameterId::from_index(index)), span));
        }
        self.unknown(name, span)
    }
}

/// The number of named outcomes that stand on each other in an expression.
fn chain(expr: &Expr) -> usize {
    let below = expr.parts().into_iter().map(chain).max().unwrap_or(0);
    below + usize::from(matches!(expr.kind, ExprKind::Outcome(..)))
}
