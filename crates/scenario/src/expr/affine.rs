//! Amounts as constants plus multiples of parameters.

use std::collections::BTreeMap;

use detente_base::Exact;

use super::eval::{Point, Truth, truth};
use super::{Arithmetic, Expr, ExprKind};
use crate::situation::{ParameterId, Quantity, Situation, ValueId};

/// `constant + Σ coefficient · parameter`, over parameters that are not derived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Affine {
    /// The constant part.
    pub constant: Exact,
    /// Non-zero coefficients.
    pub coefficients: BTreeMap<ParameterId, Exact>,
}

impl Affine {
    /// A constant.
    pub fn constant(value: Exact) -> Self {
        Self { constant: value, coefficients: BTreeMap::new() }
    }

    /// The sum with `factor` times another.
    #[must_use]
    pub fn plus(mut self, factor: &Exact, other: &Self) -> Self {
        self.constant = &self.constant + &(factor * &other.constant);
        for (id, value) in &other.coefficients {
            let sum = self.coefficients.get(id).cloned().unwrap_or_default() + factor * value;
            if sum.is_zero() {
                self.coefficients.remove(id);
            } else {
                self.coefficients.insert(*id, sum);
            }
        }
        self
    }

    /// The product with a number.
    #[must_use]
    pub fn times(&self, factor: &Exact) -> Self {
        Self::default().plus(factor, self)
    }

    /// The value at a point.
    pub fn at(&self, point: &[Exact]) -> Exact {
        self.coefficients.iter().fold(self.constant.clone(), |sum, (id, c)| sum + c * &point[id.index()])
    }
}

/// The amount as an affine form at given values of the issues, or `None` where it is
/// none: a product or quotient of parameters, a `min` or `max` over them, or a
/// condition that turns on them.
pub fn affine(situation: &Situation, expr: &Expr, values: &[ValueId]) -> Option<Affine> {
    Some(match &expr.kind {
        ExprKind::Number(n) => Affine::constant(n.clone()),
        ExprKind::IssueNumber(issue) => {
            let value = &situation.issues[issue.index()].values[values[issue.index()].index()];
            Affine::constant(value.number.clone()?)
        }
        ExprKind::Parameter(id) => match &situation.parameters[id.index()].value {
            Quantity::Exact(n) => Affine::constant(n.clone()),
            Quantity::Range { .. } => {
                Affine { constant: Exact::ZERO, coefficients: BTreeMap::from([(*id, Exact::ONE)]) }
            }
            Quantity::Derived(inner) => affine(situation, inner, values)?,
        },
        ExprKind::Negate(a) => affine(situation, a, values)?.times(&Exact::from(-1)),
        ExprKind::Arithmetic(op, a, b) => {
            let (a, b) = (affine(situation, a, values)?, affine(situation, b, values)?);
            match op {
                Arithmetic::Add => a.plus(&Exact::ONE, &b),
                Arithmetic::Subtract => a.plus(&Exact::from(-1), &b),
                Arithmetic::Multiply if a.coefficients.is_empty() => b.times(&a.constant),
                Arithmetic::Multiply if b.coefficients.is_empty() => a.times(&b.constant),
                Arithmetic::Divide if b.coefficients.is_empty() => {
                    a.times(&Exact::ONE.checked_div(&b.constant)?)
                }
                Arithmetic::Multiply | Arithmetic::Divide => return None,
            }
        }
        ExprKind::If(c, a, b) => match truth(c, &Point::unknown_parameters(situation, values)) {
            Truth::True => affine(situation, a, values)?,
            Truth::False => affine(situation, b, values)?,
            Truth::Open => return None,
        },
        ExprKind::Min(parts) => constants(situation, parts, values)?.into_iter().min().map(Affine::constant)?,
        ExprKind::Max(parts) => constants(situation, parts, values)?.into_iter().max().map(Affine::constant)?,
        _ => return None,
    })
}

fn constants(situation: &Situation, parts: &[Expr], values: &[ValueId]) -> Option<Vec<Exact>> {
    parts
        .iter()
        .map(|part| affine(situation, part, values).and_then(|a| a.coefficients.is_empty().then_some(a.constant)))
        .collect()
}
