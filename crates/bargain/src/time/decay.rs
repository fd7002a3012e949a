//! A threat whose credibility runs out, and a target that may wait for that.
//!
//! To carry the threat out is worth W(t) = W₀e^(−λt) to who makes it and costs it k; to back
//! down costs it a. So the threat is credible while W(t) ≥ k − a: until
//!
//! T* = ln(W₀/(k − a))/λ.
//!
//! Until T* the threat is carried out by chance, with hazard s, and at T* with chance π rather
//! than dropped; either costs the target S. A deal costs it A at the date at which it is
//! carried out. Later costs count less, at the rate r. With C = S·s/(s + r), what the hazard
//! alone costs a target that waits for ever, the costs are
//!
//! - of a deal at once: A;
//! - of a deal at the last moment: C + (A − C)e^(−(s + r)T*);
//! - of no deal: C + (πS − C)e^(−(s + r)T*).
//!
//! A deal at any other date lies between the first two, so that one of the three is best.

use detente_base::Exact;

use super::faults::{Domain, TimeError};

/// What the threat is worth to who makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecayingWill {
    /// W₀: what carrying it out is worth now; above 0.
    pub will: Exact,
    /// λ: how fast that decays, for a unit of time; 0 or more.
    pub decay: Exact,
    /// k: what carrying it out costs; 0 or more.
    pub cost: Exact,
    /// a: what backing down costs; 0 or more.
    pub backing_down: Exact,
}

/// How long a threat is credible.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Horizon {
    /// It is not credible even now.
    Never,
    /// Until this date.
    Until(f64),
    /// For ever: backing down costs at least as much, or nothing decays.
    Always,
}

impl DecayingWill {
    /// How long the threat is credible. Whether it is at all is decided exactly; a threat that
    /// is just credible is.
    ///
    /// Source: own, the rational threat of `[Schelling1960]` with a will that decays. Cost:
    /// constant; the date is a float.
    ///
    /// # Errors
    /// When a number is outside its domain.
    pub fn horizon(&self) -> Result<Horizon, TimeError> {
        Domain::Positive.one("will", &self.will)?;
        Domain::NotNegative.one("decay", &self.decay)?;
        Domain::NotNegative.one("cost", &self.cost)?;
        Domain::NotNegative.one("backing_down", &self.backing_down)?;
        let least = &self.cost - &self.backing_down;
        Ok(if least.signum() <= 0 {
            Horizon::Always
        } else if self.will < least {
            Horizon::Never
        } else if self.decay.is_zero() {
            Horizon::Always
        } else {
            Horizon::Until(libm::log((&self.will / &least).to_f64()) / self.decay.to_f64())
        })
    }

    /// The decay with which the threat would be credible until a date; `None` where no decay
    /// gives that: it is credible for ever, or not even now.
    ///
    /// # Errors
    /// As [`Self::horizon`].
    pub fn decay_for(&self, date: f64) -> Result<Option<f64>, TimeError> {
        self.horizon()?;
        let least = &self.cost - &self.backing_down;
        if least.signum() <= 0 || self.will <= least || date <= 0.0 {
            return Ok(None);
        }
        Ok(Some(libm::log((&self.will / &least).to_f64()) / date))
    }
}

/// What the threat and a deal cost its target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// A: what a deal costs it; 0 or more.
    pub deal: Exact,
    /// S: what it costs it if the threat is carried out; 0 or more.
    pub strike: Exact,
    /// s: how often the threat is carried out for a unit of time, while it is credible; 0 or
    /// more.
    pub hazard: Exact,
    /// π: chance that it is carried out at the last moment rather than dropped; from 0 to 1.
    pub last_chance: Exact,
    /// r: how fast costs lose their weight to the target; above 0.
    pub rate: Exact,
}

/// When the target gives in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// At once.
    Now,
    /// At the last moment at which the threat is credible.
    Last,
    /// Not at all: it waits until the threat has gone.
    Never,
}

/// What the target loses by each choice, and what it chooses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Losses {
    /// By a deal at once.
    pub now: f64,
    /// By a deal at the last moment; `None` if there is no such moment.
    pub last: Option<f64>,
    /// By no deal.
    pub never: f64,
    /// The least of these. Of equals a deal is chosen, and the earlier.
    pub best: When,
}

impl Losses {
    /// What the choice costs.
    pub fn least(&self) -> f64 {
        match self.best {
            When::Now => self.now,
            When::Last => self.last.unwrap_or(self.now),
            When::Never => self.never,
        }
    }
}

impl Target {
    fn check(&self) -> Result<(), TimeError> {
        Domain::NotNegative.one("deal", &self.deal)?;
        Domain::NotNegative.one("strike", &self.strike)?;
        Domain::NotNegative.one("strike_rate", &self.hazard)?;
        Domain::Share.one("last_chance", &self.last_chance)?;
        Domain::Positive.one("rate", &self.rate)
    }

    /// C: what the hazard costs a target that waits for ever.
    fn forever(&self) -> Exact {
        &(&self.strike * &self.hazard) / &(&self.hazard + &self.rate)
    }

    /// πS: what the last moment costs one that lets it pass.
    fn at_last(&self) -> Exact {
        &self.last_chance * &self.strike
    }

    /// What the target chooses against a threat that is credible so long.
    ///
    /// Ties and signs are decided exactly wherever they do not depend on the date.
    ///
    /// Source: own. Cost: constant; floats.
    ///
    /// # Errors
    /// When a number is outside its domain.
    pub fn choice(&self, horizon: Horizon) -> Result<Losses, TimeError> {
        self.check()?;
        let (deal, forever) = (self.deal.to_f64(), self.forever().to_f64());
        let weight = match horizon {
            Horizon::Never => return Ok(Losses { now: deal, last: None, never: 0.0, best: When::Never }),
            Horizon::Always => 0.0,
            Horizon::Until(date) => libm::exp(-(&self.hazard + &self.rate).to_f64() * date),
        };
        let mixed = |end: &Exact| forever + (end.to_f64() - forever) * weight;
        let last = (horizon != Horizon::Always).then(|| mixed(&self.deal));
        let never = mixed(&self.at_last());
        let early = self.deal <= self.forever();
        let best = if early {
            if deal <= never { When::Now } else { When::Never }
        } else if last.is_some() && self.deal <= self.at_last() {
            When::Last
        } else {
            When::Never
        };
        Ok(Losses { now: deal, last, never, best })
    }

    /// T': how long the threat must be credible for a deal at once to be best. `Never` if no
    /// time is too short for that, `Always` if none is long enough.
    ///
    /// T' = ln((C − πS)/(C − A))/(s + r) if πS < A < C.
    ///
    /// # Errors
    /// As [`Self::choice`].
    pub fn needed(&self) -> Result<Horizon, TimeError> {
        self.check()?;
        let (forever, at_last) = (self.forever(), self.at_last());
        Ok(if self.deal >= forever {
            Horizon::Always
        } else if at_last >= self.deal {
            Horizon::Never
        } else {
            let odds = (&(&forever - &at_last) / &(&forever - &self.deal)).to_f64();
            Horizon::Until(libm::log(odds) / (&self.hazard + &self.rate).to_f64())
        })
    }

    /// What is left for the target if it signs a deal that is to be carried out after this
    /// time: until then nothing is carried out against it, then it chooses again against what
    /// is left of the threat.
    ///
    /// The loss is never more than without the clause, and falls as the time grows: what lies
    /// later weighs less, and less of the threat is left. From T* on it is 0: whoever signs can
    /// go back on it without risk.
    ///
    /// Source: own. Cost: constant; floats.
    ///
    /// # Errors
    /// When a number is outside its domain.
    pub fn with_clause(&self, horizon: Horizon, time: &Exact) -> Result<(Losses, f64), TimeError> {
        Domain::NotNegative.one("clause", time)?;
        let left = match horizon {
            Horizon::Until(date) if date > time.to_f64() => Horizon::Until(date - time.to_f64()),
            Horizon::Until(_) | Horizon::Never => Horizon::Never,
            Horizon::Always => Horizon::Always,
        };
        let losses = self.choice(left)?;
        let weight = libm::exp(-(&self.rate * time).to_f64());
        Ok((losses, weight * losses.least()))
    }
}

/// The greatest hazard h of losing office or mandate, for a unit of time, with which patience
/// still suffices: e^(−(r + h)) ≥ δ*. `None` if it does not even without hazard.
///
/// A will that can be lost at any moment makes a party of rate r one of rate r + h; whatever
/// needs a patience of δ* for a unit of time holds up to h = −ln δ* − r.
///
/// # Errors
/// When a number is outside its domain: δ* above 0 and below 1, r 0 or more.
pub fn greatest_hazard(needed: &Exact, rate: &Exact) -> Result<Option<f64>, TimeError> {
    Domain::Between.one("patience", needed)?;
    Domain::NotNegative.one("rate", rate)?;
    let hazard = -libm::log(needed.to_f64()) - rate.to_f64();
    Ok((hazard >= 0.0).then_some(hazard))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_decay_and_no_fear_of_backing_down() {
        let number = |n: i64| Exact::from(n);
        let threat = DecayingWill { will: number(10), decay: Exact::ZERO, cost: number(6), backing_down: number(1) };
        assert_eq!(threat.horizon(), Ok(Horizon::Always));
        assert_eq!(threat.decay_for(4.0).map(|d| d.is_some()), Ok(true));
        let weak = DecayingWill { will: number(4), ..threat.clone() };
        assert_eq!(weak.horizon(), Ok(Horizon::Never));
        assert_eq!(weak.decay_for(4.0), Ok(None));
        let loud = DecayingWill { backing_down: number(6), decay: Exact::ONE, ..threat.clone() };
        assert_eq!(loud.horizon(), Ok(Horizon::Always));
        let fault = DecayingWill { will: Exact::ZERO, ..threat }.horizon().expect_err("no will");
        assert_eq!((fault.field, fault.party), ("will", None));
        assert_eq!(fault.to_string(), "`will` is 0; expected a number above 0");
    }
}
