//! Guesses of what packages are worth to another party, from its offers alone.
//!
//! Both models guess weights of issues and evaluations of values that add up. How good a
//! guess is can be measured where the truth is known: [`rank_correlation`].

mod bayesian;
mod frequency;
mod quality;

pub use bayesian::Bayesian;
pub use frequency::Frequency;
pub use quality::rank_correlation;

use super::strategy::ModelKind;

/// A model of another party.
#[derive(Clone, Debug)]
pub enum Model {
    /// By counting.
    Frequency(Frequency),
    /// By candidates.
    Bayesian(Bayesian),
}

impl Model {
    /// A model that has seen no offer.
    pub fn new(kind: ModelKind, sizes: &[usize]) -> Self {
        match kind {
            ModelKind::Frequency => Self::Frequency(Frequency::new(sizes)),
            ModelKind::Bayesian => Self::Bayesian(Bayesian::new(sizes)),
        }
    }

    /// Takes an offer of the other party into account; `time` runs from 0 to 1.
    pub fn observe(&mut self, package: &[u32], time: f64) {
        match self {
            Self::Frequency(model) => model.observe(package),
            Self::Bayesian(model) => model.observe(package, time),
        }
    }

    /// What a package is guessed to be worth to the other party, from 0 to 1.
    pub fn worth(&self, package: &[u32]) -> f64 {
        match self {
            Self::Frequency(model) => model.worth(package),
            Self::Bayesian(model) => model.worth(package),
        }
    }
}
