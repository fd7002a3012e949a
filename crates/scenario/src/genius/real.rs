//! Issues over real numbers.
//!
//! Their values are evenly spaced numbers between the bounds, both included, as GENIUS takes
//! them when it lists packages. What all numbers between the bounds are worth is a [`Line`].

use detente_base::Exact;
use roxmltree::Node;

use super::read::{Reader, child};
use crate::codes::front::{GENIUS_KIND, GENIUS_SHAPE, GENIUS_VALUE};
use crate::negotiation_files::{DomainIssue, Line};
use crate::yaml::shortened;

impl Reader {
    /// The bounds of an issue over real numbers.
    pub(super) fn real_bounds(&mut self, node: Node<'_, '_>) -> Option<(Exact, Exact)> {
        let place = child(node, "range").unwrap_or(node);
        let (low, high) = (self.number(place, "lowerbound"), self.number(place, "upperbound"));
        let (low, high) = (low?, high?);
        if low >= high {
            let message = format!("the values run from {low} to {high}; expected the least number first");
            self.error(GENIUS_SHAPE, place, message, "write the lower bound first");
            return None;
        }
        Some((low, high))
    }

    /// Evaluations of real numbers: a line cut off at 0 and 1, one number for all, or a
    /// triangle from 0 at its ends to 1 at its top.
    pub(super) fn real(&mut self, issue: &DomainIssue, node: Node<'_, '_>) -> Option<(Vec<Exact>, Option<Line>)> {
        let Some(evaluator) = child(node, "evaluator") else {
            let message = format!("issue {} has no `evaluator`", issue.index);
            self.error(GENIUS_VALUE, node, message, "add one with `ftype`, `parameter0` and so on");
            return None;
        };
        let shape = evaluator.attribute("ftype").unwrap_or("linear");
        let parameters: Vec<Option<Exact>> = match shape {
            "constant" => vec![self.number(evaluator, "parameter0")],
            "linear" => ["parameter0", "parameter1"].map(|name| self.number(evaluator, name)).into(),
            "triangular" => ["parameter0", "parameter1", "parameter2"].map(|name| self.number(evaluator, name)).into(),
            other => {
                let message = format!("issue {} is evaluated by `{}`", issue.index, shortened(other));
                self.error(GENIUS_KIND, evaluator, message, "`linear`, `constant` and `triangular` are read");
                return None;
            }
        };
        let parameters: Vec<Exact> = parameters.into_iter().collect::<Option<_>>()?;
        if let [low, high, top] = &parameters[..]
            && !(low <= top && top <= high && low < high)
        {
            let message = format!("the triangle runs from {low} over {top} to {high}; expected them in order");
            self.error(GENIUS_SHAPE, evaluator, message, "give low, high and top as `parameter0` to `parameter2`");
            return None;
        }
        let numbers = self.numbers(issue, node)?;
        let evaluations = numbers.iter().map(|value| evaluation(&parameters, value)).collect();
        let bounds = issue.sampled.as_ref();
        let line = bounds
            .and_then(|(low, high)| Line::new((low, high), turns(&parameters), |value| evaluation(&parameters, value)));
        Some((evaluations, line))
    }
}

/// The numbers at which an evaluation turns.
fn turns(parameters: &[Exact]) -> Vec<Exact> {
    match parameters {
        [offset, slope] => {
            let where_it_is = |height: Exact| (&height - offset).checked_div(slope);
            [Exact::ZERO, Exact::ONE].into_iter().filter_map(where_it_is).collect()
        }
        [_, _, _] => parameters.to_vec(),
        _ => Vec::new(),
    }
}

/// A constant p₀, a line p₀ + p₁x, or a triangle from p₀ over p₂ to p₁; from 0 to 1.
fn evaluation(parameters: &[Exact], x: &Exact) -> Exact {
    let height = match parameters {
        [low, high, top] => {
            let share = |from: &Exact| (x - from).checked_div(&(top - from)).unwrap_or(Exact::ONE);
            if x < low || x > high {
                Exact::ZERO
            } else if x < top {
                share(low)
            } else {
                share(high)
            }
        }
        [offset, slope] => offset + &(slope * x),
        other => other[0].clone(),
    };
    height.clamp(Exact::ZERO, Exact::ONE)
}
