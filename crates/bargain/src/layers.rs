//! How sums come about, issue by issue, and how often.

use num_bigint::BigUint;
use num_traits::{One, Zero};

/// A sum before an issue, and the value of the issue that is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Way {
    pub(crate) before: u32,
    pub(crate) value: u32,
}

/// The sums after an issue, by the ways in which they come about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layer {
    /// Ways of all sums, one sum after the other.
    ways: Vec<Way>,
    /// Where those of each sum start.
    starts: Vec<usize>,
}

impl Layer {
    /// One more sum and its first way.
    pub(crate) fn start(&mut self, way: Way) {
        self.starts.push(self.ways.len());
        self.ways.push(way);
    }

    /// One more way of the last sum.
    pub(crate) fn also(&mut self, way: Way) {
        self.ways.push(way);
    }

    /// The first way of a sum.
    pub(crate) fn first(&self, sum: usize) -> Way {
        self.ways[self.starts[sum]]
    }

    /// The ways of each sum.
    fn each(&self) -> impl Iterator<Item = &[Way]> {
        let ends = self.starts.iter().skip(1).copied().chain([self.ways.len()]);
        self.starts.iter().zip(ends).map(|(start, end)| &self.ways[*start..end])
    }
}

/// A number of packages.
trait Count: Clone + Zero + One + for<'a> std::ops::AddAssign<&'a Self> + Into<BigUint> {}

impl Count for u128 {}
impl Count for BigUint {}

/// In how many ways each sum after the last issue comes about.
pub(crate) fn packages(layers: &[Layer], sizes: &[usize]) -> Vec<BigUint> {
    fn counted<C: Count>(layers: &[Layer]) -> Vec<BigUint> {
        forward::<C>(layers).pop().expect("at least one").into_iter().map(Into::into).collect()
    }
    if fits(sizes) { counted::<u128>(layers) } else { counted::<BigUint>(layers) }
}

/// In how many ways each sum after the last issue comes about with a value of an issue.
pub(crate) fn packages_with(layers: &[Layer], issue: usize, value: u32) -> Vec<BigUint> {
    let mut counts = vec![BigUint::one()];
    for (at, layer) in layers.iter().enumerate() {
        let counted = |way: &&Way| at != issue || way.value == value;
        let count = |ways: &[Way]| ways.iter().filter(counted).map(|way| &counts[way.before as usize]).sum();
        counts = layer.each().map(count).collect();
    }
    counts
}

/// For each issue and value, in how many packages of some sums after the last issue it occurs.
pub(crate) fn occurrences(layers: &[Layer], sizes: &[usize], wanted: &[bool]) -> Vec<Vec<BigUint>> {
    if fits(sizes) { occurring::<u128>(layers, sizes, wanted) } else { occurring::<BigUint>(layers, sizes, wanted) }
}

/// Whether no number of packages needs more than 128 bits.
fn fits(sizes: &[usize]) -> bool {
    sizes.iter().try_fold(1_u128, |product, size| product.checked_mul(*size as u128)).is_some()
}

/// Before the first issue and after each, in how many ways each sum comes about.
fn forward<C: Count>(layers: &[Layer]) -> Vec<Vec<C>> {
    let mut found: Vec<Vec<C>> = vec![vec![C::one()]];
    for layer in layers {
        let before = found.last().expect("at least one");
        let count = |ways: &[Way]| {
            ways.iter().fold(C::zero(), |mut sum, way| {
                sum += &before[way.before as usize];
                sum
            })
        };
        let counts = layer.each().map(count).collect();
        found.push(counts);
    }
    found
}

fn occurring<C: Count>(layers: &[Layer], sizes: &[usize], wanted: &[bool]) -> Vec<Vec<BigUint>> {
    let forward: Vec<Vec<C>> = forward(layers);
    let mut found: Vec<Vec<C>> = sizes.iter().map(|size| vec![C::zero(); *size]).collect();
    // Ways on from each sum to one that is wanted.
    let mut onward: Vec<C> = wanted.iter().map(|wanted| if *wanted { C::one() } else { C::zero() }).collect();
    for (issue, layer) in layers.iter().enumerate().rev() {
        let mut earlier = vec![C::zero(); forward[issue].len()];
        for (ways, on) in layer.each().zip(&onward).filter(|(_, on)| !on.is_zero()) {
            for way in ways {
                let through = forward[issue][way.before as usize].clone() * on.clone();
                found[issue][way.value as usize] += &through;
                earlier[way.before as usize] += on;
            }
        }
        onward = earlier;
    }
    found.into_iter().map(|values| values.into_iter().map(Into::into).collect()).collect()
}
