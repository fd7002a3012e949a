//! Faults that show only when all outcomes are looked at: a file that reads well and
//! says something else than was meant.

use detente_base::{Diagnostic, Span};
use fixedbitset::FixedBitSet;

use super::nuance_lints::lint_nuances;
use crate::codes::meaning as code;
use crate::columns::Columns;
use crate::expr::Expr;
use crate::expr::eval;
use crate::expr::print::print_expression;
use crate::situation::{
    GameForm, IssueId, Moves, ParameterOrNumber, PreferenceForm, Quantity, SetBy, Situation, ValueId,
};
use crate::space::Space;

/// Most outcomes (before constraints) that the lints enumerate.
///
/// Above it the checks that need them are left out and a note says so.
pub const MAX_OUTCOMES: u64 = 1 << 22;

/// Looks at a situation whose names and types are right.
pub fn lint_situation(situation: &Situation) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    lint_use(situation, &mut found);
    let Some(space) = Space::of(situation).filter(|space| space.size() <= MAX_OUTCOMES) else {
        let span = situation.issues.first().map_or(Span::default(), |i| i.origin.span);
        let combinations = Space::combinations(situation);
        found.push(Diagnostic::note(
            code::NOT_EXAMINED,
            span,
            format!(
                "the issues have {combinations} combinations of values, more than {MAX_OUTCOMES}; checks over all outcomes are left out"
            ),
        ));
        return found;
    };
    let Some(whole) = eval::whole_box(situation) else { return found };
    Lints { situation, space: &space, columns: Columns::new(situation, &space, &whole), found: &mut found }.run();
    found
}

/// The feasible outcomes of a situation whose space is small enough to enumerate.
pub fn feasible_outcomes(situation: &Situation, columns: &Columns<'_>, size: usize) -> FixedBitSet {
    let mut feasible = FixedBitSet::with_capacity(size);
    feasible.insert_range(..);
    for constraint in &situation.constraints {
        feasible.intersect_with(&columns.holds(&constraint.holds));
    }
    feasible
}

struct Lints<'a> {
    situation: &'a Situation,
    space: &'a Space,
    columns: Columns<'a>,
    found: &'a mut Vec<Diagnostic>,
}

/// How a condition is distributed over the feasible outcomes, at any parameters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Occurrence {
    Always,
    Never,
    Sometimes,
}

impl Lints<'_> {
    fn run(&mut self) {
        let size = self.space.size() as usize;
        let feasible = feasible_outcomes(self.situation, &self.columns, size);
        if feasible.is_clear() {
            self.no_feasible_outcome(size);
            return;
        }
        self.status_quo(&feasible);
        self.idle_constraints(size);
        self.values(&feasible);
        self.named_outcomes(&feasible);
        self.moves(&feasible);
        for index in 0..self.situation.parties.len() {
            self.preferences(index, &feasible);
            let found = lint_nuances(self.situation, index, (self.space, &self.columns), &feasible);
            self.found.extend(found);
        }
    }

    fn occurrence(&self, expr: &Expr, feasible: &FixedBitSet) -> Occurrence {
        if feasible.is_subset(&self.columns.holds(expr)) {
            Occurrence::Always
        } else if feasible.is_subset(&self.columns.holds(&expr.clone().negated())) {
            Occurrence::Never
        } else {
            Occurrence::Sometimes
        }
    }

    /// Names a smallest set of constraints, dropping one after another, that already
    /// rules everything out.
    fn no_feasible_outcome(&mut self, size: usize) {
        let sets: Vec<FixedBitSet> = self.situation.constraints.iter().map(|c| self.columns.holds(&c.holds)).collect();
        let mut kept: Vec<usize> = (0..sets.len()).collect();
        let mut at = 0;
        while at < kept.len() {
            let mut rest = FixedBitSet::with_capacity(size);
            rest.insert_range(..);
            for i in kept.iter().filter(|i| **i != kept[at]) {
                rest.intersect_with(&sets[*i]);
            }
            if rest.is_clear() {
                kept.remove(at);
            } else {
                at += 1;
            }
        }
        let constraint = |i: usize| &self.situation.constraints[i];
        let mut fault = match kept.as_slice() {
            [one] => Diagnostic::error(
                code::NO_FEASIBLE_OUTCOME,
                constraint(*one).origin.span,
                "this constraint rules out every outcome; expected at least one",
            ),
            many => {
                let first = many.first().map_or(Span::default(), |i| constraint(*i).origin.span);
                Diagnostic::error(
                    code::NO_FEASIBLE_OUTCOME,
                    first,
                    "these constraints together rule out every outcome; expected at least one",
                )
            }
        }
        .with_help("drop or weaken one of the marked constraints");
        for i in kept.iter().skip(1) {
            fault = fault.with_place(constraint(*i).origin.span, "contradicts the others");
        }
        self.found.push(fault);
    }

    fn status_quo(&mut self, feasible: &FixedBitSet) {
        for (what, assignment) in
            [("status quo", &self.situation.status_quo), ("disagreement", &self.situation.disagreement)]
        {
            let Some(assignment) = assignment else { continue };
            if what == "disagreement" && self.situation.status_quo.as_ref() == Some(assignment) {
                continue;
            }
            let at = self.space.code(&assignment.values) as usize;
            if feasible.contains(at) {
                continue;
            }
            let mut fault = Diagnostic::error(
                code::STATUS_QUO_INFEASIBLE,
                assignment.origin.span,
                format!("the constraints rule out the {what}; expected a feasible outcome"),
            )
            .with_help(format!("change the {what} or the marked constraint"));
            for constraint in &self.situation.constraints {
                if !self.columns.holds(&constraint.holds).contains(at) {
                    fault = fault.with_place(constraint.origin.span, "rules it out");
                }
            }
            self.found.push(fault);
        }
    }

    /// A constraint is idle when dropping it changes nothing: no outcome violates it,
    /// or every outcome that does is ruled out by the constraints before it.
    fn idle_constraints(&mut self, size: usize) {
        let mut before = FixedBitSet::with_capacity(size);
        before.insert_range(..);
        for constraint in &self.situation.constraints {
            let holds = self.columns.holds(&constraint.holds);
            if before.is_subset(&holds) {
                let all = holds.count_ones(..) == size;
                let why = if all {
                    "it is true of every outcome"
                } else {
                    "the constraints before it already rule those outcomes out"
                };
                self.found.push(
                    Diagnostic::warning(
                        code::IDLE_CONSTRAINT,
                        constraint.origin.span,
                        format!("this constraint rules nothing out: {why}"),
                    )
                    .with_label("never bites")
                    .with_help("drop it, or correct the values it names"),
                );
            }
            before.intersect_with(&holds);
        }
    }

    fn values(&mut self, feasible: &FixedBitSet) {
        for (index, issue) in self.situation.issues.iter().enumerate() {
            for (value, v) in issue.values.iter().enumerate() {
                let is = Expr::new(
                    crate::expr::ExprKind::IssueIn(IssueId::from_index(index), vec![ValueId::from_index(value)]),
                    issue.origin.span,
                );
                if self.occurrence(&is, feasible) == Occurrence::Never {
                    self.found.push(
                        Diagnostic::warning(
                            code::IMPOSSIBLE_VALUE,
                            v.span,
                            format!("no feasible outcome has `{} == {}`", issue.id, v.id),
                        )
                        .with_help("drop the value, or correct the constraints that rule it out"),
                    );
                }
            }
        }
    }

    fn named_outcomes(&mut self, feasible: &FixedBitSet) {
        for outcome in &self.situation.outcomes {
            match self.occurrence(&outcome.when, feasible) {
                Occurrence::Never => self.found.push(Diagnostic::warning(
                    code::EMPTY_OUTCOME,
                    outcome.origin.span,
                    format!("the outcome `{}` is impossible: no feasible outcome satisfies it", outcome.id),
                )),
                Occurrence::Always => self.found.push(Diagnostic::warning(
                    code::CONSTANT_STATEMENT,
                    outcome.origin.span,
                    format!("every feasible outcome is `{}`; expected one that tells outcomes apart", outcome.id),
                )),
                Occurrence::Sometimes => {}
            }
        }
    }

    fn moves(&mut self, feasible: &FixedBitSet) {
        for (index, issue) in self.situation.issues.iter().enumerate() {
            let Moves::Rules(rules) = &issue.moves else { continue };
            for rule in rules {
                let mut from = self.columns.holds(&Expr::new(
                    crate::expr::ExprKind::IssueIn(IssueId::from_index(index), rule.from.clone()),
                    rule.origin.span,
                ));
                if let Some(when) = &rule.when {
                    from.intersect_with(&self.columns.holds(when));
                }
                let leads_on = rule.to.iter().any(|to| rule.from.iter().any(|from| from != to));
                if from.is_disjoint(feasible) || !leads_on {
                    self.found.push(
                        Diagnostic::warning(
                            code::IDLE_MOVE,
                            rule.origin.span,
                            format!("this move of `{}` can never be made", issue.id),
                        )
                        .with_label(if leads_on {
                            "no feasible outcome satisfies its condition"
                        } else {
                            "it leads nowhere"
                        }),
                    );
                }
            }
        }
    }

    fn preferences(&mut self, party: usize, feasible: &FixedBitSet) {
        let name = &self.situation.parties[party].id;
        let preferences = &self.situation.preferences[party];
        // Shared statements appear in every type; one report is enough.
        let mut seen: Vec<Span> = Vec::new();
        for variant in &preferences.types {
            match &variant.form {
                PreferenceForm::Priority(statements) => {
                    for statement in statements {
                        if seen.contains(&statement.origin.span) {
                            continue;
                        }
                        seen.push(statement.origin.span);
                        let word = match self.occurrence(&statement.holds, feasible) {
                            Occurrence::Sometimes => continue,
                            Occurrence::Always => "every",
                            Occurrence::Never => "no",
                        };
                        self.found.push(
                            Diagnostic::warning(
                                code::CONSTANT_STATEMENT,
                                statement.origin.span,
                                format!(
                                    "this priority of `{name}` is true in {word} feasible outcome; expected one that tells outcomes apart"
                                ),
                            )
                            .with_help("drop it, or correct the values it names"),
                        );
                    }
                }
                PreferenceForm::Worth(terms) => {
                    for term in terms {
                        let Some(when) = &term.when else { continue };
                        if seen.contains(&term.origin.span) {
                            continue;
                        }
                        seen.push(term.origin.span);
                        if self.occurrence(when, feasible) == Occurrence::Never {
                            self.found.push(
                                Diagnostic::warning(
                                    code::IDLE_TERM,
                                    term.origin.span,
                                    format!(
                                        "this worth of `{name}` never counts: no feasible outcome satisfies `{}`",
                                        print_expression(self.situation, when)
                                    ),
                                )
                                .with_help("drop it, or correct the values it names"),
                            );
                        }
                    }
                }
                PreferenceForm::Ranking(levels) => self.levels(name, levels, feasible),
                PreferenceForm::Indifferent | PreferenceForm::Listed(_) => {}
            }
        }
    }

    fn levels(&mut self, name: &str, levels: &[crate::situation::Level], feasible: &FixedBitSet) {
        let mut open = feasible.clone();
        for level in levels {
            let holds = self.columns.holds(&level.holds);
            if open.is_disjoint(&holds) {
                let possible = !feasible.is_disjoint(&holds);
                self.found.push(
                    Diagnostic::warning(
                        code::SHADOWED_LEVEL,
                        level.origin.span,
                        format!("no outcome reaches this level of the ranking of `{name}`"),
                    )
                    .with_label(if possible {
                        "better levels already have all its outcomes"
                    } else {
                        "no feasible outcome satisfies it"
                    }),
                );
            }
            open.difference_with(&holds);
        }
        if !open.is_clear()
            && let Some(last) = levels.last()
        {
            let example = open.ones().next().expect("not empty");
            let values = self.space.values(example as u64);
            let shown: Vec<String> = (self.situation.issues.iter().zip(&values))
                .map(|(issue, value)| format!("{}: {}", issue.id, issue.values[value.index()].id))
                .collect();
            self.found.push(
                Diagnostic::warning(
                    code::UNRANKED_OUTCOMES,
                    last.origin.span,
                    format!(
                        "the ranking of `{name}` leaves out {} of {} outcomes, which come last together",
                        open.count_ones(..),
                        feasible.count_ones(..)
                    ),
                )
                .with_label(format!("such as {}", shown.join(", ")))
                .with_help("add a level for them, or `otherwise` where they belong"),
            );
        }
    }
}

/// What nothing mentions and who wants nothing.
fn lint_use(situation: &Situation, found: &mut Vec<Diagnostic>) {
    let mut issues = vec![false; situation.issues.len()];
    let mut parameters = vec![false; situation.parameters.len()];
    let mut wants = vec![false; situation.parties.len()];
    let mut listed = false;
    for (party, preferences) in situation.preferences.iter().enumerate() {
        for expr in preferences.nuances.conditions() {
            expr.issues().iter().for_each(|i| issues[i.index()] = true);
        }
        for number in preferences.nuances.numbers() {
            if let ParameterOrNumber::Parameter(p) = number {
                parameters[p.index()] = true;
            }
        }
        for variant in &preferences.types {
            wants[party] |= !matches!(variant.form, PreferenceForm::Indifferent);
            listed |= matches!(variant.form, PreferenceForm::Listed(_));
            for expr in form_expressions(&variant.form) {
                expr.issues().iter().for_each(|i| issues[i.index()] = true);
                expr.parameters().iter().for_each(|p| parameters[p.index()] = true);
            }
            if let Some(crate::situation::Chance::Given(ParameterOrNumber::Parameter(p))) = &variant.chance {
                parameters[p.index()] = true;
            }
        }
    }
    for belief in situation.all_beliefs() {
        for variant in belief.preferences.iter().flat_map(|(_, preferences)| &preferences.types) {
            for expr in form_expressions(&variant.form) {
                expr.parameters().iter().for_each(|p| parameters[p.index()] = true);
            }
        }
        for number in &belief.parameters {
            if let Quantity::Derived(expr) = &number.value {
                expr.parameters().iter().for_each(|p| parameters[p.index()] = true);
            }
        }
    }
    for number in situation.protocols.iter().flat_map(|protocol| &protocol.numbers) {
        if let ParameterOrNumber::Parameter(p) = number.value {
            parameters[p.index()] = true;
        }
    }
    for expr in situation.forms.iter().flat_map(GameForm::expressions) {
        expr.parameters().iter().for_each(|p| parameters[p.index()] = true);
    }
    for reservation in situation.negotiation.iter().flat_map(|talks| &talks.reservations) {
        if let ParameterOrNumber::Parameter(p) = reservation.worth {
            parameters[p.index()] = true;
        }
    }
    for parameter in &situation.parameters {
        if let Quantity::Derived(expr) = &parameter.value {
            expr.parameters().iter().for_each(|p| parameters[p.index()] = true);
        }
    }
    for issue in &situation.issues {
        if let SetBy::Nature(chances) = &issue.set_by {
            for chance in chances.iter().flatten() {
                if let ParameterOrNumber::Parameter(p) = chance {
                    parameters[p.index()] = true;
                }
            }
        }
    }
    for (index, issue) in situation.issues.iter().enumerate() {
        // A listed ranking is over complete outcomes and so mentions every issue.
        if !issues[index] && !listed {
            found.push(
                Diagnostic::warning(
                    code::UNWANTED_ISSUE,
                    issue.origin.span,
                    format!("no preference mentions the issue `{}`", issue.id),
                )
                .with_label("nobody cares")
                .with_help("say in `preferences` who prefers which of its values, or drop it"),
            );
        }
    }
    for (index, parameter) in situation.parameters.iter().enumerate() {
        if parameter.named && !parameters[index] {
            found.push(Diagnostic::warning(
                code::UNUSED_PARAMETER,
                parameter.origin.span,
                format!("nothing uses the parameter `{}`", parameter.id),
            ));
        }
    }
    for (index, party) in situation.parties.iter().enumerate() {
        let id = crate::situation::PartyId::from_index(index);
        let controls = situation.issues.iter().any(|issue| match &issue.set_by {
            SetBy::Party(p) => *p == id,
            SetBy::Each(ps) | SetBy::Jointly(ps) => ps.contains(&id),
            SetBy::Nature(_) => false,
        });
        let bargains = situation.protocols.iter().any(|protocol| protocol.parties.contains(&id))
            || situation.forms.iter().any(|form| form.moves(id));
        if !wants[index] && (controls || !bargains) {
            found.push(if controls {
                Diagnostic::warning(
                    code::INDIFFERENT_PARTY,
                    party.origin.span,
                    format!("`{}` has no preferences and is taken to be indifferent between all outcomes", party.id),
                )
                .with_help(format!("add `{}` to `preferences`", party.id))
            } else {
                Diagnostic::warning(
                    code::IDLE_PARTY,
                    party.origin.span,
                    format!("`{}` controls no issue and wants nothing", party.id),
                )
                .with_label("has no part in the situation")
                .with_help("give it an issue or preferences, or drop it")
            });
        }
    }
}

/// Every expression of a form.
pub fn form_expressions(form: &PreferenceForm) -> Vec<&Expr> {
    match form {
        PreferenceForm::Indifferent | PreferenceForm::Listed(_) => Vec::new(),
        PreferenceForm::Worth(terms) => terms.iter().flat_map(|t| t.when.iter().chain([&t.add])).collect(),
        PreferenceForm::Priority(statements) => statements.iter().map(|s| &s.holds).collect(),
        PreferenceForm::Ranking(levels) => levels.iter().map(|l| &l.holds).collect(),
    }
}
