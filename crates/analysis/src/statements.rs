//! The statements of a file, and how many verdicts rest on each.

use std::collections::BTreeMap;

use detente_base::{SourceText, Span};
use detente_scenario::expr::print::print_expression;
use detente_scenario::situation::{
    ClaimId, ConstraintWording, IssueId, Moves, Origin, ParameterId, PreferenceForm, Quantity, SetBy, Situation,
    SourceId,
};

use crate::report::{ClaimView, StatementIndex, StatementKind, StatementView};

/// Every statement that an answer can rest on, in file order.
#[derive(Debug)]
pub struct Statements<'a> {
    situation: &'a Situation,
    views: Vec<StatementView>,
    by_place: BTreeMap<(Span, StatementKind), StatementIndex>,
}

impl<'a> Statements<'a> {
    /// Collects the statements of a situation.
    pub fn new(situation: &'a Situation, source: &SourceText) -> Self {
        let mut collected = Collector { situation, source, found: Vec::new() };
        collected.collect();
        let mut views = collected.found;
        views.sort_by_key(|v| (v.start, v.end, v.kind));
        views.dedup_by_key(|v| (v.start, v.end, v.kind));
        let by_place = views.iter().enumerate().map(|(i, v)| ((Span::new(v.start, v.end), v.kind), i)).collect();
        Self { situation, views, by_place }
    }

    /// The statement at a place.
    ///
    /// # Panics
    /// If the situation has no such statement: every part of it was collected.
    pub fn at(&self, span: Span, kind: StatementKind) -> StatementIndex {
        *self.by_place.get(&(span, kind)).unwrap_or_else(|| panic!("no {kind:?} statement was collected at {span:?}"))
    }

    /// The statement that says how an issue moves.
    pub fn of_issue(&self, issue: IssueId) -> StatementIndex {
        self.at(self.situation.issues[issue.index()].origin.span, StatementKind::Move)
    }

    /// Counts a verdict for each of the statements, and for the parameters they use.
    pub fn count(&mut self, used: impl IntoIterator<Item = StatementIndex>) {
        let mut used: Vec<StatementIndex> = used.into_iter().collect();
        used.sort_unstable();
        used.dedup();
        for index in used {
            self.views[index].verdicts += 1;
        }
    }

    /// The statement of a parameter.
    pub fn of_parameter(&self, id: ParameterId) -> StatementIndex {
        self.at(self.situation.parameters[id.index()].origin.span, StatementKind::Parameter)
    }

    /// Keeps the statements that something rests on and those in `keep`; yields them
    /// with the new index of each old one.
    pub fn finish(self, keep: &[StatementIndex]) -> (Vec<StatementView>, Vec<Option<StatementIndex>>) {
        let mut renumbered = Vec::with_capacity(self.views.len());
        let mut kept = Vec::new();
        for (index, view) in self.views.into_iter().enumerate() {
            if view.verdicts > 0 || keep.contains(&index) {
                renumbered.push(Some(kept.len()));
                kept.push(view);
            } else {
                renumbered.push(None);
            }
        }
        (kept, renumbered)
    }
}

struct Collector<'a> {
    situation: &'a Situation,
    source: &'a SourceText,
    found: Vec<StatementView>,
}

impl Collector<'_> {
    fn add(
        &mut self,
        kind: StatementKind,
        party: Option<usize>,
        type_id: Option<&String>,
        text: String,
        origin: &Origin,
    ) {
        let (line, column) = self.source.position(origin.span.start);
        self.found.push(StatementView {
            kind,
            party: party.map(|p| self.situation.parties[p].id.clone()),
            type_id: type_id.cloned(),
            text,
            about: origin.about.clone(),
            start: origin.span.start,
            end: origin.span.end,
            line,
            column,
            claims: origin.because.iter().map(|id| claim_view(self.situation, *id)).collect(),
            verdicts: 0,
        });
    }

    fn collect(&mut self) {
        let situation = self.situation;
        if let Some(assignment) = &situation.status_quo {
            let values: Vec<String> = situation
                .issues
                .iter()
                .zip(&assignment.values)
                .map(|(issue, value)| format!("{}: {}", issue.id, issue.values[value.index()].id))
                .collect();
            self.add(StatementKind::StatusQuo, None, None, values.join(", "), &assignment.origin);
        }
        for parameter in &situation.parameters {
            let text = match &parameter.value {
                Quantity::Exact(n) => format!("{} = {n}", parameter.id),
                Quantity::Range { low, likely, high } => format!("{} = {low}..{high}, likely {likely}", parameter.id),
                Quantity::Derived(expr) => format!("{} = {}", parameter.id, print_expression(situation, expr)),
            };
            self.add(StatementKind::Parameter, None, None, text, &parameter.origin);
        }
        for constraint in &situation.constraints {
            let text = constraint_text(situation, &constraint.wording);
            self.add(StatementKind::Constraint, None, None, text, &constraint.origin);
        }
        for issue in &situation.issues {
            let text = format!("{} {}", issue.id, movement(situation, &issue.set_by, &issue.moves));
            self.add(StatementKind::Move, None, None, text, &issue.origin);
        }
        for (party, preferences) in situation.preferences.iter().enumerate() {
            for variant in &preferences.types {
                self.collect_form(party, variant.id.as_ref(), &variant.form, &variant.origin);
            }
        }
    }

    fn collect_form(&mut self, party: usize, type_id: Option<&String>, form: &PreferenceForm, origin: &Origin) {
        let situation = self.situation;
        let shared = |span: Span| {
            let types = &situation.preferences[party].types;
            types.len() > 1 && types.iter().all(|t| spans(&t.form).contains(&span))
        };
        let type_of = |span: Span| type_id.filter(|_| !shared(span));
        match form {
            PreferenceForm::Indifferent => {}
            PreferenceForm::Worth(terms) => {
                for term in terms {
                    let add = print_expression(situation, &term.add);
                    let text = match &term.when {
                        Some(when) => format!("{add} when {}", print_expression(situation, when)),
                        None => add,
                    };
                    self.add(StatementKind::Worth, Some(party), type_of(term.origin.span), text, &term.origin);
                }
            }
            PreferenceForm::Priority(statements) => {
                for (place, statement) in statements.iter().enumerate() {
                    let text = format!("priority {}: {}", place + 1, print_expression(situation, &statement.holds));
                    self.add(
                        StatementKind::Priority,
                        Some(party),
                        type_of(statement.origin.span),
                        text,
                        &statement.origin,
                    );
                }
            }
            PreferenceForm::Ranking(levels) => {
                for (place, level) in levels.iter().enumerate() {
                    let text = format!("level {}: {}", place + 1, print_expression(situation, &level.holds));
                    self.add(StatementKind::Ranking, Some(party), type_of(level.origin.span), text, &level.origin);
                }
            }
            PreferenceForm::Listed(_) => {
                self.add(StatementKind::Ranking, Some(party), type_id, "a list of outcomes".into(), origin);
            }
        }
    }
}

fn spans(form: &PreferenceForm) -> Vec<Span> {
    detente_scenario::check::evidence::form_origins(form).into_iter().map(|o| o.span).collect()
}

fn movement(situation: &Situation, set_by: &SetBy, moves: &Moves) -> String {
    let names = |ids: &[detente_scenario::situation::PartyId]| {
        ids.iter().map(|p| situation.parties[p.index()].id.clone()).collect::<Vec<_>>().join(" and ")
    };
    let who = match set_by {
        SetBy::Party(p) => format!("set by {}", names(&[*p])),
        SetBy::Each(ps) => format!("moved by {}", names(ps)),
        SetBy::Jointly(ps) => format!("set jointly by {}", names(ps)),
        SetBy::Nature(_) => "set by nature".into(),
    };
    let how = match moves {
        Moves::Free => "",
        Moves::Forward => ", forward only",
        Moves::Backward => ", backward only",
        Moves::Fixed => ", fixed",
        Moves::Rules(_) => ", by rules",
    };
    format!("{who}{how}")
}

/// A claim with its source in one line.
pub fn claim_view(situation: &Situation, id: ClaimId) -> ClaimView {
    let claim = &situation.claims[id.index()];
    ClaimView {
        id: claim.id.clone(),
        says: claim.says.clone(),
        by: claim.by.clone(),
        source: claim.source.map(|s| source_line(situation, s)),
        at: claim.at.as_ref().map(|(text, _)| text.clone()),
        rivals: claim.rivals.iter().map(|r| situation.claims[r.index()].id.clone()).collect(),
    }
}

fn source_line(situation: &Situation, id: SourceId) -> String {
    let source = &situation.sources[id.index()];
    let parts = [source.author.as_ref(), Some(&source.title), source.publisher.as_ref(), source.date.as_ref()];
    parts.into_iter().flatten().filter(|p| !p.is_empty()).cloned().collect::<Vec<_>>().join(", ")
}

/// A constraint in the words of the file.
pub(crate) fn constraint_text(situation: &Situation, wording: &ConstraintWording) -> String {
    match wording {
        ConstraintWording::Never(e) => format!("never {}", print_expression(situation, e)),
        ConstraintWording::Always(e) => format!("always {}", print_expression(situation, e)),
        ConstraintWording::IfThen(a, b) => {
            format!("if {} then {}", print_expression(situation, a), print_expression(situation, b))
        }
    }
}
