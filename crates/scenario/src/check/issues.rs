//! Issues: their values, who sets them and how they move.

use detente_base::{Diagnostic, Exact};

use super::Checker;
use super::quantities::split_range;
use crate::ast::{IssueItem, MoveRuleItem, MovesItem, Text, ValueItem};
use crate::codes::meaning as code;
use crate::expr::resolve::{Scope, find_value};
use crate::situation::{Issue, IssueId, IssueKind, MoveRule, Moves, Origin, SetBy, Value, ValueId};
use crate::suggest::{list_names, nearest};
use crate::yaml::shortened;

/// Most values that a numeric range may have.
pub(super) const MAX_VALUES: usize = 10_000;

impl Checker<'_> {
    pub(super) fn check_issues(&mut self) {
        for item in &self.tree.issues {
            let origin = self.origin(item.id.span, &item.because, item.about.as_ref());
            // What nature's chances are checked against comes with the values.
            let values = if item.lost.has("values") { None } else { self.issue_values(item) };
            let Some((kind, values)) = values else {
                self.broken.push(item.id.value.clone());
                self.set_by(item);
                continue;
            };
            let name = item.name.as_ref().map_or_else(|| item.id.value.clone(), |n| n.value.clone());
            let unit = item.unit.as_ref().map(|t| t.value.clone());
            let id = item.id.value.clone();
            let set_by = SetBy::Nature(Vec::new());
            let issue = Issue { id, name, values, kind, set_by, moves: Moves::Free, unit, origin };
            self.situation.issues.push(issue);
            let set_by = match self.set_by(item) {
                Some(SetBy::Nature(_)) => Some(self.nature(item)),
                other => other,
            };
            match (set_by, self.situation.issues.last_mut()) {
                (Some(set_by), Some(issue)) => issue.set_by = set_by,
                _ => self.unset.push(item.id.value.clone()),
            }
        }
    }

    fn issue_values(&mut self, item: &IssueItem) -> Option<(IssueKind, Vec<Value>)> {
        let (kind, values) = if let Some(values) = &item.values {
            (IssueKind::Named, self.named_values(item, values)?)
        } else if let Some(values) = &item.scale {
            (IssueKind::Scale, self.named_values(item, values)?)
        } else if let Some(range) = &item.range {
            (IssueKind::Numeric, self.range_values(range, item.step.as_ref())?)
        } else {
            let span = item.id.span;
            let value = |id: &str| Value { id: id.into(), name: id.into(), number: None, span };
            (IssueKind::YesNo, vec![value("no"), value("yes")])
        };
        if values.len() < 2 {
            self.report(
                Diagnostic::error(
                    code::FEW_VALUES,
                    item.id.span,
                    format!("`{}` has {} value; expected at least two", item.id.value, values.len()),
                )
                .with_label("nothing to settle")
                .with_help("leave `values` out for a yes/no issue"),
            );
            return None;
        }
        // `values: [no, yes]` is the same as leaving them out.
        let yes_no = kind != IssueKind::Numeric && values.len() == 2 && values[0].id == "no" && values[1].id == "yes";
        Some((if yes_no { IssueKind::YesNo } else { kind }, values))
    }

    /// The values; `None` where a repetition leaves too few of them.
    fn named_values(&mut self, item: &IssueItem, values: &[ValueItem]) -> Option<Vec<Value>> {
        let mut found: Vec<Value> = Vec::new();
        for value in values {
            if let Some(first) = found.iter().find(|v| v.id == value.id.value) {
                let fault = Diagnostic::error(
                    code::DUPLICATE_VALUE,
                    value.id.span,
                    format!("`{}` lists the value `{}` twice; expected once", item.id.value, value.id.value),
                )
                .with_label("listed again")
                .with_place(first.span, "listed first here");
                self.report(fault);
                continue;
            }
            let name = value.name.as_ref().map_or_else(|| value.id.value.clone(), |n| n.value.clone());
            found.push(Value { id: value.id.value.clone(), name, number: None, span: value.id.span });
        }
        (found.len() == values.len() || found.len() > 1).then_some(found)
    }

    fn range_values(&mut self, range: &Text, step: Option<&Text>) -> Option<Vec<Value>> {
        let Some((low, high)) = split_range(range) else {
            self.report(Diagnostic::error(
                code::BAD_RANGE,
                range.span,
                format!("`{}` is not a range; expected two numbers such as `0..30`", shortened(&range.value)),
            ));
            return None;
        };
        let (low, high) = (self.number(&low), self.number(&high));
        let step_value = match step {
            Some(step) => self.number(step),
            None => Some(Exact::ONE),
        };
        let (low, high, step_value) = (low?, high?, step_value?);
        if low > high {
            self.report(
                Diagnostic::error(
                    code::EMPTY_RANGE,
                    range.span,
                    format!("the range runs from {low} down to {high}; expected the smaller end first"),
                )
                .with_label("contains no value")
                .with_replacement(format!("{high}..{low}")),
            );
            return None;
        }
        if step_value.signum() <= 0 {
            let span = step.map_or(range.span, |s| s.span);
            self.report(Diagnostic::error(
                code::BAD_RANGE,
                span,
                format!("the step is {step_value}; expected a number above zero"),
            ));
            return None;
        }
        let steps = (&high - &low).checked_div(&step_value).expect("the step is not zero");
        let whole = match steps.as_integer() {
            Some(n) if (n as usize) < MAX_VALUES => n,
            Some(_) => {
                self.report(
                    Diagnostic::error(
                        code::BAD_RANGE,
                        range.span,
                        format!("the range has more than {MAX_VALUES} values; expected fewer"),
                    )
                    .with_help("give it a larger `step`"),
                );
                return None;
            }
            None => {
                self.report(Diagnostic::error(
                    code::BAD_RANGE,
                    range.span,
                    format!(
                        "steps of {step_value} from {low} do not end at {high}; expected a step that divides the range"
                    ),
                ));
                return None;
            }
        };
        Some(
            (0..=whole)
                .map(|i| {
                    let number = &low + &(&step_value * &Exact::from(i));
                    Value { id: number.to_string(), name: number.to_string(), number: Some(number), span: range.span }
                })
                .collect(),
        )
    }

    /// Who sets an issue, for nature without chances; `None` where that is at fault.
    fn set_by(&mut self, item: &IssueItem) -> Option<SetBy> {
        let rule_parties: Vec<&Text> = match &item.moves {
            Some(MovesItem::Rules(rules)) => rules.iter().flat_map(|r| &r.by).collect(),
            _ => Vec::new(),
        };
        let Some(setters) = &item.set_by else {
            if item.lost.has("set_by") {
                return None;
            }
            if rule_parties.is_empty() {
                if !item.lost.has("moves") {
                    self.no_setter(item);
                }
                return None;
            }
            let parties: Vec<_> = rule_parties.into_iter().map(|t| self.party(t)).collect();
            let mut parties: Vec<_> = parties.into_iter().collect::<Option<_>>()?;
            parties.sort_unstable();
            parties.dedup();
            return Some(SetBy::Each(parties));
        };
        if let Some(nature) = setters.iter().find(|s| s.value == "nature") {
            if setters.len() > 1 {
                self.report(Diagnostic::error(
                    code::NATURE_AND_PARTY,
                    nature.span,
                    format!("`{}` is set by nature and by a party; expected one or the other", item.id.value),
                ));
                return None;
            }
            return (!item.lost.has("set_by")).then_some(SetBy::Nature(Vec::new()));
        }
        let mut parties = Vec::new();
        let mut whole = !item.lost.has("set_by");
        for text in setters {
            match self.party(text) {
                None => whole = false,
                Some(party) if parties.contains(&party) => self.report(Diagnostic::error(
                    code::DUPLICATE_PARTY,
                    text.span,
                    format!("`{}` lists `{}` twice; expected once", item.id.value, text.value),
                )),
                Some(party) => parties.push(party),
            }
        }
        if !whole {
            return None;
        }
        if let Some((value, _)) = item.chances.first() {
            self.report(Diagnostic::error(
                code::STRAY_CHANCES,
                value.span,
                format!("`{}` has chances but is set by a party; expected `set_by: nature`", item.id.value),
            ));
        }
        match parties.as_slice() {
            [] => None,
            [one] => Some(SetBy::Party(*one)),
            _ if rule_parties.is_empty() => Some(SetBy::Jointly(parties)),
            _ => Some(SetBy::Each(parties)),
        }
    }

    fn no_setter(&mut self, item: &IssueItem) {
        self.report(
            Diagnostic::error(
                code::NO_SETTER,
                item.id.span,
                format!("`{}` does not say who sets it; expected `set_by`", item.id.value),
            )
            .with_label("`set_by` is missing")
            .with_help("add `set_by:` with a party, a list of parties, or `nature`"),
        );
    }

    fn nature(&mut self, item: &IssueItem) -> SetBy {
        let index = self.situation.issues.len() - 1;
        let mut chances = vec![None; self.situation.issues[index].values.len()];
        let origin = self.situation.issues[index].origin.clone();
        let mut whole = !item.lost.has("chances");
        for (value, quantity) in &item.chances {
            let Some(found) = find_value(&self.situation.issues[index], &value.value) else {
                self.unknown_value(IssueId::from_index(index), value);
                whole = false;
                continue;
            };
            let what = format!("the chance of `{}` of `{}`", value.value, item.id.value);
            match self.chance(quantity, what, &origin) {
                Some(chance) => chances[found.index()] = Some(chance),
                None => whole = false,
            }
        }
        if whole && !item.chances.is_empty() {
            let given: Vec<_> = chances.iter().flatten().cloned().collect();
            let rest = chances.iter().filter(|c| c.is_none()).count();
            let span = item.chances[0].0.span;
            self.check_chance_sum(span, &format!("values of `{}`", item.id.value), &given, rest);
        }
        SetBy::Nature(chances)
    }

    /// `moves` come after named outcomes, which their conditions may use.
    pub(super) fn check_moves(&mut self) {
        for item in &self.tree.issues {
            let Some(id) = self.situation.issue(&item.id.value) else {
                self.check_moves_of_broken(item);
                continue;
            };
            let moves = match &item.moves {
                None => Moves::Free,
                Some(MovesItem::Kind(text)) => match text.value.as_str() {
                    "free" => Moves::Free,
                    "forward" => Moves::Forward,
                    "backward" => Moves::Backward,
                    "fixed" => Moves::Fixed,
                    other => {
                        let known = ["free", "forward", "backward", "fixed"];
                        let mut fault = Diagnostic::error(
                            code::UNKNOWN_VALUE,
                            text.span,
                            format!(
                                "there is no kind of moves `{other}`; expected `free`, `forward`, `backward`, `fixed` or a list"
                            ),
                        );
                        if let Some(near) = nearest(other, known) {
                            fault = fault.with_help(format!("did you mean `{near}`?")).with_replacement(near);
                        }
                        self.report(fault);
                        continue;
                    }
                },
                Some(MovesItem::Rules(rules)) => Moves::Rules(self.move_rules(id, rules)),
            };
            self.situation.issues[id.index()].moves = moves;
        }
    }

    /// What can be said of moves when the values of their issue are not known.
    fn check_moves_of_broken(&mut self, item: &IssueItem) {
        let Some(MovesItem::Rules(rules)) = &item.moves else { return };
        for rule in rules {
            self.claims(&rule.because);
            for party in &rule.by {
                self.party(party);
            }
            if let Some(when) = &rule.when {
                self.condition(when, Scope::Outcomes);
            }
        }
    }

    fn move_rules(&mut self, id: IssueId, rules: &[MoveRuleItem]) -> Vec<MoveRule> {
        let setters = match &self.situation.issues[id.index()].set_by {
            SetBy::Party(p) => vec![*p],
            SetBy::Each(ps) | SetBy::Jointly(ps) => ps.clone(),
            SetBy::Nature(_) => Vec::new(),
        };
        let set = !self.unset.contains(&self.situation.issues[id.index()].id);
        let each = matches!(self.situation.issues[id.index()].set_by, SetBy::Each(_));
        let mut found = Vec::new();
        for rule in rules {
            let mut origin: Origin = self.origin(rule.span, &rule.because, rule.about.as_ref());
            if origin.because.is_empty() {
                origin.because.clone_from(&self.situation.issues[id.index()].origin.because);
            }
            let mut by = Vec::new();
            for text in &rule.by {
                let Some(party) = self.party(text) else { continue };
                if setters.contains(&party) || !set {
                    by.push(party);
                } else {
                    let issue = &self.situation.issues[id.index()].id;
                    let known: Vec<&str> =
                        setters.iter().map(|p| self.situation.parties[p.index()].id.as_str()).collect();
                    let expected = match known.as_slice() {
                        [] => "no `by`, as nature sets it".to_owned(),
                        [one] => format!("`{one}`"),
                        many => format!("one of {}", list_names(many.iter().copied())),
                    };
                    let fault = Diagnostic::error(
                        code::FOREIGN_MOVE,
                        text.span,
                        format!("`{}` moves `{issue}` but does not set it; expected {expected}", text.value),
                    )
                    .with_help(format!("add `{}` to `set_by` of `{issue}`", text.value));
                    self.report(fault);
                }
            }
            if each && rule.by.is_empty() && !rule.lost.has("by") {
                let issue = &self.situation.issues[id.index()].id;
                let fault = Diagnostic::error(
                    code::FOREIGN_MOVE,
                    rule.span,
                    format!("this move of `{issue}` does not say whose it is, while others do; expected `by`"),
                );
                self.report(fault);
            }
            let from = self.rule_values(id, &rule.from);
            let to = self.rule_values(id, &rule.to);
            let when = match &rule.when {
                Some(text) => match self.condition(text, Scope::Outcomes) {
                    Some(expr) => Some(expr),
                    None => continue,
                },
                None => None,
            };
            found.push(MoveRule { by, from, to, when, origin });
        }
        found
    }

    /// The named values, or all when none is named.
    fn rule_values(&mut self, id: IssueId, names: &[Text]) -> Vec<ValueId> {
        let issue = &self.situation.issues[id.index()];
        if names.is_empty() {
            return (0..issue.values.len()).map(ValueId::from_index).collect();
        }
        let mut found = Vec::new();
        for name in names {
            match find_value(&self.situation.issues[id.index()], &name.value) {
                Some(value) => found.push(value),
                None => self.unknown_value(id, name),
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}
