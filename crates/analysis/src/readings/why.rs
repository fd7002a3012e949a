//! Verdicts with their evidence, as views.

use std::collections::BTreeSet;

use detente_base::{Budget, StopReason};
use detente_conflict::pairwise::{Failing, PairwiseEvidence, Ties, explain, verify};
use detente_conflict::{Concept, DmId, Model, StateId, Step};

use super::family::{Family, Reading};
use super::view::{
    AnswerView, CloseReading, FailingView, NuanceIndex, NuanceView, PartyReadings, ReadingEvidence, ReadingVerdict,
    WeighingView,
};
use crate::close::{CONCEPTS, MAX_CHECKED_STATES, number, step_view, step_views};
use crate::report::{CheckedCount, StepView};
use crate::structure::Structure;

/// Explains verdicts of one part and counts those that were checked.
pub struct Why<'a> {
    pub structure: &'a Structure<'a>,
    pub model: &'a Model,
    pub family: &'a Family,
    pub statements: &'a [NuanceView],
    pub budget: &'a Budget,
    pub checked: CheckedCount,
    pub mentioned: &'a mut BTreeSet<StateId>,
}

/// One question: which reading, concept, party and outcome.
#[derive(Clone, Copy)]
pub struct Case {
    pub reading: Reading,
    pub concept: Concept,
    pub dm: DmId,
    pub state: StateId,
}

impl Why<'_> {
    /// The evidence of a verdict, and whether it was checked.
    ///
    /// # Panics
    /// If the independent checker refutes it.
    fn evidence(&mut self, case: Case) -> Result<(PairwiseEvidence, bool), StopReason> {
        let Case { reading, concept, dm, state } = case;
        let judgement = self.family.judgement(reading);
        let evidence = explain(self.model, &*judgement, concept, (dm, state), self.budget)?;
        if self.model.state_count() > MAX_CHECKED_STATES {
            self.checked.unchecked += 1;
            return Ok((evidence, false));
        }
        match verify(self.model, &*judgement, concept, (dm, state), &evidence) {
            Ok(()) => self.checked.confirmed += 1,
            Err(wrong) => panic!("the checker refutes the evidence at outcome {}: {wrong}", number(state)),
        }
        Ok((evidence, true))
    }

    /// Checks a verdict and yields the statements that its evidence uses.
    pub fn statements_behind(&mut self, case: Case, stable: bool) -> Result<Vec<NuanceIndex>, StopReason> {
        let (evidence, _) = self.evidence(case)?;
        assert_eq!(evidence.is_stable(), stable, "solver and evidence differ at outcome {}", number(case.state));
        // By the order no statement decides; what departs from it is what chances say.
        let by_chances = case.reading == Reading::Order && !self.family.likely.is_empty();
        let reading = if by_chances { Reading::Chances(Ties::Excluded) } else { case.reading };
        let weigh = |a: StateId| self.weigh(Case { reading, ..case }, a).statement;
        Ok(match &evidence {
            PairwiseEvidence::Stable { answered } => {
                answered.iter().flat_map(|answer| [weigh(answer.tempting), weigh(answer.result)]).flatten().collect()
            }
            PairwiseEvidence::Unstable { tempting, failing, .. } => {
                let end = failing.as_ref().and_then(|failing| weigh(failing.way_out.unwrap_or(failing.result)));
                weigh(*tempting).into_iter().chain(end).collect()
            }
        })
    }

    /// Every party's verdicts at an outcome, alike ones together.
    pub fn close(
        &mut self,
        state: StateId,
        readings: &[(Reading, String)],
        only: Option<usize>,
    ) -> Result<CloseReading, StopReason> {
        self.mentioned.insert(state);
        let mut parties = Vec::new();
        for dm in self.model.decision_makers().filter(|dm| only.is_none_or(|party| party == dm.index())) {
            let mut verdicts: Vec<ReadingVerdict> = Vec::new();
            for (reading, name) in readings {
                for concept in CONCEPTS {
                    let case = Case { reading: *reading, concept, dm, state };
                    let (evidence, verified) = self.evidence(case)?;
                    let stable = evidence.is_stable();
                    let evidence = self.view(case, &evidence);
                    let symbol = concept.symbol().to_owned();
                    match verdicts.iter_mut().find(|verdict| verdict.evidence == evidence) {
                        Some(verdict) => match verdict.of.last_mut() {
                            Some((last, concepts)) if last == name => concepts.push(symbol),
                            _ => verdict.of.push((name.clone(), vec![symbol])),
                        },
                        None => {
                            let of = vec![(name.clone(), vec![symbol])];
                            verdicts.push(ReadingVerdict { of, stable, verified, evidence });
                        }
                    }
                }
            }
            parties.push(PartyReadings { party: self.party(dm).to_owned(), verdicts });
        }
        Ok(CloseReading { outcome: number(state), parties })
    }

    fn view(&mut self, case: Case, evidence: &PairwiseEvidence) -> ReadingEvidence {
        match evidence {
            PairwiseEvidence::Stable { answered } if answered.is_empty() => ReadingEvidence::NotTempted,
            PairwiseEvidence::Stable { answered } => ReadingEvidence::Deterred {
                answers: answered
                    .iter()
                    .map(|answer| AnswerView {
                        step: self.own_step(case, answer.tempting),
                        tempted: self.weigh(case, answer.tempting),
                        reply: self.reply(answer.tempting, &answer.path),
                        deterred: self.weigh(case, answer.result),
                    })
                    .collect(),
            },
            PairwiseEvidence::Unstable { tempting, replies, failing } => ReadingEvidence::Leaves {
                step: self.own_step(case, *tempting),
                tempted: self.weigh(case, *tempting),
                replies: *replies as u64,
                failing: failing.as_ref().map(|failing| Box::new(self.failing(case, *tempting, failing))),
            },
        }
    }

    fn failing(&mut self, case: Case, tempting: StateId, failing: &Failing) -> FailingView {
        self.mentioned.extend(failing.way_out);
        FailingView {
            reply: self.reply(tempting, &failing.path),
            compared: self.weigh(case, failing.result),
            way_out: failing.way_out.map(|way| self.weigh(case, way)),
        }
    }

    fn own_step(&mut self, case: Case, to: StateId) -> StepView {
        self.mentioned.insert(to);
        step_view(self.structure, case.state, Step { mover: case.dm, to })
    }

    fn reply(&mut self, from: StateId, path: &[Step]) -> Vec<StepView> {
        self.mentioned.extend(path.iter().map(|step| step.to));
        step_views(self.structure, from, path)
    }

    /// How the party weighs an outcome against the one it is at.
    fn weigh(&self, case: Case, outcome: StateId) -> WeighingView {
        let Case { reading, dm, state, .. } = case;
        let pair = (outcome, state);
        let (relation, statement) = self.family.weigh(reading, (dm, self.party(dm)), pair, self.statements);
        let chance =
            matches!(reading, Reading::Chances(_)).then(|| self.family.likely[dm.index()].chance(outcome, state));
        WeighingView { outcome: number(outcome), against: number(state), relation, chance, statement }
    }

    fn party(&self, dm: DmId) -> &str {
        &self.structure.situation.parties[dm.index()].id
    }
}
