//! Commands that ask a question about a situation.

use detente_analysis::report::{Completion, Report};
use detente_analysis::{
    Engine, Lists, Options, analyze as ask_analyze, coalitions as ask_coalitions, explain as ask_explain,
    solve as ask_solve, stable as ask_stable,
};
use detente_base::SourceText;
use detente_render::diagnostics::{render_human, summary};
use detente_render::{
    Document, coalitions_document, full_document, render_json, render_markdown, render_text, report_document,
    solve_document, stable_document, why_not_document,
};
use detente_scenario::Situation;
use serde::Serialize;

use crate::args::{BudgetArgs, Format, Input, Question};
use crate::coalition_args::CoalitionArgs;
use crate::fault::{Ending, Fault};
use crate::input::{Language, Strict, has_errors, read_scenario};
use crate::list_args::{GroupArgs, ListArgs};
use crate::output::{Loudness, Output, print, remark};
use crate::watch;

/// What `explain` is asked about.
pub struct Asked {
    pub outcome: String,
    pub party: Option<String>,
    pub only_why_not: bool,
    pub concepts: Vec<String>,
    pub engine: Engine,
}

/// What `stable` lists, and how.
pub struct Listed {
    pub concepts: Vec<String>,
    pub engine: Engine,
    pub list: ListArgs,
    pub group: GroupArgs,
}

/// How much `analyze` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// The answer, and what it mostly rests on.
    Short,
    /// Everything.
    Full,
}

pub fn analyze(
    input: &Input,
    (question, list, engine): (&Question, ListArgs, Engine),
    length: Length,
    format: Format,
    output: &Output,
) -> Result<Ending, Fault> {
    let Some((source, situation)) = usable(input, Language::ByName, output)? else { return Ok(Ending::FileErrors) };
    let (budget, watch) = watch::budget(&question.budget, output);
    let options = Options { engine, ..list_options(list, question) };
    let report = ask_analyze(&source, &situation, &options, &budget)?;
    drop(watch);
    show(&report, if length == Length::Full { full_document } else { report_document }, format, output)?;
    Ok(report_ending(&report))
}

pub fn stable(
    input: &Input,
    listed: Listed,
    question: &Question,
    format: Format,
    output: &Output,
) -> Result<Ending, Fault> {
    let Some((source, situation)) = usable(input, Language::ByName, output)? else { return Ok(Ending::FileErrors) };
    let (budget, watch) = watch::budget(&question.budget, output);
    let options = Options {
        concepts: listed.concepts,
        engine: listed.engine,
        group_by: listed.group.group_by,
        lists: if listed.group.all { Lists::Whole } else { Lists::Short },
        ..list_options(listed.list, question)
    };
    let answer = ask_stable(&source, &situation, &options, &budget)?;
    drop(watch);
    show(&answer, stable_document, format, output)?;
    Ok(ending(std::iter::once(&answer.completion).chain(answer.profiles.iter().map(|p| &p.completion))))
}

pub fn explain(
    input: &Input,
    asked: Asked,
    question: &Question,
    format: Format,
    output: &Output,
) -> Result<Ending, Fault> {
    let Some((source, situation)) = usable(input, Language::ByName, output)? else { return Ok(Ending::FileErrors) };
    let options = Options {
        outcome: Some(asked.outcome),
        party: asked.party,
        concepts: asked.concepts,
        engine: asked.engine,
        ..options(question)
    };
    let (budget, watch) = watch::budget(&question.budget, output);
    let report = ask_explain(&source, &situation, &options, &budget)?;
    drop(watch);
    let document = if asked.only_why_not { why_not_document } else { report_document };
    show(&report, document, format, output)?;
    Ok(report_ending(&report))
}

pub fn coalitions(
    input: &Input,
    asked: &CoalitionArgs,
    question: &Question,
    format: Format,
    output: &Output,
) -> Result<Ending, Fault> {
    let Some((source, situation)) = usable(input, Language::ByName, output)? else { return Ok(Ending::FileErrors) };
    let options = Options { outcome: asked.outcome.clone(), engine: asked.engine.engine(), ..options(question) };
    let (budget, watch) = watch::budget(&question.budget, output);
    let answer = ask_coalitions(&source, &situation, &options, &asked.options(), &budget)?;
    drop(watch);
    show(&answer, coalitions_document, format, output)?;
    let open = answer.large.iter().any(|large| large.stopped.is_some() || large.refused.is_some());
    let listed = ending(answer.profiles.iter().map(|profile| &profile.completion));
    Ok(if open { Ending::Undecided } else { listed })
}

pub fn solve(
    input: &Input,
    engine: Engine,
    budget: &BudgetArgs,
    format: Format,
    output: &Output,
) -> Result<Ending, Fault> {
    let Some((source, situation)) = usable(input, Language::Gmcr, output)? else { return Ok(Ending::FileErrors) };
    let (budget, watch) = watch::budget(budget, output);
    let answer = ask_solve(&source, &situation, &Options { engine, ..Options::default() }, &budget)?;
    drop(watch);
    show(&answer, solve_document, format, output)?;
    Ok(ending(std::iter::once(&answer.completion)))
}

fn list_options(list: ListArgs, question: &Question) -> Options {
    Options { filter: list.filter, order: list.order, ..options(question) }
}

pub fn options(question: &Question) -> Options {
    Options {
        fixed: question.fixed.clone(),
        foresight: question.foresight.clone(),
        list_limit: question.limit,
        ..Options::default()
    }
}

/// The situation of a file, or `None` after its errors were shown.
pub fn usable(input: &Input, language: Language, output: &Output) -> Result<Option<(SourceText, Situation)>, Fault> {
    let loaded = read_scenario(&input.file, language)?;
    let strict = if input.strict { Strict::Warnings } else { Strict::Errors };
    let refused = has_errors(&loaded.diagnostics, strict);
    let found = &loaded.diagnostics;
    let in_full = refused || output.loudness == Loudness::Verbose;
    if in_full && !found.is_empty() {
        let most = if output.loudness == Loudness::Verbose {
            found.clone()
        } else {
            found.iter().filter(|d| has_errors(std::slice::from_ref(d), strict)).cloned().collect()
        };
        remark(&render_human(&loaded.source, &most, output.err));
    }
    let worth_saying = has_errors(found, Strict::Warnings) && output.loudness > Loudness::Quiet;
    if worth_saying {
        let advice = if refused || output.loudness == Loudness::Verbose { "" } else { "; `detente check` shows them" };
        remark(&format!("{}: {}{advice}\n", loaded.source.name(), summary(found)));
    }
    Ok(loaded.situation.filter(|_| !refused).map(|situation| (loaded.source, situation)))
}

pub fn show<T: Serialize>(
    answer: &T,
    document: impl Fn(&T) -> Document,
    format: Format,
    output: &Output,
) -> Result<(), Fault> {
    print(&match format {
        Format::Json => render_json(answer),
        Format::Text => render_text(&document(answer), output.out),
        Format::Markdown => render_markdown(&document(answer)),
    })
}

fn report_ending(report: &Report) -> Ending {
    if report.large.iter().any(|large| large.stop_reason().is_some()) {
        return Ending::Undecided;
    }
    ending(report.profiles.iter().map(|p| &p.completion))
}

pub fn ending<'a>(mut completions: impl Iterator<Item = &'a Completion>) -> Ending {
    if completions.any(|c| matches!(c, Completion::Undecided { .. })) { Ending::Undecided } else { Ending::Answered }
}
