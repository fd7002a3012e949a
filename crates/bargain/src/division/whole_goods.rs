//! Goods that cannot be split, for any number of parties.
//!
//! Allocations are the packages of a negotiation in which each good is an issue and each
//! party a value; the frontier of that negotiation is exact.

use detente_base::{Budget, Exact, StopReason};

use super::{Allocation, Goods};
use crate::frontier::frontier;
use crate::negotiation::{Negotiation, Party};
use crate::points::{Solution, chosen};

/// What is efficient without splitting a good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholeGoods {
    /// Number of combinations of worths that are efficient.
    pub efficient: usize,
    /// Owners of the goods where the product of worths is greatest, one for each combination
    /// of worths that ties. Where somebody must go without, all products are zero.
    pub greatest_product: Vec<Vec<usize>>,
    /// Owners of the goods where the least worth is greatest, then the second least, and so on.
    pub leximin: Vec<Vec<usize>>,
}

/// Finds what is efficient without splitting a good.
///
/// Source: `[CaragiannisEtAl2019]`, where the greatest product is shown to be envy-free up to
/// one good.
///
/// Cost: that of [`frontier`](fn@crate::frontier) with a value for each party.
///
/// # Errors
/// When the budget ends it.
pub fn whole_goods(goods: &Goods, budget: &Budget) -> Result<WholeGoods, StopReason> {
    let parties = (0..goods.parties()).map(|party| {
        let worth =
            |good: usize, owner: usize| if owner == party { goods.share(party, good).clone() } else { Exact::ZERO };
        let worths = (0..goods.goods()).map(|good| (0..goods.parties()).map(|owner| worth(good, owner)).collect());
        Party { name: party.to_string(), worths: worths.collect(), reservation: Exact::ZERO }
    });
    let negotiation = Negotiation::new(parties.collect()).expect("every party judges every good");
    let found = frontier(&negotiation, budget)?;
    let owners = |solution: Solution| -> Vec<Vec<usize>> {
        let points = chosen(solution, &negotiation.stakes(), &found);
        points.into_iter().map(|at| found.package(at).into_iter().map(|owner| owner as usize).collect()).collect()
    };
    Ok(WholeGoods {
        efficient: found.points().len(),
        greatest_product: owners(Solution::Nash),
        leximin: owners(Solution::Leximin),
    })
}

/// The parties take turns, each taking the good that is worth most to it of those left; the
/// first of equal ones. Envy-free up to one good.
///
/// Source: `[CaragiannisEtAl2019]`.
///
/// Cost: O(g²) comparisons for g goods.
pub fn round_robin(goods: &Goods) -> Vec<usize> {
    let mut owners = vec![0; goods.goods()];
    let mut left: Vec<usize> = (0..goods.goods()).collect();
    for turn in 0..goods.goods() {
        let party = turn % goods.parties();
        let mut best = 0;
        for at in 1..left.len() {
            if goods.share(party, left[at]) > goods.share(party, left[best]) {
                best = at;
            }
        }
        owners[left.remove(best)] = party;
    }
    owners
}

/// Whether every envy would be gone with one good of the other's.
pub fn is_envy_free_up_to_one(goods: &Goods, owners: &[usize]) -> bool {
    let allocation = Allocation::whole(owners, goods.parties());
    (0..goods.parties()).all(|judge| {
        let own = allocation.worth(goods, judge, judge);
        (0..goods.parties()).filter(|holder| *holder != judge).all(|holder| {
            let held = (0..goods.goods()).filter(|good| owners[*good] == holder);
            let largest = held.map(|good| goods.share(judge, good).clone()).max().unwrap_or_default();
            &allocation.worth(goods, judge, holder) - &largest <= own
        })
    })
}
