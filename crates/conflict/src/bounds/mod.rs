//! Stability when some comparisons, or some moves, are not known: what holds however
//! the gaps are filled.
//!
//! A verdict is *sure* when it is the same in every completion: every choice of weak
//! orders that agrees with the comparisons that are sure, and every choice of which
//! merely possible moves exist. The converse is not claimed: an open verdict may
//! still turn out the same in all completions, because the bounds fill the gaps of
//! each comparison on its own.
//!
//! Sure stability asks for answers made of sure moves, surely no better than s, to
//! every move that is possibly an improvement; sure instability for a sure move,
//! surely an improvement, to which no possible answer is possibly effective.
//!
//! Source: own construction; with every comparison either sure or unknown it lies
//! between the readings of `[LiHipelKilgourFang2004]`.

mod replies;

use detente_base::{Budget, StopReason};

use crate::concepts::Concept;
use crate::model::{DmId, Model, StateId};
use crate::moves::moves;
use replies::{Certainty, Replies};

#[cfg(test)]
mod tests;

/// What is known of the preferences and of the moves beyond the model's own.
///
/// The ranks in the model are not looked at; its moves are sure.
pub trait Comparisons {
    /// Whether `a` is certainly better than `b` for a decision maker.
    fn surely_better(&self, dm: DmId, a: StateId, b: StateId) -> bool;

    /// Whether `a` is certainly no better than `b` for a decision maker. Never true
    /// together with [`Comparisons::surely_better`].
    fn surely_not_better(&self, dm: DmId, a: StateId, b: StateId) -> bool;

    /// Moves of a decision maker from a state that may or may not exist, besides
    /// those of the model.
    fn possible_moves(&self, dm: DmId, from: StateId) -> Vec<StateId> {
        let _ = (dm, from);
        Vec::new()
    }
}

/// A model's own ranks: every comparison is sure.
impl Comparisons for Model {
    fn surely_better(&self, dm: DmId, a: StateId, b: StateId) -> bool {
        self.rank(dm, a) > self.rank(dm, b)
    }

    fn surely_not_better(&self, dm: DmId, a: StateId, b: StateId) -> bool {
        self.rank(dm, a) <= self.rank(dm, b)
    }
}

/// What is certain of a state's stability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SureStability {
    /// Stable in every completion.
    SurelyStable,
    /// Unstable in every completion.
    SurelyUnstable,
    /// Neither is shown.
    Open,
}

/// Verdicts for each concept asked about, decision maker and state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StabilityBounds {
    verdicts: Vec<(Concept, Vec<Vec<SureStability>>)>,
}

/// Bounds the stability of every state for every decision maker.
///
/// Cost: O(d·n·(q·n + n·d·r)) time in the worst case and O(n²) bits; d decision makers,
/// n states, q moves of a party from a state, r moves in all. Meant for a few
/// thousand states.
///
/// # Errors
/// When the budget's stopper is raised.
pub fn bound_stability(
    model: &Model,
    comparisons: &dyn Comparisons,
    concepts: &[Concept],
    budget: &Budget,
) -> Result<StabilityBounds, StopReason> {
    let states: Vec<StateId> = model.states().collect();
    bound_stability_at(model, comparisons, concepts, &states, budget)
}

/// Bounds the stability of some states; the others are left open.
///
/// Cost: as [`bound_stability`], with the number of these states in place of the
/// first n.
///
/// # Errors
/// When the budget's stopper is raised.
pub fn bound_stability_at(
    model: &Model,
    comparisons: &dyn Comparisons,
    concepts: &[Concept],
    states: &[StateId],
    budget: &Budget,
) -> Result<StabilityBounds, StopReason> {
    let moves = MoveSets::new(model, comparisons, budget)?;
    let mut verdicts = Vec::with_capacity(concepts.len());
    for &concept in concepts {
        let mut per_dm = Vec::new();
        for dm in model.decision_makers() {
            per_dm.push(Focus { model, comparisons, moves: &moves, dm, budget }.verdicts(concept, states)?);
        }
        verdicts.push((concept, per_dm));
    }
    Ok(StabilityBounds { verdicts })
}

impl StabilityBounds {
    /// What is certain of a state's stability for a decision maker.
    ///
    /// # Panics
    /// If the concept was not asked about.
    pub fn verdict(&self, concept: Concept, dm: DmId, state: StateId) -> SureStability {
        let found = self.verdicts.iter().find(|(asked, _)| *asked == concept);
        found.unwrap_or_else(|| panic!("{concept} was not asked about")).1[dm.index()][state.index()]
    }

    /// What is certain of a state being an equilibrium: surely one when surely stable
    /// for all, surely none when surely unstable for somebody.
    ///
    /// # Panics
    /// If the concept was not asked about.
    pub fn equilibrium(&self, concept: Concept, state: StateId) -> SureStability {
        let found = self.verdicts.iter().find(|(asked, _)| *asked == concept);
        let per_dm = &found.unwrap_or_else(|| panic!("{concept} was not asked about")).1;
        let any = |verdict| per_dm.iter().any(|of_dm| of_dm[state.index()] == verdict);
        if any(SureStability::SurelyUnstable) {
            SureStability::SurelyUnstable
        } else if any(SureStability::Open) {
            SureStability::Open
        } else {
            SureStability::SurelyStable
        }
    }
}

/// Moves of every decision maker from every state.
struct MoveSets {
    sure: Vec<Vec<Vec<StateId>>>,
    possible: Vec<Vec<Vec<StateId>>>,
}

impl MoveSets {
    fn new(model: &Model, comparisons: &dyn Comparisons, budget: &Budget) -> Result<Self, StopReason> {
        let (mut sure, mut possible) = (Vec::new(), Vec::new());
        for dm in model.decision_makers() {
            budget.check()?;
            let own: Vec<Vec<StateId>> = model.states().map(|state| moves(model, dm, state)).collect();
            let with_possible = model.states().map(|state| {
                let mut targets = own[state.index()].clone();
                targets.extend(comparisons.possible_moves(dm, state).into_iter().filter(|target| *target != state));
                targets.sort_unstable();
                targets.dedup();
                targets
            });
            possible.push(with_possible.collect());
            sure.push(own);
        }
        Ok(Self { sure, possible })
    }

    fn of(&self, certainty: Certainty, dm: DmId, from: StateId) -> &[StateId] {
        let sets = match certainty {
            Certainty::Sure => &self.sure,
            Certainty::Possible => &self.possible,
        };
        &sets[dm.index()][from.index()]
    }
}

/// One decision maker's stability.
struct Focus<'a> {
    model: &'a Model,
    comparisons: &'a dyn Comparisons,
    moves: &'a MoveSets,
    dm: DmId,
    budget: &'a Budget,
}

impl Focus<'_> {
    fn verdicts(&self, concept: Concept, states: &[StateId]) -> Result<Vec<SureStability>, StopReason> {
        let credible = matches!(concept, Concept::Sequential | Concept::SymmetricSequential);
        let mut sure = Replies::new(self, Certainty::Sure, credible);
        let mut possible = Replies::new(self, Certainty::Possible, credible);
        let mut verdicts = vec![SureStability::Open; self.model.state_count()];
        for &state in states {
            self.budget.check()?;
            verdicts[state.index()] = if self.is_surely_stable(concept, state, &mut sure) {
                SureStability::SurelyStable
            } else if self.is_surely_unstable(concept, state, &mut possible) {
                SureStability::SurelyUnstable
            } else {
                SureStability::Open
            };
        }
        Ok(verdicts)
    }

    fn is_surely_stable(&self, concept: Concept, state: StateId, replies: &mut Replies<'_>) -> bool {
        let tempting = |target: &StateId| !self.comparisons.surely_not_better(self.dm, *target, state);
        self.moves.of(Certainty::Possible, self.dm, state).iter().copied().filter(tempting).all(|improvement| {
            concept != Concept::Nash
                && replies
                    .after(improvement)
                    .ones()
                    .any(|result| self.surely_deters(concept, state, StateId::from_index(result)))
        })
    }

    fn surely_deters(&self, concept: Concept, state: StateId, result: StateId) -> bool {
        let no_better = |target: StateId| self.comparisons.surely_not_better(self.dm, target, state);
        no_better(result)
            && (!is_symmetric(concept)
                || self.moves.of(Certainty::Possible, self.dm, result).iter().all(|escape| no_better(*escape)))
    }

    fn is_surely_unstable(&self, concept: Concept, state: StateId, replies: &mut Replies<'_>) -> bool {
        let improving = |target: &StateId| self.comparisons.surely_better(self.dm, *target, state);
        self.moves.of(Certainty::Sure, self.dm, state).iter().copied().filter(improving).any(|improvement| {
            concept == Concept::Nash
                || replies
                    .after(improvement)
                    .ones()
                    .all(|result| self.surely_fails(concept, state, StateId::from_index(result)))
        })
    }

    fn surely_fails(&self, concept: Concept, state: StateId, result: StateId) -> bool {
        let better = |target: StateId| self.comparisons.surely_better(self.dm, target, state);
        better(result)
            || (is_symmetric(concept)
                && self.moves.of(Certainty::Sure, self.dm, result).iter().any(|escape| better(*escape)))
    }
}

fn is_symmetric(concept: Concept) -> bool {
    matches!(concept, Concept::SymmetricMetarational | Concept::SymmetricSequential)
}
