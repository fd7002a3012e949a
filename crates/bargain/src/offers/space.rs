//! The packages that can be offered, in the order in which each party likes them.
//!
//! Up to [`LISTED`] packages are listed and sorted for every party. More are searched in two
//! halves: exactly as long as each half has at most [`HALF`] sums, which is enough for 10¹²
//! packages of twelve issues; beyond that sums are thinned out, and [`Cover`] says so.

use detente_base::{Budget, Exact, Pcg, StopReason};
use num_bigint::BigUint;

use super::halves::{Descent, Halves};
use super::listed::Listed;
use super::units::{Precision, Units};
use crate::negotiation::Negotiation;

/// Most packages that are listed; each takes 20 bytes for each party.
pub const LISTED: u64 = 1 << 20;

/// Most sums of half of the issues; each takes 32 bytes for each party, and a search looks
/// at all of them.
pub const HALF: usize = 1 << 20;

/// Where packages stop being listed and sums are thinned out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most packages that are listed.
    pub listed: u64,
    /// Most sums of half of the issues.
    pub half: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { listed: LISTED, half: HALF }
    }
}

/// A package by its number among all: the first issue counts up first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackageCode(pub(crate) u128);

/// Which packages a search finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cover {
    /// All, from a list.
    Listed,
    /// All, from two halves.
    Halved,
    /// Some: what is found is worth what is said, but a package that lies nearer to a target
    /// can be missed, by at most the greatest difference of sums divided by [`Limits::half`]
    /// for each issue.
    Thinned,
}

/// A party with a worth for every package, however it comes about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// By package, the first issue counting up first.
    pub worths: Vec<Exact>,
    /// What the party has without an agreement.
    pub reservation: Exact,
}

/// The packages of a negotiation and what they are worth to each party.
#[derive(Clone, Debug)]
pub struct Space {
    sizes: Vec<usize>,
    count: u128,
    sides: Vec<Side>,
}

/// What packages are worth to one party.
#[derive(Clone, Debug)]
pub(crate) struct Side {
    /// By issue and value; empty for a table.
    values: Vec<Vec<i64>>,
    order: Order,
    pub(crate) reservation: i64,
    /// The least that it proposes.
    pub(crate) floor: i64,
    pub(crate) least: i64,
    pub(crate) best: i64,
    pub(crate) one: f64,
    precision: Precision,
}

#[derive(Clone, Debug)]
enum Order {
    Listed(Listed),
    Halved(Halves),
}

/// How far a party has gone down its packages.
#[derive(Clone, Debug)]
pub(crate) enum Way {
    Listed(usize),
    Halved(Descent),
}

impl Space {
    /// The packages of a negotiation, with the usual limits.
    ///
    /// Cost: O(d·N log N) time and O(d·N) memory for d parties and N packages up to
    /// [`LISTED`], beyond that sums of halves; see [`Limits`].
    ///
    /// # Errors
    /// When there are more than 2¹²⁷ packages, or the budget's stopper is raised.
    pub fn new(negotiation: &Negotiation, budget: &Budget) -> Result<Self, StopReason> {
        Self::with_limits(negotiation, Limits::default(), budget)
    }

    /// The same with other limits.
    ///
    /// # Errors
    /// As [`Space::new`].
    pub fn with_limits(negotiation: &Negotiation, limits: Limits, budget: &Budget) -> Result<Self, StopReason> {
        let sizes = negotiation.sizes().to_vec();
        let total: BigUint = negotiation.package_count();
        let count = u128::try_from(&total).ok().filter(|count| *count < 1 << 127);
        let Some(count) = count else {
            return Err(StopReason::TooManyStates { states: total.to_string(), limit: u64::MAX });
        };
        let mut sides = Vec::new();
        for party in negotiation.parties() {
            budget.check()?;
            let units = Units::new(&party.worths, &party.reservation);
            let order = if count <= u128::from(limits.listed) {
                Order::Listed(Listed::of_values(&units.values))
            } else {
                Order::Halved(Halves::new(&units.values, limits.half.max(1)))
            };
            sides.push(Side::new(units, order));
        }
        Ok(Self { sizes, count, sides })
    }

    /// Packages with any worths.
    ///
    /// # Errors
    /// When there are more packages than are listed, or the budget's stopper is raised.
    ///
    /// # Panics
    /// If a table does not have a worth for every package.
    pub fn of_tables(sizes: &[usize], tables: &[Table], budget: &Budget) -> Result<Self, StopReason> {
        let count = sizes.iter().try_fold(1_u128, |count, size| count.checked_mul(*size as u128));
        let Some(count) = count.filter(|count| *count <= u128::from(LISTED)) else {
            let states = sizes.iter().map(|size| BigUint::from(*size)).product::<BigUint>();
            return Err(StopReason::TooManyStates { states: states.to_string(), limit: LISTED });
        };
        let mut sides = Vec::new();
        for table in tables {
            budget.check()?;
            assert_eq!(table.worths.len() as u128, count, "a worth for every package");
            let mut units = Units::new(std::slice::from_ref(&table.worths), &table.reservation);
            let order = Order::Listed(Listed::new(std::mem::take(&mut units.values[0])));
            units.values.clear();
            sides.push(Side::new(units, order));
        }
        Ok(Self { sizes: sizes.to_vec(), count, sides })
    }

    /// Number of parties.
    pub fn parties(&self) -> usize {
        self.sides.len()
    }

    /// Number of values of each issue.
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// Number of packages.
    pub fn package_count(&self) -> u128 {
        self.count
    }

    /// Which packages searches find: the worst over the parties.
    pub fn cover(&self) -> Cover {
        self.sides.iter().map(Side::cover).max().unwrap_or(Cover::Listed)
    }

    /// How worths are held: rounded as soon as those of one party are.
    pub fn precision(&self) -> Precision {
        let rounded = self.sides.iter().any(|side| side.precision == Precision::Rounded);
        if rounded { Precision::Rounded } else { Precision::Exact }
    }

    /// The value of each issue.
    pub fn package(&self, code: PackageCode) -> Vec<u32> {
        let mut package = Vec::with_capacity(self.sizes.len());
        self.write_package(code, &mut package);
        package
    }

    /// The value of each issue, in place of what was there.
    pub(crate) fn write_package(&self, code: PackageCode, package: &mut Vec<u32>) {
        package.clear();
        digits(code.0, &self.sizes, |value| package.push(value as u32));
    }

    /// The code of a package.
    ///
    /// # Panics
    /// If the package does not give each issue one of its values.
    pub fn code(&self, package: &[u32]) -> PackageCode {
        assert_eq!(package.len(), self.sizes.len(), "one value for each issue");
        let code = package.iter().zip(&self.sizes).rev().fold(0, |code, (value, size)| {
            assert!((*value as usize) < *size, "a value of the issue");
            code * *size as u128 + u128::from(*value)
        });
        PackageCode(code)
    }

    /// What a package is worth to a party, to the precision of a double.
    pub fn worth(&self, party: usize, code: PackageCode) -> f64 {
        let side = &self.sides[party];
        side.number(side.worth(code.0, &self.sizes))
    }

    /// A party's reservation, to the precision of a double.
    pub fn reservation(&self, party: usize) -> f64 {
        let side = &self.sides[party];
        side.number(side.reservation)
    }

    /// Whether a package gives a party at least its reservation.
    pub fn is_enough(&self, party: usize, code: PackageCode) -> bool {
        self.units(party, code) >= self.sides[party].reservation
    }

    /// A package's place between a party's worst (0) and its best (1); 1 where all are alike.
    pub fn share(&self, party: usize, code: PackageCode) -> f64 {
        self.sides[party].share(self.units(party, code))
    }

    pub(crate) fn side(&self, party: usize) -> &Side {
        &self.sides[party]
    }

    pub(crate) fn units(&self, party: usize, code: PackageCode) -> i64 {
        self.sides[party].worth(code.0, &self.sizes)
    }

    /// Any package, each equally likely.
    pub(crate) fn any(&self, rng: &mut Pcg) -> PackageCode {
        let package: Vec<u32> = self.sizes.iter().map(|size| rng.below(*size as u32)).collect();
        self.code(&package)
    }
}

/// Tells the value of each issue in a code, the first issue first.
fn digits(code: u128, sizes: &[usize], mut tell: impl FnMut(usize)) {
    // Division by 64 bits is many times faster.
    let (mut wide, mut sizes) = (code, sizes.iter());
    while wide > u128::from(u64::MAX) {
        let Some(size) = sizes.next() else { return };
        tell((wide % *size as u128) as usize);
        wide /= *size as u128;
    }
    let mut rest = wide as u64;
    for size in sizes {
        tell((rest % *size as u64) as usize);
        rest /= *size as u64;
    }
}

impl Side {
    fn new(units: Units, mut order: Order) -> Self {
        let (least, best) = match &order {
            Order::Listed(listed) => (listed.least(), listed.nearest(i64::MAX).0),
            Order::Halved(halves) => {
                let least = |values: &Vec<i64>| values.iter().min().copied().unwrap_or_default();
                (units.values.iter().map(least).sum(), halves.best().0)
            }
        };
        let floor = units.reservation.max(least);
        match &mut order {
            Order::Listed(listed) => listed.count_from(floor),
            Order::Halved(halves) => halves.count_from(floor),
        }
        let Units { values, reservation, one, precision } = units;
        Self { values, order, reservation, floor, least, best, one, precision }
    }

    fn cover(&self) -> Cover {
        match &self.order {
            Order::Listed(_) => Cover::Listed,
            Order::Halved(halves) if halves.thinned => Cover::Thinned,
            Order::Halved(_) => Cover::Halved,
        }
    }

    fn worth(&self, code: u128, sizes: &[usize]) -> i64 {
        match &self.order {
            Order::Listed(listed) => listed.worths[code as usize],
            Order::Halved(_) => {
                let (mut sum, mut values) = (0, self.values.iter());
                digits(code, sizes, |value| sum += values.next().map_or(0, |of| of[value]));
                sum
            }
        }
    }

    /// Units as a worth.
    pub(crate) fn number(&self, units: i64) -> f64 {
        units as f64 / self.one
    }

    /// Units as a place between the worst and the best package.
    pub(crate) fn share(&self, units: i64) -> f64 {
        if self.best == self.least { 1.0 } else { (units - self.least) as f64 / (self.best - self.least) as f64 }
    }

    /// The least units that are at least a place, within what the party proposes.
    pub(crate) fn units_of_share(&self, share: f64) -> i64 {
        let units = libm::ceil(share * (self.best - self.least) as f64) as i64;
        self.least.saturating_add(units).clamp(self.floor, self.best.max(self.floor))
    }

    /// Whether some package gives the party its reservation.
    pub(crate) fn has_room(&self) -> bool {
        self.best >= self.reservation
    }

    /// A package of the least worth from a target on; the best where there is none.
    pub(crate) fn nearest(&self, target: i64) -> (i64, PackageCode) {
        let (worth, code) = match &self.order {
            Order::Listed(listed) => listed.nearest(target),
            Order::Halved(halves) => halves.nearest(target),
        };
        (worth, PackageCode(code))
    }

    /// Packages worth from a target to a limit, those of least worth first.
    pub(crate) fn near(&self, target: i64, limit: i64, most: usize) -> Vec<(i64, u128)> {
        match &self.order {
            Order::Listed(listed) => listed.near(target, limit, most),
            Order::Halved(halves) => halves.near(target, limit, most),
        }
    }

    /// A package from the floor on, each that is found equally likely.
    pub(crate) fn drawn(&self, rng: &mut Pcg) -> (i64, PackageCode) {
        let (worth, code) = match &self.order {
            Order::Listed(listed) => listed.drawn(rng),
            Order::Halved(halves) => halves.drawn(rng),
        };
        (worth, PackageCode(code))
    }

    /// The way down from the best package.
    pub(crate) fn way(&self) -> Way {
        match &self.order {
            Order::Listed(_) => Way::Listed(0),
            Order::Halved(halves) => Way::Halved(halves.descent()),
        }
    }

    /// The next package on the way down.
    pub(crate) fn next(&self, way: &mut Way) -> Option<(i64, PackageCode)> {
        let found = match (way, &self.order) {
            (Way::Listed(place), Order::Listed(listed)) => {
                *place += 1;
                listed.at(*place - 1)
            }
            (Way::Halved(descent), Order::Halved(halves)) => descent.next(halves),
            _ => unreachable!("a way is made by the side that it leads down"),
        };
        found.map(|(worth, code)| (worth, PackageCode(code)))
    }
}
