//! Conflicts by formulas from the parts of a model.

use detente_conflict::symbolic::{Change, Conflict, Formula, Order, Package, Party};
use detente_conflict::{FixedBitSet, Transitions};

use super::random::Parts;

pub fn values(sizes: &[u32], code: usize) -> Vec<u32> {
    let mut rest = code as u32;
    sizes.iter().map(|size| (rest % size, rest /= size).0).collect()
}

fn codes(sizes: &[u32], set: &FixedBitSet) -> Formula {
    Formula::Any(set.ones().map(|code| Formula::state(&values(sizes, code))).collect())
}

/// The same conflict by formulas; preferences in one of the three forms.
pub fn conflict(parts: &Parts, form: u32) -> Conflict {
    let feasible: Vec<usize> = parts.feasible.ones().collect();
    let party = |dm: usize| {
        let ranks = &parts.ranks[dm];
        let with = |wanted: &dyn Fn(u32) -> bool| {
            let states = feasible.iter().zip(ranks).filter(|(_, rank)| wanted(**rank));
            Formula::Any(states.map(|(code, _)| Formula::state(&values(&parts.sizes, *code))).collect())
        };
        let order = match form {
            0 => Order::Priority((0..7).rev().map(|bit| with(&|rank| rank >> bit & 1 == 1)).collect()),
            1 => Order::Levels((1..100).rev().map(|level| with(&|rank| rank == level)).collect()),
            // Weights of both signs: 40·(rank − 60) in binary parts.
            _ => {
                let mut terms = vec![(Formula::always(), -2400)];
                terms.extend((0..7).map(|bit| (with(&|rank| rank >> bit & 1 == 1), 40 << bit)));
                terms.push((with(&|rank| rank >= 50).negated(), -1000));
                terms.push((with(&|rank| rank < 50).negated(), -1000));
                Order::Sum(terms)
            }
        };
        let own = (parts.control.iter().enumerate())
            .filter_map(|(coordinate, control)| control.as_ref().map(|(owner, change)| (coordinate, *owner, change)))
            .filter(|(_, owner, _)| *owner == dm)
            .map(|(coordinate, _, transitions)| (coordinate, change(&parts.sizes, transitions)));
        let mut packages = vec![Package { changes: own.collect(), consent: Vec::new() }];
        if !parts.arcs[dm].is_empty() {
            let rules = parts.arcs[dm].iter().map(|(from, to)| (*from, *to, Formula::always())).collect();
            packages = vec![Package { changes: vec![(0, Change::Rules(rules))], consent: Vec::new() }];
        }
        let unseen = parts.unseen[dm].as_ref().map(|set| codes(&parts.sizes, set));
        Party { name: format!("party {dm}"), packages, order, unseen }
    };
    Conflict {
        sizes: parts.sizes.clone(),
        feasible: vec![codes(&parts.sizes, &parts.feasible)],
        parties: (0..parts.ranks.len()).map(party).collect(),
    }
}

fn change(sizes: &[u32], transitions: &Transitions) -> Change {
    match transitions {
        Transitions::Free => Change::Free,
        Transitions::Forward => Change::Forward,
        Transitions::Backward => Change::Backward,
        Transitions::Fixed => Change::Fixed,
        Transitions::Pairs(pairs) => {
            Change::Rules(pairs.iter().map(|(from, to)| (*from, *to, Formula::always())).collect())
        }
        Transitions::Guarded(pairs) => {
            Change::Rules(pairs.iter().map(|(from, to, set)| (*from, *to, codes(sizes, set))).collect())
        }
    }
}
