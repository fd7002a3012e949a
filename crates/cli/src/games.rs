//! The command `solve` for game files: `.efg` and `.nfg`.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Instant;

use clap::Args;
use detente_analysis::games::{Game, GameOptions, SolveMethod, game_pictures, is_game, read_game, solve_game};
use detente_base::SourceText;
use detente_render::diagnostics::{render_human, summary};
use detente_render::game_document;

use crate::args::{BudgetArgs, Format, Input};
use crate::drawings::{DrawingArgs, Folder, MOST_DRAWN, too_large};
use crate::fault::{Ending, Fault};
use crate::input::{Strict, has_errors};
use crate::output::{Loudness, Output, remark};
use crate::questions::show;
use crate::watch;

/// Bytes of a game file that are read: some ten million nodes.
const MOST_BYTES: u64 = 1 << 30;

#[derive(Debug, Args)]
pub struct GameArgs {
    /// For a game: list all equilibria that can be found, not one.
    #[arg(long)]
    pub all: bool,
    /// For a game: how equilibria are sought: auto, backward, lemke, lemke-howson, enumerate, pure, logit, lp; or by
    /// regret minimisation: cfr, cfr+, cfr+2, lcfr, dcfr, pcfr+.
    #[arg(long, value_name = "METHOD", value_parser = SolveMethod::named)]
    pub method: Option<SolveMethod>,
    /// For regret minimisation: most iterations; 1000 without.
    #[arg(long, value_name = "N")]
    pub iterations: Option<u64>,
    /// For regret minimisation: end when what players could gain is this small.
    #[arg(long, value_name = "AMOUNT", value_parser = amount)]
    pub exploitability: Option<f64>,
    #[command(flatten)]
    pub drawings: DrawingArgs,
}

impl GameArgs {
    /// Refuses options that only games have, of a file without one.
    pub fn refuse(&self, input: &Input) -> Result<(), Fault> {
        let given = [
            ("--all", self.all),
            ("--method", self.method.is_some()),
            ("--iterations", self.iterations.is_some()),
            ("--exploitability", self.exploitability.is_some()),
        ];
        match given.iter().find(|(_, given)| *given) {
            None => Ok(()),
            Some((option, _)) => {
                let name = input.file.display();
                Err(Fault::new(format!("`{option}` is for games; `{name}` is none"))
                    .with_help("a game is a file that begins with `EFG 2` or `NFG 1`"))
            }
        }
    }
}

fn amount(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value > 0.0 && value.is_finite() => Ok(value),
        _ => Err("expected a number above 0, such as `0.001`".to_owned()),
    }
}

/// Whether a file holds a game: by its first bytes.
pub fn holds_game(input: &Input) -> bool {
    let mut bytes = Vec::new();
    let named = |ending: &str| input.file.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending));
    named("efg")
        || named("nfg")
        || (input.file != Path::new("-")
            && File::open(&input.file).is_ok_and(|file| file.take(64).read_to_end(&mut bytes).is_ok())
            && is_game(&bytes))
}

pub fn solve(
    input: &Input,
    (args, budget): (&GameArgs, &BudgetArgs),
    format: Format,
    output: &Output,
) -> Result<Ending, Fault> {
    let name = input.file.display().to_string();
    let fault = |e: std::io::Error| Fault::of_file("read", &name, &e);
    let mut bytes = Vec::new();
    File::open(&input.file).map_err(fault)?.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(fault)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Fault::new(format!("`{name}` is larger than 1 GiB")));
    }
    let Ok(text) = String::from_utf8(bytes) else {
        return Err(Fault::new(format!("`{name}` is not text in UTF-8")).with_help("save it in that encoding"));
    };
    let source = SourceText::new(name, text);
    let (game, found) = read_game(&source);
    let strict = if input.strict { Strict::Warnings } else { Strict::Errors };
    if !found.is_empty() && (output.loudness > Loudness::Quiet || has_errors(&found, strict)) {
        remark(&render_human(&source, &found, output.err));
        remark(&format!("{}: {}\n", source.name(), summary(&found)));
    }
    let Some(game) = game.filter(|_| !has_errors(&found, strict)) else { return Ok(Ending::FileErrors) };
    let options = GameOptions {
        method: args.method.unwrap_or_default(),
        all: args.all,
        iterations: args.iterations.unwrap_or(GameOptions::default().iterations),
        exploitability: args.exploitability.unwrap_or(0.0),
    };
    let folder = match (&args.drawings.svg, &game) {
        (Some(_), Game::Table(_)) => return Err(no_tree(source.name())),
        _ => Folder::new(&args.drawings)?,
    };
    let (budget, watch) = watch::budget(budget, output);
    let start = Instant::now();
    let mut answer = solve_game(&game, &options, &budget)?;
    answer.seconds = Some(start.elapsed().as_secs_f64());
    drop(watch);
    show(&answer, game_document, format, output)?;
    if let (Some(mut folder), Some(pictures)) = (folder, game_pictures(&game, &answer, MOST_DRAWN)) {
        pictures.map_err(too_large)?.iter().try_for_each(|picture| folder.write_tree("equilibrium", picture))?;
        folder.close(output);
    }
    Ok(if answer.stopped.is_some() { Ending::Undecided } else { Ending::Answered })
}

/// Only trees are drawn.
pub fn no_tree(name: &str) -> Fault {
    Fault::new(format!("`{name}` holds no game tree to draw"))
        .with_help("`--svg` is for extensive games (.efg), and for `detente play`")
}
