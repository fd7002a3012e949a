//! Threats that are believed for a time.

use super::OutOfRange;

/// A threat whose worth to who makes it wanes: W₀·exp(−λ·t) at time t.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WaningWill {
    /// W₀ > 0: what carrying it out is worth at first.
    pub worth: f64,
    /// k ≥ 0: what carrying it out costs.
    pub cost: f64,
    /// a ≥ 0: what backing down costs.
    pub backing_down: f64,
    /// λ > 0: the rate at which the worth wanes, per unit of time.
    pub rate: f64,
}

/// How long a threat is believed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lasting {
    /// Not even at first.
    Never,
    /// Until this time, T*.
    Until(f64),
    /// For ever: backing down costs as much as carrying it out.
    Forever,
}

impl WaningWill {
    /// How long the threat is believed: while W₀·exp(−λ·t) ≥ k − a, so until
    /// T* = ln(W₀/(k − a))/λ.
    ///
    /// Who is threatened stalls if what stalling until T* pays exceeds the deal.
    ///
    /// # Errors
    /// If a number is out of range.
    ///
    /// Source: own, after the costs of `[Fearon1994]`. Cost: O(1).
    pub fn lasting(&self) -> Result<Lasting, OutOfRange> {
        let fault = |what, value: f64, expected| Err(OutOfRange { what, value: value.to_string(), expected });
        for (what, value) in [("the worth", self.worth), ("the rate", self.rate)] {
            if !value.is_finite() || value <= 0.0 {
                return fault(what, value, "a number above 0");
            }
        }
        for (what, value) in [("the cost", self.cost), ("the cost of backing down", self.backing_down)] {
            if !value.is_finite() || value < 0.0 {
                return fault(what, value, "a number from 0");
            }
        }
        let gap = self.cost - self.backing_down;
        Ok(if gap <= 0.0 {
            Lasting::Forever
        } else if self.worth < gap {
            Lasting::Never
        } else {
            Lasting::Until(libm::log(self.worth / gap) / self.rate)
        })
    }
}
