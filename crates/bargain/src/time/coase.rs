//! A proposer that does not know how much the other would pay lowers its price over time.

use detente_base::Exact;

use super::faults::{Domain, TimeError};

/// Terms: the other's worth of an agreement is uniform between 0 and `highest`, and known to
/// it alone; an agreement costs the proposer nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coase {
    /// δ: what an agreement is worth one round later, to both; above 0 and below 1.
    pub patience: Exact,
    /// The most that the other's worth may be; above 0.
    pub highest: Exact,
}

/// Prices and their consequences.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prices {
    /// What is asked in the first round.
    pub first: f64,
    /// Each further price, and each further cutoff, as a part of the one before: also the
    /// chance of no agreement in a round, and to that power the chance of none in as many.
    pub ratio: f64,
    /// What the proposer gets on average.
    pub profit: f64,
    /// What it would get if it could commit itself to one price for ever: a quarter of the
    /// most that the other may pay.
    pub commitment: f64,
}

impl Coase {
    /// The equilibrium in which prices fall in proportion.
    ///
    /// First price √(1 − δ)/(1 + √(1 − δ)), ratio 1/(1 + √(1 − δ)), profit half the first
    /// price; prices and profits times the highest worth. A round's cutoff is the least worth
    /// that accepts in it: the ratio times the cutoff before. As δ goes to 1 the profit goes
    /// to 0: the proposer competes with what it will offer later.
    ///
    /// Source: `[SobelTakahashi1983]`, `[Stokey1981]`, `[GulSonnenscheinWilson1986]`. Cost: constant;
    /// floats.
    ///
    /// # Errors
    /// When a number is outside its domain.
    pub fn prices(&self) -> Result<Prices, TimeError> {
        Domain::Between.one("patience", &self.patience)?;
        Domain::Positive.one("highest", &self.highest)?;
        let (root, highest) = ((&Exact::ONE - &self.patience).to_f64().sqrt(), self.highest.to_f64());
        let first = highest * root / (1.0 + root);
        Ok(Prices { first, ratio: 1.0 / (1.0 + root), profit: first / 2.0, commitment: highest / 4.0 })
    }
}
