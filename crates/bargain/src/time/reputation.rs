//! Each side demands a share and may be obstinate: ready to wait for ever.

use detente_base::Exact;

use super::faults::{Domain, TimeError, fault};

/// Terms. Demands that are together at most 1 are simply agreed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reputation {
    /// r: how fast a share loses its worth to each, for a unit of time; above 0.
    pub rates: [Exact; 2],
    /// α: the share that each demands, above 0 and below 1; together above 1.
    pub demands: [Exact; 2],
    /// z: chance that each is obstinate and never takes less; above 0 and below 1.
    pub obstinate: [Exact; 2],
}

/// Who gives in, and when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Concessions {
    /// λ: how often each gives in for a unit of time, until the last date.
    pub hazards: [f64; 2],
    /// How long each would take to be known to be obstinate, without giving in at once.
    pub times: [f64; 2],
    /// T₀: the date by which everybody who is not obstinate has given in: the shorter of
    /// these.
    pub last: f64,
    /// μ: chance that each gives in at once; only the one with the longer time does.
    pub at_once: [f64; 2],
    /// What each gets on average, if it is not obstinate.
    pub payoffs: [f64; 2],
    /// Chance that nobody ever gives in: both are obstinate.
    pub never: f64,
}

impl Reputation {
    /// The equilibrium for given demands.
    ///
    /// λᵢ = rⱼ(1 − αᵢ)/(α₁ + α₂ − 1), Tᵢ = −ln zᵢ/λᵢ, T₀ = min Tᵢ; i gives in at once with
    /// chance μᵢ = 1 − zᵢe^(λᵢT₀) and gets (1 − αⱼ) + μⱼ(α₁ + α₂ − 1).
    ///
    /// Source: `[AbreuGul2000]`, with one obstinate type each. Cost: constant; floats.
    ///
    /// # Errors
    /// When a number is outside its domain.
    pub fn concessions(&self) -> Result<Concessions, TimeError> {
        Domain::Positive.each("rates", &self.rates)?;
        Domain::Between.each("demands", &self.demands)?;
        Domain::Between.each("obstinate", &self.obstinate)?;
        let sum = &self.demands[0] + &self.demands[1];
        if sum <= Exact::ONE {
            return Err(fault("demands", None, &sum, "a sum above 1: demands that fit together are agreed on"));
        }
        let beyond = &sum - &Exact::ONE;
        let hazard = |i: usize| &(&self.rates[1 - i] * &(&Exact::ONE - &self.demands[i])) / &beyond;
        let hazards = [hazard(0).to_f64(), hazard(1).to_f64()];
        let log = |i: usize| -libm::log(self.obstinate[i].to_f64());
        let times = [log(0) / hazards[0], log(1) / hazards[1]];
        let last = times[0].min(times[1]);
        let at_once = |i: usize| {
            // Exactly nothing for the faster one, whatever is lost in rounding.
            if times[i] <= last { 0.0 } else { 1.0 - self.obstinate[i].to_f64() * libm::exp(hazards[i] * last) }
        };
        let at_once = [at_once(0), at_once(1)];
        let payoff = |i: usize| (&Exact::ONE - &self.demands[1 - i]).to_f64() + at_once[1 - i] * beyond.to_f64();
        let never = (&self.obstinate[0] * &self.obstinate[1]).to_f64();
        Ok(Concessions { hazards, times, last, at_once, payoffs: [payoff(0), payoff(1)], never })
    }
}
