//! What ends a command early.

use std::fmt::Display;

/// How a command ended, as exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Answered.
    Answered = 0,
    /// The file has errors.
    FileErrors = 1,
    /// Not everything could be decided within the budget.
    Undecided = 3,
}

/// Wrong usage, or a file that cannot be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, lower case.
    pub message: String,
    /// How to repair it.
    pub help: Option<String>,
}

/// Exit status of a [`Fault`].
pub const USAGE: u8 = 2;

impl Fault {
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A fault of reading or writing a file.
    pub fn of_file(verb: &str, name: impl Display, fault: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let why = match fault.kind() {
            ErrorKind::NotFound => "there is no such file".to_owned(),
            ErrorKind::PermissionDenied => "permission denied".to_owned(),
            ErrorKind::IsADirectory => "it is a folder; expected a file".to_owned(),
            ErrorKind::AlreadyExists => "it exists already and is not overwritten".to_owned(),
            _ => fault.to_string(),
        };
        Self::new(format!("cannot {verb} `{name}`: {why}"))
    }
}

impl From<detente_analysis::AskError> for Fault {
    fn from(error: detente_analysis::AskError) -> Self {
        Self { message: error.message, help: error.help }
    }
}
