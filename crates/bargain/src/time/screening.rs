//! Two offers to a party of two types.

use detente_base::Exact;

use super::faults::{Domain, TimeError, fault};

/// Terms: an agreement is worth `high` or `low` to the other, which alone knows; the proposer
/// asks a price, and another one round later if the first is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screening {
    /// δ: what an agreement is worth one round later, to both; above 0 and below 1.
    pub patience: Exact,
    /// H: the higher worth; above the lower.
    pub high: Exact,
    /// L: the lower worth; above 0.
    pub low: Exact,
    /// q: chance of the higher, from 0 to 1.
    pub chance: Exact,
}

/// What the proposer may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Ask for the lower worth at once: everybody accepts.
    Pool,
    /// Ask for what the high type just prefers to a lower price later: only it accepts.
    Screen,
    /// Ask for the higher worth: the high type accepts by chance, and the proposer asks for it
    /// again by chance.
    Mix,
}

/// What a plan brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prospect {
    /// The plan.
    pub plan: Plan,
    /// The first price.
    pub first: Exact,
    /// Chance that the high type accepts it.
    pub accepts: Exact,
    /// Chance of an agreement in the first round.
    pub at_once: Exact,
    /// What the proposer gets on average.
    pub profit: Exact,
}

impl Screening {
    /// The plans that are open to the proposer, the best first.
    ///
    /// - Pool: L.
    /// - Screen at H − δ(H − L): q(H − δ(H − L)) + (1 − q)δL. After a refusal the type is low.
    /// - Mix at H, if q > L/H: the high type accepts with chance α = (qH − L)/(q(H − L)), so
    ///   that after a refusal H and L bring the same: qαH + δ(1 − qα)L.
    ///
    /// A first price between those of screening and mixing brings less than H with the same α;
    /// one between L and that of screening brings less than screening.
    ///
    /// Source: `[FudenbergTirole1983]`. Differs: the proposer knows that there are two rounds
    /// and no more. Cost: constant.
    ///
    /// # Errors
    /// When a number is outside its domain.
    pub fn plans(&self) -> Result<Vec<Prospect>, TimeError> {
        Domain::Between.one("patience", &self.patience)?;
        Domain::Positive.one("low", &self.low)?;
        Domain::Share.one("chance", &self.chance)?;
        if self.high <= self.low {
            return Err(fault("high", None, &self.high, "a number above `low`"));
        }
        let mut found = vec![self.pool(), self.screen()];
        found.extend(self.mix());
        // Of plans that bring the same the simpler comes first.
        found.sort_by(|a, b| b.profit.cmp(&a.profit));
        Ok(found)
    }

    fn gap(&self) -> Exact {
        &self.high - &self.low
    }

    fn pool(&self) -> Prospect {
        Prospect {
            plan: Plan::Pool,
            first: self.low.clone(),
            accepts: Exact::ONE,
            at_once: Exact::ONE,
            profit: self.low.clone(),
        }
    }

    fn screen(&self) -> Prospect {
        let first = &self.high - &(&self.patience * &self.gap());
        let later = &(&Exact::ONE - &self.chance) * &(&self.patience * &self.low);
        let profit = &(&self.chance * &first) + &later;
        Prospect { plan: Plan::Screen, first, accepts: Exact::ONE, at_once: self.chance.clone(), profit }
    }

    fn mix(&self) -> Option<Prospect> {
        let above = &(&self.chance * &self.high) - &self.low;
        if above.signum() <= 0 {
            return None;
        }
        let at_once = &above / &self.gap();
        let later = &(&Exact::ONE - &at_once) * &(&self.patience * &self.low);
        let profit = &(&at_once * &self.high) + &later;
        let accepts = &at_once / &self.chance;
        Some(Prospect { plan: Plan::Mix, first: self.high.clone(), accepts, at_once, profit })
    }
}
