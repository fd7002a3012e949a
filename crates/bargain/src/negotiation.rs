//! What is negotiated: issues, and what their values are worth.

use detente_base::Exact;
use num_bigint::BigUint;

use crate::stakes::Stakes;

/// A party with additive worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its name.
    pub name: String,
    /// By issue and value, what the value adds to its worth of a package.
    pub worths: Vec<Vec<Exact>>,
    /// What it has without an agreement.
    pub reservation: Exact,
}

/// Parties that negotiate over the same issues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Negotiation {
    sizes: Vec<usize>,
    parties: Vec<Party>,
}

/// Why parties do not make a negotiation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NegotiationError {
    /// Nobody negotiates.
    #[error("there are no parties")]
    NoParty,
    /// A party judges another number of issues, or of values, than the first.
    #[error("`{party}` judges other issues than `{first}`")]
    OtherIssues {
        /// The party.
        party: String,
        /// The first party.
        first: String,
    },
    /// An issue without values.
    #[error("issue {issue} has no values")]
    NoValue {
        /// The issue, by position.
        issue: usize,
    },
}

impl Negotiation {
    /// Parties over the issues that each of them judges.
    ///
    /// # Errors
    /// When there is no party, an issue has no value, or parties judge different issues.
    pub fn new(parties: Vec<Party>) -> Result<Self, NegotiationError> {
        let first = parties.first().ok_or(NegotiationError::NoParty)?;
        let sizes: Vec<usize> = first.worths.iter().map(Vec::len).collect();
        if let Some(issue) = sizes.iter().position(|size| *size == 0) {
            return Err(NegotiationError::NoValue { issue });
        }
        let same = |party: &&Party| !party.worths.iter().map(Vec::len).eq(sizes.iter().copied());
        if let Some(party) = parties.iter().find(same) {
            return Err(NegotiationError::OtherIssues { party: party.name.clone(), first: first.name.clone() });
        }
        Ok(Self { sizes, parties })
    }

    /// Number of values of each issue.
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// The parties.
    pub fn parties(&self) -> &[Party] {
        &self.parties
    }

    /// Number of packages.
    pub fn package_count(&self) -> BigUint {
        self.sizes.iter().map(|size| BigUint::from(*size)).product()
    }

    /// Reservations and ideals of the parties.
    pub fn stakes(&self) -> Stakes {
        let best = |values: &Vec<Exact>| values.iter().max().cloned().expect("an issue has a value");
        let ideal = |party: &Party| party.worths.iter().map(best).fold(Exact::ZERO, |sum, best| &sum + &best);
        Stakes {
            reservations: self.parties.iter().map(|party| party.reservation.clone()).collect(),
            ideals: self.parties.iter().map(ideal).collect(),
        }
    }

    /// What a package is worth to each party.
    ///
    /// # Panics
    /// If the package does not give each issue one of its values.
    pub fn worths(&self, package: &[u32]) -> Vec<Exact> {
        assert_eq!(package.len(), self.sizes.len(), "one value for each issue");
        let worth = |party: &Party| {
            let values = party.worths.iter().zip(package);
            values.fold(Exact::ZERO, |sum, (worths, value)| &sum + &worths[*value as usize])
        };
        self.parties.iter().map(worth).collect()
    }
}
