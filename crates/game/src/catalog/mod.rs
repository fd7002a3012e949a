//! Games of the literature, built from their rules.

mod classics;
mod dice;
mod poker;

pub use classics::{beer_quiche, centipede, chain_store, education, investment, selten_horse, trust};
pub use dice::liars_dice;
pub use poker::{kuhn_poker, leduc_poker};
