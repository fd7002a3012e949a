//! Who moves when, seeing what.

use detente_base::{Diagnostic, Exact, Span};

use super::Checker;
use super::quantities::NumberRole;
use crate::ast::{FormStepItem, GameFormItem, QuantityItem, QuantityKind, StepKindItem, Text};
use crate::codes::meaning as code;
use crate::expr::eval;
use crate::expr::resolve::{Scope, find_value};
use crate::expr::{Expr, ExprKind};
use crate::situation::{
    GameForm, Issue, IssueId, IssueKind, Moves, Origin, PartyId, SetBy, Step, StepKind, Value, ValueId,
};

/// Most rounds of a step that is repeated.
const MOST_ROUNDS: i64 = 1_000;

/// The word that stands for what other chances leave.
const REST: &str = "rest";

/// The word by which nobody learns of a step.
const NOBODY: &str = "nobody";

impl Checker<'_> {
    pub(super) fn check_forms(&mut self) {
        for item in &self.tree.forms {
            let issues = self.situation.issues.len();
            self.declare_choices(&item.steps);
            let origin = self.origin(item.id.span, &item.because, item.about.as_ref());
            let steps = self.steps(&item.steps, &Frame { form: item, issues, simultaneous: false });
            let choices = self.situation.issues.split_off(issues);
            let name = item.name.as_ref().map_or_else(|| item.id.value.clone(), |name| name.value.clone());
            if let Some(steps) = steps {
                self.situation.forms.push(GameForm { id: item.id.value.clone(), name, choices, steps, origin });
            }
        }
    }

    /// Makes issues of the names that steps choose and that the situation does not have.
    fn declare_choices(&mut self, steps: &[FormStepItem]) {
        for step in steps {
            match &step.kind {
                StepKindItem::Move(_, what, from) if !from.is_empty() => self.declare_choice(what, from),
                StepKindItem::Chance(what, of) if !of.is_empty() => {
                    let values: Vec<Text> = of.iter().map(|(value, _)| value.clone()).collect();
                    self.declare_choice(what, &values);
                }
                StepKindItem::Together(steps) | StepKindItem::Repeat(_, steps, _) => self.declare_choices(steps),
                _ => {}
            }
        }
    }

    fn declare_choice(&mut self, what: &Text, from: &[Text]) {
        if self.situation.issue(&what.value).is_some() {
            return;
        }
        if self.situation.parameter(&what.value).is_some()
            || self.situation.outcomes.iter().any(|outcome| outcome.id == what.value)
        {
            self.misplaced(what.span, format!("`{}` names something else; expected a new name", what.value), None);
            return;
        }
        let yes_no = from.len() == 2 && ["no", "yes"].iter().all(|word| from.iter().any(|text| text.value == *word));
        let mut names: Vec<&str> = Vec::new();
        for text in from {
            if !names.contains(&text.value.as_str()) {
                names.push(&text.value);
            }
        }
        if yes_no {
            names = vec!["no", "yes"];
        }
        let value =
            |name: &&str| Value { id: (*name).to_owned(), name: (*name).to_owned(), number: None, span: what.span };
        self.situation.issues.push(Issue {
            id: what.value.clone(),
            name: what.value.clone(),
            values: names.iter().map(value).collect(),
            kind: if yes_no { IssueKind::YesNo } else { IssueKind::Named },
            set_by: SetBy::Nature(Vec::new()),
            moves: Moves::Free,
            unit: None,
            origin: Origin { span: what.span, ..Origin::default() },
        });
    }

    fn misplaced(&mut self, span: Span, message: String, help: Option<String>) {
        let mut fault = Diagnostic::error(code::STEP, span, message);
        if let Some(help) = help {
            fault = fault.with_help(help);
        }
        self.report(fault);
    }

    fn steps(&mut self, items: &[FormStepItem], frame: &Frame<'_>) -> Option<Vec<Step>> {
        let found: Vec<Option<Step>> = items.iter().map(|item| self.step(item, frame)).collect();
        found.into_iter().collect()
    }

    fn step(&mut self, item: &FormStepItem, frame: &Frame<'_>) -> Option<Step> {
        let because = if item.because.is_empty() { &frame.form.because } else { &item.because };
        let origin = self.origin(item.span, because, item.about.as_ref());
        let condition = item.condition.as_ref().map(|text| self.condition(text, Scope::Outcomes));
        let seen_by = item.sees.as_ref().map(|names| self.learners(names));
        if frame.simultaneous && !matches!(item.kind, StepKindItem::Move(..)) {
            self.misplaced(
                item.span,
                "only moves can be made together; expected `move` and `choose`".into(),
                Some("put this step before or after".into()),
            );
            return None;
        }
        let silent = matches!(
            item.kind,
            StepKindItem::Pay(_)
                | StepKindItem::Discount(_)
                | StepKindItem::Repeat(..)
                | StepKindItem::Together(_)
                | StepKindItem::End
        );
        if silent && let Some(first) = item.sees.as_ref().and_then(|names| names.first()) {
            self.misplaced(
                first.span,
                "`sees` is for moves, types and chance; this step has nothing to see".into(),
                None,
            );
        }
        let kind = self.step_kind(item, frame, &origin)?;
        Some(Step {
            condition: condition.map_or(Some(None), |found| found.map(Some))?,
            kind,
            seen_by: seen_by.map_or(Some(None), |found| found.map(Some))?,
            origin,
        })
    }

    /// The parties that learn of a step.
    fn learners(&mut self, names: &[Text]) -> Option<Vec<PartyId>> {
        if let [only] = names
            && only.value == NOBODY
        {
            return Some(Vec::new());
        }
        let found: Vec<Option<PartyId>> = names.iter().map(|text| self.party(text)).collect();
        found.into_iter().collect()
    }

    fn step_kind(&mut self, item: &FormStepItem, frame: &Frame<'_>, origin: &Origin) -> Option<StepKind> {
        Some(match &item.kind {
            StepKindItem::Type(party) => StepKind::Type(self.drawn_party(party)?),
            StepKindItem::Chance(what, of) => self.chance_step(what, of, frame, origin)?,
            StepKindItem::Move(party, what, from) => self.choice((party, what, from), frame)?,
            StepKindItem::Together(steps) => {
                StepKind::Together(self.steps(steps, &Frame { simultaneous: true, ..*frame })?)
            }
            StepKindItem::Pay(amounts) => {
                let found: Vec<_> = amounts.iter().map(|pair| self.paid(pair, frame, origin)).collect();
                StepKind::Pay(found.into_iter().collect::<Option<_>>()?)
            }
            StepKindItem::Discount(numbers) => {
                let found: Vec<_> = numbers.iter().map(|pair| self.discount(pair, origin)).collect();
                StepKind::Discount(found.into_iter().collect::<Option<_>>()?)
            }
            StepKindItem::Repeat(times, steps, until) => {
                let times = self.rounds(times);
                let steps = self.steps(steps, frame);
                let until = match until {
                    Some(text) => Some(self.condition(text, Scope::Outcomes)?),
                    None => None,
                };
                StepKind::Repeat { times: times?, steps: steps?, until }
            }
            StepKindItem::End => StepKind::End,
        })
    }

    /// A party of which a type can be drawn.
    fn drawn_party(&mut self, text: &Text) -> Option<PartyId> {
        let party = self.party(text)?;
        let types = &self.situation.preferences[party.index()].types;
        if types.len() < 2 {
            let message = format!("`{}` has no types to draw; expected a party with `types`", text.value);
            self.misplaced(text.span, message, Some("add `types` to its preferences, or drop this step".into()));
            return None;
        }
        if types.iter().any(|variant| variant.chance.is_none()) {
            let message = format!("the types of `{}` have no chances; expected one for each but one", text.value);
            self.misplaced(text.span, message, Some("add `chance` to its types".into()));
            return None;
        }
        Some(party)
    }

    /// An issue of the situation or a choice of the steps.
    fn chosen_issue(&mut self, what: &Text, frame: &Frame<'_>, lacks: &str) -> Option<IssueId> {
        let found = self.situation.issue(&what.value);
        if found.is_none() && !self.broken.contains(&what.value) && !self.tree.lost.has("issues") {
            let known: Vec<&str> =
                self.situation.issues[..frame.issues].iter().map(|issue| issue.id.as_str()).collect();
            let help = match crate::suggest::nearest(&what.value, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`? For a new name add `{lacks}`"),
                None => format!("add `{lacks}` with the values of a new name"),
            };
            self.misplaced(
                what.span,
                format!("there is no issue `{}`, and no values are given", what.value),
                Some(help),
            );
        }
        found
    }

    fn values_of(&mut self, issue: IssueId, texts: &[Text]) -> Option<Vec<ValueId>> {
        let mut found = Vec::new();
        let mut whole = true;
        for text in texts {
            match find_value(&self.situation.issues[issue.index()], &text.value) {
                Some(value) if found.contains(&value) => {
                    self.misplaced(
                        text.span,
                        format!("`{}` is listed twice; expected each value once", text.value),
                        None,
                    );
                    whole = false;
                }
                Some(value) => found.push(value),
                None => {
                    self.unknown_value(issue, text);
                    whole = false;
                }
            }
        }
        whole.then_some(found)
    }

    fn choice(&mut self, (party, what, from): (&Text, &Text, &[Text]), frame: &Frame<'_>) -> Option<StepKind> {
        let mover = self.party(party);
        let issue = self.chosen_issue(what, frame, "from")?;
        let mover = mover?;
        if issue.index() < frame.issues {
            let own = &self.situation.issues[issue.index()];
            let allowed = match &own.set_by {
                SetBy::Party(setter) => *setter == mover,
                SetBy::Each(setters) | SetBy::Jointly(setters) => setters.contains(&mover),
                SetBy::Nature(_) => false,
            };
            if !allowed {
                let message = format!("`{}` does not set `{}`; expected a party that does", party.value, what.value);
                self.misplaced(party.span, message, Some("let another party move, or choose something else".into()));
                return None;
            }
        }
        let values = if from.is_empty() {
            (0..self.situation.issues[issue.index()].values.len()).map(ValueId::from_index).collect()
        } else {
            self.values_of(issue, from)?
        };
        Some(StepKind::Move { party: mover, what: issue, values })
    }

    fn chance_step(
        &mut self,
        what: &Text,
        of: &[(Text, QuantityItem)],
        frame: &Frame<'_>,
        origin: &Origin,
    ) -> Option<StepKind> {
        let issue = self.chosen_issue(what, frame, "of")?;
        if of.is_empty() {
            return self.chances_of_issue(what, issue);
        }
        let texts: Vec<Text> = of.iter().map(|(value, _)| value.clone()).collect();
        let values = self.values_of(issue, &texts);
        let mut chances = Vec::new();
        let mut rests = 0;
        for (value, number) in of {
            if let QuantityKind::Text(text) = &number.kind
                && text.value == REST
            {
                rests += 1;
                chances.push(None);
                continue;
            }
            let what = format!("the chance of `{}` in `{}`", value.value, what.value);
            let role = NumberRole { what, inherited: origin, scope: Scope::Parameters };
            chances.push(Some(self.number_expression(number, &role)?));
        }
        if rests > 1 {
            self.misplaced(what.span, "`rest` stands for two chances; expected it once at most".into(), None);
            return None;
        }
        self.check_chances(what, &chances)?;
        Some(StepKind::Chance { what: issue, values: values?.into_iter().zip(chances).collect() })
    }

    /// The chances that an issue which nature sets has already.
    fn chances_of_issue(&mut self, what: &Text, issue: IssueId) -> Option<StepKind> {
        let SetBy::Nature(chances) = &self.situation.issues[issue.index()].set_by else {
            let message = format!("nature does not set `{}`; expected its chances under `of`", what.value);
            self.misplaced(what.span, message, None);
            return None;
        };
        if chances.is_empty() || chances.iter().filter(|chance| chance.is_none()).count() > 1 {
            let message = format!("`{}` has no chances; expected them under `of`", what.value);
            self.misplaced(what.span, message, None);
            return None;
        }
        let expr = |chance: &crate::situation::ParameterOrNumber| match chance {
            crate::situation::ParameterOrNumber::Number(n) => Expr::new(ExprKind::Number(n.clone()), what.span),
            crate::situation::ParameterOrNumber::Parameter(id) => Expr::new(ExprKind::Parameter(*id), what.span),
        };
        let values =
            chances.iter().enumerate().map(|(at, chance)| (ValueId::from_index(at), chance.as_ref().map(expr)));
        Some(StepKind::Chance { what: issue, values: values.collect() })
    }

    /// Chances are chances over their whole ranges, and can add up to one.
    fn check_chances(&mut self, what: &Text, chances: &[Option<Expr>]) -> Option<()> {
        let mut sums = (Exact::ZERO, Exact::ZERO);
        for chance in chances.iter().flatten() {
            let found = eval::amount(chance, &eval::Point::unknown_parameters(&self.situation, &[]))?;
            if found.low.signum() < 0 || found.high > Exact::ONE {
                let shown = if found.low == found.high {
                    found.low.to_string()
                } else {
                    format!("{}..{}", found.low, found.high)
                };
                let message = format!("a chance of `{}` is {shown}; expected a number from 0 to 1", what.value);
                self.report(Diagnostic::error(code::OUT_OF_RANGE, chance.span, message));
                return None;
            }
            sums = (&sums.0 + &found.low, &sums.1 + &found.high);
        }
        let rest = chances.iter().any(Option::is_none);
        let fits = if rest { sums.1 <= Exact::ONE } else { sums.0 == Exact::ONE && sums.1 == Exact::ONE };
        if fits {
            return Some(());
        }
        let shown = if sums.0 == sums.1 { sums.0.to_string() } else { format!("{}..{}", sums.0, sums.1) };
        let expected = if rest { "at most 1" } else { "1; write `rest` for one of them where others vary" };
        self.misplaced(
            what.span,
            format!("the chances of `{}` add up to {shown}; expected {expected}", what.value),
            None,
        );
        None
    }

    fn paid(
        &mut self,
        (party, number): &(Text, QuantityItem),
        frame: &Frame<'_>,
        origin: &Origin,
    ) -> Option<(PartyId, Expr)> {
        let id = self.party(party);
        let what = format!("what `{}` is paid in `{}`", party.value, frame.form.id.value);
        let amount = self.number_expression(number, &NumberRole { what, inherited: origin, scope: Scope::Worth })?;
        let place = amount.span;
        self.check_division(&amount, place, "amount", eval::is_undefined);
        Some((id?, amount))
    }

    fn discount(
        &mut self,
        (party, number): &(Option<Text>, QuantityItem),
        origin: &Origin,
    ) -> Option<(Option<PartyId>, Expr)> {
        let id = match party {
            Some(text) => Some(self.party(text)?),
            None => None,
        };
        let role = NumberRole { what: "a discount".into(), inherited: origin, scope: Scope::Parameters };
        let amount = self.number_expression(number, &role)?;
        let found = eval::amount(&amount, &eval::Point::unknown_parameters(&self.situation, &[]))?;
        if found.low.signum() <= 0 || found.high > Exact::ONE {
            let message = format!("a discount is {}; expected a number above 0 and at most 1", found.low);
            self.report(Diagnostic::error(code::OUT_OF_RANGE, number.span, message));
            return None;
        }
        Some((id, amount))
    }

    fn rounds(&mut self, text: &Text) -> Option<u32> {
        let whole = text.value.trim().parse::<i64>().ok().filter(|n| (1..=MOST_ROUNDS).contains(n));
        if whole.is_none() {
            let message = format!("`repeat` is {}; expected a whole number from 1 to {MOST_ROUNDS}", text.value);
            self.report(Diagnostic::error(code::OUT_OF_RANGE, text.span, message));
        }
        whole.map(|n| n as u32)
    }
}

/// Where a step stands.
#[derive(Clone, Copy)]
struct Frame<'a> {
    form: &'a GameFormItem,
    /// Number of issues of the situation itself.
    issues: usize,
    /// Whether it is a move made together with others.
    simultaneous: bool,
}

impl StepKind {
    /// Visits the steps inside.
    pub(crate) fn inside(&self) -> &[Step] {
        match self {
            Self::Together(steps) | Self::Repeat { steps, .. } => steps,
            _ => &[],
        }
    }
}

impl GameForm {
    /// All steps, those inside others too, in order.
    pub fn all_steps(&self) -> Vec<&Step> {
        fn add<'s>(steps: &'s [Step], found: &mut Vec<&'s Step>) {
            for step in steps {
                found.push(step);
                add(step.kind.inside(), found);
            }
        }
        let mut found = Vec::new();
        add(&self.steps, &mut found);
        found
    }

    /// All expressions of the steps.
    pub fn expressions(&self) -> Vec<&Expr> {
        let mut found = Vec::new();
        for step in self.all_steps() {
            found.extend(&step.condition);
            match &step.kind {
                StepKind::Chance { values, .. } => {
                    found.extend(values.iter().filter_map(|(_, chance)| chance.as_ref()));
                }
                StepKind::Pay(amounts) => found.extend(amounts.iter().map(|(_, amount)| amount)),
                StepKind::Discount(amounts) => found.extend(amounts.iter().map(|(_, amount)| amount)),
                StepKind::Repeat { until, .. } => found.extend(until),
                StepKind::Type(_) | StepKind::Move { .. } | StepKind::Together(_) | StepKind::End => {}
            }
        }
        found
    }

    /// Whether a party moves.
    pub fn moves(&self, party: PartyId) -> bool {
        self.all_steps().iter().any(|step| matches!(&step.kind, StepKind::Move { party: mover, .. } if *mover == party))
    }
}
