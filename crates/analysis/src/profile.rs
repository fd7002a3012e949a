//! Combinations of private types.

use detente_base::Exact;
use detente_scenario::expr::eval::number_bounds;
use detente_scenario::situation::{Chance, ParameterOrNumber, PartyId, Situation};

/// One type for each party, by index into [`detente_scenario::situation::Preferences::types`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Profile {
    /// Index of the type of each party.
    pub types: Vec<usize>,
}

/// All combinations in file order, the last party's type changing fastest; at most `limit`.
pub fn profiles(situation: &Situation, limit: usize) -> Vec<Profile> {
    let counts: Vec<usize> = situation.preferences.iter().map(|p| p.types.len().max(1)).collect();
    let mut found = vec![];
    let mut types = vec![0; counts.len()];
    loop {
        found.push(Profile { types: types.clone() });
        if found.len() == limit {
            return found;
        }
        let Some(at) = (0..counts.len()).rev().find(|i| types[*i] + 1 < counts[*i]) else { return found };
        types[at] += 1;
        types[at + 1..].fill(0);
    }
}

/// Number of combinations, or `None` when it exceeds 64 bits.
pub fn profile_count(situation: &Situation) -> Option<u64> {
    situation.preferences.iter().try_fold(1u64, |n, p| n.checked_mul(p.types.len().max(1) as u64))
}

impl Profile {
    /// Party and type for the parties that have types.
    pub fn named_types(&self, situation: &Situation) -> Vec<(String, String)> {
        situation
            .parties
            .iter()
            .zip(&situation.preferences)
            .zip(&self.types)
            .filter_map(|((party, preferences), index)| {
                preferences.types.get(*index)?.id.clone().map(|id| (party.id.clone(), id))
            })
            .collect()
    }

    /// Prior chance, from and to: the product over the parties that have types, taken
    /// to be independent. `None` when one of them has no chances or none has types.
    pub fn chance(&self, situation: &Situation) -> Option<(Exact, Exact)> {
        let mut product = (Exact::ONE, Exact::ONE);
        let mut any = false;
        for (index, chosen) in self.types.iter().enumerate() {
            if situation.preferences[index].types[*chosen].id.is_none() {
                continue;
            }
            any = true;
            let (low, high) = type_chance(situation, PartyId::from_index(index), *chosen)?;
            product = (&product.0 * &low, &product.1 * &high);
        }
        any.then_some(product)
    }
}

/// Prior chance of a type, from and to.
pub fn type_chance(situation: &Situation, party: PartyId, index: usize) -> Option<(Exact, Exact)> {
    let types = &situation.preferences[party.index()].types;
    let bounds = |chance: &ParameterOrNumber| number_bounds(situation, chance);
    match types[index].chance.as_ref()? {
        Chance::Given(chance) => bounds(chance),
        Chance::Rest => {
            let mut rest = (Exact::ONE, Exact::ONE);
            for other in types {
                if let Some(Chance::Given(chance)) = &other.chance {
                    let (low, high) = bounds(chance)?;
                    rest = (&rest.0 - &high, &rest.1 - &low);
                }
            }
            Some(rest)
        }
    }
}
