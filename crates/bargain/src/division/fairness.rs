//! How fair an allocation is.

use detente_base::Exact;

use super::{Allocation, Goods};

/// What each party thinks of what each has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fairness {
    /// By judge and holder, as a share of all goods.
    pub worths: Vec<Vec<Exact>>,
}

/// A party would rather have what another one has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envy {
    /// Who envies.
    pub envious: usize,
    /// Whom.
    pub envied: usize,
    /// By how much the other's part is worth more to it.
    pub by: Exact,
}

/// Two parties are both no worse off, and one better, if parts of these goods change hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// A good of which the first party gives; `None` if the second gives for nothing.
    pub first_gives: Option<usize>,
    /// A good of which the second party gives; `None` if the first gives for nothing.
    pub second_gives: Option<usize>,
}

/// Judges an allocation.
///
/// Cost: O(n²·g) operations on exact numbers for n parties and g goods.
pub fn fairness(goods: &Goods, allocation: &Allocation) -> Fairness {
    let parties = 0..goods.parties();
    let row = |judge: usize| parties.clone().map(|holder| allocation.worth(goods, judge, holder)).collect();
    Fairness { worths: parties.clone().map(row).collect() }
}

impl Fairness {
    /// Who envies whom.
    pub fn envy(&self) -> Vec<Envy> {
        let mut found = Vec::new();
        for (envious, row) in self.worths.iter().enumerate() {
            for (envied, worth) in row.iter().enumerate().filter(|(_, worth)| **worth > row[envious]) {
                found.push(Envy { envious, envied, by: worth - &row[envious] });
            }
        }
        found
    }

    /// What each party's own part is worth to it.
    pub fn own(&self) -> impl Iterator<Item = &Exact> {
        self.worths.iter().enumerate().map(|(party, row)| &row[party])
    }

    /// Whether nobody envies anybody.
    pub fn is_envy_free(&self) -> bool {
        self.envy().is_empty()
    }

    /// Whether each party has at least 1/n of what all goods are worth to it.
    pub fn is_proportional(&self) -> bool {
        let part = Exact::ratio(1, self.worths.len() as i64);
        self.own().all(|own| *own >= part)
    }

    /// Whether all parties have the same share of what all goods are worth to them.
    pub fn is_equitable(&self) -> bool {
        let first = &self.worths[0][0];
        self.own().all(|own| own == first)
    }
}

/// An exchange between two parties that shows an allocation of divisible goods not to be
/// efficient; `None` proves that it is.
///
/// An allocation of divisible goods among two parties is efficient unless the first holds of
/// a good g and the second of a good h with v₁(h)·v₂(g) > v₁(g)·v₂(h), or one holds of a good
/// that is worth something to the other alone.
///
/// Cost: O(g²) operations on exact numbers.
///
/// # Panics
/// If there are not two parties.
pub fn improving_exchange(goods: &Goods, allocation: &Allocation) -> Option<Exchange> {
    assert_eq!(goods.parties(), 2, "an exchange is between two");
    let held = |party: usize| {
        (0..goods.goods()).filter(move |good| *allocation.part(*good, party) > Exact::ZERO).collect::<Vec<_>>()
    };
    let (mine, yours) = (held(0), held(1));
    let idle = |good: &usize, party: usize| {
        goods.share(party, *good).is_zero() && *goods.share(1 - party, *good) > Exact::ZERO
    };
    if let Some(good) = mine.iter().find(|good| idle(good, 0)) {
        return Some(Exchange { first_gives: Some(*good), second_gives: None });
    }
    if let Some(good) = yours.iter().find(|good| idle(good, 1)) {
        return Some(Exchange { first_gives: None, second_gives: Some(*good) });
    }
    for first_gives in mine {
        for second_gives in &yours {
            let gain = goods.share(0, *second_gives) * goods.share(1, first_gives);
            let loss = goods.share(0, first_gives) * goods.share(1, *second_gives);
            if gain > loss {
                return Some(Exchange { first_gives: Some(first_gives), second_gives: Some(*second_gives) });
            }
        }
    }
    None
}
