//! A set of states in few words: a cover by prime patterns.
//!
//! A pattern *implies* the set when every feasible state that it covers is in the set.
//! It is *prime* when it implies the set and allowing one more value of a coordinate
//! would end that. A cover is *irredundant* when no pattern can be left out. Infeasible
//! combinations may be covered; they do not count.
//!
//! Source: `[McCluskey1956]` for primes; patterns over several values as in
//! `[RudellSangiovanniVincentelli1987]`.

use biodivine_lib_bdd::Bdd;
use detente_base::{Budget, StopReason};

use super::diagrams::Diagrams;
use super::model::SymbolicModel;
use super::set::StateSet;
use crate::pattern::Pattern;

/// A description of a set of states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    /// Prime patterns. With `complete`, a state is in the set iff one of them covers it.
    pub patterns: Vec<Pattern>,
    /// Whether the patterns cover the whole set; otherwise they cover a part of it.
    pub complete: bool,
    /// For each coordinate the values that occur in the set.
    pub hull: Pattern,
}

impl SymbolicModel {
    /// Describes a set by at most `limit` prime patterns. A complete cover is
    /// irredundant and equal to the set, which is checked on the diagrams.
    ///
    /// Cost: O(p·c·m) time for p patterns, c coordinates and m nodes of the set's
    /// complement.
    ///
    /// # Errors
    /// When the budget ends it.
    pub fn cover(&self, set: &StateSet, limit: usize, budget: &Budget) -> Result<Cover, StopReason> {
        let dd = Diagrams::new(budget);
        let outside = dd.and_not(&self.feasible, &set.0)?;
        let hull = self.hull(&set.0, &dd)?;
        let mut chosen: Vec<(Pattern, Bdd)> = Vec::new();
        let mut rest = set.0.clone();
        while !rest.is_false() && chosen.len() < limit {
            let (pattern, covered) = self.widest(&rest, &outside, &dd)?;
            rest = dd.and_not(&rest, &covered)?;
            chosen.push((pattern, covered));
        }
        let complete = rest.is_false();
        if complete {
            self.drop_redundant(&mut chosen, set, &dd)?;
            let union = chosen.iter().try_fold(self.code.no(), |all, (_, covered)| dd.or(&all, covered))?;
            assert!(dd.and(&union, &self.feasible)? == set.0, "a cover that is not the set");
        }
        let mut patterns: Vec<Pattern> = chosen.into_iter().map(|(pattern, _)| pattern).collect();
        patterns.sort();
        Ok(Cover { patterns, complete, hull })
    }

    /// Of the primes found from a state that is not yet covered, the one that covers
    /// the most of what is left.
    fn widest(&self, rest: &Bdd, outside: &Bdd, dd: &Diagrams<'_>) -> Result<(Pattern, Bdd), StopReason> {
        let count = self.code.sizes().len();
        let start = StateSet(rest.clone()).draw(&self.code, 0).expect("something is left");
        let forwards: Vec<usize> = (0..count).collect();
        let backwards: Vec<usize> = (0..count).rev().collect();
        let inwards: Vec<usize> = (0..count).map(|k| if k % 2 == 0 { k / 2 } else { count - 1 - k / 2 }).collect();
        let mut best = None;
        for order in [forwards, backwards, inwards] {
            let pattern = self.prime(&start, &order, outside, dd)?;
            let covered = self.pattern_states(&pattern, dd)?;
            let gain = StateSet(dd.and(&covered, rest)?).count(&self.code);
            if best.as_ref().is_none_or(|(most, _, _)| gain > *most) {
                best = Some((gain, pattern, covered));
            }
        }
        let (_, pattern, covered) = best.expect("three candidates");
        Ok((pattern, covered))
    }

    /// Widens a state, coordinate by coordinate, by every value that keeps it outside
    /// of what is not in the set. The result is prime: what stopped a value then stops
    /// it still, since later steps only widen.
    fn prime(&self, state: &[u32], order: &[usize], outside: &Bdd, dd: &Diagrams<'_>) -> Result<Pattern, StopReason> {
        let mut pattern = Pattern::all(self.code.sizes());
        for (coordinate, value) in state.iter().enumerate() {
            pattern.restrict(coordinate, [*value]);
        }
        for &coordinate in order {
            let mut others = pattern.clone();
            others.open(coordinate);
            let against = dd.and(outside, &self.pattern_states(&others, dd)?)?;
            let mut allowed = vec![state[coordinate]];
            for value in 0..self.code.sizes()[coordinate] {
                let here = self.code.value_in(coordinate, &[value], dd)?;
                if value != state[coordinate] && dd.disjoint(&against, &here)? {
                    allowed.push(value);
                }
            }
            pattern = others;
            pattern.restrict(coordinate, allowed);
        }
        Ok(pattern)
    }

    fn pattern_states(&self, pattern: &Pattern, dd: &Diagrams<'_>) -> Result<Bdd, StopReason> {
        let mut all = self.code.yes();
        for coordinate in (0..pattern.coordinate_count()).filter(|c| !pattern.is_open(*c)) {
            let values: Vec<u32> = pattern.values(coordinate).collect();
            all = dd.and(&all, &self.code.value_in(coordinate, &values, dd)?)?;
        }
        Ok(all)
    }

    fn drop_redundant(
        &self,
        chosen: &mut Vec<(Pattern, Bdd)>,
        set: &StateSet,
        dd: &Diagrams<'_>,
    ) -> Result<(), StopReason> {
        let mut at = chosen.len();
        while at > 0 {
            at -= 1;
            let others = chosen.iter().enumerate().filter(|(other, _)| *other != at);
            let union = others.map(|(_, (_, covered))| covered).try_fold(self.code.no(), |all, c| dd.or(&all, c))?;
            if dd.and_not(&set.0, &union)?.is_false() {
                chosen.remove(at);
            }
        }
        Ok(())
    }

    fn hull(&self, set: &Bdd, dd: &Diagrams<'_>) -> Result<Pattern, StopReason> {
        let mut hull = Pattern::all(self.code.sizes());
        for (coordinate, size) in self.code.sizes().iter().enumerate() {
            for value in 0..*size {
                if dd.disjoint(set, &self.code.value_in(coordinate, &[value], dd)?)? {
                    hull.forbid(coordinate, value);
                }
            }
        }
        Ok(hull)
    }
}
