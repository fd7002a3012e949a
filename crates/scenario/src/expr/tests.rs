//! Printing, reading and evaluating agree with each other.

use detente_base::Span;

use super::Expr;
use super::eval::{Point, Truth, amount, truth};
use super::print::print_expression;
use super::random::{Generator, Random, situation};
use super::resolve::{Resolver, Scope};
use crate::ast::Text;
use crate::situation::Situation;

fn read(situation: &Situation, text: &str, is_condition: bool) -> Expr {
    let mut resolver = Resolver::new(situation, Scope::Worth, &[]);
    let whole = Text { value: text.to_owned(), span: Span::new(0, text.len()), exact: true };
    let found = if is_condition { resolver.condition(&whole) } else { resolver.amount(&whole) };
    found.unwrap_or_else(|| panic!("{text}: {:?}", resolver.faults))
}

#[test]
fn printed_expressions_read_back_to_the_same() {
    let situation = situation();
    let mut generator = Generator { situation: &situation, random: Random(11) };
    for round in 0..4000 {
        let is_condition = round % 2 == 0;
        let expr = if is_condition { generator.condition(4) } else { generator.amount(4) };
        let text = print_expression(&situation, &expr);
        let again = read(&situation, &text, is_condition);
        let second = print_expression(&situation, &again);
        let third = print_expression(&situation, &read(&situation, &second, is_condition));
        assert_eq!(second, third, "{text}");
        for _ in 0..8 {
            let (values, (_, point)) = (generator.values(), generator.parameter_box());
            let point = Point::new(&situation, &values, &point);
            if is_condition {
                // A division by zero leaves a condition open, and its short forms do not.
                let (a, b) = (truth(&expr, &point), truth(&again, &point));
                assert!(a == b || a == Truth::Open || b == Truth::Open, "{text} is {a:?}, {second} is {b:?}");
            } else if let (Some(a), Some(b)) = (amount(&expr, &point), amount(&again, &point)) {
                assert_eq!(a, b, "{text} and {second}");
            }
        }
    }
}

#[test]
fn a_box_encloses_its_points() {
    let situation = situation();
    let mut generator = Generator { situation: &situation, random: Random(5) };
    let (mut decided, mut wide) = (0, 0);
    for round in 0..4000 {
        let is_condition = round % 2 == 0;
        let expr = if is_condition { generator.condition(4) } else { generator.amount(4) };
        for _ in 0..4 {
            let (values, (whole, inside)) = (generator.values(), generator.parameter_box());
            let (whole, inside) = (Point::new(&situation, &values, &whole), Point::new(&situation, &values, &inside));
            if is_condition {
                let (a, b) = (truth(&expr, &whole), truth(&expr, &inside));
                assert!(a == Truth::Open || a == b, "{}", print_expression(&situation, &expr));
                decided += usize::from(a != Truth::Open);
            } else if let Some(around) = amount(&expr, &whole) {
                let at = amount(&expr, &inside).expect("no divisor of the box is zero");
                let shown = print_expression(&situation, &expr);
                assert!(around.low <= at.low && at.high <= around.high, "{shown}");
                wide += usize::from(!around.is_point());
            }
        }
    }
    assert!(decided > 1000 && wide > 1000, "{decided} {wide}");
}
