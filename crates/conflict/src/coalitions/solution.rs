//! Verdicts on all states for all coalitions.

use detente_base::{Budget, StopReason};
use fixedbitset::FixedBitSet;
use rayon::prelude::*;

use super::coalition::Coalition;
use super::concept::CoalitionConcept;
use super::ends::{Ends, Groups};
use super::player::Player;
use super::pool::{Reading, telling_ranks};
use super::verdicts::Contest;
use crate::model::{DmId, Model, ranks_from_scores};

/// Most coalitions times states of one question; raising it costs 16 to 30 bytes each.
const MOST_VERDICTS: u64 = 1 << 26;

/// For each coalition and concept, the states that the coalition has no reason to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoalitionSolution {
    reading: Reading,
    state_count: usize,
    /// Number of decision makers.
    parties: usize,
    /// By coalition, smaller ones first; one set for each concept.
    verdicts: Vec<(Coalition, [Option<FixedBitSet>; 4])>,
    largest: usize,
    stopped: Option<StopReason>,
    sequential_stopped: Option<StopReason>,
}

/// Finds the states that coalitions of at most `largest` members have no reason to
/// leave, smaller coalitions first.
///
/// The budget ends the question early: what was found so far stays, and
/// [`CoalitionSolution::stopped`] says why there is no more.
///
/// Cost: with d decision makers, n states and all 2ᵈ − 1 coalitions, where own moves
/// compose to own moves: O(n·d) time for `CNash`, CGMR and most of CSMR and O(n·3ᵈ·d·log n)
/// in all for CSEQ; memory of 2ᵈ·n·16 bytes. Where the order of movers matters, ends are
/// listed: up to n² for each coalition. Coalitions are shared out among the processors.
pub fn solve_coalitions(model: &Model, reading: Reading, largest: usize, budget: &Budget) -> CoalitionSolution {
    let parties = model.decision_maker_count();
    let mut solution = CoalitionSolution {
        reading,
        state_count: model.state_count(),
        parties,
        verdicts: Vec::new(),
        largest: 0,
        stopped: None,
        sequential_stopped: None,
    };
    if let Err(reason) = solution.fill(model, largest.min(parties), budget) {
        solution.stopped = Some(reason);
    }
    solution
}

impl CoalitionSolution {
    fn fill(&mut self, model: &Model, largest: usize, budget: &Budget) -> Result<(), StopReason> {
        let limit = MOST_VERDICTS / (self.state_count as u64).max(1);
        let too_many = |count: u128| StopReason::TooManyCoalitions { coalitions: count.to_string(), limit };
        if self.parties > Coalition::MOST {
            return Err(too_many(count_up_to(self.parties, largest)));
        }
        let ranks: Vec<Vec<u32>> = model.decision_makers().map(|dm| ranks_from_scores(model.ranks(dm))).collect();
        let groups = Groups::new(model, budget)?;
        let everybody = Coalition::everybody(model);
        let field = Field { groups: &groups, ranks: &ranks, everybody, reading: self.reading };
        let all = count_up_to(self.parties, self.parties);
        let players = if all <= limit.into() {
            Some(field.all_players(budget)?)
        } else {
            self.sequential_stopped = Some(too_many(all));
            None
        };
        for size in 1..=largest {
            if count_up_to(self.parties, size) > limit.into() {
                return Err(too_many(count_up_to(self.parties, largest)));
            }
            let coalitions: Vec<Coalition> = everybody.parts_of_size(size).collect();
            let found: Vec<_> = coalitions
                .par_iter()
                .map(|coalition| Ok((*coalition, field.stable(*coalition, players.as_ref(), budget)?)))
                .collect();
            let stopped = found.iter().find_map(|verdict: &Result<_, StopReason>| verdict.as_ref().err().cloned());
            self.verdicts.extend(found.into_iter().filter_map(Result::ok));
            match stopped {
                Some(reason) => return Err(reason),
                None => self.largest = size,
            }
        }
        Ok(())
    }

    /// When a joint improvement counts.
    pub fn reading(&self) -> Reading {
        self.reading
    }

    /// The coalitions with verdicts, smaller ones first.
    pub fn coalitions(&self) -> impl Iterator<Item = Coalition> + '_ {
        self.verdicts.iter().map(|(coalition, _)| *coalition)
    }

    /// All coalitions up to this size have verdicts.
    pub fn largest(&self) -> usize {
        self.largest
    }

    /// Whether every coalition has verdicts under a concept.
    pub fn is_complete(&self, concept: CoalitionConcept) -> bool {
        self.largest == self.parties && self.stopped_under(concept).is_none()
    }

    /// Why there are no verdicts on larger coalitions; `None` also when no larger ones
    /// were asked about.
    pub fn stopped(&self) -> Option<&StopReason> {
        self.stopped.as_ref()
    }

    /// Why there is no, or no further, verdict under a concept.
    pub fn stopped_under(&self, concept: CoalitionConcept) -> Option<&StopReason> {
        let own = self.sequential_stopped.as_ref().filter(|_| concept == CoalitionConcept::Sequential);
        own.or(self.stopped.as_ref())
    }

    /// The states that a coalition has no reason to leave; `None` without a verdict.
    pub fn stable(&self, concept: CoalitionConcept, coalition: Coalition) -> Option<&FixedBitSet> {
        let found = self.verdicts.iter().find(|(other, _)| *other == coalition)?;
        found.1[concept.index()].as_ref()
    }

    /// The states that no coalition with a verdict has a reason to leave; `None` if none
    /// has one.
    pub fn equilibria(&self, concept: CoalitionConcept) -> Option<FixedBitSet> {
        let mut all = FixedBitSet::with_capacity(self.state_count);
        all.insert_range(..);
        let mut any = false;
        for set in self.verdicts.iter().filter_map(|(_, sets)| sets[concept.index()].as_ref()) {
            any = true;
            all.intersect_with(set);
        }
        any.then_some(all)
    }
}

/// Number of coalitions of at most `size` of `parties`.
fn count_up_to(parties: usize, size: usize) -> u128 {
    let mut of_size = 1_u128;
    let mut count = 0_u128;
    for chosen in 1..=size as u128 {
        // C(n, k) = C(n, k − 1) · (n − k + 1) / k, without remainder.
        of_size = of_size.saturating_mul(parties as u128 + 1 - chosen) / chosen;
        count = count.saturating_add(of_size);
    }
    count
}

/// What is common to all coalitions.
struct Field<'a, 'm> {
    groups: &'a Groups<'m>,
    ranks: &'a [Vec<u32>],
    everybody: Coalition,
    reading: Reading,
}

/// Every coalition's ends, with the coalition where it can improve.
struct Players<'a> {
    /// Sorted by coalition.
    all: Vec<(Coalition, Known<'a>)>,
}

enum Known<'a> {
    Able(Player<'a>),
    /// No state is better for it than another.
    Idle(Ends),
}

impl Known<'_> {
    fn ends(&self) -> &Ends {
        match self {
            Self::Able(player) => &player.ends,
            Self::Idle(ends) => ends,
        }
    }
}

impl<'a> Players<'a> {
    fn of(&self, coalition: Coalition) -> &Known<'a> {
        let place = self.all.binary_search_by_key(&coalition, |(other, _)| *other);
        &self.all[place.expect("every coalition is known")].1
    }
}

impl<'a> Field<'a, '_> {
    fn known(&self, coalition: Coalition, budget: &Budget) -> Result<Known<'a>, StopReason> {
        let members: Vec<DmId> = coalition.members().collect();
        let ends = self.groups.ends(&members, budget)?;
        Ok(match telling_ranks(self.reading, self.ranks, coalition) {
            Some(ranks) => Known::Able(Player::new(ranks, ends)),
            None => Known::Idle(ends),
        })
    }

    fn all_players(&self, budget: &Budget) -> Result<Players<'a>, StopReason> {
        let mut parts: Vec<Coalition> = self.everybody.parts().collect();
        parts.sort_unstable();
        let known: Vec<_> =
            parts.into_par_iter().map(|part| Ok((part, self.known(part, budget)?))).collect::<Result<_, _>>()?;
        Ok(Players { all: known })
    }

    fn stable(
        &self,
        coalition: Coalition,
        players: Option<&Players<'a>>,
        budget: &Budget,
    ) -> Result<[Option<FixedBitSet>; 4], StopReason> {
        budget.check()?;
        let others = self.everybody.without(coalition);
        let (own, rest);
        let (known, replies, credible) = match players {
            Some(players) => {
                let able = |part: Coalition| match players.of(part) {
                    Known::Able(player) => Some(player),
                    Known::Idle(_) => None,
                };
                rest = if others.is_empty() { Some(Known::Idle(self.groups.ends(&[], budget)?)) } else { None };
                let replies = rest.as_ref().map_or_else(|| players.of(others).ends(), Known::ends);
                (players.of(coalition), replies, Some(others.parts().filter_map(able).collect()))
            }
            None => {
                own = self.known(coalition, budget)?;
                rest = Some(self.known(others, budget)?);
                (&own, rest.as_ref().expect("just made").ends(), None)
            }
        };
        let player = match known {
            Known::Able(player) => Some(player),
            Known::Idle(_) => None,
        };
        Contest { player, replies, credible, reading: self.reading, state_count: self.ranks[0].len() }.stable(budget)
    }
}
