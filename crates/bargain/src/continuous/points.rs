//! What bargaining solutions choose on a curve.
//!
//! Along a segment the first party's gain falls and the second's rises, both linearly: each
//! solution has one best point on it, or is the same all along. The best of all segments are
//! the solution. An end that is not efficient is never chosen: what dominates it is on the
//! curve, and no worse by any of the solutions.

use std::cmp::Ordering;

use detente_base::Exact;

use super::{Curve, Segment, Spot};
use crate::points::Solution;
use crate::stakes::Stakes;

/// Worths that a solution chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// One combination.
    At(Spot),
    /// All combinations between two, which are among them.
    Between(Spot, Spot),
}

impl Curve {
    /// The part of the curve that gives both parties at least their reservations.
    pub fn zone(&self, stakes: &Stakes) -> Vec<Segment> {
        self.segments.iter().filter_map(|segment| within(segment, stakes)).collect()
    }
}

/// What of a segment gives both parties at least their reservations.
pub fn within(segment: &Segment, stakes: &Stakes) -> Option<Segment> {
    let [first, second] = [&stakes.reservations[0], &stakes.reservations[1]];
    let (mut start, mut end) = (Exact::ZERO, Exact::ONE);
    // The second party has enough from some part of the way on, the first up to some part.
    let (short, spare) = (second - &segment.from.worths[1], &segment.from.worths[0] - first);
    if spare < Exact::ZERO || segment.to.worths[1] < *second {
        return None;
    }
    if short > Exact::ZERO {
        start = short.checked_div(&segment.gain())?;
    }
    if let Some(part) = spare.checked_div(&segment.loss()) {
        end = part.min(end);
    }
    let part = Segment {
        from: segment.at(&start),
        to: segment.at(&end),
        from_efficient: segment.from_efficient || !start.is_zero(),
        to_efficient: segment.to_efficient || end != Exact::ONE,
    };
    let some = start < end || (start == end && part.from_efficient && part.to_efficient);
    some.then_some(part)
}

/// What a solution chooses among the efficient packages that give both parties their
/// reservations: all that tie; nothing where there are none.
///
/// The ideal of a party is the most that it has in any package. A party whose ideal gain is
/// zero is left out of the Kalai–Smorodinsky comparison.
///
/// Source: `[Nash1950]`; `[KalaiSmorodinsky1975]`; `[Kalai1977]`. Differs: the frontier need
/// not be that of a convex set, so that solutions can tie.
///
/// Cost: O(n) operations on rational numbers for n segments.
pub fn chosen_on(solution: Solution, stakes: &Stakes, curve: &Curve) -> Vec<Chosen> {
    let mut best: Option<Vec<Exact>> = None;
    let mut found: Vec<Chosen> = Vec::new();
    for segment in curve.zone(stakes) {
        let Some(candidate) = best_of(solution, stakes, &segment) else { continue };
        let (Chosen::At(spot) | Chosen::Between(spot, _)) = &candidate;
        let score = score(solution, stakes, spot);
        match best.as_ref().map(|best| score.cmp(best)) {
            Some(Ordering::Less) => {}
            Some(Ordering::Equal) => joined(&mut found, candidate),
            _ => {
                best = Some(score);
                found = vec![candidate];
            }
        }
    }
    found
}

/// Adds worths, unless they are there already; what follows on another one is made one of it.
fn joined(found: &mut Vec<Chosen>, next: Chosen) {
    let (Chosen::At(start) | Chosen::Between(start, _)) = &next;
    let Some(Chosen::At(end) | Chosen::Between(_, end)) = found.last() else { return found.push(next) };
    if start.worths != end.worths {
        return found.push(next);
    }
    let first = match found.last() {
        Some(Chosen::At(spot) | Chosen::Between(spot, _)) => spot.clone(),
        None => return,
    };
    if let Chosen::Between(_, end) = next {
        found.pop();
        found.push(Chosen::Between(first, end));
    }
}

/// The best efficient worths of a segment, if its best ones are.
fn best_of(solution: Solution, stakes: &Stakes, segment: &Segment) -> Option<Chosen> {
    let efficient =
        |part: &Exact| (!part.is_zero() || segment.from_efficient) && (*part != Exact::ONE || segment.to_efficient);
    match best_part(solution, stakes, segment) {
        Some(part) => {
            let part = part.clamp(Exact::ZERO, Exact::ONE);
            efficient(&part).then(|| Chosen::At(segment.at(&part)))
        }
        None if segment.is_point() => segment.from_efficient.then(|| Chosen::At(segment.from.clone())),
        None => (segment.from_efficient && segment.to_efficient)
            .then(|| Chosen::Between(segment.from.clone(), segment.to.clone())),
    }
}

/// Where on the line of a segment a solution is best, as a part of the way; `None` where it is
/// the same all along.
fn best_part(solution: Solution, stakes: &Stakes, segment: &Segment) -> Option<Exact> {
    let (loss, gain) = (segment.loss(), segment.gain());
    let [first, second] = [0, 1].map(|party| &segment.from.worths[party] - &stakes.reservations[party]);
    match solution {
        // The product (first − t·loss)·(second + t·gain) has no slope.
        Solution::Nash => {
            let slope = &(&first * &gain) - &(&second * &loss);
            slope.checked_div(&(&Exact::from(2) * &(&loss * &gain)))
        }
        Solution::Egalitarian | Solution::Leximin => (&first - &second).checked_div(&(&loss + &gain)),
        Solution::KalaiSmorodinsky => {
            let [one, two] = [0, 1].map(|party| &stakes.ideals[party] - &stakes.reservations[party]);
            match (one.is_zero(), two.is_zero()) {
                (false, false) => {
                    // first·two − t·loss·two = second·one + t·gain·one
                    let ahead = &(&first * &two) - &(&second * &one);
                    ahead.checked_div(&(&(&loss * &two) + &(&gain * &one)))
                }
                (true, false) => Some(Exact::ONE),
                (false, true) => Some(Exact::ZERO),
                (true, true) => None,
            }
        }
        Solution::Utilitarian => match gain.cmp(&loss) {
            Ordering::Greater => Some(Exact::ONE),
            Ordering::Less => Some(Exact::ZERO),
            Ordering::Equal => None,
        },
    }
}

/// What is to be as great as possible, the most important number first.
fn score(solution: Solution, stakes: &Stakes, spot: &Spot) -> Vec<Exact> {
    let gains = [0, 1].map(|party| &spot.worths[party] - &stakes.reservations[party]);
    let sorted = || {
        let mut sorted = gains.to_vec();
        sorted.sort_unstable();
        sorted
    };
    match solution {
        Solution::Nash => vec![&gains[0] * &gains[1]],
        Solution::Egalitarian => sorted().into_iter().take(1).collect(),
        Solution::Leximin => sorted(),
        Solution::KalaiSmorodinsky => {
            let share = |party: usize| gains[party].checked_div(&(&stakes.ideals[party] - &stakes.reservations[party]));
            [share(0), share(1)].into_iter().flatten().min().into_iter().collect()
        }
        Solution::Utilitarian => vec![&spot.worths[0] + &spot.worths[1]],
    }
}
