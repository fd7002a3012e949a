//! All equilibria: pieces of (0, 1) are excluded, or shown to hold exactly one.

use detente_base::{Budget, StopReason};

use super::game::CrisisGame;
use super::range::Range;

/// Pieces that are looked at before the work ends.
const MOST_PIECES: u64 = 1_000_000;

/// Length of pieces that are divided no further.
const SHORTEST: f64 = 1e-9;

/// An equilibrium.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CrisisEquilibrium {
    /// `p_R`: the chance that B resists a challenge.
    pub resist: f64,
    /// Chances between which `p_R` lies.
    pub between: (f64, f64),
    /// `p_C`: the chance that A challenges.
    pub challenge: f64,
    /// `p_F`: the chance that A stands firm after a challenge.
    pub stand_firm: f64,
}

impl CrisisEquilibrium {
    /// Chances of the outcomes: status quo, concession of B, both standing firm, A backing
    /// down; they add up to 1.
    pub fn outcomes(&self) -> [f64; 4] {
        let Self { resist, challenge, stand_firm, .. } = *self;
        let resisted = challenge * resist;
        [1.0 - challenge, challenge * (1.0 - resist), resisted * stand_firm, resisted * (1.0 - stand_firm)]
    }
}

/// All equilibria of a crisis.
#[derive(Clone, Debug, PartialEq)]
pub struct CrisisEquilibria {
    /// Those found, by the chance that B resists.
    pub found: Vec<CrisisEquilibrium>,
    /// Intervals in which there may be further ones, or none: where two of them merge, where
    /// chances are lost in rounding, or at the ends of (0, 1). Empty means that the list is
    /// complete.
    pub undecided: Vec<(f64, f64)>,
    /// Pieces looked at.
    pub pieces: u64,
}

impl CrisisGame {
    /// All equilibria: roots of `p_R` ↦ `resist(stand_firm(p_R))` − `p_R` in (0, 1).
    ///
    /// Pieces of the interval are excluded where the function is shown not to be zero, and
    /// hold exactly one root where its derivative is shown not to be zero and its sign
    /// changes. Both are shown over whole pieces, by ranges that are widened for rounding at
    /// each step and for the error of the bivariate distribution. Rounding is bounded, not
    /// directed: what is guaranteed rests on the accuracy of the exponential and error
    /// functions (some units in the last place).
    ///
    /// Cost: some hundred pieces, each a few bivariate distributions; more near a fold.
    ///
    /// # Errors
    /// When the budget is used up.
    ///
    /// Source: `[Jo2011]` (the equations); the search is own.
    pub fn all_equilibria(&self, budget: &Budget) -> Result<CrisisEquilibria, StopReason> {
        let mut answer = CrisisEquilibria { found: Vec::new(), undecided: Vec::new(), pieces: 0 };
        let mut open = vec![Range { low: 0.0, high: 1.0 }];
        while let Some(piece) = open.pop() {
            budget.check()?;
            answer.pieces += 1;
            if answer.pieces > MOST_PIECES {
                return Err(StopReason::TooManyCases { limit: MOST_PIECES });
            }
            if self.excess(piece).sign().is_some() {
                continue;
            }
            if self.slope(piece).sign().is_some() {
                let ends = [piece.low, piece.high].map(|end| self.excess(Range::only(end)).sign());
                match ends {
                    [Some(low), Some(high)] if low == high => continue,
                    [Some(low), Some(_)] => {
                        answer.found.push(self.root(piece, low));
                        continue;
                    }
                    _ => {}
                }
            }
            let middle = Range::only(f64::midpoint(piece.low, piece.high));
            // Where one point is not told from others in its piece, division tells nothing.
            let there = self.excess(middle);
            if piece.width() < SHORTEST || (there.sign().is_none() && there.width() > 0.5 * piece.width()) {
                answer.undecided.push((piece.low, piece.high));
                continue;
            }
            // Not in the middle, so that ends are unlikely to be roots.
            let cut = piece.low + 0.4871 * piece.width();
            open.push(Range { low: cut, high: piece.high });
            open.push(Range { low: piece.low, high: cut });
        }
        merge(&mut answer.undecided);
        Ok(answer)
    }

    /// The root in a piece over which the function is monotone, given its sign at the low end.
    fn root(&self, piece: Range, sign: i8) -> CrisisEquilibrium {
        let (mut low, mut high) = (piece.low, piece.high);
        while high - low > 1e-16 {
            let middle = f64::midpoint(low, high);
            match self.excess(Range::only(middle)).sign() {
                Some(found) if found == sign => low = middle,
                Some(_) => high = middle,
                None => break,
            }
            if middle <= low && middle >= high {
                break;
            }
        }
        let resist = f64::midpoint(low, high);
        let (challenge, stand_firm) = (self.challenge(resist), self.stand_firm(resist));
        CrisisEquilibrium { resist, between: (low, high), challenge, stand_firm }
    }
}

/// Joins intervals that touch.
fn merge(intervals: &mut Vec<(f64, f64)>) {
    intervals.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut joined: Vec<(f64, f64)> = Vec::new();
    for (low, high) in intervals.drain(..) {
        match joined.last_mut() {
            Some(last) if low <= last.1 => last.1 = last.1.max(high),
            _ => joined.push((low, high)),
        }
    }
    *intervals = joined;
}
