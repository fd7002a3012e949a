//! The least reachable value when the order of movers matters.
//!
//! Positions are pairs (state, last mover). Taking the states in ascending order of
//! value and walking moves backwards, every position is met first with its least
//! value, so that each is handled once.

use detente_base::{Budget, StopReason};

use super::Tables;
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
    // Value in the high half, state in the low half.
    let keys = values.iter().enumerate().map(|(state, value)| u64::from(*value) << 32 | state as u64);
    let mut order: Vec<u64> = keys.collect();
    order.sort_unstable();
    let mut search = Search { known: vec![Known::Nothing; values.len()], least: values.to_vec(), open: Vec::new() };
    let mut sources = Vec::new();
    for (count, &key) in order.iter().enumerate() {
        if count % (1 << 14) == 0 {
            budget.check()?;
        }
        let (value, start) = ((key >> 32) as u32, key as u32);
        search.settle(start, value);
        while let Some((state, movers)) = search.open.pop() {
            for (index, member) in members.iter_mut().enumerate() {
                if movers.includes(index as u16) {
                    sources.clear();
                    member.sources(state, &mut sources);
                    for &source in &sources {
                        search.settle_after(source, index as u16, value);
                    }
                }
            }
        }
    }
    Ok(search.least)
}

/// For which last movers the least value at a state is known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Nothing,
    /// For all but this member.
    AllBut(u16),
    Everything,
}

/// Which last movers a position that is being handled stands for.
#[derive(Clone, Copy)]
enum Movers {
    All,
    AllBut(u16),
    Only(u16),
}

impl Movers {
    fn includes(self, member: u16) -> bool {
        match self {
            Self::All => true,
            Self::AllBut(other) => member != other,
            Self::Only(one) => member == one,
        }
    }
}

struct Search {
    known: Vec<Known>,
    least: Vec<u32>,
    open: Vec<(u32, Movers)>,
}

impl Search {
    /// Ending at the state itself: open to every last mover.
    fn settle(&mut self, state: u32, value: u32) {
        let known = &mut self.known[state as usize];
        match *known {
            Known::Nothing => {
                self.least[state as usize] = value;
                self.open.push((state, Movers::All));
            }
            Known::AllBut(member) => self.open.push((state, Movers::Only(member))),
            Known::Everything => {}
        }
        *known = Known::Everything;
    }

    /// Going on with a move of a member: open to every last mover but that one.
    fn settle_after(&mut self, state: u32, mover: u16, value: u32) {
        let known = &mut self.known[state as usize];
        match *known {
            Known::Nothing => {
                self.least[state as usize] = value;
                *known = Known::AllBut(mover);
                self.open.push((state, Movers::AllBut(mover)));
            }
            Known::AllBut(member) if member != mover => {
                *known = Known::Everything;
                self.open.push((state, Movers::Only(member)));
            }
            _ => {}
        }
    }
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
