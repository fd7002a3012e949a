//! What the two kinds of file begin with.

use detente_base::Exact;

use super::scan::{Lost, Scanner};

/// A kind of file.
pub(super) struct Kind {
    /// Its first word.
    pub(super) magic: &'static str,
    /// The version that is read.
    pub(super) version: &'static str,
    /// What such a file holds.
    pub(super) holds: &'static str,
}

pub(super) const EFG: Kind = Kind { magic: "EFG", version: "2", holds: "a tree" };
pub(super) const NFG: Kind = Kind { magic: "NFG", version: "1", holds: "a strategic game" };

/// Title and players.
pub(super) struct Header {
    pub(super) title: String,
    pub(super) players: Vec<String>,
}

pub(super) fn header(scan: &mut Scanner<'_>, kind: &Kind) -> Result<Header, Lost> {
    magic(scan, kind)?;
    let title = scan.quoted("the title")?.into_owned();
    let at = scan.position();
    if !scan.take(b'{') {
        return Err(scan.expected("the players in braces", "write their names as `{ \"first\" \"second\" }`"));
    }
    let mut players = Vec::new();
    while !scan.take(b'}') {
        players.push(scan.quoted("the name of a player or `}`")?.into_owned());
    }
    if players.is_empty() {
        scan.fault(at, "the game has no players", "name at least one: `{ \"first\" }`");
    }
    Ok(Header { title, players })
}

fn magic(scan: &mut Scanner<'_>, kind: &Kind) -> Result<(), Lost> {
    let at = scan.position();
    let word = scan.word();
    if word != kind.magic {
        let other = if kind.magic == EFG.magic { &NFG } else { &EFG };
        let message = if word == other.magic {
            format!("the file holds {}, not {}", other.holds, kind.holds)
        } else {
            format!("the file does not begin with `{}`", kind.magic)
        };
        return Err(scan.fault(at, message, format!("begin with `{} {} R`", kind.magic, kind.version)));
    }
    let at = scan.position();
    let version = scan.word();
    if version != kind.version {
        let message = format!("version `{version}` of {} files is not known", kind.magic);
        scan.fault(at, message, format!("write version {}", kind.version));
    }
    let at = scan.position();
    // `D` once told that payoffs are decimals; both read the same.
    let numbers = scan.word();
    if !matches!(numbers, "R" | "D") {
        scan.fault(at, format!("expected `R` or `D` after the version, found `{numbers}`"), "write `R`");
    }
    Ok(())
}

/// What is said of the game, where something is.
pub(super) fn comment(scan: &mut Scanner<'_>) -> Result<Option<String>, Lost> {
    let comment = if scan.at_text() { Some(scan.quoted("a comment")?) } else { None };
    Ok(comment.map(std::borrow::Cow::into_owned))
}

/// The payoffs of an outcome in braces, a comma after each or none.
pub(super) fn payoffs(scan: &mut Scanner<'_>, players: usize) -> Result<Vec<Exact>, Lost> {
    let at = scan.position();
    if !scan.take(b'{') {
        return Err(scan.expected("the payoffs in braces", LIST));
    }
    open_payoffs(scan, players, at)
}

const LIST: &str = "write them as `{ 1, -1 }`";

/// Payoffs to the end of the braces that opened at a place.
pub(super) fn open_payoffs(scan: &mut Scanner<'_>, players: usize, at: usize) -> Result<Vec<Exact>, Lost> {
    let mut payoffs = Vec::with_capacity(players.min(8));
    while !scan.take(b'}') {
        if !matches!(scan.peek(), Some(b'0'..=b'9' | b'+' | b'-' | b'.')) {
            return Err(scan.expected("a payoff or `}`", LIST));
        }
        // One that cannot be read is told, and takes its place.
        payoffs.push(scan.number("a payoff").unwrap_or(Exact::ZERO));
        scan.take(b',');
    }
    if payoffs.len() != players {
        scan.fault(
            at,
            format!("{} where {}", count(payoffs.len(), "payoff"), there_are(players, "player")),
            "give one payoff for each player, 0 where nothing is paid",
        );
    }
    Ok(payoffs)
}

/// That there are so many of something.
pub(super) fn there_are(number: usize, noun: &str) -> String {
    format!("there {} {}", if number == 1 { "is" } else { "are" }, count(number, noun))
}

/// So many of something.
pub(super) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
