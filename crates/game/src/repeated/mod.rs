//! When is a promise kept or a threat believed, if the same parties meet again and again?
//!
//! Conditions in closed form. What is rational in its inputs is exact; where an exponential
//! or a logarithm is part of it, the answer is a float. *Patience* δ is how much the next
//! round counts, in [0, 1).
//!
//! ```
//! use detente_base::Exact;
//! use detente_game::repeated::{Monitoring, Patience, grim_trigger};
//!
//! // Betrayal pays 5 once, then 1 a round; trust pays 3 a round.
//! let [betrayal, trust, distrust] = [5, 3, 1].map(Exact::from);
//! assert_eq!(grim_trigger(&betrayal, &trust, &distrust), Patience::AtLeast(Exact::ratio(1, 2)));
//! // Cheating gains 2, is seen every second time, and then costs a surplus of 1 for ever.
//! let inspected = Monitoring::new(Exact::from(2), Exact::ONE)?.detection(Exact::ratio(1, 2))?;
//! assert_eq!(inspected.patience(), Patience::AtLeast(Exact::ratio(4, 5)));
//! # Ok::<(), detente_game::repeated::OutOfRange>(())
//! ```
//!
//! Reading order: [`grim_trigger`], [`Monitoring`], [`bond`] and [`enforced_by_vote`]
//! (sanctions that do not rest on patience), [`equal_steps`], [`attacks_now`],
//! [`WaningWill`].
//!
//! Left out: sets of all payoffs that patience supports; private monitoring. What happens
//! off these patterns is answered by [`stochastic`](crate::stochastic).
//!
//! Sources: `[Friedman1971]`, `[GreenPorter1984]`, `[Fearon1995]`, `[Osgood1962]`,
//! `[Schelling1960]`.

mod assurance;
mod patience;
mod waning;

use detente_base::Exact;

pub use assurance::{attacks_now, bond, bond_after, enforced_by_default, enforced_by_vote, equal_steps};
pub use patience::{Monitoring, Patience, grim_trigger};
pub use waning::{Lasting, WaningWill};

/// A number outside what a condition is about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} is {value}; expected {expected}")]
pub struct OutOfRange {
    /// Which number.
    pub what: &'static str,
    /// What it is, as text.
    pub value: String,
    /// What it may be.
    pub expected: &'static str,
}

fn chance(what: &'static str, value: &Exact) -> Result<(), OutOfRange> {
    if value.signum() < 0 || *value > Exact::ONE {
        return Err(OutOfRange { what, value: value.to_string(), expected: "a chance from 0 to 1" });
    }
    Ok(())
}

fn positive(what: &'static str, value: &Exact) -> Result<(), OutOfRange> {
    if value.signum() <= 0 {
        return Err(OutOfRange { what, value: value.to_string(), expected: "a number above 0" });
    }
    Ok(())
}
