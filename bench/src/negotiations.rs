//! Generated negotiations: the same family and size give the same worths.

use detente_bargain::{Negotiation, Party};
use detente_base::{Exact, Pcg};

/// How the worths of parties hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// Not at all.
    Random,
    /// What is good for one party is bad for the next, issue by issue; how much issues weigh
    /// is not related.
    Opposed,
}

/// A negotiation over issues of ten values each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Talks {
    /// How worths hang together.
    pub kinship: Kinship,
    /// Number of issues.
    pub issues: usize,
    /// Number of parties.
    pub parties: usize,
}

/// Values of each issue.
pub const VALUES: usize = 10;

impl Talks {
    /// By party, issue and value: whole numbers.
    pub fn worths(&self) -> Vec<Vec<Vec<i64>>> {
        let mut rng = Pcg::new(11 + self.issues as u64);
        let first: Vec<Vec<i64>> =
            (0..self.issues).map(|_| (0..VALUES).map(|_| i64::from(rng.below(1001))).collect()).collect();
        let evaluations = |party: usize, rng: &mut Pcg| -> Vec<Vec<i64>> {
            match self.kinship {
                Kinship::Opposed if party % 2 == 1 => {
                    first.iter().map(|values| values.iter().map(|value| 1000 - value).collect()).collect()
                }
                Kinship::Opposed => first.clone(),
                Kinship::Random => {
                    (0..self.issues).map(|_| (0..VALUES).map(|_| i64::from(rng.below(1001))).collect()).collect()
                }
            }
        };
        let party = |party: usize| {
            let mut rng = Pcg::of_draw(23, (party * 64 + self.issues) as u64);
            let weights: Vec<i64> = (0..self.issues).map(|_| 1 + i64::from(rng.below(20))).collect();
            let evaluations = evaluations(party, &mut rng);
            let weighed = |(values, weight): (&Vec<i64>, &i64)| values.iter().map(|value| value * weight).collect();
            evaluations.iter().zip(&weights).map(weighed).collect()
        };
        (0..self.parties).map(party).collect()
    }

    /// The same for the engine; without an agreement everybody has nothing.
    ///
    /// # Panics
    /// Never: the worths are generated.
    pub fn negotiation(&self) -> Negotiation {
        let party = |(at, worths): (usize, Vec<Vec<i64>>)| Party {
            name: format!("party {at}"),
            worths: worths.into_iter().map(|values| values.into_iter().map(Exact::from).collect()).collect(),
            reservation: Exact::ZERO,
        };
        Negotiation::new(self.worths().into_iter().enumerate().map(party).collect()).expect("generated soundly")
    }
}
