//! One prime pattern.

use super::diagram::{Diagrams, Node};
use crate::pattern::Pattern;

/// The sets that a pattern is grown in.
#[derive(Clone, Copy)]
pub(super) struct Ground {
    /// The set to be covered.
    pub(super) whole: Node,
    /// What of it is left.
    pub(super) left: Node,
    /// The states that must not be covered.
    pub(super) outside: Node,
}

/// A prime pattern around the lowest code that is left, covering nothing outside.
///
/// Whole coordinates are opened first, since a condition that is gone is shorter than
/// one with more values; then values are allowed one by one, unless they add infeasible
/// codes only. Of those that can be, the one comes first that covers most of what is
/// left, then most of the set, then the lowest.
pub(super) fn expand(diagrams: &mut Diagrams<'_>, ground: Ground) -> Pattern {
    let values = diagrams.lowest(ground.left);
    let sizes = diagrams.space.sizes().to_vec();
    let mut pattern = Pattern::all(&sizes);
    for (coordinate, value) in values.iter().enumerate() {
        pattern.restrict(coordinate, [*value]);
    }
    let whole = (0..sizes.len()).filter(|coordinate| sizes[*coordinate] > 1).map(|coordinate| (coordinate, None));
    grow(diagrams, &mut pattern, ground, whole.collect());
    let mut single = Vec::new();
    for (coordinate, size) in sizes.iter().enumerate().filter(|(_, size)| **size > 2) {
        single.extend((0..*size).filter(|value| !pattern.allows(coordinate, *value)).map(|v| (coordinate, Some(v))));
    }
    grow(diagrams, &mut pattern, ground, single);
    pattern
}

/// A coordinate and the value to allow; all values for `None`.
type Growth = (usize, Option<u32>);

/// Makes growths as long as one is possible. One that was not possible never becomes
/// so, since the pattern only grows.
fn grow(diagrams: &mut Diagrams<'_>, pattern: &mut Pattern, ground: Ground, mut growths: Vec<Growth>) {
    loop {
        growths.retain(|growth| !diagrams.meets(ground.outside, &grown(pattern, *growth)));
        let covered = diagrams.count(ground.whole, pattern);
        let mut best: Option<((u64, u64), Growth)> = None;
        for growth in &growths {
            let larger = grown(pattern, *growth);
            let gain = (diagrams.count(ground.left, &larger), diagrams.count(ground.whole, &larger));
            let useful = growth.1.is_none() || gain.1 > covered;
            if useful && best.is_none_or(|(most, _)| gain > most) {
                best = Some((gain, *growth));
            }
        }
        let Some((_, chosen)) = best else { return };
        *pattern = grown(pattern, chosen);
        growths.retain(|growth| *growth != chosen);
    }
}

fn grown(pattern: &Pattern, (coordinate, value): Growth) -> Pattern {
    let mut grown = pattern.clone();
    match value {
        Some(value) => grown.allow(coordinate, value),
        None => grown.open(coordinate),
    }
    grown
}
