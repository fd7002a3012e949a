//! Situations with more outcomes than can be listed: counts and conditions instead of
//! numbers.
//!
//! Reading order: [`Engine`], [`LargeAnswer`](crate::report::LargeAnswer); `lower` writes a
//! situation as formulas, `sets` describes what holds, `outcomes` judges single outcomes,
//! `start` follows the status quo, `questions` puts it together;
//! `coalitions` asks what parties would do together.

pub(crate) mod coalitions;
mod lower;
mod outcomes;
mod questions;
mod sets;
mod start;

use std::cell::Cell;

use detente_base::{Budget, StopReason};
use detente_conflict::symbolic::{BuildError, Local, StateSet, SymbolicModel};
use detente_scenario::expr::Expr;
use detente_scenario::expr::eval::{Interval, central_point};
use detente_scenario::situation::{Situation, ValueId};

use crate::ask::{AskError, Options};
use crate::profile::Profile;
use crate::report::{LargeStep, Values};
use crate::structure::Structure;

pub(crate) use questions::{LargeQuestion, analyze_large, explain_large, solve_large};

/// Combinations of values that all checks of one answer may try, one by one.
const MOST_FOLLOWED: u64 = 1 << 19;

/// How conflicts are solved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// By listing outcomes where the budget allows it, else by decision diagrams.
    #[default]
    Auto,
    /// By listing outcomes.
    Explicit,
    /// By decision diagrams.
    Symbolic,
}

/// Why outcomes are not listed.
pub(crate) enum Unlisted {
    Undecided(StopReason),
    /// Decision diagrams are to be tried.
    Large,
}

/// The structure in which outcomes are listed, if they are to be listed.
pub(crate) fn listed<'a>(
    situation: &'a Situation,
    options: &Options,
    budget: &Budget,
) -> Result<Structure<'a>, Unlisted> {
    match options.engine {
        Engine::Symbolic => Err(Unlisted::Large),
        Engine::Explicit => Structure::new(situation, budget).map_err(Unlisted::Undecided),
        Engine::Auto => Structure::new(situation, budget).map_err(|reason| match reason {
            StopReason::TooManyStates { .. } => Unlisted::Large,
            other => Unlisted::Undecided(other),
        }),
    }
}

/// Refuses what makes sense only of outcomes that are listed.
///
/// # Errors
/// When outcomes are to be ordered or counted in groups.
pub(crate) fn refuse_lists(options: &Options) -> Result<(), AskError> {
    let asked = [("sort", !options.order.is_empty()), ("by", !options.group_by.is_empty())];
    match asked.iter().find(|(_, asked)| *asked) {
        None => Ok(()),
        Some((name, _)) => Err(AskError::new(
            format!("`--{name}` needs outcomes that are listed, and here they are not"),
            Some("`--where` narrows the question to fewer outcomes".into()),
        )),
    }
}

/// One combination of types on decision diagrams.
pub(crate) struct Large<'a> {
    situation: &'a Situation,
    point: Vec<Interval>,
    model: SymbolicModel,
    budget: &'a Budget,
    /// Combinations of values that checks may still try.
    followed: Cell<u64>,
}

/// Why there are no diagrams.
pub(crate) enum Unopened {
    Refused(String),
    Stopped(StopReason),
}

impl<'a> Large<'a> {
    pub(crate) fn open(situation: &'a Situation, profile: &Profile, budget: &'a Budget) -> Result<Self, Unopened> {
        let point = central_point(situation).expect("checked amounts divide by no zero");
        let conflict = lower::lower(situation, profile, &point).map_err(|refusal| Unopened::Refused(refusal.0))?;
        let model = SymbolicModel::new(conflict, budget).map_err(|fault| match fault {
            BuildError::Stopped(reason) => Unopened::Stopped(reason),
            BuildError::Faulty(fault) => Unopened::Refused(fault.to_string()),
        })?;
        Ok(Self { situation, point, model, budget, followed: Cell::new(MOST_FOLLOWED) })
    }

    fn local(&self) -> Local<'_> {
        Local::new(self.model.conflict())
    }

    fn count(&self, set: &StateSet) -> String {
        self.model.count(set).to_string()
    }

    /// The feasible outcomes that satisfy a condition.
    fn satisfying(&self, condition: &Expr) -> Result<Result<StateSet, StopReason>, AskError> {
        let formula = lower::lower_condition(self.situation, &self.point, condition)
            .map_err(|refusal| AskError::new(format!("the condition cannot be asked here: {}", refusal.0), None))?;
        Ok(self.model.satisfying(&formula, self.budget))
    }

    /// The status quo as a feasible state.
    fn status_quo(&self) -> Option<Vec<u32>> {
        let assignment = self.situation.status_quo.as_ref()?;
        let state: Vec<u32> = assignment.values.iter().map(|value| value.0).collect();
        self.model.contains(&self.model.states(), &state).then_some(state)
    }

    fn pairs(&self, state: &[u32]) -> Values {
        crate::overview::pairs(self.situation, &value_ids(state))
    }

    fn named_at(&self, state: &[u32]) -> Vec<String> {
        crate::overview::named_at(self.situation, &value_ids(state))
    }

    /// The issues that differ, with the values after.
    fn changes(&self, before: &[u32], after: &[u32]) -> Values {
        let pairs = self.pairs(after).into_iter().zip(before.iter().zip(after));
        pairs.filter(|(_, (before, after))| before != after).map(|(pair, _)| pair).collect()
    }

    fn steps(&self, from: &[u32], steps: &[detente_conflict::symbolic::Step]) -> Vec<LargeStep> {
        let befores = std::iter::once(from).chain(steps.iter().map(|step| step.to.as_slice()));
        let view = |(before, step): (&[u32], &detente_conflict::symbolic::Step)| LargeStep {
            party: self.situation.parties[step.party].id.clone(),
            changes: self.changes(before, &step.to),
        };
        befores.zip(steps).map(view).collect()
    }
}

fn value_ids(state: &[u32]) -> Vec<ValueId> {
    state.iter().map(|value| ValueId(*value)).collect()
}
