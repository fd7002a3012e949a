//! What a party offers, what it accepts, and what it thinks of the others.
//!
//! A strategy has three parts, any of which goes with any other: what is offered, when an
//! offer is accepted, and a model of the others by which one of several packages of about
//! the same own worth is chosen.
//!
//! Source: `[BaarslagHindriksHendrikxDirkzwagerJonker2014]` for the parts.

/// How a party negotiates.
#[derive(Clone, Debug, PartialEq)]
pub struct Strategy {
    /// What it offers.
    pub offering: Offering,
    /// When it accepts.
    pub acceptance: Acceptance,
    /// By what it chooses among packages of about the same worth to it.
    pub model: Option<ModelKind>,
}

/// What a party offers. A *share* of worth runs from 0 at the party's worst package to 1 at
/// its best; whatever a formula gives, nothing below the reservation is offered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Offering {
    /// Concedes with time from its best package to its reservation; see
    /// [`concession`](super::tactics::concession).
    Aspiration {
        /// Below 1 late (Boulware), above 1 early (Conceder).
        exponent: f64,
        /// What is conceded at once.
        opening: f64,
    },
    /// Answers the others' concessions with its own.
    TitForTat(Imitation),
    /// Offers the next best package as long as the others have offered as many different
    /// ones, and repeats itself otherwise.
    Micro,
    /// Goes over from behaviour to time; see [`hybrid_share`](super::tactics::hybrid_share).
    Hybrid,
    /// Any package worth its reservation, each equally likely.
    Random,
    /// Its best package, always.
    Tough,
}

/// How concessions are answered; see [`imitated`](super::tactics::imitated).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Imitation {
    /// In proportion to what the other conceded some offers ago.
    Relative {
        /// How many offers ago, from 1.
        lag: usize,
    },
    /// By as much as the other conceded some offers ago.
    Absolute {
        /// How many offers ago, from 1.
        lag: usize,
        /// Greatest random change added, as a share.
        noise: f64,
    },
    /// In proportion to what the other conceded over its last offers.
    Averaged {
        /// Number of offers, from 1.
        window: usize,
    },
}

/// When a party accepts. Nothing below its reservation is accepted, whatever a condition
/// says.
///
/// Source: `[BaarslagHindriksJonker2014]`. Differs: worths are shares between a party's
/// worst and best package; `AC_next` compares with the least that a strategy is willing to
/// offer, which is less than its next offer only where it repeats earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub enum Acceptance {
    /// `AC_next`: the offer times a factor plus a gap is worth at least what the party would
    /// offer next.
    Next {
        /// α.
        factor: f64,
        /// β.
        gap: f64,
    },
    /// `AC_const`: the offer's share is at least so much.
    Constant(f64),
    /// `AC_time`: it is so late.
    Time(f64),
    /// `AC_combi`: as `AC_next`, or it is late enough and the offer is good enough.
    Combined {
        /// From when on less is enough.
        from: f64,
        /// What is good enough then.
        bound: Bound,
    },
    /// Every one of several conditions holds.
    All(Vec<Acceptance>),
    /// One of several conditions holds.
    Any(Vec<Acceptance>),
}

/// What is good enough late in a negotiation. The window lies before the present and is as
/// long as the time that is left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// A share.
    Constant(f64),
    /// The best offer received so far.
    BestSoFar,
    /// The best offer received in the window.
    BestInWindow,
    /// The mean of the offers received in the window.
    MeanInWindow,
}

/// How the worth that packages have for another party is guessed from its offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelKind {
    /// By how often values are offered and issues changed; see
    /// [`Frequency`](super::models::Frequency).
    Frequency,
    /// By candidate weights and evaluations; see [`Bayesian`](super::models::Bayesian).
    Bayesian,
}

impl Strategy {
    /// An offering with `AC_next` and no model.
    pub fn new(offering: Offering) -> Self {
        Self { offering, acceptance: Acceptance::Next { factor: 1.0, gap: 0.0 }, model: None }
    }

    /// Concedes late: the exponent is 1/4.
    pub fn boulware() -> Self {
        Self::new(Offering::Aspiration { exponent: 0.25, opening: 0.0 })
    }

    /// Concedes evenly.
    pub fn linear() -> Self {
        Self::new(Offering::Aspiration { exponent: 1.0, opening: 0.0 })
    }

    /// Concedes early: the exponent is 4.
    pub fn conceder() -> Self {
        Self::new(Offering::Aspiration { exponent: 4.0, opening: 0.0 })
    }

    /// Asks for its best package to the end.
    pub fn tough() -> Self {
        Self::new(Offering::Tough)
    }

    /// Whether it draws random numbers, so that another seed can give another course.
    pub fn draws(&self) -> bool {
        match self.offering {
            Offering::Random | Offering::Micro => true,
            Offering::TitForTat(Imitation::Absolute { noise, .. }) => noise != 0.0,
            Offering::TitForTat(_) | Offering::Aspiration { .. } | Offering::Hybrid | Offering::Tough => false,
        }
    }
}
