//! The command `divide`: who gets what of several goods.

use std::path::PathBuf;

use clap::Args;
use detente_analysis::Options;
use detente_analysis::division::{DivisionAnswer, NoDivision, divide as ask_divide, divide_situation};
use detente_base::Exact;
use detente_render::diagnostics::{render_human, summary};
use detente_render::division_document;

use crate::args::{BudgetArgs, FormatArg, Input, fixed};
use crate::fault::{Ending, Fault};
use crate::input::{Language, Strict};
use crate::negotiate::{Files, is_negotiation, read_negotiation};
use crate::output::{Output, remark};
use crate::questions::{show, usable};
use crate::watch;

#[derive(Debug, Args)]
pub struct DivideArgs {
    #[command(flatten)]
    pub input: Input,
    /// The profiles of the parties, if the file is the domain of a negotiation: each issue is a good with a value for
    /// each party. A scenario needs none: its goods are the issues whose values are the parties.
    #[arg(value_name = "PROFILE")]
    pub profiles: Vec<PathBuf>,
    /// Fix a number of a scenario.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = fixed)]
    pub fixed: Vec<(String, Exact)>,
    #[command(flatten)]
    pub budget: BudgetArgs,
    #[command(flatten)]
    pub format: FormatArg,
}

pub fn divide(args: &DivideArgs, output: &Output) -> Result<Ending, Fault> {
    if !is_negotiation(&args.input, &args.profiles) {
        return scenario(args, output);
    }
    if !args.fixed.is_empty() {
        return Err(Fault::new("`--set` fixes numbers of a scenario, and the files are those of a negotiation"));
    }
    let files = Files { command: "divide", domain: &args.input.file, profiles: &args.profiles };
    let strict = if args.input.strict { Strict::Warnings } else { Strict::Errors };
    let Some((domain, profiles)) = read_negotiation(&files, strict, output)? else { return Ok(Ending::FileErrors) };
    let (budget, watch) = watch::budget(&args.budget, output);
    let answer = ask_divide(&domain, &profiles, &budget)?;
    drop(watch);
    told(&answer, args, output)
}

fn scenario(args: &DivideArgs, output: &Output) -> Result<Ending, Fault> {
    let Some((source, situation)) = usable(&args.input, Language::ByName, output)? else {
        return Ok(Ending::FileErrors);
    };
    let options = Options { fixed: args.fixed.clone(), ..Options::default() };
    let (budget, watch) = watch::budget(&args.budget, output);
    let found = divide_situation(&source, &situation, &options, &budget);
    drop(watch);
    match found {
        Ok(answer) => told(&answer, args, output),
        Err(NoDivision::Error(error)) => Err(error.into()),
        Err(NoDivision::Faults(faults)) => {
            remark(&render_human(&source, &faults, output.err));
            remark(&format!("{}: {}\n", source.name(), summary(&faults)));
            Ok(Ending::FileErrors)
        }
    }
}

fn told(answer: &DivisionAnswer, args: &DivideArgs, output: &Output) -> Result<Ending, Fault> {
    show(answer, division_document, args.format.format, output)?;
    Ok(if answer.stopped.is_some() { Ending::Undecided } else { Ending::Answered })
}
