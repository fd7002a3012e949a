//! The command `delay`.

use clap::Args;
use detente_analysis::delay as ask_delay;
use detente_render::delay_document;

use crate::args::{FormatArg, Input, Question};
use crate::fault::{Ending, Fault};
use crate::input::Language;
use crate::output::Output;
use crate::questions::{options, show, usable};
use crate::watch;

#[derive(Debug, Args)]
pub struct DelayArgs {
    #[command(flatten)]
    pub input: Input,
    /// Answer this protocol only.
    #[arg(long, value_name = "NAME")]
    pub protocol: Option<String>,
    #[command(flatten)]
    pub question: Question,
    #[command(flatten)]
    pub format: FormatArg,
}

pub fn delay(args: &DelayArgs, output: &Output) -> Result<Ending, Fault> {
    let Some((source, situation)) = usable(&args.input, Language::ByName, output)? else {
        return Ok(Ending::FileErrors);
    };
    let (budget, watch) = watch::budget(&args.question.budget, output);
    let answer = ask_delay(&source, &situation, &options(&args.question), args.protocol.as_deref(), &budget)?;
    drop(watch);
    show(&answer, delay_document, args.format.format, output)?;
    Ok(if answer.stopped.is_some() { Ending::Undecided } else { Ending::Answered })
}
