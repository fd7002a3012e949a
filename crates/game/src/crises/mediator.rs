//! Whose advice is believed: a mediator with a stake.

use detente_base::Exact;

use super::{OutOfRange, at_least, within};

/// A party may *press*, and get p + `c_H` from a weak adversary but war from a resolved one, or
/// *settle* for p + `c_L`. War is worth p − c₁ to it. A mediator who counts the party's share
/// b times, and loses `c_M` in a war, has a signal that is wrong with chance ε and gives advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mediation {
    /// c₁ ≥ 0: war to the party.
    pub own_cost: Exact,
    /// `c_L` ≥ 0: war to a resolved adversary.
    pub low_cost: Exact,
    /// `c_H` > `c_L`: war to a weak one.
    pub high_cost: Exact,
    /// `c_M` ≥ 0: war to the mediator.
    pub mediator_cost: Exact,
    /// ε in [0, 1/2]: the chance that the signal is wrong, given the signal.
    pub error: Exact,
}

/// When advice is honest, and when it is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// h*: the chance of a weak adversary from which on the party presses.
    pub press_from: Exact,
    /// b*: the least bias with which a mediator says that the adversary is weak when its
    /// signal does; nothing if no bias is enough.
    pub least_bias: Option<Exact>,
    /// The greatest bias with which it says that the adversary is resolved when its signal
    /// does; nothing if none is too great.
    pub most_bias: Option<Exact>,
    /// Whether the party follows honest advice of both kinds.
    pub followed: bool,
}

impl Mediation {
    /// When advice is honest.
    ///
    /// h* = (`c_L` + c₁)/(`c_H` + c₁). With a signal of weakness, pressing gives the mediator
    /// b·(p + (1 − ε)·`c_H`) − ε·`c_M` and settling b·(p + `c_L`), so that it is honest from
    /// b* = ε·`c_M`/((1 − ε)·`c_H` − `c_L`) on. With a signal of resolve it is honest while
    /// b·(ε·`c_H` − `c_L`) ≤ (1 − ε)·`c_M`.
    ///
    /// # Errors
    /// If a number is out of range.
    ///
    /// Source: `[Kydd2003]`. Differs: a reduced form, with the advice and the payoffs given.
    /// Cost: O(1).
    pub fn solve(&self) -> Result<Advice, OutOfRange> {
        at_least("the party's cost of war", &self.own_cost, 0)?;
        at_least("the resolved adversary's cost of war", &self.low_cost, 0)?;
        at_least("the mediator's cost of war", &self.mediator_cost, 0)?;
        if self.high_cost <= self.low_cost {
            let value = self.high_cost.to_string();
            let expected = "more than that of the resolved one";
            return Err(OutOfRange { what: "the weak adversary's cost of war", value, expected });
        }
        let half = Exact::ratio(1, 2);
        within("the chance of error", &self.error, [&Exact::ZERO, &half], "a chance from 0 to 1/2")?;
        let right = &Exact::ONE - &self.error;
        let press_from = &(&self.low_cost + &self.own_cost) / &(&self.high_cost + &self.own_cost);
        let ratio = |above: Exact, below: Exact| (below.signum() > 0).then(|| &above / &below);
        let least_bias = ratio(&self.error * &self.mediator_cost, &(&right * &self.high_cost) - &self.low_cost);
        let most_bias = ratio(&right * &self.mediator_cost, &(&self.error * &self.high_cost) - &self.low_cost);
        let followed = right >= press_from && self.error <= press_from;
        Ok(Advice { press_from, least_bias, most_bias, followed })
    }
}
