//! What files say that a frontier does not show.

use detente_base::Exact;
use detente_scenario::negotiation_files::{Domain, Profile};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An issue over real numbers: evenly spaced values of it, its bounds among them, stand for
/// all. A package with another value may be efficient and is not found.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SampledIssue {
    /// Name of the issue.
    pub issue: String,
    /// The least number.
    pub low: Exact,
    /// The greatest number.
    pub high: Exact,
    /// Number of values that are looked at.
    pub values: u64,
}

/// A party whose worth u of a package is u·dᵗ at the time t, from 0 at the start to 1 at the
/// end of the negotiation.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Discount {
    /// Name of the party.
    pub party: String,
    /// The factor d, between 0 and 1.
    pub factor: Exact,
}

pub(super) fn sampled(domain: &Domain) -> Vec<SampledIssue> {
    let issues = domain.issues.iter().filter_map(|issue| Some((issue, issue.sampled.as_ref()?)));
    issues
        .map(|(issue, (low, high))| SampledIssue {
            issue: issue.name.clone(),
            low: low.clone(),
            high: high.clone(),
            values: issue.values.len() as u64,
        })
        .collect()
}

/// Factors of 1 change nothing; GENIUS takes those above 1 and up to 0 for 1.
pub(super) fn discounts(profiles: &[(String, Profile)]) -> Vec<Discount> {
    let factor = |(name, profile): &(String, Profile)| {
        let factor = profile.discount.clone().filter(|factor| *factor > Exact::ZERO && *factor < Exact::ONE)?;
        Some(Discount { party: name.clone(), factor })
    };
    profiles.iter().filter_map(factor).collect()
}
