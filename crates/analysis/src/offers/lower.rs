//! A domain and profiles as what can be offered.

use detente_bargain::offers::space::LISTED;
use detente_bargain::offers::{Cover, Precision, Space, Table, Yardstick};
use detente_bargain::{Frontier, Negotiation, Party, frontier};
use detente_base::{Budget, Exact, StopReason};
use detente_scenario::negotiation_files::{Domain, Profile, Worth};

use super::answer::{Search, SearchCover};
use crate::ask::AskError;
use crate::negotiation::rectangles;

/// What strategies negotiate about.
pub(super) struct Ground {
    /// With linked issues, one issue whose values are the packages.
    pub(super) negotiation: Negotiation,
    /// Number of values of each issue of the domain.
    sizes: Vec<usize>,
    /// By party; 1 where worth does not fall with time.
    pub(super) discounts: Vec<f64>,
}

impl Ground {
    pub(super) fn new(domain: &Domain, profiles: &[(String, Profile)]) -> Result<Self, AskError> {
        if profiles.len() < 2 {
            return Err(AskError::new(
                "one party alone does not negotiate",
                Some("name the profiles of two parties or more after the domain".into()),
            ));
        }
        let additive = |(name, profile): &(String, Profile)| match &profile.worth {
            Worth::Additive(worths) => {
                Some(Party { name: name.clone(), worths: worths.clone(), reservation: profile.reservation.clone() })
            }
            Worth::Rectangles(_) => None,
        };
        let parties = match profiles.iter().map(additive).collect() {
            Some(parties) => parties,
            None => listed(domain, profiles)?,
        };
        let negotiation = Negotiation::new(parties).map_err(|fault| AskError::new(fault.to_string(), None))?;
        let sizes = domain.issues.iter().map(|issue| issue.values.len()).collect();
        let discounts = profiles.iter().map(|(_, profile)| discount(profile.discount.as_ref())).collect();
        Ok(Self { negotiation, sizes, discounts })
    }

    pub(super) fn space(&self, budget: &Budget) -> Result<Space, StopReason> {
        if self.negotiation.sizes() == self.sizes {
            return Space::new(&self.negotiation, budget);
        }
        let table = |party: &Party| Table { worths: party.worths[0].clone(), reservation: party.reservation.clone() };
        let tables: Vec<Table> = self.negotiation.parties().iter().map(table).collect();
        Space::of_tables(&self.sizes, &tables, budget)
    }

    /// What agreements are compared with, and the frontier it comes from.
    pub(super) fn yardstick(&self, budget: &Budget) -> Result<(Yardstick, Frontier), StopReason> {
        let found = frontier(&self.negotiation, budget)?;
        Ok((Yardstick::new(&self.negotiation, &found), found))
    }
}

/// Parties with the worth of every package: the values of a single issue.
fn listed(domain: &Domain, profiles: &[(String, Profile)]) -> Result<Vec<Party>, AskError> {
    let negotiation = rectangles::lowered(domain, profiles)?;
    let count = u64::try_from(negotiation.package_count()).ok().filter(|count| *count <= LISTED);
    let Some(count) = count else {
        return Err(AskError::new(
            format!("strategies cannot look through {} packages of linked issues", negotiation.package_count()),
            Some(format!("worth that does not add up issue by issue is listed for up to {LISTED} packages")),
        ));
    };
    let named = |(name, profile): &(String, Profile)| Party {
        name: name.clone(),
        worths: vec![Vec::with_capacity(count as usize)],
        reservation: profile.reservation.clone(),
    };
    let mut parties: Vec<Party> = profiles.iter().map(named).collect();
    let mut package = vec![0; negotiation.sizes().len()];
    for _ in 0..count {
        for (party, worth) in parties.iter_mut().zip(negotiation.worths(&package)) {
            party.worths[0].push(worth);
        }
        // The first issue counts up first.
        for (value, size) in package.iter_mut().zip(negotiation.sizes()) {
            *value += 1;
            if (*value as usize) < *size {
                break;
            }
            *value = 0;
        }
    }
    Ok(parties)
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
