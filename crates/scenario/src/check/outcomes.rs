//! Named outcomes, constraints, status quo and disagreement.

use std::collections::BTreeMap;

use detente_base::Diagnostic;

use super::faults::Kind;
use super::order::{cycles, order};
use super::{Checker, unknown};
use crate::ast::{AssignmentItem, ConstraintRule, DisagreementItem, OutcomeItem, Text};
use crate::codes::meaning as code;
use crate::expr::parse::{Syntax, SyntaxKind, parse_expression};
use crate::expr::resolve::{Scope, find_value};
use crate::expr::{Expr, ExprKind};
use crate::situation::{Assignment, Constraint, ConstraintWording, NamedOutcome, ValueId};
use crate::suggest::{list_names, nearest};

impl Checker<'_> {
    /// Named outcomes may use each other in any order, but not in a circle.
    pub(super) fn check_outcomes(&mut self) {
        let items = &self.tree.outcomes;
        let places: BTreeMap<&str, usize> =
            items.iter().enumerate().rev().map(|(index, item)| (item.id.value.as_str(), index)).collect();
        let used = |item: &OutcomeItem| {
            let mut names = Vec::new();
            if let Ok(tree) = parse_expression(&item.when.value) {
                collect_names(&tree, &mut names);
            }
            names.iter().filter_map(|name| places.get(name.as_str()).copied()).collect()
        };
        let uses: Vec<Vec<usize>> = items.iter().map(used).collect();
        for cycle in cycles(&uses) {
            let names = list_names(cycle.iter().map(|i| items[*i].id.value.as_str()));
            let fact = if cycle.len() == 1 {
                format!("the outcome {names} is defined by itself")
            } else {
                format!("the outcomes {names} are defined by each other")
            };
            let message = format!("{fact}; expected issues and their values");
            let mut fault = Diagnostic::error(code::CYCLE, items[cycle[0]].id.span, message);
            for index in &cycle[1..] {
                let id = &items[*index].id;
                fault = fault.with_place(id.span, format!("`{}` is part of the circle", id.value));
            }
            self.report(fault);
            self.broken.extend(cycle.iter().map(|i| items[*i].id.value.clone()));
        }
        // What stands on a circle is not known; outcomes keep the file's order where
        // they can.
        let settled = order(&uses);
        let mut behind = vec![true; items.len()];
        settled.iter().for_each(|index| behind[*index] = false);
        self.broken
            .extend(items.iter().zip(behind).filter(|(_, behind)| *behind).map(|(item, _)| item.id.value.clone()));
        for index in settled {
            let item = &items[index];
            if places[item.id.value.as_str()] != index {
                continue;
            }
            match self.condition(&item.when, Scope::Outcomes) {
                None => self.broken.push(item.id.value.clone()),
                Some(when) => {
                    let origin = self.origin(item.id.span.to(item.when.span), &[], item.about.as_ref());
                    let name = item.name.as_ref().map_or_else(|| item.id.value.clone(), |n| n.value.clone());
                    self.situation.outcomes.push(NamedOutcome { id: item.id.value.clone(), name, when, origin });
                }
            }
        }
    }

    pub(super) fn check_constraints(&mut self) {
        for item in &self.tree.constraints {
            let origin = self.origin(item.span, &item.because, item.about.as_ref());
            let (holds, wording) = match &item.rule {
                ConstraintRule::Never(text) => {
                    let Some(e) = self.condition(text, Scope::Outcomes) else { continue };
                    (e.clone().negated(), ConstraintWording::Never(e))
                }
                ConstraintRule::Always(text) => {
                    let Some(e) = self.condition(text, Scope::Outcomes) else { continue };
                    (e.clone(), ConstraintWording::Always(e))
                }
                ConstraintRule::IfThen(a, b) => {
                    let (a, b) = (self.condition(a, Scope::Outcomes), self.condition(b, Scope::Outcomes));
                    let (Some(a), Some(b)) = (a, b) else { continue };
                    let holds = Expr::new(ExprKind::Or(vec![a.clone().negated(), b.clone()]), item.span);
                    (holds, ConstraintWording::IfThen(a, b))
                }
            };
            self.situation.constraints.push(Constraint { holds, wording, origin });
        }
    }

    pub(super) fn check_status_quo(&mut self) {
        if let Some(item) = &self.tree.status_quo {
            self.situation.status_quo = self.assignment(item, "status quo");
        }
        match &self.tree.disagreement {
            None => {}
            Some(DisagreementItem::StatusQuo(word)) => {
                if self.tree.status_quo.is_none() {
                    self.report(Diagnostic::error(
                        code::MISSING_VALUE,
                        word.span,
                        "the disagreement is the status quo, which the file does not give; expected `status_quo`",
                    ));
                }
                self.situation.disagreement.clone_from(&self.situation.status_quo);
            }
            Some(DisagreementItem::Outcome(item)) => {
                self.situation.disagreement = self.assignment(item, "disagreement");
            }
        }
    }

    fn assignment(&mut self, item: &AssignmentItem, what: &str) -> Option<Assignment> {
        let origin = self.origin(item.span, &item.because, None);
        let mut values: Vec<Option<ValueId>> = vec![None; self.situation.issues.len()];
        let mut whole = true;
        let mut strangers: Vec<&str> = Vec::new();
        for (issue, value) in &item.entries {
            let Some(id) = self.situation.issue(&issue.value) else {
                whole = false;
                if !self.broken.contains(&issue.value) && !self.tree.lost.has("issues") {
                    strangers.push(&issue.value);
                    self.unknown_issue(issue);
                }
                continue;
            };
            let Some(value) = value else {
                whole = false;
                continue;
            };
            match find_value(&self.situation.issues[id.index()], &value.value) {
                Some(value) => values[id.index()] = Some(value),
                None => {
                    whole = false;
                    self.unknown_value(id, value);
                }
            }
        }
        if item.complete {
            self.missing_values(item, what, &strangers);
        }
        let values: Option<Vec<ValueId>> = values.into_iter().collect();
        values.filter(|_| whole).map(|values| Assignment { values, origin })
    }
}

impl Checker<'_> {
    pub(super) fn unknown_issue(&mut self, issue: &Text) {
        let known: Vec<&str> = self.situation.issues.iter().map(|i| i.id.as_str()).collect();
        let fault = unknown(code::UNKNOWN_ISSUE, "issue", issue, known);
        self.faults.push_unknown(Kind::Name, issue.value.clone(), fault);
    }

    /// Reports issues without a value, except those that an unknown name may stand for.
    fn missing_values(&mut self, item: &AssignmentItem, what: &str, strangers: &[&str]) {
        let named = |id: &str| item.entries.iter().any(|(issue, _)| issue.value == id);
        let mut missing: Vec<&str> =
            (self.situation.issues.iter()).map(|issue| issue.id.as_str()).filter(|id| !named(id)).collect();
        let mut unmatched = 0;
        for name in strangers {
            match nearest(name, missing.iter().copied()) {
                Some(near) => missing.retain(|id| *id != near),
                None => unmatched += 1,
            }
        }
        if missing.len() <= unmatched {
            return;
        }
        let first = self.situation.issues.iter().find(|i| i.id == missing[0]);
        let example = first.map_or("", |issue| issue.values[0].id.as_str());
        let fault = Diagnostic::error(
            code::MISSING_VALUE,
            item.span,
            format!(
                "the {what} gives no value for {}; expected one, such as `{}: {example}`",
                list_names(missing.iter().copied()),
                missing[0]
            ),
        );
        self.report(fault);
    }
}

fn collect_names(tree: &Syntax, names: &mut Vec<String>) {
    match &tree.kind {
        SyntaxKind::Name(name) => names.push(name.clone()),
        SyntaxKind::Quoted(_) | SyntaxKind::Number(_) => {}
        SyntaxKind::Not(a) | SyntaxKind::Negate(a) => collect_names(a, names),
        SyntaxKind::And(a, b) | SyntaxKind::Or(a, b) => {
            collect_names(a, names);
            collect_names(b, names);
        }
        // A bare word beside a comparison is an issue, a value or a number, never an outcome.
        SyntaxKind::Compare(_, a, b) | SyntaxKind::Arithmetic(_, a, b) => {
            for part in [a, b].into_iter().filter(|part| !matches!(part.kind, SyntaxKind::Name(_))) {
                collect_names(part, names);
            }
        }
        SyntaxKind::In(..) => {}
        SyntaxKind::If(c, a, b) => {
            for part in [c, a, b] {
                collect_names(part, names);
            }
        }
        SyntaxKind::Call(_, arguments) => {
            for part in arguments {
                collect_names(part, names);
            }
        }
    }
}
