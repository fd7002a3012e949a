//! Sums of segments.

use std::cmp::Ordering;

use detente_base::{Budget, StopReason};

use super::segment::{Segment, Spot};
use super::union::union;
use super::{Mark, Stretch};

/// The efficient segments of one issue.
pub(super) fn efficient(stretches: &[Stretch], budget: &Budget) -> Result<Vec<Segment>, StopReason> {
    union(stretches.iter().map(|stretch| vec![best(stretch)]).collect(), budget)
}

/// The efficient part of a stretch: all of it where one party loses what the other gains,
/// else its better end.
fn best(stretch: &Stretch) -> Segment {
    let spot = |mark: &Mark| Spot { worths: mark.worths.clone(), numbers: vec![mark.at.clone()], listed: 0 };
    let change = [0, 1].map(|party| stretch.to.worths[party].cmp(&stretch.from.worths[party]));
    match change {
        [Ordering::Less, Ordering::Greater] => Segment::whole(spot(&stretch.from), spot(&stretch.to)),
        [Ordering::Greater, Ordering::Less] => Segment::whole(spot(&stretch.to), spot(&stretch.from)),
        [Ordering::Less | Ordering::Equal, Ordering::Less | Ordering::Equal] => Segment::point(spot(&stretch.from)),
        _ => Segment::point(spot(&stretch.to)),
    }
}

/// The efficient sums of two frontiers.
///
/// The sum with a single point is a frontier as it is. For the others, ends that are not
/// efficient are taken for efficient ones: they are worths of packages, and what dominates
/// them is among the sums.
pub(super) fn sum(before: &[Segment], issue: &[Segment], budget: &Budget) -> Result<Vec<Segment>, StopReason> {
    let chains = (before.len() as u64).saturating_mul(issue.len() as u64);
    if chains > budget.states {
        return Err(StopReason::TooManyStates { states: chains.to_string(), limit: budget.states });
    }
    let mut parts = Vec::new();
    for piece in issue {
        budget.check()?;
        if piece.is_point() {
            parts.push(before.iter().map(|segment| moved(segment, &piece.from)).collect());
        } else {
            parts.push(union(before.iter().map(|segment| chain(segment, piece)).collect(), budget)?);
        }
    }
    union(parts, budget)
}

fn moved(segment: &Segment, by: &Spot) -> Segment {
    let Segment { from, to, from_efficient, to_efficient } = segment;
    Segment { from: from.plus(by), to: to.plus(by), from_efficient: *from_efficient, to_efficient: *to_efficient }
}

/// The upper right edge of the sum of two segments: the steeper one first, so that the second
/// party gains most where the first loses least.
fn chain(first: &Segment, second: &Segment) -> Vec<Segment> {
    let (start, end) = (first.from.plus(&second.from), first.to.plus(&second.to));
    if first.is_point() {
        return vec![Segment::whole(start, end)];
    }
    let middle = match (&first.gain() * &second.loss()).cmp(&(&second.gain() * &first.loss())) {
        Ordering::Equal => return vec![Segment::whole(start, end)],
        Ordering::Greater => first.to.plus(&second.from),
        Ordering::Less => first.from.plus(&second.to),
    };
    vec![Segment::whole(start, middle.clone()), Segment::whole(middle, end)]
}
