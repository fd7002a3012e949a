//! The definitions, taken literally and slowly, on the parts of a model.

use std::collections::BTreeSet;

use detente_conflict::{Concept, Transitions};

use super::random::Parts;

/// Moves of every decision maker between feasible ordinals.
pub struct Oracle<'a> {
    parts: &'a Parts,
    moves: Vec<Vec<BTreeSet<usize>>>,
}

impl<'a> Oracle<'a> {
    pub fn new(parts: &'a Parts) -> Self {
        let codes: Vec<usize> = parts.feasible.ones().collect();
        let moves = (0..parts.ranks.len())
            .map(|dm| {
                let targets =
                    |from: usize| (0..codes.len()).filter(|to| is_move(parts, dm, codes[from], codes[*to])).collect();
                (0..codes.len()).map(targets).collect()
            })
            .collect();
        Self { parts, moves }
    }

    pub fn state_count(&self) -> usize {
        self.parts.feasible.count_ones(..)
    }

    pub fn moves(&self, dm: usize, from: usize) -> &BTreeSet<usize> {
        &self.moves[dm][from]
    }

    fn rank(&self, dm: usize, state: usize) -> u32 {
        self.parts.ranks[dm][state]
    }

    fn improvements(&self, dm: usize, from: usize) -> impl Iterator<Item = usize> + '_ {
        self.moves[dm][from].iter().copied().filter(move |to| self.rank(dm, *to) > self.rank(dm, from))
    }

    /// `R_H(s)` or `R⁺_H(s)` with the sets Ω of last movers, by repeating the two clauses
    /// of the definition until nothing is added.
    pub fn reach(&self, group: &[usize], from: usize, improving: bool) -> BTreeSet<usize> {
        let one_step = |dm: usize, at: usize| -> Vec<usize> {
            if improving { self.improvements(dm, at).collect() } else { self.moves[dm][at].iter().copied().collect() }
        };
        let mut omega: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); self.state_count()];
        for &dm in group {
            for to in one_step(dm, from) {
                omega[to].insert(dm);
            }
        }
        loop {
            let before: usize = omega.iter().map(BTreeSet::len).sum();
            for at in 0..self.state_count() {
                for &dm in group {
                    let only_dm = omega[at].len() == 1 && omega[at].contains(&dm);
                    if !omega[at].is_empty() && !only_dm {
                        for to in one_step(dm, at) {
                            omega[to].insert(dm);
                        }
                    }
                }
            }
            if omega.iter().map(BTreeSet::len).sum::<usize>() == before {
                return (0..self.state_count()).filter(|state| !omega[*state].is_empty()).collect();
            }
        }
    }

    /// The states stable for a decision maker.
    pub fn stable(&self, concept: Concept, dm: usize) -> Vec<bool> {
        let others: Vec<usize> = (0..self.parts.ranks.len()).filter(|other| *other != dm).collect();
        let improving = matches!(concept, Concept::Sequential | Concept::SymmetricSequential);
        let symmetric = matches!(concept, Concept::SymmetricMetarational | Concept::SymmetricSequential);
        let replies: Vec<BTreeSet<usize>> =
            (0..self.state_count()).map(|state| self.reach(&others, state, improving)).collect();
        let deters = |s: usize, k: usize| {
            self.rank(dm, k) <= self.rank(dm, s)
                && (!symmetric || self.moves[dm][k].iter().all(|h| self.rank(dm, *h) <= self.rank(dm, s)))
        };
        (0..self.state_count())
            .map(|s| match concept {
                Concept::Nash => self.improvements(dm, s).next().is_none(),
                _ => self.improvements(dm, s).all(|q| replies[q].iter().any(|k| deters(s, *k))),
            })
            .collect()
    }
}

fn is_move(parts: &Parts, dm: usize, from: usize, to: usize) -> bool {
    let unseen = |code: usize| parts.unseen[dm].as_ref().is_some_and(|set| set.contains(code));
    if from == to || unseen(from) || unseen(to) {
        return false;
    }
    if parts.arcs[dm].contains(&(from as u32, to as u32)) {
        return true;
    }
    let (mut a, mut b) = (from as u32, to as u32);
    for (size, control) in parts.sizes.iter().zip(&parts.control) {
        let (before, after) = (a % size, b % size);
        (a, b) = (a / size, b / size);
        if before != after {
            let allowed = match control {
                Some((owner, transitions)) if *owner == dm => match transitions {
                    Transitions::Free => true,
                    Transitions::Forward => before < after,
                    Transitions::Backward => before > after,
                    Transitions::Fixed => false,
                    Transitions::Pairs(pairs) => pairs.contains(&(before, after)),
                    Transitions::Guarded(pairs) => {
                        pairs.iter().any(|(x, y, where_)| (*x, *y) == (before, after) && where_.contains(from))
                    }
                },
                _ => false,
            };
            if !allowed {
                return false;
            }
        }
    }
    true
}
