//! Exact rational numbers with a fast path for small ones.
//!
//! Worths, chances and parameters are compared exactly, so that a verdict never
//! turns on rounding. Nearly all of them are small; those are a pair of `i64` and
//! arithmetic goes through `i128`. What does not fit moves to big integers and
//! back again when it shrinks.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};
use std::str::FromStr;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A rational number, always in lowest terms with a positive denominator.
///
/// ```
/// use detente_base::Exact;
/// let a: Exact = "0.1".parse()?;
/// let b: Exact = "2/10".parse()?;
/// assert_eq!((&a + &b), "3/10".parse()?);
/// assert_eq!((&a + &b).to_string(), "0.3");
/// # Ok::<(), detente_base::ParseExactError>(())
/// ```
///
/// Cost: constant time while numerator and denominator fit 64 bits.
#[derive(Clone)]
pub struct Exact(Repr);

#[derive(Clone)]
enum Repr {
    Small { num: i64, den: i64 },
    Big(Box<BigRational>),
}

/// Text that is not an exact number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseExactError {
    /// What is expected instead, to be put after "… is not a number; ".
    pub message: &'static str,
}

impl fmt::Display for ParseExactError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message)
    }
}

impl std::error::Error for ParseExactError {}

/// Longest number that is read, in digits on each side of the point.
///
/// Far above any use; it keeps a hostile file from asking for megabyte integers.
pub const MAX_DIGITS: usize = 100;

impl Exact {
    /// Zero.
    pub const ZERO: Self = Self(Repr::Small { num: 0, den: 1 });
    /// One.
    pub const ONE: Self = Self(Repr::Small { num: 1, den: 1 });

    /// The fraction `num/den`.
    ///
    /// # Panics
    /// If `den` is zero.
    pub fn ratio(num: i64, den: i64) -> Self {
        assert!(den != 0, "denominator is zero");
        Self::from_i128(i128::from(num), i128::from(den))
    }

    fn from_i128(num: i128, den: i128) -> Self {
        let g = num.gcd(&den);
        let (mut num, mut den) = if g == 0 { (0, 1) } else { (num / g, den / g) };
        if den < 0 {
            (num, den) = (-num, -den);
        }
        match (i64::try_from(num), i64::try_from(den)) {
            (Ok(num), Ok(den)) => Self(Repr::Small { num, den }),
            _ => Self(Repr::Big(Box::new(BigRational::new(num.into(), den.into())))),
        }
    }

    fn from_big(value: BigRational) -> Self {
        match (value.numer().to_i64(), value.denom().to_i64()) {
            (Some(num), Some(den)) => Self(Repr::Small { num, den }),
            _ => Self(Repr::Big(Box::new(value))),
        }
    }

    fn to_big(&self) -> BigRational {
        match &self.0 {
            Repr::Small { num, den } => BigRational::new((*num).into(), (*den).into()),
            Repr::Big(value) => (**value).clone(),
        }
    }

    /// The fraction of two whole numbers of any size.
    ///
    /// # Panics
    /// If the denominator is zero.
    pub fn from_ratio(numerator: &BigInt, denominator: &BigInt) -> Self {
        Self::from_big(BigRational::new(numerator.clone(), denominator.clone()))
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Repr::Small { num: 0, .. })
    }

    /// -1, 0 or 1.
    pub fn signum(&self) -> i8 {
        match &self.0 {
            Repr::Small { num, .. } => num.signum() as i8,
            Repr::Big(value) => i8::from(value.is_positive()) - i8::from(value.is_negative()),
        }
    }

    /// The quotient, or `None` when `other` is zero.
    pub fn checked_div(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        Some(match (&self.0, &other.0) {
            (Repr::Small { num: a, den: b }, Repr::Small { num: c, den: d }) => {
                Self::from_i128(i128::from(*a) * i128::from(*d), i128::from(*b) * i128::from(*c))
            }
            _ => Self::from_big(self.to_big() / other.to_big()),
        })
    }

    /// Numerator and denominator when both fit 64 bits.
    pub fn as_small_ratio(&self) -> Option<(i64, i64)> {
        match self.0 {
            Repr::Small { num, den } => Some((num, den)),
            Repr::Big(_) => None,
        }
    }

    /// The greatest whole number that is not greater.
    #[must_use]
    pub fn floor(&self) -> Self {
        let (numerator, denominator) = self.to_ratio();
        Self::from_ratio(&numerator.div_floor(&denominator), &BigInt::from(1))
    }

    /// The number as an integer, if it is one that fits 64 bits.
    pub fn as_integer(&self) -> Option<i64> {
        self.as_small_ratio().and_then(|(num, den)| (den == 1).then_some(num))
    }

    /// Numerator and denominator.
    pub fn to_ratio(&self) -> (BigInt, BigInt) {
        let big = self.to_big();
        (big.numer().clone(), big.denom().clone())
    }

    /// The nearest double, for plots and for nothing that decides anything.
    pub fn to_f64(&self) -> f64 {
        match &self.0 {
            Repr::Small { num, den } => *num as f64 / *den as f64,
            Repr::Big(value) => value.to_f64().unwrap_or(f64::NAN),
        }
    }

    /// The mean of two numbers.
    #[must_use]
    pub fn midpoint(&self, other: &Self) -> Self {
        &(self + other) * &Self::ratio(1, 2)
    }
}

impl From<i64> for Exact {
    fn from(value: i64) -> Self {
        Self(Repr::Small { num: value, den: 1 })
    }
}

impl Default for Exact {
    fn default() -> Self {
        Self::ZERO
    }
}

impl FromStr for Exact {
    type Err = ParseExactError;

    /// Reads `4`, `-2.5`, `2/3`, `1e3` and `40%`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = |message| ParseExactError { message };
        if let Some(percent) = text.strip_suffix('%') {
            return Ok(&decimal(percent).map_err(bad)? * &Self::ratio(1, 100));
        }
        match text.split_once('/') {
            None => decimal(text).map_err(bad),
            Some((num, den)) => {
                let (num, den) = (decimal(num.trim_end()).map_err(bad)?, decimal(den.trim_start()).map_err(bad)?);
                num.checked_div(&den).ok_or(bad("expected a denominator other than zero"))
            }
        }
    }
}

fn decimal(text: &str) -> Result<Exact, &'static str> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let (mantissa, exponent) = match digits.find(['e', 'E']) {
        None => (digits, None),
        Some(at) => (&digits[..at], Some(&digits[at + 1..])),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let unsigned = |text: &'_ str| is_number(text.strip_prefix(['-', '+']).unwrap_or(text));
    if !is_number(whole) || (mantissa.contains('.') && !is_number(fraction)) || !exponent.is_none_or(unsigned) {
        return Err("expected one such as `4`, `2/3` or `25%`");
    }
    let exponent = exponent.map_or(Some(0), |text| text.parse::<i32>().ok());
    let exponent = exponent.filter(|n| n.unsigned_abs() as usize <= MAX_DIGITS);
    let Some(exponent) = exponent.filter(|_| whole.len() <= MAX_DIGITS && fraction.len() <= MAX_DIGITS) else {
        return Err("expected one of at most 100 digits");
    };
    let digits: BigInt = [whole, fraction].concat().parse().map_err(|_| "expected a number")?;
    let power = exponent - fraction.len() as i32;
    let ten = |n: u32| BigInt::from(10).pow(n);
    let value = if power >= 0 {
        BigRational::from_integer(digits * ten(power.unsigned_abs()))
    } else {
        BigRational::new(digits, ten(power.unsigned_abs()))
    };
    Ok(Exact::from_big(if negative { -value } else { value }))
}

impl fmt::Display for Exact {
    /// Whole numbers and decimals of up to six places as decimals, others as fractions.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (num, den) = match &self.0 {
            Repr::Big(value) => return write!(f, "{value}"),
            Repr::Small { num, den: 1 } => return write!(f, "{num}"),
            Repr::Small { num, den } => (i128::from(*num), i128::from(*den)),
        };
        let million = 1_000_000;
        if million % den != 0 {
            return write!(f, "{num}/{den}");
        }
        let scaled = num * (million / den);
        let text = format!("{:06}", (scaled % million).abs());
        let sign = if scaled < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{}", (scaled / million).abs(), text.trim_end_matches('0'))
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for Exact {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Exact".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "an exact number: a decimal such as 0.25 or a fraction such as 2/3",
            "pattern": "^-?[0-9]+(\\.[0-9]+)?(/[0-9]+)?$"
        })
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Small { num: a, den: b }, Repr::Small { num: c, den: d }) => {
                (i128::from(*a) * i128::from(*d)).cmp(&(i128::from(*c) * i128::from(*b)))
            }
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl std::hash::Hash for Exact {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        match &self.0 {
            Repr::Small { num, den } => (num, den).hash(state),
            Repr::Big(value) => value.hash(state),
        }
    }
}

macro_rules! arithmetic {
    ($trait:ident, $method:ident, |$a:ident, $b:ident, $c:ident, $d:ident| $small:expr, $op:tt) => {
        impl $trait<&Exact> for &Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact {
                if let (Repr::Small { num: a, den: b }, Repr::Small { num: c, den: d }) = (&self.0, &other.0) {
                    let ($a, $b, $c, $d) = (i128::from(*a), i128::from(*b), i128::from(*c), i128::from(*d));
                    if let Some((num, den)) = $small {
                        return Exact::from_i128(num, den);
                    }
                }
                Exact::from_big(self.to_big() $op other.to_big())
            }
        }
        impl $trait<Exact> for Exact {
            type Output = Exact;
            fn $method(self, other: Exact) -> Exact { $trait::$method(&self, &other) }
        }
        impl $trait<&Exact> for Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact { $trait::$method(&self, other) }
        }
    };
}

arithmetic!(Add, add, |a, b, c, d| (a * d).checked_add(c * b).map(|n| (n, b * d)), +);
arithmetic!(Sub, sub, |a, b, c, d| (a * d).checked_sub(c * b).map(|n| (n, b * d)), -);
arithmetic!(Mul, mul, |a, b, c, d| Some((a * c, b * d)), *);

impl Div<&Exact> for &Exact {
    type Output = Exact;

    /// # Panics
    /// If `other` is zero; see [`Exact::checked_div`].
    fn div(self, other: &Exact) -> Exact {
        self.checked_div(other).expect("division by zero")
    }
}

impl Neg for &Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        &Exact::ZERO - self
    }
}

impl Neg for Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        -&self
    }
}

impl std::iter::Sum for Exact {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, |a, b| &a + &b)
    }
}

impl Zero for Exact {
    fn zero() -> Self {
        Self::ZERO
    }
    fn is_zero(&self) -> bool {
        Self::is_zero(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(text: &str) -> Exact {
        text.parse().expect("test number")
    }

    #[test]
    fn reads_and_prints() {
        for (text, shown) in [
            ("4", "4"),
            ("-0.5", "-0.5"),
            ("2/6", "1/3"),
            ("1e3", "1000"),
            ("2.5e-1", "0.25"),
            ("40%", "0.4"),
            ("-7/2", "-3.5"),
            ("99999999999999999999", "99999999999999999999"),
        ] {
            assert_eq!(exact(text).to_string(), shown);
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in ["", "-", ".", "1.", ".5", "x", "1/0", "1e999", "0x10", "1_000", "1//2", "inf", "nan", "--1"] {
            assert!(text.parse::<Exact>().is_err(), "{text}");
        }
    }

    #[test]
    fn errors_say_what_is_expected() {
        for (text, part) in [
            ("ten", "such as `4`"),
            ("1e", "such as `4`"),
            ("1/0", "other than zero"),
            ("1e999", "at most 100 digits"),
            ("1e99999999999", "at most 100 digits"),
        ] {
            let message = text.parse::<Exact>().expect_err(text).message;
            assert!(message.contains(part), "{text}: {message}");
        }
    }

    #[test]
    fn moves_to_big_integers_and_back() {
        let huge = exact("9223372036854775807");
        let square = &huge * &huge;
        assert_eq!(square.as_small_ratio(), None);
        assert_eq!(square.checked_div(&huge), Some(huge.clone()));
        assert_eq!((&(&huge + &huge) - &huge), huge);
        assert!((&huge + &huge) > huge);
    }

    #[test]
    fn the_smallest_integer_is_negated_without_overflow() {
        let smallest = Exact::from(i64::MIN);
        assert_eq!(-&-&smallest, smallest);
        assert_eq!(Exact::ratio(1, i64::MIN) * smallest, Exact::ONE);
    }

    proptest! {
        #[test]
        fn agrees_with_big_rationals(a in any::<i64>(), b in 1..i64::MAX, c in any::<i64>(), d in 1..i64::MAX) {
            let (x, y) = (Exact::ratio(a, b), Exact::ratio(c, d));
            let (u, v) = (BigRational::new(a.into(), b.into()), BigRational::new(c.into(), d.into()));
            prop_assert_eq!((&x + &y).to_big(), &u + &v);
            prop_assert_eq!((&x - &y).to_big(), &u - &v);
            prop_assert_eq!((&x * &y).to_big(), &u * &v);
            prop_assert_eq!(x.cmp(&y), u.cmp(&v));
            prop_assert_eq!((&x + &y).to_string().parse::<Exact>().ok(), Some(&x + &y));
        }
    }
}
