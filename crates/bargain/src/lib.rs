//! What there is to agree on: packages, the efficient ones among them, and what bargaining
//! solutions choose.
//!
//! A *package* gives every issue a value. Each party's worth of a package is the sum of
//! what the values of its issues are worth to it. A package is *efficient* if no other is
//! at least as good for every party and better for one; the worths of the efficient
//! packages are the *frontier*. All comparisons are of exact numbers: no point of the
//! frontier is dominated, and none is missing.
//!
//! ```
//! use detente_bargain::{Negotiation, Party, frontier};
//! use detente_base::{Budget, Exact};
//!
//! // Two issues of two values: each party cares most about another one.
//! let party = |name: &str, worths: [[i64; 2]; 2]| {
//!     let worths = worths.iter().map(|values| values.iter().map(|w| Exact::from(*w)).collect()).collect();
//!     Party { name: name.into(), worths, reservation: Exact::ZERO }
//! };
//! let parties = vec![party("first", [[3, 0], [1, 0]]), party("second", [[0, 1], [0, 3]])];
//! let negotiation = Negotiation::new(parties)?;
//! let frontier = frontier(&negotiation, &Budget::default()).expect("a small negotiation");
//! let worths: Vec<(i64, i64)> = frontier
//!     .points()
//!     .map(|point| (point.worths[0].as_integer().unwrap(), point.worths[1].as_integer().unwrap()))
//!     .collect();
//! assert_eq!(worths, [(4, 0), (3, 3), (0, 4)]);
//! assert_eq!(frontier.package(1), [0, 1]);
//! # Ok::<(), detente_bargain::NegotiationError>(())
//! ```
//!
//! Reading order: [`Negotiation`], [`Stakes`], [`frontier`](fn@frontier), [`Frontier`],
//! [`points`](mod@points), [`labels`]; [`offers`] for how a negotiation goes.
//!
//! Worth that is not additive, and packages that are ruled out: [`linked`]. Worth over
//! hyper-rectangles: [`rectangles`]. Packages that are listed one by one: [`explicit`].
//!
//! What bargaining ends in when delay costs something: [`time`]. Who gets what of several goods:
//! [`division`].
//!
//! Sources: `[Nash1950]`, `[KalaiSmorodinsky1975]`, `[Kalai1977]`, `[NemhauserUllmann1969]`.

mod amounts;
pub mod continuous;
pub mod division;
mod efficient;
pub mod explicit;
pub mod frontier;
pub mod labels;
mod layers;
pub mod linked;
pub mod lotteries;
mod merge;
mod negotiation;
pub mod offers;
pub mod points;
pub mod rectangles;
mod stakes;
pub mod time;

pub use frontier::{Frontier, FrontierPoint, frontier, zone_frontier};
pub use labels::{Label, Standing, standings};
pub use negotiation::{Negotiation, NegotiationError, Party};
pub use points::{Solution, chosen, chosen_among};
pub use stakes::Stakes;
