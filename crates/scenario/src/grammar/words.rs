//! Words: which ones a scalar may hold, how to repair them, which one was meant.

use super::{LANGUAGE_VERSION, Word};
use crate::yaml::{Scalar, Style};

/// Whether a scalar is the given kind of word.
pub(super) fn is_word(word: Word, scalar: &Scalar) -> bool {
    let text = scalar.text.as_str();
    let number = if scalar.style == Style::Plain { core_number(text) } else { None };
    match word {
        Word::Text | Word::Expression | Word::Quantity => !is_blank(text),
        Word::Name => is_name(text),
        // An editor's YAML reads an unquoted number as a number, however spelled.
        Word::Reference => match number {
            Some(value) => value >= 0.0 && value.fract() == 0.0,
            None => is_reference(text),
        },
        Word::Value => is_value(text),
        Word::OneOf(words) => words.contains(&text),
        Word::Version => match number {
            Some(value) => value.total_cmp(&f64::from(LANGUAGE_VERSION)).is_eq(),
            None => text == LANGUAGE_VERSION.to_string(),
        },
    }
}

/// Whether a key is the given kind of word.
pub(super) fn is_key(word: Word, text: &str) -> bool {
    match word {
        Word::Name => is_name(text),
        Word::Reference => is_reference(text),
        Word::Value => is_value(text),
        _ => !is_blank(text),
    }
}

/// Nothing but blanks and line ends.
pub(super) fn is_blank(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n'))
}

fn is_name(text: &str) -> bool {
    !text.starts_with(|c: char| c.is_ascii_digit()) && !text.is_empty() && text.bytes().all(is_name_byte)
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_reference(text: &str) -> bool {
    !text.starts_with('-') && !text.is_empty() && text.bytes().all(|b| is_name_byte(b) || b == b'-')
}

fn is_value(text: &str) -> bool {
    is_name(text) || is_core_number(text)
}

/// Whether text is a finite number of YAML's core schema.
pub(crate) fn is_core_number(text: &str) -> bool {
    let radix = |prefix: &str, digit: fn(&char) -> bool| {
        text.strip_prefix(prefix).is_some_and(|digits| !digits.is_empty() && digits.chars().all(|c| digit(&c)))
    };
    if radix("0o", |c| c.is_digit(8)) || radix("0x", char::is_ascii_hexdigit) {
        return true;
    }
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    let whole = digits(rest);
    rest = &rest[whole..];
    if let Some(after) = rest.strip_prefix('.') {
        let fraction = digits(after);
        if whole + fraction == 0 {
            return false;
        }
        rest = &after[fraction..];
    } else if whole == 0 {
        return false;
    }
    if let Some(after) = rest.strip_prefix(['e', 'E']) {
        let after = after.strip_prefix(['-', '+']).unwrap_or(after);
        return !after.is_empty() && digits(after) == after.len();
    }
    rest.is_empty()
}

/// The number that an editor's YAML reads, rounded to a float.
pub(crate) fn core_number(text: &str) -> Option<f64> {
    if !is_core_number(text) {
        return None;
    }
    let radix = |prefix: &str, radix: u32| {
        let digits = text.strip_prefix(prefix)?;
        Some(digits.chars().filter_map(|c| c.to_digit(radix)).fold(0.0, |sum, d| sum * f64::from(radix) + f64::from(d)))
    };
    radix("0o", 8).or_else(|| radix("0x", 16)).or_else(|| text.parse().ok())
}

/// A well-formed word close to a malformed one.
pub(super) fn repaired(word: Word, text: &str) -> Option<String> {
    let dash = if word == Word::Reference { '-' } else { '_' };
    let mut repaired: String =
        text.trim().chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { dash }).collect();
    if word == Word::Reference {
        repaired.drain(..repaired.len() - repaired.trim_start_matches('-').len());
    } else if repaired.starts_with(|c: char| c.is_ascii_digit()) {
        repaired.insert(0, '_');
    }
    (repaired.chars().any(|c| c.is_ascii_alphanumeric()) && is_key(word, &repaired)).then_some(repaired)
}

/// The candidate nearest to a word in spelling, if any is near.
pub(super) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > 64 {
        return None;
    }
    let folded = word.to_lowercase().replace(['-', ' '], "_");
    let bound = folded.chars().count() / 3;
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&folded, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= bound.max(1).min(candidate.len() / 2))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Words as text: `a`, `b` or `c`.
pub(super) fn alternatives(words: &[&str]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
