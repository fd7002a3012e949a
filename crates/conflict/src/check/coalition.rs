//! One verdict on a coalition with its evidence.

use std::cell::Cell;
use std::collections::BTreeSet;

use super::{CheckFailure, naive};
use crate::coalitions::{Coalition, CoalitionConcept, CoalitionEvidence, Deterred, Reading};
use crate::model::{DmId, Model, StateId};
use crate::reach::Step;

/// What is wrong with a verdict on a coalition or its evidence. Numbers count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CoalitionFailure {
    /// A state or decision maker does not exist, or a coalition has no members.
    #[error("the evidence names a state or a decision maker that does not exist")]
    UnknownName,
    /// Steps that are no legal sequence.
    #[error("a path is not legal: {0}")]
    Path(#[from] CheckFailure),
    /// A way without steps.
    #[error("a path has no steps")]
    EmptyPath,
    /// A step of somebody who is not in the group that is said to act.
    #[error("step {index} is not a move of a member")]
    NotAMember {
        /// The step.
        index: usize,
    },
    /// The last step does not lead to the state that is named.
    #[error("a path does not lead to the state it names")]
    WrongEnd,
    /// The state named is not better for the coalition.
    #[error("{improvement:?} is not a joint improvement")]
    NotAnImprovement {
        /// The state.
        improvement: StateId,
    },
    /// The deterred improvements are not the joint improvements, each once.
    #[error("the improvements named are not all joint improvements, each once")]
    WrongImprovements,
    /// A reply by a group that may not make it under the concept.
    #[error("joint move {index} of a reply is not one of the groups that may make it")]
    WrongGroup {
        /// The joint move.
        index: usize,
    },
    /// The same group twice in a row.
    #[error("the group of joint move {index} comes twice in a row")]
    GroupTwice {
        /// The joint move.
        index: usize,
    },
    /// A joint move that does not improve for its group, where it should.
    #[error("joint move {index} does not improve for its group")]
    NotAJointImprovement {
        /// The joint move.
        index: usize,
    },
    /// The result of a reply is better for the coalition than the state.
    #[error("the result of a reply is better than the state")]
    ResultIsBetter,
    /// The coalition escapes from a reply to something better.
    #[error("the coalition can escape from a reply to {escape:?}")]
    EscapesToBetter {
        /// The better state.
        escape: StateId,
    },
    /// An improvement that is said to have no answer has one.
    #[error("the others can answer the improvement by leading to {result:?}")]
    ReplyExists {
        /// Where they lead.
        result: StateId,
    },
    /// The check would take longer than allowed; this says nothing against the evidence.
    #[error("the check takes more than {limit} tries")]
    NotFinished {
        /// Moves that were allowed to be tried.
        limit: u64,
    },
    /// The replies to an improvement were not counted right.
    #[error("the others can lead to {found} states")]
    WrongCount {
        /// The right number.
        found: usize,
    },
}

/// Checks a verdict on a coalition and its evidence against the definition.
///
/// Cost: all legal sequences of the coalition are tried, and for a state that it leaves
/// all replies of the others.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify_coalition(
    model: &Model,
    concept: CoalitionConcept,
    case: (Reading, Coalition),
    state: StateId,
    evidence: &CoalitionEvidence,
) -> Result<(), CoalitionFailure> {
    let mut tries = u64::MAX;
    verify_coalition_within(model, concept, case, (state, evidence), &mut tries)
}

/// As [`verify_coalition`], with an end: what the evidence does not name is looked for by
/// trying at most `tries` moves, which falls by the number that were tried.
///
/// # Errors
/// The first thing that is wrong; [`CoalitionFailure::NotFinished`] when no try is left.
pub fn verify_coalition_within(
    model: &Model,
    concept: CoalitionConcept,
    (reading, coalition): (Reading, Coalition),
    (state, evidence): (StateId, &CoalitionEvidence),
    tries: &mut u64,
) -> Result<(), CoalitionFailure> {
    let exists = |dm: DmId| dm.index() < model.decision_maker_count();
    if state.index() >= model.state_count() || coalition.is_empty() || !coalition.members().all(exists) {
        return Err(CoalitionFailure::UnknownName);
    }
    let claim = Claim { model, concept, reading, coalition, state, limit: *tries, tries: Cell::new(*tries) };
    let verdict = claim.check(evidence);
    *tries = claim.tries.get();
    verdict
}

struct Claim<'a> {
    model: &'a Model,
    concept: CoalitionConcept,
    reading: Reading,
    coalition: Coalition,
    state: StateId,
    limit: u64,
    tries: Cell<u64>,
}

impl Claim<'_> {
    fn check(&self, evidence: &CoalitionEvidence) -> Result<(), CoalitionFailure> {
        match evidence {
            CoalitionEvidence::Stable { deterred } => self.check_stays(deterred),
            CoalitionEvidence::Leaves { path, improvement, replies } => {
                self.check_improvement(path, *improvement)?;
                let found =
                    if self.concept == CoalitionConcept::Nash { BTreeSet::new() } else { self.replies(*improvement)? };
                for result in &found {
                    if self.is_answer(*result)? {
                        return Err(CoalitionFailure::ReplyExists { result: *result });
                    }
                }
                if found.len() == *replies { Ok(()) } else { Err(CoalitionFailure::WrongCount { found: found.len() }) }
            }
        }
    }

    fn others(&self) -> Vec<DmId> {
        self.model.decision_makers().filter(|dm| !self.coalition.contains(*dm)).collect()
    }

    /// Member by member: none worse off, and all or one of them better off.
    fn improves(&self, members: &[DmId], from: StateId, to: StateId) -> bool {
        let better = members.iter().filter(|dm| self.model.rank(**dm, to) > self.model.rank(**dm, from)).count();
        let worse = members.iter().filter(|dm| self.model.rank(**dm, to) < self.model.rank(**dm, from)).count();
        match self.reading {
            Reading::Strict => better == members.len() && better > 0,
            Reading::Pareto => worse == 0 && better > 0,
        }
    }

    fn is_better(&self, to: StateId) -> bool {
        self.improves(&self.coalition.members().collect::<Vec<_>>(), self.state, to)
    }

    fn ends(&self, group: &[DmId], from: StateId) -> Result<BTreeSet<StateId>, CoalitionFailure> {
        let mut tries = self.tries.get();
        let found = naive::ends(self.model, group, from, &mut tries);
        self.tries.set(if found.is_some() { tries } else { 0 });
        found.ok_or(CoalitionFailure::NotFinished { limit: self.limit })
    }

    fn own_ends(&self, from: StateId) -> Result<BTreeSet<StateId>, CoalitionFailure> {
        self.ends(&self.coalition.members().collect::<Vec<_>>(), from)
    }

    fn escape(&self, from: StateId) -> Result<Option<StateId>, CoalitionFailure> {
        Ok(self.own_ends(from)?.into_iter().find(|to| self.is_better(*to)))
    }

    fn is_answer(&self, result: StateId) -> Result<bool, CoalitionFailure> {
        if self.is_better(result) {
            return Ok(false);
        }
        Ok(self.concept != CoalitionConcept::SymmetricMetarational || self.escape(result)?.is_none())
    }

    /// Where the others can lead under the concept, but the state itself.
    fn replies(&self, from: StateId) -> Result<BTreeSet<StateId>, CoalitionFailure> {
        let others = self.others();
        let mut found = if self.concept == CoalitionConcept::Sequential {
            self.credible(&others, from)?
        } else {
            self.ends(&others, from)?
        };
        found.remove(&from);
        Ok(found)
    }

    fn credible(&self, others: &[DmId], from: StateId) -> Result<BTreeSet<StateId>, CoalitionFailure> {
        let groups: Vec<Vec<DmId>> = (1_u64..1 << others.len())
            .map(|bits| others.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, dm)| *dm).collect())
            .collect();
        let mut positions: BTreeSet<(StateId, usize)> = BTreeSet::new();
        let mut open = vec![(from, usize::MAX)];
        while let Some((at, last)) = open.pop() {
            for (index, group) in groups.iter().enumerate().filter(|(index, _)| *index != last) {
                for to in self.ends(group, at)? {
                    if self.improves(group, at, to) && positions.insert((to, index)) {
                        open.push((to, index));
                    }
                }
            }
        }
        Ok(positions.into_iter().map(|(state, _)| state).collect())
    }

    fn check_path(&self, group: Coalition, from: StateId, path: &[Step]) -> Result<StateId, CoalitionFailure> {
        if let Some(index) = path.iter().position(|step| !group.contains(step.mover)) {
            return Err(CoalitionFailure::NotAMember { index });
        }
        naive::check_steps(self.model, from, path, false)?;
        path.last().map(|step| step.to).ok_or(CoalitionFailure::EmptyPath)
    }

    fn check_improvement(&self, path: &[Step], improvement: StateId) -> Result<(), CoalitionFailure> {
        if self.check_path(self.coalition, self.state, path)? != improvement {
            return Err(CoalitionFailure::WrongEnd);
        }
        if self.is_better(improvement) { Ok(()) } else { Err(CoalitionFailure::NotAnImprovement { improvement }) }
    }

    fn check_stays(&self, deterred: &[Deterred]) -> Result<(), CoalitionFailure> {
        let mut improvements = self.own_ends(self.state)?;
        improvements.retain(|to| self.is_better(*to));
        let named: BTreeSet<StateId> = deterred.iter().map(|one| one.improvement).collect();
        if named != improvements || named.len() != deterred.len() {
            return Err(CoalitionFailure::WrongImprovements);
        }
        deterred.iter().try_for_each(|one| self.check_deterred(one))
    }

    fn check_deterred(&self, one: &Deterred) -> Result<(), CoalitionFailure> {
        if self.concept == CoalitionConcept::Nash {
            return Err(CoalitionFailure::WrongImprovements);
        }
        self.check_improvement(&one.path, one.improvement)?;
        let others = Coalition::of(self.others());
        let (mut at, mut last) = (one.improvement, None);
        for (index, joint) in one.reply.iter().enumerate() {
            let group: Vec<DmId> = joint.coalition.members().collect();
            if self.concept == CoalitionConcept::Sequential {
                if joint.coalition.is_empty() || !joint.coalition.without(others).is_empty() {
                    return Err(CoalitionFailure::WrongGroup { index });
                }
                if last == Some(joint.coalition) {
                    return Err(CoalitionFailure::GroupTwice { index });
                }
            } else if joint.coalition != others || index > 0 {
                return Err(CoalitionFailure::WrongGroup { index });
            }
            let to = self.check_path(joint.coalition, at, &joint.path)?;
            if self.concept == CoalitionConcept::Sequential && !self.improves(&group, at, to) {
                return Err(CoalitionFailure::NotAJointImprovement { index });
            }
            (at, last) = (to, Some(joint.coalition));
        }
        if last.is_none() {
            return Err(CoalitionFailure::EmptyPath);
        }
        if at != one.result {
            return Err(CoalitionFailure::WrongEnd);
        }
        if self.is_better(one.result) {
            return Err(CoalitionFailure::ResultIsBetter);
        }
        if self.concept != CoalitionConcept::SymmetricMetarational {
            return Ok(());
        }
        match self.escape(one.result)? {
            Some(escape) => Err(CoalitionFailure::EscapesToBetter { escape }),
            None => Ok(()),
        }
    }
}
