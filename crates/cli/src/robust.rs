//! How robust verdicts are.

use clap::{Args, ValueEnum};
use detente_analysis::robust::{Distribution, RobustQuestion, Vary, robust as ask_robust};
use detente_render::robust_document;

use crate::args::{Format, Input, Question};
use crate::fault::{Ending, Fault};
use crate::input::Language;
use crate::output::Output;
use crate::questions::{ending, options, show, usable};
use crate::watch;

#[derive(Debug, Args)]
pub struct RobustArgs {
    /// Cases to draw; up to so many are all solved instead.
    #[arg(long, value_name = "N", default_value = "2000", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    draws: u32,
    /// Where the draws start; the same seed gives the same answer.
    #[arg(long, value_name = "S", default_value = "1")]
    seed: u64,
    /// How each number varies over its range.
    #[arg(long, value_name = "FORM", default_value = "uniform", conflicts_with = "swaps")]
    distribution: DistributionName,
    /// Vary every party's order by at most K swaps of neighbours, instead of the numbers.
    #[arg(long, value_name = "K")]
    swaps: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DistributionName {
    /// Every value alike.
    Uniform,
    /// Most often near the likely value.
    Triangular,
}

impl RobustArgs {
    fn question(&self) -> RobustQuestion {
        let vary = match (self.swaps, self.distribution) {
            (Some(swaps), _) => Vary::Orders { swaps },
            (None, DistributionName::Uniform) => Vary::Parameters(Distribution::Uniform),
            (None, DistributionName::Triangular) => Vary::Parameters(Distribution::Triangular),
        };
        RobustQuestion { vary, draws: self.draws, seed: self.seed }
    }
}

pub fn robust(
    input: &Input,
    asked: &RobustArgs,
    question: &Question,
    format: Format,
    output: &Output,
) -> Result<Ending, Fault> {
    let Some((source, situation)) = usable(input, Language::ByName, output)? else { return Ok(Ending::FileErrors) };
    let (budget, watch) = watch::budget(&question.budget, output);
    let answer = ask_robust(&source, &situation, &asked.question(), &options(question), &budget)?;
    drop(watch);
    show(&answer, robust_document, format, output)?;
    Ok(ending([&answer.completion].into_iter()))
}
