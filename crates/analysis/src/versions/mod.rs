//! Two versions of a situation: what changed in the file, what changed in the answers,
//! and which change caused it.
//!
//! Outcomes are matched by the values of the issues that both versions have (`axes`), the
//! answers laid side by side (`answers`), and sets of changes made in the first version
//! until its answer becomes the second's (`causes`).
//!
//! Answers are those at the central values. Source for the search of small sets:
//! `[ZellerHildebrandt2002]`.

mod answers;
mod axes;
mod causes;
mod view;

use detente_base::{Budget, SourceText, StopReason};
use detente_scenario::situation::Situation;
use detente_scenario::versions::{Difference, Version};

use crate::ask::FORMAT;
use crate::overview::brief;
use crate::readings::nuance_views;
use crate::report::{CompareAnswer, Completion, SearchView, SharedView, VersionView};
use answers::{Answered, Frame, answer};
use causes::search;

/// One version of a situation, read and checked.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// The file.
    pub source: &'a SourceText,
    /// What it means.
    pub situation: &'a Situation,
}

/// Compares two versions; lists are cut at `limit`.
///
/// Cost: that of solving both, and of solving each situation in between that is tried:
/// see [`SearchView::limit`].
pub fn compare(before: Checked<'_>, after: Checked<'_>, limit: usize, budget: &Budget) -> CompareAnswer {
    let versions = [before, after].map(|v| Version::new(v.source, v.situation));
    let difference = Difference::between(&versions[0], &versions[1]);
    let frame = Frame::new(before.situation, after.situation);
    let view = |version: Checked<'_>| VersionView {
        file: version.source.name().to_owned(),
        situation: brief(version.situation, None),
        set_aside: nuance_views(version.situation, version.source),
    };
    let mut compared = CompareAnswer {
        format: FORMAT,
        before: view(before),
        after: view(after),
        identical: before.source.text() == after.source.text(),
        completion: Completion::Complete,
        changes: difference.changes.clone(),
        shared: SharedView {
            issues: frame.axes.issue_ids(),
            same_issues: frame.axes.same_issues,
            both: 0,
            only_before: 0,
            only_after: 0,
        },
        combinations: Vec::new(),
        causes: Vec::new(),
        search: SearchView::default(),
    };
    let answers = match both(&frame, before.situation, after.situation, budget) {
        Ok(answers) => answers,
        Err(reason) => {
            compared.completion = Completion::Undecided { reason };
            return compared;
        }
    };
    compared.before.situation = answers[0].brief.clone();
    compared.after.situation = answers[1].brief.clone();
    view::fill(&mut compared, &frame, &answers, limit);
    let found = search(&difference, &frame, &answers, budget);
    if let Some(reason) = found.stopped.clone() {
        compared.completion = Completion::Undecided { reason };
    }
    view::fill_causes(&mut compared, &frame, &answers, found, limit);
    compared
}

fn both(frame: &Frame, a: &Situation, b: &Situation, budget: &Budget) -> Result<[Answered; 2], StopReason> {
    Ok([answer(frame, a, budget)?, answer(frame, b, budget)?])
}
