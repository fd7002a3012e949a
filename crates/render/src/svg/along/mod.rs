//! Equilibria along a parameter.

use detente_analysis::play::answer::{AlongView, GameAnswer};

/// A plot.
pub fn along_svg(_game: &GameAnswer, _along: &AlongView) -> String {
    String::new()
}
