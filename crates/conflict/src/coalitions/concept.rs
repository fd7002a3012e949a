//! The concepts of coalition stability by name.

use std::fmt;

use crate::concepts::Concept;

/// When a coalition has no reason to leave a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CoalitionConcept {
    /// No joint improvement; `CNash`.
    Nash,
    /// Every joint improvement can be answered; CGMR.
    GeneralMetarational,
    /// Every joint improvement can be answered without a joint escape; CSMR.
    SymmetricMetarational,
    /// Every joint improvement can be answered by joint improvements; CSEQ.
    Sequential,
}

impl CoalitionConcept {
    /// All concepts, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Nash, Self::GeneralMetarational, Self::SymmetricMetarational, Self::Sequential];

    /// Short form in output: `CNash`, CGMR, CSMR or CSEQ.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Nash => "CNash",
            Self::GeneralMetarational => "CGMR",
            Self::SymmetricMetarational => "CSMR",
            Self::Sequential => "CSEQ",
        }
    }

    /// Name in words, lower case except for proper names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nash => "coalition Nash stability",
            Self::GeneralMetarational => "coalition general metarationality",
            Self::SymmetricMetarational => "coalition symmetric metarationality",
            Self::Sequential => "coalition sequential stability",
        }
    }

    /// The concept for single decision makers that it extends.
    pub fn single(self) -> Concept {
        match self {
            Self::Nash => Concept::Nash,
            Self::GeneralMetarational => Concept::GeneralMetarational,
            Self::SymmetricMetarational => Concept::SymmetricMetarational,
            Self::Sequential => Concept::Sequential,
        }
    }

    pub(crate) fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for CoalitionConcept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.symbol())
    }
}
