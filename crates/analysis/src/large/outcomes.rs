//! Single outcomes with their verdicts and reasons.

use detente_base::StopReason;
use detente_conflict::Concept;
use detente_conflict::symbolic::{Judgement, Local};

use super::Large;
use crate::report::{LargeCheck, LargeImprovement, LargeOutcome, LargeVerdict};

impl Large<'_> {
    /// Every verdict on an outcome, for one party or all.
    pub(super) fn outcome(&self, state: &[u32], concepts: &[Concept], only: Option<usize>) -> LargeOutcome {
        let parties = (0..self.situation.parties.len()).filter(|party| only.is_none_or(|only| only == *party));
        let local = self.local();
        LargeOutcome {
            values: self.pairs(state),
            named: self.named_at(state),
            verdicts: parties
                .flat_map(|party| concepts.iter().map(move |concept| (*concept, party)))
                .map(|question| self.verdict(&local, question, state))
                .collect(),
        }
    }

    fn verdict(&self, local: &Local<'_>, (concept, party): (Concept, usize), state: &[u32]) -> LargeVerdict {
        let id = self.situation.parties[party].id.clone();
        match self.model.judge(concept, party, state, self.budget) {
            Ok(judged) => {
                self.judged_view((id, concept), &judged, state, self.check(local, (concept, party), &judged, state))
            }
            Err(reason) => open_verdict(id, concept, reason),
        }
    }

    /// How far a verdict is confirmed without diagrams.
    ///
    /// # Panics
    /// If it is refuted.
    fn check(&self, local: &Local<'_>, question: (Concept, usize), judged: &Judgement, state: &[u32]) -> LargeCheck {
        assert!(judged.is_borne_out(local, question, state), "evidence that is not so: {judged:?}");
        match self.follow(local, question, state) {
            Some(stays) => {
                assert!(stays == judged.is_stable(), "following the moves refutes the verdict on {state:?}");
                LargeCheck::Whole
            }
            None => LargeCheck::Evidence,
        }
    }

    fn judged_view(
        &self,
        (party, concept): (String, Concept),
        judged: &Judgement,
        state: &[u32],
        check: LargeCheck,
    ) -> LargeVerdict {
        let best = judged.best.as_ref().map(|best| LargeImprovement {
            changes: self.changes(state, &best.to),
            reply: best.reply.as_ref().map_or_else(Vec::new, |steps| self.steps(&best.to, steps)),
        });
        LargeVerdict {
            party,
            concept: concept.symbol().to_owned(),
            stays: Some(judged.is_stable()),
            stopped: None,
            improvements: Some(self.count(&judged.improvements)),
            unanswered: Some(self.count(&judged.unanswered)),
            best,
            check,
        }
    }
}

fn open_verdict(party: String, concept: Concept, reason: StopReason) -> LargeVerdict {
    LargeVerdict {
        party,
        concept: concept.symbol().to_owned(),
        stays: None,
        stopped: Some(reason),
        improvements: None,
        unanswered: None,
        best: None,
        check: LargeCheck::No,
    }
}
