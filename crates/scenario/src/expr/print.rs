//! Expressions as text that reads back to the same expression.

use std::fmt::Write as _;

use super::{Arithmetic, Expr, ExprKind};
use crate::situation::{IssueKind, Situation, ValueId};

/// How tightly an expression binds; a part that binds less is put in parentheses.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Binding {
    Or,
    And,
    Not,
    Compare,
    Sum,
    Product,
    Atom,
}

/// The expression as text.
pub fn print_expression(situation: &Situation, expr: &Expr) -> String {
    let mut text = String::new();
    write(situation, expr, Binding::Or, &mut text);
    text
}

fn binding(situation: &Situation, expr: &Expr) -> Binding {
    match &expr.kind {
        ExprKind::Or(_) | ExprKind::If(..) => Binding::Or,
        ExprKind::And(_) => Binding::And,
        ExprKind::Not(_) => Binding::Not,
        ExprKind::Compare(..) | ExprKind::Bool(_) => Binding::Compare,
        ExprKind::IssueIn(issue, values) => match situation.issues[issue.index()].kind {
            IssueKind::YesNo if *values == [ValueId(1)] => Binding::Atom,
            IssueKind::YesNo if *values == [ValueId(0)] => Binding::Not,
            _ => Binding::Compare,
        },
        ExprKind::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, ..) => Binding::Sum,
        ExprKind::Arithmetic(..) | ExprKind::Negate(_) => Binding::Product,
        ExprKind::Number(n) if n.signum() < 0 || n.as_integer().is_none() && n.to_string().contains('/') => {
            Binding::Product
        }
        _ => Binding::Atom,
    }
}

fn write(situation: &Situation, expr: &Expr, at_least: Binding, out: &mut String) {
    let open = binding(situation, expr) < at_least;
    if open {
        out.push('(');
    }
    match &expr.kind {
        // The language has no Boolean constants; `1 == 1` reads back as one.
        ExprKind::Bool(value) => out.push_str(if *value { "1 == 1" } else { "1 == 0" }),
        ExprKind::Number(n) => {
            let _ = write!(out, "{n}");
        }
        ExprKind::IssueIn(issue, values) => {
            let issue = &situation.issues[issue.index()];
            let name = |v: &ValueId| print_value(&issue.values[v.index()].id);
            match (issue.kind, values.as_slice()) {
                // Such as `x < v` for the lowest value `v`; a list of no values is not read.
                (_, []) => out.push_str("1 == 0"),
                (IssueKind::YesNo, [ValueId(1)]) => out.push_str(&issue.id),
                (IssueKind::YesNo, [ValueId(0)]) => {
                    let _ = write!(out, "not {}", issue.id);
                }
                (_, [value]) => {
                    let _ = write!(out, "{} == {}", issue.id, name(value));
                }
                _ if values.len() + 1 == issue.values.len() => {
                    let missing = (0..issue.values.len()).map(ValueId::from_index).find(|v| !values.contains(v));
                    let _ = write!(out, "{} != {}", issue.id, missing.as_ref().map(name).unwrap_or_default());
                }
                _ => {
                    let names: Vec<_> = values.iter().map(name).collect();
                    let _ = write!(out, "{} in [{}]", issue.id, names.join(", "));
                }
            }
        }
        ExprKind::IssueNumber(issue) => out.push_str(&situation.issues[issue.index()].id),
        ExprKind::Parameter(id) => {
            let parameter = &situation.parameters[id.index()];
            match &parameter.value {
                // An unnamed number of the file is written as the number itself.
                crate::situation::Quantity::Range { low, high, .. } if !parameter.named => {
                    let _ = write!(out, "{low}..{high}");
                }
                _ => out.push_str(&parameter.id),
            }
        }
        ExprKind::Outcome(id, _) => out.push_str(&situation.outcomes[id.index()].id),
        ExprKind::Not(a) => {
            out.push_str("not ");
            write(situation, a, Binding::Not, out);
        }
        ExprKind::And(parts) => join(situation, parts, " & ", Binding::Not, out),
        ExprKind::Or(parts) => join(situation, parts, " | ", Binding::And, out),
        ExprKind::If(c, a, b) => {
            out.push_str("if ");
            write(situation, c, Binding::Or, out);
            out.push_str(" then ");
            write(situation, a, Binding::Or, out);
            out.push_str(" else ");
            write(situation, b, Binding::Or, out);
        }
        ExprKind::Compare(op, a, b) => {
            write(situation, a, Binding::Sum, out);
            let _ = write!(out, " {} ", op.symbol());
            write(situation, b, Binding::Sum, out);
        }
        ExprKind::Arithmetic(op, a, b) => {
            let (left, right) = match op {
                Arithmetic::Add => (Binding::Sum, Binding::Sum),
                Arithmetic::Subtract => (Binding::Sum, Binding::Product),
                Arithmetic::Multiply => (Binding::Product, Binding::Product),
                Arithmetic::Divide => (Binding::Product, Binding::Atom),
            };
            write(situation, a, left, out);
            let _ = write!(out, " {} ", op.symbol());
            write(situation, b, right, out);
        }
        ExprKind::Negate(a) => {
            out.push('-');
            write(situation, a, Binding::Atom, out);
        }
        ExprKind::Min(parts) => call(situation, "min", parts, out),
        ExprKind::Max(parts) => call(situation, "max", parts, out),
    }
    if open {
        out.push(')');
    }
}

fn join(situation: &Situation, parts: &[Expr], separator: &str, at_least: Binding, out: &mut String) {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            out.push_str(separator);
        }
        write(situation, part, at_least, out);
    }
}

fn call(situation: &Situation, name: &str, parts: &[Expr], out: &mut String) {
    out.push_str(name);
    out.push('(');
    join(situation, parts, ", ", Binding::Or, out);
    out.push(')');
}

/// A value's id as an expression can name it: quoted unless it is a plain word or number.
pub fn print_value(id: &str) -> String {
    let plain = id.chars().all(|c| c == '_' || c.is_alphanumeric())
        && id.starts_with(|c: char| c == '_' || c.is_alphabetic())
        && !super::parse::is_keyword(id);
    if plain || id.parse::<detente_base::Exact>().is_ok() {
        id.to_owned()
    } else if id.contains('"') {
        format!("'{id}'")
    } else {
        format!("\"{id}\"")
    }
}
