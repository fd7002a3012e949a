//! The command `update`: what to conclude from moves that were seen.

use clap::Args;
use detente_analysis::play::answer::Fact;
use detente_analysis::play::{Seen, update as ask_update};
use detente_render::{PlayLength, update_document};

use crate::args::{FormatArg, Input, Question};
use crate::fault::{Ending, Fault};
use crate::input::Language;
use crate::output::Output;
use crate::questions::{options, show, usable};
use crate::watch;

#[derive(Debug, Args)]
pub struct UpdateArgs {
    #[command(flatten)]
    pub input: Input,
    /// What was seen: an issue or choice and the value it got; repeat it, or divide with commas, in the order in which
    /// it happened.
    #[arg(long, value_name = "WHAT=VALUE", value_parser = observation, required = true)]
    pub observe: Vec<Observed>,
    /// Only in this game: a protocol of kind `moves`.
    #[arg(long, value_name = "NAME")]
    pub game: Option<String>,
    #[command(flatten)]
    pub question: Question,
    #[command(flatten)]
    pub format: FormatArg,
}

/// Moves that were seen, from one option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observed(Vec<Fact>);

pub fn update(args: &UpdateArgs, output: &Output) -> Result<Ending, Fault> {
    let Some((source, situation)) = usable(&args.input, Language::ByName, output)? else {
        return Ok(Ending::FileErrors);
    };
    let moves = args.observe.iter().flat_map(|observed| observed.0.clone()).collect();
    let seen = Seen { game: args.game.clone(), moves };
    let (budget, watch) = watch::budget(&args.question.budget, output);
    let answer = ask_update(&source, &situation, (&options(&args.question), &seen), &budget)?;
    drop(watch);
    let length = PlayLength { rows: args.question.limit };
    show(&answer, |answer| update_document(answer, length), args.format.format, output)?;
    Ok(if answer.stopped.is_some() { Ending::Undecided } else { Ending::Answered })
}

/// `threat=yes`, `threat == yes`, or several with commas between.
fn observation(text: &str) -> Result<Observed, String> {
    let one = |part: &str| -> Result<Fact, String> {
        let bad = || "expected what was seen, `=` and its value, such as `threat=yes`".to_owned();
        let (what, value) = part.split_once('=').ok_or_else(bad)?;
        let (what, value) = (what.trim(), value.trim_start_matches('=').trim());
        if what.is_empty() || value.is_empty() {
            return Err(bad());
        }
        Ok(Fact { what: what.to_owned(), value: value.to_owned() })
    };
    text.split(',').map(one).collect::<Result<_, _>>().map(Observed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_read() {
        let fact = |what: &str, value: &str| Fact { what: what.to_owned(), value: value.to_owned() };
        assert_eq!(observation("a=b"), Ok(Observed(vec![fact("a", "b")])));
        assert_eq!(observation("a == b, c = d"), Ok(Observed(vec![fact("a", "b"), fact("c", "d")])));
        assert!(observation("a").is_err() && observation("a=").is_err() && observation("").is_err());
    }
}
