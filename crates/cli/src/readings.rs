//! The command `readings`.

use clap::Args;
use detente_analysis::{Options, readings as ask_readings};
use detente_render::readings_document;

use crate::args::{FormatArg, Input, Question};
use crate::fault::{Ending, Fault};
use crate::input::Language;
use crate::output::Output;
use crate::questions::{ending, options, show, usable};
use crate::watch;

#[derive(Debug, Args)]
pub struct ReadingsArgs {
    #[command(flatten)]
    pub input: Input,
    /// Say why this outcome holds or does not: its number, the name of an outcome of the file, or a condition.
    #[arg(long, value_name = "OUTCOME")]
    pub outcome: Option<String>,
    /// Speak of this party only.
    #[arg(long, value_name = "PARTY", requires = "outcome")]
    pub party: Option<String>,
    #[command(flatten)]
    pub question: Question,
    #[command(flatten)]
    pub format: FormatArg,
}

pub fn readings(args: &ReadingsArgs, output: &Output) -> Result<Ending, Fault> {
    let Some((source, situation)) = usable(&args.input, Language::ByName, output)? else {
        return Ok(Ending::FileErrors);
    };
    let options = Options { outcome: args.outcome.clone(), party: args.party.clone(), ..options(&args.question) };
    let (budget, watch) = watch::budget(&args.question.budget, output);
    let answer = ask_readings(&source, &situation, &options, &budget)?;
    drop(watch);
    show(&answer, readings_document, args.format.format, output)?;
    Ok(ending(std::iter::once(&answer.completion)))
}
