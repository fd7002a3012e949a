//! From a situation to parties that negotiate.
//!
//! Every issue that an agreement settles becomes an issue of the negotiation; the others
//! stay as they are in the disagreement, or in the status quo where there is none. A term
//! of a worth becomes a table over the issues that it mentions; what nature settles is
//! averaged over where its chances are given. A party whose preferences have no worth gets
//! one that orders packages as they do: it tells what is efficient and what it accepts,
//! and nothing about how much.

use detente_bargain::linked::{Linked, LinkedParty, Table};
use detente_base::{Budget, Exact, Span, StopReason};
use detente_scenario::expr::Expr;
use detente_scenario::expr::eval::{Interval, Point, Truth, amount, truth};
use detente_scenario::situation::{
    Assignment, Constraint, IssueId, ParameterOrNumber, PartyId, PreferenceForm, SetBy, Situation, ValueId, WorthTerm,
};
use num_bigint::{BigInt, BigUint};

use super::failing::Failing;
use crate::ask::{AskError, Obstacle};
use crate::profile::Profile;
use crate::statements::constraint_text;

/// Most entries of one table.
const MOST_ENTRIES: u64 = 1 << 22;

/// Who negotiates over what.
#[derive(Debug)]
pub(crate) struct Setting<'a> {
    /// The situation.
    pub(crate) situation: &'a Situation,
    /// The parties at the table, in file order.
    pub(crate) parties: Vec<PartyId>,
    /// The issues that an agreement settles, in file order.
    pub(crate) issues: Vec<IssueId>,
    /// What happens without an agreement.
    pub(super) fallback: Option<&'a Assignment>,
    /// The conflict that goes on without an agreement, where the file says so.
    pub(super) failing: Option<Failing>,
    /// What nature settles with known chances.
    averaged: Vec<IssueId>,
    /// Values of all issues, for those that are not settled.
    base: Vec<ValueId>,
}

/// A negotiation with its numbers.
#[derive(Debug)]
pub(super) struct Lowered {
    /// The parties' worths.
    pub(super) linked: Linked,
    /// For each party, whether its numbers only order packages.
    pub(super) ordinal: Vec<bool>,
    /// What holds without an agreement, where that is a conflict.
    pub(super) without: Option<Without>,
}

/// What holds in the conflict that goes on without an agreement.
#[derive(Debug)]
pub(super) struct Without {
    /// Its outcomes.
    pub(super) outcomes: Vec<Vec<ValueId>>,
    /// Whether they hold; if nothing does, they are all that can be reached.
    pub(super) hold: bool,
    /// For each party at the table the most that it may have; its reservation is the least.
    pub(super) most: Vec<Exact>,
}

impl<'a> Setting<'a> {
    /// Reads who negotiates over what.
    ///
    /// # Errors
    /// When fewer than two parties want something, nothing can be settled, or it is not
    /// known how the issues stand that are not settled.
    pub(super) fn new(situation: &'a Situation) -> Result<Self, AskError> {
        let parties = situation.negotiators();
        if parties.len() < 2 {
            return Err(AskError::new(
                "fewer than two parties want something, so that there is nothing to negotiate",
                Some("say in `preferences` what the parties want".into()),
            ));
        }
        let issues = situation.negotiated();
        if issues.is_empty() {
            return Err(AskError::new(
                "no issue can be settled by the parties",
                Some("add an issue to `issues` that a party sets".into()),
            ));
        }
        let setting = Self::over(situation, parties, issues)?;
        let failing = situation.negotiation.as_ref().and_then(|talks| talks.without_agreement.as_ref());
        let failing = failing.map(|failing| Failing::new(situation, failing, setting.fallback)).transpose()?;
        Ok(Self { failing, ..setting })
    }

    /// The same of these parties and issues, whatever becomes of them without an agreement.
    ///
    /// # Errors
    /// When it is not known how the issues stand that are not settled.
    pub(crate) fn over(
        situation: &'a Situation,
        parties: Vec<PartyId>,
        issues: Vec<IssueId>,
    ) -> Result<Self, AskError> {
        let all = || (0..situation.issues.len()).map(IssueId::from_index);
        let fallback = situation.disagreement.as_ref().or(situation.status_quo.as_ref());
        // A mean is a worth: what rules or orders mention is not averaged over.
        let ruled = |issue: &IssueId| {
            let mut ordered = parties.iter().flat_map(|party| &situation.preferences[party.index()].types);
            situation.constraints.iter().any(|rule| rule.holds.issues().contains(issue))
                || ordered.any(|t| match &t.form {
                    PreferenceForm::Indifferent | PreferenceForm::Worth(_) => false,
                    PreferenceForm::Priority(statements) => statements.iter().any(|s| s.holds.issues().contains(issue)),
                    PreferenceForm::Ranking(levels) => levels.iter().any(|l| l.holds.issues().contains(issue)),
                    PreferenceForm::Listed(_) => true,
                })
        };
        let known = |issue: &IssueId| match &situation.issues[issue.index()].set_by {
            SetBy::Nature(chances) => {
                chances.len() > 1 && chances.iter().filter(|chance| chance.is_none()).count() <= 1
            }
            _ => false,
        };
        let averaged: Vec<IssueId> = all().filter(|issue| known(issue) && !ruled(issue)).collect();
        let open = all().find(|issue| !issues.contains(issue) && !averaged.contains(issue));
        let base = match (fallback, open) {
            (Some(assignment), _) => assignment.values.clone(),
            (None, None) => vec![ValueId(0); situation.issues.len()],
            (None, Some(issue)) => {
                let id = &situation.issues[issue.index()].id;
                return Err(AskError::new(
                    format!("an agreement does not settle `{id}`, and the file does not say how it stands"),
                    Some("add `disagreement` or `status_quo`".into()),
                ));
            }
        };
        Ok(Self { situation, parties, issues, fallback, failing: None, averaged, base })
    }

    /// The issues that nobody settles and their values, for readers.
    pub(crate) fn unsettled(&self) -> Vec<(IssueId, ValueId)> {
        let all = (0..self.situation.issues.len()).map(IssueId::from_index);
        let stays = all.filter(|issue| !self.issues.contains(issue) && !self.averaged.contains(issue));
        stays.map(|issue| (issue, self.base[issue.index()])).collect()
    }

    /// The issues over whose values worths are averaged.
    pub(super) fn averaged(&self) -> &[IssueId] {
        &self.averaged
    }

    /// Ids of the parties of which some type only orders packages.
    pub(super) fn ordinal(&self) -> Vec<String> {
        let orders = |party: &&PartyId| {
            let types = &self.situation.preferences[party.index()].types;
            types.iter().any(|t| !matches!(t.form, PreferenceForm::Worth(_)))
        };
        self.parties.iter().filter(orders).map(|party| self.situation.parties[party.index()].id.clone()).collect()
    }

    /// Combinations of values of the issues that are settled.
    pub(super) fn combinations(&self) -> BigUint {
        self.issues.iter().map(|issue| BigUint::from(self.situation.issues[issue.index()].values.len())).product()
    }

    /// Whether a party at the table has a say in an issue that is settled.
    pub(super) fn sets(&self, party: usize, issue: usize) -> bool {
        let party = self.parties[party];
        match &self.situation.issues[self.issues[issue].index()].set_by {
            SetBy::Party(own) => *own == party,
            SetBy::Each(all) | SetBy::Jointly(all) => all.contains(&party),
            SetBy::Nature(_) => false,
        }
    }

    /// How the issues that are settled stand without an agreement, where it is known.
    pub(super) fn settled_fallback(&self) -> Vec<Option<u32>> {
        let value = |issue: &IssueId| self.fallback.map(|fallback| fallback.values[issue.index()].0);
        self.issues.iter().map(value).collect()
    }

    /// Where the file says what a party at the table has without an agreement.
    pub(super) fn reservation_span(&self, party: usize) -> Option<Span> {
        let given = self.situation.negotiation.iter().flat_map(|talks| &talks.reservations);
        let own = given.filter(|given| given.party == self.parties[party]).map(|given| given.origin.span);
        own.chain(self.failing.as_ref().map(|failing| failing.span))
            .chain(self.fallback.map(|fallback| fallback.origin.span))
            .next()
    }

    /// The party's preferences in a combination of types.
    pub(super) fn form(&self, party: PartyId, profile: &Profile) -> &'a PreferenceForm {
        &self.situation.preferences[party.index()].types[profile.types[party.index()]].form
    }

    /// The negotiation with these types and numbers.
    ///
    /// # Errors
    /// When the file does not say what somebody has without an agreement, or a table would
    /// be too large.
    pub(super) fn lower(&self, profile: &Profile, point: &[Interval], budget: &Budget) -> Result<Lowered, Obstacle> {
        let sizes: Vec<usize> =
            self.issues.iter().map(|issue| self.situation.issues[issue.index()].values.len()).collect();
        let held = self.failing.as_ref().map(|failing| failing.outcomes(profile, point, budget)).transpose()?;
        let mut parties = Vec::new();
        let mut ordinal = Vec::new();
        let mut most = Vec::new();
        for party in &self.parties {
            let form = self.form(*party, profile);
            ordinal.push(!matches!(form, PreferenceForm::Worth(_)));
            let (reservation, up_to) = match (self.given_reservation(*party, point), &held) {
                (Some(given), _) => (given.clone(), given),
                (None, Some((outcomes, _))) => {
                    let mut worths: Vec<Exact> =
                        outcomes.iter().map(|values| self.worth(form, values, point)).collect();
                    worths.sort_unstable();
                    (worths[0].clone(), worths[worths.len() - 1].clone())
                }
                (None, None) => {
                    let worth = self.worth(form, &self.known_fallback(*party)?.values, point);
                    (worth.clone(), worth)
                }
            };
            most.push(up_to);
            parties.push(LinkedParty {
                name: self.situation.parties[party.index()].id.clone(),
                tables: self.tables(form, point)?,
                reservation,
            });
        }
        let mut rules = Vec::new();
        for rule in &self.situation.constraints {
            let allows = |values: &[ValueId]| truth(&rule.holds, &self.at(values, point)) == Truth::True;
            rules.push(self.tabulate(&rule.holds.issues(), allows)?);
        }
        let linked = Linked::new(sizes, parties, rules).expect("tables fit the issues");
        let without = held.map(|(outcomes, hold)| Without { outcomes, hold, most });
        Ok(Lowered { linked, ordinal, without })
    }

    /// The constraints that rule a package out, in the words of the file.
    pub(super) fn broken(&self, package: &[u32]) -> Vec<(String, Span)> {
        let mut values = self.base.clone();
        for (issue, value) in self.issues.iter().zip(package) {
            values[issue.index()] = ValueId(*value);
        }
        // Conditions on outcomes mention no number.
        let broken = |rule: &&Constraint| truth(&rule.holds, &self.at(&values, &[])) != Truth::True;
        let rules = self.situation.constraints.iter().filter(broken);
        rules.map(|rule| (constraint_text(self.situation, &rule.wording), rule.origin.span)).collect()
    }

    fn at<'p>(&'p self, values: &'p [ValueId], point: &'p [Interval]) -> Point<'p> {
        Point::new(self.situation, values, point)
    }

    /// The number that the file gives as a party's reservation; its preferences have a worth
    /// then.
    fn given_reservation(&self, party: PartyId, point: &[Interval]) -> Option<Exact> {
        let talks = self.situation.negotiation.as_ref()?;
        let given = talks.reservations.iter().find(|reservation| reservation.party == party)?;
        Some(match &given.worth {
            ParameterOrNumber::Number(number) => number.clone(),
            ParameterOrNumber::Parameter(id) => point[id.index()].low.clone(),
        })
    }

    /// What happens without an agreement, which a party's reservation is the worth of.
    fn known_fallback(&self, party: PartyId) -> Result<&'a Assignment, AskError> {
        self.fallback.ok_or_else(|| {
            AskError::new(
                format!(
                    "the file does not say what `{}` has without an agreement",
                    self.situation.parties[party.index()].id
                ),
                Some(
                    "add `disagreement: status_quo` with a `status_quo`, or to `negotiation` either `reservations` or \
                     `without_agreement`"
                        .into(),
                ),
            )
        })
    }

    /// What an outcome is worth, in the numbers of the tables.
    fn worth(&self, form: &PreferenceForm, values: &[ValueId], point: &[Interval]) -> Exact {
        match form {
            PreferenceForm::Indifferent => Exact::ZERO,
            PreferenceForm::Worth(terms) => terms
                .iter()
                .map(|term| self.averaged_over(&self.averaged, values.to_vec(), point, &|v| self.term(term, v, point)))
                .sum(),
            PreferenceForm::Priority(statements) => (statements.iter().enumerate())
                .filter(|(_, s)| truth(&s.holds, &self.at(values, point)) == Truth::True)
                .map(|(place, _)| power(statements.len() - 1 - place))
                .sum(),
            PreferenceForm::Ranking(levels) => {
                let met = levels.iter().position(|l| truth(&l.holds, &self.at(values, point)) == Truth::True);
                level(levels.len(), met)
            }
            PreferenceForm::Listed(groups) => {
                let code = self.code(values);
                level(groups.len(), groups.iter().position(|group| group.contains(&code)))
            }
        }
    }

    /// What makes up a party's worth of a package.
    ///
    /// # Errors
    /// When a table would be too large.
    pub(crate) fn tables(&self, form: &PreferenceForm, point: &[Interval]) -> Result<Vec<Table<Exact>>, StopReason> {
        match form {
            PreferenceForm::Indifferent => Ok(Vec::new()),
            PreferenceForm::Worth(terms) => terms
                .iter()
                .map(|term| {
                    let mut issues = term.add.issues();
                    issues.extend(term.when.iter().flat_map(Expr::issues));
                    let averaged: Vec<IssueId> =
                        self.averaged.iter().filter(|issue| issues.contains(issue)).copied().collect();
                    self.tabulate(&issues, |values| {
                        self.averaged_over(&averaged, values.to_vec(), point, &|v| self.term(term, v, point))
                    })
                })
                .collect(),
            PreferenceForm::Priority(statements) => (statements.iter().enumerate())
                .map(|(place, statement)| {
                    let met = power(statements.len() - 1 - place);
                    self.tabulate(&statement.holds.issues(), |values| {
                        match truth(&statement.holds, &self.at(values, point)) {
                            Truth::True => met.clone(),
                            _ => Exact::ZERO,
                        }
                    })
                })
                .collect(),
            PreferenceForm::Ranking(levels) => {
                let issues: Vec<IssueId> = levels.iter().flat_map(|level| level.holds.issues()).collect();
                Ok(vec![self.tabulate(&issues, |values| self.worth(form, values, point))?])
            }
            PreferenceForm::Listed(_) => {
                let issues: Vec<IssueId> = (0..self.situation.issues.len()).map(IssueId::from_index).collect();
                Ok(vec![self.tabulate(&issues, |values| self.worth(form, values, point))?])
            }
        }
    }

    fn term(&self, term: &WorthTerm, values: &[ValueId], point: &[Interval]) -> Exact {
        let at = self.at(values, point);
        match term.when.as_ref().map_or(Truth::True, |when| truth(when, &at)) {
            Truth::True => amount(&term.add, &at).expect("a checked amount is a number at a point").low,
            _ => Exact::ZERO,
        }
    }

    /// The mean over the values of issues that nature sets.
    fn averaged_over(
        &self,
        issues: &[IssueId],
        mut values: Vec<ValueId>,
        point: &[Interval],
        number: &dyn Fn(&[ValueId]) -> Exact,
    ) -> Exact {
        let Some((first, rest)) = issues.split_first() else { return number(&values) };
        let SetBy::Nature(chances) = &self.situation.issues[first.index()].set_by else {
            unreachable!("only issues that nature sets are averaged over")
        };
        let given = |chance: &ParameterOrNumber| match chance {
            ParameterOrNumber::Number(number) => number.clone(),
            ParameterOrNumber::Parameter(id) => point[id.index()].low.clone(),
        };
        let sum: Exact = chances.iter().flatten().map(given).sum();
        let mut mean = Exact::ZERO;
        for (value, chance) in chances.iter().enumerate() {
            let chance = chance.as_ref().map_or_else(|| &Exact::ONE - &sum, given);
            values[first.index()] = ValueId::from_index(value);
            mean = &mean + &(&chance * &self.averaged_over(rest, values.clone(), point, number));
        }
        mean
    }

    /// An entry for each combination of values of those of these issues that are settled.
    fn tabulate<T>(&self, issues: &[IssueId], entry: impl Fn(&[ValueId]) -> T) -> Result<Table<T>, StopReason> {
        let scope: Vec<usize> = (0..self.issues.len()).filter(|at| issues.contains(&self.issues[*at])).collect();
        let size = |at: &usize| self.situation.issues[self.issues[*at].index()].values.len() as u64;
        let count = scope.iter().try_fold(1u64, |n, at| n.checked_mul(size(at)));
        if count.is_none_or(|count| count > MOST_ENTRIES) {
            let states = count.map_or_else(|| "more than 2^64".to_owned(), |count| count.to_string());
            return Err(StopReason::TooManyStates { states, limit: MOST_ENTRIES });
        }
        let mut values = self.base.clone();
        scope.iter().for_each(|at| values[self.issues[*at].index()] = ValueId(0));
        let mut entries = Vec::new();
        loop {
            entries.push(entry(&values));
            let next = scope.iter().position(|at| {
                let value = &mut values[self.issues[*at].index()];
                value.0 += 1;
                let carried = u64::from(value.0) == size(at);
                if carried {
                    value.0 = 0;
                }
                !carried
            });
            if next.is_none() {
                return Ok(Table { issues: scope, entries });
            }
        }
    }

    fn code(&self, values: &[ValueId]) -> u32 {
        let digits = values.iter().zip(&self.situation.issues).rev();
        digits.fold(0, |code, (value, issue)| code * issue.values.len() as u32 + value.0)
    }
}

/// A statement counts more than all after it together.
fn power(exponent: usize) -> Exact {
    Exact::from_ratio(&(BigInt::from(1) << exponent), &BigInt::from(1))
}

/// Levels from the last up; 0 is for what is on none.
fn level(levels: usize, met: Option<usize>) -> Exact {
    Exact::from(met.map_or(0, |place| (levels - place) as i64))
}
