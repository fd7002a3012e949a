//! Coordinates that go together in a set.

use detente_base::{Budget, StopReason};

use super::diagrams::Diagrams;
use super::model::SymbolicModel;
use super::set::StateSet;

/// States that candidates are looked for in.
const SAMPLES: u64 = 64;

/// Two coordinates of two values each, which in every state of a set have the same value,
/// or in every state different ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The first coordinate that the second is linked with.
    pub first: usize,
    /// The second coordinate.
    pub second: usize,
    /// Whether they have the same value.
    pub same: bool,
}

impl SymbolicModel {
    /// Pairs of coordinates that go together in all states of a set though neither is
    /// settled there; of coordinates that all go together, each with the first.
    ///
    /// Cost: pairs that some of a few drawn states tell apart cost nothing; every other
    /// pair O(m) for m nodes of the set.
    ///
    /// # Errors
    /// When the budget ends it.
    pub fn linked(&self, set: &StateSet, budget: &Budget) -> Result<Vec<Linked>, StopReason> {
        let dd = Diagrams::new(budget);
        let samples: Vec<Vec<u32>> = (0..SAMPLES).filter_map(|seed| self.draw(set, seed)).collect();
        let sizes = self.code.sizes();
        let mut open = Vec::new();
        for coordinate in (0..sizes.len()).filter(|coordinate| sizes[*coordinate] == 2) {
            let yes = self.code.value_in(coordinate, &[1], &dd)?;
            let (with, without) = (dd.and(&set.0, &yes)?, dd.and_not(&set.0, &yes)?);
            if !with.is_false() && !without.is_false() {
                open.push((coordinate, yes, with, without));
            }
        }
        let mut found: Vec<Linked> = Vec::new();
        for (place, (second, yes, ..)) in open.iter().enumerate() {
            for (first, _, with, without) in &open[..place] {
                let told = |same: bool| samples.iter().any(|state| (state[*first] == state[*second]) != same);
                let (same, different) = (!told(true), !told(false));
                if found.iter().any(|link| link.second == *first) || !same && !different {
                    continue;
                }
                let is_linked = |same: bool| {
                    let (yes_in, no_in) = if same { (without, with) } else { (with, without) };
                    Ok::<bool, StopReason>(dd.disjoint(yes_in, yes)? && dd.and_not(no_in, yes)?.is_false())
                };
                let linked = if same && is_linked(true)? {
                    Some(true)
                } else if different && is_linked(false)? {
                    Some(false)
                } else {
                    None
                };
                if let Some(same) = linked {
                    found.push(Linked { first: *first, second: *second, same });
                    break;
                }
            }
        }
        Ok(found)
    }
}
