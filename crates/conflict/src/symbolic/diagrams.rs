//! Decision diagrams within a budget.

use std::cell::Cell;

use biodivine_lib_bdd::{Bdd, BddVariable, op_function};
use detente_base::{Budget, StopReason};

/// The part of the budget that one operation may take: it bounds memory.
const SHARE_OF_ONE: u64 = 8;

/// Steps between two looks at the stopper.
const BEAT: u64 = 1 << 14;

/// Operations on diagrams that end with the budget.
///
/// The library calls the operator back at every step. Once the budget is spent the
/// operator answers false, so that the operation ends at once; its result is dropped.
pub(super) struct Diagrams<'b> {
    budget: &'b Budget,
    /// Steps taken altogether.
    spent: Cell<u64>,
    /// Steps at which the running part of the question has to end.
    limit: Cell<u64>,
    /// Steps at which the running operation has to end.
    end: Cell<u64>,
    /// Why it has to end early.
    stop: Cell<Option<Stop>>,
}

#[derive(Clone, Copy, Debug)]
enum Stop {
    Interrupted,
    Spent,
}

type Operator = fn(Option<bool>, Option<bool>) -> Option<bool>;

impl<'b> Diagrams<'b> {
    pub(super) fn new(budget: &'b Budget) -> Self {
        Self { budget, spent: Cell::new(0), limit: Cell::new(budget.nodes), end: Cell::new(0), stop: Cell::new(None) }
    }

    /// Lets what follows take an equal share of what is left, with so many parts to come.
    pub(super) fn share_with(&self, parts: usize) {
        let left = self.budget.nodes.saturating_sub(self.spent.get());
        self.limit.set(self.spent.get() + left / (parts as u64).max(1));
    }

    /// Counts a step; whether to go on.
    fn step(&self) -> bool {
        let spent = self.spent.get() + 1;
        self.spent.set(spent);
        if spent >= self.end.get() {
            self.stop.set(Some(Stop::Spent));
        } else if spent.is_multiple_of(BEAT) && self.budget.stopper.is_stopped() {
            self.stop.set(Some(Stop::Interrupted));
        }
        self.stop.get().is_none()
    }

    /// Counts the steps of what reads diagrams without making any.
    pub(super) fn spend(&self, steps: usize) -> Result<(), StopReason> {
        self.budget.check()?;
        self.spent.set(self.spent.get().saturating_add(steps as u64));
        if self.spent.get() < self.limit.get() {
            return Ok(());
        }
        Err(StopReason::TooManyNodes { limit: self.budget.nodes })
    }

    fn run(&self, operation: impl FnOnce() -> Bdd) -> Result<Bdd, StopReason> {
        self.budget.check()?;
        let share = self.spent.get().saturating_add(self.budget.nodes / SHARE_OF_ONE);
        self.end.set(share.min(self.limit.get()));
        let result = operation();
        match self.stop.get() {
            None => Ok(result),
            Some(Stop::Interrupted) => Err(StopReason::Interrupted),
            Some(Stop::Spent) => Err(StopReason::TooManyNodes { limit: self.budget.nodes }),
        }
    }

    fn binary(&self, left: &Bdd, right: &Bdd, operator: Operator) -> Result<Bdd, StopReason> {
        let operator = |l, r| if self.step() { operator(l, r) } else { Some(false) };
        self.run(|| Bdd::binary_op(left, right, operator))
    }

    pub(super) fn and(&self, left: &Bdd, right: &Bdd) -> Result<Bdd, StopReason> {
        self.binary(left, right, op_function::and)
    }

    pub(super) fn and_not(&self, left: &Bdd, right: &Bdd) -> Result<Bdd, StopReason> {
        self.binary(left, right, op_function::and_not)
    }

    pub(super) fn or(&self, left: &Bdd, right: &Bdd) -> Result<Bdd, StopReason> {
        self.binary(left, right, op_function::or)
    }

    pub(super) fn xor(&self, left: &Bdd, right: &Bdd) -> Result<Bdd, StopReason> {
        self.binary(left, right, op_function::xor)
    }

    pub(super) fn implies(&self, left: &Bdd, right: &Bdd) -> Result<Bdd, StopReason> {
        self.binary(left, right, op_function::imp)
    }

    /// Where the condition holds the first, elsewhere the second.
    pub(super) fn choose(&self, condition: &Bdd, then: &Bdd, otherwise: &Bdd) -> Result<Bdd, StopReason> {
        let operator = |c: Option<bool>, t: Option<bool>, o: Option<bool>| {
            if !self.step() {
                return Some(false);
            }
            match (c, t, o) {
                (Some(true), t, _) => t,
                (Some(false), _, o) => o,
                (None, Some(a), Some(b)) if a == b => Some(a),
                _ => None,
            }
        };
        self.run(|| Bdd::ternary_op(condition, then, otherwise, operator))
    }

    /// ∃ variables: left ∧ right.
    pub(super) fn and_exists(&self, left: &Bdd, right: &Bdd, variables: &[bool]) -> Result<Bdd, StopReason> {
        self.exists_after(left, right, variables, op_function::and)
    }

    /// ∃ variables: left ∧ ¬right.
    pub(super) fn and_not_exists(&self, left: &Bdd, right: &Bdd, variables: &[bool]) -> Result<Bdd, StopReason> {
        self.exists_after(left, right, variables, op_function::and_not)
    }

    fn exists_after(&self, left: &Bdd, right: &Bdd, gone: &[bool], operator: Operator) -> Result<Bdd, StopReason> {
        let outer = |l, r| if self.step() { operator(l, r) } else { Some(false) };
        let inner = |l, r| if self.step() { op_function::or(l, r) } else { Some(false) };
        let goes = |variable: BddVariable| gone[variable.to_index()];
        self.run(|| Bdd::binary_op_nested(left, right, goes, outer, inner))
    }

    /// Whether no assignment satisfies both.
    pub(super) fn disjoint(&self, left: &Bdd, right: &Bdd) -> Result<bool, StopReason> {
        Ok(self.and(left, right)?.is_false())
    }
}
