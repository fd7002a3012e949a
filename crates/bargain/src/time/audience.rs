//! A public contest of two sides in which backing down costs more the later it comes.

use detente_base::Exact;

use super::faults::{Domain, TimeError};

/// Terms: the prize is worth 1; what war is worth to a side is uniform between −1 and 0 and
/// known to it alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AudienceCosts {
    /// a: how fast the cost of backing down grows, for each side and unit of time; above 0.
    pub costs: [Exact; 2],
}

/// Who backs down, and when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contest {
    /// When each side would be locked in, if nobody backed down at once.
    pub times: [f64; 2],
    /// The horizon, the shorter of these: after it nobody backs down.
    pub horizon: f64,
    /// Chance that each side backs down at once.
    pub at_once: [f64; 2],
    /// Chance that each side has not backed down by the horizon.
    pub locked: [f64; 2],
    /// Chance of war: neither has.
    pub war: f64,
}

impl AudienceCosts {
    /// The equilibrium.
    ///
    /// tⱼ solves aⱼt(1 + aᵢt) = 1; the horizon is the shorter; the side with the lower cost
    /// backs down at once with chance 1 − a·t·(1 + a'·t), a its own and a' the other's cost, t
    /// the horizon; a side's chance of standing firm falls as 1/(1 + a't). War has the chance
    /// a₁a₂t². So the side whose audience is harder on it is less likely to back down.
    ///
    /// Source: `[Fearon1994]`. Differs: prize and worst war are 1. Cost: constant; floats.
    ///
    /// # Errors
    /// When a number is outside its domain.
    pub fn contest(&self) -> Result<Contest, TimeError> {
        Domain::Positive.each("costs", &self.costs)?;
        let a = [self.costs[0].to_f64(), self.costs[1].to_f64()];
        // The positive root of aⱼaᵢt² + aⱼt − 1.
        let time = |j: usize| ((a[j] * a[j] + 4.0 * a[0] * a[1]).sqrt() - a[j]) / (2.0 * a[0] * a[1]);
        let times = [time(0), time(1)];
        let horizon = times[0].min(times[1]);
        let locked = [a[0] * horizon, a[1] * horizon];
        let at_once = |j: usize| {
            if times[j] <= horizon { 0.0 } else { 1.0 - a[j] * horizon * (1.0 + a[1 - j] * horizon) }
        };
        Ok(Contest { times, horizon, at_once: [at_once(0), at_once(1)], locked, war: locked[0] * locked[1] })
    }

    /// Chance that a side has not backed down by a date, before the horizon.
    ///
    /// # Errors
    /// As [`Self::contest`].
    pub fn survival(&self, side: usize, time: f64) -> Result<f64, TimeError> {
        let contest = self.contest()?;
        let other = self.costs[1 - side].to_f64();
        Ok((1.0 - contest.at_once[side]) / (1.0 + other * time.min(contest.horizon)))
    }
}
