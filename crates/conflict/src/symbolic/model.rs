//! A conflict in diagrams, and its stable states.

use biodivine_lib_bdd::Bdd;
use detente_base::{Budget, StopReason};
use num_bigint::BigUint;

use super::conflict::{Conflict, ConflictError};
use super::diagrams::Diagrams;
use super::encoding::Encoding;
use super::keys::key;
use super::moves::{Ground, Mover};
use super::set::StateSet;
use super::stable::Work;
use super::vectors::Number;
use crate::concepts::Concept;

/// A conflict as decision diagrams, ready to be asked questions.
pub struct SymbolicModel {
    pub(super) conflict: Conflict,
    pub(super) code: Encoding,
    pub(super) feasible: Bdd,
    pub(super) keys: Vec<Number>,
    pub(super) movers: Vec<Mover>,
}

/// Why there is no model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// The conflict contradicts itself.
    #[error(transparent)]
    Faulty(#[from] ConflictError),
    /// The budget ended it.
    #[error("the budget ended the construction")]
    Stopped(StopReason),
}

impl From<StopReason> for BuildError {
    fn from(reason: StopReason) -> Self {
        Self::Stopped(reason)
    }
}

impl SymbolicModel {
    /// Turns formulas into diagrams.
    ///
    /// # Errors
    /// When the conflict is faulty, or its formulas need more nodes than the budget
    /// allows.
    pub fn new(conflict: Conflict, budget: &Budget) -> Result<Self, BuildError> {
        conflict.check()?;
        let dd = Diagrams::new(budget);
        let code = Encoding::new(&conflict);
        let mut feasible = code.valid(&dd)?;
        for formula in &conflict.feasible {
            feasible = dd.and(&feasible, &code.formula(formula, &dd)?)?;
        }
        let keys = conflict
            .parties
            .iter()
            .map(|party| key(&party.order, &feasible, &code, &dd))
            .collect::<Result<Vec<_>, _>>()?;
        let movers = (0..conflict.parties.len()).map(|party| Mover::new(&conflict, party, &code)).collect();
        Ok(Self { conflict, code, feasible, keys, movers })
    }

    /// What it was built from.
    pub fn conflict(&self) -> &Conflict {
        &self.conflict
    }

    /// The feasible states.
    pub fn states(&self) -> StateSet {
        StateSet(self.feasible.clone())
    }

    /// Number of states in a set.
    pub fn count(&self, set: &StateSet) -> BigUint {
        set.count(&self.code)
    }

    /// Whether a state, given as one value for each coordinate, is in a set.
    ///
    /// # Panics
    /// If there is not one value for each coordinate.
    pub fn contains(&self, set: &StateSet, values: &[u32]) -> bool {
        assert_eq!(values.len(), self.code.sizes().len(), "one value for each coordinate");
        values.iter().zip(self.code.sizes()).all(|(value, size)| value < size)
            && set.0.eval_in(&self.code.assignment(values))
    }

    /// A state of a set, other ones for other seeds; `None` when it is empty.
    pub fn draw(&self, set: &StateSet, seed: u64) -> Option<Vec<u32>> {
        set.draw(&self.code, seed)
    }

    /// The feasible states that satisfy a formula.
    ///
    /// # Errors
    /// When the budget ends it.
    pub fn satisfying(&self, formula: &super::Formula, budget: &Budget) -> Result<StateSet, StopReason> {
        let dd = Diagrams::new(budget);
        Ok(StateSet(dd.and(&self.feasible, &self.code.formula(formula, &dd)?)?))
    }

    /// States of the first set that are not in the second.
    ///
    /// # Errors
    /// When the budget ends it.
    pub fn difference(&self, first: &StateSet, second: &StateSet, budget: &Budget) -> Result<StateSet, StopReason> {
        Ok(StateSet(Diagrams::new(budget).and_not(&first.0, &second.0)?))
    }

    /// States that are in both sets.
    ///
    /// # Errors
    /// When the budget ends it.
    pub fn intersection(&self, first: &StateSet, second: &StateSet, budget: &Budget) -> Result<StateSet, StopReason> {
        Ok(StateSet(Diagrams::new(budget).and(&first.0, &second.0)?))
    }

    /// The states that are stable for a decision maker.
    ///
    /// Each question has the whole budget.
    ///
    /// # Errors
    /// When the budget ends it.
    pub fn stable(&self, concept: Concept, party: usize, budget: &Budget) -> Result<StateSet, StopReason> {
        self.work(budget).stable(concept, party).map(StateSet)
    }

    /// The states that are stable for every decision maker under one concept.
    ///
    /// Every decision maker has an equal share of the budget, and what those before it
    /// left of theirs: a hopeless question ends early.
    ///
    /// # Errors
    /// When the budget ends it.
    pub fn equilibria(&self, concept: Concept, budget: &Budget) -> Result<StateSet, StopReason> {
        self.equilibria_of_mixture(&vec![concept; self.movers.len()], budget)
    }

    /// The states that are stable for every decision maker, each under its own concept.
    ///
    /// # Errors
    /// When the budget ends it.
    ///
    /// # Panics
    /// If there is not one concept for each decision maker.
    pub fn equilibria_of_mixture(&self, concepts: &[Concept], budget: &Budget) -> Result<StateSet, StopReason> {
        assert_eq!(concepts.len(), self.movers.len(), "one concept per decision maker");
        let work = self.work(budget);
        let mut stable = Vec::with_capacity(concepts.len());
        for (party, concept) in concepts.iter().enumerate() {
            work.dd.share_with(concepts.len() - party);
            stable.push(work.stable(*concept, party)?);
        }
        work.dd.share_with(1);
        stable.sort_by_key(Bdd::size);
        Ok(StateSet(stable.iter().try_fold(self.feasible.clone(), |all, stable| work.dd.and(&all, stable))?))
    }

    pub(super) fn work<'m>(&'m self, budget: &'m Budget) -> Work<'m> {
        Work { model: self, dd: Diagrams::new(budget) }
    }

    pub(super) fn ground(&self) -> Ground<'_> {
        Ground { conflict: &self.conflict, code: &self.code, feasible: &self.feasible, keys: &self.keys }
    }
}
