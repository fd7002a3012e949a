//! The command `compare`.

use std::path::PathBuf;

use clap::Args;
use detente_analysis::versions::{Checked, compare as ask_compare};
use detente_render::compare_document;

use crate::args::{BudgetArgs, FormatArg, Input, limit};
use crate::fault::{Ending, Fault};
use crate::input::Language;
use crate::output::Output;
use crate::questions::{ending, show, usable};
use crate::watch;

#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The first version.
    #[arg(value_name = "BEFORE")]
    before: PathBuf,
    /// The second version.
    #[arg(value_name = "AFTER")]
    after: PathBuf,
    /// Take warnings for errors.
    #[arg(long)]
    strict: bool,
    /// Most entries in one list.
    #[arg(long, value_name = "N", default_value = "20", value_parser = limit)]
    limit: usize,
    #[command(flatten)]
    budget: BudgetArgs,
    #[command(flatten)]
    format: FormatArg,
}

pub fn compare(arguments: &CompareArgs, output: &Output) -> Result<Ending, Fault> {
    let input = |file: &PathBuf| Input { file: file.clone(), strict: arguments.strict };
    // The faults of both files are shown in one run.
    let before = usable(&input(&arguments.before), Language::ByName, output)?;
    let after = usable(&input(&arguments.after), Language::ByName, output)?;
    let (Some((first, a)), Some((second, b))) = (before, after) else { return Ok(Ending::FileErrors) };
    let (budget, watch) = watch::budget(&arguments.budget, output);
    let before = Checked { source: &first, situation: &a };
    let after = Checked { source: &second, situation: &b };
    let answer = ask_compare(before, after, arguments.limit, &budget);
    drop(watch);
    show(&answer, compare_document, arguments.format.format, output)?;
    Ok(ending(std::iter::once(&answer.completion)))
}
