//! Changes of the coordinates of one decision maker that are not free.
//!
//! The values of these coordinates together are a *class*; free coordinates do not
//! matter to which class can follow which.

use detente_base::{Budget, StopReason};

use super::table::Choice;
use crate::model::{DmId, Model, Transitions};

/// One restricted coordinate.
#[derive(Clone, Debug)]
struct Dimension {
    coordinate: usize,
    size: usize,
    /// Weight in a class number.
    stride: usize,
    /// Allowed targets of each value, the value itself included, ascending.
    targets: Vec<Vec<u32>>,
    /// Whether two changes in a row are always one change or none.
    transitive: bool,
}

/// The step relation between classes; every class is followed by itself.
#[derive(Clone, Debug)]
pub(crate) struct ClassSteps {
    dimensions: Vec<Dimension>,
    class_count: usize,
}

/// What a coordinate contributes to its owner's moves.
pub(crate) enum Freedom {
    Free,
    Fixed,
    Restricted,
}

/// Sorts the transitions of an unguarded coordinate with so many values.
pub(crate) fn freedom(transitions: &Transitions, size: u32) -> Freedom {
    match transitions {
        _ if size == 1 => Freedom::Fixed,
        Transitions::Free => Freedom::Free,
        Transitions::Fixed => Freedom::Fixed,
        Transitions::Pairs(pairs) => {
            let mut changes: Vec<_> = pairs.iter().filter(|(from, to)| from != to).collect();
            changes.sort_unstable();
            changes.dedup();
            let all = u64::from(size) * u64::from(size - 1);
            match changes.len() as u64 {
                0 => Freedom::Fixed,
                count if count == all => Freedom::Free,
                _ => Freedom::Restricted,
            }
        }
        Transitions::Forward | Transitions::Backward | Transitions::Guarded(_) => Freedom::Restricted,
    }
}

impl ClassSteps {
    /// The restricted coordinates of a decision maker; `None` when it has none.
    pub(crate) fn new(model: &Model, dm: DmId) -> Option<Self> {
        let mut class_count = 1;
        let mut dimensions = Vec::new();
        for coordinate in model.controlled(dm) {
            let size = model.space().sizes()[coordinate];
            let transitions = model.transitions(coordinate);
            if matches!(freedom(transitions, size), Freedom::Restricted) {
                let stride = class_count;
                class_count *= size as usize;
                let targets = targets_of(transitions, size);
                let transitive = !matches!(transitions, Transitions::Pairs(_)) || is_transitive(&targets);
                dimensions.push(Dimension { coordinate, size: size as usize, stride, targets, transitive });
            }
        }
        (!dimensions.is_empty()).then_some(Self { dimensions, class_count })
    }

    /// Number of classes.
    pub(crate) fn class_count(&self) -> usize {
        self.class_count
    }

    /// Class of a code.
    pub(crate) fn class_of(&self, model: &Model, code: u32) -> u32 {
        let value = |dimension: &Dimension| model.space().value(code, dimension.coordinate) * dimension.stride as u32;
        self.dimensions.iter().map(value).sum()
    }

    /// Whether a move can lead from one class to the other.
    pub(crate) fn allows(&self, from: u32, to: u32) -> bool {
        self.dimensions.iter().all(|dimension| {
            let value = |class: u32| class as usize / dimension.stride % dimension.size;
            dimension.targets[value(from)].binary_search(&(value(to) as u32)).is_ok()
        })
    }

    /// Whether two moves in a row are always one move or none.
    pub(crate) fn is_transitive(&self) -> bool {
        self.dimensions.iter().all(|dimension| dimension.transitive)
    }

    /// Classes that can follow each class: those of c are
    /// `.1[.0[c]..]` up to the next start.
    pub(crate) fn followers(&self, budget: &Budget) -> Result<(Vec<u32>, Vec<u32>), StopReason> {
        let per_dimension = |d: &Dimension| d.targets.iter().map(Vec::len).sum::<usize>() as u128;
        let total: u128 = self.dimensions.iter().map(per_dimension).product();
        let limit = budget.moves.min(u32::MAX.into());
        if total > limit.into() {
            return Err(StopReason::TooManyMoves { limit });
        }
        let mut starts = vec![0];
        let mut classes = Vec::with_capacity(total as usize);
        for class in 0..self.class_count {
            let first = classes.len();
            classes.push(0);
            for dimension in &self.dimensions {
                let targets = &dimension.targets[class / dimension.stride % dimension.size];
                let known = classes.len() - first;
                for _ in 1..targets.len() {
                    classes.extend_from_within(first..first + known);
                }
                for (part, target) in classes[first..].chunks_mut(known).zip(targets) {
                    part.iter_mut().for_each(|follower| *follower += target * dimension.stride as u32);
                }
            }
            starts.push(classes.len() as u32);
        }
        Ok((starts, classes))
    }

    /// Replaces the value of every class by the choice over the classes that can
    /// follow it. Coordinates are independent, so one is done after the other.
    pub(crate) fn spread<C: Choice>(&self, values: &mut [u32], line: &mut Vec<u32>) {
        for dimension in &self.dimensions {
            let (size, stride) = (dimension.size, dimension.stride);
            for block in (0..self.class_count).step_by(size * stride) {
                for start in block..block + stride {
                    line.clear();
                    line.extend((0..size).map(|value| values[start + value * stride]));
                    for (value, targets) in dimension.targets.iter().enumerate() {
                        values[start + value * stride] =
                            targets.iter().fold(C::NEUTRAL, |best, to| C::pick(best, line[*to as usize]));
                    }
                }
            }
        }
    }
}

fn targets_of(transitions: &Transitions, size: u32) -> Vec<Vec<u32>> {
    match transitions {
        Transitions::Pairs(pairs) => {
            let mut targets: Vec<Vec<u32>> = (0..size).map(|value| vec![value]).collect();
            for &(from, to) in pairs {
                targets[from as usize].push(to);
            }
            for list in &mut targets {
                list.sort_unstable();
                list.dedup();
            }
            targets
        }
        _ => (0..size)
            .map(|from| (0..size).filter(|&to| from == to || transitions.allows(from, to, 0)).collect())
            .collect(),
    }
}

fn is_transitive(targets: &[Vec<u32>]) -> bool {
    targets.iter().all(|direct| {
        let reached = |to: &u32| direct.binary_search(to).is_ok();
        direct.iter().all(|via| targets[*via as usize].iter().all(reached))
    })
}
