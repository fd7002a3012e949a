//! Which packages are efficient when issues are linked by hyper-rectangles?
//!
//! A *hyper-rectangle* bounds the values of some issues and pays a party whose package lies
//! inside (or outside). The worth of a package is the sum of what its rectangles pay, so
//! that the value of one issue can be worth something only together with that of another.
//! Issues are over whole numbers, or other values in an order.
//!
//! ```
//! use detente_bargain::rectangles::{
//!     Aggregation, Bound, Pays, Rectangle, RectangleGroup, RectangleNegotiation, RectangleParty, rectangle_frontier,
//! };
//! use detente_base::{Budget, Exact};
//!
//! // A party that wants both issues high, and one that wants the first low.
//! let party = |name: &str, least: [u32; 2], greatest: [u32; 2], utility: i64| RectangleParty {
//!     name: name.into(),
//!     groups: vec![RectangleGroup {
//!         aggregation: Aggregation::Sum,
//!         weight: Exact::ONE,
//!         rectangles: vec![Rectangle {
//!             utility: Exact::from(utility),
//!             pays: Pays::Inside,
//!             bounds: (0..2).map(|issue| Bound { issue, least: least[issue], greatest: greatest[issue] }).collect(),
//!         }],
//!     }],
//!     unit: Exact::from(10),
//!     reservation: Exact::ZERO,
//! };
//! let parties = vec![party("first", [5, 5], [9, 9], 7), party("second", [0, 0], [3, 9], 4)];
//! let negotiation = RectangleNegotiation::new(vec![10, 10], parties)?;
//! let found = rectangle_frontier(&negotiation, &Budget::default());
//! let worths: Vec<[String; 2]> =
//!     found.points.iter().map(|point| [point.worths[0].to_string(), point.worths[1].to_string()]).collect();
//! assert_eq!(worths, [["0.7", "0"], ["0", "0.4"]]);
//! # Ok::<(), detente_bargain::rectangles::RectangleError>(())
//! ```
//!
//! Reading order: `negotiation` (what is given), `reduce` (values that act alike become one,
//! values that are never better go), `bounds` (what any completion of a package can reach),
//! `corners` (what a point would have to beat to be new), `search` (branch and bound over
//! the issues), `count` (how many packages have the worths of a point).
//!
//! Why nothing is missing: a set of packages is left out only if, in some weighting of the
//! parties, none of its packages can weigh as much as one that beats some corner; and every
//! vector that no point found weakly dominates beats a corner. All of this is in whole
//! numbers.
//!
//! Left out: worth of the least of several rectangles, or of the greatest, when rectangles
//! cost something; constraints on packages.
//!
//! Sources: `[ItoHattoriKlein2007]` for hyper-rectangles; `[DechterRish2003]` for the bounds;
//! `[KlamrothLacourVanderpooten2015]` for corners.

mod bounds;
mod corners;
mod count;
mod hull;
mod negotiation;
mod order;
mod reduce;
mod search;
#[cfg(test)]
mod tests;

pub use count::Uncounted;
pub use negotiation::{
    Aggregation, Bound, Pays, Rectangle, RectangleError, RectangleGroup, RectangleNegotiation, RectangleParty,
};
pub use search::{Open, RectangleFrontier, RectanglePoint, rectangle_frontier};
