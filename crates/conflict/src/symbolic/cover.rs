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
use num_bigint::BigUint;

use super::diagrams::Diagrams;
use super::levels::Levels;
use super::model::SymbolicModel;
use super::set::StateSet;
use crate::pattern::Pattern;

/// The part of the budget in which patterns are looked for.
const PARTS_OF_BUDGET: usize = 16;

/// The part of the budget that the nodes of a set may be whose patterns are looked for: a
/// pattern takes some dozen passes.
const MOST_NODES: u64 = 1 << 10;

/// A description of a set of states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    /// Prime patterns. With `complete`, a state is in the set iff one of them covers it.
    pub patterns: Vec<Pattern>,
    /// Whether the patterns cover the whole set; otherwise they cover a part of it.
    pub complete: bool,
    /// Number of states of the set that the patterns cover.
    pub covered: BigUint,
    /// For each coordinate the values that occur in the set; all values if it is empty.
    pub hull: Pattern,
}

impl SymbolicModel {
    /// Describes a set by at most `limit` prime patterns; fewer where a part of the budget
    /// is spent before, and none for a set whose diagram is too large for one. A complete
    /// cover is irredundant and equal to the set, which is checked on the diagrams.
    ///
    /// Cost: for each pattern a few passes over the set's complement and over what is
    /// left of the set.
    ///
    /// # Errors
    /// When the budget ends it.
    pub fn cover(&self, set: &StateSet, limit: usize, budget: &Budget) -> Result<Cover, StopReason> {
        let dd = Diagrams::new(budget);
        let hull = Levels::new(&set.0, &self.code, &dd)?.hull(&dd)?;
        let limit = if set.node_count() as u64 <= budget.nodes / MOST_NODES { limit } else { 0 };
        if limit == 0 {
            return Ok(Cover { patterns: Vec::new(), complete: set.is_empty(), covered: BigUint::ZERO, hull });
        }
        let outside = dd.and_not(&self.feasible, &set.0)?;
        let outside = Levels::new(&outside, &self.code, &dd)?;
        let mut chosen: Vec<(Pattern, Bdd)> = Vec::new();
        let mut rest = set.0.clone();
        dd.share_with(PARTS_OF_BUDGET);
        while !rest.is_false() && chosen.len() < limit {
            match self.next_pattern(&rest, &outside, &dd) {
                Ok((found, left)) => {
                    rest = left;
                    chosen.push(found);
                }
                Err(StopReason::TooManyNodes { .. }) => break,
                Err(reason) => return Err(reason),
            }
        }
        dd.share_with(1);
        let complete = rest.is_false();
        if complete {
            self.drop_redundant(&mut chosen, set, &dd)?;
            let union = chosen.iter().try_fold(self.code.no(), |all, (_, covered)| dd.or(&all, covered))?;
            assert!(dd.and(&union, &self.feasible)? == set.0, "a cover that is not the set");
        }
        let covered = set.count(&self.code) - StateSet(rest).count(&self.code);
        let mut patterns: Vec<Pattern> = chosen.into_iter().map(|(pattern, _)| pattern).collect();
        patterns.sort();
        Ok(Cover { patterns, complete, covered, hull })
    }

    /// One more pattern with its states, and what it leaves of the set.
    fn next_pattern(
        &self,
        rest: &Bdd,
        outside: &Levels<'_>,
        dd: &Diagrams<'_>,
    ) -> Result<((Pattern, Bdd), Bdd), StopReason> {
        let (pattern, covered) = self.widest(rest, outside, dd)?;
        let left = dd.and_not(rest, &covered)?;
        Ok(((pattern, covered), left))
    }

    /// Of the primes found from a state that is not yet covered, the one that covers
    /// the most of what is left.
    fn widest(&self, rest: &Bdd, outside: &Levels<'_>, dd: &Diagrams<'_>) -> Result<(Pattern, Bdd), StopReason> {
        let start = StateSet(rest.clone()).draw(&self.code, 0).expect("something is left");
        let mut best: Option<(BigUint, Pattern, Bdd)> = None;
        for split in [0, outside.count() / 2, outside.count()] {
            let pattern = outside.avoiding(&start, split, dd)?;
            if best.as_ref().is_some_and(|(_, known, _)| *known == pattern) {
                continue;
            }
            let covered = self.pattern_states(&pattern, dd)?;
            let gain = StateSet(dd.and(&covered, rest)?).count(&self.code);
            if best.as_ref().is_none_or(|(most, _, _)| gain > *most) {
                best = Some((gain, pattern, covered));
            }
        }
        let (_, pattern, covered) = best.expect("three candidates");
        Ok((pattern, covered))
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
}
