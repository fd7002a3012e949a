//! The least value that a group can lead to, for all states at once.

use detente_base::{Budget, StopReason};

use super::Tables;
use super::ascending::ascending;
use crate::model::DmId;
use crate::moves::{Least, MoveKind};

/// Passes over all states, per member of the group, before the sweeps give way to
/// the method whose cost has a bound. Published and generated conflicts need fewer
/// than a dozen; raising it costs time on mazes and nothing else.
const SWEEPS: usize = 40;

/// For each state s, the least of `values` over s and `R_H(s)`, or `R⁺_H(s)` for
/// improving moves; H is `group`.
///
/// One member: one step. Several whose own moves compose to own moves: nobody gains
/// from moving twice in a row, so that the rule can be dropped and the members'
/// one-step minima be repeated until nothing changes. Otherwise, and when that takes
/// too long, states are taken in ascending order of value (`ascending`).
///
/// Cost: O(n·m) time per sweep; n states, m members.
pub(crate) fn worst(
    tables: &Tables<'_>,
    group: &[DmId],
    kind: MoveKind,
    values: Vec<u32>,
    budget: &Budget,
) -> Result<Vec<u32>, StopReason> {
    worst_within(tables, group, kind, values, SWEEPS, budget)
}

fn worst_within(
    tables: &Tables<'_>,
    group: &[DmId],
    kind: MoveKind,
    mut values: Vec<u32>,
    sweeps: usize,
    budget: &Budget,
) -> Result<Vec<u32>, StopReason> {
    budget.check()?;
    let fold = |dm: DmId, values: &mut Vec<u32>| tables.forward(dm).fold::<Least>(kind, tables.model.ranks(dm), values);
    match group {
        [] => return Ok(values),
        [only] => {
            fold(*only, &mut values);
            return Ok(values);
        }
        _ => {}
    }
    if !group.iter().all(|dm| tables.forward(*dm).is_transitive()) {
        return ascending(tables, group, kind, &values, budget);
    }
    let mut unchanged = 0;
    for dm in group.iter().cycle().take(sweeps * group.len()) {
        budget.check()?;
        unchanged = if fold(*dm, &mut values) { 1 } else { unchanged + 1 };
        if unchanged == group.len() {
            return Ok(values);
        }
    }
    // What was reached so far is a value at the end of a legal sequence, so that
    // the least of it is the least of what was given.
    ascending(tables, group, kind, &values, budget)
}

#[cfg(test)]
pub(super) fn worst_without_sweeps(tables: &Tables<'_>, group: &[DmId], kind: MoveKind, values: Vec<u32>) -> Vec<u32> {
    worst_within(tables, group, kind, values, 0, &Budget::default()).expect("no limits")
}
