//! Attitudes: whose good or ill a decision maker seeks.

use super::{Judgement, Place};
use crate::model::{DmId, StateId};

/// How a decision maker feels about another, or about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attitude {
    /// Seeks what is good for it.
    Positive,
    /// Does not care.
    Neutral,
    /// Seeks what is bad for it.
    Negative,
}

/// Judgement by attitudes (relational stability).
///
/// i moves from s only to an allowed reply: a state t that, for each j, is at least as
/// good as s for j where i's attitude towards j is positive, and no better than s for j
/// where it is negative. The others' credible steps are allowed replies of their
/// movers; what deters i and what is a way out, its own preferences decide.
///
/// Source: `[InoharaHipelWalker2007]`; `[InoharaHipel2009]` shows that it agrees with
/// the plain concepts when everybody is positive towards itself, neutral towards the
/// others, and ranks no two states equally. Differs: no. With ties it need not agree: a
/// move to an equally good state is an allowed reply.
#[derive(Clone, Copy, Debug)]
pub struct Relational<'a> {
    /// By decision maker and state: larger is better.
    pub ranks: &'a [Vec<u32>],
    /// By decision maker, and by whom the attitude is about.
    pub attitudes: &'a [Vec<Attitude>],
}

impl Relational<'_> {
    /// The first decision maker because of whom `to` is not an allowed reply of `dm` at
    /// `from`; `None` when it is allowed.
    pub fn objection(&self, dm: DmId, to: StateId, from: StateId) -> Option<DmId> {
        let objects = |(about, attitude): (usize, &Attitude)| {
            let (to, from) = (self.rank(about, to), self.rank(about, from));
            match attitude {
                Attitude::Positive => to < from,
                Attitude::Neutral => false,
                Attitude::Negative => to > from,
            }
        };
        let attitudes = &self.attitudes[dm.index()];
        attitudes.iter().enumerate().position(objects).map(DmId::from_index)
    }

    fn rank(&self, dm: usize, state: StateId) -> u32 {
        self.ranks[dm][state.index()]
    }
}

impl Judgement for Relational<'_> {
    fn tempts(&self, dm: DmId, to: StateId, from: StateId) -> bool {
        self.objection(dm, to, from).is_none()
    }

    fn credible(&self, dm: DmId, to: StateId, from: StateId) -> bool {
        self.objection(dm, to, from).is_none()
    }

    fn deters(&self, dm: DmId, result: StateId, state: StateId) -> bool {
        self.rank(dm.index(), result) <= self.rank(dm.index(), state)
    }

    fn escapes(&self, dm: DmId, escape: StateId, state: StateId) -> bool {
        self.rank(dm.index(), escape) > self.rank(dm.index(), state)
    }

    fn place(&self, dm: DmId, state: StateId) -> Place {
        Place { group: Vec::new(), heights: vec![self.rank(dm.index(), state)], alone: false }
    }
}
