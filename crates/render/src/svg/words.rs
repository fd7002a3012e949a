//! Numbers and texts as they stand in drawings.

use detente_base::Exact;
use unicode_width::UnicodeWidthChar;

/// Longest fraction that is written out.
const LONGEST: usize = 9;

/// Estimated width of a text in letters of a size in pixels: rather too wide.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let of = |letter: char| match letter {
        'i' | 'j' | 'l' | 't' | 'f' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '(' | ')' | ' ' | '/' => 0.4,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 1.0,
        'A'..='Z' => 0.78,
        _ => 0.65 * letter.width().unwrap_or(1) as f64,
    };
    size * text.chars().map(of).sum::<f64>()
}

/// The same in strong letters.
pub(super) fn strong_width(text: &str, size: f64) -> f64 {
    1.1 * width(text, size)
}

/// A text of at most so many letters.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

/// A probability as a fraction, where that is short and exact.
pub(super) fn chance(value: &Exact, approximate: bool) -> String {
    let fraction = match value.as_small_ratio() {
        Some((whole, 1)) => Some(whole.to_string()),
        Some((up, down)) if !approximate => Some(format!("{up}/{down}")),
        _ => None,
    };
    fraction.filter(|text| text.len() <= LONGEST).unwrap_or_else(|| near(value))
}

/// An amount: as a decimal, or as a fraction where that is short.
pub(super) fn amount(value: &Exact) -> String {
    let text = value.to_string();
    if text.len() <= LONGEST { text.replace('-', "−") } else { near(value) }
}

/// Four digits after the point, and a sign that there are more; more where those are zeros.
fn near(value: &Exact) -> String {
    let near = value.to_f64();
    let text = if near.abs() < 0.001 { format!("{near:.1e}") } else { format!("{near:.4}") };
    let text = if text.contains('e') { &text } else { text.trim_end_matches('0').trim_end_matches('.') };
    format!("≈{}", text.replace('-', "−"))
}
