//! Preferences with chances, and a threshold.

use std::cmp::Ordering;

use detente_base::Exact;

use super::{Judgement, PairSets, Place};
use crate::model::{DmId, StateId};

/// Kinds of a party up to which the chances of all sets of kinds are kept in a table.
const TABLED: usize = 12;

/// One decision maker's chances of preferring a state to another.
///
/// P(a over b) is what the first statement about the pair says (of a statement "P(a
/// over b) = p", P(b over a) is 1 − p); without one it is the chance of the kinds that
/// rank a strictly above b. A pair that is not known and has no statement is not
/// counted as preferred either way.
///
/// Source: `[RegoSantos2015]`, where chances may come from several representatives of a
/// party. Differs: kinds that rank both equally count for neither.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LikelyPreference {
    /// Ranks of the states for each kind.
    orders: Vec<Vec<u32>>,
    chances: Vec<Exact>,
    /// For each set of kinds, as bits, how its chance compares with the threshold and
    /// with one minus it; empty with too many kinds.
    table: Vec<(Ordering, Ordering)>,
    stated: PairSets,
    stated_chances: Vec<Exact>,
    unknown: PairSets,
    threshold: Exact,
}

impl LikelyPreference {
    /// Kinds with their chances and ranks, and the threshold τ.
    ///
    /// # Panics
    /// Without kinds, or with tables of different lengths.
    pub fn new(kinds: Vec<(Exact, Vec<u32>)>, threshold: Exact) -> Self {
        let (chances, orders): (Vec<Exact>, Vec<Vec<u32>>) = kinds.into_iter().unzip();
        let states = orders.first().expect("at least one kind").len();
        assert!(orders.iter().all(|ranks| ranks.len() == states), "one rank for each state and kind");
        let mut preference = Self {
            orders,
            chances,
            table: Vec::new(),
            stated: PairSets::default(),
            stated_chances: Vec::new(),
            unknown: PairSets::default(),
            threshold,
        };
        if preference.orders.len() <= TABLED {
            let sets = 0..1_usize << preference.orders.len();
            preference.table = sets.map(|kinds| preference.against_threshold(&preference.chance_of(kinds))).collect();
        }
        preference
    }

    /// The same with chances for pairs; the chances are those of the first set's states
    /// over the second's.
    ///
    /// # Panics
    /// If there is not one chance for each statement.
    #[must_use]
    pub fn with_stated(mut self, pairs: PairSets, chances: Vec<Exact>) -> Self {
        assert!(pairs.is_empty() == chances.is_empty(), "one chance for each statement");
        (self.stated, self.stated_chances) = (pairs, chances);
        self
    }

    /// The same with pairs that are not known, in either direction.
    #[must_use]
    pub fn with_unknown(mut self, pairs: PairSets) -> Self {
        self.unknown = pairs;
        self
    }

    /// P(a over b), the chance that `a` is strictly preferred.
    pub fn chance(&self, a: StateId, b: StateId) -> Exact {
        match self.basis(a, b) {
            Basis::Neither => Exact::ZERO,
            Basis::Stated(chance) => chance,
            Basis::Kinds => (0..self.orders.len())
                .filter(|kind| self.orders[*kind][a.index()] > self.orders[*kind][b.index()])
                .map(|kind| self.chances[kind].clone())
                .sum(),
        }
    }

    /// The statement that gives the chance of a pair, in either direction.
    pub fn statement(&self, a: StateId, b: StateId) -> Option<usize> {
        if a == b { None } else { self.stated.find_either_way(a.index(), b.index()) }
    }

    /// The threshold τ.
    pub fn threshold(&self) -> &Exact {
        &self.threshold
    }

    fn basis(&self, a: StateId, b: StateId) -> Basis {
        if a == b {
            return Basis::Neither;
        }
        if let Some(index) = self.statement(a, b) {
            let chance = &self.stated_chances[index];
            // A statement that holds both ways round is read in the direction asked for.
            let forward = self.stated.find(a.index(), b.index()) == Some(index);
            return Basis::Stated(if forward { chance.clone() } else { &Exact::ONE - chance });
        }
        if self.unknown.find_either_way(a.index(), b.index()).is_some() { Basis::Neither } else { Basis::Kinds }
    }

    fn chance_of(&self, kinds: usize) -> Exact {
        (0..self.orders.len()).filter(|kind| kinds >> kind & 1 == 1).map(|kind| self.chances[kind].clone()).sum()
    }

    fn against_threshold(&self, chance: &Exact) -> (Ordering, Ordering) {
        (chance.cmp(&self.threshold), (&Exact::ONE - chance).cmp(&self.threshold))
    }

    /// P(a over b) against τ, and 1 − P(a over b) against τ.
    fn compare(&self, a: StateId, b: StateId) -> (Ordering, Ordering) {
        match self.basis(a, b) {
            Basis::Kinds if !self.table.is_empty() => {
                let better = |kind: usize| self.orders[kind][a.index()] > self.orders[kind][b.index()];
                let kinds = (0..self.orders.len()).fold(0, |kinds, kind| kinds | usize::from(better(kind)) << kind);
                self.table[kinds]
            }
            Basis::Kinds => self.against_threshold(&self.chance(a, b)),
            Basis::Stated(chance) => self.against_threshold(&chance),
            Basis::Neither => self.against_threshold(&Exact::ZERO),
        }
    }
}

/// What a chance comes from.
enum Basis {
    Neither,
    Stated(Exact),
    Kinds,
}

/// Whether a chance of exactly τ is enough for a credible step or a deterring answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ties {
    /// No: a step is credible when it is preferred with a chance above τ, and an
    /// answer deters when it is not.
    Excluded,
    /// Yes: a step is credible when its result is at least as good as what it leaves
    /// with a chance of τ or more, and an answer deters when the state is at least as
    /// good as it with such a chance. Moves tempt as without.
    Included,
}

impl Ties {
    /// Both readings.
    pub const ALL: [Self; 2] = [Self::Excluded, Self::Included];
}

/// Judgement by chances: what is preferred with a chance above τ counts as preferred.
///
/// Source: `[RegoSantos2015]`, with 1 − α = 1 − β = γ = τ; with ties included as the
/// program `GMCR_GDELT` does. Differs: each decision maker has a τ of its own.
#[derive(Clone, Copy, Debug)]
pub struct Likely<'a> {
    /// By decision maker.
    pub preferences: &'a [LikelyPreference],
    /// What a chance of exactly τ is worth.
    pub ties: Ties,
}

impl Judgement for Likely<'_> {
    fn tempts(&self, dm: DmId, to: StateId, from: StateId) -> bool {
        self.preferences[dm.index()].compare(to, from).0 == Ordering::Greater
    }

    fn credible(&self, dm: DmId, to: StateId, from: StateId) -> bool {
        match self.ties {
            Ties::Excluded => self.tempts(dm, to, from),
            // 1 − P(from over to) is the chance that `to` is at least as good.
            Ties::Included => self.preferences[dm.index()].compare(from, to).1 != Ordering::Less,
        }
    }

    fn deters(&self, dm: DmId, result: StateId, state: StateId) -> bool {
        let (above, at_least) = self.preferences[dm.index()].compare(result, state);
        match self.ties {
            Ties::Excluded => above != Ordering::Greater,
            Ties::Included => at_least != Ordering::Less,
        }
    }

    fn escapes(&self, dm: DmId, escape: StateId, state: StateId) -> bool {
        !self.deters(dm, escape, state)
    }

    fn place(&self, dm: DmId, state: StateId) -> Place {
        let preference = &self.preferences[dm.index()];
        let mut group = Vec::new();
        preference.stated.marks(state.index(), &mut group);
        preference.unknown.marks(state.index(), &mut group);
        let itself = |pairs: &PairSets| pairs.find(state.index(), state.index()).is_some();
        let alone = itself(&preference.stated) || itself(&preference.unknown);
        let heights = preference.orders.iter().map(|ranks| ranks[state.index()]).collect();
        Place { group, heights, alone }
    }
}
