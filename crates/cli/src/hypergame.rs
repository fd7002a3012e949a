//! The command `hypergame`.

use detente_analysis::hypergame::hypergame as ask_hypergame;
use detente_render::hypergame_document;

use crate::args::{Format, Input, Question};
use crate::fault::{Ending, Fault};
use crate::input::Language;
use crate::output::Output;
use crate::questions::{ending, options, show, usable};
use crate::watch;

pub fn hypergame(input: &Input, question: &Question, format: Format, output: &Output) -> Result<Ending, Fault> {
    let Some((source, situation)) = usable(input, Language::ByName, output)? else { return Ok(Ending::FileErrors) };
    let (budget, watch) = watch::budget(&question.budget, output);
    let answer = ask_hypergame(&source, &situation, &options(question), &budget)?;
    drop(watch);
    show(&answer, hypergame_document, format, output)?;
    Ok(ending(std::iter::once(&answer.completion)))
}
