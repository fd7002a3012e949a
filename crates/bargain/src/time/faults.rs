//! Numbers for which a model is not defined.

use detente_base::Exact;

/// A number outside the domain of a model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{field}`{} is {value}; expected {expected}", of(*.party))]
pub struct TimeError {
    /// Which number, by the name of its field.
    pub field: &'static str,
    /// Whose, by position; `None` for a number of the whole model.
    pub party: Option<usize>,
    /// What it is.
    pub value: String,
    /// What it should be.
    pub expected: &'static str,
}

fn of(party: Option<usize>) -> String {
    party.map_or_else(String::new, |party| format!(" of party {party}"))
}

/// Sets that numbers of models come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Domain {
    /// Above 0 and below 1.
    Between,
    /// From 0 to 1.
    Share,
    /// Above 0.
    Positive,
    /// 0 or more.
    NotNegative,
}

impl Domain {
    fn holds(self, value: &Exact) -> bool {
        match self {
            Self::Between => value.signum() > 0 && *value < Exact::ONE,
            Self::Share => value.signum() >= 0 && *value <= Exact::ONE,
            Self::Positive => value.signum() > 0,
            Self::NotNegative => value.signum() >= 0,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Between => "a number above 0 and below 1",
            Self::Share => "a number from 0 to 1",
            Self::Positive => "a number above 0",
            Self::NotNegative => "0 or a number above it",
        }
    }

    /// Refuses a number of the whole model.
    pub(super) fn one(self, field: &'static str, value: &Exact) -> Result<(), TimeError> {
        self.check(field, None, value)
    }

    /// Refuses the first of several parties' numbers that is outside.
    pub(super) fn each(self, field: &'static str, values: &[Exact]) -> Result<(), TimeError> {
        values.iter().enumerate().try_for_each(|(party, value)| self.check(field, Some(party), value))
    }

    fn check(self, field: &'static str, party: Option<usize>, value: &Exact) -> Result<(), TimeError> {
        if self.holds(value) { Ok(()) } else { Err(fault(field, party, value, self.words())) }
    }
}

pub(super) fn fault(field: &'static str, party: Option<usize>, value: &Exact, expected: &'static str) -> TimeError {
    TimeError { field, party, value: value.to_string(), expected }
}
