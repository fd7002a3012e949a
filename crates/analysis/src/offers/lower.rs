//! A domain and profiles as what can be offered.

use detente_bargain::offers::{Cover, Precision, Space, Yardstick};
use detente_bargain::{Frontier, Negotiation, Party, frontier};
use detente_base::{Budget, Exact, StopReason};
use detente_scenario::negotiation_files::{Domain, Profile};

use super::answer::{Search, SearchCover};
use crate::ask::AskError;

/// What strategies negotiate about.
pub(super) struct Ground {
    pub(super) negotiation: Negotiation,
    /// By party; 1 where worth does not fall with time.
    pub(super) discounts: Vec<f64>,
}

impl Ground {
    pub(super) fn new(profiles: &[(String, Profile)]) -> Result<Self, AskError> {
        if profiles.len() < 2 {
            return Err(AskError::new(
                "one party alone does not negotiate",
                Some("name the profiles of two parties or more after the domain".into()),
            ));
        }
        let party = |(name, profile): &(String, Profile)| Party {
            name: name.clone(),
            worths: profile.worths.clone(),
            reservation: profile.reservation.clone(),
        };
        let negotiation = Negotiation::new(profiles.iter().map(party).collect())
            .map_err(|fault| AskError::new(fault.to_string(), None))?;
        let discounts = profiles.iter().map(|(_, profile)| discount(profile.discount.as_ref())).collect();
        Ok(Self { negotiation, discounts })
    }

    pub(super) fn space(&self, budget: &Budget) -> Result<Space, StopReason> {
        Space::new(&self.negotiation, budget)
    }

    /// What agreements are compared with, and the frontier it comes from.
    pub(super) fn yardstick(&self, budget: &Budget) -> Result<(Yardstick, Frontier), StopReason> {
        let found = frontier(&self.negotiation, budget)?;
        Ok((Yardstick::new(&self.negotiation, &found), found))
    }
}

/// A factor that is not above 0 and at most 1 stands for none, as in GENIUS.
fn discount(given: Option<&Exact>) -> f64 {
    given.filter(|factor| factor.signum() > 0 && **factor <= Exact::ONE).map_or(1.0, Exact::to_f64)
}

pub(super) fn search(space: &Space) -> Search {
    let cover = match space.cover() {
        Cover::Listed => SearchCover::Listed,
        Cover::Halved => SearchCover::Halved,
        Cover::Thinned => SearchCover::Thinned,
    };
    Search { cover, rounded: space.precision() == Precision::Rounded }
}

/// The names of the values of a package.
pub(super) fn named(domain: &Domain, package: &[u32]) -> Vec<String> {
    domain.issues.iter().zip(package).map(|(issue, value)| issue.values[*value as usize].clone()).collect()
}
