//! The definitions of stability on diagrams.
//!
//! As in the enumerating solver: s is stable for i iff the greatest over its own moves q
//! of min(Pᵢ(q), m(q)) is at most Pᵢ(s), where m(q) is the least that the others can lead
//! to from q. All of these are numbers that depend on the state.

use biodivine_lib_bdd::Bdd;
use detente_base::StopReason;

use super::diagrams::Diagrams;
use super::encoding::Encoding;
use super::model::SymbolicModel;
use super::vectors::{Number, agree, at_most, choose, greatest, least};
use crate::concepts::Concept;
use crate::moves::MoveKind;

/// One question.
pub(super) struct Work<'m> {
    pub(super) model: &'m SymbolicModel,
    pub(super) dd: Diagrams<'m>,
}

impl Work<'_> {
    /// The states that are stable for a decision maker.
    pub(super) fn stable(&self, concept: Concept, party: usize) -> Result<Bdd, StopReason> {
        let rank = &self.model.keys[party];
        let guaranteed = match concept {
            Concept::Nash => rank.clone(),
            Concept::GeneralMetarational => self.worst_reply(party, MoveKind::Any, rank.clone())?,
            Concept::Sequential => self.worst_reply(party, MoveKind::Improving, rank.clone())?,
            Concept::SymmetricMetarational => self.worst_reply(party, MoveKind::Any, self.best_move(party, rank)?)?,
            Concept::SymmetricSequential => {
                self.worst_reply(party, MoveKind::Improving, self.best_move(party, rank)?)?
            }
        };
        let best = self.best_move(party, &self.least_of(rank, &guaranteed)?)?;
        self.dd.and(&self.model.feasible, &self.at_most(&best, rank)?)
    }

    /// The greatest over each state and the party's moves from it.
    fn best_move(&self, party: usize, number: &[Bdd]) -> Result<Number, StopReason> {
        let mover = &self.model.movers[party];
        if mover.plain {
            return greatest(number, &self.model.feasible, &mover.marks, &self.dd);
        }
        let relation = mover.any(party, &self.model.ground(), &self.dd)?;
        let after = primed(number, &mover.marks);
        let best = greatest(&after, relation, &mover.primed, &self.dd)?;
        choose(&self.at_most(&best, number)?, number, &best, &self.dd)
    }

    /// The least over each state and the ends of the others' legal sequences from it.
    fn worst_reply(&self, party: usize, kind: MoveKind, number: Number) -> Result<Number, StopReason> {
        let others: Vec<usize> = (0..self.model.movers.len()).filter(|other| *other != party).collect();
        match others.as_slice() {
            [] => Ok(number),
            [only] => self.worst_move_or_stay(*only, kind, &number),
            _ if others.iter().all(|other| self.model.movers[*other].transitive) => {
                self.worst_of_free_turns(&others, kind, number)
            }
            _ => self.worst_by_first_mover(&others, kind, number),
        }
    }

    /// Where moving twice in a row gains nothing, the rule against it can be dropped:
    /// one-step minima are repeated until nothing changes.
    fn worst_of_free_turns(&self, others: &[usize], kind: MoveKind, mut number: Number) -> Result<Number, StopReason> {
        let mut unchanged = 0;
        for party in others.iter().cycle() {
            let lower = self.worst_move_or_stay(*party, kind, &number)?;
            unchanged = if self.agree(&lower, &number)? { unchanged + 1 } else { 1 };
            number = lower;
            if unchanged >= others.len() {
                break;
            }
        }
        Ok(number)
    }

    /// `W_j(q)`, the least at the ends of the legal sequences from q whose first mover is
    /// j, is the least over its moves q′ of what q′ has and of `W_k(q′)` for the others k.
    fn worst_by_first_mover(&self, others: &[usize], kind: MoveKind, number: Number) -> Result<Number, StopReason> {
        // Nothing reached yet: the largest number.
        let mut by_mover = vec![vec![self.model.code.yes(); number.len()]; others.len()];
        let mut unchanged = 0;
        for turn in (0..others.len()).cycle() {
            let mut after = number.clone();
            for (_, lower) in by_mover.iter().enumerate().filter(|(other, _)| *other != turn) {
                after = self.least_of(&after, lower)?;
            }
            let found = self.worst_move(others[turn], kind, &after)?;
            unchanged = if self.agree(&found, &by_mover[turn])? { unchanged + 1 } else { 1 };
            by_mover[turn] = found;
            if unchanged > others.len() {
                break;
            }
        }
        by_mover.iter().try_fold(number, |least, lower| self.least_of(&least, lower))
    }

    /// The least over each state and the party's moves from it.
    fn worst_move_or_stay(&self, party: usize, kind: MoveKind, number: &[Bdd]) -> Result<Number, StopReason> {
        let mover = &self.model.movers[party];
        if mover.plain && kind == MoveKind::Any {
            return least(number, &self.model.feasible, &mover.marks, &self.dd);
        }
        self.least_of(number, &self.worst_move(party, kind, number)?)
    }

    /// The least over the party's moves; the largest number where it has none.
    fn worst_move(&self, party: usize, kind: MoveKind, number: &[Bdd]) -> Result<Number, StopReason> {
        let (mover, ground) = (&self.model.movers[party], self.model.ground());
        let relation = match kind {
            MoveKind::Any => mover.any(party, &ground, &self.dd)?,
            MoveKind::Improving => mover.improving(party, &ground, &self.dd)?,
        };
        least(&primed(number, &mover.marks), relation, &mover.primed, &self.dd)
    }

    fn least_of(&self, first: &[Bdd], second: &[Bdd]) -> Result<Number, StopReason> {
        if first == second {
            return Ok(first.to_vec());
        }
        choose(&self.at_most(first, second)?, first, second, &self.dd)
    }

    fn at_most(&self, first: &[Bdd], second: &[Bdd]) -> Result<Bdd, StopReason> {
        at_most(first, second, self.model.code.yes(), &self.dd)
    }

    fn agree(&self, first: &[Bdd], second: &[Bdd]) -> Result<bool, StopReason> {
        agree(first, second, &self.model.feasible, &self.dd)
    }
}

fn primed(number: &[Bdd], marks: &[bool]) -> Number {
    number.iter().map(|bit| Encoding::primed(bit, marks)).collect()
}
