//! Crises that are solved in closed form: references to hold solvers against.
//!
//! Each function states the game, its equilibrium and the numbers that are exact. They share
//! no code with the solvers of this crate.
//!
//! ```
//! use detente_base::Exact;
//! use detente_game::crises::Ultimatum;
//!
//! let [even, cost, most] = ["0.5", "0.2", "0.4"].map(|text| text.parse::<Exact>().expect("a number"));
//! let found = Ultimatum { wins: even, cost, most_cost: most }.solve()?;
//! assert_eq!((found.demand, found.war), (Exact::ratio(3, 5), Exact::ratio(1, 4)));
//! # Ok::<(), detente_game::crises::OutOfRange>(())
//! ```
//!
//! Reading order: [`Ultimatum`], [`AudienceRace`], [`TwoTypeBluff`], [`ContinuousCrisis`],
//! [`Mediation`].
//!
//! Left out: shapes of uncertainty other than the uniform one.
//!
//! Sources: `[Fearon1995]`, `[Fearon1994]`, `[Kydd2003]`.

mod bluff;
mod continuous;
mod mediator;
mod race;
mod ultimatum;

pub use crate::repeated::OutOfRange;
pub use bluff::{BluffEquilibrium, TwoTypeBluff};
pub use continuous::{ContinuousCrisis, ContinuousEquilibrium};
pub use mediator::{Advice, Mediation};
pub use race::{AudienceRace, RaceEquilibrium};
pub use ultimatum::{Ultimatum, UltimatumEquilibrium};

use detente_base::Exact;

/// Whether a number is from `low` to `high`.
fn within(
    what: &'static str,
    value: &Exact,
    [low, high]: [&Exact; 2],
    expected: &'static str,
) -> Result<(), OutOfRange> {
    if value < low || value > high {
        return Err(OutOfRange { what, value: value.to_string(), expected });
    }
    Ok(())
}

/// Whether a number is above zero, or from zero on.
fn at_least(what: &'static str, value: &Exact, sign: i8) -> Result<(), OutOfRange> {
    if value.signum() < sign {
        let expected = if sign > 0 { "a number above 0" } else { "a number from 0" };
        return Err(OutOfRange { what, value: value.to_string(), expected });
    }
    Ok(())
}
