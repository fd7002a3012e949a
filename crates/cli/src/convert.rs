//! The command `convert`: a file of another program as a scenario.

use std::path::{Path, PathBuf};

use clap::Args;
use detente_scenario::Situation;
use detente_scenario::negotiation_files::situation_from_negotiation;
use detente_scenario::print_scenario;

use crate::args::Input;
use crate::fault::{Ending, Fault};
use crate::files::create;
use crate::input::{Language, Strict};
use crate::negotiate::{Files, is_negotiation, read_negotiation};
use crate::output::{Output, print};
use crate::questions::usable;

#[derive(Debug, Args)]
pub struct ConvertArgs {
    #[command(flatten)]
    pub input: Input,
    /// The profiles of the parties, if the file is part of a negotiation; else where to write the scenario.
    #[arg(value_name = "PROFILE|OUT")]
    pub rest: Vec<PathBuf>,
    /// Where to write the scenario; standard output unless given. Never overwrites.
    #[arg(short, long, value_name = "OUT")]
    pub out: Option<PathBuf>,
}

pub fn convert(args: &ConvertArgs, output: &Output) -> Result<Ending, Fault> {
    // A path beside a conflict is where to write it.
    let talks = is_negotiation(&args.input, &[]) || args.rest.len() > 1;
    let (situation, out) = if talks {
        (negotiation(args, output)?, args.out.as_deref())
    } else {
        if args.out.is_some() && !args.rest.is_empty() {
            return Err(Fault::new("two files to write are named").with_help("name one of them"));
        }
        let found = usable(&args.input, Language::ByName, output)?.map(|(_, situation)| situation);
        (found, args.out.as_deref().or(args.rest.first().map(PathBuf::as_path)))
    };
    let Some(situation) = situation else { return Ok(Ending::FileErrors) };
    let text = print_scenario(&situation);
    match out {
        Some(path) if path != Path::new("-") => create(path, &text)?,
        _ => print(&text)?,
    }
    Ok(Ending::Answered)
}

fn negotiation(args: &ConvertArgs, output: &Output) -> Result<Option<Situation>, Fault> {
    let files = Files { command: "convert", domain: &args.input.file, profiles: &args.rest };
    let strict = if args.input.strict { Strict::Warnings } else { Strict::Errors };
    let Some((domain, profiles)) = read_negotiation(&files, strict, output)? else { return Ok(None) };
    let title = args.input.file.file_stem().map_or_else(|| "negotiation".into(), |stem| stem.to_string_lossy());
    situation_from_negotiation(&domain, &profiles, &title).map(Some).map_err(|party| {
        Fault::new(format!("`{party}` takes the greatest or the least over hyper-rectangles, which is no sum"))
            .with_help("the language has worth that adds up; `detente solve` answers for the files as they are")
    })
}
