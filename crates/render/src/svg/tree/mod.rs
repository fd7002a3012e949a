//! Game trees with the probabilities of an equilibrium.
//!
//! Reading order: [`tree_svg`], `layout`, `parts`, `legend`.

mod layout;
mod legend;
mod parts;
#[cfg(test)]
mod tests;

use detente_analysis::picture::{PictureKind, PictureNode, TreePicture};

use super::words::{amount, chance, shortened, strong_width, width};
use super::writer::Writer;
use layout::{Cell, Layout, layout};

/// Around the drawing.
const MARGIN: f64 = 18.0;

/// Size of letters.
const SIZE: f64 = 12.0;

/// Letters of an action that are shown.
const MOST_LETTERS: usize = 26;

/// A tree as it is drawn: the picture, and what stands at its nodes.
struct Drawing<'a> {
    picture: &'a TreePicture,
    words: Vec<Words>,
    layout: Layout,
}

/// What stands at a node.
struct Words {
    /// On the line to it: the action.
    action: String,
    /// On the line too: how likely the action is.
    chance: String,
    /// Under the line: what is decided.
    about: String,
    /// Under the line too: how likely the node is taken to be.
    belief: String,
    /// Behind an end: what each player gets.
    payoffs: Vec<String>,
    /// Behind an end too: how likely it is.
    reach: String,
}

/// The drawing of a game tree: the moves from left to right, branches as thick as they are
/// likely, information sets linked by dashed lines, beliefs and payoffs beside the nodes.
///
/// Cost: O(nodes²).
pub fn tree_svg(picture: &TreePicture) -> String {
    let words: Vec<Words> = picture.nodes.iter().map(|node| said(picture, node)).collect();
    let cells: Vec<Cell> = picture.nodes.iter().zip(&words).map(|(node, words)| cell(node, words)).collect();
    let layout = layout(&cells);
    let mut out = Writer::default();
    let wide = layout.width.max(560.0);
    let top = legend::legend(&mut out, picture, (MARGIN, wide));
    let size = (wide + 2.0 * MARGIN, top + layout.height + MARGIN);
    parts::parts(&mut out, &Drawing { picture, words, layout }, (MARGIN, top));
    out.finish(size, &legend::name(picture), &legend::description(picture))
}

fn said(picture: &TreePicture, node: &PictureNode) -> Words {
    let share = |value| chance(value, picture.approximate);
    let end = matches!(node.kind, PictureKind::End(_));
    Words {
        action: shortened(node.action.trim(), MOST_LETTERS),
        chance: if node.parent.is_some() { share(&node.chance) } else { String::new() },
        about: shortened(&node.about, MOST_LETTERS),
        belief: node.belief.as_ref().map_or_else(String::new, |belief| format!("μ {}", share(belief))),
        payoffs: match &node.kind {
            PictureKind::End(payoffs) => payoffs.iter().map(amount).collect(),
            _ => Vec::new(),
        },
        reach: if end && !node.reach.is_zero() { share(&node.reach) } else { String::new() },
    }
}

/// What two texts on one line take, with space between.
fn beside(a: &str, b: &str) -> f64 {
    let between = if a.is_empty() || b.is_empty() { 0.0 } else { 8.0 };
    width(a, SIZE) + between + strong_width(b, SIZE)
}

fn cell(node: &PictureNode, words: &Words) -> Cell {
    let right = if words.payoffs.is_empty() {
        0.0
    } else {
        8.0 + width(&words.payoffs.join(", "), SIZE) + 10.0 + width(&words.reach, SIZE)
    };
    Cell {
        parent: node.parent,
        left: beside(&words.action, &words.chance).max(beside(&words.about, &words.belief)),
        right,
        under: !words.about.is_empty() || !words.belief.is_empty(),
        set: match node.kind {
            PictureKind::Player { set, .. } => Some(set),
            _ => None,
        },
    }
}
