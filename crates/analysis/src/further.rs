//! Concepts that were asked for by name: their outcomes, and their reasons as views.

use std::collections::BTreeSet;

use detente_base::{Budget, StopReason};
use detente_conflict::{
    Concept, DmId, FixedBitSet, HorizonChecker, HorizonConcept, HorizonEvidence, HorizonExplainer, HorizonSolution,
    JointMoves, JointReply, Outlook, Play, Refusal, SimultaneousEvidence, SimultaneousSolution, StateId, Step,
    TieVerdict, explain_simultaneous, improvements, sequential_or_simultaneous, solve_horizon, solve_simultaneous,
    verify_simultaneous,
};
use detente_scenario::situation::PartyId;

use crate::asked::Asked;
use crate::close::{Close, MAX_CHECKED_STATES, Solved, number};
use crate::report::{
    CycleView, FurtherAnalysis, FurtherEvidence, FurtherRemark, FurtherVerdict, JointReplyView, JointSanctionView,
    OutcomeNumber, PlayView, StatementIndex, TieView,
};

/// Most plays of one verdict that are told: one for each horizon of a period.
const MOST_PLAYS: usize = 8;

/// The outcomes of one asked concept in one combination of types.
#[derive(Clone, Debug)]
pub struct AskedSolution {
    /// The concept.
    pub asked: Asked,
    /// Its symbol.
    pub symbol: String,
    /// For each party the states that are stable for it.
    pub parties: Vec<FixedBitSet>,
    /// The states that are stable for all.
    pub equilibria: FixedBitSet,
    horizon: Option<HorizonSolution>,
}

/// Solves a combination of types under the concepts that are defined for it.
///
/// # Errors
/// When the budget ends it.
///
/// # Panics
/// If a concept is not defined for the situation: the caller leaves those out.
pub fn solve_asked(solved: &Solved<'_>, asked: &[Asked], budget: &Budget) -> Result<Vec<AskedSolution>, StopReason> {
    let mut joint: Option<SimultaneousSolution> = None;
    asked.iter().map(|asked| solve_one(solved, *asked, &mut joint, budget)).collect()
}

fn solve_one(
    solved: &Solved<'_>,
    asked: Asked,
    joint: &mut Option<SimultaneousSolution>,
    budget: &Budget,
) -> Result<AskedSolution, StopReason> {
    let model = &solved.model;
    let mut horizon = None;
    let parties: Vec<FixedBitSet> = match asked {
        Asked::Usual(concept) => {
            model.decision_makers().map(|dm| solved.solution.stable(concept, dm).clone()).collect()
        }
        Asked::Simultaneous | Asked::SequentialOrSimultaneous => {
            let simultaneous = match joint {
                Some(known) => known,
                None => joint.insert(allowed(solve_simultaneous(model, budget))?),
            };
            let union = sequential_or_simultaneous(&solved.solution, simultaneous);
            let chosen = if asked == Asked::Simultaneous { simultaneous } else { &union };
            model.decision_makers().map(|dm| chosen.stable(dm).clone()).collect()
        }
        Asked::Horizon(concept) => {
            let solution = horizon.insert(allowed(solve_horizon(model, concept, budget))?);
            model.decision_makers().map(|dm| solution.stable(dm).clone()).collect()
        }
    };
    let mut equilibria = FixedBitSet::with_capacity(model.state_count());
    equilibria.insert_range(..);
    parties.iter().for_each(|set| equilibria.intersect_with(set));
    Ok(AskedSolution { asked, symbol: asked.symbol(solved.structure.situation), parties, equilibria, horizon })
}

/// An answer that only the budget can prevent.
fn allowed<T>(answer: Result<T, Refusal>) -> Result<T, StopReason> {
    answer.map_err(|refusal| match refusal {
        Refusal::Stopped(reason) => reason,
        Refusal::NotApplicable(fault) => panic!("a concept was asked that is not defined: {fault}"),
    })
}

impl AskedSolution {
    /// Whether the reasons are other than those of the five usual concepts.
    pub fn is_further(&self) -> bool {
        !matches!(self.asked, Asked::Usual(_))
    }

    /// What is to be said beside the outcomes; nothing for concepts without horizon.
    pub fn remark(&self) -> Option<FurtherRemark> {
        let solution = self.horizon.as_ref()?;
        let numbers =
            |set: &FixedBitSet| -> Vec<OutcomeNumber> { set.ones().map(|s| number(StateId::from_index(s))).collect() };
        Some(FurtherRemark {
            concept: self.symbol.clone(),
            cycle: cycle_view(solution),
            turns_on_ties: numbers(solution.ties().varying_equilibria()),
            ties_not_established: numbers(&solution.ties().open_equilibria()),
        })
    }
}

fn cycle_view(solution: &HorizonSolution) -> Option<CycleView> {
    solution.cycle().map(|cycle| CycleView { from: cycle.pre_period, period: cycle.period })
}

fn tie_view(verdict: TieVerdict) -> TieView {
    match verdict {
        TieVerdict::Same => TieView::Same,
        TieVerdict::Varies => TieView::Varies,
        TieVerdict::Open => TieView::NotEstablished,
    }
}

/// Reasons of further concepts in one combination of types.
pub struct Reasons<'s> {
    solutions: &'s [AskedSolution],
    /// For concepts with a horizon.
    ahead: Option<(HorizonExplainer<'s>, HorizonChecker<'s>)>,
    budget: &'s Budget,
}

/// One verdict that is to be given a reason.
#[derive(Clone, Copy)]
struct Place<'s> {
    solution: &'s AskedSolution,
    dm: DmId,
    state: StateId,
}

impl<'s> Reasons<'s> {
    /// Gets ready to give reasons.
    ///
    /// # Errors
    /// When the budget ends it.
    pub fn new(solved: &'s Solved<'_>, solutions: &'s [AskedSolution], budget: &'s Budget) -> Result<Self, StopReason> {
        let ahead = if solutions.iter().any(|solution| solution.horizon.is_some()) {
            let explainer = allowed(HorizonExplainer::new(&solved.model, budget))?;
            Some((explainer, HorizonChecker::new(&solved.model)))
        } else {
            None
        };
        Ok(Self { solutions, ahead, budget })
    }

    /// An outcome under every further concept.
    ///
    /// # Errors
    /// When the budget ends it.
    pub fn of_outcome(
        &mut self,
        close: &mut Close<'_, '_>,
        state: StateId,
        only: Option<PartyId>,
    ) -> Result<Vec<FurtherAnalysis>, StopReason> {
        let mut analyses = Vec::new();
        for solution in self.solutions.iter().filter(|solution| solution.is_further()) {
            let horizon = solution.horizon.as_ref();
            let mut parties = Vec::new();
            for dm in close.solved.model.decision_makers().filter(|dm| only.is_none_or(|p| p.0 == dm.0)) {
                self.budget.check()?;
                parties.push(self.verdict(close, Place { solution, dm, state })?);
            }
            analyses.push(FurtherAnalysis {
                concept: solution.symbol.clone(),
                holds: solution.equilibria.contains(state.index()),
                ties: tie_view(horizon.map_or(TieVerdict::Same, |h| h.ties().of_equilibrium(state))),
                cycle: horizon.and_then(cycle_view),
                parties,
            });
        }
        Ok(analyses)
    }

    fn verdict(&mut self, close: &mut Close<'_, '_>, place: Place<'_>) -> Result<FurtherVerdict, StopReason> {
        let Place { solution, dm, state } = place;
        let solved = close.solved;
        let stable = solution.parties[dm.index()].contains(state.index());
        let mut used = BTreeSet::new();
        let (evidence, verified) = match solution.asked {
            Asked::Horizon(concept) => self.ahead(close, concept, place, &mut used)?,
            Asked::SequentialOrSimultaneous if is_answered(solved, dm, state) => {
                (FurtherEvidence::SequentiallyStable, close.confirm(Concept::Sequential, dm, state, self.budget)?)
            }
            _ => {
                // Under the union a party that is not stable is so under neither.
                let evidence = allowed(explain_simultaneous(&solved.model, dm, state, self.budget))?;
                let verified = is_small(solved);
                if verified {
                    let checked = verify_simultaneous(&solved.model, dm, state, stable, &evidence);
                    refuse(checked, &solution.symbol, dm, state);
                }
                (close.joint_view(dm, state, &evidence, &mut used), verified)
            }
        };
        close.note(stable, dm, state, verified, used);
        let ties = solution.horizon.as_ref().map_or(TieVerdict::Same, |horizon| horizon.ties().of(dm, state));
        let party = solved.structure.situation.parties[dm.index()].id.clone();
        Ok(FurtherVerdict { party, stable, verified, ties: tie_view(ties), evidence })
    }

    fn ahead(
        &mut self,
        close: &mut Close<'_, '_>,
        concept: HorizonConcept,
        Place { solution, dm, state }: Place<'_>,
        used: &mut BTreeSet<StatementIndex>,
    ) -> Result<(FurtherEvidence, bool), StopReason> {
        let (explainer, checker) = self.ahead.as_mut().expect("prepared for concepts with a horizon");
        let evidence = allowed(explainer.explain(concept, dm, state))?;
        let verified = is_small(close.solved);
        if verified {
            let stable = solution.parties[dm.index()].contains(state.index());
            refuse(checker.verify(concept, dm, state, stable, &evidence), &solution.symbol, dm, state);
        }
        Ok((close.horizon_view(dm, state, &evidence, used), verified))
    }
}

/// Whether a party has improvements and all of them are answered under SEQ.
fn is_answered(solved: &Solved<'_>, dm: DmId, state: StateId) -> bool {
    solved.solution.is_stable(Concept::Sequential, dm, state) && !improvements(&solved.model, dm, state).is_empty()
}

/// Whether verdicts are checked.
fn is_small(solved: &Solved<'_>) -> bool {
    solved.model.state_count() <= MAX_CHECKED_STATES
}

fn refuse(checked: Result<(), detente_conflict::CheckFailure>, symbol: &str, dm: DmId, state: StateId) {
    if let Err(fault) = checked {
        panic!("the checker refutes {symbol} for party {} at outcome {}: {fault}", dm.0, number(state));
    }
}

/// Asks the independent checker about outcomes under every further concept.
pub struct Confirming<'s> {
    solved: &'s Solved<'s>,
    solutions: &'s [AskedSolution],
    ahead: Option<(HorizonExplainer<'s>, HorizonChecker<'s>)>,
    budget: &'s Budget,
}

impl<'s> Confirming<'s> {
    /// Gets ready to ask.
    pub fn new(solved: &'s Solved<'s>, solutions: &'s [AskedSolution], budget: &'s Budget) -> Self {
        let asked = is_small(solved) && solutions.iter().any(|solution| solution.horizon.is_some());
        let explainer = if asked { HorizonExplainer::new(&solved.model, budget).ok() } else { None };
        let ahead = explainer.map(|explainer| (explainer, HorizonChecker::new(&solved.model)));
        Self { solved, solutions, ahead, budget }
    }

    /// Whether every verdict on an outcome was confirmed; false where the checker was not
    /// asked, for the number of states or the budget.
    pub fn confirms(&mut self, state: StateId) -> bool {
        let model = &self.solved.model;
        let mut places =
            self.solutions.iter().flat_map(|solution| model.decision_makers().map(move |dm| (solution, dm)));
        places.all(|(solution, dm)| self.confirms_one(Place { solution, dm, state }).unwrap_or(false))
    }

    fn confirms_one(&mut self, Place { solution, dm, state }: Place<'_>) -> Result<bool, StopReason> {
        let model = &self.solved.model;
        if !is_small(self.solved) {
            return Ok(!solution.is_further());
        }
        let stable = solution.parties[dm.index()].contains(state.index());
        let sequential = || self.solved.solution.is_stable(Concept::Sequential, dm, state);
        let checked = match solution.asked {
            // The usual concepts are checked with the whole solution.
            Asked::Usual(_) => return Ok(true),
            Asked::SequentialOrSimultaneous if sequential() => return Ok(true),
            Asked::Simultaneous | Asked::SequentialOrSimultaneous => {
                let evidence = allowed(explain_simultaneous(model, dm, state, self.budget))?;
                verify_simultaneous(model, dm, state, stable, &evidence)
            }
            Asked::Horizon(concept) => {
                let Some((explainer, checker)) = &mut self.ahead else { return Ok(false) };
                let evidence = allowed(explainer.explain(concept, dm, state))?;
                checker.verify(concept, dm, state, stable, &evidence)
            }
        };
        refuse(checked, &solution.symbol, dm, state);
        Ok(true)
    }
}

impl Close<'_, '_> {
    fn joint_view(
        &mut self,
        dm: DmId,
        state: StateId,
        evidence: &SimultaneousEvidence,
        used: &mut BTreeSet<StatementIndex>,
    ) -> FurtherEvidence {
        match evidence {
            SimultaneousEvidence::Stable { sanctions } if sanctions.is_empty() => FurtherEvidence::NoImprovement,
            SimultaneousEvidence::Stable { sanctions } => FurtherEvidence::MetByOthers {
                sanctions: sanctions
                    .iter()
                    .map(|sanction| JointSanctionView {
                        step: self.move_view(state, Step { mover: dm, to: sanction.improvement }, used),
                        better: self.preference(dm, sanction.improvement, state, used),
                        reply: self.joint_reply(dm, state, &sanction.reply, used),
                    })
                    .collect(),
            },
            SimultaneousEvidence::Unstable { improvement, joint: JointMoves { feasible, infeasible, worst } } => {
                FurtherEvidence::LeavesDespite {
                    step: self.move_view(state, Step { mover: dm, to: *improvement }, used),
                    better: self.preference(dm, *improvement, state, used),
                    combinations: *feasible,
                    infeasible: *infeasible,
                    worst: worst.as_ref().map(|reply| Box::new(self.joint_reply(dm, state, reply, used))),
                }
            }
        }
    }

    fn joint_reply(
        &mut self,
        dm: DmId,
        state: StateId,
        reply: &JointReply,
        used: &mut BTreeSet<StatementIndex>,
    ) -> JointReplyView {
        for change in &reply.changes {
            self.preference(change.mover, change.to, state, used);
        }
        JointReplyView {
            changes: reply.changes.iter().map(|change| self.move_view(state, *change, used)).collect(),
            result: number(reply.result),
            compared: self.preference(dm, reply.result, state, used),
        }
    }

    fn horizon_view(
        &mut self,
        dm: DmId,
        state: StateId,
        evidence: &HorizonEvidence,
        used: &mut BTreeSet<StatementIndex>,
    ) -> FurtherEvidence {
        let mut plays = Vec::new();
        for (horizon, outlook) in evidence.outlooks.iter().take(MOST_PLAYS) {
            match outlook {
                Outlook::Immobile => return FurtherEvidence::NoMove,
                Outlook::Stays { best } => plays.push(self.play(dm, state, *horizon, best, used)),
                Outlook::Leaves { play } => {
                    return FurtherEvidence::Leaves { play: Box::new(self.play(dm, state, *horizon, play, used)) };
                }
            }
        }
        FurtherEvidence::Stays { plays }
    }

    fn play(
        &mut self,
        dm: DmId,
        state: StateId,
        horizon: u32,
        play: &Play,
        used: &mut BTreeSet<StatementIndex>,
    ) -> PlayView {
        let mut at = state;
        let mut steps = Vec::new();
        for step in &play.steps {
            steps.push(self.move_view(at, *step, used));
            at = step.to;
        }
        let compared = self.preference(dm, play.result, state, used);
        PlayView { horizon, steps, cut: play.cut, result: number(play.result), compared }
    }
}
