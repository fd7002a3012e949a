//! Random expressions over one small situation, for tests.

use detente_base::{Exact, Span};

use super::eval::Interval;
use super::{Arithmetic, Comparison, Expr, ExprKind};
use crate::situation::{IssueId, IssueKind, OutcomeId, ParameterId, Quantity, Situation, ValueId};

/// PCG-32.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let old = self.0;
        self.0 = old.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let shifted = (((old >> 18) ^ old) >> 27) as u32;
        shifted.rotate_right((old >> 59) as u32) as usize % bound
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// Issues of 2, 3, 5 and 4 values of every kind, three parameters and an outcome.
pub(crate) fn situation() -> Situation {
    let text = "detente: 1\ntitle: t\nparties: {a: A, b: B}\n\
        parameters: {fee: 2, cost: -1..3, gain: {low: 1/3, likely: 1, high: 2.5}, both: cost + gain}\n\
        issues:\n  raid: {set_by: a}\n  road: {values: [open, watched, 2], set_by: b}\n  \
        text: {scale: [none, soft, hard, in_force, last], set_by: a}\n  days: {range: 0..30, step: 10, set_by: b}\n  \
        talks: {set_by: b}\n\
        outcomes: {calm: not raid & text < hard}\n";
    let loaded = crate::load("x.yaml", text.as_bytes());
    loaded.situation.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

const COMPARISONS: [Comparison; 6] = [
    Comparison::Equal,
    Comparison::NotEqual,
    Comparison::Less,
    Comparison::LessOrEqual,
    Comparison::Greater,
    Comparison::GreaterOrEqual,
];

pub(crate) struct Generator<'a> {
    pub(crate) situation: &'a Situation,
    pub(crate) random: Random,
}

impl Generator<'_> {
    fn expr(kind: ExprKind) -> Expr {
        Expr::new(kind, Span::default())
    }

    fn issue(&mut self) -> IssueId {
        IssueId::from_index(self.random.below(self.situation.issues.len()))
    }

    fn conditions(&mut self, depth: usize) -> Vec<Expr> {
        (0..2 + self.random.below(2)).map(|_| self.condition(depth)).collect()
    }

    /// A random condition; `depth` bounds its nesting.
    pub(crate) fn condition(&mut self, depth: usize) -> Expr {
        let choice = if depth == 0 { self.random.below(3) } else { self.random.below(9) };
        Self::expr(match choice {
            0 | 1 => {
                let issue = self.issue();
                let size = self.situation.issues[issue.index()].values.len();
                let values = (0..size).filter(|_| self.random.below(2) == 0).map(ValueId::from_index).collect();
                ExprKind::IssueIn(issue, values)
            }
            2 => match self.random.below(4) {
                0 => ExprKind::Bool(self.random.below(2) == 0),
                _ => {
                    let when = self.situation.outcomes[0].when.clone();
                    ExprKind::Outcome(OutcomeId::from_index(0), Box::new(when))
                }
            },
            3 | 4 => ExprKind::Not(Box::new(self.condition(depth - 1))),
            5 => ExprKind::And(self.conditions(depth - 1)),
            6 => ExprKind::Or(self.conditions(depth - 1)),
            7 => ExprKind::If(
                Box::new(self.condition(depth - 1)),
                Box::new(self.condition(depth - 1)),
                Box::new(self.condition(depth - 1)),
            ),
            _ => {
                let op = self.random.pick(&COMPARISONS);
                ExprKind::Compare(op, Box::new(self.amount(depth - 1)), Box::new(self.amount(depth - 1)))
            }
        })
    }

    /// A random amount; `depth` bounds its nesting.
    pub(crate) fn amount(&mut self, depth: usize) -> Expr {
        let choice = if depth == 0 { self.random.below(3) } else { self.random.below(8) };
        Self::expr(match choice {
            0 => ExprKind::Number(Exact::ratio(self.random.below(41) as i64 - 20, 1 + self.random.below(8) as i64)),
            1 => ExprKind::Parameter(ParameterId::from_index(self.random.below(self.situation.parameters.len()))),
            2 => {
                let numeric = self.situation.issues.iter().position(|i| i.kind == IssueKind::Numeric);
                ExprKind::IssueNumber(IssueId::from_index(numeric.expect("the situation has one")))
            }
            3 => ExprKind::Negate(Box::new(self.amount(depth - 1))),
            4 | 5 => {
                let op = self.random.pick(&[
                    Arithmetic::Add,
                    Arithmetic::Subtract,
                    Arithmetic::Multiply,
                    Arithmetic::Divide,
                ]);
                // A literal zero as divisor is refused by the reader.
                let (a, b) = (self.amount(depth - 1), self.amount(depth - 1));
                if op == Arithmetic::Divide && zero(&b) {
                    ExprKind::Arithmetic(Arithmetic::Add, Box::new(a), Box::new(b))
                } else {
                    ExprKind::Arithmetic(op, Box::new(a), Box::new(b))
                }
            }
            6 => {
                let parts = (0..=self.random.below(3)).map(|_| self.amount(depth - 1)).collect();
                if self.random.below(2) == 0 { ExprKind::Min(parts) } else { ExprKind::Max(parts) }
            }
            _ => ExprKind::If(
                Box::new(self.condition(depth - 1)),
                Box::new(self.amount(depth - 1)),
                Box::new(self.amount(depth - 1)),
            ),
        })
    }

    /// A value for each issue.
    pub(crate) fn values(&mut self) -> Vec<ValueId> {
        let sizes: Vec<usize> = self.situation.issues.iter().map(|i| i.values.len()).collect();
        sizes.into_iter().map(|size| ValueId::from_index(self.random.below(size))).collect()
    }

    /// A box of parameters inside their ranges, and a point inside the box.
    pub(crate) fn parameter_box(&mut self) -> (Vec<Interval>, Vec<Interval>) {
        let situation = self.situation;
        let mut chosen = Vec::new();
        for parameter in &situation.parameters {
            chosen.push(match &parameter.value {
                Quantity::Range { low, high, .. } => {
                    let width = high - low;
                    let mut at = || low + &(&width * &Exact::ratio(self.random.below(9) as i64, 8));
                    let (a, b) = (at(), at());
                    let (low, high) = if a <= b { (a, b) } else { (b, a) };
                    let part = Exact::ratio(self.random.below(5) as i64, 4);
                    let inside = &low + &(&(&high - &low) * &part);
                    Some((Interval { low, high }, Interval::point(inside)))
                }
                _ => None,
            });
        }
        let whole = |index: usize| chosen[index].as_ref().map(|(interval, _)| interval.clone());
        let inside = |index: usize| chosen[index].as_ref().map(|(_, point)| point.clone());
        let read = |choose: &dyn Fn(usize) -> Option<Interval>| {
            super::eval::parameter_box(situation, |id, _| choose(id.index())).expect("no divisor among the parameters")
        };
        (read(&whole), read(&inside))
    }
}

/// Whether the reader takes the amount for the number zero.
fn zero(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Number(n) => n.is_zero(),
        ExprKind::Negate(inner) => zero(inner),
        _ => false,
    }
}
