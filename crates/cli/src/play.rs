//! The command `play`: who does what, who bluffs.

use clap::Args;
use detente_analysis::play::answer::PlayAnswer;
use detente_analysis::play::{Along, GamePictures, PlayOptions, play_drawn};
use detente_base::Exact;
use detente_render::svg::along_svg;
use detente_render::{PlayLength, play_document};

use crate::args::{FormatArg, Input, Question};
use crate::drawings::{DrawingArgs, Folder, MOST_DRAWN, too_large};
use crate::fault::{Ending, Fault};
use crate::input::Language;
use crate::output::Output;
use crate::questions::{options, show, usable};
use crate::watch;

#[derive(Debug, Args)]
pub struct PlayArgs {
    #[command(flatten)]
    pub input: Input,
    /// Play this game only: a protocol of kind `moves`.
    #[arg(long, value_name = "NAME")]
    pub game: Option<String>,
    /// Say where behaviour changes along a parameter: over its range in the file, or the one given.
    #[arg(long, value_name = "PARAMETER[=LOW..HIGH]", value_parser = along)]
    pub along: Option<Along>,
    #[command(flatten)]
    pub question: Question,
    #[command(flatten)]
    pub drawings: DrawingArgs,
    #[command(flatten)]
    pub format: FormatArg,
}

pub fn play(args: &PlayArgs, output: &Output) -> Result<Ending, Fault> {
    let Some((source, situation)) = usable(&args.input, Language::ByName, output)? else {
        return Ok(Ending::FileErrors);
    };
    let more = PlayOptions { game: args.game.clone(), along: args.along.clone() };
    let folder = Folder::new(&args.drawings)?;
    let (budget, watch) = watch::budget(&args.question.budget, output);
    let (answer, pictures) = play_drawn(&source, &situation, (&options(&args.question), &more), &budget)?;
    drop(watch);
    let length = PlayLength { rows: args.question.limit };
    show(&answer, |answer| play_document(answer, length), args.format.format, output)?;
    if let Some(folder) = folder {
        draw(folder, &answer, &pictures, output)?;
    }
    Ok(if answer.stopped.is_some() { Ending::Undecided } else { Ending::Answered })
}

/// The tree of each game, and what changes along a parameter.
fn draw(mut folder: Folder<'_>, answer: &PlayAnswer, pictures: &[GamePictures], output: &Output) -> Result<(), Fault> {
    let mut refused = None;
    for (game, drawn) in answer.games.iter().zip(pictures) {
        for picture in drawn.iter().take(MOST_DRAWN) {
            match picture {
                Ok(picture) => folder.write_tree(&game.id, picture)?,
                Err(large) => refused = Some(*large),
            }
        }
        if let Some(along) = &game.along {
            folder.write(&format!("{}-along-{}", game.id, along.parameter), &along_svg(game, along))?;
        }
    }
    folder.close(output);
    refused.map_or(Ok(()), |large| Err(too_large(large)))
}

fn along(text: &str) -> Result<Along, String> {
    let Some((name, range)) = text.split_once('=') else {
        return Ok(Along { parameter: text.trim().to_owned(), range: None });
    };
    let bad = || "expected a parameter and a range, such as `belief=0..1`".to_owned();
    let (low, high) = range.split_once("..").ok_or_else(bad)?;
    let number = |text: &str| text.trim().parse::<Exact>().map_err(|_| bad());
    Ok(Along { parameter: name.trim().to_owned(), range: Some((number(low)?, number(high)?)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_parameters() {
        let number = |text: &str| text.parse::<Exact>().expect("a number");
        let range = Some((number("0"), number("1/2")));
        assert_eq!(along("q=0..1/2"), Ok(Along { parameter: "q".into(), range }));
        assert_eq!(along("q").map(|along| along.range), Ok(None));
        assert!(along("q=1").is_err() && along("q=a..b").is_err());
    }
}
