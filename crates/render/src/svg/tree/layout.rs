//! Where the nodes of a tree stand: from left to right, a column for each move.
//!
//! Every node has a frame, with the line that leads to it, what stands on and under the line,
//! the node, and what stands behind it. Subtrees move up as far as their frames allow, and
//! whoever moves stands half-way between first and last child (Reingold and Tilford, with
//! frames in place of levels). Nodes of a column that belong to different information sets
//! stand in lanes, so that the line through a set meets no node of another.

/// Half of a node.
pub(super) const RADIUS: f64 = 9.0;

/// From a column to where the lines to the next begin to be straight.
const FAN: f64 = 38.0;

/// Between a line's text and the node.
const GAP: f64 = 5.0;

/// From lane to lane.
const LANE: f64 = 24.0;

/// Least space between frames.
const ROW: f64 = 3.0;

/// Room for a line of text above or below the line to a node.
const TEXT: f64 = 18.0;

/// What has to be placed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cell {
    /// Position of the node before.
    pub(super) parent: Option<usize>,
    /// Width of the text on and under the line to it.
    pub(super) left: f64,
    /// Width of the text behind it.
    pub(super) right: f64,
    /// Whether there is text under the line.
    pub(super) under: bool,
    /// Its information set.
    pub(super) set: Option<usize>,
}

/// Where a node stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Spot {
    pub(super) x: f64,
    pub(super) y: f64,
    /// Moves before it.
    pub(super) depth: usize,
    /// Where the line to it begins to be straight, and where its text ends.
    pub(super) text: (f64, f64),
    /// Where its column ends.
    pub(super) out: f64,
    /// Left, top, right and bottom of its frame.
    pub(super) frame: [f64; 4],
}

/// A tree in its place, at the origin.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layout {
    pub(super) spots: Vec<Spot>,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Places the nodes, each of which is listed before what follows it.
///
/// Cost: O(nodes²).
pub(super) fn layout(cells: &[Cell]) -> Layout {
    let mut spots = columns(cells);
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); cells.len()];
    for (at, cell) in cells.iter().enumerate() {
        if let Some(parent) = cell.parent {
            children[parent].push(at);
        }
    }
    // For each node all that follow it, itself first; below before above.
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); cells.len()];
    for at in (0..cells.len()).rev() {
        let mut placed: Vec<usize> = Vec::new();
        for child in &children[at] {
            let own = std::mem::take(&mut below[*child]);
            let down = clearance(&spots, &placed, &own);
            own.iter().for_each(|node| shift(&mut spots[*node], down));
            placed.extend(own);
        }
        if let (Some(first), Some(last)) = (children[at].first(), children[at].last()) {
            let middle = f64::midpoint(spots[*first].y, spots[*last].y);
            let down = middle - spots[at].y;
            shift(&mut spots[at], down);
        }
        placed.insert(0, at);
        below[at] = placed;
    }
    let top = spots.iter().map(|spot| spot.frame[1]).fold(f64::INFINITY, f64::min);
    spots.iter_mut().for_each(|spot| shift(spot, -top));
    let most = |side: usize| spots.iter().map(|spot| spot.frame[side]).fold(0.0, f64::max);
    Layout { width: most(2), height: most(3), spots }
}

fn shift(spot: &mut Spot, down: f64) {
    spot.y += down;
    spot.frame[1] += down;
    spot.frame[3] += down;
}

/// How far nodes have to move down to stand clear of those above.
fn clearance(spots: &[Spot], above: &[usize], own: &[usize]) -> f64 {
    let mut down = f64::NEG_INFINITY;
    for node in own {
        let frame = spots[*node].frame;
        for other in above {
            let other = spots[*other].frame;
            if frame[0] < other[2] && other[0] < frame[2] {
                down = down.max(other[3] + ROW - frame[1]);
            }
        }
    }
    if down == f64::NEG_INFINITY { 0.0 } else { down }
}

/// Everything but the height: columns, lanes and frames.
fn columns(cells: &[Cell]) -> Vec<Spot> {
    let mut spots = vec![Spot::default(); cells.len()];
    let mut levels: Vec<Vec<usize>> = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let depth = cell.parent.map_or(0, |parent| spots[parent].depth + 1);
        spots[at].depth = depth;
        if levels.len() == depth {
            levels.push(Vec::new());
        }
        levels[depth].push(at);
    }
    let mut out = 0.0;
    for (depth, level) in levels.iter().enumerate() {
        let fan = if depth == 0 { 0.0 } else { FAN };
        let left = level.iter().map(|at| cells[*at].left).fold(0.0, f64::max);
        let text = (out + fan, out + fan + left);
        let first = text.1 + GAP + RADIUS;
        let lanes = lanes(cells, level);
        let end = first + LANE * lanes.iter().copied().max().unwrap_or(0) as f64 + RADIUS;
        for (at, lane) in level.iter().zip(lanes) {
            let (cell, spot) = (&cells[*at], &mut spots[*at]);
            let x = first + LANE * lane as f64;
            let top = if cell.parent.is_some() { TEXT } else { RADIUS + 1.0 };
            let bottom = if cell.under { TEXT } else { RADIUS + 1.0 };
            let right = if cell.right > 0.0 { (x + RADIUS + cell.right).max(end) } else { end };
            (spot.x, spot.text, spot.out) = (x, text, end);
            spot.frame = [out, -top, right, bottom];
        }
        out = end;
    }
    spots
}

/// A lane for each node of a column: one for each set, so that sets whose lines would lie
/// side by side do not share one, and one right of the lines that pass them for nodes alone.
fn lanes(cells: &[Cell], level: &[usize]) -> Vec<usize> {
    let mut sets: Vec<(usize, usize, usize)> = Vec::new();
    for (rank, at) in level.iter().enumerate() {
        let Some(set) = cells[*at].set else { continue };
        match sets.iter_mut().find(|(own, ..)| *own == set) {
            Some((.., last)) => *last = rank,
            None => sets.push((set, rank, rank)),
        }
    }
    sets.retain(|(_, first, last)| first < last);
    let mut taken: Vec<usize> = Vec::new();
    for (at, (_, first, last)) in sets.iter().enumerate() {
        let meets = |other: &usize| sets[*other].1 <= *last && *first <= sets[*other].2;
        let free = (0..at).find(|lane| !(0..at).filter(meets).any(|other| taken[other] == *lane));
        taken.push(free.unwrap_or(at));
    }
    let own = |at: &usize| {
        let set = cells[*at].set?;
        sets.iter().position(|(other, ..)| *other == set).map(|own| taken[own])
    };
    let passed = |rank: usize| {
        let passes = |other: &usize| sets[*other].1 < rank && rank < sets[*other].2;
        (0..sets.len()).filter(passes).map(|other| taken[other] + 1).max().unwrap_or(0)
    };
    let alone = level.iter().enumerate().filter(|(_, at)| own(at).is_none());
    let right = alone.map(|(rank, _)| passed(rank)).max().unwrap_or(0);
    level.iter().map(|at| own(at).unwrap_or(right)).collect()
}
