//! The efficient packages, issue by issue.
//!
//! After each issue, only the sums of worths that no other sum dominates are kept: what
//! is dominated now stays dominated whatever the other issues add. Sums that are equal are
//! one, with the number of ways in which they come about.
//!
//! Source: `[NemhauserUllmann1969]`. Differs: more than two criteria; equal sums are kept
//! together and counted.

use detente_base::{Budget, Exact, StopReason};
use num_bigint::{BigInt, BigUint};
use num_traits::{One as _, Zero as _};
use rustc_hash::FxHashMap;

use crate::amounts::Scaled;
use crate::efficient::undominated;
use crate::negotiation::Negotiation;

/// The efficient packages by their worths, the best for the first party first.
#[derive(Clone, Debug)]
pub struct Frontier {
    points: Vec<FrontierPoint>,
    origins: Origins,
    /// Number of values of each issue.
    sizes: Vec<usize>,
}

/// Worths that some efficient packages have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontierPoint {
    /// For each party.
    pub worths: Vec<Exact>,
    /// Number of packages with these worths.
    pub packages: BigUint,
}

/// Where the points come from.
#[derive(Clone, Debug)]
enum Origins {
    /// After each issue, how every sum that was kept comes about.
    Layers(Vec<Vec<Vec<Way>>>),
    /// The packages of each point, counted.
    Counted(Vec<Counted>),
}

/// The packages of a point, counted value by value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Counted {
    /// The first of them.
    pub(crate) package: Vec<u32>,
    /// For each issue and value, in how many of them it occurs.
    pub(crate) occurrences: Vec<Vec<u64>>,
}

/// A sum before an issue, and the value of the issue that is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Way {
    before: u32,
    value: u32,
}

/// Finds the frontier.
///
/// Cost: for each issue with v values, n sums kept before it and d parties, O(v·n·d log
/// (v·n)) for up to three parties and O(v·n·k·d) for more, k sums kept after it. Memory
/// grows with all sums that are kept.
///
/// # Errors
/// When the budget's stopper is raised, or more sums are to be compared than
/// [`Budget::states`].
pub fn frontier(negotiation: &Negotiation, budget: &Budget) -> Result<Frontier, StopReason> {
    let scaled = Scaled::new(negotiation);
    match scaled.small() {
        Some(worths) => solve(&worths, &scaled.units, negotiation.sizes(), budget),
        None => solve(&scaled.worths, &scaled.units, negotiation.sizes(), budget),
    }
}

/// A whole number.
trait Amount: Clone + Ord + Eq + std::hash::Hash {
    fn zero() -> Self;
    fn plus(&self, other: &Self) -> Self;
    fn big(&self) -> BigInt;
}

impl Amount for i128 {
    fn zero() -> Self {
        0
    }

    fn plus(&self, other: &Self) -> Self {
        self + other
    }

    fn big(&self) -> BigInt {
        BigInt::from(*self)
    }
}

impl Amount for BigInt {
    fn zero() -> Self {
        Self::ZERO
    }

    fn plus(&self, other: &Self) -> Self {
        self + other
    }

    fn big(&self) -> BigInt {
        self.clone()
    }
}

fn solve<T: Amount>(
    worths: &[Vec<Vec<T>>],
    units: &[BigInt],
    sizes: &[usize],
    budget: &Budget,
) -> Result<Frontier, StopReason> {
    let mut sums: Vec<Vec<T>> = vec![vec![T::zero(); worths.len()]];
    let mut counts: Vec<BigUint> = vec![BigUint::one()];
    let mut layers = Vec::new();
    for (issue, size) in sizes.iter().enumerate() {
        let candidates = (sums.len() as u64).saturating_mul(*size as u64);
        if candidates > budget.states {
            return Err(StopReason::TooManyStates { states: candidates.to_string(), limit: budget.states });
        }
        let mut places: FxHashMap<Vec<T>, usize> = FxHashMap::default();
        let (mut found, mut ways): (Vec<Vec<T>>, Vec<Vec<Way>>) = (Vec::new(), Vec::new());
        for value in 0..*size {
            budget.check()?;
            for (before, sum) in sums.iter().enumerate() {
                let next: Vec<T> = sum.iter().zip(worths).map(|(s, of)| s.plus(&of[issue][value])).collect();
                let place = *places.entry(next).or_insert_with_key(|next| {
                    found.push(next.clone());
                    ways.push(Vec::new());
                    found.len() - 1
                });
                ways[place].push(Way { before: before as u32, value: value as u32 });
            }
        }
        let kept = undominated(&found);
        let layer: Vec<Vec<Way>> = kept.iter().map(|at| std::mem::take(&mut ways[*at])).collect();
        let count = |ways: &Vec<Way>| ways.iter().map(|way| &counts[way.before as usize]).sum();
        counts = layer.iter().map(count).collect();
        sums = kept.iter().map(|at| std::mem::take(&mut found[*at])).collect();
        layers.push(layer);
    }
    let exact = |(amount, unit): (&T, &BigInt)| Exact::from_ratio(&amount.big(), unit);
    let points = sums
        .iter()
        .zip(counts)
        .map(|(sum, packages)| FrontierPoint { worths: sum.iter().zip(units).map(exact).collect(), packages });
    Ok(Frontier { points: points.collect(), origins: Origins::Layers(layers), sizes: sizes.to_vec() })
}

impl Frontier {
    /// A frontier of points in descending order whose packages were counted one by one.
    pub(crate) fn counted(points: Vec<FrontierPoint>, counted: Vec<Counted>, sizes: &[usize]) -> Self {
        Self { points, origins: Origins::Counted(counted), sizes: sizes.to_vec() }
    }

    /// Its points, the best for the first party first.
    pub fn points(&self) -> impl ExactSizeIterator<Item = &FrontierPoint> {
        self.points.iter()
    }

    /// Number of efficient packages.
    pub fn package_count(&self) -> BigUint {
        self.points.iter().map(|point| &point.packages).sum()
    }

    /// A package of a point, as the position of the value of each issue: the first one.
    ///
    /// # Panics
    /// If there is no such point.
    pub fn package(&self, point: usize) -> Vec<u32> {
        let layers = match &self.origins {
            Origins::Layers(layers) => layers,
            Origins::Counted(counted) => return counted[point].package.clone(),
        };
        let mut package = vec![0; self.sizes.len()];
        let mut at = point;
        for issue in (0..self.sizes.len()).rev() {
            let way = layers[issue][at][0];
            package[issue] = way.value;
            at = way.before as usize;
        }
        package
    }

    /// For each issue and value, in how many packages of these points it occurs.
    ///
    /// Cost: O(w) additions for w ways in all layers.
    pub fn occurrences(&self, wanted: impl Fn(&FrontierPoint) -> bool) -> Vec<Vec<BigUint>> {
        let mut found: Vec<Vec<BigUint>> = self.sizes.iter().map(|size| vec![BigUint::zero(); *size]).collect();
        let layers = match &self.origins {
            Origins::Layers(layers) => layers,
            Origins::Counted(counted) => {
                for (_, of) in self.points.iter().zip(counted).filter(|(point, _)| wanted(point)) {
                    for (sums, counts) in found.iter_mut().zip(&of.occurrences) {
                        sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += *count);
                    }
                }
                return found;
            }
        };
        // Ways to reach each sum, from the first issue on.
        let mut forward: Vec<Vec<BigUint>> = vec![vec![BigUint::one()]];
        for layer in layers {
            let before = forward.last().expect("at least one");
            let count = |ways: &Vec<Way>| ways.iter().map(|way| &before[way.before as usize]).sum();
            forward.push(layer.iter().map(count).collect());
        }
        // Ways on from each sum to a point that is wanted.
        let mut onward: Vec<BigUint> =
            self.points.iter().map(|point| if wanted(point) { BigUint::one() } else { BigUint::zero() }).collect();
        for (issue, layer) in layers.iter().enumerate().rev() {
            let mut earlier = vec![BigUint::zero(); forward[issue].len()];
            for (ways, on) in layer.iter().zip(&onward) {
                for way in ways {
                    found[issue][way.value as usize] += &forward[issue][way.before as usize] * on;
                    earlier[way.before as usize] += on;
                }
            }
            onward = earlier;
        }
        found
    }
}
