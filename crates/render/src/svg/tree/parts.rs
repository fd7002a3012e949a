//! The parts of a tree: links of information sets, branches, nodes, texts.

use std::collections::BTreeMap;

use detente_analysis::picture::{PictureKind, PictureNode};

use super::layout::{RADIUS, Spot};
use super::{Drawing, Words};
use crate::svg::style::{fill, stroke};
use crate::svg::words::{amount, chance};
use crate::svg::writer::{At, Writer, number};

/// Draws a tree, its upper left corner given.
pub(super) fn parts(out: &mut Writer, drawing: &Drawing<'_>, (left, top): (f64, f64)) {
    let corner = format!("translate({} {})", number(left), number(top));
    out.open("g", &[("transform", &corner)]);
    links(out, drawing);
    // Branches that are not taken lie under those that are.
    let nodes = &drawing.picture.nodes;
    let (idle, taken): (Vec<usize>, Vec<usize>) =
        (0..nodes.len()).filter(|at| nodes[*at].parent.is_some()).partition(|at| nodes[*at].chance.is_zero());
    idle.into_iter().chain(taken).for_each(|at| branch(out, drawing, at));
    (0..nodes.len()).for_each(|at| node(out, drawing, at));
    out.end_group();
}

/// Dashed lines through the nodes that a player cannot tell apart.
fn links(out: &mut Writer, drawing: &Drawing<'_>) {
    let mut sets: BTreeMap<usize, (usize, Vec<Spot>)> = BTreeMap::new();
    for (node, spot) in drawing.picture.nodes.iter().zip(&drawing.layout.spots) {
        if let PictureKind::Player { player, set } = node.kind {
            sets.entry(set).or_insert((player, Vec::new())).1.push(*spot);
        }
    }
    for (player, mut spots) in sets.into_values() {
        spots.sort_by(|a, b| a.depth.cmp(&b.depth).then(a.y.total_cmp(&b.y)));
        for pair in spots.windows(2) {
            let [a, b] = [pair[0], pair[1]];
            let commands = if a.depth == b.depth {
                format!("M{} {}V{}", number(a.x), number(a.y), number(b.y))
            } else {
                let middle = number(f64::midpoint(a.y, b.y));
                let (x, y, to) = (number(a.x), number(a.y), (number(b.x), number(b.y)));
                format!("M{x} {y}C{x} {middle} {} {middle} {} {}", to.0, to.0, to.1)
            };
            out.path(&format!("set {}", stroke(player)), 1.5, &commands);
        }
    }
}

/// The name of whoever moves at a node.
fn mover<'a>(drawing: &'a Drawing<'_>, at: usize) -> &'a str {
    match drawing.picture.nodes[at].kind {
        PictureKind::Player { player, .. } => &drawing.picture.players[player].0,
        PictureKind::Chance => "chance",
        PictureKind::End(_) => "end",
    }
}

fn branch(out: &mut Writer, drawing: &Drawing<'_>, at: usize) {
    let nodes = &drawing.picture.nodes;
    let (node, spot, words) = (&nodes[at], &drawing.layout.spots[at], &drawing.words[at]);
    let Some(parent) = node.parent else { return };
    let from = &drawing.layout.spots[parent];
    let likely = node.chance.to_f64();
    let class = match nodes[parent].kind {
        _ if node.chance.is_zero() => "line faint",
        PictureKind::Player { player, .. } => &format!("line {}", stroke(player)),
        _ => "line ink",
    };
    let middle = f64::midpoint(from.out, spot.text.0);
    let commands = format!(
        "M{} {}H{}C{} {} {} {} {} {}H{}",
        number(from.x),
        number(from.y),
        number(from.out),
        number(middle),
        number(from.y),
        number(middle),
        number(spot.y),
        number(spot.text.0),
        number(spot.y),
        number(spot.x),
    );
    out.group(&format!(
        "{}: {} with {}",
        mover(drawing, parent),
        node.action,
        chance(&node.chance, drawing.picture.approximate)
    ));
    let class = if nodes[parent].reach.is_zero() && !node.chance.is_zero() { &format!("{class} pale") } else { class };
    out.path(class, 1.0 + 4.0 * likely, &commands);
    let quiet = if node.chance.is_zero() { "mute" } else { "" };
    let y = spot.y - 6.0;
    out.text(At { x: spot.text.0, y, class: quiet }, &[("", &words.action)]);
    let strong = if node.chance.is_zero() { "end mute" } else { "end strong" };
    out.text(At { x: spot.text.1, y, class: strong }, &[("", &words.chance)]);
    out.end_group();
}

fn node(out: &mut Writer, drawing: &Drawing<'_>, at: usize) {
    let (node, spot, words) = (&drawing.picture.nodes[at], &drawing.layout.spots[at], &drawing.words[at]);
    let reached = !node.reach.is_zero();
    out.group(&title(drawing, at));
    match &node.kind {
        PictureKind::Chance => square(out, (spot.x, spot.y), reached),
        PictureKind::Player { player: own, .. } => player(out, *own, (spot.x, spot.y), reached),
        PictureKind::End(_) => end(out, (node, words), spot),
    }
    let y = spot.y + 14.0;
    let parts: Vec<(&str, &str)> = match (words.about.is_empty(), words.belief.is_empty()) {
        (false, false) => vec![("", &words.about), ("", "  "), ("strong", &words.belief)],
        (false, true) => vec![("", &words.about)],
        (true, false) => vec![("strong", &words.belief)],
        (true, true) => vec![],
    };
    if !parts.is_empty() {
        out.text(At { x: spot.text.1, y, class: "end mute" }, &parts);
    }
    out.end_group();
}

/// What is said of a node to who points at it.
fn title(drawing: &Drawing<'_>, at: usize) -> String {
    let node: &PictureNode = &drawing.picture.nodes[at];
    let share = |value| chance(value, drawing.picture.approximate);
    let mut parts = vec![mover(drawing, at).to_owned()];
    if !node.about.is_empty() {
        parts.push(node.about.clone());
    }
    if let PictureKind::End(payoffs) = &node.kind {
        let own = drawing.picture.players.iter().zip(payoffs);
        parts.extend(own.map(|((name, _), payoff)| format!("{name} gets {}", amount(payoff))));
    }
    parts.push(if node.reach.is_zero() {
        "not reached".into()
    } else {
        format!("reached with {}", share(&node.reach))
    });
    if let Some(belief) = &node.belief {
        parts.push(format!("believed with {}", share(belief)));
    }
    parts.join("; ")
}

/// A small bar, and what each player gets in its colour.
fn end(out: &mut Writer, (node, words): (&PictureNode, &Words), spot: &Spot) {
    let reached = if node.reach.is_zero() { "line faint" } else { "line ink" };
    out.path(reached, 2.0, &format!("M{} {}v10", number(spot.x), number(spot.y - 5.0)));
    let mut parts: Vec<(&str, &str)> = Vec::new();
    for (player, payoff) in words.payoffs.iter().enumerate() {
        if player > 0 {
            parts.push(("mute", ", "));
        }
        parts.push((fill(player), payoff));
    }
    let tail = format!("  {}", words.reach);
    if !words.reach.is_empty() {
        parts.push(("mute", &tail));
    }
    out.text(At { x: spot.x + 7.0, y: spot.y + 4.0, class: "" }, &parts);
}

/// A player's node, with its number.
pub(super) fn player(out: &mut Writer, player: usize, (x, y): (f64, f64), reached: bool) {
    let (cx, cy, r) = (number(x), number(y), number(RADIUS - 1.0));
    let class =
        if reached { format!("{} {}", fill(player), stroke(player)) } else { format!("hollow {}", stroke(player)) };
    out.element("circle", &[("class", &class), ("cx", &cx), ("cy", &cy), ("r", &r)]);
    let class =
        if reached { "small strong mid bare on".to_owned() } else { format!("small mid bare {}", fill(player)) };
    out.text(At { x, y: y + 4.0, class: &class }, &[("", &(player + 1).to_string())]);
}

/// A node of chance.
pub(super) fn square(out: &mut Writer, (x, y): (f64, f64), reached: bool) {
    let half = RADIUS - 2.0;
    let side = number(2.0 * half);
    let class = if reached { "hollow ink" } else { "hollow faint" };
    let (x, y) = (number(x - half), number(y - half));
    out.element("rect", &[("class", class), ("x", &x), ("y", &y), ("width", &side), ("height", &side)]);
}
