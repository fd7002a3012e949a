//! The command `solve` for a negotiation: a domain and the profiles of the parties.

use std::path::{Path, PathBuf};

use detente_analysis::negotiation::negotiate as ask_negotiate;
use detente_base::{Diagnostic, SourceText};
use detente_render::diagnostics::{render_human, summary};
use detente_render::negotiation_document;
use detente_scenario::genius::{parse_domain, parse_profile};
use detente_scenario::negotiation_files::{Domain, Parsed, Profile};

use crate::args::{BudgetArgs, Format, Input};
use crate::fault::{Ending, Fault};
use crate::input::{Strict, has_errors, read_bytes};
use crate::output::{Loudness, Output, remark};
use crate::questions::show;
use crate::watch;

/// Whether the files are those of a negotiation.
pub fn is_negotiation(input: &Input, profiles: &[PathBuf]) -> bool {
    !profiles.is_empty() || input.file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xml"))
}

pub fn solve(
    input: &Input,
    profiles: &[PathBuf],
    budget: &BudgetArgs,
    format: Format,
    output: &Output,
) -> Result<Ending, Fault> {
    let files = Files { command: "solve", domain: &input.file, profiles };
    let strict = if input.strict { Strict::Warnings } else { Strict::Errors };
    let Some((domain, profiles)) = read_negotiation(&files, strict, output)? else { return Ok(Ending::FileErrors) };
    let (budget, watch) = watch::budget(budget, output);
    let answer = ask_negotiate(&domain, &profiles, &budget)?;
    drop(watch);
    show(&answer, negotiation_document, format, output)?;
    Ok(if answer.stopped.is_some() { Ending::Undecided } else { Ending::Answered })
}

/// The files of a negotiation.
pub struct Files<'f> {
    /// The command that reads them, for messages.
    pub command: &'f str,
    pub domain: &'f Path,
    pub profiles: &'f [PathBuf],
}

/// A domain, and the profiles of the parties with their names.
pub type Read = (Domain, Vec<(String, Profile)>);

/// What the files say, or `None` after their faults were shown.
pub fn read_negotiation(files: &Files<'_>, strict: Strict, output: &Output) -> Result<Option<Read>, Fault> {
    let Files { command, domain, profiles } = *files;
    if profiles.is_empty() {
        return Err(Fault::new("there are no profiles: a domain alone is no negotiation").with_help(format!(
            "name the profiles of the parties: `detente {command} {} FIRST.xml SECOND.xml`",
            domain.display()
        )));
    }
    let (name, bytes) = read(domain)?;
    let Some(domain) = usable(parse_domain(&name, &bytes), strict, output) else { return Ok(None) };
    // The faults of all profiles are shown in one run.
    let mut found: Vec<Option<(String, Profile)>> = Vec::new();
    for path in profiles {
        let (name, bytes) = read(path)?;
        let profile = usable(parse_profile(&name, &bytes, &domain), strict, output);
        let taken = profiles[..found.len()].iter().filter(|other| party(other) == party(path)).count();
        let name = if taken == 0 { party(path) } else { format!("{} ({})", party(path), taken + 1) };
        found.push(profile.map(|profile| (name, profile)));
    }
    Ok(found.into_iter().collect::<Option<Vec<_>>>().map(|profiles| (domain, profiles)))
}

fn read(path: &Path) -> Result<(String, Vec<u8>), Fault> {
    let name = if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() };
    let bytes = read_bytes(path, &name)?;
    Ok((name, bytes))
}

/// A party goes by the name of its file; several of one name are told apart by number.
fn party(path: &Path) -> String {
    path.file_stem().map_or_else(|| path.display().to_string(), |stem| stem.to_string_lossy().into_owned())
}

/// What a file says, after its faults were shown.
fn usable<T>((found, source, diagnostics): Parsed<T>, strict: Strict, output: &Output) -> Option<T> {
    let refused = has_errors(&diagnostics, strict);
    tell(&source, &diagnostics, refused, output);
    found.filter(|_| !refused)
}

fn tell(source: &SourceText, diagnostics: &[Diagnostic], refused: bool, output: &Output) {
    if diagnostics.is_empty() || (!refused && output.loudness == Loudness::Quiet) {
        return;
    }
    if refused || output.loudness == Loudness::Verbose {
        remark(&render_human(source, diagnostics, output.err));
    }
    let advice = if refused || output.loudness == Loudness::Verbose { "" } else { "; `--verbose` shows them" };
    remark(&format!("{}: {}{advice}\n", source.name(), summary(diagnostics)));
}
