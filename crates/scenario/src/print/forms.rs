//! Who moves when, seeing what.

use super::{Printer, quoted};
use crate::expr::Expr;
use crate::expr::print::print_expression;
use crate::situation::{GameForm, IssueId, Situation, Step, StepKind, ValueId};

impl Printer<'_> {
    pub(super) fn forms(&mut self) {
        let situation = self.situation;
        if situation.protocols.is_empty() && !situation.forms.is_empty() {
            self.line(0, "protocols:");
        }
        for form in &situation.forms {
            self.game_form(form);
        }
    }

    fn game_form(&mut self, form: &GameForm) {
        self.line(2, &format!("{}:", form.id));
        self.line(4, "kind: moves");
        if form.name != form.id {
            self.line(4, &format!("name: {}", quoted(&form.name)));
        }
        self.optional(4, "about", form.origin.about.as_ref());
        if !form.origin.because.is_empty() {
            self.line(4, &format!("because: [{}]", self.claim_ids(&form.origin.because)));
        }
        self.line(4, "steps:");
        let mut extended = self.situation.clone();
        extended.issues.extend(form.choices.iter().cloned());
        self.steps(6, &form.steps, (form, &extended));
    }

    fn steps(&mut self, indent: usize, steps: &[Step], within: (&GameForm, &Situation)) {
        for step in steps {
            self.step(indent, step, within);
        }
    }

    fn step(&mut self, indent: usize, step: &Step, (form, extended): (&GameForm, &Situation)) {
        let issue = |id: &IssueId| &extended.issues[id.index()];
        let value = |id: &IssueId, value: &ValueId| quoted(&issue(id).values[value.index()].id);
        let number = |expr: &Expr| self.step_number(extended, expr);
        let mut fields: Vec<String> = Vec::new();
        let mut inside: &[Step] = &[];
        match &step.kind {
            StepKind::Type(party) => fields.push(format!("nature: {}", self.party_ids(&[*party]))),
            StepKind::Chance { what, values } => {
                fields.push(format!("chance: {}", issue(what).id));
                let each = values.iter().map(|(v, chance)| {
                    format!("{}: {}", value(what, v), chance.as_ref().map_or_else(|| "rest".to_owned(), &number))
                });
                fields.push(format!("of: {{{}}}", each.collect::<Vec<_>>().join(", ")));
            }
            StepKind::Move { party, what, values } => {
                fields.push(format!("move: {}", self.party_ids(&[*party])));
                fields.push(format!("choose: {}", issue(what).id));
                let each: Vec<String> = values.iter().map(|v| value(what, v)).collect();
                fields.push(format!("from: [{}]", each.join(", ")));
            }
            StepKind::Together(steps) => {
                fields.push("together:".to_owned());
                inside = steps;
            }
            StepKind::Pay(amounts) => {
                let each =
                    amounts.iter().map(|(party, amount)| format!("{}: {}", self.party_ids(&[*party]), number(amount)));
                fields.push(format!("pay: {{{}}}", each.collect::<Vec<_>>().join(", ")));
            }
            StepKind::Discount(amounts) => fields.push(match amounts.as_slice() {
                [(None, amount)] => format!("discount: {}", number(amount)),
                many => {
                    let party = |party: &Option<_>| party.map_or(String::new(), |party| self.party_ids(&[party]));
                    let each = many.iter().map(|(p, amount)| format!("{}: {}", party(p), number(amount)));
                    format!("discount: {{{}}}", each.collect::<Vec<_>>().join(", "))
                }
            }),
            StepKind::Repeat { times, steps, until } => {
                fields.push(format!("repeat: {times}"));
                fields
                    .extend(until.iter().map(|until| format!("until: {}", quoted(&print_expression(extended, until)))));
                fields.push("steps:".to_owned());
                inside = steps;
            }
            StepKind::End => fields.push("end: yes".to_owned()),
        }
        let condition = step.condition.as_ref().map(|c| format!("if: {}", quoted(&print_expression(extended, c))));
        let at = fields.len() - usize::from(!inside.is_empty());
        fields.splice(at..at, condition);
        if let Some(parties) = &step.seen_by {
            let names = if parties.is_empty() { "nobody".to_owned() } else { self.party_ids(parties) };
            fields.insert(fields.len() - usize::from(!inside.is_empty()), format!("sees: [{names}]"));
        }
        if let Some(about) = &step.origin.about {
            fields.insert(0, format!("about: {}", quoted(about)));
        }
        if !step.origin.because.is_empty() && step.origin.because != form.origin.because {
            fields.insert(0, format!("because: [{}]", self.claim_ids(&step.origin.because)));
        }
        for (at, field) in fields.iter().enumerate() {
            let lead = if at == 0 { "- " } else { "  " };
            self.line(indent, &format!("{lead}{field}"));
        }
        self.steps(indent + 4, inside, (form, extended));
    }

    /// A number of a step: an unnamed range as such, anything else as an expression.
    fn step_number(&self, extended: &Situation, expr: &Expr) -> String {
        if let crate::expr::ExprKind::Parameter(id) = &expr.kind {
            let parameter = &self.situation.parameters[id.index()];
            if !parameter.named {
                return self.quantity(&parameter.value);
            }
        }
        quoted(&print_expression(extended, expr))
    }
}
