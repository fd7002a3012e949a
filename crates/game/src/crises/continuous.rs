//! A challenge, resistance and a fight, where each side knows its own value of war.

use detente_base::Exact;

use super::{OutOfRange, within};

/// B holds a good worth 1. A may challenge; B concedes or resists; A then fights or backs
/// down. Payoffs to (A, B): no challenge (0, 1), concession (1, 0), backing down (−a, 1), war
/// what it is worth to each: drawn evenly from −1 to 0, its own knowledge. A challenge by one
/// who would back down is exposed before B answers with chance ρ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContinuousCrisis {
    /// a in (0, 1].
    pub backing_down: Exact,
    /// ρ in [0, 1): how likely press or opposition expose a bluff.
    pub exposure: Exact,
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContinuousEquilibrium {
    /// β: the chance that A challenges if it would back down.
    pub bluff: Exact,
    /// φ: the chance that A fights, given a challenge that was not exposed.
    pub fight: Exact,
    /// s: the chance that B concedes to such a challenge.
    pub concede: Exact,
    /// The chance of war.
    pub war: Exact,
    /// Where B takes a challenger to fight with no more than this chance, it always resists,
    /// and that nobody challenges is an equilibrium too, though not one with plausible
    /// beliefs: who would fight has most to gain from a challenge.
    pub quiet_belief: Exact,
}

impl ContinuousCrisis {
    /// The equilibrium with challenges.
    ///
    /// Who values war above −a fights, and challenges. While bluffs are mixed,
    /// s = a/((1 − ρ)(1 + a)) keeps bluffing worth nothing, φ = 1/(2 − s) makes B concede so
    /// often, and β = a(1 − s)/((1 − ρ)(1 − a)) brings φ about. If that exceeds 1, all
    /// challenge: φ = a/(a + (1 − ρ)(1 − a)), s = 2 − 1/φ. If s would exceed 1, nobody bluffs
    /// and B always concedes. War has the chance a(1 − s): without exposure
    /// min(a/(1 + a), 1 − a), at most (3 − √5)/2.
    ///
    /// # Errors
    /// If a number is out of range.
    ///
    /// Source: own, after `[Fearon1994]` and the exposure of `[Schultz1998]`. Cost: O(1).
    pub fn solve(&self) -> Result<ContinuousEquilibrium, OutOfRange> {
        let (a, one) = (&self.backing_down, &Exact::ONE);
        within("the cost of backing down", a, [&Exact::ZERO, one], "a number above 0 and up to 1")?;
        within("the chance of exposure", &self.exposure, [&Exact::ZERO, one], "a chance from 0 to below 1")?;
        if a.is_zero() {
            let expected = "a number above 0 and up to 1";
            return Err(OutOfRange { what: "the cost of backing down", value: a.to_string(), expected });
        }
        let hidden = one - &self.exposure;
        if hidden.is_zero() {
            let expected = "a chance from 0 to below 1";
            return Err(OutOfRange { what: "the chance of exposure", value: "1".to_owned(), expected });
        }
        let half = Exact::ratio(1, 2);
        let mixed = a / &(&hidden * &(one + a));
        let backs_down = &hidden * &(one - a);
        let (bluff, concede) = if mixed >= *one {
            (Exact::ZERO, Exact::ONE)
        } else if a * &(one - &mixed) <= backs_down {
            (&(a * &(one - &mixed)) / &backs_down, mixed)
        } else {
            // 2 − 1/φ with 1/φ = 1 + (1 − ρ)(1 − a)/a.
            (Exact::ONE, one - &(&backs_down / a))
        };
        let fight = a / &(a + &(&backs_down * &bluff));
        let war = a * &(one - &concede);
        Ok(ContinuousEquilibrium { bluff, fight, concede, war, quiet_belief: half })
    }
}
