//! One group against the others: the states that it leaves under each concept.

use detente_base::{Budget, StopReason};
use fixedbitset::FixedBitSet;

use super::concept::CoalitionConcept;
use super::credible::least_by_improvements;
use super::ends::Ends;
use super::player::{Player, Points};
use super::pool::Reading;
use super::symmetric::left_despite_escapes;
use crate::model::ranks_from_scores;

/// A group and what it has to reckon with.
pub(crate) struct Contest<'a, 'm> {
    /// The group; `None` if no state can be better for it than another.
    pub(crate) player: Option<&'a Player<'m>>,
    /// Ends of the others' legal sequences.
    pub(crate) replies: &'a Ends,
    /// The groups of others who can improve; `None` when they are too many to ask.
    pub(crate) credible: Option<Vec<&'a Player<'m>>>,
    pub(crate) reading: Reading,
    pub(crate) state_count: usize,
}

impl Contest<'_, '_> {
    /// The stable states under each concept, in the order of [`CoalitionConcept::ALL`];
    /// `None` under CSEQ if the others' groups were not given.
    pub(crate) fn stable(&self, budget: &Budget) -> Result<[Option<FixedBitSet>; 4], StopReason> {
        let mut all = FixedBitSet::with_capacity(self.state_count);
        all.insert_range(..);
        let Some(player) = self.player else {
            return Ok([Some(all.clone()), Some(all.clone()), Some(all.clone()), Some(all)]);
        };
        let nash = player.leaves(&player.own_points(), self.reading, None, budget)?;
        let general = if nash.is_clear() {
            nash.clone()
        } else {
            player.leaves(&self.against_all(player), self.reading, Some(&nash), budget)?
        };
        let mut open = nash.clone();
        open.difference_with(&general);
        let mut symmetric = left_despite_escapes(player, self.replies, self.reading, open, budget)?;
        symmetric.union_with(&general);
        let sequential = match &self.credible {
            _ if nash.is_clear() => Some(nash.clone()),
            None => None,
            Some(groups) => {
                let points = self.against_credible(player, groups, budget)?;
                Some(player.leaves(&points, self.reading, Some(&nash), budget)?)
            }
        };
        let mut stable = [None, None, None, None];
        for (concept, left) in [
            (CoalitionConcept::Nash, Some(nash)),
            (CoalitionConcept::GeneralMetarational, Some(general)),
            (CoalitionConcept::SymmetricMetarational, Some(symmetric)),
            (CoalitionConcept::Sequential, sequential),
        ] {
            stable[concept.index()] = left.map(|left| {
                let mut stays = all.clone();
                stays.difference_with(&left);
                stays
            });
        }
        Ok(stable)
    }

    /// Member by member the least that the others can lead to. All results are better
    /// than a state for every member iff these are.
    ///
    /// In the Pareto reading one result may be equal to the state for all; then the
    /// point is that result itself, and else it lies below each single one.
    fn against_all(&self, player: &Player<'_>) -> Points {
        let least = player.ranks.iter().map(|of| self.replies.fold(of, u32::MAX, u32::min)).collect();
        let sums = self.sums(player);
        let least_sum = sums.as_ref().map(|sums| self.replies.fold(sums, u64::MAX, u64::min));
        points(least, least_sum)
    }

    fn against_credible(
        &self,
        player: &Player<'_>,
        groups: &[&Player<'_>],
        budget: &Budget,
    ) -> Result<Points, StopReason> {
        let mut least = Vec::new();
        for of_member in &player.ranks {
            least.push(least_by_improvements(groups, self.reading, of_member, budget)?);
        }
        let least_sum = match self.sums(player) {
            None => None,
            Some(sums) => {
                let dense = ranks_from_scores(&sums);
                let mut sum_of = vec![0; sums.len()];
                dense.iter().zip(&sums).for_each(|(rank, sum)| sum_of[*rank as usize] = *sum);
                let found = least_by_improvements(groups, self.reading, &dense, budget)?;
                Some(found.into_iter().map(|rank| sum_of[rank as usize]).collect())
            }
        };
        Ok(points(least, least_sum))
    }

    /// Sums of ranks, where they are needed.
    fn sums(&self, player: &Player<'_>) -> Option<Vec<u64>> {
        (self.reading == Reading::Pareto && player.ranks.len() > 1).then(|| {
            let sum = |state: usize| player.ranks.iter().map(|of| u64::from(of[state])).sum();
            (0..self.state_count).map(sum).collect()
        })
    }
}

/// The point of a state is a result itself iff some result has the sum of its ranks.
fn points(least: Vec<Vec<u32>>, least_sum: Option<Vec<u64>>) -> Points {
    let below_all = least_sum.map(|sums| {
        let mut set = FixedBitSet::with_capacity(sums.len());
        set.extend(sums.iter().enumerate().filter_map(|(state, sum)| {
            let of_point: u64 = least.iter().map(|of| u64::from(of[state])).sum();
            (of_point < *sum).then_some(state)
        }));
        set
    });
    Points { least, below_all }
}
