//! Goods of a scenario.
//!
//! An issue is a good if its values are the parties at the table: each is the party that gets
//! it. What a good is worth to a party is what it adds to its worth to have it; what others do
//! with a good that a party does not have must be the same to it.

use detente_bargain::division::Goods;
use detente_base::{Budget, Diagnostic, Exact, SourceText, Span};
use detente_scenario::check::goods::LINKED_GOODS;
use detente_scenario::expr::Expr;
use detente_scenario::expr::eval::{Interval, central_point};
use detente_scenario::situation::{IssueId, ParameterId, PartyId, PreferenceForm, Quantity, Situation, WorthTerm};
use detente_scenario::suggest::list_names;
use detente_scenario::{check_goods, goods_of};

use super::{Case, CentralNumber, DivisionAnswer, answer};
use crate::ask::{AskError, Options, with_options};
use crate::deals::lower::Setting;
use crate::deals::setting;
use crate::ranges::roots;

/// Why goods of a scenario are not divided.
#[derive(Clone, Debug)]
pub enum NoDivision {
    /// The question cannot be asked.
    Error(AskError),
    /// What keeps issues from being goods, by places of the file.
    Faults(Vec<Diagnostic>),
}

impl From<AskError> for NoDivision {
    fn from(error: AskError) -> Self {
        Self::Error(error)
    }
}

/// Divides the goods of a scenario among the parties at the table; uncertain numbers are taken
/// at their central values.
///
/// Cost: that of [`whole_goods`](fn@detente_bargain::division::whole_goods).
///
/// # Errors
/// When there are no goods, worth does not add up good by good, a party is of several types or
/// wants nothing, or it is not known how other issues stand.
pub fn divide_situation(
    source: &SourceText,
    situation: &Situation,
    options: &Options,
    budget: &Budget,
) -> Result<DivisionAnswer, NoDivision> {
    let situation = &with_options(situation, options)?;
    let places = goods_of(situation);
    let parties = situation.negotiators();
    if places.is_empty() {
        return Err(no_goods(situation, &parties).into());
    }
    let faults = check_goods(situation, &places);
    if !faults.is_empty() {
        return Err(NoDivision::Faults(faults));
    }
    if let Some(party) = parties.iter().find(|party| situation.preferences[party.index()].types.len() > 1) {
        return Err(several_types(situation, *party).into());
    }
    let mut goods: Vec<IssueId> = places.iter().map(|(good, _)| *good).collect();
    goods.sort_unstable();
    let table = Setting::over(situation, parties, goods)?;
    let point = central_point(situation).expect("checked amounts divide by no zero");
    let points = points(&table, &point)?;
    let case = Case {
        parties: table.parties.iter().map(|party| situation.parties[party.index()].name.clone()).collect(),
        names: table.issues.iter().map(|good| situation.issues[good.index()].name.clone()).collect(),
        goods: Goods::new(points).map_err(|fault| AskError::new(fault.to_string(), None))?,
    };
    let line = |good: &IssueId| source.position(situation.issues[good.index()].origin.span.start).0;
    Ok(DivisionAnswer {
        lines: table.issues.iter().map(line).collect(),
        unsettled: table.unsettled().into_iter().map(|(issue, value)| setting(situation, issue, value)).collect(),
        central: central(source, &table, &point),
        ..answer(&case, budget)
    })
}

fn no_goods(situation: &Situation, parties: &[PartyId]) -> AskError {
    let ids: Vec<&str> = parties.iter().map(|party| situation.parties[party.index()].id.as_str()).collect();
    if ids.len() < 2 {
        let help = "say in `preferences` what the parties want";
        return AskError::new("fewer than two parties want something, so that nobody shares", Some(help.into()));
    }
    AskError::new(
        format!("no issue is a good: none has {} as its values", list_names(ids.iter().copied())),
        Some(format!(
            "call the values of a good by who gets it: `issues: {{land: {{values: [{}], …}}}}`",
            ids.join(", ")
        )),
    )
}

fn several_types(situation: &Situation, party: PartyId) -> AskError {
    let types = &situation.preferences[party.index()].types;
    AskError::new(
        format!(
            "`{}` may be of {} types, and goods are divided by known worths",
            situation.parties[party.index()].id,
            types.len()
        ),
        Some("write the `worth` of one type as that of the party".into()),
    )
}

/// By party and good, what it adds to have the good.
fn points(table: &Setting<'_>, point: &[Interval]) -> Result<Vec<Vec<Exact>>, NoDivision> {
    let mut found = Vec::new();
    let mut faults = Vec::new();
    for party in &table.parties {
        let form = &table.situation.preferences[party.index()].types[0].form;
        let mut worths: Vec<Vec<Exact>> = table
            .issues
            .iter()
            .map(|good| vec![Exact::ZERO; table.situation.issues[good.index()].values.len()])
            .collect();
        for part in table.tables(form, point).expect("checked terms are about one good at most") {
            if let [good] = part.issues[..] {
                for (sum, entry) in worths[good].iter_mut().zip(&part.entries) {
                    *sum = &*sum + entry;
                }
            }
        }
        let mut own = Vec::new();
        for (good, worths) in table.issues.iter().zip(&worths) {
            let judged = Judged { situation: table.situation, good: *good, party: *party, worths };
            faults.extend(judged.fault());
            own.push(judged.gain());
        }
        found.push(own);
    }
    if faults.is_empty() { Ok(found) } else { Err(NoDivision::Faults(faults)) }
}

/// A good in the eyes of a party.
struct Judged<'j> {
    situation: &'j Situation,
    good: IssueId,
    party: PartyId,
    /// By who gets it.
    worths: &'j [Exact],
}

impl Judged<'_> {
    fn own(&self) -> usize {
        let id = &self.situation.parties[self.party.index()].id;
        let values = &self.situation.issues[self.good.index()].values;
        values.iter().position(|value| value.id == *id).expect("a checked good can go to anybody")
    }

    /// One who may get it in place of the party.
    fn other(&self) -> usize {
        usize::from(self.own() == 0)
    }

    /// What it adds to get it.
    fn gain(&self) -> Exact {
        &self.worths[self.own()] - &self.worths[self.other()]
    }

    /// A party must not care who of the others has a good, nor be better off without it.
    fn fault(&self) -> Option<Diagnostic> {
        let (own, other) = (self.own(), self.other());
        let (id, issue) = (&self.situation.parties[self.party.index()].id, &self.situation.issues[self.good.index()]);
        let without = &self.worths[other];
        let odd = (0..self.worths.len()).find(|holder| *holder != own && self.worths[*holder] != *without);
        let (message, help) = if let Some(holder) = odd {
            let ((one, two), worth) = ((&issue.values[other].id, &issue.values[holder].id), &self.worths[holder]);
            (
                format!("to `{id}`, `{}` with `{one}` is worth {without}, and with `{two}` {worth}", issue.id),
                "only who has a good may gain by it: write one number for all others",
            )
        } else if self.worths[own] < *without {
            (
                format!("`{id}` has less by getting `{}`: {} instead of {without}", issue.id, self.worths[own]),
                "burdens are not divided: make a good of being spared it",
            )
        } else {
            return None;
        };
        let place = preference_about(self.situation, self.party, self.good);
        Some(Diagnostic::error(LINKED_GOODS, place, message).with_help(help))
    }
}

/// The first term of a party's worth that mentions an issue.
fn preference_about(situation: &Situation, party: PartyId, issue: IssueId) -> Span {
    let kind = &situation.preferences[party.index()].types[0];
    let PreferenceForm::Worth(terms) = &kind.form else { return kind.origin.span };
    let mentions = |term: &&WorthTerm| {
        term.add.issues().contains(&issue) || term.when.iter().any(|when| when.issues().contains(&issue))
    };
    terms.iter().find(mentions).map_or(kind.origin.span, |term| term.origin.span)
}

/// The uncertain numbers in the worths of goods.
fn central(source: &SourceText, table: &Setting<'_>, point: &[Interval]) -> Vec<CentralNumber> {
    let situation = table.situation;
    let mut used: Vec<ParameterId> = Vec::new();
    for party in &table.parties {
        let PreferenceForm::Worth(terms) = &situation.preferences[party.index()].types[0].form else { continue };
        for term in terms {
            let mut issues = term.add.issues();
            issues.extend(term.when.iter().flat_map(Expr::issues));
            if issues.iter().any(|issue| table.issues.contains(issue)) {
                used.extend(term.add.parameters());
            }
        }
    }
    let number = |id: ParameterId| {
        let parameter = &situation.parameters[id.index()];
        let Quantity::Range { low, high, .. } = &parameter.value else { return None };
        let value = point[id.index()].low.clone();
        let line = source.position(parameter.origin.span.start).0;
        Some(CentralNumber { name: parameter.id.clone(), line, value, low: low.clone(), high: high.clone() })
    };
    roots(situation, used).into_iter().filter_map(number).collect()
}
