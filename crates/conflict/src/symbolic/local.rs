//! A conflict looked at from single states: formulas are read as they stand.
//!
//! Nothing here uses a diagram, so that what the diagrams say can be held against it.

use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::{BTreeSet, VecDeque};

use detente_base::{Budget, StopReason};

use super::conflict::{Change, Conflict, Order, Package};
use crate::concepts::Concept;
use crate::moves::MoveKind;

/// Moves and comparisons by the letter of the definitions.
///
/// A state is one value for each coordinate.
///
/// ```
/// use detente_base::Budget;
/// use detente_conflict::Concept;
/// use detente_conflict::symbolic::{Change, Conflict, Formula, Local, Order, Package, Party};
///
/// // Two prisoners; 1 is to confess.
/// let yes = |coordinate: usize| Formula::In(coordinate, vec![1]);
/// let prisoner = |i: usize| Party {
///     name: format!("prisoner {i}"),
///     packages: vec![Package { changes: vec![(i, Change::Free)], consent: Vec::new() }],
///     order: Order::Priority(vec![yes(1 - i).negated(), yes(i)]),
///     unseen: None,
/// };
/// let conflict = Conflict { sizes: vec![2; 2], feasible: Vec::new(), parties: vec![prisoner(0), prisoner(1)] };
/// let local = Local::new(&conflict);
/// assert!(!local.is_stable(Concept::Nash, 0, &[0, 0], &Budget::default())?);
/// assert!(local.is_stable(Concept::Sequential, 0, &[0, 0], &Budget::default())?);
/// # Ok::<(), detente_base::StopReason>(())
/// ```
#[derive(Clone, Debug)]
pub struct Local<'c> {
    conflict: &'c Conflict,
    tried: Cell<u64>,
}

impl<'c> Local<'c> {
    /// The states of a conflict; it must be sound ([`Conflict::check`]).
    pub fn new(conflict: &'c Conflict) -> Self {
        Self { conflict, tried: Cell::new(0) }
    }

    /// Combinations of values that were tried so far in search of moves: a measure of the
    /// work done.
    pub fn tried(&self) -> u64 {
        self.tried.get()
    }

    /// Whether a state is feasible.
    pub fn is_feasible(&self, state: &[u32]) -> bool {
        state.iter().zip(&self.conflict.sizes).all(|(value, size)| value < size)
            && self.conflict.feasible.iter().all(|formula| formula.holds(state))
    }

    /// How a party compares two states; `Greater` when it prefers the first.
    pub fn compare(&self, party: usize, first: &[u32], second: &[u32]) -> Ordering {
        match &self.conflict.parties[party].order {
            Order::Indifferent => Ordering::Equal,
            Order::Priority(statements) => (statements.iter())
                .map(|s| s.holds(first).cmp(&s.holds(second)))
                .find(|told| told.is_ne())
                .unwrap_or(Ordering::Equal),
            Order::Levels(levels) => {
                let level = |state| levels.iter().position(|level| level.holds(state)).unwrap_or(levels.len());
                level(second).cmp(&level(first))
            }
            Order::Sum(terms) => {
                let sum = |state: &[u32]| -> i128 {
                    terms.iter().filter(|(when, _)| when.holds(state)).map(|(_, weight)| weight).sum()
                };
                sum(first).cmp(&sum(second))
            }
        }
    }

    /// Whether one move of a party leads from a state to another; both feasible.
    pub fn is_move(&self, party: usize, from: &[u32], to: &[u32]) -> bool {
        let party = &self.conflict.parties[party];
        let sees = |state: &[u32]| party.unseen.as_ref().is_none_or(|unseen| !unseen.holds(state));
        from != to
            && [from, to].into_iter().all(|state| self.is_feasible(state) && sees(state))
            && party.packages.iter().any(|package| self.changes(package, from, to))
    }

    /// The same, to a state that the party prefers.
    pub fn is_improvement(&self, party: usize, from: &[u32], to: &[u32]) -> bool {
        self.compare(party, to, from).is_gt() && self.is_move(party, from, to)
    }

    fn changes(&self, package: &Package, from: &[u32], to: &[u32]) -> bool {
        let allowed = |coordinate: usize| {
            package.changes.iter().filter(|(changed, _)| *changed == coordinate).any(|(_, change)| {
                let (before, after) = (from[coordinate], to[coordinate]);
                match change {
                    Change::Free => true,
                    Change::Forward => after > before,
                    Change::Backward => after < before,
                    Change::Fixed => false,
                    Change::Rules(rules) => {
                        rules.iter().any(|(f, t, when)| (*f, *t) == (before, after) && when.holds(from))
                    }
                }
            })
        };
        (0..from.len()).filter(|c| from[*c] != to[*c]).all(allowed)
            && package.consent.iter().all(|asked| self.compare(*asked, to, from).is_ge())
    }

    /// The states that one move of a party leads to, ascending.
    ///
    /// Cost: every combination of the values of the coordinates of a package is tried.
    ///
    /// # Errors
    /// When there are more combinations than [`Budget::moves`].
    pub fn moves(
        &self,
        party: usize,
        from: &[u32],
        kind: MoveKind,
        budget: &Budget,
    ) -> Result<Vec<Vec<u32>>, StopReason> {
        self.moves_within(party, from, kind, &self.search(budget))
    }

    fn search<'b>(&self, budget: &'b Budget) -> Search<'b> {
        Search { budget, end: self.tried.get().saturating_add(budget.moves) }
    }

    fn moves_within(
        &self,
        party: usize,
        from: &[u32],
        kind: MoveKind,
        search: &Search<'_>,
    ) -> Result<Vec<Vec<u32>>, StopReason> {
        let mut found = BTreeSet::new();
        for package in &self.conflict.parties[party].packages {
            search.budget.check()?;
            let own: BTreeSet<usize> = package.changes.iter().map(|(coordinate, _)| *coordinate).collect();
            let combinations =
                own.iter().fold(1_u64, |product, c| product.saturating_mul(self.conflict.sizes[*c].into()));
            if combinations > search.end.saturating_sub(self.tried.get()) {
                return Err(StopReason::TooManyMoves { limit: search.budget.moves });
            }
            self.tried.set(self.tried.get() + combinations);
            let mut to = from.to_vec();
            own.iter().for_each(|coordinate| to[*coordinate] = 0);
            loop {
                let is = match kind {
                    MoveKind::Any => self.is_move(party, from, &to),
                    MoveKind::Improving => self.is_improvement(party, from, &to),
                };
                if is {
                    found.insert(to.clone());
                }
                let Some(next) = own.iter().find(|c| to[**c] + 1 < self.conflict.sizes[**c]) else { break };
                own.iter().take_while(|c| *c != next).for_each(|c| to[*c] = 0);
                to[*next] += 1;
            }
        }
        Ok(found.into_iter().collect())
    }

    /// Whether a state is stable for a party, by the letter of the definition.
    ///
    /// Cost: every legal sequence of the others after every improvement is followed;
    /// [`Budget::moves`] bounds the combinations of values that are tried.
    ///
    /// # Errors
    /// When the budget ends it.
    pub fn is_stable(
        &self,
        concept: Concept,
        party: usize,
        state: &[u32],
        budget: &Budget,
    ) -> Result<bool, StopReason> {
        let (replies, counters) = match concept {
            Concept::Nash => (None, false),
            Concept::GeneralMetarational => (Some(MoveKind::Any), false),
            Concept::SymmetricMetarational => (Some(MoveKind::Any), true),
            Concept::Sequential => (Some(MoveKind::Improving), false),
            Concept::SymmetricSequential => (Some(MoveKind::Improving), true),
        };
        let search = self.search(budget);
        for improvement in self.moves_within(party, state, MoveKind::Improving, &search)? {
            let Some(kind) = replies else { return Ok(false) };
            let deters = |reply: &[u32]| -> Result<bool, StopReason> {
                if self.compare(party, reply, state).is_gt() {
                    return Ok(false);
                }
                let better = |to: &Vec<u32>| self.compare(party, to, state).is_gt();
                Ok(!counters || !self.moves_within(party, reply, MoveKind::Any, &search)?.iter().any(better))
            };
            if !self.is_answered((party, kind), &improvement, deters, &search)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a legal sequence of the others leads from a state to one that deters.
    fn is_answered(
        &self,
        (party, kind): (usize, MoveKind),
        improvement: &[u32],
        deters: impl Fn(&[u32]) -> Result<bool, StopReason>,
        search: &Search<'_>,
    ) -> Result<bool, StopReason> {
        let others = || (0..self.conflict.parties.len()).filter(|other| *other != party);
        let mut seen: BTreeSet<(usize, Vec<u32>)> = BTreeSet::new();
        let mut waiting = VecDeque::from([(party, improvement.to_vec())]);
        while let Some((last, at)) = waiting.pop_front() {
            for mover in others().filter(|mover| *mover != last) {
                for to in self.moves_within(mover, &at, kind, search)? {
                    if deters(&to)? {
                        return Ok(true);
                    }
                    if seen.insert((mover, to.clone())) {
                        waiting.push_back((mover, to));
                    }
                }
            }
        }
        Ok(false)
    }

    /// Whether these steps follow each other: each a move of its party, or an
    /// improvement, and nobody moves twice in a row.
    pub fn is_sequence(&self, from: &[u32], steps: &[Step], kind: MoveKind) -> bool {
        let mut at = from;
        let mut last = None;
        steps.iter().all(|step| {
            let legal = last != Some(step.party)
                && match kind {
                    MoveKind::Any => self.is_move(step.party, at, &step.to),
                    MoveKind::Improving => self.is_improvement(step.party, at, &step.to),
                };
            (at, last) = (&step.to, Some(step.party));
            legal
        })
    }
}

/// How far one search may go.
struct Search<'b> {
    budget: &'b Budget,
    /// The number of combinations tried at which it ends.
    end: u64,
}

/// One move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Who moves, by position.
    pub party: usize,
    /// The state that it leads to.
    pub to: Vec<u32>,
}
