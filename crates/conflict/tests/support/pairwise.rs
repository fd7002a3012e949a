//! Stability under pairwise judgements, literally: loops over what the definitions ask.

use std::collections::BTreeSet;

use detente_conflict::Concept;
use detente_conflict::pairwise::{Comparison, Strength};

use super::oracle::Oracle;

/// What the definitions ask of two states, by decision maker.
pub trait Literal {
    fn tempts(&self, dm: usize, to: usize, from: usize) -> bool;
    fn credible(&self, dm: usize, to: usize, from: usize) -> bool;
    fn deters(&self, dm: usize, result: usize, state: usize) -> bool;
    /// What the way out must not be.
    fn escapes(&self, dm: usize, way: usize, state: usize) -> bool;
}

/// `R_{N−i}(q)` by the two clauses of the definition, repeated until nothing is added.
fn reach(
    oracle: &Oracle<'_>,
    group: &[usize],
    from: usize,
    step: &dyn Fn(usize, usize, usize) -> bool,
) -> BTreeSet<usize> {
    let mut omega: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); oracle.state_count()];
    for &dm in group {
        for &to in oracle.moves(dm, from).iter().filter(|to| step(dm, from, **to)) {
            omega[to].insert(dm);
        }
    }
    loop {
        let before: usize = omega.iter().map(BTreeSet::len).sum();
        for at in 0..oracle.state_count() {
            for &dm in group {
                if omega[at].iter().any(|last| *last != dm) {
                    for &to in oracle.moves(dm, at).iter().filter(|to| step(dm, at, **to)) {
                        omega[to].insert(dm);
                    }
                }
            }
        }
        if omega.iter().map(BTreeSet::len).sum::<usize>() == before {
            return (0..oracle.state_count()).filter(|state| !omega[*state].is_empty()).collect();
        }
    }
}

/// The states at which a decision maker stays.
pub fn literally_stable(
    oracle: &Oracle<'_>,
    dms: usize,
    literal: &dyn Literal,
    concept: Concept,
    dm: usize,
) -> Vec<bool> {
    let others: Vec<usize> = (0..dms).filter(|other| *other != dm).collect();
    let credible = matches!(concept, Concept::Sequential | Concept::SymmetricSequential);
    let symmetric = matches!(concept, Concept::SymmetricMetarational | Concept::SymmetricSequential);
    let counts = |mover: usize, from: usize, to: usize| !credible || literal.credible(mover, to, from);
    let replies: Vec<BTreeSet<usize>> =
        (0..oracle.state_count()).map(|state| reach(oracle, &others, state, &counts)).collect();
    let enough = |s: usize, k: usize| {
        literal.deters(dm, k, s) && !(symmetric && oracle.moves(dm, k).iter().any(|h| literal.escapes(dm, *h, s)))
    };
    (0..oracle.state_count())
        .map(|s| {
            let mut tempting = oracle.moves(dm, s).iter().filter(|q| literal.tempts(dm, **q, s));
            match concept {
                Concept::Nash => tempting.next().is_none(),
                _ => tempting.all(|q| replies[*q].iter().any(|k| enough(s, *k))),
            }
        })
        .collect()
}

/// A relation for every pair, worked out pair by pair from what was drawn.
pub struct Table {
    pub relation: Vec<Vec<Vec<Comparison>>>,
    pub caution: char,
    pub strong: bool,
}

impl Literal for Table {
    fn tempts(&self, dm: usize, to: usize, from: usize) -> bool {
        match self.relation[dm][to][from] {
            Comparison::Better(_) => true,
            Comparison::Unknown => "ac".contains(self.caution),
            _ => false,
        }
    }

    fn credible(&self, dm: usize, to: usize, from: usize) -> bool {
        matches!(self.relation[dm][to][from], Comparison::Better(_) | Comparison::Unknown)
    }

    fn deters(&self, dm: usize, result: usize, state: usize) -> bool {
        match (self.strong, "ab".contains(self.caution), self.relation[dm][result][state]) {
            // Surely less or equally good.
            (false, true, relation) => matches!(relation, Comparison::Worse(_) | Comparison::Equal),
            // Not surely better.
            (false, false, relation) => !matches!(relation, Comparison::Better(_)),
            (true, true, relation) => relation == Comparison::Worse(Strength::Great),
            (true, false, relation) => matches!(relation, Comparison::Worse(Strength::Great) | Comparison::Unknown),
        }
    }

    fn escapes(&self, dm: usize, way: usize, state: usize) -> bool {
        match (self.strong, "ab".contains(self.caution), self.relation[dm][way][state]) {
            (false, true, relation) => matches!(relation, Comparison::Better(_) | Comparison::Unknown),
            (false, false, relation) => matches!(relation, Comparison::Better(_)),
            (true, true, relation) => relation != Comparison::Worse(Strength::Great),
            (true, false, relation) => !matches!(relation, Comparison::Worse(Strength::Great) | Comparison::Unknown),
        }
    }
}
