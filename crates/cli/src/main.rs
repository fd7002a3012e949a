//! The command line `detente`: arguments, files and the clock. What is said comes from
//! `detente-analysis` and how it is said from `detente-render`.

mod args;
mod coalition_args;
mod compare;
mod concept_args;
mod convert;
mod deals;
mod delay;
mod divide;
mod drawings;
mod engine_args;
mod fault;
mod files;
mod games;
mod hypergame;
mod input;
mod inverse;
mod list_args;
mod negotiate;
mod offers;
mod output;
mod play;
mod questions;
mod readings;
mod robust;
mod update;
mod watch;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Cli, Command};
use fault::{Ending, Fault, USAGE};
use output::{Output, fault_text, remark};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let output = Output::new(&cli);
    match run(cli.command, &output) {
        Ok(ending) => ExitCode::from(ending as u8),
        Err(fault) => {
            remark(&fault_text(&fault, output.err));
            ExitCode::from(USAGE)
        }
    }
}

fn run(command: Command, output: &Output) -> Result<Ending, Fault> {
    match command {
        Command::Analyze { input, full, engine, list, question, format } => {
            let length = if full { questions::Length::Full } else { questions::Length::Short };
            questions::analyze(&input, (&question, list, engine.engine()), length, format.format, output)
        }
        Command::Stable { input, concepts, make, engine, list, group, question, format } => match make.asked() {
            Some(asked) => inverse::make(&input, &asked, &question, format.format, output),
            None => {
                let listed = questions::Listed { concepts: concepts.concepts, engine: engine.engine(), list, group };
                questions::stable(&input, listed, &question, format.format, output)
            }
        },
        Command::Explain { input, outcome, party, why_not, concepts, engine, question, format } => {
            let (concepts, engine) = (concepts.concepts, engine.engine());
            let asked = questions::Asked { outcome, party, only_why_not: why_not, concepts, engine };
            questions::explain(&input, asked, &question, format.format, output)
        }
        Command::Compare(arguments) => compare::compare(&arguments, output),
        Command::Robust { input, robust, question, format } => {
            robust::robust(&input, &robust, &question, format.format, output)
        }
        Command::Coalitions { input, coalitions, question, format } => {
            questions::coalitions(&input, &coalitions, &question, format.format, output)
        }
        Command::Hypergame { input, question, format } => {
            hypergame::hypergame(&input, &question, format.format, output)
        }
        Command::Delay(args) => delay::delay(&args, output),
        Command::Play(args) => play::play(&args, output),
        Command::Update(args) => update::update(&args, output),
        Command::Readings(args) => readings::readings(&args, output),
        Command::Deals(args) => deals::deals(&args, output),
        Command::Solve { input, game, budget, format, .. } if games::holds_game(&input) => {
            games::solve(&input, (&game, &budget), format.format, output)
        }
        Command::Solve { input, game, .. } if game.drawings.svg.is_some() => {
            Err(games::no_tree(&input.file.display().to_string()))
        }
        Command::Solve { input, profiles, lotteries, budget, game, format, .. }
            if negotiate::is_negotiation(&input, &profiles) =>
        {
            game.refuse(&input)?;
            negotiate::solve((&input, &profiles), negotiate::over(lotteries), &budget, format.format, output)
        }
        Command::Solve { input, engine, budget, game, format, .. } => {
            game.refuse(&input)?;
            questions::solve(&input, engine.engine(), &budget, format.format, output)
        }
        Command::Negotiate(args) => offers::negotiate(&args, output),
        Command::Tournament(args) => offers::tournament(&args, output),
        Command::Check { input, format } => files::check(&input, format, output),
        Command::Divide(arguments) => divide::divide(&arguments, output),
        Command::Convert(arguments) => convert::convert(&arguments, output),
        Command::Schema { name } => files::schema(name),
        Command::New { path } => files::new(&path, output),
        Command::Codes { code } => files::codes(code.as_deref()),
    }
}
