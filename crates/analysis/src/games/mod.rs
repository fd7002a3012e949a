//! Equilibria of game files: `.efg` and `.nfg`.
//!
//! Reading order: [`answer`], [`read_game`], [`solve_game`], `trees`, `tables`,
//! `further`, `names`, `drawn`.

pub mod answer;
mod drawn;
mod further;
mod names;
mod tables;
mod trees;

use detente_base::{Budget, Code, Diagnostic, Severity, SourceText, Span, StopReason};
use detente_game::StrategicGame;
use detente_game::files::{FileFault, ReadGame, ReadTree, read};
use detente_game::lemke::Unsolved;
use detente_game::minimisation::Method;
use detente_scenario::codes::{GAME_BAD, GAME_MENDED};
use detente_scenario::suggest::{list_names, nearest};

use crate::ask::{AskError, FORMAT};
use answer::{GameKind, GameSolution};

pub use drawn::game_pictures;

/// A game from a file.
#[derive(Clone, Debug)]
pub enum Game {
    /// An extensive game, with the lines of its nodes.
    Tree(ReadTree),
    /// A strategic game.
    Table(StrategicGame),
}

/// How equilibria are sought.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum SolveMethod {
    /// By what fits the game.
    #[default]
    Auto,
    /// Backward induction.
    Backward,
    /// Complementary pivoting: one exact equilibrium of two players.
    Lemke,
    /// All extreme equilibria of two players.
    Enumerate,
    /// All equilibria in pure strategies.
    Pure,
    /// The limit of logit equilibria, for any number of players.
    Logit,
    /// A linear programme, for two players whose payoffs add up to a constant.
    Programme,
    /// The paths of Lemke and Howson, for tables of two players.
    LemkeHowson,
    /// Regret minimisation.
    Minimise(Method),
}

/// Methods with names of their own.
const WORDS: [(&str, SolveMethod); 8] = [
    ("auto", SolveMethod::Auto),
    ("backward", SolveMethod::Backward),
    ("lemke", SolveMethod::Lemke),
    ("enumerate", SolveMethod::Enumerate),
    ("pure", SolveMethod::Pure),
    ("logit", SolveMethod::Logit),
    ("lp", SolveMethod::Programme),
    ("lemke-howson", SolveMethod::LemkeHowson),
];

impl SolveMethod {
    /// Its name.
    pub fn word(self) -> &'static str {
        let minimised = Method::NAMED.iter().map(|(word, method)| (*word, Self::Minimise(*method)));
        WORDS.iter().copied().chain(minimised).find(|(_, method)| *method == self).map_or("", |(word, _)| word)
    }

    /// The method of a name.
    ///
    /// # Errors
    /// What the names are, when it is none of them.
    pub fn named(word: &str) -> Result<Self, String> {
        let minimised = Method::NAMED.iter().map(|(word, method)| (*word, Self::Minimise(*method)));
        let all: Vec<(&str, Self)> = WORDS.iter().copied().chain(minimised).collect();
        if let Some((_, method)) = all.iter().find(|(own, _)| *own == word) {
            return Ok(*method);
        }
        let names = || all.iter().map(|(word, _)| *word);
        Err(match nearest(word, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the methods are {}", list_names(names().collect::<Vec<_>>())),
        })
    }
}

/// What is asked of a game.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GameOptions {
    /// How equilibria are sought.
    pub method: SolveMethod,
    /// Whether all are wanted.
    pub all: bool,
    /// Most iterations of regret minimisation.
    pub iterations: u64,
    /// Exploitability at which regret minimisation ends; 0 to go on.
    pub exploitability: f64,
}

impl Default for GameOptions {
    fn default() -> Self {
        Self { method: SolveMethod::Auto, all: false, iterations: 1_000, exploitability: 0.0 }
    }
}

/// Whether a text is that of a game file.
pub fn is_game(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    text.starts_with(b"EFG ") || text.starts_with(b"NFG ")
}

/// Reads a game file; without a game something is an error.
pub fn read_game(source: &SourceText) -> (Option<Game>, Vec<Diagnostic>) {
    let told = |faults: Vec<FileFault>, code, severity| {
        faults.into_iter().map(|fault| diagnostic(source, fault, (code, severity))).collect()
    };
    match read(source.text()) {
        Ok(ReadGame::Tree(mut tree)) => {
            let remarks = std::mem::take(&mut tree.remarks);
            (Some(Game::Tree(tree)), told(remarks, GAME_MENDED, Severity::Warning))
        }
        Ok(ReadGame::Strategic(found)) => {
            (Some(Game::Table(found.game)), told(found.remarks, GAME_MENDED, Severity::Warning))
        }
        Err(faults) => (None, told(faults, GAME_BAD, Severity::Error)),
    }
}

fn diagnostic(source: &SourceText, fault: FileFault, (code, severity): (Code, Severity)) -> Diagnostic {
    let text = source.text();
    let line: usize = text.split_inclusive('\n').take(fault.line - 1).map(str::len).sum();
    let at = text[line..].char_indices().nth(fault.column - 1).map_or(text.len(), |(at, _)| line + at);
    let end = text[at..].chars().next().map_or(at, |first| at + first.len_utf8());
    Diagnostic::new(code, severity, Span::new(at, end), fault.message).with_help(fault.repair)
}

/// Equilibria of a game, each checked against the game alone.
///
/// # Errors
/// When the method does not fit the game, or a player has forgotten something.
pub fn solve_game(game: &Game, options: &GameOptions, budget: &Budget) -> Result<GameSolution, AskError> {
    match game {
        Game::Tree(tree) => trees::solve_tree(tree, options, budget),
        Game::Table(table) => tables::solve_table(table, options, budget),
    }
}

fn empty(title: &str, players: &[String], (kind, size): (GameKind, String)) -> GameSolution {
    GameSolution {
        format: FORMAT,
        title: title.to_owned(),
        players: names::distinct(players),
        kind,
        size,
        equilibria: Vec::new(),
        complete: false,
        count: None,
        components: None,
        method: String::new(),
        verified: false,
        iterations: None,
        exploitability: None,
        seconds: None,
        stopped: None,
    }
}

fn stop(fault: &Unsolved) -> StopReason {
    match fault {
        Unsolved::Stopped(reason) => reason.clone(),
        other => StopReason::NoMethod { why: other.to_string() },
    }
}
