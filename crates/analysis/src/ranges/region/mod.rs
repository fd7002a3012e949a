//! Over which values of several numbers together an outcome holds.
//!
//! A verdict at a point rests on finitely many comparisons (`certificate`); each is a
//! linear inequality in the numbers, so that the verdict is the same on a polytope
//! around the point, its boundary included where the inequality is. What lies outside
//! is cut into convex pieces, and each is looked at in the same way until nothing is
//! left. There are finitely many such polytopes, since there are finitely many sets of
//! comparisons.

mod certificate;
pub(crate) mod polytope;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use detente_base::{Budget, Exact, StopReason};
use detente_conflict::{Concept, Model, StateId, ranks_from_scores};
use rustc_hash::FxHashSet;

use super::forms::{Forms, PartyForms, common_denominator};
use crate::close::Solved;
use certificate::{AllMoves, Certificate, Fact};
use polytope::{Clipped, Half, Polytope};

/// Most pieces that are looked at.
const MOST_PIECES: usize = 3_000;

/// Points of a piece that are tried before one is found that lies on no boundary.
const TURNS: i64 = 6;

/// All worths as affine functions of some numbers, the others at their central values.
pub(crate) struct Plane<'s, 'a> {
    solved: &'s Solved<'a>,
    ranges: Vec<(Exact, Exact)>,
    center: Vec<Exact>,
    /// Per party, for each state the constant and a coefficient for each number; `None`
    /// for parties whose worth depends on none.
    worths: Vec<Option<Vec<Vec<i128>>>>,
    moves: AllMoves,
}

/// Where an outcome holds.
pub(crate) struct Region {
    /// Polytopes that together are all of it; none lies in another. They may overlap.
    pub(crate) parts: Vec<Polytope>,
    /// Its share of the box of ranges, for one number or two.
    pub(crate) share: Option<Exact>,
    /// Whether the pieces were more than are looked at, so that parts may be missing.
    pub(crate) cut_short: bool,
}

impl Region {
    /// Adds a part, unless it lies in another.
    fn add(&mut self, part: Polytope) {
        if !self.parts.iter().any(|known| known.contains(&part)) {
            self.parts.retain(|known| !part.contains(known));
            self.parts.push(part);
        }
    }
}

/// The least change of the numbers with which an outcome holds.
pub(crate) struct NearestPoint {
    /// Largest change, each as a part of the width of its range.
    pub(crate) change: Exact,
    /// A point at which it holds: that far away, or just beyond.
    pub(crate) point: Vec<Exact>,
    /// Whether it holds that far away, and not only beyond.
    pub(crate) attained: bool,
}

impl<'s, 'a> Plane<'s, 'a> {
    /// The plane of the numbers with these positions in `forms`; `None` when a worth
    /// multiplies two of them or has numbers too fine.
    pub(crate) fn new(solved: &'s Solved<'a>, forms: &Forms, over: &[usize]) -> Option<Self> {
        let mut worths: Vec<Option<Vec<Vec<i128>>>> = solved.model.decision_makers().map(|_| None).collect();
        for party in &forms.parties {
            worths[party.party.index()] = Some(restricted(party, &forms.center, over)?);
        }
        let ranges: Vec<(Exact, Exact)> = over.iter().map(|index| forms.ranges[*index].clone()).collect();
        let center = over.iter().map(|index| forms.center[*index].clone()).collect();
        let proper = ranges.iter().all(|(low, high)| low < high);
        proper.then(|| Self { solved, ranges, center, worths, moves: AllMoves::new(solved) })
    }

    /// The conflict at a point.
    fn model(&self, point: &[Exact], budget: &Budget) -> Result<Model, StopReason> {
        let ranks = self
            .solved
            .model
            .decision_makers()
            .map(|dm| match &self.worths[dm.index()] {
                None => self.solved.model.ranks(dm).to_vec(),
                Some(worths) => {
                    let scores: Vec<Exact> = worths.iter().map(|worth| value(worth, point)).collect();
                    ranks_from_scores(&scores)
                }
            })
            .collect();
        self.solved.structure.model(ranks, budget)
    }

    /// Whether an outcome holds at a point.
    pub(crate) fn holds_at(
        &self,
        concept: Concept,
        target: StateId,
        point: &[Exact],
        budget: &Budget,
    ) -> Result<bool, StopReason> {
        let model = self.model(point, budget)?;
        for dm in model.decision_makers() {
            if !detente_conflict::explain(&model, concept, dm, target, budget)?.is_stable() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Where an outcome holds under a concept.
    pub(crate) fn region(&self, concept: Concept, target: StateId, budget: &Budget) -> Result<Region, StopReason> {
        let whole = Polytope::cuboid(&self.ranges);
        let mut pieces = vec![whole.clone()];
        let mut region = Region { parts: Vec::new(), share: None, cut_short: false };
        let mut covered = Exact::ZERO;
        let mut looked_at = 0;
        while let Some(piece) = pieces.pop() {
            budget.check()?;
            looked_at += 1;
            if looked_at > MOST_PIECES {
                region.cut_short = true;
                break;
            }
            let Some((holds, halves)) = self.around(&piece, concept, target, budget)? else {
                region.cut_short = true;
                continue;
            };
            let mut inside = piece;
            for half in &halves {
                if let Clipped::Part(rest) = inside.clip(&half.opposite()) {
                    if let Clipped::Part(part) = inside.clip(half) {
                        inside = part;
                    }
                    pieces.push(rest);
                }
            }
            if !holds {
                continue;
            }
            covered = &covered + &inside.measure().unwrap_or_default();
            region.add(cut(&whole, &halves));
        }
        if !region.cut_short && self.ranges.len() <= 2 {
            let measure = whole.measure().expect("one dimension or two");
            region.share = covered.checked_div(&measure);
        }
        Ok(region)
    }

    /// The verdict at a point inside a piece, and half-spaces within which it is the same
    /// and which leave a part of the piece.
    fn around(
        &self,
        piece: &Polytope,
        concept: Concept,
        target: StateId,
        budget: &Budget,
    ) -> Result<Option<(bool, Vec<Half>)>, StopReason> {
        for turn in 0..TURNS {
            let point = piece.inner_point(turn);
            let model = self.model(&point, budget)?;
            let facts = BTreeSet::new();
            let mut certificate = Certificate { moves: &self.moves, model: &model, concept, target, facts };
            let holds = certificate.find(budget)?;
            let halves = self.halves(&certificate.facts);
            // On a boundary the verdict may be that of a set without interior.
            if halves.iter().all(|half| half.excess(&point).signum() < 0) {
                return Ok(Some((holds, halves)));
            }
        }
        Ok(None)
    }

    /// Facts as half-spaces, each once; those that hold everywhere are left out.
    fn halves(&self, facts: &BTreeSet<Fact>) -> Vec<Half> {
        let mut seen: FxHashSet<(Vec<i128>, bool)> = FxHashSet::default();
        let mut halves = Vec::new();
        for fact in facts {
            let Some(worths) = &self.worths[fact.dm.index()] else { continue };
            let (first, second) = (&worths[fact.first.index()], &worths[fact.second.index()]);
            // first − second ≤ 0, or the other way round.
            let sign = if fact.better { -1 } else { 1 };
            let mut form: Vec<i128> = first.iter().zip(second).map(|(a, b)| sign * (a - b)).collect();
            let unit = form.iter().fold(0_i128, |gcd, n| num_integer::gcd(gcd, *n));
            if form[1..].iter().all(|n| *n == 0) {
                continue;
            }
            form.iter_mut().for_each(|n| *n /= unit);
            if seen.insert((form.clone(), fact.better)) {
                let normal = form[1..].iter().map(|n| whole_number(*n)).collect();
                halves.push(Half { normal, bound: -whole_number(form[0]), closed: !fact.better });
            }
        }
        halves
    }

    /// The least change of the numbers, from their central values, into a region.
    ///
    /// In each part the least t with |pⱼ − cⱼ| ≤ t·wⱼ is the lowest vertex of a polytope
    /// with t as one more coordinate.
    pub(crate) fn nearest(
        &self,
        region: &Region,
        concept: Concept,
        target: StateId,
        budget: &Budget,
    ) -> Result<Option<NearestPoint>, StopReason> {
        let mut best: Option<(Exact, Vec<Exact>, &Polytope)> = None;
        for part in &region.parts {
            let Some(mut point) = self.nearest_in(part) else { continue };
            let change = point.pop().expect("one more coordinate");
            if best.as_ref().is_none_or(|(known, ..)| change < *known) {
                best = Some((change, point, part));
            }
        }
        let Some((change, at, part)) = best else { return Ok(None) };
        if self.holds_at(concept, target, &at, budget)? {
            return Ok(Some(NearestPoint { change, point: at, attained: true }));
        }
        let inner = part.inner_point(0);
        let step = Exact::ratio(1, 1_000);
        let point: Vec<Exact> = at.iter().zip(&inner).map(|(x, y)| x + &(&(y - x) * &step)).collect();
        assert!(self.holds_at(concept, target, &point, budget)?, "the outcome holds inside a part of its region");
        Ok(Some(NearestPoint { change, point, attained: false }))
    }

    fn nearest_in(&self, part: &Polytope) -> Option<Vec<Exact>> {
        let mut ranges = self.ranges.clone();
        ranges.push((Exact::ZERO, Exact::ONE));
        let mut lifted = Polytope::cuboid(&ranges);
        let longer = |half: &&Half| {
            let mut normal = half.normal.clone();
            normal.push(Exact::ZERO);
            Half { normal, ..(*half).clone() }
        };
        let mut halves: Vec<Half> = part.facets().iter().map(longer).collect();
        for (axis, ((low, high), center)) in self.ranges.iter().zip(&self.center).enumerate() {
            for sign in [1_i64, -1] {
                let mut normal = vec![Exact::ZERO; self.ranges.len() + 1];
                normal[axis] = Exact::from(sign);
                normal[self.ranges.len()] = low - high;
                halves.push(Half { normal, bound: &Exact::from(sign) * center, closed: true });
            }
        }
        for half in halves {
            match lifted.clip(&half) {
                Clipped::Whole => {}
                Clipped::Nothing => return None,
                Clipped::Part(rest) => lifted = rest,
            }
        }
        Some(lifted.least(self.ranges.len()).to_vec())
    }
}

fn cut(whole: &Polytope, halves: &[Half]) -> Polytope {
    let mut part = whole.clone();
    for half in halves {
        if let Clipped::Part(rest) = part.clip(half) {
            part = rest;
        }
    }
    part
}

fn value(worth: &[i128], point: &[Exact]) -> Exact {
    let terms = worth[1..].iter().zip(point).filter(|(c, _)| **c != 0);
    terms.fold(whole_number(worth[0]), |sum, (coefficient, x)| &sum + &(&whole_number(*coefficient) * x))
}

fn whole_number(number: i128) -> Exact {
    match i64::try_from(number) {
        Ok(small) => Exact::from(small),
        Err(_) => number.to_string().parse().expect("digits are a number"),
    }
}

/// Constant and coefficients of each state, all as multiples of one unit.
fn restricted(party: &PartyForms, center: &[Exact], over: &[usize]) -> Option<Vec<Vec<i128>>> {
    // With the numbers themselves at one, a product is what it contributes to a coefficient.
    let mut at = center.to_vec();
    over.iter().for_each(|index| at[*index] = Exact::ONE);
    let (factors, _) = common_denominator(&party.factors(&at))?;
    let places: Vec<usize> = (party.products.iter())
        .map(|product| {
            let inside: Vec<usize> = (0..over.len()).filter(|place| product.contains(&over[*place])).collect();
            match inside[..] {
                [] => Some(0),
                [place] => Some(place + 1),
                _ => None,
            }
        })
        .collect::<Option<_>>()?;
    (0..party.coefficients[0].len())
        .map(|state| {
            let mut worth = vec![0_i128; over.len() + 1];
            for (which, factor) in factors.iter().enumerate() {
                let part = party.coefficients[which][state].checked_mul(*factor)?;
                let into = &mut worth[places[which]];
                *into = into.checked_add(part)?;
            }
            Some(worth)
        })
        .collect()
}
