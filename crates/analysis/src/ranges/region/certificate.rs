//! On which comparisons a verdict rests: enough of them to keep it the same.

use std::collections::BTreeSet;

use detente_base::{Budget, StopReason};
use detente_conflict::{Concept, DmId, Evidence, Model, StateId, explain, moves};
use detente_scenario::situation::PartyId;
use rustc_hash::FxHashMap;

use crate::close::Solved;

/// A comparison that is true at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Fact {
    pub(super) dm: DmId,
    pub(super) first: StateId,
    pub(super) second: StateId,
    /// Whether the first is better; otherwise it is no better.
    pub(super) better: bool,
}

/// By proposer and state before: state after, and who else has to consent.
type ByConsent = FxHashMap<(u32, StateId), Vec<(StateId, Vec<DmId>)>>;

/// Moves of all parties at every point: those that are always there, and those that
/// need the consent of others.
pub(super) struct AllMoves {
    always: Model,
    by_consent: ByConsent,
}

impl AllMoves {
    pub(super) fn new(solved: &Solved<'_>) -> Self {
        let ranks = solved.model.decision_makers().map(|dm| solved.model.ranks(dm).to_vec()).collect();
        let none = solved.model.decision_makers().map(|_| Vec::new()).collect();
        let always = solved.structure.model_with_arcs(ranks, none);
        let mut by_consent = ByConsent::default();
        solved.structure.visit_proposals(&mut |setters: &[PartyId], from, to| {
            for proposer in setters {
                let seen = |state| always.sees(DmId(proposer.0), always.code(state));
                if seen(from) && seen(to) {
                    let others = setters.iter().filter(|p| *p != proposer).map(|p| DmId(p.0)).collect();
                    by_consent.entry((proposer.0, from)).or_default().push((to, others));
                }
            }
        });
        Self { always, by_consent }
    }

    /// Moves of a party from a state, with who has to consent to each.
    fn from(&self, dm: DmId, from: StateId) -> Vec<(StateId, &[DmId])> {
        let always = moves(&self.always, dm, from);
        let more = self.by_consent.get(&(dm.0, from)).into_iter().flatten();
        let more =
            more.filter(|(to, _)| always.binary_search(to).is_err()).map(|(to, others)| (*to, others.as_slice()));
        let mut all: Vec<(StateId, &[DmId])> = always.iter().map(|to| (*to, [].as_slice())).collect();
        all.extend(more);
        all
    }
}

/// Comparisons that together keep a verdict as it is at a point.
pub(super) struct Certificate<'m> {
    pub(super) moves: &'m AllMoves,
    /// The conflict at the point.
    pub(super) model: &'m Model,
    pub(super) concept: Concept,
    pub(super) target: StateId,
    pub(super) facts: BTreeSet<Fact>,
}

impl Certificate<'_> {
    /// Fills in the facts and tells whether the target holds.
    pub(super) fn find(&mut self, budget: &Budget) -> Result<bool, StopReason> {
        for dm in self.model.decision_makers() {
            let evidence = explain(self.model, self.concept, dm, self.target, budget)?;
            match evidence {
                Evidence::Stable { .. } => self.note_stable(dm, &evidence),
                Evidence::Unstable { improvement, .. } => {
                    self.facts.clear();
                    self.note_unstable(dm, improvement);
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    fn symmetric(&self) -> bool {
        matches!(self.concept, Concept::SymmetricMetarational | Concept::SymmetricSequential)
    }

    fn credible(&self) -> bool {
        matches!(self.concept, Concept::Sequential | Concept::SymmetricSequential)
    }

    fn better(&self, dm: DmId, first: StateId, second: StateId) -> bool {
        self.model.rank(dm, first) > self.model.rank(dm, second)
    }

    /// Notes how two states compare for a party.
    fn note(&mut self, dm: DmId, first: StateId, second: StateId) {
        let better = self.better(dm, first, second);
        self.facts.insert(Fact { dm, first, second, better });
    }

    /// Notes that a move is there.
    fn note_there(&mut self, dm: DmId, from: StateId, to: StateId) {
        let moves = self.moves;
        let found = moves.from(dm, from).into_iter().find(|(target, _)| *target == to);
        let (_, others) = found.expect("steps of evidence are moves");
        others.iter().for_each(|other| self.note(*other, from, to));
    }

    /// Notes that a move is not there, if it is not; tells whether it is.
    fn is_there(&mut self, from: StateId, to: StateId, others: &[DmId]) -> bool {
        match others.iter().find(|other| self.better(**other, from, to)) {
            Some(objector) => {
                self.note(*objector, from, to);
                false
            }
            None => true,
        }
    }

    fn note_stable(&mut self, dm: DmId, evidence: &Evidence) {
        let Evidence::Stable { sanctions } = evidence else { return };
        self.note_no_better(dm, self.target);
        for sanction in sanctions {
            let mut at = sanction.improvement;
            for step in &sanction.reply.path {
                self.note_there(step.mover, at, step.to);
                if self.credible() {
                    self.note(step.mover, step.to, at);
                }
                at = step.to;
            }
            self.note(dm, at, self.target);
            if self.symmetric() {
                self.note_no_better(dm, at);
            }
        }
    }

    /// Notes of each move from a state that it leads to nothing better than the target, or
    /// is not there; what does is answered elsewhere.
    fn note_no_better(&mut self, dm: DmId, from: StateId) {
        let moves = self.moves;
        for (to, others) in moves.from(dm, from) {
            if self.better(dm, to, self.target) {
                self.is_there(from, to, others);
            } else {
                self.note(dm, to, self.target);
            }
        }
    }

    fn note_unstable(&mut self, dm: DmId, improvement: StateId) {
        self.note_there(dm, self.target, improvement);
        self.note(dm, improvement, self.target);
        if self.concept == Concept::Nash {
            return;
        }
        let mut met: BTreeSet<(StateId, DmId)> = BTreeSet::new();
        let mut open: Vec<(StateId, Option<DmId>)> = vec![(improvement, None)];
        let moves = self.moves;
        while let Some((state, last)) = open.pop() {
            for mover in self.model.decision_makers().filter(|m| *m != dm && Some(*m) != last) {
                for (to, others) in moves.from(mover, state) {
                    if self.credible() && !self.better(mover, to, state) {
                        self.note(mover, to, state);
                    } else if self.is_there(state, to, others) && met.insert((to, mover)) {
                        open.push((to, Some(mover)));
                    }
                }
            }
        }
        let reached: BTreeSet<StateId> = met.into_iter().map(|(state, _)| state).collect();
        reached.into_iter().for_each(|reply| self.note_harmless(dm, reply));
    }

    /// Notes that a reply does not deter: it is better than the target, or there is a way
    /// out of it that is.
    fn note_harmless(&mut self, dm: DmId, reply: StateId) {
        if self.better(dm, reply, self.target) {
            self.note(dm, reply, self.target);
            return;
        }
        let moves = self.moves;
        let way_out = moves.from(dm, reply).into_iter().find(|(to, others)| {
            self.better(dm, *to, self.target) && !others.iter().any(|other| self.better(*other, reply, *to))
        });
        let (to, others) = way_out.expect("a reply that does not deter leaves a way out");
        others.iter().for_each(|other| self.note(*other, reply, to));
        self.note(dm, to, self.target);
    }
}
