//! The numbers of a protocol at a point of the parameters.

use detente_base::Exact;
use detente_scenario::expr::eval::Interval;
use detente_scenario::situation::{ParameterOrNumber, Protocol};

/// A protocol with numbers.
#[derive(Clone, Copy)]
pub struct Terms<'a> {
    pub protocol: &'a Protocol,
    /// Of all parameters, each a single number.
    pub point: &'a [Interval],
}

impl Terms<'_> {
    /// Whether the file gives the field.
    pub fn has(&self, field: &str) -> bool {
        self.protocol.numbers.iter().any(|number| number.field == field)
    }

    /// Whether a number of the whole protocol has no range.
    pub fn is_fixed(&self, field: &str) -> bool {
        let number = self.protocol.number(field, None);
        number.is_none_or(|number| matches!(number.value, ParameterOrNumber::Number(_)))
    }

    /// A number at this point.
    pub fn value(&self, number: &ParameterOrNumber) -> Exact {
        match number {
            ParameterOrNumber::Number(n) => n.clone(),
            ParameterOrNumber::Parameter(id) => self.point[id.index()].low.clone(),
        }
    }

    /// A number of the whole protocol.
    pub fn one(&self, field: &str) -> Option<Exact> {
        self.protocol.number(field, None).map(|number| self.value(&number.value))
    }

    /// The same, or something else where the file gives none.
    pub fn one_or(&self, field: &str, otherwise: Exact) -> Exact {
        self.one(field).unwrap_or(otherwise)
    }

    /// The number of each party.
    pub fn each(&self, field: &str, otherwise: &Exact) -> Vec<Exact> {
        let of = |party| self.protocol.number(field, Some(party)).map(|number| self.value(&number.value));
        self.protocol.parties.iter().map(|party| of(*party).unwrap_or_else(|| otherwise.clone())).collect()
    }

    /// The number of each of two parties.
    ///
    /// # Panics
    /// If there are not two: the checker of files has counted them.
    pub fn both(&self, field: &str, otherwise: &Exact) -> [Exact; 2] {
        self.each(field, otherwise).try_into().expect("a model of two parties has two")
    }

    /// A small whole number.
    pub fn count(&self, field: &str) -> Option<u32> {
        self.one(field).and_then(|n| n.as_integer()).and_then(|n| u32::try_from(n).ok())
    }
}
