//! Neither side knows what an agreement is worth to the other; both name a price.

use detente_base::Exact;

use super::faults::{TimeError, fault};

/// Terms: the worth to the buyer and the cost to the seller are uniform over the same range,
/// and each is known to one side alone. If the buyer bids at least what the seller asks they
/// agree on the middle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubleAuction {
    /// Least worth and cost.
    pub low: Exact,
    /// Greatest; above the least.
    pub high: Exact,
}

/// What comes of bids that are linear in worth and cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bids {
    /// They agree exactly if the worth is above the cost by this.
    pub gap: Exact,
    /// Chance of an agreement.
    pub chance: Exact,
    /// What both gain together on average.
    pub gains: Exact,
    /// What they would gain if they agreed whenever the worth is above the cost.
    pub first_best: Exact,
}

impl DoubleAuction {
    /// The equilibrium in linear bids: with worths between 0 and 1 the buyer bids ⅔v + 1/12
    /// and the seller asks ⅔c + ¼, so that they agree if v − c ≥ ¼. The gains are 9/64 of a
    /// possible 1/6, and no other rule gives more. There are further equilibria.
    ///
    /// Source: `[ChatterjeeSamuelson1983]`, `[MyersonSatterthwaite1983]`. Cost: constant.
    ///
    /// # Errors
    /// When the range is empty.
    pub fn linear(&self) -> Result<Bids, TimeError> {
        let range = &self.high - &self.low;
        if range.signum() <= 0 {
            return Err(fault("high", None, &self.high, "a number above `low`"));
        }
        let part = |num, den| &Exact::ratio(num, den) * &range;
        Ok(Bids { gap: part(1, 4), chance: Exact::ratio(9, 32), gains: part(9, 64), first_best: part(1, 6) })
    }

    /// What a buyer with this worth bids.
    pub fn bid(&self, worth: &Exact) -> Exact {
        self.moved(worth, &Exact::ratio(1, 12))
    }

    /// What a seller with this cost asks.
    pub fn ask(&self, cost: &Exact) -> Exact {
        self.moved(cost, &Exact::ratio(1, 4))
    }

    fn moved(&self, value: &Exact, by: &Exact) -> Exact {
        let above = &(&Exact::ratio(2, 3) * &(value - &self.low)) + &(by * &(&self.high - &self.low));
        &self.low + &above
    }
}
