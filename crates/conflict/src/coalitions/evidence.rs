//! Why a coalition leaves a state or stays, as data.

use std::collections::BTreeMap;

use detente_base::{Budget, StopReason};

use super::coalition::Coalition;
use super::concept::CoalitionConcept;
use super::pool::Reading;
use crate::model::{Model, StateId};
use crate::moves::MoveKind;
use crate::reach::Step;
use crate::reach::paths::Paths;

/// A legal sequence of a coalition's members, taken as one move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupMove {
    /// Who acts together; each step is one of its members'.
    pub coalition: Coalition,
    /// The steps, at least one; nobody moves twice in a row.
    pub path: Vec<Step>,
}

/// Why a coalition stays at a state, or not, under one concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CoalitionEvidence {
    /// Every joint improvement is answered; without one the list is empty.
    Stable {
        /// One for each joint improvement, ascending.
        deterred: Vec<Deterred>,
    },
    /// A joint improvement is not answered.
    Leaves {
        /// Of the joint improvements without answer one with fewest steps.
        path: Vec<Step>,
        /// Where it leads.
        improvement: StateId,
        /// Number of other states to which the others can lead from it; 0 under `CNash`,
        /// which expects no reply.
        replies: usize,
    },
}

/// A joint improvement and the reply that makes it pointless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deterred {
    /// The state that the coalition would lead to.
    pub improvement: StateId,
    /// A shortest way there.
    pub path: Vec<Step>,
    /// The reply: under CGMR and CSMR one joint move of all others; under CSEQ joint
    /// improvements of groups of others, no group twice in a row.
    pub reply: Vec<GroupMove>,
    /// Where the reply leads: to nothing better for the coalition than the state.
    pub result: StateId,
}

impl CoalitionEvidence {
    /// The verdict.
    pub fn is_stable(&self) -> bool {
        matches!(self, Self::Stable { .. })
    }
}

/// Finds out whether a coalition has a reason to leave a state, and why.
///
/// Joint improvements and replies are the shortest ones, and of those the ones with the
/// smallest result, so that the same question always has the same answer.
///
/// Cost: O(q·n·d) time in the worst case, q joint improvements, n states, d decision
/// makers; under CSEQ times the groups of others. Moves that are not free add their
/// number.
///
/// # Errors
/// When the budget's stopper is raised.
pub fn explain_coalition(
    model: &Model,
    concept: CoalitionConcept,
    case: (Reading, Coalition),
    state: StateId,
    budget: &Budget,
) -> Result<CoalitionEvidence, StopReason> {
    let mut effort = u64::MAX;
    explain_coalition_within(model, concept, case, state, (&mut effort, budget))
}

/// As [`explain_coalition`], with an end: the searches together meet at most `effort`
/// states, which falls by the number that they did meet.
///
/// # Errors
/// When the budget's stopper is raised; [`StopReason::TooManyMoves`] when the effort is
/// spent.
pub fn explain_coalition_within(
    model: &Model,
    concept: CoalitionConcept,
    (reading, coalition): (Reading, Coalition),
    state: StateId,
    (effort, budget): (&mut u64, &Budget),
) -> Result<CoalitionEvidence, StopReason> {
    let others = Coalition::everybody(model).without(coalition);
    let mut case =
        Case { model, reading, coalition, others, state, budget, limit: *effort, effort, escaping: BTreeMap::new() };
    let mut paths = Paths::new(model, coalition.members().collect(), MoveKind::Any, state);
    let mut deterred = Vec::new();
    loop {
        let mut level = case.advance(&mut paths)?;
        if level.is_empty() {
            deterred.sort_by_key(|one: &Deterred| one.improvement);
            return Ok(CoalitionEvidence::Stable { deterred });
        }
        level.retain(|position| case.is_better(coalition, paths.state(*position), state));
        level.sort_by_key(|position| paths.state(*position));
        for position in level {
            let (improvement, path) = (paths.state(position), paths.path(position));
            match case.answer(concept, improvement)? {
                Answer::Deterred { reply, result } => deterred.push(Deterred { improvement, path, reply, result }),
                Answer::None { replies } => return Ok(CoalitionEvidence::Leaves { path, improvement, replies }),
            }
        }
    }
}

enum Answer {
    Deterred { reply: Vec<GroupMove>, result: StateId },
    None { replies: usize },
}

struct Case<'a> {
    model: &'a Model,
    reading: Reading,
    coalition: Coalition,
    others: Coalition,
    state: StateId,
    budget: &'a Budget,
    /// States that may be met in all searches together.
    limit: u64,
    /// What is left of them.
    effort: &'a mut u64,
    /// States from which the coalition can get to something better than `state`, or not.
    escaping: BTreeMap<StateId, bool>,
}

impl Case<'_> {
    /// One more level of a search; every level costs something, even one without states.
    fn advance(&mut self, paths: &mut Paths<'_>) -> Result<Vec<usize>, StopReason> {
        let level = paths.advance(self.budget)?;
        match self.effort.checked_sub(level.len() as u64 + 1) {
            Some(left) => *self.effort = left,
            None => {
                *self.effort = 0;
                return Err(StopReason::TooManyMoves { limit: self.limit });
            }
        }
        Ok(level)
    }

    fn is_better(&self, coalition: Coalition, to: StateId, from: StateId) -> bool {
        let ranks = |dm| (self.model.rank(dm, to), self.model.rank(dm, from));
        let mut members = coalition.members().map(ranks);
        match self.reading {
            Reading::Strict => members.all(|(to, from)| to > from),
            Reading::Pareto => {
                let mut one = false;
                members.all(|(to, from)| {
                    one |= to > from;
                    to >= from
                }) && one
            }
        }
    }

    fn answer(&mut self, concept: CoalitionConcept, improvement: StateId) -> Result<Answer, StopReason> {
        match concept {
            CoalitionConcept::Nash => Ok(Answer::None { replies: 0 }),
            CoalitionConcept::GeneralMetarational | CoalitionConcept::SymmetricMetarational => {
                self.any_reply(concept, improvement)
            }
            CoalitionConcept::Sequential => self.credible_reply(improvement),
        }
    }

    /// Whether the coalition is no better off at a state, whatever it may do there under
    /// the concept.
    fn deters(&mut self, concept: CoalitionConcept, result: StateId) -> Result<bool, StopReason> {
        if self.is_better(self.coalition, result, self.state) {
            return Ok(false);
        }
        if concept != CoalitionConcept::SymmetricMetarational {
            return Ok(true);
        }
        if let Some(escapes) = self.escaping.get(&result) {
            return Ok(!escapes);
        }
        let mut paths = Paths::new(self.model, self.coalition.members().collect(), MoveKind::Any, result);
        let escapes = loop {
            let level = self.advance(&mut paths)?;
            if level.is_empty() {
                break false;
            }
            if level.iter().any(|position| self.is_better(self.coalition, paths.state(*position), self.state)) {
                break true;
            }
        };
        self.escaping.insert(result, escapes);
        Ok(!escapes)
    }

    fn any_reply(&mut self, concept: CoalitionConcept, improvement: StateId) -> Result<Answer, StopReason> {
        let mut paths = Paths::new(self.model, self.others.members().collect(), MoveKind::Any, improvement);
        let mut replies = 0;
        loop {
            let mut level = self.advance(&mut paths)?;
            if level.is_empty() {
                return Ok(Answer::None { replies });
            }
            replies += level.len();
            level.sort_by_key(|position| paths.state(*position));
            for position in level {
                let result = paths.state(position);
                if self.deters(concept, result)? {
                    let reply = vec![GroupMove { coalition: self.others, path: paths.path(position) }];
                    return Ok(Answer::Deterred { reply, result });
                }
            }
        }
    }

    /// A search over positions (state, last group), fewest joint improvements first.
    fn credible_reply(&mut self, improvement: StateId) -> Result<Answer, StopReason> {
        let groups: Vec<Coalition> =
            (1..=self.others.size()).flat_map(|size| self.others.parts_of_size(size)).collect();
        let mut positions: Vec<Position> = vec![Position { state: improvement, group: None, before: 0 }];
        let mut met: BTreeMap<StateId, Met> = BTreeMap::from([(improvement, Met::Twice)]);
        let mut next = 0;
        while next < positions.len() {
            let level = next..positions.len();
            next = level.end;
            for at in level {
                self.budget.check()?;
                let Position { state, group: last, .. } = positions[at];
                for (index, group) in groups.iter().enumerate().filter(|(index, _)| last != Some(*index)) {
                    for target in self.joint_improvements(*group, state)? {
                        let known = met.get(&target).copied();
                        let met_now = match known {
                            None => Met::After(index),
                            Some(Met::After(other)) if other != index => Met::Twice,
                            Some(_) => continue,
                        };
                        met.insert(target, met_now);
                        positions.push(Position { state: target, group: Some(index), before: at });
                    }
                }
            }
            let mut found: Vec<usize> = (next..positions.len()).collect();
            found.sort_by_key(|at| positions[*at].state);
            for at in found {
                let result = positions[at].state;
                if self.deters(CoalitionConcept::Sequential, result)? {
                    let reply = self.joint_moves(&positions, at, &groups)?;
                    return Ok(Answer::Deterred { reply, result });
                }
            }
        }
        Ok(Answer::None { replies: met.len() - 1 })
    }

    /// States better for a group to which it can lead, ascending.
    fn joint_improvements(&mut self, group: Coalition, from: StateId) -> Result<Vec<StateId>, StopReason> {
        let mut paths = Paths::new(self.model, group.members().collect(), MoveKind::Any, from);
        let mut found = Vec::new();
        loop {
            let level = self.advance(&mut paths)?;
            if level.is_empty() {
                found.sort_unstable();
                return Ok(found);
            }
            let states = level.into_iter().map(|position| paths.state(position));
            found.extend(states.filter(|to| self.is_better(group, *to, from)));
        }
    }

    fn joint_moves(
        &self,
        positions: &[Position],
        mut at: usize,
        groups: &[Coalition],
    ) -> Result<Vec<GroupMove>, StopReason> {
        let mut moves = Vec::new();
        while let Some(group) = positions[at].group {
            let (coalition, before) = (groups[group], positions[at].before);
            let path = shortest(self.model, coalition, positions[before].state, positions[at].state, self.budget)?;
            moves.push(GroupMove { coalition, path });
            at = before;
        }
        moves.reverse();
        Ok(moves)
    }
}

#[derive(Clone, Copy)]
struct Position {
    state: StateId,
    group: Option<usize>,
    before: usize,
}

/// After which groups a state was met.
#[derive(Clone, Copy)]
enum Met {
    After(usize),
    Twice,
}

fn shortest(
    model: &Model,
    coalition: Coalition,
    from: StateId,
    to: StateId,
    budget: &Budget,
) -> Result<Vec<Step>, StopReason> {
    let mut paths = Paths::new(model, coalition.members().collect(), MoveKind::Any, from);
    loop {
        let level = paths.advance(budget)?;
        if let Some(position) = level.iter().find(|position| paths.state(**position) == to) {
            return Ok(paths.path(*position));
        }
        assert!(!level.is_empty(), "a joint improvement has a way");
    }
}
