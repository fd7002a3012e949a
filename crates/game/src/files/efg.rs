//! Reading `.efg` files.

use super::fault::FileFault;
use super::header::{EFG, comment, header, there_are};
use super::moves::Moves;
use super::scan::{Lost, Scanner};
use crate::{InfosetId, Mover, NodeId, PlayerId, Tree, TreeBuilder};

/// A tree from a file.
#[derive(Clone, Debug)]
pub struct ReadTree {
    /// The tree.
    pub tree: Tree,
    /// What was set right, and how.
    pub remarks: Vec<FileFault>,
    lines: Vec<u32>,
}

impl ReadTree {
    /// The line of the file in which a node begins.
    pub fn line(&self, node: NodeId) -> usize {
        self.lines[node.index()] as usize
    }
}

/// Reads an `.efg` file: nodes in prefix order, each with its information set, whose actions
/// tell how many nodes follow, and its outcome.
///
/// Neither the number of nodes nor their depth is bounded but by the file.
///
/// # Errors
/// All faults of the file, at most a hundred.
pub fn read_efg(text: &str) -> Result<ReadTree, Vec<FileFault>> {
    let mut scan = Scanner::new(text);
    // A fault that ends the reading is among those told.
    let read = read_tree(&mut scan);
    match read {
        Ok((builder, lines)) if scan.faults.is_empty() => match builder.build() {
            Ok(tree) => return Ok(ReadTree { tree, remarks: scan.remarks.located(text), lines }),
            Err(error) => {
                scan.fault(text.len(), error.to_string(), "make the tree whole");
            }
        },
        _ => {}
    }
    Err(scan.faults.located(text))
}

fn read_tree(scan: &mut Scanner<'_>) -> Result<(TreeBuilder, Vec<u32>), Lost> {
    let header = header(scan, &EFG)?;
    let names: Vec<&str> = header.players.iter().map(String::as_str).collect();
    let mut builder = TreeBuilder::new(&header.title, &names);
    if let Some(comment) = comment(scan)? {
        builder.comment(&comment);
    }
    let mut body = Body {
        moves: Moves::new(names.len()),
        players: names.len(),
        builder,
        open: Vec::new(),
        missing: 0,
        shape: Shape::Sound,
        lines: Vec::new(),
        counted: (0, 1),
    };
    while scan.peek().is_some() && !scan.faults.is_full() {
        if body.node(scan).is_err() {
            skip_to_node(scan);
        }
    }
    body.finish(scan);
    Ok((body.builder, body.lines))
}

/// Goes over what belongs to no node.
fn skip_to_node(scan: &mut Scanner<'_>) {
    while scan.peek().is_some() && !scan.at_node() {
        scan.skip();
    }
}

/// A node some of whose actions lead nowhere yet.
#[derive(Clone, Copy, Debug)]
struct Open {
    at: usize,
    set: InfosetId,
    /// Actions that lead somewhere.
    led: usize,
}

/// What is known of how nodes follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// All of it.
    Sound,
    /// More nodes are missing than the file can hold.
    TooFew,
    /// Nothing: a node could not be read.
    Lost,
}

struct Body<'a> {
    moves: Moves<'a>,
    players: usize,
    builder: TreeBuilder,
    /// The path to the next node.
    open: Vec<Open>,
    /// Actions on it that lead nowhere yet.
    missing: u64,
    shape: Shape,
    lines: Vec<u32>,
    /// A place and its line.
    counted: (usize, usize),
}

impl<'a> Body<'a> {
    fn node(&mut self, scan: &mut Scanner<'a>) -> Result<(), Lost> {
        let at = scan.position();
        let kind = scan.word();
        if !matches!(kind, "c" | "p" | "t") {
            scan.set_back(at);
            self.shape = Shape::Lost;
            let repair = "begin it with `c` for chance, `p` for a player or `t` for an end";
            return Err(scan.expected("a node", repair));
        }
        if scan.left() > 0 && scan.end() == scan.position() {
            let message = format!("`{kind}` and what follows it are one word to most readers");
            scan.fault(scan.end(), message, format!("leave a blank after `{kind}`"));
        }
        let read = self.head(scan, kind);
        let Ok((label, set)) = read else {
            self.shape = Shape::Lost;
            return Err(Lost);
        };
        let outcome = self.moves.outcome(scan, &mut self.builder);
        self.follow(scan, at);
        if self.shape == Shape::Sound {
            self.count_lines(scan, at);
            self.builder.node(&label, set, outcome.unwrap_or_default());
        }
        self.open(scan, at, set);
        outcome.map(|_| ())
    }

    /// Name and information set of a node.
    fn head(
        &mut self,
        scan: &mut Scanner<'a>,
        kind: &str,
    ) -> Result<(std::borrow::Cow<'a, str>, Option<InfosetId>), Lost> {
        let label = scan.quoted("the name of the node")?;
        let mover = match kind {
            "t" => return Ok((label, None)),
            "c" => Mover::Chance,
            _ => Mover::Player(self.player(scan)?),
        };
        let set = self.moves.set(scan, &mut self.builder, mover)?;
        Ok((label, Some(set)))
    }

    fn player(&self, scan: &mut Scanner<'a>) -> Result<PlayerId, Lost> {
        let at = scan.position();
        let number = scan.integer("the number of the player")?;
        match usize::try_from(number) {
            Ok(player) if (1..=self.players).contains(&player) => Ok(PlayerId::from_index(player - 1)),
            _ => {
                let message = format!("player {number} moves where {}", there_are(self.players, "player"));
                Err(scan.fault(at, message, format!("write a number from 1 to {}", self.players)))
            }
        }
    }

    /// Lets a new node follow the next action.
    fn follow(&mut self, scan: &mut Scanner<'a>, at: usize) {
        if self.shape == Shape::Lost {
            return;
        }
        match self.open.last_mut() {
            Some(open) => {
                open.led += 1;
                self.missing -= 1;
            }
            None if self.lines.is_empty() => {}
            None => {
                self.shape = Shape::Lost;
                let repair = "remove it, or give an information set before it one more action";
                scan.fault(at, "the node follows no action: the tree is complete before it", repair);
            }
        }
    }

    /// Opens a new node's actions, and closes what leads somewhere.
    fn open(&mut self, scan: &Scanner<'a>, at: usize, set: Option<InfosetId>) {
        /// No node is written with fewer bytes.
        const SHORTEST: u64 = "t \"\" 0".len() as u64;
        if self.shape == Shape::Lost {
            return;
        }
        if let Some(set) = set {
            self.missing += self.moves.arity(set) as u64;
            self.open.push(Open { at, set, led: 0 });
        }
        while self.open.last().is_some_and(|open| open.led == self.moves.arity(open.set)) {
            self.open.pop();
        }
        if self.missing.saturating_mul(SHORTEST) > scan.left() as u64 {
            self.shape = Shape::TooFew;
        }
    }

    fn count_lines(&mut self, scan: &Scanner<'a>, at: usize) {
        let (from, line) = self.counted;
        self.counted = (at, line + scan.line_ends(from..at));
        self.lines.push(self.counted.1 as u32);
    }

    /// Tells what is missing at the end of the file.
    fn finish(&self, scan: &mut Scanner<'a>) {
        if self.shape == Shape::Lost || scan.faults.is_full() {
            return;
        }
        let end = scan.position();
        let Some(last) = self.open.last() else {
            if self.lines.is_empty() {
                scan.fault(end, "the game has no nodes", "add one: `t \"\" 0` is the smallest tree");
            }
            return;
        };
        let line = scan.line(last.at);
        let message = format!(
            "the file ends while {} nowhere; the next is {:?} of the node in line {line}",
            if self.missing == 1 { "1 action leads".to_owned() } else { format!("{} actions lead", self.missing) },
            self.moves.action(last.set, last.led),
        );
        scan.fault(end, message, "add a node for each, in the order of actions");
    }
}
