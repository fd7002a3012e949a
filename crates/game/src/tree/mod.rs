//! A tree of moves with chance and information sets.

pub(crate) mod build;
pub(crate) mod shape;

use std::ops::Range;

use detente_base::Exact;

detente_base::index_type! {
    /// Index of a player.
    pub struct PlayerId;
}

detente_base::index_type! {
    /// Index of a node; nodes are numbered as a reader of the tree meets them, each before
    /// what follows it, so that what follows a node are the numbers up to [`Tree::end`].
    pub struct NodeId;
}

detente_base::index_type! {
    /// Index of an information set, of chance or of a player.
    pub struct InfosetId;
}

detente_base::index_type! {
    /// Index of an outcome.
    pub struct OutcomeId;
}

/// No node, information set or outcome.
pub(crate) const NONE: u32 = u32::MAX;

/// Who moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mover {
    /// Chance, with given probabilities.
    Chance,
    /// A player.
    Player(PlayerId),
}

impl Mover {
    /// The player, if it is one.
    pub const fn player(self) -> Option<PlayerId> {
        match self {
            Self::Chance => None,
            Self::Player(player) => Some(player),
        }
    }
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// The game ends.
    Terminal,
    /// Somebody moves, knowing only that the game is in this information set.
    Move(InfosetId),
}

/// Nodes between which who moves cannot tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Infoset {
    /// Who moves.
    pub mover: Mover,
    /// Its number in the file, unique for one mover.
    pub number: i64,
    /// Its name; need not be unique, and may be empty.
    pub label: String,
    /// Positions of its actions in tables over the actions of all information sets.
    pub actions: Range<usize>,
}

/// What players get on the way or at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its number in the file.
    pub number: i64,
    /// Its name; need not be unique, and may be empty.
    pub label: String,
    /// For each player.
    pub payoffs: Vec<Exact>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) parent: u32,
    /// The first node that does not follow this one.
    pub(crate) end: u32,
    /// Its information set, or [`NONE`] at an end.
    pub(crate) infoset: u32,
    /// What is paid here, or [`NONE`].
    pub(crate) outcome: u32,
    /// Which action of the parent leads here.
    pub(crate) action: u32,
    /// Position of its first child in [`Tree::children`].
    pub(crate) first_child: u32,
}

/// An extensive game.
///
/// Payoffs may be attached to any node and add up along the path. Built by
/// [`TreeBuilder`](crate::TreeBuilder), which checks that probabilities add up.
///
/// Memory: 28 bytes for each node, besides names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    pub(crate) title: String,
    pub(crate) comment: Option<String>,
    pub(crate) players: Vec<String>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) children: Vec<u32>,
    /// Nodes with a name, ascending.
    pub(crate) names: Vec<(u32, String)>,
    pub(crate) infosets: Vec<Infoset>,
    pub(crate) members: Vec<Vec<NodeId>>,
    pub(crate) action_labels: Vec<String>,
    /// For each action of all information sets its probability; zero for those of players.
    pub(crate) chances: Vec<Exact>,
    pub(crate) outcomes: Vec<Outcome>,
}

impl Tree {
    /// The root.
    pub const ROOT: NodeId = NodeId(0);

    /// Its title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What the file says of it.
    pub fn comment(&self) -> Option<&str> {
        self.comment.as_deref()
    }

    /// Names of the players, in order.
    pub fn players(&self) -> &[String] {
        &self.players
    }

    /// Number of players.
    pub fn player_count(&self) -> usize {
        self.players.len()
    }

    /// The same game with one player more, who never moves and gets nothing.
    #[must_use]
    pub fn with_bystander(&self) -> Self {
        let mut tree = self.clone();
        tree.players.push(String::new());
        tree.outcomes.iter_mut().for_each(|outcome| outcome.payoffs.push(Exact::ZERO));
        tree
    }

    /// Number of nodes.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// All nodes, each before what follows it.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = NodeId> + ExactSizeIterator + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// What a node is.
    pub fn kind(&self, node: NodeId) -> NodeKind {
        match self.nodes[node.index()].infoset {
            NONE => NodeKind::Terminal,
            infoset => NodeKind::Move(InfosetId(infoset)),
        }
    }

    /// Whether the game ends at a node.
    pub fn is_terminal(&self, node: NodeId) -> bool {
        self.nodes[node.index()].infoset == NONE
    }

    /// The node before, and which of its actions leads here; nothing for the root.
    pub fn parent(&self, node: NodeId) -> Option<(NodeId, usize)> {
        let Node { parent, action, .. } = self.nodes[node.index()];
        (parent != NONE).then_some((NodeId(parent), action as usize))
    }

    /// The node before, and the action that leads here by its position in tables over all
    /// actions; nothing for the root.
    pub fn step(&self, node: NodeId) -> Option<(NodeId, usize)> {
        let (before, action) = self.parent(node)?;
        let infoset = self.nodes[before.index()].infoset;
        Some((before, self.infosets[infoset as usize].actions.start + action))
    }

    /// The nodes after, by action.
    pub fn children(&self, node: NodeId) -> impl DoubleEndedIterator<Item = NodeId> + ExactSizeIterator + '_ {
        let Node { first_child, infoset, .. } = self.nodes[node.index()];
        let count = if infoset == NONE { 0 } else { self.infosets[infoset as usize].actions.len() };
        self.children[first_child as usize..first_child as usize + count].iter().map(|child| NodeId(*child))
    }

    /// The node after an action.
    ///
    /// # Panics
    /// If there is no such action.
    pub fn child(&self, node: NodeId, action: usize) -> NodeId {
        NodeId(self.children[self.nodes[node.index()].first_child as usize + action])
    }

    /// The first node that does not follow this one, nor is it.
    pub fn end(&self, node: NodeId) -> NodeId {
        NodeId(self.nodes[node.index()].end)
    }

    /// A node's name; empty without.
    pub fn node_label(&self, node: NodeId) -> &str {
        self.names.binary_search_by_key(&node.0, |(at, _)| *at).map_or("", |at| self.names[at].1.as_str())
    }

    /// What is paid at a node.
    pub fn outcome_at(&self, node: NodeId) -> Option<OutcomeId> {
        let outcome = self.nodes[node.index()].outcome;
        (outcome != NONE).then_some(OutcomeId(outcome))
    }

    /// All outcomes, by index.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// An outcome.
    pub fn outcome(&self, outcome: OutcomeId) -> &Outcome {
        &self.outcomes[outcome.index()]
    }

    /// Number of information sets, those of chance counted.
    pub fn infoset_count(&self) -> usize {
        self.infosets.len()
    }

    /// All information sets, in the order in which a reader of the tree meets them.
    pub fn infosets(&self) -> impl DoubleEndedIterator<Item = (InfosetId, &Infoset)> + ExactSizeIterator {
        self.infosets.iter().enumerate().map(|(at, infoset)| (InfosetId::from_index(at), infoset))
    }

    /// An information set.
    pub fn infoset(&self, infoset: InfosetId) -> &Infoset {
        &self.infosets[infoset.index()]
    }

    /// The nodes of an information set, ascending.
    pub fn members(&self, infoset: InfosetId) -> &[NodeId] {
        &self.members[infoset.index()]
    }

    /// Number of actions of all information sets: tables over actions have this length.
    pub fn action_count(&self) -> usize {
        self.action_labels.len()
    }

    /// Name of an action, by its position in tables over all actions.
    pub fn action_label(&self, action: usize) -> &str {
        &self.action_labels[action]
    }

    /// Probability of an action of chance, by its position in tables over all actions.
    pub fn chance(&self, action: usize) -> &Exact {
        &self.chances[action]
    }

    /// What each player has got at an end: what is paid there and on the way to it.
    ///
    /// Cost: the depth of the node.
    pub fn payoffs_at(&self, node: NodeId) -> Vec<Exact> {
        let mut sums = vec![Exact::ZERO; self.players.len()];
        let mut at = Some(node);
        while let Some(node) = at {
            if let Some(outcome) = self.outcome_at(node) {
                for (sum, payoff) in sums.iter_mut().zip(&self.outcome(outcome).payoffs) {
                    *sum = &*sum + payoff;
                }
            }
            at = self.parent(node).map(|(parent, _)| parent);
        }
        sums
    }
}
