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
use super::replies::Worst;
use super::vectors::{Number, at_most, choose, greatest};
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
        match concept {
            Concept::Nash => self.stable_where(party, rank),
            Concept::GeneralMetarational => self.stable_where(party, &self.worst_reply(party, rank)?),
            Concept::SymmetricMetarational => {
                let escape = self.best_move(party, rank)?;
                self.stable_where(party, &self.worst_reply(party, &escape)?)
            }
            Concept::Sequential => self.stable_by_improvements(party, rank),
            Concept::SymmetricSequential => self.stable_by_improvements(party, &self.best_move(party, rank)?),
        }
    }

    /// Where no own move leads to more than the state is worth, given what the others
    /// leave of it.
    fn stable_where(&self, party: usize, guaranteed: &[Bdd]) -> Result<Bdd, StopReason> {
        let rank = &self.model.keys[party];
        let best = self.best_move(party, &self.least_of(rank, guaranteed)?)?;
        self.dd.and(&self.model.feasible, &self.at_most(&best, rank)?)
    }

    /// The same where the others answer by improvements, `number` telling what their
    /// answer is worth.
    ///
    /// Improvements (s, q) of the party are compared bit by bit, and the search for the
    /// worst reply ends once every comparison is decided.
    fn stable_by_improvements(&self, party: usize, number: &[Bdd]) -> Result<Bdd, StopReason> {
        let (mover, dd) = (&self.model.movers[party], &self.dd);
        let mut worst = Worst::new(self, &self.others(party), MoveKind::Improving)?;
        let mut open = self.relation(party, MoveKind::Improving)?.clone();
        let mut unstable = self.model.code.no();
        for (bit, here) in number.iter().zip(&self.model.keys[party]) {
            if open.is_false() {
                break;
            }
            let low = Encoding::primed(&worst.next_low(bit)?, &mover.marks);
            let above = dd.and_not_exists(&dd.and_not(&open, &low)?, here, &mover.primed)?;
            unstable = dd.or(&unstable, &above)?;
            open = dd.and(&open, &dd.xor(here, &low)?)?;
            open = dd.and_not(&open, &above)?;
        }
        dd.and_not(&self.model.feasible, &unstable)
    }

    fn others(&self, party: usize) -> Vec<usize> {
        (0..self.model.movers.len()).filter(|other| *other != party).collect()
    }

    /// The least over each state and the ends of the others' legal sequences from it.
    fn worst_reply(&self, party: usize, number: &[Bdd]) -> Result<Number, StopReason> {
        Worst::new(self, &self.others(party), MoveKind::Any)?.all(number)
    }

    /// The greatest over each state and the party's moves from it.
    fn best_move(&self, party: usize, number: &[Bdd]) -> Result<Number, StopReason> {
        let mover = &self.model.movers[party];
        if mover.plain {
            return greatest(number, &self.model.feasible, &mover.marks, &self.dd);
        }
        let after: Number = number.iter().map(|bit| Encoding::primed(bit, &mover.marks)).collect();
        let best = greatest(&after, self.relation(party, MoveKind::Any)?, &mover.primed, &self.dd)?;
        choose(&self.at_most(&best, number)?, number, &best, &self.dd)
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
}
