//! What is efficient of several frontiers together.
//!
//! Frontiers are lists of segments in descending order of the first worth, of which none
//! dominates a point of another. What a segment dominates is a convex set: the worths that are
//! at most those of its better ends, and not beyond its line. Of another segment it dominates
//! one stretch therefore, less the points that they share; these are kept once.

use std::cmp::Ordering;

use detente_base::{Budget, Exact, StopReason};

use super::segment::Segment;

/// What becomes of points that the other frontier has as well.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shared {
    Kept,
    Dropped,
}

/// The efficient part of the union of frontiers.
pub(super) fn union(mut parts: Vec<Vec<Segment>>, budget: &Budget) -> Result<Vec<Segment>, StopReason> {
    while parts.len() > 1 {
        let mut halved = Vec::with_capacity(parts.len().div_ceil(2));
        let mut rest = parts.into_iter();
        while let Some(first) = rest.next() {
            budget.check()?;
            halved.push(match rest.next() {
                Some(second) => both(&first, &second),
                None => first,
            });
        }
        parts = halved;
    }
    Ok(parts.pop().unwrap_or_default())
}

fn both(first: &[Segment], second: &[Segment]) -> Vec<Segment> {
    let mut kept: Vec<Segment> = first.iter().flat_map(|own| left(own, second, Shared::Kept)).collect();
    kept.extend(second.iter().flat_map(|own| left(own, first, Shared::Dropped)));
    let first_worth = |a: &Segment, b: &Segment| b.from.worths[0].cmp(&a.from.worths[0]);
    kept.sort_by(|a, b| first_worth(a, b).then_with(|| b.to.worths[0].cmp(&a.to.worths[0])));
    kept
}

/// A part of a segment from one place to another, as parts of the way.
#[derive(Clone)]
struct Part {
    from: Exact,
    to: Exact,
    from_in: bool,
    to_in: bool,
}

impl Part {
    fn holds_something(&self) -> bool {
        match self.from.cmp(&self.to) {
            Ordering::Less => true,
            Ordering::Equal => self.from_in && self.to_in,
            Ordering::Greater => false,
        }
    }
}

/// What a frontier leaves of a segment.
fn left(own: &Segment, others: &[Segment], shared: Shared) -> Vec<Segment> {
    let mut parts =
        vec![Part { from: Exact::ZERO, to: Exact::ONE, from_in: own.from_efficient, to_in: own.to_efficient }];
    for other in rivals(own, others) {
        let Some(gone) = dominated(own, other, shared) else { continue };
        parts = parts.iter().flat_map(|part| without(part, &gone)).filter(Part::holds_something).collect();
        if parts.is_empty() {
            break;
        }
    }
    let segment = |part: Part| Segment {
        from: own.at(&part.from),
        to: own.at(&part.to),
        from_efficient: part.from_in,
        to_efficient: part.to_in,
    };
    parts.into_iter().map(segment).collect()
}

/// The segments of a frontier that can dominate a point of a segment and are not outdone in
/// that by others.
fn rivals<'o>(own: &Segment, others: &'o [Segment]) -> &'o [Segment] {
    // Along the frontier first worths fall and second ones rise.
    let enough_first = others.partition_point(|other| other.from.worths[0] >= own.to.worths[0]);
    let too_low = others.partition_point(|other| other.to.worths[1] < own.from.worths[1]);
    // Of those that are better for the first party all along, the last dominates most; of
    // those that are better for the second all along, the first.
    let better_first = others.partition_point(|other| other.to.worths[0] > own.from.worths[0]);
    let better_second = others.partition_point(|other| other.from.worths[1] <= own.to.worths[1]);
    let start = too_low.max(better_first.saturating_sub(1));
    let end = enough_first.min(better_second.max(start) + 1);
    if start < end { &others[start..end] } else { &[] }
}

/// The part of a segment that another one dominates.
fn dominated(own: &Segment, other: &Segment, shared: Shared) -> Option<Part> {
    let (from, to) = (&own.from.worths, &own.to.worths);
    let mut gone = Part { from: Exact::ZERO, to: Exact::ONE, from_in: true, to_in: true };
    // Each limit is a linear function of the part of the way, at most 0 where it is kept.
    let limits = [
        (&from[0] - &other.from.worths[0], &to[0] - &other.from.worths[0]),
        (&from[1] - &other.to.worths[1], &to[1] - &other.to.worths[1]),
        (other.beyond(from), other.beyond(to)),
    ];
    for (start, end) in &limits {
        match (*start > Exact::ZERO, *end > Exact::ZERO) {
            (true, true) => return None,
            (false, false) => {}
            (outside_first, _) => {
                let crossing = start.checked_div(&(start - end)).expect("the signs differ");
                if outside_first {
                    gone.from = gone.from.max(crossing);
                } else {
                    gone.to = gone.to.min(crossing);
                }
            }
        }
    }
    if gone.from > gone.to {
        return None;
    }
    if shared == Shared::Kept {
        let meets = |part: &Exact| other.passes(&own.at(part).worths);
        (gone.from_in, gone.to_in) = (!meets(&gone.from), !meets(&gone.to));
        let nothing = gone.from == gone.to || own.is_point();
        // Both ends are shared where the two run along one line.
        if !gone.from_in && !gone.to_in || (nothing && !(gone.from_in && gone.to_in)) {
            return None;
        }
    }
    Some(gone)
}

/// What is left of a part without another.
fn without(part: &Part, gone: &Part) -> [Part; 2] {
    let (to, to_in) = match gone.from.cmp(&part.to) {
        Ordering::Less => (&gone.from, !gone.from_in),
        Ordering::Equal => (&part.to, part.to_in && !gone.from_in),
        Ordering::Greater => (&part.to, part.to_in),
    };
    let (from, from_in) = match gone.to.cmp(&part.from) {
        Ordering::Greater => (&gone.to, !gone.to_in),
        Ordering::Equal => (&part.from, part.from_in && !gone.to_in),
        Ordering::Less => (&part.from, part.from_in),
    };
    [Part { to: to.clone(), to_in, ..part.clone() }, Part { from: from.clone(), from_in, ..part.clone() }]
}
