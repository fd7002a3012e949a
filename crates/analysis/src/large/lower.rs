//! From a situation to a conflict by formulas.

use std::collections::BTreeMap;

use detente_base::Exact;
use detente_conflict::symbolic::{Change, Conflict, Formula, Order, Package, Party};
use detente_scenario::columns::{Columns, Table};
use detente_scenario::expr::eval::{Interval, Truth, truth};
use detente_scenario::expr::{Expr, ExprKind};
use detente_scenario::situation::{IssueId, Moves, PartyId, PreferenceForm, SetBy, Situation, ValueId, WorthTerm};
use detente_scenario::space::Space;
use num_bigint::BigInt;
use num_integer::Integer;

use crate::profile::Profile;

/// Most combinations of values that one comparison of amounts is written out over.
const MAX_ENTRIES: u64 = 1 << 16;

/// Why a situation has no form for diagrams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

/// The conflict of one combination of types at a point of the parameters.
///
/// # Errors
/// When a comparison of amounts or a worth depends on too many issues at once, or
/// worths need too many digits.
pub fn lower(situation: &Situation, profile: &Profile, point: &[Interval]) -> Result<Conflict, Refusal> {
    let space = Space::for_tables(situation);
    let columns = Columns::over_tables(situation, &space, point);
    let lowering = Lowering { situation, space: &space, columns };
    let feasible = situation.constraints.iter().map(|c| lowering.formula(&c.holds)).collect::<Result<_, _>>()?;
    let parties = (0..situation.parties.len())
        .map(|party| lowering.party(PartyId::from_index(party), profile))
        .collect::<Result<_, _>>()?;
    Ok(Conflict { sizes: space.sizes().to_vec(), feasible, parties })
}

/// A condition on outcomes as a formula.
///
/// # Errors
/// When a comparison of amounts in it depends on too many issues at once.
pub fn lower_condition(situation: &Situation, point: &[Interval], condition: &Expr) -> Result<Formula, Refusal> {
    let space = Space::for_tables(situation);
    let columns = Columns::over_tables(situation, &space, point);
    Lowering { situation, space: &space, columns }.formula(condition)
}

struct Lowering<'a> {
    situation: &'a Situation,
    space: &'a Space,
    columns: Columns<'a>,
}

impl Lowering<'_> {
    fn party(&self, id: PartyId, profile: &Profile) -> Result<Party, Refusal> {
        let party = &self.situation.parties[id.index()];
        let form = &self.situation.preferences[id.index()].types[profile.types[id.index()]].form;
        let unseen: Vec<Formula> = party.unseen.iter().map(|e| self.formula(e)).collect::<Result<_, _>>()?;
        Ok(Party {
            name: party.name.clone(),
            packages: self.packages(id)?,
            order: self.order(form, &party.id)?,
            unseen: (!unseen.is_empty()).then_some(Formula::Any(unseen)),
        })
    }

    /// What a party sets alone moves together; what several set jointly moves together
    /// with consent; what several move on their own moves by itself.
    fn packages(&self, party: PartyId) -> Result<Vec<Package>, Refusal> {
        let mut own = Package::default();
        let mut joint: Vec<(Vec<PartyId>, Package)> = Vec::new();
        let mut single = Vec::new();
        for (index, issue) in self.situation.issues.iter().enumerate() {
            let change = |by| self.change(&issue.moves, by).map(|change| (index, change));
            match &issue.set_by {
                SetBy::Party(owner) if *owner == party => own.changes.push(change(None)?),
                SetBy::Each(movers) if movers.contains(&party) => {
                    single.push(Package { changes: vec![change(Some(party))?], consent: Vec::new() });
                }
                SetBy::Jointly(setters) if setters.contains(&party) => {
                    let change = change(None)?;
                    match joint.iter_mut().find(|(who, _)| who == setters) {
                        Some((_, package)) => package.changes.push(change),
                        None => {
                            let others = setters.iter().filter(|other| **other != party);
                            let consent = others.map(|other| other.index()).collect();
                            joint.push((setters.clone(), Package { changes: vec![change], consent }));
                        }
                    }
                }
                _ => {}
            }
        }
        let own = (!own.changes.is_empty()).then_some(own);
        Ok(own.into_iter().chain(single).chain(joint.into_iter().map(|(_, package)| package)).collect())
    }

    fn change(&self, moves: &Moves, by: Option<PartyId>) -> Result<Change, Refusal> {
        let rules = match moves {
            Moves::Free => return Ok(Change::Free),
            Moves::Forward => return Ok(Change::Forward),
            Moves::Backward => return Ok(Change::Backward),
            Moves::Fixed => return Ok(Change::Fixed),
            Moves::Rules(rules) => rules,
        };
        let mut pairs = Vec::new();
        for rule in rules.iter().filter(|rule| by.is_none_or(|by| rule.by.is_empty() || rule.by.contains(&by))) {
            let guard = rule.when.as_ref().map_or(Ok(Formula::always()), |when| self.formula(when))?;
            for from in &rule.from {
                pairs.extend(rule.to.iter().filter(|to| *to != from).map(|to| (from.0, to.0, guard.clone())));
            }
        }
        Ok(Change::Rules(pairs))
    }

    fn order(&self, form: &PreferenceForm, party: &str) -> Result<Order, Refusal> {
        Ok(match form {
            PreferenceForm::Indifferent => Order::Indifferent,
            PreferenceForm::Priority(statements) => {
                Order::Priority(statements.iter().map(|s| self.formula(&s.holds)).collect::<Result<_, _>>()?)
            }
            PreferenceForm::Ranking(levels) => {
                Order::Levels(levels.iter().map(|l| self.formula(&l.holds)).collect::<Result<_, _>>()?)
            }
            PreferenceForm::Listed(groups) => {
                let state = |code: &u32| {
                    let values: Vec<u32> = self.space.values(u64::from(*code)).iter().map(|v| v.0).collect();
                    Formula::state(&values)
                };
                Order::Levels(groups.iter().map(|group| Formula::Any(group.iter().map(state).collect())).collect())
            }
            PreferenceForm::Worth(terms) => Order::Sum(self.weights(terms, party)?),
        })
    }

    /// Each term as a weight for each amount that it can add.
    fn weights(&self, terms: &[WorthTerm], party: &str) -> Result<Vec<(Formula, i128)>, Refusal> {
        let mut weighted: Vec<(Formula, Exact)> = Vec::new();
        for (place, term) in terms.iter().enumerate() {
            let mut issues = term.add.issues();
            issues.extend(term.when.iter().flat_map(Expr::issues));
            self.check_width(&issues, || format!("term {} of the worth of `{party}`", place + 1))?;
            let table = self.columns.contribution(term.when.as_ref(), &term.add);
            let mut amounts: BTreeMap<Exact, Vec<usize>> = BTreeMap::new();
            for (index, entry) in table.entries.iter().enumerate() {
                let amount = entry.clone().expect("a checked amount is a number at a point");
                if amount != Exact::ZERO {
                    amounts.entry(amount).or_default().push(index);
                }
            }
            for (amount, entries) in amounts {
                weighted.push((self.entries_formula(&table, &entries), amount));
            }
        }
        let mut unit = BigInt::from(1);
        weighted.iter().for_each(|(_, amount)| unit = unit.lcm(&amount.to_ratio().1));
        let whole = |amount: &Exact| {
            let (numerator, denominator) = amount.to_ratio();
            i128::try_from(numerator * (&unit / denominator)).ok()
        };
        let scaled = weighted.into_iter().map(|(when, amount)| whole(&amount).map(|weight| (when, weight)));
        scaled
            .collect::<Option<_>>()
            .ok_or_else(|| Refusal(format!("the worths of `{party}` need numbers of more than 127 bits")))
    }

    fn formula(&self, expr: &Expr) -> Result<Formula, Refusal> {
        let all = |parts: &[Expr]| parts.iter().map(|part| self.formula(part)).collect::<Result<Vec<_>, _>>();
        Ok(match &expr.kind {
            ExprKind::Bool(true) => Formula::always(),
            ExprKind::Bool(false) => Formula::always().negated(),
            ExprKind::IssueIn(issue, values) => Formula::In(issue.index(), values.iter().map(|v| v.0).collect()),
            ExprKind::Outcome(_, inner) => self.formula(inner)?,
            ExprKind::Not(inner) => self.formula(inner)?.negated(),
            ExprKind::And(parts) => Formula::All(all(parts)?),
            ExprKind::Or(parts) => Formula::Any(all(parts)?),
            ExprKind::If(condition, then, otherwise) => {
                let condition = self.formula(condition)?;
                let (then, otherwise) = (self.formula(then)?, self.formula(otherwise)?);
                condition.clone().and(then).or(condition.negated().and(otherwise))
            }
            _ => {
                let issues = expr.issues();
                self.check_width(&issues, || "a comparison of amounts".to_owned())?;
                let table = self.columns.table(&issues, |point| truth(expr, point) == Truth::True);
                let entries: Vec<usize> =
                    table.entries.iter().enumerate().filter(|(_, holds)| **holds).map(|(index, _)| index).collect();
                self.entries_formula(&table, &entries)
            }
        })
    }

    fn check_width(&self, issues: &[IssueId], what: impl Fn() -> String) -> Result<(), Refusal> {
        let mut distinct = issues.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let combinations = distinct
            .iter()
            .fold(1_u64, |product, issue| product.saturating_mul(self.space.sizes()[issue.index()].into()));
        if combinations <= MAX_ENTRIES {
            return Ok(());
        }
        let what = what();
        Err(Refusal(format!("{what} depends on {} issues at once, with {combinations} combinations", distinct.len())))
    }

    /// The combinations at some places of a table.
    fn entries_formula<T>(&self, table: &Table<T>, entries: &[usize]) -> Formula {
        let combination = |entry: &usize| {
            let mut rest = *entry;
            let literal = |issue: &IssueId| {
                let size = self.space.sizes()[issue.index()] as usize;
                let value = ValueId::from_index(rest % size);
                rest /= size;
                Formula::In(issue.index(), vec![value.0])
            };
            Formula::All(table.issues.iter().map(literal).collect())
        };
        Formula::Any(entries.iter().map(combination).collect())
    }
}
