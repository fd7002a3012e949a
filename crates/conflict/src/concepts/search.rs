//! What the concepts share in finding evidence: the search for replies.

use std::cmp::Reverse;

use detente_base::{Budget, StopReason};

use super::{Evidence, Reply, Sanction};
use crate::model::{DmId, Model, StateId};
use crate::moves::{FreePart, MoveKind, improvements, moves, visit_arcs, visit_changes};
use crate::reach::paths::Paths;

/// The question why a state is stable for a decision maker.
pub(crate) struct Case<'a> {
    pub(crate) model: &'a Model,
    pub(crate) dm: DmId,
    pub(crate) state: StateId,
    pub(crate) budget: &'a Budget,
}

/// Whether the decision maker looks for a way out after the others' reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Escapes {
    Ignored,
    Considered,
}

/// How the others can answer one improvement.
enum Answer {
    Sanctioned(Reply),
    Unsanctioned { reachable: usize, worst: Option<Reply> },
}

impl Case<'_> {
    /// The improvements of the decision maker, best first.
    pub(crate) fn improvements(&self) -> Vec<StateId> {
        let mut targets = improvements(self.model, self.dm, self.state);
        targets.sort_by_key(|target| Reverse(self.rank(*target)));
        targets
    }

    /// Evidence for a concept in which replies of a kind deter.
    pub(crate) fn weigh_replies(&self, kind: MoveKind, escapes: Escapes) -> Result<Evidence, StopReason> {
        let mut sanctions = Vec::new();
        let mut outcomes = Outcomes::new(self, escapes);
        for improvement in self.improvements() {
            match self.answer(improvement, kind, &mut outcomes)? {
                Answer::Sanctioned(reply) => sanctions.push(Sanction { improvement, reply }),
                Answer::Unsanctioned { reachable, worst } => {
                    return Ok(Evidence::Unstable { improvement, reachable, worst_reply: worst });
                }
            }
        }
        sanctions.sort_by_key(|sanction| sanction.improvement);
        Ok(Evidence::Stable { sanctions })
    }

    fn answer(&self, improvement: StateId, kind: MoveKind, outcomes: &mut Outcomes<'_>) -> Result<Answer, StopReason> {
        let escapes = outcomes.escapes;
        let others = self.model.decision_makers().filter(|other| *other != self.dm).collect();
        let mut paths = Paths::new(self.model, others, kind, improvement);
        let (mut reachable, mut worst) = (0, None);
        loop {
            let level = paths.advance(self.budget)?;
            if level.is_empty() {
                let worst = worst.map(|(_, position)| self.reply(&paths, position, escapes));
                return Ok(Answer::Unsanctioned { reachable, worst });
            }
            reachable += level.len();
            // All positions of a level are equally many steps away.
            let mut sanction = None;
            for position in level {
                let result = paths.state(position);
                let outcome = outcomes.of(result);
                if outcome <= self.rank(self.state) && sanction.is_none_or(|(smallest, _)| result < smallest) {
                    sanction = Some((result, position));
                }
                let key = (outcome, paths.depth(position), result);
                if worst.is_none_or(|(least, _)| key < least) {
                    worst = Some((key, position));
                }
            }
            if let Some((_, position)) = sanction {
                return Ok(Answer::Sanctioned(self.reply(&paths, position, escapes)));
            }
        }
    }

    fn reply(&self, paths: &Paths<'_>, position: usize, escapes: Escapes) -> Reply {
        let result = paths.state(position);
        let escape = if escapes == Escapes::Considered { self.best_move(result) } else { None };
        Reply { path: paths.path(position), result, escape }
    }

    fn best_move(&self, from: StateId) -> Option<StateId> {
        moves(self.model, self.dm, from).into_iter().min_by_key(|target| (Reverse(self.rank(*target)), *target))
    }

    fn rank(&self, state: StateId) -> u32 {
        self.model.rank(self.dm, state)
    }
}

/// What the decision maker is left with when the others lead to a state: its rank,
/// or the best rank among the state and its own moves from there.
struct Outcomes<'a> {
    case: &'a Case<'a>,
    escapes: Escapes,
    free: Option<FreePart>,
    /// By base code of the free part: best rank by its own coordinates plus one; 0
    /// where not yet known.
    known: Vec<u32>,
    scratch: Vec<StateId>,
}

impl<'a> Outcomes<'a> {
    fn new(case: &'a Case<'a>, escapes: Escapes) -> Self {
        let free = FreePart::new(case.model, case.dm).filter(|_| escapes == Escapes::Considered);
        let known = if free.is_some() { vec![0; case.model.space().code_count()] } else { Vec::new() };
        Self { case, escapes, free, known, scratch: Vec::new() }
    }

    fn of(&mut self, result: StateId) -> u32 {
        let rank = self.case.rank(result);
        if self.escapes == Escapes::Ignored {
            return rank;
        }
        self.scratch.clear();
        let (model, dm) = (self.case.model, self.case.dm);
        visit_arcs(model, dm, result, MoveKind::Any, &mut self.scratch);
        let listed = self.best_of_scratch(rank);
        let code = model.code(result);
        let base = self.free.as_ref().filter(|_| model.sees(dm, code)).map(|free| free.base(code) as usize);
        if let Some(known) = base.map(|base| self.known[base]).filter(|known| *known > 0) {
            return listed.max(known - 1);
        }
        self.scratch.clear();
        visit_changes(model, dm, result, MoveKind::Any, &mut self.scratch);
        let best = self.best_of_scratch(rank);
        if let Some(base) = base {
            // A best rank of `u32::MAX` stays unknown and is found again.
            self.known[base] = best.wrapping_add(1);
        }
        best.max(listed)
    }

    fn best_of_scratch(&self, rank: u32) -> u32 {
        self.scratch.iter().fold(rank, |best, target| best.max(self.case.rank(*target)))
    }
}
