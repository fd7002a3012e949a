//! Parts of files, read after a common head.

use detente_scenario::{Loaded, Situation, load};

/// A file of two parts.
pub fn read(head: &str, text: &str) -> Loaded {
    load("x.yaml", format!("{head}{text}").as_bytes())
}

/// The same where it has no errors.
#[track_caller]
pub fn situation(head: &str, text: &str) -> Situation {
    let loaded = read(head, text);
    loaded.situation.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

/// Holds the codes of a file against those expected.
#[track_caller]
pub fn expect_codes(loaded: &Loaded, what: &str, expected: &[&str]) {
    let found: Vec<_> = loaded.diagnostics.iter().map(|d| d.code.0).collect();
    let shown: Vec<_> = loaded.diagnostics.iter().map(|d| &d.message).collect();
    assert_eq!(found, expected, "{what}\n{shown:#?}");
}
