//! The command `deals`.

use clap::Args;
use detente_analysis::{DealsOptions, deals as ask_deals};
use detente_render::{deals_document, full_deals_document};

use crate::args::{FormatArg, Input, Question};
use crate::fault::{Ending, Fault};
use crate::input::Language;
use crate::negotiate::over;
use crate::output::Output;
use crate::questions::{options, show, usable};
use crate::watch;

#[derive(Debug, Args)]
pub struct DealsArgs {
    #[command(flatten)]
    pub input: Input,
    /// Say everything: concessions, what turns on single numbers, how solutions are defined.
    #[arg(long)]
    pub full: bool,
    /// Judge this package too: who refuses it, what would repair it, whether it can be improved on. Issues that are
    /// left out stay as without an agreement.
    #[arg(long, value_name = "ISSUE=VALUE,…")]
    pub package: Option<String>,
    /// Cases to draw over the ranges of numbers; 0 for none.
    #[arg(long, value_name = "N", default_value = "200", value_parser = clap::value_parser!(u32).range(0..=10_000_000))]
    pub draws: u32,
    /// Where the draws start; the same seed gives the same answer.
    #[arg(long, value_name = "S", default_value = "1")]
    pub seed: u64,
    /// What solutions choose if the parties may agree that one of several packages is drawn.
    #[arg(long)]
    pub lotteries: bool,
    #[command(flatten)]
    pub question: Question,
    #[command(flatten)]
    pub format: FormatArg,
}

pub fn deals(args: &DealsArgs, output: &Output) -> Result<Ending, Fault> {
    let Some((source, situation)) = usable(&args.input, Language::ByName, output)? else {
        return Ok(Ending::FileErrors);
    };
    let asked =
        DealsOptions { package: args.package.clone(), draws: args.draws, seed: args.seed, over: over(args.lotteries) };
    let (budget, watch) = watch::budget(&args.question.budget, output);
    let answer = ask_deals(&source, &situation, (&options(&args.question), &asked), &budget)?;
    drop(watch);
    let document = if args.full { full_deals_document } else { deals_document };
    show(&answer, document, args.format.format, output)?;
    let open = answer.profiles.iter().any(|profile| profile.stopped.is_some() || profile.ranges_stopped.is_some());
    Ok(if open { Ending::Undecided } else { Ending::Answered })
}
