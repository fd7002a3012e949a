//! Games of the literature, built from their rules.

mod dice;
mod poker;

pub use dice::liars_dice;
pub use poker::{kuhn_poker, leduc_poker};
