//! Every code this crate raises, with its title and severity.

pub(crate) mod front;
pub(crate) mod meaning;

use detente_base::Severity;

pub use front::{GAME_BAD, GAME_MENDED};

/// One kind of diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeInfo {
    /// Stable code, such as `S013`.
    pub code: &'static str,
    /// What it is about, in a few words.
    pub title: &'static str,
    /// How much it matters wherever it is raised.
    pub severity: Severity,
}

/// Registries of the parts of this crate, each in order of code.
const PARTS: &[&[CodeInfo]] = &[front::CODES, meaning::CODES];

/// Every code of this crate, by part and then in order of code.
pub fn all() -> impl Iterator<Item = &'static CodeInfo> {
    PARTS.iter().flat_map(|part| part.iter())
}

/// The entry for a code.
pub fn find(code: &str) -> Option<&'static CodeInfo> {
    all().find(|info| info.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_well_formed_and_ordered_within_a_part() {
        let mut seen = std::collections::BTreeSet::new();
        for info in all() {
            assert!(seen.insert(info.code), "{} occurs twice", info.code);
            assert_eq!(info.code.len(), 4, "{}", info.code);
            assert!(info.code[1..].bytes().all(|b| b.is_ascii_digit()), "{}", info.code);
            assert!(!info.title.is_empty() && !info.title.ends_with('.'), "{}", info.code);
        }
        for part in PARTS {
            assert!(part.is_sorted_by_key(|info| info.code));
        }
        assert_eq!(find("S013").map(|info| info.title), Some("key given twice"));
        assert_eq!(find("S999"), None);
    }
}
