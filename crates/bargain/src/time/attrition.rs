//! Whoever gives in first loses the prize, and waiting costs both.

use detente_base::Exact;

use super::faults::{Domain, TimeError};

/// Terms, known to both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attrition {
    /// v: what the prize is worth to each; above 0.
    pub prize: [Exact; 2],
    /// c: what waiting costs each for a unit of time; above 0.
    pub cost: [Exact; 2],
}

/// What comes of waiting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// How often each gives in for a unit of time, as long as neither has.
    pub hazards: [Exact; 2],
    /// Chance that each wins.
    pub wins: [Exact; 2],
    /// Mean time until one gives in.
    pub mean: Exact,
}

impl Attrition {
    /// The equilibrium in which nobody gives in at once.
    ///
    /// Each is kept indifferent by the other: hⱼ = cᵢ/vᵢ. The mean time is 1/(h₁ + h₂); i wins
    /// with chance hⱼ/(h₁ + h₂), and on average gains nothing. So the one that waits at less
    /// cost for a greater prize gives in *more* often. There are also equilibria in which one
    /// gives in at once.
    ///
    /// Source: `[HendricksWeissWilson1988]`. Cost: constant.
    ///
    /// # Errors
    /// When a number is outside its domain.
    pub fn waiting(&self) -> Result<Waiting, TimeError> {
        Domain::Positive.each("prize", &self.prize)?;
        Domain::Positive.each("cost", &self.cost)?;
        let kept = |i: usize| &self.cost[i] / &self.prize[i];
        let hazards = [kept(1), kept(0)];
        let both = &hazards[0] + &hazards[1];
        let wins = [&hazards[1] / &both, &hazards[0] / &both];
        Ok(Waiting { hazards, wins, mean: &Exact::ONE / &both })
    }
}
