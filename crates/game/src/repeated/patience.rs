//! How patient one must be for the loss of later rounds to deter.

use detente_base::Exact;

use super::{OutOfRange, chance, positive};

/// Most rounds of delay that are taken on: numbers of the bounds have some 50 bits for each.
const MOST_LAG: u32 = 1000;

/// Halvings of the interval between bounds: its length is then 2⁻⁴⁸.
const HALVINGS: u32 = 48;

/// How much the next round must count for a promise to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Patience {
    /// However little.
    Any,
    /// At least so much: δ*.
    AtLeast(Exact),
    /// At least δ*, which is irrational or was not found exactly: it is not enough at `low`,
    /// and is at `high`.
    Between {
        /// Not enough.
        low: Exact,
        /// Enough.
        high: Exact,
    },
    /// No δ below 1 is enough.
    Never,
}

/// Patience at which mutual trust is an equilibrium, if betrayal ends it for ever.
///
/// δ* = (T − R)/(T − P): trust pays R a round, betrayal T once, and P a round follows.
/// With T ≤ R nobody betrays; with R ≤ P < T the end of trust is no loss.
///
/// Source: `[Friedman1971]`. Cost: O(1).
pub fn grim_trigger(betrayal: &Exact, trust: &Exact, distrust: &Exact) -> Patience {
    if betrayal <= trust {
        return Patience::Any;
    }
    if trust <= distrust {
        return Patience::Never;
    }
    Patience::AtLeast(&(betrayal - trust) / &(betrayal - distrust))
}

/// A relation in which cheating is seen imperfectly, and late.
///
/// Each round that it lasts pays the surplus S. Cheating in a round pays g more. It is seen
/// with chance p; what is no cheating is taken for it with chance α. What was seen ends the
/// relation for ever, L rounds after the next round; nothing is gained or decided meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Monitoring {
    gain: Exact,
    surplus: Exact,
    detection: Exact,
    false_alarm: Exact,
    lag: u32,
}

impl Monitoring {
    /// A gain g and a surplus S a round; cheating is seen at once and surely.
    ///
    /// # Errors
    /// If one is not above 0.
    pub fn new(gain: Exact, surplus: Exact) -> Result<Self, OutOfRange> {
        positive("the gain", &gain)?;
        positive("the surplus", &surplus)?;
        Ok(Self { gain, surplus, detection: Exact::ONE, false_alarm: Exact::ZERO, lag: 0 })
    }

    /// The same with a chance p that cheating is seen.
    ///
    /// # Errors
    /// If it is no chance.
    pub fn detection(self, detection: Exact) -> Result<Self, OutOfRange> {
        chance("the chance of detection", &detection)?;
        Ok(Self { detection, ..self })
    }

    /// The same with a chance α that a round without cheating is taken for one with it.
    ///
    /// # Errors
    /// If it is no chance.
    pub fn false_alarm(self, false_alarm: Exact) -> Result<Self, OutOfRange> {
        chance("the chance of a false alarm", &false_alarm)?;
        Ok(Self { false_alarm, ..self })
    }

    /// The same with L rounds from what was seen to its consequence.
    ///
    /// # Errors
    /// If there are more than 1000.
    pub fn lag(self, lag: u32) -> Result<Self, OutOfRange> {
        if lag > MOST_LAG {
            return Err(OutOfRange { what: "the lag", value: lag.to_string(), expected: "at most 1000 rounds" });
        }
        Ok(Self { lag, ..self })
    }

    /// Whether one who counts the next round δ times never cheats:
    /// δᴸ⁺¹·(p − α)·S ≥ g·(1 − δ·(1 − α)).
    ///
    /// The relation is worth Sδᴸ/(1 − δ(1 − α)) more alive than when its end is decided, and
    /// cheating raises the chance of that end by p − α.
    pub fn deters(&self, patience: &Exact) -> bool {
        let later = (0..=self.lag).fold(Exact::ONE, |product, _| &product * patience);
        let loss = &(&later * &(&self.detection - &self.false_alarm)) * &self.surplus;
        let lasting = patience * &(&Exact::ONE - &self.false_alarm);
        loss >= &self.gain * &(&Exact::ONE - &lasting)
    }

    /// The least δ that deters: δ* = g/[g·(1 − α) + (p − α)·S] without lag, which is
    /// g/(g + p·S) without false alarms; with lag the root in (0, 1) of the condition of
    /// [`deters`](Self::deters), between bounds 2⁻⁴⁸ apart.
    ///
    /// Where g·α ≥ (p − α)·S no patience is enough: false alarms end the relation too soon.
    ///
    /// Source: `[GreenPorter1984]` (ends after what may be no cheating). Differs: the end is
    /// for ever, and actions are only to cheat or not.
    ///
    /// Cost: O(1) without lag; else 48 powers of numbers of up to 48 bits.
    pub fn patience(&self) -> Patience {
        let loss = &(&self.detection - &self.false_alarm) * &self.surplus;
        if loss <= &self.gain * &self.false_alarm {
            return Patience::Never;
        }
        if self.lag == 0 {
            let whole = &(&self.gain * &(&Exact::ONE - &self.false_alarm)) + &loss;
            return Patience::AtLeast(&self.gain / &whole);
        }
        let (mut low, mut high) = (Exact::ZERO, Exact::ONE);
        for _ in 0..HALVINGS {
            let middle = low.midpoint(&high);
            if self.deters(&middle) { high = middle } else { low = middle }
        }
        if high == Exact::ONE { Patience::Never } else { Patience::Between { low, high } }
    }
}
