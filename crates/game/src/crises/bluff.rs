//! A threat by one who may be bluffing.

use detente_base::Exact;

use super::{OutOfRange, at_least, within};

/// A is *resolved* with chance q, which it alone knows, and may threaten; B concedes or
/// resists; a resolved A then fights, and one that is not backs down. Payoffs to (A, B):
/// no threat (0, 0), concession (v, −v), war (w, −c), backing down (−a, b).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwoTypeBluff {
    /// q in (0, 1).
    pub resolved: Exact,
    /// v > 0.
    pub prize: Exact,
    /// w > −a, and at most v.
    pub war: Exact,
    /// c > v: war to B.
    pub war_b: Exact,
    /// a > 0.
    pub backing_down: Exact,
    /// b > 0: A's backing down to B.
    pub prevailing: Exact,
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BluffEquilibrium {
    /// β: the chance that an A that is not resolved threatens.
    pub bluff: Exact,
    /// r: the chance that B resists a threat.
    pub resist: Exact,
    /// The chance of a threat.
    pub threat: Exact,
    /// The chance of war.
    pub war: Exact,
    /// The chance that a bluff is called.
    pub called: Exact,
    /// What A and B can expect.
    pub payoffs: [Exact; 2],
}

impl TwoTypeBluff {
    /// The equilibrium.
    ///
    /// B is indifferent if it takes A for resolved with chance μ* = (v + b)/(c + b). With
    /// q < μ*, bluffs have the chance β = q(1 − μ*)/((1 − q)μ*) and B resists with chance
    /// r = v/(v + a), which keeps bluffing worth nothing; with q ≥ μ* all threaten and B
    /// concedes.
    ///
    /// # Errors
    /// If a number is out of range.
    ///
    /// Source: own, after `[Fearon1994]`. Cost: O(1).
    pub fn solve(&self) -> Result<BluffEquilibrium, OutOfRange> {
        let Self { resolved, prize, war, war_b, backing_down, prevailing } = self;
        let one = &Exact::ONE;
        within("the chance of resolve", resolved, [&Exact::ZERO, one], "a chance from 0 to 1")?;
        for (what, value) in
            [("the prize", prize), ("the cost of backing down", backing_down), ("prevailing to B", prevailing)]
        {
            at_least(what, value, 1)?;
        }
        within("war to A", war, [&-backing_down, prize], "between backing down and the prize")?;
        if war_b <= prize {
            let expected = "more than the prize";
            return Err(OutOfRange { what: "the cost of war to B", value: war_b.to_string(), expected });
        }
        let level = &(prize + prevailing) / &(war_b + prevailing);
        if *resolved >= level {
            let payoffs = [prize.clone(), -prize];
            let [bluff, resist, threat, war, called] = [Exact::ONE, Exact::ZERO, Exact::ONE, Exact::ZERO, Exact::ZERO];
            return Ok(BluffEquilibrium { bluff, resist, threat, war, called, payoffs });
        }
        let weak = one - resolved;
        let bluff = &(resolved * &(one - &level)) / &(&weak * &level);
        let resist = prize / &(prize + backing_down);
        let bluffs = &weak * &bluff;
        let threat = resolved + &bluffs;
        let granted = &(one - &resist) * prize;
        let payoffs = [resolved * &(&granted + &(&resist * war)), -&(&threat * prize)];
        Ok(BluffEquilibrium { war: resolved * &resist, called: &bluffs * &resist, bluff, resist, threat, payoffs })
    }
}
