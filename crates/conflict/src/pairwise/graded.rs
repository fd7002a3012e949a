//! Orders with gaps and with strength: better, greatly better, equal, not known.

use std::cmp::Ordering;

use super::{Judgement, PairSets, Place};
use crate::model::{DmId, StateId};

/// How much better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Better, shown as >.
    Mild,
    /// Greatly better, shown as >>.
    Great,
}

/// How one decision maker compares a state with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// The first is better.
    Better(Strength),
    /// Both are equally good.
    Equal,
    /// The first is worse.
    Worse(Strength),
    /// It is not known which is better.
    Unknown,
}

/// One decision maker's preferences as three degrees of strength with gaps.
///
/// A pair that `unknown` speaks of, in either direction, is not known; otherwise the
/// ranks decide, and a better state a is greatly better than b if `strong` says so of
/// (a, b) or b lies below [`GradedPreference::great_below`] of a.
///
/// Source: `[LiHipelKilgourFang2004]` for the gaps, `[HamoudaKilgourHipel2004]` for
/// the strength. Differs: neither relation need be transitive; gaps are exceptions to
/// a complete order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GradedPreference {
    /// By state: larger is better, equal is a tie.
    pub ranks: Vec<u32>,
    /// Pairs that are not known, in either direction.
    pub unknown: PairSets,
    /// Pairs (a, b) of which a is greatly better where it is better at all.
    pub strong: PairSets,
    /// By state: states with ranks below this are greatly worse. The same for states
    /// of the same rank, never lower for a higher rank, and nowhere above the state's
    /// own rank. Empty for none.
    pub great_below: Vec<u32>,
}

impl GradedPreference {
    /// An order without gaps or strength.
    pub fn new(ranks: Vec<u32>) -> Self {
        Self { ranks, unknown: PairSets::default(), strong: PairSets::default(), great_below: Vec::new() }
    }

    /// How `a` compares with `b`.
    pub fn compare(&self, a: StateId, b: StateId) -> Comparison {
        if self.unknown_statement(a, b).is_some() {
            return Comparison::Unknown;
        }
        match self.ranks[a.index()].cmp(&self.ranks[b.index()]) {
            Ordering::Greater => Comparison::Better(self.strength(a, b)),
            Ordering::Equal => Comparison::Equal,
            Ordering::Less => Comparison::Worse(self.strength(b, a)),
        }
    }

    /// The statement of `unknown` about a pair, in either direction.
    pub fn unknown_statement(&self, a: StateId, b: StateId) -> Option<usize> {
        if a == b { None } else { self.unknown.find_either_way(a.index(), b.index()) }
    }

    fn strength(&self, better: StateId, worse: StateId) -> Strength {
        let far = self.great_below.get(better.index()).is_some_and(|below| self.ranks[worse.index()] < *below);
        if far || self.strong.find(better.index(), worse.index()).is_some() { Strength::Great } else { Strength::Mild }
    }
}

/// How a decision maker takes comparisons that are not known.
///
/// | reading | a move to an unknown tempts | an unknown answer deters | an unknown way out counts |
/// |---|---|---|---|
/// | a | yes | no | yes |
/// | b | no | no | yes |
/// | c | yes | yes | no |
/// | d | no | yes | no |
///
/// Credible steps of the others are improvements and moves to unknowns in all four.
///
/// Source: `[LiHipelKilgourFang2004]`. Differs: no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Caution {
    /// Tempted by unknowns, deterred only by what is known to hurt.
    A,
    /// Not tempted, deterred only by what is known to hurt.
    B,
    /// Tempted, deterred by unknowns.
    C,
    /// Not tempted, deterred by unknowns.
    D,
}

impl Caution {
    /// All readings.
    pub const ALL: [Self; 4] = [Self::A, Self::B, Self::C, Self::D];

    /// `a`, `b`, `c` or `d`.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
            Self::C => "c",
            Self::D => "d",
        }
    }

    /// Whether a move to a state of unknown value tempts.
    pub fn is_tempted(self) -> bool {
        matches!(self, Self::A | Self::C)
    }

    /// Whether an answer of unknown value deters.
    pub fn is_deterred(self) -> bool {
        matches!(self, Self::C | Self::D)
    }

    /// Whether every state that is stable in this reading is stable in `weaker`, under
    /// every concept and in every model: a ⇒ b ⇒ d and a ⇒ c ⇒ d.
    pub fn implies(self, weaker: Self) -> bool {
        self.is_tempted() >= weaker.is_tempted() && self.is_deterred() <= weaker.is_deterred()
    }
}

/// How much an answer has to hurt.
///
/// Source: `[HamoudaKilgourHipel2004]`, `[HamoudaKilgourHipel2006]`; with unknowns
/// `[XuHipelKilgour2008]`. Differs: in readings c and d an unknown answer deters
/// strongly too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A deterring answer is worse or equally good.
    General,
    /// A deterring answer is greatly worse, and so is whatever i makes of it.
    Strong,
}

/// Judgement by orders with gaps and strength; one preference for each decision maker.
#[derive(Clone, Copy, Debug)]
pub struct Graded<'a> {
    /// By decision maker.
    pub preferences: &'a [GradedPreference],
    /// How unknowns are taken.
    pub caution: Caution,
    /// How much an answer has to hurt.
    pub severity: Severity,
}

impl Graded<'_> {
    fn compare(&self, dm: DmId, a: StateId, b: StateId) -> Comparison {
        self.preferences[dm.index()].compare(a, b)
    }

    fn hurts(&self, dm: DmId, result: StateId, state: StateId) -> bool {
        match self.compare(dm, result, state) {
            Comparison::Unknown => self.caution.is_deterred(),
            Comparison::Worse(strength) => self.severity == Severity::General || strength == Strength::Great,
            Comparison::Equal => self.severity == Severity::General,
            Comparison::Better(_) => false,
        }
    }
}

impl Judgement for Graded<'_> {
    fn tempts(&self, dm: DmId, to: StateId, from: StateId) -> bool {
        match self.compare(dm, to, from) {
            Comparison::Better(_) => true,
            Comparison::Unknown => self.caution.is_tempted(),
            Comparison::Equal | Comparison::Worse(_) => false,
        }
    }

    fn credible(&self, dm: DmId, to: StateId, from: StateId) -> bool {
        matches!(self.compare(dm, to, from), Comparison::Better(_) | Comparison::Unknown)
    }

    fn deters(&self, dm: DmId, result: StateId, state: StateId) -> bool {
        self.hurts(dm, result, state)
    }

    fn escapes(&self, dm: DmId, escape: StateId, state: StateId) -> bool {
        !self.hurts(dm, escape, state)
    }

    fn place(&self, dm: DmId, state: StateId) -> Place {
        let preference = &self.preferences[dm.index()];
        let mut group = Vec::new();
        preference.unknown.marks(state.index(), &mut group);
        preference.strong.marks(state.index(), &mut group);
        // A state equals itself, whatever is said of the set that it is in.
        let alone = preference.unknown.find(state.index(), state.index()).is_some();
        Place { group, heights: vec![preference.ranks[state.index()]], alone }
    }
}
