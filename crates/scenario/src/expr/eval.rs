//! Evaluation over intervals: at a point of the parameters, or over a whole box.
//!
//! Amounts are closed intervals and conditions have three truth values, so one
//! evaluator serves both. At a point (every interval a single number) it is exact and
//! no condition is [`Truth::Open`]. Over a box it encloses: an interval may be wider
//! than the set of values taken, and `Open` may be said of a condition that is in
//! fact constant.

use detente_base::Exact;

use super::{Arithmetic, Comparison, Expr, ExprKind};
use crate::situation::{ParameterId, ParameterOrNumber, Quantity, Situation, ValueId};

/// Closed interval of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Smallest.
    pub low: Exact,
    /// Largest; at least `low`.
    pub high: Exact,
}

/// A truth value over a set of parameter values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// True throughout.
    True,
    /// False throughout.
    False,
    /// Not known to be constant.
    Open,
}

impl Truth {
    fn of(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }

    fn negated(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Open => Self::Open,
        }
    }
}

impl Interval {
    /// A single number.
    pub fn point(value: Exact) -> Self {
        Self { low: value.clone(), high: value }
    }

    /// Whether it is a single number.
    pub fn is_point(&self) -> bool {
        self.low == self.high
    }

    fn hull(values: impl IntoIterator<Item = Exact>) -> Self {
        let mut values = values.into_iter();
        let first = values.next().expect("hull of at least one number");
        let (mut low, mut high) = (first.clone(), first);
        for value in values {
            if value < low {
                low = value;
            } else if value > high {
                high = value;
            }
        }
        Self { low, high }
    }
}

/// What names stand for: a value for each issue and an interval for each parameter.
#[derive(Clone, Debug)]
pub struct Point<'a> {
    situation: &'a Situation,
    values: &'a [ValueId],
    parameters: Option<&'a [Interval]>,
}

impl<'a> Point<'a> {
    /// Values of the issues and intervals of all parameters (derived ones included).
    pub fn new(situation: &'a Situation, values: &'a [ValueId], parameters: &'a [Interval]) -> Self {
        Self { situation, values, parameters: Some(parameters) }
    }

    /// Values of the issues, with every parameter over its whole range.
    pub fn unknown_parameters(situation: &'a Situation, values: &'a [ValueId]) -> Self {
        Self { situation, values, parameters: None }
    }

    fn parameter(&self, id: ParameterId) -> Option<Interval> {
        if let Some(parameters) = self.parameters {
            return Some(parameters[id.index()].clone());
        }
        match &self.situation.parameters[id.index()].value {
            Quantity::Exact(n) => Some(Interval::point(n.clone())),
            Quantity::Range { low, high, .. } => Some(Interval { low: low.clone(), high: high.clone() }),
            Quantity::Derived(expr) => amount(expr, self),
        }
    }
}

/// The value of an amount, or `None` where a divisor can be zero.
pub fn amount(expr: &Expr, point: &Point<'_>) -> Option<Interval> {
    Some(match &expr.kind {
        ExprKind::Number(n) => Interval::point(n.clone()),
        ExprKind::Parameter(id) => point.parameter(*id)?,
        ExprKind::IssueNumber(issue) => {
            let value = &point.situation.issues[issue.index()].values[point.values[issue.index()].index()];
            Interval::point(value.number.clone()?)
        }
        ExprKind::Negate(a) => {
            let a = amount(a, point)?;
            Interval { low: -a.high, high: -a.low }
        }
        ExprKind::Arithmetic(op, a, b) => arithmetic(*op, &amount(a, point)?, &amount(b, point)?)?,
        ExprKind::Min(parts) => extreme(parts, point, Ord::min)?,
        ExprKind::Max(parts) => extreme(parts, point, Ord::max)?,
        ExprKind::If(c, a, b) => match truth(c, point) {
            Truth::True => amount(a, point)?,
            Truth::False => amount(b, point)?,
            Truth::Open => {
                let (a, b) = (amount(a, point)?, amount(b, point)?);
                Interval::hull([a.low, a.high, b.low, b.high])
            }
        },
        other => unreachable!("an amount was resolved as the condition {other:?}"),
    })
}

fn extreme(parts: &[Expr], point: &Point<'_>, pick: fn(Exact, Exact) -> Exact) -> Option<Interval> {
    let mut parts = parts.iter().map(|part| amount(part, point));
    let first = parts.next()??;
    parts.try_fold(first, |a, b| {
        let b = b?;
        Some(Interval { low: pick(a.low, b.low), high: pick(a.high, b.high) })
    })
}

fn arithmetic(op: Arithmetic, a: &Interval, b: &Interval) -> Option<Interval> {
    let corners = |f: &dyn Fn(&Exact, &Exact) -> Exact| {
        Interval::hull([f(&a.low, &b.low), f(&a.low, &b.high), f(&a.high, &b.low), f(&a.high, &b.high)])
    };
    Some(match op {
        Arithmetic::Add => Interval { low: &a.low + &b.low, high: &a.high + &b.high },
        Arithmetic::Subtract => Interval { low: &a.low - &b.high, high: &a.high - &b.low },
        Arithmetic::Multiply if a.is_point() && b.is_point() => Interval::point(&a.low * &b.low),
        Arithmetic::Multiply => corners(&|x, y| x * y),
        Arithmetic::Divide if b.low.signum() * b.high.signum() <= 0 => return None,
        Arithmetic::Divide => corners(&|x, y| x / y),
    })
}

/// Whether the truth of a condition can hang on a division by zero. A part that does
/// not count, as `b` where `a` is false in `a & b`, may divide by anything; what a named
/// outcome does is its own matter.
pub fn is_undefined(expr: &Expr, point: &Point<'_>) -> bool {
    let any = |parts: &[Expr], decisive| {
        for part in parts {
            if is_undefined(part, point) {
                return true;
            }
            if truth(part, point) == decisive {
                return false;
            }
        }
        false
    };
    match &expr.kind {
        ExprKind::Not(a) => is_undefined(a, point),
        ExprKind::And(parts) => any(parts, Truth::False),
        ExprKind::Or(parts) => any(parts, Truth::True),
        ExprKind::If(c, a, b) => {
            let truth = truth(c, point);
            is_undefined(c, point)
                || truth != Truth::False && is_undefined(a, point)
                || truth != Truth::True && is_undefined(b, point)
        }
        ExprKind::Compare(_, a, b) => amount(a, point).is_none() || amount(b, point).is_none(),
        _ => false,
    }
}

/// The truth of a condition. A condition with a division by zero in it is `Open`;
/// checked situations have none.
pub fn truth(expr: &Expr, point: &Point<'_>) -> Truth {
    match &expr.kind {
        ExprKind::Bool(b) => Truth::of(*b),
        ExprKind::IssueIn(issue, values) => Truth::of(values.binary_search(&point.values[issue.index()]).is_ok()),
        ExprKind::Outcome(_, inner) => truth(inner, point),
        ExprKind::Not(a) => truth(a, point).negated(),
        ExprKind::And(parts) => all(parts, point, Truth::False),
        ExprKind::Or(parts) => all(parts, point, Truth::True),
        ExprKind::If(c, a, b) => match truth(c, point) {
            Truth::True => truth(a, point),
            Truth::False => truth(b, point),
            Truth::Open => {
                let (a, b) = (truth(a, point), truth(b, point));
                if a == b { a } else { Truth::Open }
            }
        },
        ExprKind::Compare(op, a, b) => match (amount(a, point), amount(b, point)) {
            (Some(a), Some(b)) => compare(*op, &a, &b),
            _ => Truth::Open,
        },
        other => unreachable!("a condition was resolved as the amount {other:?}"),
    }
}

/// Conjunction when `decisive` is `False`, disjunction when it is `True`.
fn all(parts: &[Expr], point: &Point<'_>, decisive: Truth) -> Truth {
    let mut result = decisive.negated();
    for part in parts {
        match truth(part, point) {
            t if t == decisive => return decisive,
            Truth::Open => result = Truth::Open,
            _ => {}
        }
    }
    result
}

fn compare(op: Comparison, a: &Interval, b: &Interval) -> Truth {
    if a.is_point() && b.is_point() {
        return Truth::of(op.accepts(a.low.cmp(&b.low)));
    }
    let (below, above) = (a.high < b.low, a.low > b.high);
    let (at_most, at_least) = (a.high <= b.low, a.low >= b.high);
    let (yes, no) = match op {
        Comparison::Equal => (false, below || above),
        Comparison::NotEqual => (below || above, false),
        Comparison::Less => (below, at_least),
        Comparison::LessOrEqual => (at_most, above),
        Comparison::Greater => (above, at_most),
        Comparison::GreaterOrEqual => (at_least, below),
    };
    match (yes, no) {
        (true, _) => Truth::True,
        (_, true) => Truth::False,
        _ => Truth::Open,
    }
}

/// Intervals of all parameters: each over its range, or at its central value, as
/// `choose` says; derived ones follow. `None` where a divisor can be zero.
pub fn parameter_box(
    situation: &Situation,
    choose: impl Fn(ParameterId, &Quantity) -> Option<Interval>,
) -> Option<Vec<Interval>> {
    intervals(situation, choose).into_iter().collect()
}

/// The same for each parameter by itself.
///
/// Cost: linear in the parameters and their definitions.
fn intervals(
    situation: &Situation,
    choose: impl Fn(ParameterId, &Quantity) -> Option<Interval>,
) -> Vec<Option<Interval>> {
    let count = situation.parameters.len();
    let mut found: Vec<Option<Interval>> = vec![None; count];
    let mut values = vec![Interval::point(Exact::ZERO); count];
    // Derived parameters wait for those they use and form no cycle.
    let mut waiting = vec![0; count];
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (index, parameter) in situation.parameters.iter().enumerate() {
        found[index] = match (choose(ParameterId::from_index(index), &parameter.value), &parameter.value) {
            (Some(interval), _) => Some(interval),
            (None, Quantity::Exact(n)) => Some(Interval::point(n.clone())),
            (None, Quantity::Range { likely, .. }) => Some(Interval::point(likely.clone())),
            (None, Quantity::Derived(expr)) => {
                let used = expr.parameters();
                waiting[index] = used.len();
                used.iter().for_each(|used| users[used.index()].push(index));
                None
            }
        };
    }
    let mut ready: Vec<usize> = (0..count).filter(|index| waiting[*index] == 0).collect();
    let mut settled = 0;
    while let Some(index) = ready.pop() {
        settled += 1;
        if let (None, Quantity::Derived(expr)) = (&found[index], &situation.parameters[index].value)
            && expr.parameters().iter().all(|used| found[used.index()].is_some())
        {
            found[index] = amount(expr, &Point::new(situation, &[], &values));
        }
        if let Some(interval) = &found[index] {
            values[index] = interval.clone();
        }
        for user in &users[index] {
            waiting[*user] -= 1;
            if waiting[*user] == 0 {
                ready.push(*user);
            }
        }
    }
    assert_eq!(settled, count, "derived parameters form a cycle");
    found
}

/// Every parameter over its whole range; `None` for those that can divide by zero.
pub(crate) fn whole_intervals(situation: &Situation) -> Vec<Option<Interval>> {
    intervals(situation, |_, quantity| whole_range(quantity))
}

fn whole_range(quantity: &Quantity) -> Option<Interval> {
    match quantity {
        Quantity::Range { low, high, .. } => Some(Interval { low: low.clone(), high: high.clone() }),
        _ => None,
    }
}

/// Every parameter at its central value.
pub fn central_point(situation: &Situation) -> Option<Vec<Interval>> {
    parameter_box(situation, |_, _| None)
}

/// Every parameter over its whole range.
pub fn whole_box(situation: &Situation) -> Option<Vec<Interval>> {
    parameter_box(situation, |_, quantity| whole_range(quantity))
}

/// The value of a parameter over all ranges, or `None` where it can divide by zero.
pub fn amount_of_parameter(situation: &Situation, id: ParameterId) -> Option<Interval> {
    Point::unknown_parameters(situation, &[]).parameter(id)
}

/// Smallest and largest value of a number over all ranges, or `None` where it can
/// divide by zero.
pub fn number_bounds(situation: &Situation, number: &ParameterOrNumber) -> Option<(Exact, Exact)> {
    match number {
        ParameterOrNumber::Number(n) => Some((n.clone(), n.clone())),
        ParameterOrNumber::Parameter(id) => amount_of_parameter(situation, *id).map(|i| (i.low, i.high)),
    }
}
