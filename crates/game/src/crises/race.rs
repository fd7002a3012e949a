//! A race in which backing down costs more the longer it has gone on.

use super::OutOfRange;

/// Two states want a prize of 1. Each may quit at any time t ≥ 0, which then costs it aᵢ·t
/// before its public and gives the prize to the other. War is worth a number drawn evenly
/// from −1 to 0 to each, which it alone knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AudienceRace {
    /// aᵢ > 0: how fast costs of backing down grow.
    pub costs: [f64; 2],
}

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RaceEquilibrium {
    costs: [f64; 2],
    /// t*: nobody quits later; who is still there fights.
    pub horizon: f64,
    /// The chance that each quits at once, in [0, 1].
    pub at_once: [f64; 2],
    /// The chance of war: a₁·a₂·t*².
    pub war: f64,
}

impl AudienceRace {
    /// The equilibrium.
    ///
    /// With tⱼ the root of aⱼ·t·(1 + aᵢ·t) = 1, the horizon is t* = min(t₁, t₂). Up to it each
    /// side's survival is Sⱼ(t) = Sⱼ(0)/(1 + aᵢ·t), which keeps the other indifferent; types
    /// with war values above −aⱼ·t* stay. The side with the lower cost quits at once with
    /// chance 1 − aⱼ·t*·(1 + aᵢ·t*).
    ///
    /// # Errors
    /// If a cost is not above 0.
    ///
    /// Source: `[Fearon1994]` (the race), derivation own. Cost: O(1).
    pub fn solve(&self) -> Result<RaceEquilibrium, OutOfRange> {
        for value in self.costs {
            if !value.is_finite() || value <= 0.0 {
                let what = "a cost of backing down";
                return Err(OutOfRange { what, value: value.to_string(), expected: "a number above 0" });
            }
        }
        let [first, second] = self.costs;
        // The root of a·b·t² + a·t = 1, written so that nothing cancels.
        let root = |own: f64, other: f64| 2.0 / (own + libm::sqrt(own * (own + 4.0 * other)));
        let horizon = root(first, second).min(root(second, first));
        let quits = |own: f64, other: f64| (1.0 - own * horizon * (1.0 + other * horizon)).max(0.0);
        let at_once = if first >= second { [0.0, quits(second, first)] } else { [quits(first, second), 0.0] };
        Ok(RaceEquilibrium { costs: self.costs, horizon, at_once, war: first * second * horizon * horizon })
    }
}

impl RaceEquilibrium {
    /// The chance that a side has not quit by a time: Sⱼ(t).
    ///
    /// # Panics
    /// If the side is neither 0 nor 1.
    pub fn survival(&self, side: usize, time: f64) -> f64 {
        (1.0 - self.at_once[side]) / (1.0 + self.costs[1 - side] * time.min(self.horizon))
    }

    /// What a side can expect that quits at a time in (0, t*] if the other has not:
    /// 1 − Sⱼ(t)·(1 + aᵢ·t), the same for all such times.
    ///
    /// # Panics
    /// If the side is neither 0 nor 1.
    pub fn payoff_of_quitting(&self, side: usize, time: f64) -> f64 {
        1.0 - self.survival(1 - side, time) * (1.0 + self.costs[side] * time)
    }
}
