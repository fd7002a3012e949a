//! A situation as a scenario file.
//!
//! The text reads back to the same situation, claims and sources included; spans are
//! those of the new text.

mod forms;
mod nuances;
mod protocols;
mod talks;

use std::fmt::Write as _;

use crate::expr::Expr;
use crate::expr::print::{print_expression, print_value};
use crate::situation::{
    Assignment, Belief, Chance, ClaimId, ConstraintWording, Issue, IssueId, IssueKind, Moves, Origin,
    ParameterOrNumber, PartyId, PreferenceForm, Quantity, SetBy, Situation, ValueId,
};
use crate::space::Space;

/// The situation as text in the scenario language.
pub fn print_scenario(situation: &Situation) -> String {
    let mut printer = Printer { situation, out: String::new() };
    printer.head();
    printer.sources_and_claims();
    printer.parameters();
    printer.issues();
    printer.outcomes();
    printer.constraints();
    printer.assignments();
    printer.preferences();
    printer.beliefs();
    printer.protocols();
    printer.forms();
    printer.negotiation();
    printer.out
}

struct Printer<'a> {
    situation: &'a Situation,
    out: String,
}

/// Text in double quotes: JSON strings are YAML.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

impl Printer<'_> {
    fn line(&mut self, indent: usize, text: &str) {
        let _ = writeln!(self.out, "{:indent$}{text}", "");
    }

    fn expression(&self, expr: &Expr) -> String {
        quoted(&print_expression(self.situation, expr))
    }

    /// `, because: [a, b]` and the remark, as fields of a flow mapping.
    fn trailer(&self, origin: &Origin, inherited: &[ClaimId]) -> String {
        let mut text = String::new();
        if let Some(about) = &origin.about {
            let _ = write!(text, ", about: {}", quoted(about));
        }
        if !origin.because.is_empty() && origin.because != inherited {
            let _ = write!(text, ", because: [{}]", self.claim_ids(&origin.because));
        }
        text
    }

    fn claim_ids(&self, ids: &[ClaimId]) -> String {
        ids.iter().map(|id| self.situation.claims[id.index()].id.clone()).collect::<Vec<_>>().join(", ")
    }

    fn optional(&mut self, indent: usize, field: &str, text: Option<&String>) {
        if let Some(text) = text {
            self.line(indent, &format!("{field}: {}", quoted(text)));
        }
    }

    fn head(&mut self) {
        self.line(0, "detente: 1");
        self.line(0, &format!("title: {}", quoted(&self.situation.title)));
        self.optional(0, "about", self.situation.about.as_ref());
        self.line(0, "parties:");
        for party in &self.situation.parties {
            self.line(2, &format!("{}:", party.id));
            self.line(4, &format!("name: {}", quoted(&party.name)));
            self.optional(4, "about", party.origin.about.as_ref());
            if let Some(foresight) = party.foresight {
                self.line(4, &format!("foresight: {}", foresight.symbol()));
            }
            if !party.unseen.is_empty() {
                let conditions: Vec<String> = party.unseen.iter().map(|e| self.expression(e)).collect();
                self.line(4, &format!("unseen: [{}]", conditions.join(", ")));
            }
            if !party.origin.because.is_empty() {
                self.line(4, &format!("because: [{}]", self.claim_ids(&party.origin.because)));
            }
        }
    }

    fn sources_and_claims(&mut self) {
        let situation = self.situation;
        if !situation.sources.is_empty() {
            self.line(0, "sources:");
        }
        for source in &situation.sources {
            self.line(2, &format!("{}:", source.id));
            self.line(4, &format!("title: {}", quoted(&source.title)));
            self.optional(4, "author", source.author.as_ref());
            self.optional(4, "publisher", source.publisher.as_ref());
            self.optional(4, "date", source.date.as_ref());
            self.optional(4, "url", source.url.as_ref());
            self.optional(4, "file", source.file.as_ref().map(|(f, _)| f));
            self.optional(4, "about", source.origin.about.as_ref());
        }
        if !situation.claims.is_empty() {
            self.line(0, "claims:");
        }
        for (index, claim) in situation.claims.iter().enumerate() {
            self.line(2, &format!("{}:", claim.id));
            self.line(4, &format!("says: {}", quoted(&claim.says)));
            if let Some(source) = claim.source {
                self.line(4, &format!("source: {}", situation.sources[source.index()].id));
            }
            self.optional(4, "at", claim.at.as_ref().map(|(a, _)| a));
            self.optional(4, "by", claim.by.as_ref());
            self.optional(4, "about", claim.origin.about.as_ref());
            // Rivalry is symmetric; one side states it.
            let later: Vec<ClaimId> = claim.rivals.iter().copied().filter(|r| r.index() > index).collect();
            if !later.is_empty() {
                self.line(4, &format!("rivals: [{}]", self.claim_ids(&later)));
            }
        }
    }

    fn quantity(&self, quantity: &Quantity) -> String {
        match quantity {
            Quantity::Exact(n) => quoted(&n.to_string()),
            Quantity::Range { low, likely, high } if *likely == low.midpoint(high) => quoted(&format!("{low}..{high}")),
            Quantity::Range { low, likely, high } => {
                format!("{{low: \"{low}\", likely: \"{likely}\", high: \"{high}\"}}")
            }
            Quantity::Derived(expr) => self.expression(expr),
        }
    }

    fn parameters(&mut self) {
        let situation = self.situation;
        let named: Vec<_> = situation.parameters.iter().filter(|p| p.named).collect();
        if !named.is_empty() {
            self.line(0, "parameters:");
        }
        for parameter in named {
            let fields = match &parameter.value {
                Quantity::Range { low, likely, high } if *likely != low.midpoint(high) => {
                    format!("low: \"{low}\", likely: \"{likely}\", high: \"{high}\"")
                }
                other => format!("value: {}", self.quantity(other)),
            };
            let unit = parameter.unit.as_ref().map_or_else(String::new, |u| format!(", unit: {}", quoted(u)));
            let trailer = self.trailer(&parameter.origin, &[]);
            self.line(2, &format!("{}: {{{fields}{unit}{trailer}}}", parameter.id));
        }
    }

    fn party_ids(&self, ids: &[PartyId]) -> String {
        ids.iter().map(|p| self.situation.parties[p.index()].id.clone()).collect::<Vec<_>>().join(", ")
    }

    fn issues(&mut self) {
        self.line(0, "issues:");
        for issue in &self.situation.issues {
            self.line(2, &format!("{}:", issue.id));
            if issue.name != issue.id {
                self.line(4, &format!("name: {}", quoted(&issue.name)));
            }
            self.optional(4, "about", issue.origin.about.as_ref());
            self.issue_values(issue);
            self.optional(4, "unit", issue.unit.as_ref());
            match &issue.set_by {
                SetBy::Party(p) => self.line(4, &format!("set_by: {}", self.party_ids(&[*p]))),
                SetBy::Each(ps) | SetBy::Jointly(ps) => self.line(4, &format!("set_by: [{}]", self.party_ids(ps))),
                SetBy::Nature(chances) => {
                    self.line(4, "set_by: nature");
                    let given: Vec<String> = (issue.values.iter().zip(chances))
                        .filter_map(|(v, c)| c.as_ref().map(|c| format!("{}: {}", quoted(&v.id), self.chance(c))))
                        .collect();
                    if !given.is_empty() {
                        self.line(4, &format!("chances: {{{}}}", given.join(", ")));
                    }
                }
            }
            self.issue_moves(issue);
            if !issue.origin.because.is_empty() {
                self.line(4, &format!("because: [{}]", self.claim_ids(&issue.origin.because)));
            }
        }
    }

    fn issue_values(&mut self, issue: &Issue) {
        let field = match issue.kind {
            IssueKind::YesNo => return,
            IssueKind::Named => "values",
            IssueKind::Scale => "scale",
            IssueKind::Numeric => {
                let (first, last) = (&issue.values[0].id, &issue.values[issue.values.len() - 1].id);
                self.line(4, &format!("range: \"{first}..{last}\""));
                if let [a, b, ..] = issue.values.as_slice()
                    && let (Some(a), Some(b)) = (&a.number, &b.number)
                {
                    self.line(4, &format!("step: \"{}\"", b - a));
                }
                return;
            }
        };
        let text = if issue.values.iter().all(|v| v.id == v.name) {
            format!("{field}: [{}]", issue.values.iter().map(|v| quoted(&v.id)).collect::<Vec<_>>().join(", "))
        } else {
            let pairs: Vec<_> =
                issue.values.iter().map(|v| format!("{}: {}", quoted(&v.id), quoted(&v.name))).collect();
            format!("{field}: {{{}}}", pairs.join(", "))
        };
        self.line(4, &text);
    }

    fn issue_moves(&mut self, issue: &Issue) {
        let word = match &issue.moves {
            Moves::Free => return,
            Moves::Forward => "forward",
            Moves::Backward => "backward",
            Moves::Fixed => "fixed",
            Moves::Rules(rules) => {
                self.line(4, "moves:");
                for rule in rules {
                    let values = |ids: &[ValueId]| {
                        ids.iter().map(|v| quoted(&issue.values[v.index()].id)).collect::<Vec<_>>().join(", ")
                    };
                    let mut text = format!("from: [{}], to: [{}]", values(&rule.from), values(&rule.to));
                    if !rule.by.is_empty() {
                        let _ = write!(text, ", by: [{}]", self.party_ids(&rule.by));
                    }
                    if let Some(when) = &rule.when {
                        let _ = write!(text, ", when: {}", self.expression(when));
                    }
                    text += &self.trailer(&rule.origin, &issue.origin.because);
                    self.line(6, &format!("- {{{text}}}"));
                }
                return;
            }
        };
        self.line(4, &format!("moves: {word}"));
    }

    fn outcomes(&mut self) {
        if !self.situation.outcomes.is_empty() {
            self.line(0, "outcomes:");
        }
        for outcome in &self.situation.outcomes {
            let mut text = format!("when: {}", self.expression(&outcome.when));
            if outcome.name != outcome.id {
                let _ = write!(text, ", name: {}", quoted(&outcome.name));
            }
            text += &self.trailer(&outcome.origin, &[]);
            self.line(2, &format!("{}: {{{text}}}", outcome.id));
        }
    }

    fn constraints(&mut self) {
        if !self.situation.constraints.is_empty() {
            self.line(0, "constraints:");
        }
        for constraint in &self.situation.constraints {
            let rule = match &constraint.wording {
                ConstraintWording::Never(e) => format!("never: {}", self.expression(e)),
                ConstraintWording::Always(e) => format!("always: {}", self.expression(e)),
                ConstraintWording::IfThen(a, b) => format!("if: {}, then: {}", self.expression(a), self.expression(b)),
            };
            let trailer = self.trailer(&constraint.origin, &[]);
            self.line(2, &format!("- {{{rule}{trailer}}}"));
        }
    }

    fn assignments(&mut self) {
        let situation = self.situation;
        if let Some(assignment) = &situation.status_quo {
            self.assignment("status_quo", assignment);
        }
        match &situation.disagreement {
            Some(same) if situation.status_quo.as_ref() == Some(same) => self.line(0, "disagreement: status_quo"),
            Some(assignment) => self.assignment("disagreement", assignment),
            None => {}
        }
    }

    fn assignment(&mut self, field: &str, assignment: &Assignment) {
        self.line(0, &format!("{field}:"));
        for (issue, value) in self.situation.issues.iter().zip(&assignment.values) {
            self.line(2, &format!("{}: {}", issue.id, quoted(&issue.values[value.index()].id)));
        }
        if !assignment.origin.because.is_empty() {
            self.line(2, &format!("because: [{}]", self.claim_ids(&assignment.origin.because)));
        }
    }

    fn preferences(&mut self) {
        let situation = self.situation;
        let wanting = |p: &crate::situation::Preferences| {
            p.types.iter().any(|t| t.id.is_some() || !matches!(t.form, PreferenceForm::Indifferent))
        };
        if situation.preferences.iter().any(wanting) {
            self.line(0, "preferences:");
        }
        for (party, preferences) in situation.parties.iter().zip(&situation.preferences) {
            if !wanting(preferences) {
                continue;
            }
            self.line(2, &format!("{}:", party.id));
            self.optional(4, "about", preferences.origin.about.as_ref());
            if !preferences.origin.because.is_empty() {
                self.line(4, &format!("because: [{}]", self.claim_ids(&preferences.origin.because)));
            }
            if preferences.types.iter().all(|t| t.id.is_none()) {
                let only = &preferences.types[0];
                self.form(4, &only.form, &preferences.origin.because);
                self.nuances(&preferences.nuances, &preferences.origin.because);
                continue;
            }
            self.nuances(&preferences.nuances, &preferences.origin.because);
            self.line(4, "types:");
            for variant in &preferences.types {
                self.line(6, &format!("{}:", variant.id.as_deref().unwrap_or_default()));
                if variant.id.as_ref() != Some(&variant.name) {
                    self.line(8, &format!("name: {}", quoted(&variant.name)));
                }
                self.optional(8, "about", variant.origin.about.as_ref());
                if let Some(Chance::Given(chance)) = &variant.chance {
                    let text = self.chance(chance);
                    self.line(8, &format!("chance: {text}"));
                }
                if !variant.origin.because.is_empty() && variant.origin.because != preferences.origin.because {
                    self.line(8, &format!("because: [{}]", self.claim_ids(&variant.origin.because)));
                }
                self.form(8, &variant.form, &variant.origin.because);
            }
        }
    }

    fn beliefs(&mut self) {
        let situation = self.situation;
        if !situation.beliefs.is_empty() {
            self.line(0, "believes:");
        }
        for belief in &situation.beliefs {
            self.belief(2, belief);
        }
    }

    fn belief(&mut self, indent: usize, belief: &Belief) {
        let situation = self.situation;
        self.line(indent, &format!("{}:", situation.parties[belief.party.index()].id));
        self.optional(indent + 2, "about", belief.origin.about.as_ref());
        if !belief.origin.because.is_empty() {
            self.line(indent + 2, &format!("because: [{}]", self.claim_ids(&belief.origin.because)));
        }
        let party = |id: &PartyId| &situation.parties[id.index()].id;
        if !belief.preferences.is_empty() {
            self.line(indent + 2, "preferences:");
        }
        for (other, preferences) in &belief.preferences {
            self.line(indent + 4, &format!("{}:", party(other)));
            self.optional(indent + 6, "about", preferences.origin.about.as_ref());
            if !preferences.origin.because.is_empty() {
                self.line(indent + 6, &format!("because: [{}]", self.claim_ids(&preferences.origin.because)));
            }
            self.form(indent + 6, &preferences.types[0].form, &preferences.origin.because);
        }
        if !belief.types.is_empty() {
            let kind = |(other, kind): &(PartyId, usize)| {
                let id = situation.preferences[other.index()].types[*kind].id.as_deref().unwrap_or_default();
                format!("{}: {id}", party(other))
            };
            let types: Vec<String> = belief.types.iter().map(kind).collect();
            self.line(indent + 2, &format!("types: {{{}}}", types.join(", ")));
        }
        if !belief.parameters.is_empty() {
            self.line(indent + 2, "parameters:");
        }
        for number in &belief.parameters {
            let id = &situation.parameters[number.parameter.index()].id;
            let fields = match &number.value {
                Quantity::Range { low, likely, high } if *likely != low.midpoint(high) => {
                    format!("low: \"{low}\", likely: \"{likely}\", high: \"{high}\"")
                }
                other => format!("value: {}", self.quantity(other)),
            };
            let trailer = self.trailer(&number.origin, &[]);
            self.line(indent + 4, &format!("{id}: {{{fields}{trailer}}}"));
        }
        if !belief.impossible.is_empty() {
            self.line(indent + 2, "impossible:");
        }
        for statement in &belief.impossible {
            let trailer = self.trailer(&statement.origin, &[]);
            let text = self.expression(&statement.holds);
            self.line(indent + 4, &format!("- {{when: {text}{trailer}}}"));
        }
        if !belief.believes.is_empty() {
            self.line(indent + 2, "believes:");
        }
        for inner in &belief.believes {
            self.belief(indent + 4, inner);
        }
    }

    fn chance(&self, chance: &ParameterOrNumber) -> String {
        match chance {
            ParameterOrNumber::Number(n) => quoted(&n.to_string()),
            ParameterOrNumber::Parameter(id) => {
                let parameter = &self.situation.parameters[id.index()];
                if parameter.named {
                    return parameter.id.clone();
                }
                let because = self.trailer(&parameter.origin, &[]);
                match &parameter.value {
                    Quantity::Range { low, likely, high } => {
                        format!("{{low: \"{low}\", likely: \"{likely}\", high: \"{high}\"{because}}}")
                    }
                    other => self.quantity(other),
                }
            }
        }
    }

    fn form(&mut self, indent: usize, form: &PreferenceForm, inherited: &[ClaimId]) {
        match form {
            PreferenceForm::Indifferent => {}
            PreferenceForm::Worth(terms) => {
                self.line(indent, "worth:");
                for term in terms {
                    let when =
                        term.when.as_ref().map_or_else(String::new, |w| format!("when: {}, ", self.expression(w)));
                    let add = self.amount(&term.add);
                    let trailer = self.trailer(&term.origin, inherited);
                    self.line(indent + 2, &format!("- {{{when}add: {add}{trailer}}}"));
                }
            }
            PreferenceForm::Priority(statements) => {
                self.line(indent, "priority:");
                for statement in statements {
                    let trailer = self.trailer(&statement.origin, inherited);
                    let text = self.expression(&statement.holds);
                    self.line(indent + 2, &format!("- {{when: {text}{trailer}}}"));
                }
            }
            PreferenceForm::Ranking(levels) => {
                self.line(indent, "ranking:");
                for level in levels {
                    let trailer = self.trailer(&level.origin, inherited);
                    let text = self.expression(&level.holds);
                    self.line(indent + 2, &format!("- {{any_of: [{text}]{trailer}}}"));
                }
            }
            PreferenceForm::Listed(groups) => {
                self.line(indent, "ranking:");
                let space = Space::of(self.situation).expect("listed outcomes are numbered");
                for group in groups {
                    let outcomes: Vec<String> = group.iter().map(|c| quoted(&self.complete(&space, *c))).collect();
                    self.line(indent + 2, &format!("- [{}]", outcomes.join(", ")));
                }
            }
        }
    }

    /// An amount; an uncertain number of the file as the number itself.
    fn amount(&self, expr: &Expr) -> String {
        if let crate::expr::ExprKind::Parameter(id) = expr.kind {
            let parameter = &self.situation.parameters[id.index()];
            if !parameter.named {
                return self.quantity(&parameter.value);
            }
        }
        self.expression(expr)
    }

    /// A condition that only this outcome satisfies.
    fn complete(&self, space: &Space, code: u32) -> String {
        let parts: Vec<String> = (self.situation.issues.iter().enumerate())
            .map(|(index, issue)| {
                let value = space.value(u64::from(code), IssueId::from_index(index));
                match (issue.kind, value.index()) {
                    (IssueKind::YesNo, 0) => format!("not {}", issue.id),
                    (IssueKind::YesNo, _) => issue.id.clone(),
                    _ => format!("{} == {}", issue.id, print_value(&issue.values[value.index()].id)),
                }
            })
            .collect();
        parts.join(" & ")
    }
}
