//! Changes of the coordinates of one decision maker that are not free.
//!
//! The values of these coordinates together are a *class*; free coordinates do not
//! matter to which class can follow which.

use super::table::Choice;
use crate::model::{DmId, Model, Transitions};

/// Largest number of pairs (class, follower) that is kept as a list; beyond, the
/// followers are enumerated again each time, at some cost in speed (2²² take 16 MB).
const LISTED_FOLLOWERS: u128 = 1 << 22;

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

/// The step relation between classes; every class is followed by itself.
#[derive(Clone, Debug)]
pub(crate) struct ClassSteps {
    dimensions: Vec<Dimension>,
    class_count: usize,
    followers: Option<Followers>,
}

/// One restricted coordinate.
#[derive(Clone, Debug)]
struct Dimension {
    coordinate: usize,
    size: usize,
    /// Weight in a class number.
    stride: usize,
    targets: Targets,
}

/// Values that can follow a value, the value itself included.
#[derive(Clone, Debug)]
enum Targets {
    Later,
    Earlier,
    /// Ascending, by value.
    Listed(Vec<Vec<u32>>),
}

/// The followers of class c are `classes[starts[c]..starts[c + 1]]`.
#[derive(Clone, Debug)]
struct Followers {
    starts: Vec<u32>,
    classes: Vec<u32>,
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
                let (targets, stride) = (Targets::new(transitions, size), class_count);
                class_count *= size as usize;
                dimensions.push(Dimension { coordinate, size: size as usize, stride, targets });
            }
        }
        let mut steps = (!dimensions.is_empty()).then_some(Self { dimensions, class_count, followers: None })?;
        let per_dimension =
            |d: &Dimension| (0..d.size).map(|value| d.targets.count(value, d.size) as u128).sum::<u128>();
        if steps.dimensions.iter().map(per_dimension).product::<u128>() <= LISTED_FOLLOWERS {
            steps.followers = Some(steps.list_followers());
        }
        Some(steps)
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

    /// Whether a move can lead from one class to the other, or they are the same.
    pub(crate) fn allows(&self, from: u32, to: u32) -> bool {
        if let Some(Followers { starts, classes }) = &self.followers {
            let span = starts[from as usize] as usize..starts[from as usize + 1] as usize;
            return classes[span].contains(&to);
        }
        self.dimensions.iter().all(|dimension| dimension.targets.contain(dimension.value(from), dimension.value(to)))
    }

    /// Whether two moves in a row are always one move or none.
    pub(crate) fn is_transitive(&self) -> bool {
        self.dimensions.iter().all(|dimension| dimension.targets.is_transitive())
    }

    fn list_followers(&self) -> Followers {
        let mut followers = Followers { starts: vec![0], classes: Vec::new() };
        for class in 0..self.class_count {
            visit_followers(&self.dimensions, class as u32, 0, &mut |follower| followers.classes.push(follower));
            followers.starts.push(followers.classes.len() as u32);
        }
        followers
    }

    /// The choice over the values of a class's followers.
    pub(crate) fn choose<C: Choice>(&self, class: u32, values: &[u32]) -> u32 {
        let mut best = C::NEUTRAL;
        let mut take = |follower: u32| best = C::pick(best, values[follower as usize]);
        if let Some(Followers { starts, classes }) = &self.followers {
            let span = starts[class as usize] as usize..starts[class as usize + 1] as usize;
            classes[span].iter().copied().for_each(take);
        } else {
            visit_followers(&self.dimensions, class, 0, &mut take);
        }
        best
    }

    /// Replaces the value of every class by the choice over its followers.
    /// Coordinates are independent, so one is done after the other.
    pub(crate) fn spread<C: Choice>(&self, values: &mut [u32], line: &mut Vec<u32>) {
        for dimension in &self.dimensions {
            for block in (0..self.class_count).step_by(dimension.size * dimension.stride) {
                for start in block..block + dimension.stride {
                    dimension.spread::<C>(start, values, line);
                }
            }
        }
    }
}

impl Dimension {
    fn value(&self, class: u32) -> usize {
        class as usize / self.stride % self.size
    }

    /// As [`ClassSteps::spread`] along one line of classes.
    fn spread<C: Choice>(&self, start: usize, values: &mut [u32], line: &mut Vec<u32>) {
        let at = |value: usize| start + value * self.stride;
        match &self.targets {
            Targets::Later => {
                for value in (1..self.size).rev() {
                    values[at(value - 1)] = C::pick(values[at(value - 1)], values[at(value)]);
                }
            }
            Targets::Earlier => {
                for value in 1..self.size {
                    values[at(value)] = C::pick(values[at(value)], values[at(value - 1)]);
                }
            }
            Targets::Listed(targets) => {
                line.clear();
                line.extend((0..self.size).map(|value| values[at(value)]));
                for (value, targets) in targets.iter().enumerate() {
                    let best = targets.iter().fold(C::NEUTRAL, |best, to| C::pick(best, line[*to as usize]));
                    values[at(value)] = best;
                }
            }
        }
    }
}

impl Targets {
    fn new(transitions: &Transitions, size: u32) -> Self {
        match transitions {
            Transitions::Forward => Self::Later,
            Transitions::Backward => Self::Earlier,
            Transitions::Pairs(pairs) => {
                let mut targets: Vec<Vec<u32>> = (0..size).map(|value| vec![value]).collect();
                for &(from, to) in pairs {
                    targets[from as usize].push(to);
                }
                for list in &mut targets {
                    list.sort_unstable();
                    list.dedup();
                }
                Self::Listed(targets)
            }
            Transitions::Free | Transitions::Fixed | Transitions::Guarded(_) => {
                unreachable!("only forward, backward and paired coordinates are restricted and unguarded")
            }
        }
    }

    fn count(&self, value: usize, size: usize) -> usize {
        match self {
            Self::Later => size - value,
            Self::Earlier => value + 1,
            Self::Listed(targets) => targets[value].len(),
        }
    }

    fn contain(&self, from: usize, to: usize) -> bool {
        match self {
            Self::Later => from <= to,
            Self::Earlier => from >= to,
            Self::Listed(targets) => targets[from].binary_search(&(to as u32)).is_ok(),
        }
    }

    fn is_transitive(&self) -> bool {
        let Self::Listed(targets) = self else {
            return true;
        };
        targets.iter().all(|direct| {
            let is_direct = |to: &u32| direct.binary_search(to).is_ok();
            direct.iter().all(|via| targets[*via as usize].iter().all(is_direct))
        })
    }
}

fn visit_followers(dimensions: &[Dimension], class: u32, base: u32, visit: &mut impl FnMut(u32)) {
    let Some((dimension, rest)) = dimensions.split_first() else {
        return visit(base);
    };
    let (value, stride) = (dimension.value(class) as u32, dimension.stride as u32);
    let mut go_on = |to: u32| visit_followers(rest, class, base + to * stride, visit);
    match &dimension.targets {
        Targets::Later => (value..dimension.size as u32).for_each(&mut go_on),
        Targets::Earlier => (0..=value).for_each(&mut go_on),
        Targets::Listed(targets) => targets[value as usize].iter().copied().for_each(&mut go_on),
    }
}
