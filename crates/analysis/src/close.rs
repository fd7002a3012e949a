//! Outcomes looked at closely: each party's verdicts with their evidence, as views.

use std::collections::BTreeSet;

use detente_base::{Budget, StopReason};
use detente_conflict::{
    Concept, DmId, Evidence, Model, Reply, Solution, StateId, Step, explain, improvements, moves, verify,
};
use detente_scenario::expr::eval::{Interval, Point, Truth, truth};
use detente_scenario::situation::{PartyId, PreferenceForm, SetBy, Situation, ValueId};

use crate::compare::compare;
use crate::profile::Profile;
use crate::ranks::form_of;
use crate::report::{
    CheckedCount, EvidenceView, Interest, OutcomeAnalysis, OutcomeNumber, PartyAnalysis, PreferenceView, ReplyView,
    SanctionView, StatementIndex, StatementKind, StepView, VerdictView,
};
use crate::statements::Statements;
use crate::structure::{Structure, changed_issues, state_values};

/// Most states for which the independent checker is run: for an unstable outcome it
/// tries every legal sequence of replies by definition.
pub(crate) const MAX_CHECKED_STATES: usize = 1 << 15;

/// Most of a party's moves from an outcome that are searched for the statements a
/// verdict rests on.
const MAX_MOVES_READ: usize = 512;

/// Concepts in the order in which reports list them: from the shortest view to the
/// most cautious one.
pub const CONCEPTS: [Concept; 5] = [
    Concept::Nash,
    Concept::SymmetricSequential,
    Concept::Sequential,
    Concept::SymmetricMetarational,
    Concept::GeneralMetarational,
];

/// One combination of types, solved at one point of the parameters.
#[derive(Debug)]
pub struct Solved<'a> {
    /// States and moves.
    pub structure: &'a Structure<'a>,
    /// The combination.
    pub profile: &'a Profile,
    /// Value of each parameter.
    pub point: &'a [Interval],
    /// The conflict.
    pub model: Model,
    /// Its stable states.
    pub solution: Solution,
}

/// Number of an outcome, from 1.
pub fn number(state: StateId) -> OutcomeNumber {
    state.0 + 1
}

impl<'a> Solved<'a> {
    fn situation(&self) -> &'a Situation {
        self.structure.situation
    }

    fn values(&self, state: StateId) -> Vec<ValueId> {
        state_values(self.structure, state)
    }

    fn form(&self, dm: DmId) -> &'a PreferenceForm {
        form_of(self.structure, self.profile, PartyId(dm.0))
    }

    /// Symbols of the concepts under which an outcome holds for everybody.
    pub fn holds_under(&self, state: StateId) -> Vec<String> {
        let holds =
            |concept: &Concept| self.model.decision_makers().all(|dm| self.solution.is_stable(*concept, dm, state));
        CONCEPTS.iter().filter(|c| holds(c)).map(|c| c.symbol().to_owned()).collect()
    }

    /// A step from one outcome.
    pub fn step(&self, from: StateId, step: Step) -> StepView {
        step_view(self.structure, from, step)
    }

    /// Steps in a row.
    pub fn steps(&self, from: StateId, path: &[Step]) -> Vec<StepView> {
        step_views(self.structure, from, path)
    }
}

/// A step from one outcome.
pub fn step_view(structure: &Structure<'_>, from: StateId, step: Step) -> StepView {
    let situation = structure.situation;
    let (before, after) = (state_values(structure, from), state_values(structure, step.to));
    let changes = changed_issues(&before, &after)
        .into_iter()
        .map(|id| {
            let issue = &situation.issues[id.index()];
            let name = |values: &[ValueId]| issue.values[values[id.index()].index()].id.clone();
            (issue.id.clone(), name(&before), name(&after))
        })
        .collect();
    StepView { party: situation.parties[step.mover.index()].id.clone(), to: number(step.to), changes }
}

/// Steps in a row.
pub fn step_views(structure: &Structure<'_>, from: StateId, path: &[Step]) -> Vec<StepView> {
    let mut at = from;
    path.iter()
        .map(|step| {
            let view = step_view(structure, at, *step);
            at = step.to;
            view
        })
        .collect()
}

/// Builds views of verdicts and counts what they rest on.
#[derive(Debug)]
pub struct Close<'s, 'a> {
    /// The solved combination.
    pub solved: &'s Solved<'a>,
    /// The statements of the file.
    pub statements: &'s mut Statements<'a>,
    /// Outcomes mentioned.
    pub mentioned: &'s mut BTreeSet<StateId>,
    /// What the independent checker confirmed.
    pub checked: CheckedCount,
    /// The concepts that are spoken of.
    pub concepts: Vec<Concept>,
}

impl Close<'_, '_> {
    /// An outcome with the verdicts of all parties, or of one.
    pub fn outcome(
        &mut self,
        state: StateId,
        because: Interest,
        only: Option<PartyId>,
        budget: &Budget,
    ) -> Result<OutcomeAnalysis, StopReason> {
        self.mentioned.insert(state);
        let mut parties = Vec::new();
        for dm in self.solved.model.decision_makers() {
            if only.is_none_or(|p| p.0 == dm.0) {
                parties.push(self.party(state, dm, budget)?);
            }
        }
        let mut holds_under = self.solved.holds_under(state);
        holds_under.retain(|symbol| self.concepts.iter().any(|concept| concept.symbol() == symbol));
        Ok(OutcomeAnalysis { outcome: number(state), because, holds_under, parties, further: Vec::new() })
    }

    fn party(&mut self, state: StateId, dm: DmId, budget: &Budget) -> Result<PartyAnalysis, StopReason> {
        let available = improvements(&self.solved.model, dm, state).len() as u64;
        let mut verdicts = Vec::new();
        for concept in self.concepts.clone() {
            budget.check()?;
            verdicts.push(self.verdict(concept, dm, state, budget)?);
        }
        let party = self.solved.situation().parties[dm.index()].id.clone();
        Ok(PartyAnalysis { party, improvements: available, verdicts })
    }

    fn verdict(
        &mut self,
        concept: Concept,
        dm: DmId,
        state: StateId,
        budget: &Budget,
    ) -> Result<VerdictView, StopReason> {
        let solved = self.solved;
        let stable = solved.solution.is_stable(concept, dm, state);
        let evidence = explain(&solved.model, concept, dm, state, budget)?;
        let verified = solved.model.state_count() <= MAX_CHECKED_STATES;
        if verified {
            if let Err(fault) = verify(&solved.model, concept, dm, state, stable, &evidence) {
                panic!("the checker refutes {concept} for party {} at outcome {}: {fault}", dm.0, number(state));
            }
            self.checked.confirmed += 1;
        } else {
            self.checked.unchecked += 1;
        }
        let mut used = BTreeSet::new();
        let view = self.evidence(concept, dm, state, &evidence, &mut used);
        self.statements.count(used);
        Ok(VerdictView { concept: concept.symbol().to_owned(), stable, verified, evidence: view })
    }

    /// Whether the checker confirms the verdict under one of the usual concepts; false
    /// when there are too many states to ask it.
    pub(crate) fn confirm(
        &self,
        concept: Concept,
        dm: DmId,
        state: StateId,
        budget: &Budget,
    ) -> Result<bool, StopReason> {
        let solved = self.solved;
        if solved.model.state_count() > MAX_CHECKED_STATES {
            return Ok(false);
        }
        let stable = solved.solution.is_stable(concept, dm, state);
        let evidence = explain(&solved.model, concept, dm, state, budget)?;
        if let Err(fault) = verify(&solved.model, concept, dm, state, stable, &evidence) {
            panic!("the checker refutes {concept} for party {} at outcome {}: {fault}", dm.0, number(state));
        }
        Ok(true)
    }

    /// Counts a verdict with the statements that it rests on.
    pub(crate) fn note(
        &mut self,
        stable: bool,
        dm: DmId,
        state: StateId,
        verified: bool,
        mut used: BTreeSet<StatementIndex>,
    ) {
        if stable {
            self.note_refused_moves(dm, state, &mut used);
        }
        self.statements.count(used);
        if verified {
            self.checked.confirmed += 1;
        } else {
            self.checked.unchecked += 1;
        }
    }

    fn evidence(
        &mut self,
        concept: Concept,
        dm: DmId,
        state: StateId,
        evidence: &Evidence,
        used: &mut BTreeSet<StatementIndex>,
    ) -> EvidenceView {
        match evidence {
            Evidence::Stable { sanctions } => {
                self.note_refused_moves(dm, state, used);
                if sanctions.is_empty() {
                    return EvidenceView::NoImprovement;
                }
                let sanctions = sanctions
                    .iter()
                    .map(|sanction| SanctionView {
                        step: self.move_view(state, Step { mover: dm, to: sanction.improvement }, used),
                        better: self.preference(dm, sanction.improvement, state, used),
                        reply: self.reply(concept, dm, state, sanction.improvement, &sanction.reply, used),
                    })
                    .collect();
                EvidenceView::Deterred { sanctions }
            }
            Evidence::Unstable { improvement, reachable, worst_reply } => EvidenceView::Leaves {
                step: self.move_view(state, Step { mover: dm, to: *improvement }, used),
                better: self.preference(dm, *improvement, state, used),
                replies: *reachable as u64,
                worst_reply: worst_reply
                    .as_ref()
                    .map(|reply| Box::new(self.reply(concept, dm, state, *improvement, reply, used))),
            },
        }
    }

    pub(crate) fn move_view(&mut self, from: StateId, step: Step, used: &mut BTreeSet<StatementIndex>) -> StepView {
        self.mentioned.insert(step.to);
        let (before, after) = (self.solved.values(from), self.solved.values(step.to));
        used.extend(changed_issues(&before, &after).into_iter().map(|issue| self.statements.of_issue(issue)));
        self.solved.step(from, step)
    }

    fn reply(
        &mut self,
        concept: Concept,
        dm: DmId,
        state: StateId,
        improvement: StateId,
        reply: &Reply,
        used: &mut BTreeSet<StatementIndex>,
    ) -> ReplyView {
        let credible = matches!(concept, Concept::Sequential | Concept::SymmetricSequential);
        let mut at = improvement;
        let (mut steps, mut reasons) = (Vec::new(), Vec::new());
        for step in &reply.path {
            steps.push(self.move_view(at, *step, used));
            if credible {
                reasons.push(self.preference(step.mover, step.to, at, used));
            }
            at = step.to;
        }
        let escape = reply.escape.map(|escape| {
            self.mentioned.insert(escape);
            self.preference(dm, escape, state, used)
        });
        let compared = self.preference(dm, reply.result, state, used);
        ReplyView { steps, reasons, result: number(reply.result), compared, escape }
    }

    pub(crate) fn preference(
        &mut self,
        dm: DmId,
        first: StateId,
        second: StateId,
        used: &mut BTreeSet<StatementIndex>,
    ) -> PreferenceView {
        let solved = self.solved;
        self.mentioned.extend([first, second]);
        let (a, b) = (solved.values(first), solved.values(second));
        let compared = compare(solved.situation(), self.statements, solved.form(dm), solved.point, (&a, &b));
        used.extend(compared.reasons.iter().map(|r| r.statement));
        used.extend(compared.parameters.iter().map(|p| self.statements.of_parameter(*p)));
        PreferenceView {
            party: solved.situation().parties[dm.index()].id.clone(),
            outcome: number(first),
            with: number(second),
            relation: compared.relation,
            reasons: compared.reasons,
            difference: compared.difference,
        }
    }

    /// A stable verdict also rests on why each other move is no improvement: on the
    /// statements that decide those comparisons, and on the constraints that rule out
    /// what the party could otherwise do.
    fn note_refused_moves(&mut self, dm: DmId, state: StateId, used: &mut BTreeSet<StatementIndex>) {
        let solved = self.solved;
        let situation = solved.situation();
        let here = solved.values(state);
        for target in moves(&solved.model, dm, state).into_iter().take(MAX_MOVES_READ) {
            if solved.model.rank(dm, target) <= solved.model.rank(dm, state) {
                let there = solved.values(target);
                let compared = compare(situation, self.statements, solved.form(dm), solved.point, (&there, &here));
                used.extend(compared.reasons.iter().map(|r| r.statement));
                used.extend(compared.parameters.iter().map(|p| self.statements.of_parameter(*p)));
            }
        }
        for constraint in &situation.constraints {
            let blocks = neighbours(situation, PartyId(dm.0), &here)
                .iter()
                .any(|values| truth(&constraint.holds, &Point::new(situation, values, solved.point)) == Truth::False);
            if blocks {
                used.insert(self.statements.at(constraint.origin.span, StatementKind::Constraint));
            }
        }
    }
}

/// Outcomes, feasible or not, that differ in one issue that the party sets.
fn neighbours(situation: &Situation, party: PartyId, values: &[ValueId]) -> Vec<Vec<ValueId>> {
    let mut found = Vec::new();
    for (index, issue) in situation.issues.iter().enumerate() {
        if issue.set_by != SetBy::Party(party) {
            continue;
        }
        for value in 0..issue.values.len().min(MAX_MOVES_READ) {
            let mut other = values.to_vec();
            other[index] = ValueId::from_index(value);
            if other != values {
                found.push(other);
            }
        }
    }
    found
}
