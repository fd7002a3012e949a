//! The command `divide`: who gets what of several goods.

use std::path::PathBuf;

use clap::Args;
use detente_analysis::division::divide as ask_divide;
use detente_render::division_document;

use crate::args::{BudgetArgs, FormatArg, Input};
use crate::fault::{Ending, Fault};
use crate::input::Strict;
use crate::negotiate::{Files, read_negotiation};
use crate::output::Output;
use crate::questions::show;
use crate::watch;

#[derive(Debug, Args)]
pub struct DivideArgs {
    #[command(flatten)]
    pub input: Input,
    /// The profiles of the parties; each issue of the domain is a good with a value for each party.
    #[arg(value_name = "PROFILE")]
    pub profiles: Vec<PathBuf>,
    #[command(flatten)]
    pub budget: BudgetArgs,
    #[command(flatten)]
    pub format: FormatArg,
}

pub fn divide(args: &DivideArgs, output: &Output) -> Result<Ending, Fault> {
    let files = Files { command: "divide", domain: &args.input.file, profiles: &args.profiles };
    let strict = if args.input.strict { Strict::Warnings } else { Strict::Errors };
    let Some((domain, profiles)) = read_negotiation(&files, strict, output)? else { return Ok(Ending::FileErrors) };
    let (budget, watch) = watch::budget(&args.budget, output);
    let answer = ask_divide(&domain, &profiles, &budget)?;
    drop(watch);
    show(&answer, division_document, args.format.format, output)?;
    Ok(if answer.stopped.is_some() { Ending::Undecided } else { Ending::Answered })
}
