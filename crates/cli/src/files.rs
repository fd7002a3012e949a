//! Commands about files: check, schema, new and codes.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use detente_analysis::inverse::MakeAnswer;
use detente_analysis::negotiation::NegotiationAnswer;
use detente_analysis::report::{CoalitionsAnswer, CompareAnswer, HypergameAnswer, Report};
use detente_analysis::robust::RobustAnswer;
use detente_analysis::{SolveAnswer, StableAnswer};
use detente_base::Severity;
use detente_render::diagnostics::{
    diagnostics_document, diagnostics_schema, render_diagnostics_json, render_human, render_lines, summary,
};
use detente_render::{render_json, render_markdown};
use detente_scenario::codes as registry;

use crate::args::{CheckFormat, Input, SchemaName};
use crate::fault::{Ending, Fault};
use crate::input::{Language, Strict, has_errors, read_scenario};
use crate::output::{Loudness, Output, print, remark};

/// The pages of `docs/codes`.
mod pages {
    include!(concat!(env!("OUT_DIR"), "/codes.rs"));
}

/// What `detente new` writes.
const STARTER: &str = include_str!("starter.yaml");

pub fn check(input: &Input, format: CheckFormat, output: &Output) -> Result<Ending, Fault> {
    let loaded = read_scenario(&input.file, Language::ByName)?;
    let mut shown = loaded.diagnostics.clone();
    if output.loudness == Loudness::Quiet {
        shown.retain(|d| d.severity == Severity::Error || (input.strict && d.severity == Severity::Warning));
    }
    let source = &loaded.source;
    let counts = format!("{}: {}\n", source.name(), summary(&loaded.diagnostics));
    let tail = if output.loudness == Loudness::Quiet { "" } else { &counts };
    print(&match format {
        CheckFormat::Text => render_human(source, &shown, output.out) + tail,
        CheckFormat::Line => render_lines(source, &shown),
        CheckFormat::Json => render_diagnostics_json(source, &shown),
        CheckFormat::Markdown => render_markdown(&diagnostics_document(source, &shown)),
    })?;
    let strict = if input.strict { Strict::Warnings } else { Strict::Errors };
    let refused = has_errors(&loaded.diagnostics, strict) || loaded.situation.is_none();
    Ok(if refused { Ending::FileErrors } else { Ending::Answered })
}

pub fn new(path: &Path, output: &Output) -> Result<Ending, Fault> {
    if path == Path::new("-") {
        print(STARTER)?;
        return Ok(Ending::Answered);
    }
    create(path, STARTER)?;
    if output.loudness > Loudness::Quiet {
        remark(&format!("wrote {0}; next: detente analyze {0}\n", path.display()));
    }
    Ok(Ending::Answered)
}

pub fn create(path: &Path, text: &str) -> Result<(), Fault> {
    let fault = |e: std::io::Error| Fault::of_file("write", path.display(), &e);
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|e| {
        let help =
            if e.kind() == std::io::ErrorKind::AlreadyExists { Some("name another path".to_owned()) } else { None };
        Fault { help, ..fault(e) }
    })?;
    file.write_all(text.as_bytes()).map_err(fault)
}

pub fn schema(name: SchemaName) -> Result<Ending, Fault> {
    let schema = match name {
        SchemaName::Scenario => detente_scenario::schema::scenario_schema(),
        SchemaName::Report => schemars::schema_for!(Report).to_value(),
        SchemaName::Stable => schemars::schema_for!(StableAnswer).to_value(),
        SchemaName::Make => schemars::schema_for!(MakeAnswer).to_value(),
        SchemaName::Compare => schemars::schema_for!(CompareAnswer).to_value(),
        SchemaName::Robust => schemars::schema_for!(RobustAnswer).to_value(),
        SchemaName::Coalitions => schemars::schema_for!(CoalitionsAnswer).to_value(),
        SchemaName::Hypergame => schemars::schema_for!(HypergameAnswer).to_value(),
        SchemaName::Deals => schemars::schema_for!(detente_analysis::DealsAnswer).to_value(),
        SchemaName::Readings => schemars::schema_for!(detente_analysis::ReadingsAnswer).to_value(),
        SchemaName::Delay => schemars::schema_for!(detente_analysis::delay::answer::DelayAnswer).to_value(),
        SchemaName::Solve => schemars::schema_for!(SolveAnswer).to_value(),
        SchemaName::Negotiation => schemars::schema_for!(NegotiationAnswer).to_value(),
        SchemaName::Game => schemars::schema_for!(detente_analysis::games::answer::GameSolution).to_value(),
        SchemaName::Play => schemars::schema_for!(detente_analysis::play::answer::PlayAnswer).to_value(),
        SchemaName::Update => schemars::schema_for!(detente_analysis::play::answer::UpdateAnswer).to_value(),
        SchemaName::Division => schemars::schema_for!(detente_analysis::division::DivisionAnswer).to_value(),
        SchemaName::Offers => schemars::schema_for!(detente_analysis::offers::OffersAnswer).to_value(),
        SchemaName::Tournament => schemars::schema_for!(detente_analysis::offers::TournamentAnswer).to_value(),
        SchemaName::Diagnostics => diagnostics_schema(),
    };
    print(&render_json(&schema))?;
    Ok(Ending::Answered)
}

pub fn codes(code: Option<&str>) -> Result<Ending, Fault> {
    let mut text = String::new();
    match code {
        None => {
            for info in registry::all() {
                let _ = writeln!(text, "{}  {:<7}  {}", info.code, info.severity.to_string(), info.title);
            }
        }
        Some(code) => {
            let Some(info) = registry::find(&code.to_ascii_uppercase()) else {
                return Err(Fault::new(format!("there is no code `{code}`")).with_help("`detente codes` lists them"));
            };
            match pages::page(info.code) {
                Some(page) => text.push_str(page),
                None => {
                    let _ = writeln!(text, "# {}: {}\nSeverity: {}", info.code, info.title, info.severity);
                }
            }
        }
    }
    print(&text)?;
    Ok(Ending::Answered)
}
