//! Segments of a frontier.

use detente_base::Exact;

/// Worths of the two parties, and a package that has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// For each party.
    pub worths: [Exact; 2],
    /// The number of each issue over real numbers.
    pub numbers: Vec<Exact>,
    /// The point of the frontier of the issues with values that the package rests on.
    pub(super) listed: usize,
}

impl Spot {
    /// The nearest doubles to the worths.
    pub fn near(&self) -> [f64; 2] {
        [self.worths[0].to_f64(), self.worths[1].to_f64()]
    }

    /// The spot at a part of the way to another one with the same values.
    #[must_use]
    pub(super) fn towards(&self, other: &Self, part: &Exact) -> Self {
        let between = |from: &Exact, to: &Exact| from + &(&(to - from) * part);
        let numbers = self.numbers.iter().zip(&other.numbers).map(|(from, to)| between(from, to)).collect();
        let worths = [0, 1].map(|party| between(&self.worths[party], &other.worths[party]));
        Self { worths, numbers, listed: self.listed }
    }

    /// The spot with another issue's.
    #[must_use]
    pub(super) fn plus(&self, other: &Self) -> Self {
        let worths = [0, 1].map(|party| &self.worths[party] + &other.worths[party]);
        let numbers = self.numbers.iter().chain(&other.numbers).cloned().collect();
        Self { worths, numbers, listed: self.listed }
    }
}

/// Efficient packages whose worths are on a line from one spot to another: the first party has
/// less and less, the second more and more. A single point if both are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The end that is best for the first party.
    pub from: Spot,
    /// The end that is best for the second party.
    pub to: Spot,
    /// Whether the first end is efficient; if not, all points near it are.
    pub from_efficient: bool,
    /// Whether the second end is efficient; if not, all points near it are.
    pub to_efficient: bool,
}

impl Segment {
    pub(super) fn point(spot: Spot) -> Self {
        Self { from: spot.clone(), to: spot, from_efficient: true, to_efficient: true }
    }

    pub(super) fn whole(from: Spot, to: Spot) -> Self {
        Self { from, to, from_efficient: true, to_efficient: true }
    }

    /// Whether it is a single point.
    pub fn is_point(&self) -> bool {
        self.from.worths == self.to.worths
    }

    /// What the first party loses from one end to the other.
    pub(super) fn loss(&self) -> Exact {
        &self.from.worths[0] - &self.to.worths[0]
    }

    /// What the second party gains from one end to the other.
    pub(super) fn gain(&self) -> Exact {
        &self.to.worths[1] - &self.from.worths[1]
    }

    /// The spot at a part of the way from one end to the other.
    #[must_use]
    pub fn at(&self, part: &Exact) -> Spot {
        if part.is_zero() {
            self.from.clone()
        } else if *part == Exact::ONE {
            self.to.clone()
        } else {
            self.from.towards(&self.to, part)
        }
    }

    /// Above 0 where worths lie beyond the line of the segment, 0 on it, below 0 short of it.
    pub(super) fn beyond(&self, worths: &[Exact; 2]) -> Exact {
        let (right, up) = (&worths[0] - &self.from.worths[0], &worths[1] - &self.from.worths[1]);
        &(&right * &self.gain()) + &(&up * &self.loss())
    }

    /// Whether worths are those of the segment somewhere, its ends included.
    pub fn passes(&self, worths: &[Exact; 2]) -> bool {
        let [first, second] = worths;
        let within = self.to.worths[0] <= *first
            && *first <= self.from.worths[0]
            && self.from.worths[1] <= *second
            && *second <= self.to.worths[1];
        within && self.beyond(worths).is_zero()
    }
}

/// Segments in order, with ends that another one shares efficient, single points dropped that
/// are such ends, and straight continuations joined.
pub(super) fn tidied(segments: Vec<Segment>) -> Vec<Segment> {
    let mut found: Vec<Segment> = Vec::new();
    for mut next in segments {
        if let Some(last) = found.last_mut()
            && last.to.worths == next.from.worths
            && (last.to_efficient || next.from_efficient)
        {
            last.to_efficient = true;
            next.from_efficient = true;
            if next.is_point() {
                continue;
            }
            if last.is_point() {
                found.pop();
            } else if continues(last, &next) {
                last.to = next.to;
                last.to_efficient = next.to_efficient;
                continue;
            }
        }
        found.push(next);
    }
    found
}

/// Whether a segment goes on where another one ends, the numbers changing at the same rate.
fn continues(first: &Segment, then: &Segment) -> bool {
    let (short, long) = (first.loss(), then.loss());
    let same_rate = |a: (&Exact, &Exact), b: (&Exact, &Exact)| &(a.1 - a.0) * &long == &(b.1 - b.0) * &short;
    first.to.listed == then.from.listed
        && first.to.numbers == then.from.numbers
        && same_rate((&first.from.worths[1], &first.to.worths[1]), (&then.from.worths[1], &then.to.worths[1]))
        && (0..first.to.numbers.len()).all(|at| {
            let of = |segment: &'_ Segment| (segment.from.numbers[at].clone(), segment.to.numbers[at].clone());
            let (a, b) = (of(first), of(then));
            same_rate((&a.0, &a.1), (&b.0, &b.1))
        })
}
