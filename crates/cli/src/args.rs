//! What can be said on the command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use detente_base::Exact;
use detente_scenario::situation::Foresight;

use crate::coalition_args::CoalitionArgs;
use crate::concept_args::ConceptArgs;
use crate::engine_args::EngineArgs;
use crate::inverse::MakeArgs;
use crate::list_args::{GroupArgs, ListArgs};
use crate::robust::RobustArgs;

/// A workbench for crises and negotiations.
///
/// One file describes a situation: who is involved, what can be settled, who wants what, and which sources say so.
/// The commands ask questions of it.
#[derive(Debug, Parser)]
#[command(name = "detente", version, about, propagate_version = true, max_term_width = 100, after_help = EXIT_STATUS)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// When to colour the output.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Output")]
    pub color: ColorWhen,
    /// Columns of text output [default: those of the terminal, at most 100; otherwise 80].
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(20..=1000), help_heading = "Output")]
    pub width: Option<u16>,
    /// Say less: no warnings, no summary.
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = "Output")]
    pub quiet: bool,
    /// Say more: show warnings in full.
    #[arg(short, long, global = true, help_heading = "Output")]
    pub verbose: bool,
}

const EXIT_STATUS: &str = "\
Exit status: 0 answered; 1 the file has errors; 2 wrong usage, or a file that cannot be read;
3 undecided within the budget.";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Answer every question that the file can answer, in short.
    Analyze {
        #[command(flatten)]
        input: Input,
        /// Say everything: all outcomes, ways and reasons.
        #[arg(long)]
        full: bool,
        #[command(flatten)]
        engine: EngineArgs,
        #[command(flatten)]
        list: ListArgs,
        #[command(flatten)]
        question: Question,
        #[command(flatten)]
        format: FormatArg,
    },
    /// Show what is wrong or doubtful in a file: errors, warnings, evidence.
    Check {
        #[command(flatten)]
        input: Input,
        /// Form of the output.
        #[arg(long, value_name = "FORMAT", default_value = "text")]
        format: CheckFormat,
    },
    /// List the outcomes that hold, under each foresight; with --make, what it takes.
    Stable {
        #[command(flatten)]
        input: Input,
        #[command(flatten)]
        concepts: ConceptArgs,
        #[command(flatten)]
        make: MakeArgs,
        #[command(flatten)]
        engine: EngineArgs,
        #[command(flatten)]
        list: ListArgs,
        #[command(flatten)]
        group: GroupArgs,
        #[command(flatten)]
        question: Question,
        #[command(flatten)]
        format: FormatArg,
    },
    /// Say why an outcome holds or does not.
    Explain {
        #[command(flatten)]
        input: Input,
        /// The outcome: its number, the name of an outcome of the file, or a condition.
        #[arg(long, value_name = "OUTCOME")]
        outcome: String,
        /// Speak of this party only.
        #[arg(long, value_name = "PARTY")]
        party: Option<String>,
        /// Speak only of those who would leave, and what would have to change.
        #[arg(long)]
        why_not: bool,
        #[command(flatten)]
        concepts: ConceptArgs,
        #[command(flatten)]
        engine: EngineArgs,
        #[command(flatten)]
        question: Question,
        #[command(flatten)]
        format: FormatArg,
    },
    /// Say what changed between two versions of a situation, and which change caused it.
    Compare(crate::compare::CompareArgs),
    /// Say in what share of cases outcomes hold, when numbers or orders vary.
    Robust {
        #[command(flatten)]
        input: Input,
        #[command(flatten)]
        robust: RobustArgs,
        #[command(flatten)]
        question: Question,
        #[command(flatten)]
        format: FormatArg,
    },
    /// Say which outcomes coalitions of parties would leave, and how.
    Coalitions {
        #[command(flatten)]
        input: Input,
        #[command(flatten)]
        coalitions: CoalitionArgs,
        #[command(flatten)]
        question: Question,
        #[command(flatten)]
        format: FormatArg,
    },
    /// Let each party judge by what it believes (`believes:`), and play it out.
    Hypergame {
        #[command(flatten)]
        input: Input,
        #[command(flatten)]
        question: Question,
        #[command(flatten)]
        format: FormatArg,
    },
    /// Say what bargaining over time ends in, by the models under `protocols:`.
    Delay(crate::delay::DelayArgs),
    /// Play the games under `protocols:`: who does what, who bluffs, and where behaviour changes.
    Play(crate::play::PlayArgs),
    /// Conclude from moves that were seen in a game under `protocols:`: who is of which type, and where it will end.
    Update(crate::update::UpdateArgs),
    /// List what holds in each way to read unknown comparisons, strength, chances and attitudes.
    Readings(crate::readings::ReadingsArgs),
    /// Tell what there is to agree on: which packages everybody could accept, which demands are chips, and who holds
    /// back whom.
    Deals(crate::deals::DealsArgs),
    /// Solve a game (.efg, .nfg), a save file of GMCR+ (.gmcr), or a negotiation: a domain and profiles of GENIUS or
    /// another program.
    Solve {
        #[command(flatten)]
        input: Input,
        /// The profiles of the parties, if the file is the domain of a negotiation; the other profiles, if it is a
        /// profile that holds its domain.
        #[arg(value_name = "PROFILE")]
        profiles: Vec<PathBuf>,
        /// For a negotiation: what solutions choose if the parties may agree that one of several packages is drawn.
        #[arg(long)]
        lotteries: bool,
        #[command(flatten)]
        game: crate::games::GameArgs,
        #[command(flatten)]
        engine: EngineArgs,
        #[command(flatten)]
        budget: BudgetArgs,
        #[command(flatten)]
        format: FormatArg,
    },
    /// Let strategies negotiate: offers, counter-offers, and what they end in.
    Negotiate(crate::offers::NegotiateArgs),
    /// Play every strategy against every other.
    Tournament(crate::offers::TournamentArgs),
    /// Divide goods fairly: the issues of a negotiation, each with a value for each party.
    Divide(crate::divide::DivideArgs),
    /// Write a file of another program as a scenario: one of GMCR+ (.gmcr), or a negotiation.
    Convert(crate::convert::ConvertArgs),
    /// Print the JSON Schema of a file or an answer.
    Schema {
        /// Whose schema.
        #[arg(long = "for", value_name = "NAME", default_value = "scenario")]
        name: SchemaName,
    },
    /// Write a small commented scenario to start from. Never overwrites.
    New {
        /// Where to write it; `-` for standard output.
        #[arg(value_name = "PATH", default_value = "scenario.yaml")]
        path: PathBuf,
    },
    /// List the codes of errors and warnings, or say what one means.
    Codes {
        /// A code, such as S102.
        #[arg(value_name = "CODE")]
        code: Option<String>,
    },
}

#[derive(Debug, Args)]
pub struct Input {
    /// The file; `-` reads standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Take warnings for errors.
    #[arg(long)]
    pub strict: bool,
}

#[derive(Debug, Args)]
pub struct FormatArg {
    /// Form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct Question {
    /// Fix a parameter at a value; may be repeated.
    #[arg(long = "set", value_name = "PARAMETER=VALUE", value_parser = fixed)]
    pub fixed: Vec<(String, Exact)>,
    /// How far a party looks ahead (R, SSEQ, SEQ, SMR, GMR); may be repeated.
    #[arg(long, value_name = "PARTY=FORESIGHT", value_parser = foresight)]
    pub foresight: Vec<(String, Foresight)>,
    /// Most outcomes in one list.
    #[arg(long, value_name = "N", default_value = "20", value_parser = limit)]
    pub limit: usize,
    #[command(flatten)]
    pub budget: BudgetArgs,
}

#[derive(Debug, Args)]
pub struct BudgetArgs {
    /// Time after which to stop, such as 10s or 2m; the answer then says what is known.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub budget: Option<Duration>,
    /// Most combinations of values to list.
    #[arg(long, value_name = "N")]
    pub max_outcomes: Option<u64>,
    /// Most nodes of decision diagrams to compute for one question.
    #[arg(long, value_name = "N")]
    pub max_nodes: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading in a terminal.
    Text,
    /// For programs.
    Json,
    /// For documents.
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// With the lines of the file.
    Text,
    /// One line each, for editors.
    Line,
    /// For programs.
    Json,
    /// For documents.
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaName {
    /// Scenario files.
    Scenario,
    /// The answer of `analyze` and `explain`.
    Report,
    /// The answer of `stable`.
    Stable,
    /// The answer of `stable --make`.
    Make,
    /// The answer of `compare`.
    Compare,
    /// The answer of `robust`.
    Robust,
    /// The answer of `coalitions`.
    Coalitions,
    /// The answer of `hypergame`.
    Hypergame,
    /// The answer of `readings`.
    Readings,
    /// The answer of `delay`.
    Delay,
    /// The answer of `solve` for a game.
    Game,
    /// The answer of `play`.
    Play,
    /// The answer of `update`.
    Update,
    /// The answer of `deals`.
    Deals,
    /// The answer of `solve` for a conflict.
    Solve,
    /// The answer of `solve` for a negotiation.
    Negotiation,
    /// The answer of `divide`.
    Division,
    /// The answer of `negotiate`.
    Offers,
    /// The answer of `tournament`.
    Tournament,
    /// The answer of `check`.
    Diagnostics,
}

fn pair<'a>(text: &'a str, example: &str) -> Result<(&'a str, &'a str), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim(), value.trim())),
        _ => Err(format!("expected a name, `=` and a value, such as `{example}`")),
    }
}

pub fn fixed(text: &str) -> Result<(String, Exact), String> {
    let (name, value) = pair(text, "cost=2.5")?;
    let value: Exact = value.parse().map_err(|fault: detente_base::ParseExactError| fault.to_string())?;
    Ok((name.to_owned(), value))
}

fn foresight(text: &str) -> Result<(String, Foresight), String> {
    let (party, symbol) = pair(text, "russia=SEQ")?;
    let foresight = match symbol.to_ascii_uppercase().as_str() {
        "R" | "NASH" => Foresight::Nash,
        "GMR" => Foresight::GeneralMetarational,
        "SMR" => Foresight::SymmetricMetarational,
        "SEQ" => Foresight::Sequential,
        "SSEQ" => Foresight::SymmetricSequential,
        _ => return Err(format!("unknown foresight `{symbol}`; expected R, SSEQ, SEQ, SMR or GMR")),
    };
    Ok((party.to_owned(), foresight))
}

pub fn limit(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("expected a whole number from 1".to_owned()),
        Ok(n) => Ok(n),
    }
}

fn duration(text: &str) -> Result<Duration, String> {
    let bad = || "expected a time such as `500ms`, `10s`, `2m` or `1h`".to_owned();
    let split = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let seconds = match unit {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" | "min" => 60.0,
        "h" => 3600.0,
        _ => return Err(bad()),
    };
    let number: f64 = number.trim().parse().map_err(|_| bad())?;
    Duration::try_from_secs_f64(number * seconds).map_err(|_| bad())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        <Cli as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn times_and_pairs() {
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(duration("3"), Ok(Duration::from_secs(3)));
        assert!(duration("-3s").is_err() && duration("soon").is_err() && duration("1e300h").is_err());
        assert_eq!(fixed("a = 1/3"), Ok(("a".into(), Exact::ratio(1, 3))));
        assert!(fixed("a").is_err() && fixed("=1").is_err() && fixed("a=b").is_err());
        assert_eq!(foresight("x=seq"), Ok(("x".into(), Foresight::Sequential)));
        assert!(foresight("x=far").unwrap_err().contains("SSEQ"));
    }
}
