//! Values of issues by the words that name them.

use detente_base::{Diagnostic, Exact, Span};

use crate::codes::meaning as code;
use crate::expr::parse::{Syntax, SyntaxKind};
use crate::situation::{Issue, IssueKind, Value, ValueId};
use crate::suggest::{list_names, nearest};
use crate::yaml::shortened;

/// The text of a tree that may name a value: a word, a quoted word or a number.
pub(super) fn value_text(tree: &Syntax) -> Option<String> {
    match &tree.kind {
        SyntaxKind::Name(name) | SyntaxKind::Quoted(name) => Some(name.clone()),
        SyntaxKind::Number(n) => Some(n.to_string()),
        SyntaxKind::Negate(inner) => match &inner.kind {
            SyntaxKind::Number(n) => Some((-n).to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// The value of an issue that a text names: its id, or its number however written;
/// for yes/no issues also `true` and `false`.
pub fn find_value(issue: &Issue, text: &str) -> Option<ValueId> {
    if let Some(index) = issue.values.iter().position(|v| v.id == text) {
        return Some(ValueId::from_index(index));
    }
    if issue.kind == IssueKind::YesNo {
        return match text {
            "true" | "Yes" | "YES" | "on" => Some(ValueId(1)),
            "false" | "No" | "NO" | "off" => Some(ValueId(0)),
            _ => None,
        };
    }
    let number: Exact = text.parse().ok()?;
    let same = |v: &Value| v.id.parse::<Exact>().is_ok_and(|n| n == number);
    issue.values.iter().position(same).map(ValueId::from_index)
}

/// The fault of a value that an issue does not have.
pub fn unknown_value(issue: &Issue, text: &str, span: Span) -> Diagnostic {
    let mut diagnostic = Diagnostic::error(
        code::UNKNOWN_VALUE,
        span,
        format!("`{}` has no value `{}`; expected one of {}", issue.id, shortened(text), value_names(issue)),
    )
    .with_label("unknown value");
    if let Some(near) = nearest(text, issue.values.iter().map(|v| v.id.as_str())) {
        diagnostic = diagnostic.with_help(format!("did you mean `{near}`?")).with_replacement(near);
    }
    diagnostic
}

/// The values of an issue for a message, shortened when there are many.
pub fn value_names(issue: &Issue) -> String {
    list_names(issue.values.iter().map(|v| v.id.as_str()))
}
