//! Why a party prefers one outcome to another: the statements that decide it.

use detente_base::Exact;
use detente_scenario::expr::Expr;
use detente_scenario::expr::eval::{Interval, Point, Truth, amount, truth};
use detente_scenario::situation::{ParameterId, PreferenceForm, Quantity, Situation, ValueId, WorthTerm};

use crate::report::{ReasonView, Relation, StatementKind};
use crate::statements::Statements;

/// How one outcome compares with another for a party, and what decides it.
#[derive(Clone, Debug)]
pub struct Compared {
    /// How the first outcome compares with the second.
    pub relation: Relation,
    /// What decides it, most important first.
    pub reasons: Vec<ReasonView>,
    /// For a worth: the first minus the second.
    pub difference: Option<Exact>,
    /// Parameters that the deciding amounts use.
    pub parameters: Vec<ParameterId>,
}

/// Compares two outcomes by a party's preferences at a point of the parameters.
///
/// * worth: every term that counts differently for the two, largest difference first;
/// * priority: the first statement that is true of one of them only;
/// * ranking: the levels of both.
pub fn compare(
    situation: &Situation,
    statements: &Statements<'_>,
    form: &PreferenceForm,
    point: &[Interval],
    (first, second): (&[ValueId], &[ValueId]),
) -> Compared {
    let at = |values| Point::new(situation, values, point);
    let holds = |expr: &Expr, values| truth(expr, &at(values)) == Truth::True;
    match form {
        PreferenceForm::Indifferent => Compared::equal(),
        PreferenceForm::Worth(terms) => worth(situation, statements, terms, &at(first), &at(second)),
        PreferenceForm::Priority(list) => {
            let decisive = list.iter().find(|s| holds(&s.holds, first) != holds(&s.holds, second));
            let Some(statement) = decisive else { return Compared::equal() };
            let in_first = holds(&statement.holds, first);
            Compared {
                relation: if in_first { Relation::Better } else { Relation::Worse },
                reasons: vec![ReasonView {
                    statement: statements.at(statement.origin.span, StatementKind::Priority),
                    difference: None,
                    holds_in_first: Some(in_first),
                }],
                difference: None,
                parameters: Vec::new(),
            }
        }
        PreferenceForm::Ranking(levels) => {
            let level = |values| levels.iter().position(|l| holds(&l.holds, values)).unwrap_or(levels.len());
            let (a, b) = (level(first), level(second));
            let reason = |index: usize, in_first| {
                levels.get(index).map(|l| ReasonView {
                    statement: statements.at(l.origin.span, StatementKind::Ranking),
                    difference: None,
                    holds_in_first: Some(in_first),
                })
            };
            let reasons =
                if a == b { Vec::new() } else { [reason(a, true), reason(b, false)].into_iter().flatten().collect() };
            Compared { relation: relation(b.cmp(&a)), reasons, difference: None, parameters: Vec::new() }
        }
        PreferenceForm::Listed(groups) => {
            let space = detente_scenario::Space::of(situation).expect("a checked situation has a numbered space");
            let place = |values: &[ValueId]| {
                let code = space.code(values);
                groups.iter().position(|g| g.iter().any(|c| u64::from(*c) == code)).unwrap_or(groups.len())
            };
            let (a, b) = (place(first), place(second));
            Compared { relation: relation(b.cmp(&a)), reasons: Vec::new(), difference: None, parameters: Vec::new() }
        }
    }
}

impl Compared {
    fn equal() -> Self {
        Self { relation: Relation::Equal, reasons: Vec::new(), difference: None, parameters: Vec::new() }
    }
}

fn relation(ordering: std::cmp::Ordering) -> Relation {
    match ordering {
        std::cmp::Ordering::Greater => Relation::Better,
        std::cmp::Ordering::Equal => Relation::Equal,
        std::cmp::Ordering::Less => Relation::Worse,
    }
}

fn worth(
    situation: &Situation,
    statements: &Statements<'_>,
    terms: &[WorthTerm],
    first: &Point<'_>,
    second: &Point<'_>,
) -> Compared {
    let counts = |term: &WorthTerm, point: &Point<'_>| {
        if term.when.as_ref().is_some_and(|when| truth(when, point) != Truth::True) {
            return Exact::ZERO;
        }
        amount(&term.add, point).map(|i| i.low).expect("a checked amount is a number at a point")
    };
    let mut reasons = Vec::new();
    let mut parameters = Vec::new();
    let mut total = Exact::ZERO;
    for term in terms {
        let difference = counts(term, first) - counts(term, second);
        if difference.is_zero() {
            continue;
        }
        total = &total + &difference;
        parameters.extend(term.add.parameters());
        reasons.push(ReasonView {
            statement: statements.at(term.origin.span, StatementKind::Worth),
            difference: Some(difference),
            holds_in_first: None,
        });
    }
    let size = |r: &ReasonView| {
        let d = r.difference.clone().unwrap_or_default();
        if d.signum() < 0 { -d } else { d }
    };
    reasons.sort_by_key(|r| std::cmp::Reverse(size(r)));
    // A derived parameter rests on those it is computed from.
    let mut at = 0;
    while at < parameters.len() {
        if let Quantity::Derived(expr) = &situation.parameters[parameters[at].index()].value {
            for more in expr.parameters() {
                if !parameters.contains(&more) {
                    parameters.push(more);
                }
            }
        }
        at += 1;
    }
    parameters.sort_unstable();
    parameters.dedup();
    Compared { relation: relation(total.cmp(&Exact::ZERO)), reasons, difference: Some(total), parameters }
}
