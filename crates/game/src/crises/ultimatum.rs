//! A demand under threat of war, to an adversary whose cost of war is its own knowledge.

use detente_base::Exact;

use super::{OutOfRange, at_least, within};

/// A demands a share x of a prize of 1; B grants it or fights. A wins a war with chance p; war
/// costs A `cost`, and B a number drawn evenly from 0 to `most_cost` that B alone knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ultimatum {
    /// p in [0, 1].
    pub wins: Exact,
    /// `c_A` ≥ 0, in units of the prize.
    pub cost: Exact,
    /// c̄ > 0, in units of the prize.
    pub most_cost: Exact,
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UltimatumEquilibrium {
    /// x*: what A demands, in [0, 1].
    pub demand: Exact,
    /// The chance of war, in [0, 1].
    pub war: Exact,
    /// What A can expect, in units of the prize.
    pub payoff: Exact,
}

impl Ultimatum {
    /// What A can expect from a demand x from p to min(1, p + c̄): B fights if its cost is
    /// below d = x − p, so p + d − d·(d + `c_A`)/c̄.
    pub fn payoff(&self, demand: &Exact) -> Exact {
        let above = demand - &self.wins;
        demand - &(&(&above * &(&above + &self.cost)) / &self.most_cost)
    }

    /// The equilibrium: x* = min(1, p + max(0, (c̄ − `c_A`)/2)), war with chance (x* − p)/c̄.
    ///
    /// # Errors
    /// If a number is out of range.
    ///
    /// Source: `[Fearon1995, section 2]`. Cost: O(1).
    pub fn solve(&self) -> Result<UltimatumEquilibrium, OutOfRange> {
        within("the chance to win", &self.wins, [&Exact::ZERO, &Exact::ONE], "a chance from 0 to 1")?;
        at_least("the cost of war to A", &self.cost, 0)?;
        at_least("the greatest cost of war to B", &self.most_cost, 1)?;
        let best = (&(&self.most_cost - &self.cost) * &Exact::ratio(1, 2)).max(Exact::ZERO);
        let demand = (&self.wins + &best).min(Exact::ONE);
        let war = &(&demand - &self.wins) / &self.most_cost;
        Ok(UltimatumEquilibrium { payoff: self.payoff(&demand), demand, war })
    }
}
