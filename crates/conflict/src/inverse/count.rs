//! How many orders satisfy a condition.

use detente_base::{Budget, StopReason};
use num_bigint::BigUint;
use num_traits::{One, Zero};

use super::Condition;
use super::formula::{Sizes, product, sets_by_size};

/// Most states that a condition may speak of to be counted: the numbers have as many
/// digits as a factorial of it.
const MOST_STATES: usize = 1_000;

/// Exact numbers of orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rankings {
    /// States that the condition speaks of, E included.
    pub concerned: usize,
    /// Strict orders of these with which it holds.
    pub satisfying: BigUint,
    /// Strict orders of these: a factorial.
    pub all: BigUint,
    by_size: Sizes,
}

/// Counts the strict orders of the concerned states with which a condition holds.
///
/// With `N_k` sets D of k of the m states besides E: Σₖ Nₖ·k!·(m−k)!, since an order is
/// one of D, E above it, and one of the rest. Other states change both numbers by the
/// same factor, so that the share is that among the orders of all states.
///
/// Cost: polynomials of degree m for each case that the formula falls into.
///
/// # Errors
/// When it speaks of more than 1,000 states, falls into too many cases, or the budget's
/// stopper is raised.
pub fn count_rankings(condition: &Condition, budget: &Budget) -> Result<Rankings, StopReason> {
    let others = condition.concerned().len();
    if others > MOST_STATES {
        return Err(StopReason::TooManyStates { states: others.to_string(), limit: MOST_STATES as u64 });
    }
    let mut by_size = sets_by_size(condition, budget)?;
    by_size.resize(others + 1, BigUint::zero());
    let factorials = factorials(others + 1);
    let satisfying = by_size.iter().enumerate().map(|(k, n)| n * &factorials[k] * &factorials[others - k]).sum();
    Ok(Rankings { concerned: others + 1, satisfying, all: factorials[others + 1].clone(), by_size })
}

impl Rankings {
    /// Strict orders of all states with which the condition holds, and all there are.
    pub fn of_all_states(&self, state_count: usize) -> (BigUint, BigUint) {
        let all = factorials(state_count).pop().expect("one more than asked for");
        (&self.satisfying * (&all / &self.all), all)
    }

    /// Orders with ties of all states with which the condition holds, and all there are.
    ///
    /// With a set D of k states below or beside E, E stands in the topmost group of
    /// D ∪ {E}: Σⱼ C(k, j)·a(k−j) orders, a the numbers of orders with ties.
    pub fn with_ties(&self, state_count: usize) -> (BigUint, BigUint) {
        let irrelevant = state_count - self.concerned;
        let by_size = product(&self.by_size, &binomials(irrelevant));
        let orders = orders_with_ties(state_count);
        let satisfying = by_size
            .iter()
            .enumerate()
            .map(|(k, n)| {
                let below: BigUint = binomials(k).iter().enumerate().map(|(j, ways)| ways * &orders[k - j]).sum();
                n * below * &orders[state_count - 1 - k]
            })
            .sum();
        (satisfying, orders[state_count].clone())
    }
}

/// 0! to n!.
fn factorials(n: usize) -> Vec<BigUint> {
    let mut all = vec![BigUint::one()];
    for k in 1..=n {
        all.push(&all[k - 1] * k);
    }
    all
}

/// C(n, 0) to C(n, n).
fn binomials(n: usize) -> Sizes {
    let mut row = vec![BigUint::one()];
    for k in 0..n {
        let next = &row[k] * (n - k) / (k + 1);
        row.push(next);
    }
    row
}

/// Numbers of orders with ties of 0 to n things: a(n) = Σₖ C(n, k)·a(n−k), k from 1.
fn orders_with_ties(n: usize) -> Vec<BigUint> {
    let mut all = vec![BigUint::one()];
    for size in 1..=n {
        let ways = binomials(size);
        all.push((1..=size).map(|k| &ways[k] * &all[size - k]).sum());
    }
    all
}
