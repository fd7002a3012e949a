//! Reading `.nfg` files.

use detente_base::Exact;

use super::fault::FileFault;
use super::header::{NFG, comment, count, header, open_payoffs, there_are};
use super::number::FRACTION;
use super::scan::{Lost, Scanner};
use crate::StrategicGame;

/// A strategic game from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadStrategic {
    /// The game.
    pub game: StrategicGame,
    /// The outcomes that the file names, if it lists outcomes and not payoffs.
    pub outcomes: Option<OutcomeTable>,
    /// What was set right, and how.
    pub remarks: Vec<FileFault>,
}

/// What a strategic game ends in, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeTable {
    /// The outcomes; profiles may share them.
    pub outcomes: Vec<NamedOutcome>,
    /// For each profile, the first player's strategy fastest, which outcome it ends in; none
    /// pays nothing.
    pub cells: Vec<Option<u32>>,
}

/// An outcome with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedOutcome {
    /// Its name; need not be unique, and may be empty.
    pub label: String,
    /// For each player.
    pub payoffs: Vec<Exact>,
}

/// Reads an `.nfg` file: strategies, counted or named, and then payoffs profile by profile,
/// or outcomes and which of them each profile ends in; the first player's strategy fastest.
///
/// # Errors
/// All faults of the file, at most a hundred.
pub fn read_nfg(text: &str) -> Result<ReadStrategic, Vec<FileFault>> {
    let mut scan = Scanner::new(text);
    match read_game(&mut scan) {
        Ok((game, outcomes)) if scan.faults.is_empty() => {
            Ok(ReadStrategic { game, outcomes, remarks: scan.remarks.located(text) })
        }
        _ => Err(scan.faults.located(text)),
    }
}

/// A player's strategies: how many, or which.
enum Strategies {
    Counts(Vec<usize>),
    Names(Vec<Vec<String>>),
}

impl Strategies {
    fn sizes(&self) -> Vec<usize> {
        match self {
            Self::Counts(counts) => counts.clone(),
            Self::Names(names) => names.iter().map(Vec::len).collect(),
        }
    }

    /// Their names: counted ones are called by number.
    fn names(self) -> Vec<Vec<String>> {
        match self {
            Self::Counts(counts) => {
                counts.into_iter().map(|count| (1..=count).map(|number| number.to_string()).collect()).collect()
            }
            Self::Names(names) => names,
        }
    }
}

fn read_game(scan: &mut Scanner<'_>) -> Result<(StrategicGame, Option<OutcomeTable>), Lost> {
    let header = header(scan, &NFG)?;
    let players = header.players.len();
    let strategies = read_strategies(scan, players)?;
    let comment = comment(scan)?;
    // Nothing is made for the profiles before the file has shown that it holds them.
    let profiles = strategies.sizes().into_iter().try_fold(1_usize, usize::checked_mul);
    let table = Table { players, profiles, sizes: product(&strategies.sizes()) };
    let (payoffs, outcomes) = if scan.peek() == Some(b'{') {
        let outcomes = table.outcomes(scan)?;
        (table.payoffs_of(scan, &outcomes)?, Some(outcomes))
    } else {
        (table.payoffs(scan)?, None)
    };
    if !scan.faults.is_empty() {
        return Err(Lost);
    }
    let end = scan.end();
    StrategicGame::new(&header.title, header.players, strategies.names(), payoffs)
        .map(|game| (game.with_comment(comment), outcomes))
        .map_err(|error| scan.fault(end, error.to_string(), "make the game whole"))
}

/// Sizes as a product, the first of many.
fn product(sizes: &[usize]) -> String {
    const SHOWN: usize = 8;
    let mut factors: Vec<String> = sizes.iter().take(SHOWN).map(ToString::to_string).collect();
    if sizes.len() > SHOWN {
        factors.push("…".to_owned());
    }
    factors.join(" × ")
}

fn read_strategies(scan: &mut Scanner<'_>, players: usize) -> Result<Strategies, Lost> {
    const REPAIR: &str =
        "write their numbers as `{ 2 3 }` or their names as `{ { \"a\" \"b\" } { \"c\" \"d\" \"e\" } }`";
    let start = scan.position();
    if !scan.take(b'{') {
        return Err(scan.expected("the strategies of the players", REPAIR));
    }
    let named = scan.peek() == Some(b'{');
    let (mut counts, mut names) = (Vec::new(), Vec::new());
    while !scan.take(b'}') {
        let at = scan.position();
        let found = if named {
            let own = read_names(scan, REPAIR)?;
            names.push(own);
            names.last().map_or(0, Vec::len) as i64
        } else {
            let number = scan.integer("the number of a player's strategies")?;
            counts.push(usize::try_from(number).unwrap_or(0));
            number
        };
        if found < 1 {
            let player = names.len().max(counts.len());
            scan.fault(at, format!("player {player} has {found} strategies"), "give each player at least one");
        }
    }
    let found = names.len().max(counts.len());
    if found != players {
        let lists = format!("the strategies of {} where {}", count(found, "player"), there_are(players, "player"));
        scan.fault(start, lists, "give the strategies of each player, in order");
    }
    Ok(if named { Strategies::Names(names) } else { Strategies::Counts(counts) })
}

fn read_names(scan: &mut Scanner<'_>, repair: &str) -> Result<Vec<String>, Lost> {
    if !scan.take(b'{') {
        return Err(scan.expected("the names of a player's strategies", repair));
    }
    let mut names = Vec::new();
    while !scan.take(b'}') {
        names.push(scan.quoted("the name of a strategy or `}`")?.into_owned());
    }
    Ok(names)
}

/// What is to be filled in.
struct Table {
    players: usize,
    /// None if they cannot be counted.
    profiles: Option<usize>,
    /// How many strategies there are, for messages.
    sizes: String,
}

impl Table {
    /// Payoffs, all players' for each profile.
    fn payoffs(&self, scan: &mut Scanner<'_>) -> Result<Vec<Exact>, Lost> {
        let needed = self.profiles.and_then(|profiles| profiles.checked_mul(self.players));
        let each = format!("payoffs for {} profiles of {}", self.sizes, count(self.players, "player"));
        let mut all = Vec::new();
        fill(scan, (needed, &each), |scan| {
            all.push(scan.number("a payoff").unwrap_or(Exact::ZERO));
        })?;
        Ok(all)
    }

    /// Outcomes, and which of them each profile ends in.
    fn outcomes(&self, scan: &mut Scanner<'_>) -> Result<OutcomeTable, Lost> {
        scan.take(b'{');
        let mut outcomes = Vec::new();
        while !scan.take(b'}') {
            outcomes.push(self.outcome(scan)?);
        }
        let each = format!("numbers of outcomes for {} profiles", self.sizes);
        let mut cells = Vec::new();
        let last = outcomes.len();
        fill(scan, (self.profiles, &each), |scan| {
            let at = scan.position();
            match scan.integer("the number of an outcome") {
                Ok(0) | Err(Lost) => cells.push(None),
                Ok(number) if usize::try_from(number).is_ok_and(|number| number <= last) => {
                    cells.push(Some(number as u32 - 1));
                }
                Ok(number) => {
                    let message = format!("outcome {number} where {}", there_are(last, "outcome"));
                    scan.fault(at, message, "list it before, write the number of another, or 0 for none");
                    cells.push(None);
                }
            }
        })?;
        Ok(OutcomeTable { outcomes, cells })
    }

    fn outcome(&self, scan: &mut Scanner<'_>) -> Result<NamedOutcome, Lost> {
        let at = scan.position();
        if !scan.take(b'{') {
            return Err(scan.expected("an outcome in braces or `}`", "write it as `{ \"name\" 1, -1 }`"));
        }
        let label = if scan.at_text() { scan.quoted("the name of an outcome")?.into_owned() } else { String::new() };
        let payoffs = open_payoffs(scan, self.players, at)?;
        Ok(NamedOutcome { label, payoffs })
    }

    /// The payoffs of the outcomes in which the profiles end.
    ///
    /// # Errors
    /// When they need far more room than the file does.
    fn payoffs_of(&self, scan: &mut Scanner<'_>, table: &OutcomeTable) -> Result<Vec<Exact>, Lost> {
        const MOST_BYTES: usize = 1 << 31;
        let bytes = |payoff: &Exact| size_of::<Exact>() + if payoff.as_small_ratio().is_some() { 0 } else { FRACTION };
        let weights: Vec<usize> =
            table.outcomes.iter().map(|outcome| outcome.payoffs.iter().map(bytes).sum()).collect();
        let nothing = self.players * size_of::<Exact>();
        let weight = |cell: &Option<u32>| cell.map_or(nothing, |cell| weights[cell as usize]);
        if table.cells.iter().map(weight).fold(0, usize::saturating_add) > MOST_BYTES {
            let message =
                format!("the payoffs of {} profiles of {} players fill more than 2 GiB", self.sizes, self.players);
            return Err(scan.fault(scan.end(), message, "leave out strategies or players"));
        }
        let mut all = Vec::with_capacity(table.cells.len() * self.players);
        for cell in &table.cells {
            match cell {
                Some(outcome) => all.extend_from_slice(&table.outcomes[*outcome as usize].payoffs),
                None => all.resize(all.len() + self.players, Exact::ZERO),
            }
        }
        Ok(all)
    }
}

/// Reads to the end of the file what should be so many numbers.
fn fill<'a>(
    scan: &mut Scanner<'a>,
    (needed, each): (Option<usize>, &str),
    mut read: impl FnMut(&mut Scanner<'a>),
) -> Result<(), Lost> {
    let mut found = 0;
    let mut surplus = None;
    while let Some(byte) = scan.peek() {
        if scan.faults.is_full() {
            return Err(Lost);
        }
        if !matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.') {
            scan.expected("a number or the end of the file", "remove it, or close what stands before it");
            return Err(Lost);
        }
        if Some(found) == needed {
            surplus = Some(scan.end());
        }
        read(scan);
        scan.take(b',');
        found += 1;
    }
    if Some(found) == needed {
        return Ok(());
    }
    let needed = needed.map_or_else(|| "more than 2^64".to_owned(), |needed| needed.to_string());
    let message = format!("found {}, needed {needed}: {each}", count(found, "number"));
    Err(match surplus {
        Some(at) => scan.fault(at, message, "remove what is too much from here on"),
        None => scan.fault(scan.end(), message, "add what is missing"),
    })
}
