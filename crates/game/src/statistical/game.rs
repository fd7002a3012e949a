//! The game: what each side does if the other is expected to do something.

use std::f64::consts::{FRAC_1_SQRT_2, SQRT_2};

use super::normal::{bivariate, cumulative, tail_above, upper};
use super::range::Range;

/// Absolute error that is allowed for in the bivariate distribution: twice what is stated.
const BIVARIATE: f64 = 2e-15;

/// Relative error that is allowed for in its tail, at c − `W̄_A` = 0; it grows with the square.
const TAIL: f64 = 1e-14;

/// c − `W̄_A` above which the chance of standing firm is computed from the tail.
const FAR: f64 = 1.0;

/// Means of payoffs, in units of the standard deviation of the shocks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CrisisMeans {
    /// `S_A`: the status quo to A.
    pub status_quo: f64,
    /// `V_A`: B's concession to A.
    pub gain: f64,
    /// `W̄_A`: war to A; with a shock.
    pub war: f64,
    /// ā: backing down to A; with a shock.
    pub backing_down: f64,
    /// `C_B`: conceding to B.
    pub conceding: f64,
    /// `V_B`: A's backing down to B.
    pub prevailing: f64,
    /// `W̄_B`: war to B; with a shock.
    pub war_b: f64,
}

/// A mean that is no finite number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not a finite number")]
pub struct NotFinite(pub &'static str);

/// A crisis between two states that know each other's payoffs up to normal shocks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CrisisGame {
    means: CrisisMeans,
}

impl CrisisGame {
    /// The game with given means.
    ///
    /// # Errors
    /// If one is not finite.
    pub fn new(means: CrisisMeans) -> Result<Self, NotFinite> {
        let all = [
            ("the status quo to A", means.status_quo),
            ("the concession to A", means.gain),
            ("war to A", means.war),
            ("backing down to A", means.backing_down),
            ("conceding to B", means.conceding),
            ("prevailing to B", means.prevailing),
            ("war to B", means.war_b),
        ];
        match all.into_iter().find(|(_, value)| !value.is_finite()) {
            Some((name, _)) => Err(NotFinite(name)),
            None => Ok(Self { means }),
        }
    }

    /// The means.
    pub fn means(&self) -> &CrisisMeans {
        &self.means
    }

    /// What the better of war and backing down must be worth to A for a challenge, if B
    /// resists with chance `resist` in (0, 1]: c = (`S_A` − (1 − `p_R`)·`V_A`)/`p_R`.
    pub fn threshold(&self, resist: f64) -> f64 {
        (self.means.status_quo - (1.0 - resist) * self.means.gain) / resist
    }

    /// The chance of a challenge: `p_C` = 1 − Φ(c − `W̄_A`)·Φ(c − ā).
    pub fn challenge(&self, resist: f64) -> f64 {
        let c = self.threshold(resist);
        upper(c - self.means.war) + cumulative(c - self.means.war) * upper(c - self.means.backing_down)
    }

    /// The chance that A stands firm after a challenge:
    /// `p_F` = Φ₂((`W̄_A` − ā)/√2, `W̄_A` − c; 1/√2)/`p_C`.
    pub fn stand_firm(&self, resist: f64) -> f64 {
        let firm = self.standing(self.threshold(resist) - self.means.war);
        (firm / self.challenge(resist)).clamp(0.0, 1.0)
    }

    /// The chance that B resists if A stands firm with chance `firm` in (0, 1]:
    /// Φ((`p_F`·`W̄_B` + (1 − `p_F`)·`V_B` − `C_B`)/`p_F`).
    pub fn resist(&self, firm: f64) -> f64 {
        let means = &self.means;
        cumulative((firm * means.war_b + (1.0 - firm) * means.prevailing - means.conceding) / firm)
    }

    fn firmness(&self) -> f64 {
        (self.means.war - self.means.backing_down) * FRAC_1_SQRT_2
    }

    /// The chance of a challenge on which A stands firm, given c − `W̄_A`.
    fn standing(&self, war: f64) -> f64 {
        if war > FAR && war.is_finite() {
            return tail_above(war, self.means.war - self.means.backing_down);
        }
        bivariate(self.firmness(), -war, FRAC_1_SQRT_2)
    }

    /// The same with its error: relative in the tail, absolute elsewhere.
    fn standing_within(&self, war: f64) -> Range {
        let found = Range::only(self.standing(war));
        match war {
            f64::INFINITY => found,
            far if far > FAR => found.padded(found.low * TAIL * (1.0 + far * far)),
            _ => found.padded(BIVARIATE),
        }
    }

    /// By how much B resists more than expected, over a range of chances; holds every value.
    pub(super) fn excess(&self, resist: Range) -> Range {
        self.at(resist).answer.minus(resist)
    }

    /// The derivative of that, over a range of chances.
    pub(super) fn slope(&self, resist: Range) -> Range {
        let means = &self.means;
        let At { c, challenge, firm, reply, .. } = self.at(resist);
        let by_resist = Range::only(means.gain).minus(Range::only(means.status_quo)).over(resist.times(resist));
        let (war, back) = (c.minus(Range::only(means.war)), c.minus(Range::only(means.backing_down)));
        let negative = Range::only(-1.0);
        // (h − ρk)/√(1 − ρ²) with h = (W̄_A − ā)/√2, k = W̄_A − c and ρ = 1/√2.
        let rest = Range::only(self.firmness()).times(Range::between(SQRT_2, SQRT_2)).plus(war);
        let firm_by_c = war.density().times(rest.cumulative());
        let challenge_by_c = war.density().times(back.cumulative()).plus(war.cumulative().times(back.density()));
        let by_c = firm.times(challenge_by_c).minus(firm_by_c).over(challenge);
        let stake = Range::only(means.prevailing).minus(Range::only(means.conceding));
        let by_firm = negative.times(reply.density()).times(stake).over(firm.times(firm));
        by_firm.times(by_c).times(by_resist).minus(Range::only(1.0))
    }

    fn at(&self, resist: Range) -> At {
        let means = &self.means;
        // c = V_A + (S_A − V_A)/p_R.
        let loss = Range::only(means.status_quo).minus(Range::only(means.gain));
        let c = Range::only(means.gain).plus(loss.over(resist));
        let (war, back) = (c.minus(Range::only(means.war)), c.minus(Range::only(means.backing_down)));
        // Both chances fall with c.
        let ends = [war.low, war.high].map(Range::only);
        let others = [back.low, back.high].map(Range::only);
        let chance = |at: usize| ends[at].upper().plus(ends[at].cumulative().times(others[at].upper()));
        let challenge = Range { low: chance(1).low, high: chance(0).high }.within(0.0, 1.0);
        let ends = [war.low, war.high].map(|end| self.standing_within(end));
        let standing = Range { low: ends[1].low, high: ends[0].high }.within(0.0, 1.0);
        let firm = standing.over(challenge).within(0.0, 1.0);
        let stake = Range::only(means.prevailing).minus(Range::only(means.conceding));
        let reply = Range::only(means.war_b).minus(Range::only(means.prevailing)).plus(stake.over(firm));
        At { c, challenge, firm, reply, answer: reply.cumulative() }
    }
}

/// What follows from a range of chances that B resists.
struct At {
    c: Range,
    challenge: Range,
    firm: Range,
    /// What Φ turns into the chance that B resists.
    reply: Range,
    answer: Range,
}
