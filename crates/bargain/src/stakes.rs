//! What parties compare a deal with.

use detente_base::Exact;

use crate::frontier::FrontierPoint;

/// What each party has without an agreement, and the most that it could have with one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stakes {
    /// For each party, its worth if nothing is agreed (the reservation, rᵢ).
    pub reservations: Vec<Exact>,
    /// For each party, the most that it has in any package (the ideal, bᵢ).
    pub ideals: Vec<Exact>,
}

impl Stakes {
    /// Whether a point gives every party at least its reservation: whether it is in the
    /// zone of possible agreement.
    pub fn in_zone(&self, point: &FrontierPoint) -> bool {
        self.allow(&point.worths)
    }

    /// Whether worths give every party at least its reservation.
    pub fn allow(&self, worths: &[Exact]) -> bool {
        worths.iter().zip(&self.reservations).all(|(worth, reservation)| worth >= reservation)
    }

    /// The parties that a point gives less than their reservation, by position.
    pub fn short_of(&self, point: &FrontierPoint) -> impl Iterator<Item = usize> {
        let pairs = point.worths.iter().zip(&self.reservations).enumerate();
        pairs.filter(|(_, (worth, reservation))| worth < reservation).map(|(party, _)| party)
    }
}
