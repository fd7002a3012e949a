//! What a drawing of a game tree shows, as data.
//!
//! A tree with more ends than a page holds is cut to what is reached: see [`MOST_ENDS`].
//!
//! Left out: where things are placed, which is the renderer's.

use detente_base::Exact;
use detente_game::{Behaviour, InfosetId, Mover, NodeId, NodeKind, Tree};

/// Ends that a drawing holds: some four screens, which can still be read.
pub const MOST_ENDS: usize = 150;

/// Nodes that a drawing holds: more only where moves have one choice, again and again.
pub const MOST_NODES: usize = 1_000;

/// A tree with the probabilities of an equilibrium.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreePicture {
    /// Title of the game.
    pub title: String,
    /// Which equilibrium it is, from 1.
    pub number: usize,
    /// The players, each with what it expects.
    pub players: Vec<(String, Exact)>,
    /// The nodes, each before what follows it.
    pub nodes: Vec<PictureNode>,
    /// Ends of the game that are left out, for they are not reached and too many.
    pub left_out: usize,
    /// Whether the probabilities are near and not exact.
    pub approximate: bool,
}

/// A node of a drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureNode {
    /// Position of the node before; nothing for the root.
    pub parent: Option<usize>,
    /// The action that leads here.
    pub action: String,
    /// How likely the action is where it can be taken.
    pub chance: Exact,
    /// How likely the game is to get here.
    pub reach: Exact,
    /// What happens here.
    pub kind: PictureKind,
    /// What is decided here.
    pub about: String,
    /// How likely whoever moves takes this node to be among those that it cannot tell apart.
    pub belief: Option<Exact>,
}

/// What happens at a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureKind {
    /// The game ends with these payoffs.
    End(Vec<Exact>),
    /// Chance moves.
    Chance,
    /// A player moves.
    Player {
        /// Position of the player.
        player: usize,
        /// Number of its information set among all sets of the tree.
        set: usize,
    },
}

/// A tree that a drawing does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge {
    /// Its ends.
    pub ends: usize,
    /// Those that are reached.
    pub reached: usize,
    /// Nodes that are reached.
    pub nodes: usize,
}

/// An equilibrium of a tree that is to be drawn.
pub(crate) struct Scene<'a> {
    pub(crate) tree: &'a Tree,
    /// Names of the players.
    pub(crate) players: &'a [String],
    pub(crate) behaviour: &'a Behaviour,
    /// For each set what is believed at its nodes; nothing where that is not known.
    pub(crate) beliefs: &'a dyn Fn(InfosetId) -> Option<Vec<Exact>>,
    pub(crate) payoffs: &'a [Exact],
}

/// The drawing of an equilibrium, its number given: of the whole tree if that is small
/// enough, otherwise of what is reached.
///
/// Cost: O(nodes · depth).
///
/// # Errors
/// When even the ends that are reached are too many.
pub(crate) fn picture(scene: &Scene<'_>, number: usize) -> Result<TreePicture, TooLarge> {
    let tree = scene.tree;
    let reach = scene.behaviour.reach(tree);
    let open = |node: &NodeId| !reach[node.index()].is_zero();
    let ends = tree.nodes().filter(|node| tree.is_terminal(*node)).count();
    let reached = tree.nodes().filter(|node| tree.is_terminal(*node) && open(node)).count();
    let whole = ends <= MOST_ENDS && tree.node_count() <= MOST_NODES;
    let kept = tree.nodes().filter(open).count();
    if !whole && (reached > MOST_ENDS || kept > MOST_NODES) {
        return Err(TooLarge { ends, reached, nodes: kept });
    }
    let believed = believed(scene, &reach);
    let mut place: Vec<Option<usize>> = vec![None; tree.node_count()];
    let mut nodes: Vec<PictureNode> = Vec::new();
    for node in tree.nodes().filter(|node| whole || open(node)) {
        place[node.index()] = Some(nodes.len());
        let step = tree.step(node);
        nodes.push(PictureNode {
            parent: step.and_then(|(before, _)| place[before.index()]),
            action: step.map_or_else(String::new, |(_, action)| tree.action_label(action).to_owned()),
            chance: step.map_or(Exact::ONE, |(_, action)| scene.behaviour.of(action).clone()),
            reach: reach[node.index()].clone(),
            kind: kind(tree, node),
            about: about(tree, node),
            belief: believed[node.index()].clone(),
        });
    }
    Ok(TreePicture {
        title: tree.title().to_owned(),
        number,
        players: scene.players.iter().cloned().zip(scene.payoffs.iter().cloned()).collect(),
        nodes,
        left_out: if whole { 0 } else { ends - reached },
        approximate: false,
    })
}

fn kind(tree: &Tree, node: NodeId) -> PictureKind {
    match tree.kind(node) {
        NodeKind::Terminal => PictureKind::End(tree.payoffs_at(node)),
        NodeKind::Move(set) => match tree.infoset(set).mover {
            Mover::Chance => PictureKind::Chance,
            Mover::Player(player) => PictureKind::Player { player: player.index(), set: set.index() },
        },
    }
}

/// The name of a node or else of its set, where that says more than a number.
fn about(tree: &Tree, node: NodeId) -> String {
    let NodeKind::Move(set) = tree.kind(node) else { return String::new() };
    let names = [tree.node_label(node), tree.infoset(set).label.as_str()];
    names.into_iter().find(|name| name.chars().any(char::is_alphabetic)).unwrap_or_default().trim().to_owned()
}

/// For each node of a set with others how likely it is taken to be: by the beliefs that are
/// given, or else by Bayes' rule where the set is reached.
fn believed(scene: &Scene<'_>, reach: &[Exact]) -> Vec<Option<Exact>> {
    let tree = scene.tree;
    let mut believed = vec![None; tree.node_count()];
    for (id, set) in tree.infosets() {
        let members = tree.members(id);
        if set.mover == Mover::Chance || members.len() < 2 {
            continue;
        }
        let sum: Exact = members.iter().map(|node| reach[node.index()].clone()).sum();
        let by_bayes = || members.iter().map(|node| reach[node.index()].checked_div(&sum)).collect::<Option<Vec<_>>>();
        if let Some(chances) = (scene.beliefs)(id).or_else(by_bayes) {
            members.iter().zip(chances).for_each(|(node, chance)| believed[node.index()] = Some(chance));
        }
    }
    believed
}
