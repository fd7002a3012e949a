//! Which demands are core, which are contested, and which are chips.
//!
//! A party opens with a value of an issue. Over all efficient packages in the zone of
//! possible agreement the demand is *core* if the value is in all of them, a *chip* if it
//! is in none: then it can only be traded away. Otherwise it is *contested*.

use num_bigint::BigUint;
use num_traits::Zero as _;

use crate::frontier::Frontier;
use crate::stakes::Stakes;

/// What becomes of a demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Every efficient package in the zone has it.
    Core,
    /// Some have it.
    Contested,
    /// None has it.
    Chip,
}

/// A value of an issue in the efficient packages of the zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Packages in the zone that have the value.
    pub with: BigUint,
    /// All packages in the zone.
    pub of: BigUint,
}

impl Standing {
    /// The label of a demand for the value; `None` when the zone is empty.
    pub fn label(&self) -> Option<Label> {
        match (self.of.is_zero(), self.with.is_zero()) {
            (true, _) => None,
            (false, true) => Some(Label::Chip),
            (false, false) if self.with == self.of => Some(Label::Core),
            _ => Some(Label::Contested),
        }
    }
}

/// For each issue and value, how it stands in the efficient packages of the zone.
///
/// Cost: that of [`Frontier::occurrences`]; packages are counted, not listed.
pub fn standings(stakes: &Stakes, frontier: &Frontier) -> Vec<Vec<Standing>> {
    let of: BigUint = frontier.points().filter(|point| stakes.in_zone(point)).map(|point| &point.packages).sum();
    let found = frontier.occurrences(|point| stakes.in_zone(point));
    let standing = |with: BigUint| Standing { with, of: of.clone() };
    found.into_iter().map(|values| values.into_iter().map(standing).collect()).collect()
}
