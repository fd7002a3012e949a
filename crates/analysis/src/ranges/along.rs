//! One parameter at a time, the others at their central values.

use detente_base::Exact;
use detente_conflict::{DmId, StateId, moves, ranks_from_scores};
use rustc_hash::FxHashSet;

use super::forms::{Forms, PartyForms, common_denominator};
use crate::close::Solved;

/// A value of a parameter, or the open interval between two neighbouring values at
/// which a comparison changes.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Lower end.
    pub low: Exact,
    /// Upper end; the same for a single value.
    pub high: Exact,
    /// A value inside.
    pub sample: Exact,
}

impl Cell {
    /// Whether it is a single value.
    pub(super) fn is_point(&self) -> bool {
        self.low == self.high
    }
}

/// All worths as affine functions of one parameter.
pub(super) struct Line<'f> {
    forms: &'f Forms,
    index: usize,
    /// For each party of the forms, constant and slope of each state; `None` when the
    /// numbers grow too large.
    worths: Vec<Option<Vec<(i128, i128)>>>,
}

impl<'f> Line<'f> {
    /// The line along the parameter of this index.
    pub(super) fn new(forms: &'f Forms, index: usize) -> Self {
        let worths = forms.parties.iter().map(|party| restricted(party, &forms.center, index)).collect();
        Self { forms, index, worths }
    }

    /// The values and intervals into which comparisons that matter cut the range:
    /// ends and crossings as single values, and what lies between them.
    pub(super) fn cells(&self, solved: &Solved<'_>, outcomes: &[StateId], limit: usize) -> Option<Vec<Cell>> {
        let (low, high) = self.forms.ranges[self.index].clone();
        let mut cuts: Vec<Exact> = vec![low.clone(), high.clone()];
        for (party, worths) in self.forms.parties.iter().zip(&self.worths) {
            let worths = worths.as_ref()?;
            let mut seen: FxHashSet<(i128, i128)> = FxHashSet::default();
            let mut note = |a: StateId, b: StateId| {
                let ((x, u), (y, v)) = (worths[a.index()], worths[b.index()]);
                if u != v {
                    // x + u·p = y + v·p, with the sign of the slope made positive.
                    let sign = (u - v).signum();
                    seen.insert(((y - x) * sign, (u - v) * sign));
                }
            };
            for state in solved.model.states() {
                outcomes.iter().for_each(|outcome| note(state, *outcome));
                moves(&solved.model, DmId(party.party.0), state).into_iter().for_each(|to| note(state, to));
            }
            if solved.structure.needs_consent() {
                solved.structure.visit_proposals(&mut |setters, from, to| {
                    if setters.contains(&party.party) {
                        note(from, to);
                    }
                });
            }
            let mut crossings: Vec<Exact> = seen
                .into_iter()
                .filter_map(|(num, den)| Some(Exact::ratio(i64::try_from(num).ok()?, i64::try_from(den).ok()?)))
                .filter(|at| *at > low && *at < high)
                .collect();
            crossings.sort_unstable();
            crossings.dedup();
            cuts.extend(crossings);
        }
        cuts.sort_unstable();
        cuts.dedup();
        if cuts.len() * 2 > limit {
            return None;
        }
        let mut cells = Vec::with_capacity(cuts.len() * 2);
        for (at, cut) in cuts.iter().enumerate() {
            cells.push(Cell { low: cut.clone(), high: cut.clone(), sample: cut.clone() });
            if let Some(next) = cuts.get(at + 1) {
                cells.push(Cell { low: cut.clone(), high: next.clone(), sample: cut.midpoint(next) });
            }
        }
        Some(cells)
    }

    /// Ranks of all parties at a value of the parameter.
    pub(super) fn ranks(&self, solved: &Solved<'_>, at: &Exact) -> Option<Vec<Vec<u32>>> {
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
