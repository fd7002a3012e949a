//! Drawings: game trees with an equilibrium on them, and equilibria along a parameter.
//!
//! Equal data give equal bytes. Colours are those of Okabe and Ito, darkened for text, and
//! come in a set for dark screens; players are numbered and lines of plots dashed, so that
//! nothing is told by colour alone. Texts are escaped, and parts carry titles for who points
//! at them or has them read out.
//!
//! Reading order: [`tree_svg`], `tree::layout`, [`along_svg`], `writer`, `style`, `words`.
//!
//! Left out: widths of letters are estimated, for a drawing does not know the fonts that
//! will be there.

mod along;
mod style;
mod tree;
mod words;
mod writer;

pub use along::along_svg;
pub use tree::tree_svg;
