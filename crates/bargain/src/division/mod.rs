//! Who gets what of several goods: fair division.
//!
//! Each party spreads points over the *goods*; its worth of what it gets is the sum of the
//! points of its parts. Points are compared as shares vᵢ(g) of each party's own total, so that
//! all of the goods are worth 1 to each party. An *allocation* gives each party a part xᵢ(g) of
//! each good, Σᵢ xᵢ(g) = 1; uᵢ(xⱼ) = the sum of vᵢ(g)·xⱼ(g) over the goods is what party i thinks of what j has.
//!
//! - *envy-free*: uᵢ(xᵢ) ≥ uᵢ(xⱼ) for all i, j;
//! - *proportional*: uᵢ(xᵢ) ≥ 1/n;
//! - *equitable*: all uᵢ(xᵢ) are the same;
//! - *efficient*: no other allocation is as good for every party and better for one;
//! - *envy-free up to one good* (EF1): where i envies j, it would not if one good of j's were
//!   gone.
//!
//! ```
//! use detente_bargain::division::{Goods, adjusted_winner};
//! use detente_base::Exact;
//!
//! // A house and a boat: 60 and 40 points to one, 50 and 50 to the other.
//! let points = [[60, 40], [50, 50]].map(|points| points.map(Exact::from).to_vec());
//! let goods = Goods::new(points.to_vec())?;
//! let found = adjusted_winner(&goods)?;
//! // The first has the house less a part, which makes both equally content.
//! assert_eq!((found.split, found.worth.to_string()), (Some(0), "6/11".to_owned()));
//! assert_eq!(found.allocation.part(0, 0).to_string(), "10/11");
//! # Ok::<(), detente_bargain::division::DivisionError>(())
//! ```
//!
//! Reading order: [`Goods`], [`Allocation`], [`adjusted_winner`](fn@adjusted_winner),
//! [`Fairness`], [`whole_goods`](fn@whole_goods).
//!
//! Left out: costs and chores; parties with different claims; divisible goods for more than
//! two parties.
//!
//! Sources: `[BramsTaylor1996]`; `[CaragiannisEtAl2019]` for the greatest product over whole
//! goods.

pub mod adjusted_winner;
pub mod fairness;
pub mod whole_goods;

use detente_base::Exact;

pub use adjusted_winner::{AdjustedWinner, adjusted_winner};
pub use fairness::{Envy, Exchange, Fairness, fairness};
pub use whole_goods::{WholeGoods, round_robin, whole_goods};

/// Goods, and what they are worth to parties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goods {
    /// By party and good, as a share of the party's total.
    shares: Vec<Vec<Exact>>,
}

/// Why goods cannot be divided.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DivisionError {
    /// Fewer than two parties.
    #[error("{parties} parties divide goods; expected two or more")]
    FewParties {
        /// How many there are.
        parties: usize,
    },
    /// A procedure for two parties.
    #[error("Adjusted Winner is for two parties, and there are {parties}")]
    NotTwo {
        /// How many there are.
        parties: usize,
    },
    /// A party judges another number of goods than the first.
    #[error("party {party} judges another number of goods than the first")]
    OtherGoods {
        /// The party, by position.
        party: usize,
    },
    /// Points below zero.
    #[error("party {party} gives good {good} points below zero")]
    Negative {
        /// The party, by position.
        party: usize,
        /// The good, by position.
        good: usize,
    },
    /// A party to which everything is worth nothing.
    #[error("party {party} gives no good any points")]
    NoPoints {
        /// The party, by position.
        party: usize,
    },
}

impl Goods {
    /// Goods by the points that each party gives them.
    ///
    /// # Errors
    /// When there are fewer than two parties, or points are below zero, all zero, or for
    /// different goods.
    pub fn new(points: Vec<Vec<Exact>>) -> Result<Self, DivisionError> {
        if points.len() < 2 {
            return Err(DivisionError::FewParties { parties: points.len() });
        }
        let mut shares = Vec::new();
        for (party, own) in points.iter().enumerate() {
            if own.len() != points[0].len() {
                return Err(DivisionError::OtherGoods { party });
            }
            if let Some(good) = own.iter().position(|points| *points < Exact::ZERO) {
                return Err(DivisionError::Negative { party, good });
            }
            let total: Exact = own.iter().cloned().sum();
            let share = |points: &Exact| points.checked_div(&total).ok_or(DivisionError::NoPoints { party });
            shares.push(own.iter().map(share).collect::<Result<_, _>>()?);
            if total.is_zero() {
                return Err(DivisionError::NoPoints { party });
            }
        }
        Ok(Self { shares })
    }

    /// Number of parties.
    pub fn parties(&self) -> usize {
        self.shares.len()
    }

    /// Number of goods.
    pub fn goods(&self) -> usize {
        self.shares[0].len()
    }

    /// What a good is worth to a party, all goods being worth 1 to it.
    pub fn share(&self, party: usize, good: usize) -> &Exact {
        &self.shares[party][good]
    }
}

/// Which part of each good each party gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocation {
    /// By good and party.
    parts: Vec<Vec<Exact>>,
}

impl Allocation {
    /// An allocation by good and party, or `None` where the parts of a good are below zero or do
    /// not add up to 1.
    pub fn new(parts: Vec<Vec<Exact>>) -> Option<Self> {
        let whole = |parts: &Vec<Exact>| {
            parts.iter().all(|part| *part >= Exact::ZERO) && parts.iter().cloned().sum::<Exact>() == Exact::ONE
        };
        parts.iter().all(whole).then_some(Self { parts })
    }

    /// Whole goods by the party that gets each.
    ///
    /// # Panics
    /// If an owner is none of the parties.
    pub fn whole(owners: &[usize], parties: usize) -> Self {
        assert!(owners.iter().all(|owner| *owner < parties), "owners are parties");
        let good = |owner: &usize| (0..parties).map(|party| Exact::from(i64::from(party == *owner))).collect();
        Self { parts: owners.iter().map(good).collect() }
    }

    /// The part of a good that a party gets.
    pub fn part(&self, good: usize, party: usize) -> &Exact {
        &self.parts[good][party]
    }

    /// What `judge` thinks of what `holder` gets.
    pub fn worth(&self, goods: &Goods, judge: usize, holder: usize) -> Exact {
        self.parts.iter().enumerate().map(|(good, parts)| goods.share(judge, good) * &parts[holder]).sum()
    }
}
