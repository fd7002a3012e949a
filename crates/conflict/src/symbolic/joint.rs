//! What coalitions would leave, on diagrams.
//!
//! A set of pairs (state, origin) says which states are better than the origin, which of
//! them the others can undo, and so on; the origin has variables of its own. Its moves
//! are followed backwards with the origin fixed, and at the end state and origin are
//! made the same. For a single state the origin is a constant.

use biodivine_lib_bdd::Bdd;
use detente_base::{Budget, StopReason};
use num_bigint::BigUint;

use super::encoding::{Encoding, Origin};
use super::local::{Local, Step};
use super::model::SymbolicModel;
use super::set::StateSet;
use super::stable::Work;
use super::vectors::{Number, at_most};
use crate::coalitions::{Coalition, CoalitionConcept, Reading};
use crate::model::DmId;
use crate::moves::MoveKind;

/// Most others all of whose groups are looked at for joint replies.
const MOST_OTHERS: usize = 8;

impl SymbolicModel {
    /// For each coalition the states that it has no reason to leave. Together they have one
    /// budget: when it ends, the coalitions that are left are open too.
    ///
    /// Under CSEQ a coalition against more than eight others is left open by itself: there
    /// are too many groups that might reply.
    pub fn stays(
        &self,
        question: (CoalitionConcept, Reading),
        coalitions: &[Coalition],
        budget: &Budget,
    ) -> Vec<Result<StateSet, StopReason>> {
        let work = self.work(budget);
        coalitions.iter().map(|coalition| work.stays(question, *coalition).map(StateSet)).collect()
    }

    /// How a coalition would leave a feasible state: a shortest joint sequence to a state
    /// that every member likes better, by the reading, and that the others cannot or
    /// would not undo. `None` when it stays.
    ///
    /// # Errors
    /// When the budget ends it, or there are more than eight others under CSEQ.
    ///
    /// # Panics
    /// If there is not one value for each coordinate.
    pub fn leaves(
        &self,
        (concept, reading): (CoalitionConcept, Reading),
        coalition: Coalition,
        state: &[u32],
        budget: &Budget,
    ) -> Result<Option<Vec<Step>>, StopReason> {
        assert_eq!(state.len(), self.code.sizes().len(), "one value for each coordinate");
        let work = self.work(budget);
        let better = work.better_for_than((coalition, reading), state)?;
        let unanswered = work.unanswered((concept, reading), coalition, &better)?;
        work.shortest(&members(coalition), MoveKind::Any, state, &unanswered)
    }
}

/// Whether a joint sequence of a coalition leads from a state to one that is better for
/// it, by the letter of the definitions.
pub fn is_joint_improvement(
    local: &Local<'_>,
    (coalition, reading): (Coalition, Reading),
    state: &[u32],
    steps: &[Step],
) -> bool {
    let Some(last) = steps.last() else { return false };
    let mut told = members(coalition).into_iter().map(|party| local.compare(party, &last.to, state));
    steps.iter().all(|step| members(coalition).contains(&step.party))
        && local.is_sequence(state, steps, MoveKind::Any)
        && match reading {
            Reading::Strict => told.all(std::cmp::Ordering::is_gt),
            Reading::Pareto => told.clone().all(std::cmp::Ordering::is_ge) && told.any(std::cmp::Ordering::is_gt),
        }
}

fn members(coalition: Coalition) -> Vec<usize> {
    coalition.members().map(DmId::index).collect()
}

impl Work<'_> {
    fn stays(&self, question: (CoalitionConcept, Reading), coalition: Coalition) -> Result<Bdd, StopReason> {
        let feasible = &self.model.feasible;
        let better = self.dd.and(
            &self.better_for((coalition, question.1), Origin::Judged)?,
            &Encoding::as_origin(feasible, Origin::Judged),
        )?;
        let unanswered = self.unanswered(question, coalition, &better)?;
        let leaving = self.leading_to(&members(coalition), MoveKind::Any, &unanswered)?;
        self.dd.and_not(feasible, &self.at_origin(&leaving, Origin::Judged)?)
    }

    /// Of the states that are better for a coalition, those that the others cannot or
    /// would not undo.
    fn unanswered(
        &self,
        (concept, reading): (CoalitionConcept, Reading),
        coalition: Coalition,
        better: &Bdd,
    ) -> Result<Bdd, StopReason> {
        let others: Vec<usize> =
            (0..self.model.movers.len()).filter(|dm| !coalition.contains(DmId::from_index(*dm))).collect();
        let better = self.dd.and(better, &self.model.feasible)?;
        if concept == CoalitionConcept::Nash || others.is_empty() || better.is_false() {
            return Ok(better);
        }
        let mut deters = self.dd.and_not(&self.model.feasible, &better)?;
        let answered = match concept {
            CoalitionConcept::Nash | CoalitionConcept::GeneralMetarational => {
                self.leading_to(&others, MoveKind::Any, &deters)?
            }
            CoalitionConcept::SymmetricMetarational => {
                let escapes = self.leading_to(&members(coalition), MoveKind::Any, &better)?;
                deters = self.dd.and_not(&deters, &escapes)?;
                self.leading_to(&others, MoveKind::Any, &deters)?
            }
            CoalitionConcept::Sequential => self.leading_by_class_improvements(&others, reading, &deters)?,
        };
        self.dd.and_not(&better, &answered)
    }

    /// A set, and the states from which a series of joint improvements of sets of others
    /// leads there, the same set never twice in a row.
    fn leading_by_class_improvements(
        &self,
        others: &[usize],
        reading: Reading,
        target: &Bdd,
    ) -> Result<Bdd, StopReason> {
        let count = 1_u64 << others.len().min(MOST_OTHERS);
        if others.len() > MOST_OTHERS {
            let coalitions = ((BigUint::from(1_u32) << others.len()) - 1_u32).to_string();
            return Err(StopReason::TooManyCoalitions { coalitions, limit: count - 1 });
        }
        let classes: Vec<Coalition> = (1..count)
            .map(|bits| {
                let chosen = others.iter().enumerate().filter(|(place, _)| bits >> place & 1 == 1);
                Coalition::of(chosen.map(|(_, dm)| DmId::from_index(*dm)))
            })
            .collect();
        let betters = classes
            .iter()
            .map(|class| self.better_for((*class, reading), Origin::Left))
            .collect::<Result<Vec<_>, _>>()?;
        let mut starts = vec![self.model.code.no(); classes.len()];
        let mut unchanged = 0;
        for turn in (0..classes.len()).cycle() {
            let mut next = target.clone();
            for (_, start) in starts.iter().enumerate().filter(|(other, _)| *other != turn) {
                next = self.dd.or(&next, start)?;
            }
            let improved = self.dd.and(&next, &betters[turn])?;
            let led = self.leading_to(&members(classes[turn]), MoveKind::Any, &improved)?;
            let found = self.at_origin(&led, Origin::Left)?;
            unchanged = if found == starts[turn] { unchanged + 1 } else { 1 };
            starts[turn] = found;
            if unchanged > classes.len() {
                break;
            }
        }
        starts.iter().try_fold(target.clone(), |all, start| self.dd.or(&all, start))
    }

    /// Pairs of a state and an origin that is worse for a coalition.
    fn better_for(&self, (coalition, reading): (Coalition, Reading), origin: Origin) -> Result<Bdd, StopReason> {
        let (mut no_worse, mut worse) = (self.model.code.yes(), self.model.code.yes());
        let mut strict = self.model.code.yes();
        for party in members(coalition) {
            let here = &self.model.keys[party];
            let there: Number = here.iter().map(|bit| Encoding::as_origin(bit, origin)).collect();
            let is_no_better = at_most(here, &there, self.model.code.yes(), &self.dd)?;
            match reading {
                Reading::Strict => strict = self.dd.and_not(&strict, &is_no_better)?,
                Reading::Pareto => {
                    no_worse = self.dd.and(&no_worse, &at_most(&there, here, self.model.code.yes(), &self.dd)?)?;
                    worse = self.dd.and(&worse, &is_no_better)?;
                }
            }
        }
        match reading {
            Reading::Strict => Ok(strict),
            Reading::Pareto => self.dd.and_not(&no_worse, &worse),
        }
    }

    /// The states that are better for a coalition than this one.
    fn better_for_than(&self, (coalition, reading): (Coalition, Reading), state: &[u32]) -> Result<Bdd, StopReason> {
        let (mut all, mut any) = (self.model.code.yes(), self.model.code.no());
        for party in members(coalition) {
            let better = self.better_than(party, state)?;
            match reading {
                Reading::Strict => all = self.dd.and(&all, &better)?,
                Reading::Pareto => {
                    all = self.dd.and(&all, &self.no_worse_than(party, state)?)?;
                    any = self.dd.or(&any, &better)?;
                }
            }
        }
        match reading {
            Reading::Strict => Ok(all),
            Reading::Pareto => self.dd.and(&all, &any),
        }
    }

    /// The states that a set has together with themselves as origin.
    fn at_origin(&self, set: &Bdd, origin: Origin) -> Result<Bdd, StopReason> {
        let same = self.model.code.same_as_origin(origin, &self.dd)?;
        self.dd.and_exists(set, &same, &self.model.code.mark_origin(origin))
    }
}
