//! The least reachable value when the order of movers matters.

use detente_base::{Budget, StopReason};

use super::Tables;
use super::search::{Sources, least_values};
use super::tables::{Backward, NO_ROW};
use crate::model::DmId;
use crate::moves::{MoveKind, MoveTable, Rows};

/// For each state s, the least of `values` over s and the ends of the legal
/// sequences of `group` from s.
///
/// Cost: O(n log n + n·c + a) time, O(n·d) memory; n states, a listed moves, d members,
/// c combinations of values of a member's own coordinates that are not free.
pub(super) fn ascending(
    tables: &Tables<'_>,
    group: &[DmId],
    kind: MoveKind,
    values: &[u32],
    budget: &Budget,
) -> Result<Vec<u32>, StopReason> {
    let mut members: Vec<Member<'_>> = group.iter().map(|dm| Member::new(tables, *dm, kind)).collect();
    least_values(&mut members, values, budget)
}

/// A member's moves, walked backwards.
struct Member<'t> {
    kind: MoveKind,
    ranks: &'t [u32],
    table: &'t MoveTable,
    backward: &'t Backward,
    /// What is left to do for each row and class of targets.
    progress: Vec<Progress>,
}

/// Targets of one row and class have the same sources in the row; what was given
/// once need not be given again.
#[derive(Clone, Copy)]
struct Progress {
    /// Any move: the only source not yet given, [`NONE_GIVEN`] or [`ALL_GIVEN`].
    missing: u32,
    /// Improving moves: sources from this place on were given.
    given_from: u32,
}

const NONE_GIVEN: u32 = u32::MAX;
const ALL_GIVEN: u32 = u32::MAX - 1;

impl<'t> Member<'t> {
    fn new(tables: &'t Tables<'_>, dm: DmId, kind: MoveKind) -> Self {
        let table = tables.forward(dm);
        let count = table.rows.as_ref().map_or(0, |rows| rows.count() * rows.class_count());
        let progress = vec![Progress { missing: NONE_GIVEN, given_from: u32::MAX }; count];
        Self { kind, ranks: tables.model.ranks(dm), table, backward: tables.backward(dm), progress }
    }
}

impl Sources for Member<'_> {
    /// States from which the member can move to `target`; in rows only those that
    /// were not given before (they are known with this value or less).
    fn sources(&mut self, target: u32, sources: &mut Vec<u32>) {
        if let Some(listed) = &self.backward.listed {
            let improves = |source: &&u32| self.ranks[target as usize] > self.ranks[**source as usize];
            let keeps = |source: &&u32| self.kind == MoveKind::Any || improves(source);
            sources.extend(listed.from(target as usize).iter().filter(keeps));
        }
        let Some(rows) = &self.table.rows else {
            return;
        };
        let found = self.backward.row_of[target as usize];
        if found == NO_ROW {
            return;
        }
        let (row, place) = (found.0 as usize, found.1 as usize);
        let class = rows.class_in(row, place);
        let progress = &mut self.progress[row * rows.class_count() + class as usize];
        let span = match self.kind {
            MoveKind::Improving => {
                let first = first_worse(rows, row, self.ranks, target);
                let end = rows.row(row).len().min(progress.given_from as usize);
                progress.given_from = first.min(end) as u32;
                first..end
            }
            MoveKind::Any if progress.missing == NONE_GIVEN => {
                progress.missing = target;
                0..rows.row(row).len()
            }
            MoveKind::Any => {
                if progress.missing != ALL_GIVEN && progress.missing != target {
                    sources.push(progress.missing);
                    progress.missing = ALL_GIVEN;
                }
                return;
            }
        };
        let can_move = |from: &usize| *from != place && rows.allows(rows.class_in(row, *from), class);
        sources.extend(span.filter(can_move).map(|from| rows.state_in(row, from) as u32));
    }
}

/// First place in the row of a state that is worse than `target` for the mover.
fn first_worse(rows: &Rows, row: usize, ranks: &[u32], target: u32) -> usize {
    let (mut low, mut high) = (0, rows.row(row).len());
    while low < high {
        let middle = usize::midpoint(low, high);
        if ranks[rows.state_in(row, middle)] >= ranks[target as usize] {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
