//! The commands `negotiate` and `tournament`: negotiations by strategies.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use detente_analysis::negotiation::Status;
use detente_analysis::offers::answer::Protocol;
use detente_analysis::offers::{
    OffersQuestion, SelfPlay, TournamentQuestion, negotiate as ask_negotiate, tournament as ask_tournament,
};
use detente_render::{offers_document, tournament_document};

use crate::args::{BudgetArgs, FormatArg, Input};
use crate::fault::{Ending, Fault};
use crate::input::Strict;
use crate::negotiate::{Files, read_negotiation};
use crate::output::Output;
use crate::questions::show;
use crate::watch;

/// Names of strategies, for `--help`.
const NAMES: &str = "\
A strategy is what it offers: boulware, linear, conceder, aspiration:E, tit-for-tat, tit-for-tat-relative,
tit-for-tat-averaged, micro, hybrid, random or tough. After `+` may come a model of the others (frequency, bayesian)
and when it accepts (next, const:S, time:T, combi:T), such as micro+frequency or linear+bayesian+combi:0.9.";

/// The negotiation that is played.
#[derive(Debug, Args)]
struct PlayedFiles {
    #[command(flatten)]
    input: Input,
    /// The profiles of the parties.
    #[arg(value_name = "PROFILE")]
    profiles: Vec<PathBuf>,
}

/// How it is played and told.
#[derive(Debug, Args)]
struct Play {
    /// Where random numbers start; the same seed gives the same answer.
    #[arg(long, value_name = "S", default_value = "1")]
    seed: u64,
    #[command(flatten)]
    budget: BudgetArgs,
    #[command(flatten)]
    format: FormatArg,
}

#[derive(Debug, Args)]
#[command(after_help = NAMES)]
pub struct NegotiateArgs {
    #[command(flatten)]
    files: PlayedFiles,
    /// What each party does, in the order of the profiles; one strategy stands for all [default: boulware].
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    strategies: Vec<String>,
    /// Who proposes what.
    #[arg(long, value_name = "PROTOCOL", default_value = "offers")]
    protocol: ProtocolName,
    /// Most rounds; in one, each party has a turn.
    #[arg(long, value_name = "N", default_value = "1000", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    rounds: u32,
    /// The party with the first turn [default: the first].
    #[arg(long, value_name = "PARTY")]
    first: Option<String>,
    #[command(flatten)]
    play: Play,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ProtocolName {
    /// Parties in turn accept, offer or end.
    Offers,
    /// A mediator changes one issue of a single text at a time.
    Text,
    /// A mediator lets parties vote on whole texts.
    Vote,
}

#[derive(Debug, Args)]
#[command(after_help = NAMES)]
pub struct TournamentArgs {
    #[command(flatten)]
    files: PlayedFiles,
    /// Another negotiation to play: its domain and profiles; may be repeated.
    #[arg(long, value_name = "DOMAIN,PROFILE,…", value_parser = files)]
    also: Vec<Paths>,
    /// The strategies.
    #[arg(
        long,
        value_name = "NAME,…",
        value_delimiter = ',',
        default_value = "boulware,linear,conceder,tit-for-tat,micro"
    )]
    strategies: Vec<String>,
    /// Most rounds of a negotiation; in one, each party has a turn.
    #[arg(long, value_name = "N", default_value = "1000", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    rounds: u32,
    /// Times that a match is played in which somebody draws random numbers.
    #[arg(long, value_name = "N", default_value = "10", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    repetitions: u32,
    /// Let no strategy meet itself.
    #[arg(long)]
    no_self_play: bool,
    #[command(flatten)]
    play: Play,
}

/// A domain and profiles in one argument.
#[derive(Clone, Debug)]
struct Paths {
    domain: PathBuf,
    profiles: Vec<PathBuf>,
}

fn files(text: &str) -> Result<Paths, String> {
    let mut paths = text.split(',').map(|path| PathBuf::from(path.trim()));
    let domain = paths.next().unwrap_or_default();
    let profiles: Vec<PathBuf> = paths.collect();
    if profiles.is_empty() {
        return Err("expected a domain and profiles with commas between, such as `d.xml,a.xml,b.xml`".to_owned());
    }
    Ok(Paths { domain, profiles })
}

pub fn negotiate(args: &NegotiateArgs, output: &Output) -> Result<Ending, Fault> {
    let strict = if args.files.input.strict { Strict::Warnings } else { Strict::Errors };
    let files = Files { command: "negotiate", domain: &args.files.input.file, profiles: &args.files.profiles };
    let Some((domain, profiles)) = read_negotiation(&files, strict, output)? else { return Ok(Ending::FileErrors) };
    let question = OffersQuestion {
        protocol: match args.protocol {
            ProtocolName::Offers => Protocol::Alternating,
            ProtocolName::Text => Protocol::HillClimbing,
            ProtocolName::Vote => Protocol::Vote,
        },
        strategies: match (args.protocol, args.strategies.as_slice()) {
            (ProtocolName::Offers, []) => vec!["boulware".to_owned()],
            (_, given) => given.to_vec(),
        },
        rounds: args.rounds,
        first: args.first.clone(),
        seed: args.play.seed,
    };
    let (budget, watch) = watch::budget(&args.play.budget, output);
    let answer = ask_negotiate(&domain, &profiles, &question, &budget)?;
    drop(watch);
    show(&answer, offers_document, args.play.format.format, output)?;
    Ok(ending(answer.status))
}

pub fn tournament(args: &TournamentArgs, output: &Output) -> Result<Ending, Fault> {
    let strict = if args.files.input.strict { Strict::Warnings } else { Strict::Errors };
    let first = Paths { domain: args.files.input.file.clone(), profiles: args.files.profiles.clone() };
    let mut cases = Vec::new();
    let mut faulty = false;
    for Paths { domain, profiles } in std::iter::once(&first).chain(&args.also) {
        let files = Files { command: "tournament", domain, profiles };
        match read_negotiation(&files, strict, output)? {
            Some((read, profiles)) => {
                let name = domain.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
                cases.push((name, read, profiles));
            }
            None => faulty = true,
        }
    }
    if faulty {
        return Ok(Ending::FileErrors);
    }
    let question = TournamentQuestion {
        strategies: args.strategies.clone(),
        rounds: args.rounds,
        repetitions: args.repetitions,
        self_play: if args.no_self_play { SelfPlay::Without } else { SelfPlay::With },
        seed: args.play.seed,
    };
    let (budget, watch) = watch::budget(&args.play.budget, output);
    let answer = ask_tournament(&cases, &question, &budget)?;
    drop(watch);
    show(&answer, tournament_document, args.play.format.format, output)?;
    Ok(ending(answer.status))
}

fn ending(status: Status) -> Ending {
    match status {
        Status::Proven => Ending::Answered,
        Status::Undecided => Ending::Undecided,
    }
}
