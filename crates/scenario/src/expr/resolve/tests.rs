//! What words mean, and which faults a text has.

use detente_base::Span;

use super::{Resolver, Scope};
use crate::ast::Text;
use crate::expr::print::print_expression;
use crate::expr::random::situation;

/// The expression printed, or codes and the text under each fault.
fn resolve(
    text: &str,
    scope: Scope,
    broken: &[&str],
    is_condition: bool,
) -> Result<String, Vec<(&'static str, String)>> {
    let situation = situation();
    let broken: Vec<String> = broken.iter().map(|name| (*name).to_owned()).collect();
    let mut resolver = Resolver::new(&situation, scope, &broken);
    let whole = Text { value: text.to_owned(), span: Span::new(0, text.len()), exact: true };
    let found = if is_condition { resolver.condition(&whole) } else { resolver.amount(&whole) };
    match found {
        Some(expr) => Ok(print_expression(&situation, &expr)),
        None => Err(resolver.faults.iter().map(|d| (d.code.0, text[d.span.start..d.span.end].to_owned())).collect()),
    }
}

#[test]
fn words_mean_issues_values_outcomes_and_parameters() {
    for (text, printed) in [
        ("raid", "raid"),
        ("raid == no", "not raid"),
        ("raid == true", "raid"),
        ("open == road", "road == open"),
        ("road == 2.0", "road == 2"),
        ("road in [open, 2]", "road != watched"),
        ("text < hard", "text in [none, soft]"),
        ("hard > text", "text in [none, soft]"),
        ("text < none", "1 == 0"),
        ("text == in_force", "text == in_force"),
        ("days >= 20", "days in [20, 30]"),
        ("days > 15", "days > 15"),
        ("days / 10 > cost", "days / 10 > cost"),
        ("raid == talks", "not raid & not talks | raid & talks"),
        ("calm and not raid", "calm & not raid"),
        ("if raid then calm else true", "if raid then calm else 1 == 1"),
    ] {
        assert_eq!(resolve(text, Scope::Worth, &[], true), Ok(printed.to_owned()), "{text}");
    }
}

#[test]
fn every_fault_of_an_expression_is_reported() {
    for (text, faults) in [
        ("rade & taks", vec![("S102", "rade"), ("S102", "taks")]),
        ("road & raid == maybe", vec![("S103", "road"), ("S104", "maybe")]),
        ("road < open", vec![("S103", "road < open")]),
        ("raod == opne", vec![("S102", "raod")]),
        ("open == raod", vec![("S102", "open")]),
        ("roda in [open]", vec![("S102", "roda")]),
        ("calm in [open]", vec![("S103", "calm")]),
        ("road in []", vec![("S103", "road in []")]),
        ("road in [opne, shut]", vec![("S104", "opne"), ("S104", "shut")]),
        ("fee", vec![("S103", "fee")]),
        ("1 + raid > 0", vec![("S103", "raid")]),
        ("days / 0 > 1", vec![("S105", "0")]),
        ("mix(1, 2) > 1", vec![("S102", "mix(1, 2)")]),
        ("min() > 1", vec![("S103", "min()")]),
        ("text == road", vec![("S103", "text == road")]),
        ("talsk == raid", vec![("S102", "talsk")]),
    ] {
        let faults = faults.into_iter().map(|(code, under)| (code, under.to_owned())).collect();
        assert_eq!(resolve(text, Scope::Worth, &[], true), Err(faults), "{text}");
    }
}

#[test]
fn names_of_faulty_declarations_are_no_second_fault() {
    for text in ["tower", "tower == open", "tower in [open]", "tower == raid", "raid == tower", "tower + 1 > days"] {
        assert_eq!(resolve(text, Scope::Worth, &["tower"], true), Err(Vec::new()), "{text}");
    }
}

#[test]
fn scopes_bound_what_may_be_named() {
    let out_of_scope = |under: &str| Err(vec![("S103", under.to_owned())]);
    assert_eq!(resolve("cost > 1", Scope::Outcomes, &[], true), out_of_scope("cost"));
    assert_eq!(resolve("days * 2", Scope::Parameters, &[], false), out_of_scope("days"));
    assert_eq!(resolve("-(cost + gain) * 2", Scope::Parameters, &[], false), Ok("-(cost + gain) * 2".to_owned()));
    assert_eq!(resolve("raid", Scope::Worth, &[], false), out_of_scope("raid"));
    assert_eq!(resolve("calm", Scope::Worth, &[], false), out_of_scope("calm"));
}
