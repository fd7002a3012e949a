//! Extreme rays of a cone, exactly: the double description method.
//!
//! The cone holds all z ≥ 0 with given linear forms not negative. Forms are taken in one
//! after another; the rays that a form cuts off are replaced by what lies between them and
//! their neighbours.
//!
//! Source: `[MotzkinRaiffaThompsonThrall1953]`, neighbours as in `[FukudaProdon1996]`.

use detente_base::{Budget, StopReason};
use fixedbitset::FixedBitSet;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Rays that are looked at before the work ends.
const MOST_RAYS: usize = 20_000;

/// Comparisons of pairs with third rays before the work ends: some ten seconds.
const MOST_WORK: u64 = 3_000_000_000;

/// A ray with the constraints that hold on it as equations: first those of z ≥ 0, then the
/// forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ray<N> {
    pub(super) entries: Vec<N>,
    pub(super) tight: FixedBitSet,
}

/// Whole numbers that may be too small for what is asked of them.
pub(super) trait Whole: Clone + PartialEq {
    fn of(value: &BigInt) -> Option<Self>;
    fn big(&self) -> BigInt;
    fn sign(&self) -> i8;
    /// a·b − c·d.
    fn cross(a: &Self, b: &Self, c: &Self, d: &Self) -> Option<Self>;
    fn plus_product(&self, a: &Self, b: &Self) -> Option<Self>;
    fn common(&self, other: &Self) -> Self;
    fn part(&self, divisor: &Self) -> Self;
    fn zero() -> Self;
    fn one() -> Self;
}

impl Whole for i128 {
    fn of(value: &BigInt) -> Option<Self> {
        value.to_i128()
    }
    fn big(&self) -> BigInt {
        BigInt::from(*self)
    }
    fn sign(&self) -> i8 {
        self.signum() as i8
    }
    fn cross(a: &Self, b: &Self, c: &Self, d: &Self) -> Option<Self> {
        a.checked_mul(*b)?.checked_sub(c.checked_mul(*d)?)
    }
    fn plus_product(&self, a: &Self, b: &Self) -> Option<Self> {
        self.checked_add(a.checked_mul(*b)?)
    }
    fn common(&self, other: &Self) -> Self {
        self.gcd(other)
    }
    fn part(&self, divisor: &Self) -> Self {
        self / divisor
    }
    fn zero() -> Self {
        0
    }
    fn one() -> Self {
        1
    }
}

impl Whole for BigInt {
    fn of(value: &BigInt) -> Option<Self> {
        Some(value.clone())
    }
    fn big(&self) -> BigInt {
        self.clone()
    }
    fn sign(&self) -> i8 {
        i8::from(self.is_positive()) - i8::from(self.is_negative())
    }
    fn cross(a: &Self, b: &Self, c: &Self, d: &Self) -> Option<Self> {
        Some(a * b - c * d)
    }
    fn plus_product(&self, a: &Self, b: &Self) -> Option<Self> {
        Some(self + a * b)
    }
    fn common(&self, other: &Self) -> Self {
        self.gcd(other)
    }
    fn part(&self, divisor: &Self) -> Self {
        self / divisor
    }
    fn zero() -> Self {
        Zero::zero()
    }
    fn one() -> Self {
        One::one()
    }
}

/// Why there are no rays.
enum Halt {
    Stopped(StopReason),
    /// Numbers grew too large for the type.
    Overflow,
}

/// The extreme rays of all z ≥ 0 of a dimension for which no form is negative.
///
/// Cost: for r rays at most r³ comparisons for each form; 128-bit numbers as long as they
/// suffice, then larger ones.
///
/// # Errors
/// When the budget is used up, or there are more than 20,000 rays.
pub(super) fn rays(dimension: usize, forms: &[Vec<BigInt>], budget: &Budget) -> Result<Vec<Ray<BigInt>>, StopReason> {
    match enumerate::<i128>(dimension, forms, budget) {
        Ok(rays) => return Ok(rays.into_iter().map(enlarged).collect()),
        Err(Halt::Stopped(reason)) => return Err(reason),
        Err(Halt::Overflow) => {}
    }
    match enumerate::<BigInt>(dimension, forms, budget) {
        Ok(rays) => Ok(rays),
        Err(Halt::Stopped(reason)) => Err(reason),
        Err(Halt::Overflow) => unreachable!("large numbers have room"),
    }
}

fn enlarged<N: Whole>(ray: Ray<N>) -> Ray<BigInt> {
    Ray { entries: ray.entries.iter().map(Whole::big).collect(), tight: ray.tight }
}

fn enumerate<N: Whole>(dimension: usize, forms: &[Vec<BigInt>], budget: &Budget) -> Result<Vec<Ray<N>>, Halt> {
    let constraints = dimension + forms.len();
    let unit = |at: usize| {
        let entries = (0..dimension).map(|entry| if entry == at { N::one() } else { N::zero() }).collect();
        let mut tight = FixedBitSet::with_capacity(constraints);
        (0..dimension).filter(|entry| *entry != at).for_each(|entry| tight.insert(entry));
        Ray { entries, tight }
    };
    let mut rays: Vec<Ray<N>> = (0..dimension).map(unit).collect();
    let mut work = 0;
    for (at, form) in forms.iter().enumerate() {
        let form: Option<Vec<N>> = form.iter().map(N::of).collect();
        rays = cut(rays, (&form.ok_or(Halt::Overflow)?, dimension + at), (&mut work, budget))?;
    }
    Ok(rays)
}

/// The rays of a cone where a form is not negative.
fn cut<N: Whole>(
    rays: Vec<Ray<N>>,
    (form, constraint): (&[N], usize),
    (work, budget): (&mut u64, &Budget),
) -> Result<Vec<Ray<N>>, Halt> {
    let value = |ray: &Ray<N>| {
        let terms = ray.entries.iter().zip(form).filter(|(entry, _)| entry.sign() != 0);
        terms.into_iter().try_fold(N::zero(), |sum, (entry, factor)| sum.plus_product(entry, factor))
    };
    let values: Vec<N> = rays.iter().map(value).collect::<Option<_>>().ok_or(Halt::Overflow)?;
    let of_sign = |sign: i8| -> Vec<usize> { (0..rays.len()).filter(|ray| values[*ray].sign() == sign).collect() };
    let (above, below) = (of_sign(1), of_sign(-1));
    let dimension = rays.first().map_or(0, |ray| ray.entries.len());
    let mut between = Vec::new();
    for high in &above {
        budget.check().map_err(Halt::Stopped)?;
        for low in &below {
            let mut shared = rays[*high].tight.clone();
            shared.intersect_with(&rays[*low].tight);
            // Neighbours share a face of dimension two, on which no third ray lies.
            if shared.count_ones(..) + 2 < dimension {
                continue;
            }
            *work += rays.len() as u64;
            let third = |ray: &usize| ray != high && ray != low && shared.is_subset(&rays[*ray].tight);
            if (0..rays.len()).any(|ray| third(&ray)) {
                continue;
            }
            between.push(meeting((&rays[*high], &values[*high]), (&rays[*low], &values[*low]), (shared, constraint))?);
        }
        *work += below.len() as u64;
        if above.len() + between.len() > MOST_RAYS || *work > MOST_WORK {
            return Err(Halt::Stopped(StopReason::TooManyCases { limit: MOST_RAYS as u64 }));
        }
    }
    let mut kept = Vec::with_capacity(above.len() + between.len());
    for (mut ray, value) in rays.into_iter().zip(values) {
        match value.sign() {
            1 => kept.push(ray),
            0 => {
                ray.tight.insert(constraint);
                kept.push(ray);
            }
            _ => {}
        }
    }
    kept.extend(between);
    Ok(kept)
}

/// Where the form is zero between two rays.
fn meeting<N: Whole>(
    (high, above): (&Ray<N>, &N),
    (low, below): (&Ray<N>, &N),
    (mut tight, constraint): (FixedBitSet, usize),
) -> Result<Ray<N>, Halt> {
    tight.insert(constraint);
    let entries: Option<Vec<N>> =
        high.entries.iter().zip(&low.entries).map(|(a, b)| N::cross(above, b, below, a)).collect();
    let mut entries = entries.ok_or(Halt::Overflow)?;
    let common = entries.iter().fold(N::zero(), |common, entry| common.common(entry));
    if common != N::one() && common.sign() != 0 {
        entries.iter_mut().for_each(|entry| *entry = entry.part(&common));
    }
    Ok(Ray { entries, tight })
}
