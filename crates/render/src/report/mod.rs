//! Reports as documents.
//!
//! One file for each section of the full report, and [`short`] for the short one;
//! [`names`] says what things are called, [`reasons`] why
//! something is preferred.

mod aside;
mod basis;
mod breaks;
mod change;
mod close;
mod coalitions;
mod continuum;
mod deals;
mod delay;
mod differences;
mod division;
mod further;
mod game;
mod holds;
mod hypergame;
mod large;
mod lotteries;
mod make;
mod make_numbers;
mod names;
mod negotiation;
mod offers;
mod paths;
mod patterns;
mod play;
mod ranges;
mod readings;
mod reasons;
mod robust;
mod scripts;
mod short;
mod situation;
mod solutions;
mod symbolic;
mod symbolic_coalitions;
mod symbolic_outcomes;
mod tournament;
mod update;
mod versions;
mod words;

pub use coalitions::coalitions_document;
pub use deals::{deals_document, full_deals_document};
pub use delay::delay_document;
pub use division::division_document;
pub use game::game_document;
pub use hypergame::hypergame_document;
pub use make::make_document;
pub use negotiation::negotiation_document;
pub use offers::offers_document;
pub use patterns::{pattern_words, patterns_words};
pub use play::{PlayLength, play_document};
pub use readings::readings_document;
pub use robust::robust_document;
pub use scripts::{solve_document, stable_document};
pub use tournament::tournament_document;
pub use update::update_document;
pub use versions::compare_document;

use std::collections::BTreeSet;

use detente_analysis::report::{EvidenceView, OutcomeNumber, Question, Report, VerdictView};

use crate::doc::{Document, Level};
use basis::{Extent, basis_section};
use names::Names;
use reasons::Detail;

/// Outcomes that are only mentioned, up to which their values are listed.
const MOST_MENTIONED: usize = 40;

/// A report as a document: the answer to [`Question::Analyze`] in short.
pub fn report_document(report: &Report) -> Document {
    match report.question {
        Question::Analyze if report.large.is_empty() => {
            let mut out = title(report);
            out.append(short::short_document(report, &Names::new(report)));
            out
        }
        _ => full_document(report),
    }
}

/// A report as a document with all that it holds.
pub fn full_document(report: &Report) -> Document {
    if !report.large.is_empty() {
        return large_report(report);
    }
    let names = Names::new(report);
    let mut out = title(report);
    match report.question {
        Question::Explain => {
            out.append(explained_outcomes(report, &names));
            if report.concepts.is_empty() || report.profiles.iter().any(|p| !p.equilibria.is_empty()) {
                out.append(close::close_section(report, &names, Detail::Full));
            }
            out.append(further::further_section(report, &names));
            out.append(mentioned(report, &names));
            out.append(basis_section(report, &names, Extent::All));
        }
        Question::Stable => out.append(holds::holds_section(report, &names)),
        Question::Analyze => {
            out.append(situation::situation_section(report, &names));
            out.append(holds::holds_section(report, &names));
            out.append(paths::paths_section(report, &names));
            out.append(close::close_section(report, &names, Detail::Short));
            out.append(differences::differences_section(report, &names));
            out.append(ranges::ranges_section(report, &names));
            out.append(basis_section(report, &names, Extent::Most));
        }
    }
    out
}

/// A report on outcomes that are too many to list.
fn large_report(report: &Report) -> Document {
    let mut out = title(report);
    out.append(situation::large_section(report));
    report.large.iter().for_each(|large| out.append(symbolic::symbolic_document(large)));
    out
}

/// The title, with the numbers that were fixed.
fn title(report: &Report) -> Document {
    let fixed = report.settings.fixed.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>();
    let with = if fixed.is_empty() { String::new() } else { format!(", with {}", words::listed(&fixed, "and")) };
    let mut out = Document::default();
    out.heading(Level::Title, format!("{}{with}", report.situation.title.trim()));
    if let Some(filter) = &report.settings.filter {
        out.append(scripts::filter_paragraph(filter));
    }
    let names = Names::new(report);
    if let Some(remark) = hypergame::truth_remark(&report.situation.mistaken, &|id| names.party_inside(id)) {
        out.paragraph(remark);
    }
    if let Some(remark) = delay::protocols_remark(&report.situation.protocols) {
        out.paragraph(remark);
    }
    out.append(aside::set_aside(&report.set_aside));
    out
}

/// A report on asked outcomes, cut to those who would leave them and what would have
/// to change.
pub fn why_not_document(report: &Report) -> Document {
    let mut cut = report.clone();
    for analysis in cut.profiles.iter_mut().flat_map(|p| &mut p.close) {
        analysis.parties.retain(|party| party.verdicts.iter().any(|v| !v.stable));
        analysis.further.iter_mut().for_each(|further| further.parties.retain(|verdict| !verdict.stable));
    }
    report_document(&cut)
}

fn explained_outcomes(report: &Report, names: &Names<'_>) -> Document {
    let mut out = holds::undecided_paragraphs(report, names);
    let numbers: BTreeSet<OutcomeNumber> = report.profiles.iter().flat_map(|p| &p.close).map(|c| c.outcome).collect();
    if numbers.is_empty() {
        return out;
    }
    let numbers: Vec<OutcomeNumber> = numbers.into_iter().chain(report.situation.status_quo).collect();
    out.append(holds::values_table(names, numbers, "The outcomes asked for, and the status quo, by number:"));
    if report.concepts.is_empty() {
        let used: Vec<&str> = report.profiles.iter().flat_map(|p| &p.equilibria).map(|s| s.concept.as_str()).collect();
        out.append(holds::meanings_of(&used));
    } else {
        out.append(further::concepts_in_words(&report.concepts));
    }
    out
}

/// Values of the outcomes to which improvements and replies lead.
fn mentioned(report: &Report, names: &Names<'_>) -> Document {
    let mut numbers: BTreeSet<OutcomeNumber> = BTreeSet::new();
    for analysis in report.profiles.iter().flat_map(|p| &p.close) {
        numbers.insert(analysis.outcome);
        analysis.parties.iter().flat_map(|p| &p.verdicts).for_each(|v| outcomes_of(v, &mut numbers));
        further::outcomes_of(analysis, &mut numbers);
    }
    let mut out = Document::default();
    if numbers.len() > 1 && numbers.len() <= MOST_MENTIONED {
        out.heading(Level::Section, "Outcomes mentioned");
        out.append(holds::values_table(names, numbers.into_iter().collect(), "By number:"));
    }
    out
}

fn outcomes_of(verdict: &VerdictView, numbers: &mut BTreeSet<OutcomeNumber>) {
    let mut reply = |reply: &detente_analysis::report::ReplyView| {
        numbers.extend(reply.steps.iter().map(|s| s.to));
        numbers.extend(reply.escape.iter().map(|e| e.outcome));
    };
    match &verdict.evidence {
        EvidenceView::NoImprovement => {}
        EvidenceView::Deterred { sanctions } => {
            sanctions.iter().for_each(|s| reply(&s.reply));
            numbers.extend(sanctions.iter().map(|s| s.step.to));
        }
        EvidenceView::Leaves { step, worst_reply, .. } => {
            if let Some(worst) = worst_reply {
                reply(worst);
            }
            numbers.insert(step.to);
        }
    }
}
