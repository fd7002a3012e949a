//! Amounts as polynomials in the parameters, each parameter at most to the first power.
//!
//! Such a form is affine along every single parameter, and over a box of parameters it
//! takes its smallest and largest value at corners.

use std::collections::BTreeMap;

use detente_base::Exact;

use super::eval::{Point, Truth, truth};
use super::{Arithmetic, Expr, ExprKind};
use crate::situation::{ParameterId, Quantity, Situation, ValueId};

/// `Σ coefficient · Π parameters`, over parameters that are not derived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Multilinear {
    /// Non-zero coefficients by product; the empty product is the constant part. The
    /// parameters of a product ascend, each once.
    pub terms: BTreeMap<Vec<ParameterId>, Exact>,
}

impl Multilinear {
    /// A constant.
    pub fn constant(value: Exact) -> Self {
        Self::default().plus(&value, &Self { terms: BTreeMap::from([(Vec::new(), Exact::ONE)]) })
    }

    /// One parameter.
    pub fn parameter(id: ParameterId) -> Self {
        Self { terms: BTreeMap::from([(vec![id], Exact::ONE)]) }
    }

    /// The number it is, when it has no parameter.
    pub fn as_constant(&self) -> Option<Exact> {
        match self.terms.len() {
            0 => Some(Exact::ZERO),
            1 => self.terms.get(&Vec::new()).cloned(),
            _ => None,
        }
    }

    /// The sum with `factor` times another.
    #[must_use]
    pub fn plus(mut self, factor: &Exact, other: &Self) -> Self {
        for (product, value) in &other.terms {
            let sum = self.terms.get(product).cloned().unwrap_or_default() + factor * value;
            if sum.is_zero() {
                self.terms.remove(product);
            } else {
                self.terms.insert(product.clone(), sum);
            }
        }
        self
    }

    /// The product, or `None` where a parameter would be squared.
    pub fn times(&self, other: &Self) -> Option<Self> {
        let mut result = Self::default();
        for (a, x) in &self.terms {
            for (b, y) in &other.terms {
                if a.iter().any(|id| b.contains(id)) {
                    return None;
                }
                let mut product = [a.as_slice(), b.as_slice()].concat();
                product.sort_unstable();
                result = result.plus(&(x * y), &Self { terms: BTreeMap::from([(product, Exact::ONE)]) });
            }
        }
        Some(result)
    }
}

/// The amount as a multilinear form at given values of the issues, or `None` where it
/// is none: a squared parameter, a quotient by one, a `min` or `max` over parameters,
/// or a condition that turns on them.
pub fn multilinear(situation: &Situation, expr: &Expr, values: &[ValueId]) -> Option<Multilinear> {
    Some(match &expr.kind {
        ExprKind::Number(n) => Multilinear::constant(n.clone()),
        ExprKind::IssueNumber(issue) => {
            let value = &situation.issues[issue.index()].values[values[issue.index()].index()];
            Multilinear::constant(value.number.clone()?)
        }
        ExprKind::Parameter(id) => match &situation.parameters[id.index()].value {
            Quantity::Exact(n) => Multilinear::constant(n.clone()),
            Quantity::Range { .. } => Multilinear::parameter(*id),
            Quantity::Derived(inner) => multilinear(situation, inner, values)?,
        },
        ExprKind::Negate(a) => Multilinear::default().plus(&Exact::from(-1), &multilinear(situation, a, values)?),
        ExprKind::Arithmetic(op, a, b) => {
            let (a, b) = (multilinear(situation, a, values)?, multilinear(situation, b, values)?);
            match op {
                Arithmetic::Add => a.plus(&Exact::ONE, &b),
                Arithmetic::Subtract => a.plus(&Exact::from(-1), &b),
                Arithmetic::Multiply => a.times(&b)?,
                Arithmetic::Divide => Multilinear::default().plus(&Exact::ONE.checked_div(&b.as_constant()?)?, &a),
            }
        }
        ExprKind::If(c, a, b) => match truth(c, &Point::unknown_parameters(situation, values)) {
            Truth::True => multilinear(situation, a, values)?,
            Truth::False => multilinear(situation, b, values)?,
            Truth::Open => return None,
        },
        ExprKind::Min(parts) => constants(situation, parts, values)?.into_iter().min().map(Multilinear::constant)?,
        ExprKind::Max(parts) => constants(situation, parts, values)?.into_iter().max().map(Multilinear::constant)?,
        _ => return None,
    })
}

fn constants(situation: &Situation, parts: &[Expr], values: &[ValueId]) -> Option<Vec<Exact>> {
    parts.iter().map(|part| multilinear(situation, part, values)?.as_constant()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_and_sums_of_parameters() {
        let (x, y) = (Multilinear::parameter(ParameterId(0)), Multilinear::parameter(ParameterId(1)));
        let xy = x.times(&y).expect("different parameters");
        assert_eq!(xy.terms.keys().next(), Some(&vec![ParameterId(0), ParameterId(1)]));
        assert_eq!(xy.times(&x), None, "squares are no multilinear forms");
        assert_eq!(x.clone().plus(&Exact::from(-1), &x).as_constant(), Some(Exact::ZERO));
        assert_eq!(Multilinear::constant(Exact::ONE).plus(&Exact::ONE, &y).as_constant(), None);
    }
}
