//! Numbers of files, exactly.

use detente_base::Exact;
use num_bigint::BigInt;
use num_traits::Zero;

/// Longest decimal, in digits, and largest exponent.
const DECIMAL: usize = 200;
/// Longest whole number or side of a fraction, in digits: any decimal that is read can be
/// written as one.
pub(super) const FRACTION: usize = 2 * DECIMAL + 1;

const FORM: &str = "write it as `12`, `-0.5`, `3/4` or `1e-3`";
const LONG: &str = "write it with at most 200 digits, or as a whole number or fraction with at most 400 on each side";

/// The number that a word is.
///
/// # Errors
/// What to write instead.
pub(super) fn number(word: &str) -> Result<Exact, &'static str> {
    let bytes = word.as_bytes();
    let (negative, unsigned) = match bytes.first() {
        Some(b'-') => (true, &bytes[1..]),
        Some(b'+') => (false, &bytes[1..]),
        _ => (false, bytes),
    };
    let sign = |n: i64| if negative { -n } else { n };
    // Nearly all numbers are whole or short; the others take the long way.
    if let Some((whole, rest)) = digits(unsigned) {
        match rest.split_first() {
            None => return Ok(Exact::from(sign(whole))),
            Some((b'.', rest)) => {
                if let Some((fraction, [])) = digits(rest)
                    && let Some(power) = 10_i64.checked_pow(rest.len() as u32)
                    && let Some(scaled) = whole.checked_mul(power).and_then(|scaled| scaled.checked_add(fraction))
                {
                    return Ok(Exact::ratio(sign(scaled), power));
                }
            }
            Some((b'/', rest)) => {
                if let Some((denominator @ 1.., [])) = digits(rest) {
                    return Ok(Exact::ratio(sign(whole), denominator));
                }
            }
            Some(_) => {}
        }
    }
    let unsigned = &word[word.len() - unsigned.len()..];
    let value = match unsigned.split_once('/') {
        Some((numerator, denominator)) => fraction(numerator, denominator)?,
        None if all_digits(unsigned) => fraction(unsigned, "1")?,
        None => decimal(unsigned)?,
    };
    Ok(if negative { -value } else { value })
}

/// Leading digits as a number below 10¹⁸, and what follows them.
fn digits(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let count = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if count == 0 || count > 18 {
        return None;
    }
    let value = bytes[..count].iter().fold(0, |value, digit| 10 * value + i64::from(digit - b'0'));
    Some((value, &bytes[count..]))
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn whole(text: &str) -> Result<BigInt, &'static str> {
    text.parse().map_err(|_| FORM)
}

fn fraction(numerator: &str, denominator: &str) -> Result<Exact, &'static str> {
    if !all_digits(numerator) || !all_digits(denominator) {
        return Err(FORM);
    }
    if numerator.len().max(denominator.len()) > FRACTION {
        return Err(LONG);
    }
    let denominator = whole(denominator)?;
    if denominator.is_zero() {
        return Err("write a denominator other than 0");
    }
    Ok(Exact::from_ratio(&whole(numerator)?, &denominator))
}

fn decimal(text: &str) -> Result<Exact, &'static str> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole_part, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let unsigned = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let no_digits = whole_part.is_empty() && fraction.is_empty() || unsigned.is_empty();
    if no_digits || ![whole_part, fraction, unsigned].into_iter().all(all_digits) {
        return Err(FORM);
    }
    let exponent: i64 = exponent.parse().map_err(|_| LONG)?;
    if whole_part.len() + fraction.len() > DECIMAL || exponent.unsigned_abs() > DECIMAL as u64 {
        return Err(LONG);
    }
    let power = exponent - fraction.len() as i64;
    let ten = BigInt::from(10).pow(power.unsigned_abs() as u32);
    let mantissa = whole(&[whole_part, fraction].concat())?;
    Ok(if power < 0 { Exact::from_ratio(&mantissa, &ten) } else { Exact::from_ratio(&(mantissa * ten), &1.into()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_exactly() {
        for (word, value) in [
            ("12", "12"),
            ("+12", "12"),
            ("-3", "-3"),
            ("007", "7"),
            ("0.500000", "1/2"),
            (".5", "1/2"),
            ("-.25", "-1/4"),
            ("1.", "1"),
            ("-0", "0"),
            ("3/4", "3/4"),
            ("-6/8", "-3/4"),
            ("0/5", "0"),
            ("1e-3", "1/1000"),
            ("1.5E+2", "150"),
            (".5e1", "5"),
            ("2.e1", "20"),
            ("999999999999999999", "999999999999999999"),
            ("-9223372036854775808", "-9223372036854775808"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            ("0.1234567890123456789", "1234567890123456789/10000000000000000000"),
            ("1.000000000000000000", "1"),
            ("10000000000000000000/30000000000000000000", "1/3"),
        ] {
            assert_eq!(number(word), Ok(value.parse().expect("a number")), "{word}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for word in [
            "",
            "-",
            "+",
            ".",
            "-.",
            "--1",
            "1e",
            "1e+",
            "e5",
            "1/0",
            "1/",
            "/2",
            "1/-2",
            "1.5/2",
            "1/2.5",
            "0x10",
            "1_0",
            "inf",
            "nan",
            "1e1.5",
            "1.2.3",
            "½",
            "1e99999999999999999999",
            "1e201",
            "12e",
            "+-1",
        ] {
            assert!(number(word).is_err(), "{word}");
        }
        assert!(number(&format!(".{}", "9".repeat(DECIMAL))).is_ok());
        assert!(number(&format!(".{}", "9".repeat(DECIMAL + 1))).is_err());
        assert!(number(&"9".repeat(FRACTION)).is_ok());
        assert!(number(&"9".repeat(FRACTION + 1)).is_err());
        assert!(number(&format!("1/{}", "9".repeat(FRACTION))).is_ok());
        assert!(number(&format!("1/{}", "9".repeat(FRACTION + 1))).is_err());
    }

    #[test]
    fn what_is_read_can_be_written_and_read() {
        let nines = "9".repeat(DECIMAL / 2);
        for word in [format!("{nines}.{nines}"), format!(".{nines}{nines}e-200"), format!("-{nines}{nines}e200")] {
            let value = number(&word).expect("a number");
            assert_eq!(number(&value.to_string()), Ok(value), "{word}");
        }
    }
}
