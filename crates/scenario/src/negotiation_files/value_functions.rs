//! Value functions of `NegMAS`: what a value of one issue is worth before its weight.

use detente_base::{Exact, Span};

use super::negmas::type_of;
use super::tree::{self, Reader};
use super::{DomainIssue, Line, additive};
use crate::codes::front::{TALKS_KIND, TALKS_OTHER, TALKS_SHAPE};
use crate::yaml::{Node, NodeKind, shortened};

/// Functions that have exact numbers.
const READ: &str = "functions of the kinds `TableFun`, `ConstFun`, `IdentityFun`, `LinearFun`, `AffineFun`, \
                    `QuadraticFun`, `PolynomialFun`, `TriangularFun`, `TrapezoidalFun` and `BiasedFun` are read";

/// A value function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Function {
    /// By value of the issue.
    Table(Vec<Exact>),
    /// a₀ + a₁x + a₂x² + …
    Polynomial(Vec<Exact>),
    /// From `start` to the top by a line, level to `fall`, by a line to `end`; zero outside.
    /// Multiplied by `scale`, with `bias` added.
    Trapezoid { start: Exact, rise: Exact, fall: Exact, end: Exact, bias: Exact, scale: Exact },
    /// Another one, with a number added.
    Biased(Box<Function>, Exact),
}

impl Function {
    /// f(x) = x.
    pub(super) fn identity() -> Self {
        Self::Polynomial(vec![Exact::ZERO, Exact::ONE])
    }

    /// The function at each value of an issue.
    pub(super) fn over(&self, issue: &DomainIssue, place: Span, reader: &mut Reader) -> Option<Vec<Exact>> {
        let each = |at: usize, value: &String| match self.needs_number().then(|| value.parse::<Exact>()) {
            None => Some(self.at(at, &Exact::ZERO)),
            Some(Ok(number)) => Some(self.at(at, &number)),
            Some(Err(_)) => None,
        };
        let found: Option<Vec<Exact>> = issue.values.iter().enumerate().map(|(at, value)| each(at, value)).collect();
        if found.is_none() {
            let message = format!("issue `{}` is judged by its numbers, and has none", shortened(&issue.name));
            reader.error(TALKS_OTHER, place, message, "evaluate each of its values in a `TableFun`");
        }
        found
    }

    /// The function over all real numbers between two bounds, where it is linear between some
    /// of them.
    pub(super) fn line(&self, (low, high): &(Exact, Exact)) -> Option<Line> {
        let turns = self.turns()?;
        Line::new((low, high), turns, |x| self.at(0, x))
    }

    /// The numbers at which it turns; `None` if it has no number between the values of an issue,
    /// or is curved.
    fn turns(&self) -> Option<Vec<Exact>> {
        match self {
            Self::Table(_) => None,
            Self::Polynomial(coefficients) => coefficients.iter().skip(2).all(Exact::is_zero).then(Vec::new),
            Self::Trapezoid { start, rise, fall, end, .. } => {
                Some([start, rise, fall, end].into_iter().cloned().collect())
            }
            Self::Biased(inner, _) => inner.turns(),
        }
    }

    fn needs_number(&self) -> bool {
        match self {
            Self::Table(_) => false,
            Self::Polynomial(coefficients) => coefficients.len() > 1,
            Self::Trapezoid { .. } => true,
            Self::Biased(inner, _) => inner.needs_number(),
        }
    }

    fn at(&self, place: usize, x: &Exact) -> Exact {
        match self {
            Self::Table(table) => table[place].clone(),
            Self::Polynomial(coefficients) => {
                coefficients.iter().rev().fold(Exact::ZERO, |sum, coefficient| &(&sum * x) + coefficient)
            }
            Self::Trapezoid { start, rise, fall, end, bias, scale } => {
                let part = |from: &Exact, to: &Exact| {
                    (x - from)
                        .checked_div(&(to - from))
                        .map_or(Exact::ONE, |share| share.clamp(Exact::ZERO, Exact::ONE))
                };
                let height = if x < start || x > end {
                    Exact::ZERO
                } else if x <= rise {
                    part(start, rise)
                } else if x <= fall {
                    Exact::ONE
                } else {
                    part(end, fall)
                };
                bias + &(scale * &height)
            }
            Self::Biased(inner, bias) => &inner.at(place, x) + bias,
        }
    }
}

/// The value function of an issue; an object or a list without a type is a table.
pub(super) fn function(node: &Node, issue: &DomainIssue, reader: &mut Reader) -> Option<Function> {
    if let NodeKind::Sequence { items, .. } = &node.kind {
        return listed(node, items, issue, reader);
    }
    let Some(named) = type_of(node) else {
        return additive::table(node.get("mapping").unwrap_or(node), issue, reader).map(Function::Table);
    };
    let owner = format!("the value function of issue `{}`", shortened(&issue.name));
    let zero = Exact::ZERO;
    match named {
        "TableFun" => additive::table(reader.required(node, "mapping", &owner)?, issue, reader).map(Function::Table),
        "IdentityFun" => Some(Function::identity()),
        "ConstFun" => Some(Function::Polynomial(vec![reader.number_or(node, "bias", zero)?])),
        "LinearFun" | "AffineFun" => {
            let slope = reader.required(node, "slope", &owner)?;
            let (slope, bias) = (reader.number(slope, "`slope`"), reader.number_or(node, "bias", zero));
            Some(Function::Polynomial(vec![bias?, slope?]))
        }
        "QuadraticFun" => {
            let mut number = |field: &str| reader.number_or(node, field, Exact::ZERO);
            let (bias, first, second) = (number("bias"), number("a1"), number("a2"));
            Some(Function::Polynomial(vec![bias?, first?, second?]))
        }
        "PolynomialFun" => {
            let list = reader.required(node, "coefficients", &owner)?;
            let items = reader.items(list, "`coefficients`")?;
            let rest: Vec<Option<Exact>> = items.iter().map(|item| reader.number(item, "a coefficient")).collect();
            let bias = reader.number_or(node, "bias", zero);
            if rest.len() > MOST_COEFFICIENTS {
                let message = format!("a polynomial has {} coefficients", rest.len());
                let help = format!("at most {MOST_COEFFICIENTS} are read");
                reader.error(TALKS_KIND, list.span, message, &help);
                return None;
            }
            Some(Function::Polynomial(std::iter::once(bias).chain(rest).collect::<Option<_>>()?))
        }
        "TriangularFun" => trapezoid(node, ["start", "middle", "middle", "end"], &owner, reader),
        "TrapezoidalFun" => trapezoid(node, ["start", "rise_end", "fall_start", "end"], &owner, reader),
        "BiasedFun" => {
            let inner = function(reader.required(node, "fun", &owner)?, issue, reader);
            let bias = reader.number_or(node, "bias", zero);
            Some(Function::Biased(Box::new(inner?), bias?))
        }
        other => {
            let message = format!("issue `{}` is judged by a `{}`", shortened(&issue.name), shortened(other));
            reader.error(TALKS_KIND, tree::start(node), message, READ);
            None
        }
    }
}

/// Most coefficients of a polynomial; its powers are exact and grow long.
const MOST_COEFFICIENTS: usize = 8;

/// Evaluations in the order of the values.
fn listed(node: &Node, items: &[Node], issue: &DomainIssue, reader: &mut Reader) -> Option<Function> {
    let name = shortened(&issue.name);
    let found: Vec<Option<Exact>> =
        items.iter().map(|item| reader.number(item, &format!("an evaluation of issue `{name}`"))).collect();
    if found.len() != issue.values.len() {
        let message = format!("issue `{name}` has {} evaluations; expected {}", found.len(), issue.values.len());
        reader.error(TALKS_OTHER, node.span, message, "evaluate every value of the domain");
        return None;
    }
    found.into_iter().collect::<Option<_>>().map(Function::Table)
}

fn trapezoid(node: &Node, fields: [&str; 4], owner: &str, reader: &mut Reader) -> Option<Function> {
    let mut number = |field: &str| {
        let inner = reader.required(node, field, owner)?;
        reader.number(inner, &format!("`{field}`"))
    };
    let [start, rise, fall, end] = fields.map(&mut number);
    let (bias, scale) = (reader.number_or(node, "bias", Exact::ZERO), reader.number_or(node, "scale", Exact::ONE));
    let (start, rise, fall, end) = (start?, rise?, fall?, end?);
    if !(start <= rise && rise <= fall && fall <= end) {
        let message = format!("{owner} turns at {start}, {rise}, {fall} and {end}; expected them in order");
        reader.error(TALKS_SHAPE, tree::start(node), message, "write the least number first");
        return None;
    }
    Some(Function::Trapezoid { start, rise, fall, end, bias: bias?, scale: scale? })
}
