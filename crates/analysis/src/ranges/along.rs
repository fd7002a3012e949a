//! One parameter at a time, the others at their central values.

use std::collections::BTreeMap;

use detente_base::Exact;
use detente_conflict::{DmId, StateId, moves, ranks_from_scores};
use rustc_hash::FxHashMap;

use super::forms::{Forms, PartyForms, common_denominator};
use crate::close::Solved;

/// A value of a parameter, or the open interval between two neighbouring values at
/// which a comparison changes.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// Lower end.
    pub low: Exact,
    /// Upper end; the same for a single value.
    pub high: Exact,
    /// A value inside.
    pub sample: Exact,
    /// What may differ from the cell before.
    pub touched: Touched,
}

/// Which verdicts a change of comparisons may change.
///
/// The verdicts on an outcome depend on how every outcome compares with it, and on how
/// the two ends of each move compare; nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Touched {
    /// Outcomes asked about that compare otherwise with something, by position.
    pub outcomes: u64,
    /// Whether the two ends of some move compare otherwise.
    pub moves: bool,
}

impl Touched {
    const ALL: Self = Self { outcomes: u64::MAX, moves: true };

    /// Whether the verdicts on the outcome at this position may differ.
    pub(crate) fn includes(self, position: usize) -> bool {
        self.moves || position >= 64 || self.outcomes >> position & 1 == 1
    }

    fn with(self, other: Self) -> Self {
        Self { outcomes: self.outcomes | other.outcomes, moves: self.moves || other.moves }
    }
}

impl Cell {
    /// Whether it is a single value.
    pub(crate) fn is_point(&self) -> bool {
        self.low == self.high
    }
}

/// All worths as affine functions of one parameter.
pub(crate) struct Line<'f> {
    forms: &'f Forms,
    index: usize,
    /// For each party of the forms, constant and slope of each state; `None` when the
    /// numbers grow too large.
    worths: Vec<Option<Vec<(i128, i128)>>>,
}

impl<'f> Line<'f> {
    /// The line along the parameter of this index.
    pub(crate) fn new(forms: &'f Forms, index: usize) -> Self {
        let worths = forms.parties.iter().map(|party| restricted(party, &forms.center, index)).collect();
        Self { forms, index, worths }
    }

    /// The values and intervals into which comparisons that matter cut the range:
    /// ends and crossings as single values, and what lies between them.
    pub(crate) fn cells(&self, solved: &Solved<'_>, outcomes: &[StateId], limit: usize) -> Option<Vec<Cell>> {
        let (low, high) = self.forms.ranges[self.index].clone();
        let mut cuts: BTreeMap<Exact, Touched> =
            BTreeMap::from([(low.clone(), Touched::ALL), (high.clone(), Touched::default())]);
        for (party, worths) in self.forms.parties.iter().zip(&self.worths) {
            let worths = worths.as_ref()?;
            let mut seen: FxHashMap<(i128, i128), Touched> = FxHashMap::default();
            let mut note = |a: StateId, b: StateId, touched: Touched| {
                let ((x, u), (y, v)) = (worths[a.index()], worths[b.index()]);
                if u != v {
                    // x + u·p = y + v·p, with the sign of the slope made positive.
                    let sign = (u - v).signum();
                    let entry = seen.entry(((y - x) * sign, (u - v) * sign)).or_default();
                    *entry = entry.with(touched);
                }
            };
            let by_move = Touched { outcomes: 0, moves: true };
            for state in solved.model.states() {
                for (position, outcome) in outcomes.iter().enumerate() {
                    let bit = if position < 64 { 1 << position } else { 0 };
                    note(state, *outcome, Touched { outcomes: bit, moves: false });
                }
                moves(&solved.model, DmId(party.party.0), state).into_iter().for_each(|to| note(state, to, by_move));
            }
            if solved.structure.needs_consent() {
                solved.structure.visit_proposals(&mut |setters, from, to| {
                    if setters.contains(&party.party) {
                        note(from, to, by_move);
                    }
                });
            }
            for ((num, den), touched) in seen {
                let Some(at) = i64::try_from(num).ok().zip(i64::try_from(den).ok()).map(|(n, d)| Exact::ratio(n, d))
                else {
                    continue;
                };
                if at >= low && at <= high {
                    let entry = cuts.entry(at).or_default();
                    *entry = entry.with(touched);
                }
            }
        }
        if cuts.len() * 2 > limit {
            return None;
        }
        let mut cells = Vec::with_capacity(cuts.len() * 2);
        let mut ahead = cuts.keys().skip(1);
        for (cut, touched) in &cuts {
            let point = Cell { low: cut.clone(), high: cut.clone(), sample: cut.clone(), touched: *touched };
            cells.push(point);
            if let Some(next) = ahead.next() {
                let sample = cut.midpoint(next);
                cells.push(Cell { low: cut.clone(), high: next.clone(), sample, touched: *touched });
            }
        }
        Some(cells)
    }

    /// Ranks of all parties at a value of the parameter.
    pub(crate) fn ranks(&self, solved: &Solved<'_>, at: &Exact) -> Option<Vec<Vec<u32>>> {
        let (numerators, denominator) = common_denominator(std::slice::from_ref(at))?;
        let mut ranks: Vec<Vec<u32>> =
            solved.model.decision_makers().map(|dm| solved.model.ranks(dm).to_vec()).collect();
        for (party, worths) in self.forms.parties.iter().zip(&self.worths) {
            let scores: Option<Vec<i128>> = worths
                .as_ref()?
                .iter()
                .map(|(constant, slope)| {
                    constant.checked_mul(denominator)?.checked_add(slope.checked_mul(numerators[0])?)
                })
                .collect();
            ranks[party.party.index()] = ranks_from_scores(&scores?);
        }
        Some(ranks)
    }
}

/// Constant and slope of each state along one parameter, all as multiples of one unit.
fn restricted(party: &PartyForms, center: &[Exact], index: usize) -> Option<Vec<(i128, i128)>> {
    // With the parameter itself at one, a product is what it contributes to the slope.
    let mut at = center.to_vec();
    at[index] = Exact::ONE;
    let (factors, _) = common_denominator(&party.factors(&at))?;
    (0..party.coefficients[0].len())
        .map(|state| {
            let mut worth = (0i128, 0i128);
            for (which, factor) in factors.iter().enumerate() {
                let part = party.coefficients[which][state].checked_mul(*factor)?;
                let into = if party.products[which].contains(&index) { &mut worth.1 } else { &mut worth.0 };
                *into = into.checked_add(part)?;
            }
            Some(worth)
        })
        .collect()
}
