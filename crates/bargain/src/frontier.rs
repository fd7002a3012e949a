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
use num_traits::Zero;

use crate::amounts::Scaled;
use crate::efficient::Filter;
use crate::layers::{Layer, occurrences, packages, packages_with};
use crate::merge::{Amount, Merge};
use crate::negotiation::Negotiation;

/// Sums between two looks at the stopper.
const STRIDE: u32 = 1 << 12;

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
    Layers(Vec<Layer>),
    /// The same where issues are settled in another order; a layer without an issue has
    /// none of this number.
    Swept(Vec<Layer>, Vec<usize>),
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

/// Finds the frontier.
///
/// Cost: for each issue with v values, n sums kept before it and d parties, O(v·n·d log v)
/// to go through the sums in order, and for each of them what it takes to find one that
/// dominates it: O(1) for two parties, O(log k) for three, k sums kept; for more, O(k) at
/// worst and much less as a rule. Memory: 8·(d + 1) bytes for each sum that is kept and 8
/// for each way in which it comes about, for machine numbers; none for those that are not.
///
/// # Errors
/// When the budget's stopper is raised, or more sums are to be compared than
/// [`Budget::states`].
pub fn frontier(negotiation: &Negotiation, budget: &Budget) -> Result<Frontier, StopReason> {
    in_machine_numbers(negotiation, Part::All, budget)
}

/// The part of the frontier that gives every party at least its reservation.
///
/// Sums that cannot reach it any more, with the best that is left for a party, are dropped
/// on the way. What dominates a point of the zone is in the zone as well, so that the points
/// are those of the whole frontier that are in it.
///
/// Cost: that of [`frontier`], less what is dropped.
///
/// # Errors
/// Those of [`frontier`].
pub fn zone_frontier(negotiation: &Negotiation, budget: &Budget) -> Result<Frontier, StopReason> {
    in_machine_numbers(negotiation, Part::Zone, budget)
}

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    All,
    Zone,
}

/// By issue and party, the least that sums with that issue need; `None` if anything will do.
type Needs<T> = Vec<Vec<Option<T>>>;

fn in_machine_numbers(negotiation: &Negotiation, part: Part, budget: &Budget) -> Result<Frontier, StopReason> {
    let scaled = Scaled::new(negotiation);
    let sizes = negotiation.sizes();
    let needs: Vec<Vec<BigInt>> = match part {
        Part::All => Vec::new(),
        Part::Zone => scaled.needs(negotiation),
    };
    // A need that does not fit is below all sums, or above them.
    let fitting = |limit: &BigInt| -> Vec<Vec<Option<BigInt>>> {
        let fit = |need: &BigInt| (*need > -limit).then(|| need.min(limit).clone());
        needs.iter().map(|needs| needs.iter().map(fit).collect()).collect()
    };
    if let Some(worths) = scaled.small::<i64>() {
        let whole = |need: &Option<BigInt>| need.as_ref().map(|need| i64::try_from(need).expect("within the limit"));
        let needs = fitting(&i64::MAX.into()).iter().map(|needs| needs.iter().map(whole).collect()).collect();
        return solve((&worths, &needs), &scaled.units, sizes, budget);
    }
    if let Some(worths) = scaled.small::<i128>() {
        let whole = |need: &Option<BigInt>| need.as_ref().map(|need| i128::try_from(need).expect("within the limit"));
        let needs = fitting(&i128::MAX.into()).iter().map(|needs| needs.iter().map(whole).collect()).collect();
        return solve((&worths, &needs), &scaled.units, sizes, budget);
    }
    let needs = needs.into_iter().map(|needs| needs.into_iter().map(Some).collect()).collect();
    solve((&scaled.worths, &needs), &scaled.units, sizes, budget)
}

fn solve<T: Amount + Zero + Into<BigInt>>(
    (worths, needs): (&[Vec<Vec<T>>], &Needs<T>),
    units: &[BigInt],
    sizes: &[usize],
    budget: &Budget,
) -> Result<Frontier, StopReason> {
    let width = worths.len();
    let mut sums: Vec<T> = vec![T::zero(); width];
    let mut layers = Vec::new();
    for (issue, size) in sizes.iter().enumerate() {
        budget.check()?;
        let candidates = ((sums.len() / width) as u64).saturating_mul(*size as u64);
        if candidates > budget.states {
            return Err(StopReason::TooManyStates { states: candidates.to_string(), limit: budget.states });
        }
        let values: Vec<Vec<&T>> =
            (0..*size).map(|value| worths.iter().map(|of| &of[issue][value]).collect()).collect();
        let needs = needs.get(issue).map_or(&[][..], Vec::as_slice);
        let (next, layer) = next_layer(&sums, (&values, needs), budget)?;
        sums = next;
        layers.push(layer);
    }
    let exact = |(amount, unit): (&T, &BigInt)| Exact::from_ratio(&amount.clone().into(), unit);
    let points = sums
        .chunks_exact(width)
        .zip(packages(&layers, sizes))
        .map(|(sum, packages)| FrontierPoint { worths: sum.iter().zip(units).map(exact).collect(), packages });
    Ok(Frontier { points: points.collect(), origins: Origins::Layers(layers), sizes: sizes.to_vec() })
}

/// The sums after one more issue that no other dominates.
///
/// The sums before it are in descending order, and stay so when a value's worths are added:
/// the sums of all values are merged in that order. None of those that are dropped is ever
/// stored.
fn next_layer<T: Amount>(
    sums: &[T],
    (values, needs): (&[Vec<&T>], &[Option<T>]),
    budget: &Budget,
) -> Result<(Vec<T>, Layer), StopReason> {
    let width = values[0].len();
    let mut filter = Filter::new(width);
    let (mut kept, mut layer): (Vec<T>, Layer) = (Vec::new(), Layer::default());
    let mut merge = Merge::new(sums, values);
    let mut last: Vec<T> = Vec::new();
    let mut last_kept = false;
    let mut steps = 0_u32;
    while let Some((sum, way)) = merge.first() {
        steps = steps.wrapping_add(1);
        if steps.is_multiple_of(STRIDE) {
            budget.check()?;
        }
        if last == sum {
            if last_kept {
                layer.also(way);
            }
        } else {
            last.clear();
            last.extend_from_slice(sum);
            let enough = |(need, amount): (&Option<T>, &T)| need.as_ref().is_none_or(|need| amount >= need);
            last_kept = needs.iter().zip(sum).all(enough) && filter.keeps(sum);
            if last_kept {
                kept.extend_from_slice(sum);
                layer.start(way);
            }
        }
        merge.advance();
    }
    Ok((kept, layer))
}

impl Frontier {
    /// A frontier of points in descending order whose packages were counted one by one.
    pub(crate) fn counted(points: Vec<FrontierPoint>, counted: Vec<Counted>, sizes: &[usize]) -> Self {
        Self { points, origins: Origins::Counted(counted), sizes: sizes.to_vec() }
    }

    /// A frontier of points in descending order whose packages come about layer by layer,
    /// each of one issue or, beyond all issues, of none.
    pub(crate) fn swept(
        points: Vec<FrontierPoint>,
        (layers, order): (Vec<Layer>, Vec<usize>),
        sizes: &[usize],
    ) -> Self {
        Self { points, origins: Origins::Swept(layers, order), sizes: sizes.to_vec() }
    }

    /// Its points, the best for the first party first.
    pub fn points(&self) -> impl ExactSizeIterator<Item = &FrontierPoint> {
        self.points.iter()
    }

    /// Number of efficient packages.
    pub fn package_count(&self) -> BigUint {
        self.points.iter().map(|point| &point.packages).sum()
    }

    /// A package of a point, as the position of the value of each issue: the first one, or
    /// where issues are linked some one.
    ///
    /// # Panics
    /// If there is no such point.
    pub fn package(&self, point: usize) -> Vec<u32> {
        let layers = match &self.origins {
            Origins::Layers(layers) => layers,
            Origins::Counted(counted) => return counted[point].package.clone(),
            Origins::Swept(layers, order) => return self.swept_package(point, layers, order),
        };
        let mut package = vec![0; self.sizes.len()];
        let mut at = point;
        for issue in (0..self.sizes.len()).rev() {
            let way = layers[issue].first(at);
            package[issue] = way.value;
            at = way.before as usize;
        }
        package
    }

    fn swept_package(&self, point: usize, layers: &[Layer], order: &[usize]) -> Vec<u32> {
        let mut package = vec![0; self.sizes.len()];
        let mut at = point;
        for (layer, issue) in layers.iter().zip(order).rev() {
            let way = layer.first(at);
            if let Some(value) = package.get_mut(*issue) {
                *value = way.value;
            }
            at = way.before as usize;
        }
        package
    }

    /// For each point, how many of its packages give an issue this value.
    ///
    /// Cost: O(w) additions for w ways in all layers.
    ///
    /// # Panics
    /// If there is no such issue or value.
    pub fn packages_with(&self, issue: usize, value: u32) -> Vec<BigUint> {
        assert!((value as usize) < self.sizes[issue], "a value of the issue");
        match &self.origins {
            Origins::Counted(counted) => {
                counted.iter().map(|of| BigUint::from(of.occurrences[issue][value as usize])).collect()
            }
            Origins::Layers(layers) => packages_with(layers, issue, value),
            Origins::Swept(layers, order) => {
                let layer = order.iter().position(|own| *own == issue).expect("every issue has a layer");
                packages_with(layers, layer, value)
            }
        }
    }

    /// For each issue and value, in how many packages of these points it occurs.
    ///
    /// Cost: O(w) additions for w ways in all layers.
    pub fn occurrences(&self, wanted: impl Fn(&FrontierPoint) -> bool) -> Vec<Vec<BigUint>> {
        match &self.origins {
            Origins::Layers(layers) => {
                let wanted: Vec<bool> = self.points.iter().map(wanted).collect();
                occurrences(layers, &self.sizes, &wanted)
            }
            Origins::Swept(layers, order) => {
                let wanted: Vec<bool> = self.points.iter().map(wanted).collect();
                let size = |issue: &usize| self.sizes.get(*issue).copied().unwrap_or(1);
                let sizes: Vec<usize> = order.iter().map(size).collect();
                let mut found = vec![Vec::new(); self.sizes.len()];
                for (issue, counts) in order.iter().zip(occurrences(layers, &sizes, &wanted)) {
                    if let Some(own) = found.get_mut(*issue) {
                        *own = counts;
                    }
                }
                found
            }
            Origins::Counted(counted) => {
                let mut found: Vec<Vec<BigUint>> = self.sizes.iter().map(|size| vec![BigUint::zero(); *size]).collect();
                for (_, of) in self.points.iter().zip(counted).filter(|(point, _)| wanted(point)) {
                    for (sums, counts) in found.iter_mut().zip(&of.occurrences) {
                        sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += *count);
                    }
                }
                found
            }
        }
    }
}
