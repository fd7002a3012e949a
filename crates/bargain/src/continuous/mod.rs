//! Issues over real numbers, for two parties: the frontier as segments.
//!
//! A party's worth of an issue over real numbers is *piecewise linear*: its value at the ends
//! of each *stretch* of numbers, and on the line between them. Cut at the ends of the stretches
//! of both parties, an issue is a set of segments in the plane of worths (u₁, u₂). Packages add
//! up: with a stretch of every issue they fill the Minkowski sum of the segments, whose upper
//! right edge is the segments one after the other, the steepest first. The frontier is the
//! efficient part of the union of all such chains: segments and single points, descending.
//!
//! A part of a segment can be dominated up to a point that is not: segments may lack an end.
//! All numbers are rational, and all comparisons exact.
//!
//! ```
//! use detente_bargain::continuous::{Continuum, Mark, Stretch, curve};
//! use detente_bargain::{Negotiation, Party};
//! use detente_base::{Budget, Exact};
//!
//! // A price from 0 to 10 that one party pays to the other, and a delivery that is worth
//! // 4 to the buyer and costs the seller 2.
//! let party = |name: &str, worths: [i64; 2]| Party {
//!     name: name.into(),
//!     worths: vec![worths.map(Exact::from).to_vec()],
//!     reservation: Exact::ZERO,
//! };
//! let delivery = Negotiation::new(vec![party("seller", [0, -2]), party("buyer", [0, 4])])?;
//! let mark = |at: i64| Mark { at: at.into(), worths: [at.into(), (-at).into()] };
//! let price = vec![Stretch { from: mark(0), to: mark(10) }];
//! let found = curve(&Continuum::new(delivery, vec![price])?, &Budget::default()).expect("small");
//! // With a delivery from (8, −6) down to (−2, 4); beyond that, the highest price without one.
//! let ends: Vec<String> = found.segments().iter().map(|s| format!("{:?}", (s.from.near(), s.to.near()))).collect();
//! assert_eq!(ends, ["([10.0, -10.0], [8.0, -8.0])", "([8.0, -6.0], [-2.0, 4.0])"]);
//! assert!(!found.segments()[0].to_efficient, "the end is dominated by (8, −6)");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Reading order: [`Continuum`], [`Segment`], [`curve`](fn@curve), [`chosen_on`]; `sums`
//! (chains), `union` (what is efficient of two frontiers), `points` (solutions).
//!
//! Left out: three parties and more, whose frontiers are surfaces; worth that is not piecewise
//! linear; the number of packages, which is infinite.
//!
//! Sources: `[GritzmannSturmfels1993]` for sums of segments; `[NemhauserUllmann1969]` for the
//! way from issue to issue.

mod points;
mod segment;
mod sums;
mod union;

use detente_base::{Budget, Exact, StopReason};

use crate::frontier::{Frontier, frontier};
use crate::negotiation::Negotiation;
use crate::stakes::Stakes;

pub use points::{Chosen, chosen_on, within};
pub use segment::{Segment, Spot};

/// A number of an issue, and what it adds to the worths of the two parties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The number.
    pub at: Exact,
    /// What it adds.
    pub worths: [Exact; 2],
}

/// Numbers from one to another, both included, over which both worths are linear; a single
/// number if the two are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// One end.
    pub from: Mark,
    /// The other.
    pub to: Mark,
}

/// Two parties that negotiate over values and over real numbers.
#[derive(Clone, Debug)]
pub struct Continuum {
    listed: Negotiation,
    real: Vec<Vec<Stretch>>,
}

/// Why issues do not make a [`Continuum`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ContinuumError {
    /// Not two parties.
    #[error("{parties} parties negotiate over real numbers; expected two")]
    NotTwo {
        /// How many there are.
        parties: usize,
    },
    /// An issue over real numbers without any.
    #[error("issue {issue} over real numbers has no stretch")]
    NoStretch {
        /// The issue, by position among those over real numbers.
        issue: usize,
    },
}

impl Continuum {
    /// Issues with values, which may be none, and issues over real numbers by their stretches.
    ///
    /// Where a worth jumps, the number at which it does is a stretch of its own. A stretch
    /// includes its ends, so that it may end in a worth that no number has: that does no
    /// harm where the number itself is worth at least as much to both.
    ///
    /// # Errors
    /// When there are not two parties, or an issue has no stretch.
    pub fn new(listed: Negotiation, real: Vec<Vec<Stretch>>) -> Result<Self, ContinuumError> {
        let parties = listed.parties().len();
        if parties != 2 {
            return Err(ContinuumError::NotTwo { parties });
        }
        match real.iter().position(Vec::is_empty) {
            Some(issue) => Err(ContinuumError::NoStretch { issue }),
            None => Ok(Self { listed, real }),
        }
    }

    /// The issues with values.
    pub fn listed(&self) -> &Negotiation {
        &self.listed
    }

    /// The issues over real numbers, by their stretches.
    pub fn real(&self) -> &[Vec<Stretch>] {
        &self.real
    }

    /// Reservations and ideals of the parties.
    pub fn stakes(&self) -> Stakes {
        let mut stakes = self.listed.stakes();
        for (party, ideal) in stakes.ideals.iter_mut().enumerate() {
            for stretches in &self.real {
                let ends = stretches.iter().flat_map(|stretch| [&stretch.from, &stretch.to]);
                let best = ends.map(|mark| &mark.worths[party]).max().expect("an issue has a stretch");
                *ideal = &*ideal + best;
            }
        }
        stakes
    }
}

/// The frontier of two parties over values and real numbers.
#[derive(Clone, Debug)]
pub struct Curve {
    segments: Vec<Segment>,
    listed: Frontier,
}

impl Curve {
    /// Its segments, and its single points as segments of no length; descending in the first
    /// worth.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The efficient ends of its segments, each combination of worths once; descending in the
    /// first worth.
    pub fn vertices(&self) -> Vec<&Spot> {
        let mut found: Vec<&Spot> = Vec::new();
        for segment in &self.segments {
            let ends = [(&segment.from, segment.from_efficient), (&segment.to, segment.to_efficient)];
            for (spot, _) in ends.into_iter().filter(|(_, efficient)| *efficient) {
                if found.last().is_none_or(|last| last.worths != spot.worths) {
                    found.push(spot);
                }
            }
        }
        found
    }

    /// The value of each issue with values in a package of a spot.
    ///
    /// # Panics
    /// If the spot is one of another curve.
    pub fn values(&self, spot: &Spot) -> Vec<u32> {
        self.listed.package(spot.listed)
    }
}

/// Finds the frontier.
///
/// The issues with values come first, then one over real numbers after the other; what is
/// dominated after one issue stays so.
///
/// Cost: for each issue over real numbers with g efficient segments, and n segments kept before
/// it, O(n·g·log(n·g)) operations on rational numbers. Their digits grow with each issue, by
/// those of the slopes.
///
/// # Errors
/// When the budget's stopper is raised, or more segments are to be compared than
/// [`Budget::states`].
pub fn curve(continuum: &Continuum, budget: &Budget) -> Result<Curve, StopReason> {
    let listed = frontier(&continuum.listed, budget)?;
    let mut segments: Vec<Segment> = listed
        .points()
        .enumerate()
        .map(|(at, point)| {
            Segment::point(Spot {
                worths: [point.worths[0].clone(), point.worths[1].clone()],
                numbers: Vec::new(),
                listed: at,
            })
        })
        .collect();
    for stretches in &continuum.real {
        let issue = sums::efficient(stretches, budget)?;
        segments = sums::sum(&segments, &issue, budget)?;
    }
    Ok(Curve { segments: segment::tidied(segments), listed })
}
