//! Two parties make offers in turn.
//!
//! A party that gets an offer accepts it, refuses it and waits for its own turn, or refuses
//! it and leaves the talks with its *outside option*. After a refusal without leaving, talks
//! break down by chance, or go on one round later. So a responder j accepts what is at least
//!
//! cⱼ = max(wⱼ, p·bⱼ + (1 − p)·δⱼ·mⱼ),
//!
//! and a proposer i keeps mᵢ = 1 − cⱼ: w outside options, p chance of a breakdown, b what each
//! has after one, δ patience, mⱼ what j keeps when it proposes. An outside option and a
//! breakdown payoff of the same size are not the same: the first is worth nothing until it is
//! better than waiting, the second moves every share.

use detente_base::Exact;
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::One as _;

use super::faults::{Domain, TimeError, fault};

/// Most rounds of talks with a deadline: numbers grow by as many digits as patience has in
/// each of them.
pub const MAX_ROUNDS: u32 = 1_000;

/// Most bits of a share before it is reduced; to reduce one takes about a tenth of a second.
pub const MAX_BITS: u64 = 1 << 16;

/// Terms of talks in rounds. The first party makes the first offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlternatingOffers {
    /// δ: what a share is worth one round later, as a part of what it is worth now. Above 0;
    /// below 1, or at most 1 if talks can break down.
    pub patience: [Exact; 2],
    /// w: what each gets if it refuses an offer and leaves, from 0 to 1.
    pub outside: [Exact; 2],
    /// p: chance that talks break down after a refusal, from 0 to 1.
    pub breakdown: Exact,
    /// b: what each has after a breakdown, or after the last offer before a deadline is
    /// refused; from 0 to 1, together at most 1.
    pub payoffs: [Exact; 2],
}

/// What a proposer offers and the other accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// m: what the proposer keeps.
    pub keeps: Exact,
    /// c: what the other gets, the least that it accepts.
    pub gives: Exact,
    /// Why the other accepts no less.
    pub binding: Binding,
}

/// What a responder would do with less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// Refuse, and wait for its own turn.
    Waiting,
    /// Leave with its outside option.
    Leaving,
    /// Let the deadline pass.
    Ending,
}

/// A round of talks with a deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Who makes the offer.
    pub proposer: usize,
    /// The offer that is accepted, if talks have come this far.
    pub offer: Offer,
}

/// Talks with a deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The first offer, which is accepted.
    pub first: Offer,
    /// The last round, which is never reached and decides all the same.
    pub last: Round,
}

/// Terms in whole numbers of a common unit: rounds then need no fractions to be reduced.
struct WholeTerms {
    /// How many units make one.
    unit: BigInt,
    /// p·b, (1 − p)·δ and w of each party.
    constant: [BigInt; 2],
    slope: [BigInt; 2],
    outside: [BigInt; 2],
}

impl WholeTerms {
    fn of(talks: &AlternatingOffers) -> Self {
        let stays = &Exact::ONE - &talks.breakdown;
        let constant = [0, 1].map(|j: usize| &talks.breakdown * &talks.payoffs[j]);
        let slope = [0, 1].map(|j: usize| &stays * &talks.patience[j]);
        let all = [&constant, &slope, &talks.outside, &talks.payoffs];
        let unit = all.into_iter().flatten().fold(BigInt::one(), |unit, number| unit.lcm(&number.to_ratio().1));
        let whole = |numbers: &[Exact; 2]| {
            [0, 1].map(|j: usize| {
                let (numerator, denominator) = numbers[j].to_ratio();
                numerator * (&unit / denominator)
            })
        };
        let (constant, slope, outside) = (whole(&constant), whole(&slope), whole(&talks.outside));
        Self { unit, constant, slope, outside }
    }

    /// The offer of the first round, when the last proposer keeps so much.
    fn first_offer(&self, rounds: u32, last: &Exact) -> Offer {
        // What the next proposer keeps, as a part of a power of the unit.
        let (numerator, denominator) = last.to_ratio();
        let (mut keeps, mut power) = (numerator * (&self.unit / denominator), self.unit.clone());
        let mut binding = Binding::Ending;
        for round in (0..rounds - 1).rev() {
            let j = (1 - round % 2) as usize;
            let waiting = &self.constant[j] * &power + &self.slope[j] * &keeps;
            if &self.outside[j] * &power > waiting {
                (keeps, power) = (&self.unit - &self.outside[j], self.unit.clone());
                binding = Binding::Leaving;
            } else {
                power *= &self.unit;
                keeps = &power - waiting;
                binding = Binding::Waiting;
            }
        }
        let gives = Exact::from_ratio(&(&power - &keeps), &power);
        Offer { keeps: Exact::from_ratio(&keeps, &power), gives, binding }
    }
}

impl AlternatingOffers {
    /// Talks in which nobody can leave and nothing breaks down.
    pub fn with_patience(patience: [Exact; 2]) -> Self {
        let none = || [Exact::ZERO, Exact::ZERO];
        Self { patience, outside: none(), breakdown: Exact::ZERO, payoffs: none() }
    }

    fn check(&self) -> Result<(), TimeError> {
        Domain::Share.one("breakdown", &self.breakdown)?;
        Domain::Share.each("outside", &self.outside)?;
        Domain::Share.each("breakdown_payoffs", &self.payoffs)?;
        if self.breakdown.is_zero() {
            Domain::Between.each("patience", &self.patience)?;
        } else {
            Domain::Share.each("patience", &self.patience)?;
            Domain::Positive.each("patience", &self.patience)?;
        }
        let sum = &self.payoffs[0] + &self.payoffs[1];
        if sum > Exact::ONE {
            return Err(fault("breakdown_payoffs", None, &sum, "a sum of at most 1"));
        }
        Ok(())
    }

    /// Whether some division gives each what it could leave with.
    fn has_zone(&self) -> bool {
        &self.outside[0] + &self.outside[1] <= Exact::ONE
    }

    /// What party j gets if it refuses and waits, when it keeps `keeps` as the next proposer.
    fn waiting(&self, j: usize, keeps: &Exact) -> Exact {
        let stays = &Exact::ONE - &self.breakdown;
        let later = &(&stays * &self.patience[j]) * keeps;
        &(&self.breakdown * &self.payoffs[j]) + &later
    }

    /// The offer that is made to party j.
    fn offer_to(&self, j: usize, keeps: &Exact) -> Offer {
        let waiting = self.waiting(j, keeps);
        let (gives, binding) = if self.outside[j] > waiting {
            (self.outside[j].clone(), Binding::Leaving)
        } else {
            (waiting, Binding::Waiting)
        };
        Offer { keeps: &Exact::ONE - &gives, gives, binding }
    }

    /// What each party offers when it proposes, in the one equilibrium of talks without a
    /// deadline; the first offer is accepted. `None` if the outside options together are more
    /// than there is to divide: then whoever responds leaves.
    ///
    /// Without outside options and breakdown m₁ = (1 − δ₂)/(1 − δ₁δ₂).
    ///
    /// Source: `[Rubinstein1982]`; with outside options `[BinmoreShakedSutton1989]`; with
    /// breakdown `[BinmoreRubinsteinWolinsky1986]`. Cost: constant.
    ///
    /// # Errors
    /// When a number is outside its domain.
    pub fn stationary(&self) -> Result<Option<[Offer; 2]>, TimeError> {
        self.check()?;
        if !self.has_zone() {
            return Ok(None);
        }
        // In each case of who would leave the shares solve linear equations; exactly one
        // case is consistent, since the best replies contract.
        let cases = [[false, false], [true, false], [false, true], [true, true]];
        let offers = cases.iter().find_map(|leaves| {
            let keeps = self.keeps_if(*leaves);
            let offers = [self.offer_to(1, &keeps[1]), self.offer_to(0, &keeps[0])];
            let consistent = offers[0].keeps == keeps[0] && offers[1].keeps == keeps[1];
            consistent.then_some(offers)
        });
        Ok(Some(offers.expect("best replies contract, so that they have a fixed point")))
    }

    /// What each keeps as the proposer if, as responders, these would leave and the others
    /// wait.
    fn keeps_if(&self, leaves: [bool; 2]) -> [Exact; 2] {
        // cⱼ = uⱼ + vⱼ·mⱼ.
        let constant = |j: usize| {
            if leaves[j] { self.outside[j].clone() } else { &self.breakdown * &self.payoffs[j] }
        };
        let stays = &Exact::ONE - &self.breakdown;
        let slope = |j: usize| if leaves[j] { Exact::ZERO } else { &stays * &self.patience[j] };
        let (u, v) = ([constant(0), constant(1)], [slope(0), slope(1)]);
        let below = &Exact::ONE - &(&v[0] * &v[1]);
        let kept = |i: usize| {
            let j = 1 - i;
            // mᵢ = 1 − uⱼ − vⱼ·(1 − uᵢ − vᵢ·mᵢ).
            let above = &(&Exact::ONE - &u[j]) - &(&v[j] * &(&Exact::ONE - &u[i]));
            &above / &below
        };
        [kept(0), kept(1)]
    }

    /// The first of so many offers, by backward induction: after the last one is refused each
    /// has its breakdown payoff, or leaves. `None` as in [`Self::stationary`].
    ///
    /// The share of the first proposer depends on who makes the last offer, and not a little:
    /// with patience 0.9 it is 1, 0.1, 0.91, 0.181, … for 1, 2, 3, 4 rounds. It converges to
    /// that of talks without a deadline.
    ///
    /// Source: `[Stahl1972]`. Cost: O(n·b) time for n rounds and shares of b bits, and two
    /// greatest common divisors of such numbers.
    ///
    /// # Errors
    /// When a number is outside its domain; when there is no round or more than
    /// [`MAX_ROUNDS`], or shares would take more than [`MAX_BITS`] bits.
    pub fn with_deadline(&self, rounds: u32) -> Result<Option<Deadline>, TimeError> {
        self.check()?;
        let fault = |expected| TimeError { field: "rounds", party: None, value: rounds.to_string(), expected };
        if rounds == 0 || rounds > MAX_ROUNDS {
            return Err(fault("a whole number from 1 to 1000"));
        }
        if !self.has_zone() {
            return Ok(None);
        }
        let whole = WholeTerms::of(self);
        if whole.unit.bits().saturating_mul(u64::from(rounds)) > MAX_BITS {
            return Err(fault("fewer rounds, or numbers of fewer digits"));
        }
        let (proposer, responder) = (((rounds - 1) % 2) as usize, (rounds % 2) as usize);
        let last = Round { proposer, offer: self.last_offer_to(responder) };
        let first = if rounds == 1 { last.offer.clone() } else { whole.first_offer(rounds, &last.offer.keeps) };
        Ok(Some(Deadline { first, last }))
    }

    fn last_offer_to(&self, j: usize) -> Offer {
        let (gives, binding) = if self.outside[j] > self.payoffs[j] {
            (self.outside[j].clone(), Binding::Leaving)
        } else {
            (self.payoffs[j].clone(), Binding::Ending)
        };
        Offer { keeps: &Exact::ONE - &gives, gives, binding }
    }
}

/// Terms of talks in which offers follow each other ever faster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContinuousOffers {
    /// r: how fast a share loses its worth to each, for a unit of time; 0 or more.
    pub rates: [Exact; 2],
    /// w: what each gets if it leaves, from 0 to 1.
    pub outside: [Exact; 2],
    /// λ: how often talks break down, for a unit of time; 0 or more. Rates and this are not
    /// all 0.
    pub breakdown: Exact,
    /// b: what each has after a breakdown; from 0 to 1, together at most 1.
    pub payoffs: [Exact; 2],
}

impl ContinuousOffers {
    /// What the first party gets, whoever makes the first offer; `None` if outside options
    /// together are more than there is to divide.
    ///
    /// (r₂ + λ·(1 + b₁ − b₂))/(r₁ + r₂ + 2λ), but at least w₁ and at most 1 − w₂; without
    /// breakdown r₂/(r₁ + r₂). It is the limit of [`AlternatingOffers::stationary`] for
    /// δ = e^(−rΔ) and p = 1 − e^(−λΔ) as Δ goes to 0, and Nash's solution with the weights
    /// r₂ + λ and r₁ + λ.
    ///
    /// Source: `[BinmoreRubinsteinWolinsky1986]`. Differs: patience and breakdown together.
    /// Cost: constant.
    ///
    /// # Errors
    /// When a number is outside its domain.
    pub fn first_share(&self) -> Result<Option<Exact>, TimeError> {
        Domain::NotNegative.each("rates", &self.rates)?;
        Domain::NotNegative.one("breakdown", &self.breakdown)?;
        Domain::Share.each("outside", &self.outside)?;
        Domain::Share.each("breakdown_payoffs", &self.payoffs)?;
        let below = &(&self.rates[0] + &self.rates[1]) + &(&self.breakdown + &self.breakdown);
        if below.is_zero() {
            return Err(fault("rates", None, &below, "a number above 0 for one party, or a risk of breakdown"));
        }
        let sum = &self.payoffs[0] + &self.payoffs[1];
        if sum > Exact::ONE {
            return Err(fault("breakdown_payoffs", None, &sum, "a sum of at most 1"));
        }
        if &self.outside[0] + &self.outside[1] > Exact::ONE {
            return Ok(None);
        }
        let ahead = &(&Exact::ONE + &self.payoffs[0]) - &self.payoffs[1];
        let share = &(&self.rates[1] + &(&self.breakdown * &ahead)) / &below;
        let most = &Exact::ONE - &self.outside[1];
        Ok(Some(share.max(self.outside[0].clone()).min(most)))
    }
}
