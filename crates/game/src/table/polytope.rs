//! A polytope in whole numbers, walked from vertex to vertex.

use std::cmp::Ordering;
use std::ops::Range;

use detente_base::Exact;
use num_bigint::BigInt;

use super::rays::Whole;

/// A polytope with the vertex at hand. Each row tells what a basic variable is, in units of
/// one over `unit`; variables are labels, the right side comes last.
#[derive(Clone)]
pub(super) struct Table<N> {
    pub(super) rows: Vec<Vec<N>>,
    pub(super) basic: Vec<usize>,
    /// The variables that were basic at first, which break ties.
    pub(super) first: Vec<usize>,
    pub(super) unit: N,
}

impl<N: Whole> Table<N> {
    /// A variable becomes basic; tells which one leaves for it. Nothing on overflow.
    pub(super) fn enter(&mut self, enters: usize) -> Option<usize> {
        let row = self.leaving(enters)?;
        let pivot = self.rows[row][enters].clone();
        let own = std::mem::take(&mut self.rows[row]);
        for entries in self.rows.iter_mut().filter(|entries| !entries.is_empty()) {
            let factor = entries[enters].clone();
            for (entry, part) in entries.iter_mut().zip(&own) {
                *entry = N::cross(entry, &pivot, &factor, part)?.part(&self.unit);
            }
        }
        self.rows[row] = own;
        self.unit = pivot;
        Some(std::mem::replace(&mut self.basic[row], enters))
    }

    /// The row whose right side over its entry is least; ties by the variables that were
    /// basic at first. Nothing on overflow: polytopes are bounded.
    fn leaving(&self, enters: usize) -> Option<usize> {
        let last = self.rows[0].len() - 1;
        let mut rows = (0..self.rows.len()).filter(|row| self.rows[*row][enters].sign() > 0);
        let mut best = rows.next().expect("a polytope is bounded");
        for row in rows {
            let (one, other) = (&self.rows[row], &self.rows[best]);
            let mut order = Ordering::Equal;
            for at in [last].into_iter().chain(self.first.iter().copied()) {
                order = N::cross(&one[at], &other[enters], &other[at], &one[enters])?.sign().cmp(&0);
                if order.is_ne() {
                    break;
                }
            }
            if order.is_lt() {
                best = row;
            }
        }
        Some(best)
    }

    /// The mixed strategy of the vertex: its variables of some labels, scaled.
    pub(super) fn strategy(&self, own: Range<usize>) -> Vec<Exact> {
        let value = |label: usize| {
            let row = self.basic.iter().position(|basic| *basic == label);
            row.and_then(|row| self.rows[row].last()).map_or_else(BigInt::default, Whole::big)
        };
        let values: Vec<BigInt> = own.map(value).collect();
        let sum = values.iter().sum();
        values.iter().map(|value| Exact::from_ratio(value, &sum)).collect()
    }
}
