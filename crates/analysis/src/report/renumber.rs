//! Statement indices inside views, after unused statements were dropped.

use super::{
    BrokenOutcome, EvidenceView, FurtherEvidence, JointReplyView, OutcomeAnalysis, PreferenceView, ReplyView,
    StatementIndex,
};

impl OutcomeAnalysis {
    /// Replaces every statement index by its new one.
    ///
    /// # Panics
    /// If a view refers to a statement that was dropped: used statements are kept.
    pub(crate) fn renumber(&mut self, new: &[Option<StatementIndex>]) {
        for verdict in self.parties.iter_mut().flat_map(|p| &mut p.verdicts) {
            match &mut verdict.evidence {
                EvidenceView::NoImprovement => {}
                EvidenceView::Deterred { sanctions } => {
                    for sanction in sanctions {
                        sanction.better.renumber(new);
                        sanction.reply.renumber(new);
                    }
                }
                EvidenceView::Leaves { better, worst_reply, .. } => {
                    better.renumber(new);
                    if let Some(reply) = worst_reply {
                        reply.renumber(new);
                    }
                }
            }
        }
        for verdict in self.further.iter_mut().flat_map(|f| &mut f.parties) {
            verdict.evidence.renumber(new);
        }
    }
}

impl FurtherEvidence {
    fn renumber(&mut self, new: &[Option<StatementIndex>]) {
        match self {
            Self::NoImprovement | Self::SequentiallyStable | Self::NoMove => {}
            Self::MetByOthers { sanctions } => {
                for sanction in sanctions {
                    sanction.better.renumber(new);
                    sanction.reply.renumber(new);
                }
            }
            Self::LeavesDespite { better, worst, .. } => {
                better.renumber(new);
                worst.iter_mut().for_each(|reply| reply.renumber(new));
            }
            Self::Stays { plays } => plays.iter_mut().for_each(|play| play.compared.renumber(new)),
            Self::Leaves { play } => play.compared.renumber(new),
        }
    }
}

impl JointReplyView {
    fn renumber(&mut self, new: &[Option<StatementIndex>]) {
        self.compared.renumber(new);
    }
}

impl BrokenOutcome {
    /// Replaces every statement index by its new one.
    ///
    /// # Panics
    /// If a view refers to a statement that was dropped: used statements are kept.
    pub(crate) fn renumber(&mut self, new: &[Option<StatementIndex>]) {
        for found in &mut self.breaks {
            found.gains.iter_mut().for_each(|gain| gain.renumber(new));
            for reply in found.foresight.iter_mut().filter_map(|verdict| verdict.reply.as_mut()) {
                reply.compared.iter_mut().for_each(|one| one.renumber(new));
                reply.moves.iter_mut().flat_map(|joint| &mut joint.gains).for_each(|gain| gain.renumber(new));
            }
        }
    }
}

impl ReplyView {
    fn renumber(&mut self, new: &[Option<StatementIndex>]) {
        self.reasons.iter_mut().chain([&mut self.compared]).chain(&mut self.escape).for_each(|p| p.renumber(new));
    }
}

impl PreferenceView {
    fn renumber(&mut self, new: &[Option<StatementIndex>]) {
        for reason in &mut self.reasons {
            reason.statement = new[reason.statement].expect("a statement that a view names is kept");
        }
    }
}
