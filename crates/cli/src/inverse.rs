//! What would make an outcome hold.

use clap::Args;
use detente_analysis::inverse::{MakeQuestion, make as ask_make};
use detente_render::make_document;

use crate::args::{Format, Input, Question};
use crate::fault::{Ending, Fault};
use crate::input::Language;
use crate::output::Output;
use crate::questions::{ending, options, show, usable};
use crate::watch;

#[derive(Debug, Args)]
pub struct MakeArgs {
    /// Ask which preferences would make this outcome hold: its number, a name or a condition.
    #[arg(long, value_name = "OUTCOME", conflicts_with_all = ["concepts", "filter", "order", "group_by", "all"], help_heading = "What would make an outcome hold")]
    make: Option<String>,
    /// A party whose preferences may change [default: those that would leave]; may be repeated.
    #[arg(long = "party", value_name = "PARTY", requires = "make", help_heading = "What would make an outcome hold")]
    parties: Vec<String>,
    /// Numbers to look at together, separated by commas [default: up to two on which it turns].
    #[arg(
        long,
        value_name = "PARAMETERS",
        value_delimiter = ',',
        requires = "make",
        help_heading = "What would make an outcome hold"
    )]
    over: Vec<String>,
}

impl MakeArgs {
    /// The question, if it was asked.
    pub fn asked(&self) -> Option<MakeQuestion> {
        let outcome = self.make.clone()?;
        Some(MakeQuestion { outcome, parties: self.parties.clone(), over: self.over.clone() })
    }
}

pub fn make(
    input: &Input,
    asked: &MakeQuestion,
    question: &Question,
    format: Format,
    output: &Output,
) -> Result<Ending, Fault> {
    let Some((source, situation)) = usable(input, Language::ByName, output)? else { return Ok(Ending::FileErrors) };
    let (budget, watch) = watch::budget(&question.budget, output);
    let answer = ask_make(&source, &situation, asked, &options(question), &budget)?;
    drop(watch);
    show(&answer, make_document, format, output)?;
    Ok(ending([&answer.completion].into_iter()))
}
