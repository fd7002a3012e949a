//! The stability concepts by name.

use std::fmt;

use detente_base::StopReason;
use fixedbitset::FixedBitSet;

use super::general_metarational::GENERAL_METARATIONAL;
use super::nash::NASH;
use super::sequential::SEQUENTIAL;
use super::symmetric_metarational::SYMMETRIC_METARATIONAL;
use super::symmetric_sequential::SYMMETRIC_SEQUENTIAL;
use super::{Case, Evidence, Work};
use crate::check::{CheckFailure, Claim};

/// A stability concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Concept {
    /// No improvement; shown as R.
    Nash,
    /// Every improvement can be answered; GMR.
    GeneralMetarational,
    /// Every improvement can be answered without an escape; SMR.
    SymmetricMetarational,
    /// Every improvement can be answered by improvements; SEQ.
    Sequential,
    /// Every improvement can be answered by improvements without an escape; SSEQ.
    SymmetricSequential,
}

/// What a concept's folder provides.
pub(crate) struct Definition {
    pub(crate) symbol: &'static str,
    pub(crate) name: &'static str,
    /// The stable states of the decision maker at work.
    pub(crate) solve: fn(&Work<'_>) -> Result<FixedBitSet, StopReason>,
    pub(crate) explain: fn(&Case<'_>) -> Result<Evidence, StopReason>,
    pub(crate) verify: fn(&Claim<'_>) -> Result<(), CheckFailure>,
}

impl Concept {
    /// All concepts, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Nash,
        Self::GeneralMetarational,
        Self::SymmetricMetarational,
        Self::Sequential,
        Self::SymmetricSequential,
    ];

    pub(crate) fn definition(self) -> &'static Definition {
        match self {
            Self::Nash => &NASH,
            Self::GeneralMetarational => &GENERAL_METARATIONAL,
            Self::SymmetricMetarational => &SYMMETRIC_METARATIONAL,
            Self::Sequential => &SEQUENTIAL,
            Self::SymmetricSequential => &SYMMETRIC_SEQUENTIAL,
        }
    }

    /// Short form in output: R, GMR, SMR, SEQ or SSEQ.
    pub fn symbol(self) -> &'static str {
        self.definition().symbol
    }

    /// Name in words, lower case except for proper names.
    pub fn name(self) -> &'static str {
        self.definition().name
    }

    /// The concept with this symbol.
    pub fn from_symbol(symbol: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|concept| concept.symbol() == symbol)
    }

    /// Whether every state that is stable under `self` is stable under `weaker`, in
    /// every model: R ⇒ SSEQ ⇒ SEQ ⇒ GMR and SSEQ ⇒ SMR ⇒ GMR.
    pub fn implies(self, weaker: Self) -> bool {
        use Concept::{GeneralMetarational, Nash, SymmetricSequential};
        self == weaker
            || self == Nash
            || weaker == GeneralMetarational
            || (self == SymmetricSequential && weaker != Nash)
    }
}

impl fmt::Display for Concept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.symbol())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn implications_form_a_diamond_above_nash() {
        use Concept::*;
        let count = Concept::ALL.iter().map(|a| Concept::ALL.iter().filter(|b| a.implies(**b)).count());
        assert_eq!(count.collect::<Vec<_>>(), [5, 1, 2, 2, 4]);
        assert!(!Sequential.implies(SymmetricMetarational) && !SymmetricMetarational.implies(Sequential));
        assert_eq!(Concept::from_symbol("SSEQ"), Some(SymmetricSequential));
        assert_eq!(Concept::from_symbol("seq"), None);
    }
}
