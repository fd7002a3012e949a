//! Adjusted Winner: two parties, goods of which one at most is split.
//!
//! Goods are put in order of v₁(g)/v₂(g). The first party gets those up to some place, the
//! second the rest; the good at that place is split so that both have the same worth. This is
//! where the procedure of the source ends, which gives each good to the party to which it is
//! worth more and then lets the better-off party hand goods over in this order.
//!
//! Source: `[BramsTaylor1996]`. Differs: totals may differ, since points are taken as shares;
//! goods of the same ratio come in their own order, which decides which of them is split and
//! nothing else.

use std::cmp::Ordering;

use detente_base::Exact;

use super::{Allocation, DivisionError, Goods};

/// What Adjusted Winner gives to two parties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdjustedWinner {
    /// Who gets which part of each good.
    pub allocation: Allocation,
    /// What each party's part is worth to it, as a share of all: the same for both.
    pub worth: Exact,
    /// The goods in the order of the first party's relative worth of them.
    pub order: Vec<usize>,
    /// The good that is split, if one is.
    pub split: Option<usize>,
}

/// Divides goods among two parties so that it is efficient, equitable and envy-free.
///
/// Cost: O(g log g) operations on exact numbers for g goods.
///
/// # Errors
/// When there are not two parties.
pub fn adjusted_winner(goods: &Goods) -> Result<AdjustedWinner, DivisionError> {
    if goods.parties() != 2 {
        return Err(DivisionError::NotTwo { parties: goods.parties() });
    }
    let (first, second) = (|good: usize| goods.share(0, good), |good: usize| goods.share(1, good));
    let mut order: Vec<usize> = (0..goods.goods()).collect();
    order.sort_by(|a, b| by_ratio((first(*a), second(*a)), (first(*b), second(*b))));
    let mut parts = vec![vec![Exact::ZERO, Exact::ONE]; order.len()];
    let (mut has, mut left) = (Exact::ZERO, Exact::ONE);
    let mut split = None;
    for good in order.iter().copied() {
        let both = first(good) + second(good);
        // The part that makes v₁(had) + x·v₁(g) equal to v₂(left) − x·v₂(g).
        let part = (&left - &has).checked_div(&both).unwrap_or(Exact::ONE).clamp(Exact::ZERO, Exact::ONE);
        has = &has + &(first(good) * &part);
        left = &left - &(second(good) * &part);
        if part > Exact::ZERO && part < Exact::ONE {
            split = Some(good);
        }
        parts[good] = vec![part.clone(), &Exact::ONE - &part];
    }
    Ok(AdjustedWinner { allocation: Allocation { parts }, worth: has, order, split })
}

/// The greater ratio of the first number to the second comes first; goods that are worth
/// nothing to both come last.
fn by_ratio(a: (&Exact, &Exact), b: (&Exact, &Exact)) -> Ordering {
    let idle = |pair: (&Exact, &Exact)| pair.0.is_zero() && pair.1.is_zero();
    match (idle(a), idle(b)) {
        (true, true) => Ordering::Equal,
        (true, false) => Ordering::Greater,
        (false, true) => Ordering::Less,
        (false, false) => (b.0 * a.1).cmp(&(a.0 * b.1)),
    }
}
