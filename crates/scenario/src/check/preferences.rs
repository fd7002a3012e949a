//! Preferences: worth, priority lists, rankings, and private types.

use detente_base::{Diagnostic, Exact, Span};

use super::Checker;
use super::quantities::NumberRole;
use crate::ast::{ConditionItem, FormItem, FormKind, LevelItem, PreferenceItem, TermItem, Text, TypeItem};
use crate::codes::meaning as code;
use crate::columns::Columns;
use crate::expr::eval;
use crate::expr::resolve::Scope;
use crate::expr::{Expr, ExprKind};
use crate::situation::{
    Chance, IssueId, Level, Nuances, Origin, ParameterOrNumber, PartyType, PreferenceForm, Preferences, Statement,
    WorthTerm,
};
use crate::space::Space;

/// Most combinations of values over which a term is searched for a division by zero.
const MAX_COMBINATIONS: u64 = 1 << 20;

impl Checker<'_> {
    pub(super) fn check_preferences(&mut self) {
        let indifferent = || Preferences {
            types: vec![PartyType {
                id: None,
                name: String::new(),
                chance: None,
                form: PreferenceForm::Indifferent,
                origin: Origin::default(),
            }],
            nuances: Nuances::default(),
            origin: Origin::default(),
        };
        self.situation.preferences = self.situation.parties.iter().map(|_| indifferent()).collect();
        for item in &self.tree.preferences {
            let origin = self.origin(item.party.span, &item.because, item.about.as_ref());
            let types = self.party_types(item, &origin);
            let nuances = self.nuances(item, &origin);
            if let Some(party) = self.party(&item.party) {
                self.situation.preferences[party.index()] = Preferences { types, nuances, origin };
            }
        }
    }

    pub(super) fn party_types(&mut self, item: &PreferenceItem, origin: &Origin) -> Vec<PartyType> {
        let party = &item.party.value;
        let shared = item.form.as_ref().map(|form| self.form(form, &format!("`{party}`"), origin));
        if item.types.is_empty() {
            let form = shared.unwrap_or(PreferenceForm::Indifferent);
            return vec![PartyType { id: None, name: String::new(), chance: None, form, origin: origin.clone() }];
        }
        let mut types = Vec::new();
        for item in &item.types {
            types.push(self.party_type(item, party, shared.as_ref(), origin));
        }
        self.type_chances(item, &mut types);
        types
    }

    fn party_type(
        &mut self,
        item: &TypeItem,
        party: &str,
        shared: Option<&PreferenceForm>,
        inherited: &Origin,
    ) -> PartyType {
        let mut origin = self.origin(item.id.span, &item.because, item.about.as_ref());
        if origin.because.is_empty() {
            origin.because.clone_from(&inherited.because);
        }
        let own =
            item.form.as_ref().map(|form| self.form(form, &format!("type `{}` of `{party}`", item.id.value), &origin));
        let keyword = item.form.as_ref().map_or(item.id.span, |f| f.keyword);
        let form = match (own, shared) {
            (None, None) => PreferenceForm::Indifferent,
            (Some(form), None) => form,
            (None, Some(form)) => form.clone(),
            (Some(PreferenceForm::Worth(own)), Some(PreferenceForm::Worth(shared))) => {
                PreferenceForm::Worth(shared.iter().cloned().chain(own).collect())
            }
            (Some(PreferenceForm::Priority(own)), Some(PreferenceForm::Priority(shared))) => {
                PreferenceForm::Priority(own.into_iter().chain(shared.iter().cloned()).collect())
            }
            (Some(own), Some(_)) => {
                self.report(
                    Diagnostic::error(
                        code::MIXED_FORMS,
                        keyword,
                        format!("the type `{}` has preferences of its own that do not combine with those it shares; expected both as `worth` or both as `priority`", item.id.value),
                    )
                    .with_help("drop the shared preferences, or write both in the same form"),
                );
                own
            }
        };
        let chance = item.chance.as_ref().and_then(|quantity| {
            let what = format!("the chance of type `{}` of `{party}`", item.id.value);
            self.chance(quantity, what, &origin).map(Chance::Given)
        });
        let name = item.name.as_ref().map_or_else(|| item.id.value.clone(), |n| n.value.clone());
        PartyType { id: Some(item.id.value.clone()), name, chance, form, origin }
    }

    /// Chances of types: all given, or all but one, which has the rest.
    fn type_chances(&mut self, item: &PreferenceItem, types: &mut [PartyType]) {
        let without: Vec<usize> = (0..types.len()).filter(|i| item.types[*i].chance.is_none()).collect();
        if without.len() == types.len() {
            return;
        }
        // A chance that is faulty has been reported; the sum says nothing then.
        let faulty =
            |(t, i): (&PartyType, &TypeItem)| t.chance.is_none() && (i.chance.is_some() || i.lost.has("chance"));
        if types.iter().zip(&item.types).any(faulty) {
            return;
        }
        let given: Vec<ParameterOrNumber> = types
            .iter()
            .filter_map(|t| match &t.chance {
                Some(Chance::Given(chance)) => Some(chance.clone()),
                _ => None,
            })
            .collect();
        self.check_chance_sum(item.span, &format!("types of `{}`", item.party.value), &given, without.len());
        if let [rest] = without.as_slice() {
            types[*rest].chance = Some(Chance::Rest);
        }
    }

    /// Reports chances that cannot add up to one.
    pub(super) fn check_chance_sum(&mut self, span: Span, what: &str, given: &[ParameterOrNumber], rest: usize) {
        let bounds: Option<Vec<_>> = given.iter().map(|g| eval::number_bounds(&self.situation, g)).collect();
        let Some(bounds) = bounds else { return };
        let low: Exact = bounds.iter().map(|b| b.0.clone()).sum();
        let high: Exact = bounds.iter().map(|b| b.1.clone()).sum();
        let shown = if low == high { low.to_string() } else { format!("{low}..{high}") };
        let fault = match rest {
            0 if low > Exact::ONE || high < Exact::ONE => Diagnostic::error(
                code::BAD_CHANCE,
                span,
                format!("the chances of the {what} add up to {shown}; expected 1"),
            )
            .with_help("leave one chance out to give it the rest"),
            0 if low != high => Diagnostic::error(
                code::BAD_CHANCE,
                span,
                format!("the chances of the {what} add up to {shown}; expected 1 throughout"),
            )
            .with_help("leave one chance out to give it the rest"),
            0 => return,
            1 if high > Exact::ONE => Diagnostic::error(
                code::BAD_CHANCE,
                span,
                format!("the chances of the {what} add up to {shown}, which leaves nothing for the last one"),
            )
            .with_help("lower a chance"),
            1 => return,
            many => Diagnostic::error(
                code::BAD_CHANCE,
                span,
                format!("{many} of the {what} have no chance while others have; expected at most one without"),
            )
            .with_help("give all but one a chance, or none"),
        };
        self.report(fault);
    }

    fn form(&mut self, form: &FormItem, whose: &str, inherited: &Origin) -> PreferenceForm {
        match &form.kind {
            FormKind::Worth(terms) => PreferenceForm::Worth(
                terms.iter().enumerate().filter_map(|(i, t)| self.term(t, i, whose, inherited)).collect(),
            ),
            FormKind::Priority(items) => {
                PreferenceForm::Priority(items.iter().filter_map(|item| self.statement(item, inherited)).collect())
            }
            FormKind::Ranking(levels) => self.levels(levels, inherited),
            FormKind::Comparisons(items) => self.comparisons(form.keyword, items, inherited),
        }
    }

    pub(super) fn entry_origin(
        &mut self,
        span: Span,
        because: &[Text],
        about: Option<&Text>,
        inherited: &Origin,
    ) -> Origin {
        let mut origin = self.origin(span, because, about);
        if origin.because.is_empty() {
            origin.because.clone_from(&inherited.because);
        }
        origin
    }

    fn term(&mut self, item: &TermItem, index: usize, whose: &str, inherited: &Origin) -> Option<WorthTerm> {
        let mut origin = self.entry_origin(item.span, &item.because, item.about.as_ref(), inherited);
        let when = item.when.as_ref().map(|text| self.condition(text, Scope::Worth));
        let role = NumberRole {
            what: format!("term {} of the worth of {whose}", index + 1),
            inherited: &origin,
            scope: Scope::Worth,
        };
        let add = self.number_expression(&item.add, &role)?;
        for claim in self.claims(&item.add.because) {
            if !origin.because.contains(&claim) {
                origin.because.push(claim);
            }
        }
        let when = match when {
            None => None,
            Some(expr) => Some(expr?),
        };
        self.check_division(&add, item.add.span, "amount", |add, point| eval::amount(add, point).is_none());
        Some(WorthTerm { when, add, origin })
    }

    /// Reports an expression that divides by zero for some outcome or parameter value.
    pub(super) fn check_division(
        &mut self,
        add: &Expr,
        span: Span,
        what: &str,
        at_fault: fn(&Expr, &eval::Point<'_>) -> bool,
    ) {
        if !add.divides() {
            return;
        }
        let space = Space::for_tables(&self.situation);
        let issues = add.issues();
        let size = |issue: &IssueId| u64::from(space.sizes()[issue.index()]);
        let combinations = issues.iter().map(size).fold(1, u64::saturating_mul);
        if combinations > MAX_COMBINATIONS {
            let message = format!(
                "the {what} divides, and depends on more than {MAX_COMBINATIONS} combinations of values; expected fewer, so that each divisor can be looked at"
            );
            let fault = Diagnostic::error(code::DIVISION, span, message);
            self.report(fault.with_help("split it into terms with fewer issues, or give ranges a larger `step`"));
            return;
        }
        let Some(whole) = eval::whole_box(&self.situation) else { return };
        let columns = Columns::over_tables(&self.situation, &space, &whole);
        if columns.table(&issues, |point| at_fault(add, point)).entries.contains(&true) {
            self.report(
                Diagnostic::error(
                    code::DIVISION,
                    span,
                    format!("the {what} divides by a number that can be zero; expected a divisor other than zero"),
                )
                .with_help("guard it with `if … then … else`, or exclude zero from the divisor"),
            );
        }
    }

    fn statement(&mut self, item: &ConditionItem, inherited: &Origin) -> Option<Statement> {
        let origin = self.entry_origin(item.span, &item.because, item.about.as_ref(), inherited);
        let holds = self.condition(&item.when, Scope::Outcomes)?;
        Some(Statement { holds, origin })
    }

    fn levels(&mut self, items: &[LevelItem], inherited: &Origin) -> PreferenceForm {
        let mut levels = Vec::new();
        for item in items {
            let origin = self.entry_origin(item.span, &item.because, item.about.as_ref(), inherited);
            let parts: Vec<Option<Expr>> = item.any_of.iter().map(|text| self.level_condition(text)).collect();
            let parts: Vec<Expr> = parts.into_iter().flatten().collect();
            if let Some(holds) = any_of(parts, item.span) {
                levels.push(Level { holds, origin });
            }
        }
        // Whatever no other level matches belongs where `otherwise` stands.
        resolve_otherwise(&mut levels);
        PreferenceForm::Ranking(levels)
    }

    pub(super) fn level_condition(&mut self, text: &Text) -> Option<Expr> {
        if text.value.trim() == "otherwise" {
            return Some(Expr::new(ExprKind::Bool(true), text.span));
        }
        self.condition(text, Scope::Outcomes)
    }
}

pub(super) fn any_of(mut parts: Vec<Expr>, span: Span) -> Option<Expr> {
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(Expr::new(ExprKind::Or(parts), span)),
    }
}

/// Replaces `otherwise` by "none of the other levels", wherever it stands in the list.
pub(super) fn resolve_otherwise(levels: &mut [Level]) {
    let is_otherwise = |level: &Level| matches!(level.holds.kind, ExprKind::Bool(true));
    let others: Vec<Expr> = levels.iter().filter(|l| !is_otherwise(l)).map(|l| l.holds.clone()).collect();
    for level in levels.iter_mut().filter(|l| is_otherwise(l)) {
        if let Some(any) = any_of(others.clone(), level.holds.span) {
            level.holds = any.negated();
        }
    }
}
