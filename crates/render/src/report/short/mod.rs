//! A report in short: the answer first, then what it rests on.
//!
//! One file for each section. [`key`] picks the outcomes that the sections speak of.

mod answer;
mod basis;
mod holds;
mod key;
mod paths;
mod situation;
mod together;
mod turning;
mod types;
mod why;

use detente_analysis::report::Report;

use super::names::Names;
use crate::doc::Document;

/// Everything that the file can answer, in short.
pub fn short_document(report: &Report, names: &Names<'_>) -> Document {
    let mut out = Document::default();
    if let Some(about) = &report.situation.about {
        out.paragraph(about.trim());
    }
    out.append(answer::answer_section(report, names));
    out.append(situation::situation_section(report, names));
    out.append(holds::holds_section(report, names));
    out.append(paths::paths_section(report, names));
    out.append(why::why_section(report, names));
    out.append(types::types_section(report, names));
    out.append(turning::turning_section(report, names));
    out.append(basis::basis_section(report, names));
    out
}
