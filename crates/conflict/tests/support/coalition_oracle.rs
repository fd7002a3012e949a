//! The definitions of coalition stability, taken literally and slowly.

use std::collections::BTreeSet;

use detente_conflict::{CoalitionConcept, Reading};

use super::oracle::Oracle;
use super::random::Parts;

/// A set of decision makers as bits.
pub type Bits = usize;

/// What every coalition can reach, and prefers.
pub struct CoalitionOracle<'a> {
    parts: &'a Parts,
    reading: Reading,
    /// `R_H(s)` by coalition and state.
    reach: Vec<Vec<BTreeSet<usize>>>,
}

impl<'a> CoalitionOracle<'a> {
    pub fn new(parts: &'a Parts, oracle: &Oracle<'_>, reading: Reading) -> Self {
        let of_group =
            |group: &[usize]| (0..oracle.state_count()).map(|s| oracle.reach(group, s, false)).collect::<Vec<_>>();
        let reach = (0..1 << parts.ranks.len()).map(|bits: Bits| of_group(&members(bits))).collect();
        Self { parts, reading, reach }
    }

    /// The same with other joint moves, one set for each coalition and state.
    pub fn with_reach(parts: &'a Parts, reading: Reading, reach: Vec<Vec<BTreeSet<usize>>>) -> Self {
        Self { parts, reading, reach }
    }

    fn rank(&self, dm: usize, state: usize) -> u32 {
        self.parts.ranks[dm][state]
    }

    pub fn better(&self, coalition: Bits, to: usize, from: usize) -> bool {
        let members = members(coalition);
        let strictly = |dm: &usize| self.rank(*dm, to) > self.rank(*dm, from);
        let weakly = |dm: &usize| self.rank(*dm, to) >= self.rank(*dm, from);
        match self.reading {
            Reading::Strict => members.iter().all(strictly),
            Reading::Pareto => members.iter().all(weakly) && members.iter().any(strictly),
        }
    }

    pub fn improvements(&self, coalition: Bits, from: usize) -> impl Iterator<Item = usize> + '_ {
        self.reach[coalition][from].iter().copied().filter(move |to| self.better(coalition, *to, from))
    }

    /// Ends of sequences of joint improvements of the groups, none twice in a row.
    pub fn credible(&self, groups: &[Bits], from: usize) -> BTreeSet<usize> {
        let mut met: BTreeSet<(usize, Bits)> = BTreeSet::new();
        let mut open = vec![(from, 0)];
        while let Some((at, last)) = open.pop() {
            for &group in groups.iter().filter(|group| **group != last) {
                for to in self.improvements(group, at) {
                    if met.insert((to, group)) {
                        open.push((to, group));
                    }
                }
            }
        }
        met.into_iter().map(|(state, _)| state).collect()
    }

    /// The states stable for a coalition against the others, who can reply by `replies`
    /// and improve as `groups`.
    pub fn stable(
        &self,
        concept: CoalitionConcept,
        coalition: Bits,
        replies: &[BTreeSet<usize>],
        groups: &[Bits],
    ) -> Vec<bool> {
        let count = self.reach[0].len();
        let credible: Vec<BTreeSet<usize>> = (0..count).map(|s| self.credible(groups, s)).collect();
        let deters = |s: usize, k: usize| !self.better(coalition, k, s);
        let escapes = |s: usize, k: usize| self.reach[coalition][k].iter().any(|h| self.better(coalition, *h, s));
        (0..count)
            .map(|s| {
                self.improvements(coalition, s).all(|q| match concept {
                    CoalitionConcept::Nash => false,
                    CoalitionConcept::GeneralMetarational => replies[q].iter().any(|k| deters(s, *k)),
                    CoalitionConcept::SymmetricMetarational => {
                        replies[q].iter().any(|k| deters(s, *k) && !escapes(s, *k))
                    }
                    CoalitionConcept::Sequential => credible[q].iter().any(|k| deters(s, *k)),
                })
            })
            .collect()
    }

    /// As [`CoalitionOracle::stable`], the others being everybody else.
    pub fn stable_for(&self, concept: CoalitionConcept, coalition: Bits) -> Vec<bool> {
        let others = (self.reach.len() - 1) & !coalition;
        let groups: Vec<Bits> = (1..self.reach.len()).filter(|bits| bits & !others == 0).collect();
        self.stable(concept, coalition, &self.reach[others], &groups)
    }
}

/// The members of a coalition.
pub fn members(bits: Bits) -> Vec<usize> {
    (0..usize::BITS as usize).filter(|dm| bits >> dm & 1 == 1).collect()
}
