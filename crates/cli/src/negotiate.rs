//! The command `solve` for a negotiation: a domain and the profiles of the parties.

use std::path::{Path, PathBuf};

use detente_analysis::negotiation::{Over, negotiate as ask_negotiate};
use detente_base::{Diagnostic, SourceText};
use detente_render::diagnostics::{render_human, summary};
use detente_render::negotiation_document;
use detente_scenario::negotiation_files::{Domain, FileKind, NegotiationFile, Profile, load_negotiation, recognise};

use crate::args::{BudgetArgs, Format, Input};
use crate::fault::{Ending, Fault};
use crate::input::{Strict, has_errors, read_bytes};
use crate::output::{Loudness, Output, remark};
use crate::questions::show;
use crate::watch;

/// Whether the files are those of a negotiation, by their content.
pub fn is_negotiation(input: &Input, profiles: &[PathBuf]) -> bool {
    let known = || read_bytes(&input.file, "").is_ok_and(|bytes| recognise(&bytes).is_negotiation());
    !profiles.is_empty() || (input.file != Path::new("-") && known())
}

/// What the parties may agree on.
pub fn over(lotteries: bool) -> Over {
    if lotteries { Over::Lotteries } else { Over::Packages }
}

pub fn solve(
    (input, profiles): (&Input, &[PathBuf]),
    over: Over,
    budget: &BudgetArgs,
    format: Format,
    output: &Output,
) -> Result<Ending, Fault> {
    let files = Files { command: "solve", domain: &input.file, profiles };
    let strict = if input.strict { Strict::Warnings } else { Strict::Errors };
    let Some((domain, profiles)) = read_negotiation(&files, strict, output)? else { return Ok(Ending::FileErrors) };
    let (budget, watch) = watch::budget(budget, output);
    let answer = ask_negotiate(&domain, &profiles, over, &budget)?;
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
    let mut texts = Vec::new();
    for path in std::iter::once(domain).chain(profiles.iter().map(PathBuf::as_path)) {
        let name = if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() };
        let bytes = read_bytes(path, &name)?;
        texts.push((name, bytes));
    }
    if let [(name, bytes)] = texts.as_slice() {
        return Err(lonely(command, name, recognise(bytes)));
    }
    let files: Vec<NegotiationFile<'_>> = texts.iter().map(|(name, bytes)| NegotiationFile { name, bytes }).collect();
    let loaded = load_negotiation(&files);
    // The faults of all files are shown in one run.
    let mut fine = true;
    for (source, diagnostics) in &loaded.found {
        let refused = has_errors(diagnostics, strict);
        tell(source, diagnostics, refused, output);
        fine &= !refused;
    }
    let paths: Vec<&Path> = std::iter::once(domain).chain(profiles.iter().map(PathBuf::as_path)).collect();
    let names = names(&paths[loaded.first_profile..]);
    let profiles: Option<Vec<Profile>> = loaded.profiles.into_iter().collect();
    let read = loaded.domain.zip(profiles).filter(|_| fine);
    Ok(read.map(|(domain, profiles)| (domain, names.into_iter().zip(profiles).collect())))
}

/// One file makes no negotiation.
fn lonely(command: &str, name: &str, kind: FileKind) -> Fault {
    if kind.is_whole() {
        return Fault::new("there is one profile: a party alone is no negotiation")
            .with_help(format!("name the profiles of the others: `detente {command} {name} SECOND.json`"));
    }
    let ending = match kind {
        FileKind::GeniusWebDomain => "json",
        FileKind::NegmasDomain | FileKind::NegmasProfile => "yaml",
        _ => "xml",
    };
    Fault::new("there are no profiles: a domain alone is no negotiation").with_help(format!(
        "name the profiles of the parties: `detente {command} {name} FIRST.{ending} SECOND.{ending}`"
    ))
}

/// Names of parties by their files; several of one name are told apart by number.
fn names(paths: &[&Path]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (at, path) in paths.iter().enumerate() {
        let taken = paths[..at].iter().filter(|other| party(other) == party(path)).count();
        found.push(if taken == 0 { party(path) } else { format!("{} ({})", party(path), taken + 1) });
    }
    found
}

/// A party goes by the name of its file.
fn party(path: &Path) -> String {
    path.file_stem().map_or_else(|| path.display().to_string(), |stem| stem.to_string_lossy().into_owned())
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
