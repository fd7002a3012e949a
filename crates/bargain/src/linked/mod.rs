//! Worth that hangs on several issues together, and packages that are ruled out.
//!
//! A party's worth of a package is a sum of tables, each over a few issues; a rule is a
//! table of what it allows. A table over one issue is additive worth, a table over all is
//! a plain list: everything between is covered.
//!
//! The efficient packages are found by branch and bound. Issues get their values one
//! after the other; what a party can still have is at most the sum of the best entries
//! that its tables have left. A branch ends when a package that was found gives every
//! party at least that, and one of them more.
//!
//! Where issues hang together loosely, they are settled one after the other instead, for
//! every way in which what is open hangs on what is settled: the cost grows with how many
//! issues are linked across the order, not with the number of packages.
//!
//! Source: `[EhrgottWiecek2005]`, section on branch and bound with bound sets. Differs:
//! packages of equal worth are all counted, so that a branch that can only equal a point
//! is followed.

mod archive;
mod search;
mod sweep;
mod trie;

use detente_base::{Budget, Exact, StopReason};
use num_bigint::BigUint;

use crate::frontier::Frontier;
use crate::stakes::Stakes;

/// A number, or an answer, for each combination of values of a few issues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<T> {
    /// The issues by position, ascending; the first is the lowest digit of an entry's index.
    pub issues: Vec<usize>,
    /// One entry for each combination.
    pub entries: Vec<T>,
}

/// A party whose worth is a sum of tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedParty {
    /// Its name.
    pub name: String,
    /// What adds up to its worth of a package.
    pub tables: Vec<Table<Exact>>,
    /// What it has without an agreement.
    pub reservation: Exact,
}

/// Parties that negotiate over issues that may hang together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    sizes: Vec<usize>,
    parties: Vec<LinkedParty>,
    rules: Vec<Table<bool>>,
}

/// Why tables do not make a negotiation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LinkedError {
    /// Nobody negotiates.
    #[error("there are no parties")]
    NoParty,
    /// An issue without values.
    #[error("issue {issue} has no values")]
    NoValue {
        /// The issue, by position.
        issue: usize,
    },
    /// A table is over issues that are not ascending or do not exist, or has not one entry
    /// for each combination of their values.
    #[error("a table does not fit the issues that it names")]
    OddTable,
}

impl Linked {
    /// Parties over issues with this many values each, and the rules that packages keep.
    ///
    /// # Errors
    /// When there is no party, an issue has no value, or a table does not fit the issues.
    pub fn new(sizes: Vec<usize>, parties: Vec<LinkedParty>, rules: Vec<Table<bool>>) -> Result<Self, LinkedError> {
        if parties.is_empty() {
            return Err(LinkedError::NoParty);
        }
        if let Some(issue) = sizes.iter().position(|size| *size == 0) {
            return Err(LinkedError::NoValue { issue });
        }
        let tables = parties.iter().flat_map(|party| &party.tables);
        let fits = tables.map(|table| fits(&table.issues, table.entries.len(), &sizes));
        if !fits.chain(rules.iter().map(|rule| self::fits(&rule.issues, rule.entries.len(), &sizes))).all(|fit| fit) {
            return Err(LinkedError::OddTable);
        }
        Ok(Self { sizes, parties, rules })
    }

    /// Number of values of each issue.
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// The parties.
    pub fn parties(&self) -> &[LinkedParty] {
        &self.parties
    }

    /// Number of combinations of values, allowed or not.
    pub fn combinations(&self) -> BigUint {
        self.sizes.iter().map(|size| BigUint::from(*size)).product()
    }

    /// What a package is worth to each party.
    ///
    /// # Panics
    /// If the package does not give each issue one of its values.
    pub fn worths(&self, package: &[u32]) -> Vec<Exact> {
        let worth = |party: &LinkedParty| {
            party
                .tables
                .iter()
                .fold(Exact::ZERO, |sum, table| &sum + &table.entries[self.index(&table.issues, package)])
        };
        self.parties.iter().map(worth).collect()
    }

    /// Whether the rules allow a package.
    ///
    /// # Panics
    /// If the package does not give each issue one of its values.
    pub fn allows(&self, package: &[u32]) -> bool {
        self.rules.iter().all(|rule| rule.entries[self.index(&rule.issues, package)])
    }

    fn index(&self, issues: &[usize], package: &[u32]) -> usize {
        assert_eq!(package.len(), self.sizes.len(), "one value for each issue");
        issues.iter().rev().fold(0, |index, issue| index * self.sizes[*issue] + package[*issue] as usize)
    }

    /// The same with only these values of an issue allowed.
    #[must_use]
    pub fn restricted(&self, issue: usize, values: &[u32]) -> Self {
        let entries = (0..self.sizes[issue]).map(|value| values.contains(&(value as u32))).collect();
        let mut restricted = self.clone();
        restricted.rules.push(Table { issues: vec![issue], entries });
        restricted
    }

    /// The same with these parties in this order.
    ///
    /// # Panics
    /// If there is no such party.
    #[must_use]
    pub fn seated(&self, parties: &[usize]) -> Self {
        let parties = parties.iter().map(|party| self.parties[*party].clone()).collect();
        Self { parties, sizes: self.sizes.clone(), rules: self.rules.clone() }
    }

    /// The same with one more party, who comes first.
    ///
    /// # Errors
    /// When one of its tables does not fit the issues.
    pub fn preceded_by(&self, party: LinkedParty) -> Result<Self, LinkedError> {
        let parties = std::iter::once(party).chain(self.parties.iter().cloned()).collect();
        Self::new(self.sizes.clone(), parties, self.rules.clone())
    }

    /// The same with one more party, who comes last.
    ///
    /// # Errors
    /// When one of its tables does not fit the issues.
    pub fn followed_by(&self, party: LinkedParty) -> Result<Self, LinkedError> {
        let parties = self.parties.iter().cloned().chain(std::iter::once(party)).collect();
        Self::new(self.sizes.clone(), parties, self.rules.clone())
    }

    /// The parties' reservations.
    pub fn reservations(&self) -> Vec<Exact> {
        self.parties.iter().map(|party| party.reservation.clone()).collect()
    }

    /// Reservations and ideals; the reservation is the ideal where no package is allowed.
    ///
    /// # Errors
    /// As [`frontier`].
    pub fn stakes(&self, budget: &Budget) -> Result<Stakes, StopReason> {
        let ideal = |party: usize| {
            let best = frontier(&self.seated(&[party]), budget)?;
            let most = best.points().next().map(|point| point.worths[0].clone());
            Ok(most.unwrap_or_else(|| self.parties[party].reservation.clone()))
        };
        let ideals = (0..self.parties.len()).map(ideal).collect::<Result<_, StopReason>>()?;
        Ok(Stakes { reservations: self.reservations(), ideals })
    }
}

fn fits(issues: &[usize], entries: usize, sizes: &[usize]) -> bool {
    let ascending = issues.is_sorted_by(|a, b| a < b) && issues.last().is_none_or(|last| *last < sizes.len());
    ascending && issues.iter().try_fold(1usize, |n, issue| n.checked_mul(sizes[*issue])) == Some(entries)
}

/// Finds the efficient packages among those allowed.
///
/// Cost: the branches that cannot be cut, each O(t·d) for t tables of the next issue and
/// d parties; in the worst case all combinations of values. Memory: the points of the
/// frontier, and at most 2¹⁸ packages besides.
///
/// # Errors
/// When the budget's stopper is raised, or more branches are to be followed than
/// [`Budget::states`].
pub fn frontier(linked: &Linked, budget: &Budget) -> Result<Frontier, StopReason> {
    let free = Query { objectives: linked.parties.len(), least: vec![None; linked.parties.len()] };
    solve(linked, &free, budget)
}

/// Finds the efficient packages among those that give each party at least a number.
///
/// They are the points of [`frontier`] that do: what dominates one of them gives every
/// party as much.
///
/// Cost: that of [`frontier`] or less.
///
/// # Errors
/// As [`frontier`].
///
/// # Panics
/// If there is not one number for each party.
pub fn frontier_above(linked: &Linked, least: &[Exact], budget: &Budget) -> Result<Frontier, StopReason> {
    let least = least.iter().cloned().map(Some).collect();
    frontier_where(linked, &Query { objectives: linked.parties.len(), least }, budget)
}

/// Combinations up to which the search is not worth replacing.
const FEW: u32 = 1 << 12;

/// Sweeps where issues hang together loosely, and searches otherwise.
fn solve(linked: &Linked, query: &Query, budget: &Budget) -> Result<Frontier, StopReason> {
    if linked.combinations() > BigUint::from(FEW) {
        let plan = sweep::Plan::new(linked);
        if plan.widest <= sweep::MOST_BOUNDARY {
            match sweep::solve(linked, (query, &plan), budget) {
                Ok(Some(found)) => return Ok(found),
                Ok(None) | Err(StopReason::TooManyStates { .. }) => {}
                Err(reason) => return Err(reason),
            }
        }
    }
    search::solve(linked, query, budget)
}

/// What is sought among the packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Only the first so many parties judge which package dominates which.
    pub objectives: usize,
    /// For each party, what a package must give it at least.
    pub least: Vec<Option<Exact>>,
}

/// Finds the packages that give every party enough, and that no other such package
/// dominates for the parties that judge. Points have the worths of these parties only.
///
/// With one party that judges it is the best package for that party which the others can
/// accept.
///
/// Cost: that of [`frontier`] or less.
///
/// # Errors
/// As [`frontier`].
///
/// # Panics
/// If there is not one entry for each party, or no party judges.
pub fn frontier_where(linked: &Linked, query: &Query, budget: &Budget) -> Result<Frontier, StopReason> {
    assert_eq!(query.least.len(), linked.parties.len(), "one entry for each party");
    assert!((1..=linked.parties.len()).contains(&query.objectives), "somebody judges");
    solve(linked, query, budget)
}
