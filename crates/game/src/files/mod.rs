//! Files of games: the `.efg` and `.nfg` of Gambit, read and written.
//!
//! Payoffs and chances are read exactly: `0.1` is one tenth. Names are kept as they stand,
//! empty or repeated, and are never keys. All faults of a file are told at once, each with
//! its place and a repair.
//!
//! ```
//! use detente_game::files::{read_efg, write_efg};
//!
//! let text = "EFG 2 R \"A challenge\" { \"challenger\" \"target\" }\n\
//!     p \"\" 1 1 \"\" { \"wait\" \"challenge\" } 0\n\
//!     t \"\" 0\n\
//!     p \"\" 2 1 \"\" { \"concede\" \"resist\" } 0\n\
//!     t \"\" 1 \"\" { 1, -1 }\n\
//!     t \"\" 2 \"\" { -2, -2 }\n";
//! let read = read_efg(text).expect("a tree");
//! assert_eq!((read.tree.node_count(), read.tree.infoset_count()), (5, 2));
//! let again = read_efg(&write_efg(&read.tree)).expect("a tree");
//! assert_eq!(again.tree, read.tree);
//!
//! let faults = read_efg(&text.replace("-2, -2", "-2")).expect_err("a payoff is missing");
//! assert_eq!((faults[0].line, faults[0].column), (6, 11));
//! assert_eq!(faults[0].message, "1 payoff where there are 2 players");
//! ```
//!
//! Reading order: [`read`], [`read_efg`], [`read_nfg`], [`write_efg`], [`write_nfg`].
//!
//! Source: `[SavaniTurocy2025]`.
//!
//! Differs: what Gambit refuses and is clear is read: repeated names of nodes and sets, lists
//! of actions or payoffs without a name before them, exponents after a leading point. Chances
//! that add up to one but for rounding are scaled, and a remark says so. Two backslashes in a
//! row are two.
//!
//! Cost: linear in the file. Nothing that a file declares is made room for before the file
//! has shown that it holds it.

mod efg;
mod fault;
mod header;
mod moves;
mod nfg;
mod number;
mod numbers;
mod scan;
mod write;

pub use efg::{ReadTree, read_efg};
pub use fault::FileFault;
pub use nfg::{NamedOutcome, OutcomeTable, ReadStrategic, read_nfg};
pub use write::{write_efg, write_nfg, write_nfg_outcomes};

/// A game from a file.
#[derive(Clone, Debug)]
pub enum ReadGame {
    /// A tree, from an `.efg` file.
    Tree(ReadTree),
    /// A strategic game, from an `.nfg` file.
    Strategic(ReadStrategic),
}

/// Reads a file of either kind: its first word tells which it is.
///
/// # Errors
/// All faults of the file; see [`read_efg`] and [`read_nfg`].
pub fn read(text: &str) -> Result<ReadGame, Vec<FileFault>> {
    match scan::Scanner::new(text).word() {
        "EFG" => read_efg(text).map(ReadGame::Tree),
        "NFG" => read_nfg(text).map(ReadGame::Strategic),
        _ => Err(vec![FileFault {
            line: 1,
            column: 1,
            message: "the file is not a game: its first word is neither `EFG` nor `NFG`".to_owned(),
            repair: "begin a tree with `EFG 2 R` and a strategic game with `NFG 1 R`".to_owned(),
        }]),
    }
}
