//! Equilibria that another program's tests state.

use std::fs;
use std::path::{Path, PathBuf};

use detente_base::Exact;
use serde_json::Value;

/// What is stated of a file.
pub struct Entry {
    pub id: String,
    pub file: String,
    pub solver: String,
    /// Whether the solver was asked for all.
    pub all: bool,
    pub expected: Vec<Value>,
    pub tolerance: Tolerance,
}

/// How close numbers are to be.
pub struct Tolerance {
    /// The most that anybody may gain.
    pub regret: Exact,
    /// Of probabilities.
    pub probability: Exact,
}

impl Default for Tolerance {
    fn default() -> Self {
        Self { regret: Exact::ZERO, probability: Exact::ZERO }
    }
}

/// The suite's folder of games, which lies beside the workspace or where `DETENTE_SUITE`
/// says; `None` with a note when it is not there.
pub fn suite() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/suite");
    let folder = std::env::var_os("DETENTE_SUITE").map_or(beside, PathBuf::from).join("game");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: the suite's games are not there");
    None
}

/// All entries, in order.
pub fn entries(folder: &Path) -> Vec<Entry> {
    let text = fs::read_to_string(folder.join("expected.json")).expect("expectations");
    let all: Vec<Value> = serde_json::from_str(&text).expect("a list");
    let entry = |value: &Value| {
        let word = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let tolerance = |name: &str| number(&value[name]).unwrap_or(Exact::ZERO);
        Entry {
            id: word("id"),
            file: word("file"),
            solver: word("solver"),
            all: value["kwargs"].get("stop_after").is_none_or(Value::is_null),
            expected: value["expected"].as_array().expect("a list").clone(),
            tolerance: Tolerance { regret: tolerance("regret_tol"), probability: tolerance("prob_tol") },
        }
    };
    all.iter().map(entry).collect()
}

/// A number, or text that is one.
pub fn number(value: &Value) -> Option<Exact> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.to_string().parse().ok(),
        _ => None,
    }
}
