//! Faults of files, with their places.

use std::fmt;

/// What is wrong at a place of a file, or was set right there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFault {
    /// Line, counted from 1.
    pub line: usize,
    /// Character in the line, counted from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub repair: String,
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}; {}", self.line, self.column, self.message, self.repair)
    }
}

impl std::error::Error for FileFault {}

/// Faults told of one file at most: beyond that they are echoes of one another.
const MOST: usize = 100;

/// Faults found so far, by byte.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults(Vec<(usize, String, String)>);

impl Faults {
    pub(super) fn add(&mut self, at: usize, message: impl Into<String>, repair: impl Into<String>) {
        if !self.is_full() {
            self.0.push((at, message.into(), repair.into()));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether no more are taken.
    pub(super) fn is_full(&self) -> bool {
        self.0.len() >= MOST
    }

    /// The faults in the order of the file, with lines and columns.
    pub(super) fn located(mut self, text: &str) -> Vec<FileFault> {
        self.0.sort_by_key(|(at, ..)| *at);
        let (mut from, mut line, mut column) = (0, 1, 1);
        let locate = |(at, message, repair): (usize, String, String)| {
            let at = at.min(text.len());
            for character in text[from..at].chars() {
                (line, column) = if character == '\n' { (line + 1, 1) } else { (line, column + 1) };
            }
            from = at;
            FileFault { line, column, message, repair }
        };
        self.0.into_iter().map(locate).collect()
    }
}
