//! JSON: the data itself.

use serde::Serialize;

/// Indented JSON with a line end.
///
/// # Panics
/// If the value has a map whose keys are not text, which no answer has.
pub fn render_json<T: Serialize>(value: &T) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("answers have text keys only");
    text.push('\n');
    text
}
