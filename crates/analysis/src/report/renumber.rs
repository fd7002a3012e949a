//! Statement indices inside views, after unused statements were dropped.

use super::{EvidenceView, OutcomeAnalysis, PreferenceView, ReplyView, StatementIndex};

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
