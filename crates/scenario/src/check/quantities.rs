//! Numbers, ranges and parameters.

use detente_base::{Diagnostic, Exact, Span};

use super::order::{cycles, order};
use super::{Backing, Checker};
use crate::ast::{QuantityItem, QuantityKind, Text};
use crate::codes::meaning as code;
use crate::expr::eval;
use crate::expr::resolve::Scope;
use crate::expr::{Expr, ExprKind};
use crate::situation::{Origin, Parameter, ParameterId, ParameterOrNumber, Quantity};
use crate::suggest::list_names;
use crate::yaml::shortened;

/// Most parts of a definition, with what it uses written out.
pub(crate) const MAX_UNFOLDED: usize = 10_000;

/// Most definitions that stand on each other.
pub(crate) const MAX_CHAIN: usize = 100;

/// What a number is called and what stands behind the entry that holds it.
pub(super) struct NumberRole<'a> {
    /// Such as ``term 3 of the worth of `usa` ``.
    pub what: String,
    /// Claims of the surrounding entry.
    pub inherited: &'a Origin,
    /// Names it may use.
    pub scope: Scope,
}

impl Checker<'_> {
    pub(super) fn check_parameters(&mut self) {
        // Names first, so that one parameter may refer to a later one.
        for item in &self.tree.parameters {
            let origin = self.origin(item.value.span, &item.value.because, item.value.about.as_ref());
            self.situation.parameters.push(Parameter {
                id: item.id.value.clone(),
                named: true,
                value: Quantity::Exact(Exact::ZERO),
                unit: item.value.unit.as_ref().map(|t| t.value.clone()),
                origin,
            });
        }
        for (index, item) in self.tree.parameters.iter().enumerate() {
            let backed = !self.situation.parameters[index].origin.because.is_empty();
            if let Some(quantity) = self.read_quantity(&item.value, Scope::Parameters) {
                if !matches!(quantity, Quantity::Derived(_)) {
                    let what = format!("the parameter `{}`", item.id.value);
                    self.backing.push(Backing { span: item.value.span, what, backed });
                }
                self.situation.parameters[index].value = quantity;
            } else {
                self.broken.push(item.id.value.clone());
            }
        }
        self.check_parameter_cycles();
        self.check_parameter_sizes();
        let intervals = eval::whole_intervals(&self.situation);
        for (index, item) in self.tree.parameters.iter().enumerate() {
            let Quantity::Derived(expr) = &self.situation.parameters[index].value else { continue };
            // What it uses may be what divides.
            let whole = expr.parameters().iter().all(|used| intervals[used.index()].is_some());
            if intervals[index].is_none() && !self.broken.contains(&item.id.value) {
                self.broken.push(item.id.value.clone());
                if whole {
                    self.report(
                        Diagnostic::error(
                            code::DIVISION,
                            item.value.span,
                            format!(
                                "`{}` divides by a number that can be zero; expected a range without zero",
                                item.id.value
                            ),
                        )
                        .with_help("narrow the range of the divisor so that it excludes zero"),
                    );
                }
            }
        }
    }

    /// Reports parameters that, written out, are too large to compute with.
    fn check_parameter_sizes(&mut self) {
        let mentions = |parameter: &Parameter| {
            let mut found = Vec::new();
            if let Quantity::Derived(expr) = &parameter.value {
                expr.walk(&mut |e| {
                    if let ExprKind::Parameter(id) = e.kind {
                        found.push(id.index());
                    }
                });
            }
            found
        };
        let uses: Vec<Vec<usize>> = self.situation.parameters.iter().map(mentions).collect();
        let mut sizes = vec![(1_usize, 1_usize); uses.len()];
        let mut cut = vec![false; uses.len()];
        for index in order(&uses) {
            let Quantity::Derived(expr) = &self.situation.parameters[index].value else { continue };
            let (mut size, mut depth) = (0_usize, 0_usize);
            expr.walk(&mut |_| size += 1);
            for used in &uses[index] {
                size = size.saturating_add(sizes[*used].0);
                depth = depth.max(sizes[*used].1);
            }
            sizes[index] = (size, depth + 1);
            let behind = uses[index].iter().any(|used| cut[*used]);
            if size <= MAX_UNFOLDED && depth < MAX_CHAIN && !behind {
                continue;
            }
            cut[index] = true;
            sizes[index] = (1, 1);
            // Cut here, so that later checks end soon.
            let parameter = &mut self.situation.parameters[index];
            parameter.value = Quantity::Exact(Exact::ONE);
            let (id, span) = (parameter.id.clone(), parameter.origin.span);
            self.broken.push(id.clone());
            if !behind {
                let message =
                    format!("the parameter `{id}` is built on too many others; expected a shorter definition");
                self.report(Diagnostic::error(code::TOO_LARGE, span, message));
            }
        }
    }

    fn check_parameter_cycles(&mut self) {
        let uses: Vec<Vec<usize>> = self
            .situation
            .parameters
            .iter()
            .map(|p| match &p.value {
                Quantity::Derived(e) => e.parameters().into_iter().map(ParameterId::index).collect(),
                _ => Vec::new(),
            })
            .collect();
        for cycle in cycles(&uses) {
            let names: Vec<&str> = cycle.iter().map(|i| self.situation.parameters[*i].id.as_str()).collect();
            let first = cycle[0];
            let mut fault = Diagnostic::error(
                code::CYCLE,
                self.situation.parameters[first].origin.span,
                match names.as_slice() {
                    [one] => format!("the parameter `{one}` is defined by itself; expected a number"),
                    many => format!(
                        "the parameters {} are defined by each other; expected a number for one of them",
                        list_names(many.iter().copied())
                    ),
                },
            );
            for index in &cycle[1..] {
                let parameter = &self.situation.parameters[*index];
                fault = fault.with_place(parameter.origin.span, format!("`{}` is part of the circle", parameter.id));
            }
            self.report(fault);
            for index in cycle {
                self.broken.push(self.situation.parameters[index].id.clone());
                // Cut the circle, so that later checks end.
                self.situation.parameters[index].value = Quantity::Exact(Exact::ONE);
            }
        }
    }

    /// A number, a range, or an expression.
    pub(super) fn read_quantity(&mut self, item: &QuantityItem, scope: Scope) -> Option<Quantity> {
        match &item.kind {
            QuantityKind::Text(text) => {
                if let Some((low, high)) = split_range(text) {
                    let (low, high) = (self.number(&low), self.number(&high));
                    let (low, high) = (low?, high?);
                    let likely = low.midpoint(&high);
                    return self.ordered(item.span, low, likely, high);
                }
                let trimmed = text.value.trim();
                if let Ok(number) = trimmed.parse::<Exact>() {
                    return Some(Quantity::Exact(number));
                }
                if trimmed.is_empty() {
                    self.report(Diagnostic::error(
                        code::BAD_QUANTITY,
                        item.span,
                        "a number is missing; expected one such as `4`, `2/3` or `2..6`",
                    ));
                    return None;
                }
                self.amount(text, scope).map(|e| match e.kind {
                    ExprKind::Number(n) => Quantity::Exact(n),
                    _ => Quantity::Derived(e),
                })
            }
            QuantityKind::Spread { low, likely, high } => {
                let (low, high) = (self.number(low), self.number(high));
                let likely = likely.as_ref().map(|l| self.number(l));
                let (low, high) = (low?, high?);
                let likely = match likely {
                    Some(likely) => likely?,
                    None => low.midpoint(&high),
                };
                self.ordered(item.span, low, likely, high)
            }
        }
    }

    fn ordered(&mut self, span: Span, low: Exact, likely: Exact, high: Exact) -> Option<Quantity> {
        if low > high {
            self.report(
                Diagnostic::error(
                    code::EMPTY_RANGE,
                    span,
                    format!("the range runs from {low} down to {high}; expected the smaller end first"),
                )
                .with_label("contains no number")
                .with_help(format!("write `{high}..{low}`")),
            );
            return None;
        }
        if likely < low || likely > high {
            self.report(Diagnostic::error(
                code::EMPTY_RANGE,
                span,
                format!("the likely value {likely} lies outside {low}..{high}; expected one inside"),
            ));
            return None;
        }
        Some(if low == high { Quantity::Exact(low) } else { Quantity::Range { low, likely, high } })
    }

    pub(super) fn number(&mut self, text: &Text) -> Option<Exact> {
        match text.value.trim().parse::<Exact>() {
            Ok(number) => Some(number),
            Err(fault) => {
                self.report(
                    Diagnostic::error(
                        code::BAD_QUANTITY,
                        text.span,
                        format!("`{}` is not a number; {fault}", shortened(text.value.trim())),
                    )
                    .with_label("not a number"),
                );
                None
            }
        }
    }

    /// A number that stands somewhere in the file, as an expression; an uncertain one
    /// becomes an unnamed parameter.
    pub(super) fn number_expression(&mut self, item: &QuantityItem, role: &NumberRole<'_>) -> Option<Expr> {
        let mut origin = self.origin(item.span, &item.because, item.about.as_ref());
        if origin.because.is_empty() {
            origin.because.clone_from(&role.inherited.because);
        }
        let quantity = self.read_quantity(item, role.scope)?;
        if !matches!(quantity, Quantity::Derived(_)) {
            let backed = !origin.because.is_empty();
            self.backing.push(Backing { span: item.span, what: role.what.clone(), backed });
        }
        Some(match quantity {
            Quantity::Derived(expr) => expr,
            Quantity::Exact(n) => Expr::new(ExprKind::Number(n), item.span),
            range @ Quantity::Range { .. } => {
                let id = ParameterId::from_index(self.situation.parameters.len());
                self.situation.parameters.push(Parameter {
                    id: role.what.clone(),
                    named: false,
                    value: range,
                    unit: item.unit.as_ref().map(|t| t.value.clone()),
                    origin,
                });
                Expr::new(ExprKind::Parameter(id), item.span)
            }
        })
    }

    /// An amount over parameters as a number; one that is computed becomes an unnamed parameter.
    pub(super) fn number_of_expression(&mut self, expr: Expr, what: String, span: Span) -> ParameterOrNumber {
        match expr.kind {
            ExprKind::Number(n) => ParameterOrNumber::Number(n),
            ExprKind::Parameter(id) => ParameterOrNumber::Parameter(id),
            _ => {
                let id = ParameterId::from_index(self.situation.parameters.len());
                self.situation.parameters.push(Parameter {
                    id: what,
                    named: false,
                    value: Quantity::Derived(expr),
                    unit: None,
                    origin: Origin { span, ..Origin::default() },
                });
                ParameterOrNumber::Parameter(id)
            }
        }
    }

    /// A number that stands somewhere in the file, as a number or a parameter.
    pub(super) fn number_or_parameter(
        &mut self,
        item: &QuantityItem,
        role: &NumberRole<'_>,
    ) -> Option<ParameterOrNumber> {
        let expr = self.number_expression(item, role)?;
        Some(self.number_of_expression(expr, role.what.clone(), item.span))
    }

    /// A chance: a number or parameter between 0 and 1.
    pub(super) fn chance(
        &mut self,
        item: &QuantityItem,
        what: String,
        inherited: &Origin,
    ) -> Option<ParameterOrNumber> {
        let role = NumberRole { what: what.clone(), inherited, scope: Scope::Parameters };
        let expr = self.number_expression(item, &role)?;
        let value = self.number_of_expression(expr, what.clone(), item.span);
        let (low, high) = eval::number_bounds(&self.situation, &value)?;
        if low.signum() < 0 || high > Exact::ONE {
            let shown = if low == high { low.to_string() } else { format!("{low}..{high}") };
            self.report(
                Diagnostic::error(
                    code::OUT_OF_RANGE,
                    item.span,
                    format!("{what} is {shown}; expected a number from 0 to 1"),
                )
                .with_label("not a chance"),
            );
            return None;
        }
        Some(value)
    }
}

/// The two ends of `low..high`, or `None` when the text is no range.
pub(super) fn split_range(text: &Text) -> Option<(Text, Text)> {
    let at = text.value.find("..")?;
    let part = |start: usize, end: usize| {
        let raw = &text.value[start..end];
        let start = start + (raw.len() - raw.trim_start().len());
        let value = raw.trim().to_owned();
        let end = start + value.len();
        Text { span: text.sub_span(start, end), value, exact: text.exact }
    };
    Some((part(0, at), part(at + 2, text.value.len())))
}
